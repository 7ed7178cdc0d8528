#include "stats/inner.h"

/* The labels of an indicator stand beside its numbers, so that the database explains itself, and
 * `audit` judges by the codebook of the run. */
static const char schema[] =
    "CREATE TABLE codebook (id TEXT NOT NULL, version TEXT NOT NULL, label_zh TEXT NOT NULL,"
    " label_en TEXT NOT NULL, yaml TEXT NOT NULL) STRICT;"
    "CREATE TABLE indicators (indicator TEXT NOT NULL PRIMARY KEY, label_zh TEXT NOT NULL,"
    " label_en TEXT NOT NULL, dimension TEXT NOT NULL, unit TEXT NOT NULL, measure TEXT NOT NULL,"
    " aggregate TEXT NOT NULL, plausible_min TEXT NOT NULL, plausible_max TEXT NOT NULL,"
    " terms TEXT NOT NULL) STRICT;"
    "CREATE TABLE subtypes (indicator TEXT NOT NULL REFERENCES indicators, subtype TEXT NOT NULL,"
    " label_zh TEXT NOT NULL, label_en TEXT NOT NULL, terms TEXT NOT NULL,"
    " PRIMARY KEY (indicator, subtype)) STRICT";

static ht_str joined(ht_arena *a, const ht_str *words, size_t n) {
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < n; i++) {
        if (i) ht_buf_byte(&b, '|');
        ht_buf_add(&b, words[i]);
    }
    return ht_buf_str(&b);
}

static ht_status insert(ht_stats *s, const char *table, const ht_str *cells, int n, ht_error *e) {
    sqlite3_stmt *statement = NULL;
    ht_status status = db_prepare_insert(&s->db, &statement, table, n, e);
    for (int i = 0; i < n && status == HT_OK; i++) db_bind(statement, i, cells[i]);
    if (status == HT_OK) status = db_run(&s->db, statement, e);
    sqlite3_finalize(statement);
    return status;
}

static ht_status put_indicator(ht_stats *s, const ht_indicator *in, ht_error *e) {
    ht_arena *a = &s->scratch;
    ht_str row[] = {in->id,
                    in->label_zh,
                    in->label_en,
                    in->dimension,
                    in->unit_to,
                    in->measure,
                    in->aggregate,
                    ht_number_text(a, in->min),
                    ht_number_text(a, in->max),
                    joined(a, in->terms, in->n_terms)};
    ht_status status = insert(s, "indicators", row, sizeof row / sizeof *row, e);
    for (size_t i = 0; i < in->n_subtypes && status == HT_OK; i++) {
        const ht_subtype *sub = &in->subtypes[i];
        ht_str cells[] = {in->id, sub->id, sub->label_zh, sub->label_en,
                          joined(a, sub->terms, sub->n_terms)};
        status = insert(s, "subtypes", cells, sizeof cells / sizeof *cells, e);
    }
    return status;
}

ht_status export_codebook(ht_stats *s, ht_error *e) {
    const ht_codebook *cb = s->codebook;
    ht_status status = db_exec(&s->db, schema, e);
    ht_str row[] = {cb->id, cb->version, cb->label_zh, cb->label_en, cb->source};
    if (status == HT_OK) status = insert(s, "codebook", row, sizeof row / sizeof *row, e);
    for (size_t i = 0; i < cb->n_indicators && status == HT_OK; i++)
        status = put_indicator(s, &cb->indicators[i], e);
    ht_arena_reset(&s->scratch);
    return status;
}
