/* Verdicts: saved, taken back, attached again after another run, settled, counted, exchanged. */
#include "review/verdicts.h"

#include "review/exchange.h"
#include "review/score.h"
#include "tests/unit/review/run.h"

#include <math.h>

static ht_arena arena;
static stats_db db;
static ht_error e;

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    run_make(60);
    return ht_verdicts_with_run(&db, folder, NULL, true, &e) == HT_OK ? 0 : -1;
}

static int tear_down(void **state) {
    db_close(&db);
    ht_arena_free(&arena);
    return run_remove(state);
}

static ht_status say(const char *nonce, const char *who, const char *figure, const char *verdict,
                     const char *wrong, const char *corrected, const char *origin) {
    verdict_statement s = {ht_str_of(nonce), ht_str_of(who),   origin,
                           ht_str_of(figure), ht_str_of(verdict), ht_str_of(wrong),
                           ht_str_of(corrected), HT_S("")};
    return verdict_save(&db, &s, &e);
}

static void said(const char *nonce, const char *who, const char *figure, const char *verdict,
                 const char *wrong, const char *corrected) {
    if (say(nonce, who, figure, verdict, wrong, corrected, "sample") != HT_OK) fail_msg("%s", e.text);
}

static int count(const char *sql) {
    sqlite3_stmt *query = NULL;
    bool row;
    if (db_prepare(&db, &query, sql, &e) != HT_OK) fail_msg("%s", e.text);
    assert_int_equal(db_step(&db, query, &row, &e), HT_OK);
    int n = row ? sqlite3_column_int(query, 0) : -1;
    sqlite3_finalize(query);
    return n;
}

static ht_status score(const char *who, ht_review_score *s) {
    ht_review_score population;
    assert_int_equal(ht_review_population_read(&db, &arena, &population, &e), HT_OK);
    return ht_review_score_read(&db, &arena, ht_str_of(who), &population, s, &e);
}

static void test_save_and_undo(void **state) {
    (void)state;
    said("1", "li", "f00001", "right", "", "");
    said("1", "li", "f00001", "right", "", ""); /* an answer was lost */
    assert_int_equal(count("SELECT count(*) FROM verdict"), 1);
    said("2", "li", "f00001", "wrong", "value", "7"); /* another mind */
    assert_int_equal(count("SELECT count(*) FROM verdict"), 2);
    assert_int_equal(count("SELECT verdict = 'wrong' FROM current"), 1);
    ht_str last, figure;
    assert_int_equal(verdict_last(&db, &arena, HT_S("li"), "sample", &last, &e), HT_OK);
    assert_string_equal(ht_str_cstr(&arena, last), "2");
    assert_int_equal(verdict_undo(&db, &arena, HT_S("wang"), last, &figure, &e), HT_OK);
    assert_int_equal(figure.n, 0); /* not hers */
    assert_int_equal(verdict_undo(&db, &arena, HT_S("li"), last, &figure, &e), HT_OK);
    assert_string_equal(ht_str_cstr(&arena, figure), "f00001");
    assert_int_equal(count("SELECT verdict = 'right' FROM current"), 1);
    assert_int_equal(verdict_undo(&db, &arena, HT_S("li"), last, &figure, &e), HT_OK);
    assert_int_equal(count("SELECT count(*) FROM verdict"), 1);
}

