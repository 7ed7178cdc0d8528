/* Traditional <-> simplified by OpenCC's dictionaries: greedy, longest match, phrases before
 * characters. */
#include "base/table.h"
#include "base/trie.h"
#include "base/utf8.h"
#include "normalize/clean.h"
#include "normalize/script_table.h"
#include "normalize/width.h"

HT_TABLE(script, "script.bin");

static const uint32_t *words(void) {
    return (const uint32_t *)(const void *)ht_table_script;
}

static bool trie_of(int table, ht_trie *t) {
    const uint32_t *w = words() + 4 * table;
    return ht_trie_open(t, words() + w[0], w[1]);
}

bool script_tables_ok(void) {
    ht_trie t;
    for (int i = 0; i < SCRIPT_TABLES; i++)
        if (!trie_of(i, &t)) return false;
    return true;
}

static unsigned class_of(uint32_t c) {
    return c < 0x10000 ? ((const unsigned char *)(words() + SCRIPT_CLASSES))[c] : 0;
}

script_count script_counted(ht_str text) {
    script_count k = {0, 0};
    for (size_t at = 0; at < text.n;) {
        unsigned class = class_of(ht_utf8_next(text, &at));
        k.n_hant += class == SCRIPT_HANT;
        k.n_hans += class == SCRIPT_HANS;
    }
    return k;
}

/* The longest key at s.p[at]: where it ends, and its value; `at` when there is none. */
static size_t longest(const ht_trie *t, ht_str s, size_t at, uint32_t *value) {
    size_t end = at;
    uint32_t node = 0;
    for (size_t i = at; i < s.n;) {
        node = ht_trie_step(t, node, ht_utf8_next(s, &i));
        if (!node) break;
        uint32_t v = ht_trie_value(t, node);
        if (v == HT_TRIE_NONE) continue;
        *value = v;
        end = i;
    }
    return end;
}

/* Character by character where both sides have as many of them, else as a whole. */
static void put_converted(rewrite *w, ht_str old, ht_str new, size_t from) {
    if (ht_utf8_count(old) != ht_utf8_count(new)) {
        /* in two parts, lest equal lengths be taken for a byte-by-byte match */
        size_t cut = 0;
        if (old.n == new.n) ht_utf8_next(new, &cut);
        rewrite_replace(w, ht_sub(new, 0, cut), from, from + old.n);
        rewrite_replace(w, ht_sub(new, cut, new.n), from, from + old.n);
        return;
    }
    for (size_t i = 0, j = 0; i < old.n;) {
        size_t i0 = i, j0 = j;
        ht_utf8_next(old, &i);
        ht_utf8_next(new, &j);
        rewrite_replace(w, ht_sub(new, j0, j), from + i0, from + i);
    }
}

ht_text script_convert(ht_arena *a, const ht_text *t, int table) {
    ht_trie trie;
    const uint32_t *w4 = words() + 4 * table;
    const char *strings = (const char *)(words() + w4[2]);
    if (!trie_of(table, &trie)) return *t;
    rewrite w = {.old = NULL};
    size_t kept = 0;
    for (size_t at = 0; at < t->text.n;) {
        size_t next = at;
        uint32_t c = ht_utf8_next(t->text, &next), value = 0;
        if (c < 0x2E80 && !trie.root[c]) {
            at = next;
            continue;
        }
        size_t end = longest(&trie, t->text, at, &value);
        if (end == at) {
            at = next;
            continue;
        }
        ht_str old = ht_sub(t->text, at, end);
        ht_str new = {strings + value + 1, (unsigned char)strings[value]};
        if (!ht_str_eq(old, new)) {
            if (!w.old) rewrite_begin(&w, a, t);
            rewrite_keep(&w, kept, at);
            put_converted(&w, old, new, at);
            kept = end;
        }
        at = end;
    }
    if (!w.old) return *t;
    rewrite_keep(&w, kept, t->text.n);
    return rewrite_end(&w);
}

