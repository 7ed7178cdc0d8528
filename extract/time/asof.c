/* The date that governs a figure.
 *
 * In this order: a plan's term behind the figure in its clause (其余7个也将在国庆前投用); the
 * nearest date to its left in the sentence; the head of its column or row in a table; a date of an
 * earlier sentence that speaks for the paragraph (截至…, or the head of its first sentence); the
 * year of a yearly report. A date of a comparison is never the figure's, nor one of another
 * clause's event. */
#include "extract/time/time-internal.h"

enum {
    TERM_REACH = 16,      /* code points between a figure and the term behind it */
    TERM_DATES = 4,       /* 分三批在6月、9月、12月前 */
    BECOMES_REACH = 8,    /* between a base value and 增至 */
    HEAD_REACH = 2,       /* before a date that stands at the head of its sentence */
    CLAUSE_HEAD = 1,      /* before one at the head of its clause: 到9月末 */
    MAX_TABLE_ROWS = 100, /* walked upwards to the head of a column */
    MAX_DATES = 32,       /* walked backwards in a paragraph */
    REACH = 600,          /* code points between a date and its figure */
    CLAUSE_REACH = 100,   /* of a clause that are read */
    TITLE_REACH = 120,    /* of the title */
    ROW_REACH = 2000,     /* of a table row that are read for its columns */
    CELL_REACH = 400,     /* in which a row shows its first tab */
};

typedef struct {
    const ht_passage *p;
    const ht_date *dates;
    size_t n;
    size_t left; /* the dates that start before the figure are [0, left) */
    uint32_t start, end, sentence, para;
} question;

static ht_str day_text(ht_arena *a, ht_day d, size_t n) {
    int year, month, day;
    ht_day_split(d, &year, &month, &day);
    ht_str text = ht_format(a, "%04d-%02d-%02d", year, month, day);
    return ht_sub(text, 0, n);
}

static ht_asof answer(ht_arena *a, const ht_date *d, const char *rule) {
    enum { YEAR_CHARS = 4, MONTH_CHARS = 7, DAY_CHARS = 10 };
    static const char *const names[] = {"day", "month", "quarter", "half", "year", "day", "day"};
    ht_asof out = {.rule = rule, .precision = names[d->precision]};
    bool begins = d->begins && d->precision == HT_DATE_SPAN && d->since;
    if (begins) {
        out.asof = day_text(a, d->from, DAY_CHARS);
        return out;
    }
    size_t n = d->precision == HT_DATE_MONTH  ? MONTH_CHARS
               : d->precision == HT_DATE_YEAR ? YEAR_CHARS
                                              : DAY_CHARS;
    out.asof = day_text(a, d->to, n);
    if (d->from < d->to && !d->as_of) {
        out.period_from = day_text(a, d->from, DAY_CHARS);
        out.period_to = day_text(a, d->to, DAY_CHARS);
    }
    return out;
}

/* May the date be that of any figure at all? */
static bool eligible(const ht_date *d) {
    return d->from != HT_NO_DAY && d->precision != HT_DATE_VAGUE && !d->comparison && !d->holiday &&
           !d->event;
}

static bool between(const ht_passage *p, uint32_t from, uint32_t to, word_kind kind) {
    uint32_t end;
    for (uint32_t i = from; i < to; i++)
        if (word_at(p, i, W_BIT(kind), &end)) return true;
    return false;
}

static bool semicolon(const ht_passage *p, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++)
        if (p->c[i] == 0xFF1B || p->c[i] == ';') return true;
    return false;
}

static bool comma(uint32_t c) {
    return c == 0xFF0C || c == ',' || c == 0xFF1B || c == ';' || c == 0x3002 || c == 0xFF1A;
}

static uint32_t clause_start(const ht_passage *p, uint32_t at, uint32_t first) {
    for (uint32_t i = at; i > first && at - i < CLAUSE_REACH; i--) {
        bool in_number = p->c[i - 1] == ',' && is_digit(p->c[i]);
        if (comma(p->c[i - 1]) && !in_number) return i;
    }
    return at - first < CLAUSE_REACH ? first : at - CLAUSE_REACH;
}

