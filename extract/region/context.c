/* What stands before and behind a mention: roads, brands, origins, comparisons, ranks, venues,
 * speakers; and which mentions form one list. Works on names that are not accepted yet. */
#include "extract/region/internal.h"

enum { MAX_DATELINE_GAP = 12, MAX_SEAT_GAP = 12, MAX_VENUE_GAP = 8, MAX_JOIN = 2 };

static bool after(const ht_geography *e, uint32_t at, uint32_t class_) {
    return words_at(e->g, e->p, at, class_, NULL) != 0;
}

static bool before(const ht_geography *e, uint32_t at, uint32_t class_) {
    return words_before(e->g, e->p, at, class_, NULL) != 0;
}

/* Does a word of the class stand within `gap` Han characters, with no function word between? */
static bool after_gap(const ht_geography *e, uint32_t at, uint32_t gap, uint32_t class_) {
    for (uint32_t i = at; i <= at + gap && i < e->p->n && ht_is_han(e->p->c[i]); i++) {
        if (after(e, i, class_)) return true;
        if (after(e, i, REGION_W_PHRASE_STOP)) return false;
    }
    return false;
}

/* 记者李延平, 赵丽江说: a name of a person. */
static bool is_person(const ht_geography *e, const region_mention *m) {
    if (m->end - m->start != 2 || !before(e, m->start, REGION_W_SURNAME)) return false;
    return before(e, m->start - 1, REGION_W_PERSON_BEFORE) ||
           after(e, m->end, REGION_W_PERSON_VERB);
}

/* 河源市人民医院, and not 河源市公立医院 or 河源市医院40家. */
static bool is_institution(const ht_geography *e, const region_mention *m) {
    if (words_at(e->g, e->p, m->end, REGION_W_INSTITUTION_GENERIC, NULL)) return false;
    for (uint32_t i = m->end; i <= m->end + MAX_SEAT_GAP && i < e->p->n && ht_is_han(e->p->c[i]);
         i++) {
        uint32_t n = words_at(e->g, e->p, i, REGION_W_INSTITUTION, NULL);
        /* 山东大学, where the full name would be a kind: 河源市医院40家 */
        bool own_name = i >= m->end + 2 || (i == m->end && !mention_is(m, M_FULL));
        if (n && own_name) {
            uint32_t c = e->p->c[i + n];
            bool counted = c >= '0' && c <= '9';
            bool legal = n >= 4; /* 有限公司: no generic noun, whatever stands before it */
            return !counted && (legal || !before(e, i, REGION_W_INSTITUTION_GENERIC)) &&
                   !after(e, i + n, REGION_W_PART_AFTER);
        }
        if (after(e, i, REGION_W_PHRASE_STOP)) return false;
    }
    return false;
}

static void judge_short_name(const ht_geography *e, region_mention *m) {
    if (after(e, m->end, REGION_W_BRANCH)) return;
    if (is_person(e, m)) {
        m->flags |= M_OUT;
        return;
    }
    if (after(e, m->end, REGION_W_ROAD) && !after(e, m->end, REGION_W_ROAD_NOT)) {
        m->flags |= M_OUT;
        return;
    }
    if (after(e, m->end, REGION_W_BRAND)) {
        m->flags |= M_OUT;
        return;
    }
    if (after_gap(e, m->end, MAX_SEAT_GAP, REGION_W_SEAT)) m->flags |= M_SEAT;
}

static void judge_origin(const ht_geography *e, region_mention *m) {
    uint32_t person = words_at(e->g, e->p, m->end, REGION_W_PERSON_AFTER, NULL);
    if (person && !ht_is_han(e->p->c[m->end + person])) m->flags |= M_OUT;
    uint32_t n = words_at(e->g, e->p, m->end, REGION_W_ORIGIN_AFTER, NULL);
    bool guests =
        n && !after(e, m->end + n, REGION_W_COUNT_AFTER) && m->place_end == m->place_start;
    if (guests || before(e, m->start, REGION_W_ORIGIN_BEFORE))
        m->flags |= m->kind == MENTION_NOTHING ? M_ABROAD_OK : M_OUT;
}

/* 南昌8月13日电: the place of writing. It has had its weight as the article's dateline. */
static void judge_dateline(const ht_geography *e, region_mention *m) {
    static const char date[] = "0123456789年月日一二三四五六七八九十廿综合专特";
    uint32_t i = m->end;
    for (; i < m->end + MAX_DATELINE_GAP && i < e->p->n; i++) {
        bool dated = false;
        for (size_t k = 0; date[k] && !dated; k += date[k] > 0 ? 1 : 3)
            dated = date[k] > 0
                        ? e->p->c[i] == (uint32_t)date[k]
                        : ht_passage_at(e->p, i, (char[]){date[k], date[k + 1], date[k + 2], 0});
        if (!dated) break;
    }
    bool power = i == m->end && e->p->c[i] == 0x7535; /* 库尔勒市电商 */
    if (!power && after(e, i, REGION_W_DATELINE)) m->flags |= M_OUT;
}

