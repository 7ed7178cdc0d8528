#include "base/utf8.h"
#include "review/api.h"
#include "stats/json.h"
#include "stats/verdicts.h"

#include <string.h>

void review_put_name(ht_buf *b, const char *name) {
    if (b->n && b->p[b->n - 1] != '{') ht_buf_byte(b, ',');
    json_put_string(b, ht_str_of(name));
    ht_buf_byte(b, ':');
}

void review_put_text(ht_buf *b, const char *name, ht_str value) {
    review_put_name(b, name);
    json_put_string(b, value);
}

void review_put_number(ht_buf *b, const char *name, uint64_t value) {
    review_put_name(b, name);
    ht_buf_printf(b, "%llu", (unsigned long long)value);
}

void review_put_flag(ht_buf *b, const char *name, bool value) {
    review_put_name(b, name);
    ht_buf_add(b, value ? HT_S("true") : HT_S("false"));
}

/* The names that the codebook gives to the indicator and subtype, in the reviewer's language. */
static void put_labels(const ht_review *r, ht_buf *b, ht_str indicator, ht_str subtype) {
    const ht_codebook *cb = r->options.reader ? r->options.reader->codebook : NULL;
    for (size_t i = 0; cb && i < cb->n_indicators; i++) {
        const ht_indicator *in = &cb->indicators[i];
        if (!ht_str_eq(in->id, indicator)) continue;
        review_put_text(b, "indicator_zh", in->label_zh);
        review_put_text(b, "indicator_en", in->label_en);
        for (size_t k = 0; k < in->n_subtypes; k++) {
            if (!ht_str_eq(in->subtypes[k].id, subtype)) continue;
            review_put_text(b, "subtype_zh", in->subtypes[k].label_zh);
            review_put_text(b, "subtype_en", in->subtypes[k].label_en);
        }
    }
}

static void put_row(ht_buf *b, sqlite3_stmt *query) {
    for (int i = 0; i < sqlite3_column_count(query); i++)
        review_put_text(b, sqlite3_column_name(query, i), db_column(query, i));
}

static const char figure_query[] =
    "SELECT f.*, a.title, a.published, a.publisher, a.url, a.source_path FROM out.figures f"
    " JOIN out.articles a USING (article_id) WHERE f.figure_id = ?1";
static const char said_query[] =
    "SELECT v.nonce, v.reviewer, v.verdict, v.wrong, v.corrected, v.note FROM current v"
    " JOIN out.figures f ON " VERDICT_FITS("v", "f") " WHERE v.figure_id = ?1"
    " AND (?3 OR v.reviewer = ?2) AND (v.origin = 'adjudication') = ?4 ORDER BY v.reviewer";

/* "name":[{…}] of what was said; of others only where all may be seen. */
static ht_status put_said(ht_review *r, ht_buf *b, const char *name, ht_str figure_id, bool all,
                          bool adjudication, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = db_prepare(&r->db, &query, said_query, e);
    if (status != HT_OK) return status;
    db_bind(query, 0, figure_id);
    db_bind(query, 1, r->options.reviewer);
    sqlite3_bind_int(query, 3, all);
    sqlite3_bind_int(query, 4, adjudication);
    review_put_name(b, name);
    ht_buf_byte(b, '[');
    for (bool row = true, first = true; row; first = false) {
        status = db_step(&r->db, query, &row, e);
        if (status != HT_OK || !row) break;
        ht_buf_add(b, first ? HT_S("{") : HT_S(",{"));
        put_row(b, query);
        ht_buf_byte(b, '}');
    }
    ht_buf_byte(b, ']');
    sqlite3_finalize(query);
    return status;
}

static uint64_t whole(sqlite3_stmt *query, const char *name) {
    for (int i = 0; i < sqlite3_column_count(query); i++)
        if (strcmp(sqlite3_column_name(query, i), name) == 0) {
            int64_t n = sqlite3_column_int64(query, i);
            return n > 0 ? (uint64_t)n : 0;
        }
    return 0;
}

static ht_str cell(sqlite3_stmt *query, const char *name) {
    for (int i = 0; i < sqlite3_column_count(query); i++)
        if (strcmp(sqlite3_column_name(query, i), name) == 0) return db_column(query, i);
    return (ht_str){NULL, 0};
}

