/* script OUT T2S... -- S2T... -- ... -> the tables of normalize/script.c, as many and in the order
 * of script_table.h.
 *
 * The dictionaries are OpenCC's: `key<tab>value value ...`, the first value counts. A table is a
 * chain of dictionaries, of which the first that has a key at a place wins; `+` before one joins it
 * to the one before, and the longer key wins.
 */
#include "normalize/script_table.h"

#include "base/trie.h"
#include "base/utf8.h"
#include "data/build/inputs.h"

#include <string.h>

typedef struct {
    ht_trie_word *words;
    size_t n, cap;
    ht_buf strings;
} dictionary;

static void read_dictionary(dictionary *d, const char *name, uint32_t rank) {
    ht_str rest = input_file(name), key, value;
    while (input_entry(&rest, &key, &value)) {
        if (value.n > 255) input_fail("a value is too long in", name);
        size_t n;
        uint32_t *c = ht_utf8_decode(input_arena(), key, &n);
        *HT_PUSH(input_arena(), d->words, d->n, d->cap) =
            (ht_trie_word){c, (uint32_t)n, rank * SCRIPT_RANK + (uint32_t)d->strings.n};
        ht_buf_byte(&d->strings, (char)(unsigned char)value.n);
        ht_buf_add(&d->strings, value);
    }
}

static ht_str string_of(const dictionary *d, uint32_t value) {
    const char *p = d->strings.p + value % SCRIPT_RANK;
    return (ht_str){p + 1, (unsigned char)*p};
}

/* The single character that c is converted to, 0 if it is not a key or becomes several. */
static uint32_t into_one(const ht_trie *t, const dictionary *d, uint32_t c) {
    uint32_t at = ht_trie_step(t, 0, c), value = at ? ht_trie_value(t, at) : HT_TRIE_NONE;
    if (value == HT_TRIE_NONE) return 0;
    ht_str s = string_of(d, value);
    size_t from = 0;
    uint32_t first = ht_utf8_next(s, &from);
    return from == s.n ? first : 0;
}

static bool is_key(const ht_trie *t, uint32_t c) {
    uint32_t at = ht_trie_step(t, 0, c);
    return at && ht_trie_value(t, at) != HT_TRIE_NONE;
}

/* A table as it is written. */
typedef struct {
    uint32_t *words; /* arena */
    size_t n;
} block;

static uint32_t block_add(block *b, size_t n_words) {
    uint32_t at = (uint32_t)b->n;
    b->words = ht_arena_grow(input_arena(), b->words, b->n * 4, (b->n + n_words) * 4);
    b->n += n_words;
    return at;
}

static script_header table_add(block *b, dictionary *d, const ht_trie *t) {
    script_header h = {.n_trie = (uint32_t)ht_trie_stored_words(t), .shift = 32 - 10};
    h.trie = block_add(b, h.n_trie);
    ht_trie_store(t, b->words + h.trie);
    h.strings = block_add(b, (d->strings.n + 3) / 4);
    if (d->strings.n) memcpy(b->words + h.strings, d->strings.p, d->strings.n);
    h.alone = block_add(b, 65536);
    for (uint32_t c = 0x800; c < 0x10000; c++) {
        uint32_t into = is_key(t, c) ? into_one(t, d, c) : c;
        if (into >= 0x800 && into < 0x10000) ht_utf8_put((char *)&b->words[h.alone + c], into);
    }
    size_t n_long = 0;
    for (size_t i = 0; i < d->n; i++) n_long += d->words[i].n > 1;
    while (h.shift > 32 - 20 && (size_t)1 << (32 - h.shift) < n_long * 64) h.shift--;
    h.pairs = block_add(b, ((size_t)1 << (32 - h.shift)) / 32);
    for (size_t i = 0; i < d->n; i++) {
        if (d->words[i].n < 2) continue;
        uint32_t bit = script_pair(d->words[i].c[0], d->words[i].c[1], h.shift);
        b->words[h.pairs + bit / 32] |= 1u << (bit % 32);
    }
    return h;
}

int main(int argc, char **argv) {
    dictionary d[SCRIPT_TABLES];
    ht_trie t[SCRIPT_TABLES];
    block out = {NULL, 0};
    if (argc < 2 * SCRIPT_TABLES) input_fail("usage", "script OUT T2S... -- S2T... -- ...");
    for (int i = 0, arg = 2; i < SCRIPT_TABLES; i++, arg++) {
        d[i] = (dictionary){.words = NULL};
        ht_buf_init(&d[i].strings, input_arena());
        uint32_t rank = 0;
        bool joined = true;
        for (; arg < argc && strcmp(argv[arg], "--"); arg++) {
            bool plus = !strcmp(argv[arg], "+");
            if (!plus) read_dictionary(&d[i], argv[arg], joined ? rank : ++rank);
            joined = plus;
        }
        if (rank > SCRIPT_MAX_RANK || d[i].strings.n >= SCRIPT_RANK)
            input_fail("too much for", "a table");
        if (i <= SCRIPT_S2T && !d[i].n) input_fail("empty table", "T2S or S2T");
        ht_trie_build(&t[i], input_arena(), d[i].words, d[i].n);
    }
    block_add(&out, SCRIPT_HEADER);
    for (int i = 0; i < SCRIPT_TABLES; i++) {
        script_header h = table_add(&out, &d[i], &t[i]);
        memcpy(out.words + (size_t)i * sizeof h / 4, &h, sizeof h);
    }
    output_file(argv[1], out.words, out.n * sizeof *out.words);
    return 0;
}
