/* bigrams OUT fold.bin WORDS... -> the model of normalize/lm.c.
 *
 * WORDS: lines `word frequency ...`. A word adds its frequency to each pair of neighbours in it, to
 * the beginnings of its first and the endings of its last character. `\n` in a word is a line feed.
 */
#include "base/utf8.h"
#include "data/build/inputs.h"
#include "normalize/fold_table.h"
#include "normalize/lm_table.h"

#include <math.h>
#include <stdlib.h>

static const double ODD_PAIR = 1e-5; /* the chance of a pair of marks that the list does not name */

enum { MAX_WORD = 64, NAT = 64, MAX_COST = 18 * NAT, SLOTS = 1 << 21 };

static const uint32_t *fold_words;
static double total[65536], begins[65536], ends[65536], all_words;
static struct {
    uint32_t key; /* first << 16 | second; 0: free */
    double n;
} pairs[SLOTS];
static uint32_t order[SLOTS];

static uint32_t folded(uint32_t c) {
    return lm_class(fold_look_up(fold_words, c));
}

static void add_pair(uint32_t a, uint32_t b, double n) {
    uint32_t key = a << 16 | b, at = (key * 2654435761u) >> 11;
    while (pairs[at].key && pairs[at].key != key) at = (at + 1) % SLOTS;
    pairs[at].key = key;
    pairs[at].n += n;
}

static void add_word(ht_str word, double n) {
    uint32_t c[MAX_WORD];
    size_t n_chars = 0;
    for (size_t at = 0; at < word.n;) {
        uint32_t one = ht_utf8_next(word, &at);
        if (one == '\\' && at < word.n && word.p[at] == 'n') {
            one = '\n';
            at++;
        }
        one = folded(one);
        if (one >= 0x10000 || n_chars == MAX_WORD) return;
        c[n_chars++] = one;
    }
    if (!n_chars) return;
    for (size_t i = 0; i < n_chars; i++) total[c[i]] += n;
    for (size_t i = 0; i + 1 < n_chars; i++) add_pair(c[i], c[i + 1], n);
    begins[c[0]] += n;
    ends[c[n_chars - 1]] += n;
    all_words += n;
}

static void read_words(const char *name) {
    ht_str rest = input_file(name), word;
    for (double n; input_word(&rest, &word, &n);) add_word(word, n > 0 ? n : 1);
}

static uint32_t cost(double p) {
    double c = p > 0 ? -log(p) * NAT : MAX_COST;
    return c > MAX_COST ? MAX_COST : c < 1 ? 1 : (uint32_t)(c + 0.5);
}

static int by_key(const void *a, const void *b) {
    uint32_t x = pairs[*(const uint32_t *)a].key, y = pairs[*(const uint32_t *)b].key;
    return (x > y) - (x < y);
}

/* Punctuation, which the word list names pair by pair: what it does not name is hardly written. */
static bool is_mark(uint32_t c) {
    return (c >= 0x2010 && c < 0x2030) || (c >= 0x3001 && c <= 0x3020) || c == 0xFF01 ||
           c == 0xFF08 || c == 0xFF09 || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B || c == 0xFF1F ||
           c == 0xFF5E;
}

static void name_pairs_of_marks(void) {
    for (uint32_t a = 0x2010; a < 0x10000; a++)
        for (uint32_t b = 0x2010; total[a] > 0 && is_mark(a) && b < 0x10000; b++)
            if (total[b] > 0 && is_mark(b)) add_pair(a, b, ODD_PAIR * total[a]);
}

int main(int argc, char **argv) {
    static uint32_t id[65536], index[65538];
    if (argc < 4) input_fail("usage", "bigrams OUT fold.bin WORDS...");
    fold_words = input_table(argv[2]);
    for (int i = 3; i < argc; i++) read_words(argv[i]);
    name_pairs_of_marks();
    uint32_t n = 0, n_pairs = 0;
    for (uint32_t c = 0; c < 65536; c++)
        if (total[c] > 0) id[c] = ++n;
    for (uint32_t i = 0; i < SLOTS; i++)
        if (pairs[i].key) order[n_pairs++] = i;
    qsort(order, n_pairs, sizeof *order, by_key); /* keys are unique */
    for (uint32_t i = 0; i < n_pairs; i++) index[id[pairs[order[i]].key >> 16] + 1]++;
    for (uint32_t i = 1; i <= n + 1; i++) index[i] += index[i - 1];

    ht_buf out;
    ht_buf_init(&out, input_arena());
    output_word(&out, n);
    for (uint32_t c = 0; c < 65536; c += 2) output_word(&out, id[c] | id[c + 1] << 16);
    output_word(&out, 0);
    output_word(&out, 0);
    for (uint32_t c = 0; c < 65536; c++)
        if (id[c]) {
            output_word(&out, index[id[c]]);
            output_word(&out, cost(ends[c] / total[c]) << 16 | cost(begins[c] / all_words));
        }
    /* the end mark stands in the place of id n + 1 */
    output_word(&out, n_pairs);
    output_word(&out, 0);
    for (uint32_t i = 0; i < n_pairs; i++) {
        uint32_t a = pairs[order[i]].key >> 16, b = pairs[order[i]].key & 0xFFFF;
        double across = ends[a] / total[a] * (begins[b] / all_words);
        if (is_mark(a) && is_mark(b)) across = 0;
        output_word(&out, id[b] << 16 | cost(pairs[order[i]].n / total[a] + across));
    }
    output_file(argv[1], out.p, out.n);
    return 0;
}
