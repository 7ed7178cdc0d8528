/* hantally.db -> report_data: the one file that knows where the page's rows come from. */
#include "base/map.h"
#include "base/utf8.h"
#include "report/data.h"
#include "stats/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    report_data *d;
    stats_db db;
    ht_map cells, articles, sentences, words;
} reader;

#define ROLE_RANK                                                                                  \
    "CASE role WHEN 'chosen' THEN 0 WHEN 'conflicts' THEN 1 WHEN 'agrees' THEN 2 "                 \
    "WHEN 'repeat' THEN 3 ELSE 4 END"

static const char cells_sql[] =
    "SELECT indicator, subtype, measure, modality, unit, base, cell_id, region_code, region,"
    " region_level, period, period_basis, value, value_low, value_high, number, qualifier, min,"
    " median, max, n_figures, n_articles, n_publishers, conflict FROM regions"
    " ORDER BY indicator, subtype, measure, modality, unit, base, region_code, period, cell_id"
    " LIMIT ?1";

/* Which figures stand where; each of them is looked up only where its cell is shown. */
static const char places_sql[] =
    "SELECT cell_id, figure_id, role FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY"
    " cell_id ORDER BY " ROLE_RANK ", figure_id) AS place_in_cell FROM cells)"
    " WHERE place_in_cell <= ?1 ORDER BY cell_id, place_in_cell";

static const char figure_sql[] =
    "SELECT value, value_low, value_high, qualifier, unit, asof, period_from, period_to, counted,"
    " place, scope, attributed_to, rule, region_rule, asof_rule, confidence, article_id, surface,"
    " sentence, text_start, byte_start, byte_end FROM figures WHERE figure_id = ?1";
enum { F_ARTICLE = 16, F_SURFACE, F_SENTENCE, F_TEXT_START, F_BYTE_START, F_BYTE_END };

static const char articles_sql[] = "SELECT title, publisher, published, url, source_path, member"
                                   " FROM articles WHERE article_id = ?1";

/* Figures of one sentence, to tell which of several equal numbers in it is meant. */
static const char siblings_sql[] = "SELECT DISTINCT text_start, surface FROM figures WHERE"
                                   " article_id = ?1 AND sentence = ?2 ORDER BY text_start";

/* Words that come again and again are kept once. */
static ht_str kept(reader *r, ht_str word) {
    if (!word.n) return (ht_str){"", 0};
    uint32_t *at = ht_map_get(&r->words, word);
    if (at) return r->words.entries[*at].key;
    uint32_t next = (uint32_t)r->words.n;
    ht_str copy = ht_str_copy(r->d->arena, word);
    *ht_map_put(&r->words, copy) = next;
    return copy;
}

static ht_status count(const reader *r, const char *sql, uint64_t *n, ht_error *e) {
    int64_t number;
    ht_status status = db_number(&r->db, sql, &number, e);
    *n = (uint64_t)number;
    return status;
}

/* ---- series and cells ---- */

static ht_str joined(ht_arena *a, ht_str label, ht_str part) {
    return part.n ? ht_format(a, HT_FMT " · " HT_FMT, HT_ARG(label), HT_ARG(part)) : label;
}

static ht_str label_of(ht_str label, ht_str id) {
    return label.n ? label : id;
}

static void name_series(reader *r, report_series *s, const ht_codebook *cb) {
    ht_arena *a = r->d->arena;
    ht_str en = s->indicator, zh = s->indicator, en_part = s->subtype, zh_part = s->subtype;
    s->rank = UINT32_MAX;
    for (size_t i = 0; cb && i < cb->n_indicators; i++) {
        const ht_indicator *indicator = &cb->indicators[i];
        if (!ht_str_eq(indicator->id, s->indicator)) continue;
        s->rank = (uint32_t)i;
        en = label_of(indicator->label_en, label_of(indicator->label_zh, en));
        zh = label_of(indicator->label_zh, label_of(indicator->label_en, zh));
        for (size_t k = 0; k < indicator->n_subtypes; k++) {
            const ht_subtype *t = &indicator->subtypes[k];
            if (!ht_str_eq(t->id, s->subtype)) continue;
            en_part = label_of(t->label_en, label_of(t->label_zh, en_part));
            zh_part = label_of(t->label_zh, label_of(t->label_en, zh_part));
        }
    }
    s->english = joined(a, ht_str_copy(a, en), en_part);
    s->chinese = joined(a, ht_str_copy(a, zh), zh_part);
}

