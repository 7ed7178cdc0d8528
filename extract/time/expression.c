/* One date expression, by its own words only. Which year or month a short form means, and what the
 * words around it make of it, is for dates.c. */
#include "extract/time/time-internal.h"

enum { YEAR_FIRST = 1800, YEAR_LAST = 2100, ISO_FIRST = 1980, ROC_OFFSET = 1911, ROC_REACH = 15 };

uint32_t char_skip(const ht_passage *p, uint32_t at, const char *literal) {
    return ht_passage_at(p, at, literal) ? at + 1 : at;
}

/* The word of one of the kinds behind blanks; moves *at behind it. */
const time_word *take_word(const ht_passage *p, uint32_t *at, uint64_t kinds) {
    uint32_t end;
    const time_word *w = word_at(p, blank_skip(p, *at), kinds, &end);
    if (w) *at = end;
    return w;
}

bool has_word(const ht_passage *p, uint32_t at, uint64_t kinds) {
    uint32_t end;
    return word_at(p, at, kinds, &end) != NULL;
}

static void months_of(time_expr *e, int first, int last, ht_date_precision precision,
                      const char *rule) {
    e->m1 = first;
    e->m2 = last;
    e->d1 = e->d2 = 0;
    e->precision = precision;
    e->rule = rule;
}

/* 初 底: the first ten days or the last day of what is there so far. */
void set_part(time_expr *e, ht_str part) {
    bool year = e->m1 == 0;
    if (ht_str_eq(part, HT_S("begin"))) {
        if (year)
            e->m1 = e->m2 = 1;
        else
            e->m2 = e->m1, e->d1 = 1, e->d2 = 10;
        e->precision = HT_DATE_MONTH;
    } else if (ht_str_eq(part, HT_S("middle"))) {
        if (year)
            e->m1 = 6, e->m2 = 7;
        else
            e->m2 = e->m1, e->d1 = 11, e->d2 = 20;
        e->precision = year ? HT_DATE_SPAN : HT_DATE_MONTH;
    } else {
        if (year) e->m1 = e->m2 = 12;
        e->m1 = e->m2;
        e->d1 = e->d2 = 99; /* the last day, whichever it is */
        e->precision = HT_DATE_DAY;
    }
}

/* Behind 月: a day, a range of days, ten days, or a part. Gives the end. */
uint32_t read_day(const ht_passage *p, uint32_t at, time_expr *e) {
    uint32_t i = blank_skip(p, at);
    time_number d, d2;
    uint32_t j = number_at(p, i, &d);
    if (j > i && d.value >= 1 && d.value <= 31) {
        uint32_t k = blank_skip(p, j);
        uint32_t end = char_skip(p, k, "日");
        if (end == k) end = char_skip(p, k, "号");
        if (end > k) {
            e->d1 = e->d2 = d.value;
            e->precision = HT_DATE_DAY;
            e->rule = e->has_year ? "D1" : "D2";
            return end;
        }
        uint32_t m = connector_skip(p, k);
        if (m == k) m = char_skip(p, k, "、");
        uint32_t n = m > k ? number_at(p, m, &d2) : m;
        if (n > m && d2.value > d.value && d2.value <= 31) {
            end = char_skip(p, blank_skip(p, n), "日");
            if (end > n) {
                e->d1 = d.value;
                e->d2 = d2.value;
                e->precision = HT_DATE_SPAN;
                e->rule = e->has_year ? "D1" : "D2";
                return end;
            }
        }
        return at;
    }
    uint32_t end = at;
    const time_word *w = take_word(p, &end, W_BIT(W_TEN));
    if (w) {
        e->d1 = w->a * 10 - 9;
        e->d2 = w->a == 3 ? 99 : w->a * 10;
        e->precision = HT_DATE_MONTH;
        return end;
    }
    end = char_skip(p, at, "份");
    w = take_word(p, &end, W_BIT(W_PART));
    if (w) set_part(e, w->name);
    return end;
}

