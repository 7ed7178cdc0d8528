/* verdicts.db: what reviewers said, and what of it holds for the figures of a run.
 *
 *   verdict       one row a key stroke that judged; the newest of a reviewer and figure counts
 *   missed        a number that should have been read, found by reading a whole article
 *   read_article  an article that a reviewer has read to its end
 *   design        seed and plan of the sample
 *   current       (view) the newest verdict of each reviewer and figure
 *   settled       (view) one verdict a figure: the adjudicator's, or what all who judged it said
 *
 * A verdict is tied to a place by figure_id, surface, sentence and bytes, and to a reading by
 * `reading`. It is attached to a figure only where all of these still match; what is not, is an
 * orphan and is listed, never dropped. Every verdict is on the disk when the call returns.
 */
#ifndef HT_STATS_VERDICTS_H
#define HT_STATS_VERDICTS_H

#include "base/map.h"
#include "stats/db.h"
#include "stats/rows.h"

/* What was read, as one string: the columns that a verdict is about. */
#define VERDICT_READING(f)                                                                         \
    f ".indicator||char(31)||" f ".subtype||char(31)||" f ".region_code||char(31)||" f             \
      ".region_codes||char(31)||" f ".value||char(31)||" f ".value_low||char(31)||" f              \
      ".value_high||char(31)||" f ".unit||char(31)||" f ".asof"

/* Does verdict v stand at figure f? */
#define VERDICT_PLACE(v, f)                                                                        \
    f ".figure_id = " v ".figure_id AND " f ".surface = " v ".surface AND " f ".sentence = " v     \
      ".sentence AND " f ".byte_start IS " v ".byte_start AND " f ".byte_end IS " v ".byte_end"
#define VERDICT_FITS(v, f) VERDICT_PLACE(v, f) " AND " v ".reading = " VERDICT_READING(f)

/* Opens path, which is made if `create` and refused if it is no verdicts.db. */
ht_status ht_verdicts_open(stats_db *db, const char *path, bool create, ht_error *e);
/* Attaches OUT/hantally.db, read-only, as `out`. OUT must be a finished run. */
ht_status ht_verdicts_attach(const stats_db *db, const char *out, ht_error *e);

/* Settled verdicts on their way into tables. */
typedef struct {
    ht_str surface, sentence, byte_start, byte_end, reading, verdict, wrong, corrected, reviewers;
    bool used;
} verdict_settled;
typedef struct {
    ht_map by_figure; /* figure_id -> index */
    verdict_settled *items;
    size_t n, cap;
} verdict_book;

/* All settled verdicts of the file, in the arena. */
ht_status verdict_book_read(verdict_book *b, ht_arena *a, const char *path, ht_error *e);
/* The settled verdict that fits the row, NULL if there is none. */
verdict_settled *verdict_book_find(const verdict_book *b, ht_arena *scratch, const ht_figure_row *row);

#endif
