/* charsets OUT charset_fixes.tsv -> the decoding tables of normalize/units.c.
 *
 * Filled from the C library's iconv on the building machine, then corrected by the fixes. 32-bit
 * words: the sections of normalize/charset_tables.h, in their order; a code point each, 0: none.
 */
#include "normalize/charset_tables.h"

#include "data/build/inputs.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

static uint32_t words[TABLE_WORDS];

static iconv_t decoder(const char *charset) {
    iconv_t d = iconv_open("UCS-4LE", charset);
    if (d == (iconv_t)-1) input_fail("iconv cannot decode", charset);
    return d;
}

/* The one code point of the bytes; 0 when they are malformed or give several. */
static uint32_t code_point(iconv_t d, const unsigned char *bytes, size_t n) {
    char in[8], out[16] = {0};
    char *from = in, *into = out;
    size_t left = n, room = sizeof out;
    memcpy(in, bytes, n);
    iconv(d, NULL, NULL, NULL, NULL);
    if (iconv(d, &from, &left, &into, &room) == (size_t)-1 || left) return 0;
    iconv(d, NULL, NULL, &into, &room);
    if (sizeof out - room != 4) return 0;
    const unsigned char *o = (const unsigned char *)out;
    return (uint32_t)o[0] | (uint32_t)o[1] << 8 | (uint32_t)o[2] << 16 | (uint32_t)o[3] << 24;
}

static void fill_pairs(const char *charset, uint32_t *(*place)(unsigned, unsigned)) {
    iconv_t d = decoder(charset);
    for (unsigned a = 0x81; a <= 0xFE; a++)
        for (unsigned b = 0x40; b <= 0xFE; b++) {
            unsigned char bytes[2] = {(unsigned char)a, (unsigned char)b};
            uint32_t *p = place(a, b);
            if (p) *p = code_point(d, bytes, 2);
        }
    iconv_close(d);
}

static uint32_t *gb_place(unsigned a, unsigned b) {
    return b == 0x7F ? NULL : &words[TABLE_GB2 + gb_pair(a, b)];
}

static uint32_t *big5_place(unsigned a, unsigned b) {
    return b > 0x7E && b < 0xA1 ? NULL : &words[TABLE_BIG5 + big5_pair(a, b)];
}

static void fill_four_byte(void) {
    iconv_t d = decoder("GB18030");
    for (unsigned i = 0; i < GB4_N; i++) {
        unsigned char bytes[4] = {
            (unsigned char)(0x81 + i / 12600), (unsigned char)(0x30 + i / 1260 % 10),
            (unsigned char)(0x81 + i / 10 % 126), (unsigned char)(0x30 + i % 10)};
        words[TABLE_GB4 + i] = code_point(d, bytes, 4);
    }
    iconv_close(d);
    /* The two rows that the C library gave to two-byte forms; the four-byte ones are valid too. */
    for (unsigned i = 0; i < 8; i++)
        words[TABLE_GB4 + gb_four(0x82, 0x35, 0x90, 0x37) + i] = 0x9FB4 + i;
    for (unsigned i = 0; i < 10; i++)
        words[TABLE_GB4 + gb_four(0x84, 0x31, 0x82, 0x36) + i] = 0xFE10 + i;
}

static void fill_euc_tw(void) {
    iconv_t d = decoder("EUC-TW");
    for (unsigned plane = 0; plane < EUC_TW_PLANES; plane++)
        for (unsigned a = 0xA1; a <= 0xFE; a++)
            for (unsigned b = 0xA1; b <= 0xFE; b++) {
                unsigned char bytes[4] = {0x8E, (unsigned char)(0xA1 + plane), (unsigned char)a,
                                          (unsigned char)b};
                words[TABLE_EUC_TW + euc_tw_place(plane, a, b)] = code_point(d, bytes, 4);
            }
    iconv_close(d);
}

