/* The figures of one cell -> the cell: which figure is chosen, which agree, which conflict.
 *
 * Exact throughout: numbers are ht_number, intervals closed. A figure means its number ± step/2,
 * widened by its qualifier (docs/outputs.md). Copies and repeats are listed and count for nothing;
 * a cell of nothing else is none. Inner to stats/. Costs n log n comparisons of the cell's figures.
 */
#ifndef HT_STATS_COMPARE_H
#define HT_STATS_COMPARE_H

#include "base/decimal.h"

typedef enum { ROLE_CHOSEN, ROLE_AGREES, ROLE_CONFLICTS, ROLE_COPY, ROLE_REPEAT } cell_role;
const char *cell_role_name(cell_role role);

typedef struct {
    ht_str figure_id, article_id, publisher;
    ht_str originator; /* who states it; empty if not known */
    ht_str date;  /* until when it holds, complete: compare_date; empty if not known */
    ht_str basis; /* asof | published | "" */
    ht_str qualifier;
    ht_str region, region_level;
    int confidence;      /* larger is surer */
    ht_number value;     /* not known for ranges */
    ht_number low, high; /* known for ranges */
    ht_number step;
    bool corrected; /* by a verdict */
    cell_role role; /* in: ROLE_COPY, ROLE_REPEAT or anything else; out: decided */
} cell_figure;

typedef enum {
    AGGREGATE_LATEST,
    AGGREGATE_MOST_SOURCES,
    AGGREGATE_SUM,
    AGGREGATE_MAX,
    AGGREGATE_MEDIAN,
    AGGREGATE_NONE
} cell_aggregate;

typedef struct {
    cell_aggregate aggregate;
    ht_number plausible_min, plausible_max; /* not known: no limit */
} cell_rules;

typedef struct {
    const cell_figure
        *chosen; /* whose region and basis the cell has, also where no value is chosen */
    ht_number value, low, high;
    ht_str qualifier;
    size_t n_figures, n_articles, n_publishers, n_originators;
    ht_number min, median, max;
    bool conflict, implausible;
} cell;

/* Decides the roles in place; figures are put in order of figure_id. false: nothing counts, no
 * cell. Scratch in the arena. */
bool cell_decide(cell *out, ht_arena *a, cell_figure *figures, size_t n, const cell_rules *rules);

/* aggregate as a codebook or --choose names it; latest for anything else. */
cell_aggregate cell_aggregate_of(ht_str name);

/* The qualifier of a sum: a's and b's together. exact with over is over, at_least with over
 * at_least; of what pulls in two directions nothing is left but about. */
ht_str cell_qualifier_of_sum(ht_str a, ht_str b);

/* The day until which a figure can hold: the end of its as-of period, but not after the day it was
 * published; the publication day where there is no as-of date. Empty when neither is known. */
ht_str compare_date(ht_arena *a, ht_str asof, ht_str published);

/* What the figure can mean. An open end is an unknown number. */
typedef struct {
    ht_number low, high;
} cell_interval;
cell_interval cell_interval_of(const cell_figure *f);
bool cell_intervals_meet(cell_interval a, cell_interval b);

/* 1500/1000 -> 1.5: a quotient as a decimal where it is one. */
ht_number compare_simplify(ht_number x);

#endif
