/* Where a quantity stands in its sentence, and what around it is known. */
#include "extract/figure/context.h"

/* No sentence is read further from its number than this, so that a text without marks stays linear. */
enum { WINDOW = 400 };

bool is_clause_mark(uint32_t c) {
    switch (c) {
    case 0xFF0C: /* ， */
    case 0x3002: /* 。 */
    case 0xFF1B: /* ； */
    case 0xFF1A: /* ： */
    case 0xFF01: /* ！ */
    case 0xFF1F: /* ？ */
    case 0xFF08: /* （ */
    case 0xFF09: /* ） */
    case 0x2014: /* — */
    case 0x2026: /* … */
    case ',':
    case ';':
    case ':':
    case '!':
    case '?':
    case '(':
    case ')':
    case '\t':
    case '\n': return true;
    default: return false;
    }
}

size_t first_date(const context *x, uint32_t at) {
    size_t low = 0, high = x->n_dates;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (x->dates[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

bool in_date(const context *x, uint32_t at) {
    size_t k = first_date(x, at);
    return k < x->n_dates && x->dates[k].start <= at;
}

size_t quantity_before(const context *x, size_t i, uint32_t from) {
    while (i-- > 0 && x->q[i].end > from)
        if (ht_kind_is_statistic(x->q[i].kind)) return i;
    return SIZE_MAX;
}

/* Marks inside a quantity (2,874) or a date end no clause. */
static bool mark_at(const context *x, size_t i, uint32_t at) {
    if (!is_clause_mark(x->p->c[at])) return false;
    for (size_t k = i > 2 ? i - 2 : 0; k < x->n_q && k < i + 3; k++)
        if (x->q[k].start <= at && at < x->q[k].end) return false;
    return true;
}

place place_of(const context *x, size_t i) {
    const ht_quantity *q = &x->q[i];
    const ht_sentence *s = &x->p->sentences[ht_passage_sentence(x->p, q->start)];
    place r = {s->start, s->end, q->start, q->end, 0, 0};
    if (q->start - r.sentence_start > WINDOW) r.sentence_start = q->start - WINDOW;
    if (r.sentence_end > q->end && r.sentence_end - q->end > WINDOW) r.sentence_end = q->end + WINDOW;
    while (r.clause_start > r.sentence_start && !mark_at(x, i, r.clause_start - 1)) r.clause_start--;
    while (r.clause_end < r.sentence_end && !mark_at(x, i, r.clause_end)) r.clause_end++;
    size_t before = quantity_before(x, i, r.clause_start);
    r.before = before == SIZE_MAX ? r.clause_start : x->q[before].end;
    r.after = r.clause_end;
    for (size_t k = i + 1; k < x->n_q && x->q[k].start < r.after; k++)
        if (ht_kind_is_statistic(x->q[k].kind)) r.after = x->q[k].start;
    return r;
}

static bool in_quantity(const context *x, uint32_t at) {
    size_t low = 0, high = x->n_q;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (x->q[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low < x->n_q && x->q[low].start <= at;
}

uint32_t unknown_chars(const context *x, uint32_t start, uint32_t end) {
    uint32_t n = 0;
    for (uint32_t i = start; i < end; i++) {
        if (x->words.length[i]) {
            /* 企业 is a word of class head: a noun, as unknown as any other. */
            if (!(x->words.classes[i] & ~(unsigned)W_HEAD)) n += x->words.length[i];
            i += x->words.length[i] - 1u;
            continue;
        }
        n += ht_is_han(x->p->c[i]) && !in_date(x, i) && !in_quantity(x, i) &&
             !ht_geography_covers(x->geography, i);
    }
    return n;
}
