/* --rollup, --boundaries, --level, --choose, --period, --join: from figures to the files of OUT. */
#include "stats/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static ht_arena arena;
static char folder[64];
static ht_indicator indicators[2];
static ht_codebook codebook;

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    strcpy(folder, "/tmp/hantally-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    indicators[0] = (ht_indicator){.id = HT_S("workers"),
                                   .measure = HT_S("stock"),
                                   .aggregate = HT_S("latest"),
                                   .min = HT_NO_NUMBER,
                                   .max = HT_NO_NUMBER};
    indicators[1] = indicators[0];
    indicators[1].id = HT_S("share");
    indicators[1].aggregate = HT_S("none");
    codebook = (ht_codebook){.id = HT_S("test"),
                             .version = HT_S("1"),
                             .indicators = indicators,
                             .n_indicators = 2,
                             .source = HT_S("codebook: test\n")};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ht_arena_free(&arena);
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* "10..20" is a range. */
typedef struct {
    const char *code, *value, *qualifier, *asof, *by, *unit;
} said;

static void fill(ht_outcome *o, int id, const said *figure) {
    static const ht_figure_row none;
    *o = (ht_outcome){.has_article = true, .text = ht_format(&arena, "text %d", id)};
    ht_str *a = o->article.cell;
    a[HT_A_ARTICLE_ID] = ht_format(&arena, "a%016x", (unsigned)id);
    a[HT_A_SOURCE_PATH] = ht_format(&arena, "%d.txt", id);
    a[HT_A_RECORD] = a[HT_A_RECORD_OFFSET] = HT_S("0");
    a[HT_A_PUBLISHED] = HT_S("2025-07-01");
    a[HT_A_PUBLISHER] = ht_str_of(figure->by ? figure->by : "甲报");
    o->figures = HT_NEW(&arena, ht_figure_row);
    o->n_figures = 1;
    *o->figures = none;
    ht_str *f = o->figures->cell, value = ht_str_of(figure->value);
    size_t dots = ht_str_find(value, HT_S(".."), 0);
    f[HT_F_FIGURE_ID] = ht_format(&arena, HT_FMT "-1-0", HT_ARG(a[HT_A_ARTICLE_ID]));
    f[HT_F_ARTICLE_ID] = a[HT_A_ARTICLE_ID];
    f[HT_F_INDICATOR] = HT_S("workers");
    f[HT_F_REGION_CODE] = ht_str_of(figure->code);
    f[HT_F_SCOPE] = HT_S("whole");
    if (dots == SIZE_MAX) {
        f[HT_F_VALUE] = value;
    } else {
        f[HT_F_VALUE_LOW] = ht_sub(value, 0, dots);
        f[HT_F_VALUE_HIGH] = ht_sub(value, dots + 2, value.n);
    }
    f[HT_F_STEP] = HT_S("1");
    f[HT_F_QUALIFIER] = ht_str_of(figure->qualifier);
    f[HT_F_UNIT] = ht_str_of(figure->unit ? figure->unit : "人");
    f[HT_F_KIND] = HT_S("count");
    f[HT_F_MEASURE] = HT_S("stock");
    f[HT_F_MODALITY] = HT_S("actual");
    f[HT_F_ASOF] = ht_str_of(figure->asof);
    f[HT_F_CONFIDENCE] = HT_S("high");
}

static void run(const said *figures, size_t n, const ht_stats_options *options, bool backwards) {
    ht_stats *s;
    ht_error e = {0};
    const ht_gazetteer *g = ht_gazetteer_get(&e);
    if (ht_stats_open(&s, folder, &codebook, g, options, &e) != HT_OK) fail_msg("%s", e.text);
    for (size_t i = 0; i < n; i++) {
        ht_outcome o;
        size_t k = backwards ? n - 1 - i : i;
        fill(&o, (int)k, &figures[k]);
        assert_int_equal(ht_stats_add(s, &o, &e), HT_OK);
    }
    ht_run_facts facts = {.command = HT_S("{}")};
    if (ht_stats_finish(s, &facts, &e) != HT_OK) fail_msg("%s", e.text);
    ht_stats_close(s);
}

static ht_str slurp(const char *name) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (!f) return (ht_str){NULL, 0};
    ht_buf b;
    ht_buf_init(&b, &arena);
    size_t n;
    while ((n = fread(ht_buf_space(&b, 4096), 1, 4096, f)) > 0) b.n += n;
    fclose(f);
    return ht_buf_str(&b);
}

