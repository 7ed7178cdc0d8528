/* survey OUT fold.bin forms.bin WORDS T2S-CHARACTERS... -- S2T-CHARACTERS -> the classes of
 * normalize/survey.h, a byte a code point of the BMP.
 *
 * A character of text is rare when the word list, both scripts folded into one, has it less often
 * than once in RARE characters.
 */
#include "normalize/survey.h"

#include "base/utf8.h"
#include "normalize/fold_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RARE = 300000, BMP = 65536 };

static unsigned char class_of[BMP];
static uint32_t t2s[BMP], s2t[BMP];
static const uint32_t *fold, *forms; /* fold_table.h */

static void fail(const char *what, const char *file) {
    fprintf(stderr, "survey: %s: %s\n", what, file);
    exit(1);
}

static const uint32_t *read_table(const char *name) {
    FILE *f = fopen(name, "rb");
    if (!f || fseek(f, 0, SEEK_END)) fail("cannot open", name);
    size_t n = (size_t)ftell(f);
    rewind(f);
    uint32_t *words = malloc(n);
    if (!words || fread(words, 1, n, f) != n) fail("cannot read", name);
    fclose(f);
    return words;
}

/* The first candidate of each character of the BMP; the first file that has it wins. */
static void read_characters(const char *name, uint32_t *into) {
    char line[512];
    FILE *f = fopen(name, "r");
    if (!f) fail("cannot open", name);
    while (fgets(line, sizeof line, f)) {
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || !tab) continue;
        ht_str key = {line, (size_t)(tab - line)}, value = {tab + 1, strcspn(tab + 1, " \r\n")};
        if (ht_utf8_count(key) != 1 || ht_utf8_count(value) != 1) continue;
        size_t at = 0, at_value = 0;
        uint32_t c = ht_utf8_next(key, &at);
        if (c < BMP && !into[c]) into[c] = ht_utf8_next(value, &at_value);
    }
    fclose(f);
}

static void mark_scripts(void) {
    for (uint32_t c = 0x3400; c < BMP; c++) {
        bool to_hans = t2s[c] && t2s[c] != c, to_hant = s2t[c] && s2t[c] != c;
        if (to_hans && !to_hant && (!s2t[c] || s2t[c] == c)) class_of[c] |= SURVEY_HANT;
        if (to_hant && !to_hans && (!t2s[c] || t2s[c] == c)) class_of[c] |= SURVEY_HANS;
    }
}

static void mark_rare(const char *name) {
    static double n[BMP];
    double all = 0;
    char line[1024];
    FILE *f = fopen(name, "r");
    if (!f) fail("cannot open", name);
    while (fgets(line, sizeof line, f)) {
        char *space = strchr(line, ' ');
        if (line[0] == '#' || !space) continue;
        ht_str word = {line, (size_t)(space - line)};
        double frequency = strtod(space, NULL);
        if (ht_utf8_valid_until(word) != word.n) continue;
        for (size_t at = 0; at < word.n; all += frequency) {
            uint32_t c = fold_look_up(fold, ht_utf8_next(word, &at));
            if (c < BMP) n[c] += frequency;
        }
    }
    fclose(f);
    if (all < 1e6) fail("too few words in", name);
    for (uint32_t c = 0x3040; c < 0xF900; c++) {
        bool ideograph = (c >= 0x3400 && c < 0xA000) || c >= 0xE000;
        uint32_t into = fold_look_up(fold, c);
        double seen = into < BMP ? n[into] : 0;
        if (c < 0x3100 || (ideograph && seen * RARE < all)) class_of[c] |= SURVEY_RARE;
    }
}

int main(int argc, char **argv) {
    if (argc < 8) fail("usage", "survey OUT fold.bin forms.bin WORDS T2S... -- S2T");
    fold = read_table(argv[2]);
    forms = read_table(argv[3]);
    int arg = 5;
    for (; arg < argc && strcmp(argv[arg], "--"); arg++) read_characters(argv[arg], t2s);
    if (arg + 2 != argc) fail("usage", "survey OUT fold.bin forms.bin WORDS T2S... -- S2T");
    read_characters(argv[arg + 1], s2t);
    mark_scripts();
    mark_rare(argv[4]);
    for (uint32_t c = 0; c < BMP; c++)
        if (fold_look_up(forms, c) != c) class_of[c] |= SURVEY_FORM;
    for (uint32_t c = 0x80; c <= 0xFF; c++) class_of[c] |= SURVEY_LATIN;
    class_of['?'] |= SURVEY_ASCII;
    class_of['('] |= SURVEY_ASCII;
    class_of['&'] |= SURVEY_ASCII;
    class_of[0xFF08] |= SURVEY_ASCII;
    class_of[0xFFFD] |= SURVEY_LOST;
    /* EF BC, E3 80 and E2 80 at the start of a pair, BC 8C behind an odd byte */
    static const uint32_t signs[] = {0x951B, 0x9286, 0x9225, 0x7D1D};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) class_of[signs[i]] |= SURVEY_SIGN;
    FILE *f = fopen(argv[1], "wb");
    if (!f) fail("cannot write", argv[1]);
    if (fwrite(class_of, sizeof class_of, 1, f) != 1 || fclose(f)) fail("cannot write", argv[1]);
    return 0;
}
