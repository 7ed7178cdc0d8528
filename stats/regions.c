#include "stats/csv.h"
#include "stats/ratios.h"
#include "stats/rowfeed.h"
#include "stats/sums.h"
#include "stats/table.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

/* 'c' and 16 hex digits */
enum { CELL_ID = 18 };

enum { REGIONS, CELLS, RATIOS };

#define KEY_COLUMNS                                                                                \
    {                                                                                              \
        HT_G_REGION_CODE, HT_G_INDICATOR, HT_G_SUBTYPE, HT_G_MEASURE, HT_G_MODALITY, HT_G_UNIT,    \
            HT_G_BASE, HT_G_PERIOD                                                                 \
    }

typedef struct {
    ht_stats *s;
    ht_outfile regions, cells;
    stats_sheet ratios;
    sqlite3_stmt *insert_region, *insert_cell;
    table_rows tables;
    rowfeed feed;
    stats_sorter *sums; /* NULL: none are made */
    ht_str sum;         /* the next of them, while there are more */
    bool more;
} writer;

static ht_status open_all(writer *w, ht_error *e) {
    ht_stats *s = w->s;
    bool excel = s->options.excel;
    ht_status status = outfile_open(&w->regions, s->out, "regions.csv", e);
    if (status == HT_OK) status = outfile_open(&w->cells, s->out, "cells.csv", e);
    if (status == HT_OK && s->join) status = ratios_open(&w->ratios, s, e);
    if (status == HT_OK) status = table_rows_open(&w->tables, s, e);
    if (status != HT_OK) return status;
    csv_write_header(&w->regions, &s->scratch, ht_region_columns, HT_N_REGION_COLUMNS, excel);
    csv_write_header(&w->cells, &s->scratch, ht_cell_columns, HT_N_CELL_COLUMNS, excel);
    status = db_prepare_insert(&s->db, &w->insert_region, "regions", HT_N_REGION_COLUMNS, e);
    if (status == HT_OK)
        status = db_prepare_insert(&s->db, &w->insert_cell, "cells", HT_N_CELL_COLUMNS, e);
    rowfeed_open(&w->feed, &s->db);
    w->feed.tables[REGIONS] =
        (rowfeed_table){w->insert_region, ht_region_columns, HT_N_REGION_COLUMNS};
    w->feed.tables[CELLS] = (rowfeed_table){w->insert_cell, ht_cell_columns, HT_N_CELL_COLUMNS};
    if (s->join) sheet_feed(&w->ratios, &w->feed, RATIOS);
    return status;
}

/* A cell's id is its key: it stays when the run is repeated with more articles. */
static ht_str cell_id(ht_arena *a, const ht_str *key) {
    ht_buf b;
    ht_buf_init(&b, a);
    for (int i = 0; i < N_MENTION_KEY; i++) {
        ht_buf_add(&b, key[i]);
        ht_buf_byte(&b, '\x1F');
    }
    XXH128_hash_t hash = XXH3_128bits(b.p, b.n);
    return ht_format(a, "c%016llx", (unsigned long long)hash.high64);
}

static uint32_t code_of(ht_str digits) {
    uint32_t code = 0;
    for (size_t i = 0; i < digits.n && i < 6; i++) code = code * 10 + (uint32_t)(digits.p[i] - '0');
    return code;
}

static void fill_region(const ht_stats *s, const stats_cell *c, ht_str *row) {
    const ht_gazetteer *g = s->gazetteer;
    row[HT_G_REGION] = c->c.chosen->region;
    row[HT_G_REGION_LEVEL] = c->c.chosen->region_level;
    if (!g) return;
    uint32_t code = code_of(c->key[M_REGION_CODE]);
    if (row[HT_G_REGION].n == 0) row[HT_G_REGION] = ht_region_name(g, code);
    if (row[HT_G_REGION_LEVEL].n == 0) row[HT_G_REGION_LEVEL] = ht_str_of(ht_region_level(g, code));
}

