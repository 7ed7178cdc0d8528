/* Which indicator a number belongs to: the terms of the codebook around it, in the order in which
 * Chinese puts a counted noun - behind the classifier, before the number, in a list that is
 * distributed, or further back where the clause itself has none. */
#include "extract/figure/context.h"

/* Words that end a noun phrase. */
#define SERVING (W_PREDICATE | W_FLOW | W_EVENT | W_CUMULATIVE | W_INCREASE | W_DECREASE)
#define VERBS (W_PREDICATE | W_ROLE | W_CUMULATIVE | W_FLOW | W_INCREASE | W_DECREASE)

enum {
    REACH_BEHIND = 30,
    GAP_UNKNOWN = 1,
    TOPIC_REACH = 60,
    TERM_MAX = 24,
    MODIFIER_MAX = 4,
    BARE_MIN = 100,
    OWN_NOUN = 3,
    UNKNOWN_MAX = 12
};

/* Can a number with this unit be a value of the indicator? 个 counts people only where they stand
 * behind it (3个骑手), never before. */
static bool fits(const ht_indicator *d, const ht_quantity *q, bool behind) {
    if (ht_codebook_accepts(d, q)) return true;
    if (!behind || q->kind != HT_COUNT || !ht_str_eq(q->dimension, HT_S("count:generic")))
        return false;
    for (size_t i = 0; i < d->n_dimensions; i++)
        if (ht_str_eq(d->dimensions[i], HT_S("person"))) return true;
    return false;
}

static bool same_unit(const ht_quantity *a, const ht_quantity *b) {
    return a->kind == b->kind && (ht_str_eq(a->unit, b->unit) || !a->unit.n || !b->unit.n ||
                                  (a->dimension.n && ht_str_eq(a->dimension, b->dimension)));
}

static bool counts_visits(const ht_quantity *q) {
    return ht_str_eq(q->dimension, HT_S("count:visit"));
}

