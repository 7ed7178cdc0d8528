/* The layout of the compiled decoding tables, shared with data/build/charsets.c.
 *
 * Sections of 32-bit words in the machine's byte order, a code point each, 0: no character.
 */
#ifndef HT_NORMALIZE_CHARSET_TABLES_H
#define HT_NORMALIZE_CHARSET_TABLES_H

#include <stdint.h>

enum {
    GB2_N = 126 * 190,
    GB4_N = 39420,
    BIG5_N = 126 * 157,
    EUC_TW_PLANES = 16, /* of CNS 11643; the C library has 1 to 7 and 15 */
    PLANE_N = 94 * 94,
    EUC_TW_N = EUC_TW_PLANES * PLANE_N,
    TABLE_GB2 = 0,
    TABLE_GB4 = TABLE_GB2 + GB2_N,
    TABLE_BIG5 = TABLE_GB4 + GB4_N,
    TABLE_EUC_TW = TABLE_BIG5 + BIG5_N,
    TABLE_IR_165 = TABLE_EUC_TW + EUC_TW_N,
    TABLE_1252 = TABLE_IR_165 + PLANE_N,
    TABLE_GB_80 = TABLE_1252 + 32, /* the single byte 0x80 in GB18030 */
    TABLE_GB_OF = TABLE_GB_80 + 1, /* 65536 pairs of bytes, two a word */
    TABLE_BIG5_OF = TABLE_GB_OF + 32768,
    TABLE_BIG5_ASTRAL = TABLE_BIG5_OF + 32768, /* BIG5_ASTRAL_N pairs: code point, bytes; sorted */
    BIG5_ASTRAL_N = 2048,                      /* the last ones unused: code point UINT32_MAX */
    TABLE_WORDS = TABLE_BIG5_ASTRAL + 2 * BIG5_ASTRAL_N,
};

/* The index of a two-byte form; b is in 40..7E or 80..FE. */
static inline uint32_t gb_pair(uint32_t a, uint32_t b) {
    return (a - 0x81) * 190 + b - 0x40 - (b > 0x7F);
}

static inline uint32_t gb_four(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    return (((a - 0x81) * 10 + b - 0x30) * 126 + c - 0x81) * 10 + d - 0x30;
}

/* b is in 40..7E or A1..FE. */
static inline uint32_t big5_pair(uint32_t a, uint32_t b) {
    return (a - 0x81) * 157 + b - 0x40 - 0x22 * (uint32_t)(b > 0x7F);
}

static inline uint32_t euc_tw_place(uint32_t plane, uint32_t a, uint32_t b) {
    return plane * PLANE_N + (a - 0xA1) * 94 + b - 0xA1;
}

#endif
