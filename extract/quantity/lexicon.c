#include "extract/quantity/lexicon.h"

#include "base/table.h"
#include "base/utf8.h"

#include <pthread.h>

HT_TABLE(numerals, "numerals.tsv");
HT_TABLE(unit_words, "units.tsv");
HT_TABLE(number_words, "number-words.tsv");
HT_TABLE(idioms, "idioms.txt");
HT_TABLE(exclude_places, "exclude-places.txt");

enum { N_BMP = 65536, MAX_FIELDS = 7, MAX_WORD = 64 };

typedef struct {
    const char *file;
    ht_str rest;
    unsigned line;
    ht_error *e;
    bool failed;
} table;

typedef struct {
    ht_trie_word *w;
    size_t n, cap;
} words;

static bool table_fail(table *t, const char *why) {
    if (!t->failed) ht_fail(t->e, HT_CODEBOOK, "%s:%u: %s", t->file, t->line, why);
    t->failed = true;
    return false;
}

/* The next line that is no comment, split at tabs; missing fields are empty. */
static bool table_next(table *t, ht_str f[MAX_FIELDS]) {
    ht_str line;
    while (!t->failed && ht_str_split(&t->rest, '\n', &line)) {
        t->line++;
        if (!line.n || line.p[0] == '#') continue;
        for (size_t i = 0; i < MAX_FIELDS; i++)
            if (!ht_str_split(&line, '\t', &f[i])) f[i] = (ht_str){"", 0};
        return true;
    }
    return false;
}

static void words_add(words *w, ht_arena *a, ht_str s, uint32_t value, bool backwards) {
    size_t n;
    uint32_t *c = ht_utf8_decode(a, s, &n);
    if (backwards)
        for (size_t i = 0; i < n / 2; i++) {
            uint32_t x = c[i];
            c[i] = c[n - 1 - i];
            c[n - 1 - i] = x;
        }
    *HT_PUSH(a, w->w, w->n, w->cap) = (ht_trie_word){c, (uint32_t)n, value};
}

static bool named(ht_str s, const char *const *names, size_t n, uint32_t *index) {
    for (size_t i = 0; i < n; i++)
        if (ht_str_eq(s, ht_str_of(names[i]))) {
            *index = (uint32_t)i;
            return true;
        }
    return false;
}
#define NAMED(s, names, index) named((s), (names), sizeof(names) / sizeof *(names), (index))

static void load_glyphs(ht_lexicon *l, table t) {
    static const char *const roles[] = {"", "digit", "tens", "small", "big"};
    static const char *const styles[] = {"plain", "formal", "spoken"};
    ht_str f[MAX_FIELDS];
    l->glyphs = HT_ARRAY(&l->arena, glyph, N_BMP);
    while (table_next(&t, f)) {
        uint32_t role, style;
        size_t at = 0;
        uint32_t c = f[0].n ? ht_utf8_next(f[0], &at) : 0;
        ht_number value = ht_number_parse(f[2]);
        if (!NAMED(f[1], roles, &role) || !NAMED(f[3], styles, &style) || !value.ok || !c ||
            c >= N_BMP)
            table_fail(&t, "expected: char role value style");
        else
            l->glyphs[c] = (glyph){(uint8_t)role, (uint8_t)value.mantissa, (uint8_t)style};
    }
}

static void load_units(ht_lexicon *l, table t) {
    static const char *const kinds[] = {
        "count", "money",    "measure", "duration", "age",   "share", "rate",  "noun",
        "bare",  "ordinal",  "label",   "line",     "grade", "clock", "score", "cohort",
        "tenth", "discount", "fold",    "day",      "month", "year"};
    ht_str f[MAX_FIELDS], word;
    size_t cap = 0;
    words units = {0}, unless = {0};
    while (table_next(&t, f)) {
        uint32_t kind;
        ht_number factor = ht_number_parse(f[5]);
        if (!NAMED(f[2], kinds, &kind) || !factor.ok || !f[1].n || !f[3].n) {
            table_fail(&t, "expected: written canonical kind dimension base factor unless");
            break;
        }
        while (ht_str_split(&f[0], '|', &word))
            words_add(&units, &l->arena, word, (uint32_t)l->n_units, false);
        while (ht_str_split(&f[6], '|', &word)) words_add(&unless, &l->arena, word, 0, false);
        *HT_PUSH(&l->arena, l->unit, l->n_units, cap) =
            (unit){f[1], f[3], f[4], factor, (unit_kind)kind};
    }
    ht_trie_build(&l->units, &l->arena, units.w, units.n);
    ht_trie_build(&l->unless, &l->arena, unless.w, unless.n);
}

