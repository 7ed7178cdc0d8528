/* The opened review. Inner to review/. */
#ifndef HT_REVIEW_SESSION_H
#define HT_REVIEW_SESSION_H

#include "review/review.h"
#include "review/score.h"
#include "review/texts.h"

struct ht_review {
    ht_review_options options; /* reviewer and margin copied into kept */
    ht_arena kept;
    stats_db db;
    char *path; /* heap; of verdicts.db */
    review_texts texts;
    ht_str *items; /* figure ids in the order of judging */
    ht_str *reasons; /* of the audit list: why each is on it; NULL: no audit */
    size_t n_items, n_population;
    ht_review_score population; /* of each indicator */
    ht_str *articles; /* in the order of reading */
    size_t n_articles;
    const char *origin; /* of verdicts given in this mode */
};

/* Index of the first item at or after `from` (then from the beginning) that the reviewer has not
 * judged; n_items: none. */
ht_status review_next(ht_review *r, size_t from, size_t *next, ht_error *e);
ht_status review_count_judged(ht_review *r, size_t *n, ht_error *e);
ht_status review_next_article(ht_review *r, size_t from, size_t *next, ht_error *e);
/* Index of the item of that figure; n_items: none. */
size_t review_item_of(const ht_review *r, ht_str figure_id);

/* Bytes of the source around a figure (source.c). */
typedef struct {
    bool found;
    ht_str why; /* where not found: a stable word */
    ht_str before, inside, after;          /* as decoded, without any repair */
    ht_str hex;                            /* of inside */
    uint64_t start, end;
} review_bytes;
/* Cells as articles.csv has them. */
void review_source_read(const char *folder, ht_arena *a, ht_str path, ht_str member, ht_str field,
                        uint64_t record_bytes, ht_str encoding, uint64_t start, uint64_t end,
                        review_bytes *out);

#endif
