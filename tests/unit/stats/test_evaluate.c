/* Scores against gold files that are written here. */
#include "stats/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

static char folder[64];

static void put_file(const char *name, const char *content) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(content, f);
    fclose(f);
}

static int set_up(void **state) {
    (void)state;
    strcpy(folder, "/tmp/hantally-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    char path[96];
    snprintf(path, sizeof path, "%s/main", folder);
    return mkdir(path, 0777);
}

static int tear_down(void **state) {
    (void)state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

#define FIGURE_HEAD                                                                                \
    "article_id,indicator,region_code,region_codes,value,value_low,value_high,qualifier,unit,"     \
    "kind,"                                                                                        \
    "measure,modality,asof,surface,sentence,text_start\n"

static void put_gold(void) {
    put_file("d1.article.json",
             "{\"title\":\"骑手之家\",\"published\":\"2025-01-02T03:04:00+08:00\","
             "\"source\":\"晨报\",\"primary_region_code\":\"140000\",\"optional_lines\":[3]}");
    put_file("d1.main.txt", "骑手之家\n全省共有骑手之家三百个，骑手约五万人。\n图为骑手之家。\n");
    put_file(
        "d1.quantities.jsonl",
        "{\"surface\":\"三百个\",\"value\":\"300\",\"qualifier\":\"exact\",\"unit\":\"个\","
        "\"kind\":\"count\",\"context\":\"骑手之家三百个\"}\n"
        "{\"surface\":\"约五万人\",\"value\":\"50000\",\"qualifier\":\"about\",\"unit\":\"人\","
        "\"kind\":\"count\",\"context\":\"骑手约五万人\"}\n"
        "{\"surface\":\"一个\",\"value\":\"1\",\"qualifier\":\"exact\",\"unit\":\"个\","
        "\"kind\":\"count\",\"context\":\"一个\",\"optional\":true}\n");
    put_file("d1.figures.jsonl",
             "{\"indicator\":\"stations\",\"region_code\":\"140000\",\"value\":\"300\","
             "\"measure\":\"stock\",\"asof\":null,\"surface\":\"三百个\","
             "\"context\":\"骑手之家三百个\"}\n"
             "{\"indicator\":\"workers\",\"region_code\":\"140000\",\"value\":\"50000\","
             "\"measure\":\"cumulative\",\"asof\":\"2025-01-01\",\"surface\":\"约五万人\","
             "\"context\":\"骑手约五万人\"}\n");
}

static void put_out(void) {
    put_file("articles.csv", "article_id,source_path,title,published,publisher,region_code,url\n"
                             "a1,x/d1.html,骑手之家,2025-01-02T03:04+08:00,晚报,140000,\n");
    put_file("main/a1.txt", "骑手之家\n全省共有骑手之家三百个，骑手约五万人。\n");
    put_file(
        "figures.csv", FIGURE_HEAD
        "a1,stations,140000,,300,,,exact,家,count,stock,actual,,三百个,共有骑手之家三百个。,1\n"
        "a1,workers,140000,,50000,,,exact,人,count,stock,planned,2025,约五万人,骑手约五万人。,2\n"
        "a1,workers,140000,,7,,,exact,人,count,stock,actual,,七人,其中七人。,3\n");
}

static double score(const ht_evaluation *r, int which) {
    assert_true(r->scores[which].known);
    return r->scores[which].value;
}

#define assert_score(r, which, expected)                                                           \
    assert_int_equal((int)(score(r, which) * 10000 + 0.5), (int)((expected)*10000 + 0.5))

static void test_scores(void **state) {
    (void)state;
    put_gold();
    put_out();
    ht_evaluation r;
    ht_error e = {0};
    if (ht_evaluate(folder, folder, &r, &e) != HT_OK) fail_msg("%s", e.text);
    assert_int_equal(r.n_documents, 1);
    assert_score(&r, HT_MAIN_F1, 1.0);
    assert_score(&r, HT_META, 0.75);
    assert_score(&r, HT_QUANTITY_P, 2.0 / 3);
    assert_score(&r, HT_QUANTITY_R, 1.0);
    assert_score(&r, HT_UNIT, 1.0);
    assert_score(&r, HT_QUALIFIER, 0.5);
    assert_score(&r, HT_FIGURE_P, 2.0 / 3);
    assert_score(&r, HT_FIGURE_R, 1.0);
    assert_score(&r, HT_FIGURE_F1, 0.8);
    assert_score(&r, HT_MEASURE_RIGHT, 0.5);
    assert_score(&r, HT_ASOF_RIGHT, 1.0);
    assert_int_equal(r.n_misses, 5);
    assert_int_equal(ht_evaluation_min(&r, HT_S("0.79"), &e), HT_OK);
    assert_int_equal(ht_evaluation_min(&r, HT_S("0.9"), &e), HT_FAILED);
    assert_non_null(strstr(e.text, "quantity_f1"));
    static const char *const wrong[] = {"", "x", "2", "1.5", "-0", "0.5x", "figure_f1=0.5"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(ht_evaluation_min(&r, ht_str_of(wrong[i]), &e), HT_USAGE);
    ht_evaluation_free(&r);
}

static void test_missing_article(void **state) {
    (void)state;
    put_gold();
    put_file("articles.csv", "article_id,source_path,title,published,publisher,region_code,url\n");
    ht_evaluation r;
    assert_int_equal(ht_evaluate(folder, folder, &r, NULL), HT_OK);
    assert_score(&r, HT_MAIN_F1, 0.0);
    assert_score(&r, HT_META, 0.0);
    assert_score(&r, HT_QUANTITY_R, 0.0);
    assert_score(&r, HT_FIGURE_P, 1.0);
    assert_false(r.scores[HT_UNIT].known);
    ht_evaluation_free(&r);
}

static void test_refused(void **state) {
    (void)state;
    ht_evaluation r;
    ht_error e = {0};
    assert_int_equal(ht_evaluate(folder, folder, &r, &e), HT_IO);
    ht_evaluation_free(&r);
    put_out();
    assert_int_equal(ht_evaluate(folder, "/nonexistent", &r, &e), HT_IO);
    ht_evaluation_free(&r);
    assert_int_equal(ht_evaluate(folder, folder, &r, &e), HT_IO);
    ht_evaluation_free(&r);
    put_gold();
    put_file("d1.figures.jsonl", "{\"indicator\":\n");
    assert_int_equal(ht_evaluate(folder, folder, &r, &e), HT_IO);
    assert_non_null(strstr(e.text, "d1.figures.jsonl:1"));
    ht_evaluation_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_scores, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing_article, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
