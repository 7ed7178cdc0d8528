/* hantally.db -> report.html: the whole page against a recorded one, what is refused, the limits.
 *
 * HT_RECORD=1 writes tests/unit/report/expected.html down instead of comparing. Style, script and
 * policy are left out of it: they are sources already. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>

static const char tables[] =
    "CREATE TABLE articles (article_id, source_path, member, url, title, published, publisher);"
    "CREATE TABLE figures (figure_id, article_id, indicator, subtype, value, value_low, value_high,"
    " qualifier, unit, asof, period_from, period_to, counted, place, scope, attributed_to, rule,"
    " region_rule, asof_rule, confidence, surface, sentence, text_start, byte_start, byte_end);"
    "CREATE TABLE regions (cell_id, region_code, region, region_level, indicator, subtype, measure,"
    " modality, unit, base, period, period_basis, value, value_low, value_high, number, qualifier,"
    " n_figures, n_articles, n_publishers, min, median, max, conflict);"
    "CREATE TABLE cells (cell_id, figure_id, role);"
    "CREATE INDEX i ON figures (figure_id);";

static ht_arena arena;
static char folder[64], file[96];
static sqlite3 *db;

static void sql(const char *text) {
    char *message = NULL;
    if (sqlite3_exec(db, text, NULL, NULL, &message) != SQLITE_OK) fail_msg("%s", message);
}

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    strcpy(folder, "/tmp/hantally-test-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(file, sizeof file, "%s/hantally.db", folder);
    if (sqlite3_open(file, &db) != SQLITE_OK) return -1;
    sql("PRAGMA synchronous=OFF");
    sql(tables);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    sqlite3_close(db);
    unlink(file);
    snprintf(file, sizeof file, "%s/report.html", folder);
    unlink(file);
    rmdir(folder);
    ht_arena_free(&arena);
    return 0;
}

static ht_str read_file(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return (ht_str){NULL, 0};
    ht_buf b;
    ht_buf_init(&b, &arena);
    size_t n;
    while ((n = fread(ht_buf_space(&b, 1 << 16), 1, 1 << 16, f)) > 0) b.n += n;
    fclose(f);
    return ht_buf_str(&b);
}

static ht_str report(const ht_codebook *cb, report_language language) {
    ht_error e = {HT_OK, ""};
    if (ht_report_write(folder, cb, language, &e) != HT_OK) fail_msg("%s", e.text);
    char path[96];
    snprintf(path, sizeof path, "%s/report.html", folder);
    return read_file(path);
}

/* Without what stands between the two marks. */
static ht_str without(ht_str s, const char *from, const char *to) {
    size_t start = ht_str_find(s, ht_str_of(from), 0);
    if (start == SIZE_MAX) fail_msg("no %s", from);
    start += strlen(from);
    size_t end = ht_str_find(s, ht_str_of(to), start);
    ht_str head = ht_sub(s, 0, start), tail = ht_sub(s, end, s.n);
    ht_buf b;
    ht_buf_init(&b, &arena);
    ht_buf_add(&b, head);
    ht_buf_add(&b, tail);
    return ht_buf_str(&b);
}

static size_t count(ht_str s, const char *what) {
    size_t n = 0;
    for (size_t at = 0; (at = ht_str_find(s, ht_str_of(what), at)) != SIZE_MAX; at++) n++;
    return n;
}

