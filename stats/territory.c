#include "stats/territory.h"

#include "stats/period.h"

#include <stdio.h>
#include <string.h>

enum { MAX_HOPS = 16, TODAY = INT32_MAX - 1 };

const char *place_change_name(place_change change) {
    static const char *const names[] = {"same", "renamed", "merged", "split", "gone", "later"};
    return names[change];
}

uint32_t territory_code(ht_str digits) {
    uint32_t code = 0;
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.n != 6 || digits.p[i] < '0' || digits.p[i] > '9') return 0;
        code = code * 10 + (uint32_t)(digits.p[i] - '0');
    }
    return code;
}

static bool in_force(const ht_division *d, int32_t month) {
    return d->from <= month && month < d->to;
}

static int32_t distance(const ht_division *d, int32_t month) {
    return month < d->from ? d->from - month : month >= d->to ? month - d->to + 1 : 0;
}

uint32_t territory_division(const territory *t, uint32_t code, int32_t month) {
    uint32_t low = 0, high = t->n, best = TERRITORY_NONE;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (t->divisions[mid].code < code)
            low = mid + 1;
        else
            high = mid;
    }
    for (uint32_t i = low; i < t->n && t->divisions[i].code == code; i++)
        if (best == TERRITORY_NONE ||
            distance(&t->divisions[i], month) < distance(&t->divisions[best], month))
            best = i;
    return best;
}

static uint32_t target_of(const territory *t, uint32_t i) {
    for (int hop = 0; hop < MAX_HOPS; hop++) {
        const ht_division *d = &t->divisions[i];
        if (t->day_month < d->to) return in_force(d, t->day_month) ? i : TERRITORY_NONE;
        uint32_t next = territory_division(t, d->successor ? d->successor : d->code, t->day_month);
        if (d->n_successors > 1 || next == TERRITORY_NONE || next == i) break;
        i = next;
    }
    return TERRITORY_NONE;
}

static int32_t month_of_day(ht_str day) {
    return day.n >= 7 ? period_last_month(ht_sub(day, 0, 7)) : -1;
}

void territory_init(territory *t, ht_arena *a, const ht_gazetteer *g, ht_str day) {
    *t = (territory){.arena = a, .n = ht_division_count(g), .day_month = month_of_day(day)};
    t->divisions = HT_ARRAY(a, ht_division, t->n);
    for (uint32_t i = 0; i < t->n; i++) t->divisions[i] = ht_division_get(g, i);
    ht_map_init(&t->places, a);
    if (t->day_month < 0) return;
    t->targets = HT_ARRAY(a, uint32_t, t->n);
    t->first = HT_ARRAY(a, uint32_t, t->n);
    t->next = HT_ARRAY(a, uint32_t, t->n);
    memset(t->first, 0xFF, t->n * sizeof *t->first);
    for (uint32_t i = t->n; i-- > 0;) {
        uint32_t target = t->targets[i] = target_of(t, i);
        if (target == TERRITORY_NONE) continue;
        t->next[i] = t->first[target];
        t->first[target] = i;
    }
}

static bool is_within(const territory *t, uint32_t inner, uint32_t outer, int32_t month) {
    uint32_t code = t->divisions[inner].parent;
    for (int hop = 0; code && hop < MAX_HOPS; hop++) {
        uint32_t i = territory_division(t, code, month);
        if (i == TERRITORY_NONE) return false;
        if (i == outer) return true;
        code = t->divisions[i].parent;
    }
    return false;
}

size_t territory_parts(const territory *t, uint32_t target, int32_t month, uint32_t **parts) {
    size_t n = 0, cap = 0, kept = 0;
    *parts = NULL;
    for (uint32_t i = t->first[target]; i != TERRITORY_NONE; i = t->next[i])
        if (in_force(&t->divisions[i], month)) *HT_PUSH(t->arena, *parts, n, cap) = i;
    for (size_t i = 0; i < n; i++) {
        bool inner = false;
        for (size_t k = 0; k < n && !inner; k++)
            inner = k != i && is_within(t, (*parts)[i], (*parts)[k], month);
        if (!inner) (*parts)[kept++] = (*parts)[i];
    }
    return kept;
}

static place_change change_of(const territory *t, uint32_t from, uint32_t to, int32_t month) {
    const ht_division *d = &t->divisions[from];
    if (to == TERRITORY_NONE)
        return t->day_month < d->from ? PLACE_LATER
               : d->n_successors > 1  ? PLACE_SPLIT
                                      : PLACE_GONE;
    uint32_t *parts;
    size_t n = territory_parts(t, to, month, &parts);
    if (n > 1 || (n == 1 && parts[0] != from)) return PLACE_MERGED;
    return from == to ? PLACE_SAME : PLACE_RENAMED;
}

/* A figure of the year in which its division was dissolved is one of the time before. */
static int32_t clamped(const ht_division *d, int32_t month) {
    if (month >= d->to) month = d->to - 1;
    return month < d->from ? d->from : month;
}

static void place_fill(const territory *t, territory_place *p) {
    int32_t month = period_last_month(p->period);
    if (month < 0) month = t->day_month;
    p->from = territory_division(t, territory_code(p->code), month);
    p->to = p->from == TERRITORY_NONE ? TERRITORY_NONE : t->targets[p->from];
    p->change = p->from == TERRITORY_NONE
                    ? PLACE_SAME
                    : change_of(t, p->from, p->to, clamped(&t->divisions[p->from], month));
}

territory_place *territory_find(territory *t, ht_str code, ht_str period) {
    char bytes[64];
    int n = snprintf(bytes, sizeof bytes, HT_FMT "\n" HT_FMT, HT_ARG(code), HT_ARG(period));
    ht_str key = {bytes, n > 0 ? (size_t)n : 0};
    if (key.n >= sizeof bytes) /* of someone else's JSON Lines */
        key = ht_format(t->arena, HT_FMT "\n" HT_FMT, HT_ARG(code), HT_ARG(period));
    const uint32_t *at = ht_map_get(&t->places, key);
    if (at) return &t->found[*at];
    *ht_map_put(&t->places, ht_str_copy(t->arena, key)) = (uint32_t)t->n_found;
    territory_place *p = HT_PUSH(t->arena, t->found, t->n_found, t->cap_found);
    *p = (territory_place){.code = ht_str_copy(t->arena, code),
                           .period = ht_str_copy(t->arena, period)};
    place_fill(t, p);
    return p;
}

bool territory_counts(const territory *t, uint32_t division, int32_t month) {
    const ht_division *d = &t->divisions[division];
    return d->counted && d->parent && in_force(d, month);
}

int32_t territory_month(const territory *t, ht_str period) {
    if (t->day_month >= 0) return t->day_month;
    int32_t month = period_last_month(period);
    return month < 0 ? TODAY : month;
}
