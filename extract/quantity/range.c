/* Two numerals that bound a range, and units that an enumeration names once. */
#include "extract/quantity/reader.h"

enum { MAX_GAP = 12 };

static uint32_t separator(const reader *r, uint32_t at) {
    uint32_t end = at;
    while (end < r->n && glyph_in(r->c[end], "-~～—–－−─") && end - at < 2) end++;
    if (end > at) return end - at;
    return glyph_in(char_at(r, at), "至到") ? 1 : 0;
}

/* The power of ten that the right side lends to the left: 10至20万, 两三到五百. */
static ht_number lend(const item *left, const item *right) {
    const numeral *a = &left->num, *b = &right->num;
    if (!a->scaled && !a->big && b->small && ht_number_cmp(left->value, ht_number_int(10)) < 0) {
        ht_number v = ht_number_shift(left->value, b->small);
        if (ht_number_cmp(v, right->value) < 0) return v;
    }
    if (!a->big && b->big) {
        ht_number v = ht_number_shift(left->value, b->big);
        if (ht_number_cmp(v, right->value) <= 0) return v;
    }
    return left->value;
}

static bool same_unit(const item *a, const item *b) {
    return a->u && b->u && ht_str_eq(a->u->canonical, b->u->canonical);
}

bool item_read_range(const reader *r, item *q) {
    if (!q->value.ok || q->value.divisor != 1 || q->compound) return false;
    uint32_t at = q->end;
    if (reader_at_any(r, at, "(含)|（含）")) at += 3;
    if (char_at(r, at) == ' ') at++;
    uint32_t k = separator(r, at);
    if (!k) return false;
    bool dash = r->c[at] != 0x81F3 && r->c[at] != 0x5230; /* neither 至 nor 到 */
    at += k;
    if (char_at(r, at) == ' ') at++;
    bool below_zero = q->start >= r->floor + 2 && reader_before_any(r, q->start, "零下");
    bool right_below = below_zero && reader_at_any(r, at, "零下");
    if (right_below) at += 2;
    item right = {.start = at, .end = at};
    if (!reader_numeral(r, at, &right.num) || !right.num.value.ok) {
        /* 百分之三十到百分之四十 */
        if (!item_read_share(r, at, &right) || !right.value.ok || right.share || !right.u)
            return false;
    } else {
        if (right.num.approx != HT_EXACT) return false;
        right.num_start = at;
        right.value = right.num.value;
        right.num_end = right.end = right.num.end;
        right.step = right.num.step;
        if (q->u && q->u->dimension.n && q->num_start < q->start + 3 && q->unit_end == q->num_end &&
            q->rule && !q->share && ht_str_eq(q->u->canonical, HT_S("%")))
            right.u = q->u; /* 百分之三十到四十一 */
        else
            item_read_unit(r, &right);
    }
    if (q->u && right.u && !same_unit(q, &right)) return false;
    if (q->u && !right.u) return false;
    if (!right.u && dash && !(q->num.scaled || right.num.scaled) &&
        !reader_whole(r, q->start, right.end))
        return false; /* 3-0, 2019-2023, 022-84130000 */
    if (q->num.leading_zero || right.num.leading_zero) return false;
    if (right_below) right.value = ht_number_neg(right.value);
    if (below_zero) q->value = ht_number_neg(q->value);
    ht_number low = q->u || below_zero ? q->value : lend(q, &right);
    if (ht_number_cmp(low, right.value) >= 0) {
        if (below_zero) q->value = ht_number_neg(q->value);
        return false;
    }
    if (below_zero) q->start -= 2;
    if (right.u && right.u->kind == UNIT_TENTH) item_read_compound(r, &right);
    q->low = low;
    q->high = right.value;
    q->value = HT_NO_NUMBER;
    q->step = right.step;
    q->qualifier = HT_RANGE;
    q->num_end = right.num_end;
    q->u = right.u;
    q->unit_start = right.u ? right.unit_start : right.num_end;
    q->unit_end = right.u ? right.unit_end : right.num_end;
    q->end = right.end;
    q->num.scaled |= right.num.scaled;
    q->range = true;
    return true;
}

/* Only 、 , 和 及 与 and a qualifier between two numbers of one enumeration. */
static bool joins(const reader *r, uint32_t from, uint32_t to) {
    if (from >= to || to - from > MAX_GAP) return false;
    uint32_t at = from;
    if (glyph_in(r->c[at], "、，,/")) at++;
    if (at < to && glyph_in(r->c[at], "和及与跟同以")) at += reader_at_any(r, at, "以及") ? 2 : 1;
    if (at == from) return false;
    return at == to;
}

void reader_share_units(reader *r) {
    for (size_t i = r->n_q; i-- > 1;) {
        ht_quantity *left = &r->q[i - 1];
        const ht_quantity *right = &r->q[i];
        if (left->unit.n || !right->unit.n || left->kind != HT_COUNT) continue;
        if (!ht_kind_is_statistic(right->kind) && joins(r, left->end, right->start)) {
            left->kind = right->kind; /* 2、3级 */
            continue;
        }
        if (right->kind > HT_MEASURE && right->kind != HT_RATE) continue;
        if (right->kind == HT_SHARE || !joins(r, left->end, right->start)) continue;
        left->unit = right->unit;
        left->dimension = right->dimension;
        left->kind = right->kind;
        left->noun_is_unit = right->noun_is_unit;
        left->unit_start = right->unit_start;
        left->unit_end = right->unit_end;
        ht_trace_add(r->trace, left->start, left->end, "unit shared",
                     "the unit behind the last number of the enumeration");
    }
}
