/* Cells -> sums: what the children of a region have together (--rollup), and what the divisions had
 * that became one (--boundaries). Inner to stats/.
 *
 *   sums.c      cells, and sums in the order of the cells, on their way through sorters
 *   rollup.c    the cells of one indicator and period -> its sums
 *
 * A child counts with its own number, or where it has none with its own sum, never with both; a
 * region with a number of its own keeps it. Every sum says how many of its parts are known. Costs
 * a record a cell on disk, and the cells of one indicator, measure, … and period in memory: at
 * most one a division.
 */
#ifndef HT_STATS_SUMS_H
#define HT_STATS_SUMS_H

#include "stats/inner.h"
#include "stats/sheet.h"

/* The order of a sum's input: that of the cells, the region last. */
enum { N_GROUP_KEY = N_MENTION_KEY - 1, G_CODE = N_GROUP_KEY };
extern const mention_column group_columns[N_MENTION_KEY];

typedef struct {
    ht_str figure_id, article_id, publisher, originator;
    cell_role role;
} sum_figure;

typedef struct {
    ht_str code;  /* six digits */
    ht_str whole; /* of which it is a part; empty: of none */
    ht_number value, low, high;
    ht_str qualifier, basis;
    bool conflict, implausible, corrected;
    bool is_sum, partial; /* made here; not of all its parts */
    ht_str coverage;      /* of a sum */
    sum_figure *figures;
    size_t n_figures;
} sum_cell;

/* The cells of a group, its own and those made. */
typedef struct {
    ht_stats *s;
    ht_arena arena; /* of the group */
    ht_str key[N_GROUP_KEY];
    sum_cell *cells;
    size_t n, cap;
    stats_sheet report; /* rollup.csv; opened and closed by sums_make */
    stats_sorter *made;
} sum_group;

/* Makes the sums of the gathered group: reports each, and puts those that are shown into made. */
ht_status group_sum_up(sum_group *g, ht_error *e);
ht_status group_report_open(sum_group *g, ht_error *e);

/* A sum as a row of regions.csv, and its figures. */
typedef struct {
    ht_str key[N_MENTION_KEY];
    ht_str row[HT_N_REGION_COLUMNS]; /* without cell_id and key */
    ht_str figures;                  /* figure_id and role, one after another: record_take */
} sum_row;
ht_status sum_emit(sum_group *g, const sum_cell *c, ht_error *e);
void sum_row_read(ht_arena *a, ht_str record, sum_row *row);

/* All sums, in the order of the cells, into *made (the caller closes it); writes rollup.csv. */
ht_status sums_make(ht_stats *s, stats_sorter **made, ht_error *e);

#endif
