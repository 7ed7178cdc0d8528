/* A run of outcomes -> the files of OUT. */
#include "stats/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>

static ht_arena arena;
static char folder[64];

static ht_indicator indicators[2];
static ht_codebook codebook;

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    strcpy(folder, "/tmp/hantally-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    indicators[0] = (ht_indicator){.id = HT_S("workers"),
                                   .measure = HT_S("stock"),
                                   .aggregate = HT_S("latest"),
                                   .min = HT_NO_NUMBER,
                                   .max = ht_number_int(400000000)};
    indicators[1] = (ht_indicator){.id = HT_S("events"),
                                   .measure = HT_S("flow"),
                                   .aggregate = HT_S("latest"),
                                   .min = HT_NO_NUMBER,
                                   .max = HT_NO_NUMBER};
    codebook = (ht_codebook){.id = HT_S("test"),
                             .version = HT_S("1"),
                             .indicators = indicators,
                             .n_indicators = 2,
                             .source = HT_S("codebook: test\n")};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ht_arena_free(&arena);
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static ht_outcome article(int id, const char *path, int record, const char *published,
                          const char *publisher, const char *text) {
    ht_outcome o = {.has_article = true, .text = ht_str_of(text)};
    o.article.cell[HT_A_ARTICLE_ID] = ht_format(&arena, "a%016x", (unsigned)id);
    o.article.cell[HT_A_SOURCE_PATH] = ht_str_of(path);
    o.article.cell[HT_A_RECORD] = ht_format(&arena, "%d", record);
    o.article.cell[HT_A_RECORD_OFFSET] = HT_S("0");
    o.article.cell[HT_A_PUBLISHED] = ht_str_of(published);
    o.article.cell[HT_A_PUBLISHER] = ht_str_of(publisher);
    return o;
}

static ht_str *add_figure(ht_outcome *o, const char *region, const char *value, const char *asof) {
    size_t cap = o->n_figures;
    ht_figure_row *row = HT_PUSH(&arena, o->figures, o->n_figures, cap);
    ht_str id = o->article.cell[HT_A_ARTICLE_ID];
    row->cell[HT_F_FIGURE_ID] = ht_format(&arena, HT_FMT "-%zu0-0", HT_ARG(id), o->n_figures);
    row->cell[HT_F_ARTICLE_ID] = id;
    row->cell[HT_F_INDICATOR] = HT_S("workers");
    row->cell[HT_F_REGION_CODE] = ht_str_of(region);
    row->cell[HT_F_REGION] = HT_S("某地");
    row->cell[HT_F_REGION_LEVEL] = HT_S("province");
    row->cell[HT_F_SCOPE] = HT_S("whole");
    row->cell[HT_F_VALUE] = ht_str_of(value);
    row->cell[HT_F_STEP] = HT_S("1");
    row->cell[HT_F_QUALIFIER] = HT_S("exact");
    row->cell[HT_F_UNIT] = HT_S("人");
    row->cell[HT_F_MEASURE] = HT_S("stock");
    row->cell[HT_F_MODALITY] = HT_S("actual");
    row->cell[HT_F_ASOF] = ht_str_of(asof);
    row->cell[HT_F_CONFIDENCE] = HT_S("high");
    return row->cell;
}

static ht_outcome rejection(const char *path, const char *code) {
    ht_outcome o = {.has_rejection = true};
    o.rejection.cell[HT_R_SOURCE_PATH] = ht_str_of(path);
    o.rejection.cell[HT_R_RECORD] = HT_S("0");
    o.rejection.cell[HT_R_RECORD_OFFSET] = HT_S("0");
    o.rejection.cell[HT_R_STAGE] = HT_S("corpus");
    o.rejection.cell[HT_R_ERROR] = ht_str_of(code);
    return o;
}

enum { N_OUTCOMES = 9 };

