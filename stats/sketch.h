/* An article's text -> its sketch: what copies are told by. Inner to stats/.
 *
 * Three answers about two texts, none of which needs the texts:
 *   the same text   `same`, a hash of the characters without white space and punctuation
 *   alike           `slots`, a MinHash of the ideographs four by four, numerals left out: how much
 * of what they say is said in the same words same numbers    `numerals`, their sequence of numerals
 * and dates (agree.h) Characters are folded to simplified ones (ht_fold), so script makes no
 * difference. What mirrors change is left out: the title (the first line), and what stands before
 * the first and behind the last line of sentences - headlines, bylines, who edited it. Refuses
 * nothing; a text of fewer than SKETCH_MIN_CHARS ideographs is `same` as another or nothing. Costs
 * one pass over the text.
 */
#ifndef HT_STATS_SKETCH_H
#define HT_STATS_SKETCH_H

#include "base/str.h"
#include "extract/quantity/quantity.h"

enum { SKETCH_SLOTS = 128, SKETCH_SAME = 16, SKETCH_MIN_CHARS = 32 };

typedef struct {
    unsigned char same[SKETCH_SAME];
    unsigned char slots[SKETCH_SLOTS]; /* zeros where not comparable */
    bool comparable;                   /* long enough for `slots` to mean something */
    unsigned char n_gaps;              /* damaged places, up to AGREE_MAX_GAPS: agree.h */
    ht_str numerals;                   /* arena, or what it was unpacked from */
} sketch;

/* text: UTF-8 in any script, read up to the first malformed byte. lexicon: which characters are
 * numerals; repairs: the column of articles.csv. false: there is nothing in it to compare. */
bool sketch_make(sketch *s, ht_arena *a, const ht_lexicon *lexicon, ht_str text, ht_str repairs);
/* How many slots agree: SKETCH_SLOTS times the share of the four-character pieces of both texts
 * that they have in common, with an error of some five. */
int sketch_alike(const sketch *a, const sketch *b);

/* As bytes, the same on every machine; back: false for bytes that are no sketch. `numerals` borrows
 * them. */
void sketch_pack(ht_buf *b, const sketch *s);
bool sketch_unpack(sketch *s, ht_str bytes);
/* The same as hexadecimal digits. Back: numerals in the arena. */
void sketch_put_hex(ht_buf *b, const sketch *s);
bool sketch_read_hex(sketch *s, ht_arena *a, ht_str hex);

#endif
