/* Article number i of a synthetic dump -> its outcome, as `extract` would give it: the same for the
 * same number, whatever was asked for before.
 *
 * Regions are the divisions of 2025, indicators those of gig-work, the first ones the more often. Values follow no law but spread over five orders of magnitude,
 * with the qualifiers and steps of news; one article in eight is a copy. Costs some microseconds.
 */
#ifndef HT_BENCH_FIGURES_H
#define HT_BENCH_FIGURES_H

#include "extract/codebook/codebook.h"
#include "extract/region/region.h"
#include "stats/rows.h"

enum { FIGURES_AN_ARTICLE = 8 };

typedef struct {
    const ht_codebook *codebook;
    ht_str *codes; /* of the divisions */
    ht_str *names;
    const char **levels;
    size_t n_codes;
} figures_source;

/* Arena. */
void figures_open(figures_source *f, ht_arena *a, const ht_codebook *cb, const ht_gazetteer *g);
void figures_article(const figures_source *f, ht_arena *a, uint64_t i, ht_outcome *outcome);

#endif
