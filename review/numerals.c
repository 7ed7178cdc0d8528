#include "review/numerals.h"

/* Who owns each code point: 0 nobody, else 1 + index into marks. Whoever comes first keeps it. */
typedef struct {
    ht_arena *a;
    const ht_passage *p;
    uint32_t *owner;
    review_numeral *marks;
    size_t n, cap;
} painter;

static void paint(painter *x, uint64_t start, uint64_t end, review_numeral mark) {
    if (end > x->p->n) end = x->p->n;
    bool used = false;
    for (uint64_t i = start; i < end; i++) {
        if (x->owner[i]) continue;
        if (!used) *HT_PUSH(x->a, x->marks, x->n, x->cap) = mark;
        used = true;
        x->owner[i] = (uint32_t)x->n;
    }
}

static bool is_numeral(uint32_t c) {
    static const char han[] = "〇零一二两三四五六七八九十百千万亿半几数";
    if (c >= '0' && c <= '9') return true;
    ht_str s = ht_str_of(han);
    for (size_t at = 0; at < s.n;)
        if (ht_utf8_next(s, &at) == c) return true;
    return false;
}

static void paint_quantities(painter *x, const ht_lexicon *l, ht_str published) {
    ht_date *dates;
    ht_quantity *q;
    size_t n_dates, n;
    ht_trace trace = {.arena = x->a};
    ht_date_context where = {ht_day_parse(published), HT_NO_DAY};
    ht_dates_find(x->a, x->p, where, &dates, &n_dates);
    ht_quantities_find(l, x->a, x->p, dates, n_dates, &q, &n, &trace);
    for (size_t i = 0; i < n; i++) {
        bool statistic = ht_kind_is_statistic(q[i].kind);
        review_numeral m = {.state = statistic ? NUMERAL_UNREAD : NUMERAL_EXCLUDED};
        if (!statistic)
            m.why = ht_format(x->a, "%s: %s", ht_kind_name(q[i].kind), q[i].rule ? q[i].rule : "");
        paint(x, q[i].start, q[i].end, m);
    }
    for (size_t i = 0; i < trace.n; i++)
        paint(x, trace.steps[i].start, trace.steps[i].end,
              (review_numeral){.state = NUMERAL_EXCLUDED, .why = trace.steps[i].words});
}

/* A fixed word (一些) or place may be excluded as a whole: what of it holds no numeral is none. */
static bool holds_numeral(const painter *x, uint64_t start, uint64_t end) {
    for (uint64_t i = start; i < end; i++)
        if (is_numeral(x->p->c[i])) return true;
    return false;
}

void review_numerals_find(const ht_lexicon *l, ht_arena *a, ht_str text, ht_str published,
                          const review_numeral *figures, size_t n_figures, review_numeral **out,
                          size_t *n) {
    ht_passage p;
    ht_passage_make(&p, a, text, NULL);
    painter x = {.a = a, .p = &p, .owner = HT_ARRAY(a, uint32_t, (size_t)p.n + 1)};
    for (size_t i = 0; i < n_figures; i++) paint(&x, figures[i].start, figures[i].end, figures[i]);
    paint_quantities(&x, l, published);
    for (uint32_t i = 0, end; i < p.n; i = end) {
        for (end = i + 1; end < p.n && is_numeral(p.c[i]) && is_numeral(p.c[end]);) end++;
        if (is_numeral(p.c[i])) paint(&x, i, end, (review_numeral){.state = NUMERAL_UNREAD});
    }
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    for (uint32_t i = 0, end; i < p.n; i = end) {
        for (end = i + 1; end < p.n && x.owner[end] == x.owner[i];) end++;
        if (!x.owner[i]) continue;
        review_numeral m = x.marks[x.owner[i] - 1];
        if (m.state != NUMERAL_FIGURE && !holds_numeral(&x, i, end)) continue;
        m.start = i;
        m.end = end;
        *HT_PUSH(a, *out, *n, cap) = m;
    }
}
