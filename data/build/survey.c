/* survey OUT fold.bin forms.bin charsets.bin WORDS misread-marks.tsv T2S-CHARACTERS... --
 * S2T-CHARACTERS -> the classes of normalize/survey.h, a byte a code point of the BMP.
 *
 * A character of text is rare when the word list, both scripts folded into one, has it less often
 * than once in RARE characters.
 */
#include "normalize/survey.h"

#include "base/utf8.h"
#include "data/build/inputs.h"
#include "normalize/charset_tables.h"
#include "normalize/fold_table.h"

#include <string.h>

enum { RARE = 300000, BMP = 65536 };

static unsigned char class_of[BMP];
static uint32_t t2s[BMP], s2t[BMP];
static const uint32_t *fold, *forms; /* fold_table.h */

static void mark(uint32_t c, unsigned class_) {
    if (c < BMP) class_of[c] |= (unsigned char)class_;
}

/* The first candidate of each character of the BMP; the first file that has it wins. */
static void read_characters(const char *name, uint32_t *into) {
    ht_str rest = input_file(name);
    for (uint32_t c, value; input_character(&rest, &c, &value);)
        if (c < BMP && !into[c]) into[c] = value;
}

static void mark_scripts(void) {
    for (uint32_t c = 0x3400; c < BMP; c++) {
        bool to_hans = t2s[c] && t2s[c] != c, to_hant = s2t[c] && s2t[c] != c;
        if (to_hans && !to_hant && (!s2t[c] || s2t[c] == c)) mark(c, SURVEY_HANT);
        if (to_hant && !to_hans && (!t2s[c] || t2s[c] == c)) mark(c, SURVEY_HANS);
    }
}

static void mark_rare(const char *name) {
    static double n[BMP];
    double all = 0, frequency;
    ht_str rest = input_file(name), word;
    while (input_word(&rest, &word, &frequency))
        for (size_t at = 0; at < word.n; all += frequency) {
            uint32_t c = fold_look_up(fold, ht_utf8_next(word, &at));
            if (c < BMP) n[c] += frequency;
        }
    if (all < 1e6) input_fail("too few words in", name);
    for (uint32_t c = 0x3040; c < 0xF900; c++) {
        bool ideograph = (c >= 0x3400 && c < 0xA000) || c >= 0xE000;
        uint32_t into = fold_look_up(fold, c);
        double seen = into < BMP ? n[into] : 0;
        if (c < 0x3100 || (ideograph && seen * RARE < all)) mark(c, SURVEY_RARE);
    }
}

/* All that a byte from 80 on is read as in Windows-1252, and in Latin-1. */
static void mark_latin(const uint32_t *charsets) {
    for (uint32_t c = 0x80; c <= 0xFF; c++) mark(c, SURVEY_LATIN);
    for (uint32_t i = 0; i < 32; i++) mark(charsets[TABLE_1252 + i], SURVEY_LATIN);
}

static void mark_signs(const char *name) {
    ht_str rest = input_file(name), field;
    while (input_fields(&rest, &field, 1)) mark(input_code_point(field, name), SURVEY_SIGN);
}

int main(int argc, char **argv) {
    const char *const usage =
        "survey OUT fold.bin forms.bin charsets.bin WORDS MARKS T2S... -- S2T";
    if (argc < 10) input_fail("usage", usage);
    fold = input_table(argv[2]);
    forms = input_table(argv[3]);
    int arg = 7;
    for (; arg < argc && strcmp(argv[arg], "--"); arg++) read_characters(argv[arg], t2s);
    if (arg + 2 != argc) input_fail("usage", usage);
    read_characters(argv[arg + 1], s2t);
    mark_scripts();
    mark_latin(input_table(argv[4]));
    mark_rare(argv[5]);
    mark_signs(argv[6]);
    for (uint32_t c = 0; c < BMP; c++)
        if (fold_look_up(forms, c) != c) mark(c, SURVEY_FORM);
    mark('?', SURVEY_ASCII);
    mark('(', SURVEY_ASCII);
    mark('&', SURVEY_ASCII);
    mark(0xFF08, SURVEY_ASCII);
    mark(0xFFFD, SURVEY_LOST);
    output_file(argv[1], class_of, sizeof class_of);
    return 0;
}
