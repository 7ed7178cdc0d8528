/* One figure in its text -> its region: the lines of figures.tsv. Run from the project's root. */
#include "extract/region/region.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char cases_path[] = "tests/unit/extract/region/figures.tsv";
enum { MAX_LINES = 16, MIN_CASES = 200 };
enum { PUBLISHER, TITLE, TEXT, FIGURE, WANT, SCOPE, N_FIELDS };

static ht_str answer_text(ht_arena *a, const ht_region_answer *x) {
    ht_buf b;
    ht_buf_init(&b, a);
    if (x->n_codes) ht_buf_byte(&b, x->each ? 'E' : 'J');
    for (size_t i = 0; i < x->n_codes; i++) ht_buf_printf(&b, i ? ",%u" : "%u", x->codes[i]);
    if (!x->n_codes) ht_buf_printf(&b, "%u", x->code);
    return ht_buf_str(&b);
}

static uint32_t find_last(const ht_passage *p, const char *literal) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < p->n; i++)
        if (ht_passage_at(p, i, literal)) found = i;
    return found;
}

/* "\n" and "|" of the file -> line feeds and tabs. */
static ht_str text_of(ht_arena *a, ht_str title, ht_str s) {
    ht_buf b;
    ht_buf_init(&b, a);
    if (title.n) {
        ht_buf_add(&b, title);
        ht_buf_byte(&b, '\n');
    }
    for (size_t i = 0; i < s.n; i++) {
        bool feed = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';
        ht_buf_byte(&b, feed ? '\n' : s.p[i] == '|' ? '\t' : s.p[i]);
        i += feed;
    }
    return ht_buf_str(&b);
}

static bool case_holds(ht_arena *a, const ht_str *f) {
    ht_passage p;
    ht_para_kind kinds[MAX_LINES] = {HT_PARA_TITLE};
    for (int i = 1; i < MAX_LINES; i++) kinds[i] = HT_PARA_BODY;
    ht_passage_make(&p, a, text_of(a, f[TITLE], f[TEXT]), f[TITLE].n ? kinds : NULL);
    assert_true(p.n_paras <= MAX_LINES);
    ht_region_context context = {
        .title = f[TITLE], .publisher = f[PUBLISHER], .dates = {HT_NO_DAY, HT_NO_DAY}};
    ht_geography *g = ht_geography_read(ht_gazetteer_get(NULL), a, &p, &context);
    uint32_t start = find_last(&p, ht_str_cstr(a, f[FIGURE]));
    uint32_t end = start + (uint32_t)ht_utf8_count(f[FIGURE]);
    ht_region_answer x = ht_region_resolve(g, a, start, end, NULL);
    ht_str got = answer_text(a, &x);
    if (ht_str_eq(got, f[WANT]) && ht_str_eq(ht_str_of(ht_scope_name(x.scope)), f[SCOPE]))
        return true;
    print_error(HT_FMT " | " HT_FMT ": want " HT_FMT " " HT_FMT ", got " HT_FMT " %s (%s)\n",
                HT_ARG(f[TEXT]), HT_ARG(f[FIGURE]), HT_ARG(f[WANT]), HT_ARG(f[SCOPE]), HT_ARG(got),
                ht_scope_name(x.scope), x.rule);
    return false;
}

static ht_str file_read(ht_arena *a) {
    ht_buf b;
    ht_buf_init(&b, a);
    FILE *file = fopen(cases_path, "rb");
    assert_non_null(file);
    for (size_t got = 1; got; b.n += got) got = fread(ht_buf_space(&b, 4096), 1, 4096, file);
    fclose(file);
    return ht_buf_str(&b);
}

static void test_cases(void **state) {
    (void)state;
    ht_arena file, a;
    ht_arena_init(&file, 0);
    ht_arena_init(&a, 0);
    ht_str rest = file_read(&file), line;
    size_t n = 0, wrong = 0;
    while (ht_str_split(&rest, '\n', &line)) {
        ht_str f[N_FIELDS] = {{0}};
        if (!line.n || line.p[0] == '#') continue;
        for (int i = 0; i < N_FIELDS; i++) assert_true(ht_str_split(&line, '\t', &f[i]));
        wrong += !case_holds(&a, f);
        n++;
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
    ht_arena_free(&file);
    assert_true(n >= MIN_CASES);
    assert_int_equal(wrong, 0);
}

/* The division that a name meant at the date of its figure. */
static void test_code_at(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int year;
        uint32_t code;
    } cases[] = {
        {"上海市闸北区有养老院43家", 2014, 310108}, {"上海市闸北区有养老院43家", 2020, 310106},
        {"莱芜市有养老院43家", 2017, 371200},       {"莱芜市有养老院43家", 2021, 370116},
        {"南宁市横县有养老院43家", 2019, 450127},   {"成都市有养老院43家", 2014, 510100},
    };
    ht_arena a;
    ht_arena_init(&a, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_passage p;
        ht_region_context context = {.dates = {ht_day_of(2025, 7, 1), HT_NO_DAY}};
        ht_passage_make(&p, &a, ht_str_of(cases[i].text), NULL);
        ht_geography *g = ht_geography_read(ht_gazetteer_get(NULL), &a, &p, &context);
        uint32_t start = find_last(&p, "43家");
        ht_region_answer x = ht_region_resolve(g, &a, start, start + 3, NULL);
        ht_day day = ht_day_of(cases[i].year, 12, 31);
        assert_int_equal(ht_region_code_at(g, &a, &x, day), cases[i].code);
        assert_int_equal(ht_region_code_at(g, &a, &x, HT_NO_DAY), x.code);
    }
    ht_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
                                       cmocka_unit_test(test_code_at)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
