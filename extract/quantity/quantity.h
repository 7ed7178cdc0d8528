/* Numbers in a passage: numeral, qualifier, unit, kind; and what is no statistic.
 *
 *   numeral.c   a run of numeral characters -> exact value      units.c     the unit behind it
 *   quantity.c  qualifiers, ranges, shares, the whole surface   exclude.c   dates, ordinals, names, idioms …
 * An unrecoverable digit (U+FFFD next to a numeral) gives qualifier unreadable and no value.
 * Linear: runs of numeral characters are capped at 64; no backtracking over digits.
 */
#ifndef HT_EXTRACT_QUANTITY_H
#define HT_EXTRACT_QUANTITY_H

#include "base/decimal.h"
#include "base/error.h"
#include "extract/passage/passage.h"
#include "extract/time/time.h"

typedef enum { HT_EXACT, HT_ABOUT, HT_NEARLY, HT_OVER, HT_AT_LEAST, HT_AT_MOST, HT_SEVERAL, HT_RANGE, HT_UNREADABLE } ht_qualifier;
typedef enum { HT_COUNT, HT_SHARE, HT_MONEY, HT_MEASURE, HT_RATE, HT_DURATION, HT_AGE,
               /* not statistics: printed with --all-quantities only */
               HT_ORDINAL, HT_DATE, HT_TIME, HT_IDENTIFIER, HT_NAME } ht_kind;
const char *ht_qualifier_name(ht_qualifier q); /* as in the contract */
const char *ht_kind_name(ht_kind k);
static inline bool ht_kind_is_statistic(ht_kind k) { return k <= HT_AGE; }

typedef struct {
    uint32_t start, end;         /* surface: adjacent qualifiers, numeral, unit. Code points, half open */
    uint32_t num_start, num_end; /* the numeral (for a range: both numerals) */
    uint32_t unit_start, unit_end; /* the unit as written; empty span at num_end if there is none */
    ht_number value;             /* not known for range, several, unreadable */
    ht_number low, high;         /* known for range and several */
    ht_number step;              /* place value of the last digit given; not known where it has none */
    ht_qualifier qualifier;
    ht_kind kind;
    ht_str unit;                 /* canonical name; empty if none */
    ht_str dimension;            /* of data/units.tsv: count:person, money, length …; empty if none */
    bool noun_is_unit;           /* 12省份: the noun itself stands as the unit */
    const char *rule;            /* what decided kind and reading */
} ht_quantity;

typedef struct ht_lexicon ht_lexicon; /* units, idioms, exclusion words: compiled-in, shared */
const ht_lexicon *ht_lexicon_get(ht_error *e);
/* Can a numeral have this character in it: 7 七 柒 廿 百 万? Folded (ht_fold). */
bool ht_numeral_char(const ht_lexicon *l, uint32_t c);

/* All quantities of the passage, in order, not overlapping, of every kind. `dates` (from ht_dates_find)
 * become quantities of kind date and are read as nothing else. Arena. */
void ht_quantities_find(const ht_lexicon *l, ht_arena *a, const ht_passage *p, const ht_date *dates,
                        size_t n_dates, ht_quantity **out, size_t *n, ht_trace *trace);

/* Units, for the codebook: canonical name and dimension of a written unit; false if unknown.
 * ht_unit_factor gives base-unit factors as an exact number (公里 -> 1000 of base 米). */
bool ht_unit_find(const ht_lexicon *l, ht_str written, ht_str *canonical, ht_str *dimension);
bool ht_unit_factor(const ht_lexicon *l, ht_str canonical, ht_str *base, ht_number *factor);
/* The base unit of a dimension (person -> 人); empty if there is none of that name. */
ht_str ht_unit_of_dimension(const ht_lexicon *l, ht_str dimension);
bool ht_unit_dimension_exists(const ht_lexicon *l, ht_str dimension); /* "person" or "count:person" */

#endif