static void judge_venue(const ht_geography *e, region_mention *m) {
    uint32_t c = m->start ? e->p->c[m->start - 1] : 0;
    if (c != 0x5728 && c != 0x4E8E) return; /* 在 于 */
    for (uint32_t i = m->end; i <= m->end + MAX_VENUE_GAP && i < e->p->n && ht_is_han(e->p->c[i]);
         i++)
        if (after(e, i, REGION_W_EVENT_AFTER)) m->flags |= M_VENUE;
}

/* 与江苏无锡的结对帮扶中: a partner elsewhere. Not in 江北区与沙坪坝区共建, where both act. */
static void judge_partner(const ht_geography *e, region_mention *m) {
    static const char *const bonds[] = {"结对", "对口", "协作", "帮扶"};
    uint32_t c = m->start ? e->p->c[m->start - 1] : 0;
    if (c != 0x4E0E && c != 0x540C) return; /* 与 同 */
    bool beside = m > e->mentions && (m - 1)->end + 1 == m->start;
    for (uint32_t i = m->end; !beside && i < m->end + MAX_VENUE_GAP && i < e->p->n; i++)
        for (size_t b = 0; b < sizeof bonds / sizeof *bonds; b++)
            if (ht_passage_at(e->p, i, bonds[b])) m->flags |= M_OUT;
}

static bool is_wide(const region_mention *m) {
    return m->kind == MENTION_ANAPHOR || mention_is(m, M_NATIONAL);
}

static void judge_rank(const ht_geography *e, region_mention *m) {
    uint32_t n = words_at(e->g, e->p, m->end, REGION_W_RANK_AFTER, NULL);
    bool season = ht_passage_at(e->p, m->end + n, "季度") ||
                  ht_passage_at(e->p, m->end + n, "产业") || ht_passage_at(e->p, m->end + n, "批");
    if (n && !season && is_wide(m)) m->flags |= M_RANK;
    if (!mention_is(m, M_NATIONAL)) return;
    if (after(e, m->end, REGION_W_NATIONAL_NOT) && !mention_is(m, M_SPEAKER)) m->flags |= M_OUT;
    if (before(e, m->start, REGION_W_REACH_BEFORE)) m->flags |= M_RANK;
}

static void judge(const ht_geography *e, region_mention *m) {
    uint32_t gap = m->start && (e->p->c[m->start - 1] == 0xFF0C || e->p->c[m->start - 1] == ',' ||
                                e->p->c[m->start - 1] == 0x6709);
    if (m->kind == MENTION_NAME && !mention_is(m, M_FULL)) judge_short_name(e, m);
    if (m->kind == MENTION_NAME || m->kind == MENTION_NOTHING) judge_origin(e, m);
    if (m->kind == MENTION_NAME) {
        judge_venue(e, m);
        judge_dateline(e, m);
        judge_partner(e, m);
        if (is_institution(e, m)) m->flags |= M_INSTITUTION;
        if (after(e, m->end, REGION_W_ORGAN)) m->flags |= M_SPEAKER;
    }
    if (m->kind == MENTION_ANAPHOR && !mention_is(m, M_THIS)) judge_venue(e, m);
    judge_rank(e, m);
    if (before(e, m->start, REGION_W_COMPARE_BEFORE)) m->flags |= M_COMPARE;
    if (before(e, m->start - gap, REGION_W_SUBSET_BEFORE)) m->flags |= M_SUBSET;
}

/* --- lists ----------------------------------------------------------------------------------- */

static bool joined(const ht_geography *e, const region_mention *a, const region_mention *b) {
    if (a->kind != b->kind && (a->kind == MENTION_NOTHING || b->kind == MENTION_NOTHING))
        return false;
    if (b->start == a->end) /* 台南嘉义: two of one rank */
        return a->kind == MENTION_NAME && b->kind == MENTION_NAME && a->level == b->level &&
               a->level < 3 && !mention_is(a, M_CHAIN) && !mention_is(b, M_CHAIN);
    if (b->start < a->end || b->start - a->end > MAX_JOIN) return false;
    return words_at(e->g, e->p, a->end, REGION_W_LIST_JOIN, NULL) == b->start - a->end;
}

static bool can_list(const region_mention *m) {
    return (m->kind == MENTION_NAME && !mention_is(m, M_NATIONAL)) || m->kind == MENTION_PART ||
           mention_is(m, M_FOREIGN);
}

