/* Clean traditional text -> the text that a conversion site made of it, with the way back.
 *
 * What such a site does to a paragraph, in this order, on GB18030 bytes:
 *   1. The keys A3A1 A3AC A3BF A3BB (！，？；) are searched byte by byte, and the text is cut at
 *      them, also where one lies across two characters: the byte before it is then an orphan.
 *      Each piece is decoded by itself and the keys are written between them. A first byte without
 *      a second one becomes one `?`, which takes an ASCII byte behind it with it (a digit, the `<`
 *      of `</p>`); or the orphan vanishes and takes nothing.
 *   2. In the bytes of that a reading is put behind the two bytes of every traditional-only
 *      character that is on the site's list, `網(wǎng)`, also where these bytes lie across two
 *      characters. The whole is decoded, by the same rules; here a `(` may be what a `?` takes.
 *   3. The marks ，！？；：（） may be folded to ASCII.
 * The order shows in real documents: `?，F(xiàn)在` of 。現在 has a reading behind a character that
 * begins in a key, and a run that begins at a reading goes on across a ，. That a `?` takes both
 * bytes of a bad pair is code page 936; there the byte 0x80 alone is €.
 *
 * A run is damaged text between two characters that came through whole. Lost is a character of
 * which a byte is gone and neither a key nor a reading behind it says which: an eaten ASCII byte
 * and the character before it.
 */
#ifndef HT_BENCH_SHIFT_DAMAGE_H
#define HT_BENCH_SHIFT_DAMAGE_H

#include "normalize/offsets.h"

typedef enum { DAMAGE_A, DAMAGE_B, DAMAGE_C, DAMAGE_C_GLOSS, DAMAGE_KINDS } damage_kind;

typedef struct {
    bool fold;            /* step 3 is done */
    bool vanish;          /* orphans vanish: kinds C (at a key) and C gloss (at a reading) */
    const bool *carriers; /* [65536] borrows: the characters that step 2 looks for */
} damage_style;

typedef struct {
    ht_span damaged; /* bytes of the damaged text */
    size_t from, to; /* the clean characters that belong there */
    damage_kind kind;
} damage_run;

typedef struct {
    bool fold;
    ht_str damaged;
    uint32_t *clean; /* characters; folded as the damaged text is */
    bool *lost;      /* of each clean character */
    size_t *at;      /* its place in the damaged text if it came through whole, else SIZE_MAX */
    size_t n_clean;
    damage_run *runs;
    size_t n_runs, cap_runs;
    ht_span *glosses; /* readings behind whole characters */
    size_t n_glosses, cap_glosses;
    size_t n_run_glosses; /* readings inside runs */
} damaged_text;

/* Reads the readings of characters (hex, tab, readings). Ends the program if it cannot. */
void shift_damage_init(const char *readings);
void shift_damage(ht_arena *a, ht_str clean, damage_style style, damaged_text *out);
/* Is c a traditional-only character with a reading; a common one? */
bool damage_is_listable(uint32_t c, bool *common);
/* ，！？；：（） -> ASCII. */
uint32_t damage_folded(uint32_t c);

#endif
