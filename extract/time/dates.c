/* Every date expression of a passage, placed in time.
 *
 * Short forms take what they lack from the date before them in the sentence or paragraph, else from
 * the publication, and look backwards unless the clause speaks of the future. */
#include "extract/time/time-internal.h"

enum {
    GRACE_DAYS = 7,    /* a page is often dated a little before what it tells */
    AHEAD_DAYS = 92,   /* how far a future cue moves a date that has passed */
    TERM_DAYS = 240,   /* …前, a term, may lie further ahead */
    CUE_BEFORE = 24,   /* code points of a clause that are searched for a cue */
    ANCHOR_DATES = 64, /* dates that are looked back at */
    CUE_BEHIND = 12,
    QUIET_MONTHS = 3, /* until March, 全年 is the year before */
};

typedef struct {
    time_reader r;
    const ht_passage *p;
    ht_date *dates;
    size_t n, cap;
    bool *own_year; /* the date says its year itself */
    size_t n_own, cap_own;
    uint32_t sentence, para; /* of the place that is being read */
    int report_year;         /* the year of the title (2024年…统计公报), 0 if none */
} finder;

static bool ends_clause(uint32_t c) {
    return c == 0xFF0C || c == ',' || c == 0x3002 || c == 0xFF1B || c == ';' || c == 0xFF1A ||
           c == '\n' || c == '\t' || c == '!' || c == '?' || c == 0xFF01 || c == 0xFF1F;
}

/* Does the clause around [start, end) speak of what is to come? */
static bool future_cue(const finder *f, uint32_t start, uint32_t end) {
    uint32_t from = start, to = end, ignored;
    uint32_t first = f->p->sentences[f->sentence].start, last = f->p->sentences[f->sentence].end;
    while (from > first && start - from < CUE_BEFORE && !ends_clause(f->p->c[from - 1])) from--;
    while (to < last && to - end < CUE_BEHIND && !ends_clause(f->p->c[to])) to++;
    for (uint32_t i = from; i < to; i++)
        if ((i < start || i >= end) && word_at(f->p, i, W_BIT(W_FUTURE), &ignored)) return true;
    /* 到2027年底，将…: the clause behind the comma, where the date stands alone in its own */
    if (to < last && f->p->c[to] == 0xFF0C && to - end <= 1)
        for (uint32_t i = to + 1; i < last && i - to < CUE_BEHIND && !ends_clause(f->p->c[i]); i++)
            if (word_at(f->p, i, W_BIT(W_FUTURE), &ignored)) return true;
    return false;
}

static const ht_date *anchor(const finder *f, bool same_sentence, bool with_month) {
    uint32_t first =
        same_sentence ? f->p->sentences[f->sentence].start : f->p->paras[f->para].start;
    for (size_t i = f->n; i > 0 && f->n - i < ANCHOR_DATES; i--) {
        const ht_date *d = &f->dates[i - 1];
        if (d->start < first) break;
        if (d->from == HT_NO_DAY || d->precision == HT_DATE_VAGUE || d->deictic_now) continue;
        if (d->comparison) continue;
        if (with_month && d->precision != HT_DATE_DAY && d->precision != HT_DATE_MONTH) continue;
        return d;
    }
    return NULL;
}

/* What 同期 repeats: the last span of the text that a figure was given for. */
static const ht_date *span_before(const finder *f) {
    enum { REACH = 16 };
    const ht_date *any = NULL;
    for (size_t i = f->n; i > 0 && f->n - i < REACH; i--) {
        const ht_date *d = &f->dates[i - 1];
        if (d->from == HT_NO_DAY || d->comparison || d->deictic_now || d->future || d->holiday)
            continue;
        if (d->as_of || d->precision == HT_DATE_HALF || d->precision == HT_DATE_QUARTER ||
            (d->precision == HT_DATE_SPAN && !d->since))
            return d;
        if (!any) any = d;
    }
    return any;
}

