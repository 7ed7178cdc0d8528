#include "review/api.h"
#include "review/numerals.h"
#include "stats/json.h"
#include "stats/verdicts.h"

typedef struct {
    ht_str figure_id, indicator, value, low, high, unit, region;
} shown_figure;

typedef struct {
    review_numeral *places;
    shown_figure *shown;
    size_t n, cap_places, cap_shown;
} article_figures;

static const char figures_query[] =
    "SELECT text_start, text_end, figure_id, indicator, value, value_low, value_high, unit, region"
    " FROM out.figures WHERE article_id = ?1 ORDER BY text_start, figure_id";

static ht_status figures_read(ht_review *r, ht_arena *a, ht_str article_id, article_figures *f,
                              ht_error *e) {
    sqlite3_stmt *query = NULL;
    size_t n_shown = 0;
    ht_status status = db_prepare(&r->db, &query, figures_query, e);
    if (status == HT_OK) db_bind(query, 0, article_id);
    for (bool row = status == HT_OK; row;) {
        status = db_step(&r->db, query, &row, e);
        if (status != HT_OK || !row) break;
        *HT_PUSH(a, f->places, f->n, f->cap_places) =
            (review_numeral){.start = (uint64_t)sqlite3_column_int64(query, 0),
                             .end = (uint64_t)sqlite3_column_int64(query, 1),
                             .state = NUMERAL_FIGURE,
                             .payload = n_shown};
        shown_figure *s = HT_PUSH(a, f->shown, n_shown, f->cap_shown);
        ht_str *cells[] = {&s->figure_id, &s->indicator, &s->value, &s->low,
                           &s->high,      &s->unit,      &s->region};
        for (int i = 0; i < 7; i++) *cells[i] = ht_str_copy(a, db_column(query, i + 2));
    }
    sqlite3_finalize(query);
    return status;
}

static void put_figure(ht_buf *b, const shown_figure *f) {
    review_put_text(b, "figure_id", f->figure_id);
    review_put_text(b, "indicator", f->indicator);
    review_put_text(b, "value", f->value);
    review_put_text(b, "value_low", f->low);
    review_put_text(b, "value_high", f->high);
    review_put_text(b, "unit", f->unit);
    review_put_text(b, "region", f->region);
}

static void put_numerals(ht_buf *b, const article_figures *f, const review_numeral *all, size_t n) {
    static const char *const states[] = {"figure", "excluded", "unread"};
    review_put_name(b, "numerals");
    ht_buf_byte(b, '[');
    for (size_t i = 0; i < n; i++) {
        ht_buf_add(b, i ? HT_S(",{") : HT_S("{"));
        review_put_number(b, "start", all[i].start);
        review_put_number(b, "end", all[i].end);
        review_put_text(b, "state", ht_str_of(states[all[i].state]));
        if (all[i].state == NUMERAL_FIGURE)
            put_figure(b, &f->shown[all[i].payload]);
        else
            review_put_text(b, "why", all[i].why);
        ht_buf_byte(b, '}');
    }
    ht_buf_byte(b, ']');
}

static ht_status put_missed(ht_review *r, ht_buf *b, ht_str article_id, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = db_prepare(&r->db, &query,
                                  "SELECT text_start FROM missed WHERE reviewer = ?1"
                                  " AND article_id = ?2 ORDER BY 1",
                                  e);
    if (status != HT_OK) return status;
    db_bind(query, 0, r->options.reviewer);
    db_bind(query, 1, article_id);
    review_put_name(b, "missed");
    ht_buf_byte(b, '[');
    for (bool row = true, first = true; row; first = false) {
        status = db_step(&r->db, query, &row, e);
        if (status != HT_OK || !row) break;
        ht_buf_printf(b, first ? "%lld" : ",%lld", (long long)sqlite3_column_int64(query, 0));
    }
    ht_buf_byte(b, ']');
    sqlite3_finalize(query);
    return status;
}

static ht_status put_head(ht_review *r, ht_arena *a, ht_buf *b, ht_str id, ht_str *published,
                          ht_error *e) {
    sqlite3_stmt *query = NULL;
    bool row = false;
    ht_status status =
        db_prepare(&r->db, &query,
                   "SELECT article_id, title, published, publisher, url, source_path,"
                   " EXISTS (SELECT 1 FROM read_article x WHERE x.reviewer = ?2"
                   " AND x.article_id = a.article_id) FROM out.articles a WHERE article_id = ?1",
                   e);
    if (status == HT_OK) {
        db_bind(query, 0, id);
        db_bind(query, 1, r->options.reviewer);
        status = db_step(&r->db, query, &row, e);
    }
    if (row) {
        static const char *const names[] = {"article_id", "title", "published",
                                            "publisher",  "url",   "source_path"};
        for (int i = 0; i < 6; i++) review_put_text(b, names[i], db_column(query, i));
        review_put_flag(b, "read", sqlite3_column_int(query, 6) != 0);
        *published = ht_str_copy(a, db_column(query, 2));
    }
    sqlite3_finalize(query);
    return status;
}

ht_status review_put_article(ht_review *r, ht_arena *a, ht_buf *b, size_t at, ht_error *e) {
    if (at >= r->n_articles) return ht_fail(e, HT_USAGE, "there is no article %zu", at);
    ht_str id = r->articles[at], text, published = {NULL, 0};
    bool found;
    article_figures f = {0};
    ht_buf_byte(b, '{');
    review_put_number(b, "at", at);
    review_put_number(b, "total", r->n_articles);
    ht_status status = put_head(r, a, b, id, &published, e);
    if (status == HT_OK) status = review_text_read(&r->texts, a, id, &text, &found, e);
    if (status == HT_OK) status = figures_read(r, a, id, &f, e);
    if (status == HT_OK) status = put_missed(r, b, id, e);
    if (status != HT_OK) return status;
    review_put_flag(b, "found", found);
    review_put_text(b, "text", text);
    review_numeral *all = NULL;
    size_t n = 0;
    if (found && r->options.reader)
        review_numerals_find(r->options.reader->lexicon, a, text, published, f.places, f.n, &all,
                             &n);
    put_numerals(b, &f, all, n);
    ht_buf_byte(b, '}');
    return HT_OK;
}