static report_series *series_of(reader *r, sqlite3_stmt *s, const ht_codebook *cb) {
    report_data *d = r->d;
    report_series *last = d->n_series ? &d->series[d->n_series - 1] : NULL;
    if (last && ht_str_eq(last->indicator, db_column(s, 0)) &&
        ht_str_eq(last->subtype, db_column(s, 1)) && ht_str_eq(last->measure, db_column(s, 2)) &&
        ht_str_eq(last->modality, db_column(s, 3)) && ht_str_eq(last->unit, db_column(s, 4)) &&
        ht_str_eq(last->base, db_column(s, 5)))
        return last;
    report_series *fresh = HT_PUSH(d->arena, d->series, d->n_series, d->cap_series);
    *fresh = (report_series){.indicator = kept(r, db_column(s, 0)),
                             .subtype = kept(r, db_column(s, 1)),
                             .measure = kept(r, db_column(s, 2)),
                             .modality = kept(r, db_column(s, 3)),
                             .unit = kept(r, db_column(s, 4)),
                             .base = kept(r, db_column(s, 5)),
                             .first = (uint32_t)d->n_cells};
    name_series(r, fresh, cb);
    return fresh;
}

static void add_cell(reader *r, sqlite3_stmt *s, const ht_codebook *cb) {
    report_data *d = r->d;
    series_of(r, s, cb)->n++;
    report_cell *c = HT_PUSH(d->arena, d->cells, d->n_cells, d->cap_cells);
    *c = (report_cell){
        .id = ht_str_copy(d->arena, db_column(s, 6)),
        .code = kept(r, db_column(s, 7)),
        .region = kept(r, db_column(s, 8)),
        .level = kept(r, db_column(s, 9)),
        .period = kept(r, db_column(s, 10)),
        .basis = kept(r, db_column(s, 11)),
        .value = kept(r, db_column(s, 12)),
        .low = kept(r, db_column(s, 13)),
        .high = kept(r, db_column(s, 14)),
        .number = kept(r, db_column(s, 15)),
        .qualifier = kept(r, db_column(s, 16)),
        .min = kept(r, db_column(s, 17)),
        .median = kept(r, db_column(s, 18)),
        .max = kept(r, db_column(s, 19)),
        .n_figures = kept(r, db_column(s, 20)),
        .n_articles = kept(r, db_column(s, 21)),
        .n_publishers = kept(r, db_column(s, 22)),
        .conflict = ht_str_eq(db_column(s, 23), HT_S("1")),
    };
    *ht_map_put(&r->cells, c->id) = (uint32_t)(d->n_cells - 1);
}

static int series_order(const void *a, const void *b) {
    const report_series *x = a, *y = b;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    int order = ht_str_cmp(x->indicator, y->indicator);
    if (order == 0) order = ht_str_cmp(x->subtype, y->subtype);
    if (order) return order;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    return x->first < y->first ? -1 : 1;
}

/* The series with most cells get charts; among equals the first in order. */
static void choose_charted(report_data *d) {
    for (size_t k = 0; k < d->n_series && k < REPORT_MAX_SERIES; k++) {
        report_series *best = NULL;
        for (size_t i = 0; i < d->n_series; i++) {
            report_series *s = &d->series[i];
            if (!s->charted && (!best || s->n > best->n)) best = s;
        }
        if (best) best->charted = true;
    }
}

