/* A run of numeral characters -> an exact value; internal to this folder.
 *
 * Reads 12,345.6万  三千二三百  十几万  五千余万  3万4000  二〇二五  零点五  百三  数十  and stops
 * before what belongs to the unit (3千米). The run is capped at NUMERAL_TOKENS parts; one pass, no
 * way back.
 */
#ifndef HT_EXTRACT_QUANTITY_NUMERAL_H
#define HT_EXTRACT_QUANTITY_NUMERAL_H

#include "extract/quantity/lexicon.h"

enum { NUMERAL_TOKENS = 64, NUMERAL_DIGITS = 64 };

typedef struct {
    uint32_t start, end;
    ht_number value;     /* not known for several */
    ht_number low, high; /* several: 三四十, 数百, 几 */
    ht_number step;
    ht_qualifier approx;   /* HT_EXACT, HT_OVER (余 多 几 上), HT_ABOUT (来 把), HT_SEVERAL */
    bool arabic;           /* begins with an Arabic digit */
    bool grouped, decimal; /* of the first Arabic number */
    bool leading_zero;
    uint32_t n_digits; /* Arabic digits before the point; length of a positional run */
    bool positional;   /* 二〇二五, 一七二零 */
    bool scaled;       /* has 十 or a larger word */
    int big;           /* power of the closing 万 or 亿, 0 if none */
    int small;         /* power of a closing 百 or 千 directly behind a single digit, else 0 */
    bool bare_scale;   /* begins with 百 千 万 without a digit */
    bool formal;       /* all characters are bank forms */
    bool pair;         /* two adjacent digits: 三四十 */
    bool cut;          /* longer than the cap: no number */
} numeral;

/* Reads the numeral at c[at]; false if none begins there. */
bool numeral_read(const ht_lexicon *l, const uint32_t *c, uint32_t n, uint32_t at, numeral *out);

static inline bool is_ascii_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}
static inline bool is_ascii_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/* Is c one of the characters of this UTF-8 literal? */
bool glyph_in(uint32_t c, const char *set);
/* Can a numeral begin or go on with c? */
static inline bool is_numeral_char(const ht_lexicon *l, uint32_t c) {
    return is_ascii_digit(c) || glyph_of(l, c).role != GLYPH_NONE;
}

#endif
