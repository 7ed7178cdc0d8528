/* A finished run and a seed -> the figures that are to be judged, in the order of judging.
 *
 * The population: figures of articles that are no copies, with an indicator (or all of them). The
 * order is settled by hashes of the seed and the figure ids alone, so it is the same on every
 * machine, and any beginning of it is itself a sample of the same kind: a larger sample begins with
 * the smaller one, and who stops early has drawn a smaller sample. Stratified: within each
 * (indicator, province) the figures come in hash order, and the strata are interleaved so that any
 * beginning has of each its share, to within one figure; every figure has the same chance, so plain
 * shares of the sample estimate those of the population.
 * Costs one scan of the figures and a sort; 40 bytes a figure and the ids.
 */
#ifndef HT_REVIEW_SAMPLE_H
#define HT_REVIEW_SAMPLE_H

#include "stats/db.h"

typedef struct {
    uint64_t seed;
    bool simple;   /* else stratified by indicator and province */
    bool all;      /* figures without an indicator too */
    uint64_t size; /* 0: from the margin */
    ht_str margin; /* wished half width of the interval as a number: "0.05" */
} ht_sample_plan;

typedef struct {
    ht_str *figure_ids; /* arena */
    size_t n;
    size_t n_population;
} ht_sample;

/* db has the run's hantally.db attached as `out`. HT_USAGE for a margin that is not above 0 and
 * below 1. */
ht_status sample_draw(const stats_db *db, ht_arena *a, const ht_sample_plan *plan,
                      ht_sample *sample, ht_error *e);
/* All articles that are no copies, in the order of reading for recall. */
ht_status sample_articles(const stats_db *db, ht_arena *a, uint64_t seed, ht_str **ids, size_t *n,
                          ht_error *e);

#endif