/* Provinces, prefectures, a country; ranges, fractions, numbers below zero, conflicts, no dates. */
static const char world[] =
    "INSERT INTO articles VALUES ('a1','one.html','','https://news.example/1','标题一',"
    " '2025-07-01T08:00:00+08:00','某日报'), ('a2','two.zip','x/2.txt','','标题<二>','','');"
    "INSERT INTO figures VALUES"
    " ('a1-10-0','a1','workers','','1186000','','','about','人','2025-06','2025-06-01','2025-06-30'"
    ","
    "  '骑手','','whole','省总工会','noun-before','R1','sentence','high','约118.6万人',"
    "  '全省骑手约118.6万人。',4,10,25),"
    " ('a1-50-0','a1','workers','','11','','','exact','人','','','','骑手','某街道','part','','"
    "topic',"
    "  'R2','','low','11人','有11人，另有11人。',30,50,54),"
    " ('a1-70-0','a1','workers','','11','','','exact','人','','','','骑手','','whole','','topic',"
    "  'R2','','low','11人','有11人，另有11人。',36,70,74),"
    " ('a2-5-0','a2','workers','','','3','5','range','人','2024','','','','','whole','','none','R3'"
    ","
    "  'head','medium','三到五人','\U00020BB7野家<b>三到五人</b>',9,5,17);"
    "INSERT INTO regions VALUES"
    " ('c1','100000','中国','country','workers','','stock','actual','人','','2025','asof',"
    "  '17000000','','','17000000','over',1,1,1,'17000000','17000000','17000000',0),"
    " ('c2','140000','山西省','province','workers','','stock','actual','人','','2024','published',"
    "  '900000','','','900000','nearly',1,1,1,'900000','900000','900000',0),"
    " ('c3','140000','山西省','province','workers','','stock','actual','人','','2025','asof',"
    "  '1186000','','','1186000','about',3,2,2,'11','11','1186000',1),"
    " ('c4','350000','福建省','province','workers','','stock','actual','人','','','',"
    "  '','3','5','','range',1,1,0,'3','4','5',0),"
    " ('c5','350200','厦门市','prefecture','workers','','stock','actual','人','','2025-Q2','asof',"
    "  '1/3','','','0.333333333333','exact',1,1,1,'1/3','1/3','1/3',0),"
    " ('c6','350200','厦门市','prefecture','workers','rider','growth','planned','%','总数','2025-"
    "03',"
    "  'asof','-2.5','','','-2.5','exact',2,1,1,'-4','-3.25','-2.5',1),"
    " ('c7','350200','厦门市','prefecture','workers','rider','growth','planned','%','总数','2025-"
    "06',"
    "  'asof','7','','','7','at_least',1,1,1,'7','7','7',0),"
    " ('c9','110000','北京市','province','workers','rider','flow','actual','人','','2023','asof',"
    "  '900','','','900','exact',1,1,1,'900','900','900',0),"
    " ('c10','110000','北京市','province','workers','rider','flow','actual','人','','2024','asof',"
    "  '950','','','950','exact',1,1,1,'950','950','950',0),"
    " ('c11','110000','北京市','province','workers','rider','flow','actual','人','','2024-01/"
    "2024-06',"
    "  'asof','400','','','400','exact',1,1,1,'400','400','400',0),"
    " ('c12','110000','北京市','province','workers','rider','flow','actual','人','','2024-Q3','"
    "asof',"
    "  '210','','','210','exact',1,1,1,'210','210','210',0),"
    " ('c13','120000','天津市','province','workers','rider','flow','actual','人','','2024-Q1','"
    "asof',"
    "  '80','','','80','exact',1,1,1,'80','80','80',0),"
    " ('c14','120000','天津市','province','workers','rider','flow','actual','人','','2024-Q3','"
    "asof',"
    "  '60','','','60','exact',1,1,1,'60','60','60',0),"
    " ('c8','999999','','','elsewhere','','','','','','','','1','','','1','exact',1,1,1,'1','1','1'"
    ",0);"
    "INSERT INTO cells VALUES ('c3','a1-50-0','conflicts'),('c3','a1-10-0','chosen'),"
    " ('c3','a1-70-0','repeat'),('c4','a2-5-0','chosen');";

static ht_codebook *codebook(void) {
    static ht_subtype rider = {
        .id = HT_S("rider"), .label_zh = HT_S("骑手"), .label_en = HT_S("Riders")};
    static ht_indicator workers = {.id = HT_S("workers"),
                                   .label_zh = HT_S("从业人员"),
                                   .label_en = HT_S("Workers <all>"),
                                   .subtypes = &rider,
                                   .n_subtypes = 1};
    static ht_codebook cb = {.id = HT_S("test"),
                             .label_zh = HT_S("测试"),
                             .label_en = HT_S("Test"),
                             .indicators = &workers,
                             .n_indicators = 1};
    return &cb;
}