/* The paragraph with the place of the figure in it, where the run kept the text. */
static ht_status put_paragraph(ht_review *r, ht_arena *a, ht_buf *b, sqlite3_stmt *query,
                               ht_error *e) {
    ht_str text;
    bool found;
    uint64_t start = whole(query, "text_start"), end = whole(query, "text_end"), from;
    ht_status status =
        review_text_read(&r->texts, a, cell(query, "article_id"), &text, &found, e);
    if (status != HT_OK) return status;
    ht_str paragraph = found ? review_paragraph(text, start, &from) : cell(query, "sentence");
    if (found && end - from <= ht_utf8_count(paragraph)) {
        review_put_text(b, "paragraph", paragraph);
        review_put_number(b, "mark_start", start - from);
        review_put_number(b, "mark_end", end - from);
    } else {
        review_put_text(b, "paragraph", cell(query, "sentence"));
    }
    return HT_OK;
}

static ht_status figure_open(ht_review *r, sqlite3_stmt **query, size_t at, ht_error *e) {
    bool row = false;
    if (at >= r->n_items) return ht_fail(e, HT_USAGE, "there is no item %zu", at);
    ht_status status = db_prepare(&r->db, query, figure_query, e);
    if (status == HT_OK) {
        db_bind(*query, 0, r->items[at]);
        status = db_step(&r->db, *query, &row, e);
    }
    if (status == HT_OK && !row) status = ht_fail(e, HT_USAGE, "the run has lost this figure");
    return status;
}

ht_status review_put_item(ht_review *r, ht_arena *a, ht_buf *b, size_t at, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = figure_open(r, &query, at, e);
    if (status == HT_OK) {
        ht_buf_byte(b, '{');
        review_put_number(b, "at", at);
        if (r->reasons) review_put_text(b, "reason", r->reasons[at]);
        status = put_paragraph(r, a, b, query, e);
    }
    if (status == HT_OK) {
        ht_str indicator = ht_str_copy(a, cell(query, "indicator"));
        review_put_name(b, "figure");
        ht_buf_byte(b, '{');
        put_row(b, query);
        put_labels(r, b, indicator, cell(query, "subtype"));
        ht_buf_byte(b, '}');
    }
    sqlite3_finalize(query);
    bool disputed = r->options.mode == HT_REVIEW_DISAGREEMENTS;
    if (status == HT_OK) status = put_said(r, b, "own", r->items[at], false, disputed, e);
    if (status == HT_OK && disputed) status = put_said(r, b, "others", r->items[at], true, false, e);
    if (status == HT_OK) ht_buf_byte(b, '}');
    return status;
}

static const char source_query[] =
    "SELECT f.source_text, f.byte_start, f.byte_end, a.source_path, a.member, a.field,"
    " a.record_bytes, a.encoding_used, a.repairs FROM out.figures f"
    " JOIN out.articles a USING (article_id) WHERE f.figure_id = ?1";

ht_status review_put_source(ht_review *r, ht_arena *a, ht_buf *b, size_t at, ht_error *e) {
    sqlite3_stmt *query = NULL;
    bool row = false;
    if (at >= r->n_items) return ht_fail(e, HT_USAGE, "there is no item %zu", at);
    ht_status status = db_prepare(&r->db, &query, source_query, e);
    if (status == HT_OK) {
        db_bind(query, 0, r->items[at]);
        status = db_step(&r->db, query, &row, e);
    }
    if (status == HT_OK && row) {
        review_bytes bytes;
        ht_str cells[9];
        for (int i = 0; i < 9; i++) cells[i] = ht_str_copy(a, db_column(query, i));
        review_source_read(r->options.source, a, cells[3], cells[4], cells[5],
                           whole(query, "record_bytes"), cells[7], whole(query, "byte_start"),
                           whole(query, "byte_end"), &bytes);
        ht_buf_byte(b, '{');
        put_row(b, query);
        review_put_flag(b, "found", bytes.found);
        if (!bytes.found) review_put_text(b, "why", bytes.why);
        review_put_text(b, "before", bytes.before);
        review_put_text(b, "inside", bytes.inside);
        review_put_text(b, "after", bytes.after);
        review_put_text(b, "hex", bytes.hex);
        ht_buf_byte(b, '}');
    }
    sqlite3_finalize(query);
    return status;
}
