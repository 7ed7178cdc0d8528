#include "stats/agree.h"

#include "base/utf8.h"

#include <string.h>

/* Rows of the table that a step can reach; no place in it costs more than IMPOSSIBLE. */
enum { ROWS = AGREE_MAX_LOST + 1, IMPOSSIBLE = 255 };

typedef struct {
    const uint32_t *c;
    size_t n;
    unsigned n_gaps;
    size_t most_lost; /* what an AGREE_ANY can stand for */
} side;

/* In row[i % ROWS][j]: how many gaps it takes for x[0, i) and y[0, j) to agree. */
typedef struct {
    side x, y;
    size_t drift; /* how far apart two characters can stand that answer each other */
    unsigned char *row[ROWS];
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

ht_str agree_as_if_whole(ht_arena *a, ht_str x) {
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < x.n; i++) {
        bool blank = x.p[i] == AGREE_ANY || x.p[i] == ' ';
        if (!blank)
            ht_buf_byte(&b, x.p[i]);
        else if (b.n && b.p[b.n - 1] != ' ')
            ht_buf_byte(&b, ' ');
    }
    return ht_str_trim(ht_buf_str(&b));
}

static side side_of(ht_arena *a, agree_sequence s) {
    side d = {.most_lost = AGREE_MAX_LOST};
    d.c = ht_utf8_decode(a, s.numerals, &d.n);
    return d;
}

static size_t count_any(side s) {
    size_t any = 0;
    for (size_t i = 0; i < s.n; i++) any += s.c[i] == AGREE_ANY;
    return any;
}

/* What begins and what ends alike needs no table. */
static void skip_equal(side *x, side *y) {
    while (x->n && y->n && *x->c == *y->c && *x->c != AGREE_ANY) x->c++, y->c++, x->n--, y->n--;
    while (x->n && y->n && x->c[x->n - 1] == y->c[y->n - 1] && x->c[x->n - 1] != AGREE_ANY)
        x->n--, y->n--;
}

static void reach(const comparison *k, size_t i, size_t j, unsigned gaps) {
    unsigned char *place = &k->row[i % ROWS][j];
    if (gaps < *place) *place = (unsigned char)gaps;
}

/* From (i, j) to the places that it leads to. */
static void go_on(const comparison *k, size_t i, size_t j) {
    bool more_x = i < k->x.n, more_y = j < k->y.n;
    bool x_any = more_x && k->x.c[i] == AGREE_ANY, y_any = more_y && k->y.c[j] == AGREE_ANY;
    unsigned gaps = k->row[i % ROWS][j];
    if (more_x && more_y && !x_any && !y_any && k->x.c[i] == k->y.c[j])
        reach(k, i + 1, j + 1, gaps);
    if (x_any) reach(k, i + 1, j, gaps);
    if (y_any) reach(k, i, j + 1, gaps);
    for (size_t lost = 1; lost <= AGREE_MAX_LOST; lost++) {
        if (x_any && lost <= k->x.most_lost && j + lost <= k->y.n) reach(k, i + 1, j + lost, gaps);
        if (y_any && lost <= k->y.most_lost && i + lost <= k->x.n) reach(k, i + lost, j + 1, gaps);
        if (k->x.n_gaps && j + lost <= k->y.n) reach(k, i, j + lost, gaps + 1);
        if (k->y.n_gaps && i + lost <= k->x.n) reach(k, i + lost, j, gaps + 1);
    }
}

static bool reaches_end(const comparison *k) {
    unsigned most = k->x.n_gaps + k->y.n_gaps;
    k->row[0][0] = 0;
    for (size_t i = 0; i <= k->x.n; i++) {
        size_t from = i > k->drift ? i - k->drift : 0;
        size_t to = i + k->drift < k->y.n ? i + k->drift : k->y.n;
        for (size_t j = from; j <= to; j++)
            if (k->row[i % ROWS][j] <= most) go_on(k, i, j);
        if (i < k->x.n) memset(k->row[i % ROWS], IMPOSSIBLE, k->y.n + 1);
    }
    return k->row[k->x.n % ROWS][k->y.n] <= most;
}

/* Of few numerals few can be missing. */
static unsigned gaps_of(agree_sequence s) {
    size_t most = 1 + agree_weight(s.numerals) / AGREE_GAP_WEIGHT;
    return s.n_gaps < most ? s.n_gaps : (unsigned)most;
}

static bool compare(ht_arena *a, side x, side y) {
    comparison k = {x, y, 0, {NULL}};
    k.drift = AGREE_MAX_LOST * (count_any(x) + count_any(y) + x.n_gaps + y.n_gaps);
    skip_equal(&k.x, &k.y);
    size_t apart = k.x.n > k.y.n ? k.x.n - k.y.n : k.y.n - k.x.n, width, steps;
    if (apart > k.drift) return false;
    width = k.drift < k.y.n ? 2 * k.drift + 1 : k.y.n + 1;
    if (__builtin_mul_overflow(width + k.y.n / 8, k.x.n + 1, &steps) || steps > AGREE_MAX_STEPS)
        return false;
    for (size_t i = 0; i < ROWS; i++) {
        k.row[i] = ht_arena_alloc(a, k.y.n + 1);
        memset(k.row[i], IMPOSSIBLE, k.y.n + 1);
    }
    return reaches_end(&k);
}

static bool compare_with_gaps(ht_arena *a, side damaged, unsigned n_gaps, side whole) {
    damaged.n_gaps = n_gaps;
    whole.most_lost = 0;
    return n_gaps && compare(a, damaged, whole);
}

/* With gaps on one side the other is taken as whole: what is missing here and something else
 * missing there would be another number. */
bool agree_numerals(ht_arena *a, agree_sequence sx, agree_sequence sy) {
    if (ht_str_eq(sx.numerals, sy.numerals)) return true;
    bool any = agree_has_any(sx.numerals) || agree_has_any(sy.numerals);
    if (!any && !sx.n_gaps && !sy.n_gaps) return false;
    side x = side_of(a, sx), y = side_of(a, sy);
    return (any && compare(a, x, y)) || compare_with_gaps(a, x, gaps_of(sx), y) ||
           compare_with_gaps(a, y, gaps_of(sy), x);
}