static ht_str flag_of(ht_arena *a, const cell *c, bool corrected) {
    ht_buf b;
    ht_buf_init(&b, a);
    if (c->conflict) ht_buf_add(&b, HT_S("|conflict"));
    if (c->implausible) ht_buf_add(&b, HT_S("|implausible"));
    if (corrected) ht_buf_add(&b, HT_S("|corrected"));
    return b.n ? ht_sub(ht_buf_str(&b), 1, b.n) : (ht_str){NULL, 0};
}

bool stats_cell_is_corrected(const stats_cell *c) {
    for (size_t i = 0; i < c->n; i++)
        if (c->figures[i].corrected && c->figures[i].role == ROLE_CHOSEN) return true;
    return false;
}

static void fill_row(ht_stats *s, const stats_cell *of, ht_str *row) {
    static const int key_columns[N_MENTION_KEY] = KEY_COLUMNS;
    ht_arena *a = &s->scratch;
    const cell *c = &of->c;
    for (int i = 0; i < N_MENTION_KEY; i++) row[key_columns[i]] = of->key[i];
    row[HT_G_CELL_ID] = cell_id(a, of->key);
    row[HT_G_PERIOD_BASIS] = c->chosen->basis;
    row[HT_G_VALUE] = ht_number_text(a, c->value);
    row[HT_G_VALUE_LOW] = ht_number_text(a, c->low);
    row[HT_G_VALUE_HIGH] = ht_number_text(a, c->high);
    row[HT_G_NUMBER] = ht_number_rounded(a, c->value);
    row[HT_G_QUALIFIER] = c->qualifier;
    row[HT_G_N_FIGURES] = ht_format(a, "%zu", c->n_figures);
    row[HT_G_N_ARTICLES] = ht_format(a, "%zu", c->n_articles);
    row[HT_G_N_PUBLISHERS] = ht_format(a, "%zu", c->n_publishers);
    row[HT_G_N_ORIGINATORS] = ht_format(a, "%zu", c->n_originators);
    row[HT_G_MIN] = ht_number_text(a, c->min);
    row[HT_G_MEDIAN] = ht_number_text(a, c->median);
    row[HT_G_MAX] = ht_number_text(a, c->max);
    row[HT_G_CONFLICT] = c->conflict ? HT_S("1") : HT_S("0");
    row[HT_G_FLAG] = flag_of(a, c, stats_cell_is_corrected(of));
    fill_region(s, of, row);
}

static bool is_wanted(const ht_stats *s, const ht_str *row) {
    return !s->options.level.n || ht_str_eq(row[HT_G_REGION_LEVEL], s->options.level);
}

static ht_status put_region(writer *w, const ht_str *row, ht_error *e) {
    ht_stats *s = w->s;
    s->counts.cells++;
    s->counts.conflicts += ht_str_eq(row[HT_G_CONFLICT], HT_S("1"));
    csv_write_row(&w->regions, &s->scratch, row, HT_N_REGION_COLUMNS, s->options.excel);
    if (s->join) ratios_put(&w->ratios, s, row);
    ht_status status = table_rows_add(&w->tables, row, e);
    return status == HT_OK ? rowfeed_add(&w->feed, REGIONS, row, e) : status;
}

static ht_status put_figure(writer *w, ht_str id, ht_str figure, cell_role role, ht_error *e) {
    ht_stats *s = w->s;
    ht_str row[HT_N_CELL_COLUMNS] = {id, figure, ht_str_of(cell_role_name(role))};
    csv_write_row(&w->cells, &s->scratch, row, HT_N_CELL_COLUMNS, s->options.excel);
    return rowfeed_add(&w->feed, CELLS, row, e);
}