/* A month or a range of months at `at` (8月, 1至6月, 前11个月), with what follows. `at` if none. */
static uint32_t read_month(const ht_passage *p, uint32_t at, time_expr *e) {
    time_number m, m2;
    uint32_t i = at, j, k;
    if (take_word(p, &i, W_BIT(W_FIRST))) {
        j = number_at(p, i, &m);
        if (j == i || m.value < 1 || m.value > 11) return at;
        k = char_skip(p, j, "个");
        uint32_t end = char_skip(p, k, "月");
        if (end == k) return at;
        months_of(e, 1, m.value, HT_DATE_SPAN, "D12");
        return end;
    }
    i = blank_skip(p, at);
    j = number_at(p, i, &m);
    if (j == i || m.value < 1 || m.value > 12 || m.n_digits > 2 || (m.han && m.n_digits > 1))
        return at;
    k = blank_skip(p, j);
    uint32_t end = char_skip(p, k, "月");
    if (end > k) {
        uint32_t behind = char_skip(p, end, "份");
        uint32_t c = connector_skip(p, behind);
        uint32_t n = c > behind ? number_at(p, c, &m2) : c;
        if (n > c && m2.value > m.value && m2.value <= 12 && char_skip(p, n, "月") > n) {
            time_expr tail = {.has_year = e->has_year, .m1 = m2.value, .m2 = m2.value};
            if (read_day(p, n + 1, &tail) <= char_skip(p, n + 1, "份")) {
                months_of(e, m.value, m2.value, HT_DATE_SPAN, "D12");
                return char_skip(p, n + 1, "份");
            }
        }
        if (behind == end && has_word(p, end, W_BIT(W_MONTH_BLOCK))) return at;
        months_of(e, m.value, m.value, HT_DATE_MONTH, e->has_year ? "D1" : "D7");
        return read_day(p, end, e);
    }
    uint32_t c = connector_skip(p, k);
    if (c == k) c = char_skip(p, k, "、");
    uint32_t n = c > k ? number_at(p, blank_skip(p, c), &m2) : c;
    if (n == c || m2.value <= m.value || m2.value > 12) return at;
    uint32_t o = blank_skip(p, n);
    end = char_skip(p, o, "月");
    if (end == o) return at;
    months_of(e, m.value, m2.value, HT_DATE_SPAN, "D12");
    return char_skip(p, end, "份");
}

void lunar_of(time_expr *e, int month, int day) {
    e->lunar_month = month;
    e->lunar_day = day;
    e->precision = HT_DATE_DAY;
    e->rule = "D15";
}

#define PART_WORDS                                                                                 \
    (W_BIT(W_HALF) | W_BIT(W_QUARTER) | W_BIT(W_MONTHS) | W_BIT(W_WHOLE) | W_BIT(W_HOLIDAY) |      \
     W_BIT(W_LUNAR_DAY) | W_BIT(W_FIXED_DAY))

/* Parts of a year that are words: 上半年, 一季度, 春节, 年底. `at` if none. */
static uint32_t read_part(const ht_passage *p, uint32_t at, time_expr *e, bool behind_year) {
    uint32_t i = at;
    uint64_t last = behind_year ? W_BIT(W_PART) : W_BIT(W_PART_YEAR);
    const time_word *w = take_word(p, &i, PART_WORDS | last);
    if (!w) return at;
    switch (w->kind) {
    case W_HALF: months_of(e, w->a, w->b, HT_DATE_HALF, "D12"); break;
    case W_QUARTER: months_of(e, w->a, w->b, HT_DATE_QUARTER, "D12"); break;
    case W_MONTHS: months_of(e, w->a, w->b, HT_DATE_SPAN, "D12"); break;
    case W_WHOLE:
        months_of(e, w->a, w->b, HT_DATE_YEAR, "D12");
        e->own_whole = true;
        return i;
    case W_HOLIDAY:
        e->holiday = w->name;
        e->precision = HT_DATE_SPAN;
        e->rule = "D15";
        return i;
    case W_LUNAR_DAY: lunar_of(e, w->a, w->b); return i;
    case W_FIXED_DAY:
        e->m1 = e->m2 = w->a;
        e->d1 = e->d2 = w->b;
        e->precision = HT_DATE_DAY;
        e->rule = "D15";
        return i;
    default:
        if (ht_str_eq(w->name, HT_S("within")))
            months_of(e, 1, 12, HT_DATE_YEAR, "D17");
        else
            set_part(e, w->name);
        e->own_whole = w->kind == W_PART_YEAR && !ht_str_eq(w->name, HT_S("within"));
        if (!behind_year && !e->rule) e->rule = "D8";
        return i;
    }
    w = take_word(p, &i, W_BIT(W_PART));
    if (w) set_part(e, w->name);
    return i;
}

/* Behind a year: everything that may narrow it. */
static uint32_t read_within_year(const ht_passage *p, uint32_t at, time_expr *e) {
    uint32_t i = read_part(p, at, e, true);
    if (i > at) return i;
    i = read_month(p, at, e);
    if (i > at) return i;
    i = at;
    if (take_word(p, &i, W_BIT(W_SAME_PERIOD))) {
        e->same_period = true;
        e->rule = "D16";
        return i;
    }
    return at;
}

