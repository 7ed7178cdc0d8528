/* Terms -> the words that an indicator claims. (外卖|送餐)(员|小哥) stands for four words, and
 * <people>驿站 for as many as the group people has. */
#include "extract/codebook/parts.h"

#include "base/utf8.h"
#include "normalize/normalize.h"

#include <string.h>

static bool is_claimed(claims *cs, mistakes *m, const ht_indicator *indicators, const claim *c,
                       claim *last) {
    static const char *const names[] = {"terms", "not", "near.none_of", "near.any_of"};
    for (claim *o = last; o; o = o->next ? &cs->items[o->next - 1] : NULL) {
        bool same = o->indicator == c->indicator;
        bool both_terms = o->kind == CLAIM_TERM && c->kind == CLAIM_TERM;
        bool both_near = o->kind >= CLAIM_NEAR_NONE && c->kind >= CLAIM_NEAR_NONE;
        bool both_far = o->kind <= CLAIM_NOT && c->kind <= CLAIM_NOT;
        bool clash = both_terms || (same && (both_near || both_far));
        if (!clash) continue;
        /* The alternatives of one term may meet in the same word. */
        if (same && o->line == c->line && o->column == c->column) return true;
        ht_str id = indicators[o->indicator].id;
        mistake_add(m, c->line, c->column,
                    "\"" HT_FMT "\" stands in %s of \"" HT_FMT
                    "\" already (%u:%u), expected a word in one place",
                    HT_ARG(c->word), names[o->kind], HT_ARG(id), o->line, o->column);
        return true;
    }
    return false;
}

static void claim_word(claims *cs, mistakes *m, const ht_indicator *indicators, claim c) {
    if (cs->n == CODEBOOK_MAX_CLAIMS) {
        mistake_add(m, c.line, c.column, "too many words, expected at most %d",
                    CODEBOOK_MAX_CLAIMS);
        return;
    }
    uint32_t *head = ht_map_put(&cs->words, c.word);
    if (*head && is_claimed(cs, m, indicators, &c, &cs->items[*head - 1])) return;
    claim *items = cs->items;
    uint32_t self = (uint32_t)cs->n + 1;
    if (*head) {
        claim *tail = &items[*head - 1];
        while (tail->next) tail = &items[tail->next - 1];
        tail->next = self;
    } else {
        *head = self;
    }
    *HT_PUSH(cs->arena, cs->items, cs->n, cs->cap) = c;
}

/* Writes out one alternative after the other: `done` is what stands before `rest`. */
static bool expand(claims *cs, mistakes *m, const ht_indicator *indicators, ht_str done,
                   ht_str rest, const claim *c) {
    size_t open = ht_str_find(rest, HT_S("("), 0);
    if (open == SIZE_MAX) {
        if (ht_str_find(rest, HT_S(")"), 0) != SIZE_MAX ||
            ht_str_find(rest, HT_S("|"), 0) != SIZE_MAX) {
            mistake_add(m, c->line, c->column, "a ) or | without a ( before it, expected (甲|乙)");
            return false;
        }
        claim word = *c;
        word.word = ht_format(cs->arena, HT_FMT HT_FMT, HT_ARG(done), HT_ARG(rest));
        size_t n = ht_utf8_count(word.word);
        if (!n || n > CODEBOOK_MAX_TERM) {
            mistake_add(m, c->line, c->column, "a word of %zu characters, expected 1 to %d", n,
                        CODEBOOK_MAX_TERM);
            return false;
        }
        if (++cs->expansion > CODEBOOK_MAX_EXPANSION) {
            mistake_add(m, c->line, c->column, "alternatives for too many words, expected up to %d",
                        CODEBOOK_MAX_EXPANSION);
            return false;
        }
        claim_word(cs, m, indicators, word);
        return true;
    }
    size_t close = ht_str_find(rest, HT_S(")"), open);
    ht_str inside = ht_sub(rest, open + 1, close == SIZE_MAX ? open + 1 : close);
    if (close == SIZE_MAX || ht_str_find(inside, HT_S("("), 0) != SIZE_MAX ||
        ht_str_find(ht_sub(rest, 0, open), HT_S("|"), 0) != SIZE_MAX) {
        mistake_add(m, c->line, c->column,
                    "alternatives that are not closed or lie in each other, "
                    "expected (甲|乙)");
        return false;
    }
    ht_str before =
        ht_format(cs->arena, HT_FMT HT_FMT, HT_ARG(done), HT_ARG(ht_sub(rest, 0, open)));
    for (size_t at = 0; at <= inside.n;) {
        size_t bar = ht_str_find(inside, HT_S("|"), at);
        if (bar == SIZE_MAX) bar = inside.n;
        ht_str chosen =
            ht_format(cs->arena, HT_FMT HT_FMT, HT_ARG(before), HT_ARG(ht_sub(inside, at, bar)));
        if (!expand(cs, m, indicators, chosen, ht_sub(rest, close + 1, rest.n), c)) return false;
        at = bar + 1;
    }
    return true;
}

