#include "base/trie.h"

#include <stdlib.h>
#include <string.h>

enum { ROOT = 65536, FIRST = ROOT / 32, HEADER = 4, MAGIC = 0x68745432 };

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

/* Breadth first, so that the edges of a node are neighbours and a node's edges end where the next
 * node's begin. A node stands for the words [from, to) that share their first `depth` characters.
 */
typedef struct {
    uint32_t from, to, depth;
} span;

void ht_trie_build(ht_trie *t, ht_arena *a, ht_trie_word *words, size_t n) {
    ht_trie_word *sorted = HT_ARRAY(a, ht_trie_word, n);
    size_t k = 0, n_chars = 0;
    if (n) qsort(words, n, sizeof *words, ht_trie_word_cmp);
    for (size_t i = 0; i < n; i++) {
        if (!words[i].n || (k && ht_trie_word_same(&sorted[k - 1], &words[i]))) continue;
        sorted[k++] = words[i];
        n_chars += words[i].n;
    }
    uint32_t *first = HT_ARRAY(a, uint32_t, FIRST);
    uint32_t *root = HT_ARRAY(a, uint32_t, ROOT);
    uint32_t *nodes = HT_ARRAY(a, uint32_t, 2 * (n_chars + 2));
    uint32_t *edges = HT_ARRAY(a, uint32_t, 2 * (n_chars + 1));
    span *spans = HT_ARRAY(a, span, n_chars + 2);
    uint32_t n_nodes = 1, n_edges = 0;
    spans[0] = (span){0, (uint32_t)k, 0};
    for (uint32_t node = 0; node < n_nodes; node++) {
        span s = spans[node];
        uint32_t i = s.from;
        nodes[2 * node] = n_edges;
        nodes[2 * node + 1] = HT_TRIE_NONE;
        if (node && sorted[i].n == s.depth) nodes[2 * node + 1] = sorted[i++].value;
        while (i < s.to) {
            uint32_t c = sorted[i].c[s.depth], from = i;
            while (i < s.to && sorted[i].c[s.depth] == c) i++;
            spans[n_nodes] = (span){from, i, s.depth + 1};
            if (!node && c < ROOT) {
                root[c] = n_nodes;
                first[c / 32] |= 1u << (c % 32);
            }
            edges[2 * n_edges] = c;
            edges[2 * n_edges + 1] = n_nodes;
            n_edges++;
            n_nodes++;
        }
    }
    nodes[2 * n_nodes] = n_edges;
    *t = (ht_trie){first, root, nodes, edges, n_nodes, n_edges};
}

uint32_t ht_trie_edge(const ht_trie *t, uint32_t node, uint32_t c) {
    uint32_t low = t->nodes[2 * node], high = t->nodes[2 * node + 2];
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (t->edges[2 * mid] < c)
            low = mid + 1;
        else
            high = mid;
    }
    return low < t->nodes[2 * node + 2] && t->edges[2 * low] == c ? t->edges[2 * low + 1] : 0;
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
    return HEADER + FIRST + ROOT + 2 * ((size_t)t->n_nodes + 1) + 2 * (size_t)t->n_edges;
}

void ht_trie_store(const ht_trie *t, uint32_t *out) {
    out[0] = MAGIC;
    out[1] = t->n_nodes;
    out[2] = t->n_edges;
    out[3] = 0;
    out += HEADER;
    memcpy(out, t->first, FIRST * sizeof *out);
    out += FIRST;
    memcpy(out, t->root, ROOT * sizeof *out);
    out += ROOT;
    memcpy(out, t->nodes, 2 * ((size_t)t->n_nodes + 1) * sizeof *out);
    out += 2 * ((size_t)t->n_nodes + 1);
    if (t->n_edges) memcpy(out, t->edges, 2 * (size_t)t->n_edges * sizeof *out);
}

bool ht_trie_open(ht_trie *t, const uint32_t *block, size_t n_words) {
    if (n_words < HEADER + FIRST + ROOT || block[0] != MAGIC) return false;
    *t = (ht_trie){.first = block + HEADER,
                   .root = block + HEADER + FIRST,
                   .nodes = block + HEADER + FIRST + ROOT,
                   .edges = block + HEADER + FIRST + ROOT + 2 * ((size_t)block[1] + 1),
                   .n_nodes = block[1],
                   .n_edges = block[2]};
    return n_words >= ht_trie_stored_words(t);
}
