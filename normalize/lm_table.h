/* The layout of the compiled bigram model, shared with data/build/bigrams.c. 32-bit words:
 *
 *   [0] n, the number of characters; ids are 1 .. n
 *   [LM_IDS ..]    the ids of the 65536 code points of the BMP, two a word
 *   [LM_CHARS ..]  for each id 0 .. n, then one end mark: index of its first pair; the cost that a
 *                  word ends behind it << 16 | the cost that a word begins with it
 *   then the pairs: second id << 16 | cost, sorted within a first character
 */
#ifndef HT_NORMALIZE_LM_TABLE_H
#define HT_NORMALIZE_LM_TABLE_H

#include <stdint.h>

enum { LM_IDS = 1, LM_CHARS = LM_IDS + 32768 };

/* Digits are one character to the model, so are letters, so are both widths of a mark. */
static inline uint32_t lm_class(uint32_t c) {
    if (c >= '0' && c <= '9') return '0';
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return 'a';
    if (c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '(' || c == ')')
        return c + 0xFEE0;
    return c;
}

#endif
