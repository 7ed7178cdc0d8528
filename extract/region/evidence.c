/* Which names count, which of their readings is meant, and what the article is about. */
#include "extract/region/internal.h"

enum { /* weights of evidence for the base */
       WEIGHT_MENTION = 2,
       WEIGHT_TITLE = 10,
       WEIGHT_PUBLISHER = 8,
       WEIGHT_DATELINE = 8,
       WEIGHT_ORGAN = 2,
       BASE_SHARE = 60, /* per cent that a child must hold to be the base instead of its parent */
       MAX_LEVELS = 5,
       MAX_NEAR = 32,    /* mentions */
       MIN_NAMES = 2, /* in the body, for a base that nothing else tells */
    MIN_NATIONAL = 2, /* mentions of the whole country in a story about it */
       CODE_CAPITAL = 110000,
};

/* Every weight is above 0. An article names few of the divisions: they are listed. */
static void add_weight(ht_geography *e, uint32_t division, int32_t weight) {
    if (!e->weights[division])
        *HT_PUSH(e->arena, e->weighed, e->n_weighed, e->cap_weighed) = division;
    e->weights[division] += weight;
}

static void clear_branch(ht_geography *e) {
    for (size_t i = 0; i < e->n_weighed; i++)
        for (uint32_t d = e->weighed[i]; d != REGION_NONE; d = e->g->divisions[d].parent)
            e->branch[d] = 0;
}

static void begin_weights(ht_geography *e) {
    if (!e->weights) {
        e->weights = HT_ARRAY(e->arena, int32_t, e->g->n_divisions);
        e->branch = HT_ARRAY(e->arena, int32_t, e->g->n_divisions);
    }
    clear_branch(e);
    for (size_t i = 0; i < e->n_weighed; i++) e->weights[e->weighed[i]] = 0;
    e->n_weighed = 0;
}

/* The weight of each division with all that lies in it. The same array each time. */
static const int32_t *branch_weights(ht_geography *e) {
    clear_branch(e);
    for (size_t i = 0; i < e->n_weighed; i++)
        for (uint32_t d = e->weighed[i]; d != REGION_NONE; d = e->g->divisions[d].parent)
            e->branch[d] += e->weights[e->weighed[i]];
    return e->branch;
}

/* Of equals the one that comes first in the tables. */
static bool is_heavier(const int32_t *branch, uint32_t one, uint32_t other) {
    return branch[one] != branch[other] ? branch[one] > branch[other] : one < other;
}

/* The heaviest child, the first of equals; REGION_NONE if none has a weight. */
static uint32_t heaviest_child(const ht_geography *e, const int32_t *branch, uint32_t of) {
    uint32_t best = REGION_NONE;
    for (size_t i = 0; i < e->n_weighed; i++) {
        uint32_t d = e->weighed[i];
        while (d != REGION_NONE && e->g->divisions[d].parent != of) d = e->g->divisions[d].parent;
        if (d == REGION_NONE || branch[d] <= 0) continue;
        if (best == REGION_NONE || is_heavier(branch, d, best)) best = d;
    }
    return best;
}

static bool in_title(const ht_geography *e, const region_mention *m) {
    return e->title_paras && m->end <= e->p->paras[0].end;
}

static void weigh(ht_geography *e, const region_mention *m, uint32_t division) {
    if (mention_is(m, M_NATIONAL | M_OUT | M_COMPARE)) return;
    add_weight(e, division, in_title(e, m) ? WEIGHT_TITLE : WEIGHT_MENTION);
}

/* --- acceptance ------------------------------------------------------------------------------ */

static bool is_sure(const region_mention *m) {
    if (m->kind != MENTION_NAME || m->n_readings != 1) return false;
    if (mention_is(m, M_TOWN) && !mention_is(m, M_CHAIN)) return false;
    bool long_name = m->class_ == 0 && m->name_end - m->start >= 3; /* 石景山 */
    return mention_is(m, M_FULL) || long_name || (m->level < 3 && m->class_ < 2);
}