/* The cell of the only row with that code and period; "-" where there is none. */
static const char *cell_of(const char *file, const char *code, const char *period,
                           const char *column) {
    csv_table t;
    const char *found = "-";
    csv_parse(&t, &arena, slurp(file));
    for (size_t i = 0; i < t.n_rows; i++) {
        if (!ht_str_eq(csv_cell(&t, i, "region_code"), ht_str_of(code)) ||
            !ht_str_eq(csv_cell(&t, i, "period"), ht_str_of(period)))
            continue;
        assert_string_equal(found, "-");
        found = ht_str_cstr(&arena, csv_cell(&t, i, column));
    }
    return found;
}

static size_t n_rows(const char *file) {
    csv_table t;
    csv_parse(&t, &arena, slurp(file));
    return t.n_rows;
}

#define RUN(figures, ...)                                                                          \
    run(figures, sizeof figures / sizeof *figures, &(ht_stats_options){__VA_ARGS__}, false)

/* A child with a number and children counts once; a parent with a number keeps it. */
static void test_rollup(void **state) {
    (void)state;
    static const said figures[] = {
        {"510100", "300", "exact", "2025", NULL, NULL},
        {"510104", "999", "exact", "2025", NULL, NULL},
        {"511000", "26", "over", "2025", NULL, NULL},
        {"510502", "50", "exact", "2025", NULL, NULL},
        {"510503", "70", "exact", "2025", NULL, NULL},
        {"420100", "5", "exact", "2025", NULL, NULL},
        {"429005", "7", "exact", "2025", NULL, NULL},
        {"420000", "1000", "about", "2025", NULL, NULL},
        {"450100", "1", "about", "2025", NULL, NULL},
        {"450200", "10..20", "range", "2025", NULL, NULL},
    };
    RUN(figures, .rollup = true);
    assert_string_equal(cell_of("regions.csv", "510100", "2025", "value"), "300");
    assert_string_equal(cell_of("rollup.csv", "510100", "2025", "value"), "999");
    assert_string_equal(cell_of("rollup.csv", "510100", "2025", "stated"), "300");
    assert_string_equal(cell_of("rollup.csv", "510100", "2025", "shown"), "0");
    assert_string_equal(cell_of("regions.csv", "510500", "2025", "value"), "120");
    assert_string_equal(cell_of("regions.csv", "510500", "2025", "qualifier"), "at_least");
    assert_string_equal(cell_of("regions.csv", "510500", "2025", "coverage"), "2 of 7 counties");
    assert_string_equal(cell_of("regions.csv", "510500", "2025", "region"), "泸州市");
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "value"), "446");
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "coverage"),
                        "3 of 21 prefectures (1 in part)");
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "flag"), "rollup|partial");
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "n_figures"), "4");
    assert_string_equal(cell_of("rollup.csv", "510000", "2025", "known"), "510100|510500|511000");
    /* prefectures and counties right below a province are told apart; its own number stays */
    assert_string_equal(cell_of("rollup.csv", "420000", "2025", "coverage"),
                        "1 of 13 prefectures|1 of 4 counties");
    assert_string_equal(cell_of("regions.csv", "420000", "2025", "value"), "1000");
    assert_string_equal(cell_of("regions.csv", "420000", "2025", "flag"), "");
    /* about and a range: the low end, and no promise */
    assert_string_equal(cell_of("regions.csv", "450000", "2025", "value"), "11");
    assert_string_equal(cell_of("regions.csv", "450000", "2025", "qualifier"), "about");
    /* the country: the provinces, each once */
    assert_string_equal(cell_of("regions.csv", "100000", "2025", "value"), "1457");
    assert_string_equal(cell_of("regions.csv", "100000", "2025", "coverage"),
                        "3 of 34 provinces (2 in part)");
    RUN(figures, .rollup = true, .level = HT_S("province"));
    assert_int_equal(n_rows("regions.csv"), 3);
    RUN(figures, .level = HT_S("county"));
    assert_int_equal(n_rows("regions.csv"), 4);
    assert_null(slurp("rollup.csv").p); /* the earlier run's is gone */
}

