/* Rows -> the sheets of a workbook, at their limits. */
#include "stats/grid.h"
#include "stats/zip_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static ht_arena arena;
static char folder[64], path[96];
static grid_book book;

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    strcpy(folder, "/tmp/hantally-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/t.xlsx", folder);
    return grid_book_open(&book, &arena, folder, "t.xlsx", NULL);
}

static int tear_down(void **state) {
    (void)state;
    grid_book_abandon(&book);
    ht_arena_free(&arena);
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static const grid_column columns[] = {{HT_S("区划代码"), HT_S("region_code"), GRID_TEXT},
                                      {HT_S("数"), HT_S("number"), GRID_NUMBER},
                                      {HT_S("句子"), HT_S("sentence"), GRID_SENTENCE}};

/* What `unzip` gives of a part. */
static ht_str part(const char *name) {
    char command[200];
    snprintf(command, sizeof command, "python3 -c \"import zipfile,sys;"
             "sys.stdout.buffer.write(zipfile.ZipFile('%s').read('%s'))\"", path, name);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    ht_buf b;
    ht_buf_init(&b, &arena);
    size_t n;
    while ((n = fread(ht_buf_space(&b, 4096), 1, 4096, f)) > 0) b.n += n;
    assert_int_equal(pclose(f), 0);
    return ht_buf_str(&b);
}

static bool has(ht_str text, const char *what) {
    return ht_str_find(text, ht_str_of(what), 0) != SIZE_MAX;
}

static void commit(void) {
    ht_error e = {0};
    if (grid_book_commit(&book, &e) != HT_OK) fail_msg("%s", e.text);
}

static void text_stays_text(void **state) {
    (void)state;
    grid g;
    grid_open(&g, &book, HT_S("甲"), columns, 3);
    const ht_str rows[][3] = {{HT_S("110000"), HT_S("123456789012"), HT_S("=1+1")},
                              {HT_S("11"), HT_S("1234567890123"), HT_S("a\0b")},
                              {HT_S("11"), HT_S("1/3"), HT_S("\xEF\xBF\xBE<&>")},
                              {HT_S("11"), HT_S("007"), HT_S("")},
                              {HT_S("11"), HT_S("-0.5"), HT_S("")},
                              {HT_S("11"), HT_S("0.00123456789012"), HT_S("")},
                              {HT_S("11"), HT_S("0.001234567890123"), HT_S("")}};
    for (int i = 0; i < 7; i++) grid_row(&g, columns, rows[i]);
    grid_close(&g);
    assert_int_equal(g.n_written, 7);
    commit();
    ht_str xml = part("xl/worksheets/sheet1.xml");
    assert_true(has(xml, "<t>110000</t>"));
    assert_true(has(xml, "<v>123456789012</v>"));
    assert_true(has(xml, "<t>=1+1</t>"));
    assert_true(has(xml, "<t>1234567890123</t>"));
    assert_true(has(xml, "<t>1/3</t>"));
    assert_true(has(xml, "<t>007</t>"));
    assert_true(has(xml, "<v>-0.5</v>"));
    assert_true(has(xml, "<v>0.00123456789012</v>"));
    assert_true(has(xml, "<t>0.001234567890123</t>"));
    assert_true(has(xml, "<t>a\xEF\xBF\xBD" "b</t>"));
    assert_true(has(xml, "<t>\xEF\xBF\xBD&lt;&amp;&gt;</t>"));
    assert_true(has(xml, "topLeftCell=\"A3\" activePane=\"bottomLeft\" state=\"frozen\""));
    assert_true(has(xml, "<autoFilter ref=\"A2:C9\"/>"));
}

static void a_cell_at_its_limit(void **state) {
    (void)state;
    grid g;
    grid_open(&g, &book, HT_S("甲"), columns, 3);
    for (int n = GRID_MAX_CELL - 1; n <= GRID_MAX_CELL + 1; n++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        for (int i = 0; i < n; i++) ht_buf_add(&b, HT_S("字"));
        ht_str row[3] = {HT_S("1"), HT_S("1"), ht_buf_str(&b)};
        grid_row(&g, columns, row);
    }
    commit();
    ht_str xml = part("xl/worksheets/sheet1.xml");
    size_t n = 0, ellipses = 0;
    for (size_t at = 0; (at = ht_str_find(xml, HT_S("字"), at)) != SIZE_MAX; at++) n++;
    for (size_t at = 0; (at = ht_str_find(xml, HT_S("…"), at)) != SIZE_MAX; at++) ellipses++;
    assert_int_equal(n, GRID_MAX_CELL - 1 + GRID_MAX_CELL + GRID_MAX_CELL - 1);
    assert_int_equal(ellipses, 1);
}

static void rows_beyond_the_limit_are_counted(void **state) {
    (void)state;
    enum { MOST = 10 };
    book.max_rows = MOST + GRID_HEADER_ROWS;
    for (int n = MOST - 1; n <= MOST + 1; n++) {
        grid g;
        grid_open(&g, &book, HT_S("甲"), columns, 3);
        for (int i = 0; i < n; i++)
            grid_row(&g, columns, (ht_str[]){HT_S("1"), HT_S("2"), HT_S("3")});
        grid_close(&g);
        assert_int_equal(g.n_written, n < MOST ? n : MOST);
        assert_int_equal(g.n_left, n > MOST ? 1 : 0);
    }
    commit();
}

static void names_of_sheets(void **state) {
    (void)state;
    static const char *const names[][2] = {
        {"新就业群体", "新就业群体"},
        {"新就业群体", "新就业群体 2"},
        {"a/b[c]:*?\\'", "a-b-c------"},
        {"", "-"},
        {"012345678901234567890123456789", "012345678901234567890123456789"},
        {"0123456789012345678901234567890", "0123456789012345678901234567890"},
        {"01234567890123456789012345678901", "01234567890123456789012345678 2"},
        {"TABLE", "TABLE"},
        {"table", "table 2"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        grid g;
        grid_open_plain(&g, &book, ht_str_of(names[i][0]));
        assert_string_equal(ht_str_cstr(&arena, book.names[i]), names[i][1]);
    }
    commit();
    assert_true(has(part("xl/workbook.xml"), "<sheet name=\"新就业群体 2\""));
}

static void a_file_that_is_cut_off_is_refused(void **state) {
    (void)state;
    grid g;
    grid_open(&g, &book, HT_S("甲"), columns, 3);
    commit();
    ht_error e = {0};
    assert_int_equal(zip_check(path, "t.xlsx", &e), HT_OK);
    /* the same zip, but a part that ends too early */
    char command[400];
    snprintf(command, sizeof command, "python3 -c \"import zipfile,sys\n"
             "old=zipfile.ZipFile('%s');new=zipfile.ZipFile('%s/u.xlsx','w',zipfile.ZIP_DEFLATED)\n"
             "for n in old.namelist():\n"
             "  b=old.read(n)\n"
             "  new.writestr(n,b[:-9] if n.endswith('sheet1.xml') else b)\n"
             "new.close()\"", path, folder);
    assert_int_equal(system(command), 0);
    char other[96];
    snprintf(other, sizeof other, "%s/u.xlsx", folder);
    assert_int_equal(zip_check(other, "u.xlsx", &e), HT_IO);
    assert_non_null(strstr(e.text, "cut off"));
    assert_int_equal(truncate(path, 3000), 0);
    assert_int_equal(zip_check(path, "t.xlsx", &e), HT_IO);
    assert_int_equal(zip_check("/nowhere", "t.xlsx", &e), HT_IO);
}

static void what_is_abandoned_leaves_nothing(void **state) {
    (void)state;
    grid g;
    grid_open(&g, &book, HT_S("甲"), columns, 3);
    grid_book_abandon(&book);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(access(folder, F_OK), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(text_stays_text),
        TEST(a_cell_at_its_limit),
        TEST(rows_beyond_the_limit_are_counted),
        TEST(names_of_sheets),
        TEST(a_file_that_is_cut_off_is_refused),
        TEST(what_is_abandoned_leaves_nothing),
    };
    return cmocka_run_group_tests_name("grid", tests, NULL, NULL);
}