static int year_of_day(ht_day d) {
    int y, m, day;
    ht_day_split(d, &y, &m, &day);
    return y;
}

/* The year that the text speaks of: of the paragraph's last date, else the publication's. */
static bool reported_year(const finder *f, int *year) {
    const ht_date *a = anchor(f, false, false);
    if (!a && f->r.today == HT_NO_DAY) return false;
    *year = a ? year_of_day(a->to) : f->report_year ? f->report_year : f->r.year;
    return true;
}

/* No semicolon parts them. */
static bool same_part(const ht_passage *p, uint32_t from, uint32_t to) {
    enum { PART_REACH = 200 };
    if (to > from + PART_REACH) return false;
    for (uint32_t i = from; i < to; i++)
        if (p->c[i] == 0xFF1B || p->c[i] == ';') return false;
    return true;
}

/* The year of 12月27日, 8月, 一季度, 春节: the last one that has begun, unless the future is meant.
 */
static bool place_year(const finder *f, const time_expr *e, bool cue, ht_day *from, ht_day *to) {
    enum { YEARS_BACK = 8 }; /* to the last leap year, also around 2100 */
    const ht_date *a = anchor(f, true, false);
    size_t i = a ? (size_t)(a - f->dates) : 0;
    if (a && f->own_year[i] && !a->as_of && !a->since && same_part(f->p, a->end, e->start) &&
        !(cue && a->to < f->r.today) && year_of_day(a->from) == year_of_day(a->to)) {
        int year = year_of_day(a->to);
        if (expression_span(e, year, from, to) &&
            (f->r.today == HT_NO_DAY || cue || *from <= f->r.today + GRACE_DAYS))
            return true;
    }
    if (f->r.today == HT_NO_DAY) return false;
    ht_day today = f->r.today;
    if (cue && expression_span(e, f->r.year, from, to) && *to >= today - GRACE_DAYS) return true;
    if (cue && expression_span(e, f->r.year + 1, from, to) &&
        *from <= today + (e->before ? TERM_DAYS : AHEAD_DAYS))
        return true;
    int first = f->r.year;
    if (f->report_year && f->report_year < first && e->own_whole &&
        expression_span(e, f->report_year, from, to))
        return true;
    if (e->precision == HT_DATE_YEAR && f->r.month <= QUIET_MONTHS && e->m1) first--;
    /* a span of several months that runs still is meant; one that has not ended is not, if its
     * figures must be known: 1-11月 in January */
    for (int year = first; year > first - YEARS_BACK; year--) {
        if (!expression_span(e, year, from, to)) continue;
        if (e->precision == HT_DATE_DAY || e->precision == HT_DATE_MONTH || e->since) {
            if (*from <= today + GRACE_DAYS) return true;
        } else if (*from <= today && (*to <= today || e->precision != HT_DATE_SPAN ||
                                      *from > today - 3 * AHEAD_DAYS)) {
            ht_day month_end =
                ht_day_of(f->r.year, f->r.month, days_in_month(f->r.year, f->r.month));
            if (e->precision != HT_DATE_SPAN || !e->m1 || e->d1 || *to <= month_end) return true;
        }
    }
    return false;
}

static bool place_day(const finder *f, const time_expr *e, bool cue, ht_day *from, ht_day *to) {
    const ht_date *a = anchor(f, false, true);
    int year = f->r.year, month = f->r.month, day;
    if (a) {
        ht_day_split(a->to, &year, &month, &day);
        ht_day first = ht_day_of(year, month, e->d1), last = ht_day_of(year, month, e->d2);
        if (first != HT_NO_DAY && last != HT_NO_DAY &&
            (f->r.today == HT_NO_DAY || cue || last <= f->r.today + GRACE_DAYS)) {
            *from = first;
            *to = last;
            return true;
        }
    }
    if (f->r.today == HT_NO_DAY) return false;
    year = f->r.year, month = f->r.month;
    for (int back = 0; back < 12; back++) {
        *from = ht_day_of(year, month, e->d1);
        *to = ht_day_of(year, month, e->d2);
        if (*from != HT_NO_DAY && *to != HT_NO_DAY && (*from <= f->r.today || cue)) return true;
        if (--month < 1) month = 12, year--;
    }
    return false;
}

