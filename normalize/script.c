/* Traditional <-> simplified by OpenCC's dictionaries, as OpenCC applies them: greedy from the
 * left, the longest key of the first dictionary of a chain that has any. */
#include "base/table.h"
#include "base/utf8.h"
#include "normalize/clean.h"
#include "normalize/script.h"

#include <string.h>

HT_TABLE(script, "script.bin");

static const uint32_t *words(void) {
    return (const uint32_t *)(const void *)ht_table_script;
}

bool script_open(script_dictionary *d, int table) {
    const script_header *h = (const script_header *)words() + table;
    d->strings = (const char *)(words() + h->strings);
    d->alone = words() + h->alone;
    d->pairs = words() + h->pairs;
    d->shift = h->shift;
    return ht_trie_open(&d->trie, words() + h->trie, h->n_trie);
}

bool script_tables_ok(void) {
    script_dictionary d;
    for (int i = 0; i < SCRIPT_TABLES; i++)
        if (!script_open(&d, i)) return false;
    return true;
}

size_t script_match(const script_dictionary *d, ht_str s, size_t at, size_t most_chars,
                    uint32_t most_rank, ht_str *into) {
    size_t end = at, i = at, n_chars = 0;
    uint32_t node = 0, best = most_rank * SCRIPT_RANK + SCRIPT_RANK - 1;
    do {
        node = ht_trie_step(&d->trie, node, ht_utf8_next(s, &i));
        if (!node) break;
        n_chars++;
        uint32_t v = ht_trie_value(&d->trie, node);
        if (v == HT_TRIE_NONE || v / SCRIPT_RANK > best / SCRIPT_RANK) continue;
        best = v;
        end = i;
    } while (i < s.n && n_chars < most_chars && d->trie.nodes[node].filter);
    if (end > at) {
        const char *string = d->strings + best % SCRIPT_RANK;
        *into = (ht_str){string + 1, (unsigned char)*string};
    }
    return end;
}

/* Is there no key that begins with these two characters? */
static inline bool no_key(const script_dictionary *d, uint32_t first, uint32_t second) {
    uint32_t bit = script_pair(first, second, d->shift);
    return !(d->pairs[bit / 32] >> (bit % 32) & 1);
}

/* The code point of a sequence of three bytes, its fixed bits taken away all at once. */
static inline uint32_t three_bytes(const unsigned char *p) {
    return (uint32_t)p[0] << 12 ^ (uint32_t)p[1] << 6 ^ p[2] ^ (0xE0 << 12 ^ 0x80 << 6 ^ 0x80);
}

/* The characters at p that stand alone, each replaced by one of as many bytes: what nearly all of a
 * text is. Ends at the first that may begin a longer key, or that is not of three bytes. Returns
 * how many bytes were written (one more may be spoilt); *changed is set where one differs. */
static size_t convert_alone(const script_dictionary *d, const unsigned char *p, size_t n, char *out,
                            uint32_t *changed) {
    size_t at = 0;
    uint32_t differs = 0;
    if (n < 3 || (p[0] & 0xF0) != 0xE0) return 0;
    uint32_t c = three_bytes(p), next;
    for (; n - at >= 6 && (p[at + 3] & 0xF0) == 0xE0; at += 3, c = next) {
        next = three_bytes(p + at + 3);
        uint32_t into = d->alone[c], old;
        if (!into || !no_key(d, c, next)) break;
        memcpy(&old, p + at, 4);
        memcpy(out + at, &into, 4);
        differs |= into ^ old;
    }
    /* the fourth byte is a NUL in one and the next character in the other */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    *changed |= differs & 0xFFFFFF00;
#else
    *changed |= differs & 0x00FFFFFF;
#endif
    return at;
}

/* The longest match that is allowed; a single character always is. */
static size_t match_allowed(const script_dictionary *d, ht_str s, size_t at, script_allows *allows,
                            ht_str *into) {
    size_t end = script_match(d, s, at, SIZE_MAX, SCRIPT_MAX_RANK, into);
    while (allows && end > at) {
        size_t n = ht_utf8_count(ht_sub(s, at, end));
        if (n == 1 || allows(s, at, end)) break;
        end = script_match(d, s, at, n - 1, SCRIPT_MAX_RANK, into);
    }
    return end;
}

/* Where segments end that no key may reach across. */
typedef struct {
    size_t *at; /* arena */
    size_t n, cap;
} borders;

/* Converts between the borders and moves them to where they are in the new text. `allows`, if it is
 * not NULL, has a say on each phrase. */
static ht_text convert(ht_arena *a, const ht_text *t, int which, borders *b,
                       script_allows *allows) {
    script_dictionary d;
    rewrite w;
    ht_str s = t->text;
    uint32_t changed = 0;
    size_t k = 0, grown = 0; /* modulo 2^64: by how much the text before `at` is longer now */
    if (!script_open(&d, which)) return *t;
    rewrite_begin(&w, a, t);
    for (size_t at = 0; at < s.n;) {
        size_t stop = b->n ? b->at[k] : s.n;
        char *out = rewrite_space(&w, stop - at + 1);
        size_t n = convert_alone(&d, (const unsigned char *)s.p + at, stop - at, out, &changed);
        rewrite_filled(&w, n);
        at += n;
        size_t end = at, next = at;
        ht_str new = {NULL, 0};
        if (ht_trie_begins(&d.trie, ht_utf8_next(s, &next)))
            end = match_allowed(&d, ht_sub(s, 0, stop), at, allows, &new);
        if (end == at) {
            memcpy(rewrite_space(&w, next - at), s.p + at, next - at);
            rewrite_filled(&w, next - at);
            at = next;
        } else {
            rewrite_each(&w, new, at, end);
            changed |= !ht_str_eq(ht_sub(s, at, end), new);
            grown += new.n - (end - at);
            at = end;
        }
        if (b->n && at == stop) b->at[k++] += grown;
    }
    return changed ? rewrite_end(&w) : *t;
}

ht_text script_convert(ht_arena *a, const ht_text *t, int which) {
    return script_convert_if(a, t, which, NULL);
}

ht_text script_convert_if(ht_arena *a, const ht_text *t, int which, script_allows *allows) {
    borders none = {NULL, 0, 0};
    return convert(a, t, which, &none, allows);
}

/* OpenCC's segments: the longest phrases, and what lies between them. */
static borders segments(ht_arena *a, ht_str s, int phrases) {
    borders b = {NULL, 0, 0};
    script_dictionary d;
    size_t from = 0, at = 0;
    if (!script_open(&d, phrases)) return b;
    while (at < s.n) {
        size_t next = at, end = at;
        ht_str into;
        if (ht_trie_begins(&d.trie, ht_utf8_next(s, &next)))
            end = script_match(&d, s, at, SIZE_MAX, 0, &into);
        if (end > at) {
            if (at > from) *HT_PUSH(a, b.at, b.n, b.cap) = at;
            *HT_PUSH(a, b.at, b.n, b.cap) = from = end;
            next = end;
        }
        at = next;
    }
    if (at > from) *HT_PUSH(a, b.at, b.n, b.cap) = at;
    return b;
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
        int first = chains[i].first, second = chains[i].second;
        *t = script_convert(a, t, SCRIPT_COMPATIBLE);
        if (second == NONE) {
            *t = script_convert(a, t, first);
            return true;
        }
        borders b = segments(a, t->text, first == SCRIPT_S2T ? SCRIPT_S2T : SCRIPT_T2S);
        *t = convert(a, t, first, &b, NULL);
        *t = convert(a, t, second, &b, NULL);
        return true;
    }
    return false;
}
