/* 全市, 该区, 市委, 两地: what they stand for. In text order, so that an anaphor can follow
 * another. No reference forwards, but for a set in the title. */
#include "extract/region/internal.h"

enum { MAX_BACK = 64 };

static uint32_t sentence_of(const ht_geography *e, const region_mention *m) {
    return ht_passage_sentence(e->p, m->start);
}

static bool can_refer(const region_mention *m) {
    return m->division != REGION_NONE && !mention_is(m, M_OUT | M_PENDING | M_SEAT | M_RANK) &&
           !mention_is(m, M_NATIONAL);
}

/* 合作区, 高新区: a part that 该区 can mean. */
static bool is_zone(const ht_geography *e, const region_mention *m) {
    return m->place_end > m->place_start && e->p->c[m->place_end - 1] == 0x533A;
}

typedef struct {
    uint32_t division;
    enum { IN_SENTENCE, IN_PARAGRAPH, EARLIER, NOWHERE } where;
    uint32_t mention;
} antecedent;

/* The nearest division to the left that is of the kind, or lies in one (REGION_OTHER: any). */
static antecedent find_back(const ht_geography *e, size_t i, region_kind kind, bool far) {
    uint32_t sentence = sentence_of(e, &e->mentions[i]);
    uint32_t para = e->p->sentences[sentence].para;
    size_t low = i > MAX_BACK ? i - MAX_BACK : 0;
    for (size_t k = i; k-- > low;) {
        const region_mention *m = &e->mentions[k];
        if (!can_refer(m) || mention_is(m, M_COMPARE)) continue;
        uint32_t s = sentence_of(e, m);
        if (e->p->sentences[s].para != para && !far) break;
        bool zone = kind == REGION_DISTRICT && is_zone(e, m);
        uint32_t d =
            kind == REGION_OTHER || zone ? m->division : gazetteer_ascend(e->g, m->division, kind);
        if (d == REGION_NONE) continue;
        return (antecedent){d,
                            s == sentence                     ? IN_SENTENCE
                            : e->p->sentences[s].para == para ? IN_PARAGRAPH
                                                              : EARLIER,
                            (uint32_t)k};
    }
    return (antecedent){REGION_NONE, NOWHERE, REGION_NONE};
}

static uint32_t ascend_wanted(const ht_geography *e, uint32_t division, region_kind kind) {
    if (kind != REGION_DISTRICT) return gazetteer_ascend(e->g, division, kind);
    uint32_t d = gazetteer_ascend(e->g, division, REGION_DISTRICT);
    return d != REGION_NONE ? d : gazetteer_ascend(e->g, division, REGION_AUTONOMOUS);
}

static bool next_sentence(const ht_geography *e, const region_mention *m, antecedent near) {
    const region_mention *before = &e->mentions[near.mention];
    return before->n_list == 1 && !mention_is(before, M_LISTED) &&
           sentence_of(e, before) + 1 == sentence_of(e, m);
}

/* 西藏自治区…，全区: the autonomous region that the paragraph names; REGION_NONE. */
static uint32_t autonomous_beside(const ht_geography *e, size_t i) {
    uint32_t para = ht_passage_para(e->p, e->mentions[i].start);
    for (size_t k = i; k-- > 0 && i - k < MAX_BACK;) {
        const region_mention *m = &e->mentions[k];
        if (m->start < e->p->paras[para].start) break;
        if (can_refer(m) && e->g->divisions[m->division].kind == REGION_AUTONOMOUS)
            return m->division;
    }
    return REGION_NONE;
}

