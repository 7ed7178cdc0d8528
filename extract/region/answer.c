/* A mention and a figure -> code, joint or each, scope and place. */
#include "extract/region/choice.h"

enum { /* characters */
       MAX_BODY_NAME = 8,
       MAX_EVENT_GAP = 30,
       MAX_SCOPE_REACH = 300,
       MAX_INSTITUTION = 20,
       MAX_ORDER_GAP = 200,
       MAX_AROUND = 64, /* mentions of a sentence before the one that is asked about */
};

static bool is_each(const ht_geography *e, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if (!words_at(e->g, e->p, i, REGION_W_EACH, NULL)) continue;
        if (words_at(e->g, e->p, i, REGION_W_EACH_NOT, NULL)) continue;
        if (i && words_at(e->g, e->p, i - 1, REGION_W_EACH_NOT, NULL)) continue;
        return true;
    }
    return false;
}

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static bool ends_clause(uint32_t c) {
    return c == 0xFF0C || c == 0xFF1B || c == 0x3002 || c == ';' || c == '\n';
}

static bool is_numeral(uint32_t c) {
    static const uint32_t han[] = {0x3007, 0x4E00, 0x4E8C, 0x4E24, 0x4E09, 0x56DB, 0x4E94, 0x516D,
                                   0x4E03, 0x516B, 0x4E5D, 0x5341, 0x5EFF, 0x5345, 0x767E};
    /* 〇 一 二 两 三 四 五 六 七 八 九 十 廿 卅 百 */
    for (size_t i = 0; i < sizeof han / sizeof *han; i++)
        if (c == han[i]) return true;
    return is_digit(c);
}

/* A number within the next few characters (和不到900人). */
static bool words_soon_number(const ht_geography *e, uint32_t at) {
    for (uint32_t i = at; i < at + 3 && i < e->p->n; i++)
        if (is_numeral(e->p->c[i])) return true;
    return false;
}

/* The first character of the unit behind the next number; 0 if it has none. */
static uint32_t unit_behind(const ht_passage *p, uint32_t at) {
    while (at < p->n && !is_numeral(p->c[at])) at++;
    while (at < p->n) {
        uint32_t c = p->c[at];
        bool tail = c == '.' || c == 0x4E07 || c == 0x4EBF || c == 0x4F59 || c == 0x591A ||
                    c == 0x5343 || c == 0x767E; /* 万 亿 余 多 千 百 */
        if (!is_numeral(c) && !tail) break;
        at++;
    }
    uint32_t c = p->c[at];
    return ht_is_han(c) && c != 0x548C && c != 0x53CA ? c : 0; /* 和 及 */
}

/* Whether an item of an enumeration ends at `i`: 、 和 与 or a comma, with a number behind. */
static bool joins_at(const ht_geography *e, uint32_t i) {
    uint32_t c = e->p->c[i];
    if (c == 0xFF0C || c == ',') return is_digit(e->p->c[i + 1]) && !is_digit(e->p->c[i - 1]);
    bool join = c == 0x3001 || c == 0x548C || c == 0x53CA || c == 0x4E0E; /* 、 和 及 与 */
    return join && words_soon_number(e, i + 1);
}

/* 三区有驿站18个、17个、16个: which of n numbers of one unit behind `from` stands at `start`;
 * REGION_NONE if there are not n. */
static uint32_t parallel_of(const ht_geography *e, uint32_t from, uint32_t start, uint32_t n) {
    uint32_t i = from, end = from + MAX_ORDER_GAP < e->p->n ? from + MAX_ORDER_GAP : e->p->n;
    uint32_t items = 1, index = 0, unit;
    while (i < end && !is_numeral(e->p->c[i]) && !ends_clause(e->p->c[i])) i++;
    if (i >= end || i > start || !is_numeral(e->p->c[i])) return REGION_NONE;
    unit = unit_behind(e->p, i);
    for (; i < end; i++) {
        if (!joins_at(e, i)) {
            if (ends_clause(e->p->c[i])) break;
            continue;
        }
        uint32_t other = unit_behind(e->p, i + 1);
        if (unit && other && unit != other) return REGION_NONE;
        items++;
        if (i < start) index++;
    }
    return items == n && start < i ? index : REGION_NONE;
}

