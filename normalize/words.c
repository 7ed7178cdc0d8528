#include "normalize/words.h"

#include "base/table.h"
#include "base/trie.h"
#include "normalize/lm.h"
#include "normalize/normalize.h"

HT_TABLE(words, "words.bin");

enum {
    MOST = 32,                /* characters of a phrase, longer ones are never doubted */
    UNKNOWN = 16 * WORDS_NAT, /* cost of a character that the list does not have */
    PHRASE = 13 * WORDS_NAT,  /* of the phrase, where the list does not have it */
    FIRST_IDEOGRAPH = 0x3400,
    FIRST_MARK = 0xFE30, /* full-width forms */
};

static bool words_open(ht_trie *t) {
    return ht_trie_open(t, (const uint32_t *)(const void *)ht_table_words,
                        HT_TABLE_SIZE(words) / 4);
}

bool words_table_ok(void) {
    ht_trie t;
    return words_open(&t);
}

/* The window around the phrase and the cost of each word in it. */
typedef struct {
    const uint32_t *c;
    size_t n, from, to;
    ht_trie words;
} window;

static void relax(uint32_t *best, uint32_t cost) {
    if (cost < *best) *best = cost;
}

/* Does a word share some characters with the phrase while each has others of its own? */
static bool overlaps(const window *w, size_t from, size_t to) {
    return (from < w->from && to > w->from && to < w->to) ||
           (from > w->from && from < w->to && to > w->to);
}

/* The cost of the likeliest division; with `whole`: of those without a word that overlaps the
 * phrase. */
static uint32_t divide(const window *w, bool whole) {
    uint32_t best[MOST + 2 * WORDS_AROUND + 1];
    best[0] = 0;
    for (size_t i = 1; i <= w->n; i++) best[i] = UINT32_MAX;
    for (size_t i = 0; i < w->n; i++) {
        if (best[i] == UINT32_MAX) continue;
        uint32_t node = 0;
        for (size_t k = i; k < w->n; k++) {
            node = k == i || node ? ht_trie_step(&w->words, node, w->c[k]) : 0;
            uint32_t cost = node ? ht_trie_value(&w->words, node) : HT_TRIE_NONE;
            if (k == i && cost == HT_TRIE_NONE) cost = UNKNOWN;
            if (cost != HT_TRIE_NONE && !(whole && overlaps(w, i, k + 1)))
                relax(&best[k + 1], best[i] + cost);
            if (!node) break;
        }
        if (i == w->from) relax(&best[w->to], best[i] + PHRASE);
    }
    return best[w->n];
}

bool words_allow(const uint32_t *c, size_t n, size_t from, size_t to) {
    size_t start = from, end = to;
    window w;
    if (to - from > MOST || !words_open(&w.words)) return true;
    while (start && from - start < WORDS_AROUND && c[start - 1] >= FIRST_IDEOGRAPH) start--;
    while (end < n && end - to < WORDS_AROUND && c[end] >= FIRST_IDEOGRAPH) end++;
    w.c = c + start;
    w.n = end - start;
    w.from = from - start;
    w.to = to - start;
    return divide(&w, true) <= divide(&w, false);
}

uint32_t words_cost_at(const uint32_t *c, size_t n, size_t at) {
    ht_trie t;
    uint32_t node = 0, best = UINT32_MAX;
    if (!words_open(&t)) return best;
    for (size_t k = at; k < n; k++) {
        node = ht_trie_step(&t, node, c[k]);
        if (!node) break;
        if (k > at && ht_trie_value(&t, node) < best) best = ht_trie_value(&t, node);
    }
    return best;
}

int64_t words_cost(const uint32_t *c, size_t n) {
    int64_t best[WORDS_MOST + 1] = {0};
    ht_trie t;
    if (!words_open(&t)) return 0;
    for (size_t i = 1; i <= n; i++) best[i] = INT64_MAX;
    for (size_t i = 0; i < n; i++) {
        uint32_t node = 0;
        int64_t alone = UNKNOWN;
        if (c[i] < FIRST_IDEOGRAPH || c[i] >= FIRST_MARK) alone = lm_cost_alone(lm_id(c[i]));
        for (size_t k = i; k < n; k++) {
            node = ht_trie_step(&t, node, ht_fold(c[k]));
            uint32_t value = node ? ht_trie_value(&t, node) : HT_TRIE_NONE;
            int64_t cost = value != HT_TRIE_NONE ? value : k == i ? alone : INT64_MAX;
            if (cost != INT64_MAX && best[i] + cost < best[k + 1]) best[k + 1] = best[i] + cost;
            if (!node) break;
        }
    }
    return best[n];
}
