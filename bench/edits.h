/* What a cleaner changed: the differences between a text and the one it was made from, by its map.
 */
#ifndef HT_BENCH_EDITS_H
#define HT_BENCH_EDITS_H

#include "normalize/normalize.h"

/* Source [src.start, src.end) became text[out.start, out.end). */
typedef struct {
    ht_span src, out;
    bool small; /* single characters became single ones, or invisible ones are gone */
} edit;

typedef struct {
    edit *edits;
    size_t n, cap;
} edits;

/* Arena. `new` was made from `old`, which stood at byte `base` of the document that its map leads
 * to. Neighbours are one edit. */
edits edits_find(ht_arena *a, ht_str old, const ht_text *new, size_t base);
bool spans_meet(ht_span a, ht_span b);
/* Only readings in parentheses taken out? */
bool edit_drops_glosses(ht_arena *a, edit e, ht_str old);
/* The length of a reading in parentheses at c[0, n), 0 if there is none. */
size_t gloss_length(const uint32_t *c, size_t n);
/* Arena: s[start, end) in brackets with some characters around it. */
ht_str around(ht_arena *a, ht_str s, size_t start, size_t end);

#endif
