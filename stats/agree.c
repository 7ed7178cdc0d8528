#include "stats/agree.h"

#include "base/utf8.h"

#include <string.h>

/* Rows of the table that a step can reach. */
enum { ROWS = AGREE_MAX_LOST + 1 };

typedef struct {
    const uint32_t *x, *y;
    size_t n_x, n_y;
    size_t drift; /* how far apart two characters can stand that answer each other */
    bool *row[ROWS];
} comparison;

bool agree_has_any(ht_str x) {
    return x.n && memchr(x.p, AGREE_ANY, x.n);
}

size_t agree_weight(ht_str x) {
    size_t n = 0;
    for (size_t i = 0; i < x.n; i++)
        n += ((unsigned char)x.p[i] & 0xC0) != 0x80 && x.p[i] != AGREE_ANY && x.p[i] != ' ';
    return n;
}

static size_t count_any(const uint32_t *c, size_t n) {
    size_t any = 0;
    for (size_t i = 0; i < n; i++) any += c[i] == AGREE_ANY;
    return any;
}

/* What begins and what ends alike needs no table. */
static void skip_equal(comparison *k) {
    while (k->n_x && k->n_y && *k->x == *k->y && *k->x != AGREE_ANY)
        k->x++, k->y++, k->n_x--, k->n_y--;
    while (k->n_x && k->n_y && k->x[k->n_x - 1] == k->y[k->n_y - 1] &&
           k->x[k->n_x - 1] != AGREE_ANY)
        k->n_x--, k->n_y--;
}

/* From (i, j), up to which both agree, to the places that a character of x or y leads to. */
static void go_on(const comparison *k, size_t i, size_t j) {
    bool x_any = i < k->n_x && k->x[i] == AGREE_ANY, y_any = j < k->n_y && k->y[j] == AGREE_ANY;
    for (size_t lost = 0; x_any && lost <= AGREE_MAX_LOST && j + lost <= k->n_y; lost++)
        k->row[(i + 1) % ROWS][j + lost] = true;
    for (size_t lost = 1; y_any && lost <= AGREE_MAX_LOST && i + lost <= k->n_x; lost++)
        if (lost < ROWS) k->row[(i + lost) % ROWS][j + 1] = true;
    if (y_any) k->row[i % ROWS][j + 1] = true;
    if (!x_any && !y_any && i < k->n_x && j < k->n_y && k->x[i] == k->y[j])
        k->row[(i + 1) % ROWS][j + 1] = true;
}

static bool reaches_end(const comparison *k) {
    k->row[0][0] = true;
    for (size_t i = 0; i <= k->n_x; i++) {
        size_t from = i > k->drift ? i - k->drift : 0;
        size_t to = i + k->drift < k->n_y ? i + k->drift : k->n_y;
        for (size_t j = from; j <= to; j++)
            if (k->row[i % ROWS][j]) go_on(k, i, j);
        if (i == k->n_x) break;
        memset(k->row[i % ROWS], 0, k->n_y + 1);
    }
    return k->row[k->n_x % ROWS][k->n_y];
}

bool agree_numerals(ht_arena *a, ht_str x, ht_str y) {
    if (ht_str_eq(x, y)) return true;
    if (!agree_has_any(x) && !agree_has_any(y)) return false;
    comparison k = {.drift = 0};
    k.x = ht_utf8_decode(a, x, &k.n_x);
    k.y = ht_utf8_decode(a, y, &k.n_y);
    k.drift = AGREE_MAX_LOST * (count_any(k.x, k.n_x) + count_any(k.y, k.n_y));
    skip_equal(&k);
    size_t apart = k.n_x > k.n_y ? k.n_x - k.n_y : k.n_y - k.n_x, width, steps;
    if (apart > k.drift) return false;
    width = k.drift < k.n_y ? 2 * k.drift + 1 : k.n_y + 1;
    if (__builtin_mul_overflow(width + k.n_y / 8, k.n_x + 1, &steps) || steps > AGREE_MAX_STEPS)
        return false;
    for (size_t i = 0; i < ROWS; i++) k.row[i] = HT_ARRAY(a, bool, k.n_y + 1);
    return reaches_end(&k);
}
