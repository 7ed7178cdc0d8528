/* Intervals and agreement against published tables; the digits beyond the printed ones are those of
 * statsmodels and of the package krippendorff. */
#include "review/measure.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void about(double got, double wanted) {
    if (fabs(got - wanted) < 5e-7) return;
    fail_msg("%.8f, but %.8f was expected", got, wanted);
}

/* Newcombe, Statistics in Medicine 17 (1998), table I, method 3; then our own cases. */
static void test_wilson(void **state) {
    (void)state;
    static const struct {
        uint64_t right, n;
        double low, high;
    } cases[] = {
        {81, 263, 0.25528852, 0.36620958}, {15, 148, 0.06238640, 0.16048724},
        {0, 20, 0, 0.16112516},            {1, 29, 0.00611321, 0.17175522},
        {190, 200, 0.91042185, 0.97261735}, {200, 200, 0.98115467, 1},
        {1, 1, 0.20654931, 1},             {0, 0, 0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_interval w = ht_wilson(cases[i].right, cases[i].n);
        about(w.low, cases[i].low);
        about(w.high, cases[i].high);
    }
}

static void test_more_needed(void **state) {
    (void)state;
    /* 0.9 of 100: the margin is met at the number that is said, and not one case before. */
    uint64_t more = ht_more_needed(90, 100, 100000, 0.03);
    assert_true(more > 200 && more < 400);
    uint64_t n = 100 + more;
    for (uint64_t k = n - 1; k <= n; k++) {
        double p = 0.9, zz = 1.959963984540054 * 1.959963984540054, c = (double)k;
        double half = sqrt(zz) * sqrt(p * (1 - p) / c + zz / (4 * c * c)) / (1 + zz / c);
        assert_int_equal(half <= 0.03, k == n);
    }
    assert_int_equal(ht_more_needed(90, 100, 7, 0.03), 7); /* no more are left */
    assert_int_equal(ht_more_needed(9000, 10000, 500, 0.03), 0);
    assert_int_equal(ht_more_needed(0, 0, 0, 0.03), 0);
}

static void test_sample_size(void **state) {
    (void)state;
    assert_int_equal(ht_sample_size(100000000, 0.03), 1068);
    assert_int_equal(ht_sample_size(100000000, 0.05), 385);
    assert_int_equal(ht_sample_size(500, 0.05), 218);
    assert_int_equal(ht_sample_size(1, 0.05), 1);
    assert_int_equal(ht_sample_size(0, 0.05), 0);
    assert_int_equal(ht_sample_size(10, 0.0001), 10);
}

/* Cohen, Educational and Psychological Measurement 20 (1960): .492; the others are textbook pairs of
 * one agreement and two kappas. */
static void test_kappa(void **state) {
    (void)state;
    static const uint64_t cohen[] = {88, 14, 18, 10, 40, 10, 2, 6, 12};
    about(ht_kappa(cohen, 3), 0.49152542);
    about(ht_agreement(cohen, 3), 0.70);
    static const uint64_t grants[] = {20, 5, 10, 15}, even[] = {45, 15, 25, 15},
                          skew[] = {25, 35, 5, 35}, one[] = {7, 0, 0, 0}, none[] = {0, 0, 0, 0};
    about(ht_kappa(grants, 2), 0.4);
    about(ht_kappa(even, 2), 0.13043478);
    about(ht_kappa(skew, 2), 0.25925926);
    assert_true(isnan(ht_kappa(one, 2)));
    assert_true(isnan(ht_kappa(none, 2)));
    about(ht_agreement(one, 2), 1);
}

/* Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): .095, .692, .743. */
static void test_alpha(void **state) {
    (void)state;
    static const int binary[] = {0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0};
    about(ht_alpha(binary, 10, 2, 2), 0.09523810);
    static const char one[] = "aabbdcccedda", other[] = "babbbcccEddd";
    int names[24];
    for (int i = 0; i < 12; i++) {
        names[2 * i] = one[i] - 'a';
        names[2 * i + 1] = (other[i] == 'E' ? 'e' : other[i]) - 'a';
    }
    about(ht_alpha(names, 12, 2, 5), 0.69196429);
    /* Four observers, with gaps. */
    static const int four[12][4] = {
        {1, 1, 0, 1}, {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3}, {2, 2, 2, 2}, {1, 2, 3, 4},
        {4, 4, 4, 4}, {1, 1, 2, 1}, {2, 2, 2, 2}, {0, 5, 5, 5}, {0, 0, 1, 1}, {0, 3, 0, 0}};
    int values[48];
    for (int u = 0; u < 12; u++)
        for (int r = 0; r < 4; r++) values[4 * u + r] = four[u][r] - 1;
    about(ht_alpha(values, 12, 4, 5), 0.74342105);
    static const int same[] = {1, 1, 1, 1};
    assert_true(isnan(ht_alpha(same, 2, 2, 2)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wilson),      cmocka_unit_test(test_more_needed),
        cmocka_unit_test(test_sample_size), cmocka_unit_test(test_kappa),
        cmocka_unit_test(test_alpha),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