/* 保定建成…: a city whose name is a word as well, where a subject stands. */
static bool opens_clause(const ht_geography *e, const region_mention *m) {
    return !m->start || !ht_is_han(e->p->c[m->start - 1]) ||
           ht_passage_before(e->p, m->start, "其中") || ht_passage_before(e->p, m->start, "在");
}

static bool supported(const ht_geography *e, const region_mention *m, const int32_t *branch,
                      uint32_t r) {
    const region_division *d = &e->g->divisions[r];
    uint32_t parent = d->parent;
    if (e->weights[r] > 0) return true;
    if (mention_is(m, M_TOWN)) return false;
    if (m->class_ == 2 && m->level == 3 && m->n_list < 2 && !mention_is(m, M_LISTED)) return false;
    return parent != REGION_NO_PARENT && branch[parent] > 0 && e->g->divisions[parent].level > 0 &&
           (d->level == 3 || m->n_list > 1 || mention_is(m, M_LISTED) || opens_clause(e, m));
}

static int32_t fit(const ht_geography *e, const int32_t *branch, uint32_t r) {
    int32_t score = 0, factor = 8;
    if (e->weights[r]) score += 16 * e->weights[r];
    for (uint32_t d = r; d != REGION_NONE && e->g->divisions[d].level; factor /= 2) {
        score += factor * branch[d];
        d = e->g->divisions[d].parent;
    }
    return score;
}

/* 抚顺、新宾两县: the unit behind the list says what its names are. */
static bool fits_unit(const ht_geography *e, const region_mention *m, const int32_t *branch,
                      uint32_t r) {
    const region_division *d = &e->g->divisions[r];
    return d->kind == m->wanted && d->parent != REGION_NO_PARENT &&
           (e->weights[r] > 0 || (branch[d->parent] > 0 && e->g->divisions[d->parent].level > 0));
}

static bool has_unit(const ht_geography *e, const region_mention *m, const int32_t *branch) {
    if (m->wanted == REGION_OTHER || mention_is(m, M_FULL)) return false;
    for (uint32_t i = 0; i < m->n_readings; i++)
        if (fits_unit(e, m, branch, m->readings[i])) return true;
    return false;
}

/* The reading that the rest of the article speaks for; of equals the higher in rank; else none. */
static uint32_t choose(const ht_geography *e, const region_mention *m, const int32_t *branch,
                       bool need_support) {
    uint32_t best = REGION_NONE, n_best = 0, code = 0;
    int32_t top = -1;
    bool one_code = true, high_seen = false, unit = has_unit(e, m, branch);
    for (uint32_t i = 0; i < m->n_readings; i++)
        if (e->g->divisions[m->readings[i]].level == m->level && e->weights[m->readings[i]] > 0)
            high_seen = true;
    for (uint32_t i = 0; i < m->n_readings; i++) {
        uint32_t r = m->readings[i];
        if (unit && !fits_unit(e, m, branch, r)) continue;
        if (!unit && need_support && !supported(e, m, branch, r)) continue;
        int32_t score = fit(e, branch, r);
        uint32_t level = e->g->divisions[r].level;
        if (code && code != gazetteer_code(e->g, r)) one_code = false;
        code = gazetteer_code(e->g, r);
        /* A bare 黄山 is the city, 河南 the province, unless the article names the smaller in full
         * and the greater nowhere. */
        if (!unit && !mention_is(m, M_FULL) && level > m->level && (!e->weights[r] || high_seen))
            continue;
        bool higher = best != REGION_NONE && score == top && level < e->g->divisions[best].level;
        if (score > top || higher) {
            top = score;
            best = r;
            n_best = 1;
        } else if (score == top && level == e->g->divisions[best].level)
            n_best++;
    }
    return n_best == 1 || one_code ? best : REGION_NONE;
}

