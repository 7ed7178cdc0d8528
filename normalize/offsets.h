/* The offset map: from a place in a text back to the place in the text that it was made from.
 *
 * Runs, sorted by `out`. A run covers out[out, next run's out) and stands for in[in, in + n_in):
 * byte by byte, which takes equal lengths, or as a whole, so that every place in it maps to the
 * whole input span (a converted character, a repaired run, an inserted line feed with n_in 0).
 * Input between two runs was dropped. Maps compose by look-up, one after the other.
 */
#ifndef HT_NORMALIZE_OFFSETS_H
#define HT_NORMALIZE_OFFSETS_H

#include "base/str.h"

typedef struct {
    uint32_t out, in; /* bytes */
    uint32_t n_in : 31, whole : 1;
} ht_run;

typedef struct {
    ht_arena *arena;
    ht_run *runs;
    size_t n, cap;
    uint32_t n_out; /* length of the output so far */
} ht_offmap;

typedef struct {
    size_t start, end; /* bytes, half open */
} ht_span;

void ht_offmap_init(ht_offmap *m, ht_arena *a);
/* The next n_out bytes of output come from in[in, in + n_in): byte by byte where both are as long,
 * else as a whole. Joins neighbours that go on. */
void ht_offmap_add(ht_offmap *m, size_t n_out, size_t in, size_t n_in);
/* The same as a whole, though both may be as long by chance. */
void ht_offmap_add_whole(ht_offmap *m, size_t n_out, size_t in, size_t n_in);
/* Appends a map whose output is now placed behind this one's (as a block's text in the article's).
 */
void ht_offmap_append(ht_offmap *m, const ht_offmap *tail);
/* Appends out[from, to) of another map. */
void ht_offmap_append_part(ht_offmap *m, const ht_offmap *other, size_t from, size_t to);
/* The input span of out[start, end): from the first byte's origin to the last one's. An empty or
 * wholly inserted span gives an empty span at the place where it would stand. */
ht_span ht_offmap_source(const ht_offmap *m, size_t start, size_t end);
/* The other way, for a map that keeps the order of its input: the first place in the output whose
 * origin ends behind input byte `in`; n_out if there is none. */
size_t ht_offmap_place(const ht_offmap *m, size_t in);

#endif