static void order_series(report_data *d) {
    if (d->n_series) qsort(d->series, d->n_series, sizeof *d->series, series_order);
    for (size_t i = 0; i < d->n_series; i++)
        for (size_t k = 0; k < d->series[i].n; k++)
            d->cells[d->series[i].first + k].series = (uint32_t)i;
    choose_charted(d);
}

static ht_status read_cells(reader *r, const ht_codebook *cb, ht_error *e) {
    sqlite3_stmt *s = NULL;
    bool row = true;
    ht_status status = db_prepare(&r->db, &s, cells_sql, e);
    if (status == HT_OK) sqlite3_bind_int(s, 1, REPORT_MAX_CELLS);
    while (status == HT_OK && (status = db_step(&r->db, s, &row, e)) == HT_OK && row)
        add_cell(r, s, cb);
    sqlite3_finalize(s);
    if (status == HT_OK) order_series(r->d);
    return status;
}

/* ---- figures ---- */

/* Figures a cell may show, so that all cells together stay within the limit. */
static ht_status quota(const reader *r, int64_t *most, ht_error *e) {
    sqlite3_stmt *s = NULL;
    bool row = true;
    ht_status status =
        db_prepare(&r->db, &s,
                   "SELECT n, COUNT(*) FROM (SELECT COUNT(*) AS n FROM cells GROUP BY cell_id)"
                " GROUP BY n ORDER BY n",
                e);
    uint64_t below = 0, cells = r->d->n_all_cells; /* figures of smaller cells; cells as large */
    *most = 1;
    while (status == HT_OK && (status = db_step(&r->db, s, &row, e)) == HT_OK && row && cells) {
        uint64_t n = (uint64_t)sqlite3_column_int64(s, 0),
                 of = (uint64_t)sqlite3_column_int64(s, 1);
        uint64_t left = below < REPORT_MAX_FIGURES ? REPORT_MAX_FIGURES - below : 0;
        if (n * cells > left) {
            if (left / cells > (uint64_t)*most) *most = (int64_t)(left / cells);
            break;
        }
        *most = (int64_t)n;
        below += n * of;
        cells -= of < cells ? of : cells;
    }
    sqlite3_finalize(s);
    return status;
}

static ht_status add_article(reader *r, sqlite3_stmt *s, ht_str id, uint32_t *index, ht_error *e) {
    report_data *d = r->d;
    uint32_t *at = ht_map_get(&r->articles, id);
    if (at) {
        *index = *at;
        return HT_OK;
    }
    report_article *article = HT_PUSH(d->arena, d->articles, d->n_articles, d->cap_articles);
    *article = (report_article){.id = ht_str_copy(d->arena, id)};
    *index = (uint32_t)(d->n_articles - 1);
    *ht_map_put(&r->articles, article->id) = *index;
    bool row;
    sqlite3_reset(s);
    db_bind(s, 0, article->id);
    ht_status status = db_step(&r->db, s, &row, e);
    if (status != HT_OK || !row) return status;
    article->title = ht_str_copy(d->arena, db_column(s, 0));
    article->publisher = kept(r, db_column(s, 1));
    article->published = kept(r, db_column(s, 2));
    article->url = ht_str_copy(d->arena, db_column(s, 3));
    article->path = ht_str_copy(d->arena, db_column(s, 4));
    ht_str member = db_column(s, 5);
    if (member.n)
        article->path =
            ht_format(d->arena, HT_FMT " › " HT_FMT, HT_ARG(article->path), HT_ARG(member));
    return HT_OK;
}

/* Which of several places of the surface in the sentence (from 0): as many equal surfaces as stand
 * before it among the sentence's figures. */
static ht_status turn_of(const reader *r, sqlite3_stmt *s, ht_str article, ht_str sentence,
                         ht_str surface, int64_t start, size_t *turn, ht_error *e) {
    bool row = true;
    *turn = 0;
    sqlite3_reset(s);
    db_bind(s, 0, article);
    db_bind(s, 1, sentence);
    ht_status status;
    while ((status = db_step(&r->db, s, &row, e)) == HT_OK && row)
        if (sqlite3_column_int64(s, 0) < start && ht_str_eq(db_column(s, 1), surface)) ++*turn;
    return status;
}

