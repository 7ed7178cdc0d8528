#include "stats/agree.h"
#include "stats/copies-internal.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* Thirty-two bands of four slots: of two texts that have J of their pieces in common, 1 - (1 -
 * J^4)^32 meet: of J = 0.8 all, of 0.6 98.8 %, of 0.5 87 %, of 0.4 56 %, of 0.1 three in a
 * thousand. */
enum { BAND_SLOTS = 4, BANDS = SKETCH_SLOTS / BAND_SLOTS };

/* A record of a band: band, slots, group, rank; of a pair: order, rank, candidate. */
enum { BUCKET = 1 + BAND_SLOTS, GROUP = 8, RANK = 4, MEMBER = BUCKET + GROUP + RANK };
enum { ORDER = 8, PAIR = ORDER + RANK + RANK };
/* Of articles with damaged numerals, before all others. */
enum { DAMAGED = 0 };

struct buckets {
    buckets_kind kind;
    char *path;
    record_sorter *members, *pairs;
    /* the bucket that is being read */
    unsigned char key[BUCKET];
    uint64_t group, first_order;
    uint32_t first, n_sequences; /* rank of the group's first (0: none), or of the bucket's */
    uint32_t damaged[BUCKETS_MAX_DAMAGED];
    size_t n_damaged;
    /* the pairs that are being read */
    const unsigned char *pair; /* NULL: none read */
    uint32_t *candidates;      /* heap */
    size_t cap;
};

ht_status buckets_open(buckets **opened, buckets_kind kind, const char *path, ht_error *e) {
    buckets *b = *opened = calloc(1, sizeof *b);
    if (!b || !(b->path = strdup(path))) return ht_fail(e, HT_IO, "out of memory");
    b->kind = kind;
    return records_open(&b->members, path, MEMBER, COPIES_SORT_BYTES, e);
}

static uint64_t group_of_numerals(ht_str numerals) {
    uint64_t hash = XXH3_64bits(numerals.n ? numerals.p : "", numerals.n);
    return hash == DAMAGED ? 1 : hash;
}

static ht_status add_bands(buckets *b, const bucket_member *m, uint64_t group, ht_error *e) {
    unsigned char record[MEMBER];
    records_put(record + BUCKET, group, GROUP);
    records_put(record + BUCKET + GROUP, m->rank, RANK);
    ht_status status = HT_OK;
    for (int band = 0; band < BANDS && status == HT_OK; band++) {
        record[0] = (unsigned char)band;
        memcpy(record + 1, m->sketch->slots + band * BAND_SLOTS, BAND_SLOTS);
        status = records_add(b->members, record, e);
    }
    return status;
}

/* What is damaged may have lost nothing of its numerals, as where a ? asks: then it finds its like
 * among those with the same ones, however many are damaged. */
ht_status buckets_add(buckets *b, ht_arena *a, const bucket_member *m, ht_error *e) {
    if (b->kind == BUCKETS_REVISIONS) return add_bands(b, m, m->order, e);
    ht_str numerals = m->sketch->numerals;
    bool any = agree_has_any(numerals);
    ht_status status =
        add_bands(b, m, group_of_numerals(any ? agree_as_if_whole(a, numerals) : numerals), e);
    return status == HT_OK && (any || m->sketch->n_gaps) ? add_bands(b, m, DAMAGED, e) : status;
}

static ht_status add_pair(buckets *b, uint64_t order, uint32_t x, uint32_t y, ht_error *e) {
    if (x == y) return HT_OK;
    unsigned char record[PAIR];
    bool by_rank = b->kind == BUCKETS_COPIES;
    records_put(record, order, ORDER);
    records_put(record + ORDER, by_rank && x < y ? y : x, RANK);
    records_put(record + ORDER + RANK, by_rank && x < y ? x : y, RANK);
    return records_add(b->pairs, record, e);
}

static ht_status meet_damaged(buckets *b, uint32_t rank, ht_error *e) {
    ht_status status = HT_OK;
    for (size_t i = 0; i < b->n_damaged && status == HT_OK; i++)
        status = add_pair(b, 0, b->damaged[i], rank, e);
    return status;
}

/* The members of a bucket come by group, the damaged ones first. */
static ht_status meet_copies(buckets *b, uint64_t group, uint32_t rank, ht_error *e) {
    if (group == DAMAGED) {
        ht_status status = meet_damaged(b, rank, e);
        if (b->n_damaged < BUCKETS_MAX_DAMAGED) b->damaged[b->n_damaged++] = rank;
        return status;
    }
    if (b->first && group == b->group) return add_pair(b, 0, rank, b->first, e);
    b->group = group;
    b->first = rank;
    return b->n_sequences++ < BUCKETS_MAX_SEQUENCES ? meet_damaged(b, rank, e) : HT_OK;
}

static ht_status meet_revisions(buckets *b, uint64_t order, uint32_t rank, ht_error *e) {
    if (b->first) return add_pair(b, order, rank, b->first, e);
    b->first = rank;
    return HT_OK;
}

static ht_status meet(buckets *b, const unsigned char *record, ht_error *e) {
    uint64_t group = records_get(record + BUCKET, GROUP);
    uint32_t rank = (uint32_t)records_get(record + BUCKET + GROUP, RANK);
    if (memcmp(record, b->key, BUCKET) != 0) {
        memcpy(b->key, record, BUCKET);
        b->first = b->n_sequences = 0;
        b->n_damaged = 0;
    }
    return b->kind == BUCKETS_COPIES ? meet_copies(b, group, rank, e)
                                     : meet_revisions(b, group, rank, e);
}

ht_status buckets_rewind(buckets *b, ht_error *e) {
    ht_status status = records_open(&b->pairs, b->path, PAIR, COPIES_SORT_BYTES, e);
    if (status == HT_OK) status = records_rewind(b->members, e);
    while (status == HT_OK) {
        const unsigned char *record;
        status = records_next(b->members, &record, e);
        if (status != HT_OK || !record) break;
        status = meet(b, record, e);
    }
    records_close(b->members);
    b->members = NULL;
    if (status == HT_OK) status = records_rewind(b->pairs, e);
    return status == HT_OK ? records_next(b->pairs, &b->pair, e) : status;
}

static ht_status add_candidate(buckets *b, size_t n, uint32_t candidate, ht_error *e) {
    if (n == b->cap) {
        size_t cap = b->cap ? 2 * b->cap : 64;
        uint32_t *candidates = reallocarray(b->candidates, cap, sizeof *candidates);
        if (!candidates) return ht_fail(e, HT_IO, "out of memory");
        b->candidates = candidates;
        b->cap = cap;
    }
    b->candidates[n] = candidate;
    return HT_OK;
}

ht_status buckets_next(buckets *b, uint32_t *rank, const uint32_t **candidates, size_t *n,
                       ht_error *e) {
    *rank = 0;
    *n = 0;
    while (b->pair) {
        uint32_t of = (uint32_t)records_get(b->pair + ORDER, RANK);
        uint32_t candidate = (uint32_t)records_get(b->pair + ORDER + RANK, RANK);
        if (*rank && of != *rank) break;
        *rank = of;
        if (!*n || b->candidates[*n - 1] != candidate) {
            ht_status status = add_candidate(b, *n, candidate, e);
            if (status != HT_OK) return status;
            ++*n;
        }
        ht_status status = records_next(b->pairs, &b->pair, e);
        if (status != HT_OK) return status;
    }
    *candidates = b->candidates;
    return HT_OK;
}

void buckets_close(buckets *b) {
    if (!b) return;
    records_close(b->members);
    records_close(b->pairs);
    free(b->candidates);
    free(b->path);
    free(b);
}
