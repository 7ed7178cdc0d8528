/* The figures of a cell: who is chosen, who agrees, who conflicts. */
#include "stats/compare.h"

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

static ht_number number(const char *text) {
    return ht_number_parse(ht_str_of(text));
}

/* value "10..20" is a range. */
static cell_figure figure(const char *id, const char *value, const char *step,
                          const char *qualifier, const char *date, const char *publisher) {
    cell_figure f = {.figure_id = ht_str_of(id),
                     .article_id = ht_sub(ht_str_of(id), 0, 2),
                     .publisher = ht_str_of(publisher),
                     .originator = ht_str_of(publisher),
                     .date = ht_str_of(date),
                     .basis = HT_S("asof"),
                     .qualifier = ht_str_of(qualifier),
                     .value = HT_NO_NUMBER,
                     .low = HT_NO_NUMBER,
                     .high = HT_NO_NUMBER,
                     .step = number(step),
                     .role = ROLE_AGREES};
    const char *dots = strstr(value, "..");
    if (dots) {
        f.low = ht_number_parse((ht_str){value, (size_t)(dots - value)});
        f.high = number(dots + 2);
    } else {
        f.value = number(value);
    }
    return f;
}

static const cell_rules latest = {AGGREGATE_LATEST, {0, 0, false, 1}, {0, 0, false, 1}};

static const char *text(ht_number x) {
    return ht_str_cstr(&arena, ht_number_text(&arena, x));
}

