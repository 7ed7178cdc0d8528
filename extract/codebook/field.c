/* Nodes -> texts, ids, numbers, choices, labels and lists of words. */
#include "extract/codebook/parts.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_KEYS = 16, MAX_SHOWN = 60 };

/* What the file says, short enough for a message. */
static ht_str shown(ht_str s) {
    if (s.n <= MAX_SHOWN) return s;
    return ht_sub(s, 0, ht_utf8_valid_until(ht_sub(s, 0, MAX_SHOWN)));
}

static const char *kind_name(const node *n) {
    return n->kind == NODE_LIST ? "a list" : n->kind == NODE_MAP ? "a map" : "a single value";
}

static ht_str join(ht_arena *a, const char *const *words, const char *last) {
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; words[i]; i++) {
        if (i) ht_buf_add(&b, words[i + 1] ? HT_S(", ") : ht_str_of(last));
        ht_buf_add(&b, ht_str_of(words[i]));
    }
    return ht_buf_str(&b);
}

bool field_map(checker *c, const node *n, const char *what, const char *const *keys,
               const node **values) {
    size_t n_keys = 0;
    while (keys[n_keys]) values[n_keys++] = NULL;
    if (n->kind != NODE_MAP) {
        mistake_add(&c->mistakes, n->line, n->column, "%s, expected %s: a map with %.*s",
                    kind_name(n), what, HT_ARG(join(c->arena, keys, ", ")));
        return false;
    }
    for (const node *v = n->first; v; v = v->next) {
        size_t k = 0;
        while (k < n_keys && !ht_str_eq(v->key, ht_str_of(keys[k]))) k++;
        if (k == n_keys)
            mistake_add(&c->mistakes, v->key_line, v->key_column,
                        "unknown key \"" HT_FMT "\" in %s, expected " HT_FMT, HT_ARG(shown(v->key)),
                        what, HT_ARG(join(c->arena, keys, " or ")));
        else if (values[k])
            mistake_add(&c->mistakes, v->key_line, v->key_column,
                        "key \"%s\" again (first in line %u), expected it once", keys[k],
                        values[k]->key_line);
        else
            values[k] = v;
    }
    return true;
}

void field_missing(checker *c, const node *map, const char *key, const char *expected) {
    mistake_add(&c->mistakes, map->line, map->column, "no \"%s\", expected %s", key, expected);
}

ht_str field_text(checker *c, const node *n, const char *what) {
    if (n->kind != NODE_SCALAR) {
        mistake_add(&c->mistakes, n->line, n->column, "%s, expected %s", kind_name(n), what);
        return (ht_str){0};
    }
    ht_str s = ht_str_trim(n->text);
    if (!s.n || ht_str_eq(s, HT_S("~"))) {
        mistake_add(&c->mistakes, n->line, n->column, "nothing here, expected %s", what);
        return (ht_str){0};
    }
    return s;
}

static bool is_lower(char ch) {
    return ch >= 'a' && ch <= 'z';
}

ht_str field_id(checker *c, const node *n, const char *what, bool hyphen) {
    ht_str s = field_text(c, n, what);
    if (!s.n) return s;
    bool good = s.n <= CODEBOOK_MAX_ID && is_lower(s.p[0]);
    for (size_t i = 0; good && i < s.n; i++)
        good =
            is_lower(s.p[i]) || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == (hyphen ? '-' : '_');
    if (good) return s;
    mistake_add(&c->mistakes, n->line, n->column,
                "\"" HT_FMT "\" is no %s, expected a-z, then up to %d of a-z, 0-9 and %c",
                HT_ARG(shown(s)), what, CODEBOOK_MAX_ID - 1, hyphen ? '-' : '_');
    return (ht_str){0};
}

bool field_bool(checker *c, const node *n) {
    ht_str s = field_text(c, n, "true or false");
    if (ht_str_eq(s, HT_S("true"))) return true;
    if (s.n && !ht_str_eq(s, HT_S("false")))
        mistake_add(&c->mistakes, n->line, n->column, "\"" HT_FMT "\", expected true or false",
                    HT_ARG(shown(s)));
    return false;
}

ht_number field_number(checker *c, const node *n, const char *what) {
    ht_str s = field_text(c, n, what);
    ht_number x = s.n ? ht_number_parse(s) : HT_NO_NUMBER;
    if (s.n && !x.ok)
        mistake_add(&c->mistakes, n->line, n->column,
                    "\"" HT_FMT "\" is no number, expected %s: digits as in 13000 or 28.6",
                    HT_ARG(shown(s)), what);
    return x;
}

ht_str field_choice(checker *c, const node *n, const char *what, const char *const *words) {
    ht_str s = field_text(c, n, what);
    for (size_t i = 0; s.n && words[i]; i++)
        if (ht_str_eq(s, ht_str_of(words[i]))) return s;
    if (s.n)
        mistake_add(&c->mistakes, n->line, n->column, "\"" HT_FMT "\" is no %s, expected " HT_FMT,
                    HT_ARG(shown(s)), what, HT_ARG(join(c->arena, words, " or ")));
    return (ht_str){0};
}

void field_label(checker *c, const node *n, ht_str *zh, ht_str *en) {
    static const char *const keys[] = {"zh", "en", NULL};
    const node *v[MAX_KEYS];
    if (n->kind == NODE_SCALAR) {
        *zh = *en = field_text(c, n, "a label: {zh: …, en: …}");
        return;
    }
    if (!field_map(c, n, "a label", keys, v)) return;
    if (!v[0] && !v[1]) field_missing(c, n, "zh", "a label in Chinese (zh) or English (en)");
    if (v[0]) *zh = *en = field_text(c, v[0], "a label in Chinese");
    if (v[1]) *en = field_text(c, v[1], "a label in English");
    if (!v[0]) *zh = *en;
}

void field_words(checker *c, const node *n, const char *what, claim place, ht_str **words,
                 size_t *n_words) {
    *words = NULL;
    *n_words = 0;
    if (n->kind != NODE_LIST) {
        mistake_add(&c->mistakes, n->line, n->column, "%s, expected %s: a list as in [驿站, 港湾]",
                    kind_name(n), what);
        return;
    }
    if (!n->n) mistake_add(&c->mistakes, n->line, n->column, "an empty list, expected %s", what);
    *words = HT_ARRAY(c->arena, ht_str, n->n);
    for (const node *v = n->first; v; v = v->next) {
        ht_str s = field_text(c, v, "a word");
        if (!s.n) continue;
        place.line = v->line;
        place.column = v->column;
        (*words)[(*n_words)++] = s;
        claim_term(&c->claims, &c->mistakes, c->codebook->indicators, s, place);
    }
}
