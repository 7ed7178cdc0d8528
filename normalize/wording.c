/* Script conversion that knows words and names: no phrase of the dictionaries reaches across the
 * border of a word, places are written as they write themselves, and family names stay. */
#include "base/table.h"
#include "base/utf8.h"
#include "normalize/clean.h"
#include "normalize/script.h"
#include "normalize/words.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

HT_TABLE(script_names, "script-names.bin");

enum { MAX_GIVEN = 2, MAX_PHRASE = 24 };

/* Kinds of words in script-names.tsv, bits of a trie's value above the place of a form. */
enum { PLACE = 1, SURNAME = 2, BEFORE = 4, AFTER = 8, NEVER = 16, KINDS = 5 };

static struct {
    ht_arena arena;
    ht_trie names; /* folded; the value is kind * MAX_FORMS + index of the form of a place */
    ht_str *forms; /* of places, in traditional script */
} names;
enum { MAX_FORMS = 1 << 12 };
static pthread_once_t names_once = PTHREAD_ONCE_INIT;

/* A name that is listed several times has all its kinds: 主任 stands before a name and behind one.
 * Only one of its lines is that of a place, so its form stays what it is. */
static size_t join_kinds(ht_trie_word *words, size_t n) {
    size_t k = 0;
    if (n) qsort(words, n, sizeof *words, ht_trie_word_cmp);
    for (size_t i = 0; i < n; i++) {
        if (k && ht_trie_word_same(&words[k - 1], &words[i]))
            words[k - 1].value |= words[i].value;
        else
            words[k++] = words[i];
    }
    return k;
}

static void names_read(void) {
    static const char *const kinds[KINDS] = {"place", "surname", "before", "after", "never"};
    ht_str file = {(const char *)ht_table_script_names, HT_TABLE_SIZE(script_names)}, line;
    ht_trie_word *words = NULL;
    size_t n = 0, cap = 0, n_forms = 0, cap_forms = 0;
    ht_arena_init(&names.arena, 0);
    while (ht_str_split(&file, '\n', &line)) {
        ht_str kind, name;
        uint32_t value = 0;
        if (!ht_str_split(&line, '\t', &kind) || !ht_str_split(&line, '\t', &name)) continue;
        for (int k = 0; k < KINDS; k++)
            if (ht_str_eq(kind, ht_str_of(kinds[k]))) value = (1u << k) * MAX_FORMS;
        if (value == PLACE * MAX_FORMS) {
            value += (uint32_t)n_forms;
            *HT_PUSH(&names.arena, names.forms, n_forms, cap_forms) = line;
        }
        size_t n_chars;
        uint32_t *c = ht_utf8_decode(&names.arena, name, &n_chars);
        for (size_t i = 0; i < n_chars; i++) c[i] = ht_fold(c[i]);
        *HT_PUSH(&names.arena, words, n, cap) = (ht_trie_word){c, (uint32_t)n_chars, value};
    }
    ht_trie_build(&names.names, &names.arena, words, join_kinds(words, n));
}

bool wording_tables_ok(void) {
    pthread_once(&names_once, names_read);
    return words_table_ok() && names.forms;
}

/* A text under conversion, as bytes and as folded characters. */
typedef struct {
    ht_str s;
    const uint32_t *c;
    const uint32_t *byte; /* place of each character, and one behind the last */
    size_t n;
    script_dictionary dictionary;
} work;

/* Is there a word of that kind of exactly these characters? Words may have several kinds. */
static bool is_name(const work *w, size_t from, size_t to, uint32_t kind) {
    uint32_t node = 0;
    for (size_t i = from; i < to; i++) {
        node = ht_trie_step(&names.names, node, w->c[i]);
        if (!node) return false;
    }
    uint32_t value = node ? ht_trie_value(&names.names, node) : HT_TRIE_NONE;
    return value != HT_TRIE_NONE && (value / MAX_FORMS & kind);
}

static bool is_ideograph(uint32_t c) {
    return (c >= 0x3400 && c < 0xA000) || c >= 0x20000;
}

enum { MAX_TITLE = 4 };

static bool ends_title(const work *w, size_t at) {
    for (size_t k = 1; k <= MAX_TITLE && k <= at; k++)
        if (is_name(w, at - k, at, BEFORE)) return true;
    return false;
}

static bool begins_speech(const work *w, size_t at) {
    for (size_t k = 1; k <= MAX_TITLE && at + k <= w->n; k++)
        if (is_name(w, at, at + k, AFTER)) return true;
    return false;
}

