#include "review/exchange.h"

#include "review/verdicts.h"
#include "stats/csv.h"
#include "stats/outfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The columns of samples and exports: what is said, then what it is said of. */
#define SAID "reviewer", "verdict", "wrong", "corrected", "note"
#define FIGURE_COLUMNS                                                                             \
    "indicator", "subtype", "region_code", "region", "value", "value_low", "value_high",           \
        "qualifier", "unit", "asof", "surface", "sentence", "byte_start", "byte_end"
static const char *const columns[] = {"figure_id", SAID, FIGURE_COLUMNS, "title", "published",
                                      "publisher", "source_path"};
enum { N_COLUMNS = sizeof columns / sizeof *columns };
#define SHOWN                                                                                      \
    "f.indicator, f.subtype, f.region_code, f.region, f.value, f.value_low, f.value_high,"         \
    " f.qualifier, f.unit, f.asof, f.surface, f.sentence, f.byte_start, f.byte_end, a.title,"      \
    " a.published, a.publisher, a.source_path FROM out.figures f JOIN out.articles a"              \
    " USING (article_id)"

static void put_header(ht_buf *b) {
    for (int i = 0; i < N_COLUMNS; i++) {
        if (i) ht_buf_byte(b, ',');
        ht_buf_add(b, ht_str_of(columns[i]));
    }
    ht_buf_byte(b, '\n');
}

static void put_line(ht_buf *b, sqlite3_stmt *query) {
    for (int i = 0; i < N_COLUMNS; i++) {
        if (i) ht_buf_byte(b, ',');
        ht_csv_field(b, db_column(query, i), false);
    }
    ht_buf_byte(b, '\n');
}

/* Opens the run without verdicts, for what only reads it. */
static ht_status run_open(stats_db *db, const char *out, ht_error *e) {
    *db = (stats_db){.path = out};
    ht_status status = HT_OK;
    if (sqlite3_open_v2(":memory:", &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, NULL) !=
        SQLITE_OK)
        status = db_fail(db, e);
    if (status == HT_OK) status = ht_verdicts_attach(db, out, e);
    if (status != HT_OK) db_close(db);
    return status;
}

ht_status ht_sample_put_csv(ht_buf *b, const char *out, const ht_sample_plan *plan, ht_error *e) {
    stats_db db;
    ht_sample sample;
    sqlite3_stmt *query = NULL;
    ht_status status = run_open(&db, out, e);
    if (status != HT_OK) return status;
    status = sample_draw(&db, b->arena, plan, &sample, e);
    if (status == HT_OK)
        status = db_prepare(&db, &query,
                            "SELECT f.figure_id, '', '', '', '', '', " SHOWN
                            " WHERE f.figure_id = ?1",
                            e);
    if (status == HT_OK) put_header(b);
    for (size_t i = 0; i < sample.n && status == HT_OK; i++) {
        bool row;
        db_bind(query, 0, sample.figure_ids[i]);
        status = db_step(&db, query, &row, e);
        if (status == HT_OK && row) put_line(b, query);
        sqlite3_reset(query);
    }
    sqlite3_finalize(query);
    db_close(&db);
    return status;
}

ht_status ht_verdicts_put_csv(ht_buf *b, const stats_db *db, ht_str reviewer, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = db_prepare(
        db, &query,
        "SELECT v.figure_id, v.reviewer, v.verdict, v.wrong, v.corrected, v.note, " SHOWN
        " JOIN current v ON " VERDICT_FITS("v", "f")
        " WHERE ?1 = '' OR v.reviewer = ?1 ORDER BY v.figure_id, v.reviewer, v.seq",
        e);
    if (status == HT_OK) {
        db_bind(query, 0, reviewer);
        put_header(b);
    }
    for (bool row = status == HT_OK; row;) {
        status = db_step(db, query, &row, e);
        row &= status == HT_OK;
        if (row) put_line(b, query);
    }
    sqlite3_finalize(query);
    return status;
}

ht_status ht_verdicts_with_run(stats_db *db, const char *out, const char *path, bool create,
                               ht_error *e) {
    stats_db run;
    ht_status status = run_open(&run, out, e); /* a folder that is no run gets no verdicts.db */
    if (status != HT_OK) return status;
    db_close(&run);
    char *own = path ? NULL : outfile_path(out, "verdicts.db");
    status = ht_verdicts_open(db, path ? path : own, create, e);
    free(own);
    db->path = "verdicts.db";
    if (status == HT_OK) status = ht_verdicts_attach(db, out, e);
    if (status != HT_OK) db_close(db);
    return status;
}

/* ---- import ---- */

typedef struct {
    const stats_db *db;
    ht_arena *a;
    const csv_table *table;
    ht_str reviewer;
    size_t n_new;
} importer;

/* Does the run have the row's figure, in the same words? */
static ht_status check_place(importer *x, size_t row, ht_error *e) {
    sqlite3_stmt *query = NULL;
    bool there = false;
    ht_status status = db_prepare(x->db, &query,
                                  "SELECT 1 FROM out.figures WHERE figure_id = ?1 AND surface = ?2"
                                  " AND sentence = ?3 AND (?4 = '' OR byte_start = CAST(?4 AS INT))",
                                  e);
    static const char *const names[] = {"figure_id", "surface", "sentence", "byte_start"};
    for (int i = 0; i < 4 && status == HT_OK; i++)
        db_bind(query, i, csv_cell(x->table, row, names[i]));
    if (status == HT_OK) status = db_step(x->db, query, &there, e);
    sqlite3_finalize(query);
    if (status == HT_OK && !there)
        return ht_fail(e, HT_USAGE, "row %zu: the run has no such figure with these words",
                       row + 2);
    return status;
}

