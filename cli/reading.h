/* What run and extract share: tables, inputs, threads, progress, and the limit of rejections. */
#ifndef HT_CLI_READING_H
#define HT_CLI_READING_H

#include "cli/pipeline.h"
#include "cli/progress.h"
#include "stats/stats.h"

typedef struct {
    const cli_options *options;
    cli_tables tables;
    cli_pipeline pipeline;
    cli_progress progress;
    ht_corpus *corpus;
    ht_corpus_options corpus_options;
    int n_jobs;
} cli_reading;

/* Opens the tables, the codebook and the inputs, so that what is wrong with them is said before
 * anything is written. Close it in any case. */
ht_status cli_reading_open(cli_reading *r, ht_arena *a, const cli_options *o, ht_error *e);
void cli_reading_close(cli_reading *r);

/* Called in input order. `json` is the outcome as a line if lines were asked for; in lines, figures
 * below --min-confidence are left out (in tables the store does that). */
typedef ht_status cli_emit(void *context, const ht_outcome *outcome, ht_str json, ht_error *e);

/* Reads the inputs. An interruption gives HT_FAILED, and the program ends by its signal later. */
ht_status cli_reading_run(cli_reading *r, bool lines, cli_emit *emit, void *context, ht_error *e);

/* Reads the file of --join; HT_IO when that fails. Borrows from o, and the arena. */
ht_status cli_stats_options(ht_stats_options *options, ht_arena *a, const cli_options *o,
                            ht_error *e);

/* HT_FAILED and a message when more of n_records were rejected than --max-rejects allows. */
ht_status cli_rejects_check(const cli_options *o, uint64_t n_rejected, uint64_t n_records,
                            ht_error *e);

#endif