static void accept_town(const ht_geography *e, region_mention *m, const int32_t *branch) {
    uint32_t best = REGION_NONE, n = 0;
    bool more = m->n_readings > 0;
    /* Some towns are in more counties than a mention has readings: here all are looked at. */
    for (uint32_t i = m->posting; more; i++) {
        uint32_t posting = e->g->postings[i], county = posting & REGION_INDEX;
        more = !(posting & REGION_LAST);
        if ((posting & REGION_FORM) < REGION_TOWN || branch[county] <= 0) continue;
        if (county == best) continue;
        best = county;
        if (n < REGION_MAX_READINGS) m->readings[n++] = county;
    }
    if (n) m->n_readings = n;
    bool among = mention_is(m, M_LISTED) && (m - 1)->level > 1; /* not 江西铁路、公路 */
    bool beside = m->n_list > 1 || among || mention_is(m, M_FULL) || e->p->c[m->end] == '\t';
    if (n > 1) best = choose(e, m, branch, true);
    if (best != REGION_NONE && beside) {
        m->division = best;
        m->flags &= ~(uint32_t)M_PENDING;
    } else if (m->n_readings == 1 && m->end - m->start > 4 && town_by_suffix(e->p, m->end)) {
        m->division = m->readings[0];
        m->flags &= ~(uint32_t)M_PENDING;
    } else if (town_by_suffix(e->p, m->end) && !town_is_generic(e, m->start, m->end)) {
        m->kind = MENTION_PART;
        m->flags &= ~(uint32_t)M_PENDING;
    } else
        m->flags |= M_OUT;
}

static void accept(const ht_geography *e, region_mention *m, const int32_t *branch) {
    if (mention_is(m, M_TOWN) && !mention_is(m, M_CHAIN)) {
        accept_town(e, m, branch);
        return;
    }
    bool alone = mention_is(m, M_FULL) || is_sure(m) || (m->level < 3 && m->class_ < 2);
    m->division = choose(e, m, branch, !alone);
    m->flags &= ~(uint32_t)M_PENDING;
    if (m->division == REGION_NONE && m->place_end == m->end && m->place_start == m->start) {
        m->kind = MENTION_PART; /* 江汉油田: named after no region of ours */
        return;
    }
    if (m->division == REGION_NONE) m->flags |= alone ? 0 : M_OUT;
    if (m->division == REGION_NONE || e->g->divisions[m->division].kind != REGION_ZONE) return;
    m->division = e->g->divisions[m->division].parent;
    m->place_start = m->start;
    m->place_end = m->end;
}

/* The county of the first town of the list that is known as one. */
static uint32_t county_of_list(const ht_geography *e, size_t i) {
    for (uint32_t k = 0; k < e->mentions[i].n_list && i + k < e->n; k++)
        if (mention_is(&e->mentions[i + k], M_TOWN) && e->mentions[i + k].division != REGION_NONE)
            return e->mentions[i + k].division;
    return REGION_NONE;
}

static void town_make(region_mention *m, uint32_t county) {
    m->division = county;
    m->flags |= M_TOWN;
    m->flags &= ~(uint32_t)(M_OUT | M_REJECTED | M_PENDING);
    m->kind = MENTION_NAME;
    m->place_start = m->start;
    m->place_end = m->name_end;
}

/* 城关、河西、东关三个镇: a list of towns is one of parts, whatever the names are. */
static void parts_keep(ht_geography *e) {
    for (size_t i = 0; i < e->n; i++) {
        region_mention *m = &e->mentions[i];
        if (!mention_is(m, M_PARTS) || m->kind != MENTION_NAME) continue;
        if (!mention_is(m, M_REJECTED | M_TOWNS)) continue;
        uint32_t county = mention_is(m, M_TOWNS) ? county_of_list(e, i) : REGION_NONE;
        for (uint32_t k = 0; county != REGION_NONE && k < m->n_list && i + k < e->n; k++)
            town_make(&e->mentions[i + k], county);
        if (county != REGION_NONE || !mention_is(m, M_REJECTED | M_TOWNS)) continue;
        for (uint32_t k = 1; k < m->n_list && i + k < e->n; k++) {
            e->mentions[i + k].flags |= M_OUT;
            e->mentions[i + k].flags &= ~(uint32_t)M_REJECTED;
        }
        m->kind = MENTION_PART;
        m->flags &= ~(uint32_t)(M_OUT | M_REJECTED);
        m->place_start = m->start;
        m->place_end = m->list_end;
        m->n_list = 1;
    }
}

