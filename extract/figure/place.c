/* Where a quantity stands in its sentence, and what around it is known. */
#include "extract/figure/context.h"

/* No sentence is read further from its number than this, so that a text without marks stays linear.
 */
enum { WINDOW = 400, BRACKET_MAX = 16 };

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

static bool opens_bracket(uint32_t c) {
    return c == '(' || c == 0xFF08;
}

static bool closes_bracket(uint32_t c) {
    return c == ')' || c == 0xFF09;
}

/* Where a short bracket that closes before `at` opens, else `at`: 司机（船员）, 乡镇(街道). */
static uint32_t bracket_before(const context *x, uint32_t from, uint32_t at) {
    for (uint32_t k = at - 1; closes_bracket(x->p->c[at - 1]) && k > from && at - k < BRACKET_MAX;
         k--)
        if (opens_bracket(x->p->c[k - 1])) return k - 1;
    return at;
}

static uint32_t bracket_behind(const context *x, uint32_t at, uint32_t to) {
    for (uint32_t k = at + 1; opens_bracket(x->p->c[at]) && k < to && k - at < BRACKET_MAX; k++)
        if (closes_bracket(x->p->c[k])) return k + 1;
    return at;
}

/* Marks inside a quantity (2,874) or a date end no clause. */
static bool mark_at(const context *x, size_t i, uint32_t at) {
    const uint32_t *c = x->p->c;
    /* A blank between two words stands for a comma, as in titles. */
    bool blank = c[at] == ' ' && at > 0 && ht_is_han(c[at - 1]) && ht_is_han(c[at + 1]);
    if (!is_clause_mark(c[at]) && !blank) return false;
    for (size_t k = i > 2 ? i - 2 : 0; k < x->n_q && k < i + 3; k++)
        if (x->q[k].start <= at && at < x->q[k].end) return false;
    return true;
}

static place find_place(const context *x, size_t i) {
    const ht_quantity *q = &x->q[i];
    const ht_sentence *s = &x->p->sentences[ht_passage_sentence(x->p, q->start)];
    place r = {s->start, s->end, q->start, q->end, 0, 0};
    if (q->start - r.sentence_start > WINDOW) r.sentence_start = q->start - WINDOW;
    if (r.sentence_end > q->end && r.sentence_end - q->end > WINDOW)
        r.sentence_end = q->end + WINDOW;
    while (r.clause_start > r.sentence_start) {
        uint32_t skip = bracket_before(x, r.sentence_start, r.clause_start);
        if (skip == r.clause_start && mark_at(x, i, r.clause_start - 1)) break;
        r.clause_start = skip < r.clause_start ? skip : r.clause_start - 1;
    }
    while (r.clause_end < r.sentence_end) {
        uint32_t skip = bracket_behind(x, r.clause_end, r.sentence_end);
        if (skip == r.clause_end && mark_at(x, i, r.clause_end)) break;
        r.clause_end = skip > r.clause_end ? skip : r.clause_end + 1;
    }
    size_t before = quantity_before(x, i, r.clause_start);
    r.before = before == SIZE_MAX ? r.clause_start : x->q[before].end;
    r.after = r.clause_end;
    for (size_t k = i + 1; k < x->n_q && x->q[k].start < r.after; k++)
        if (ht_kind_is_statistic(x->q[k].kind)) r.after = x->q[k].start;
    return r;
}

void places_find(context *x) {
    place *places = HT_ARRAY(x->arena, place, x->n_q);
    for (size_t i = 0; i < x->n_q; i++) places[i] = find_place(x, i);
    x->places = places;
}

place place_of(const context *x, size_t i) {
    return x->places[i];
}

size_t first_quantity(const context *x, uint32_t at) {
    size_t low = 0, high = x->n_q;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (x->q[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool in_quantity(const context *x, uint32_t at) {
    size_t k = first_quantity(x, at);
    return k < x->n_q && x->q[k].start <= at;
}

static bool one_of(const ht_passage *p, uint32_t at, const char *const *list) {
    for (size_t w = 0; list[w]; w++)
        if (ht_passage_at(p, at, list[w])) return true;
    return false;
}

/* One bit for each first character modulo 64: of most characters, none. */
static uint64_t first_bits(const char *const *list) {
    uint64_t bits = 0;
    for (size_t w = 0; list[w]; w++) {
        size_t at = 0;
        bits |= UINT64_C(1) << ht_utf8_next((ht_str){list[w], 0}, &at) % 64;
    }
    return bits;
}

uint32_t first_of(const context *x, uint32_t from, uint32_t to, const char *const *list) {
    uint64_t bits = from + 1 < to ? first_bits(list) : UINT64_MAX;
    for (uint32_t k = from; k < to; k++)
        if (bits >> x->p->c[k] % 64 & 1 && one_of(x->p, k, list)) return k;
    return UINT32_MAX;
}

uint32_t unknown_chars(const context *x, uint32_t start, uint32_t end) {
    uint32_t n = 0;
    for (uint32_t i = start; i < end; i++) {
        if (x->words.length[i] && x->words.classes[i] & ~(unsigned)W_CONTENT) {
            i += x->words.length[i] - 1u;
            continue;
        }
        /* 企业 is a word of class head: a noun, as unknown as any other. */
        n += ht_is_han(x->p->c[i]) && !in_date(x, i) && !in_quantity(x, i) &&
             !ht_geography_covers(x->geography, i);
    }
    return n;
}