static size_t occurrence(ht_str sentence, ht_str surface, size_t turn) {
    size_t found = SIZE_MAX;
    for (size_t at = 0; surface.n; at = found + surface.n) {
        size_t next = ht_str_find(sentence, surface, at);
        if (next == SIZE_MAX) break;
        found = next;
        if (turn-- == 0) break;
    }
    return found;
}

static size_t utf16_units(ht_str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        n += (size_t)((c & 0xC0) != 0x80) + (c >= 0xF0);
    }
    return n;
}

/* Moves `at` by n characters, not beyond the ends. */
static size_t walk(ht_str s, size_t at, int direction, size_t n) {
    for (; n && (direction < 0 ? at > 0 : at < s.n); n--) {
        do at = direction < 0 ? at - 1 : at + 1;
        while (at > 0 && at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80);
    }
    return at;
}

/* The sentence, or what stands around its number if it is too long. *at moves along. */
static ht_str cut_sentence(ht_arena *a, ht_str sentence, size_t *at, size_t n) {
    size_t end = *at + n;
    if (ht_utf8_count(sentence) <= REPORT_MAX_SENTENCE) return ht_str_copy(a, sentence);
    size_t from = walk(sentence, *at, -1, REPORT_MAX_SENTENCE / 2);
    size_t to = walk(sentence, end, 1, REPORT_MAX_SENTENCE / 2);
    ht_buf b;
    ht_buf_init(&b, a);
    if (from) ht_buf_add(&b, HT_S("…"));
    *at = *at - from + b.n;
    ht_buf_add(&b, ht_sub(sentence, from, to));
    if (to < sentence.n) ht_buf_add(&b, HT_S("…"));
    return ht_buf_str(&b);
}

static uint32_t add_sentence(reader *r, ht_str sentence) {
    report_data *d = r->d;
    uint32_t *at = ht_map_get(&r->sentences, sentence);
    if (at) return *at;
    *HT_PUSH(d->arena, d->sentences, d->n_sentences, d->cap_sentences) = sentence;
    *ht_map_put(&r->sentences, sentence) = (uint32_t)(d->n_sentences - 1);
    return (uint32_t)(d->n_sentences - 1);
}

static ht_status place_mark(reader *r, sqlite3_stmt *s, sqlite3_stmt *siblings, report_figure *f,
                            ht_error *e) {
    ht_str surface = db_column(s, F_SURFACE), sentence = db_column(s, F_SENTENCE);
    size_t first = occurrence(sentence, surface, 0), at = first, turn = 0;
    ht_status status = HT_OK;
    if (first != SIZE_MAX && ht_str_find(sentence, surface, first + surface.n) != SIZE_MAX)
        status = turn_of(r, siblings, db_column(s, F_ARTICLE), sentence, surface,
                         sqlite3_column_int64(s, F_TEXT_START), &turn, e);
    if (turn) at = occurrence(sentence, surface, turn);
    bool found = at != SIZE_MAX;
    if (!found) at = 0;
    ht_str cut = cut_sentence(r->d->arena, sentence, &at, found ? surface.n : 0);
    f->sentence = add_sentence(r, cut);
    f->mark_start = (uint32_t)utf16_units(ht_sub(cut, 0, at));
    f->mark_chars = found ? (uint32_t)utf16_units(surface) : 0;
    return status;
}

/* Statements that are asked figure by figure. */
typedef struct {
    sqlite3_stmt *figure, *article, *siblings;
} questions;

