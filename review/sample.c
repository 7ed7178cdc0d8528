#include "review/sample.h"

#include "review/measure.h"

#include <stdlib.h>
#include <xxhash.h>

typedef struct {
    ht_str id;
    uint32_t stratum;
    uint64_t hash;
    uint64_t rank; /* in its stratum, from 0 */
} candidate;

typedef struct {
    uint64_t n;
    uint32_t start; /* where between two figures the stratum begins, in 2^-32 */
} stratum;

typedef struct {
    candidate *items;
    size_t n, cap;
    stratum *strata;
    size_t n_strata, cap_strata;
} urn;

static const char population[] =
    "SELECT f.figure_id, f.indicator, substr(f.region_code, 1, 2) AS province FROM out.figures f"
    " JOIN out.articles a USING (article_id) WHERE coalesce(a.duplicate_of, '') = ''"
    " AND (f.indicator <> '' OR ?1) ORDER BY 2, 3";

static uint64_t hash_of(uint64_t seed, ht_str text) {
    return XXH3_64bits_withSeed(text.n ? text.p : "", text.n, seed);
}

static ht_status fill(const stats_db *db, ht_arena *a, const ht_sample_plan *plan, urn *u,
                      ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = db_prepare(db, &query, population, e);
    if (status == HT_OK) sqlite3_bind_int(query, 1, plan->all);
    ht_str last = {NULL, 0};
    for (bool row = status == HT_OK; row;) {
        status = db_step(db, query, &row, e);
        if (status != HT_OK || !row) break;
        ht_str id = ht_str_copy(a, db_column(query, 0));
        ht_str key = plan->simple ? HT_S("all")
                                  : ht_format(a, HT_FMT "/" HT_FMT, HT_ARG(db_column(query, 1)),
                                              HT_ARG(db_column(query, 2)));
        if (!u->n || !ht_str_eq(key, last))
            *HT_PUSH(a, u->strata, u->n_strata, u->cap_strata) =
                (stratum){0, (uint32_t)(hash_of(plan->seed, key) >> 32)};
        last = key;
        u->strata[u->n_strata - 1].n++;
        *HT_PUSH(a, u->items, u->n, u->cap) =
            (candidate){id, (uint32_t)(u->n_strata - 1), hash_of(plan->seed, id), 0};
    }
    sqlite3_finalize(query);
    return status;
}

static int by_hash(const void *x, const void *y) {
    const candidate *a = x, *b = y;
    if (a->stratum != b->stratum) return a->stratum < b->stratum ? -1 : 1;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return ht_str_cmp(a->id, b->id);
}

/* (rank + start) / n of its stratum, exactly. */
static int by_place(const void *x, const void *y, void *context) {
    const candidate *a = x, *b = y;
    const urn *u = context;
    const stratum *s = &u->strata[a->stratum], *t = &u->strata[b->stratum];
    unsigned __int128 left = (((unsigned __int128)a->rank << 32) | s->start) * t->n;
    unsigned __int128 right = (((unsigned __int128)b->rank << 32) | t->start) * s->n;
    if (left != right) return left < right ? -1 : 1;
    return ht_str_cmp(a->id, b->id);
}

static void order(urn *u) {
    if (!u->n) return;
    qsort(u->items, u->n, sizeof *u->items, by_hash);
    for (size_t i = 1; i < u->n; i++)
        if (u->items[i].stratum == u->items[i - 1].stratum)
            u->items[i].rank = u->items[i - 1].rank + 1;
    qsort_r(u->items, u->n, sizeof *u->items, by_place, u);
}

ht_status sample_draw(const stats_db *db, ht_arena *a, const ht_sample_plan *plan,
                      ht_sample *sample, ht_error *e) {
    *sample = (ht_sample){0};
    double margin = strtod(ht_str_cstr(a, plan->margin), NULL);
    if (!plan->size && !(margin > 0 && margin < 1))
        return ht_fail(e, HT_USAGE, "the margin is a share between 0%% and 100%%, as 5%%");
    urn u = {0};
    ht_status status = fill(db, a, plan, &u, e);
    if (status != HT_OK) return status;
    order(&u);
    uint64_t wished = plan->size ? plan->size : ht_sample_size(u.n, margin);
    sample->n_population = u.n;
    sample->n = wished < u.n ? (size_t)wished : u.n;
    sample->figure_ids = HT_ARRAY(a, ht_str, sample->n);
    for (size_t i = 0; i < sample->n; i++) sample->figure_ids[i] = u.items[i].id;
    return HT_OK;
}

ht_status sample_articles(const stats_db *db, ht_arena *a, uint64_t seed, ht_str **ids, size_t *n,
                          ht_error *e) {
    sqlite3_stmt *query = NULL;
    urn u = {0};
    ht_status status = db_prepare(
        db, &query, "SELECT article_id FROM out.articles WHERE coalesce(duplicate_of, '') = ''", e);
    for (bool row = status == HT_OK; row;) {
        status = db_step(db, query, &row, e);
        if (status != HT_OK || !row) break;
        ht_str id = ht_str_copy(a, db_column(query, 0));
        *HT_PUSH(a, u.items, u.n, u.cap) = (candidate){id, 0, hash_of(seed, id), 0};
    }
    sqlite3_finalize(query);
    if (u.n) qsort(u.items, u.n, sizeof *u.items, by_hash);
    *n = u.n;
    *ids = HT_ARRAY(a, ht_str, u.n);
    for (size_t i = 0; i < u.n; i++) (*ids)[i] = u.items[i].id;
    return status;
}
