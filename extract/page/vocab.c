#include "extract/page/vocab.h"

#include "base/table.h"
#include "base/utf8.h"
#include "normalize/normalize.h"

#include <assert.h>
#include <libxml/parser.h>
#include <pthread.h>
#include <string.h>

HT_TABLE(page_elements, "page-elements.tsv");
HT_TABLE(page_words, "page-words.tsv");
HT_TABLE(page_names, "page-names.tsv");

typedef struct {
    const char *word;
    uint32_t bit;
} word_bit;

static const word_bit element_bits[] = {
    {"block", ELEMENT_BLOCK},     {"break", ELEMENT_BREAK},     {"void", ELEMENT_VOID},
    {"raw", ELEMENT_RAW},         {"skip", ELEMENT_SKIP},       {"table", ELEMENT_TABLE},
    {"row", ELEMENT_ROW},         {"cell", ELEMENT_CELL},       {"caption", ELEMENT_CAPTION},
    {"heading", ELEMENT_HEADING}, {"item", ELEMENT_ITEM},       {"image", ELEMENT_IMAGE},
    {"link", ELEMENT_LINK},       {"spaced", ELEMENT_SPACED},   {"pre", ELEMENT_PRE},
    {"inline", 0},
};

static const word_bit word_bits[] = {
    {"section", WORD_SECTION}, {"end", WORD_END},         {"tail", WORD_TAIL},
    {"nav", WORD_NAV},         {"tool", WORD_TOOL},       {"legal", WORD_LEGAL},
    {"promo", WORD_PROMO},     {"counter", WORD_COUNTER}, {"byline", WORD_BYLINE},
    {"spam", WORD_SPAM},       {"photo", WORD_PHOTO},     {"reporter", WORD_REPORTER},
    {"channel", WORD_CHANNEL}, {"advert", WORD_ADVERT},   {"unfold", WORD_UNFOLD},
    {"staff", WORD_STAFF},
    {"note", WORD_NOTE},
};

static const word_bit name_bits[] = {
    {"body", NAME_BODY},
    {"foreign", NAME_FOREIGN},
    {"caption", NAME_CAPTION},
    {"comment", NAME_COMMENT},
};

