#include "stats/originators.h"

#include <stdlib.h>

static int by_name(const void *x, const void *y) {
    return ht_str_cmp(*(const ht_str *)x, *(const ht_str *)y);
}

/* memcmp order from the last byte backwards, the shorter first. */
static int by_end(const void *x, const void *y) {
    ht_str a = *(const ht_str *)x, b = *(const ht_str *)y;
    for (size_t i = 1; i <= a.n && i <= b.n; i++) {
        unsigned char c = (unsigned char)a.p[a.n - i], d = (unsigned char)b.p[b.n - i];
        if (c != d) return c < d ? -1 : 1;
    }
    return (a.n > b.n) - (a.n < b.n);
}

/* Sorted either way, what goes on from a name stands right behind it. */
static size_t without_parts(ht_str *names, size_t n, bool (*goes_on)(ht_str, ht_str)) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (names[i].n && (i + 1 == n || !goes_on(names[i + 1], names[i])))
            names[kept++] = names[i];
    return kept;
}

size_t originators_count(ht_str *names, size_t n) {
    if (n > 1) qsort(names, n, sizeof *names, by_name);
    n = without_parts(names, n, ht_str_starts);
    if (n > 1) qsort(names, n, sizeof *names, by_end);
    return without_parts(names, n, ht_str_ends);
}
