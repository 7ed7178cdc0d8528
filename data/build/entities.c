/* entities OUT entities.tsv -> a stored trie of the names; the value is that of
 * normalize/entity_table.h. */
#include "normalize/entity_table.h"

#include "base/trie.h"
#include "base/utf8.h"
#include "data/build/inputs.h"

int main(int argc, char **argv) {
    ht_trie_word *words = NULL;
    size_t n = 0, cap = 0;
    if (argc != 3) input_fail("usage", "entities OUT entities.tsv");
    ht_str rest = input_file(argv[2]), f[3];
    while (input_fields(&rest, f, 3)) {
        if (f[0].n > ENTITY_MAX_NAME) input_fail("bad line in", argv[2]);
        uint32_t value = input_code_point(f[1], argv[2]);
        if (ht_str_eq(f[2], HT_S("4"))) value |= ENTITY_HTML_4;
        size_t n_name;
        uint32_t *name = ht_utf8_decode(input_arena(), f[0], &n_name);
        *HT_PUSH(input_arena(), words, n, cap) = (ht_trie_word){name, (uint32_t)n_name, value};
    }
    ht_trie t;
    ht_trie_build(&t, input_arena(), words, n);
    size_t n_words = ht_trie_stored_words(&t);
    uint32_t *out = HT_ARRAY(input_arena(), uint32_t, n_words);
    ht_trie_store(&t, out);
    output_file(argv[1], out, n_words * sizeof *out);
    return 0;
}
