#include "stats/diff_inner.h"

#include <string.h>

static const char *const article_label[] = {"source_path", "record", "title", NULL};
static const char *const cell_label[] = {"region_code", "region", "indicator", "subtype", "measure",
                                         "modality",    "unit",   "base",      "period",  NULL};
static const char *const figure_label[] = {"figure_id", "surface", NULL};

const diff_spec diff_specs[N_DIFF_TABLES] = {
    [DIFF_ARTICLES] = {{"articles", "文章"}, "articles", "articles", "article_id",
                       "source_path, member, record", NULL, article_label},
    [DIFF_CELLS] = {{"cells", "单元格"}, "cells", "regions", "cell_id",
                    "region_code, indicator, subtype, measure, modality, unit, base, period",
                    "chosen", cell_label},
    [DIFF_FIGURES] = {{"figures", "数字"}, "figures", "figures", "figure_id",
                      "article_id, byte_start", NULL, figure_label},
};

static ht_status attach(differ *d, ht_error *e) {
    stats_db other;
    ht_status status = outdb_open(&other, &d->arena, d->options->after, 0, e);
    db_close(&other);
    if (status == HT_OK) status = outdb_open(&d->db, &d->arena, d->options->before, 0, e);
    if (status != HT_OK) return status;
    sqlite3_stmt *statement = NULL;
    status = db_prepare(&d->db, &statement, "ATTACH ? AS b", e);
    if (status == HT_OK) {
        db_bind(statement, 0, ht_str_of(other.path));
        status = db_run(&d->db, statement, e);
    }
    sqlite3_finalize(statement);
    return status;
}

static ht_status compare(differ *d, bool *same, ht_error *e) {
    ht_status status = attach(d, e);
    *same = true;
    for (int i = 0; i < N_DIFF_TABLES && status == HT_OK; i++) {
        status = diff_table_count(d, (diff_table_id)i, e);
        const diff_counts *c = &d->tables[i].counts;
        *same &= !c->added && !c->removed && !c->changed;
    }
    ht_buf facts;
    ht_buf_init(&facts, &d->arena);
    if (status == HT_OK) status = diff_run_facts(d, &facts, e);
    if (status != HT_OK || !diff_print_summary(d, ht_buf_str(&facts))) return status;
    for (int i = 0; i < N_DIFF_TABLES && status == HT_OK; i++)
        status = diff_table_each(d, &d->tables[i], diff_print_row, e);
    return status;
}

ht_status ht_diff(const ht_diff_options *options, bool *same, ht_error *e) {
    differ d = {.options = options};
    ht_arena_init(&d.arena, 0);
    ht_arena_init(&d.scratch, 0);
    ht_status status = compare(&d, same, e);
    db_close(&d.db);
    ht_arena_free(&d.arena);
    ht_arena_free(&d.scratch);
    return status;
}

ht_str diff_value(const diff_table *t, const ht_str *row, const char *column) {
    for (size_t i = 0; i < t->n_columns; i++)
        if (ht_str_eq(t->columns[i], ht_str_of(column))) return row[i];
    return (ht_str){NULL, 0};
}
