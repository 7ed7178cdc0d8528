/* Kept blocks and a title -> main text with its way back to the source. */
#include "extract/page/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

static const char source[] =
    "<!DOCTYPE html><div><h1>小镇修桥</h1><p>今年春天，镇上修好了&nbsp;3座桥，人人高兴。</p>"
    "<h3>桥通了</h3><table><tr><th>桥<th>米<tr><td>上<td>12</table>"
    "<figure><figcaption>新桥</figcaption></figure><p>明年还要再修一座桥，大家都很期待。</p></div>";

static ht_article make(ht_page *page, ht_str title) {
    ht_trouble trouble = {0};
    assert_true(ht_page_split(&arena, ht_str_of(source), page, &trouble));
    ht_page_choose(&arena, page, NULL);
    ht_article article = {.title = title};
    ht_article_make(&arena, page, &article);
    return article;
}

static void test_lines(void **state) {
    (void)state;
    ht_page page;
    ht_article x = make(&page, HT_S("小镇修桥"));
    assert_true(ht_str_eq(x.main, HT_S("小镇修桥\n今年春天，镇上修好了 3座桥，人人高兴。\n桥通了\n"
                                       "桥\t米\n上\t12\n新桥\n明年还要再修一座桥，大家都很期待。")));
    static const ht_para_kind kinds[] = {HT_PARA_TITLE, HT_PARA_BODY, HT_PARA_HEADING, HT_PARA_ROW,
                                         HT_PARA_ROW,   HT_PARA_CAPTION, HT_PARA_BODY};
    assert_int_equal(x.n_lines, 7);
    assert_memory_equal(x.kinds, kinds, sizeof kinds);
    assert_int_equal(x.map.n_out, x.main.n);
    assert_int_equal(x.main_chars, 4 + 19 + 3 + 2 + 3 + 2 + 17);
}

static void test_no_title(void **state) {
    (void)state;
    ht_page page;
    ht_article x = make(&page, HT_S(""));
    assert_true(ht_str_starts(x.main, HT_S("\n")));
    assert_int_equal(x.kinds[0], HT_PARA_TITLE);
}

/* The page writes its title with blanks or in full width: it is the title all the same. */
static void test_title_folded(void **state) {
    (void)state;
    ht_page page;
    ht_article x = make(&page, HT_S("小镇 修桥"));
    assert_true(ht_str_find(x.main, HT_S("\n小镇修桥"), 0) == SIZE_MAX);
}

static void test_source(void **state) {
    (void)state;
    ht_page page;
    ht_article x = make(&page, HT_S("小镇修桥"));
    static const char *const words[] = {"小镇修桥", "3座桥", "12", "再修一座"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ht_str word = ht_str_of(words[i]);
        size_t at = ht_str_find(x.main, word, 0);
        assert_true(at != SIZE_MAX);
        ht_span s = ht_offmap_source(&x.map, at, at + word.n);
        assert_true(ht_str_eq(ht_sub(ht_str_of(source), s.start, s.end), word));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_title, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_title_folded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_source, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
