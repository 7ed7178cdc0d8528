/* Fact, plan or estimate; what a change is measured against, what a share is a share of. */
#include "extract/figure/context.h"

enum { SPAN_MAX = 24, GOAL_MAX = 3 };

/* 计划, 提出 … are nouns and verbs of saying too. */
static bool is_ambiguous(const ht_passage *p, uint32_t word) {
    static const char *const nouns[] = {"计划", "规划", "提出", "目标", "要求", "准备", "明确",
                                        "部署", "议定", "商定", "约定", "清单", "任务", "蓝图", NULL};
    for (size_t k = 0; nouns[k]; k++)
        if (ht_passage_at(p, word, nouns[k])) return true;
    return false;
}

/* 提出，今年…, 清单已经排好：…: what is planned follows the mark. */
static bool announces(const context *x, uint32_t behind, uint32_t end) {
    uint32_t mark = behind;
    while (mark < end && !is_clause_mark(x->p->c[mark])) mark++;
    if (mark < end && x->p->c[mark] == 0xFF1A /* ： */) return true;
    return mark == behind && mark + 1 < end && in_date(x, mark + 1);
}

/* 将, 计划, 规划 … announce a plan only before a verb, a preposition, a date or a number: 将…作为
 * takes an object, 资助计划 and 年度计划的 are nouns; what 提出 introduces is one if it begins so. */
static bool is_plan(const context *x, uint32_t word, uint32_t end) {
    const ht_passage *p = x->p;
    uint32_t behind = word + x->words.length[word];
    bool ambiguous = is_ambiguous(p, word), bare = p->c[word] == 0x5C06 /* 将 */ && behind == word + 1;
    if (!bare && !ambiguous) return true;
    if (bare && cues_first(&x->words, behind, end, W_OBJECT) != UINT32_MAX) return false;
    if (ambiguous && announces(x, behind, end)) return true;
    return behind >= end || in_date(x, behind) || (p->c[behind] >= '0' && p->c[behind] <= '9') ||
           prospect_at(p, behind, end);
}

static bool is_semicolon(uint32_t c) {
    return c == 0xFF1B || c == ';';
}

/* The first word in [from, to) that says that something is done; what stood before a change (由去年
 * 的78%提高到…) says nothing of what follows. */
static uint32_t fact_in(const context *x, uint32_t from, uint32_t to) {
    for (uint32_t k = from; k < to; k++) {
        if (!(x->words.classes[k] & W_FACT) || k + x->words.length[k] > to) continue;
        if (k == 0 || (x->p->c[k - 1] != 0x7531 /* 由 */ && x->p->c[k - 1] != 0x4ECE /* 从 */))
            return k;
    }
    return UINT32_MAX;
}

/* 到2027年, 年底前, 明年一季度 */
static bool is_ahead(const context *x, const ht_date *d) {
    if (x->when.day == HT_NO_DAY) return d->future;
    if (d->future) return d->to > x->when.day;
    return d->from != HT_NO_DAY && d->from > x->when.day && !d->holiday && !d->comparison &&
           !ht_passage_before(x->p, d->end, "前夕");
}

/* The last word of plan, or date to come, of [from, to) that nothing behind it says is done. */
static uint32_t plan_in(const context *x, uint32_t from, uint32_t to) {
    uint32_t plan = UINT32_MAX;
    for (size_t k = first_date(x, from); k < x->n_dates && x->dates[k].end <= to; k++)
        if (is_ahead(x, &x->dates[k])) plan = x->dates[k].start;
    for (uint32_t k = from; k < to; k++)
        if (x->words.classes[k] & W_PLANNED && (plan == UINT32_MAX || k > plan) && is_plan(x, k, to))
            plan = k;
    if (plan == UINT32_MAX) return plan;
    uint32_t fact = fact_in(x, plan + 1, to), colon = plan;
    while (colon < to && x->p->c[colon] != 0xFF1A) colon++;
    /* What was done before the mark that introduces the plan is not it: 清单已经排好：… */
    if (fact < colon && colon < to) fact = fact_in(x, colon, to);
    return fact == UINT32_MAX ? plan : UINT32_MAX;
}