/* ISO-IR-165: the one set of ISO-2022-CN that no other charset here has. */
static void fill_ir_165(void) {
    iconv_t d = decoder("ISO-2022-CN-EXT");
    for (unsigned a = 0x21; a <= 0x7E; a++)
        for (unsigned b = 0x21; b <= 0x7E; b++) {
            unsigned char bytes[7] = {
                0x1B, '$', ')', 'E', 0x0E, (unsigned char)a, (unsigned char)b};
            words[TABLE_IR_165 + euc_tw_place(0, a | 0x80, b | 0x80)] = code_point(d, bytes, 7);
        }
    iconv_close(d);
}

static void fill_1252(void) {
    iconv_t d = decoder("WINDOWS-1252");
    for (unsigned a = 0x80; a < 0xA0; a++) {
        unsigned char byte = (unsigned char)a;
        uint32_t c = code_point(d, &byte, 1);
        words[TABLE_1252 + a - 0x80] = c ? c : a;
    }
    iconv_close(d);
}

static void apply_fixes(const char *name) {
    ht_str rest = input_file(name), f[3];
    while (input_fields(&rest, f, 3)) {
        uint32_t bytes = input_code_point(f[1], name), c = input_code_point(f[2], name);
        unsigned a = bytes >> 8, b = bytes & 0xFF;
        if (bytes < 0x100)
            words[TABLE_GB_80] = c;
        else if (ht_str_eq(f[0], HT_S("GB18030")))
            *gb_place(a, b) = c;
        else
            *big5_place(a, b) = c;
    }
}

/* Of two pairs that Big5 has for a character the WHATWG encoder takes the second for these. */
static bool takes_last(uint32_t c) {
    return c == 0x2550 || c == 0x255E || c == 0x2561 || c == 0x256A || c == 0x5341 || c == 0x5345;
}

/* The pair of each BMP character, for the repair of damage: two 16-bit pairs a word. The rows from
 * A1 on come before the extensions. */
static void fill_reverse(uint32_t table, uint32_t *(*place)(unsigned, unsigned)) {
    for (unsigned row = 0; row < 126; row++)
        for (unsigned b = 0x40; b <= 0xFE; b++) {
            unsigned a = row < 94 ? 0xA1 + row : 0x81 + row - 94;
            uint32_t *p = place(a, b);
            if (!p || !*p || *p >= 0x10000 || (a == 0xA3 && b == 0xA0)) continue;
            uint32_t *word = &words[table + *p / 2], shift = *p % 2 * 16;
            if (*word >> shift & 0xFFFF && !takes_last(*p)) continue;
            *word = (*word & 0xFFFF0000u >> shift) | (a << 8 | b) << shift;
        }
}

static int by_code_point(const void *x, const void *y) {
    const uint32_t *a = x, *b = y;
    if (a[0] != b[0]) return a[0] < b[0] ? -1 : 1;
    return a[1] < b[1] ? -1 : a[1] > b[1];
}

/* Big5 has characters outside the BMP too. */
static void fill_astral(void) {
    uint32_t *astral = words + TABLE_BIG5_ASTRAL, n = 0;
    for (unsigned a = 0x81; a <= 0xFE; a++)
        for (unsigned b = 0x40; b <= 0xFE; b++) {
            uint32_t *p = big5_place(a, b);
            if (!p || *p < 0x10000) continue;
            if (n == BIG5_ASTRAL_N) input_fail("too many characters outside the BMP in", "Big5");
            astral[2 * n] = *p;
            astral[2 * n++ + 1] = a << 8 | b;
        }
    for (uint32_t i = n; i < BIG5_ASTRAL_N; i++) astral[2 * i] = UINT32_MAX;
    qsort(astral, BIG5_ASTRAL_N, 2 * sizeof *astral, by_code_point);
}

int main(int argc, char **argv) {
    if (argc != 3) input_fail("usage", "charsets OUT charset_fixes.tsv");
    fill_pairs("GB18030", gb_place);
    fill_four_byte();
    fill_pairs("BIG5-HKSCS", big5_place);
    fill_euc_tw();
    fill_ir_165();
    fill_1252();
    apply_fixes(argv[2]);
    fill_reverse(TABLE_GB_OF, gb_place);
    fill_reverse(TABLE_BIG5_OF, big5_place);
    fill_astral();
    output_file(argv[1], words, sizeof words);
    return 0;
}
