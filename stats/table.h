/* Rows of regions.csv -> table-INDICATOR.csv for every indicator. Inner to stats/.
 *
 * Rows come in any order and are sorted; the best of several for one place comes first. Stock and
 * cumulative are hard to tell apart in news: a table shows the one where the other is missing, and
 * says so. What is planned is no fact and stays out, and so is a rate (每个驿站2名), which is no
 * total; only the indicator's shares have a base. Costs a sorter, and one row of a table in memory.
 */
#ifndef HT_STATS_TABLE_H
#define HT_STATS_TABLE_H

#include "stats/inner.h"

typedef struct {
    ht_stats *s;
    stats_sorter *rows; /* NULL: not open */
    ht_arena arena;     /* for all tables */
    ht_map periods;     /* indicator's place and period */
} table_rows;

ht_status table_rows_open(table_rows *t, ht_stats *s, ht_error *e);
/* row: of regions.csv. Scratch in s->scratch. */
ht_status table_rows_add(table_rows *t, const ht_str *row, ht_error *e);
ht_status table_rows_write(table_rows *t, ht_error *e);
void table_rows_close(table_rows *t);

#endif