static ht_status is_said_already(importer *x, const verdict_statement *s, bool *said, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status =
        db_prepare(x->db, &query,
                   "SELECT 1 FROM current v JOIN out.figures f ON " VERDICT_FITS("v", "f")
                   " WHERE v.figure_id = ?1 AND v.reviewer = ?2 AND v.verdict = ?3 AND v.wrong = ?4"
                   " AND v.corrected = ?5 AND v.note = ?6",
                   e);
    ht_str cells[] = {s->figure_id, s->reviewer, s->verdict, s->wrong, s->corrected, s->note};
    for (int i = 0; i < 6 && status == HT_OK; i++) db_bind(query, i, cells[i]);
    if (status == HT_OK) status = db_step(x->db, query, said, e);
    sqlite3_finalize(query);
    return status;
}

static ht_status nonce_make(importer *x, ht_str *nonce, ht_error *e) {
    sqlite3_stmt *query = NULL;
    bool row;
    ht_status status =
        db_prepare(x->db, &query, "SELECT 'import-' || lower(hex(randomblob(16)))", e);
    if (status == HT_OK) status = db_step(x->db, query, &row, e);
    if (status == HT_OK) *nonce = ht_str_copy(x->a, db_column(query, 0));
    sqlite3_finalize(query);
    return status;
}

static ht_status import_row(importer *x, size_t row, ht_error *e) {
    ht_error why = {HT_OK, ""};
    verdict_statement s = {.reviewer = ht_str_trim(csv_cell(x->table, row, "reviewer")),
                           .origin = "import",
                           .figure_id = csv_cell(x->table, row, "figure_id"),
                           .verdict = ht_str_trim(csv_cell(x->table, row, "verdict")),
                           .wrong = ht_str_trim(csv_cell(x->table, row, "wrong")),
                           .corrected = ht_str_trim(csv_cell(x->table, row, "corrected")),
                           .note = csv_cell(x->table, row, "note")};
    if (!s.verdict.n) return HT_OK; /* not coded yet */
    if (!s.reviewer.n) s.reviewer = x->reviewer;
    bool said = false;
    ht_status status = check_place(x, row, e);
    if (status == HT_OK) status = is_said_already(x, &s, &said, e);
    if (status != HT_OK || said) return status;
    status = nonce_make(x, &s.nonce, e);
    if (status != HT_OK) return status;
    status = verdict_save(x->db, &s, &why);
    if (status != HT_OK) return ht_fail(e, status, "row %zu: %.900s", row + 2, why.text);
    x->n_new++;
    return HT_OK;
}

ht_status ht_verdicts_import(const char *out, const char *path, ht_str csv, ht_str reviewer,
                             size_t *n, ht_error *e) {
    static const char *const needed[] = {"figure_id", "verdict", "surface", "sentence"};
    stats_db db;
    ht_arena a;
    csv_table table;
    ht_arena_init(&a, 0);
    csv_parse(&table, &a, csv);
    importer x = {&db, &a, &table, reviewer, 0};
    ht_status status = HT_OK;
    for (size_t i = 0; i < 4 && status == HT_OK; i++) {
        bool there = false;
        for (size_t k = 0; k < table.n_columns; k++)
            there |= ht_str_eq(table.columns[k], ht_str_of(needed[i]));
        if (!there) status = ht_fail(e, HT_USAGE, "the file has no column %s", needed[i]);
    }
    if (status == HT_OK) status = ht_verdicts_with_run(&db, out, path, true, e);
    if (status == HT_OK) {
        status = db_exec(&db, "BEGIN IMMEDIATE", e);
        for (size_t i = 0; i < table.n_rows && status == HT_OK; i++) status = import_row(&x, i, e);
        if (status == HT_OK) status = db_exec(&db, "COMMIT", e);
        if (status != HT_OK) db_exec(&db, "ROLLBACK", NULL);
        db_close(&db);
    }
    *n = x.n_new;
    ht_arena_free(&a);
    return status;
}

/* ---- orphans ---- */

static const char orphans_query[] =
    "SELECT CASE WHEN f.figure_id IS NULL THEN 'gone' WHEN NOT (" VERDICT_PLACE("v", "f")
    ") THEN 'words' ELSE 'reading' END, v.figure_id, v.reviewer, v.verdict, v.wrong, v.corrected,"
    " v.note, v.surface, v.sentence FROM current v LEFT JOIN out.figures f"
    " ON f.figure_id = v.figure_id WHERE f.figure_id IS NULL OR NOT (" VERDICT_FITS("v", "f")
    ") ORDER BY v.figure_id, v.reviewer, v.seq";

ht_status ht_verdicts_orphans(ht_buf *b, const stats_db *db, size_t *n, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = db_prepare(db, &query, orphans_query, e);
    *n = 0;
    ht_buf_add(b, HT_S("why,figure_id,reviewer,verdict,wrong,corrected,note,surface,sentence\n"));
    for (bool row = status == HT_OK; row;) {
        status = db_step(db, query, &row, e);
        row &= status == HT_OK;
        if (!row) break;
        ++*n;
        for (int i = 0; i < 9; i++) {
            if (i) ht_buf_byte(b, ',');
            ht_csv_field(b, db_column(query, i), false);
        }
        ht_buf_byte(b, '\n');
    }
    sqlite3_finalize(query);
    return status;
}