static bool place_month_of(const finder *f, const time_expr *e, ht_day *from, ht_day *to) {
    const ht_date *a = anchor(f, false, true);
    if (!a) return false;
    int year, month, day;
    ht_day_split(a->to, &year, &month, &day);
    month += e->offset;
    if (month > 12) month = 1, year++;
    int last = days_in_month(year, month);
    *from = ht_day_of(year, month, !e->d1 ? 1 : e->d1 == 99 ? last : e->d1);
    *to = ht_day_of(year, month, !e->d2 || e->d2 == 99 ? last : e->d2);
    return *from != HT_NO_DAY && *to != HT_NO_DAY;
}

static bool place(const finder *f, time_expr *e, bool cue, ht_date *d) {
    const ht_date *a;
    switch (e->form) {
    case E_YEARLY:
        if (e->year_of) {
            if (!reported_year(f, &e->year)) return false;
            e->year += e->offset;
            e->has_year = true;
        }
        if (e->same_period) {
            a = anchor(f, false, false);
            if (a && e->has_year && !e->m1) {
                int y, m, day, y2, m2, day2;
                ht_day_split(a->from, &y, &m, &day);
                ht_day_split(a->to, &y2, &m2, &day2);
                d->from = ht_day_of(
                    e->year, m, day < days_in_month(e->year, m) ? day : days_in_month(e->year, m));
                int last = days_in_month(e->year, m2);
                d->to = ht_day_of(e->year, m2,
                                  day2 >= days_in_month(y2, m2) ? last
                                  : day2 < last                 ? day2
                                                                : last);
                d->precision = a->precision;
                if (d->from > d->to) d->from = d->to;
                return true;
            }
        }
        return e->has_year ? expression_span(e, e->year, &d->from, &d->to)
                           : place_year(f, e, cue, &d->from, &d->to);
    case E_DAY_ONLY: d->day_only = true; return place_day(f, e, cue, &d->from, &d->to);
    case E_MONTH_OF: return place_month_of(f, e, &d->from, &d->to);
    case E_DAY_OF:
        a = anchor(f, false, true);
        d->from = a && a->precision == HT_DATE_DAY     ? a->to
                  : f->r.context.dateline != HT_NO_DAY ? f->r.context.dateline
                                                       : f->r.today;
        if (d->from == HT_NO_DAY) return false;
        d->from += e->offset;
        d->to = d->from;
        return true;
    case E_SAME:
        a = span_before(f);
        d->from = a ? a->from : HT_NO_DAY;
        d->to = a ? a->to : HT_NO_DAY;
        d->precision = a ? a->precision : HT_DATE_VAGUE;
        return true;
    case E_FIXED:
        d->from = e->from;
        d->to = e->to;
        return true;
    case E_NOW:
        d->as_of = d->deictic_now = true;
        d->from = d->to = f->r.today;
        return f->r.today != HT_NO_DAY;
    case E_VAGUE:
        d->from = d->to = HT_NO_DAY;
        d->precision = HT_DATE_VAGUE;
        return true;
    default: return false;
    }
}

