/* Cells and figures that cannot be right together -> findings. */
#include "stats/audit.h"
#include "stats/audit_inner.h"
#include "stats/stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static ht_arena arena;
static char folder[64];
static const ht_gazetteer *gazetteer;
static ht_indicator indicator;
static ht_codebook codebook;
static ht_outcome outcome;

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    strcpy(folder, "/tmp/hantally-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    gazetteer = ht_gazetteer_get(NULL);
    indicator = (ht_indicator){.id = HT_S("workers"),
                               .measure = HT_S("stock"),
                               .aggregate = HT_S("latest"),
                               .min = ht_number_int(2),
                               .max = ht_number_int(1000000)};
    codebook = (ht_codebook){.id = HT_S("test"),
                             .version = HT_S("1"),
                             .indicators = &indicator,
                             .n_indicators = 1,
                             .source = HT_S("codebook: test\n")};
    outcome = (ht_outcome){.has_article = true};
    outcome.article.cell[HT_A_ARTICLE_ID] = HT_S("a0000000000000001");
    outcome.article.cell[HT_A_SOURCE_PATH] = HT_S("a.txt");
    outcome.article.cell[HT_A_RECORD] = HT_S("0");
    outcome.article.cell[HT_A_RECORD_OFFSET] = HT_S("0");
    outcome.article.cell[HT_A_PUBLISHED] = HT_S("2025-04-01");
    outcome.article.cell[HT_A_PUBLISHER] = HT_S("甲报");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ht_arena_free(&arena);
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static ht_str *figure(const char *region, const char *subtype, const char *value,
                      const char *asof) {
    size_t cap = outcome.n_figures;
    ht_figure_row *row = HT_PUSH(&arena, outcome.figures, outcome.n_figures, cap);
    ht_str *c = row->cell;
    c[HT_F_FIGURE_ID] = ht_format(&arena, "a0000000000000001-%zu-0", outcome.n_figures);
    c[HT_F_ARTICLE_ID] = outcome.article.cell[HT_A_ARTICLE_ID];
    c[HT_F_INDICATOR] = HT_S("workers");
    c[HT_F_SUBTYPE] = ht_str_of(subtype);
    c[HT_F_REGION_CODE] = ht_str_of(region);
    c[HT_F_REGION] = HT_S("某地");
    c[HT_F_SCOPE] = HT_S("whole");
    c[HT_F_VALUE] = ht_str_of(value);
    c[HT_F_STEP] = HT_S("1");
    c[HT_F_QUALIFIER] = HT_S("exact");
    c[HT_F_UNIT] = HT_S("人");
    c[HT_F_KIND] = HT_S("count");
    c[HT_F_MEASURE] = HT_S("stock");
    c[HT_F_MODALITY] = HT_S("actual");
    c[HT_F_ASOF] = ht_str_of(asof);
    c[HT_F_CONFIDENCE] = HT_S("high");
    c[HT_F_SENTENCE] = HT_S("某地的话。");
    return c;
}

static ht_audit audit_of(const char *reference) {
    ht_stats *s;
    ht_error e = {0};
    ht_stats_options options = {0};
    if (ht_stats_open(&s, folder, &codebook, gazetteer, &options, &e) != HT_OK) fail_msg("%s", e.text);
    assert_int_equal(ht_stats_add(s, &outcome, &e), HT_OK);
    if (ht_stats_finish(s, &(ht_run_facts){0}, &e) != HT_OK) fail_msg("%s", e.text);
    ht_stats_close(s);
    ht_audit audit;
    if (ht_audit_run(&audit, folder, gazetteer, ht_str_of(reference), "ref.csv", &e) != HT_OK)
        fail_msg("%s", e.text);
    return audit;
}

/* "kind region value other_value", a line each, in order */
static void assert_findings(const char *expected) {
    ht_audit audit = audit_of(NULL);
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (size_t i = 0; i < audit.n; i++) {
        const ht_finding *f = &audit.findings[i];
        ht_buf_printf(&b, "%s " HT_FMT " " HT_FMT " " HT_FMT "\n", ht_audit_kind_name(f->kind),
                      HT_ARG(f->suspect.region_code), HT_ARG(f->suspect.value),
                      HT_ARG(f->other.value));
    }
    ht_buf_byte(&b, '\0');
    assert_string_equal(b.p, expected);
    ht_audit_free(&audit);
}

static void nothing_where_all_can_be_true(void **state) {
    (void)state;
    figure("320000", "", "30000", "2024");
    figure("320100", "", "20000", "2024");
    figure("320500", "", "10000", "2024");
    figure("320500", "courier", "10000", "2024");
    figure("320500", "", "19999", "2023");
    assert_findings("");
}

/* 3万 ± 5000 and 3.1万 + 4000 can meet. */
static void rounded_numbers_are_intervals(void **state) {
    (void)state;
    figure("320000", "", "30000", "2024")[HT_F_STEP] = HT_S("10000");
    ht_str *child = figure("320100", "", "35000", "2024");
    child[HT_F_STEP] = HT_S("1000");
    assert_findings("");
    child[HT_F_VALUE] = HT_S("36000");
    assert_findings("child_above_parent 320100 36000 30000\n");
    child[HT_F_QUALIFIER] = HT_S("about");
    assert_findings("");
    child[HT_F_QUALIFIER] = HT_S("at_most");
    assert_findings("");
}

static void a_county_counts_for_its_nearest_parent(void **state) {
    (void)state;
    figure("320000", "", "5000", "2024");
    figure("320100", "", "2500", "2024");
    figure("320102", "", "2500", "2024"); /* in 320100: not counted twice */
    figure("320500", "", "2500", "2024");
    assert_findings("");
    figure("321000", "", "3", "2024");
    assert_findings("children_above_parent 320000 5000 5003\n");
}

/* Above its prefecture and its province: said once, of the nearest. */
static void a_child_is_named_once(void **state) {
    (void)state;
    figure("320000", "", "5000", "2024");
    figure("320100", "", "2500", "2024");
    figure("320102", "", "6000", "2024");
    assert_findings("child_above_parent 320102 6000 2500\n");
}

static void shares_are_not_added(void **state) {
    (void)state;
    const char *regions[] = {"320000", "320100", "320500"};
    for (int i = 0; i < 3; i++) {
        ht_str *c = figure(regions[i], "", i ? "60" : "50", "2024");
        c[HT_F_KIND] = HT_S("share");
        c[HT_F_UNIT] = HT_S("%");
    }
    assert_findings("");
}

static void subtypes_and_their_whole(void **state) {
    (void)state;
    figure("320000", "", "100", "2024");
    figure("320000", "courier", "102", "2024");
    figure("320000", "rider", "61", "2024");
    figure("320000", "driver", "41", "2024");
    assert_findings("subtype_above_whole 320000 102 100\n"
                    "subtypes_above_whole 320000 100 102\n");
}

static void a_lost_wan_from_year_to_year(void **state) {
    (void)state;
    figure("320000", "", "33330", "2023");
    ht_str *after = figure("320000", "", "10", "2024");
    assert_findings("lost_wan 320000 10 33330\n");
    after[HT_F_VALUE] = HT_S("11"); /* less than 3333 times */
    assert_findings("stock_collapses 320000 11 33330\n");
    figure("330100", "", "5", "2023");
    ht_str *most = figure("330100", "", "149999", "2024");
    assert_findings("lost_wan 330100 5 149999\nstock_collapses 320000 11 33330\n");
    most[HT_F_VALUE] = HT_S("150000"); /* 30000 times */
    assert_findings("stock_collapses 320000 11 33330\n");
}

static void a_lost_wan_within_a_cell(void **state) {
    (void)state;
    figure("320000", "", "50000", "2024-12-31");
    figure("320000", "", "5", "2024-12-30");
    assert_findings("lost_wan 320000 5 50000\n");
}

static void half_of_a_stock_is_a_collapse(void **state) {
    (void)state;
    figure("320000", "", "101", "2023")[HT_F_STEP] = HT_S("0");
    ht_str *after = figure("320000", "", "51", "2024");
    after[HT_F_STEP] = HT_S("0");
    assert_findings("");
    after[HT_F_VALUE] = HT_S("50.5");
    assert_findings("stock_collapses 320000 50.5 101\n");
    for (size_t i = 0; i < outcome.n_figures; i++)
        outcome.figures[i].cell[HT_F_MEASURE] = HT_S("flow");
    assert_findings("");
    for (size_t i = 0; i < outcome.n_figures; i++)
        outcome.figures[i].cell[HT_F_MEASURE] = HT_S("cumulative");
    assert_findings("cumulative_falls 320000 50.5 101\n");
}

static void parts_and_places(void **state) {
    (void)state;
    ht_str *whole = figure("320000", "", "100", "2024");
    ht_str whole_id = whole[HT_F_FIGURE_ID];
    ht_str *part = figure("320000", "courier", "120", "");
    part[HT_F_PART_OF] = whole_id;
    part[HT_F_ASOF] = HT_S("2020");
    ht_str *place = figure("320000", "", "300", "2024-05");
    place[HT_F_SCOPE] = HT_S("part");
    assert_findings("part_above_whole 320000 120 100\nplace_above_region 320000 300 100\n");
    outcome.figures[2].cell[HT_F_CONFIDENCE] = HT_S("low");
    assert_findings("part_above_whole 320000 120 100\n");
}

static void limits_of_the_codebook(void **state) {
    (void)state;
    figure("110000", "", "1000000", "2024");
    figure("120000", "", "1000001", "2024");
    figure("310000", "", "2", "2024");
    figure("500000", "", "1", "2024");
    assert_findings("implausible 500000 1 at_least 2\n"
                    "implausible 120000 1000001 at_most 1000000\n");
}

static void ids_stay_and_rank_moves(void **state) {
    (void)state;
    figure("120000", "", "1000001", "2024");
    ht_audit audit = audit_of(NULL);
    assert_int_equal(audit.n, 1);
    char id[18];
    snprintf(id, sizeof id, HT_FMT, HT_ARG(audit.findings[0].id));
    ht_audit_free(&audit);
    figure("310000", "", "9000000", "2024");
    audit = audit_of(NULL);
    assert_int_equal(audit.n, 2);
    assert_true(ht_str_eq(audit.findings[1].id, ht_str_of(id)));
    assert_string_equal(ht_str_cstr(&arena, audit.findings[1].suspect.sentence), "某地的话。");
    ht_audit_free(&audit);
}

static void the_reference(void **state) {
    (void)state;
    figure("120000", "", "1000", "2024");
    figure("310000", "courier", "500", "2024");
    ht_audit audit = audit_of("\xEF\xBB\xBFregion_code,indicator,subtype,value\r\n"
                              "120000,workers,,\"1,000\"\r\n310000,workers,courier,400\r\n"
                              "310000,workers,,400\r\n\r\n");
    assert_int_equal(audit.n_agree, 1);
    assert_int_equal(audit.n_disagree, 1);
    assert_int_equal(audit.n_without, 1);
    assert_int_equal(audit.n, 1);
    assert_int_equal(audit.findings[0].kind, HT_AUDIT_REFERENCE);
    assert_string_equal(ht_str_cstr(&arena, audit.findings[0].ratio), "1.25");
    ht_audit_free(&audit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(nothing_where_all_can_be_true),
        TEST(rounded_numbers_are_intervals),
        TEST(a_county_counts_for_its_nearest_parent),
        TEST(a_child_is_named_once),
        TEST(shares_are_not_added),
        TEST(subtypes_and_their_whole),
        TEST(a_lost_wan_from_year_to_year),
        TEST(a_lost_wan_within_a_cell),
        TEST(half_of_a_stock_is_a_collapse),
        TEST(parts_and_places),
        TEST(limits_of_the_codebook),
        TEST(ids_stay_and_rank_moves),
        TEST(the_reference),
    };
    return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
