/* A codebook and judged sentences -> the same codebook with these as its examples. Inner to review/.
 *
 * Examples of the codebook itself are replaced, comments are lost; all else stays. A sentence that
 * holds a figure of the indicator is no example of `none`, whatever else was judged in it.
 */
#ifndef HT_REVIEW_GOLD_CODEBOOK_H
#define HT_REVIEW_GOLD_CODEBOOK_H

#include "base/error.h"
#include "base/str.h"

typedef struct {
    ht_str indicator, text, value, subtype;
    bool none;
} gold_example;

ht_status gold_codebook_write(ht_arena *a, ht_str source, const gold_example *examples, size_t n,
                              ht_str *yaml, ht_error *e);

#endif
