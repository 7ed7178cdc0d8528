/* Characters that look like nothing or like others: what they are taken for.
 *
 * Dropped: zero-width and direction marks, soft hyphens, byte order marks inside the text,
 * variation selectors, control characters. Radicals and compatibility ideographs become the
 * ideograph, the many spaces become ' '. Full-width forms stay: ht_fold makes them equal where
 * words are matched.
 */
#ifndef HT_NORMALIZE_WIDTH_H
#define HT_NORMALIZE_WIDTH_H

#include <stdint.h>

/* The ideograph that a radical or a compatibility form stands for, else c itself. */
uint32_t width_variant(uint32_t c);
/* 0: dropped. */
uint32_t width_cleaned(uint32_t c);

#endif
