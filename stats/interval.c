#include "stats/compare.h"

/* 约 and 近 promise about this much: a tenth of the number. 超 and 余 promise less than the next
 * round number, which is at most a tenth away too, or one step. */
enum { VAGUE_TENTHS = 1 };

static bool is(const cell_figure *f, const char *qualifier) {
    return ht_str_eq(f->qualifier, ht_str_of(qualifier));
}

static ht_number minus(ht_number a, ht_number b) {
    return ht_number_add(a, ht_number_neg(b));
}

static ht_number magnitude(ht_number x) {
    return x.ok && x.mantissa < 0 ? ht_number_neg(x) : x;
}

static ht_number larger(ht_number a, ht_number b) {
    if (!a.ok || !b.ok) return a.ok ? a : b;
    return ht_number_cmp(a, b) >= 0 ? a : b;
}

/* An unknown number stands for an open end, so where a sum does not fit the value itself is the
 * end. */
static ht_number or_value(ht_number end, ht_number value) {
    return end.ok ? end : value;
}

cell_interval cell_interval_of(const cell_figure *f) {
    if (!f->value.ok) return (cell_interval){f->low, f->high};
    ht_number v = f->value;
    ht_number half = ht_number_shift(ht_number_mul(f->step, ht_number_int(5)), -1);
    ht_number vague = magnitude(ht_number_shift(ht_number_mul(v, ht_number_int(VAGUE_TENTHS)), -1));
    ht_number least = or_value(minus(v, half), v), most = or_value(ht_number_add(v, half), v);
    if (is(f, "about"))
        return (cell_interval){or_value(minus(v, larger(vague, half)), v),
                               or_value(ht_number_add(v, larger(vague, half)), v)};
    if (is(f, "nearly"))
        return (cell_interval){or_value(minus(v, larger(vague, f->step)), v), most};
    if (is(f, "over"))
        return (cell_interval){least, or_value(ht_number_add(v, larger(vague, f->step)), v)};
    if (is(f, "at_least")) return (cell_interval){least, HT_NO_NUMBER};
    if (is(f, "at_most")) return (cell_interval){HT_NO_NUMBER, most};
    return (cell_interval){least, most};
}

bool cell_intervals_meet(cell_interval a, cell_interval b) {
    if (a.high.ok && b.low.ok && ht_number_cmp(a.high, b.low) < 0) return false;
    return !(b.high.ok && a.low.ok && ht_number_cmp(b.high, a.low) < 0);
}

ht_number compare_simplify(ht_number x) {
    if (!x.ok) return x;
    ht_number r = x;
    while (r.divisor % 10 == 0) {
        r.divisor /= 10;
        r.exponent--;
    }
    while (r.divisor % 5 == 0) {
        r.divisor /= 5;
        r = ht_number_shift(ht_number_mul(r, ht_number_int(2)), -1);
        if (!r.ok) return x;
    }
    while (r.divisor % 2 == 0) {
        r.divisor /= 2;
        r = ht_number_shift(ht_number_mul(r, ht_number_int(5)), -1);
        if (!r.ok) return x;
    }
    if (r.divisor > 1 && r.mantissa % (__int128)r.divisor == 0) {
        r.mantissa /= (__int128)r.divisor;
        r.divisor = 1;
    }
    return r;
}
