/* The stage: a passage goes in, its figures come out. */
#include "extract/figure/context.h"

#include <string.h>

enum {
    REPEAT_REACH = 1000, /* figures; keeps a page of nothing but numbers linear */
    MEASURE_REACH = 100, /* figures of one sentence */
    COUNTRY = 100000,
};

static bool same_number(ht_number a, ht_number b) {
    return a.ok == b.ok && (!a.ok || ht_number_cmp(a, b) == 0);
}

/* 其中: the figure before, in the same sentence, that this one is a part of. */
static int32_t part_of(const context *x, const ht_reading *r, const ht_figure *f, size_t i) {
    place at = place_of(x, i);
    uint32_t word = cues_last(&x->words, at.sentence_start, f->q->start, W_PART);
    if (word == UINT32_MAX) return -1;
    for (size_t k = r->n_figures; k-- > 0;) {
        const ht_figure *whole = &r->figures[k];
        if (whole->q->start < at.sentence_start) break;
        if (whole->q->start > word || !ht_str_eq(whole->q->unit, f->q->unit)) continue;
        if (whole->q->value.ok && f->q->value.ok && ht_number_cmp(whole->q->value, f->q->value) > 0)
            return (int32_t)k;
    }
    return -1;
}

static int32_t repeat_of(const ht_reading *r, const ht_figure *f) {
    if (!f->indicator) return -1;
    size_t from = r->n_figures > REPEAT_REACH ? r->n_figures - REPEAT_REACH : 0;
    for (size_t k = from; k < r->n_figures; k++) {
        const ht_figure *o = &r->figures[k];
        if (o->indicator == f->indicator && o->region.code == f->region.code &&
            ht_str_eq(o->q->unit, f->q->unit) && same_number(o->q->value, f->q->value) &&
            same_number(o->q->low, f->q->low) && same_number(o->q->high, f->q->high) &&
            o->repeat_of < 0 && (o->subtype == f->subtype || !o->subtype || !f->subtype) &&
            o->q != f->q)
            return (int32_t)k;
    }
    return -1;
}

static const char *weaker(const char *a, const char *b) {
    static const char order[] = "nlmh"; /* none, low, medium, high */
    size_t i = 0, k = 0;
    while (order[i] && order[i] != a[0]) i++;
    while (order[k] && order[k] != b[0]) k++;
    return i < k ? a : b;
}

static bool is_change(const ht_figure *f) {
    if (ht_str_eq(ht_str_of(f->measure), HT_S("decrease"))) return true;
    bool rate = f->q->kind == HT_RATE && !ht_str_starts(f->q->dimension, HT_S("count:"));
    return rate || (f->q->kind == HT_SHARE && (ht_str_eq(ht_str_of(f->measure), HT_S("increase")) ||
                                               ht_str_eq(ht_str_of(f->measure), HT_S("growth"))));
}

/* 由24家增至53家: the first number is how it was, at a time that the text need not name. */
static bool is_former(const context *x, size_t i, const ht_asof *asof) {
    uint32_t opens;
    return !asof->asof.n && change_of(x, i, &opens) == CHANGE_FROM;
}

/* The noun of the figure's own where one number has several, or several stand in step. */
static noun noun_for(const context *x, size_t i, const binding *b) {
    noun n = noun_of(x, i), own = {b->start, b->end, false};
    if (n.behind && n.end > n.start) return n;
    if (own.end > own.start && ht_str_eq(ht_str_of(b->rule), HT_S("each"))) return own;
    if (!pair_noun(x, i, &own.start, &own.end)) return n;
    uint32_t length;
    while (own.start < own.end && /* 目前全市友好商户 */
           cue_at(x->p, own.start, own.end, &length) & (W_ADVERB | W_DEICTIC | W_PART))
        own.start += length;
    return unknown_chars(x, own.start, own.end) ? own : n; /* 盈江、陇川分别…: places */
}

/* The noun phrase, and where a term decided, never less than the term. */
static void set_counted(ht_figure *f, const binding *b, noun counted) {
    bool phrase = counted.end > counted.start, term = b->end > b->start;
    f->counted_start = phrase ? counted.start : b->start;
    f->counted_end = phrase ? counted.end : b->end;
    if (phrase && term && counted.behind && b->start > counted.end) { /* behind a relative clause */
        f->counted_start = b->start;
        f->counted_end = b->end;
    }
    if (!phrase || !term || b->end < counted.start || b->start > counted.end) return;
    if (b->start < f->counted_start) f->counted_start = b->start;
    if (b->end > f->counted_end) f->counted_end = b->end;
}

/* Of the figure in the same sentence that this one may be a part of, the nearest of its unit that is
 * not smaller; else of the figure before. NULL if there is none; cells of a table follow no other. */
static const char *measure_before(const context *x, const ht_reading *r, const ht_quantity *q) {
    const char *last = NULL;
    uint32_t from = x->p->sentences[ht_passage_sentence(x->p, q->start)].start;
    size_t least = r->n_figures > MEASURE_REACH ? r->n_figures - MEASURE_REACH : 0;
    if (x->p->paras[ht_passage_para(x->p, q->start)].kind == HT_PARA_ROW) return NULL;
    for (size_t n = r->n_figures; n-- > least;) {
        const ht_figure *f = &r->figures[n];
        if (f->q == q) continue; /* slots of the same number */
        if (f->q->start < from) break;
        if (!last && (f->q->kind == q->kind || q->kind == HT_SHARE)) last = f->measure;
        if (ht_str_eq(f->q->unit, q->unit) && f->q->value.ok && q->value.ok &&
            ht_number_cmp(f->q->value, q->value) >= 0)
            return f->measure;
    }
    return last;
}

