/* One figure -> its region: rules R0-R6 of docs/regions.md, the first that gives one. */
#include "extract/region/choice.h"

#include <string.h>

enum {
    MAX_BACK = 48,         /* mentions looked back over in a sentence */
    MAX_REACH = 400,       /* code points between a mention and its figure */
    MAX_SENTENCES = 8,     /* carried over at most */
    MAX_HEADING = 24,      /* characters of a line that is a heading */
    MAX_HEADING_BACK = 16, /* paragraphs */
    MAX_SPEECH = 30,       /* characters between a speaker and 介绍 */
    MAX_QUOTE_SPEAKER = 3, /* characters between ” and the speaker */
    MAX_ROW = 4000,        /* characters of a table row that are read */
    MAX_ROWS = 200,        /* of a table, back to its head */
};

static bool has_char(const ht_passage *p, uint32_t from, uint32_t to, uint32_t c, uint32_t d) {
    for (uint32_t i = from; i < to; i++)
        if (p->c[i] == c || p->c[i] == d) return true;
    return false;
}

static bool semicolon(const ht_passage *p, uint32_t from, uint32_t to) {
    return has_char(p, from, to, 0xFF1B, ';');
}

/* Is the mention inside brackets that close before the figure? */
static bool bracketed(const ht_passage *p, const region_mention *m, uint32_t to) {
    int depth = 0;
    if (to - m->end > MAX_REACH) to = m->end + MAX_REACH;
    for (uint32_t i = m->end; i < to; i++) {
        if (p->c[i] == '(' || p->c[i] == 0xFF08) depth++;
        if (p->c[i] == ')' || p->c[i] == 0xFF09) depth--;
        if (depth < 0) return true;
    }
    return false;
}

/* 另在, 另有 at the head of a clause: something else than the part before. */
static bool another(const ht_passage *p, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++)
        if (p->c[i] == 0x53E6 && i && !ht_is_han(p->c[i - 1])) return true;
    return false;
}

static bool is_share(const ht_passage *p, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++)
        if (p->c[i] == '%' || p->c[i] == 0x2030 || p->c[i] == 0x6210 || p->c[i] == 0x534A ||
            ht_passage_at(p, i, "分之"))
            return true;
    return false;
}

static bool is_place(const region_mention *m) {
    return !mention_is(m, M_OUT | M_PENDING | M_SEAT | M_RANK | M_ABROAD_OK);
}

