#include "review/session.h"

#include "review/verdicts.h"
#include "stats/csv.h"
#include "stats/gold.h"
#include "stats/outfile.h"

#include <stdlib.h>
#include <string.h>

static ht_status plan_text(ht_review *r, const char *key, ht_str *value, ht_error *e) {
    return design_get(&r->db, &r->kept, key, value, e);
}

static uint64_t number_of(ht_arena *a, ht_str digits) {
    return strtoull(ht_str_cstr(a, digits), NULL, 10);
}

/* What was begun with one plan goes on with it, unless another is given. */
static ht_status plan_settle(ht_review *r, ht_error *e) {
    ht_sample_plan *plan = &r->options.plan;
    ht_str seed, draw, of, size, margin;
    ht_status status = plan_text(r, "seed", &seed, e);
    if (status == HT_OK) status = plan_text(r, "draw", &draw, e);
    if (status == HT_OK) status = plan_text(r, "of", &of, e);
    if (status == HT_OK) status = plan_text(r, "size", &size, e);
    if (status == HT_OK) status = plan_text(r, "margin", &margin, e);
    if (status != HT_OK) return status;
    if (seed.n && !r->options.plan_given) {
        *plan = (ht_sample_plan){number_of(&r->kept, seed), ht_str_eq(draw, HT_S("simple")),
                                 ht_str_eq(of, HT_S("all")), number_of(&r->kept, size), margin};
        return HT_OK;
    }
    ht_arena *a = &r->kept;
    status = design_set(&r->db, "seed", ht_format(a, "%llu", (unsigned long long)plan->seed), e);
    if (status == HT_OK)
        status = design_set(&r->db, "draw", plan->simple ? HT_S("simple") : HT_S("stratified"), e);
    if (status == HT_OK)
        status = design_set(&r->db, "of", plan->all ? HT_S("all") : HT_S("indicators"), e);
    if (status == HT_OK)
        status = design_set(&r->db, "size", ht_format(a, "%llu", (unsigned long long)plan->size), e);
    return status == HT_OK ? design_set(&r->db, "margin", plan->margin, e) : status;
}

static ht_status sample_open(ht_review *r, ht_error *e) {
    ht_status status = plan_settle(r, e);
    ht_sample sample = {0};
    if (status == HT_OK) status = sample_draw(&r->db, &r->kept, &r->options.plan, &sample, e);
    r->items = sample.figure_ids;
    r->n_items = sample.n;
    r->n_population = sample.n_population;
    return status;
}

/* Which figures of a list of ids the run has. */
static ht_status is_figure(ht_review *r, sqlite3_stmt *query, ht_str id, bool *found, ht_error *e) {
    db_bind(query, 0, id);
    ht_status status = db_step(&r->db, query, found, e);
    sqlite3_reset(query);
    return status;
}

/* One side of a finding. A figure with several findings is judged once. */
static ht_status audit_add(ht_review *r, sqlite3_stmt *query, ht_map *at, ht_str id, ht_str reason,
                           ht_error *e) {
    bool known = false;
    ht_status status = id.n ? is_figure(r, query, id, &known, e) : HT_OK;
    if (status != HT_OK || !known) return status;
    uint32_t *place = ht_map_put(at, id);
    if (*place) {
        ht_str *old = &r->reasons[*place - 1];
        *old = ht_format(&r->kept, HT_FMT "; " HT_FMT, HT_ARG(*old), HT_ARG(reason));
        return HT_OK;
    }
    r->reasons[r->n_items] = reason;
    r->items[r->n_items++] = id;
    *place = (uint32_t)r->n_items;
    return HT_OK;
}

static ht_status audit_open(ht_review *r, ht_error *e) {
    csv_table t;
    ht_str bytes;
    bool found;
    ht_status status = gold_slurp(&r->kept, r->options.out, "audit.csv", &bytes, &found, e);
    if (status != HT_OK) return status;
    if (!found)
        return ht_fail(e, HT_IO, "%s has no audit.csv; `hantally audit` writes it", r->options.out);
    csv_parse(&t, &r->kept, bytes);
    sqlite3_stmt *query = NULL;
    ht_map at;
    ht_map_init(&at, &r->kept);
    r->items = HT_ARRAY(&r->kept, ht_str, t.n_rows * 2);
    r->reasons = HT_ARRAY(&r->kept, ht_str, t.n_rows * 2);
    status = db_prepare(&r->db, &query, "SELECT 1 FROM out.figures WHERE figure_id = ?1", e);
    for (size_t i = 0; i < t.n_rows && status == HT_OK; i++) {
        ht_str kind = csv_cell(&t, i, "kind"), detail = csv_cell(&t, i, "detail");
        ht_str reason = detail.n ? ht_format(&r->kept, HT_FMT ": " HT_FMT, HT_ARG(kind), HT_ARG(detail))
                                 : kind;
        status = audit_add(r, query, &at, csv_cell(&t, i, "figure_id"), reason, e);
        if (status == HT_OK)
            status = audit_add(r, query, &at, csv_cell(&t, i, "other_figure_id"), reason, e);
    }
    sqlite3_finalize(query);
    return status;
}

static ht_status items_open(ht_review *r, ht_error *e) {
    r->n_population = 0;
    switch (r->options.mode) {
    case HT_REVIEW_AUDIT: r->origin = "audit"; return audit_open(r, e);
    case HT_REVIEW_DISAGREEMENTS:
        r->origin = "adjudication";
        return ht_disagreements(&r->db, &r->kept, true, &r->items, &r->n_items, e);
    case HT_REVIEW_SAMPLE: break;
    }
    r->origin = "sample";
    return sample_open(r, e);
}

