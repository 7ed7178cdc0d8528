/* Numbers on charts: places, steps, short forms. */
#include "report/scale.h"
#include "report/words.h"

#include <setjmp.h>
#include <stdarg.h>
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

static report_scale scale(const char *low, const char *high, int from, int to) {
    report_range r = {HT_NO_NUMBER, HT_NO_NUMBER};
    report_range_add(&r, number(low));
    report_range_add(&r, number(high));
    return report_scale_of(r, from, to);
}

static void test_places(void **state) {
    (void)state;
    static const struct {
        const char *low, *high, *x;
        int from, to, place;
    } cases[] = {
        {"0", "200", "0", 10, 110, 10},
        {"0", "200", "100", 10, 110, 60},
        {"0", "200", "200", 10, 110, 110},
        {"0", "200", "201", 10, 110, 110},
        {"0", "200", "-1", 10, 110, 10},
        {"5", "200", "100", 10, 110, 60}, /* a chart begins at zero */
        {"-100", "100", "0", 0, 100, 50},
        {"-100", "-50", "0", 0, 100, 100},
        {"0", "0.004", "0.001", 0, 100, 25},
        {"0", "10000000000000000", "0.5", 0, 100, 0},
        {"0", "99999999999999999999999999", "50000000000000000000000000", 0, 100, 50},
        {"0", "200", "100", 190, 10, 100}, /* upwards */
        {"0", "0", "0", 7, 100, 7},
        {"", "", "3", 7, 100, 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        report_scale s = scale(cases[i].low, cases[i].high, cases[i].from, cases[i].to);
        assert_int_equal(report_place(&s, number(cases[i].x)), cases[i].place);
    }
}

static void test_steps(void **state) {
    (void)state;
    static const char *const cases[][2] = {{"1", "0.2"},         {"5", "1"},         {"5.1", "2"},
                                           {"10", "2"},          {"10.5", "5"},      {"26", "10"},
                                           {"946000", "200000"}, {"0.003", "0.001"}, {"0", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        report_scale s = scale("0", cases[i][0], 0, 100);
        ht_str step = ht_number_text(&arena, report_step(&s));
        assert_string_equal(ht_str_cstr(&arena, step), cases[i][1]);
    }
}

static void test_compact(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"0", "0", "0"},
        {"7", "7", "7"},
        {"2874", "2874", "2874"},
        {"9999", "9999", "9999"},
        {"10000", "10K", "1万"},
        {"26500", "26.5K", "2.65万"},
        {"999499", "999K", "99.9万"},
        {"1186000", "1.19M", "119万"},
        {"17000000", "17M", "1700万"},
        {"100000000", "100M", "1亿"},
        {"1234567890", "1.23B", "12.3亿"},
        {"-26500", "-26.5K", "-2.65万"},
        {"0.4525", "0.452", "0.452"}, /* half to even */
        {"28.60", "28.6", "28.6"},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int zh = 0; zh < 2; zh++)
            assert_string_equal(
                ht_str_cstr(&arena, report_compact(&arena, number(cases[i][0]), zh)),
                cases[i][1 + zh]);
}

static void test_value(void **state) {
    (void)state;
    static const struct {
        const char *qualifier, *value, *low, *high, *english, *chinese;
    } cases[] = {
        {"exact", "370000", "", "", "370,000", "370,000"},
        {"about", "1200", "", "", "about 1200", "约1200"},
        {"range", "", "3", "5", "3–5", "3–5"},
        {"several", "", "10", "", "several: 10", "数：10"},
        {"exact", "1/3", "", "", "1/3", "1/3"},
        {"exact", "-12345.67", "", "", "-12,345.67", "-12,345.67"},
        {"", "12345", "", "", "12,345", "12,345"},
        {"", "", "", "", "—", "—"},
        {"unreadable", "", "", "", "unreadable", "不可读"},
        {"unheard", "5", "", "", "unheard5", "unheard5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int zh = 0; zh < 2; zh++) {
            ht_buf b;
            ht_buf_init(&b, &arena);
            report_value(&b, ht_str_of(cases[i].qualifier), ht_str_of(cases[i].value),
                         ht_str_of(cases[i].low), ht_str_of(cases[i].high), zh);
            assert_string_equal(ht_str_cstr(&arena, ht_buf_str(&b)),
                                zh ? cases[i].chinese : cases[i].english);
        }
}

static void test_text(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"<a href=\"x\">&", "&lt;a href=&quot;x&quot;&gt;&amp;", "\"\\u003ca href=\\\"x\\\">&\""},
        {"1\xE2\x80\xAE"
         "2\xE2\x81\xA9"
         "3",
         "1\xEF\xBF\xBD"
         "2\xEF\xBF\xBD"
         "3",
         "\"1\xEF\xBF\xBD"
         "2\xEF\xBF\xBD"
         "3\""},
        {"\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA",
         "\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA",
         "\"\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA\""},
        {"a\n\\\x01", "a\n\\\xEF\xBF\xBD", "\"a\\u000a\\\\\\u0001\""},
        {"\xE2", "\xE2", "\"\xE2\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        report_text(&b, ht_str_of(cases[i][0]));
        assert_string_equal(ht_str_cstr(&arena, ht_buf_str(&b)), cases[i][1]);
        ht_buf_init(&b, &arena);
        report_json(&b, ht_str_of(cases[i][0]));
        assert_string_equal(ht_str_cstr(&arena, ht_buf_str(&b)), cases[i][2]);
    }
}

static void test_words(void **state) {
    (void)state;
    report_words w = report_word("qualifier", HT_S("about"));
    assert_true(ht_str_eq(w.english, HT_S("about ")) && ht_str_eq(w.chinese, HT_S("约")));
    w = report_word("qualifier", HT_S("unheard"));
    assert_true(ht_str_eq(w.english, HT_S("unheard")) && ht_str_eq(w.chinese, HT_S("unheard")));
    assert_true(ht_str_eq(report_key("cell.close").chinese, HT_S("关闭")));
    w = report_word("qualifier", HT_S("exact"));
    assert_true(w.english.n == 0 && w.chinese.n == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_steps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_compact, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_value, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_words, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
