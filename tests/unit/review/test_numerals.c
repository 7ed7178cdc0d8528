/* Every number of a text, and what became of it; paragraphs; bytes of the source. */
#include "review/numerals.h"

#include "review/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
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

static void test_numerals(void **state) {
    (void)state;
    ht_str text = HT_S("标题3\n2025年6月，全市共有骑手1200名，第三次会议谈到一些事，编号AB123。");
    review_numeral figure = {.start = 18, .end = 23, .state = NUMERAL_FIGURE, .payload = 4}, *all;
    size_t n, chars;
    uint32_t *c = ht_utf8_decode(&arena, text, &chars);
    review_numerals_find(ht_lexicon_get(NULL), &arena, text, HT_S("2025-07-01"), &figure, 1, &all, &n);
    bool date = false, number = false, ordinal = false, title = false;
    for (size_t i = 0; i < n; i++) {
        if (i) assert_true(all[i].start >= all[i - 1].end);
        ht_str s = ht_utf8_encode(&arena, c + all[i].start, all[i].end - all[i].start);
        date |= ht_str_starts(s, HT_S("2025年6月")) && all[i].state == NUMERAL_EXCLUDED && all[i].why.n;
        number |= all[i].state == NUMERAL_FIGURE && all[i].payload == 4 && ht_str_eq(s, HT_S("1200名"));
        ordinal |= ht_str_find(s, HT_S("三"), 0) != SIZE_MAX && all[i].state == NUMERAL_EXCLUDED;
        title |= all[i].start == 2;
    }
    assert_true(date);
    assert_true(number);
    assert_true(ordinal);
    assert_true(title);
    review_numerals_find(ht_lexicon_get(NULL), &arena, HT_S(""), HT_S(""), NULL, 0, &all, &n);
    assert_int_equal(n, 0);
    figure.end = 4000; /* places of another text must not lead out of this one */
    review_numerals_find(ht_lexicon_get(NULL), &arena, text, HT_S(""), &figure, 1, &all, &n);
    for (size_t i = 0; i < n; i++) assert_true(all[i].end <= chars);
}

static void test_paragraph(void **state) {
    (void)state;
    uint64_t start;
    ht_str text = HT_S("标题\n第一段\n\n末段");
    assert_string_equal(ht_str_cstr(&arena, review_paragraph(text, 0, &start)), "标题");
    assert_string_equal(ht_str_cstr(&arena, review_paragraph(text, 3, &start)), "第一段");
    assert_int_equal(start, 3);
    assert_string_equal(ht_str_cstr(&arena, review_paragraph(text, 9, &start)), "末段");
    assert_int_equal(start, 8);
    assert_string_equal(ht_str_cstr(&arena, review_paragraph(text, 999, &start)), "末段");
    assert_int_equal(review_paragraph(HT_S(""), 5, &start).n, 0);
}

static void test_source(void **state) {
    (void)state;
    char folder[] = "/tmp/hantally-source-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.txt", folder);
    FILE *f = fopen(path, "w");
    static const char gbk[] = "\xC8\xAB\xCA\xD0\xD3\xD0 3000\xC8\xCB\xA1\xA3"; /* 全市有 3000人。 */
    assert_int_equal(fwrite(gbk, 1, sizeof gbk - 1, f), sizeof gbk - 1);
    assert_int_equal(fclose(f), 0);
    review_bytes b;
    uint64_t size = sizeof gbk - 1;
#define READ(dir, name, member, bytes, from, to)                                                   \
    review_source_read(dir, &arena, HT_S(name), HT_S(member), HT_S(""), bytes, HT_S("GB18030"),    \
                       from, to, &b)
    READ(folder, "a.txt", "", size, 7, 13);
    assert_true(b.found);
    assert_string_equal(ht_str_cstr(&arena, b.inside), "3000人");
    assert_string_equal(ht_str_cstr(&arena, b.before), "全市有 ");
    assert_string_equal(ht_str_cstr(&arena, b.hex), "33 30 30 30 C8 CB");
    READ(folder, "a.txt", "", size + 1, 7, 13); /* another file than the one that was read */
    assert_false(b.found);
    assert_string_equal(ht_str_cstr(&arena, b.why), "changed");
    READ(folder, "a.txt", "", size, 7, size + 1);
    assert_false(b.found);
    READ(NULL, "a.txt", "", size, 7, 13);
    assert_string_equal(ht_str_cstr(&arena, b.why), "no-folder");
    READ(folder, "a.txt", "m", size, 7, 13);
    assert_string_equal(ht_str_cstr(&arena, b.why), "in-container");
    READ(folder, "../a.txt", "", size, 7, 13);
    assert_false(b.found);
    READ(folder, "/etc/passwd", "", size, 7, 13);
    assert_false(b.found);
    READ(folder, "b/../a.txt", "", size, 7, 13);
    assert_false(b.found);
    READ(folder, "none.txt", "", size, 7, 13);
    assert_string_equal(ht_str_cstr(&arena, b.why), "not-there");
    unlink(path);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_numerals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_paragraph, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_source, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
