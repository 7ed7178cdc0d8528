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

typedef struct {
    const stats_db *db;
    ht_arena *scratch;
    bool excel;
    ht_outfile file;
    sqlite3_stmt *insert; /* NULL: too wide */
    const char *const *columns; /* borrows */
    size_t n;
    ht_status status;
    ht_error error;
} stats_sheet;

/* name without ".csv". Borrows db, columns and scratch; scratch is used for a row at a time and not
 * reset. The database must be no rowfeed's at the time, or the rows go through it: `insert` and
 * `columns` are what a feed asks for. */
ht_status sheet_open(stats_sheet *sheet, const stats_db *db, ht_arena *scratch, bool excel,
                     const char *out, ht_str name, const char *const *columns, size_t n,
                     ht_error *e);
void sheet_row(stats_sheet *sheet, const ht_str *cells);
ht_status sheet_commit(stats_sheet *sheet, ht_error *e);
/* Drops what was not committed. May be called on a zeroed or committed sheet. */
void sheet_abandon(stats_sheet *sheet);

#endif
