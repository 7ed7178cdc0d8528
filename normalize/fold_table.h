/* The layout of the tables from code point to code point, shared with data/build/: 32-bit words.
 *
 *   [0] the number of pages; [1 ..] the page of each block of 256 code points, 0: every character
 *   stands for itself; a bit for each character of the BMP that does not stand for itself, so that
 *   plain text stays within 8 KB; then the pages, 256 words each, 0: itself
 */
#ifndef HT_NORMALIZE_FOLD_TABLE_H
#define HT_NORMALIZE_FOLD_TABLE_H

#include <stdint.h>

enum {
    FOLD_PAGE = 256,
    FOLD_BLOCKS = 0xE02, /* up to the last variation selector */
    FOLD_BMP = 0x10000,
    FOLD_BITS = 1 + FOLD_BLOCKS, /* where the bits begin */
    FOLD_HEADER = FOLD_BITS + FOLD_BMP / 32,
    FOLD_DROPPED = 0x110000, /* stands for nothing */
    FOLD_TIMES_BIT = 24,     /* in ascii-marks.bin: how often the character stands, from here on */
    FOLD_MAX_TIMES = 7,
};

static inline uint32_t fold_look_up(const uint32_t *words, uint32_t c) {
    if (c < FOLD_BMP && !(words[FOLD_BITS + c / 32] >> (c % 32) & 1)) return c;
    if (c >= FOLD_BLOCKS * FOLD_PAGE) return c;
    uint32_t page = words[1 + c / FOLD_PAGE];
    if (!page) return c;
    uint32_t into = words[FOLD_HEADER + (page - 1) * FOLD_PAGE + c % FOLD_PAGE];
    return into ? into : c;
}

#endif