bool read_year_forms(const time_reader *r, uint32_t start, time_expr *e, uint32_t at) {
    e->form = E_YEARLY;
    e->start = start;
    e->precision = HT_DATE_YEAR;
    if (!e->rule) e->rule = e->year_to ? "D17" : "D1";
    e->end = read_within_year(r->p, at, e);
    return true;
}

/* 24年 for 2024: only where a month or part follows, or at the head of a paragraph. */
static bool short_year(const time_reader *r, uint32_t at, uint32_t behind, int value,
                       time_expr *e) {
    if (r->today == HT_NO_DAY) return false;
    int year = r->year / 100 * 100 + value;
    if (year > r->year + 10) year -= 100;
    e->has_year = true;
    e->year = year;
    e->start = at;
    read_year_forms(r, at, e, behind);
    if (e->end > behind) return true;
    bool head = at == 0 || r->p->c[at - 1] == '\n';
    return head && year >= r->year - 10 && year <= r->year + 1 &&
           !has_word(r->p, behind, W_BIT(W_YEAR_BLOCK));
}

/* 115年起拟: a year of the era of Taiwan, told from a duration by its size and what stands around.
 */
static bool roc_year(const time_reader *r, uint32_t at, uint32_t behind, int value, time_expr *e) {
    const ht_passage *p = r->p;
    int distance = value + ROC_OFFSET - r->year;
    if (r->today == HT_NO_DAY || value < 100 || distance < -ROC_REACH || distance > ROC_REACH)
        return false;
    e->has_year = true;
    e->year = value + ROC_OFFSET;
    uint32_t start = char_skip(p, behind, "度");
    read_year_forms(r, at, e, start);
    if (e->end > start || start > behind) return true;
    uint32_t ignored;
    bool alone = at == 0 || !ht_is_han(p->c[at - 1]) ||
                 word_before(p, at, W_BIT(W_FROM) | W_BIT(W_AS_OF), &ignored) ||
                 ht_passage_before(p, at, "在") || ht_passage_before(p, at, "于");
    return (alone && !has_word(p, behind, W_BIT(W_YEAR_BLOCK))) ||
           has_word(p, behind, W_BIT(W_SINCE) | W_BIT(W_BEFORE));
}

/* 2025-2027年, 2023/24学年; the first of 2022、2023年. */
static bool years_at(const ht_passage *p, uint32_t at, int first, uint32_t end, time_expr *e) {
    time_number last = {0, 0, false};
    uint32_t k = blank_skip(p, end), c = connector_skip(p, k);
    bool list = ht_passage_at(p, k, "、") || ht_passage_at(p, k, "和");
    if (c == k && (list || ht_passage_at(p, k, "/"))) c = k + 1;
    uint32_t m = c > k ? number_at(p, blank_skip(p, c), &last) : c;
    if (m == c || m == k) return false;
    uint32_t behind = blank_skip(p, m);
    bool degree = ht_passage_at(p, behind, "年度") || ht_passage_at(p, behind, "学年") ||
                  ht_passage_at(p, behind, "财年");
    if (last.n_digits == 2 && degree && !list) last.value += first / 100 * 100;
    if (last.value <= first || last.value > YEAR_LAST) return false;
    if (!degree && !ht_passage_at(p, behind, "年")) return false;
    *e = (time_expr){.start = at,
                     .end = list ? end : behind + (degree ? 2 : 1),
                     .form = E_YEARLY,
                     .has_year = true,
                     .year = first,
                     .year_to = list ? 0 : last.value,
                     .precision = list ? HT_DATE_YEAR : HT_DATE_SPAN,
                     .rule = list ? "D1" : "D17"};
    return true;
}

/* A number that is a year: 2025年…, 2025-2027年, 民国114年, 24年… */
static bool year_at(const time_reader *r, uint32_t at, time_expr *e) {
    const ht_passage *p = r->p;
    uint32_t i = at, end;
    const time_word *era = word_at(p, at, W_BIT(W_ERA), &end);
    if (era) i = blank_skip(p, end);
    time_number n;
    uint32_t j = number_at(p, i, &n);
    if (j == i) return false;
    uint32_t k = blank_skip(p, j);
    uint32_t behind = char_skip(p, k, "年");
    bool full = n.n_digits == 4 && n.value >= YEAR_FIRST && n.value <= YEAR_LAST;
    if (full && (ht_passage_at(p, k, "财年") || ht_passage_at(p, k, "学年"))) behind = k + 2;
    if (behind == k) return full && years_at(p, at, n.value, j, e);
    if (era && era->a) {
        if (n.value < 1 || n.value + era->a > YEAR_LAST) return false;
        n.value += era->a;
    } else if (!full) {
        if (era) return false;
        if (n.n_digits == 2) return short_year(r, at, behind, n.value, e);
        return roc_year(r, at, behind, n.value, e);
    }
    bool round = !era && n.value % 100 == 0 && has_word(p, behind, W_BIT(W_YEAR_BLOCK));
    if (round && (n.value != 2000 || ht_passage_at(p, behind, "历史"))) return false;
    e->has_year = true;
    e->year = n.value;
    uint32_t degree = char_skip(p, behind, "度");
    if (degree == behind || ht_is_han(p->c[degree])) {
        if (degree == behind || !ht_passage_at(p, degree, "过")) behind = degree;
    } else {
        behind = degree;
    }
    return read_year_forms(r, at, e, behind);
}

