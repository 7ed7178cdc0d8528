/* fold OUT TSCharacters.txt variants.tsv -> the table of normalize/fold.c;
 * fold OUT variants.tsv forms.tsv --forms -> that of normalize/width.c. Both as fold_table.h says.
 */
#include "normalize/fold_table.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODE_POINTS = FOLD_BLOCKS * FOLD_PAGE };

static uint32_t to[CODE_POINTS];

static void fail(const char *what, const char *file) {
    fprintf(stderr, "fold: %s: %s\n", what, file);
    exit(1);
}

static FILE *file_open(const char *name, const char *mode) {
    FILE *f = fopen(name, mode);
    if (!f) fail("cannot open", name);
    return f;
}

static void set(uint32_t from, uint32_t into) {
    if (from < CODE_POINTS && into <= FOLD_DROPPED && from != into) to[from] = into;
}

/* Only characters whose first candidate is one character: folding is one to one. */
static void read_simplified(const char *name) {
    char line[4096];
    FILE *f = file_open(name, "r");
    size_t n = 0;
    while (fgets(line, sizeof line, f)) {
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || !tab) continue;
        ht_str key = {line, (size_t)(tab - line)}, value = {tab + 1, strcspn(tab + 1, " \r\n")};
        if (ht_utf8_valid_until(key) != key.n || ht_utf8_valid_until(value) != value.n)
            fail("not UTF-8", name);
        if (ht_utf8_count(key) != 1 || ht_utf8_count(value) != 1) continue;
        size_t at = 0, at_value = 0;
        set(ht_utf8_next(key, &at), ht_utf8_next(value, &at_value));
        n++;
    }
    fclose(f);
    if (n < 3000) fail("too few characters in", name);
}

static uint32_t simplified(uint32_t c) {
    return c < CODE_POINTS && to[c] ? to[c] : c;
}

static void read_variants(const char *name) {
    char line[256];
    FILE *f = file_open(name, "r");
    while (fgets(line, sizeof line, f)) {
        char *rest;
        if (line[0] == '#') continue;
        unsigned long from = strtoul(line, &rest, 16), into = strtoul(rest, NULL, 16);
        if (*rest != '\t' || !from || !into) fail("a line is not `hex<tab>hex`", name);
        set((uint32_t)from, simplified((uint32_t)into));
    }
    fclose(f);
}

static void read_forms(const char *name) {
    char line[256], into[16];
    unsigned from, last;
    FILE *f = file_open(name, "r");
    while (fgets(line, sizeof line, f)) {
        if (line[0] == '#') continue;
        if (sscanf(line, "%x %x %15s", &from, &last, into) != 3 || last >= CODE_POINTS)
            fail("a line is not `hex<tab>hex<tab>hex or -`", name);
        for (uint32_t c = from; c <= last; c++)
            set(c, *into == '-' ? FOLD_DROPPED : (uint32_t)strtoul(into, NULL, 16));
    }
    fclose(f);
}

static void set_full_width(void) {
    const char *marks = "%.+-/~";
    for (uint32_t c = '0'; c <= '9'; c++) set(c + 0xFEE0, c);
    for (uint32_t c = 'A'; c <= 'Z'; c++) set(c + 0xFEE0, c);
    for (uint32_t c = 'a'; c <= 'z'; c++) set(c + 0xFEE0, c);
    for (; *marks; marks++) set((uint32_t)*marks + 0xFEE0, (uint32_t)*marks);
    set(0x3000, ' ');
}

int main(int argc, char **argv) {
    static uint32_t index[FOLD_HEADER];
    bool forms = argc == 5 && !strcmp(argv[4], "--forms");
    if (argc != 4 && !forms) fail("usage", "fold OUT TSCharacters.txt variants.tsv");
    if (forms) {
        read_variants(argv[2]);
        read_forms(argv[3]);
    } else {
        read_simplified(argv[2]);
        read_variants(argv[3]);
        set_full_width();
    }
    for (uint32_t b = 0; b < FOLD_BLOCKS; b++)
        for (uint32_t i = 0; i < FOLD_PAGE && !index[1 + b]; i++)
            if (to[b * FOLD_PAGE + i]) index[1 + b] = ++index[0];
    for (uint32_t c = 0; c < FOLD_BMP; c++)
        if (to[c]) index[FOLD_BITS + c / 32] |= 1u << (c % 32);
    FILE *f = file_open(argv[1], "wb");
    fwrite(index, sizeof index, 1, f);
    for (uint32_t b = 0; b < FOLD_BLOCKS; b++)
        if (index[1 + b]) fwrite(to + b * FOLD_PAGE, sizeof *to, FOLD_PAGE, f);
    if (ferror(f) | fclose(f)) fail("cannot write", argv[1]);
    return 0;
}
