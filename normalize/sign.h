/* A sign of a byte shift in a text -> all that may have stood there.
 *
 * Refuses nothing: whether the best reading is taken is for repair.c to say.
 */
#ifndef HT_NORMALIZE_SIGN_H
#define HT_NORMALIZE_SIGN_H

#include "normalize/reading.h"

typedef struct {
    ht_repair_kind kind;
    bool glossed;              /* a gloss was put inside a character; else a marker was */
    bool sure;                 /* nothing but damage looks so, whether it can be read or not */
    size_t letters, n_letters; /* of the gloss */
    size_t run;                /* where the shifted run begins */
} damage_sign;

/* Is there a sign at place.at? Those of kind C count only where glosses are injected. */
bool sign_at(const damaged_place *p, bool injected, damage_sign *s);
/* The readings of the sign at place.at, ranked. */
void sign_read(damaged_place *p, shift_work *w, const damage_sign *s);

#endif
