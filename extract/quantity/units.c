#include "base/utf8.h"
#include "extract/quantity/lexicon.h"

enum { MAX_WRITTEN = 64 };

bool ht_unit_find(const ht_lexicon *l, ht_str written, ht_str *canonical, ht_str *dimension) {
    uint32_t c[MAX_WRITTEN], index = 0;
    size_t n = 0;
    for (size_t at = 0; at < written.n && n < MAX_WRITTEN;) c[n++] = ht_utf8_next(written, &at);
    if (!n || ht_trie_longest(&l->units, c, n, &index) != n) return false;
    if (canonical) *canonical = l->unit[index].canonical;
    if (dimension) *dimension = l->unit[index].dimension;
    return true;
}

bool ht_unit_factor(const ht_lexicon *l, ht_str canonical, ht_str *base, ht_number *factor) {
    for (size_t i = 0; i < l->n_units; i++) {
        if (!ht_str_eq(l->unit[i].canonical, canonical)) continue;
        if (base) *base = l->unit[i].base;
        if (factor) *factor = l->unit[i].factor;
        return true;
    }
    return false;
}

ht_str ht_unit_of_dimension(const ht_lexicon *l, ht_str dimension) {
    for (size_t i = 0; i < l->n_units; i++) {
        ht_str d = l->unit[i].dimension;
        size_t colon = ht_str_find(d, HT_S(":"), 0);
        bool bare = colon != SIZE_MAX && ht_str_eq(ht_sub(d, colon + 1, d.n), dimension);
        if (bare || ht_str_eq(d, dimension)) return l->unit[i].base;
    }
    return (ht_str){NULL, 0};
}

bool ht_unit_dimension_exists(const ht_lexicon *l, ht_str dimension) {
    return ht_unit_of_dimension(l, dimension).n > 0;
}