void evidence_accept(ht_geography *e) {
    begin_weights(e);
    for (size_t i = 0; i < e->n; i++)
        if (is_sure(&e->mentions[i])) weigh(e, &e->mentions[i], e->mentions[i].readings[0]);
    if (e->publisher != REGION_NONE) add_weight(e, e->publisher, WEIGHT_PUBLISHER);
    if (e->dateline != REGION_NONE) add_weight(e, e->dateline, WEIGHT_DATELINE);
    if (e->given != REGION_NONE) add_weight(e, e->given, WEIGHT_TITLE);
    for (int pass = 0; pass < 2; pass++) {
        if (pass) parts_keep(e);
        const int32_t *branch = branch_weights(e);
        for (size_t i = 0; i < e->n; i++) {
            region_mention *m = &e->mentions[i];
            if (m->kind != MENTION_NAME || m->division != REGION_NONE) continue;
            uint32_t out = m->flags & M_OUT;
            if (pass && !out) continue;
            if (pass && !mention_is(m, M_REJECTED)) continue;
            if (pass) m->flags &= ~(uint32_t)(M_OUT | M_REJECTED);
            accept(e, m, branch);
            if (!out && mention_is(m, M_OUT)) m->flags |= M_REJECTED;
        }
        for (size_t i = 0; i < e->n && !pass; i++)
            if (e->mentions[i].kind == MENTION_NAME && e->mentions[i].division != REGION_NONE &&
                !is_sure(&e->mentions[i]) && !mention_is(&e->mentions[i], M_TOWN))
                weigh(e, &e->mentions[i], e->mentions[i].division);
    }
}

/* --- base ------------------------------------------------------------------------------------ */

/* 全区 behind a district in the same paragraph is that district's, else an autonomous region's. */
static bool beside_district(const ht_geography *e, size_t i) {
    uint32_t para = ht_passage_para(e->p, e->mentions[i].start);
    for (size_t k = i;
         k-- > 0 && i - k < MAX_NEAR && e->mentions[k].start >= e->p->paras[para].start;)
        if (e->mentions[k].division != REGION_NONE &&
            gazetteer_ascend(e->g, e->mentions[k].division, REGION_DISTRICT) != REGION_NONE)
            return true;
    return false;
}

/* 全市, 市委 speak for a city as the base, 全省 for a province. */
static int32_t level_words(const ht_geography *e, uint32_t division) {
    int32_t n = 0;
    for (size_t i = 0; i < e->n; i++) {
        const region_mention *m = &e->mentions[i];
        if (m->kind != MENTION_ANAPHOR && m->kind != MENTION_ORGAN) continue;
        if (mention_is(m, M_THIS | M_COMPARE | M_RANK)) continue;
        region_kind kind = e->g->divisions[division].kind;
        if (kind == REGION_AUTONOMOUS) kind = REGION_DISTRICT;
        if (m->wanted != kind) continue;
        if (e->g->divisions[division].kind == REGION_AUTONOMOUS && beside_district(e, i)) continue;
        n += WEIGHT_ORGAN;
    }
    return n;
}

static uint32_t national_mentions(const ht_geography *e) {
    uint32_t n = 0;
    for (size_t i = 0; i < e->n; i++)
        n += mention_is(&e->mentions[i], M_NATIONAL) &&
             !mention_is(&e->mentions[i], M_OUT | M_RANK | M_COMPARE);
    return n;
}

