/* words OUT fold.bin WORDS regions.tsv -> the words of normalize/words.c with their costs: a
 * stored trie over folded characters, its values negative log-probabilities in 1/64 nat.
 *
 * WORDS: lines `word frequency ...`; those of more than one character count from LEAST on. The
 * names of divisions are words too, at least as frequent as PLACE.
 */
#include "base/trie.h"
#include "base/utf8.h"
#include "data/build/inputs.h"
#include "normalize/fold_table.h"

#include <math.h>

enum { LEAST = 5, PLACE = 300, MOST_CHARS = 6, NAT = 64 };

static const uint32_t *fold;
static ht_trie_word *words;
static double *frequencies;
static size_t n_words, cap_words, cap_frequencies;
static double all;

static void add(ht_str word, double frequency) {
    size_t n;
    uint32_t *c = ht_utf8_decode(input_arena(), word, &n);
    if (!n || n > MOST_CHARS) return;
    for (size_t i = 0; i < n; i++) c[i] = fold_look_up(fold, c[i]);
    size_t k = n_words;
    *HT_PUSH(input_arena(), words, n_words, cap_words) = (ht_trie_word){c, (uint32_t)n, 0};
    *HT_PUSH(input_arena(), frequencies, k, cap_frequencies) = frequency;
}

static void read_words(const char *name) {
    ht_str rest = input_file(name), word;
    for (double frequency; input_word(&rest, &word, &frequency);) {
        all += frequency;
        if (frequency >= LEAST || ht_utf8_count(word) == 1)
            add(word, frequency > 0 ? frequency : 1);
    }
}

/* The second field is the name; a name without its kind of division (the last character) too. */
static void read_regions(const char *name) {
    ht_str rest = input_file(name), fields[2];
    while (input_fields(&rest, fields, 2)) {
        ht_str field = fields[1];
        if (ht_utf8_valid_until(field) != field.n || ht_utf8_count(field) < 2)
            input_fail("bad line", name);
        add(field, PLACE);
        size_t cut = field.n - 1;
        while (((unsigned char)field.p[cut] & 0xC0) == 0x80) cut--;
        if (ht_utf8_count(field) > 2) add(ht_sub(field, 0, cut), PLACE);
    }
}

int main(int argc, char **argv) {
    if (argc != 5) input_fail("usage", "words OUT fold.bin WORDS regions.tsv");
    fold = input_table(argv[2]);
    read_words(argv[3]);
    read_regions(argv[4]);
    /* of equal words the smallest value stays: the most frequent */
    for (size_t i = 0; i < n_words; i++)
        words[i].value = (uint32_t)(-log(frequencies[i] / all) * NAT + 0.5);
    ht_trie t;
    ht_trie_build(&t, input_arena(), words, n_words);
    size_t n = ht_trie_stored_words(&t);
    uint32_t *out = HT_ARRAY(input_arena(), uint32_t, n);
    ht_trie_store(&t, out);
    output_file(argv[1], out, n * sizeof *out);
    return 0;
}