/* Two steps of which neither may look over the bounds of what the phrases of `phrases` cut out. */
static ht_text convert_by_segments(ht_arena *a, const ht_text *t, int phrases, int first,
                                   int second) {
    ht_trie trie;
    ht_buf out;
    ht_offmap map;
    if (!trie_of(phrases, &trie)) return *t;
    ht_buf_init(&out, a);
    ht_offmap_init(&map, a);
    for (size_t at = 0, from = 0; from < t->text.n;) {
        size_t end = at, next = at;
        uint32_t value;
        if (at < t->text.n) {
            end = longest(&trie, t->text, at, &value);
            ht_utf8_next(t->text, &next);
            if (end <= next) { /* a character alone is no phrase */
                at = next;
                continue;
            }
        }
        if (at == from) at = end; /* the phrase itself, else what stands before it */
        ht_text part = {ht_sub(t->text, from, at), {0}};
        ht_offmap_init(&part.map, a);
        ht_offmap_append_part(&part.map, &t->map, from, at);
        part = script_convert(a, &part, first);
        part = script_convert(a, &part, second);
        ht_buf_add(&out, part.text);
        ht_offmap_append(&map, &part.map);
        from = at;
    }
    return (ht_text){ht_buf_str(&out), map};
}

/* OpenCC maps compatibility ideographs before it converts, and nothing else. */
static ht_text compatible(ht_arena *a, const ht_text *t) {
    rewrite w = {.old = NULL};
    size_t kept = 0;
    for (size_t at = 0; at < t->text.n;) {
        size_t from = at;
        uint32_t c = ht_utf8_next(t->text, &at);
        if (!((c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F))) continue;
        char one[4];
        if (!w.old) rewrite_begin(&w, a, t);
        rewrite_keep(&w, kept, from);
        rewrite_replace(&w, (ht_str){one, ht_utf8_put(one, width_variant(c))}, from, at);
        kept = at;
    }
    if (!w.old) return *t;
    rewrite_keep(&w, kept, t->text.n);
    return rewrite_end(&w);
}

bool ht_convert(ht_arena *a, ht_str name, ht_text *t) {
    enum { NONE = SCRIPT_TABLES };
    static const struct {
        const char *name;
        int first, second;
    } chains[] = {
        {"t2s", SCRIPT_T2S, NONE},           {"s2t", SCRIPT_S2T, NONE},
        {"t2tw", SCRIPT_T2TW, NONE},         {"t2hk", SCRIPT_T2HK, NONE},
        {"tw2t", SCRIPT_TW2T, NONE},         {"hk2t", SCRIPT_HK2T, NONE},
        {"t2jp", SCRIPT_T2JP, NONE},         {"jp2t", SCRIPT_JP2T, NONE},
        {"s2tw", SCRIPT_S2T, SCRIPT_T2TW},   {"s2hk", SCRIPT_S2T, SCRIPT_T2HK},
        {"s2twp", SCRIPT_S2T, SCRIPT_T2TWP}, {"s2hkp", SCRIPT_S2T, SCRIPT_T2HKP},
        {"tw2s", SCRIPT_TW2T, SCRIPT_T2S},   {"hk2s", SCRIPT_HK2T, SCRIPT_T2S},
        {"tw2sp", SCRIPT_TWP2T, SCRIPT_T2S}, {"hk2sp", SCRIPT_HKP2T, SCRIPT_T2S},
    };
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
        if (!ht_str_eq(name, ht_str_of(chains[i].name))) continue;
        *t = compatible(a, t);
        int first = chains[i].first, second = chains[i].second;
        int phrases = first == SCRIPT_S2T ? SCRIPT_S2T : SCRIPT_T2S;
        *t = second == NONE ? script_convert(a, t, first)
                            : convert_by_segments(a, t, phrases, first, second);
        return true;
    }
    return false;
}
