/* Where words end: a phrase that is found in a text may be no phrase there (被|发明 is no 被发|明).
 *
 * The likeliest division of the few characters around the phrase into words, by their frequencies,
 * must not be likelier than the likeliest without a word that overlaps the phrase. Cost: some
 * hundred look-ups; asked for each phrase.
 */
#ifndef HT_NORMALIZE_WORDS_H
#define HT_NORMALIZE_WORDS_H

#include "base/str.h"

enum {
    WORDS_NAT = 64,
    WORDS_FREQUENT = 11 * WORDS_NAT,
    WORDS_AROUND = 5, /* characters before and behind a phrase that are looked at */
};

enum { WORDS_MOST = 96 }; /* characters that words_cost divides */

bool words_table_ok(void);
/* The cost, in 1/64 nat, of the likeliest division of c[0, n), n <= WORDS_MOST, into words. */
int64_t words_cost(const uint32_t *c, size_t n);
/* Do the words of the text c[0, n), folded, allow a phrase at [from, to)? */
bool words_allow(const uint32_t *c, size_t n, size_t from, size_t to);
/* The cost, in 1/64 nat, of the cheapest word of two characters or more that begins at c[at];
 * UINT32_MAX if none does. */
uint32_t words_cost_at(const uint32_t *c, size_t n, size_t at);

#endif
