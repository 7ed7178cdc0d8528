/* Expressions that are words: 本周, 上月, 近三年, “十四五”, 正月十五. They count from the
 * publication, from the date before them, or from a calendar of their own. */
#include "extract/time/time-internal.h"

/* 近三年, 过去一年, 一年来, 近5年来: a span up to the publication. */
bool last_at(const time_reader *r, uint32_t at, time_expr *e) {
    const ht_passage *p = r->p;
    if (r->today == HT_NO_DAY) return false;
    uint32_t i = at, start;
    const time_word *prefix = take_word(p, &i, W_BIT(W_LAST));
    if (prefix && word_before(p, at, W_BIT(W_COUNT_BEFORE), &start)) return false;
    time_number n = {1, 1, true};
    uint32_t j = number_at(p, i, &n);
    bool half = j == i && ht_passage_at(p, i, "半");
    if (half) {
        j = i + 1;
        n.value = 1;
    }
    if (j == i) return false;
    i = j;
    const time_word *unit = take_word(p, &i, W_BIT(W_UNIT));
    if (!unit || n.value < 1 || (n.han && n.n_digits > 1)) return false;
    uint32_t end = i;
    const time_word *after = take_word(p, &end, W_BIT(W_LAST_AFTER));
    bool long_enough = after && (ht_passage_before(p, end, "来"));
    bool near = prefix && p->c[at] == 0x8FD1; /* 近 may also mean nearly */
    enum { NEAR_YEARS = 10, SPAN_YEARS = 60 };
    if (!prefix && !long_enough) return false;
    /* 29日以来 is since the 29th */
    if (ht_passage_before(p, i, "日") && after && end > i + 1) return false;
    if (near && !after && (unit->a != 12 || n.value > NEAR_YEARS)) return false;
    if (!after && has_word(p, i, W_BIT(W_YEAR_BLOCK)) && !ht_passage_at(p, i, "的")) return false;
    int months = unit->a > 0 ? unit->a * n.value : 0;
    enum { HALF_MONTH = 15 };
    if (half && unit->a < 0) return false;
    if (half) months = unit->a / 2;
    if (months > SPAN_YEARS * 12) return false;
    int days = half && !months ? HALF_MONTH
               : unit->a < 0   ? -unit->a * n.value
                               : 0,
        year = r->year, month = r->month - months;
    while (month < 1) month += 12, year--;
    int day = r->day <= days_in_month(year, month) ? r->day : days_in_month(year, month);
    *e = (time_expr){.start = at,
                     .end = after ? end : i,
                     .form = E_FIXED,
                     .rule = "D14",
                     .precision = HT_DATE_SPAN,
                     .to = r->today,
                     .from = ht_day_of(year, month, day) - days + 1};
    return true;
}

bool plan_quote(uint32_t c) {
    return c == 0x201C || c == '"' || c == 0x300C || c == 0x300E || c == 0x2018 || c == 0x300A;
}

/* “十四五”, 十五五时期, 十三五末: n-th five-year plan. */
bool plan_at(const ht_passage *p, uint32_t at, time_expr *e) {
    enum { SIXTH_START = 1981, PLAN_YEARS = 5, PLAIN_FROM = 11 };
    static const char *const close[] = {"”", "\"", "」", "』", "’"};
    bool quoted = plan_quote(p->c[at]);
    uint32_t i = quoted ? at + 1 : at, end;
    const time_word *w = word_at(p, i, W_BIT(W_PLAN), &end);
    if (!w) return false;
    i = end;
    if (quoted) {
        quoted = false;
        for (size_t k = 0; k < sizeof close / sizeof *close; k++)
            if (ht_passage_at(p, i, close[k])) quoted = true;
        if (!quoted) return false;
        i++;
    }
    bool named = has_word(p, i, W_BIT(W_SPAN) | W_BIT(W_SINCE)) || ht_passage_at(p, i, "规划");
    if (!quoted && !named && w->a < PLAIN_FROM) return false;
    int year = SIXTH_START + PLAN_YEARS * (w->a - 6);
    *e = (time_expr){.start = at,
                     .end = i,
                     .form = E_YEARLY,
                     .has_year = true,
                     .year = year,
                     .year_to = year + PLAN_YEARS - 1,
                     .precision = HT_DATE_SPAN,
                     .rule = "D13"};
    const time_word *part = word_at(p, i, W_BIT(W_PART) | W_BIT(W_PLAN_YEAR), &end);
    if (part && part->kind == W_PLAN_YEAR) {
        e->year += part->a;
        e->year_to = 0;
        e->end = end;
        e->precision = HT_DATE_YEAR;
        return true;
    }
    if (part) {
        bool begin = ht_str_eq(part->name, HT_S("begin"));
        if (!begin) e->year = e->year_to;
        e->year_to = 0;
        e->end = end;
        set_part(e, part->name);
    }
    return true;
}

