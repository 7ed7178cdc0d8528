/* CSV and JSON: what is written is read back. */
#include "stats/csv.h"
#include "stats/json_quick.h"

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

static void test_csv_field(void **state) {
    (void)state;
    static const struct {
        const char *field;
        bool excel;
        const char *written;
    } cases[] = {
        {"", false, ""},
        {"约37万人", false, "约37万人"},
        {"a,b", false, "\"a,b\""},
        {"say \"x\"", false, "\"say \"\"x\"\"\""},
        {"two\nlines", false, "\"two\nlines\""},
        {"cr\rhere", false, "\"cr\rhere\""},
        {" blank ", false, " blank "},
        {"=1+1", false, "=1+1"},
        {"=1+1", true, "'=1+1"},
        {"@cmd,x", true, "\"'@cmd,x\""},
        {"-5.2", true, "-5.2"},
        {"+3", true, "+3"},
        {"-", true, "'-"},
        {"-x", true, "'-x"},
        {"\tx", true, "'\tx"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        ht_csv_field(&b, ht_str_of(cases[i].field), cases[i].excel);
        assert_string_equal(ht_str_cstr(&arena, ht_buf_str(&b)), cases[i].written);
    }
}

static void test_csv_parse(void **state) {
    (void)state;
    csv_table t;
    csv_parse(&t, &arena,
              HT_S("\xEF\xBB\xBFid,text,last\r\n1,\"a,\"\"b\"\"\nc\",z\n2,,\n3\n\"4\"x,y,w,extra"));
    assert_int_equal(t.n_columns, 3);
    assert_int_equal(t.n_rows, 4);
    static const char *const expected[4][3] = {
        {"1", "a,\"b\"\nc", "z"}, {"2", "", ""}, {"3", "", ""}, {"4x", "y", "w"}};
    static const char *const names[3] = {"id", "text", "last"};
    for (size_t r = 0; r < 4; r++)
        for (size_t c = 0; c < 3; c++)
            assert_string_equal(ht_str_cstr(&arena, csv_cell(&t, r, names[c])), expected[r][c]);
    assert_int_equal(csv_cell(&t, 0, "none").n, 0);
    csv_parse(&t, &arena, HT_S(""));
    assert_int_equal(t.n_rows, 0);
    csv_parse(&t, &arena, HT_S("a,\"open"));
    assert_int_equal(t.n_columns, 2);
}

static ht_outcome sample_outcome(void) {
    static ht_figure_row figures[2];
    ht_outcome o = {.has_article = true, .has_rejection = true, .figures = figures, .n_figures = 2};
    for (int i = 0; i < HT_N_ARTICLE_COLUMNS; i++)
        o.article.cell[i] = ht_format(&arena, "%s值%d", ht_article_columns[i], i);
    o.article.cell[HT_A_RECORD] = HT_S("0");
    o.article.cell[HT_A_RECORD_OFFSET] = HT_S("123456789012");
    o.article.cell[HT_A_TITLE] = HT_S("引号\"反斜\\\n\t\x01\x1F");
    o.article.cell[HT_A_AUTHORS] = HT_S("");
    for (int i = 0; i < HT_N_FIGURE_COLUMNS; i++) {
        figures[0].cell[i] = ht_format(&arena, "%d", i);
        figures[1].cell[i] = ht_format(&arena, "图%d", i);
    }
    for (int i = 0; i < HT_N_REJECTED_COLUMNS; i++)
        o.rejection.cell[i] = ht_format(&arena, "r%d", i);
    o.text = (ht_str){"标题\n第一段。\0尾", sizeof "标题\n第一段。\0尾" - 1};
    return o;
}

static void test_json_round_trip(void **state) {
    (void)state;
    ht_outcome o = sample_outcome(), back;
    ht_buf b;
    ht_buf_init(&b, &arena);
    ht_outcome_to_json(&b, &o);
    assert_null(memchr(b.p, '\n', b.n));
    ht_error e;
    assert_int_equal(ht_outcome_from_json(&arena, ht_buf_str(&b), &back, &e), HT_OK);
    assert_true(back.has_article && back.has_rejection);
    for (int i = 0; i < HT_N_ARTICLE_COLUMNS; i++)
        assert_true(ht_str_eq(o.article.cell[i], back.article.cell[i]));
    for (int i = 0; i < HT_N_REJECTED_COLUMNS; i++)
        assert_true(ht_str_eq(o.rejection.cell[i], back.rejection.cell[i]));
    assert_true(ht_str_eq(o.text, back.text));
    assert_int_equal(back.n_figures, 2);
    for (size_t k = 0; k < 2; k++)
        for (int i = 0; i < HT_N_FIGURE_COLUMNS; i++)
            assert_true(ht_str_eq(o.figures[k].cell[i], back.figures[k].cell[i]));
    ht_str line = ht_buf_str(&b);
    assert_true(ht_str_find(line, HT_S("\"record\":0,"), 0) != SIZE_MAX);
    assert_true(ht_str_find(line, HT_S("\"sketch\":\""), 0) != SIZE_MAX);
}

static void test_json_malformed_bytes(void **state) {
    (void)state;
    ht_outcome o = {.has_article = true}, back;
    o.article.cell[HT_A_ARTICLE_ID] = HT_S("a0");
    o.text = HT_S("坏\xFF字\xE4\xB8");
    ht_buf b;
    ht_buf_init(&b, &arena);
    ht_outcome_to_json(&b, &o);
    ht_error e;
    assert_int_equal(ht_outcome_from_json(&arena, ht_buf_str(&b), &back, &e), HT_OK);
    assert_string_equal(ht_str_cstr(&arena, back.text), "坏\xEF\xBF\xBD字\xEF\xBF\xBD\xEF\xBF\xBD");
}

/* What json-c reads is read without it alike, whatever its form; what it refuses is refused. */
static void test_json_quick_reads_as_json_c_does(void **state) {
    (void)state;
    static const struct {
        const char *rest, *url; /* NULL: refused */
    } lines[] = {
        {"\"url\":\"a\"}", "a"},
        {"\"url\" : \"\\u5317\\n\\/\\\"\" }", "北\n/\""},
        {"\"url\":\"\\ud83d\\ude00\"}", "😀"},
        {"\"url\":null}", ""},
        {"\"url\":1234567890123456789}", "1234567890123456789"},
        {"\"url\":123456789012345678}", "123456789012345678"},
        {"\"url\":1.50}", "1.50"},
        {"\"url\":-7}", "-7"},
        {"\"url\":0}", "0"},
        {"\"url\":007}", NULL},
        {"\"url\":\"a\",\"url\":\"b\"}", "b"},
        {"\"u\\u0072l\":\"a\"}", "a"},
        {"\"other\":{\"url\":[1]},\"url\":\"a\"}", "a"},
        {"\"rejected\":null,\"url\":\"a\"}", "a"},
        {"\"figures\":null,\"url\":\"a\"}", "a"},
        {"\"url\":true}", NULL},
        {"\"url\":\"a\",}", NULL},
        {"\"url\":\"a\tb\"}", "a\tb"},
        {"\"url\":\"\\x\"}", NULL},
        {"\"url\":\"a", NULL},
        {"\"url\":", NULL},
        {"\"url\"}", NULL},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        for (int slowly = 0; slowly < 2; slowly++) {
            ht_str line = ht_format(&arena, "{%s\"article_id\":\"a1\",%s",
                                    slowly ? "\"-\":0," : "", lines[i].rest);
            ht_outcome o;
            ht_status status = ht_outcome_from_json(&arena, line, &o, NULL);
            if ((status == HT_OK) != (lines[i].url != NULL)) fail_msg("%.*s", (int)line.n, line.p);
            if (lines[i].url)
                assert_string_equal(ht_str_cstr(&arena, o.article.cell[HT_A_URL]), lines[i].url);
        }
}

/* Every line that is written is read without json-c, but for NUL. */
static void test_json_own_lines_are_quick(void **state) {
    (void)state;
    ht_outcome o = sample_outcome(), back;
    o.text = HT_S("标题\n\"第\"\\一段。\x01\t尾");
    ht_buf b;
    ht_buf_init(&b, &arena);
    ht_outcome_to_json(&b, &o);
    assert_true(json_quick_read(&arena, ht_buf_str(&b), &back));
    assert_true(ht_str_eq(o.text, back.text));
    assert_int_equal(back.n_figures, 2);
    for (int i = 0; i < HT_N_FIGURE_COLUMNS; i++)
        assert_true(ht_str_eq(o.figures[1].cell[i], back.figures[1].cell[i]));
}

static void test_json_refused(void **state) {
    (void)state;
    static const char *const lines[] = {
        "",
        "null",
        "[]",
        "{}",
        "{\"article_id\":\"a1\"",
        "{\"article_id\":\"a1\"} x",
        "{\"article_id\":[]}",
        "{\"article_id\":\"a1\",\"figures\":3}",
        "{\"article_id\":\"a1\",\"figures\":[1]}",
        "{\"article_id\":\"a1\",\"figures\":[{}]}",
        "{\"article_id\":\"a1\",\"text\":{}}",
        "{\"rejected\":[]}",
        "{\"article_id\":\"\xFF\"}",
        "{\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]}",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ht_outcome o;
        ht_error e = {0};
        assert_int_equal(ht_outcome_from_json(&arena, ht_str_of(lines[i]), &o, &e), HT_IO);
        assert_true(e.text[0] != '\0');
    }
    ht_outcome o;
    assert_int_equal(
        ht_outcome_from_json(&arena, HT_S(" {\"article_id\":\"a1\",\"record\":7,\"url\":null} \r"),
                             &o, NULL),
        HT_OK);
    assert_string_equal(ht_str_cstr(&arena, o.article.cell[HT_A_RECORD]), "7");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_csv_field, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_csv_parse, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json_round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json_malformed_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json_quick_reads_as_json_c_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json_own_lines_are_quick, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
