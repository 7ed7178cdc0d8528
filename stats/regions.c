#include "stats/compare.h"
#include "stats/csv.h"
#include "stats/inner.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

/* 'c' and 16 hex digits */
enum { CELL_ID = 18 };

static const char scan[] = "SELECT * FROM mention ORDER BY " MENTION_KEY ", figure_id";

typedef struct {
    ht_stats *s;
    ht_outfile regions, cells;
    sqlite3_stmt *scan, *insert_region, *insert_cell;
    ht_str key[N_MENTION_KEY]; /* of the cell that is being gathered; in the arena below */
    cell_figure *figures;
    size_t n, cap;
} tabulator;

static ht_status open_all(tabulator *t, ht_error *e) {
    ht_stats *s = t->s;
    bool excel = s->options.excel;
    ht_status status = outfile_open(&t->regions, s->out, "regions.csv", e);
    if (status == HT_OK) status = outfile_open(&t->cells, s->out, "cells.csv", e);
    if (status != HT_OK) return status;
    csv_write_header(&t->regions, &s->scratch, ht_region_columns, HT_N_REGION_COLUMNS, excel);
    csv_write_header(&t->cells, &s->scratch, ht_cell_columns, HT_N_CELL_COLUMNS, excel);
    status = db_prepare(&s->store.db, &t->scan, scan, e);
    if (status == HT_OK)
        status = db_prepare_insert(&s->db, &t->insert_region, "regions", HT_N_REGION_COLUMNS, e);
    if (status == HT_OK)
        status = db_prepare_insert(&s->db, &t->insert_cell, "cells", HT_N_CELL_COLUMNS, e);
    return status;
}

/* A cell's id is its key: it stays when the run is repeated with more articles. */
static ht_str cell_id(const tabulator *t) {
    ht_buf b;
    ht_buf_init(&b, &t->s->scratch);
    for (int i = 0; i < N_MENTION_KEY; i++) {
        ht_buf_add(&b, t->key[i]);
        ht_buf_byte(&b, '\x1F');
    }
    XXH128_hash_t hash = XXH3_128bits(b.p, b.n);
    return ht_format(&t->s->scratch, "c%016llx", (unsigned long long)hash.high64);
}

static uint32_t code_of(ht_str digits) {
    uint32_t code = 0;
    for (size_t i = 0; i < digits.n && i < 6; i++) code = code * 10 + (uint32_t)(digits.p[i] - '0');
    return code;
}

