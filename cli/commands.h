/* The commands, one file each. Each gets checked options, writes its data to standard output or to
 * OUT, and returns the exit status; *e says why when it is not HT_OK (an empty text: all is said).
 */
#ifndef HT_CLI_COMMANDS_H
#define HT_CLI_COMMANDS_H

#include "cli/options.h"
#include "extract/codebook/codebook.h"

ht_status cli_run(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_normalize(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_extract(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_stats(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_explain(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_site_model(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_codebook(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_evaluate(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_report(const cli_options *o, ht_arena *a, ht_error *e);
/* For ht_run_facts: what `run` and `stats` add to their tables. */
ht_status cli_report_add(const char *out, const ht_codebook *codebook, ht_error *e);
ht_status cli_sample(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_review(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_verdicts(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_diff(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_audit(const cli_options *o, ht_arena *a, ht_error *e);
ht_status cli_help(const cli_options *o, ht_arena *a, ht_error *e);

/* The help of one command, or the list of all of them for N_COMMANDS. */
void cli_help_write(cli_command_id command, int lang);

/* Writes to standard output; false when a write has failed, now or before. */
bool cli_output(ht_str s);
/* Flushes standard output; HT_IO and the reason when anything written to it was lost. */
ht_status cli_output_end(ht_error *e);

#endif
