/* What a damaged place may have been: readings, how likely each is, and the likeliest of them.
 *
 * A reading counts only if doing the damage again gives the damaged text. Its gain is by how much
 * the language model prefers it to the damaged text, both in their context, length-neutral. The
 * best few are weighed once more by the words that they make. Cost: two sums of bigrams a reading,
 * and for READINGS_KEPT of them a division into words.
 */
#ifndef HT_NORMALIZE_READING_H
#define HT_NORMALIZE_READING_H

#include "normalize/normalize.h"
#include "normalize/shift.h"

enum {
    CONTEXT_BEFORE = 6,
    READINGS_KEPT = 16,
    WORDS_PERCENT = 50, /* of a nat by words that counts beside a nat by bigrams */
};

typedef struct {
    int64_t gain;  /* 1/64 nat */
    int64_t words; /* cost of its words in their context */
    ht_repair_kind kind;
    bool exact;
    bool guessed; /* the last character is the model's guess */
    bool mark;    /* a character was lost behind the run */
    size_t end;   /* of the damaged text, a tag's rest included */
    size_t n_out;
    uint32_t out[SHIFT_MAX_OUT];
} reading;

/* A place of a text with a sign of damage. */
typedef struct {
    const uint32_t *c; /* the text */
    size_t n;
    size_t at;
    bool proved; /* the document is known to be damaged */
    bool quoted; /* a quotation is open */
    uint32_t before[CONTEXT_BEFORE];
    size_t n_before;
    reading top[READINGS_KEPT]; /* by gain, best first */
    size_t n_readings;
} damaged_place;

/* Begins at p->at, with no reading. */
void reading_begin(damaged_place *p);
/* Weighs r, whose kind and out are set: the run behind the sign begins at `from` and ends as k says. */
void reading_weigh(damaged_place *p, reading *r, const closing *k, size_t from);
/* Weighs the best ones by their words, so that top[0] is the best of all. */
void reading_rank(damaged_place *p);
/* Do two readings agree in all that is not guessed? */
bool reading_same(const reading *a, const reading *b);

/* ！ ， ？ ； between the bytes of which a conversion site put its marks, or their ASCII forms. */
bool reading_is_marker(uint32_t c);
uint32_t reading_narrow(uint32_t c);
/* Where the gloss that ends before `end` starts, or `end`. */
size_t reading_gloss_before(const uint32_t *c, size_t end);

#endif