static size_t first_hit_at(const context *x, uint32_t at) {
    size_t low = 0, high = x->n_hits;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (x->hits[mid].start < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Is the term inside a longer term or a `not` word of its indicator? */
static bool covered(const context *x, size_t h) {
    const ht_hit *a = &x->hits[h];
    for (size_t k = first_hit_at(x, a->start > TERM_MAX ? a->start - TERM_MAX : 0); k < x->n_hits;
         k++) {
        const ht_hit *b = &x->hits[k];
        if (b->start > a->start) break;
        if (b->end < a->end || k == h) continue;
        if (b->kind == HT_HIT_NOT && b->indicator != a->indicator) continue;
        bool longer = b->end - b->start > a->end - a->start;
        if (longer || (b->kind == HT_HIT_NOT && a->kind == HT_HIT_TERM)) return true;
    }
    return false;
}

/* 司机代表: the term is a modifier of another noun, unless that noun is claimed itself. */
static bool is_modifier(const context *x, const ht_hit *h) {
    uint32_t length, at = h->end;
    if (at < x->p->n && (x->p->c[at] == 0x201D || x->p->c[at] == 0x2019 || x->p->c[at] == 0x300D))
        at++;
    return at < x->p->n && cue_at(x->p, at, x->p->n, &length) & W_HEAD;
}

static bool usable(const context *x, size_t h, size_t i, bool behind) {
    const ht_hit *hit = &x->hits[h];
    const ht_indicator *d = &x->reader->codebook->indicators[hit->indicator];
    return hit->kind == HT_HIT_TERM && fits(d, &x->q[i], behind) && !covered(x, h);
}

/* Do the indicator's `near` words allow the number? A cell of a table has them in its head, above
 * it or in the title. */
static bool is_near(const context *x, size_t i, const ht_hit *hit) {
    const ht_codebook *cb = x->reader->codebook;
    if (ht_codebook_near(cb, hit->indicator, x->p, x->q[i].start, x->q[i].end)) return true;
    uint32_t head[2], label[2], caption[2];
    if (x->p->paras[ht_passage_para(x->p, x->q[i].start)].kind != HT_PARA_ROW) return false;
    return ht_codebook_near(cb, hit->indicator, x->p, hit->start, hit->end) ||
           ht_codebook_near(cb, hit->indicator, x->p, x->p->paras[0].start, x->p->paras[0].end) ||
           (table_around(x, i, head, label, caption) && caption[1] > caption[0] &&
            ht_codebook_near(cb, hit->indicator, x->p, caption[0], caption[1]));
}

static bool is_distributed(const binding *b) {
    return ht_str_eq(ht_str_of(b->rule), HT_S("each")) ||
           ht_str_eq(ht_str_of(b->rule), HT_S("respectively"));
}

/* Another term that ends where a term ends that its near words rule out; the same one if none. */
static size_t other_reading(const context *x, size_t i, size_t h) {
    const ht_hit *hit = &x->hits[h];
    uint32_t from = hit->end > TERM_MAX ? hit->end - TERM_MAX : 0;
    for (size_t k = first_hit_at(x, from); k < x->n_hits && x->hits[k].start < hit->end; k++)
        if (x->hits[k].end == hit->end && usable(x, k, i, true) && is_near(x, i, &x->hits[k]))
            return k;
    return h;
}

/* 快递、外卖、货运从业者: the last of several things that stand together before one number. */
static bool ends_list(const context *x, uint32_t start) {
    if (start < 2) return false;
    uint32_t at = start - 2;
    if (!is_joint(x, start - 1)) return false;
    size_t q = first_quantity(x, at);
    bool number = q < x->n_q && x->q[q].start <= at;
    return ht_is_han(x->p->c[at]) && !number && !ht_geography_covers(x->geography, at);
}

static binding bound(const context *x, size_t i, size_t h, const char *rule,
                     const char *confidence) {
    const ht_hit *hit = &x->hits[h];
    if (!is_near(x, i, hit)) hit = &x->hits[other_reading(x, i, h)];
    const ht_indicator *d = &x->reader->codebook->indicators[hit->indicator];
    if (!is_near(x, i, hit)) {
        ht_trace_add(x->trace, hit->start, hit->end, "near", "%.*s is ruled out by its near words",
                     HT_ARG(d->id));
        return (binding){-1, -1, 0, 0, "near", "high"};
    }
    binding b = {hit->indicator, hit->subtype, hit->start, hit->end, rule, confidence};
    ht_trace_add(x->trace, hit->start, hit->end, rule, "the term %.*s claims the number for %.*s",
                 HT_ARG(ht_passage_str(x->p, hit->start, hit->end)), HT_ARG(d->id));
    if (is_distributed(&b)) return b;
    if (b.subtype >= 0 && ends_list(x, hit->start)) b.subtype = -1;
    /* 快递员、外卖员和司机共3万人: several subtypes together are none of them. */
    uint32_t from = hit->start > TERM_MAX ? hit->start - TERM_MAX : 0;
    for (size_t k = first_hit_at(x, from); b.subtype >= 0 && k < x->n_hits; k++) {
        const ht_hit *o = &x->hits[k];
        if (o->start > hit->end + 1) break;
        if (o->kind != HT_HIT_TERM || o->indicator != hit->indicator || o->subtype == hit->subtype)
            continue;
        uint32_t gap = o->end <= hit->start   ? hit->start - o->end
                       : o->start >= hit->end ? o->start - hit->end
                                              : 9;
        uint32_t joint = o->end <= hit->start ? o->end : hit->end;
        if (gap == 1 && is_joint(x, joint)) b.subtype = -1;
    }
    return b;
}

/* The last usable term that ends in (start, end]; SIZE_MAX if there is none. Longest of those that
 * end there. */
static size_t last_hit(const context *x, size_t i, uint32_t start, uint32_t end, bool behind) {
    size_t best = SIZE_MAX;
    for (size_t h = first_hit_at(x, start); h < x->n_hits && x->hits[h].start < end; h++) {
        if (x->hits[h].end > end || !usable(x, h, i, behind)) continue;
        if (best == SIZE_MAX || x->hits[h].end > x->hits[best].end) best = h;
    }
    return best;
}

/* Two terms of one noun phrase: nothing but 的 or a quotation mark between. */
static bool touches(const context *x, uint32_t end, uint32_t start) {
    if (start <= end) return true;
    uint32_t c = x->p->c[end];
    return start == end + 1 && (c == 0x7684 || c == 0x201C || c == 0x201D);
}

/* Behind the classifier: the head of the noun phrase is the last of the terms that touch. */
static size_t hit_behind(const context *x, size_t i, const place *at, noun n) {
    uint32_t limit = n.start + REACH_BEHIND < at->after ? n.start + REACH_BEHIND : at->after;
    if (x->q[i].noun_is_unit)
        limit = n.end; /* 两区各建驿站: the regions are counted, not what they build */
    size_t best = SIZE_MAX;
    for (size_t h = first_hit_at(x, n.start); h < x->n_hits && x->hits[h].start < limit; h++) {
        if (x->hits[h].end > limit || x->hits[h].kind != HT_HIT_TERM || covered(x, h)) continue;
        bool modifier = is_modifier(x, &x->hits[h]);
        if (best == SIZE_MAX) {
            uint32_t unknown = unknown_chars(x, n.start, x->hits[h].start);
            uint32_t edge =
                x->hits[h].start; /* a quotation mark may stand between 的 and the term */
            if (edge > n.start && (x->p->c[edge - 1] == 0x201C || x->p->c[edge - 1] == 0x2018))
                edge--;
            bool relative = edge > n.start && x->p->c[edge - 1] == 0x7684 /* 的 */;
            /* 13个市建成驿站217个: behind a verb begins another noun */
            bool verb = x->hits[h].start > n.end &&
                        cues_first(&x->words, n.end, x->hits[h].start, VERBS) != UINT32_MAX;
            if (x->hits[h].start > n.end && !relative && (verb || unknown > UNKNOWN_MAX)) break;
        } else if (!touches(x, x->hits[best].end, x->hits[h].start)) {
            break;
        }
        const ht_indicator *d = &x->reader->codebook->indicators[x->hits[h].indicator];
        bool close = x->hits[h].end <= n.end; /* 3个骑手, and not 37个小区设置骑手通道 */
        /* 1个货车司机综合服务中心: no person is counted by 个 where the phrase goes on */
        close &= x->hits[h].end == n.end || !ht_is_han(x->p->c[x->hits[h].end]);
        if (fits(d, &x->q[i], close) && !modifier &&
            (best == SIZE_MAX || x->hits[h].end > x->hits[best].end))
            best = h;
    }
    return best;
}

/* 5000个停车位, 300张床位: the unit holds the noun. */
static size_t hit_in_unit(const context *x, size_t i) {
    const ht_quantity *q = &x->q[i];
    size_t best = SIZE_MAX;
    for (size_t h = first_hit_at(x, q->num_end); h < x->n_hits && x->hits[h].start < q->unit_end;
         h++) {
        if (x->hits[h].kind != HT_HIT_TERM || x->hits[h].end != q->unit_end || covered(x, h)) continue;
        if (best == SIZE_MAX) best = h;
    }
    return q->kind == HT_COUNT ? best : SIZE_MAX;
}

/* 剩下的34个是“骑手友好商户”: what it is called is said behind 是. */
static size_t hit_predicate(const context *x, size_t i, const place *at) {
    uint32_t from = x->q[i].end;
    if (!ht_passage_at(x->p, from, "是")) return SIZE_MAX;
    for (size_t h = first_hit_at(x, from + 1); h < x->n_hits && x->hits[h].start < at->after; h++) {
        if (x->hits[h].end > at->after || !usable(x, h, i, true)) continue;
        return unknown_chars(x, from + 1, x->hits[h].start) <= GAP_UNKNOWN ? h : SIZE_MAX;
    }
    return SIZE_MAX;
}

/* 6个市级、20个县级驿站: the head stands behind the last number of the list. */
static size_t hit_shared_head(const context *x, size_t i, noun n) {
    const ht_quantity *next = &x->q[i + 1];
    if (i + 1 >= x->n_q || n.end - n.start > MODIFIER_MAX || next->start != n.end + 1 ||
        !same_unit(&x->q[i], next))
        return SIZE_MAX;
    uint32_t joint = x->p->c[n.end];
    if (joint != 0x3001 && joint != 0x548C) return SIZE_MAX;
    place at = place_of(x, i + 1);
    noun shared = noun_of(x, i + 1);
    return shared.behind && shared.end > shared.start ? hit_behind(x, i + 1, &at, shared)
                                                      : SIZE_MAX;
}

/* 10名骑手担任网格员: the role is what is counted. */
static size_t hit_role(const context *x, size_t i, const place *at, uint32_t from) {
    uint32_t role = cues_first(&x->words, from, at->after, W_ROLE);
    if (role == UINT32_MAX) return SIZE_MAX;
    uint32_t behind = role + x->words.length[role]; /* a term may hold the verb: 担任网格员 */
    size_t best = SIZE_MAX;
    for (size_t h = first_hit_at(x, role); h < x->n_hits && x->hits[h].start < at->after; h++) {
        if (x->hits[h].end <= behind || x->hits[h].end > at->after || !usable(x, h, i, true))
            continue;
        /* 加入“先锋骑手”志愿服务队: the head is the last of those that touch */
        if (best != SIZE_MAX && !touches(x, x->hits[best].end, x->hits[h].start)) break;
        if (best == SIZE_MAX || x->hits[h].end > x->hits[best].end) best = h;
    }
    return best;
}

/* The noun before the number, with nothing but verbs, adverbs, places and dates between. */
static size_t hit_before(const context *x, size_t i, const place *at) {
    size_t h = last_hit(x, i, at->before, x->q[i].start, false);
    if (h == SIZE_MAX) return SIZE_MAX;
    const ht_hit *hit = &x->hits[h];
    bool verbal = counts_visits(&x->q[i]); /* 服务快递员、司机等群体2000人次 */
    if (is_modifier(x, hit) && !verbal) return SIZE_MAX;
    if (!verbal && x->q[i].kind == HT_COUNT &&
        unknown_chars(x, hit->end, x->q[i].start) > GAP_UNKNOWN)
        return SIZE_MAX;
    return h;
}

/* 这个数字, 人数: the noun stands for the one before. */
static bool is_anaphoric(const context *x, size_t i, const place *at) {
    static const char *const nouns[] = {"这个数字", "这一数字", "该数字", "的数字", "人数", "总人数",
                                        "数量", "总数", "此类", "这类", "这支队伍", NULL};
    return first_of(x, at->before, x->q[i].start, nouns) != UINT32_MAX;
}

/* The clause has no noun of its own before the number. */
static bool is_elliptic(const context *x, size_t i, const place *at) {
    uint32_t part = cues_last(&x->words, at->clause_start, x->q[i].start, W_PART);
    return part != UINT32_MAX || is_anaphoric(x, i, at) ||
           unknown_chars(x, at->before, x->q[i].start) <= GAP_UNKNOWN;
}

/* Where the noun may be looked for. 快递、外卖三支队伍共900人: a clause that counts something of
 * its own before the number does not go on with the clause before. */
static uint32_t reach_back(const context *x, size_t i, const place *at) {
    size_t k = quantity_before(x, i, at->clause_start);
    bool own = k != SIZE_MAX && !same_unit(&x->q[k], &x->q[i]) &&
               unknown_chars(x, at->clause_start, x->q[k].start) > OWN_NOUN;
    return own ? at->clause_start : at->sentence_start;
}

/* The number before in the same unit, whose indicator goes on; SIZE_MAX if none does. */
static size_t antecedent(const context *x, size_t i, const binding *done, uint32_t from,
                         uint32_t topic_start) {
    uint32_t n_sentence = ht_passage_sentence(x->p, x->q[i].start);
    for (size_t k = i; k-- > 0;) {
        if (!ht_kind_is_statistic(x->q[k].kind) || !same_unit(&x->q[k], &x->q[i])) continue;
        if (topic_start > x->q[k].end) return SIZE_MAX;
        uint32_t sentence = ht_passage_sentence(x->p, x->q[k].start);
        bool far = sentence != n_sentence;
        if (x->q[k].start < from && (!far || from > x->p->sentences[n_sentence].start))
            return SIZE_MAX;
        if (far && (sentence + 1 != n_sentence ||
                    x->p->sentences[sentence].para != x->p->sentences[n_sentence].para))
            return SIZE_MAX;
        if (done[k].indicator < 0) return SIZE_MAX;
        if (!fits(&x->reader->codebook->indicators[done[k].indicator], &x->q[i], true))
            return SIZE_MAX;
        /* 厦门21.8万人，其中骑手、司机分别为3万和7万；泉州有33万人: the whole goes on, not its last
         * item */
        if (is_distributed(&done[k]) && !pair_linked(x, i)) continue;
        return k;
    }
    return SIZE_MAX;
}

/* 骑手1万人、司机2万人，共计3万人: a sum of several subtypes is none of them. */
static int32_t subtype_of_all(const context *x, size_t i, size_t k, const binding *done) {
    static const char *const sums[] = {"共", "合计", "总计", "加起来", "相加", NULL};
    bool sum = first_of(x, x->q[k].end, x->q[i].start, sums) != UINT32_MAX;
    uint32_t from = place_of(x, i).sentence_start;
    for (size_t j = k; sum && j-- > 0 && x->q[j].start >= from;)
        if (done[j].indicator == done[k].indicator && done[j].subtype != done[k].subtype) return -1;
    return done[k].subtype;
}

static binding inherited(const context *x, size_t i, const binding *done, const place *at) {
    uint32_t from = reach_back(x, i, at);
    size_t topic = last_hit(x, i, from, x->q[i].start, false);
    if (topic != SIZE_MAX && x->q[i].start - x->hits[topic].end > TOPIC_REACH) topic = SIZE_MAX;
    if (topic != SIZE_MAX && is_modifier(x, &x->hits[topic])) topic = SIZE_MAX;
    size_t k = antecedent(x, i, done, from, topic == SIZE_MAX ? 0 : x->hits[topic].start);
    if (k != SIZE_MAX) {
        bool far =
            ht_passage_sentence(x->p, x->q[k].start) != ht_passage_sentence(x->p, x->q[i].start);
        binding b = done[k];
        b.subtype = subtype_of_all(x, i, k, done);
        b.rule = far ? "carried" : "inherited";
        b.confidence = far ? "low" : "medium";
        ht_trace_add(x->trace, x->q[i].start, x->q[i].end, b.rule,
                     "no noun of its own: the indicator of %.*s goes on",
                     HT_ARG(ht_passage_str(x->p, x->q[k].start, x->q[k].end)));
        return b;
    }
    if (topic != SIZE_MAX) return bound(x, i, topic, "topic", "medium");
    return (binding){-1, -1, 0, 0, "none", "high"};
}

/* An indicator that takes every number of its unit which no term claims. */
static binding rest_of(const context *x, size_t i) {
    const ht_codebook *cb = x->reader->codebook;
    for (size_t k = 0; k < cb->n_indicators; k++)
        if (cb->indicators[k].takes_rest && ht_codebook_accepts(&cb->indicators[k], &x->q[i]) &&
            ht_codebook_near(cb, (uint16_t)k, x->p, x->q[i].start, x->q[i].end))
            return (binding){(int32_t)k, -1, x->q[i].start, x->q[i].start, "rest", "medium"};
    return (binding){-1, -1, 0, 0, "none", "high"};
}

/* A share: its term may stand anywhere in its clause, else in the clause before. */
static binding bind_share(const context *x, size_t i, const place *at) {
    size_t h = last_hit(x, i, at->clause_start, x->q[i].start, false);
    if (h == SIZE_MAX) h = last_hit(x, i, x->q[i].end, at->clause_end, false);
    if (h == SIZE_MAX) h = last_hit(x, i, at->sentence_start, at->clause_start, false);
    if (h != SIZE_MAX) return bound(x, i, h, "share", "high");
    return rest_of(x, i);
}

/* A number in a table: its column's head names it, else its row's label, else the line above the
 * table. */
static binding bind_cell(const context *x, size_t i) {
    uint32_t head[2], label[2], caption[2];
    if (table_around(x, i, head, label, caption)) {
        const uint32_t *spans[] = {head, label, caption};
        static const char *const rules[] = {"column", "row", "caption"};
        for (size_t k = 0; k < 3; k++) {
            size_t h = last_hit(x, i, spans[k][0], spans[k][1], true);
            if (h != SIZE_MAX) return bound(x, i, h, rules[k], "medium");
        }
    }
    return x->q[i].kind == HT_SHARE ? rest_of(x, i) : (binding){-1, -1, 0, 0, "none", "high"};
}

/* 几名骑手: a number that the writer does not know either. */
static bool is_vague(const ht_quantity *q) {
    return q->qualifier == HT_SEVERAL && q->low.ok &&
           ht_number_cmp(q->low, ht_number_int(10)) < 0 && q->high.ok &&
           ht_number_cmp(q->high, ht_number_int(9)) >= 0;
}

/* 九大群体: a small number without a unit counts no people and no places. */
static bool is_bare(const ht_quantity *q) {
    return q->kind == HT_COUNT && !q->unit.n && q->value.ok &&
           ht_number_cmp(q->value, ht_number_int(BARE_MIN)) < 0;
}

/* 为1.2万名司机送去…, 给860名骑手做…: those to whom something is done are not all there are. */
static bool is_served(const context *x, size_t i, const place *at, noun n) {
    static const char *const prepositions[] = {"为", "给", "向", "对", "让", "帮", "替", "帮助", NULL};
    uint32_t to = x->q[i].start;
    while (to > at->clause_start && (x->p->c[to - 1] == ' ' || x->p->c[to - 1] == 0x4E86)) to--;
    if (x->q[i].kind != HT_COUNT || !ht_str_eq(x->q[i].unit, HT_S("人")) || to == at->clause_start)
        return false;
    uint32_t word = to - 1;
    if (first_of(x, word, to, prepositions) != word && !ht_passage_before(x->p, to, "帮助"))
        return false;
    for (uint32_t k = word > 3 ? word - 3 : 0; k < word; k++) /* 分别为, 作为: no preposition */
        if (x->words.length[k] > 1 && k + x->words.length[k] == to &&
            !ht_passage_at(x->p, k, "帮助"))
            return false;
    return cues_first(&x->words, n.start, at->clause_end, SERVING) != UINT32_MAX;
}

/* 党员1043名，其中快递员217名；会员当中，司机3720人: a part of the whole that the words name. */
static bool is_part_of_other(const context *x, size_t i, const binding *done, binding *b) {
    static const char *const parts[] = {"其中", "当中", "之中", NULL};
    const ht_codebook *cb = x->reader->codebook;
    uint32_t from = place_of(x, i).sentence_start, word = UINT32_MAX, at;
    for (uint32_t k = from; k < x->q[i].start; k++)
        if (x->p->c[k] == 0xFF1B) from = k + 1;
    for (at = from; (at = first_of(x, at, b->start, parts)) != UINT32_MAX; at++) word = at;
    if (word == UINT32_MAX) return false;
    for (size_t k = i; k-- > 0 && x->q[k].start >= from;) {
        if (x->q[k].end > word || !same_unit(&x->q[k], &x->q[i])) continue;
        if (ht_str_eq(ht_str_of(done[k].rule), HT_S("near"))) { /* of what is no value itself */
            *b = (binding){-1, -1, 0, 0, "near", "high"};
            return false;
        }
        if (done[k].indicator < 0) continue;
        if (done[k].indicator == b->indicator) return false;
        if (!x->q[k].value.ok || !x->q[i].value.ok ||
            ht_number_cmp(x->q[k].value, x->q[i].value) < 0)
            return false;
        b->indicator = done[k].indicator;
        b->subtype = -1;
        b->rule = "part";
        return true;
    }
    size_t h = last_hit(x, i, from, word, false);
    if (h == SIZE_MAX || x->hits[h].end != word || x->hits[h].indicator == b->indicator) return false;
    const ht_indicator *whole = &cb->indicators[x->hits[h].indicator];
    if (whole->yields_to_whole) return false;
    *b = (binding){x->hits[h].indicator, -1, b->start, b->end, "part", b->confidence};
    return true;
}

static size_t bind_any(const context *x, size_t i, const binding *done, binding out[MAX_BINDINGS]) {
    place at = place_of(x, i);
    const ht_quantity *q = &x->q[i];
    uint32_t start, end, spans[MAX_BINDINGS][2];
    if (is_vague(q) ||
        (is_bare(q) && x->p->paras[ht_passage_para(x->p, q->start)].kind != HT_PARA_ROW)) {
        out[0] = (binding){-1, -1, 0, 0, "vague", "high"};
        return 1;
    }
    if (x->p->paras[ht_passage_para(x->p, q->start)].kind == HT_PARA_ROW) {
        out[0] = bind_cell(x, i);
        return 1;
    }
    if (q->kind == HT_SHARE) {
        out[0] = bind_share(x, i, &at);
        return 1;
    }
    size_t n = pair_shared(x, i, spans, MAX_BINDINGS), found = 0;
    for (size_t k = 0; k < n; k++) {
        size_t h = last_hit(x, i, spans[k][0], spans[k][1], false);
        out[k] = h == SIZE_MAX ? (binding){-1, -1, spans[k][0], spans[k][1], "each", "high"}
                               : bound(x, i, h, "each", "high");
        found += h != SIZE_MAX;
    }
    if (found) return n;
    noun behind = noun_of(x, i);
    size_t h = hit_in_unit(x, i);
    if (h == SIZE_MAX) h = hit_predicate(x, i, &at);
    if (h != SIZE_MAX) {
        out[0] = bound(x, i, h, "noun-behind", "high");
        return 1;
    }
    if (behind.behind && behind.end > behind.start && is_served(x, i, &at, behind)) {
        out[0] = (binding){-1, -1, 0, 0, "served", "high"};
        return 1;
    }
    if (behind.behind && behind.end > behind.start) {
        h = q->noun_is_unit ? SIZE_MAX : hit_role(x, i, &at, behind.start);
        if (h == SIZE_MAX) h = hit_behind(x, i, &at, behind);
        if (h == SIZE_MAX) h = hit_shared_head(x, i, behind);
        out[0] = h == SIZE_MAX ? (binding){-1, -1, 0, 0, "noun-behind", "high"}
                               : bound(x, i, h, "noun-behind", "high");
        return 1;
    }
    if (pair_noun(x, i, &start, &end)) {
        h = last_hit(x, i, start, end, false);
        out[0] = h == SIZE_MAX ? (binding){-1, -1, start, end, "respectively", "high"}
                               : bound(x, i, h, "respectively", "high");
        /* nouns of their own that no term knows: what went before is not what is counted */
        if (h != SIZE_MAX || unknown_chars(x, start, end) > GAP_UNKNOWN) return 1;
    }
    h = hit_role(x, i, &at, q->end);
    if (h == SIZE_MAX) h = hit_before(x, i, &at);
    if (h != SIZE_MAX)
        out[0] = bound(x, i, h, "noun-before", "high");
    else if (is_elliptic(x, i, &at))
        out[0] = inherited(x, i, done, &at);
    else
        out[0] = (binding){-1, -1, 0, 0, "none", "high"};
    return 1;
}

/* 每7名会员中就有1人: both numbers are of a ratio. 每百名老人拥有床位6张 is a rate of the beds. */
static bool is_ratio(const context *x, size_t i) {
    enum { RATIO_REACH = 12, RATE_BASE = 100 };
    const ht_quantity *q = &x->q[i];
    if (q->kind != HT_COUNT && q->kind != HT_RATE) return false;
    if (ht_passage_before(x->p, q->start, "每")) return true;
    if (i == 0 || q->start > x->q[i - 1].end + RATIO_REACH) return false;
    static const char *const have[] = {"有", "拥有", "配", NULL};
    return ht_passage_before(x->p, x->q[i - 1].start, "每") && x->q[i - 1].value.ok &&
           ht_number_cmp(x->q[i - 1].value, ht_number_int(RATE_BASE)) < 0 &&
           first_of(x, x->q[i - 1].end, q->start, have) != UINT32_MAX;
}

/* 余下6个因拆迁暂缓, 7个尚未建站: what is not there. */
static bool is_missing(const context *x, size_t i) {
    static const char *const absent[] = {"尚未", "还没", "没有", "暂缓", "缓建", "停建", "未建", "未设", NULL};
    place at = place_of(x, i);
    return x->q[i].kind == HT_COUNT &&
           first_of(x, x->q[i].end, at.after < at.clause_end ? at.after : at.clause_end, absent) !=
               UINT32_MAX;
}

size_t bind_quantity(const context *x, size_t i, const binding *done, binding out[MAX_BINDINGS]) {
    const char *nothing = is_ratio(x, i) ? "ratio" : is_missing(x, i) ? "missing" : NULL;
    if (nothing) {
        out[0] = (binding){-1, -1, 0, 0, nothing, "high"};
        return 1;
    }
    size_t n = bind_any(x, i, done, out);
    const ht_codebook *cb = x->reader->codebook;
    if (n == 1 && out[0].indicator >= 0 && cb->indicators[out[0].indicator].yields_to_whole &&
        is_part_of_other(x, i, done, &out[0]))
        ht_trace_add(x->trace, out[0].start, out[0].end, "part",
                     "a part of what stands before: it counts for %.*s",
                     HT_ARG(cb->indicators[out[0].indicator].id));
    return n;
}
