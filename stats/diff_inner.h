/* Inner to stats/: the parts of `diff`.
 *
 *   diff.c  the steps      diff_query.c  a table of both databases -> counts and differing rows
 *   diff_run.c  what run.json says of the two programs     diff_print.c  a differing row in words
 */
#ifndef HT_STATS_DIFF_INNER_H
#define HT_STATS_DIFF_INNER_H

#include "stats/diff.h"
#include "stats/outdb.h"

typedef enum { DIFF_ARTICLES, DIFF_CELLS, DIFF_FIGURES, N_DIFF_TABLES } diff_table_id;

typedef struct {
    const char *name[2]; /* in the text, English and Chinese */
    const char *json;    /* "table" of the JSON */
    const char *table, *key, *order;
    const char *extra; /* of cells, one column more: the figure that is chosen; else NULL */
    const char *const *label;      /* columns that say which row it is, NULL-terminated */
} diff_spec;
extern const diff_spec diff_specs[N_DIFF_TABLES];

typedef struct {
    uint64_t added, removed, changed, same;
} diff_counts;

typedef struct {
    const diff_spec *spec;
    ht_str *columns; /* that both know, the extra one last */
    size_t n_columns;
    diff_counts counts;
    uint64_t *changes; /* of each column */
} diff_table;

typedef struct {
    const ht_diff_options *options;
    stats_db db; /* the first one as main, the second one attached as b */
    ht_arena arena, scratch;
    diff_table tables[N_DIFF_TABLES];
} differ;

/* A row of the result: of what came or went both halves are the same. */
typedef struct {
    char change; /* + - ~ */
    const ht_str *before, *after;
} diff_row;

ht_status diff_table_count(differ *d, diff_table_id id, ht_error *e);
typedef bool diff_row_call(differ *d, const diff_table *t, const diff_row *row);
/* Rows in the order of the tables; stops when call says false. */
ht_status diff_table_each(differ *d, const diff_table *t, diff_row_call *call, ht_error *e);

/* What the two run.json say of program, codebook and options, where it differs. */
ht_status diff_run_facts(differ *d, ht_buf *b, ht_error *e);

bool diff_print_summary(differ *d, ht_str facts);
bool diff_print_row(differ *d, const diff_table *t, const diff_row *row);
/* The value of a named column; empty if the table has none. */
ht_str diff_value(const diff_table *t, const ht_str *row, const char *column);

#endif
