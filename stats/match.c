#include "base/utf8.h"
#include "stats/gold.h"

#include <stdlib.h>

/* A sentence longer than this is a whole paragraph and says nothing of the place. */
enum { MAX_SENTENCE = 300 };
static const double LEAST_FIT = 0.3;

typedef struct {
    double fit;
    size_t gold, row;
} pair;

static int by_fit(const void *x, const void *y) {
    const pair *a = x, *b = y;
    if (a->fit > b->fit || a->fit < b->fit) return a->fit > b->fit ? -1 : 1;
    if (a->gold != b->gold) return a->gold < b->gold ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static gram_set gold_words(ht_arena *a, const gold_item *g) {
    return grams_of(a, g->context.n ? g->context : g->surface, 2);
}

static gram_set row_words(ht_arena *a, const out_figure *r) {
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, r->surface);
    ht_buf_byte(&b, '|');
    if (ht_utf8_count(r->sentence) <= MAX_SENTENCE) ht_buf_add(&b, r->sentence);
    return grams_of(a, ht_buf_str(&b), 2);
}

size_t *gold_match(ht_arena *a, gold_item *const *gold, size_t n_gold, out_figure *const *rows,
                   size_t n_rows, pair_allowed allowed) {
    size_t *partner = HT_ARRAY(a, size_t, n_gold);
    bool *used = HT_ARRAY(a, bool, n_rows);
    gram_set *words = HT_ARRAY(a, gram_set, n_rows);
    for (size_t j = 0; j < n_rows; j++) words[j] = row_words(a, rows[j]);
    pair *pairs = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < n_gold; i++) {
        partner[i] = SIZE_MAX;
        gram_set own = gold_words(a, gold[i]);
        for (size_t j = 0; j < n_rows; j++)
            if (allowed(gold[i], rows[j]))
                *HT_PUSH(a, pairs, n, cap) =
                    (pair){(double)grams_shared(own, words[j]) / (double)own.n, i, j};
    }
    if (n) qsort(pairs, n, sizeof *pairs, by_fit);
    for (size_t k = 0; k < n && pairs[k].fit >= LEAST_FIT; k++) {
        if (partner[pairs[k].gold] != SIZE_MAX || used[pairs[k].row]) continue;
        partner[pairs[k].gold] = pairs[k].row;
        used[pairs[k].row] = true;
    }
    return partner;
}
