/* The noun that a quantity counts.
 *
 * 46个乡镇: behind a classifier stands the noun, unless a predicate or a mark stands there.
 * 党员1028人: else the noun stands before the number, behind the last verb or adverb of its clause.
 */
#include "extract/figure/context.h"

enum { NOUN_MAX = 24 };

/* 人, 人次, % … are counted themselves; only a classifier takes a noun. */
static bool takes_noun(const ht_quantity *q) {
    if (q->noun_is_unit || q->unit_end == q->unit_start) return q->kind == HT_COUNT;
    if (q->kind != HT_COUNT) return false;
    return !ht_str_eq(q->dimension, HT_S("count:visit"));
}

static bool is_quote(uint32_t c) {
    return c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019 || c == '"' || c == 0x300C ||
           c == 0x300D || c == 0x300A || c == 0x300B;
}

static noun behind(const context *x, size_t i, const place *at) {
    const ht_quantity *q = &x->q[i];
    noun n = {q->end, q->end, true};
    uint32_t length, k = q->end;
    if (!takes_noun(q)) return n;
    if (q->noun_is_unit) { /* 12省份: the unit is the noun */
        n.start = q->unit_start;
        n.end = q->unit_end;
        return n;
    }
    while (k < at->after && (x->p->c[k] == ' ' || ht_passage_at(x->p, k, "左右的") ||
                             ht_passage_at(x->p, k, "以上的") || x->p->c[k] == 0x7684 /* 的 */))
        k += x->p->c[k] == ' ' || x->p->c[k] == 0x7684 ? 1 : 3;
    n.start = n.end = k;
    while (n.end < at->after && n.end - n.start < NOUN_MAX) {
        uint32_t c = x->p->c[n.end];
        if (c == 0x3001 /* 、 */) break;
        if (!ht_is_han(c) && !is_quote(c) && !(c < 128 && c > ' ' && c != '"' && c != '/')) break;
        unsigned w = cue_at(x->p, n.end, at->after, &length);
        if (w & (W_PREDICATE | W_ROLE | W_INCREASE | W_DECREASE) && !(w & W_HEAD)) break;
        if (w & W_EVENT && n.end > n.start) break; /* 40支队伍参赛 */
        if (n.end == n.start && (c == 0x5C06 || c == 0x62DF)) break; /* 25个将于…, 25个拟… */
        if (w & W_ADVERB && length > 1) break;
        n.end += 1;
    }
    /* 人 takes a noun only as 3万人的队伍 does not: its own kind is what is counted. */
    if (ht_passage_str(x->p, q->unit_start, q->unit_end).n == 3 &&
        ht_passage_at(x->p, q->unit_start, "人"))
        n.end = n.start;
    return n;
}

static noun before(const context *x, size_t i, const place *at) {
    uint32_t end = x->q[i].start, start;
    /* Adverbs and verbs between noun and number: 会员达, 驿站现有 */
    for (bool moved = true; moved && end > at->before;) {
        moved = false;
        for (uint32_t k = end; k-- > at->before && end - k <= 4;)
            if (x->words.length[k] && k + x->words.length[k] == end &&
                x->words.classes[k] & (W_ADVERB | W_SHELL | W_DEICTIC | W_BASE | W_STOCK | W_CUMULATIVE | W_PLANNED)) {
                end = k;
                moved = true;
                break;
            }
        if (!moved && end > at->before &&
            (in_date(x, end - 1) || x->p->c[end - 1] == ' ' || x->p->c[end - 1] == 0x3001 ||
             ht_geography_covers(x->geography, end - 1))) {
            end--;
            moved = true;
        }
    }
    for (start = end; start > at->before && end - start < NOUN_MAX; start--) {
        if (in_date(x, start - 1) || x->p->c[start - 1] == ' ') break;
        bool word = false;
        for (uint32_t k = start; k-- > at->before && start - k <= 4;)
            word |=
                x->words.length[k] && k + x->words.length[k] == start &&
                x->words.classes[k] & (W_ADVERB | W_DEICTIC | W_CUMULATIVE | W_PREDICATE | W_FLOW | W_PART) &&
                !(x->words.classes[k] & W_HEAD) && x->p->c[k] != 0x7684;
        if (word) break;
    }
    while (start < end && (x->p->c[start] == 0x3001 || x->p->c[start] == 0x7684 /* 的 */ ||
                           x->p->c[start] == 0x4E2A /* 个 */))
        start++;
    return (noun){start, end, false};
}

static noun find_noun(const context *x, size_t i) {
    place at = place_of(x, i);
    noun n = behind(x, i, &at);
    return n.end > n.start ? n : before(x, i, &at);
}

void nouns_find(context *x) {
    noun *nouns = HT_ARRAY(x->arena, noun, x->n_q);
    for (size_t i = 0; i < x->n_q; i++) nouns[i] = find_noun(x, i);
    x->nouns = nouns;
}

noun noun_of(const context *x, size_t i) {
    return x->nouns[i];
}
