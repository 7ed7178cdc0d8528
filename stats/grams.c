#include "base/utf8.h"
#include "stats/gold.h"

#include <stdlib.h>

enum { CODE_POINT_BITS = 21 };

/* White space as Unicode has it. */
static bool is_space(uint32_t c) {
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

/* What is no UTF-8 is left out: gold and OUT are both UTF-8. */
static uint32_t *unspaced(ht_arena *a, ht_str s, size_t *n) {
    uint32_t *c = ht_utf8_decode(a, ht_sub(s, 0, ht_utf8_valid_until(s)), n);
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (!is_space(c[i])) c[kept++] = c[i];
    *n = kept;
    return c;
}

ht_str text_unspaced(ht_arena *a, ht_str s) {
    size_t n;
    uint32_t *c = unspaced(a, s, &n);
    return ht_utf8_encode(a, c, n);
}

static int by_value(const void *x, const void *y) {
    unsigned __int128 a = *(const unsigned __int128 *)x, b = *(const unsigned __int128 *)y;
    return a < b ? -1 : a > b;
}

gram_set grams_of(ht_arena *a, ht_str text, int n) {
    size_t n_chars, width = (size_t)n;
    uint32_t *c = unspaced(a, text, &n_chars);
    gram_set set = {NULL, n_chars >= width ? n_chars - width + 1 : 1};
    set.items = HT_ARRAY(a, unsigned __int128, set.n);
    for (size_t i = 0; i < set.n; i++)
        for (size_t k = i; k < i + width && k < n_chars; k++)
            set.items[i] = set.items[i] << CODE_POINT_BITS | c[k];
    qsort(set.items, set.n, sizeof *set.items, by_value);
    return set;
}

size_t grams_shared(gram_set a, gram_set b) {
    size_t shared = 0;
    for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
        int c = by_value(&a.items[i], &b.items[k]);
        shared += c == 0;
        i += c <= 0;
        k += c >= 0;
    }
    return shared;
}

gram_set grams_without(ht_arena *arena, gram_set a, gram_set b) {
    gram_set rest = {HT_ARRAY(arena, unsigned __int128, a.n), 0};
    for (size_t i = 0, k = 0; i < a.n;) {
        int c = k < b.n ? by_value(&a.items[i], &b.items[k]) : -1;
        if (c < 0) rest.items[rest.n++] = a.items[i];
        i += c <= 0;
        k += c >= 0;
    }
    return rest;
}
