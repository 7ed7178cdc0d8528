/* A passage -> its geography; the questions about the article as a whole. */
#include "extract/region/internal.h"

/* Where no date is known, names are read as they held when the tables were made. */
enum { MONTH_OF_TABLES = 2025 * 12 + 5 };

static int32_t month_of(ht_day day) {
    int year, month, of_month;
    if (day == HT_NO_DAY) return MONTH_OF_TABLES;
    ht_day_split(day, &year, &month, &of_month);
    return year * 12 + month - 1;
}

ht_geography *ht_geography_read(const ht_gazetteer *g, ht_arena *a, const ht_passage *p,
                                const ht_region_context *context) {
    ht_geography *e = HT_NEW(a, ht_geography);
    e->g = g;
    e->arena = a;
    e->p = p;
    e->month = month_of(context->dates.day);
    e->base = REGION_NONE;
    e->given = context->base_region ? gazetteer_find(g, context->base_region) : REGION_NONE;
    e->publisher = mention_of_text(g, a, context->publisher, e->month, true);
    e->dateline = mention_of_text(g, a, context->dateline_place, e->month, false);
    if (p->n_paras) {
        const ht_para *first = &p->paras[0];
        bool title = first->kind == HT_PARA_TITLE ||
                     (context->title.n &&
                      ht_str_eq(ht_passage_str(p, first->start, first->end), context->title));
        e->title_paras = title;
    }
    mentions_find(e);
    mentions_judge(e);
    evidence_accept(e);
    evidence_base(e);
    anaphora_resolve(e);
    return e;
}

uint32_t ht_geography_base(const ht_geography *g) {
    if (g->national) return REGION_CODE_COUNTRY;
    return gazetteer_code(g->g, g->base);
}

uint32_t ht_geography_most_specific(const ht_geography *g) {
    uint32_t best = REGION_NONE;
    for (size_t i = 0; i < g->n; i++) {
        const region_mention *m = &g->mentions[i];
        if (m->kind != MENTION_NAME || m->division == REGION_NONE) continue;
        if (mention_is(m, M_OUT | M_PENDING | M_SEAT)) continue;
        if (best == REGION_NONE || g->g->divisions[m->division].level > g->g->divisions[best].level)
            best = m->division;
    }
    return gazetteer_code(g->g, best);
}

bool ht_geography_covers(const ht_geography *g, uint32_t at) {
    size_t low = 0, high = g->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (g->mentions[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low < g->n && g->mentions[low].start <= at;
}

const char *ht_scope_name(ht_scope s) {
    static const char *const names[] = {"whole", "part", "organisation", "event", "sample"};
    return names[s];
}

uint32_t ht_region_code_at(const ht_geography *g, ht_arena *a, const ht_region_answer *r,
                           ht_day day) {
    int32_t month = month_of(day);
    if (day == HT_NO_DAY || month >= g->month || !r->code || r->evidence_end <= r->evidence_start)
        return r->code;
    ht_str name = ht_passage_str(g->p, r->evidence_start, r->evidence_end);
    uint32_t then = mention_of_text(g->g, a, name, month, false);
    if (then == REGION_NONE) return r->code;
    uint32_t now = gazetteer_in_force(g->g, then, g->month);
    return gazetteer_code(g->g, now) == r->code ? gazetteer_code(g->g, then) : r->code;
}