static void test_intervals(void **state) {
    (void)state;
    static const struct {
        const char *value, *step, *qualifier, *low, *high;
    } cases[] = {
        {"46200", "100", "exact", "46150", "46250"},
        {"37", "1", "exact", "36.5", "37.5"},
        {"28.6", "0.1", "exact", "28.55", "28.65"},
        {"370000", "10000", "about", "333000", "407000"},
        {"4", "1", "about", "3.5", "4.5"},
        {"400000", "10000", "nearly", "360000", "405000"},
        {"1300", "100", "over", "1250", "1430"},
        {"13000", "1000", "over", "12500", "14300"},
        {"20", "10", "over", "15", "30"},
        {"90", "10", "at_least", "85", ""},
        {"90", "10", "at_most", "", "95"},
        {"-3", "1", "exact", "-3.5", "-2.5"},
        {"-100", "1", "about", "-110", "-90"},
        {"10..20", "", "range", "10", "20"},
        {"20..99", "", "several", "20", "99"},
        {"1/3", "", "exact", "1/3", "1/3"},
        {"5", "", "exact", "5", "5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cell_figure f = figure("a1", cases[i].value, cases[i].step, cases[i].qualifier, "2025", "");
        cell_interval v = cell_interval_of(&f);
        assert_string_equal(text(v.low), cases[i].low);
        assert_string_equal(text(v.high), cases[i].high);
    }
}

static void test_meeting(void **state) {
    (void)state;
    static const struct {
        const char *a, *b, *c, *d;
        bool meet;
    } cases[] = {
        {"1", "2", "2", "3", true},    {"1", "2", "2.1", "3", false},
        {"2.1", "3", "1", "2", false}, {"1", "", "100", "101", true},
        {"", "5", "6", "7", false},    {"", "5", "", "1", true},
        {"1", "9", "3", "4", true},    {"1/3", "1/3", "0.3", "0.4", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cell_interval x = {number(cases[i].a), number(cases[i].b)};
        cell_interval y = {number(cases[i].c), number(cases[i].d)};
        assert_int_equal(cell_intervals_meet(x, y), cases[i].meet);
        assert_int_equal(cell_intervals_meet(y, x), cases[i].meet);
    }
}

static void test_dates(void **state) {
    (void)state;
    static const struct {
        const char *asof, *published, *date;
    } cases[] = {
        {"2025-06-30", "2025-07-02T08:00+08:00", "2025-06-30"},
        {"2025-06", "2025-07-02", "2025-06-31"},
        {"2025-06", "2025-06-18T09:00:00+08:00", "2025-06-18"},
        {"2024", "2025-01-20", "2024-12-31"},
        {"2025", "2025-03-29", "2025-03-29"},
        {"2025", "", "2025-12-31"},
        {"2026", "2025-03-29", "2026-12-31"},
        {"", "2025-03-29T14:34:00+08:00", "2025-03-29"},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_str date = compare_date(&arena, ht_str_of(cases[i].asof), ht_str_of(cases[i].published));
        assert_string_equal(ht_str_cstr(&arena, date), cases[i].date);
    }
}

/* Each tie is broken by the next criterion. */
static void test_choice(void **state) {
    (void)state;
    const struct {
        cell_figure figures[4];
        size_t n;
        const char *chosen;
        bool conflict;
    } cases[] = {
        {{figure("a1-0", "100", "1", "exact", "2025-03-31", "甲报"),
          figure("a2-0", "120", "1", "exact", "2025-06-30", "乙报")},
         2,
         "a2-0",
         true},
        {{figure("a1-0", "100", "1", "exact", "2025-06-30", "甲报"),
          figure("a2-0", "120", "1", "exact", "2025-06-30", "乙报"),
          figure("a3-0", "120", "1", "exact", "2025-06-30", "丙报")},
         3,
         "a2-0",
         true},
        /* one publisher twice is one publisher */
        {{figure("a1-0", "100", "1", "exact", "2025-06-30", "甲报"),
          figure("a2-0", "120", "1", "exact", "2025-06-30", "乙报"),
          figure("a3-0", "120", "1", "exact", "2025-06-30", "乙报")},
         3,
         "a1-0",
         true},
        {{figure("a1-0", "100", "1", "about", "2025-06-30", "甲报"),
          figure("a2-0", "103", "1", "exact", "2025-06-30", "乙报")},
         2,
         "a2-0",
         false},
        {{figure("a2-0", "103", "1", "exact", "2025-06-30", "乙报"),
          figure("a1-0", "103", "1", "exact", "2025-06-30", "甲报")},
         2,
         "a1-0",
         false},
        {{figure("a1-0", "36..38", "", "range", "2025", ""),
          figure("a2-0", "37", "1", "exact", "2025", "")},
         2,
         "a2-0",
         false},
        {{figure("a1-0", "46000", "1000", "over", "2025", ""),
          figure("a2-0", "46200", "100", "over", "2025-12-31", "")},
         2,
         "a2-0",
         false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cell_figure figures[4];
        memcpy(figures, cases[i].figures, sizeof figures);
        cell c;
        assert_true(cell_decide(&c, &arena, figures, cases[i].n, &latest));
        assert_string_equal(ht_str_cstr(&arena, c.chosen->figure_id), cases[i].chosen);
        assert_int_equal(c.conflict, cases[i].conflict);
        assert_int_equal(c.n_figures, cases[i].n);
    }
}

static void test_counts_and_roles(void **state) {
    (void)state;
    cell_figure figures[] = {
        figure("a3-0", "104", "1", "exact", "2025-01-01", "丙报"),
        figure("a1-1", "100", "1", "exact", "2025-06-30", "甲报"),
        figure("a1-2", "100", "1", "exact", "2025-06-30", "甲报"),
        figure("a2-0", "100", "1", "exact", "2025-09-30", "乙报"),
        figure("a1-0", "90..110", "", "range", "2025-06-30", "甲报"),
    };
    figures[2].role = ROLE_REPEAT;
    figures[3].role = ROLE_COPY;
    cell c;
    assert_true(cell_decide(&c, &arena, figures, 5, &latest));
    static const struct {
        const char *id;
        cell_role role;
    } expected[] = {{"a1-0", ROLE_AGREES},
                    {"a1-1", ROLE_CHOSEN},
                    {"a1-2", ROLE_REPEAT},
                    {"a2-0", ROLE_COPY},
                    {"a3-0", ROLE_CONFLICTS}};
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(ht_str_cstr(&arena, figures[i].figure_id), expected[i].id);
        assert_int_equal(figures[i].role, expected[i].role);
    }
    assert_int_equal(c.n_figures, 3);
    assert_int_equal(c.n_articles, 2);
    assert_int_equal(c.n_publishers, 2);
    assert_string_equal(text(c.min), "90");
    assert_string_equal(text(c.median), "100");
    assert_string_equal(text(c.max), "110");
    assert_true(c.conflict);
}

static void test_no_cell_of_copies(void **state) {
    (void)state;
    cell_figure figures[] = {figure("a1-0", "100", "1", "exact", "2025", "")};
    figures[0].role = ROLE_COPY;
    cell c;
    assert_false(cell_decide(&c, &arena, figures, 1, &latest));
}

static void test_plausible(void **state) {
    (void)state;
    cell_rules rules = {AGGREGATE_LATEST, number("1"), number("1000")};
    cell_figure figures[] = {figure("a1-0", "100", "1", "exact", "2025-01-01", ""),
                             figure("a2-0", "100000", "1", "exact", "2025-06-30", "")};
    cell c;
    assert_true(cell_decide(&c, &arena, figures, 2, &rules));
    assert_string_equal(text(c.value), "100");
    assert_false(c.implausible);
    assert_true(cell_decide(&c, &arena, figures + 1, 1, &rules));
    assert_string_equal(text(c.value), "100000");
    assert_true(c.implausible);
}

static void test_aggregates(void **state) {
    (void)state;
    static const struct {
        const char *name, *value, *qualifier;
        int n_chosen;
    } cases[] = {
        {"latest", "30", "exact", 1}, {"", "30", "exact", 1},       {"sum", "100.5", "about", 4},
        {"max", "40.5", "about", 1},  {"median", "25", "about", 1}, {"none", "", "", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cell_figure figures[] = {figure("a1-0", "10", "1", "exact", "2025-01-01", ""),
                                 figure("a2-0", "20", "1", "exact", "2025-02-01", ""),
                                 figure("a3-0", "40.5", "0.1", "about", "2025-03-01", ""),
                                 figure("a4-0", "30", "1", "exact", "2025-04-01", "")};
        cell_rules rules = latest;
        rules.aggregate = cell_aggregate_of(ht_str_of(cases[i].name));
        cell c;
        assert_true(cell_decide(&c, &arena, figures, 4, &rules));
        assert_string_equal(text(c.value), cases[i].value);
        assert_string_equal(ht_str_cstr(&arena, c.qualifier), cases[i].qualifier);
        int n_chosen = 0;
        for (int k = 0; k < 4; k++) n_chosen += figures[k].role == ROLE_CHOSEN;
        assert_int_equal(n_chosen, cases[i].n_chosen);
    }
}

/* A date in the text counts more than the publication's; a surer reading more than an earlier one.
 */
static void test_dated_and_sure(void **state) {
    (void)state;
    cell_figure figures[] = {figure("a1-0", "100", "1", "exact", "2025-06-30", ""),
                             figure("a2-0", "120", "1", "exact", "2025-09-30", ""),
                             figure("a3-0", "130", "1", "exact", "2025-06-30", "")};
    figures[1].basis = HT_S("published");
    figures[2].confidence = 2;
    cell c;
    assert_true(cell_decide(&c, &arena, figures, 3, &latest));
    assert_string_equal(ht_str_cstr(&arena, c.chosen->figure_id), "a3-0");
}

/* Two papers that print what one office says are one source; two offices in one paper are two. */
static void test_sources(void **state) {
    (void)state;
    cell_figure figures[] = {figure("a1-0", "100", "1", "exact", "2025-06-30", "甲报"),
                             figure("a2-0", "100", "1", "exact", "2025-06-30", "乙报"),
                             figure("a3-0", "120", "1", "exact", "2025-06-30", "丙报"),
                             figure("a3-1", "120", "1", "exact", "2025-06-30", "丙报"),
                             figure("a4-0", "130", "1", "exact", "2025-09-30", "丁报")};
    figures[0].originator = figures[1].originator = HT_S("市总工会");
    figures[2].originator = HT_S("市统计局");
    figures[3].originator = HT_S("市交通局局长王明");
    cell_rules rules = latest;
    cell c;
    assert_true(cell_decide(&c, &arena, figures, 5, &rules));
    assert_string_equal(ht_str_cstr(&arena, c.chosen->figure_id), "a4-0");
    assert_int_equal(c.n_originators, 4);
    assert_int_equal(c.n_publishers, 4);
    assert_true(cell_decide(&c, &arena, figures, 4, &rules));
    assert_string_equal(ht_str_cstr(&arena, c.chosen->figure_id), "a3-0");
    rules.aggregate = cell_aggregate_of(HT_S("most-sources"));
    assert_true(cell_decide(&c, &arena, figures, 5, &rules));
    assert_string_equal(ht_str_cstr(&arena, c.chosen->figure_id), "a3-0");
}

static void test_qualifiers_of_sums(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"exact", "exact", "exact"},   {"exact", "over", "over"},  {"over", "at_least", "at_least"},
        {"exact", "nearly", "nearly"}, {"over", "nearly", "about"}, {"at_most", "nearly", "at_most"},
        {"about", "exact", "about"},   {"about", "over", "about"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int k = 0; k < 2; k++)
            assert_string_equal(
                ht_str_cstr(&arena, cell_qualifier_of_sum(ht_str_of(cases[i][k]),
                                                          ht_str_of(cases[i][1 - k]))),
                cases[i][2]);
    /* a range among what is added up makes the sum one */
    cell_rules rules = {AGGREGATE_SUM, HT_NO_NUMBER, HT_NO_NUMBER};
    cell_figure figures[] = {figure("a1-0", "10..20", "", "range", "2025", ""),
                             figure("a2-0", "5", "1", "exact", "2025", "")};
    cell c;
    assert_true(cell_decide(&c, &arena, figures, 2, &rules));
    assert_false(c.value.ok);
    assert_string_equal(text(c.low), "15");
    assert_string_equal(text(c.high), "25");
    assert_string_equal(ht_str_cstr(&arena, c.qualifier), "range");
}

static void test_nothing_put_together(void **state) {
    (void)state;
    cell_rules rules = {AGGREGATE_NONE, HT_NO_NUMBER, HT_NO_NUMBER};
    cell_figure figures[] = {figure("a1-0", "46.2", "0.1", "exact", "2025", ""),
                             figure("a2-0", "46.2", "0.1", "exact", "2025", ""),
                             figure("a3-0", "21.5", "0.1", "exact", "2025", "")};
    cell c;
    assert_true(cell_decide(&c, &arena, figures, 3, &rules));
    assert_false(c.value.ok || c.conflict);
    assert_true(cell_decide(&c, &arena, figures, 2, &rules));
    assert_string_equal(text(c.value), "46.2");
    assert_int_equal(figures[0].role, ROLE_CHOSEN);
}

static void test_simplify(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
    } cases[] = {{"1500/1000", "1.5"}, {"1/3", "1/3"}, {"6/3", "2"}, {"7/8", "0.875"}, {"5", "5"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(text(compare_simplify(number(cases[i].from))), cases[i].to);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_intervals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_meeting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_choice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_counts_and_roles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_cell_of_copies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plausible, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_aggregates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dated_and_sure, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_put_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sources, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_qualifiers_of_sums, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_simplify, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