static void list_close(ht_geography *e, size_t first, size_t last) {
    region_mention *m = &e->mentions[first];
    uint32_t at = e->mentions[last].end, n, open = 0;
    region_set set = {0};
    if (e->p->c[at] == 0x7B49) open = 1; /* 等 */
    n = set_at(e, at + open, &set);
    uint32_t count = (uint32_t)(last - first + 1);
    if (n && last + 1 < e->n && e->mentions[last + 1].kind == MENTION_SET &&
        e->mentions[last + 1].start == at + open)
        e->mentions[last + 1].flags |= M_OUT;
    if (count == 1 && !(open && n)) {
        if (n && !set.parts) m->list_end = at + n;
        return;
    }
    if (n && !open && set.size > 1 && set.size < count) { /* 龙港和苍南、平阳两县: the last two */
        first = last + 1 - set.size;
        m = &e->mentions[first];
        count = set.size;
        m->flags &= ~(uint32_t)M_LISTED;
    }
    m->n_list = count;
    m->list_end = at + open + n;
    if (open && n && set.size > count) m->flags |= M_OPEN;
    if (n && set.parts) m->flags |= set.towns ? M_PARTS | M_TOWNS : M_PARTS;
    uint32_t shared = e->mentions[last].flags & (M_OUT | M_SPEAKER | M_VENUE | M_ABROAD_OK);
    shared |= m->flags & (M_COMPARE | M_SUBSET);
    if (before(e, m->start, REGION_W_ORIGIN_BEFORE)) shared |= m->flags & M_OUT;
    for (size_t i = first; i <= last; i++) {
        e->mentions[i].flags |= shared | (i > first ? (uint32_t)M_LISTED : 0);
        e->mentions[i].list_end = m->list_end;
        if (n && !open) e->mentions[i].wanted = set.kind;
    }
}

/* 从杭州到宁波: a way, no place. */
static void judge_ways(ht_geography *e) {
    for (size_t i = 1; i < e->n; i++) {
        region_mention *a = &e->mentions[i - 1], *b = &e->mentions[i];
        uint32_t from = a->start ? e->p->c[a->start - 1] : 0, to = e->p->c[a->end];
        bool way = from == 0x4ECE && (to == 0x5230 || to == 0x81F3); /* 从 到 至 */
        if (!way || a->kind != MENTION_NAME || b->kind != MENTION_NAME || b->start != a->end + 1)
            continue;
        a->flags |= M_OUT;
        b->flags |= M_OUT;
    }
}

/* 广东全省, 鄂尔多斯全市: what holds for the name holds for both. */
static void judge_pairs(ht_geography *e) {
    for (size_t i = 1; i < e->n; i++) {
        const region_mention *a = &e->mentions[i - 1];
        if (e->mentions[i].kind == MENTION_ANAPHOR && a->kind == MENTION_NAME &&
            a->end == e->mentions[i].start)
            e->mentions[i].flags |= a->flags & (M_COMPARE | M_SUBSET);
    }
}

/* 耒阳、常宁两市和衡阳县 ... 五县: the next list belongs to the one before. */
static bool list_goes_on(const ht_geography *e, size_t first, size_t *last) {
    const region_mention *m = &e->mentions[first];
    size_t next = *last + 1;
    if (next < e->n && e->mentions[next].kind == MENTION_SET) next++;
    if (m->list_end <= e->mentions[*last].end || next >= e->n) return false;
    if (!can_list(&e->mentions[next]) || next - first > REGION_MAX_LIST) return false;
    uint32_t n = words_at(e->g, e->p, m->list_end, REGION_W_LIST_JOIN, NULL);
    if (!n || e->p->c[m->list_end] == 0xFF0C || m->list_end + n != e->mentions[next].start)
        return false;
    *last = next;
    return true;
}

void mentions_judge(ht_geography *e) {
    for (size_t i = 0; i < e->n; i++) judge(e, &e->mentions[i]);
    judge_pairs(e);
    judge_ways(e);
    for (size_t i = 0; i < e->n;) {
        size_t last = i;
        while (last + 1 < e->n && can_list(&e->mentions[i]) && can_list(&e->mentions[last + 1]) &&
               last + 1 - i < REGION_MAX_LIST &&
               joined(e, &e->mentions[last], &e->mentions[last + 1]))
            last++;
        if (can_list(&e->mentions[i])) list_close(e, i, last);
        size_t from = i, to = last;
        while (mention_is(&e->mentions[last], M_LISTED) && list_goes_on(e, from, &last)) {
            size_t second = last;
            while (last + 1 < e->n && can_list(&e->mentions[last + 1]) &&
                   last + 1 - from < REGION_MAX_LIST &&
                   joined(e, &e->mentions[last], &e->mentions[last + 1]))
                last++;
            list_close(e, second, last);
            uint32_t end = e->mentions[second].list_end;
            for (size_t k = from; k <= last; k++) {
                e->mentions[k].list_end = end;
                e->mentions[k].flags |= k > from ? (uint32_t)M_LISTED : 0;
            }
            e->mentions[from].n_list = (uint32_t)(last - from + 1);
            to = last;
        }
        i = to + 1;
    }
}
