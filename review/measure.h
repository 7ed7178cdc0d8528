/* Counts of verdicts -> intervals and measures of agreement.
 *
 * Doubles, since these are estimates: they are shown and written with few digits and nothing is
 * computed from them. Nothing here is refused; where a measure has no value (no cases, or all in
 * one category) it is NAN. Linear in the counts.
 */
#ifndef HT_REVIEW_MEASURE_H
#define HT_REVIEW_MEASURE_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    double low, high;
} ht_interval;

/* Wilson's 95 % interval (no continuity correction) of right among n; 0 .. 1 when n is 0. */
ht_interval ht_wilson(uint64_t right, uint64_t n);

/* How many more cases at the same share make the interval at most ± margin wide; not more than
 * `left`, after which every case is known. 0: it is so already. margin > 0. */
uint64_t ht_more_needed(uint64_t right, uint64_t n, uint64_t left, double margin);

/* Cases to draw from a population for ± margin whatever the share is (p = 1/2, finite population).
 */
uint64_t ht_sample_size(uint64_t population, double margin);

/* Cohen's kappa of a table of k x k counts: row by one, column by the other. */
double ht_kappa(const uint64_t *table, size_t k);
/* The share of the diagonal. */
double ht_agreement(const uint64_t *table, size_t k);

/* Krippendorff's alpha for names: values[unit * n_raters + rater] is a category below k, or
 * negative where there is no rating. Units with fewer than two ratings count for nothing. */
enum { HT_MAX_CATEGORIES = 16 };
double ht_alpha(const int *values, size_t n_units, size_t n_raters, size_t k);

#endif