/* Two papers that conflict, a copy, a repeat, a low confidence, a part, an article given twice. */
static void fill(ht_outcome o[N_OUTCOMES]) {
    o[0] = article(1, "a.html", 0, "2025-03-29T08:00+08:00", "甲报", "题\n全省共有骑手五千人。");
    add_figure(&o[0], "140000", "5000", "");
    add_figure(&o[0], "140000", "5000", "")[HT_F_REPEAT_OF] = o[0].figures[0].cell[HT_F_FIGURE_ID];
    o[1] = article(2, "b.html", 0, "2025-04-01", "乙报", "题\n骑手六千人。");
    add_figure(&o[1], "140000", "6000", "2025-03-31");
    add_figure(&o[1], "340000", "700", "2024")[HT_F_MEASURE] = HT_S("cumulative");
    add_figure(&o[1], "140000", "900", "2025")[HT_F_CONFIDENCE] = HT_S("low");
    ht_str *part = add_figure(&o[1], "140000", "100", "2025-03-31");
    part[HT_F_PART_OF] = o[1].figures[0].cell[HT_F_FIGURE_ID];
    o[2] = article(3, "b.html", 1, "2025-04-02", "丙报", "题\n全省共有骑手五千人。");
    add_figure(&o[2], "140000", "5000", "");
    o[3] = rejection("z.bin", "not-text");
    o[4] = rejection("y.bin", "empty");
    o[5] = o[1];
    o[6] = article(4, "c.html", 10, "", "", "题\n约十万人");
    add_figure(&o[6], "510000", "100000", "")[HT_F_MODALITY] = HT_S("planned");
    ht_str *undated = add_figure(&o[6], "510000", "", "");
    undated[HT_F_VALUE_LOW] = HT_S("200");
    undated[HT_F_VALUE_HIGH] = HT_S("900");
    undated[HT_F_QUALIFIER] = HT_S("several");
    o[7] = article(5, "c.html", 9, "2025-01-01", "甲,报", "题\n\"引号\"");
    add_figure(&o[7], "", "9", "2025");
    o[8] = o[3];
}

static void run(const char *out, const ht_outcome *o, const int *order, bool keep_text) {
    ht_stats *s;
    ht_error e = {0};
    ht_stats_options options = {.keep_text = keep_text};
    assert_int_equal(ht_stats_open(&s, out, &codebook, NULL, &options, &e), HT_OK);
    for (int i = 0; i < N_OUTCOMES; i++)
        assert_int_equal(ht_stats_add(s, &o[order ? order[i] : i], &e), HT_OK);
    ht_run_facts facts = {.command = HT_S("{\"jobs\": 1}"), .seconds = 1.5, .jobs = 1};
    if (ht_stats_finish(s, &facts, &e) != HT_OK) fail_msg("%s", e.text);
    assert_int_equal(ht_stats_n_articles(s), 5);
    assert_int_equal(ht_stats_n_rejected(s), 2);
    ht_stats_close(s);
}

static ht_str slurp(const char *name) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (!f) return (ht_str){NULL, 0};
    ht_buf b;
    ht_buf_init(&b, &arena);
    size_t n;
    while ((n = fread(ht_buf_space(&b, 4096), 1, 4096, f)) > 0) b.n += n;
    fclose(f);
    ht_buf_byte(&b, '\0');
    b.n--;
    return ht_buf_str(&b);
}

static const char *cell(const char *file, size_t row, const char *column) {
    csv_table t;
    csv_parse(&t, &arena, slurp(file));
    assert_true(row < t.n_rows);
    return ht_str_cstr(&arena, csv_cell(&t, row, column));
}

static void put_file(const char *name, const char *content) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(content, f);
    fclose(f);
}

static bool exists(const char *name) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

