/* Compiles the gazetteer: regions.tsv, short-names.tsv, towns.tsv, region-words.tsv and the fold
 * -> regions.bin (extract/region/layout.h).
 *
 *   regions FOLD.bin REGIONS.tsv SHORT.tsv TOWNS.tsv WORDS.tsv OUT.bin
 */
#include "base/error.h"
#include "base/trie.h"
#include "base/utf8.h"
#include "data/build/inputs.h"
#include "extract/region/layout.h"
#include "normalize/fold_table.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FIELDS = 12, SHORT_FULL_CHARS = 3, MIN_TOWN_SHORT = 2 };

static const uint32_t *fold_words;

static void die(const char *what, ht_str detail) {
    input_fail(what, ht_str_cstr(input_arena(), detail));
}

static uint32_t number(ht_str s) {
    uint32_t x = 0;
    for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        x = x * 10 + (uint32_t)(s.p[i] - '0');
    return x;
}

static int32_t month(ht_str s, int32_t none) {
    if (s.n < 7) return none;
    return (int32_t)(number(ht_sub(s, 0, 4)) * 12 + number(ht_sub(s, 5, 7)) - 1);
}

static uint32_t fold(uint32_t c) {
    return fold_look_up(fold_words, c);
}

typedef struct {
    ht_trie_word *words;
    size_t n, cap;
} wordlist;

static void word_add(wordlist *l, ht_str s, size_t cut, uint32_t value) {
    size_t n;
    uint32_t *c = ht_utf8_decode(input_arena(), s, &n);
    for (size_t i = 0; i < n; i++) c[i] = fold(c[i]);
    *HT_PUSH(input_arena(), l->words, l->n, l->cap) = (ht_trie_word){c, (uint32_t)(n - cut), value};
}

/* --- divisions ------------------------------------------------------------------------------- */

static region_division *divisions;
static size_t n_divisions, cap_divisions;
static ht_buf text;

static region_kind kind_of(ht_str name, ht_str status, uint32_t level) {
    static const struct {
        const char *suffix;
        region_kind kind;
    } table[] = {{"自治区", REGION_AUTONOMOUS}, {"特别行政区", REGION_PROVINCE},
                 {"省", REGION_PROVINCE},       {"市", REGION_CITY},
                 {"区", REGION_DISTRICT},       {"县", REGION_COUNTY},
                 {"旗", REGION_BANNER},         {"州", REGION_STATE},
                 {"盟", REGION_LEAGUE}};
    if (!level) return REGION_COUNTRY;
    if (ht_str_eq(status, HT_S("statcode-only")) && level == 3) return REGION_ZONE;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (ht_str_ends(name, ht_str_of(table[i].suffix))) return table[i].kind;
    return REGION_OTHER;
}

static uint32_t text_add(ht_str s) {
    uint32_t at = (uint32_t)text.n;
    ht_buf_add(&text, s);
    return at;
}

static int by_code(const void *x, const void *y) {
    const region_division *a = x, *b = y;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    if (a->to != b->to) return a->to > b->to ? -1 : 1;
    return a->name < b->name ? -1 : a->name > b->name;
}

static uint32_t division_find(uint32_t code) {
    size_t low = 0, high = n_divisions;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (divisions[mid].code < code)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n_divisions && divisions[low].code == code ? (uint32_t)low : REGION_NO_PARENT;
}

static void divisions_read(ht_str file) {
    ht_str f[MAX_FIELDS];
    while (input_fields(&file, f, MAX_FIELDS)) {
        region_division *d = HT_PUSH(input_arena(), divisions, n_divisions, cap_divisions);
        d->code = number(f[0]);
        d->name = text_add(f[1]);
        d->name_bytes = (uint32_t)f[1].n;
        d->level = number(f[2]);
        d->parent = number(f[3]);
        d->from = month(f[5], 0);
        d->to = month(f[6], REGION_ALWAYS);
        d->kind = kind_of(f[1], f[8], d->level);
        d->successor = number(f[9]);
        for (ht_str one; ht_str_split(&f[9], '|', &one);) d->n_successors += number(one) != 0;
    }
    if (n_divisions > REGION_INDEX) die("too many divisions", HT_S(""));
    qsort(divisions, n_divisions, sizeof *divisions, by_code);
    for (size_t i = 0; i < n_divisions; i++) {
        uint32_t parent = divisions[i].parent;
        divisions[i].parent = parent ? division_find(parent) : REGION_NO_PARENT;
    }
}

