#include "base/map.h"

#include <string.h>
#include <xxhash.h>

void ht_map_init(ht_map *m, ht_arena *a) {
    *m = (ht_map){.arena = a};
}

static size_t slot_of(const ht_map *m, ht_str key) {
    size_t mask = m->n_slots - 1, i = (size_t)XXH3_64bits(key.p ? key.p : "", key.n) & mask;
    while (m->slots[i] && !ht_str_eq(m->entries[m->slots[i] - 1].key, key)) i = (i + 1) & mask;
    return i;
}

uint32_t *ht_map_get(const ht_map *m, ht_str key) {
    if (!m->n_slots) return NULL;
    uint32_t at = m->slots[slot_of(m, key)];
    return at ? &m->entries[at - 1].value : NULL;
}

uint32_t *ht_map_put(ht_map *m, ht_str key) {
    if ((m->n + 1) * 2 > m->n_slots) {
        m->n_slots = m->n_slots ? m->n_slots * 2 : 16;
        m->slots = HT_ARRAY(m->arena, uint32_t, m->n_slots);
        for (size_t i = 0; i < m->n; i++)
            m->slots[slot_of(m, m->entries[i].key)] = (uint32_t)(i + 1);
    }
    size_t slot = slot_of(m, key);
    if (!m->slots[slot]) {
        HT_PUSH(m->arena, m->entries, m->n, m->cap)->key = key;
        m->slots[slot] = (uint32_t)m->n;
    }
    return &m->entries[m->slots[slot] - 1].value;
}
