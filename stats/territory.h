/* Divisions over time: which one stands for another on a day, of which parts one was made, whose
 * children they are. Inner to stats/.
 *
 * A division goes to its successor, and on to that one's, as long as each has one alone; of one
 * that was split none is the successor. Costs a copy of the gazetteer's divisions, and a pass over
 * the parts of one division for each code and period that is asked for.
 */
#ifndef HT_STATS_TERRITORY_H
#define HT_STATS_TERRITORY_H

#include "base/map.h"
#include "extract/region/region.h"

enum { TERRITORY_NONE = UINT32_MAX };

typedef enum {
    PLACE_SAME,    /* nothing to change */
    PLACE_RENAMED, /* the successor is the same territory */
    PLACE_MERGED,  /* the successor is larger: this is a part of it */
    PLACE_SPLIT,   /* several successors: stays what it was */
    PLACE_GONE,    /* no successor is known: stays what it was */
    PLACE_LATER,   /* did not exist yet on the day: stays what it is */
    N_PLACES
} place_change;
const char *place_change_name(place_change change);

typedef struct {
    ht_arena *arena;
    ht_division *divisions; /* as the gazetteer orders them */
    uint32_t n;
    int32_t day_month;      /* of the boundaries; -1: those of each period */
    uint32_t *targets;      /* the division that each is on the day, or TERRITORY_NONE */
    uint32_t *first, *next; /* the divisions of a target, as a list */
    ht_map places;          /* code and period -> index into found */
    struct territory_place *found;
    size_t n_found, cap_found;
} territory;

typedef struct territory_place {
    ht_str code, period;
    place_change change;
    uint32_t from, to; /* divisions; TERRITORY_NONE: not known */
    uint64_t n_figures;
} territory_place;

/* day: YYYY-MM-DD; empty: no mapping. Arena; borrows g. */
void territory_init(territory *t, ht_arena *a, const ht_gazetteer *g, ht_str day);
/* What becomes of the division of a figure of that period. Holds until the next call. */
territory_place *territory_find(territory *t, ht_str code, ht_str period);
/* The division with that code in the month: in force then, else the nearest in time. */
uint32_t territory_division(const territory *t, uint32_t code, int32_t month);
/* Those in force in the month that became the target by the day, none within another. Arena. */
size_t territory_parts(const territory *t, uint32_t target, int32_t month, uint32_t **parts);
/* Is the division one of its parent's children in the month? */
bool territory_counts(const territory *t, uint32_t division, int32_t month);
/* The month whose divisions a period is compared in. */
int32_t territory_month(const territory *t, ht_str period);

uint32_t territory_code(ht_str digits);

#endif
