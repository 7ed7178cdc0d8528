/* A text and its changes -> the new text, with a map that still leads to the decoded document.
 *
 * The steps of ht_clean name their changes from front to back; what lies between two changes is
 * kept without being named. Where nothing was changed the old text is the new one. Cost: a copy of
 * the text from the first change on; a run of the map only where lengths change.
 */
#ifndef HT_NORMALIZE_REWRITE_H
#define HT_NORMALIZE_REWRITE_H

#include "normalize/normalize.h"

typedef struct {
    ht_arena *arena;
    const ht_text *old; /* borrows */
    ht_buf out;         /* the new text so far ... */
    ht_offmap map;
    size_t copied, mapped; /* ... and up to where the old one is in the two */
    bool changed;
} rewrite;

void rewrite_begin(rewrite *w, ht_arena *a, const ht_text *old);
/* `with`, in whole, stands in the place of old text [from, to); empty: that is dropped. The same
 * place may be named again: what it is replaced with grows. */
void rewrite_replace(rewrite *w, ht_str with, size_t from, size_t to);
/* The same, character for character where both have as many. */
void rewrite_each(rewrite *w, ht_str with, size_t from, size_t to);
/* The new text in the place of the next n bytes of the old one, which is as long byte for byte: the
 * caller fills it, with the old bytes or others, and says by rewrite_filled what of it was used. */
char *rewrite_space(rewrite *w, size_t n);
void rewrite_filled(rewrite *w, size_t n);
ht_text rewrite_end(rewrite *w);

#endif
