/* Fact, plan or estimate; what a change is measured against, what a share is a share of. */
#include "extract/figure/context.h"

enum { SPAN_MAX = 24 };

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