ht_status ht_review_open(ht_review **opened, const ht_review_options *options, ht_error *e) {
    *opened = NULL;
    if (!verdict_name_is_good(options->reviewer))
        return ht_fail(e, HT_USAGE, "a reviewer's name is 1 to %d bytes without |",
                       VERDICT_MAX_NAME);
    ht_review *r = calloc(1, sizeof *r);
    if (!r) return ht_fail(e, HT_IO, "out of memory");
    ht_arena_init(&r->kept, 0);
    r->options = *options;
    r->options.reviewer = ht_str_copy(&r->kept, options->reviewer);
    r->options.plan.margin = ht_str_copy(&r->kept, options->plan.margin);
    r->path = options->verdicts ? strdup(options->verdicts)
                                : outfile_path(options->out, "verdicts.db");
    review_texts_init(&r->texts, &r->kept, options->out);
    ht_status status = r->path ? HT_OK : ht_fail(e, HT_IO, "out of memory");
    /* The run first: a folder that is none gets no verdicts.db. */
    if (status == HT_OK) {
        stats_db probe = {.path = ":memory:"};
        if (sqlite3_open_v2(":memory:", &probe.handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI,
                            NULL) != SQLITE_OK)
            status = db_fail(&probe, e);
        if (status == HT_OK) status = ht_verdicts_attach(&probe, options->out, e);
        db_close(&probe);
    }
    if (status == HT_OK) status = ht_verdicts_open(&r->db, r->path, true, e);
    if (status == HT_OK) status = ht_verdicts_attach(&r->db, options->out, e);
    if (status == HT_OK) status = items_open(r, e);
    if (status == HT_OK) status = ht_review_population_read(&r->db, &r->kept, &r->population, e);
    if (status == HT_OK)
        status = sample_articles(&r->db, &r->kept, r->options.plan.seed, &r->articles,
                                 &r->n_articles, e);
    if (status == HT_OK)
        *opened = r;
    else
        ht_review_close(r);
    return status;
}

void ht_review_close(ht_review *r) {
    if (!r) return;
    db_close(&r->db);
    free(r->path);
    ht_arena_free(&r->kept);
    free(r);
}

size_t ht_review_n_items(const ht_review *r) {
    return r->n_items;
}

size_t review_item_of(const ht_review *r, ht_str figure_id) {
    size_t i = 0;
    while (i < r->n_items && !ht_str_eq(r->items[i], figure_id)) i++;
    return i;
}

static const char judged[] =
    "SELECT v.figure_id FROM current v JOIN out.figures f ON " VERDICT_FITS("v", "f")
    " WHERE v.reviewer = ?1 AND (v.origin = 'adjudication') = (?2 = 'adjudication')";

static ht_status judged_read(ht_review *r, ht_arena *a, ht_map *seen, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_map_init(seen, a);
    ht_status status = db_prepare(&r->db, &query, judged, e);
    if (status == HT_OK) {
        db_bind(query, 0, r->options.reviewer);
        db_bind(query, 1, ht_str_of(r->origin));
    }
    for (bool row = status == HT_OK; row;) {
        status = db_step(&r->db, query, &row, e);
        if (status == HT_OK && row) ht_map_put(seen, ht_str_copy(a, db_column(query, 0)));
        row &= status == HT_OK;
    }
    sqlite3_finalize(query);
    return status;
}

ht_status review_next(ht_review *r, size_t from, size_t *next, ht_error *e) {
    ht_arena a;
    ht_map seen;
    ht_arena_init(&a, 0);
    ht_status status = judged_read(r, &a, &seen, e);
    *next = r->n_items;
    for (size_t i = 0; i < r->n_items && *next == r->n_items; i++) {
        size_t at = (from + i) % r->n_items;
        if (!ht_map_get(&seen, r->items[at])) *next = at;
    }
    ht_arena_free(&a);
    return status;
}

ht_status review_count_judged(ht_review *r, size_t *n, ht_error *e) {
    ht_arena a;
    ht_map seen;
    ht_arena_init(&a, 0);
    ht_status status = judged_read(r, &a, &seen, e);
    *n = 0;
    for (size_t i = 0; i < r->n_items; i++) *n += ht_map_get(&seen, r->items[i]) != NULL;
    ht_arena_free(&a);
    return status;
}

size_t ht_review_n_judged(ht_review *r) {
    size_t n = 0;
    review_count_judged(r, &n, NULL);
    return n;
}

ht_status review_next_article(ht_review *r, size_t from, size_t *next, ht_error *e) {
    sqlite3_stmt *query = NULL;
    *next = r->n_articles;
    ht_status status = db_prepare(
        &r->db, &query, "SELECT 1 FROM read_article WHERE reviewer = ?1 AND article_id = ?2", e);
    for (size_t i = 0; i < r->n_articles && *next == r->n_articles && status == HT_OK; i++) {
        size_t at = (from + i) % r->n_articles;
        bool read;
        db_bind(query, 0, r->options.reviewer);
        db_bind(query, 1, r->articles[at]);
        status = db_step(&r->db, query, &read, e);
        sqlite3_reset(query);
        if (status == HT_OK && !read) *next = at;
    }
    sqlite3_finalize(query);
    return status;
}