static void add_figure(const context *x, ht_reading *r, size_t *cap, size_t i, const binding *b,
                       const ht_region_answer *region, const ht_asof *asof, uint8_t slot) {
    const ht_codebook *cb = x->reader->codebook;
    noun counted = noun_for(x, i, b);
    ht_figure f = {.q = &x->q[i], .slot = slot, .region = *region, .asof = *asof};
    f.indicator = b->indicator >= 0 ? &cb->indicators[b->indicator] : NULL;
    f.measure =
        measure_of(x, i, f.indicator, asof->period_from.n > 0, measure_before(x, r, &x->q[i]));
    /* A fall and a rate of change are no values of an indicator. */
    if (is_change(&f)) f.indicator = NULL;
    if (f.indicator && b->subtype >= 0) f.subtype = &f.indicator->subtypes[b->subtype];
    set_counted(&f, b, counted);
    f.modality = modality_of(x, i);
    f.compared_to = compared_to(x, i);
    f.base = base_of(x, i);
    f.attributed_to = attributed_to(x, i);
    f.rule = b->rule;
    f.confidence =
        weaker(b->confidence, region->code || region->n_codes ? region->confidence : "medium");
    if (is_former(x, i, asof)) {
        f.rule = "former";
        f.confidence = "low";
    }
    f.part_of = part_of(x, r, &f, i);
    f.repeat_of = repeat_of(r, &f);
    *HT_PUSH(x->arena, r->figures, r->n_figures, *cap) = f;
}

/* 三地合计占全省的六成: a share that several regions have together is one of the region around
 * them. */
static void share_of_whole(const context *x, ht_region_answer *region) {
    uint32_t whole = region->codes[0];
    for (size_t k = 1; k < region->n_codes; k++)
        while (whole && !ht_region_within(x->reader->gazetteer, region->codes[k], whole))
            whole = ht_region_parent(x->reader->gazetteer, whole);
    if (!whole || whole == COUNTRY) return; /* of several provinces: of none */
    region->code = whole;
    region->codes = NULL;
    region->n_codes = 0;
}

/* The last month or the day of an as-of date of any precision; HT_NO_DAY if it is empty. */
static ht_day day_of(ht_str asof) {
    static const char last[] = "0000-12-01";
    char day[sizeof last];
    if (!asof.n || asof.n >= sizeof day) return HT_NO_DAY;
    memcpy(day, asof.p, asof.n);
    memcpy(day + asof.n, last + asof.n, sizeof last - asof.n);
    return ht_day_parse((ht_str){day, sizeof last - 1});
}

/* One figure for each thing that the number counts, or for each region that it is said of. */
static void add_figures(const context *x, ht_reading *r, size_t *cap, size_t i, const binding *b,
                        size_t n_bindings) {
    const ht_quantity *q = &x->q[i];
    size_t date = pair_date(x, i); /* its own of several, else whichever governs */
    const ht_date *dates = date == SIZE_MAX ? x->dates : &x->dates[date];
    size_t n_dates = date == SIZE_MAX ? x->n_dates : 1;
    ht_asof asof = ht_asof_of(x->arena, x->p, dates, n_dates, x->when, q->start, q->end, x->trace);
    ht_region_answer region = ht_region_resolve(x->geography, x->arena, q->start, q->end, x->trace);
    region.code = ht_region_code_at(x->geography, x->arena, &region, day_of(asof.asof));
    uint8_t slot = 0;
    if (q->kind == HT_SHARE && region.n_codes > 1 && !region.each) share_of_whole(x, &region);
    if (region.each && region.n_codes) {
        for (size_t k = 0; k < region.n_codes && slot < UINT8_MAX; k++) {
            ht_region_answer one = region;
            one.code = region.codes[k];
            one.codes = NULL;
            one.n_codes = 0;
            if (region.places) one.place = region.places[k];
            add_figure(x, r, cap, i, &b[0], &one, &asof, slot++);
        }
        return;
    }
    for (size_t k = 0; k < n_bindings; k++) add_figure(x, r, cap, i, &b[k], &region, &asof, slot++);
}

void ht_read(const ht_reader *reader, ht_arena *a, const ht_passage *p,
             const ht_region_context *where, ht_reading *out, ht_trace *trace) {
    *out = (ht_reading){0};
    ht_hit *hits = NULL;
    context x = {.reader = reader, .arena = a, .p = p, .when = where->dates, .trace = trace};
    ht_dates_find(a, p, where->dates, &out->dates, &out->n_dates);
    ht_quantities_find(reader->lexicon, a, p, out->dates, out->n_dates, &out->quantities,
                       &out->n_quantities, trace);
    out->geography = ht_geography_read(reader->gazetteer, a, p, where);
    ht_codebook_hits(reader->codebook, a, p, &hits, &x.n_hits);
    cues_mark(&x.words, a, p);
    x.q = out->quantities;
    x.n_q = out->n_quantities;
    x.dates = out->dates;
    x.n_dates = out->n_dates;
    x.hits = hits;
    x.geography = out->geography;
    places_find(&x);
    nouns_find(&x);
    binding *done = HT_ARRAY(a, binding, x.n_q), b[MAX_BINDINGS];
    size_t cap = 0;
    for (size_t i = 0; i < x.n_q; i++) {
        done[i] = (binding){-1, -1, 0, 0, "none", "high"};
        if (!ht_kind_is_statistic(x.q[i].kind)) continue;
        size_t n = bind_quantity(&x, i, done, b);
        done[i] = b[n - 1];
        add_figures(&x, out, &cap, i, b, n);
    }
}
