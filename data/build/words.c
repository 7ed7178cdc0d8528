/* words OUT fold.bin WORDS regions.tsv -> the words of normalize/wording.c with their costs: a
 * stored trie over folded characters, its values negative log-probabilities in 1/64 nat.
 *
 * WORDS: lines `word frequency ...`; those of more than one character count from LEAST on. The names
 * of divisions are words too, at least as frequent as PLACE.
 */
#include "base/trie.h"
#include "base/utf8.h"
#include "normalize/fold_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST = 5, PLACE = 300, MOST_CHARS = 6, NAT = 64 };

static ht_arena arena;
static uint32_t *fold;
static ht_trie_word *words;
static double *frequencies;
static size_t n_words, cap_words, cap_frequencies;
static double all;

static void fail(const char *what, const char *file) {
    fprintf(stderr, "words: %s: %s\n", what, file);
    exit(1);
}

static FILE *file_open(const char *name, const char *mode) {
    FILE *f = fopen(name, mode);
    if (!f) fail("cannot open", name);
    return f;
}

static void read_fold(const char *name) {
    FILE *f = file_open(name, "rb");
    if (fseek(f, 0, SEEK_END)) fail("cannot read", name);
    size_t n = (size_t)ftell(f);
    rewind(f);
    fold = malloc(n);
    if (!fold || fread(fold, 1, n, f) != n) fail("cannot read", name);
    fclose(f);
}

static void add(ht_str word, double frequency) {
    size_t n;
    uint32_t *c = ht_utf8_decode(&arena, word, &n);
    if (!n || n > MOST_CHARS) return;
    for (size_t i = 0; i < n; i++) c[i] = fold_look_up(fold, c[i]);
    size_t k = n_words;
    *HT_PUSH(&arena, words, n_words, cap_words) = (ht_trie_word){c, (uint32_t)n, 0};
    *HT_PUSH(&arena, frequencies, k, cap_frequencies) = frequency;
}

static void read_words(const char *name) {
    char line[1024];
    FILE *f = file_open(name, "r");
    while (fgets(line, sizeof line, f)) {
        char *space = strchr(line, ' ');
        if (line[0] == '#' || !space) continue;
        ht_str word = {line, (size_t)(space - line)};
        double frequency = strtod(space, NULL);
        if (ht_utf8_valid_until(word) != word.n) continue;
        all += frequency;
        if (frequency >= LEAST || ht_utf8_count(word) == 1)
            add(word, frequency > 0 ? frequency : 1);
    }
    fclose(f);
}

/* The second field is the name; a name without its kind of division (the last character) too. */
static void read_regions(const char *name) {
    char line[1024];
    FILE *f = file_open(name, "r");
    while (fgets(line, sizeof line, f)) {
        ht_str rest = {line, strcspn(line, "\r\n")}, field;
        if (line[0] == '#' || !ht_str_split(&rest, '\t', &field) ||
            !ht_str_split(&rest, '\t', &field))
            continue;
        if (ht_utf8_valid_until(field) != field.n || ht_utf8_count(field) < 2) fail("bad line", name);
        add(field, PLACE);
        size_t cut = field.n - 1;
        while (((unsigned char)field.p[cut] & 0xC0) == 0x80) cut--;
        if (ht_utf8_count(field) > 2) add(ht_sub(field, 0, cut), PLACE);
    }
    fclose(f);
}

int main(int argc, char **argv) {
    if (argc != 5) fail("usage", "words OUT fold.bin WORDS regions.tsv");
    ht_arena_init(&arena, 0);
    read_fold(argv[2]);
    read_words(argv[3]);
    read_regions(argv[4]);
    /* of equal words the smallest value stays: the most frequent */
    for (size_t i = 0; i < n_words; i++)
        words[i].value = (uint32_t)(-log(frequencies[i] / all) * NAT + 0.5);
    ht_trie t;
    ht_trie_build(&t, &arena, words, n_words);
    size_t n = ht_trie_stored_words(&t);
    uint32_t *out = HT_ARRAY(&arena, uint32_t, n);
    ht_trie_store(&t, out);
    FILE *f = file_open(argv[1], "wb");
    if (fwrite(out, sizeof *out, n, f) != n || fclose(f)) fail("cannot write", argv[1]);
    ht_arena_free(&arena);
    free(fold);
    return 0;
}
