/* A hash map from byte strings to 32-bit values, in an arena. Keys are borrowed.
 * Iteration order is insertion order, so that no output depends on a hash. */
#ifndef HT_BASE_MAP_H
#define HT_BASE_MAP_H

#include "base/str.h"

typedef struct {
    ht_str key;
    uint32_t value;
} ht_map_entry;

typedef struct {
    ht_arena *arena;
    ht_map_entry *entries; /* in insertion order */
    size_t n, cap;
    uint32_t *slots; /* entry index + 1; 0 is empty */
    size_t n_slots;  /* a power of two */
} ht_map;

void ht_map_init(ht_map *m, ht_arena *a);
/* The value of key, NULL if there is none. The pointer holds until the next put. */
uint32_t *ht_map_get(const ht_map *m, ht_str key);
/* The value of key, made 0 if it was not there. */
uint32_t *ht_map_put(ht_map *m, ht_str key);

#endif
