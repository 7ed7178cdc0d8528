/* readings OUT readings.txt -> the table of normalize/gloss.c.
 *
 * readings.txt: `hex<tab>reading,reading`. Only the ideographs of the BMP. 32-bit words: [0] n,
 * then n pairs of code point and place, sorted; then the readings as NUL-terminated text.
 */
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *of[65536];

static void fail(const char *what, const char *file) {
    fprintf(stderr, "readings: %s: %s\n", what, file);
    exit(1);
}

static void put(FILE *f, uint32_t word) {
    fwrite(&word, sizeof word, 1, f);
}

int main(int argc, char **argv) {
    char line[512], *rest;
    if (argc != 3) fail("usage", "readings OUT readings.txt");
    FILE *f = fopen(argv[2], "r");
    if (!f) fail("cannot open", argv[2]);
    uint32_t n = 0, at = 0;
    while (fgets(line, sizeof line, f)) {
        unsigned long c = strtoul(line, &rest, 16);
        if (*rest != '\t' || c < 0x3400 || c > 0xFFFF || of[c]) continue;
        rest[strcspn(rest, "\r\n")] = 0;
        of[c] = strdup(rest + 1);
        if (!of[c]) fail("no memory for", argv[2]);
        n++;
    }
    fclose(f);
    if (n < 20000) fail("too few readings in", argv[2]);
    f = fopen(argv[1], "wb");
    if (!f) fail("cannot write", argv[1]);
    put(f, n);
    for (uint32_t c = 0; c < 65536; c++)
        if (of[c]) {
            put(f, c);
            put(f, at);
            at += (uint32_t)strlen(of[c]) + 1;
        }
    for (uint32_t c = 0; c < 65536; c++)
        if (of[c]) {
            fwrite(of[c], 1, strlen(of[c]) + 1, f);
            free(of[c]);
        }
    if (ferror(f) | fclose(f)) fail("cannot write", argv[1]);
    return 0;
}
