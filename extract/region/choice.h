/* Between resolve.c (which mention decides) and answer.c (what it says of the figure). */
#ifndef HT_EXTRACT_REGION_CHOICE_H
#define HT_EXTRACT_REGION_CHOICE_H

#include "extract/region/internal.h"

typedef struct {
    size_t mention; /* SIZE_MAX: the article's base, or nothing */
    const char *rule, *confidence;
} region_choice;

/* Index of the first mention that starts at or behind `at`. */
size_t mentions_until(const ht_geography *e, uint32_t at);
/* Code, codes, part and place. */
ht_region_answer answer_make(const ht_geography *e, ht_arena *a, const region_choice *choice,
                             uint32_t start, uint32_t end);
/* Is a figure that seems whole one of an organisation, an event, a sample? */
void answer_scope(const ht_geography *e, const region_choice *choice, ht_region_answer *answer,
                  uint32_t start, uint32_t end);

#endif
