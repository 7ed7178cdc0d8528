/* How likely is Chinese text: a character bigram model over simplified, width-folded text.
 *
 * Made by data/build/bigrams.c from a word list with frequencies (and data/marks.txt): the bigrams
 * inside words, and between words the chance that one ends and the other begins. Costs are negative
 * log-probabilities in 1/64 nat. A look-up is a binary search in the first character's followers.
 */
#ifndef HT_NORMALIZE_LM_H
#define HT_NORMALIZE_LM_H

#include "base/str.h"

enum { LM_NAT = 64, LM_UNKNOWN = 18 * LM_NAT };

/* The model's number of a character, folded; 0: the model has never seen it. */
uint32_t lm_id(uint32_t c);
/* Cost of id b behind id a. */
uint32_t lm_cost(uint32_t a, uint32_t b);
/* Cost of b with nothing known before it. */
uint32_t lm_cost_alone(uint32_t b);
/* Cost of the text c[0, n), the first character free. */
int64_t lm_cost_text(const uint32_t *c, size_t n);

#endif