/* Is the character the family name of a person? It stands behind a title, or at the start of a
 * clause and before a verb of speech; a given name of one or two characters follows. */
static bool is_surname(const work *w, size_t at) {
    if (!is_name(w, at, at + 1, SURNAME)) return false;
    if (words_cost_at(w->c, w->n, at) < WORDS_FREQUENT) return false;
    bool titled = ends_title(w, at), first = !at || !is_ideograph(w->c[at - 1]);
    if (!titled && !first) return false;
    for (size_t given = 1; given <= MAX_GIVEN; given++) {
        size_t end = at + 1 + given;
        if (end > w->n || !is_ideograph(w->c[end - 1])) return false;
        if (is_name(w, at + 1, end, NEVER)) continue;
        bool stops = end == w->n || !is_ideograph(w->c[end]);
        if (begins_speech(w, end) || (titled && stops)) return true;
    }
    return false;
}

/* The place whose name stands at `at` and is written otherwise than the dictionaries would: where
 * it ends; `at` if there is none. */
static size_t place_at(const work *w, size_t at, ht_str *form) {
    uint32_t node = 0;
    size_t end = at;
    for (size_t i = at; i < w->n; i++) {
        node = ht_trie_step(&names.names, node, w->c[i]);
        if (!node) break;
        uint32_t value = ht_trie_value(&names.names, node);
        if (value == HT_TRIE_NONE || !(value / MAX_FORMS & PLACE)) continue;
        *form = names.forms[value % MAX_FORMS];
        end = i + 1;
    }
    return end > at && words_allow(w->c, w->n, at, end) ? end : at;
}

/* What the characters at `at` become, and where they end. */
static size_t convert_at(const work *w, size_t at, ht_str *into) {
    size_t place = place_at(w, at, into);
    if (place > at) return place;
    for (size_t most = MAX_PHRASE; most > 1;) {
        size_t byte = script_match(&w->dictionary, w->s, w->byte[at], most, SCRIPT_MAX_RANK, into);
        size_t end = at;
        while (w->byte[end] < byte) end++;
        if (end <= at + 1) break;
        if (words_allow(w->c, w->n, at, end)) return end;
        most = end - at - 1;
    }
    *into = ht_sub(w->s, w->byte[at], w->byte[at + 1]);
    if (!is_surname(w, at))
        script_match(&w->dictionary, w->s, w->byte[at], 1, SCRIPT_MAX_RANK, into);
    return at + 1;
}

/* words_allow for a place in a text of bytes. */
static bool allows(ht_str s, size_t from, size_t to) {
    uint32_t c[MAX_PHRASE + 2 * WORDS_AROUND];
    size_t start = from, n = 0, n_before = 0, n_phrase = 0;
    for (; start && n_before < WORDS_AROUND; n_before++) {
        start--;
        while (((unsigned char)s.p[start] & 0xC0) == 0x80) start--;
    }
    for (size_t at = start; at < s.n && n < sizeof c / sizeof *c;) {
        n_phrase += at >= from && at < to;
        c[n++] = ht_fold(ht_utf8_next(s, &at));
    }
    return n_phrase > MAX_PHRASE || words_allow(c, n, n_before, n_before + n_phrase);
}

ht_text wording_to_hans(ht_arena *a, const ht_text *t) {
    return script_convert_if(a, t, SCRIPT_T2S, allows);
}

ht_text wording_to_hant(ht_arena *a, const ht_text *t) {
    work w = {.s = t->text};
    rewrite r;
    uint32_t *c = ht_utf8_decode(a, t->text, &w.n), *byte = HT_ARRAY(a, uint32_t, w.n + 1);
    if (!script_open(&w.dictionary, SCRIPT_S2T)) return *t;
    for (size_t i = 0, at = 0; i < w.n; i++) {
        byte[i] = (uint32_t)at;
        ht_utf8_next(t->text, &at);
        byte[i + 1] = (uint32_t)at;
    }
    rewrite_begin(&r, a, t);
    for (size_t i = 0; i < w.n; i++) c[i] = ht_fold(c[i]);
    w.c = c;
    w.byte = byte;
    for (size_t at = 0; at < w.n;) {
        ht_str into, old;
        size_t end = convert_at(&w, at, &into);
        old = ht_sub(t->text, byte[at], byte[end]);
        if (!ht_str_eq(old, into)) rewrite_each(&r, into, byte[at], byte[end]);
        at = end;
    }
    return rewrite_end(&r);
}
