/* Names overlap: 青海西宁 hides 海西, 河南开封 hides 南开. The best path over all of them, with a
 * bonus for a name behind one that contains it, finds the reading a person sees. */
#include "extract/region/internal.h"

#include <limits.h>

enum { /* hundredths of a character */
       SCORE_CHAR = 100,
       SCORE_FULL = 60,
       SCORE_TOWN = 30,
       SCORE_WORD = 35,
       SCORE_B = 80,
       SCORE_C = 15,
       SCORE_C_LISTED = 70,
       SCORE_C_COMMA = 120, /* beside 、: more than an ordinary word */
       SCORE_B_COMMA = 120,
       SCORE_TOWN_SHORT = 85,
       SCORE_CHAIN = 150,
       SCORE_CLASH = -20,
       SCORE_GONE = -30, /* no bearer of the name is in force */
};

typedef struct {
    int32_t score;
    uint32_t token; /* that ends here on the best path; REGION_NONE: a character is skipped */
} state;

typedef struct {
    const ht_gazetteer *g;
    ht_arena *arena;
    const ht_passage *p;
    int32_t month;
    state *best; /* [n + 1] */
    region_token *tokens;
    size_t n, cap;
} lattice;

static bool within_any(const ht_gazetteer *g, uint32_t inner, const uint32_t *outer, uint32_t n) {
    uint32_t i = 0;
    while (i < n && !gazetteer_within(g, inner, outer[i])) i++;
    return !n || i < n;
}

uint32_t token_readings(const ht_gazetteer *g, const region_token *t, int32_t month,
                        const uint32_t *outer, uint32_t n_outer, uint32_t *readings) {
    uint32_t n = 0;
    int32_t latest = 0; /* of names that are gone the last bearer is meant */
    for (int pass = 0; pass < 2 && !n; pass++) {
        bool more = true;
        for (uint32_t i = t->posting; more; i++) {
            uint32_t posting = g->postings[i], division = posting & REGION_INDEX;
            more = !(posting & REGION_LAST);
            bool town = (posting & REGION_FORM) >= REGION_TOWN;
            bool valid = town ? !(posting & REGION_TOWN_GONE) : gazetteer_valid(g, division, month);
            if ((posting & REGION_FORM) == t->form && (pass || valid) && n < REGION_MAX_READINGS) {
                uint32_t now = gazetteer_in_force(g, division, month), k = 0;
                if (!within_any(g, now, outer, n_outer)) continue;
                int32_t to = town ? 0 : g->divisions[division].to;
                if (pass && to < latest) continue;
                if (pass && to > latest) n = 0;
                if (pass) latest = to;
                k = 0;
                while (k < n && readings[k] != now) k++;
                if (k == n) readings[n++] = now;
            }
        }
    }
    return n;
}

static bool chained(const lattice *l, const region_token *outer, const region_token *inner) {
    uint32_t a[REGION_MAX_READINGS], b[REGION_MAX_READINGS];
    uint32_t n = token_readings(l->g, outer, l->month, NULL, 0, a);
    uint32_t k = n ? token_readings(l->g, inner, l->month, a, n, b) : 0;
    return k && (inner->form >= REGION_TOWN || k > 1 || b[0] != a[0]);
}

static void offer(lattice *l, region_token t, int32_t score) {
    uint32_t before = l->best[t.start].token;
    bool follows = before != REGION_NONE && l->tokens[before].end == t.start;
    if (follows && t.posting != REGION_NONE && l->tokens[before].posting != REGION_NONE)
        score += chained(l, &l->tokens[before], &t) ? SCORE_CHAIN : SCORE_CLASH;
    score += l->best[t.start].score;
    if (score <= l->best[t.end].score) return;
    l->best[t.end] = (state){score, (uint32_t)l->n};
    *HT_PUSH(l->arena, l->tokens, l->n, l->cap) = t;
}

static bool is_join(uint32_t c) {
    return c == 0x3001 || c == 0x548C || c == 0x4E0E || c == 0x53CA; /* 、 和 与 及 */
}

/* Beside an enumeration comma, or alone in a cell of a table. */
static bool listed(const ht_passage *p, uint32_t start, uint32_t end) {
    uint32_t left = start ? p->c[start - 1] : '\n', right = p->c[end];
    return left == 0x3001 || right == 0x3001 || is_join(left) || is_join(right) ||
           ((left == '\n' || left == '\t') && right == '\t');
}

/* As what a name is read: the fullest form that is in force. */
static uint32_t form_of(const lattice *l, uint32_t first, uint32_t *class_, bool *gone) {
    uint32_t form = REGION_TOWN_SHORT, any = REGION_TOWN_SHORT;
    bool found = false, more = true;
    *class_ = 2;
    for (uint32_t k = first; more; k++) {
        uint32_t posting = l->g->postings[k], f = posting & REGION_FORM;
        uint32_t c = (posting & REGION_CLASS) >> REGION_CLASS_SHIFT;
        bool valid = f >= REGION_TOWN || gazetteer_valid(l->g, posting & REGION_INDEX, l->month);
        more = !(posting & REGION_LAST);
        if (f < any) any = f;
        if (f == REGION_SHORT && c < *class_) *class_ = c;
        if (!valid) continue;
        if (!found || f < form) form = f;
        found = true;
    }
    *gone = !found;
    return found ? form : any;
}

