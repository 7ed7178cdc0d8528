#include "stats/agree.h"
#include "stats/copies-internal.h"

#include <stdlib.h>

static bool agree(ht_arena *a, const sketch *x, const sketch *y) {
    return agree_numerals(a, (agree_sequence){x->numerals, x->n_gaps},
                          (agree_sequence){y->numerals, y->n_gaps});
}

static bool is_damaged(const sketch *s) {
    return s->n_gaps || agree_has_any(s->numerals);
}

/* The more numerals speak for it, the less of the text must. */
static int alike_enough(const sketch *x, const sketch *y) {
    size_t a = agree_weight(x->numerals), b = agree_weight(y->numerals), least = a < b ? a : b;
    if (least >= CLUSTER_MANY_NUMERALS && (is_damaged(x) || is_damaged(y)))
        return CLUSTER_ALIKE_DAMAGED;
    return least >= CLUSTER_FEW_NUMERALS ? CLUSTER_ALIKE : CLUSTER_ALIKE_ALONE;
}

bool cluster_is_copy(ht_arena *a, const sketch *x, const sketch *y) {
    return sketch_alike(x, y) >= alike_enough(x, y) && agree(a, x, y);
}

bool cluster_is_revision(ht_arena *a, const sketch *x, const sketch *y) {
    return sketch_alike(x, y) >= CLUSTER_ALIKE && !agree(a, x, y);
}

static ht_status fetch(copies *c, uint32_t rank, sketch *s, ht_error *e) {
    bool row = false;
    sqlite3_bind_int64(c->fetch, 1, rank);
    ht_status status = db_step(c->db, c->fetch, &row, e);
    if (status == HT_OK &&
        !(row && sketch_unpack(s, ht_str_copy(&c->arena, db_column(c->fetch, 0)))))
        status = ht_fail(e, HT_IO, "%s: article %u is not there", c->db->path, (unsigned)rank);
    sqlite3_reset(c->fetch);
    return status;
}

static int by_rank(const void *x, const void *y) {
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return a < b ? -1 : a > b;
}

/* The leaders of the candidates, ascending, each once. */
static uint32_t *leaders_of(copies *c, const uint32_t *leader, const uint32_t *candidates,
                            size_t *n) {
    uint32_t *all = HT_ARRAY(&c->arena, uint32_t, *n);
    for (size_t i = 0; i < *n; i++) all[i] = leader[candidates[i]];
    qsort(all, *n, sizeof *all, by_rank);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (!kept || all[kept - 1] != all[i]) all[kept++] = all[i];
    *n = kept;
    return all;
}

ht_status cluster_lead(copies *c, buckets *b, uint32_t *leader,
                       bool (*is_kin)(ht_arena *, const sketch *, const sketch *), ht_error *e) {
    for (;;) {
        uint32_t rank;
        const uint32_t *candidates;
        size_t n;
        sketch own, other;
        ht_arena_reset(&c->arena);
        ht_status status = buckets_next(b, &rank, &candidates, &n, e);
        if (status != HT_OK || !rank) return status;
        uint32_t *leaders = leaders_of(c, leader, candidates, &n);
        status = fetch(c, rank, &own, e);
        for (size_t i = 0; i < n && leader[rank] == rank && status == HT_OK; i++) {
            status = fetch(c, leaders[i], &other, e);
            if (status == HT_OK && is_kin(&c->arena, &own, &other)) leader[rank] = leaders[i];
        }
        if (status != HT_OK) return status;
    }
}
