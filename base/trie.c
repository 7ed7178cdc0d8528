#include "base/trie.h"

#include <stdlib.h>
#include <string.h>

enum { BMP = 65536, FIRST_WORDS = BMP / 32, NODE_WORDS = 4, HEADER = 4, MAGIC = 0x68745433 };

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
    uint32_t *first = HT_ARRAY(a, uint32_t, FIRST_WORDS);
    *t = (ht_trie){.first = first, .n_places = n_nodes + n_nodes / 3 + 1};
    ht_trie_node *nodes = HT_ARRAY(a, ht_trie_node, t->n_places + 1);
    for (uint32_t i = 0; i <= t->n_places; i++)
        nodes[i] = (ht_trie_node){HT_TRIE_NONE, 0, HT_TRIE_NONE, 0};
    uint32_t *path = HT_ARRAY(a, uint32_t, longest + 1); /* nodes of the word before, by depth */
    for (size_t i = 0; i < n; i++) {
        const ht_trie_word *w = &words[i];
        for (uint32_t k = i ? shared(&words[i - 1], w) : 0; k < w->n; k++)
            path[k + 1] = add_child(t, nodes, path[k], w->c[k]);
        if (!w->n) continue;
        if (w->c[0] < BMP) first[w->c[0] / 32] |= 1u << (w->c[0] % 32);
        if (nodes[path[w->n]].value == HT_TRIE_NONE) nodes[path[w->n]].value = w->value;
    }
    t->nodes = nodes;
}

size_t ht_trie_longest(const ht_trie *t, const uint32_t *c, size_t n, uint32_t *value) {
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

size_t ht_trie_stored_words(const ht_trie *t) {
    return HEADER + FIRST_WORDS + NODE_WORDS * ((size_t)t->n_places + 1);
}

void ht_trie_store(const ht_trie *t, uint32_t *out) {
    out[0] = MAGIC;
    out[1] = t->n_places;
    out[2] = out[3] = 0;
    memcpy(out + HEADER, t->first, FIRST_WORDS * sizeof *out);
    memcpy(out + HEADER + FIRST_WORDS, t->nodes, (t->n_places + (size_t)1) * sizeof *t->nodes);
}

bool ht_trie_open(ht_trie *t, const uint32_t *block, size_t n_words) {
    if (n_words < HEADER + FIRST_WORDS || block[0] != MAGIC) return false;
    *t = (ht_trie){.first = block + HEADER,
                   .nodes = (const ht_trie_node *)(block + HEADER + FIRST_WORDS),
                   .n_places = block[1]};
    return n_words >= ht_trie_stored_words(t);
}