/* An item by itself of an enumeration: 尚志、五常两市, but not 友好小区、友好园区. */
static bool enumerated(const lattice *l, uint32_t start, uint32_t end) {
    uint32_t right = l->p->c[end];
    if (right == 0x3001) return true;
    if (!start || l->p->c[start - 1] != 0x3001) return false;
    return !ht_is_han(right) || is_join(right) ||
           words_at(l->g, l->p, end, REGION_W_LIST_END, NULL);
}

static void offer_names(lattice *l, uint32_t at) {
    uint32_t node = 0;
    for (uint32_t i = at; i < l->p->n; i++) {
        node = ht_trie_step(&l->g->names, node, l->p->c[i]);
        if (!node) return;
        uint32_t first = ht_trie_value(&l->g->names, node);
        if (first == HT_TRIE_NONE) continue;
        bool gone;
        uint32_t class_, form = form_of(l, first, &class_, &gone);
        region_token t = {at, i + 1, first, REGION_NONE, form, class_};
        int32_t n = (int32_t)(i + 1 - at), score = SCORE_CHAR * n;
        bool in_list = listed(l->p, at, i + 1), comma = enumerated(l, at, i + 1);
        if (form == REGION_FULL) score += SCORE_FULL;
        if (form == REGION_TOWN) score += SCORE_TOWN;
        if (form == REGION_SHORT && class_ == 1) score = (comma ? SCORE_B_COMMA : SCORE_B) * n;
        if (form == REGION_SHORT && class_ == 2)
            score = (comma ? SCORE_C_COMMA : in_list ? SCORE_C_LISTED : SCORE_C) * n;
        if (form == REGION_TOWN_SHORT) score = SCORE_TOWN_SHORT * n;
        if (gone) score += SCORE_GONE;
        if (form != REGION_TOWN_SHORT || in_list) offer(l, t, score);
    }
}

#define CLASS(name) (UINT64_C(1) << REGION_W_##name)
/* Words that a name may not be cut out of, and those that are places themselves. */
static const uint64_t token_classes = CLASS(WORD) | CLASS(ANAPHOR) | CLASS(ALIAS) | CLASS(JOINT) |
                                      CLASS(GROUP) | CLASS(FOREIGN) | CLASS(IN_REGION) |
                                      CLASS(ORGAN_NATIONAL);

static void offer_words(lattice *l, uint32_t at) {
    uint32_t node = 0;
    for (uint32_t i = at; i < l->p->n; i++) {
        node = ht_trie_step(&l->g->words, node, l->p->c[i]);
        if (!node) return;
        uint32_t s = ht_trie_value(&l->g->words, node);
        if (s == HT_TRIE_NONE) continue;
        int32_t score = SCORE_CHAR * (int32_t)(i + 1 - at) + SCORE_WORD;
        for (bool more = true; more; s++) {
            uint32_t class_ = l->g->senses[s].class_;
            more = !l->g->senses[s].last;
            if (token_classes >> class_ & 1)
                offer(l, (region_token){at, i + 1, REGION_NONE, s, REGION_FULL, class_}, score);
        }
    }
}

void tokens_find(const ht_gazetteer *g, ht_arena *a, const ht_passage *p, int32_t month,
                 region_token **tokens, size_t *n) {
    lattice l = {.g = g, .arena = a, .p = p, .month = month};
    l.best = HT_ARRAY(a, state, (size_t)p->n + 1);
    for (uint32_t i = 1; i <= p->n; i++) l.best[i] = (state){INT32_MIN / 2, REGION_NONE};
    l.best[0].token = REGION_NONE;
    for (uint32_t i = 0; i < p->n; i++) {
        if (l.best[i].score > l.best[i + 1].score)
            l.best[i + 1] = (state){l.best[i].score, REGION_NONE};
        if (ht_trie_opens(&g->names, p->c[i], p->c[i + 1])) offer_names(&l, i);
        if (g->opening[p->c[i] % REGION_WORD_SLOTS] & token_classes &&
            ht_trie_opens(&g->words, p->c[i], p->c[i + 1]))
            offer_words(&l, i);
    }
    size_t count = 0;
    for (uint32_t i = p->n; i;) {
        uint32_t t = l.best[i].token;
        count += t != REGION_NONE;
        i = t == REGION_NONE ? i - 1 : l.tokens[t].start;
    }
    *n = count;
    *tokens = HT_ARRAY(a, region_token, count + 1);
    for (uint32_t i = p->n; i;) {
        uint32_t t = l.best[i].token;
        if (t != REGION_NONE) (*tokens)[--count] = l.tokens[t];
        i = t == REGION_NONE ? i - 1 : l.tokens[t].start;
    }
}
