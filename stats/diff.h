/* Two finished OUTs -> what changed between them: cells, figures and articles that came, went or say
 * something else, each by its id, which stays from run to run.
 *
 * Columns that only one of the two versions knows are not compared. The text goes out piece by
 * piece, so memory does not grow with the number of differences. Refuses an unfinished OUT. Costs
 * ordered joins of the two databases.
 */
#ifndef HT_STATS_DIFF_H
#define HT_STATS_DIFF_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>

typedef struct {
    const char *before, *after; /* folders; borrows */
    bool json;                  /* an object a line: first the summary, then each difference */
    int lang;                   /* of the text: 0 English, 1 Chinese */
    bool (*write)(ht_str text); /* false: what is written is lost, stop */
} ht_diff_options;

/* *same: neither a cell nor a figure nor an article differs. */
ht_status ht_diff(const ht_diff_options *options, bool *same, ht_error *e);

#endif
