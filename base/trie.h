/* A read-only trie over code points: the dictionary of every stage.
 *
 * Built once (at compile time into a table, or at start-up from a codebook), then shared by all
 * workers. A stored trie is one block of 32-bit words in the machine's byte order, so that it can
 * be linked into the program and used where it lies.
 *
 * The nodes stand in a hash table, each under its parent and the character that leads to it. Most
 * characters begin no word (a bit says so), and most nodes have no such child (32 bits in the node
 * say so), so a miss seldom leaves what is in the cache. Where a text is looked through from end to
 * end, ht_trie_opens asks two characters at once, without the nodes. Cost: a probe a step, about 21
 * bytes a node.
 */
#ifndef HT_BASE_TRIE_H
#define HT_BASE_TRIE_H

#include "base/str.h"

#define HT_TRIE_NONE UINT32_MAX

typedef struct {
    uint32_t parent; /* HT_TRIE_NONE: the root, or an empty place */
    uint32_t c;      /* the character that leads here from the parent */
    uint32_t value;  /* HT_TRIE_NONE: no word ends here */
    uint32_t filter; /* a bit for each child's character modulo 32 */
} ht_trie_node;

typedef struct {
    const uint32_t *first; /* [2048] a bit for each character of the BMP that begins a word */
    const uint32_t *alone; /* [2048] the same for words of one character */
    const uint32_t *pairs; /* a bit for the hash of each first pair of characters */
    const ht_trie_node *nodes; /* the root is node 0; [1, n_places] is the hash table */
    uint32_t n_places;
    uint32_t pair_shift; /* 32 - log2 of the bits in pairs */
} ht_trie;

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

/* Does a word begin with c? For characters outside the BMP: may one? */
static inline bool ht_trie_begins(const ht_trie *t, uint32_t c) {
    return c >= 65536 || (t->first[c / 32] >> (c % 32) & 1);
}
static inline bool ht_trie_bit(const uint32_t *bits, uint32_t i) {
    return bits[i / 32] >> (i % 32) & 1;
}
static inline uint32_t ht_trie_pair(uint32_t c, uint32_t next, uint32_t shift) {
    return (c * 0x9E3779B1u + next * 0x85EBCA77u) >> shift;
}
/* May a word begin with c and go on with next, or end behind c? False is certain. */
static inline bool ht_trie_opens(const ht_trie *t, uint32_t c, uint32_t next) {
    if (!ht_trie_begins(t, c)) return false;
    return ht_trie_bit(t->pairs, ht_trie_pair(c, next, t->pair_shift)) || c >= 65536 ||
           ht_trie_bit(t->alone, c);
}
/* Where the search for a child begins: a place of the hash table. */
static inline uint32_t ht_trie_place(const ht_trie *t, uint32_t node, uint32_t c) {
    uint64_t mixed = ((uint64_t)node << 21 | c) * 0x9E3779B97F4A7C15u >> 32;
    return 1 + (uint32_t)(mixed * t->n_places >> 32);
}
/* One step from node (0: the root) along c; 0 when there is no such child. */
static inline uint32_t ht_trie_step(const ht_trie *t, uint32_t node, uint32_t c) {
    if (!node && !ht_trie_begins(t, c)) return 0;
    if (!(t->nodes[node].filter >> (c % 32) & 1)) return 0;
    for (uint32_t at = ht_trie_place(t, node, c);; at = at == t->n_places ? 1 : at + 1) {
        const ht_trie_node *child = &t->nodes[at];
        if (child->parent == node && child->c == c) return at;
        if (child->parent == HT_TRIE_NONE) return 0;
    }
}
static inline uint32_t ht_trie_value(const ht_trie *t, uint32_t node) {
    return t->nodes[node].value;
}
size_t ht_trie_longest_walk(const ht_trie *t, const uint32_t *c, size_t n, uint32_t *value);
/* Length in code points of the longest word at the start of c[0..n), 0 if none; *value gets its
 * value. */
static inline size_t ht_trie_longest(const ht_trie *t, const uint32_t *c, size_t n,
                                     uint32_t *value) {
    if (!n || !ht_trie_opens(t, c[0], n > 1 ? c[1] : 0)) return 0;
    return ht_trie_longest_walk(t, c, n, value);
}

/* The stored form, as 32-bit words. ht_trie_open borrows the block (4-aligned); false if it is not
 * one. */
size_t ht_trie_stored_words(const ht_trie *t);
void ht_trie_store(const ht_trie *t, uint32_t *out);
bool ht_trie_open(ht_trie *t, const uint32_t *block, size_t n_words);

#endif
