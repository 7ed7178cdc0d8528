/* A main text -> every place in it that looks like a number, and what became of it. Inner to review/.
 *
 * A figure is what the run wrote; excluded is what the reader says is no statistic (a date, an
 * ordinal, a name, a fixed word), with its reason; unread is the rest, Chinese numerals inside words
 * included. Costs one reading of the numbers, linear in the text.
 */
#ifndef HT_REVIEW_NUMERALS_H
#define HT_REVIEW_NUMERALS_H

#include "extract/quantity/quantity.h"

typedef enum { NUMERAL_FIGURE, NUMERAL_EXCLUDED, NUMERAL_UNREAD } numeral_state;

typedef struct {
    uint64_t start, end; /* code points */
    numeral_state state;
    ht_str why;     /* of what is excluded: kind and rule; arena or static */
    size_t payload; /* of a figure: the caller's index */
} review_numeral;

/* `figures` (start, end, payload) in order of start; the result is in order and does not overlap,
 * but for figures of one place. Arena. */
void review_numerals_find(const ht_lexicon *l, ht_arena *a, ht_str text, ht_str published,
                          const review_numeral *figures, size_t n_figures, review_numeral **out,
                          size_t *n);

#endif
