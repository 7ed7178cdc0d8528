/* Claims and patterns -> ht_matcher; a passage -> hits. */
#include "extract/codebook/parts.h"

#include "base/utf8.h"

#include <stdlib.h>

enum {
    /* `near` looks this far to each side, so that a text without a full stop stays linear. */
    NEAR_REACH = 300,
};

struct ht_matcher {
    ht_trie trie; /* word -> first claim */
    const claim *claims;
    const pattern *patterns;
    size_t n_patterns;
};

struct ht_matcher *matcher_new(ht_arena *a, const claims *cs, const pattern_list *patterns) {
    struct ht_matcher *m = HT_NEW(a, struct ht_matcher);
    ht_trie_word *words = HT_ARRAY(a, ht_trie_word, cs->words.n);
    for (size_t i = 0; i < cs->words.n; i++) {
        size_t n;
        words[i].c = ht_utf8_decode(a, cs->words.entries[i].key, &n);
        words[i].n = (uint32_t)n;
        words[i].value = cs->words.entries[i].value - 1;
    }
    ht_trie_build(&m->trie, a, words, cs->words.n);
    m->claims = cs->items;
    m->patterns = patterns->items;
    m->n_patterns = patterns->n;
    return m;
}

static void add_claims(const struct ht_matcher *m, ht_arena *a, uint32_t first, uint32_t start,
                       uint32_t end, hits *out) {
    for (uint32_t i = first + 1; i; i = m->claims[i - 1].next) {
        const claim *c = &m->claims[i - 1];
        if (c->kind > CLAIM_NOT) continue;
        *HT_PUSH(a, out->items, out->n, out->cap) = (ht_hit){
            start, end, c->indicator, c->subtype, c->kind == CLAIM_TERM ? HT_HIT_TERM : HT_HIT_NOT};
    }
}

/* 执业(助理)医师 and 执业（助理）医师: a term has its brackets in full width. */
static uint32_t widened(uint32_t c) {
    return c == '(' ? 0xFF08 : c == ')' ? 0xFF09 : c;
}

static void term_hits(const struct ht_matcher *m, ht_arena *a, const ht_passage *p, hits *out) {
    for (uint32_t start = 0; start < p->n; start++) {
        if (!ht_trie_opens(&m->trie, p->c[start], p->c[start + 1])) continue;
        struct {
            uint32_t end, claim;
        } found[CODEBOOK_MAX_TERM];
        size_t n_found = 0;
        uint32_t state = 0;
        for (uint32_t at = start; at < p->n; at++) {
            state = ht_trie_step(&m->trie, state, widened(p->c[at]));
            if (!state) break;
            uint32_t value = ht_trie_value(&m->trie, state);
            if (value == HT_TRIE_NONE) continue;
            found[n_found].end = at + 1;
            found[n_found++].claim = value;
        }
        while (n_found--) add_claims(m, a, found[n_found].claim, start, found[n_found].end, out);
    }
}

static int by_place(const void *x, const void *y) {
    const ht_hit *a = x, *b = y;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    if (a->indicator != b->indicator) return a->indicator < b->indicator ? -1 : 1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    return a->subtype < b->subtype ? -1 : a->subtype > b->subtype;
}

void ht_codebook_hits(const ht_codebook *cb, ht_arena *a, const ht_passage *p, ht_hit **out,
                      size_t *n) {
    const struct ht_matcher *m = cb->matcher;
    hits all = {0};
    term_hits(m, a, p, &all);
    size_t n_terms = all.n, kept = 0;
    pattern_hits(m->patterns, m->n_patterns, a, p, &all);
    if (all.n > n_terms) {
        qsort(all.items, all.n, sizeof *all.items, by_place);
        for (size_t i = 0; i < all.n; i++)
            if (!kept || by_place(&all.items[kept - 1], &all.items[i]))
                all.items[kept++] = all.items[i];
        all.n = kept;
    }
    *out = all.items;
    *n = all.n;
}

