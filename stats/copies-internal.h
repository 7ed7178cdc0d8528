/* Between the files of copies.h. */
#ifndef HT_STATS_COPIES_INTERNAL_H
#define HT_STATS_COPIES_INTERNAL_H

#include "stats/copies.h"
#include "stats/sketch.h"
#include "stats/records.h"

/* ---- merit.c ---- */

/* The published column as a number that orders: minutes as YYYYMMDDhhmm; no date is last. */
#define MERIT_NO_DATE UINT64_C(999999999999)
uint64_t merit_date(ht_str published);
/* A key of memcmp order, complete: the better copy first. What can be read comes before what is
 * lost, sound text before repaired, named publishers before none, the earlier before the later. */
void merit_key(ht_buf *b, const ht_outcome *outcome, const sketch *s);

/* ---- buckets.c ---- */

/* An article among those whose bands are compared. */
typedef struct {
    uint32_t rank;
    uint64_t order; /* who of a pair is led: the one with the larger order, then rank */
    const sketch *sketch;
} bucket_member;

typedef struct buckets buckets;
/* Copies: within a bucket only articles with the same numerals meet, and the damaged ones, whose
 * numerals are not all known, meet all. Revisions: all meet the first of their bucket. */
typedef enum { BUCKETS_COPIES, BUCKETS_REVISIONS } buckets_kind;

/* How many damaged articles, and how many different sequences of numerals, a bucket lets meet:
 * templates without end must not cost the square of their number. */
enum { BUCKETS_MAX_DAMAGED = 128, BUCKETS_MAX_SEQUENCES = 256 };

ht_status buckets_open(buckets **b, buckets_kind kind, const char *path, ht_error *e);
/* Scratch in the arena. */
ht_status buckets_add(buckets *b, ht_arena *a, const bucket_member *m, ht_error *e);
/* Ends adding. */
ht_status buckets_rewind(buckets *b, ht_error *e);
/* The next article that has candidates: its rank and theirs, ascending, each once, all before it in
 * the order. *rank 0 at the end. Borrows until the next call. */
ht_status buckets_next(buckets *b, uint32_t *rank, const uint32_t **candidates, size_t *n,
                       ht_error *e);
void buckets_close(buckets *b);

/* ---- cluster.c ---- */

/* Slots that must agree: of a revision CLUSTER_ALIKE, six tenths of the text. Of a copy eight
 * tenths where fewer than CLUSTER_FEW_NUMERALS characters of numerals speak for it; four of a
 * damaged text for which MANY speak, for damage may have spared no more. */
enum { CLUSTER_ALIKE_DAMAGED = 51, CLUSTER_ALIKE = 77, CLUSTER_ALIKE_ALONE = 102 };
enum { CLUSTER_FEW_NUMERALS = 4, CLUSTER_MANY_NUMERALS = 16 };
bool cluster_is_copy(ht_arena *a, const sketch *x, const sketch *y);
bool cluster_is_revision(ht_arena *a, const sketch *x, const sketch *y);

struct copies {
    const stats_db *db;
    const ht_lexicon *lexicon;
    sqlite3_stmt *insert, *fetch;
    ht_arena arena;                  /* for one article and those it is compared with */
    uint32_t n;                      /* articles; their ranks are 1 to n */
    uint32_t *copy_of, *revision_of; /* heap [n + 1]: the leader; itself where it leads */
};
/* Gives each article that `b` has candidates for its leader: the best one that is kin, if any. */
ht_status cluster_lead(copies *c, buckets *b, uint32_t *leader,
                       bool (*is_kin)(ht_arena *, const sketch *, const sketch *), ht_error *e);

#endif