/* place: a row of places_sql. */
static ht_status add_figure(reader *r, sqlite3_stmt *place, const questions *ask, ht_error *e) {
    report_data *d = r->d;
    uint32_t *at = ht_map_get(&r->cells, db_column(place, 0));
    if (!at) return HT_OK; /* of a cell beyond the limit */
    ht_str id = ht_str_copy(d->arena, db_column(place, 1));
    sqlite3_stmt *s = ask->figure;
    bool there;
    sqlite3_reset(s);
    db_bind(s, 0, id);
    ht_status status = db_step(&r->db, s, &there, e);
    if (status != HT_OK || !there) return status;
    report_cell *c = &d->cells[*at];
    if (!c->n) c->first = (uint32_t)d->n_figures;
    report_figure *f = HT_PUSH(d->arena, d->figures, d->n_figures, d->cap_figures);
    c->n++;
    *f = (report_figure){
        .id = id,
        .role = kept(r, db_column(place, 2)),
        .byte_start = (uint64_t)sqlite3_column_int64(s, F_BYTE_START),
        .byte_end = (uint64_t)sqlite3_column_int64(s, F_BYTE_END),
    };
    ht_str *const words[] = {
        &f->value, &f->low,   &f->high,       &f->qualifier, &f->unit,        &f->asof,
        &f->from,  &f->to,    &f->counted,    &f->place,     &f->scope,       &f->attributed,
        &f->rule,  &f->region_rule, &f->asof_rule, &f->confidence};
    for (int i = 0; i < (int)(sizeof words / sizeof *words); i++)
        *words[i] = kept(r, db_column(s, i));
    status = add_article(r, ask->article, db_column(s, F_ARTICLE), &f->article, e);
    return status == HT_OK ? place_mark(r, s, ask->siblings, f, e) : status;
}

static ht_status read_figures(reader *r, ht_error *e) {
    sqlite3_stmt *places = NULL;
    questions ask = {NULL, NULL, NULL};
    int64_t most = 0;
    bool row = true;
    ht_status status = quota(r, &most, e);
    if (status == HT_OK) status = db_prepare(&r->db, &places, places_sql, e);
    if (status == HT_OK) status = db_prepare(&r->db, &ask.figure, figure_sql, e);
    if (status == HT_OK) status = db_prepare(&r->db, &ask.article, articles_sql, e);
    if (status == HT_OK) status = db_prepare(&r->db, &ask.siblings, siblings_sql, e);
    if (status == HT_OK) sqlite3_bind_int64(places, 1, most);
    while (status == HT_OK && (status = db_step(&r->db, places, &row, e)) == HT_OK && row)
        status = add_figure(r, places, &ask, e);
    sqlite3_finalize(places);
    sqlite3_finalize(ask.figure);
    sqlite3_finalize(ask.article);
    sqlite3_finalize(ask.siblings);
    return status;
}

/* ---- all ---- */

static ht_status read_all(reader *r, const ht_codebook *cb, ht_error *e) {
    report_data *d = r->d;
    ht_status status = count(r, "SELECT COUNT(*) FROM regions", &d->n_all_cells, e);
    if (status == HT_OK) status = count(r, "SELECT COUNT(*) FROM cells", &d->n_all_figures, e);
    if (status == HT_OK) status = count(r, "SELECT COUNT(*) FROM articles", &d->n_all_articles, e);
    if (status == HT_OK)
        status = count(r, "SELECT COUNT(*) FROM regions WHERE conflict = 1", &d->n_conflicts, e);
    if (status == HT_OK) status = read_cells(r, cb, e);
    return status == HT_OK ? read_figures(r, e) : status;
}

ht_status report_read(report_data *d, ht_arena *a, const char *out, const ht_codebook *codebook,
                      ht_error *e) {
    *d = (report_data){.arena = a};
    if (codebook) {
        d->english = label_of(codebook->label_en, codebook->id);
        d->chinese = label_of(codebook->label_zh, codebook->id);
    }
    reader r = {.d = d};
    ht_map_init(&r.cells, a);
    ht_map_init(&r.articles, a);
    ht_map_init(&r.sentences, a);
    ht_map_init(&r.words, a);
    const char *path = ht_format(a, "%s/hantally.db", out).p;
    ht_status status = db_open_readonly(&r.db, path, e);
    if (status == HT_OK) status = read_all(&r, codebook, e);
    db_close(&r.db);
    return status;
}
