/* A user's own CSV of numbers by region -> what the numbers of the tables are divided by. Inner to
 * stats/.
 *
 * The file has a column region_code, perhaps a column period (2024, 2024-Q2, 2024-06), and columns
 * of plain decimal numbers, empty where one is not known; one row a region (and period). Refuses,
 * with HT_CODEBOOK and the row: no such column, no number, a code that is no division's, a row
 * twice. Ratios are exact fractions. Costs the file in memory.
 */
#ifndef HT_STATS_JOIN_H
#define HT_STATS_JOIN_H

#include "base/decimal.h"
#include "base/error.h"
#include "base/map.h"
#include "extract/region/region.h"
#include "stats/territory.h"

enum { JOIN_MAX_COLUMNS = 100 };

typedef struct {
    ht_str *columns; /* names of what is divided by */
    size_t n_columns;
    bool has_period;
    ht_map rows;       /* "code" or "code period" -> row */
    ht_number *values; /* n_columns a row */
} join_table;

/* Arena; borrows bytes. name is used in messages. */
ht_status join_read(join_table *j, ht_arena *a, const ht_gazetteer *g, ht_str bytes, ht_str name,
                    ht_error *e);
/* With --boundaries: every row goes to the division that its own has become by the day, as figures
 * do. A renamed one is its successor; what was merged is added up, all parts or nothing; of what was
 * split, or has no successor, the row stays. Refuses, with HT_CODEBOOK, two rows that become one
 * and differ. (join_places.c) */
ht_status join_move(join_table *j, ht_arena *a, territory *t, ht_str name, ht_error *e);
/* The numbers of a region, one a column; of a month or quarter that the file does not have, those
 * of its year. NULL: none. */
const ht_number *join_find(const join_table *j, ht_str code, ht_str period);
/* a / b as a decimal where it is one, else as a fraction in lowest terms; not known when b is not
 * above zero, or the result does not fit. */
ht_number join_ratio(ht_number a, ht_number b);

#endif