/* Which item of the n behind 分别 the figure is. */
static uint32_t order_of(const ht_geography *e, uint32_t from, uint32_t start, uint32_t n) {
    uint32_t order = words_within(e->g, e->p, from, start, REGION_W_IN_ORDER);
    return order ? parallel_of(e, order, start, n) : REGION_NONE;
}

/* A place of Taiwan, Hong Kong, Macau, or a named part. */
static void place_of(const ht_geography *e, const region_mention *m, ht_region_answer *out) {
    if (m->place_end > m->place_start) {
        out->scope = HT_SCOPE_PART;
        out->place = ht_passage_str(e->p, m->place_start, m->place_end);
    } else if (m->division != REGION_NONE && gazetteer_custom(e->g, m->division)) {
        out->scope = HT_SCOPE_PART;
        out->place = gazetteer_name(e->g, m->division);
    }
}

/* The divisions of a list, a joint name or a set; n 0 for a single mention. */
static uint32_t divisions_of(const ht_geography *e, size_t k, uint32_t *out) {
    const region_mention *m = &e->mentions[k];
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->n_codes && n < REGION_MAX_LIST; i++) out[n++] = m->codes[i];
    if (m->n_codes || m->n_list < 2) return n;
    for (uint32_t i = 0; i < m->n_list && k + i < e->n && n < REGION_MAX_LIST; i++)
        if (e->mentions[k + i].division != REGION_NONE) out[n++] = e->mentions[k + i].division;
    return n;
}

/* 棋盘井、蒙西、乌兰三个镇各1个: a row for each part. */
static void answer_each_part(const ht_geography *e, ht_arena *a, size_t k, uint32_t n,
                             uint32_t code, ht_region_answer *out) {
    uint32_t *codes = HT_ARRAY(a, uint32_t, n);
    ht_str *places = HT_ARRAY(a, ht_str, n);
    for (uint32_t i = 0; i < n; i++) {
        const region_mention *m = &e->mentions[k + i];
        codes[i] = code;
        places[i] = m->place_end > m->place_start
                        ? ht_passage_str(e->p, m->place_start, m->place_end)
                        : gazetteer_name(e->g, m->division);
    }
    out->codes = codes;
    out->n_codes = n;
    out->places = places;
    out->each = true;
}

/* Where the clause of `start` begins, not before `from`. */
static uint32_t clause_of(const ht_geography *e, uint32_t from, uint32_t start) {
    while (start > from && !ends_clause(e->p->c[start - 1])) start--;
    return start;
}

static void answer_list(const ht_geography *e, ht_arena *a, size_t k, const uint32_t *divisions,
                        uint32_t n, uint32_t start, ht_region_answer *out) {
    const region_mention *m = &e->mentions[k];
    uint32_t order = order_of(e, m->list_end, start, n);
    if (order >= n) order = parallel_of(e, m->list_end, start, n);
    if (order >= n) order = parallel_of(e, clause_of(e, m->list_end, start), start, n);
    if (order < n) {
        out->code = gazetteer_code(e->g, divisions[order]);
        if (!m->n_codes && m->n_list == n)
            place_of(e, &e->mentions[k + order], out);
        else if (gazetteer_custom(e->g, divisions[order])) {
            out->scope = HT_SCOPE_PART;
            out->place = gazetteer_name(e->g, divisions[order]);
        }
        return;
    }
    uint32_t *codes = HT_ARRAY(a, uint32_t, n), n_codes = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t code = gazetteer_code(e->g, divisions[i]), j = 0;
        while (j < n_codes && codes[j] != code) j++;
        if (j == n_codes) codes[n_codes++] = code;
    }
    if (n_codes == 1) { /* several parts of one region */
        out->scope = HT_SCOPE_PART;
        out->place = ht_passage_str(e->p, m->start, m->list_end);
        if (m->n_list == n && is_each(e, m->list_end, start))
            answer_each_part(e, a, k, n, codes[0], out);
        else
            out->code = codes[0];
        return;
    }
    out->codes = codes;
    out->n_codes = n_codes;
    out->each = is_each(e, m->list_end, start);
}