static void test_complete(void **state) {
    (void)state;
    static const said figures[] = {
        {"511002", "1", "exact", "2025", NULL, NULL},
        {"511011", "2", "exact", "2025", NULL, NULL},
        {"511024", "10..20", "range", "2025", NULL, NULL},
        {"511025", "4", "exact", "2025", NULL, NULL},
        {"511083", "5", "exact", "2025", NULL, NULL},
    };
    RUN(figures, .rollup = true, .level = HT_S("prefecture"));
    assert_string_equal(cell_of("regions.csv", "511000", "2025", "value"), "");
    assert_string_equal(cell_of("regions.csv", "511000", "2025", "value_low"), "22");
    assert_string_equal(cell_of("regions.csv", "511000", "2025", "value_high"), "32");
    assert_string_equal(cell_of("regions.csv", "511000", "2025", "qualifier"), "range");
    assert_string_equal(cell_of("regions.csv", "511000", "2025", "flag"), "rollup");
    assert_string_equal(cell_of("regions.csv", "511000", "2025", "coverage"), "5 of 5 counties");
}

static void test_boundaries(void **state) {
    (void)state;
    static const said figures[] = {
        {"110103", "50", "exact", "2009", NULL, NULL},
        {"110103", "50", "exact", "2009", "乙报", NULL},
        {"110101", "70", "over", "2009", NULL, NULL},
        {"110104", "9", "exact", "2009", NULL, NULL},
        {"110228", "50", "exact", "2014", NULL, NULL},
        {"110118", "51", "exact", "2020", NULL, NULL},
        {"341400", "5", "exact", "2010", NULL, NULL},
    };
    RUN(figures, .boundaries = HT_S("2024-12-31"));
    assert_string_equal(cell_of("regions.csv", "110101", "2009", "value"), "120");
    assert_string_equal(cell_of("regions.csv", "110101", "2009", "qualifier"), "over");
    assert_string_equal(cell_of("regions.csv", "110101", "2009", "coverage"),
                        "2 of 2 former divisions");
    assert_string_equal(cell_of("regions.csv", "110103", "2009", "value"), "-");
    assert_string_equal(cell_of("regions.csv", "110102", "2009", "qualifier"), "at_least");
    assert_string_equal(cell_of("regions.csv", "110102", "2009", "coverage"),
                        "1 of 2 former divisions");
    assert_string_equal(cell_of("regions.csv", "110118", "2014", "region"), "密云区");
    assert_string_equal(cell_of("regions.csv", "341400", "2010", "value"), "5");
    assert_int_equal(n_rows("cells.csv"), 7); /* every figure has a part */
    csv_table t;
    csv_parse(&t, &arena, slurp("boundaries.csv"));
    assert_int_equal(t.n_rows, 5);
    assert_string_equal(ht_str_cstr(&arena, csv_cell(&t, 1, "change")), "merged");
    assert_string_equal(ht_str_cstr(&arena, csv_cell(&t, 1, "n_figures")), "2");
    assert_string_equal(ht_str_cstr(&arena, csv_cell(&t, 3, "change")), "renamed");
    assert_string_equal(ht_str_cstr(&arena, csv_cell(&t, 4, "change")), "split");
    RUN(figures, .keep_text = false);
    assert_string_equal(cell_of("regions.csv", "110103", "2009", "value"), "50");
    assert_null(slurp("boundaries.csv").p);
}

static void test_choose_and_period(void **state) {
    (void)state;
    static const said figures[] = {
        {"510000", "10", "exact", "2025-01", "甲报", NULL},
        {"510000", "10", "exact", "2025-01", "乙报", NULL},
        {"510000", "30", "exact", "2025-02", "甲报", NULL},
        {"510000", "20", "exact", "2025-06", "甲报", NULL},
        {"510000", "9", "exact", "2025-03", "甲报", NULL},
    };
    RUN(figures, .choose = HT_S("latest"));
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "value"), "20");
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "n_originators"), "2");
    RUN(figures, .choose = HT_S("most-sources"));
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "value"), "10");
    RUN(figures, .choose = HT_S("max"));
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "value"), "30");
    RUN(figures, .choose = HT_S("median"));
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "value"), "10");
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "conflict"), "1");
    RUN(figures, .period = HT_S("quarter"));
    assert_string_equal(cell_of("regions.csv", "510000", "2025-Q1", "value"), "9");
    assert_string_equal(cell_of("regions.csv", "510000", "2025-Q2", "conflict"), "0");
    RUN(figures, .period = HT_S("month"));
    assert_string_equal(cell_of("regions.csv", "510000", "2025-01", "n_figures"), "2");
    assert_int_equal(n_rows("regions.csv"), 4);
}