static bool week_at(const time_reader *r, uint32_t at, const time_word *w, uint32_t end,
                    time_expr *e) {
    if (r->today == HT_NO_DAY) return false;
    const ht_passage *p = r->p;
    int weekday = (r->today % 7 + 7 + 3) % 7; /* 1970-01-01 was a Thursday; Monday is 0 */
    ht_day monday = r->today - weekday;
    *e = (time_expr){.start = at, .end = end, .form = E_FIXED, .rule = "D6"};
    if (w->kind == W_WEEK) {
        uint32_t i = end, behind;
        monday += 7 * w->a;
        static const char *const names[] = {"一", "二", "三", "四", "五", "六", "日", "天"};
        for (int k = 0; k < 8; k++)
            if (ht_passage_at(p, i, names[k])) {
                e->from = e->to = monday + (k > 6 ? 6 : k);
                e->end = i + 1;
                return true;
            }
        e->from = monday;
        e->to = monday + 6;
        e->precision = HT_DATE_SPAN;
        if (ht_passage_at(p, i, "末") && word_at(p, i, W_BIT(W_PART), &behind)) {
            e->from = monday + 5;
            e->end = i + 1;
        }
        return true;
    }
    bool follow = end >= p->n || !ht_is_han(p->c[end]) || has_word(p, end, W_BIT(W_WEEKDAY_FOLLOW));
    bool every = at > 0 && (is_numeral(p->c[at - 1]) || ht_passage_before(p, at, "每") ||
                            ht_passage_before(p, at, "逢"));
    if (!follow || every || connector_skip(p, end) > end) return false;
    e->from = e->to = monday + w->a - 1 > r->today ? monday + w->a - 8 : monday + w->a - 1;
    return true;
}

/* 本月, 上月10日, 月底: the month is known from the publication. */
static bool month_word(const time_reader *r, uint32_t at, const time_word *w, uint32_t end,
                       time_expr *e) {
    if (r->today == HT_NO_DAY) return false;
    int offset = w->kind == W_MONTH ? w->a : 0, month = r->month + offset, year = r->year;
    if (month < 1) month = 12, year--;
    if (month > 12) month = 1, year++;
    *e = (time_expr){.start = at,
                     .end = end,
                     .form = E_YEARLY,
                     .has_year = true,
                     .year = year,
                     .m1 = month,
                     .m2 = month,
                     .precision = HT_DATE_MONTH,
                     .rule = "D7"};
    if (w->kind == W_PART_MONTH)
        set_part(e, w->name);
    else
        e->end = read_day(r->p, end, e);
    return true;
}

/* 正月十五, 腊月廿三, 大年初一, 农历八月十五. */
static bool lunar_at(const ht_passage *p, uint32_t at, const time_word *w, uint32_t end,
                     time_expr *e) {
    time_number n;
    int month = w->a;
    uint32_t i = end;
    if (!month) {
        const time_word *named = take_word(p, &i, W_BIT(W_LUNAR));
        if (named) {
            month = named->a;
        } else {
            uint32_t j = number_at(p, i, &n);
            if (j == i || !ht_passage_at(p, j, "月") || n.value < 1 || n.value > 12) return false;
            month = n.value;
            i = j + 1;
        }
    }
    i = char_skip(p, i, "初");
    uint32_t j = number_at(p, i, &n);
    if (j == i || !n.han || n.value < 1 || n.value > 30) return false;
    *e = (time_expr){.start = at, .end = j, .form = E_YEARLY};
    lunar_of(e, month, n.value);
    return true;
}

bool glossed_at(const time_reader *r, uint32_t at, time_expr *e) {
    const ht_passage *p = r->p;
    uint32_t end;
    const time_word *w = word_at(p, at, W_BIT(W_GLOSSED), &end);
    if (!w || r->today == HT_NO_DAY || end >= p->n) return false;
    if (p->c[end] != '(' && p->c[end] != 0xFF08) return false;
    time_number n;
    uint32_t i = number_at(p, end + 1, &n);
    if (i == end + 1 || (p->c[i] != ')' && p->c[i] != 0xFF09)) return false;
    *e = (time_expr){.start = at, .end = i + 2};
    if (ht_passage_at(p, i + 1, "日")) {
        int year, month, day;
        ht_day_split(r->today + w->a, &year, &month, &day);
        e->form = E_FIXED;
        e->from = e->to = r->today + w->a;
        e->rule = "D5";
        return day == n.value;
    }
    e->has_year = true;
    e->year = r->year + w->a;
    e->rule = "D8";
    return ht_passage_at(p, i + 1, "年") && read_year_forms(r, at, e, i + 2);
}

bool word_forms(const time_reader *r, uint32_t at, const time_word *w, uint32_t end, time_expr *e) {
    const ht_passage *p = r->p;
    *e = (time_expr){.start = at, .end = end, .offset = w->a};
    switch (w->kind) {
    case W_NOW:
        e->form = E_NOW;
        e->rule = "D10";
        return true;
    case W_VAGUE:
        e->form = E_VAGUE;
        e->rule = "D11";
        return true;
    case W_YEAR:
        if (r->today == HT_NO_DAY) return false;
        e->has_year = true;
        e->year = r->year + w->a;
        e->rule = "D8";
        return read_year_forms(r, at, e, end);
    case W_YEAR_OF:
        e->year_of = true;
        e->rule = "D8";
        return read_year_forms(r, at, e, end);
    case W_DAY:
        if (r->today == HT_NO_DAY) return false;
        e->form = E_FIXED;
        e->from = e->to = r->today + w->a;
        e->rule = "D5";
        return true;
    case W_DAY_OF:
        e->form = E_DAY_OF;
        e->rule = "D4";
        return true;
    case W_MONTH:
    case W_PART_MONTH: return month_word(r, at, w, end, e);
    case W_MONTH_OF:
        e->form = E_MONTH_OF;
        e->rule = "D7";
        e->precision = HT_DATE_MONTH;
        e->end = read_day(p, end, e);
        return true;
    case W_WEEK:
    case W_WEEKDAY: return week_at(r, at, w, end, e);
    case W_LUNAR: return lunar_at(p, at, w, end, e);
    case W_SAME_PERIOD:
        e->form = E_SAME;
        e->rule = "D16";
        return true;
    default: return false;
    }
}
