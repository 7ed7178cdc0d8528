#include "stats/inner.h"

#include <string.h>

typedef struct {
    ht_stats *s;
    stats_cell cell; /* that is being gathered; in the scratch arena, as what follows */
    ht_str key;      /* its bytes in a record; empty: none is */
    size_t cap;
} gatherer;

static cell_role role_of(ht_str word) {
    if (ht_str_eq(word, HT_S("copy"))) return ROLE_COPY;
    return ht_str_eq(word, HT_S("repeat")) ? ROLE_REPEAT : ROLE_AGREES;
}

/* What most figures of a cell have in common is kept once. */
static ht_str copy_unless(ht_arena *a, ht_str s, ht_str same) {
    return ht_str_eq(s, same) ? same : ht_str_copy(a, s);
}

static void add_figure(gatherer *g, const ht_str *m) {
    ht_arena *a = &g->s->scratch;
    stats_cell *c = &g->cell;
    static const cell_figure none = {0};
    const cell_figure *last = c->n ? &c->figures[c->n - 1] : &none;
    cell_figure f = {
        .figure_id = ht_str_copy(a, m[M_FIGURE_ID]),
        .article_id = copy_unless(a, m[M_ARTICLE_ID], last->article_id),
        .publisher = copy_unless(a, m[M_PUBLISHER], last->publisher),
        .date = copy_unless(a, m[M_DATE], last->date),
        .basis = copy_unless(a, m[M_BASIS], last->basis),
        .qualifier = copy_unless(a, m[M_QUALIFIER], last->qualifier),
        .region = copy_unless(a, m[M_REGION], last->region),
        .region_level = copy_unless(a, m[M_REGION_LEVEL], last->region_level),
        .value = ht_number_parse(m[M_VALUE]),
        .low = ht_number_parse(m[M_LOW]),
        .high = ht_number_parse(m[M_HIGH]),
        .step = ht_number_parse(m[M_STEP]),
        .confidence = stats_confidence(m[M_CONFIDENCE]),
        .role = role_of(m[M_ROLE]),
        .corrected = m[M_CORRECTED].n > 0,
    };
    f.originator = ht_str_eq(m[M_ORIGINATOR], m[M_PUBLISHER])
                       ? f.publisher
                       : copy_unless(a, m[M_ORIGINATOR], last->originator);
    *HT_PUSH(a, c->figures, c->n, g->cap) = f;
}

static void gather(gatherer *g, ht_str record) {
    ht_arena *a = &g->s->scratch;
    ht_str m[N_MENTION];
    record_unpack(a, record, m, N_MENTION_KEY + 1, N_MENTION);
    if (!g->key.n) {
        g->key = ht_str_copy(a, ht_sub(record, 0, record_key_bytes(record, N_MENTION_KEY)));
        for (int i = 0; i < N_MENTION_KEY; i++) g->cell.key[i] = ht_str_copy(a, m[i]);
        g->cell.whole = ht_str_copy(a, m[M_WHOLE]);
    }
    add_figure(g, m);
}

/* --choose takes the place of what the codebook chooses by, not of what it says about figures that
 * cannot be chosen among: those that are added up, and shares of different things. */
static cell_aggregate aggregate_of(const ht_stats *s, const ht_indicator *indicator) {
    cell_aggregate own = cell_aggregate_of(indicator->aggregate);
    if (!s->options.choose.n || own == AGGREGATE_SUM || own == AGGREGATE_NONE) return own;
    return cell_aggregate_of(s->options.choose);
}

static ht_status end_cell(gatherer *g, stats_cell_visit visit, void *context, ht_error *e) {
    ht_stats *s = g->s;
    ht_status status = HT_OK;
    if (g->cell.n) {
        const ht_indicator *indicator = stats_indicator(s->codebook, g->cell.key[M_INDICATOR]);
        cell_rules rules = {aggregate_of(s, indicator), indicator->min, indicator->max};
        if (cell_decide(&g->cell.c, &s->scratch, g->cell.figures, g->cell.n, &rules))
            status = visit(context, &g->cell, e);
    }
    *g = (gatherer){.s = s};
    ht_arena_reset(&s->scratch);
    return status;
}

ht_status tabulate(ht_stats *s, stats_cell_visit visit, void *context, ht_error *e) {
    gatherer g = {.s = s};
    ht_arena_reset(&s->scratch);
    ht_status status = s->mentions ? sorter_rewind(s->mentions, e) : HT_OK;
    for (bool more = s->mentions != NULL; status == HT_OK && more;) {
        ht_str record = {NULL, 0};
        status = sorter_next(s->mentions, &record, &more, e);
        if (status != HT_OK) break;
        bool same = more && g.key.n && ht_str_starts(record, g.key);
        if (!same) status = end_cell(&g, visit, context, e);
        if (more && status == HT_OK) gather(&g, record);
    }
    return status;
}
