/* entities OUT entities.tsv -> a stored trie of the names; the value is that of
 * normalize/entity_table.h. */
#include "normalize/entity_table.h"

#include "base/trie.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what, const char *file) {
    fprintf(stderr, "entities: %s: %s\n", what, file);
    exit(1);
}

int main(int argc, char **argv) {
    char line[128], *rest;
    ht_arena arena;
    ht_trie_word *words = NULL;
    size_t n = 0, cap = 0;
    if (argc != 3) fail("usage", "entities OUT entities.tsv");
    FILE *f = fopen(argv[2], "r");
    if (!f) fail("cannot open", argv[2]);
    ht_arena_init(&arena, 0);
    while (fgets(line, sizeof line, f)) {
        char *tab = strchr(line, '\t');
        if (line[0] == '#') continue;
        if (!tab || tab - line > ENTITY_MAX_NAME) fail("bad line in", argv[2]);
        uint32_t value = (uint32_t)strtoul(tab + 1, &rest, 16);
        if (!strcmp(rest, "\t4\n")) value |= ENTITY_HTML_4;
        size_t n_name;
        uint32_t *name = ht_utf8_decode(&arena, (ht_str){line, (size_t)(tab - line)}, &n_name);
        *HT_PUSH(&arena, words, n, cap) = (ht_trie_word){name, (uint32_t)n_name, value};
    }
    fclose(f);
    ht_trie t;
    ht_trie_build(&t, &arena, words, n);
    size_t n_words = ht_trie_stored_words(&t);
    uint32_t *out = HT_ARRAY(&arena, uint32_t, n_words);
    ht_trie_store(&t, out);
    f = fopen(argv[1], "wb");
    if (!f) fail("cannot write", argv[1]);
    if (fwrite(out, sizeof *out, n_words, f) != n_words || fclose(f)) fail("cannot write", argv[1]);
    ht_arena_free(&arena);
    return 0;
}
