#include "extract/region/internal.h"

uint32_t ht_division_count(const ht_gazetteer *g) {
    return g->n_divisions;
}

ht_division ht_division_get(const ht_gazetteer *g, uint32_t i) {
    static const char *const levels[] = {"country", "province", "prefecture", "county"};
    const region_division *d = &g->divisions[i];
    bool split = d->n_successors != 1;
    return (ht_division){
        .code = d->code,
        .parent = d->parent == REGION_NO_PARENT ? 0 : g->divisions[d->parent].code,
        .level = d->level < 4 ? levels[d->level] : "",
        .name = gazetteer_name(g, i),
        .from = d->from,
        .to = d->to,
        .successor = split ? 0 : d->successor,
        .n_successors = d->n_successors,
        .counted = d->kind != REGION_ZONE && !gazetteer_custom(g, i),
    };
}