/* Does the text itself speak of the base? A publisher's or a dateline's place alone is where a story was
 * written or printed, one name in passing is not what it is about. */
static bool is_told(const ht_geography *e, uint32_t base) {
    uint32_t names = 0;
    for (size_t i = 0; i < e->n; i++) {
        const region_mention *m = &e->mentions[i];
        if (m->kind != MENTION_NAME || m->division == REGION_NONE) continue;
        if (mention_is(m, M_OUT | M_NATIONAL | M_COMPARE | M_PENDING)) continue;
        if (!gazetteer_within(e->g, m->division, base)) continue;
        if (in_title(e, m) || mention_is(m, M_SPEAKER | M_FULL)) return true;
        names++;
    }
    bool origin = (e->publisher != REGION_NONE && gazetteer_within(e->g, e->publisher, base)) ||
                  (e->dateline != REGION_NONE && gazetteer_within(e->g, e->dateline, base));
    if (origin && (names || level_words(e, base) > 0)) return true;
    if (names >= MIN_NAMES) return true;
    /* A local paper's story that names no other place and comes from no other is local. */
    if (e->publisher == REGION_NONE || !gazetteer_within(e->g, e->publisher, base)) return false;
    if (e->dateline != REGION_NONE && !gazetteer_within(e->g, e->dateline, base)) return false;
    for (size_t i = 0; i < e->n; i++) {
        const region_mention *m = &e->mentions[i];
        bool elsewhere = m->kind == MENTION_NAME && m->division != REGION_NONE &&
                         !gazetteer_within(e->g, m->division, base);
        if (mention_is(m, M_FOREIGN | M_NATIONAL) || (elsewhere && !mention_is(m, M_OUT)))
            return false;
    }
    return true;
}

void evidence_base(ht_geography *e) {
    begin_weights(e);
    for (size_t i = 0; i < e->n; i++) {
        const region_mention *m = &e->mentions[i];
        if (mention_is(m, M_OUT | M_NATIONAL | M_COMPARE | M_PENDING)) continue;
        int32_t weight = in_title(e, m) ? WEIGHT_TITLE : WEIGHT_MENTION;
        if (m->kind == MENTION_NAME && m->division != REGION_NONE) add_weight(e, m->division, weight);
        for (uint32_t k = 0; k < m->n_codes; k++) add_weight(e, m->codes[k], weight / 2);
    }
    if (e->publisher != REGION_NONE) add_weight(e, e->publisher, WEIGHT_PUBLISHER);
    uint32_t capital = gazetteer_find(e->g, CODE_CAPITAL);
    uint32_t n_national = national_mentions(e);
    /* National stories are written in the capital. */
    bool national = e->dateline == capital && n_national && e->weights[capital] <= WEIGHT_MENTION;
    if (e->dateline != REGION_NONE && !national) add_weight(e, e->dateline, WEIGHT_DATELINE);
    e->base = e->given;
    if (e->base != REGION_NONE) return;
    const int32_t *branch = branch_weights(e);
    uint32_t at = gazetteer_find(e->g, REGION_CODE_COUNTRY);
    if (at == REGION_NONE) return;
    for (int level = 0; level < MAX_LEVELS; level++) {
        uint32_t best = heaviest_child(e, branch, at);
        if (best == REGION_NONE) break;
        int64_t total = branch[at];
        /* 全市 in a county-level city of a city says nothing of either. */
        bool doubtful = e->g->divisions[best].kind == e->g->divisions[at].kind;
        if (level && !doubtful) total += level_words(e, at);
        int64_t spoken = doubtful ? 0 : level_words(e, best), child = branch[best] + spoken;
        total += spoken;
        if (child * 100 < total * BASE_SHARE) break;
        at = best;
    }
    if (e->g->divisions[at].level && is_told(e, at)) e->base = at;
    e->national = e->base == REGION_NONE && n_national >= MIN_NATIONAL;
}
