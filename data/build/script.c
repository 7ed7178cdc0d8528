/* script OUT T2S... -- S2T... -- ... -> the tables of normalize/script.c, as many and in the order
 * of script_table.h.
 *
 * The dictionaries are OpenCC's: `key<tab>value value ...`, the first value counts. Within a table
 * the first dictionary that has a key wins, so phrases are named before characters.
 */
#include "normalize/script_table.h"

#include "base/trie.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    ht_trie_word *words;
    size_t n, cap;
    ht_buf strings;
} dictionary;

static ht_arena arena;

static void fail(const char *what, const char *file) {
    fprintf(stderr, "script: %s: %s\n", what, file);
    exit(1);
}

static void read_dictionary(dictionary *d, const char *name) {
    char line[4096];
    FILE *f = fopen(name, "r");
    if (!f) fail("cannot open", name);
    while (fgets(line, sizeof line, f)) {
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || !tab) continue;
        ht_str key = {line, (size_t)(tab - line)}, value = {tab + 1, strcspn(tab + 1, " \r\n")};
        if (ht_utf8_valid_until(key) != key.n || ht_utf8_valid_until(value) != value.n)
            fail("not UTF-8", name);
        if (value.n > 255) fail("a value is too long in", name);
        size_t n;
        uint32_t *c = ht_utf8_decode(&arena, key, &n);
        *HT_PUSH(&arena, d->words, d->n, d->cap) =
            (ht_trie_word){c, (uint32_t)n, (uint32_t)d->strings.n};
        ht_buf_byte(&d->strings, (char)(unsigned char)value.n);
        ht_buf_add(&d->strings, value);
    }
    fclose(f);
}

/* The single character that c is converted to, 0 if it is not a key or becomes several. */
static uint32_t into_one(const ht_trie *t, const dictionary *d, uint32_t c) {
    uint32_t at = ht_trie_step(t, 0, c), value = at ? ht_trie_value(t, at) : HT_TRIE_NONE;
    if (value == HT_TRIE_NONE) return 0;
    ht_str s = {d->strings.p + value + 1, (unsigned char)d->strings.p[value]};
    size_t from = 0;
    uint32_t first = ht_utf8_next(s, &from);
    return from == s.n ? first : 0;
}

int main(int argc, char **argv) {
    static uint32_t header[SCRIPT_HEADER];
    dictionary d[SCRIPT_TABLES];
    ht_trie t[SCRIPT_TABLES];
    if (argc < 2 * SCRIPT_TABLES) fail("usage", "script OUT T2S... -- S2T... -- ...");
    ht_arena_init(&arena, 0);
    for (int i = 0, arg = 2; i < SCRIPT_TABLES; i++, arg++) {
        d[i] = (dictionary){.words = NULL};
        ht_buf_init(&d[i].strings, &arena);
        for (; arg < argc && strcmp(argv[arg], "--"); arg++) read_dictionary(&d[i], argv[arg]);
        if (i <= SCRIPT_S2T && !d[i].n) fail("empty table", "T2S or S2T");
        ht_trie_build(&t[i], &arena, d[i].words, d[i].n);
    }
    unsigned char *classes = (unsigned char *)(header + SCRIPT_CLASSES);
    for (uint32_t c = 0x3400; c < 0x10000; c++) {
        uint32_t hans = into_one(&t[SCRIPT_T2S], &d[SCRIPT_T2S], c);
        uint32_t hant = into_one(&t[SCRIPT_S2T], &d[SCRIPT_S2T], c);
        if (hans && hans != c && (!hant || hant == c)) classes[c] = SCRIPT_HANT;
        if (hant && hant != c && (!hans || hans == c)) classes[c] = SCRIPT_HANS;
    }
    uint32_t at = SCRIPT_HEADER;
    for (int i = 0; i < SCRIPT_TABLES; i++) {
        uint32_t n_trie = (uint32_t)ht_trie_stored_words(&t[i]), n = (uint32_t)d[i].strings.n;
        header[4 * i] = at;
        header[4 * i + 1] = n_trie;
        header[4 * i + 2] = at + n_trie;
        header[4 * i + 3] = n;
        at += n_trie + (n + 3) / 4;
    }
    FILE *f = fopen(argv[1], "wb");
    if (!f) fail("cannot write", argv[1]);
    fwrite(header, sizeof header, 1, f);
    for (int i = 0; i < SCRIPT_TABLES; i++) {
        size_t n = (header[4 * i + 3] + 3) / 4;
        uint32_t *out = HT_ARRAY(&arena, uint32_t, header[4 * i + 1] + n);
        ht_trie_store(&t[i], out);
        if (d[i].strings.n) memcpy(out + header[4 * i + 1], d[i].strings.p, d[i].strings.n);
        fwrite(out, sizeof *out, header[4 * i + 1] + n, f);
    }
    if (ferror(f) | fclose(f)) fail("cannot write", argv[1]);
    ht_arena_free(&arena);
    return 0;
}
