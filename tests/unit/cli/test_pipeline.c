#include "cli/pipeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static ht_arena arena;
static cli_tables tables;
static cli_pipeline pipeline;

static int open_tables(void **state) {
    (void)state;
    ht_error e;
    cli_options o;
    char command[] = "extract", input[] = "x", *words[] = {command, input};
    ht_arena_init(&arena, 0);
    if (cli_tables_open_with(&tables, &arena, "tests/cli/files/mini.yaml", &e) != HT_OK) return -1;
    if (cli_options_parse(&o, &arena, 2, words, &e) != HT_OK) return -1;
    cli_pipeline_init(&pipeline, &tables, &o);
    return 0;
}

static int close_tables(void **state) {
    (void)state;
    ht_arena_free(&arena);
    return 0;
}

static ht_outcome read_text(const cli_pipeline *p, ht_str text, size_t limit) {
    ht_arena scratch;
    ht_outcome outcome;
    ht_record record = {.source_path = HT_S("x.txt"), .bytes = text, .id = "a0123456789abcdef"};
    ht_arena_init(&scratch, limit);
    cli_outcome_read(p, &scratch, &arena, &record, &outcome);
    ht_arena_free(&scratch); /* the outcome must not need it any more */
    return outcome;
}

static const char *cell(const ht_str *cells, int i) {
    return ht_str_cstr(&arena, cells[i]);
}

#define TEXT                                                                                       \
    "绩溪县快递员队伍扩大\n2025-06-03 来源：徽溪晚报\n\n"                         \
    "绩溪县邮政管理部门介绍，全县现有快递员260余人，比上年增加30人。\n"

static void a_text_becomes_rows(void **state) {
    (void)state;
    ht_outcome o = read_text(&pipeline, HT_S(TEXT), 0);
    assert_true(o.has_article);
    assert_false(o.has_rejection);
    assert_string_equal(cell(o.article.cell, HT_A_TITLE), "绩溪县快递员队伍扩大");
    assert_string_equal(cell(o.article.cell, HT_A_PUBLISHED), "2025-06-03");
    assert_int_equal(o.n_figures, 2);
    const ht_str *c = o.figures[0].cell;
    assert_string_equal(cell(c, HT_F_SURFACE), "260余人");
    assert_string_equal(cell(c, HT_F_SOURCE_TEXT), "260余人");
    assert_string_equal(cell(c, HT_F_VALUE), "260");
    assert_string_equal(cell(c, HT_F_INDICATOR), "workers");
    size_t at = ht_str_find(HT_S(TEXT), HT_S("260余人"), 0);
    char id[64];
    snprintf(id, sizeof id, "a0123456789abcdef-%zu-0", at);
    assert_string_equal(cell(c, HT_F_FIGURE_ID), id);
}

static void without_memory_a_document_is_rejected(void **state) {
    (void)state;
    ht_outcome o = read_text(&pipeline, HT_S(TEXT), 70000);
    assert_false(o.has_article);
    assert_true(o.has_rejection);
    assert_string_equal(cell(o.rejection.cell, HT_R_ERROR), "memory");
    assert_string_equal(cell(o.rejection.cell, HT_R_SOURCE_PATH), "x.txt");
}

static void what_is_no_text_is_rejected(void **state) {
    (void)state;
    static const char zeros[5000];
    ht_outcome o = read_text(&pipeline, (ht_str){zeros, sizeof zeros}, 0);
    assert_false(o.has_article);
    assert_string_equal(cell(o.rejection.cell, HT_R_STAGE), "normalize");
    assert_string_equal(cell(o.rejection.cell, HT_R_ERROR), "not-text");
    assert_false(cli_outcome_is_deselected(&o));
}

static void days_select(void **state) {
    (void)state;
    static const struct {
        const char *since, *until, *error;
    } cases[] = {
        {"2025-06-03", "2025-06-03", NULL},  {"2025-06-04", NULL, "before-since"},
        {NULL, "2025-06-02", "after-until"}, {"2025-06-03", NULL, NULL},
        {NULL, "2025-06-03", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cli_pipeline p = pipeline;
        if (cases[i].since) p.since = ht_day_parse(ht_str_of(cases[i].since));
        if (cases[i].until) p.until = ht_day_parse(ht_str_of(cases[i].until));
        ht_outcome o = read_text(&p, HT_S(TEXT), 0);
        assert_int_equal(o.has_article, cases[i].error == NULL);
        assert_int_equal(cli_outcome_is_deselected(&o), cases[i].error != NULL);
        if (cases[i].error) assert_string_equal(cell(o.rejection.cell, HT_R_ERROR), cases[i].error);
    }
}

/* One sentence of many figures must not be repeated whole in each row. */
static void long_sentences_are_cut_around_the_figure(void **state) {
    (void)state;
    enum { FIGURES = 400 };
    ht_buf b;
    ht_buf_init(&b, &arena);
    ht_buf_add(&b, HT_S(TEXT "各乡镇的情况是"));
    for (int i = 0; i < FIGURES; i++) ht_buf_printf(&b, "，甲乡有快递员%d人", 1000 + i);
    ht_buf_add(&b, HT_S("。\n"));
    ht_outcome o = read_text(&pipeline, ht_buf_str(&b), 0);
    assert_true(o.n_figures > FIGURES);
    for (size_t i = 0; i < o.n_figures; i++) {
        const ht_str *c = o.figures[i].cell;
        assert_true(c[HT_F_SENTENCE].n <= 3 * 600);
        assert_true(ht_str_find(c[HT_F_SENTENCE], c[HT_F_SURFACE], 0) != SIZE_MAX);
        for (size_t k = 0; k < i; k++)
            assert_false(ht_str_eq(c[HT_F_FIGURE_ID], o.figures[k].cell[HT_F_FIGURE_ID]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_becomes_rows),
        cmocka_unit_test(without_memory_a_document_is_rejected),
        cmocka_unit_test(what_is_no_text_is_rejected),
        cmocka_unit_test(days_select),
        cmocka_unit_test(long_sentences_are_cut_around_the_figure),
    };
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
