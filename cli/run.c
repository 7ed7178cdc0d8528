#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/reading.h"
#include "cli/review_options.h"

#include <stdio.h>

static ht_status add(void *context, const ht_outcome *outcome, ht_str json, ht_error *e) {
    (void)json;
    return ht_stats_add(context, outcome, e);
}

static void write_summary(const cli_options *o, const cli_reading *r) {
    fprintf(stderr,
            o->lang ? "读取 %llu 条记录，拒收 %llu 条 → %s\n"
                    : "%llu records read, %llu rejected -> %s\n",
            (unsigned long long)r->progress.n_records, (unsigned long long)r->progress.n_rejected,
            o->values[OPT_OUT]);
}

static ht_status run_into(ht_stats *s, cli_reading *r, ht_arena *a, ht_error *e) {
    ht_status status = cli_reading_run(r, false, add, s, e);
    if (status != HT_OK) return status;
    ht_run_facts facts = {.command = cli_options_json(r->options, a),
                          .site_model = r->tables.site_model_hash,
                          .seconds = cli_progress_seconds(&r->progress),
                          .jobs = r->n_jobs,
                          .add = cli_report_add};
    status = ht_stats_finish(s, &facts, e);
    return status == HT_OK ? cli_quality_write(r->options, e) : status;
}

static ht_status run_opened(cli_reading *r, ht_arena *a, ht_error *e) {
    ht_stats_options options;
    ht_stats *s;
    ht_status status = cli_stats_options(&options, a, r->options, e);
    if (status != HT_OK) return status;
    status = ht_stats_open(&s, r->options->values[OPT_OUT], &r->tables.codebook,
                           r->tables.reader.gazetteer, &options, e);
    if (status != HT_OK) return status;
    status = run_into(s, r, a, e);
    ht_stats_close(s);
    return status;
}

ht_status cli_run(const cli_options *o, ht_arena *a, ht_error *e) {
    cli_reading r;
    ht_status status = cli_reading_open(&r, a, o, e);
    bool terminal = r.progress.shown;
    if (status == HT_OK) status = run_opened(&r, a, e);
    cli_reading_close(&r);
    cli_interrupt_raise();
    if (status != HT_OK) return status;
    if (terminal) write_summary(o, &r);
    return cli_rejects_check(o, r.progress.n_rejected, r.progress.n_records, e);
}
