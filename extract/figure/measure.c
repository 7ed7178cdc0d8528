/* Stock or flow, rise or fall: what kind of measure a number is, told by the verb that governs it.
 *
 * Verbs of state (现有, 达) give a stock, of making (建成, 吸纳) what has been built up, of doing (培训,
 * 运送) what flows; 新增 and 减少 a change. The last verb before the number decides. A number whose
 * clause has none of its own is measured as the one that it divides or follows (新增学位1.2万个，包括
 * 小学5400个). Copulas (为, 达, 有) say little: a noun of what flows (业务量, 客流) outweighs them.
 */
#include "extract/figure/context.h"

static const char STOCK[] = "stock", CUMULATIVE[] = "cumulative", FLOW[] = "flow",
                  INCREASE[] = "increase", DECREASE[] = "decrease", GROWTH[] = "growth";

enum { VERBS = W_CUMULATIVE | W_INCREASE | W_DECREASE | W_FLOW | W_STOCK };

typedef struct {
    const context *x;
    size_t i;
    const ht_quantity *q;
    place at;
    uint32_t from; /* the words that govern the number begin here */
    bool period;   /* the text gives the number a period */
} reading;

static bool is(const char *measure, const char *name) {
    return measure && ht_str_eq(ht_str_of(measure), ht_str_of(name));
}

/* The clause before the number; the numbers of an enumeration (新增车位5400个、充电桩1120个) share
 * the verb of the first. */
static uint32_t verb_start(const reading *r) {
    const context *x = r->x;
    bool own = cues_first(&x->words, r->at.before, r->q->start, VERBS) != UINT32_MAX;
    uint32_t c = x->p->c[r->at.before];
    bool listed = r->at.before > r->at.clause_start && (c == 0x3001 /* 、 */ || c == 0x548C /* 和 */);
    if (own) return r->at.before;
    return listed || !unknown_chars(x, r->at.before, r->q->start) ? r->at.clause_start
                                                                  : r->at.before;
}

/* Units that count what happens, not what there is. */
static bool counts_events(const ht_quantity *q) {
    static const char *const dimensions[] = {"visit", "trip",   "deal", "voyage",     "order",
                                             "event", "flight", "case", "persondays", "portion"};
    if (!ht_str_starts(q->dimension, HT_S("count:"))) return false;
    for (size_t k = 0; k < sizeof dimensions / sizeof *dimensions; k++)
        if (ht_str_eq(ht_sub(q->dimension, 6, q->dimension.n), ht_str_of(dimensions[k])))
            return true;
    return false;
}

/* Energy and weight are made and used, money and volumes within a period; land, length and power
 * are there. */
static bool flows_by_unit(const ht_quantity *q, bool period) {
    if (q->kind == HT_MONEY) return period;
    return q->kind == HT_MEASURE &&
           (ht_str_eq(q->dimension, HT_S("energy")) || ht_str_eq(q->dimension, HT_S("mass")) ||
            ht_str_eq(q->dimension, HT_S("traffic")) ||
            (period && ht_str_eq(q->dimension, HT_S("volume"))));
}

/* 日均, 每周 …: a rate per time flows; a rate per head (每千人床位) is a state. */
static bool per_time(const reading *r) {
    static const char *const cues[] = {"日均", "月均", "年均", "周均", "每天",
                                       "每日", "每周", "每月", "每年", "单日",
                                       "一天", "每晚", "每季", "单月", NULL};
    return first_of(r->x, r->at.clause_start, r->q->start, cues) != UINT32_MAX;
}

static bool is_total(const context *x, uint32_t from, uint32_t to) {
    for (uint32_t k = from; k < to; k++)
        if (ht_passage_at(x->p, k, "累计")) return true;
    return false;
}

/* The date of the sentence that says when something was done; NULL where it says until when
 * (截至, 以来) or nothing. */
static const ht_date *done_when(const reading *r) {
    const context *x = r->x;
    const ht_date *last = NULL;
    for (size_t k = first_date(x, r->at.sentence_start);
         k < x->n_dates && x->dates[k].end <= r->q->start; k++)
        if (!x->dates[k].comparison) last = &x->dates[k];
    bool until = last && (last->since || last->event || last->as_of || last->deictic_now);
    return last && !until && last->from != HT_NO_DAY ? last : NULL;
}

