/* Periods, divisions over time, joined tables, originators: what a cell's key and ratio are made
 * of. */
#include "stats/inner.h"
#include "stats/originators.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static ht_arena arena;

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ht_arena_free(&arena);
    return 0;
}

static void test_periods(void **state) {
    (void)state;
    static const struct {
        const char *asof, *from, *to, *published;
        bool flows;
        const char *year, *quarter, *month, *basis;
    } cases[] = {
        {"2025-06-30", "", "", "2025-07-02", false, "2025", "2025-Q2", "2025-06", "asof"},
        {"2025-12", "", "", "", false, "2025", "2025-Q4", "2025-12", "asof"},
        {"2025-01-31", "", "", "", false, "2025", "2025-Q1", "2025-01", "asof"},
        {"2024", "", "", "2025-01-20", false, "2024", "2024", "2024", "asof"},
        {"", "", "", "2025-03-29T14:34+08:00", false, "2025", "2025-Q1", "2025-03", "published"},
        {"", "", "", "", false, "", "", "", ""},
        {"2025-13", "", "", "", false, "2025", "2025", "2025", "asof"},
        /* half a year stands in no column of months */
        {"2025-06-30", "2025-01-01", "2025-06-30", "", true, "2025", "2025-Q1/2025-Q2",
         "2025-01/2025-06", "asof"},
        {"2025-06-30", "2025-01-01", "2025-06-30", "", false, "2025", "2025-Q2", "2025-06", "asof"},
        {"2025-06-30", "2025-06-01", "2025-06-30", "", true, "2025", "2025-Q2", "2025-06", "asof"},
        {"2025", "2021", "2025", "", true, "2021/2025", "2021/2025", "2021/2025", "asof"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        period_dates d = {ht_str_of(cases[i].asof), ht_str_of(cases[i].from),
                          ht_str_of(cases[i].to), ht_str_of(cases[i].published), cases[i].flows};
        const char *want[] = {cases[i].year, cases[i].quarter, cases[i].month};
        static const char *const words[] = {"year", "quarter", "month"};
        for (int k = 0; k < 3; k++) {
            period_answer p = period_of(&arena, &d, period_length_of(ht_str_of(words[k])));
            assert_string_equal(ht_str_cstr(&arena, p.period), want[k]);
            assert_string_equal(ht_str_cstr(&arena, p.basis), cases[i].basis);
        }
    }
    assert_int_equal(period_last_month(HT_S("2025")), 2025 * 12 + 11);
    assert_int_equal(period_last_month(HT_S("2025-Q2")), 2025 * 12 + 5);
    assert_int_equal(period_last_month(HT_S("2024-11/2025-02")), 2025 * 12 + 1);
    assert_int_equal(period_last_month(HT_S("")), -1);
}

static void test_originators(void **state) {
    (void)state;
    static const struct {
        const char *names[5];
        size_t n;
    } cases[] = {
        {{"", ""}, 0},
        {{"甲报", "甲报", "乙报"}, 2},
        {{"李聪", "沙坪坝区委社会工作部副部长李聪", "沙坪坝区委社会工作部"}, 1},
        {{"市总工会", "市总工会主席王明", "市总工会副主席李红"}, 2},
        {{"新华社", "", "新华社", "人民日报"}, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_str names[5];
        size_t n = 0;
        while (n < 5 && cases[i].names[n]) {
            names[n] = ht_str_of(cases[i].names[n]);
            n++;
        }
        assert_int_equal(originators_count(names, n), cases[i].n);
    }
}

static void check_place(territory *t, const char *code, const char *period, place_change change,
                        uint32_t to) {
    territory_place *p = territory_find(t, ht_str_of(code), ht_str_of(period));
    assert_int_equal(p->change, change);
    assert_int_equal(p->to == TERRITORY_NONE ? 0 : t->divisions[p->to].code, to);
}

static void test_boundaries(void **state) {
    (void)state;
    ht_error e;
    territory t;
    territory_init(&t, &arena, ht_gazetteer_get(&e), HT_S("2024-12-31"));
    check_place(&t, "110228", "2014", PLACE_RENAMED, 110118); /* 密云县, 密云区 */
    check_place(&t, "110228", "2015", PLACE_RENAMED, 110118); /* in the year of the change */
    check_place(&t, "110118", "2020", PLACE_SAME, 110118);
    check_place(&t, "110103", "2009", PLACE_MERGED, 110101); /* 崇文区 into 东城区 */
    check_place(&t, "110101", "2009", PLACE_MERGED, 110101); /* 东城区 was smaller then */
    check_place(&t, "110101", "2012", PLACE_SAME, 110101);
    check_place(&t, "341400", "2010", PLACE_SPLIT, 0); /* 巢湖市 */
    check_place(&t, "511000", "", PLACE_SAME, 511000);
    check_place(&t, "999999", "2020", PLACE_SAME, 0);
    check_place(&t, "x", "2020", PLACE_SAME, 0);
    territory_init(&t, &arena, ht_gazetteer_get(&e), HT_S("2010-01-01"));
    check_place(&t, "110118", "2020", PLACE_LATER, 0);
    check_place(&t, "110103", "2009", PLACE_SAME, 110103);
}

static const char *text(ht_number x) {
    return ht_str_cstr(&arena, ht_number_text(&arena, x));
}

static void test_ratios(void **state) {
    (void)state;
    static const struct {
        const char *a, *b, *ratio;
    } cases[] = {
        {"26000", "3140000", "13/1570"},
        {"300000", "21000000", "1/70"},
        {"1", "4", "0.25"},
        {"3", "3", "1"},
        {"0", "7", "0"},
        {"1", "0", ""},
        {"1", "-2", ""},
        {"-3", "6", "-0.5"},
        {"2.5", "0.5", "5"},
        {"0.1", "0.3", "1/3"},
        {"1/3", "2", ""},
        {"1200000", "0.7", "12000000/7"},
        {"1", "18446744073709551615", "1/18446744073709551615"},
        {"1", "18446744073709551617", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(text(join_ratio(ht_number_parse(ht_str_of(cases[i].a)),
                                            ht_number_parse(ht_str_of(cases[i].b)))),
                            cases[i].ratio);
}

static void test_join(void **state) {
    (void)state;
    ht_error e;
    const ht_gazetteer *g = ht_gazetteer_get(&e);
    join_table j;
    ht_str csv = HT_S("\xEF\xBB\xBFregion_code,name,period,population\n");
    assert_int_equal(join_read(&j, &arena, g, csv, HT_S("p"), &e), HT_OK);
    csv = HT_S("region_code,period,population\n511000,2024,10\n511000,2025-06,12\n511000,,9\n");
    assert_int_equal(join_read(&j, &arena, g, csv, HT_S("p"), &e), HT_OK);
    assert_string_equal(text(*join_find(&j, HT_S("511000"), HT_S("2024-03"))), "10");
    assert_string_equal(text(*join_find(&j, HT_S("511000"), HT_S("2024-Q3"))), "10");
    assert_string_equal(text(*join_find(&j, HT_S("511000"), HT_S("2025-06"))), "12");
    assert_string_equal(text(*join_find(&j, HT_S("511000"), HT_S("2021/2024"))), "10");
    assert_string_equal(text(*join_find(&j, HT_S("511000"), HT_S(""))), "9");
    assert_null(join_find(&j, HT_S("511000"), HT_S("2025")));
    assert_null(join_find(&j, HT_S("510000"), HT_S("2024")));
    static const struct {
        const char *csv, *message;
    } bad[] = {
        {"code,x\n511000,1\n", "no column region_code"},
        {"region_code\n511000\n", "0 columns of numbers"},
        {"region_code,x\n51100,1\n", "row 2: '51100' is no division code"},
        {"region_code,x\n999999,1\n", "row 2: '999999' is no division code"},
        {"region_code,x\n511000,1\n511000,2\n", "row 3: 511000  is there twice"},
        {"region_code,x\n511000,1.5万\n", "row 2: '1.5万' is no plain number"},
        {"region_code,x,x\n", "column 'x' stands there twice"},
        {"region_code,x,\n", "column 3 has no name"},
        {"region_code,\xFF\n", "not UTF-8 at byte 12"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(join_read(&j, &arena, g, ht_str_of(bad[i].csv), HT_S("p.csv"), &e),
                         HT_CODEBOOK);
        if (!strstr(e.text, bad[i].message)) fail_msg("%s", e.text);
    }
}

/* The columns of numbers, up to their limit. */
static void test_join_limit(void **state) {
    (void)state;
    ht_error e;
    for (int n = JOIN_MAX_COLUMNS - 1; n <= JOIN_MAX_COLUMNS + 1; n++) {
        join_table j;
        ht_buf b;
        ht_buf_init(&b, &arena);
        ht_buf_add(&b, HT_S("region_code"));
        for (int i = 0; i < n; i++) ht_buf_printf(&b, ",c%d", i);
        assert_int_equal(join_read(&j, &arena, NULL, ht_buf_str(&b), HT_S("p"), &e),
                         n <= JOIN_MAX_COLUMNS ? HT_OK : HT_CODEBOOK);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_periods),    cmocka_unit_test(test_originators),
        cmocka_unit_test(test_boundaries), cmocka_unit_test(test_ratios),
        cmocka_unit_test(test_join),       cmocka_unit_test(test_join_limit),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
