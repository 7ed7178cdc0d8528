#include "cli/commands.h"
#include "cli/review_options.h"
#include "cli/tables.h"
#include "review/exchange.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PORT = 65535, MAX_SAMPLE = 1000000 };

/* The option as a whole number; left alone where it is not given. */
static ht_status number_read(const cli_options *o, cli_option_id id, uint64_t least, uint64_t most,
                             uint64_t *n, ht_error *e) {
    const char *text = o->values[id];
    char *end;
    if (!text) return HT_OK;
    errno = 0;
    *n = strtoull(text, &end, 10);
    if (errno || *end || text[0] < '0' || text[0] > '9' || *n < least || *n > most)
        return ht_fail(e, HT_USAGE, "--%s '%.60s' is not a whole number from %llu to %llu",
                       cli_option_table[id].flag, text, (unsigned long long)least,
                       (unsigned long long)most);
    return HT_OK;
}

ht_status cli_sample_plan(const cli_options *o, ht_arena *a, ht_sample_plan *plan, ht_error *e) {
    *plan = (ht_sample_plan){.seed = 1, .margin = HT_S("0.05")};
    ht_status status = number_read(o, OPT_SEED, 0, UINT64_MAX, &plan->seed, e);
    if (status == HT_OK) status = number_read(o, OPT_SIZE, 1, MAX_SAMPLE, &plan->size, e);
    if (status == HT_OK && cli_given(o, OPT_SIZE) && cli_given(o, OPT_MARGIN))
        status = ht_fail(e, HT_USAGE, "give --size or --margin, not both");
    if (status != HT_OK) return status;
    plan->simple = ht_str_eq(cli_text(o, OPT_DRAW, "stratified"), HT_S("simple"));
    plan->all = ht_str_eq(cli_text(o, OPT_OF, "indicators"), HT_S("all"));
    ht_str margin = cli_text(o, OPT_MARGIN, "5%");
    bool percent = margin.p[margin.n - 1] == '%';
    ht_number n = ht_number_parse(ht_sub(margin, 0, margin.n - percent));
    if (!percent || !n.ok || ht_number_cmp(n, ht_number_int(0)) <= 0 ||
        ht_number_cmp(n, ht_number_int(50)) > 0)
        return ht_fail(e, HT_USAGE, "--margin is above 0%% and at most 50%%, as 5%%");
    plan->margin = ht_number_rounded(a, ht_number_shift(n, -2));
    return HT_OK;
}

ht_status cli_sample(const cli_options *o, ht_arena *a, ht_error *e) {
    ht_sample_plan plan;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_status status = cli_sample_plan(o, a, &plan, e);
    if (status == HT_OK) status = ht_sample_put_csv(&b, o->operands[0], &plan, e);
    if (status == HT_OK) cli_output(ht_buf_str(&b));
    return status;
}

static ht_status options_read(const cli_options *o, ht_arena *a, const cli_tables *tables,
                              ht_review_options *options, ht_error *e) {
    *options = (ht_review_options){
        .out = o->operands[0],
        .verdicts = o->values[OPT_VERDICTS],
        .source = o->values[OPT_SOURCE],
        .mode = cli_given(o, OPT_AUDIT)           ? HT_REVIEW_AUDIT
                : cli_given(o, OPT_DISAGREEMENTS) ? HT_REVIEW_DISAGREEMENTS
                                                  : HT_REVIEW_SAMPLE,
        .plan_given = cli_given(o, OPT_SEED) || cli_given(o, OPT_DRAW) || cli_given(o, OPT_SIZE) ||
                      cli_given(o, OPT_MARGIN) || cli_given(o, OPT_OF),
        .chinese = o->lang == 1,
        .reader = &tables->reader,
    };
    options->reviewer = cli_text(
        o, OPT_REVIEWER, options->mode == HT_REVIEW_DISAGREEMENTS ? "adjudicator" : "1");
    if (cli_given(o, OPT_AUDIT) && cli_given(o, OPT_DISAGREEMENTS))
        return ht_fail(e, HT_USAGE, "give --audit or --disagreements, not both");
    if (options->plan_given && options->mode != HT_REVIEW_SAMPLE)
        return ht_fail(e, HT_USAGE, "%s draws no sample: it takes no --seed, --draw, --margin, "
                                    "--size and --of",
                       options->mode == HT_REVIEW_AUDIT ? "--audit" : "--disagreements");
    return cli_sample_plan(o, a, &options->plan, e);
}

/* Until Ctrl-C or SIGTERM: every verdict is on the disk already, so there is nothing to finish. */
static void wait_for_end(const sigset_t *ends) {
    int which;
    while (sigwait(ends, &which) != 0) {}
}

static ht_status serve(const cli_options *o, ht_review *r, uint64_t port, ht_error *e) {
    ht_review_server *server;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    /* Before the server's thread begins, which then never takes them. */
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    ht_status status = ht_review_serve(&server, r, (unsigned)port, e);
    if (status != HT_OK) return status;
    size_t n = ht_review_n_items(r);
    printf("%s\n", ht_review_address(server));
    if (fflush(stdout) != 0) status = HT_IO;
    fprintf(stderr,
            o->lang ? "请在浏览器中打开上面的网址：待核对 %zu 个。按 Ctrl-C 结束；每次判断都已立即保存。\n"
                    : "Open this address in a browser: %zu figures to judge. Ctrl-C ends; every "
                      "verdict is saved at once.\n",
            n);
    if (status == HT_OK) wait_for_end(&ends);
    ht_review_stop(server);
    return status == HT_OK ? HT_OK : ht_fail(e, HT_IO, "cannot write the address");
}

ht_status cli_review(const cli_options *o, ht_arena *a, ht_error *e) {
    cli_tables tables;
    ht_review_options options;
    ht_review *r;
    uint64_t port = 0; /* any free one */
    ht_status status = cli_tables_open(&tables, a, o, e);
    if (status == HT_OK) status = options_read(o, a, &tables, &options, e);
    if (status == HT_OK) status = number_read(o, OPT_PORT, 1, MAX_PORT, &port, e);
    if (status == HT_OK) status = ht_review_open(&r, &options, e);
    if (status != HT_OK) return status;
    if (ht_review_n_items(r) == 0 && options.mode != HT_REVIEW_SAMPLE)
        fprintf(stderr, "hantally: there is nothing on this list\n");
    status = serve(o, r, port, e);
    ht_review_close(r);
    return status;
}
