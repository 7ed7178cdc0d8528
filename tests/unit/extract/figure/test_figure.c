/* Reads cases.tsv: sentence, number -> indicator, measure, modality, how many figures. */
#include "extract/figure/figure.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static ht_arena arena;
static ht_reader reader;
static ht_codebook codebook;

static int open_tables(void **state) {
    (void)state;
    ht_error e = {0};
    ht_arena_init(&arena, 0);
    reader.lexicon = ht_lexicon_get(&e);
    reader.gazetteer = ht_gazetteer_get(&e);
    assert_non_null(reader.lexicon);
    assert_non_null(reader.gazetteer);
    if (ht_codebook_parse(&codebook, &arena, reader.lexicon, ht_codebook_builtin(HT_S("gig-work")),
                          HT_S("gig-work"), &e) != HT_OK)
        fail_msg("%s", e.text);
    reader.codebook = &codebook;
    return 0;
}

static int close_tables(void **state) {
    (void)state;
    ht_arena_free(&arena);
    return 0;
}

static ht_reading read_text(ht_arena *a, ht_passage *p, ht_str text) {
    ht_region_context where = {.dates = {ht_day_of(2025, 6, 18), HT_NO_DAY}};
    ht_reading r;
    ht_passage_make(p, a, text, NULL);
    ht_read(&reader, a, p, &where, &r, NULL);
    return r;
}

static bool any(ht_str field, const char *got) {
    return ht_str_eq(field, HT_S(".")) || ht_str_eq(field, ht_str_of(got));
}

static void test_cases(void **state) {
    (void)state;
    char line[4096];
    int n_bad = 0, n = 0;
    FILE *f = fopen("tests/unit/extract/figure/cases.tsv", "rb");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        ht_arena a;
        ht_passage p;
        ht_str rest = ht_str_trim(ht_str_of(line)), field[6];
        if (!rest.n || rest.p[0] == '#') continue;
        for (int k = 0; k < 6; k++) assert_true(ht_str_split(&rest, '\t', &field[k]));
        ht_arena_init(&a, 0);
        ht_reading r = read_text(&a, &p, field[0]);
        const ht_figure *found = NULL;
        int slots = 0;
        for (size_t k = 0; k < r.n_figures; k++) {
            const ht_figure *g = &r.figures[k];
            if (!ht_str_eq(ht_passage_str(&p, g->q->start, g->q->end), field[1])) continue;
            if (!found) found = g;
            slots += g->q == found->q;
        }
        ht_str id = found && found->indicator ? found->indicator->id : HT_S("-");
        bool good = found && (ht_str_eq(field[2], HT_S(".")) || ht_str_eq(field[2], id)) &&
                    any(field[3], found->measure) && any(field[4], found->modality) &&
                    (field[5].p[0] == '.' || field[5].p[0] - '0' == slots);
        n++;
        if (!good) {
            n_bad++;
            if (!found)
                print_error("no quantity " HT_FMT " in " HT_FMT "\n", HT_ARG(field[1]),
                            HT_ARG(field[0]));
            else
                print_error(HT_FMT ": " HT_FMT " is " HT_FMT " (%s) %s %s x%d, expected " HT_FMT
                                   " " HT_FMT " " HT_FMT "\n",
                            HT_ARG(field[0]), HT_ARG(field[1]), HT_ARG(id), found->rule,
                            found->measure, found->modality, slots, HT_ARG(field[2]),
                            HT_ARG(field[3]), HT_ARG(field[4]));
        }
        ht_arena_free(&a);
    }
    fclose(f);
    assert_true(n > 40);
    assert_int_equal(n_bad, 0);
}

static void test_repeat_and_part(void **state) {
    (void)state;
    ht_arena a;
    ht_passage p;
    ht_arena_init(&a, 0);
    ht_reading r =
        read_text(&a, &p, HT_S("全省共有货车司机8.2万人，其中党员1900人。\n全省货车司机8.2万人。"));
    assert_int_equal(r.n_figures, 3);
    assert_int_equal(r.figures[0].repeat_of, -1);
    assert_int_equal(r.figures[1].part_of, 0);
    assert_int_equal(r.figures[2].repeat_of, 0);
    ht_arena_free(&a);
}

static void test_linear(void **state) {
    (void)state;
    ht_arena a;
    ht_passage p;
    ht_buf b;
    ht_arena_init(&a, 0);
    ht_buf_init(&b, &a);
    for (int i = 0; i < 20000; i++) ht_buf_add(&b, HT_S("骑手3名"));
    ht_reading r = read_text(&a, &p, ht_buf_str(&b));
    assert_true(r.n_figures > 0);
    ht_arena_free(&a);
}

/* Rising numbers in one sentence: none is a part of one before, so that each looks back as far as it
 * may. Looking back to the sentence's start, this took half a minute. */
static void test_rising_numbers(void **state) {
    (void)state;
    ht_arena a;
    ht_passage p;
    ht_buf b;
    ht_arena_init(&a, 0);
    ht_buf_init(&b, &a);
    for (int i = 1; i < 20000; i++) ht_buf_printf(&b, "骑手%d人、", i);
    ht_reading r = read_text(&a, &p, ht_buf_str(&b));
    assert_true(r.n_figures > 18000);
    ht_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
                                       cmocka_unit_test(test_repeat_and_part),
                                       cmocka_unit_test(test_linear),
                                       cmocka_unit_test(test_rising_numbers)};
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