/* Does the introduction give figures of its own? The number of a document or a date is none. */
static bool gives_numbers(const ht_passage *p, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if (!is_numeral(p->c[i])) continue;
        uint32_t end = number_skip(p, i);
        bool number = is_digit(p->c[i]) || end > i + 1;
        bool document = ht_passage_at(p, end, "号") || ht_passage_at(p, end, "〕");
        bool day = ht_passage_at(p, end, "月") || ht_passage_at(p, end, "日");
        if (number && !document && !day) return true;
        i = end;
    }
    return false;
}

/* …5月20日电（记者 …）一季度末, 【本报讯】6月底 */
static bool closes_dateline(uint32_t c) {
    return c == ')' || c == 0xFF09 || c == 0x3011 || c == 0x3015;
}

/* Does the date head its sentence, behind nothing but an introduction (…数据显示，), so that all of
 * it is said of that time? */
static bool heads_sentence(const question *q, const ht_date *d) {
    const ht_passage *p = q->p;
    const ht_sentence *s = &p->sentences[ht_passage_sentence(p, d->start)];
    if (d->as_of || d->start <= s->start + HEAD_REACH) return true;
    if (d->start > s->start + REACH) return false;
    uint32_t clause = clause_start(p, d->start, s->start);
    for (uint32_t i = d->start; i > clause && d->start - i <= CLAUSE_HEAD; i--)
        if (closes_dateline(p->c[i - 1])) clause = i;
    if (d->start > clause + CLAUSE_HEAD) return false;
    return !gives_numbers(p, s->start, clause);
}

/* Is the figure in a part that goes on with what was said before it: …；当中五百九十宗? */
static bool goes_on(const ht_passage *p, uint32_t first, uint32_t at) {
    uint32_t i = at, ignored;
    while (i > first && at - i < REACH && p->c[i - 1] != 0xFF1B && p->c[i - 1] != ';') i--;
    return word_at(p, i, W_BIT(W_CONTINUE), &ignored) != NULL;
}

/* 由24家增至53家: the 24 were before whatever date the sentence gives. */
static bool base_of_change(const question *q, uint32_t *from) {
    uint32_t start, end;
    const ht_passage *p = q->p;
    uint32_t first = q->start > 12 ? q->start - 12 : 0;
    for (uint32_t i = q->end; i < p->n && i < q->end + BECOMES_REACH && !comma(p->c[i]); i++) {
        if (!word_at(p, i, W_BIT(W_BECOMES), &end)) continue;
        for (uint32_t k = q->start; k > first && !comma(p->c[k - 1]); k--)
            if (word_before(p, k, W_BIT(W_FROM), &start)) {
                *from = start;
                return true;
            }
        return false;
    }
    return false;
}

/* A term behind the figure in its own clause: 剩下的21个计划分两批在6月、9月前. */
static const ht_date *term_behind(const question *q) {
    const ht_passage *p = q->p;
    const ht_date *found = NULL;
    uint32_t at = q->end;
    size_t end = q->n - q->left > TERM_DATES ? q->left + TERM_DATES : q->n;
    for (size_t i = q->left; i < end && q->dates[i].start < at + TERM_REACH; i++) {
        const ht_date *d = &q->dates[i];
        if (d->start < q->end) continue;
        bool same_clause = true;
        for (uint32_t k = at; k < d->start; k++)
            if (comma(p->c[k])) same_clause = false;
        if (!same_clause || !d->future || (!found && !between(p, at, d->start, W_FUTURE))) break;
        found = d;
        at = d->end;
    }
    if (!found) return NULL;
    for (uint32_t k = found->end; k < p->n && k < found->end + REACH; k++)
        if (comma(p->c[k]) || p->c[k] == '\n')
            break;
        else if (is_digit(p->c[k]))
            return NULL;
    return found;
}

/* The nearest date to the left in the figure's sentence. *stop: there is one, and it gives no day.
 */
