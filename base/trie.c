#include "base/trie.h"

#include <stdlib.h>
#include <string.h>

enum { PAIR_BITS_LEAST = 10, PAIR_BITS_MOST = 20, BITS_A_PAIR = 8 };
enum { BMP = 65536, FIRST_WORDS = BMP / 32, NODE_WORDS = 4, HEADER = 4, MAGIC = 0x68745434 };

int ht_trie_word_cmp(const void *x, const void *y) {
    const ht_trie_word *a = x, *b = y;
    uint32_t n = a->n < b->n ? a->n : b->n;
    for (uint32_t i = 0; i < n; i++)
        if (a->c[i] != b->c[i]) return a->c[i] < b->c[i] ? -1 : 1;
    if (a->n != b->n) return a->n < b->n ? -1 : 1;
    return a->value < b->value ? -1 : a->value > b->value;
}

bool ht_trie_word_same(const ht_trie_word *a, const ht_trie_word *b) {
    return a->n == b->n && memcmp(a->c, b->c, a->n * sizeof *a->c) == 0;
}

/* How many characters at the beginning both words share. */
static uint32_t shared(const ht_trie_word *a, const ht_trie_word *b) {
    uint32_t n = a->n < b->n ? a->n : b->n, i = 0;
    while (i < n && a->c[i] == b->c[i]) i++;
    return i;
}

static void set_bit(uint32_t *bits, uint32_t i) {
    bits[i / 32] |= 1u << (i % 32);
}

/* words are in order, so that equal pairs stand together. */
static void mark_openings(ht_trie *t, ht_arena *a, const ht_trie_word *words, size_t n) {
    uint32_t n_pairs = 0, bits = PAIR_BITS_LEAST;
    for (size_t i = 0; i < n; i++)
        n_pairs += words[i].n > 1 && (!i || shared(&words[i - 1], &words[i]) < 2);
    while (bits < PAIR_BITS_MOST && (UINT32_C(1) << bits) / BITS_A_PAIR < n_pairs) bits++;
    uint32_t *first = HT_ARRAY(a, uint32_t, FIRST_WORDS), *alone = HT_ARRAY(a, uint32_t, FIRST_WORDS);
    uint32_t *pairs = HT_ARRAY(a, uint32_t, (size_t)1 << (bits - 5));
    t->pair_shift = 32 - bits;
    for (size_t i = 0; i < n; i++) {
        if (!words[i].n) continue;
        uint32_t c = words[i].c[0];
        if (c < BMP) set_bit(first, c);
        if (c < BMP && words[i].n == 1) set_bit(alone, c);
        if (words[i].n > 1) set_bit(pairs, ht_trie_pair(c, words[i].c[1], t->pair_shift));
    }
    t->first = first;
    t->alone = alone;
    t->pairs = pairs;
}

static uint32_t add_child(ht_trie *t, ht_trie_node *nodes, uint32_t parent, uint32_t c) {
    uint32_t at = ht_trie_place(t, parent, c);
    while (nodes[at].parent != HT_TRIE_NONE) at = at == t->n_places ? 1 : at + 1;
    nodes[at].parent = parent;
    nodes[at].c = c;
    nodes[parent].filter |= 1u << (c % 32);
    return at;
}

void ht_trie_build(ht_trie *t, ht_arena *a, ht_trie_word *words, size_t n) {
    uint32_t n_nodes = 0, longest = 0;
    if (n) qsort(words, n, sizeof *words, ht_trie_word_cmp);
    for (size_t i = 0; i < n; i++) {
        n_nodes += words[i].n - (i ? shared(&words[i - 1], &words[i]) : 0);
        if (words[i].n > longest) longest = words[i].n;
    }
    *t = (ht_trie){.n_places = n_nodes + n_nodes / 3 + 1};
    mark_openings(t, a, words, n);
    ht_trie_node *nodes = HT_ARRAY(a, ht_trie_node, t->n_places + 1);
    for (uint32_t i = 0; i <= t->n_places; i++)
        nodes[i] = (ht_trie_node){HT_TRIE_NONE, 0, HT_TRIE_NONE, 0};
    uint32_t *path = HT_ARRAY(a, uint32_t, longest + 1); /* nodes of the word before, by depth */
    for (size_t i = 0; i < n; i++) {
        const ht_trie_word *w = &words[i];
        for (uint32_t k = i ? shared(&words[i - 1], w) : 0; k < w->n; k++)
            path[k + 1] = add_child(t, nodes, path[k], w->c[k]);
        if (!w->n) continue;
        if (nodes[path[w->n]].value == HT_TRIE_NONE) nodes[path[w->n]].value = w->value;
    }
    t->nodes = nodes;
}

size_t ht_trie_longest_walk(const ht_trie *t, const uint32_t *c, size_t n, uint32_t *value) {
    size_t best = 0;
    uint32_t node = 0;
    for (size_t i = 0; i < n; i++) {
        node = ht_trie_step(t, node, c[i]);
        if (!node) break;
        if (ht_trie_value(t, node) != HT_TRIE_NONE) {
            best = i + 1;
            *value = ht_trie_value(t, node);
        }
    }
    return best;
}

static size_t pair_words(uint32_t shift) {
    return (size_t)1 << (32 - shift - 5);
}

size_t ht_trie_stored_words(const ht_trie *t) {
    return HEADER + 2 * FIRST_WORDS + pair_words(t->pair_shift) +
           NODE_WORDS * ((size_t)t->n_places + 1);
}

void ht_trie_store(const ht_trie *t, uint32_t *out) {
    size_t n_pairs = pair_words(t->pair_shift);
    out[0] = MAGIC;
    out[1] = t->n_places;
    out[2] = t->pair_shift;
    out[3] = 0;
    out += HEADER;
    memcpy(out, t->first, FIRST_WORDS * sizeof *out);
    memcpy(out + FIRST_WORDS, t->alone, FIRST_WORDS * sizeof *out);
    memcpy(out + 2 * FIRST_WORDS, t->pairs, n_pairs * sizeof *out);
    memcpy(out + 2 * FIRST_WORDS + n_pairs, t->nodes, (t->n_places + (size_t)1) * sizeof *t->nodes);
}

bool ht_trie_open(ht_trie *t, const uint32_t *block, size_t n_words) {
    if (n_words < HEADER + 2 * FIRST_WORDS || block[0] != MAGIC) return false;
    if (block[2] < 32 - PAIR_BITS_MOST || block[2] > 32 - PAIR_BITS_LEAST) return false;
    const uint32_t *first = block + HEADER, *pairs = first + 2 * FIRST_WORDS;
    *t = (ht_trie){.first = first,
                   .alone = first + FIRST_WORDS,
                   .pairs = pairs,
                   .nodes = (const ht_trie_node *)(pairs + pair_words(block[2])),
                   .n_places = block[1],
                   .pair_shift = block[2]};
    return n_words >= ht_trie_stored_words(t);
}