/* The region around a part or a set that names none itself: what stands before it, else the base.
 */
static uint32_t region_around(const ht_geography *e, size_t k) {
    uint32_t sentence = ht_passage_sentence(e->p, e->mentions[k].start);
    for (size_t i = k; i-- > 0 && k - i <= MAX_AROUND;) {
        const region_mention *m = &e->mentions[i];
        if (m->start < e->p->sentences[sentence].start) break;
        if (mention_is(m, M_OUT | M_PENDING | M_RANK | M_COMPARE | M_NATIONAL)) continue;
        if (m->division != REGION_NONE && m->kind != MENTION_NOTHING) return m->division;
    }
    return e->base;
}

/* 北京、河北等17个省份: no region holds them all, and none of them stands for the others. */
static uint32_t around_all(const ht_geography *e, size_t k, const uint32_t *divisions, uint32_t n) {
    uint32_t around = region_around(e, k);
    for (uint32_t i = 0; i < n && around != REGION_NONE; i++)
        if (!gazetteer_within(e->g, divisions[i], around)) around = REGION_NONE;
    return around;
}

ht_region_answer answer_make(const ht_geography *e, ht_arena *a, const region_choice *choice,
                             uint32_t start, uint32_t end) {
    (void)end;
    uint32_t divisions[REGION_MAX_LIST], n;
    ht_region_answer out = {.rule = choice->rule, .confidence = choice->confidence};
    if (choice->mention == SIZE_MAX) {
        out.code = gazetteer_code(e->g, e->base);
        if (!out.code) out.confidence = "none";
        if (e->base != REGION_NONE && gazetteer_custom(e->g, e->base)) {
            out.scope = HT_SCOPE_PART;
            out.place = gazetteer_name(e->g, e->base);
        }
        return out;
    }
    const region_mention *m = &e->mentions[choice->mention];
    out.evidence_start = m->start;
    out.evidence_end = m->list_end;
    n = divisions_of(e, choice->mention, divisions);
    if (mention_is(m, M_OPEN) || (m->kind == MENTION_SET && !n)) {
        out.code = gazetteer_code(e->g, around_all(e, choice->mention, divisions, n));
        out.scope = HT_SCOPE_PART;
        out.place = ht_passage_str(e->p, m->start, m->list_end);
    } else if (n > 1)
        answer_list(e, a, choice->mention, divisions, n, start, &out);
    else if (m->kind != MENTION_NOTHING) {
        out.code = gazetteer_code(e->g, n ? divisions[0] : m->division);
        place_of(e, m, &out);
    }
    if (!out.code && !out.n_codes) out.confidence = "none";
    return out;
}

/* --- scope ---------------------------------------------------------------------------------------
 */

static bool clause_start(const ht_passage *p, uint32_t from, uint32_t at) {
    if (at > from && (p->c[at - 1] == 0x4EC5 || p->c[at - 1] == 0x5149)) at--; /* 仅美团, 光顺丰 */
    if (at <= from) return true;
    uint32_t back = at;
    while (back > from && at - back < MAX_BODY_NAME && ht_is_han(p->c[back - 1]) &&
           p->c[back - 1] != 0x7684) /* 的 */
        back--;
    if (back == at) return true;
    return back > from && p->c[back - 1] == 0x201C; /* “马背宣讲团” */
}

static bool starts_number(const ht_passage *p, uint32_t at) {
    if (p->c[at] == 0x201D) at++; /* ” */
    return is_digit(p->c[at]) || ht_passage_at(p, at, "近") || ht_passage_at(p, at, "超") ||
           ht_passage_at(p, at, "约") || ht_passage_at(p, at, "达");
}

static bool counts_people(const ht_passage *p, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++)
        if (p->c[i] == 0x4EBA || p->c[i] == 0x540D || p->c[i] == 0x4F4D) return true;
    return false;
}

static uint32_t institution_end(const ht_geography *e, const region_mention *m) {
    for (uint32_t i = m->end; i < m->end + MAX_INSTITUTION && i < e->p->n; i++) {
        uint32_t n = words_at(e->g, e->p, i, REGION_W_INSTITUTION, NULL);
        if (n) return i + n;
    }
    return m->end;
}

