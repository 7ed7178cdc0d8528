/* A read-only trie over code points: the dictionary of every stage.
 *
 * Built once (at compile time into a table, or at start-up from a codebook), then shared by all
 * workers. A stored trie is one block of 32-bit words in the machine's byte order, so that it can
 * be linked into the program and used where it lies.
 *
 * Cost: one table look-up for the first character (most text fails there), a binary search in the
 * node's edges for each further one. 8 bytes a node and 8 bytes an edge, 264 KiB for the root.
 */
#ifndef HT_BASE_TRIE_H
#define HT_BASE_TRIE_H

#include "base/str.h"

typedef struct {
    const uint32_t
        *first; /* [2048] a bit for each of the root, so that most misses stay in the cache */
    const uint32_t *root;  /* [65536] node of a first character of the BMP, 0: none */
    const uint32_t *nodes; /* pairs: first edge, value (HT_TRIE_NONE: no word ends here) */
    const uint32_t *edges; /* pairs: code point, node; sorted within a node */
    uint32_t n_nodes, n_edges;
} ht_trie;

#define HT_TRIE_NONE UINT32_MAX

typedef struct {
    const uint32_t *c; /* borrows: the word's code points */
    uint32_t n;
    uint32_t value; /* below HT_TRIE_NONE */
} ht_trie_word;

/* Order of words for qsort: by code points, the shorter first, then by value. */
int ht_trie_word_cmp(const void *a, const void *b);
/* The same code points? */
bool ht_trie_word_same(const ht_trie_word *a, const ht_trie_word *b);

/* Builds a trie in the arena. words is sorted in place; of equal words the smallest value stays.
 * Empty words are left out. */
void ht_trie_build(ht_trie *t, ht_arena *a, ht_trie_word *words, size_t n);

uint32_t ht_trie_edge(const ht_trie *t, uint32_t node, uint32_t c);
/* One step from node (0: the root) along c; 0 when there is no such edge. */
static inline uint32_t ht_trie_step(const ht_trie *t, uint32_t node, uint32_t c) {
    if (node || c >= 65536) return ht_trie_edge(t, node, c);
    return t->first[c / 32] >> (c % 32) & 1 ? t->root[c] : 0;
}
static inline uint32_t ht_trie_value(const ht_trie *t, uint32_t node) {
    return t->nodes[2 * node + 1];
}
/* Length in code points of the longest word at the start of c[0..n), 0 if none; *value gets its
 * value. */
size_t ht_trie_longest(const ht_trie *t, const uint32_t *c, size_t n, uint32_t *value);

/* The stored form, as 32-bit words. ht_trie_open borrows the block (4-aligned); false if it is not
 * one. */
size_t ht_trie_stored_words(const ht_trie *t);
void ht_trie_store(const ht_trie *t, uint32_t *out);
bool ht_trie_open(ht_trie *t, const uint32_t *block, size_t n_words);

#endif