static bool ends_clause(uint32_t c) {
    return c == 0xFF0C || c == ',' || c == 0xFF1B || c == ';' || c == 0xFF1A || c == ':' ||
           c == 0x3002 || c == 0xFF01 || c == '!' || c == 0xFF1F || c == '?' || c == '\n' ||
           c == '\t';
}

/* A comma between digits is part of a number. */
static bool is_clause_end(const ht_passage *p, uint32_t at) {
    if (!ends_clause(p->c[at])) return false;
    bool digits = at && at + 1 < p->n && p->c[at - 1] >= '0' && p->c[at - 1] <= '9' &&
                  p->c[at + 1] >= '0' && p->c[at + 1] <= '9';
    return !(digits && (p->c[at] == ',' || p->c[at] == ':'));
}

static void near_scope(const ht_indicator *i, const ht_passage *p, uint32_t start, uint32_t end,
                       uint32_t *from, uint32_t *to) {
    uint32_t para = ht_passage_para(p, start);
    *from = p->paras[para].start;
    *to = p->paras[para].end;
    if (!ht_str_eq(i->near_within, HT_S("paragraph"))) {
        const ht_sentence *s = &p->sentences[ht_passage_sentence(p, start)];
        *from = s->start;
        *to = s->end;
    }
    if (start > NEAR_REACH && *from < start - NEAR_REACH) *from = start - NEAR_REACH;
    if (*to > end && *to - end > NEAR_REACH) *to = end + NEAR_REACH;
    if (!ht_str_eq(i->near_within, HT_S("clause"))) return;
    uint32_t at = start;
    while (at > *from && !is_clause_end(p, at - 1)) at--;
    *from = at;
    at = end;
    while (at < *to && !is_clause_end(p, at)) at++;
    *to = at;
}

bool ht_codebook_near(const ht_codebook *cb, uint16_t indicator, const ht_passage *p,
                      uint32_t start, uint32_t end) {
    const struct ht_matcher *m = cb->matcher;
    const ht_indicator *in = &cb->indicators[indicator];
    if ((!in->n_near_none && !in->n_near_any) || !p->n_paras || !p->n_sentences) return true;
    bool any = !in->n_near_any;
    uint32_t from, to;
    near_scope(in, p, start, end, &from, &to);
    for (uint32_t i = from; i < to; i++) {
        uint32_t state = 0;
        for (uint32_t at = i; at < to; at++) {
            state = ht_trie_step(&m->trie, state, p->c[at]);
            if (!state) break;
            uint32_t value = ht_trie_value(&m->trie, state);
            if (value == HT_TRIE_NONE) continue;
            for (uint32_t k = value + 1; k; k = m->claims[k - 1].next) {
                const claim *c = &m->claims[k - 1];
                if (c->indicator != indicator) continue;
                if (c->kind == CLAIM_NEAR_NONE) return false;
                any = any || c->kind == CLAIM_NEAR_ANY;
            }
        }
    }
    return any;
}

static ht_str bare(ht_str dimension) {
    return ht_str_starts(dimension, HT_S("count:")) ? ht_sub(dimension, 6, dimension.n) : dimension;
}

bool ht_codebook_accepts(const ht_indicator *in, const ht_quantity *q) {
    if (!in->n_dimensions) return q->kind == HT_COUNT;
    bool grows = ht_str_eq(in->measure, HT_S("growth"));
    ht_str dimension = bare(q->dimension);
    bool is_ratio = !dimension.n || ht_str_eq(dimension, HT_S("ratio"));
    for (size_t i = 0; i < in->n_dimensions; i++) {
        /* 增长5.6% has the unit of a share and is none. */
        if (ht_str_eq(in->dimensions[i], HT_S("ratio"))) {
            if (is_ratio && q->kind == (grows ? HT_RATE : HT_SHARE)) return true;
            continue;
        }
        if (ht_str_eq(in->dimensions[i], dimension)) return true;
        if (q->kind == HT_COUNT && !q->unit.n) return true;
    }
    return false;
}
