/* Settled verdicts on their way into the tables, and corrections.csv. Inner to stats/.
 *
 * What was called right enters whatever its confidence; what was corrected enters corrected, and its
 * cell is flagged; what was called wrong without a correction stays out. figures.csv keeps what was
 * read. corrections.csv has a row for every settled verdict: what came of it, and those that stand
 * at no figure of this run (docs/review.md).
 */
#ifndef HT_STATS_CORRECTIONS_H
#define HT_STATS_CORRECTIONS_H

#include "stats/inner.h"
#include "stats/sheet.h"
#include "stats/verdicts.h"

struct stats_corrections {
    verdict_book book;
    stats_sheet sheet; /* corrections.csv */
    ht_arena arena; /* of the book */
};

/* Reads the verdicts; nothing where none were given. */
ht_status corrections_open(ht_stats *s, ht_error *e);
/* Begins corrections.csv, no verdict being used yet. */
ht_status corrections_begin(ht_stats *s, ht_error *e);
/* Changes the row as the verdict has it and sets *corrected; false: it stays out of the tables. */
bool corrections_apply(ht_stats *s, ht_figure_row *row, bool *corrected);
ht_status corrections_finish(ht_stats *s, ht_error *e);
void corrections_close(ht_stats *s);

#endif