/* Has [from, to) a date of its own that is no date to come? */
static bool dated(const context *x, uint32_t from, uint32_t to) {
    for (size_t k = first_date(x, from); k < x->n_dates && x->dates[k].end <= to; k++)
        if (!x->dates[k].future) return true;
    return false;
}

/* What follows a semicolon goes on with the plan before it where it begins with a part (其中) or a
 * verb (发展会员…), or has a goal (不少于), a rise (新建) or one of each (各), and no date of its own. */
static bool goes_on(const context *x, uint32_t from, uint32_t to) {
    while (from < to && x->p->c[from] == ' ') from++;
    if (from >= to || dated(x, from, to)) return false;
    if (cues_first(&x->words, from, to, W_FACT) != UINT32_MAX) return false;
    /* …；友好商户不少于2000家, …；三县各新建2个: the word may begin the number */
    uint32_t behind = to + GOAL_MAX < x->p->n ? to + GOAL_MAX : x->p->n;
    return x->words.classes[from] & (W_PART | W_CUMULATIVE | W_INCREASE | W_FLOW) ||
           x->p->c[to - 1] == 0x5404 /* 各 */ || cues_last(&x->words, from, behind, W_GOAL | W_INCREASE) != UINT32_MAX;
}

/* The plan that governs what stands at `to`. */
static uint32_t governing_plan(const context *x, uint32_t start, uint32_t to) {
    uint32_t from = to;
    while (from > start && !is_semicolon(x->p->c[from - 1])) from--;
    uint32_t plan = plan_in(x, from, to);
    return plan == UINT32_MAX && from > start && goes_on(x, from, to) ? plan_in(x, start, to) : plan;
}

/* 剩下的21个计划在6月前建成; 余下6个因拆迁暂缓，一季度补上 */
static uint32_t plan_behind(const context *x, size_t i, const place *at) {
    uint32_t end = x->q[i].end, behind;
    if (x->q[i].kind != HT_COUNT) return UINT32_MAX;
    if (cues_first(&x->words, at->clause_start, x->q[i].start, W_REST) != UINT32_MAX) {
        uint32_t next = end;
        while (next < at->sentence_end && !is_semicolon(x->p->c[next])) next++;
        for (size_t k = i + 1; k < x->n_q && x->q[k].start < next; k++)
            if (ht_kind_is_statistic(x->q[k].kind)) next = x->q[k].start;
        behind = plan_in(x, end, next);
        if (behind != UINT32_MAX) return behind;
    }
    behind = cues_first(&x->words, end, at->clause_end, W_PLANNED);
    return behind != UINT32_MAX && behind <= end + 2 && is_plan(x, behind, at->clause_end)
               ? behind
               : UINT32_MAX;
}

/* 初步估算，… */
static bool is_estimated(const context *x, const place *at, uint32_t to) {
    if (cues_first(&x->words, at->clause_start, to, W_ESTIMATED) != UINT32_MAX) return true;
    uint32_t mark = at->clause_start;
    if (mark <= at->sentence_start + 1) return false;
    uint32_t word = cues_last(&x->words, at->sentence_start, mark - 1, W_ESTIMATED);
    return word != UINT32_MAX && word + x->words.length[word] == mark - 1;
}

const char *modality_of(const context *x, size_t i) {
    place at = place_of(x, i);
    uint32_t opens, to = x->q[i].start;
    change_part part = change_of(x, i, &opens);
    if (part == CHANGE_FROM) return "actual"; /* 由78%: as it was before any plan */
    if (part == CHANGE_TO) to = opens;        /* 由现在的38站增为68站: 现在 is no matter of 68 */
    uint32_t plan = governing_plan(x, at.sentence_start, to);
    if (part == CHANGE_TO && plan == UINT32_MAX)
        plan = plan_in(x, x->q[i - 1].end, x->q[i].start);
    if (plan == UINT32_MAX) plan = plan_behind(x, i, &at);
    if (plan != UINT32_MAX) {
        uint32_t length = x->words.length[plan] ? x->words.length[plan] : 1;
        ht_trace_add(x->trace, plan, plan + length, "planned", "a word of plan, or a date to come");
        return "planned";
    }
    return is_estimated(x, &at, x->q[i].start) ? "estimated" : "actual";
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