static uint32_t resolve_level(const ht_geography *e, size_t i, uint32_t *via) {
    const region_mention *m = &e->mentions[i];
    uint32_t of_base = ascend_wanted(e, e->base, m->wanted);
    antecedent near = find_back(e, i, m->wanted, true);
    *via = near.mention;
    if (mention_is(m, M_THIS)) return near.division != REGION_NONE ? near.division : of_base;
    if (of_base == REGION_NONE) {
        uint32_t beside = m->wanted == REGION_DISTRICT && near.where == EARLIER
                              ? autonomous_beside(e, i)
                              : REGION_NONE;
        if (beside != REGION_NONE) return beside;
        if (near.division != REGION_NONE) return near.division;
        return m->wanted == REGION_DISTRICT
                   ? gazetteer_ascend(e->g, find_back(e, i, REGION_OTHER, true).division,
                                      REGION_AUTONOMOUS)
                   : REGION_NONE;
    }
    if (near.division == REGION_NONE || near.division == of_base) return of_base;
    if (m->wanted == REGION_DISTRICT && near.where == IN_SENTENCE) return near.division;
    if (m->wanted == REGION_DISTRICT && near.where == IN_PARAGRAPH && next_sentence(e, m, near) &&
        e->g->divisions[of_base].kind == REGION_AUTONOMOUS)
        return near.division;
    if (m->kind == MENTION_ORGAN) return of_base;
    /* 耒阳市 ... 全市: the article's city, not the smaller one in it. */
    if (gazetteer_within(e->g, near.division, of_base)) return of_base;
    return near.where == IN_SENTENCE ? near.division : of_base;
}

/* --- sets ------------------------------------------------------------------------------------ */

static uint32_t item_division(const region_mention *m) {
    return mention_is(m, M_OUT | M_PENDING) ? REGION_NONE : m->division;
}

static uint32_t list_codes(const ht_geography *e, size_t first, uint32_t *codes) {
    uint32_t n = 0;
    for (uint32_t k = 0; k < e->mentions[first].n_list && first + k < e->n; k++) {
        uint32_t d = item_division(&e->mentions[first + k]);
        if (d != REGION_NONE && n < REGION_MAX_LIST) codes[n++] = d;
    }
    return n;
}

/* 三省 are provinces, 两县 of one level; 两地 may be anything (珠澳两地). */
static bool set_fits(const ht_geography *e, const region_mention *set, const uint32_t *codes,
                     uint32_t n) {
    if (set->wanted == REGION_OTHER) return n > 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t level = e->g->divisions[codes[k]].level;
        if (set->wanted == REGION_PROVINCE ? level != 1 : level != e->g->divisions[codes[0]].level)
            return false;
    }
    return n > 0;
}

static uint32_t distinct_in_sentence(const ht_geography *e, size_t i, bool paragraph,
                                     uint32_t *codes) {
    uint32_t n = 0, sentence = sentence_of(e, &e->mentions[i]);
    uint32_t para = e->p->sentences[sentence].para;
    size_t low = i > MAX_BACK ? i - MAX_BACK : 0;
    for (size_t k = low; k < i; k++) {
        const region_mention *m = &e->mentions[k];
        uint32_t s = sentence_of(e, m), j = 0;
        if (m->kind != MENTION_NAME || !can_refer(m) || n >= REGION_MAX_LIST) continue;
        if (paragraph ? e->p->sentences[s].para != para : s != sentence) continue;
        while (j < n && codes[j] != m->division) j++;
        if (j == n) codes[n++] = m->division;
    }
    return n;
}

/* 厦泉两市: each character is one of a region that the article names in full. */
static uint32_t abbreviated(const ht_geography *e, const region_mention *set, uint32_t *codes) {
    if (set->start < set->set_size) return 0;
    uint32_t from = set->start - set->set_size;
    for (uint32_t k = 0; k < set->set_size; k++) {
        uint32_t c = e->p->c[from + k], found = REGION_NONE;
        if (!ht_is_han(c)) return 0;
        for (size_t i = 0; i < e->n && i < 4 * MAX_BACK && found == REGION_NONE; i++) {
            const region_mention *m = &e->mentions[i];
            if (m->kind != MENTION_NAME || !can_refer(m) || m->place_end > m->place_start) continue;
            ht_str name = gazetteer_name(e->g, m->division);
            uint32_t n = (uint32_t)(name.n / 3), span = m->end - m->start;
            for (uint32_t j = 0; j < span && j + 1 < n; j++)
                if (e->p->c[m->end - 1 - j] == c) found = m->division;
        }
        if (found == REGION_NONE) {
            uint32_t sense;
            if (words_at(e->g, e->p, from + k, REGION_W_ABBR, &sense) != 1) return 0;
            ht_str s = sense_argument(e->g, sense);
            uint32_t code = 0;
            for (size_t i = 0; i < s.n; i++) code = code * 10 + (uint32_t)(s.p[i] - '0');
            found = gazetteer_find(e->g, code);
            if (found == REGION_NONE) return 0;
        }
        codes[k] = found;
    }
    return set->set_size;
}