size_t mentions_until(const ht_geography *e, uint32_t at) {
    size_t low = 0, high = e->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (e->mentions[mid].start < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Of a list the first item stands for all. */
static size_t list_first(const ht_geography *e, size_t k) {
    while (k && mention_is(&e->mentions[k], M_LISTED)) k--;
    return k;
}

typedef struct {
    size_t strong, organ, venue, seat; /* mention indexes, SIZE_MAX: none */
} candidates;

static bool comma(const ht_passage *p, uint32_t at) {
    bool grouped = p->c[at] == ',' && p->c[at + 1] >= '0' && p->c[at + 1] <= '9' && at &&
                   p->c[at - 1] >= '0' && p->c[at - 1] <= '9'; /* 2,874 */
    return p->c[at] == 0xFF0C || (p->c[at] == ',' && !grouped);
}

/* 其中吴兴区88个，…: a part has had its number, and the next clause is about the whole again. */
static bool part_is_done(const ht_passage *p, uint32_t from, uint32_t to) {
    bool number = false;
    for (uint32_t i = from; i < to; i++) {
        number |= p->c[i] >= '0' && p->c[i] <= '9';
        if (number && comma(p, i)) return true;
    }
    return false;
}

/* 其中吴兴区88个、南浔区61个: what follows a part without a comma is a part too. */
static bool in_subset(const ht_geography *e, size_t k) {
    for (size_t i = k; !mention_is(&e->mentions[i], M_SUBSET); i--) {
        if (!i || k - i > MAX_BACK) return false;
        for (uint32_t at = e->mentions[i - 1].end; at < e->mentions[i].start; at++)
            if (comma(e->p, at) || e->p->c[at] == 0x3002 || e->p->c[at] == '\n') return false;
    }
    return true;
}

/* 其中 stands before the mention, with no semicolon between: what is said of it is over at the next. */
static bool divides(const ht_geography *e, size_t k) {
    uint32_t at = e->mentions[k].start;
    for (size_t i = k + 1, n = 0; i-- > 0 && n < MAX_BACK; n++) {
        if (has_char(e->p, e->mentions[i].end < at ? e->mentions[i].end : at, at, 0x3002, '\n') ||
            semicolon(e->p, e->mentions[i].end < at ? e->mentions[i].end : at, at))
            return false;
        if (mention_is(&e->mentions[i], M_SUBSET)) return true;
    }
    return false;
}

/* 分布在长沙、衡阳等地，…: how far something reaches says nothing of the next clause. */
static bool only_reached(const ht_geography *e, const region_mention *m, uint32_t start) {
    if (!words_before(e->g, e->p, m->start, REGION_W_REACH_BEFORE, NULL)) return false;
    for (uint32_t i = m->list_end; i < start; i++)
        if (comma(e->p, i) || e->p->c[i] == 0xFF1B || e->p->c[i] == ';') return true;
    return false;
}

/* Does the mention speak for a figure at [start, end) to its right in the same sentence? */
static bool governs(const ht_geography *e, size_t k, uint32_t start, uint32_t end) {
    const ht_passage *p = e->p;
    const region_mention *m = &e->mentions[k];
    if (in_subset(e, k) && part_is_done(p, m->end, start)) return false;
    if (only_reached(e, &e->mentions[list_first(e, k)], start)) return false;
    bool broken = semicolon(p, m->end, start);
    if (bracketed(p, m, start)) return false;
    if (broken && divides(e, k)) return false;
    bool part = m->place_end > m->place_start || m->kind == MENTION_PART;
    if (part && (broken || another(p, m->list_end, start))) return false;
    if (broken && e->base != REGION_NONE) {
        uint32_t from = p->sentences[ht_passage_sentence(p, start)].start;
        if (mention_is(m, M_NATIONAL) && e->mentions[mentions_until(e, from)].start < m->start)
            return false;
        if (m->division != REGION_NONE && gazetteer_custom(e->g, m->division) &&
            m->division != e->base)
            return false;
    }
    if (mention_is(m, M_COMPARE) && (start - m->end > 1 || is_share(p, start, end))) return false;
    return true;
}

static candidates look_left(const ht_geography *e, uint32_t start, uint32_t end) {
    candidates found = {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
    uint32_t from = e->p->sentences[ht_passage_sentence(e->p, start)].start;
    size_t first = mentions_until(e, from), at = mentions_until(e, start);
    if (at - first > MAX_BACK) first = at - MAX_BACK;
    for (size_t k = at; k-- > first;) {
        const region_mention *m = &e->mentions[k];
        if (m->end > start || start - m->end > MAX_REACH) continue;
        if (mention_is(m, M_SEAT) && found.seat == SIZE_MAX) found.seat = k;
        if (!is_place(m) || !governs(e, k, start, end)) continue;
        if (mention_is(m, M_VENUE)) {
            if (found.venue == SIZE_MAX) found.venue = k;
        } else if (mention_is(m, M_SPEAKER)) {
            if (found.organ == SIZE_MAX) found.organ = k;
        } else {
            found.strong = k;
            break;
        }
    }
    if (found.strong != SIZE_MAX && found.organ != SIZE_MAX &&
        semicolon(e->p, e->mentions[found.strong].end, e->mentions[found.organ].start))
        found.strong = found.organ;
    return found;
}

/* --- R0: behind the figure -------------------------------------------------------------------- */

static size_t look_behind(const ht_geography *e, uint32_t end) {
    uint32_t c = e->p->c[end];
    size_t k = mentions_until(e, end);
    if (k >= e->n) return SIZE_MAX;
    const region_mention *m = &e->mentions[k];
    if (m->kind != MENTION_NAME || !is_place(m) || m->division == REGION_NONE) return SIZE_MAX;
    bool closed = e->p->c[m->end] == ')' || e->p->c[m->end] == 0xFF09;
    if ((c == '(' || c == 0xFF08) && m->start == end + 1 && closed) return k;
    return SIZE_MAX;
}

/* --- R3: who speaks -----------------------------------------------------------------------------
 */

static size_t look_right(const ht_geography *e, uint32_t end) {
    uint32_t s = ht_passage_sentence(e->p, end ? end - 1 : 0), to = e->p->sentences[s].end;
    bool quoted = to > end && e->p->c[to - 1] == 0x201D;
    for (size_t k = mentions_until(e, end), n = 0; k < e->n && n < MAX_BACK; k++, n++) {
        const region_mention *m = &e->mentions[k];
        if (m->start >= to && (!quoted || m->start > to + MAX_QUOTE_SPEAKER)) break;
        if (!is_place(m) || m->division == REGION_NONE || mention_is(m, M_NATIONAL)) continue;
        uint32_t far = m->end + MAX_SPEECH, i = m->end;
        while (i < far && i < e->p->n && e->p->c[i] != '\n' && e->p->c[i] != 0x3002 &&
               e->p->c[i] != 0xFF0C)
            i++;
        if (mention_is(m, M_SPEAKER) && words_within(e->g, e->p, m->end, i, REGION_W_SPEECH))
            return k;
    }
    return SIZE_MAX;
}

/* --- R4: carried --------------------------------------------------------------------------------
 */

/* What a sentence is about: its first mention that is no subset, comparison, venue or organ; else
 * its organ. */
static size_t topic_of(const ht_geography *e, uint32_t sentence, bool first_in_para) {
    const ht_sentence *s = &e->p->sentences[sentence];
    size_t organ = SIZE_MAX, to = mentions_until(e, s->end), n = 0;
    for (size_t k = mentions_until(e, s->start); k < to && n < MAX_BACK; k++, n++) {
        const region_mention *m = &e->mentions[k];
        bool part = m->place_end > m->place_start;
        if (!is_place(m) || m->kind == MENTION_NOTHING) continue;
        if (mention_is(m, M_COMPARE | M_SUBSET | M_VENUE | M_LISTED | M_OPEN)) continue;
        if (m->division == REGION_NONE && !m->n_codes) continue;
        if (part && (!first_in_para || organ != SIZE_MAX)) continue;
        if (bracketed(e->p, m, s->end)) continue;
        if (!mention_is(m, M_SPEAKER)) return k;
        if (organ == SIZE_MAX) organ = k;
    }
    return organ;
}

static bool has_topic_before(const ht_geography *e, uint32_t sentence) {
    uint32_t para = e->p->sentences[sentence].para;
    for (uint32_t k = sentence, n = 0; k-- > 0 && n < MAX_SENTENCES; n++) {
        if (e->p->sentences[k].para != para) break;
        if (topic_of(e, k, true) != SIZE_MAX) return true;
    }
    return false;
}

static size_t topic_before(const ht_geography *e, uint32_t sentence, uint32_t para) {
    for (uint32_t k = sentence, n = 0; k-- > 0 && n < MAX_SENTENCES; n++) {
        if (e->p->sentences[k].para != para) break;
        size_t topic = topic_of(e, k, !has_topic_before(e, k));
        if (topic != SIZE_MAX) return topic;
    }
    return SIZE_MAX;
}

static bool is_heading(const ht_geography *e, const ht_para *para) {
    if (para->kind == HT_PARA_HEADING) return true;
    if (para->end == para->start || para->end - para->start > MAX_HEADING) return false;
    uint32_t last = e->p->c[para->end - 1];
    return last == ':' || last == 0xFF1A;
}

static size_t heading_before(const ht_geography *e, uint32_t para) {
    for (uint32_t k = para, n = 0; k-- > 0 && n < MAX_HEADING_BACK; n++) {
        const ht_para *h = &e->p->paras[k];
        if (!is_heading(e, h)) continue;
        size_t first = mentions_until(e, h->start);
        for (size_t i = first; i < e->n && i - first < MAX_BACK && e->mentions[i].start < h->end; i++)
            if (is_place(&e->mentions[i]) && e->mentions[i].kind == MENTION_NAME &&
                e->mentions[i].division != REGION_NONE)
                return i;
        if (h->kind == HT_PARA_HEADING) break;
    }
    return SIZE_MAX;
}

/* A paragraph that names one region only is about it, also in front of the name. */
static size_t only_in_para(const ht_geography *e, const ht_para *para, uint32_t end) {
    size_t only = SIZE_MAX, n = 0;
    for (size_t i = mentions_until(e, end); i < e->n && e->mentions[i].start < para->end; i++) {
        const region_mention *m = &e->mentions[i];
        if (++n > MAX_BACK) return SIZE_MAX;
        if (!is_place(m) || mention_is(m, M_SUBSET | M_COMPARE | M_VENUE)) continue;
        if (m->kind == MENTION_ORGAN || m->place_end > m->place_start) continue;
        if (m->kind != MENTION_NAME || m->division == REGION_NONE || m->n_list > 1 ||
            mention_is(m, M_LISTED | M_NATIONAL))
            return SIZE_MAX;
        if (only != SIZE_MAX && e->mentions[only].division != m->division) return SIZE_MAX;
        if (only == SIZE_MAX) only = i;
    }
    return only;
}

/* --- tables -------------------------------------------------------------------------------------
 */

static uint32_t column_of(const ht_passage *p, const ht_para *row, uint32_t at) {
    uint32_t column = 0;
    for (uint32_t i = row->start; i < at; i++) column += p->c[i] == '\t';
    return column;
}

static bool is_row(const ht_passage *p, const ht_para *para) {
    uint32_t end = para->end - para->start > MAX_REACH ? para->start + MAX_REACH : para->end;
    return para->kind == HT_PARA_ROW || has_char(p, para->start, end, '\t', '\t');
}

/* The region that heads the column. */
static size_t column_head(const ht_geography *e, uint32_t para, uint32_t at) {
    uint32_t top = para, column;
    if (at - e->p->paras[para].start > MAX_ROW) return SIZE_MAX;
    column = column_of(e->p, &e->p->paras[para], at);
    while (top && para - top < MAX_ROWS && is_row(e->p, &e->p->paras[top - 1])) top--;
    const ht_para *head = &e->p->paras[top];
    for (size_t i = mentions_until(e, head->start); top < para && i < e->n; i++) {
        const region_mention *m = &e->mentions[i];
        if (m->start >= head->end || m->start - head->start > MAX_ROW) break;
        if (is_place(m) && m->division != REGION_NONE && column_of(e->p, head, m->start) == column)
            return i;
    }
    return SIZE_MAX;
}

/* ------------------------------------------------------------------------------------------------
 */

static region_choice choose(const ht_geography *e, uint32_t start, uint32_t end) {
    uint32_t sentence = ht_passage_sentence(e->p, start);
    uint32_t para = e->p->sentences[sentence].para;
    size_t k = look_behind(e, end);
    if (k != SIZE_MAX) return (region_choice){k, "R0", "high"};
    candidates left = look_left(e, start, end);
    if (left.strong != SIZE_MAX) {
        k = list_first(e, left.strong);
        const region_mention *m = &e->mentions[k];
        return (region_choice){k,
                               mention_is(m, M_NATIONAL)    ? "national"
                               : m->kind == MENTION_ANAPHOR ? "R2"
                                                            : "R1",
                               "high"};
    }
    if (is_row(e->p, &e->p->paras[para])) {
        k = column_head(e, para, start);
        if (k != SIZE_MAX) return (region_choice){k, "R5", "medium"};
    }
    if (left.organ != SIZE_MAX)
        return (region_choice){list_first(e, left.organ),
                               mention_is(&e->mentions[left.organ], M_NATIONAL) ? "national" : "R1",
                               "medium"};
    k = look_right(e, end);
    if (k != SIZE_MAX) return (region_choice){k, "R3", "medium"};
    k = topic_before(e, sentence, para);
    if (k != SIZE_MAX) return (region_choice){list_first(e, k), "R4", "medium"};
    if (para && words_at(e->g, e->p, e->p->paras[para].start, REGION_W_CARRY_OPEN, NULL)) {
        uint32_t first = sentence;
        while (first && e->p->sentences[first - 1].para == para) first--;
        k = topic_before(e, first, para - 1);
        if (k != SIZE_MAX) return (region_choice){list_first(e, k), "R4", "low"};
    }
    k = heading_before(e, para);
    if (k != SIZE_MAX) return (region_choice){k, "R5", "medium"};
    k = only_in_para(e, &e->p->paras[para], end);
    if (k != SIZE_MAX) return (region_choice){k, "R4", "low"};
    if (e->base == REGION_NONE) {
        k = left.venue != SIZE_MAX ? left.venue : left.seat;
        if (k != SIZE_MAX) return (region_choice){k, "R6", "low"};
    }
    return (region_choice){SIZE_MAX, e->base == REGION_NONE ? "none" : "R6", "medium"};
}

static void trace_answer(const ht_geography *e, ht_arena *a, const ht_region_answer *x,
                         uint32_t start, uint32_t end, ht_trace *trace) {
    ht_buf b;
    ht_buf_init(&b, a);
    if (x->n_codes)
        ht_buf_printf(&b, x->each ? "one each for" : "together");
    else if (!x->code)
        ht_buf_printf(&b, "no region");
    else
        ht_buf_printf(&b, "%06u " HT_FMT, x->code, HT_ARG(ht_region_name(e->g, x->code)));
    for (size_t i = 0; i < x->n_codes; i++)
        ht_buf_printf(&b, " %06u " HT_FMT, x->codes[i], HT_ARG(ht_region_name(e->g, x->codes[i])));
    if (x->scope != HT_SCOPE_WHOLE)
        ht_buf_printf(&b, ", %s " HT_FMT, ht_scope_name(x->scope), HT_ARG(x->place));
    if (x->evidence_end > x->evidence_start)
        ht_buf_printf(&b, ", because of " HT_FMT,
                      HT_ARG(ht_passage_str(e->p, x->evidence_start, x->evidence_end)));
    else if (x->code)
        ht_buf_printf(&b, ", what the article is about");
    ht_str words = ht_buf_str(&b);
    ht_trace_add(trace, start, end, x->rule, HT_FMT, HT_ARG(words));
}

/* The part that the sentences since the topic's have turned to: 华中物流园 … . 园内有215家企业. A
 * sentence that opens with 据悉, 目前 … turns back. */
static const region_mention *part_since(const ht_geography *e, size_t topic, uint32_t start) {
    const ht_sentence *s = &e->p->sentences[ht_passage_sentence(e->p, start)];
    const ht_para *para = &e->p->paras[s->para];
    if (words_at(e->g, e->p, s->start, REGION_W_CARRY_OPEN, NULL)) return NULL;
    for (size_t k = mentions_until(e, s->start), n = 0; k-- > 0 && n < MAX_BACK; n++) {
        const region_mention *m = &e->mentions[k];
        if (k == topic || m->start < para->start) break;
        bool part = m->place_end > m->place_start || m->kind == MENTION_PART;
        if (is_place(m) && part && !mention_is(m, M_SUBSET | M_COMPARE)) return m;
    }
    return NULL;
}

ht_region_answer ht_region_resolve(const ht_geography *g, ht_arena *a, uint32_t start, uint32_t end,
                                   ht_trace *trace) {
    region_choice choice = choose(g, start, end);
    ht_region_answer answer = answer_make(g, a, &choice, start, end);
    answer_scope(g, &choice, &answer, start, end);
    bool carried = choice.mention != SIZE_MAX && strcmp(choice.rule, "R4") == 0;
    const region_mention *part = carried ? part_since(g, choice.mention, start) : NULL;
    if (part && answer.scope == HT_SCOPE_WHOLE) {
        answer.scope = HT_SCOPE_PART;
        answer.place = part->place_end > part->place_start
                           ? ht_passage_str(g->p, part->place_start, part->place_end)
                           : ht_passage_str(g->p, part->start, part->end);
    }
    if (trace) trace_answer(g, a, &answer, start, end, trace);
    return answer;
}
