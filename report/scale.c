#include "report/scale.h"

#include "report/words.h"

#include <string.h>

enum { SHOWN_DIGITS = 1000, FIRST_POWER = -30, LAST_POWER = 40 };
typedef __int128 i128;

void report_range_add(report_range *r, ht_number x) {
    if (!x.ok) return;
    if (!r->low.ok) r->low = r->high = ht_number_int(0);
    if (ht_number_cmp(x, r->low) < 0) r->low = x;
    if (ht_number_cmp(x, r->high) > 0) r->high = x;
}

report_scale report_scale_of(report_range r, int from, int to) {
    bool empty = !r.low.ok || ht_number_cmp(r.low, r.high) == 0;
    if (empty) return (report_scale){HT_NO_NUMBER, HT_NO_NUMBER, from, to};
    return (report_scale){r.low, r.high, from, to};
}

/* part / whole * units, rounded down; 0 <= part <= whole. */
static int share(ht_number part, ht_number whole, int units) {
    i128 p = part.mantissa, w = whole.mantissa;
    for (int e = part.exponent; e > whole.exponent; e--)
        if (__builtin_mul_overflow(p, (i128)10, &p)) return units;
    for (int e = whole.exponent; e > part.exponent; e--)
        if (__builtin_mul_overflow(w, (i128)10, &w)) return 0;
    if (__builtin_mul_overflow(p, (i128)units, &p)) return units;
    return (int)(p / w);
}

int report_place(const report_scale *s, ht_number x) {
    if (!s->low.ok) return s->from;
    if (!x.ok) x = ht_number_int(0);
    if (ht_number_cmp(x, s->low) <= 0) return s->from;
    if (ht_number_cmp(x, s->high) >= 0) return s->to;
    ht_number part = ht_number_add(x, ht_number_neg(s->low));
    ht_number whole = ht_number_add(s->high, ht_number_neg(s->low));
    if (!part.ok || !whole.ok) return s->from;
    return s->to > s->from ? s->from + share(part, whole, s->to - s->from)
                           : s->from - share(part, whole, s->from - s->to);
}

ht_number report_step(const report_scale *s) {
    ht_number whole = s->low.ok ? ht_number_add(s->high, ht_number_neg(s->low)) : HT_NO_NUMBER;
    for (int power = FIRST_POWER; whole.ok && power <= LAST_POWER; power++)
        for (int digit = 1; digit <= 5; digit += digit == 1 ? 1 : 3) {
            ht_number five = ht_number_shift(ht_number_int(5 * digit), power);
            if (ht_number_cmp(five, whole) >= 0)
                return ht_number_shift(ht_number_int(digit), power);
        }
    return HT_NO_NUMBER;
}

static ht_number rounded(ht_arena *a, ht_str text) {
    return ht_number_parse(ht_number_rounded(a, ht_number_parse(text)));
}

report_point report_point_of(ht_arena *a, const report_cell *c) {
    report_point p = {rounded(a, c->number), rounded(a, c->low), rounded(a, c->high)};
    if (!p.at.ok) p.at = p.low.ok ? p.low : p.high;
    ht_number min = rounded(a, c->min), max = rounded(a, c->max);
    if (min.ok && (!p.low.ok || ht_number_cmp(min, p.low) < 0)) p.low = min;
    if (max.ok && (!p.high.ok || ht_number_cmp(max, p.high) > 0)) p.high = max;
    return p;
}

void report_digits(ht_buf *b, ht_str s) {
    size_t sign = s.n && s.p[0] == '-', whole = sign;
    while (whole < s.n && s.p[whole] >= '0' && s.p[whole] <= '9') whole++;
    bool grouped = whole - sign > 4 && (whole == s.n || s.p[whole] == '.');
    for (size_t i = 0; i < whole; i++) {
        if (grouped && i > sign && (whole - i) % 3 == 0) ht_buf_byte(b, ',');
        ht_buf_byte(b, s.p[i]);
    }
    ht_buf_add(b, ht_sub(s, whole, s.n));
}

/* To three significant digits, half to even, without zeros at the end of a fraction. */
static ht_number shortened(ht_number x) {
    i128 m = x.mantissa < 0 ? -x.mantissa : x.mantissa, unit = 1;
    while (m / unit >= SHOWN_DIGITS) {
        unit *= 10;
        x.exponent++;
    }
    i128 rest = m % unit, half = unit / 2;
    m /= unit;
    if (unit > 1 && (rest > half || (rest == half && m % 2))) m++;
    while (m && m % 10 == 0 && x.exponent < 0) {
        m /= 10;
        x.exponent++;
    }
    x.mantissa = x.mantissa < 0 ? -m : m;
    return x;
}

ht_str report_compact(ht_arena *a, ht_number x, bool chinese) {
    static const struct {
        int power;
        const char *word;
    } scales[2][4] = {{{9, "B"}, {6, "M"}, {3, "K"}, {0, ""}}, {{8, "亿"}, {4, "万"}, {0, ""}}};
    if (!x.ok) return (ht_str){"", 0};
    ht_number size = x.mantissa < 0 ? ht_number_neg(x) : x;
    int k = 0;
    for (; scales[chinese][k].power; k++) {
        int least =
            chinese || scales[chinese][k].power > 3 ? 1 : 10; /* 1,186 is better than 1.19K */
        ht_number from = ht_number_shift(ht_number_int(least), scales[chinese][k].power);
        if (ht_number_cmp(size, from) >= 0) break;
    }
    ht_number shown = ht_number_shift(x, -scales[chinese][k].power);
    if (scales[chinese][k].power || x.exponent < 0) shown = shortened(shown);
    ht_str digits = ht_number_text(a, shown);
    ht_buf b;
    ht_buf_init(&b, a);
    report_digits(&b, digits);
    ht_buf_add(&b, ht_str_of(scales[chinese][k].word));
    return ht_buf_str(&b);
}

void report_value(ht_buf *b, ht_str qualifier, ht_str value, ht_str low, ht_str high,
                  bool chinese) {
    report_words w = report_word("qualifier", qualifier);
    if (qualifier.n) ht_buf_add(b, chinese ? w.chinese : w.english);
    if (value.n) {
        report_digits(b, value);
        return;
    }
    /* Figures that are not put together have no value. */
    if (!low.n && !high.n && !ht_str_eq(qualifier, HT_S("unreadable"))) ht_buf_add(b, HT_S("—"));
    report_digits(b, low);
    if (low.n && high.n) ht_buf_add(b, HT_S("–"));
    report_digits(b, high);
}