/* Folds a word; false after a mistake. */
static bool add_folded(ht_buf *b, mistakes *m, ht_str word, uint32_t line, uint32_t column) {
    for (size_t at = 0; at < word.n;) {
        uint32_t ch = ht_utf8_next(word, &at);
        if (ch < 0x20 || ch == 0x7F) {
            mistake_add(m, line, column,
                        "a control character or a line break in a word, expected "
                        "a word of one line");
            return false;
        }
        ht_buf_char(b, ht_fold(ch));
    }
    return true;
}

void claim_group(claims *cs, mistakes *m, ht_str name, const node *words) {
    ht_buf b;
    ht_buf_init(&b, cs->arena);
    for (const node *v = words->first; v; v = v->next) {
        ht_str word = v->kind == NODE_SCALAR ? ht_str_trim(v->text) : (ht_str){0};
        size_t plain = 0;
        while (plain < word.n && !memchr("()|<>", word.p[plain], 5)) plain++;
        if (!word.n || plain < word.n) {
            mistake_add(m, v->line, v->column, "expected a plain word in a group of words");
            continue;
        }
        if (b.n) ht_buf_byte(&b, '|');
        if (!add_folded(&b, m, word, v->line, v->column)) return;
    }
    *ht_map_put(&cs->groups, name) = (uint32_t)cs->n_groups;
    *HT_PUSH(cs->arena, cs->group_words, cs->n_groups, cs->cap_groups) = ht_buf_str(&b);
}

/* Puts the words of each <group> into a folded term. */
static bool put_groups(claims *cs, mistakes *m, ht_str term, const claim *c, ht_buf *out) {
    bool inside = false;
    for (size_t at = 0; at < term.n;) {
        size_t open = ht_str_find(term, HT_S("<"), at);
        size_t close = open == SIZE_MAX ? SIZE_MAX : ht_str_find(term, HT_S(">"), open);
        if (close == SIZE_MAX) open = term.n;
        ht_buf_add(out, ht_sub(term, at, open));
        if (close == SIZE_MAX) break;
        for (size_t i = at; i < open; i++)
            inside = term.p[i] == '(' || (inside && term.p[i] != ')');
        ht_str name = ht_sub(term, open + 1, close);
        const uint32_t *group = ht_map_get(&cs->groups, name);
        if (!group) {
            mistake_add(m, c->line, c->column,
                        "unknown group <" HT_FMT ">, expected one of words: at the top of the file",
                        HT_ARG(name));
            return false;
        }
        if (!inside) ht_buf_byte(out, '(');
        ht_buf_add(out, cs->group_words[*group]);
        if (!inside) ht_buf_byte(out, ')');
        if (out->n > CODEBOOK_MAX_WRITTEN) {
            mistake_add(m, c->line, c->column, "a term of %zu bytes with its groups, expected %d",
                        out->n, CODEBOOK_MAX_WRITTEN);
            return false;
        }
        at = close + 1;
    }
    return true;
}

void claim_term(claims *cs, mistakes *m, const ht_indicator *indicators, ht_str term, claim c) {
    enum { MAX_GROUPS = 4 };
    /* Nothing of what follows would be shown. */
    if (m->n > CODEBOOK_MAX_MISTAKES) return;
    ht_buf folded, written;
    ht_buf_init(&folded, cs->arena);
    ht_buf_init(&written, cs->arena);
    if (!add_folded(&folded, m, term, c.line, c.column)) return;
    if (!put_groups(cs, m, ht_buf_str(&folded), &c, &written)) return;
    size_t n_groups = 0;
    for (size_t i = 0; i < written.n; i++) n_groups += written.p[i] == '(';
    if (n_groups > MAX_GROUPS) {
        mistake_add(m, c.line, c.column, "%zu alternatives, expected at most %d in a word",
                    n_groups, MAX_GROUPS);
        return;
    }
    cs->expansion = 0;
    expand(cs, m, indicators, (ht_str){"", 0}, ht_buf_str(&written), &c);
}
