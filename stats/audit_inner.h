/* The checks of `audit`: cells and figures of hantally.db -> findings. Inner to stats/.
 *
 *   audit.c        the checks in order, ranking, audit.csv      audit_cells.c    groups of cells
 *   audit_figures.c  figures against each other and their cells  audit_reference.c  the user's CSV
 *   audit_item.c   a row of a query -> what it can mean; two of them -> a finding
 *   audit_print.c  the findings in words
 */
#ifndef HT_STATS_AUDIT_INNER_H
#define HT_STATS_AUDIT_INNER_H

#include "stats/audit.h"
#include "stats/compare.h"
#include "stats/outdb.h"

/* A cell or a figure as the checks see it. The same columns in both queries: audit_item_read. */
typedef struct {
    ht_audit_side side;
    ht_str indicator, measure, modality, unit, base;
    ht_str kind;  /* count, money, …: of the figure that is chosen */
    ht_str basis; /* asof | published | "" */
    cell_interval span; /* what it can mean */
    ht_number value;    /* or the middle of a range */
} audit_item;

typedef struct {
    ht_audit *result;
    const ht_gazetteer *gazetteer;
    stats_db db;
    ht_arena scratch; /* for one group or row */
    size_t cap;       /* of result->findings */
} auditor;

/* SELECT list of an item that is a cell `r` (of regions) whose chosen figure is `f`, and the tables
 * it comes from. */
#define AUDIT_CELL                                                                                 \
    "r.cell_id, coalesce(f.figure_id, ''), r.region_code, r.region, r.subtype, r.period,"          \
    " r.indicator, r.measure, r.modality, r.unit, r.base, coalesce(f.kind, ''), r.period_basis,"   \
    " r.value, r.value_low, r.value_high, r.qualifier, coalesce(f.step, ''),"                      \
    " coalesce(f.value, ''), coalesce(f.unit, '')"
#define AUDIT_CHOSEN                                                                               \
    " LEFT JOIN figures f ON f.figure_id = (SELECT min(c.figure_id) FROM cells c"                  \
    " WHERE c.cell_id = r.cell_id AND c.role = 'chosen')"
/* The same of a figure with the alias x; in_cell is an expression for its cell_id. */
#define AUDIT_FIGURE(x, in_cell)                                                                   \
    in_cell ", " x ".figure_id, " x ".region_code, " x ".region, " x ".subtype, " x ".asof, " x    \
            ".indicator, " x ".measure, " x ".modality, " x ".unit, " x ".base, " x ".kind,"       \
            " CASE WHEN " x ".asof = '' THEN 'published' ELSE 'asof' END, " x ".value, " x         \
            ".value_low, " x ".value_high, " x ".qualifier, " x ".step, " x ".value, " x ".unit"
enum { AUDIT_ITEM_COLUMNS = 20 };

/* Reads the item whose first column is `at`. Arena a. */
void audit_item_read(audit_item *item, ht_arena *a, sqlite3_stmt *query, int at);
/* May parts of it be added up? Counts, money and measures that are no rate, stock or cumulative. */
bool audit_is_additive(const audit_item *item);
/* a < b for certain: their intervals do not meet. */
bool audit_is_below(const audit_item *a, const audit_item *b);
/* Is big / small what a lost or spurious 万 makes of a number that has not changed much? */
bool audit_is_wan(ht_number small, ht_number big);

/* Adds a finding; copies. small and big are the two numbers that stand against each other. */
void audit_add(auditor *x, ht_audit_kind kind, const audit_item *suspect, const ht_audit_side *other,
               ht_number small, ht_number big, bool dated);
/* Several items -> the side that stands for all of them together. Arena a. */
ht_audit_side audit_side_of_all(ht_arena *a, audit_item *const *items, size_t n, ht_number sum);

/* A query of rows -> a call for each. */
typedef void audit_row_call(auditor *x, sqlite3_stmt *query);
ht_status audit_each(auditor *x, const char *sql, audit_row_call *call, ht_error *e);

ht_status audit_cells(auditor *x, ht_error *e);
ht_status audit_figures(auditor *x, ht_error *e);
ht_status audit_reference(auditor *x, ht_str csv, const char *name, ht_error *e);

#endif