/* --- names ----------------------------------------------------------------------------------- */

static uint32_t class_of(ht_trie *classes, ht_str name) {
    size_t n;
    uint32_t value, *c = ht_utf8_decode(input_arena(), name, &n);
    if (n && ht_trie_longest(classes, c, n, &value) == n) return value << REGION_CLASS_SHIFT;
    return 1 << REGION_CLASS_SHIFT;
}

static bool ends_as_level(ht_str s) {
    static const char *const ends[] = {"州", "县", "旗", "盟", "市", "新区"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ht_str_ends(s, ht_str_of(ends[i]))) return true;
    return false;
}

static void names_of_divisions(wordlist *l, ht_str file, ht_trie *classes) {
    ht_str f[MAX_FIELDS], one;
    while (input_fields(&file, f, MAX_FIELDS)) {
        uint32_t code = number(f[0]), i = division_find(code);
        int32_t to = month(f[6], REGION_ALWAYS);
        while (i + 1 < n_divisions && divisions[i + 1].code == code && divisions[i].to != to) i++;
        /* 城区, 东区, 和县: too short to be trusted alone, and words of their own. */
        bool brief = ht_utf8_count(f[1]) < SHORT_FULL_CHARS;
        bool doubt = f[6].n || ht_str_ends(f[1], HT_S("区")); /* 沙县小吃, now 沙县区 */
        if (!divisions[i].level) continue;
        word_add(l, f[1], 0,
                 i | (!brief  ? (uint32_t)REGION_FULL
                      : doubt ? REGION_SHORT | 2u << REGION_CLASS_SHIFT
                              : REGION_SHORT | 1u << REGION_CLASS_SHIFT));
        while (ht_str_split(&f[4], '|', &one)) {
            if (ht_utf8_count(one) < 2 || ht_str_eq(one, f[1])) continue;
            bool full = ends_as_level(one) && ht_utf8_count(one) >= SHORT_FULL_CHARS;
            word_add(l, one, 0, i | (full ? REGION_FULL : REGION_SHORT | class_of(classes, one)));
        }
    }
}

static void names_of_towns(wordlist *l, ht_str file) {
    static const char *const ends[] = {"街道", "镇", "乡", "苏木"};
    ht_str f[MAX_FIELDS];
    while (input_fields(&file, f, MAX_FIELDS)) {
        uint32_t i = division_find(number(f[0]));
        size_t n = ht_utf8_count(f[1]);
        if (i == REGION_NO_PARENT || n < 3) continue;
        uint32_t gone = f[2].n ? REGION_TOWN_GONE : 0;
        word_add(l, f[1], 0, i | REGION_TOWN | gone);
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            size_t cut = ht_utf8_count(ht_str_of(ends[k]));
            if (!ht_str_ends(f[1], ht_str_of(ends[k])) || n - cut < MIN_TOWN_SHORT) continue;
            word_add(l, f[1], cut, i | REGION_TOWN_SHORT | gone);
            break;
        }
    }
}

/* Groups equal words: values become a list, the word keeps the place of its first. */
static size_t group(wordlist *l, uint32_t **values) {
    qsort(l->words, l->n, sizeof *l->words, ht_trie_word_cmp);
    *values = HT_ARRAY(input_arena(), uint32_t, l->n + 1);
    size_t n_words = 0, n = 0;
    for (size_t i = 0; i < l->n; n_words++) {
        size_t from = i, first = n;
        while (i < l->n && ht_trie_word_same(&l->words[from], &l->words[i])) {
            if (n == first || (*values)[n - 1] != l->words[i].value)
                (*values)[n++] = l->words[i].value;
            i++;
        }
        (*values)[n - 1] |= REGION_LAST;
        l->words[n_words] = l->words[from];
        l->words[n_words].value = (uint32_t)first;
    }
    l->n = n_words;
    return n;
}

/* --- words ----------------------------------------------------------------------------------- */

#define REGION_CLASS_NAME(upper, name) name,
static const char *const class_names[] = {REGION_CLASSES(REGION_CLASS_NAME)};

static region_sense *senses;
static size_t n_senses, cap_senses;

