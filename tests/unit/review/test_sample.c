/* A seed -> the figures to judge. */
#include "review/sample.h"

#include "base/map.h"
#include "review/exchange.h"
#include "tests/unit/review/run.h"

static ht_arena arena;
static stats_db db;

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    run_make(1010);
    ht_error e;
    assert_int_equal(ht_verdicts_with_run(&db, folder, NULL, true, &e), HT_OK);
    return 0;
}

static int tear_down(void **state) {
    db_close(&db);
    ht_arena_free(&arena);
    return run_remove(state);
}

static ht_sample draw(ht_sample_plan plan) {
    ht_sample s;
    ht_error e = {HT_OK, ""};
    if (sample_draw(&db, &arena, &plan, &s, &e) != HT_OK) fail_msg("%s", e.text);
    return s;
}

static bool same(const ht_sample *a, const ht_sample *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!ht_str_eq(a->figure_ids[i], b->figure_ids[i])) return false;
    return true;
}

/* The copies of the last article are not drawn; nothing is drawn twice. */
static void test_population(void **state) {
    (void)state;
    ht_sample all = draw((ht_sample_plan){.seed = 1, .size = 5000});
    assert_int_equal(all.n_population, 1000);
    assert_int_equal(all.n, 1000);
    ht_map seen;
    ht_map_init(&seen, &arena);
    for (size_t i = 0; i < all.n; i++) ht_map_put(&seen, all.figure_ids[i]);
    assert_int_equal(seen.n, 1000);
}

static void test_seeds(void **state) {
    (void)state;
    for (int simple = 0; simple < 2; simple++) {
        ht_sample one = draw((ht_sample_plan){.seed = 7, .simple = simple, .size = 100});
        ht_sample again = draw((ht_sample_plan){.seed = 7, .simple = simple, .size = 100});
        ht_sample other = draw((ht_sample_plan){.seed = 8, .simple = simple, .size = 100});
        ht_sample more = draw((ht_sample_plan){.seed = 7, .simple = simple, .size = 300});
        assert_true(same(&one, &again, 100));
        assert_false(same(&one, &other, 100));
        assert_true(same(&one, &more, 100)); /* a larger sample begins with the smaller one */
    }
}

/* Known for good: a seed must draw the same in the next version. */
static void test_drawn(void **state) {
    (void)state;
    static const char *const wanted[] = {"f00364", "f00157", "f00767", "f00902", "f00695"};
    ht_sample s = draw((ht_sample_plan){.seed = 1, .size = 5});
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(ht_str_cstr(&arena, s.figure_ids[i]), wanted[i]);
}

static int number_of(ht_str id) {
    return atoi(ht_str_cstr(&arena, id) + 1);
}

/* Any beginning has of each stratum its share, to within one. */
static void test_strata(void **state) {
    (void)state;
    ht_sample s = draw((ht_sample_plan){.seed = 3, .size = 1000});
    int size[3][4] = {{0}}, drawn[3][4] = {{0}};
    for (size_t i = 0; i < s.n; i++) {
        int k = number_of(s.figure_ids[i]);
        size[k % 7 % 3][k % 4]++;
    }
    for (size_t i = 0; i < 400; i++) {
        int k = number_of(s.figure_ids[i]);
        drawn[k % 7 % 3][k % 4]++;
        if (i % 50 != 49) continue;
        for (int x = 0; x < 3; x++)
            for (int y = 0; y < 4; y++) {
                double share = (double)size[x][y] * (double)(i + 1) / 1000;
                assert_true(drawn[x][y] > share - 2 && drawn[x][y] < share + 2);
            }
    }
}

static void test_margin(void **state) {
    (void)state;
    assert_int_equal(draw((ht_sample_plan){.margin = HT_S("0.05")}).n, 278);
    ht_sample s;
    ht_error e;
    static const char *const bad[] = {"0", "1", "-0.1", "x", ""};
    for (size_t i = 0; i < 5; i++) {
        ht_sample_plan plan = {.margin = ht_str_of(bad[i])};
        assert_int_equal(sample_draw(&db, &arena, &plan, &s, &e), HT_USAGE);
    }
}

static void test_articles(void **state) {
    (void)state;
    ht_str *one, *other;
    size_t n, m;
    ht_error e;
    assert_int_equal(sample_articles(&db, &arena, 1, &one, &n, &e), HT_OK);
    assert_int_equal(sample_articles(&db, &arena, 2, &other, &m, &e), HT_OK);
    assert_int_equal(n, 100);
    assert_int_equal(m, 100);
    size_t moved = 0;
    for (size_t i = 0; i < n; i++) moved += !ht_str_eq(one[i], other[i]);
    assert_true(moved > 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_population), cmocka_unit_test(test_seeds),
        cmocka_unit_test(test_drawn),      cmocka_unit_test(test_strata),
        cmocka_unit_test(test_margin),     cmocka_unit_test(test_articles),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