static void load_words(ht_lexicon *l, table t) {
    static const char *const roles[] = {
        "pre-about",   "pre-nearly",     "pre-over",    "pre-least",    "pre-most",
        "post-about",  "post-nearly",    "post-over",   "post-least",   "post-most",
        "not-pre",     "not-lead",       "phone-near",  "scheme-after", "points-after",
        "stair-after", "ordinal-before", "span-before", "currency",     "per-head",
        "frame-one",   "rank-header",    "money-tail",  "page-unit",    "change-to",
        "residue",     "change",         "reach",       "not-great",    "lasting",
        "next-word"};
    ht_str f[MAX_FIELDS], role;
    words ahead = {0}, back = {0};
    while (table_next(&t, f)) {
        uint32_t mask = 0, index;
        while (ht_str_split(&f[1], ' ', &role))
            if (NAMED(role, roles, &index))
                mask |= (uint32_t)1 << index;
            else
                table_fail(&t, "unknown role");
        words_add(&ahead, &l->arena, f[0], mask, false);
        words_add(&back, &l->arena, f[0], mask, true);
    }
    ht_trie_build(&l->words, &l->arena, ahead.w, ahead.n);
    ht_trie_build(&l->words_back, &l->arena, back.w, back.n);
}

static void load_fixed(ht_lexicon *l, words *fixed, table t) {
    static const char *const classes[] = {"idiom", "name", "date", "ordinal"};
    ht_str f[MAX_FIELDS];
    while (table_next(&t, f)) {
        uint32_t class = FIXED_NAME;
        if (f[1].n && !NAMED(f[1], classes, &class)) table_fail(&t, "unknown class");
        if (ht_str_eq(f[2], HT_S("weak")))
            class |= FIXED_WEAK;
        else if (f[2].n)
            table_fail(&t, "the third field may only be `weak`");
        words_add(fixed, &l->arena, f[0], class, false);
    }
}

static struct {
    pthread_once_t once;
    ht_lexicon lexicon;
    ht_error error;
} state = {.once = PTHREAD_ONCE_INIT};

#define TABLE(name, file)                                                                          \
    (table) {                                                                                      \
        file, {(const char *)ht_table_##name, HT_TABLE_SIZE(name)}, 0, &state.error, false         \
    }

static void load(void) {
    ht_lexicon *l = &state.lexicon;
    words fixed = {0};
    ht_arena_init(&l->arena, 0);
    load_glyphs(l, TABLE(numerals, "numerals.tsv"));
    load_units(l, TABLE(unit_words, "units.tsv"));
    load_words(l, TABLE(number_words, "number-words.tsv"));
    load_fixed(l, &fixed, TABLE(idioms, "idioms.txt"));
    load_fixed(l, &fixed, TABLE(exclude_places, "exclude-places.txt"));
    ht_trie_build(&l->fixed, &l->arena, fixed.w, fixed.n);
}

const ht_lexicon *ht_lexicon_get(ht_error *e) {
    pthread_once(&state.once, load);
    if (state.error.status == HT_OK) return &state.lexicon;
    if (e) *e = state.error;
    return NULL;
}

uint32_t lexicon_word_at(const ht_lexicon *l, uint32_t roles, const uint32_t *c, uint32_t n,
                         uint32_t at) {
    uint32_t node = 0, longest = 0;
    for (uint32_t i = at; i < n; i++) {
        node = ht_trie_step(&l->words, node, c[i]);
        if (!node) break;
        uint32_t mask = ht_trie_value(&l->words, node);
        if (mask != HT_TRIE_NONE && mask & roles) longest = i + 1 - at;
    }
    return longest;
}

uint32_t lexicon_word_before(const ht_lexicon *l, uint32_t roles, const uint32_t *c, uint32_t at) {
    uint32_t node = 0, longest = 0;
    for (uint32_t i = at; i-- > 0;) {
        node = ht_trie_step(&l->words_back, node, c[i]);
        if (!node) break;
        uint32_t mask = ht_trie_value(&l->words_back, node);
        if (mask != HT_TRIE_NONE && mask & roles) longest = at - i;
    }
    return longest;
}

uint32_t lexicon_unit_at(const ht_lexicon *l, const uint32_t *c, uint32_t n, uint32_t at,
                         const unit **u) {
    uint32_t index = 0, none;
    if (at >= n) return 0;
    size_t k = ht_trie_longest(&l->units, c + at, n - at, &index);
    if (!k || ht_trie_longest(&l->unless, c + at, n - at, &none) > k) return 0;
    *u = &l->unit[index];
    return (uint32_t)k;
}
