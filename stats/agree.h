/* Do two sequences of numerals agree? Inner to stats/.
 *
 * A sequence is the numerals of a text in their order, a blank between two of them, and AGREE_ANY
 * where something could not be read: that may be nothing, or up to AGREE_MAX_LOST characters of
 * the other sequence (a digit and the blanks around it). Of a text that is known to be damaged, as
 * much may be missing at `n_gaps` places, wherever they are, but at no more than one and
 * one for every AGREE_GAP_WEIGHT characters. Everything else must be equal: a digit that can be
 * read is never another one. Sequences that need more than AGREE_MAX_STEPS to be told do not agree.
 * Costs one comparison of bytes, unless something could not be read.
 */
#ifndef HT_STATS_AGREE_H
#define HT_STATS_AGREE_H

#include "base/str.h"

#define AGREE_ANY '?'
enum { AGREE_MAX_LOST = 4, AGREE_MAX_GAPS = 15, AGREE_GAP_WEIGHT = 16 };
enum { AGREE_MAX_STEPS = 1 << 24 };

/* n_gaps: at most AGREE_MAX_GAPS. */
typedef struct {
    ht_str numerals; /* borrows */
    unsigned n_gaps;
} agree_sequence;
/* Scratch in the arena. */
bool agree_numerals(ht_arena *a, agree_sequence x, agree_sequence y);
/* Arena: as the sequence would read if nothing had been lost where it has AGREE_ANY. */
ht_str agree_as_if_whole(ht_arena *a, ht_str x);
/* Has it characters that could not be read? */
bool agree_has_any(ht_str x);
/* Characters that can be read, blanks not counted: how much it means that two sequences agree. */
size_t agree_weight(ht_str x);

#endif
