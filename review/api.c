#include "review/api.h"

#include "base/utf8.h"
#include "review/exchange.h"
#include "review/score.h"
#include "review/verdicts.h"
#include "stats/json.h"

#include <json-c/json.h>
#include <string.h>

/* What `n more` is counted for. */
static const double MARGIN = 0.03;
enum { MAX_DEPTH = 4 };

static const char JSON[] = "application/json; charset=utf-8";

void review_refuse(ht_arena *a, unsigned status, const char *text, review_answer *answer) {
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_byte(&b, '{');
    review_put_text(&b, "error", ht_str_of(text));
    ht_buf_byte(&b, '}');
    *answer = (review_answer){status, JSON, ht_buf_str(&b)};
}

/* What went wrong was either asked for, or ours. */
static void settle(ht_arena *a, ht_status status, const ht_error *e, ht_buf *b,
                   review_answer *answer) {
    if (status == HT_OK)
        *answer = (review_answer){200, JSON, ht_buf_str(b)};
    else
        review_refuse(a, status == HT_USAGE ? 400 : 500, e->text, answer);
}

static ht_status put_summary(ht_review *r, ht_arena *a, ht_buf *b, ht_error *e) {
    ht_review_score score;
    ht_status status = ht_review_score_read(&r->db, a, r->options.reviewer, &r->population, &score, e);
    review_put_name(b, "score");
    if (status == HT_OK) ht_review_score_put_json(b, &score, MARGIN);
    return status;
}

/* Where the reviewer stands. */
static ht_status put_progress(ht_review *r, ht_arena *a, ht_buf *b, size_t from, ht_error *e) {
    size_t n = 0, next = 0;
    ht_str last = {NULL, 0};
    ht_status status = review_count_judged(r, &n, e);
    if (status == HT_OK) status = review_next(r, from, &next, e);
    if (status == HT_OK)
        status = verdict_last(&r->db, a, r->options.reviewer, r->origin, &last, e);
    if (status != HT_OK) return status;
    review_put_number(b, "total", r->n_items);
    review_put_number(b, "judged", n);
    review_put_number(b, "next", next);
    review_put_text(b, "last", last);
    return put_summary(r, a, b, e);
}

static ht_status put_state(ht_review *r, ht_arena *a, ht_buf *b, ht_error *e) {
    static const char *const modes[] = {"sample", "audit", "disagreements"};
    size_t article = 0;
    ht_buf_byte(b, '{');
    review_put_text(b, "reviewer", r->options.reviewer);
    review_put_text(b, "mode", ht_str_of(modes[r->options.mode]));
    review_put_text(b, "lang", r->options.chinese ? HT_S("zh") : HT_S("en"));
    review_put_number(b, "population", r->n_population);
    review_put_number(b, "seed", r->options.plan.seed);
    review_put_flag(b, "simple", r->options.plan.simple);
    review_put_number(b, "articles", r->n_articles);
    ht_status status = review_next_article(r, 0, &article, e);
    review_put_number(b, "article", article);
    const ht_codebook *cb = r->options.reader ? r->options.reader->codebook : NULL;
    review_put_name(b, "indicators");
    ht_buf_byte(b, '[');
    for (size_t i = 0; cb && i < cb->n_indicators; i++) {
        ht_buf_add(b, i ? HT_S(",{") : HT_S("{"));
        review_put_text(b, "id", cb->indicators[i].id);
        review_put_text(b, "zh", cb->indicators[i].label_zh);
        review_put_text(b, "en", cb->indicators[i].label_en);
        ht_buf_byte(b, '}');
    }
    ht_buf_byte(b, ']');
    if (status == HT_OK) status = put_progress(r, a, b, 0, e);
    ht_buf_byte(b, '}');
    return status;
}