static ht_status put_sum(writer *w, ht_error *e) {
    static const int key_columns[N_MENTION_KEY] = KEY_COLUMNS;
    ht_arena *a = &w->s->scratch;
    sum_row sum;
    sum_row_read(a, w->sum, &sum);
    for (int i = 0; i < N_MENTION_KEY; i++) sum.row[key_columns[i]] = sum.key[i];
    sum.row[HT_G_CELL_ID] = cell_id(a, sum.key);
    if (!is_wanted(w->s, sum.row)) return HT_OK;
    ht_status status = put_region(w, sum.row, e);
    while (status == HT_OK && sum.figures.n) {
        ht_str figure = record_take(&sum.figures);
        cell_role role = sum.figures.n ? (cell_role)sum.figures.p[0] : ROLE_COPY;
        sum.figures = ht_sub(sum.figures, sum.figures.n > 0, sum.figures.n);
        status = put_figure(w, sum.row[HT_G_CELL_ID], figure, role, e);
    }
    return status;
}

/* The sums that come before this key: the two streams have one order. */
static ht_status put_sums(writer *w, const ht_str *key, ht_error *e) {
    ht_arena *a = &w->s->scratch;
    ht_buf b;
    ht_buf_init(&b, a);
    if (key) record_pack(&b, key, N_MENTION_KEY, N_MENTION_KEY);
    ht_status status = HT_OK;
    while (status == HT_OK && w->more && (!key || ht_str_cmp(w->sum, ht_buf_str(&b)) < 0)) {
        status = put_sum(w, e);
        if (status == HT_OK) status = sorter_next(w->sums, &w->sum, &w->more, e);
        if (!key) ht_arena_reset(a); /* nothing but these sums is in it */
    }
    return status;
}

static ht_status put_cell(void *context, const stats_cell *c, ht_error *e) {
    writer *w = context;
    ht_str row[HT_N_REGION_COLUMNS] = {{NULL, 0}};
    ht_status status = w->sums ? put_sums(w, c->key, e) : HT_OK;
    if (status != HT_OK || c->whole.n) return status; /* a part stands in its sum */
    fill_row(w->s, c, row);
    if (!is_wanted(w->s, row)) return HT_OK;
    status = put_region(w, row, e);
    for (size_t i = 0; i < c->n && status == HT_OK; i++)
        status = put_figure(w, row[HT_G_CELL_ID], c->figures[i].figure_id, c->figures[i].role, e);
    return status;
}

static ht_status put_all(writer *w, ht_error *e) {
    ht_stats *s = w->s;
    ht_status status = HT_OK;
    if (s->territory) {
        status = sums_make(s, &w->sums, e);
        if (status == HT_OK) status = sorter_next(w->sums, &w->sum, &w->more, e);
    }
    if (status == HT_OK) status = tabulate(s, put_cell, w, e);
    return status == HT_OK && w->sums ? put_sums(w, NULL, e) : status;
}

ht_status export_regions(ht_stats *s, ht_error *e) {
    writer w = {.s = s};
    ht_status status = open_all(&w, e);
    if (status == HT_OK) status = put_all(&w, e);
    if (status == HT_OK) status = outfile_commit(&w.regions, e);
    if (status == HT_OK) status = outfile_commit(&w.cells, e);
    /* What follows goes into the database too, which is the feed's until then. */
    if (status == HT_OK) status = rowfeed_finish(&w.feed, e);
    if (status == HT_OK && s->join) status = sheet_commit(&w.ratios, e);
    if (status == HT_OK && s->options.boundaries.n && s->territory)
        status = export_boundaries(s, e);
    if (status == HT_OK) status = table_rows_write(&w.tables, e);
    rowfeed_close(&w.feed);
    table_rows_close(&w.tables);
    outfile_abandon(&w.regions);
    outfile_abandon(&w.cells);
    sheet_abandon(&w.ratios);
    sqlite3_finalize(w.insert_region);
    sqlite3_finalize(w.insert_cell);
    sorter_close(w.sums);
    ht_arena_reset(&s->scratch);
    return status;
}
