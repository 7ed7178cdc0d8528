#include "stats/period.h"

enum { YEAR = 4, MONTH = 7, QUARTER = 7 };

period_length period_length_of(ht_str word) {
    if (ht_str_eq(word, HT_S("month"))) return PERIOD_MONTH;
    return ht_str_eq(word, HT_S("quarter")) ? PERIOD_QUARTER : PERIOD_YEAR;
}

static int digits(ht_str s, size_t from, size_t to) {
    int x = 0;
    for (size_t i = from; i < to; i++) {
        if (i >= s.n || s.p[i] < '0' || s.p[i] > '9') return -1;
        x = x * 10 + (s.p[i] - '0');
    }
    return x;
}

/* The month of YYYY-MM…, 0 where the date has none. */
static int month_of(ht_str date) {
    int month = date.n >= MONTH && date.p[YEAR] == '-' ? digits(date, YEAR + 1, MONTH) : 0;
    return month >= 1 && month <= 12 ? month : 0;
}

static ht_str label(ht_arena *a, ht_str date, period_length length) {
    int month = month_of(date);
    if (length == PERIOD_YEAR || !month) return ht_sub(date, 0, YEAR);
    if (length == PERIOD_MONTH) return ht_sub(date, 0, MONTH);
    return ht_format(a, "%.4s-Q%d", date.p, (month + 2) / 3);
}

period_answer period_of(ht_arena *a, const period_dates *d, period_length length) {
    if (d->asof.n < YEAR) {
        if (d->published.n < YEAR) return (period_answer){{NULL, 0}, {NULL, 0}};
        return (period_answer){label(a, d->published, length), HT_S("published")};
    }
    if (d->flows && d->from.n >= YEAR && d->to.n >= YEAR) {
        ht_str from = label(a, d->from, length), to = label(a, d->to, length);
        if (!ht_str_eq(from, to))
            return (period_answer){ht_format(a, HT_FMT "/" HT_FMT, HT_ARG(from), HT_ARG(to)),
                                   HT_S("asof")};
    }
    return (period_answer){label(a, d->asof, length), HT_S("asof")};
}

int32_t period_last_month(ht_str period) {
    size_t slash = ht_str_find(period, HT_S("/"), 0);
    if (slash != SIZE_MAX) period = ht_sub(period, slash + 1, period.n);
    int year = digits(period, 0, YEAR);
    if (period.n < YEAR || year < 0) return -1;
    int month = month_of(period);
    if (period.n == QUARTER && period.p[YEAR + 1] == 'Q') month = 3 * digits(period, 6, 7);
    return year * 12 + (month >= 1 && month <= 12 ? month : 12) - 1;
}