void review_get(ht_review *r, ht_arena *a, const char *route, uint64_t at, review_answer *answer) {
    ht_buf b;
    ht_error e = {HT_OK, ""};
    ht_status status;
    ht_buf_init(&b, a);
    if (review_asset(a, route, answer)) return;
    if (strcmp(route, "state") == 0) {
        status = put_state(r, a, &b, &e);
    } else if (strcmp(route, "item") == 0) {
        status = review_put_item(r, a, &b, (size_t)at, &e);
    } else if (strcmp(route, "source") == 0) {
        status = review_put_source(r, a, &b, (size_t)at, &e);
    } else if (strcmp(route, "article") == 0) {
        status = review_put_article(r, a, &b, (size_t)at, &e);
    } else if (strcmp(route, "verdicts.csv") == 0) {
        status = ht_verdicts_put_csv(&b, &r->db, r->options.reviewer, &e);
    } else {
        review_refuse(a, 404, "there is nothing here", answer);
        return;
    }
    settle(a, status, &e, &b, answer);
    if (status == HT_OK && strcmp(route, "verdicts.csv") == 0)
        answer->type = "text/csv; charset=utf-8";
}

static void release(void *object) {
    json_object_put(object);
}

static json_object *parse(ht_arena *a, ht_str body) {
    json_tokener *t = body.n && ht_utf8_valid_until(body) == body.n ? json_tokener_new_ex(MAX_DEPTH)
                                                                    : NULL;
    if (!t) return NULL;
    json_tokener_set_flags(t, JSON_TOKENER_STRICT);
    json_object *root = json_tokener_parse_ex(t, body.p, (int)body.n);
    bool whole = json_tokener_get_error(t) == json_tokener_success &&
                 ht_str_trim(ht_sub(body, json_tokener_get_parse_end(t), body.n)).n == 0;
    json_tokener_free(t);
    if (root) ht_arena_defer(a, release, root);
    return whole && json_object_is_type(root, json_type_object) ? root : NULL;
}