static const ht_date *left_in_sentence(const question *q, bool *stop) {
    const ht_passage *p = q->p;
    const ht_sentence *s = &p->sentences[q->sentence];
    uint32_t clause = clause_start(p, q->start, s->start), base = 0;
    bool is_base = base_of_change(q, &base);
    bool total = between(p, clause, q->start, W_TOTAL);
    for (size_t i = q->left; i > 0 && q->left - i < MAX_DATES; i--) {
        const ht_date *d = &q->dates[i - 1];
        if (d->start < s->start || d->end + REACH < q->start) break;
        bool direct = d->adnominal && q->start <= d->end + 2;
        if (d->comparison && direct && d->from != HT_NO_DAY) return d;
        if (!eligible(d)) continue;
        if (is_base && d->start < base) {
            *stop = true;
            return NULL;
        }
        if (d->adnominal && between(p, d->end, q->start, W_BECOMES)) continue;
        if (semicolon(p, d->end, q->start) && !heads_sentence(q, d) &&
            !goes_on(p, s->start, q->start))
            continue;
        bool coarse = d->precision == HT_DATE_YEAR || d->precision == HT_DATE_MONTH;
        if (total && d->end < clause && coarse && !d->as_of && !d->since && !d->future &&
            between(p, d->end, clause, W_NEWLY))
            continue;
        if (d->begins && d->future && d->precision != HT_DATE_DAY) {
            *stop = true;
            return NULL;
        }
        return d;
    }
    *stop = *stop || is_base;
    return NULL;
}

static bool is_row(const ht_passage *p, uint32_t para) {
    if (p->paras[para].kind == HT_PARA_ROW) return true;
    uint32_t start = p->paras[para].start, end = p->paras[para].end;
    for (uint32_t i = start; i < end && i < start + CELL_REACH; i++)
        if (p->c[i] == '\t') return true;
    return false;
}

/* The date inside the column-th cell of a row. */
static const ht_date *cell_date(const question *q, uint32_t para, uint32_t column) {
    const ht_passage *p = q->p;
    uint32_t i = p->paras[para].start, end = p->paras[para].end;
    if (end > i + ROW_REACH) end = i + ROW_REACH;
    for (; column && i < end; i++)
        if (p->c[i] == '\t') column--;
    if (column) return NULL;
    uint32_t to = i;
    while (to < end && p->c[to] != '\t') to++;
    size_t low = 0, high = q->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (q->dates[mid].start < i)
            low = mid + 1;
        else
            high = mid;
    }
    bool inside = low < q->n && q->dates[low].start < to;
    return inside && q->dates[low].from != HT_NO_DAY && !q->dates[low].comparison ? &q->dates[low]
                                                                                  : NULL;
}

/* The head of the figure's column, joined with its row's head: 年末… under 2023年 is the end of
 * 2023. */
static bool from_table(const question *q, ht_date *out) {
    const ht_passage *p = q->p;
    if (!is_row(p, q->para) || q->start > p->paras[q->para].start + ROW_REACH) return false;
    uint32_t column = 0, top = q->para;
    for (uint32_t i = p->paras[q->para].start; i < q->start; i++) column += p->c[i] == '\t';
    while (top > 0 && q->para - top < MAX_TABLE_ROWS && is_row(p, top - 1)) top--;
    const ht_date *head = top < q->para ? cell_date(q, top, column) : NULL;
    const ht_date *row = column ? cell_date(q, q->para, 0) : NULL;
    if (!head && !row) return false;
    *out = head ? *head : *row;
    if (head && row && head->precision == HT_DATE_YEAR && row->precision != HT_DATE_YEAR) {
        int year, y, month, day;
        ht_day_split(head->to, &year, &month, &day);
        ht_day_split(row->to, &y, &month, &day);
        ht_day moved = ht_day_of(year, month, day);
        if (moved != HT_NO_DAY) {
            *out = *row;
            out->from += moved - row->to;
            out->to = moved;
        }
    }
    return true;
}

static bool has_rule(const ht_date *d, const char *rule) {
    return ht_str_eq(ht_str_of(d->rule), ht_str_of(rule));
}