/* The institution that is the subject in front of the figure: the mention that decided, or an
 * organisation's seat behind it. */
static const region_mention *institution_before(const ht_geography *e, const region_choice *choice,
                                                uint32_t from, uint32_t start) {
    size_t k = mentions_until(e, start);
    if (!k || e->mentions[k - 1].start < from) return NULL;
    const region_mention *m = &e->mentions[k - 1];
    bool subject = m->start == from || !ht_is_han(e->p->c[m->start - 1]);
    if (!mention_is(m, M_INSTITUTION) || !subject || institution_end(e, m) > start) return NULL;
    for (uint32_t i = m->end; i < start; i++)
        if (e->p->c[i] == 0xFF1B || e->p->c[i] == ';') return NULL;
    return mention_is(m, M_SEAT) || choice->mention == k - 1 ? m : NULL;
}

void answer_scope(const ht_geography *e, const region_choice *choice, ht_region_answer *answer,
                  uint32_t start, uint32_t end) {
    const ht_passage *p = e->p;
    uint32_t from = p->sentences[ht_passage_sentence(p, start)].start;
    if (answer->scope != HT_SCOPE_WHOLE) return;
    if (start - from > MAX_SCOPE_REACH) from = start - MAX_SCOPE_REACH;
    if (choice->mention != SIZE_MAX && e->mentions[choice->mention].start > from &&
        e->mentions[choice->mention].list_end <= start) {
        uint32_t clause = e->mentions[choice->mention].start;
        while (clause > from && p->c[clause - 1] != 0xFF0C && p->c[clause - 1] != ',' &&
               p->c[clause - 1] != 0xFF1B && p->c[clause - 1] != 0x3001)
            clause--;
        from = clause;
    }
    const region_mention *body = institution_before(e, choice, from, start);
    if (body) {
        answer->scope = HT_SCOPE_ORGANISATION;
        answer->place = ht_passage_str(p, body->start, institution_end(e, body));
        return;
    }
    const uint64_t classes = UINT64_C(1) << REGION_W_BODY_THIS | UINT64_C(1) << REGION_W_BODY_NOUN |
                             UINT64_C(1) << REGION_W_URBAN | UINT64_C(1) << REGION_W_SAMPLE |
                             UINT64_C(1) << REGION_W_EVENT;
    for (uint32_t i = from; i < start; i++) {
        if (!(e->g->opening[p->c[i] % REGION_WORD_SLOTS] & classes)) continue;
        uint32_t n = words_at(e->g, p, i, REGION_W_BODY_THIS, NULL);
        if (!n && clause_start(p, from, i)) {
            n = words_at(e->g, p, i, REGION_W_BODY_NOUN, NULL);
            if (starts_number(p, i + n)) n = 0;
        }
        if (n) {
            answer->scope = HT_SCOPE_ORGANISATION;
            answer->place = ht_passage_str(p, i, i + n);
            return;
        }
        uint32_t left = i ? p->c[i - 1] : '\n';
        bool own = choice->mention != SIZE_MAX && i >= e->mentions[choice->mention].start &&
                   i < e->mentions[choice->mention].list_end; /* 老城区 of 洛阳 is a district */
        n = own || ht_is_han(left) ? 0 : words_at(e->g, p, i, REGION_W_URBAN, NULL);
        if (n) {
            answer->scope = HT_SCOPE_PART;
            answer->place = ht_passage_str(p, i, i + n);
            return;
        }
        n = words_at(e->g, p, i, REGION_W_SAMPLE, NULL);
        if (n) {
            answer->scope = HT_SCOPE_SAMPLE;
            answer->place = ht_passage_str(p, i, i + n);
            return;
        }
        n = words_at(e->g, p, i, REGION_W_EVENT, NULL);
        if (n && start - i < MAX_EVENT_GAP && counts_people(p, start, end)) {
            answer->scope = HT_SCOPE_EVENT;
            answer->place = ht_passage_str(p, i, i + n);
            return;
        }
    }
}
