/* A finished run in a temporary folder, for the tests of review/. */
#ifndef TESTS_UNIT_REVIEW_RUN_H
#define TESTS_UNIT_REVIEW_RUN_H

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <sqlite3.h>

static char folder[64];

static void run_sql(const char *file, const char *sql) {
    sqlite3 *db;
    char path[128], *why = NULL;
    snprintf(path, sizeof path, "%s/%s", folder, file);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", sql, why);
    sqlite3_close(db);
}

/* n figures: every figure of its own sentence; three indicators, four provinces, ten an article. The
 * last article is a copy. */
static void run_make(int n) {
    strcpy(folder, "/tmp/hantally-review-XXXXXX");
    assert_non_null(mkdtemp(folder));
    char path[128];
    snprintf(path, sizeof path, "%s/run.json", folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fclose(f), 0);
    run_sql("hantally.db",
            "CREATE TABLE articles (article_id, source_path, member, record, record_offset,"
            " record_bytes, field, url, title, published, publisher, encoding_used, repairs,"
            " duplicate_of);"
            "CREATE TABLE figures (figure_id, article_id, indicator, subtype, region_code, region,"
            " region_level, region_codes, place, scope, region_rule, value, value_low, value_high,"
            " number, step, qualifier, unit, unit_text, kind, measure, modality, compared_to,"
            " counted, base, part_of, repeat_of, asof, asof_precision, asof_rule, period_from,"
            " period_to, attributed_to, surface, source_text, sentence, text_start INTEGER,"
            " text_end INTEGER, byte_start INTEGER, byte_end INTEGER, rule, confidence)");
    ht_arena a;
    ht_buf sql;
    ht_arena_init(&a, 0);
    ht_buf_init(&sql, &a);
    ht_buf_printf(&sql, "BEGIN;");
    for (int i = 0; i < (n + 9) / 10; i++)
        ht_buf_printf(&sql,
                      "INSERT INTO articles VALUES ('a%016d','n%d.txt','',0,0,100,'','','Title %d',"
                      "'2025-06-01','Paper','UTF-8','','%s');",
                      i, i, i, i == (n + 9) / 10 - 1 && i ? "a0000000000000000" : "");
    for (int i = 0; i < n; i++)
        ht_buf_printf(
            &sql,
            "INSERT INTO figures (figure_id, article_id, indicator, subtype, region_code, region,"
            " region_codes, scope, value, value_low, value_high, qualifier, unit, kind, asof,"
            " surface, sentence, text_start, text_end, byte_start, byte_end) VALUES"
            " ('f%05d','a%016d','%s','','%d','R','','whole','%d','','','exact','人','count','2025',"
            "'%d人','现有%d人。',%d,%d,%d,%d);",
            i, i / 10, (const char *[]){"workers", "stations", "share"}[i % 7 % 3],
            110000 + i % 4 * 100000, 100 + i, 100 + i, 100 + i, 2, 6, i % 10 * 20, i % 10 * 20 + 6);
    ht_buf_printf(&sql, "COMMIT;");
    ht_buf_byte(&sql, '\0');
    run_sql("hantally.db", sql.p);
    ht_arena_free(&a);
}

static int run_remove(void **state) {
    (void)state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

#endif
