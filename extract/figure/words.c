#include "extract/figure/words.h"

#include "base/map.h"
#include "base/table.h"
#include "base/trie.h"
#include "base/utf8.h"

#include <assert.h>
#include <pthread.h>

HT_TABLE(figure_words, "figure-words.bin");

static const char *const class_names[] = {
    "adverb",   "base", "compare", "cumulative", "decrease", "estimated", "flow", "head",
    "increase", "part", "planned", "predicate",  "role",     "said",      "stock", "event",
    "process",  "shell", "deictic",  "fact", "object", "prospect",
    "rest",     "copula",   "goal"};
enum { N_CLASSES = sizeof class_names / sizeof *class_names };

static ht_trie lexicon, prospects;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static uint32_t class_bit(ht_str name) {
    for (uint32_t i = 0; i < N_CLASSES; i++)
        if (ht_str_eq(name, ht_str_of(class_names[i]))) return 1u << i;
    if (ht_str_eq(name, HT_S("word"))) return 0;
    assert(!"a class of data/figure-words.tsv that words.h does not know");
    return 0;
}

/* A word may stand in several lines: its bits are gathered before the trie is built. */
static void load(void) {
    static ht_arena arena; /* lives as long as the program */
    ht_arena_init(&arena, 0);
    ht_map bits;
    ht_map_init(&bits, &arena);
    ht_str table = {(const char *)ht_table_figure_words, HT_TABLE_SIZE(figure_words)};
    ht_str line, name, word;
    while (ht_str_split(&table, '\n', &line)) {
        if (!line.n || !ht_str_split(&line, '\t', &name)) continue;
        while (ht_str_split(&line, '|', &word)) *ht_map_put(&bits, word) |= class_bit(name);
    }
    ht_trie_word *list = HT_ARRAY(&arena, ht_trie_word, bits.n);
    for (size_t i = 0; i < bits.n; i++) {
        size_t n;
        const uint32_t *c = ht_utf8_decode(&arena, bits.entries[i].key, &n);
        list[i] = (ht_trie_word){c, (uint32_t)n, bits.entries[i].value};
    }
    ht_trie_build(&lexicon, &arena, list, bits.n);
    size_t n_prospects = 0;
    for (size_t i = 0; i < bits.n; i++)
        if (list[i].value & W_PROSPECT) list[n_prospects++] = list[i];
    ht_trie_build(&prospects, &arena, list, n_prospects);
}

static unsigned cue_read(const ht_passage *p, uint32_t at, uint32_t end, uint32_t *length) {
    uint32_t value = 0;
    *length = (uint32_t)ht_trie_longest(&lexicon, p->c + at, end - at, &value);
    return value;
}

bool prospect_at(const ht_passage *p, uint32_t at, uint32_t end) {
    uint32_t value;
    pthread_once(&once, load);
    return ht_trie_longest(&prospects, p->c + at, end - at, &value) > 0;
}

unsigned cue_at(const ht_passage *p, uint32_t at, uint32_t end, uint32_t *length) {
    pthread_once(&once, load);
    return cue_read(p, at, end, length);
}

void cues_mark(words *w, ht_arena *a, const ht_passage *p) {
    uint32_t *classes = HT_ARRAY(a, uint32_t, p->n + 1);
    uint8_t *length = HT_ARRAY(a, uint8_t, p->n + 1);
    pthread_once(&once, load);
    for (uint32_t i = 0, n; i < p->n; i += n ? n : 1) {
        classes[i] = cue_read(p, i, p->n, &n);
        length[i] = (uint8_t)n;
    }
    *w = (words){classes, length};
}

uint32_t cues_last(const words *w, uint32_t start, uint32_t end, unsigned classes) {
    for (uint32_t i = end; i-- > start;)
        if (w->classes[i] & classes && i + w->length[i] <= end) return i;
    return UINT32_MAX;
}

uint32_t cues_first(const words *w, uint32_t start, uint32_t end, unsigned classes) {
    for (uint32_t i = start; i < end; i++)
        if (w->classes[i] & classes && i + w->length[i] <= end) return i;
    return UINT32_MAX;
}
