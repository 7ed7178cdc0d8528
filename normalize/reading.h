/* What a damaged place may have been: readings, how likely each is, and the likeliest of them.
 *
 * A reading counts only if doing the damage again gives the damaged text. Its gain is by how much
 * the language model prefers it to the damaged text, both in their context, length-neutral. The
 * best few are weighed once more by the words that they make. Cost: a look at each character of a
 * run for each way in which it ends, a few bigrams for each character that it may begin or end
 * with, and for READINGS_KEPT readings a division into words; place.work counts it in bigrams.
 */
#ifndef HT_NORMALIZE_READING_H
#define HT_NORMALIZE_READING_H

#include "normalize/damage.h"
#include "normalize/shift.h"

enum {
    CONTEXT_BEFORE = 6,
    CONTEXT_BEHIND = 2,
    GLOSSES_PASSED = 2, /* in a row, on the way to a character of the context */
    READINGS_KEPT = 16,
    WORDS_PERCENT = 50, /* of a nat by words that counts beside a nat by bigrams */
    /* characters of damaged text that a reading takes in: a gloss behind each, and a tag's rest */
    PLACE_MOST = (SHIFT_MAX_RUN + 2) * (GLOSS_MAX_LETTERS + 3) + 32,
};

typedef struct {
    int64_t gain;  /* 1/64 nat */
    int64_t words; /* cost of its words in their context */
    ht_repair_kind kind;
    bool exact; /* no other reading is possible: all its bytes are there, or its gloss says them */
    bool guessed; /* the last character is the model's guess */
    bool mark;    /* a character was lost behind the run */
    size_t end;   /* of the damaged text, a tag's rest included */
    size_t n_out;
    uint32_t out[SHIFT_MAX_OUT];
} reading;

/* The cost of some text by bigrams. */
typedef struct {
    int64_t cost;
    uint32_t n, last; /* characters counted, the model's id of the last one */
} bigram_sum;

/* A run with the way in which it ends, before its first and last character are known. */
typedef struct {
    reading r; /* without gain; out: what is known */
    size_t from, run_end;
    bool lost, at_end, tag, checked, redamaged;
    bigram_sum known;                /* within r.out */
    uint32_t first_id;               /* of r.out */
    uint32_t behind[CONTEXT_BEHIND]; /* ids of the characters behind r.end */
    size_t n_behind;
} run_reading;

/* A place of a text with a sign of damage. */
typedef struct {
    const uint32_t *c; /* the text */
    size_t n;
    size_t at;
    bool proved; /* the document is known to be damaged */
    bool quoted; /* a quotation is open */
    uint32_t before[CONTEXT_BEFORE];
    size_t n_before;
    bigram_sum sums[PLACE_MOST + 1]; /* of the context and c[at, at + i), those known so far */
    size_t n_sums;
    run_reading run;
    reading top[READINGS_KEPT]; /* by gain, best first */
    size_t n_readings;
    uint64_t work; /* bigrams looked up, or as much work */
} damaged_place;

/* Begins at p->at, with no reading. */
void reading_begin(damaged_place *p);
/* The run behind the sign begins at `from` and ends as k says. `chosen`: a character whose first
 * byte is gone stands before it. */
void reading_open(damaged_place *p, ht_repair_kind kind, bool chosen, const closing *k,
                  size_t from);
/* Weighs the open run with its chosen first and its guessed last character, 0 where it has none. */
void reading_weigh(damaged_place *p, uint32_t first, uint32_t last);
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
