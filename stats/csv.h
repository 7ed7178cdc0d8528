/* CSV as RFC 4180 has it: rows -> bytes, bytes -> rows. Inner to stats/ (ht_csv_field is in
 * stats.h).
 *
 * Reading takes any quoting, CRLF or LF, and a BOM; it refuses nothing (a stray quote is a
 * character). Costs the file in memory.
 */
#ifndef HT_STATS_CSV_H
#define HT_STATS_CSV_H

#include "stats/outfile.h"
#include "stats/stats.h"

void csv_write_header(ht_outfile *f, ht_arena *a, const char *const *columns, int n, bool excel);
void csv_write_row(ht_outfile *f, ht_arena *a, const ht_str *cells, int n, bool excel);

typedef struct {
    ht_str *columns; /* of the first row */
    size_t n_columns;
    ht_str **rows; /* each of n_columns cells, short rows filled with empty ones */
    size_t n_rows;
} csv_table;

/* Arena; borrows bytes where it can. */
void csv_parse(csv_table *t, ht_arena *a, ht_str bytes);
/* The cell of a named column; empty if there is no such column. */
ht_str csv_cell(const csv_table *t, size_t row, const char *column);

#endif