static void fill_region(const tabulator *t, const cell *c, ht_str *row) {
    const ht_gazetteer *g = t->s->gazetteer;
    row[HT_G_REGION] = c->chosen->region;
    row[HT_G_REGION_LEVEL] = c->chosen->region_level;
    if (!g) return;
    uint32_t code = code_of(t->key[M_REGION_CODE]);
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

/* Does the cell's value rest on a figure that a verdict corrected? */
static bool rests_on_correction(const tabulator *t) {
    for (size_t i = 0; i < t->n; i++)
        if (t->figures[i].corrected && t->figures[i].role == ROLE_CHOSEN) return true;
    return false;
}

static ht_status put_region(tabulator *t, ht_str id, const cell *c, ht_error *e) {
    static const int key_columns[N_MENTION_KEY] = {HT_G_REGION_CODE, HT_G_INDICATOR, HT_G_SUBTYPE,
                                                   HT_G_MEASURE,     HT_G_MODALITY,  HT_G_UNIT,
                                                   HT_G_BASE,        HT_G_PERIOD};
    ht_arena *a = &t->s->scratch;
    ht_str row[HT_N_REGION_COLUMNS] = {
        [HT_G_CELL_ID] = id,
        [HT_G_PERIOD_BASIS] = c->chosen->basis,
        [HT_G_VALUE] = ht_number_text(a, c->value),
        [HT_G_VALUE_LOW] = ht_number_text(a, c->low),
        [HT_G_VALUE_HIGH] = ht_number_text(a, c->high),
        [HT_G_NUMBER] = ht_number_rounded(a, c->value),
        [HT_G_QUALIFIER] = c->qualifier,
        [HT_G_N_FIGURES] = ht_format(a, "%zu", c->n_figures),
        [HT_G_N_ARTICLES] = ht_format(a, "%zu", c->n_articles),
        [HT_G_N_PUBLISHERS] = ht_format(a, "%zu", c->n_publishers),
        [HT_G_MIN] = ht_number_text(a, c->min),
        [HT_G_MEDIAN] = ht_number_text(a, c->median),
        [HT_G_MAX] = ht_number_text(a, c->max),
        [HT_G_CONFLICT] = c->conflict ? HT_S("1") : HT_S("0"),
        [HT_G_FLAG] = flag_of(a, c, rests_on_correction(t)),
    };
    for (int i = 0; i < N_MENTION_KEY; i++) row[key_columns[i]] = t->key[i];
    fill_region(t, c, row);
    t->s->counts.cells++;
    t->s->counts.conflicts += c->conflict;
    csv_write_row(&t->regions, a, row, HT_N_REGION_COLUMNS, t->s->options.excel);
    return db_insert_row(&t->s->db, t->insert_region, ht_region_columns, row, HT_N_REGION_COLUMNS,
                         e);
}

/* Decides and writes the gathered cell, and forgets it. */
static ht_status end_cell(tabulator *t, ht_error *e) {
    ht_stats *s = t->s;
    if (t->n == 0) return HT_OK;
    const ht_indicator *indicator = stats_indicator(s->codebook, t->key[M_INDICATOR]);
    cell_rules rules = {cell_aggregate_of(indicator->aggregate), indicator->min, indicator->max};
    cell c;
    ht_status status = HT_OK;
    if (cell_decide(&c, &s->scratch, t->figures, t->n, &rules)) {
        ht_str id = cell_id(t);
        status = put_region(t, id, &c, e);
        for (size_t i = 0; i < t->n && status == HT_OK; i++) {
            ht_str row[HT_N_CELL_COLUMNS] = {id, t->figures[i].figure_id,
                                             ht_str_of(cell_role_name(t->figures[i].role))};
            csv_write_row(&t->cells, &s->scratch, row, HT_N_CELL_COLUMNS, s->options.excel);
            status =
                db_insert_row(&s->db, t->insert_cell, ht_cell_columns, row, HT_N_CELL_COLUMNS, e);
        }
    }
    t->figures = NULL;
    t->n = t->cap = 0;
    ht_arena_reset(&s->scratch);
    return status;
}

static cell_role role_of(ht_str word) {
    if (ht_str_eq(word, HT_S("copy"))) return ROLE_COPY;
    return ht_str_eq(word, HT_S("repeat")) ? ROLE_REPEAT : ROLE_AGREES;
}

static void gather(tabulator *t) {
    ht_arena *a = &t->s->scratch;
    ht_str m[N_MENTION];
    for (int i = 0; i < N_MENTION; i++)
        m[i] = i < N_MENTION_KEY && t->n ? t->key[i] : ht_str_copy(a, db_column(t->scan, i));
    memcpy(t->key, m, sizeof t->key);
    *HT_PUSH(a, t->figures, t->n, t->cap) = (cell_figure){
        .figure_id = m[M_FIGURE_ID],
        .article_id = m[M_ARTICLE_ID],
        .publisher = m[M_PUBLISHER],
        .date = m[M_DATE],
        .basis = m[M_BASIS],
        .qualifier = m[M_QUALIFIER],
        .region = m[M_REGION],
        .region_level = m[M_REGION_LEVEL],
        .value = ht_number_parse(m[M_VALUE]),
        .low = ht_number_parse(m[M_LOW]),
        .high = ht_number_parse(m[M_HIGH]),
        .step = ht_number_parse(m[M_STEP]),
        .confidence = stats_confidence(m[M_CONFIDENCE]),
        .role = role_of(m[M_ROLE]),
        .corrected = m[M_CORRECTED].n > 0,
    };
}

static bool is_same_cell(const tabulator *t) {
    for (int i = 0; i < N_MENTION_KEY; i++)
        if (!ht_str_eq(t->key[i], db_column(t->scan, i))) return false;
    return true;
}

static ht_status tabulate(tabulator *t, ht_error *e) {
    for (;;) {
        bool row;
        ht_status status = db_step(&t->s->store.db, t->scan, &row, e);
        if (status == HT_OK && (!row || (t->n && !is_same_cell(t)))) status = end_cell(t, e);
        if (status != HT_OK || !row) return status;
        gather(t);
    }
}

ht_status export_regions(ht_stats *s, ht_error *e) {
    tabulator t = {.s = s};
    ht_status status = open_all(&t, e);
    ht_arena_reset(&s->scratch);
    if (status == HT_OK) status = tabulate(&t, e);
    if (status == HT_OK) status = outfile_commit(&t.regions, e);
    if (status == HT_OK) status = outfile_commit(&t.cells, e);
    outfile_abandon(&t.regions);
    outfile_abandon(&t.cells);
    sqlite3_finalize(t.scan);
    sqlite3_finalize(t.insert_region);
    sqlite3_finalize(t.insert_cell);
    ht_arena_reset(&s->scratch);
    return status;
}