static void test_tables(void **state) {
    (void)state;
    ht_outcome o[N_OUTCOMES];
    fill(o);
    run(folder, o, NULL, false);
    static const char *const ids[] = {"a0000000000000001", "a0000000000000002", "a0000000000000003",
                                      "a0000000000000005", "a0000000000000004"};
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(cell("articles.csv", i, "article_id"), ids[i]);
    assert_string_equal(cell("articles.csv", 2, "duplicate_of"), ids[0]);
    assert_string_equal(cell("articles.csv", 0, "duplicate_of"), "");
    assert_string_equal(cell("articles.csv", 3, "publisher"), "甲,报");
    assert_string_equal(cell("rejected.csv", 0, "source_path"), "y.bin");
    assert_string_equal(cell("rejected.csv", 1, "error"), "not-text");
    assert_string_equal(ht_str_cstr(&arena, slurp("table-workers.csv")),
                        "region_code,region,region_level,subtype,unit,undated,undated_low,undated_"
                        "high,undated_flag,"
                        "2024,2024_low,2024_high,2024_flag,2025,2025_low,2025_high,2025_flag\n"
                        "140000,某地,province,,人,,,,,,,,,6000,,,conflict\n"
                        "340000,某地,province,,人,,,,,700,,,cumulative,,,,\n"
                        "510000,某地,province,,人,,200,900,,,,,,,,,\n");
    assert_string_equal(ht_str_cstr(&arena, slurp("table-events.csv")),
                        "region_code,region,region_level,subtype,unit\n");
    assert_string_equal(cell("regions.csv", 0, "value"), "6000");
    assert_string_equal(cell("regions.csv", 0, "n_figures"), "2");
    assert_string_equal(cell("regions.csv", 0, "n_publishers"), "2");
    assert_string_equal(cell("regions.csv", 0, "min"), "5000");
    assert_string_equal(cell("regions.csv", 0, "median"), "5500");
    assert_string_equal(cell("regions.csv", 0, "conflict"), "1");
    assert_string_equal(cell("regions.csv", 0, "period_basis"), "asof");
    static const char *const roles[] = {"conflicts", "repeat", "chosen", "copy"};
    for (size_t i = 0; i < 4; i++) assert_string_equal(cell("cells.csv", i, "role"), roles[i]);
    assert_true(ht_str_find(slurp("run.json"), HT_S("\"articles\": 5,"), 0) != SIZE_MAX);
    assert_false(exists("main") || exists("hantally.db.tmp") || exists("hantally.staging.tmp"));
}

/* Everything but run.json is the same bytes whatever the order was. */
static void test_order(void **state) {
    (void)state;
    static const int orders[][N_OUTCOMES] = {{8, 7, 6, 5, 4, 3, 2, 1, 0},
                                             {4, 2, 5, 0, 8, 6, 1, 3, 7}};
    static const char *const files[] = {
        "articles.csv",     "figures.csv", "rejected.csv",
        "regions.csv",      "cells.csv",   "table-workers.csv",
        "table-events.csv", "hantally.db", "main/a0000000000000005.txt"};
    enum { N_FILES = sizeof files / sizeof *files };
    ht_outcome o[N_OUTCOMES];
    fill(o);
    run(folder, o, NULL, true);
    ht_str first[N_FILES];
    for (size_t i = 0; i < N_FILES; i++) {
        first[i] = slurp(files[i]);
        assert_true(first[i].n > 0);
    }
    for (size_t k = 0; k < sizeof orders / sizeof *orders; k++) {
        run(folder, o, orders[k], true);
        for (size_t i = 0; i < N_FILES; i++)
            if (!ht_str_eq(slurp(files[i]), first[i])) fail_msg("%s differs", files[i]);
    }
}