static uint32_t set_codes(const ht_geography *e, size_t i, uint32_t *codes) {
    const region_mention *set = &e->mentions[i];
    uint32_t size = set->set_size, n;
    if (e->p->c[set->start] == 0x524D) { /* 前两市: of the list before */
        for (size_t k = i; k-- > 0 && i - k < MAX_BACK;)
            if (e->mentions[k].n_list > size && !mention_is(&e->mentions[k], M_LISTED)) {
                n = list_codes(e, k, codes);
                return n < size ? 0 : size;
            }
    }
    if (abbreviated(e, set, codes) == size) return size;
    if (distinct_in_sentence(e, i, false, codes) == size && set_fits(e, set, codes, size))
        return size;
    for (size_t k = i; k-- > 0 && i - k < 4 * MAX_BACK;) {
        const region_mention *m = &e->mentions[k];
        if (mention_is(m, M_OUT | M_LISTED | M_PARTS)) continue;
        if (m->n_codes == size && set_fits(e, set, m->codes, size)) {
            for (uint32_t j = 0; j < size; j++) codes[j] = m->codes[j];
            return size;
        }
        if (m->n_list == size && list_codes(e, k, codes) == size && set_fits(e, set, codes, size))
            return size;
    }
    if (distinct_in_sentence(e, i, true, codes) == size && set_fits(e, set, codes, size))
        return size;
    if (!e->title_paras || set->end > e->p->paras[0].end) return 0;
    for (size_t k = i + 1; k < e->n && k < i + MAX_BACK; k++)
        if (e->mentions[k].n_list == size && list_codes(e, k, codes) == size) return size;
    return 0;
}

/* ---------------------------------------------------------------------------------------------- */

static void resolve_one(ht_geography *e, size_t i) {
    region_mention *m = &e->mentions[i];
    uint32_t codes[REGION_MAX_LIST], via = REGION_NONE;
    switch (m->kind) {
    case MENTION_ANAPHOR:
        if (m->wanted == REGION_OTHER) {
            antecedent near = find_back(e, i, REGION_OTHER, false);
            m->division = near.division != REGION_NONE ? near.division : e->base;
            via = near.mention;
        } else
            m->division = resolve_level(e, i, &via);
        /* 该区 of a zone or a town: the part goes with it. */
        if (mention_is(m, M_THIS) && via != REGION_NONE && is_zone(e, &e->mentions[via]) &&
            m->wanted == REGION_DISTRICT) {
            m->place_start = e->mentions[via].place_start;
            m->place_end = e->mentions[via].place_end;
        }
        break;
    case MENTION_ORGAN: m->division = resolve_level(e, i, &via); break;
    case MENTION_PART: {
        antecedent near = find_back(e, i, REGION_OTHER, false);
        bool beside = near.where == IN_SENTENCE || e->base == REGION_NONE;
        m->division = beside && near.division != REGION_NONE ? near.division : e->base;
        break;
    }
    case MENTION_SET: {
        uint32_t n = set_codes(e, i, codes);
        if (!n) { /* 中心城区六区 is a part; 三个市 without more says nothing */
            if (!words_before(e->g, e->p, m->start, REGION_W_SUBSET_NOUN, NULL) &&
                !words_at(e->g, e->p, m->end, REGION_W_TOGETHER, NULL))
                m->flags |= M_OUT;
            break;
        }
        uint32_t *kept = HT_ARRAY(e->arena, uint32_t, n);
        for (uint32_t k = 0; k < n; k++) kept[k] = codes[k];
        m->codes = kept;
        m->n_codes = n;
        break;
    }
    default: break;
    }
}

void anaphora_resolve(ht_geography *e) {
    uint32_t taiwan = gazetteer_find(e->g, 710000);
    bool island = e->base != REGION_NONE && gazetteer_within(e->g, e->base, taiwan);
    for (size_t i = 0; i < e->n; i++) {
        resolve_one(e, i);
        region_mention *m = &e->mentions[i];
        /* 全国 in a paper of Taiwan is the island. */
        if (island && mention_is(m, M_NATIONAL) && ht_passage_at(e->p, m->start, "全国"))
            m->division = taiwan;
    }
}
