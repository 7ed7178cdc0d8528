/* The words of data/figure-words.tsv in a passage: which classes of word begin where.
 *
 * One left-to-right pass, the longest word at each place; the words do not overlap.
 */
#ifndef HT_EXTRACT_FIGURE_WORDS_H
#define HT_EXTRACT_FIGURE_WORDS_H

#include "extract/passage/passage.h"

/* Bits, in the order of class_names in words.c. */
enum {
    W_ADVERB = 1 << 0,
    W_BASE = 1 << 1,
    W_COMPARE = 1 << 2,
    W_CUMULATIVE = 1 << 3,
    W_DECREASE = 1 << 4,
    W_ESTIMATED = 1 << 5,
    W_FLOW = 1 << 6,
    W_HEAD = 1 << 7,
    W_INCREASE = 1 << 8,
    W_PART = 1 << 9,
    W_PLANNED = 1 << 10,
    W_PREDICATE = 1 << 11,
    W_ROLE = 1 << 12,
    W_SAID = 1 << 13,
    W_STOCK = 1 << 14,
    W_EVENT = 1 << 15,
    W_PROCESS = 1 << 16,
    W_SHELL = 1 << 17,
    W_DEICTIC = 1 << 18,
    W_FACT = 1 << 19,
    W_OBJECT = 1 << 20,
    W_PROSPECT = 1 << 21,
    W_REST = 1 << 22,
    W_COPULA = 1 << 23,
    W_GOAL = 1 << 24,
};

/* These say nothing of what stands between a noun and its number. */
enum { W_CONTENT = W_HEAD | W_FACT | W_OBJECT | W_PROSPECT | W_GOAL };

typedef struct {
    const uint32_t *classes; /* [n]: classes of the word that begins here, 0: none */
    const uint8_t *length;   /* [n]: its length in code points, 0: none begins here */
} words;

/* Arena; both arrays have p->n entries. */
void cues_mark(words *w, ht_arena *a, const ht_passage *p);
/* The word nearest before `end` and not before `start` that has one of `classes`; UINT32_MAX: none.
 */
uint32_t cues_last(const words *w, uint32_t start, uint32_t end, unsigned classes);
uint32_t cues_first(const words *w, uint32_t start, uint32_t end, unsigned classes);
/* Classes of the longest word at `at`, whether or not the pass above stopped there; *length gets
 * its length. */
unsigned cue_at(const ht_passage *p, uint32_t at, uint32_t end, uint32_t *length);
/* Does a word of class prospect begin at `at`, be it within a longer word (新 of 新增)? */
bool prospect_at(const ht_passage *p, uint32_t at, uint32_t end);

#endif