/* A string member; false where it is anything else. Absent: empty. NUL is in no text of ours. */
static bool text_of(json_object *o, const char *key, ht_str *out) {
    json_object *value;
    *out = (ht_str){NULL, 0};
    if (!json_object_object_get_ex(o, key, &value)) return true;
    if (!json_object_is_type(value, json_type_string)) return false;
    *out = (ht_str){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
    return !out->n || !memchr(out->p, '\0', out->n);
}

static bool number_of(json_object *o, const char *key, uint64_t *out) {
    json_object *value;
    if (!json_object_object_get_ex(o, key, &value) || !json_object_is_type(value, json_type_int))
        return false;
    int64_t n = json_object_get_int64(value);
    *out = (uint64_t)n;
    return n >= 0 && n <= INT32_MAX;
}

static bool flag_of(json_object *o, const char *key, bool *out) {
    json_object *value;
    if (!json_object_object_get_ex(o, key, &value) || !json_object_is_type(value, json_type_boolean))
        return false;
    *out = json_object_get_boolean(value);
    return true;
}

static ht_status bad(ht_error *e) {
    return ht_fail(e, HT_USAGE, "the request lacks a member, or one is of another kind");
}

static ht_status post_verdict(ht_review *r, ht_arena *a, json_object *o, ht_buf *b, ht_error *e) {
    verdict_statement s = {.reviewer = r->options.reviewer, .origin = r->origin};
    ht_str article;
    if (!text_of(o, "nonce", &s.nonce) || !text_of(o, "figure_id", &s.figure_id) ||
        !text_of(o, "verdict", &s.verdict) || !text_of(o, "wrong", &s.wrong) ||
        !text_of(o, "corrected", &s.corrected) || !text_of(o, "note", &s.note) ||
        !text_of(o, "in", &article))
        return bad(e);
    bool reading = ht_str_eq(article, HT_S("article"));
    if (reading) s.origin = "article";
    size_t at = review_item_of(r, s.figure_id);
    if (!reading && at == r->n_items)
        return ht_fail(e, HT_USAGE, "the list has no such figure");
    ht_status status = verdict_save(&r->db, &s, e);
    if (status == HT_OK) status = put_progress(r, a, b, reading ? 0 : at + 1, e);
    return status;
}

static ht_status post_undo(ht_review *r, ht_arena *a, json_object *o, ht_buf *b, ht_error *e) {
    ht_str nonce, figure_id;
    if (!text_of(o, "nonce", &nonce) || !nonce.n) return bad(e);
    ht_status status = verdict_undo(&r->db, a, r->options.reviewer, nonce, &figure_id, e);
    if (status != HT_OK) return status;
    review_put_number(b, "at", figure_id.n ? review_item_of(r, figure_id) : r->n_items);
    return put_progress(r, a, b, 0, e);
}

/* The words of a marked place come from the run, not from the request. */
static ht_status post_missed(ht_review *r, ht_arena *a, json_object *o, ht_buf *b, ht_error *e) {
    verdict_missed m = {.reviewer = r->options.reviewer};
    uint64_t at, from;
    bool mark, found;
    ht_str text;
    if (!number_of(o, "at", &at) || !number_of(o, "start", &m.text_start) ||
        !number_of(o, "end", &m.text_end) || !flag_of(o, "mark", &mark) ||
        !text_of(o, "nonce", &m.nonce) || !text_of(o, "indicator", &m.indicator) ||
        !text_of(o, "note", &m.note) || !m.nonce.n || m.nonce.n > VERDICT_MAX_NAME ||
        m.indicator.n > VERDICT_MAX_NAME || m.note.n > VERDICT_MAX_NOTE)
        return bad(e);
    if (at >= r->n_articles) return ht_fail(e, HT_USAGE, "there is no such article");
    m.article_id = r->articles[at];
    ht_status status = review_text_read(&r->texts, a, m.article_id, &text, &found, e);
    if (status != HT_OK) return status;
    size_t n;
    uint32_t *c = ht_utf8_decode(a, text, &n);
    if (m.text_start >= m.text_end || m.text_end > n)
        return ht_fail(e, HT_USAGE, "the text has no such place");
    m.surface = ht_utf8_encode(a, c + m.text_start, (size_t)(m.text_end - m.text_start));
    m.paragraph = review_paragraph(text, m.text_start, &from);
    status = verdict_mark_missed(&r->db, &m, mark, e);
    return status == HT_OK ? put_progress(r, a, b, 0, e) : status;
}

static ht_status post_read(ht_review *r, ht_arena *a, json_object *o, ht_buf *b, ht_error *e) {
    uint64_t at;
    bool read;
    size_t next;
    if (!number_of(o, "at", &at) || !flag_of(o, "read", &read)) return bad(e);
    if (at >= r->n_articles) return ht_fail(e, HT_USAGE, "there is no such article");
    ht_status status =
        verdict_mark_read(&r->db, r->options.reviewer, r->articles[at], read, e);
    if (status == HT_OK) status = review_next_article(r, (size_t)at + 1, &next, e);
    if (status != HT_OK) return status;
    review_put_number(b, "article", next);
    return put_progress(r, a, b, 0, e);
}

void review_post(ht_review *r, ht_arena *a, const char *route, ht_str body, review_answer *answer) {
    static const struct {
        const char *route;
        ht_status (*call)(ht_review *r, ht_arena *a, json_object *o, ht_buf *b, ht_error *e);
    } calls[] = {{"verdict", post_verdict},
                 {"undo", post_undo},
                 {"missed", post_missed},
                 {"read", post_read}};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcmp(route, calls[i].route) != 0) continue;
        ht_buf b;
        ht_error e = {HT_OK, ""};
        json_object *o = parse(a, body);
        ht_buf_init(&b, a);
        ht_buf_byte(&b, '{');
        ht_status status = o ? calls[i].call(r, a, o, &b, &e)
                             : ht_fail(&e, HT_USAGE, "the request is no JSON object");
        ht_buf_byte(&b, '}');
        settle(a, status, &e, &b, answer);
        return;
    }
    review_refuse(a, 404, "there is nothing here", answer);
}
