/* hantally.db: tables whose columns are known only when they are made. */
#include "stats/sheet.h"

#include "stats/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

static ht_arena arena;
static char folder[64], path[96];
static stats_db db;

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    strcpy(folder, "/tmp/hantally-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/test.db", folder);
    return db_create(&db, path, NULL);
}

static int tear_down(void **state) {
    (void)state;
    db_close(&db);
    ht_arena_free(&arena);
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static const char *answer(const char *sql) {
    sqlite3_stmt *query;
    bool row;
    assert_int_equal(db_prepare(&db, &query, sql, NULL), HT_OK);
    assert_int_equal(db_step(&db, query, &row, NULL), HT_OK);
    assert_true(row);
    const char *text = ht_str_cstr(&arena, db_column(query, 0));
    sqlite3_finalize(query);
    return text;
}

static off_t size_of(const char *name) {
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return stat(path, &st) == 0 ? st.st_size : -1;
}

/* n columns c0, c1, … and one row. */
static void write_sheet(const char *name, size_t n) {
    const char **columns = HT_ARRAY(&arena, const char *, n);
    ht_str *cells = HT_ARRAY(&arena, ht_str, n);
    for (size_t i = 0; i < n; i++) {
        columns[i] = ht_format(&arena, "c%zu", i).p;
        cells[i] = HT_S("x");
    }
    stats_sheet sheet;
    ht_error e = {0};
    if (sheet_open(&sheet, &db, &arena, false, folder, ht_str_of(name), columns, n, &e) != HT_OK)
        fail_msg("%s", e.text);
    sheet_row(&sheet, cells);
    assert_int_equal(sheet_commit(&sheet, &e), HT_OK);
    sheet_abandon(&sheet);
}

static void a_sheet_is_a_file_a_table_and_a_view(void **state) {
    (void)state;
    const char *columns[] = {"region_code", "it's \"2025\""};
    ht_str cells[] = {HT_S("110000"), HT_S("=1+1")};
    stats_sheet sheet;
    assert_int_equal(sheet_open(&sheet, &db, &arena, true, folder, HT_S("table-a"), columns, 2, NULL),
                     HT_OK);
    sheet_row(&sheet, cells);
    assert_int_equal(size_of("table-a.csv"), -1);
    assert_int_equal(sheet_commit(&sheet, NULL), HT_OK);
    sheet_abandon(&sheet);
    /* the guard against formulas is of the file */
    assert_string_equal(answer("SELECT \"it's \"\"2025\"\"\" FROM \"table-a.csv\""), "=1+1");
    assert_string_equal(answer("SELECT typeof(region_code) FROM \"table-a\""), "text");
    assert_true(size_of("table-a.csv") > 0);
}

static void what_is_too_wide_stands_in_the_file_alone(void **state) {
    (void)state;
    enum { LIMIT = 2000 };
    write_sheet("at-1", LIMIT - 1);
    write_sheet("at", LIMIT);
    write_sheet("at+1", LIMIT + 1);
    assert_string_equal(answer("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"), "2");
    assert_string_equal(answer("SELECT c1999 FROM \"at.csv\""), "x");
    assert_true(size_of("at+1.csv") > size_of("at.csv"));
}

static void names_that_differ_in_case_alone(void **state) {
    (void)state;
    const char *columns[] = {"gdp", "GDP"};
    ht_str cells[] = {HT_S("1"), HT_S("2")};
    stats_sheet sheet;
    assert_int_equal(sheet_open(&sheet, &db, &arena, false, folder, HT_S("t"), columns, 2, NULL), HT_OK);
    sheet_row(&sheet, cells);
    assert_int_equal(sheet_commit(&sheet, NULL), HT_OK);
    assert_string_equal(answer("SELECT count(*) FROM sqlite_schema"), "0");
    assert_int_equal(size_of("t.csv"), strlen("gdp,GDP\n1,2\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sheet_is_a_file_a_table_and_a_view, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_too_wide_stands_in_the_file_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(names_that_differ_in_case_alone, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