/* The second half of 12月1日至次年3月31日, 28日至30日: takes what it lacks from the first. */
static bool join(const finder *f, const time_expr *head, time_expr *tail, ht_date *d) {
    if (!expression_at(&f->r, tail->start, tail) || head->form == E_NOW) return false;
    if (tail->form == E_DAY_ONLY && head->form == E_YEARLY && head->d1) {
        int year, month, day;
        ht_day_split(d->to, &year, &month, &day);
        ht_day to = ht_day_of(year, month, tail->d2);
        if (to == HT_NO_DAY || to < d->from) return false;
        d->to = to;
    } else if (tail->form == E_DAY_ONLY && head->form == E_DAY_ONLY) {
        int year, month, day;
        ht_day_split(d->to, &year, &month, &day);
        ht_day to = ht_day_of(year, month, tail->d2);
        if (to == HT_NO_DAY || to < d->from) return false;
        d->to = to;
    } else if (tail->form == E_YEARLY && head->form == E_YEARLY && !tail->year_of) {
        ht_day from, to;
        int year = tail->has_year ? tail->year : year_of_day(d->from);
        if (!expression_span(tail, year, &from, &to)) return false;
        if (to < d->from && !tail->has_year && !expression_span(tail, year + 1, &from, &to))
            return false;
        if (to < d->from) return false;
        d->to = to;
    } else {
        return false;
    }
    d->precision = HT_DATE_SPAN;
    d->end = tail->end;
    return true;
}

/* Words behind the expression: 以来, 起, 前, 期间, 底. */
static void read_suffix(const finder *f, ht_date *d, bool *cue, bool *before,
                        const time_word **since) {
    uint32_t end, start = blank_skip(f->p, d->end);
    *since = NULL;
    const time_word *w = word_at(f->p, start, W_BIT(W_SPAN), &end);
    if (w && d->precision != HT_DATE_VAGUE) {
        d->end = start = end;
    }
    w = word_at(f->p, start, W_BIT(W_SINCE) | W_BIT(W_BEFORE), &end);
    if (!w) return;
    if (w->kind == W_SINCE) {
        *since = w;
        if (w->a) *cue = true;
        d->end = end;
    } else if (!is_numeral(f->p->c[end])) {
        *cue = *before = true;
        d->end = end;
    }
}

/* 是2019年的2.3倍, 达到上年的八成: the date belongs to what is compared with. */
static bool multiplied(const finder *f, uint32_t end) {
    enum { NUMERAL_REACH = 10 };
    uint32_t i = end;
    if (!ht_passage_at(f->p, i, "的")) return false;
    for (i++; i < f->p->n && i < end + NUMERAL_REACH && !ends_clause(f->p->c[i]); i++)
        if (ht_passage_at(f->p, i, "倍") || ht_passage_at(f->p, i, "分之") ||
            (ht_passage_at(f->p, i, "成") && is_numeral(f->p->c[i - 1])) ||
            ht_passage_at(f->p, i, "%"))
            return true;
    return false;
}

/* 2000年前建成的小区: the date is the houses', not the count's. */
static bool dates_a_noun(const ht_passage *p, uint32_t end) {
    enum { CLAUSE = 8 };
    static const char *const sides[] = {"以前", "之前", "以后", "之后", "前", "后"};
    bool side = ht_passage_before(p, end, "前") && !ht_passage_before(p, end, "目前");
    for (size_t i = 0; !side && i < sizeof sides / sizeof *sides; i++)
        side = ht_passage_at(p, end, sides[i]);
    for (uint32_t i = end; side && i < end + CLAUSE && i < p->n && ht_is_han(p->c[i]); i++)
        if (p->c[i] == 0x7684 /* 的 */) return true;
    return false;
}

/* 自2023年7月开办以来 */
static bool begins_event(const ht_passage *p, uint32_t end) {
    enum { VERB_REACH = 10 };
    uint32_t ignored;
    for (uint32_t i = end; i < p->n && i < end + VERB_REACH && !ends_clause(p->c[i]); i++) {
        const time_word *w = word_at(p, i, W_BIT(W_SINCE), &ignored);
        if (w && !w->a) return true;
    }
    return false;
}

static bool compared(const finder *f, uint32_t start, uint32_t end) {
    enum { AFTER_REACH = 14 };
    uint32_t from, to;
    const time_word *w = word_before(f->p, start, W_BIT(W_COMPARE), &from);
    if ((w && !w->a) || multiplied(f, end)) return true;
    for (uint32_t i = end; w && i < f->p->n && i < end + AFTER_REACH && !ends_clause(f->p->c[i]);
         i++)
        if (word_at(f->p, i, W_BIT(W_COMPARE_AFTER), &to)) return true;
    return false;
}