/* 20世纪70年代, 上世纪九十年代, 80年代. */
static bool decade_at(const ht_passage *p, uint32_t at, time_expr *e) {
    time_number n;
    int century = 20;
    uint32_t i = at, j;
    if (ht_passage_at(p, at, "上世纪")) {
        i = at + 3;
    } else if ((j = number_at(p, at, &n)) > at && ht_passage_at(p, j, "世纪") && n.value > 10 &&
               n.value < 22) {
        century = n.value;
        i = j + 2;
    }
    j = number_at(p, i, &n);
    bool full = n.n_digits == 4 && i == at;
    if (j == i || !ht_passage_at(p, j, "年代") || n.value % 10 != 0 || (n.value > 90 && !full))
        return false;
    int year = full ? n.value : (century - 1) * 100 + n.value;
    if (year < YEAR_FIRST || year + 9 > YEAR_LAST) return false;
    *e = (time_expr){.start = at,
                     .end = j + 2,
                     .form = E_YEARLY,
                     .has_year = true,
                     .year = year,
                     .year_to = year + 9,
                     .precision = HT_DATE_SPAN,
                     .rule = "D1"};
    return true;
}

/* 2025-06-07, 2025/6/7, 2025.3.29, 2025-06. */
static bool iso_at(const ht_passage *p, uint32_t at, time_expr *e) {
    time_number y, m, d;
    uint32_t i = number_at(p, at, &y);
    if (y.han || y.n_digits != 4 || y.value < ISO_FIRST || y.value > YEAR_LAST) return false;
    uint32_t separator = p->c[i];
    if (separator != '-' && separator != '/' && separator != '.') return false;
    uint32_t j = number_at(p, i + 1, &m);
    if (j == i + 1 || m.han || m.n_digits > 2 || m.value < 1 || m.value > 12) return false;
    *e = (time_expr){.start = at,
                     .end = j,
                     .form = E_YEARLY,
                     .has_year = true,
                     .year = y.value,
                     .m1 = m.value,
                     .m2 = m.value,
                     .precision = HT_DATE_MONTH,
                     .rule = "D1"};
    if (p->c[j] == separator) {
        uint32_t k = number_at(p, j + 1, &d);
        bool good = k > j + 1 && !d.han && d.n_digits <= 2 && !is_digit(p->c[k]) &&
                    ht_day_of(y.value, m.value, d.value) != HT_NO_DAY;
        if (!good) return false;
        e->d1 = e->d2 = d.value;
        e->end = k;
        e->precision = HT_DATE_DAY;
        return true;
    }
    return separator == '-' && m.n_digits == 2 && !ht_passage_at(p, j, "年") &&
           connector_skip(p, j) == j && !has_word(p, j, W_BIT(W_UNIT));
}

/* 29日, 28日至30日: only where nothing says that days are counted. */
static bool bare_day_at(const ht_passage *p, uint32_t at, time_expr *e) {
    time_number d, d2;
    uint32_t i = number_at(p, at, &d), start;
    if (i == at || d.value < 1 || d.value > 31 || d.n_digits > 2 || (d.han && d.value < 10))
        return false;
    if (word_before(p, at, W_BIT(W_COUNT_BEFORE), &start)) return false;
    int last = d.value;
    uint32_t end = char_skip(p, blank_skip(p, i), "日");
    if (end == blank_skip(p, i)) {
        uint32_t c = connector_skip(p, i);
        uint32_t k = c > i ? number_at(p, c, &d2) : c;
        if (k == c || d2.value <= d.value || d2.value > 31) return false;
        end = char_skip(p, k, "日");
        if (end == k) return false;
        last = d2.value;
    }
    if (has_word(p, end, W_BIT(W_DAY_BLOCK))) return false;
    *e = (time_expr){.start = at,
                     .end = end,
                     .form = E_DAY_ONLY,
                     .d1 = d.value,
                     .d2 = last,
                     .precision = last > d.value ? HT_DATE_SPAN : HT_DATE_DAY,
                     .rule = "D3"};
    return true;
}