uint32_t page_fold(uint32_t c) {
    c = ht_fold(c);
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static uint32_t bit_of(const word_bit *bits, size_t n, ht_str word) {
    for (size_t i = 0; i < n; i++)
        if (ht_str_eq(ht_str_of(bits[i].word), word))
            return bits[i].bit;
    assert(false && "a class that the page tables do not know");
    return 0;
}
#define BIT_OF(bits, word) bit_of((bits), sizeof(bits) / sizeof *(bits), (word))

/* One trie and the masks of its words, as they are gathered from a file. */
typedef struct {
    ht_map words; /* folded UTF-8 -> index */
    uint32_t *a, *b;
    size_t n, cap_a, cap_b;
} word_set;

static ht_arena vocab_arena;
static page_vocab vocab;
static pthread_once_t vocab_once = PTHREAD_ONCE_INIT;

static size_t word_index(word_set *s, ht_str word) {
    ht_buf folded;
    ht_buf_init(&folded, &vocab_arena);
    for (size_t at = 0; at < word.n;)
        ht_buf_char(&folded, page_fold(ht_utf8_next(word, &at)));
    size_t n = s->words.n;
    uint32_t *i = ht_map_put(&s->words, ht_buf_str(&folded));
    if (s->words.n > n) {
        *i = (uint32_t)n;
        (void)HT_PUSH(&vocab_arena, s->a, s->n, s->cap_a);
        s->n--;
        (void)HT_PUSH(&vocab_arena, s->b, s->n, s->cap_b);
    }
    return *i;
}

static void build(ht_trie *t, const word_set *s, bool backwards) {
    ht_trie_word *words = HT_ARRAY(&vocab_arena, ht_trie_word, s->words.n);
    for (size_t i = 0; i < s->words.n; i++) {
        size_t n;
        uint32_t *c = ht_utf8_decode(&vocab_arena, s->words.entries[i].key, &n);
        for (size_t k = 0; backwards && k < n / 2; k++) {
            uint32_t x = c[k];
            c[k] = c[n - 1 - k];
            c[n - 1 - k] = x;
        }
        words[i] = (ht_trie_word){c, (uint32_t)n, s->words.entries[i].value};
    }
    ht_trie_build(t, &vocab_arena, words, s->words.n);
}

static bool next_line(ht_str *rest, ht_str *line) {
    while (ht_str_split(rest, '\n', line))
        if (line->n && line->p[0] != '#')
            return true;
    return false;
}

static void read_words(ht_str file) {
    word_set start = {0}, inside = {0}, end = {0};
    ht_map_init(&start.words, &vocab_arena);
    ht_map_init(&inside.words, &vocab_arena);
    ht_map_init(&end.words, &vocab_arena);
    for (ht_str line; next_line(&file, &line);) {
        ht_str class, place;
        ht_str_split(&line, '\t', &class);
        ht_str_split(&line, '\t', &place);
        uint32_t bit = BIT_OF(word_bits, class);
        if (ht_str_eq(place, HT_S("inside"))) {
            size_t i = word_index(&inside, line);
            inside.a[i] |= bit;
        } else if (ht_str_eq(place, HT_S("end"))) {
            size_t i = word_index(&end, line);
            end.a[i] |= bit;
        } else {
            bool whole = ht_str_eq(place, HT_S("whole"));
            assert(whole || ht_str_eq(place, HT_S("start")));
            size_t i = word_index(&start, line);
            if (!whole)
                start.a[i] |= bit;
            start.b[i] |= bit;
        }
    }
    build(&vocab.start, &start, false);
    build(&vocab.inside, &inside, false);
    build(&vocab.end, &end, true);
    vocab.start_mask = start.a;
    vocab.whole_mask = start.b;
    vocab.inside_mask = inside.a;
    vocab.end_mask = end.a;
}

static void read_names(ht_str file) {
    word_set names = {0};
    ht_map_init(&names.words, &vocab_arena);
    for (ht_str line; next_line(&file, &line);) {
        ht_str class, how;
        ht_str_split(&line, '\t', &class);
        ht_str_split(&line, '\t', &how);
        uint32_t bit = BIT_OF(name_bits, class);
        size_t i = word_index(&names, line);
        if (ht_str_eq(how, HT_S("part")))
            names.a[i] |= bit;
        else
            names.b[i] |= bit;
    }
    build(&vocab.names, &names, false);
    vocab.part_mask = names.a;
    vocab.token_mask = names.b;
}

static void read_elements(ht_str file) {
    ht_map_init(&vocab.elements, &vocab_arena);
    for (ht_str line, name, class; next_line(&file, &line);) {
        ht_str_split(&line, '\t', &name);
        uint32_t *bits = ht_map_put(&vocab.elements, name);
        while (ht_str_split(&line, ' ', &class))
            *bits |= BIT_OF(element_bits, class);
    }
}

static ht_str table(const unsigned char *p, size_t n) {
    return (ht_str){(const char *)p, n};
}

static void vocab_make(void) {
    ht_arena_init(&vocab_arena, 0);
    xmlInitParser(); /* once, before workers make parsers side by side */
    read_elements(table(ht_table_page_elements, HT_TABLE_SIZE(page_elements)));
    read_words(table(ht_table_page_words, HT_TABLE_SIZE(page_words)));
    read_names(table(ht_table_page_names, HT_TABLE_SIZE(page_names)));
}

const page_vocab *page_vocab_get(void) {
    pthread_once(&vocab_once, vocab_make);
    return &vocab;
}

unsigned page_element(const page_vocab *v, ht_str name) {
    const uint32_t *bits = ht_map_get(&v->elements, name);
    return bits ? *bits : 0;
}

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

unsigned page_names(const page_vocab *v, ht_str names) {
    unsigned found = 0;
    for (size_t i = 0; i < names.n; i++) {
        uint32_t node = 0;
        bool first = i == 0 || !is_name_char(names.p[i - 1]);
        for (size_t k = i; k < names.n; k++) {
            node = ht_trie_step(&v->names, node, (unsigned char)names.p[k]);
            if (!node)
                break;
            uint32_t value = ht_trie_value(&v->names, node);
            if (value == HT_TRIE_NONE)
                continue;
            found |= v->part_mask[value];
            bool last = k + 1 == names.n || !is_name_char(names.p[k + 1]) ||
                        (names.p[k + 1] >= '0' && names.p[k + 1] <= '9');
            if (first && last)
                found |= v->token_mask[value];
        }
    }
    return found;
}
