#include "review/measure.h"

#include <assert.h>
#include <math.h>

/* The 97.5 % point of the normal distribution. */
static const double Z = 1.959963984540054;

ht_interval ht_wilson(uint64_t right, uint64_t n) {
    if (n == 0) return (ht_interval){0, 1};
    double cases = (double)n, p = (double)right / cases, zz = Z * Z;
    double middle = (p + zz / (2 * cases)) / (1 + zz / cases);
    double half = Z * sqrt(p * (1 - p) / cases + zz / (4 * cases * cases)) / (1 + zz / cases);
    /* Exact at the ends, where rounding would leave a trace. */
    return (ht_interval){right == 0 ? 0 : middle - half, right == n ? 1 : middle + half};
}

static double half_width(double p, double n) {
    return Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n);
}

uint64_t ht_more_needed(uint64_t right, uint64_t n, uint64_t left, double margin) {
    double p = n ? (double)right / (double)n : 0.5;
    if (n && half_width(p, (double)n) <= margin) return 0;
    uint64_t few = 0, enough = left; /* `few` more do not suffice; `enough` do, or are all */
    while (enough - few > 1) {
        uint64_t middle = few + (enough - few) / 2;
        if (half_width(p, (double)(n + middle)) <= margin)
            enough = middle;
        else
            few = middle;
    }
    return enough;
}

uint64_t ht_sample_size(uint64_t population, double margin) {
    if (population == 0) return 0;
    double endless = Z * Z / 4 / (margin * margin);
    double size = ceil(endless / (1 + (endless - 1) / (double)population));
    if (size < 1) return 1;
    return size < (double)population ? (uint64_t)size : population;
}

double ht_agreement(const uint64_t *table, size_t k) {
    uint64_t n = 0, same = 0;
    for (size_t i = 0; i < k * k; i++) n += table[i];
    for (size_t i = 0; i < k; i++) same += table[i * k + i];
    return n ? (double)same / (double)n : (double)NAN;
}

double ht_kappa(const uint64_t *table, size_t k) {
    double n = 0, chance = 0;
    for (size_t i = 0; i < k * k; i++) n += (double)table[i];
    for (size_t i = 0; i < k; i++) {
        double row = 0, column = 0;
        for (size_t j = 0; j < k; j++) {
            row += (double)table[i * k + j];
            column += (double)table[j * k + i];
        }
        chance += row * column;
    }
    if (n == 0) return (double)NAN;
    chance /= n * n;
    return chance >= 1 ? (double)NAN : (ht_agreement(table, k) - chance) / (1 - chance);
}

/* Ratings of each category for one unit; their number. */
static size_t count_unit(const int *values, size_t n_raters, size_t k, double *counts) {
    size_t n = 0;
    for (size_t c = 0; c < k; c++) counts[c] = 0;
    for (size_t r = 0; r < n_raters; r++) {
        if (values[r] < 0) continue;
        assert((size_t)values[r] < k);
        counts[values[r]]++;
        n++;
    }
    return n;
}

double ht_alpha(const int *values, size_t n_units, size_t n_raters, size_t k) {
    double counts[HT_MAX_CATEGORIES], totals[HT_MAX_CATEGORIES] = {0};
    double n = 0, observed = 0, expected = 0;
    assert(k <= HT_MAX_CATEGORIES);
    for (size_t u = 0; u < n_units; u++) {
        size_t m = count_unit(values + u * n_raters, n_raters, k, counts);
        if (m < 2) continue;
        n += (double)m;
        for (size_t c = 0; c < k; c++) {
            totals[c] += counts[c];
            observed += counts[c] * ((double)m - counts[c]) / ((double)m - 1);
        }
    }
    for (size_t c = 0; c < k; c++) expected += totals[c] * (n - totals[c]);
    return expected > 0 ? 1 - (n - 1) * observed / expected : (double)NAN;
}