static void test_page(void **state) {
    (void)state;
    static const char golden[] = "tests/unit/report/expected.html";
    sql(world);
    ht_str page = report(codebook(), REPORT_ENGLISH);
    page = without(page, "Content-Security-Policy\" content=\"", "\"");
    page = without(page, "<style>", "</style>");
    page = without(page, "<script>", "</script>");
    page = without(page, "\"text\":", "\"provinces\"");
    if (getenv("HT_RECORD")) {
        FILE *f = fopen(golden, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(page.p, 1, page.n, f), page.n);
        assert_int_equal(fclose(f), 0);
    }
    ht_str wanted = read_file(golden);
    size_t same = 0;
    while (same < page.n && same < wanted.n && page.p[same] == wanted.p[same]) same++;
    if (same != page.n || same != wanted.n) {
        size_t from = same > 60 ? same - 60 : 0;
        fail_msg("%s differs at byte %zu:\n%.*s\nwanted:\n%.*s", golden, same,
                 (int)(page.n - from > 200 ? 200 : page.n - from), page.p + from,
                 (int)(wanted.n - from > 200 ? 200 : wanted.n - from), wanted.p + from);
    }
}

static void test_language(void **state) {
    (void)state;
    sql(world);
    ht_str page = report(NULL, REPORT_CHINESE);
    assert_true(ht_str_starts(page, HT_S("<!DOCTYPE html>\n<html data-hantally lang=\"zh\">")));
    assert_int_equal(count(page, "id=\"lang-zh\" checked"), 1);
    page = report(NULL, REPORT_READERS);
    assert_true(ht_str_starts(
        page, HT_S("<!DOCTYPE html>\n<html data-hantally lang=\"en\" data-any-language>")));
    assert_int_equal(count(page, "id=\"lang-en\" checked"), 1);
    assert_int_equal(count(page, "default-src 'none'"), 1);
    assert_int_equal(count(page, "'sha256-"), 2);
}

static void test_without_codebook(void **state) {
    (void)state;
    sql(world);
    ht_str page = report(NULL, REPORT_ENGLISH);
    assert_true(count(page, "workers · rider") > 0);
    assert_int_equal(count(page, "Riders"), 0);
}

static void test_refuses(void **state) {
    (void)state;
    ht_error e;
    sql("DROP TABLE cells");
    assert_int_equal(ht_report_write(folder, NULL, REPORT_ENGLISH, &e), HT_IO);
    assert_non_null(strstr(e.text, "hantally.db: no such table: cells"));
    assert_int_equal(ht_report_write("/nowhere", NULL, REPORT_ENGLISH, &e), HT_IO);
    assert_non_null(strstr(e.text, "/nowhere/hantally.db"));
    char path[96];
    snprintf(path, sizeof path, "%s/report.html", folder);
    assert_int_equal(access(path, F_OK), -1);
}

/* ---- limits ---- */

/* n cells of one series, each with m figures, all in one article. */
static void make(int n, int m) {
    char text[1200];
    snprintf(
        text, sizeof text,
        "BEGIN;"
        "DELETE FROM regions; DELETE FROM cells; DELETE FROM figures;"
        "INSERT INTO regions WITH RECURSIVE k(i) AS (VALUES (1) UNION ALL SELECT i+1 FROM k"
        " WHERE i < %d) SELECT 'c'||i, 100000+i, '', 'county', 'workers','','stock','actual',"
        "'人','','2025','asof', i,'','',i,'exact',1,1,1,i,i,i,0 FROM k;"
        "INSERT INTO cells WITH RECURSIVE k(i) AS (VALUES (0) UNION ALL SELECT i+1 FROM k"
        " WHERE i+1 < %d) SELECT 'c'||(i/%d+1), 'f'||i, 'agrees' FROM k;"
        "INSERT INTO figures SELECT figure_id,'a1','workers','','1','','','exact','人','','','','',"
        "'','whole','','','','','high','1人','有1人',1,1,2 FROM cells; COMMIT;",
        n, n * m, m);
    sql(text);
}