/* Is the character inside a word that began before it (成本月付), or counted (十年内, 二十来年)? */
static bool inside_word(const ht_passage *p, uint32_t at) {
    uint32_t end;
    if (at == 0) return false;
    if (word_at(p, at - 1, W_BIT(W_SHIELD), &end) && end > at) return true;
    return is_numeral(p->c[at - 1]) && word_at(p, at, W_BIT(W_PART_YEAR) | W_BIT(W_YEAR), &end);
}

#define PLACED_WORDS                                                                               \
    (W_BIT(W_NOW) | W_BIT(W_VAGUE) | W_BIT(W_YEAR) | W_BIT(W_YEAR_OF) | W_BIT(W_DAY) |             \
     W_BIT(W_DAY_OF) | W_BIT(W_MONTH) | W_BIT(W_PART_MONTH) | W_BIT(W_MONTH_OF) | W_BIT(W_WEEK) |  \
     W_BIT(W_WEEKDAY) | W_BIT(W_LUNAR) | W_BIT(W_SAME_PERIOD))

/* Every kind that expression_at asks for at the place where it is called, and the words before it. */
#define OPENING_WORDS                                                                              \
    (PLACED_WORDS | PART_WORDS | W_BIT(W_PART_YEAR) | W_BIT(W_PLAN) | W_BIT(W_LAST) |              \
     W_BIT(W_GLOSSED) | W_BIT(W_ERA) | W_BIT(W_FIRST) | W_BIT(W_AS_OF) | W_BIT(W_FROM))

bool expression_opener(uint32_t c) {
    enum { LAST_CENTURY = 0x4E0A /* 上 */, HALF = 0x534A /* 半 */, BLANK = 0xA0 };
    return is_numeral(c) || plan_quote(c) || c == LAST_CENTURY || c == HALF || c == BLANK;
}

bool expression_opens(const ht_passage *p, uint32_t at) {
    uint64_t kinds = word_openings[p->c[at] % WORD_OPENINGS];
    if (!(kinds & (OPENING_WORDS | W_BIT(N_WORD_KINDS)))) return false;
    return expression_opener(p->c[at]) || word_opens(p, at, OPENING_WORDS);
}

bool expression_at(const time_reader *r, uint32_t at, time_expr *e) {
    const ht_passage *p = r->p;
    *e = (time_expr){.start = at};
    if (inside_word(p, at)) return false;
    if (plan_at(p, at, e)) return true;
    if (p->c[at] < 0x80 && !is_digit(p->c[at])) return false;
    uint32_t end;
    const time_word *w = word_at(p, at, PLACED_WORDS, &end);
    if (last_at(r, at, e) || glossed_at(r, at, e)) return true;
    *e = (time_expr){.start = at};
    if (w && word_forms(r, at, w, end, e)) return true;
    *e = (time_expr){.start = at, .form = E_YEARLY};
    end = read_part(p, at, e, false);
    if (end > at) {
        e->end = end;
        return true;
    }
    if (iso_at(p, at, e) || decade_at(p, at, e)) return true;
    *e = (time_expr){.start = at};
    if (year_at(r, at, e)) return true;
    *e = (time_expr){.start = at, .form = E_YEARLY};
    end = read_month(p, at, e);
    if (end > at) {
        e->end = end;
        return true;
    }
    return bare_day_at(p, at, e);
}

bool expression_span(const time_expr *e, int year, ht_day *from, ht_day *to) {
    if (e->holiday.n) return holiday_span(e->holiday, year, from, to);
    if (e->lunar_month) {
        *from = *to = lunar_day(year, e->lunar_month, e->lunar_day);
        return *from != HT_NO_DAY;
    }
    int m1 = e->m1 ? e->m1 : 1, m2 = e->m1 ? e->m2 : 12;
    int last_year = e->year_to ? e->year_to : m2 < m1 ? year + 1 : year;
    int last1 = days_in_month(year, m1), last2 = days_in_month(last_year, m2);
    int d1 = !e->d1 ? 1 : e->d1 == 99 ? last1 : e->d1;
    int d2 = !e->d2 || e->d2 == 99 ? last2 : e->d2;
    *from = ht_day_of(year, m1, d1);
    *to = ht_day_of(last_year, m2, d2);
    return *from != HT_NO_DAY && *to != HT_NO_DAY && *from <= *to;
}