static void test_database(void **state) {
    (void)state;
    ht_outcome o[N_OUTCOMES];
    fill(o);
    run(folder, o, NULL, false);
    char path[96];
    snprintf(path, sizeof path, "%s/hantally.db", folder);
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    static const struct {
        const char *sql, *answer;
    } queries[] = {
        {"PRAGMA integrity_check", "ok"},
        {"PRAGMA journal_mode", "delete"},
        {"SELECT count(*) FROM articles", "5"},
        {"SELECT count(*) FROM figures", "10"},
        {"SELECT count(*) FROM rejected", "2"},
        {"SELECT typeof(record) || typeof(title) FROM articles LIMIT 1", "integertext"},
        {"SELECT count(*) FROM evidence WHERE role = 'chosen' AND region = '某地'", "4"},
        {"SELECT count(*) FROM pragma_table_list WHERE strict AND type = 'table'", "10"},
        {"SELECT count(*) FROM pragma_table_list WHERE NOT strict AND type = 'table'"
         " AND name NOT LIKE 'sqlite%'", "0"},
        {"SELECT count(*) FROM pragma_foreign_key_check", "0"},
        {"SELECT count(*) FROM pragma_foreign_key_list('cells')", "2"},
        {"PRAGMA application_id", "1213484121"},
        {"PRAGMA user_version", "2"},
        {"SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL", "1"},
        {"SELECT count(*) FROM \"articles.csv\" WHERE duplicate_of = ''", "4"},
        {"SELECT typeof(region_code) FROM regions LIMIT 1", "text"},
        {"SELECT aggregate FROM indicators WHERE indicator = 'events'", "latest"},
        {"SELECT \"2025\" FROM \"table-workers.csv\" WHERE region_code = '140000'", "6000"},
    };
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        sqlite3_stmt *q;
        assert_int_equal(sqlite3_prepare_v2(db, queries[i].sql, -1, &q, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(q), SQLITE_ROW);
        assert_string_equal((const char *)sqlite3_column_text(q, 0), queries[i].answer);
        sqlite3_finalize(q);
    }
    sqlite3_close(db);
}

/* Lines of two runs in one: what would count twice is refused, not added up. */
static void test_one_id_at_two_places(void **state) {
    (void)state;
    ht_stats *s;
    ht_error e = {0};
    ht_stats_options options = {0};
    ht_outcome o = article(7, "a.html", 0, "2025-03-29", "甲报", "题");
    assert_int_equal(ht_stats_open(&s, folder, &codebook, NULL, &options, &e), HT_OK);
    assert_int_equal(ht_stats_add(s, &o, &e), HT_OK);
    assert_int_equal(ht_stats_add(s, &o, &e), HT_OK); /* the same is read once */
    o.article.cell[HT_A_RECORD_OFFSET] = HT_S("9");
    assert_int_equal(ht_stats_add(s, &o, &e), HT_OK);
    assert_int_equal(ht_stats_finish(s, &(ht_run_facts){0}, &e), HT_IO);
    assert_non_null(strstr(e.text, "a0000000000000007 is given twice"));
    ht_stats_close(s);
    assert_false(exists("run.json"));
}

static void test_what_lies_in_out(void **state) {
    (void)state;
    ht_outcome o[N_OUTCOMES];
    fill(o);
    put_file("notes.txt", "mine\n");
    put_file("table-old.csv", "region_code,region,region_level,subtype,unit\n");
    put_file("table-mine.csv", "a,b\n");
    run(folder, o, NULL, true);
    put_file("main/readme.txt", "mine too\n");
    assert_true(exists("notes.txt") && exists("table-mine.csv"));
    assert_false(exists("table-old.csv"));
    assert_true(exists("main/a0000000000000001.txt"));
    assert_string_equal(ht_str_cstr(&arena, slurp("main/a0000000000000005.txt")), "题\n\"引号\"");
    run(folder, o, NULL, false);
    assert_false(exists("main/a0000000000000001.txt"));
    assert_true(exists("main/readme.txt"));
}

static void test_foreign_files_are_refused(void **state) {
    (void)state;
    put_file("figures.csv", "my,own,figures\n");
    ht_stats *s;
    ht_error e = {0};
    ht_stats_options options = {0};
    assert_int_equal(ht_stats_open(&s, folder, &codebook, NULL, &options, &e), HT_IO);
    assert_non_null(strstr(e.text, "figures.csv"));
    ht_stats_close(s);
    assert_int_equal(ht_stats_open(&s, "/dev/null/x", &codebook, NULL, &options, &e), HT_IO);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_database, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_one_id_at_two_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_lies_in_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_foreign_files_are_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