/* 截至…, 三月底: what a next paragraph may go on with. */
static bool ends_period(const ht_date *d) {
    return d->as_of || (d->precision == HT_DATE_DAY && has_rule(d, "D7"));
}

static bool up_to_now(const ht_date *d) {
    return has_rule(d, "D14") || has_rule(d, "D5");
}

/* 6月末, 去年底 at the head of a sentence: a state, as 截至… is. */
static bool states(const question *q, const ht_date *d) {
    bool end = ht_passage_before(q->p, d->end, "末") || ht_passage_before(q->p, d->end, "底");
    return d->as_of || (end && heads_sentence(q, d));
}

/* A date of an earlier sentence that speaks for the figure's. */
static const ht_date *of_paragraph(const question *q) {
    const ht_passage *p = q->p;
    const ht_sentence *s = &p->sentences[q->sentence];
    uint32_t first = p->paras[q->para].start, ignored;
    bool continues = word_at(p, s->start, W_BIT(W_CONTINUE), &ignored) != NULL;
    for (size_t i = q->left; i > 0 && q->left - i < MAX_DATES; i--) {
        const ht_date *d = &q->dates[i - 1];
        if (d->start < s->start) break;
        /* 与2023年末相比，…: compared is what the sentence before told */
        if (d->comparison && d->start <= s->start + 1) continues = true;
    }
    uint32_t previous = q->sentence ? p->sentences[q->sentence - 1].start : 0;
    for (size_t i = q->left, k = 0; i > 0 && k < MAX_DATES; i--, k++) {
        const ht_date *d = &q->dates[i - 1];
        if (d->start < first && !(continues && d->start >= previous)) break;
        if (d->start >= s->start || !eligible(d) || d->deictic_now || d->future) continue;
        bool here = d->start >= first;
        if (continues && d->start >= previous && (here || ends_period(d))) return d;
        if (!here) continue;
        if (states(q, d) || (d->start <= first + HEAD_REACH && !d->begins && !up_to_now(d)))
            return d;
    }
    return NULL;
}

/* 2024年…统计公报: what is reported there without a date is of that year. */
static const ht_date *of_report(const question *q) {
    const ht_passage *p = q->p;
    if (!p->n_paras) return NULL;
    uint32_t end = p->paras[0].end < TITLE_REACH ? p->paras[0].end : TITLE_REACH;
    if (!between(p, 0, end, W_REPORT)) return NULL;
    for (size_t i = 0; i < q->n && q->dates[i].start < end; i++)
        if (eligible(&q->dates[i]) && q->dates[i].precision == HT_DATE_YEAR) return &q->dates[i];
    return NULL;
}

static ht_asof said(ht_arena *a, ht_trace *trace, const ht_date *d, const char *rule) {
    ht_asof out = answer(a, d, rule);
    ht_trace_add(trace, d->start, d->end, "asof", "%s: " HT_FMT, rule, HT_ARG(out.asof));
    return out;
}

ht_asof ht_asof_of(ht_arena *a, const ht_passage *p, const ht_date *dates, size_t n_dates,
                   ht_date_context context, uint32_t start, uint32_t end, ht_trace *trace) {
    words_need();
    question q = {.p = p, .dates = dates, .n = n_dates, .start = start, .end = end};
    q.sentence = ht_passage_sentence(p, start);
    q.para = p->sentences[q.sentence].para;
    size_t low = 0, high = n_dates;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (dates[mid].start < start)
            low = mid + 1;
        else
            high = mid;
    }
    q.left = low;
    (void)context;
    bool stop = false;
    ht_date cell;
    const ht_date *d = term_behind(&q);
    if (d) return said(a, trace, d, "term");
    if (from_table(&q, &cell)) return said(a, trace, &cell, "table");
    d = left_in_sentence(&q, &stop);
    if (d) return said(a, trace, d, d->deictic_now ? "now" : "sentence");
    if (!stop && (d = of_paragraph(&q)) != NULL) return said(a, trace, d, "paragraph");
    if (!stop && (d = of_report(&q)) != NULL) return said(a, trace, d, "report");
    return (ht_asof){.precision = "", .rule = ""};
}