/* 去年累计, 前8个月累计: a total of a period that the sentence names; 今年以来累计 is one up to now. */
static bool within_period(const reading *r) {
    const ht_date *when = done_when(r);
    return when && when->precision != HT_DATE_DAY;
}

/* 去年3月，某街道聘请10名…: done then, not what has been built up by then (5月底已建成). */
static bool is_dated_deed(const reading *r) {
    const context *x = r->x;
    const ht_date *when = done_when(r);
    static const char *const totals[] = {"共", "合计", "已", "总", NULL};
    if (!when || when->end + 1 < r->at.clause_start || ht_passage_before(x->p, when->end, "底") ||
        ht_passage_before(x->p, when->end, "末") || ht_passage_before(x->p, when->start, "到"))
        return false;
    return first_of(x, when->end, r->q->start, totals) == UINT32_MAX &&
           cues_first(&x->words, when->end, r->q->start, W_FACT) == UINT32_MAX;
}

/* Up to now, not within a period: 累计, 已; what a total began (累计办讲座312场，答疑90次) goes on. */
static bool up_to_now(const reading *r) {
    const context *x = r->x;
    uint32_t from = r->at.clause_start;
    if (cues_first(&x->words, from, r->q->start, W_FACT) != UINT32_MAX)
        for (uint32_t k = from; k < r->q->start; k++)
            if (x->p->c[k] == 0x5DF2 /* 已 */) return !r->period;
    while (from > r->at.sentence_start && x->p->c[from - 1] != 0xFF1B /* ； */) from--;
    return is_total(x, from, r->q->start) && !within_period(r);
}

/* 近20%的增速 */
static bool growth_behind(const context *x, uint32_t at) {
    uint32_t length;
    if (at < x->p->n && x->p->c[at] == 0x7684 /* 的 */) at++;
    return at < x->p->n && (cue_at(x->p, at, x->p->n, &length) & (W_INCREASE | W_DECREASE) ||
                            ht_passage_at(x->p, at, "增速") || ht_passage_at(x->p, at, "涨幅"));
}

/* 增至, 扩大到: the number is where a change ended. */
static bool is_goal(const reading *r, uint32_t word) {
    const context *x = r->x;
    if (word != UINT32_MAX && x->words.classes[word] & W_COPULA) return false;
    if (word != UINT32_MAX && x->words.length[word] > 1) {
        uint32_t last = x->p->c[word + x->words.length[word] - 1u];
        if (last == 0x81F3 /* 至 */ || last == 0x5230 /* 到 */) return true;
    }
    return ht_passage_before(x->p, r->q->start, "至") || ht_passage_before(x->p, r->q->start, "到");
}

/* …名队员驰援, …人投票赞成: the predicate behind the noun is something that was done. */
static bool event_behind(const reading *r) {
    return r->q->kind == HT_COUNT &&
           cues_first(&r->x->words, r->q->end, r->at.after, W_EVENT) != UINT32_MAX;
}

/* 为1.2万名司机送去…, 给860人做…: those for whom something was done. */
static bool done_for(const reading *r) {
    const context *x = r->x;
    uint32_t at = r->q->start;
    while (at > r->at.clause_start && x->p->c[at - 1] == ' ') at--;
    if (r->q->kind != HT_COUNT || at == r->at.clause_start) return false;
    static const char *const prepositions[] = {"为", "给", "向", "对", "让", "帮", "助", "替", NULL};
    if (first_of(x, at - 1, at, prepositions) == UINT32_MAX || x->words.length[at - 1] > 1)
        return false;
    return cues_first(&x->words, r->q->end, r->at.clause_end, W_FLOW | W_EVENT) != UINT32_MAX;
}

/* Words about the number and nothing else stand before it in its clause, and it has no noun behind
 * it: its verb is that of the number before. */
