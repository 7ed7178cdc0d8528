/* A table that not every run has, or whose columns are known only when it is made (rollup,
 * table-workers): rows -> OUT/NAME.csv and a table of hantally.db with a view. Inner to stats/.
 *
 * A table that is too wide for SQLite (2,000 columns) stands in the CSV alone. The first failure
 * of the database sticks and is told by sheet_commit, as that of the file is.
 */
#ifndef HT_STATS_SHEET_H
#define HT_STATS_SHEET_H

#include "stats/db.h"
#include "stats/outfile.h"
#include "stats/rowfeed.h"

typedef struct {
    const stats_db *db;
    ht_arena *scratch;
    bool excel;
    ht_outfile file;
    sqlite3_stmt *insert; /* NULL: too wide */
    const char *const *columns; /* borrows */
    size_t n;
    rowfeed *feed; /* borrows; the rows' way into the database; NULL: straight */
    int feed_table;
    ht_status status;
    ht_error error;
} stats_sheet;

/* name without ".csv". Borrows db, columns and scratch; scratch is used for a row at a time and not
 * reset. */
ht_status sheet_open(stats_sheet *sheet, const stats_db *db, ht_arena *scratch, bool excel,
                     const char *out, ht_str name, const char *const *columns, size_t n,
                     ht_error *e);
/* From here on the rows go through the feed, as its table of that number; before the feed has rows,
 * as the database is the feed's then. NULL: straight again, when the feed is finished. */
void sheet_feed(stats_sheet *sheet, rowfeed *feed, int table);
void sheet_row(stats_sheet *sheet, const ht_str *cells);
ht_status sheet_commit(stats_sheet *sheet, ht_error *e);
/* Drops what was not committed. May be called on a zeroed or committed sheet. */
void sheet_abandon(stats_sheet *sheet);

#endif