static size_t figures_in(ht_str page) {
    size_t n = 0, end = 0;
    for (size_t at = 0; (at = ht_str_find(page, HT_S("json\" id=\"f"), at)) != SIZE_MAX; at = end) {
        end = ht_str_find(page, HT_S("</script>"), at);
        n += count(ht_sub(page, at, end), "\n[");
    }
    return n;
}

static void test_figure_limit(void **state) {
    (void)state;
    enum { CELLS = 1000, FULL = REPORT_MAX_FIGURES / CELLS };
    make(CELLS, FULL);
    sql("DELETE FROM cells WHERE figure_id = 'f0'");
    assert_int_equal(figures_in(report(NULL, REPORT_ENGLISH)), REPORT_MAX_FIGURES - 1);
    ht_arena_reset(&arena);
    make(CELLS, FULL);
    assert_int_equal(figures_in(report(NULL, REPORT_ENGLISH)), REPORT_MAX_FIGURES);
    /* One more, and every cell that has as many gives up one. */
    sql("INSERT INTO cells VALUES ('c1', 'f1', 'copy')");
    assert_int_equal(figures_in(report(NULL, REPORT_ENGLISH)), REPORT_MAX_FIGURES);
}

static void test_cell_limit(void **state) {
    (void)state;
    for (int n = REPORT_MAX_CELLS - 1; n <= REPORT_MAX_CELLS + 1; n++) {
        make(n, 1);
        ht_str page = report(NULL, REPORT_ENGLISH);
        size_t cells = ht_str_find(page, HT_S("\"cells\":["), 0);
        size_t end = ht_str_find(page, HT_S("\"articles\":["), cells);
        assert_int_equal(count(ht_sub(page, cells, end), "\n["),
                         n < REPORT_MAX_CELLS ? n : REPORT_MAX_CELLS);
        ht_arena_reset(&arena);
    }
}

static void test_static_limit(void **state) {
    (void)state;
    for (int n = REPORT_MAX_STATIC - 1; n <= REPORT_MAX_STATIC + 1; n++) {
        make(n, 1);
        assert_int_equal(count(report(NULL, REPORT_ENGLISH), "<tr id=\"c"),
                         n < REPORT_MAX_STATIC ? n : REPORT_MAX_STATIC);
    }
}

static void test_series_limit(void **state) {
    (void)state;
    for (int n = REPORT_MAX_SERIES - 1; n <= REPORT_MAX_SERIES + 1; n++) {
        make(n, 1);
        sql("UPDATE regions SET subtype = cell_id");
        ht_str page = report(NULL, REPORT_ENGLISH);
        assert_int_equal(count(page, "<section class=\"series\""),
                         n < REPORT_MAX_SERIES ? n : REPORT_MAX_SERIES);
        assert_int_equal(count(page, "<p class=\"note\">1 <span lang=\"en\">more series"),
                         n > REPORT_MAX_SERIES);
    }
}

static void test_sentence_limit(void **state) {
    (void)state;
    for (int n = REPORT_MAX_SENTENCE - 1; n <= REPORT_MAX_SENTENCE + 1; n++) {
        char text[400];
        make(1, 1);
        snprintf(
            text, sizeof text,
            "UPDATE figures SET sentence = '1人' || replace(printf('%%.*c', %d, '-'), '-', '甲')",
            n - 2);
        sql(text);
        ht_str page = report(NULL, REPORT_ENGLISH);
        assert_int_equal(count(page, "甲…\""), n > REPORT_MAX_SENTENCE);
        assert_int_equal(count(page, "…1人"), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_language, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_without_codebook, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refuses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_figure_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cell_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_static_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_series_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sentence_limit, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