static bool is_headless(const reading *r) {
    const context *x = r->x;
    uint32_t from = r->at.before > r->at.clause_start ? r->at.before : r->at.clause_start;
    if (cues_first(&x->words, from, r->q->start, W_PART) != UINT32_MAX) return true;
    noun n = noun_of(x, r->i);
    return !unknown_chars(x, from, r->q->start) && !(n.behind && n.end > n.start);
}

/* 比上年多2.5万人, 较同期少130对: more or less than what it is compared to. */
static const char *difference(const reading *r) {
    const context *x = r->x;
    uint32_t at = r->q->start;
    while (at > r->at.clause_start && (x->p->c[at - 1] == 0x4E86 /* 了 */ || x->p->c[at - 1] == 0x51FA /* 出 */)) at--;
    bool more = ht_passage_before(x->p, at, "多"), less = ht_passage_before(x->p, at, "少");
    if (!more && !less) return NULL;
    uint32_t start = r->at.clause_start;
    bool compared = cues_first(&x->words, start, at, W_COMPARE) != UINT32_MAX ||
                    (start > r->at.sentence_start && ht_passage_before(x->p, start - 1, "相比"));
    return !compared ? NULL : more ? INCREASE : DECREASE;
}

static const char *share_measure(const reading *r, const char *before) {
    const context *x = r->x;
    if (growth_behind(x, r->q->end)) return GROWTH;
    uint32_t word = cues_last(&x->words, r->at.clause_start, r->q->start,
                              W_INCREASE | W_DECREASE | W_PROCESS);
    unsigned w = word == UINT32_MAX ? 0 : x->words.classes[word];
    if (w & W_DECREASE && !is_goal(r, word)) return DECREASE;
    if (w & W_INCREASE && !is_goal(r, word)) return INCREASE;
    if (w & W_PROCESS || per_time(r)) return FLOW;
    return is(before, FLOW) && is_headless(r) ? FLOW : STOCK;
}

const char *measure_of(const context *x, size_t i, const ht_indicator *indicator, bool period,
                       const char *before) {
    const ht_quantity *q = &x->q[i];
    if (q->kind == HT_DURATION || q->kind == HT_AGE) return "";
    reading r = {x, i, q, place_of(x, i), 0, period};
    r.from = verb_start(&r);
    uint32_t word = cues_last(&x->words, r.from, q->start, VERBS);
    unsigned w = word == UINT32_MAX ? 0 : x->words.classes[word];
    bool goal = is_goal(&r, word);
    if (q->kind == HT_RATE && !ht_str_starts(q->dimension, HT_S("count:")))
        return w & W_DECREASE ? DECREASE : GROWTH;
    if (q->kind == HT_SHARE) return share_measure(&r, before);
    const char *change = difference(&r);
    if (change) return change;
    if (w & W_DECREASE && !goal) return DECREASE;
    if (w & W_INCREASE && !goal) return INCREASE;
    if (per_time(&r)) return FLOW;
    if (is_total(x, r.from, q->start)) return w & W_FLOW && within_period(&r) ? FLOW : CUMULATIVE;
    if (q->kind == HT_RATE) return STOCK;
    if (done_for(&r) || event_behind(&r)) return FLOW;
    bool state = w & W_STOCK && !(w & (W_FLOW | W_CUMULATIVE));
    bool copula = state && w & W_COPULA;
    if (w & W_CUMULATIVE && !(w & W_FLOW && period))
        return is_dated_deed(&r) ? FLOW : CUMULATIVE;
    bool flows = cues_first(&x->words, r.from, q->start, W_FLOW) != UINT32_MAX;
    if (flows && (!state || copula || !goal))
        return up_to_now(&r) ? CUMULATIVE : FLOW;
    if (before && !goal && (!w || copula) && is_headless(&r) && !is(before, DECREASE) &&
        !is(before, GROWTH))
        return before;
    if (counts_events(q)) return up_to_now(&r) ? CUMULATIVE : FLOW;
    if (copula && flows_by_unit(q, period)) return FLOW;
    if (state) return STOCK;
    if (indicator && ht_str_eq(indicator->measure, HT_S("flow")))
        return up_to_now(&r) ? CUMULATIVE : FLOW;
    if (flows_by_unit(q, period)) return FLOW;
    return indicator || q->kind == HT_COUNT ? STOCK : "";
}
