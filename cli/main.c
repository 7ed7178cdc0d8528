#include "cli/commands.h"

#include <stdio.h>

typedef ht_status command_call(const cli_options *o, ht_arena *a, ht_error *e);

static command_call *const calls[N_COMMANDS] = {
    [CMD_RUN] = cli_run,
    [CMD_NORMALIZE] = cli_normalize,
    [CMD_EXTRACT] = cli_extract,
    [CMD_STATS] = cli_stats,
    [CMD_EXPLAIN] = cli_explain,
    [CMD_CODEBOOK] = cli_codebook,
    [CMD_EVALUATE] = cli_evaluate,
    [CMD_HELP] = cli_help,
    [CMD_SITE_MODEL] = cli_site_model,
    [CMD_REPORT] = cli_report,
    [CMD_SAMPLE] = cli_sample,
    [CMD_REVIEW] = cli_review,
    [CMD_VERDICTS] = cli_verdicts,
    [CMD_AUDIT] = cli_audit,
    [CMD_DIFF] = cli_diff,
};

static ht_status dispatch(ht_arena *a, int argc, char **argv, ht_error *e) {
    cli_options o;
    ht_status status = cli_options_parse(&o, a, argc, argv, e);
    if (status != HT_OK) return status;
    bool bare = argc == 0 || argv[0][0] == '-'; /* no command was named */
    if (cli_given(&o, OPT_VERSION))
        puts("hantally " HT_VERSION);
    else if (cli_given(&o, OPT_HELP))
        cli_help_write(bare ? N_COMMANDS : o.command, o.lang);
    else if (argc == 0)
        return ht_fail(e, HT_USAGE, "no command; `hantally help` lists them");
    else
        status = calls[o.command](&o, a, e);
    return status;
}

int main(int argc, char **argv) {
    ht_arena arena;
    ht_error e = {HT_OK, ""}, output = {HT_OK, ""};
    ht_arena_init(&arena, 0);
    ht_status status = dispatch(&arena, argc > 0 ? argc - 1 : 0, argv + 1, &e);
    ht_status written = cli_output_end(&output);
    if (status != HT_OK && e.text[0]) fprintf(stderr, "hantally: %s\n", e.text);
    if (written != HT_OK) fprintf(stderr, "hantally: %s\n", output.text);
    ht_arena_free(&arena);
    return (int)(written != HT_OK ? written : status);
}
