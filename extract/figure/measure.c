/* Stock or flow, rise or fall, fact or plan; what a change is measured against, what a share is a
 * share of. */
#include "extract/figure/context.h"

enum { SPAN_MAX = 24 };

/* The clause before the number; the numbers of an enumeration (新增车位5400个、充电桩1120个) share
 * the verb of the first. */
static uint32_t verb_start(const context *x, size_t i, const place *at) {
    unsigned verbs = W_CUMULATIVE | W_INCREASE | W_DECREASE | W_FLOW | W_STOCK;
    bool own = cues_first(&x->words, at->before, x->q[i].start, verbs) != UINT32_MAX;
    uint32_t c = x->p->c[at->before];
    bool listed = at->before > at->clause_start && (c == 0x3001 /* 、 */ || c == 0x548C /* 和 */);
    if (own) return at->before;
    return listed || !unknown_chars(x, at->before, x->q[i].start) ? at->clause_start : at->before;
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

/* 日均, 每周 …: a rate per time flows; a rate per head (每千人床位) is a state. */
static bool per_time(const context *x, uint32_t from, uint32_t to) {
    static const char *const cues[] = {"日均", "月均", "年均", "周均", "每天",
                                       "每日", "每周", "每月", "每年", "单日",
                                       "一天", "每晚", "每季", "单月", NULL};
    return first_of(x, from, to, cues) != UINT32_MAX;
}

/* Up to now, not within a period: 累计, 已, or a number of the sentence that is said to be so. */
static bool is_cumulative(const context *x, uint32_t from, uint32_t to) {
    for (uint32_t k = from; k < to; k++)
        if (ht_passage_at(x->p, k, "累计") || x->p->c[k] == 0x5DF2 /* 已 */) return true;
    return false;
}

/* 近20%的增速 */
static bool is_growth_behind(const context *x, uint32_t at) {
    uint32_t length;
    if (at < x->p->n && x->p->c[at] == 0x7684 /* 的 */) at++;
    return at < x->p->n && (cue_at(x->p, at, x->p->n, &length) & (W_INCREASE | W_DECREASE) ||
                            ht_passage_at(x->p, at, "增速") || ht_passage_at(x->p, at, "涨幅"));
}

const char *measure_of(const context *x, size_t i, const ht_indicator *indicator, bool period) {
    const ht_quantity *q = &x->q[i];
    place at = place_of(x, i);
    uint32_t from = verb_start(x, i, &at), to = q->start;
    unsigned all = W_CUMULATIVE | W_INCREASE | W_DECREASE | W_FLOW | W_STOCK;
    uint32_t word = cues_last(&x->words, from, to, all);
    unsigned w = word == UINT32_MAX ? 0 : x->words.classes[word];
    bool goal = word != UINT32_MAX && x->words.length[word] > 1 &&
                (x->p->c[word + x->words.length[word] - 1u] == 0x81F3 /* 至 */ ||
                 x->p->c[word + x->words.length[word] - 1u] == 0x5230 /* 到 */);
    if (!goal) goal = ht_passage_before(x->p, to, "至") || ht_passage_before(x->p, to, "到");
    if (q->kind == HT_RATE && !ht_str_starts(q->dimension, HT_S("count:")))
        return w & W_DECREASE ? "decrease" : "growth";
    if (q->kind == HT_SHARE && is_growth_behind(x, q->end)) return "growth";
    if (w & W_DECREASE && !goal) return "decrease";
    if (w & W_INCREASE && !goal) return "increase";
    bool flows = cues_first(&x->words, from, to, W_FLOW) != UINT32_MAX;
    if (per_time(x, at.clause_start, to)) return "flow";
    for (uint32_t k = from; k < to; k++)
        if (ht_passage_at(x->p, k, "累计")) return "cumulative";
    if (q->kind == HT_RATE) return "stock";
    if (period && !goal && w & (W_FLOW | W_CUMULATIVE)) return "flow";
    if (counts_events(q) && !(w & W_CUMULATIVE))
        return is_cumulative(x, at.clause_start, to) && !period ? "cumulative" : "flow";
    if (flows) return is_cumulative(x, at.clause_start, to) ? "cumulative" : "flow";
    if (w & W_CUMULATIVE) return "cumulative";
    if (w & W_STOCK) return "stock";
    if (indicator && ht_str_eq(indicator->measure, HT_S("flow")))
        return is_cumulative(x, at.clause_start, to) ? "cumulative" : "flow";
    if (period && (q->kind == HT_MONEY || q->kind == HT_MEASURE)) return "flow";
    return indicator || q->kind == HT_COUNT || q->kind == HT_SHARE ? "stock" : "";
}

/* 将, 计划, 规划 … announce a plan only before a verb, a preposition, a date or a number: 将…作为
 * takes an object, 资助计划 and 年度计划的 are nouns. */
static bool is_plan(const context *x, uint32_t word, uint32_t end) {
    const ht_passage *p = x->p;
    uint32_t behind = word + x->words.length[word];
    bool noun_too = ht_passage_at(p, word, "计划") || ht_passage_at(p, word, "规划") ||
                    ht_passage_at(p, word, "提出") || ht_passage_at(p, word, "目标") ||
                    ht_passage_at(p, word, "要求") || ht_passage_at(p, word, "准备");
    if (p->c[word] != 0x5C06 && !noun_too) return true;
    if (p->c[word] == 0x5C06 && x->words.length[word] > 1) return true;
    static const char *const objects[] = {"作为", "列为", "视为", "纳入", "变为",
                                          "转化", "变成", "当作", "化为", NULL};
    if (p->c[word] == 0x5C06 && first_of(x, behind, end, objects) != UINT32_MAX) return false;
    if (behind >= end || in_date(x, behind) || (p->c[behind] >= '0' && p->c[behind] <= '9'))
        return true;
    static const char *const verbs[] = {
        "为",   "从",   "在", "于",   "达", "增", "建", "新", "再", "继", "持",   "投",
        "打造", "组织", "开", "实",   "突", "超", "由", "会", "有", "完", "推",   "对",
        "力",   "按",   "以", "分",   "全", "进", "陆", "逐", "扩", "提", "设",   "覆",
        "培",   "发",   "服", "惠",   "联", "聚", "围", "针", "通", "同", "面向", "招",
        "募",   "配",   "引", "创",   "改", "安", "用", "到", "年", "把", "向",   "利用",
        "购",   "试",   "举", "实施", "今", "明", NULL};
    return first_of(x, behind, behind + 1, verbs) != UINT32_MAX;
}

/* 已, 目前 … between a word of plan and the number: the number is a fact again. */
static bool is_fact(const context *x, uint32_t from, uint32_t to) {
    static const char *const facts[] = {"已", "目前", "现有", "截至", "眼下", "现在", "共有", NULL};
    return first_of(x, from, to, facts) != UINT32_MAX;
}

const char *modality_of(const context *x, size_t i) {
    place at = place_of(x, i);
    uint32_t to = x->q[i].start, from = at.sentence_start, plan = UINT32_MAX;
    for (uint32_t k = from; k < to; k++) /* a semicolon closes what was planned before it */
        if (x->p->c[k] == 0xFF1B || x->p->c[k] == ';') from = k + 1;
    for (size_t k = first_date(x, from); k < x->n_dates && x->dates[k].end <= to; k++)
        if (x->dates[k].future && (x->when.day == HT_NO_DAY || x->dates[k].to > x->when.day))
            plan = x->dates[k].start;
    for (uint32_t k = from; k < to; k++)
        if (x->words.classes[k] & W_PLANNED && (plan == UINT32_MAX || k > plan) &&
            is_plan(x, k, to))
            plan = k;
    if (plan != UINT32_MAX && is_fact(x, plan, to)) plan = UINT32_MAX;
    if (plan == UINT32_MAX && x->q[i].kind == HT_COUNT) { /* 剩下的21个计划在6月前建成 */
        uint32_t behind = cues_first(&x->words, x->q[i].end, at.clause_end, W_PLANNED);
        if (behind != UINT32_MAX && behind <= x->q[i].end + 2 && is_plan(x, behind, at.clause_end))
            plan = behind;
    }
    if (plan != UINT32_MAX) {
        uint32_t length = x->words.length[plan] ? x->words.length[plan] : 1;
        ht_trace_add(x->trace, plan, plan + length, "planned", "a word of plan, or a date to come");
        return "planned";
    }
    if (cues_first(&x->words, at.clause_start, to, W_ESTIMATED) != UINT32_MAX) return "estimated";
    return "actual";
}

ht_str compared_to(const context *x, size_t i) {
    place at = place_of(x, i);
    static const char *const what[] = {"上年", "去年", "上月",   "同期", "年初",
                                       "年末", "前一", "一年前", "年底", NULL};
    for (uint32_t k = x->q[i].start; k-- > at.sentence_start;) {
        if (!(x->words.classes[k] & W_COMPARE) || x->words.length[k] != 1) continue;
        uint32_t end = k + 1;
        while (end < x->q[i].start && end - k < SPAN_MAX && !is_clause_mark(x->p->c[end]) &&
               !(x->words.classes[end] & (W_INCREASE | W_DECREASE)))
            end++;
        if (first_of(x, k + 1, end, what) == UINT32_MAX) continue;
        if (ht_passage_before(x->p, end, "相比")) end -= 2;
        return ht_passage_str(x->p, k + 1, end);
    }
    return (ht_str){NULL, 0};
}

/* 每个驿站2名, 日均600人次: what the number is a rate of, from its cue to the word before the verb.
 */
static ht_str rate_base(const context *x, const place *at, uint32_t to) {
    static const char *const averages[] = {"日均", "月均", "年均", "周均", "人均",
                                           "户均", "单日", "站均", "车均", NULL};
    for (uint32_t k = to; k-- > at->clause_start;) {
        if (first_of(x, k, k + 1, averages) == k) return ht_passage_str(x->p, k, k + 2);
        if (x->p->c[k] != 0x6BCF /* 每 */ || to - k > SPAN_MAX) continue;
        uint32_t end = k + 1;
        while (
            end < to && x->p->c[end] != 0x7684 /* 的 */ &&
            !(x->words.classes[end] & (W_ADVERB | W_FLOW | W_CUMULATIVE | W_STOCK | W_PREDICATE)))
            end++;
        return ht_passage_str(x->p, k, end > k + 1 ? end : k + 2);
    }
    return (ht_str){NULL, 0};
}

ht_str base_of(const context *x, size_t i) {
    place at = place_of(x, i);
    if (x->q[i].kind != HT_SHARE) return rate_base(x, &at, x->q[i].start);
    uint32_t word = cues_last(&x->words, at.clause_start, x->q[i].start, W_BASE);
    if (word == UINT32_MAX) return (ht_str){NULL, 0};
    uint32_t start = word + x->words.length[word], end = start;
    if (ht_passage_before(x->p, start, "占全") || ht_passage_before(x->p, start, "占其")) start--;
    while (end < x->q[i].start && x->p->c[end] != 0x7684 /* 的 */) end++;
    return end > start && end - start <= SPAN_MAX && unknown_chars(x, start, end)
               ? ht_passage_str(x->p, start, end)
               : (ht_str){NULL, 0};
}