static void test_join(void **state) {
    (void)state;
    static const said figures[] = {{"510000", "25", "over", "2025", NULL, NULL},
                                   {"511000", "10..20", "range", "2025", NULL, NULL}};
    RUN(figures, .join = HT_S("region_code,people\n510000,75\n511000,40\n"),
        .join_name = HT_S("people.csv"));
    assert_string_equal(cell_of("ratios.csv", "510000", "2025", "ratio"), "1/3");
    assert_string_equal(cell_of("ratios.csv", "510000", "2025", "number"), "0.333333333333");
    assert_string_equal(cell_of("ratios.csv", "510000", "2025", "qualifier"), "over");
    assert_string_equal(cell_of("ratios.csv", "511000", "2025", "ratio_low"), "0.25");
    assert_string_equal(cell_of("ratios.csv", "511000", "2025", "ratio_high"), "0.5");
    csv_table t;
    csv_parse(&t, &arena, slurp("table-workers.csv"));
    assert_string_equal(ht_str_cstr(&arena, csv_cell(&t, 0, "2025_per_people")), "0.333333333333");
    assert_string_equal(ht_str_cstr(&arena, csv_cell(&t, 1, "2025_per_people")), "");
}

/* Classifiers that say the same stand in one cell, a unit that says something else in its own. */
static void test_classifiers(void **state) {
    (void)state;
    static ht_str dimensions[] = {HT_S("generic"), HT_S("place")};
    static const said figures[] = {
        {"510000", "246", "exact", "2025-01", "甲报", "处"},
        {"510000", "246", "exact", "2025-01", "乙报", "个"},
        {"510000", "246", "exact", "2025-01", "丙报", "家"},
        {"511000", "12", "exact", "2025-01", "丙报", "公里"},
    };
    indicators[0].dimensions = dimensions;
    indicators[0].n_dimensions = 2;
    RUN(figures, .keep_text = false);
    assert_int_equal(n_rows("regions.csv"), 2);
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "unit"), "个");
    assert_string_equal(cell_of("regions.csv", "510000", "2025", "n_figures"), "3");
    assert_string_equal(cell_of("regions.csv", "511000", "2025", "unit"), "公里");
    indicators[0].n_dimensions = 0;
}

/* Everything at once, from both ends. */
static void test_order(void **state) {
    (void)state;
    enum { N = 600 };
    static said figures[N];
    static const char *const codes[] = {"510000", "511000", "511002", "110101",
                                        "110103", "110228", "341400", "420100"};
    static const char *const values[] = {"1", "2", "30", "4..6", "50"};
    static const char *const qualifiers[] = {"exact", "about", "over", "range", "nearly"};
    static const char *const dates[] = {"2009", "2014-05", "2025-03-01", "", "2010"};
    static const char *const papers[] = {"甲报", "乙报", "丙报"};
    uint32_t x = 1;
    for (int i = 0; i < N; i++) {
        x = x * 1664525 + 1013904223;
        uint32_t v = x >> 12 & 0xFF;
        figures[i] = (said){codes[x >> 8 & 7],           values[v % 5],         qualifiers[v % 5],
                            dates[(x >> 20 & 0xFF) % 5], papers[(x >> 25) % 3], NULL};
    }
    static const char *const files[] = {"regions.csv", "cells.csv",      "rollup.csv",
                                        "ratios.csv",  "boundaries.csv", "table-workers.csv",
                                        "hantally.db"};
    ht_stats_options options = {.rollup = true,
                                .boundaries = HT_S("2024-12-31"),
                                .period = HT_S("month"),
                                .join = HT_S("region_code,people\n110101,7\n"),
                                .join_name = HT_S("p")};
    ht_str before[sizeof files / sizeof *files];
    run(figures, N, &options, false);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) before[i] = slurp(files[i]);
    run(figures, N, &options, true);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_true(before[i].n > 0);
        if (!ht_str_eq(before[i], slurp(files[i]))) fail_msg("%s differs", files[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rollup),     cmocka_unit_test(test_complete),
        cmocka_unit_test(test_boundaries), cmocka_unit_test(test_choose_and_period),
        cmocka_unit_test(test_join),       cmocka_unit_test(test_classifiers),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