static void test_refused(void **state) {
    (void)state;
    char note[VERDICT_MAX_NOTE + 2], name[VERDICT_MAX_NAME + 2];
    static const char *const bad[][4] = {
        {"f99999", "right", "", ""},         {"", "right", "", ""},
        {"f00001", "maybe", "", ""},         {"f00001", "wrong", "", ""},
        {"f00001", "wrong", "colour", ""},   {"f00001", "right", "value", ""},
        {"f00001", "right", "", "7"},        {"f00001", "skip", "value", ""},
        {"f00001", "wrong", "value", "7x"},  {"f00001", "wrong", "region", "33010"},
        {"f00001", "wrong", "region", "33010x"}, {"f00001", "wrong", "date", "2025-1"},
        {"f00001", "wrong", "date", "2025/01"}, {"f00001", "wrong", "no-statistic", "x"},
        {"f00001", "right|wrong", "", ""},   {"f00001", "wrong", "", "5"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (say("n", "li", bad[i][0], bad[i][1], bad[i][2], bad[i][3], "sample") != HT_USAGE)
            fail_msg("case %zu was not refused", i);
    for (size_t n = VERDICT_MAX_NOTE - 1; n <= VERDICT_MAX_NOTE + 1; n++) {
        memset(note, 'x', n);
        char nonce[32];
        snprintf(nonce, sizeof nonce, "note%zu", n);
        verdict_statement s = {ht_str_of(nonce), HT_S("li"), "sample", HT_S("f00001"),
                               HT_S("right"), HT_S(""), HT_S(""), {note, n}};
        assert_int_equal(verdict_save(&db, &s, &e), n > VERDICT_MAX_NOTE ? HT_USAGE : HT_OK);
    }
    for (size_t n = VERDICT_MAX_NAME - 1; n <= VERDICT_MAX_NAME + 1; n++) {
        memset(name, 'x', n);
        assert_int_equal(verdict_name_is_good((ht_str){name, n}), n <= VERDICT_MAX_NAME);
    }
    assert_false(verdict_name_is_good(HT_S("")));
    assert_false(verdict_name_is_good(HT_S("a|b")));
    assert_false(verdict_name_is_good(HT_S("a\nb")));
    assert_false(verdict_name_is_good(HT_S("\xFF")));
}

/* After another run a verdict stands only where words, bytes and reading are the same. */
static void test_orphans(void **state) {
    (void)state;
    said("1", "li", "f00001", "right", "", "");
    said("2", "li", "f00002", "right", "", "");
    said("3", "li", "f00003", "right", "", "");
    said("4", "li", "f00004", "right", "", "");
    said("5", "li", "f00005", "right", "", "");
    db_close(&db);
    run_sql("hantally.db", "UPDATE figures SET sentence = 'other' WHERE figure_id = 'f00001';"
                           "DELETE FROM figures WHERE figure_id = 'f00002';"
                           "UPDATE figures SET value = '9' WHERE figure_id = 'f00003';"
                           "UPDATE figures SET byte_start = 1 WHERE figure_id = 'f00004';");
    assert_int_equal(ht_verdicts_with_run(&db, folder, NULL, true, &e), HT_OK);
    ht_buf b;
    size_t n;
    ht_buf_init(&b, &arena);
    assert_int_equal(ht_verdicts_orphans(&b, &db, &n, &e), HT_OK);
    assert_int_equal(n, 4);
    ht_buf_byte(&b, '\0');
    assert_non_null(strstr(b.p, "\nwords,f00001,"));
    assert_non_null(strstr(b.p, "\ngone,f00002,"));
    assert_non_null(strstr(b.p, "\nreading,f00003,"));
    assert_non_null(strstr(b.p, "\nwords,f00004,"));
    ht_review_score s;
    assert_int_equal(score("li", &s), HT_OK);
    assert_int_equal(s.total.right, 1);
    assert_int_equal(count("SELECT count(*) FROM verdict"), 5); /* none is dropped */
}

static void test_score(void **state) {
    (void)state;
    said("1", "li", "f00000", "right", "", "");             /* workers */
    said("2", "li", "f00003", "wrong", "no-statistic", ""); /* workers */
    said("3", "li", "f00001", "right", "", "");             /* stations */
    said("4", "li", "f00002", "skip", "", "");
    assert_int_equal(say("5", "li", "f00006", "wrong", "value", "", "audit"), HT_OK);
    said("6", "wang", "f00007", "wrong", "unit", "");
    ht_review_score s;
    assert_int_equal(score("li", &s), HT_OK);
    assert_int_equal(s.total.right, 2);
    assert_int_equal(s.total.wrong, 1); /* neither the audit's nor the other reviewer's */
    assert_int_equal(s.skipped, 1);
    assert_int_equal(s.total.population, 50);
    assert_int_equal(score("", &s), HT_OK);
    assert_int_equal(s.total.wrong, 2);
    for (size_t i = 1; i < s.n; i++)
        assert_true(ht_str_cmp(s.rows[i - 1].indicator, s.rows[i].indicator) < 0);
}

static void test_recall(void **state) {
    (void)state;
    ht_str article = HT_S("a0000000000000001");
    verdict_missed m = {.nonce = HT_S("m1"), .reviewer = HT_S("li"), .article_id = article,
                        .surface = HT_S("8"), .paragraph = HT_S("8"), .text_start = 90,
                        .text_end = 91};
    assert_int_equal(verdict_mark_missed(&db, &m, true, &e), HT_OK);
    ht_review_score s;
    assert_int_equal(score("li", &s), HT_OK);
    assert_int_equal(s.total.found + s.total.missed, 0); /* not read to its end */
    assert_int_equal(verdict_mark_read(&db, HT_S("li"), article, true, &e), HT_OK);
    assert_int_equal(say("1", "li", "f00010", "wrong", "no-statistic", "", "article"), HT_OK);
    assert_int_equal(score("li", &s), HT_OK);
    assert_int_equal(s.total.found, 9);
    assert_int_equal(s.total.missed, 1);
    m.text_start = 2; /* where the next version reads a figure, nothing is missed any more */
    m.nonce = HT_S("m2");
    assert_int_equal(verdict_mark_missed(&db, &m, true, &e), HT_OK);
    assert_int_equal(score("", &s), HT_OK);
    assert_int_equal(s.total.missed, 1);
    m.text_start = 90;
    assert_int_equal(verdict_mark_missed(&db, &m, false, &e), HT_OK);
    assert_int_equal(verdict_mark_read(&db, HT_S("li"), HT_S("nowhere"), true, &e), HT_OK);
    assert_int_equal(score("li", &s), HT_OK);
    assert_int_equal(s.total.missed, 0);
    assert_int_equal(s.n_articles, 1);
}

static void test_settled(void **state) {
    (void)state;
    said("1", "li", "f00000", "right", "", "");
    said("2", "wang", "f00000", "right", "", "");
    said("3", "li", "f00001", "right", "", "");
    said("4", "wang", "f00001", "wrong", "value", "5");
    said("5", "li", "f00002", "wrong", "value", "5");
    said("6", "wang", "f00002", "wrong", "value", "6");
    said("7", "li", "f00003", "right", "", "");
    said("8", "wang", "f00003", "skip", "", "");
    assert_int_equal(count("SELECT count(*) FROM settled"), 2);
    ht_str *ids;
    size_t n;
    assert_int_equal(ht_disagreements(&db, &arena, false, &ids, &n, &e), HT_OK);
    assert_int_equal(n, 2);
    ht_agreement_report r;
    assert_int_equal(ht_agreement_read(&db, &arena, &r, &e), HT_OK);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.pairs[0].n, 3);
    assert_int_equal(r.pairs[0].same, 2); /* the kind is the same, the correction is not */
    assert_true(fabs(r.pairs[0].kappa - 0.4) < 1e-9);
    /* The adjudicator may be one of them; what she said before stays for the agreement. */
    assert_int_equal(say("9", "li", "f00001", "wrong", "value", "5", "adjudication"), HT_OK);
    assert_int_equal(count("SELECT count(*) FROM settled"), 3);
    assert_int_equal(count("SELECT verdict = 'wrong' FROM settled WHERE figure_id = 'f00001'"), 1);
    assert_int_equal(ht_disagreements(&db, &arena, false, &ids, &n, &e), HT_OK);
    assert_int_equal(n, 1);
    assert_int_equal(ht_disagreements(&db, &arena, true, &ids, &n, &e), HT_OK);
    assert_int_equal(n, 2);
    ht_agreement_report after;
    assert_int_equal(ht_agreement_read(&db, &arena, &after, &e), HT_OK);
    assert_int_equal(after.pairs[0].same, 2);
}

static ht_status import(const char *csv, size_t *n) {
    return ht_verdicts_import(folder, NULL, ht_str_of(csv), HT_S("li"), n, &e);
}

static void test_import(void **state) {
    (void)state;
    size_t n;
    static const char good[] = "figure_id,verdict,wrong,corrected,note,surface,sentence\n"
                               "f00001,right,,,,101人,现有101人。\n"
                               "f00002,,,,,102人,现有102人。\n"
                               "f00003,wrong,value,5,\"a, b\",103人,现有103人。\n";
    assert_int_equal(import(good, &n), HT_OK);
    assert_int_equal(n, 2);
    assert_int_equal(import(good, &n), HT_OK);
    assert_int_equal(n, 0); /* the same again is nothing new */
    assert_int_equal(count("SELECT count(*) FROM verdict WHERE reviewer = 'li'"), 2);
    static const char *const bad[] = {
        "figure_id,verdict\nf00001,right\n",
        "figure_id,verdict,surface,sentence\nf00004,right,104人,现有104人。\nf00001,right,9人,现有101人。\n",
        "figure_id,verdict,surface,sentence\nf00004,right,104人,现有104人。\nf00005,perhaps,105人,现有105人。\n"};
    for (size_t i = 0; i < 3; i++) assert_int_equal(import(bad[i], &n), HT_USAGE);
    assert_non_null(strstr(e.text, "row 3"));
    assert_int_equal(count("SELECT count(*) FROM verdict"), 2); /* all or nothing */
}

static void test_foreign_files(void **state) {
    (void)state;
    stats_db other;
    run_sql("foreign.db", "CREATE TABLE t (x)");
    char path[128];
    snprintf(path, sizeof path, "%s/foreign.db", folder);
    assert_int_equal(ht_verdicts_open(&other, path, true, &e), HT_IO);
    snprintf(path, sizeof path, "%s/none.db", folder);
    assert_int_equal(ht_verdicts_open(&other, path, false, &e), HT_IO);
    run_sql("verdicts.db", "PRAGMA user_version = 2");
    snprintf(path, sizeof path, "%s/verdicts.db", folder);
    assert_int_equal(ht_verdicts_open(&other, path, true, &e), HT_IO);
    assert_non_null(strstr(e.text, "version 2"));
    assert_int_equal(ht_verdicts_with_run(&other, "/nowhere", NULL, true, &e), HT_IO);
    assert_non_null(strstr(e.text, "no finished run"));
}

int main(void) {
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(test_save_and_undo), CASE(test_refused), CASE(test_orphans),       CASE(test_score),
        CASE(test_recall),        CASE(test_settled), CASE(test_foreign_files), CASE(test_import),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
