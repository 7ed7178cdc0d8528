/* Options -> the plan of a sample, and what verdicts say of the tables. */
#ifndef HT_CLI_REVIEW_OPTIONS_H
#define HT_CLI_REVIEW_OPTIONS_H

#include "cli/options.h"
#include "review/review.h"

/* HT_USAGE where they cannot be met. The margin is in the arena. */
ht_status cli_sample_plan(const cli_options *o, ht_arena *a, ht_sample_plan *plan, ht_error *e);

/* OUT/quality.csv: precision and recall of the tables by --verdicts; nothing without it. */
ht_status cli_quality_write(const cli_options *o, ht_error *e);

#endif