static void words_read(wordlist *l, ht_str file) {
    ht_str f[MAX_FIELDS], word;
    while (input_fields(&file, f, MAX_FIELDS)) {
        uint32_t class_ = 0;
        while (class_ < REGION_N_CLASSES && !ht_str_eq(f[0], ht_str_of(class_names[class_])))
            class_++;
        if (class_ == REGION_N_CLASSES) die("unknown class of words", f[0]);
        uint32_t argument = text_add(f[2]);
        while (ht_str_split(&f[1], ' ', &word)) {
            if (!word.n) continue;
            word_add(l, word, 0, (uint32_t)n_senses);
            *HT_PUSH(input_arena(), senses, n_senses, cap_senses) =
                (region_sense){class_, argument, (uint32_t)f[2].n, 0};
        }
    }
}

/* --- the block ------------------------------------------------------------------------------- */

static uint32_t *block;
static size_t n_block, cap_block;

static uint32_t block_add(const void *data, size_t n_words) {
    uint32_t at = (uint32_t)n_block;
    if (n_block + n_words > cap_block) {
        size_t cap = 2 * (n_block + n_words);
        block = ht_arena_grow(input_arena(), block, cap_block * sizeof *block, cap * sizeof *block);
        cap_block = cap;
    }
    if (n_words) memcpy(block + n_block, data, n_words * sizeof *block);
    n_block += n_words;
    return at;
}

static void trie_add(wordlist *l, uint32_t place, uint32_t size) {
    ht_trie t;
    ht_trie_build(&t, input_arena(), l->words, l->n);
    size_t n = ht_trie_stored_words(&t);
    uint32_t *stored = HT_ARRAY(input_arena(), uint32_t, n);
    ht_trie_store(&t, stored);
    uint32_t at = block_add(stored, n);
    block[place] = at;
    block[size] = (uint32_t)n;
}

static void part_add(const void *data, size_t n_words, size_t n, uint32_t place, uint32_t size) {
    uint32_t at = block_add(data, n_words);
    block[place] = at;
    block[size] = (uint32_t)n;
}

int main(int argc, char **argv) {
    if (argc != 7) die("usage", HT_S("regions FOLD REGIONS SHORT TOWNS WORDS OUT"));
    ht_buf_init(&text, input_arena());
    fold_words = input_table(argv[1]);
    ht_str regions = input_file(argv[2]);
    divisions_read(regions);

    wordlist shorts = {0}, names = {0}, words = {0};
    ht_str file = input_file(argv[3]), f[MAX_FIELDS];
    while (input_fields(&file, f, MAX_FIELDS))
        word_add(&shorts, f[0], 0, (uint32_t)(f[1].p[0] - 'A'));
    ht_trie classes;
    ht_trie_build(&classes, input_arena(), shorts.words, shorts.n);
    names_of_divisions(&names, regions, &classes);
    names_of_towns(&names, input_file(argv[4]));
    words_read(&words, input_file(argv[5]));

    uint32_t header[REGION_HEADER] = {REGION_MAGIC}, *postings, *order;
    block_add(header, REGION_HEADER);
    part_add(divisions, n_divisions * sizeof *divisions / 4, n_divisions, REGION_H_DIVISIONS,
             REGION_H_N_DIVISIONS);
    size_t n_postings = group(&names, &postings);
    part_add(postings, n_postings, n_postings, REGION_H_POSTINGS, REGION_H_N_POSTINGS);
    trie_add(&names, REGION_H_NAMES, REGION_H_N_NAMES);
    size_t n_order = group(&words, &order);
    region_sense *sorted = HT_ARRAY(input_arena(), region_sense, n_order + 1);
    for (size_t i = 0; i < n_order; i++) {
        sorted[i] = senses[order[i] & ~REGION_LAST];
        sorted[i].last = order[i] >> 31;
    }
    part_add(sorted, n_order * sizeof *sorted / 4, n_order, REGION_H_SENSES, REGION_H_N_SENSES);
    trie_add(&words, REGION_H_WORDS, REGION_H_N_WORDS);
    size_t n_text = text.n;
    while (text.n % 4) ht_buf_byte(&text, 0);
    part_add(text.p, text.n / 4, n_text, REGION_H_TEXT, REGION_H_N_TEXT);

    output_file(argv[6], block, n_block * sizeof *block);
    return 0;
}