/* 7月6日周一, 10月或12月: what the date just before says of this one. */
static bool follows(const finder *f, uint32_t at, uint32_t gap) {
    return f->n && f->dates[f->n - 1].end <= at && at - f->dates[f->n - 1].end <= gap &&
           f->dates[f->n - 1].start >= f->p->sentences[f->sentence].start;
}

/* 去年同期为21个: the date is the number's own. */
static bool is_subject(const ht_passage *p, uint32_t end) {
    static const char *const verbs[] = {"为", "是", "仅", "只", "共", "达", "有"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (ht_passage_at(p, end, verbs[i])) return true;
    return false;
}

static bool is_lunar(const time_expr *e) {
    return e->rule && ht_str_eq(ht_str_of(e->rule), HT_S("D15"));
}

static uint32_t read_one(ht_arena *a, finder *f, uint32_t at) {
    const ht_passage *p = f->p;
    uint32_t start = at, end;
    time_expr e;
    const time_word *as_of = word_at(p, at, W_BIT(W_AS_OF), &end);
    bool found = false, until = false;
    if (as_of && !as_of->a) {
        found = expression_at(&f->r, blank_skip(p, end), &e);
        if (!found) as_of = NULL;
    } else {
        as_of = NULL;
    }
    const time_word *from = NULL;
    if (!found) {
        from = word_at(p, at, W_BIT(W_FROM), &end);
        found = from && expression_at(&f->r, blank_skip(p, end), &e) && e.form != E_VAGUE &&
                e.form != E_NOW;
        if (!found) from = NULL;
    }
    if (!found) found = expression_at(&f->r, at, &e);
    if (!found || e.end <= at) return at;
    uint32_t ignored;
    const time_word *until_word = word_before(p, start, W_BIT(W_AS_OF), &ignored);
    until = until_word && until_word->a;
    ht_date d = {.start = start, .end = e.end, .precision = e.precision, .rule = e.rule};
    bool cue = until, before = false;
    const time_word *since = NULL;
    read_suffix(f, &d, &cue, &before, &since);
    if (e.rule && ht_str_eq(ht_str_of(e.rule), HT_S("D6")) && e.precision == HT_DATE_DAY &&
        follows(f, start, 1) && f->dates[f->n - 1].precision == HT_DATE_DAY) {
        f->dates[f->n - 1].end = e.end;
        return e.end;
    }
    if (!cue)
        cue = future_cue(f, start, d.end) || (follows(f, start, 1) && f->dates[f->n - 1].future);
    e.since = since != NULL;
    e.before = before;
    uint32_t often;
    bool recurring =
        !e.has_year && e.form == E_YEARLY && word_before(p, start, W_BIT(W_RECURRING), &often);
    bool own_year = e.has_year;
    if (!place(f, &e, cue, &d)) return at;
    if (recurring) {
        d.from = d.to = HT_NO_DAY;
        d.precision = HT_DATE_VAGUE;
        d.rule = "D11";
        e.form = E_VAGUE;
    }
    if ((e.form == E_VAGUE && !recurring) || e.form == E_NOW) d.end = e.end;
    uint32_t behind = connector_skip(p, d.end);
    if (behind > d.end && !since && !before && e.form != E_VAGUE && e.form != E_NOW) {
        time_expr tail = {.start = blank_skip(p, behind)};
        if (tail.start < p->n && join(f, &e, &tail, &d)) {
            bool ignored_cue = false;
            read_suffix(f, &d, &ignored_cue, &before, &since);
        }
    }
    ht_day today = f->r.today;
    if (d.from != HT_NO_DAY) {
        if (since && today != HT_NO_DAY && d.from <= today) {
            d.to = today;
            d.since = true;
            d.precision = HT_DATE_SPAN;
            d.rule = e.rule && e.rule[1] == '1' && e.rule[2] == '3' ? e.rule : "D9";
        } else if (as_of) {
            d.from = d.to;
            d.as_of = true;
            d.precision = HT_DATE_DAY;
            d.rule = "D10";
        } else if (before && e.holiday.n) {
            d.to = d.from;
            if (today == HT_NO_DAY || d.to > today) d.rule = "D17";
        } else if (before && d.precision != HT_DATE_VAGUE && !(d.precision == HT_DATE_YEAR)) {
            d.from = d.to;
            d.precision = HT_DATE_DAY;
            if (today == HT_NO_DAY || d.to > today) d.rule = "D17";
        }
        /* 节前夕 sets a scene, 2024/25年度 is running. */
        bool scene = (e.holiday.n || is_lunar(&e)) && ht_passage_before(p, d.end, "前夕");
        bool ahead = until || (!scene && (cue || before)) || e.year_to > e.year + 1;
        if (today != HT_NO_DAY && d.to > today && ahead)
            d.future = true;
        if (d.future && until) d.rule = "D17";
    }
    d.begins = since && since->a;
    d.event = from && !since && begins_event(p, d.end);
    d.adnominal = ht_passage_at(p, d.end, "的");
    d.event = d.event || dates_a_noun(p, d.end);
    d.holiday = (e.holiday.n || is_lunar(&e)) &&
                !e.has_year && d.end == e.end;
    d.comparison =
        ((e.same_period && !is_subject(p, d.end)) || compared(f, start, d.end)) && !as_of;
    if (e.form == E_SAME && word_before(p, start, W_BIT(W_COMPARE), &ignored)) d.comparison = true;
    if (f->p->paras[f->para].kind == HT_PARA_TITLE || f->para == 0)
        if (own_year && d.precision == HT_DATE_YEAR && !f->report_year)
            f->report_year = year_of_day(d.to);
    *HT_PUSH(a, f->dates, f->n, f->cap) = d;
    *HT_PUSH(a, f->own_year, f->n_own, f->cap_own) = own_year;
    return d.end;
}

/* Where an expression can open: inside a number, a code or an address nothing starts. */
static bool may_start(const ht_passage *p, uint32_t at) {
    if (at == 0) return true;
    uint32_t c = p->c[at], before = p->c[at - 1];
    if (!is_numeral(c)) return true;
    if (is_digit(c))
        return !(is_digit(before) || before == '.' || before == ',' || before == '/' ||
                 before == 0x7B2C || before == 0x6708 || before == '$' || before == '#' ||
                 before == 0xA5 || (before >= 'A' && before <= 'Z') ||
                 (before >= 'a' && before <= 'z') ||
                 (before == '-' && at > 1 && is_digit(p->c[at - 2])) ||
                 (before == ':' && at > 1 && is_digit(p->c[at - 2])));
    return before != 0x7B2C && !is_digit(before);
}

void ht_dates_find(ht_arena *a, const ht_passage *p, ht_date_context context, ht_date **dates,
                   size_t *n) {
    words_need();
    finder f = {.p = p, .r = {.p = p, .context = context, .today = context.day}};
    if (f.r.today == HT_NO_DAY) f.r.today = context.dateline;
    if (f.r.today != HT_NO_DAY) ht_day_split(f.r.today, &f.r.year, &f.r.month, &f.r.day);
    for (uint32_t i = 0; i < p->n;) {
        if (i && !expression_opens(p, i)) {
            i++;
            continue;
        }
        while (f.sentence + 1 < p->n_sentences && p->sentences[f.sentence + 1].start <= i)
            f.sentence++;
        f.para = p->n_sentences ? p->sentences[f.sentence].para : 0;
        uint32_t end = may_start(p, i) ? read_one(a, &f, i) : i;
        if (end > i)
            i = end;
        else if (is_numeral(p->c[i]))
            i = number_skip(p, i);
        else
            i++;
    }
    *dates = f.dates;
    *n = f.n;
}
