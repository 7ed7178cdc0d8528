/* Records in any order -> in memcmp order, in memory and on disk. */
#include "stats/records.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <cmocka.h>

enum { SIZE = 5, CAP = 100 };

/* Sorts n records with room for CAP; gives the number of runs that went to disk. */
static size_t sort(size_t n, size_t n_bytes, unsigned different) {
    char folder[] = "/tmp/hantally-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/sort", folder);
    record_sorter *s;
    ht_error e = {0};
    uint32_t state = 12345;
    uint64_t sum = 0;
    assert_int_equal(records_open(&s, path, SIZE, n_bytes, &e), HT_OK);
    for (size_t i = 0; i < n; i++) {
        unsigned char record[SIZE];
        state = state * 1664525 + 1013904223;
        records_put(record, state % different, SIZE);
        sum += records_get(record, SIZE) + 1;
        assert_int_equal(records_add(s, record, &e), HT_OK);
    }
    assert_int_equal(records_rewind(s, &e), HT_OK);
    unsigned char last[SIZE] = {0};
    const unsigned char *record;
    size_t read = 0;
    for (; records_next(s, &record, &e) == HT_OK && record; read++) {
        assert_true(memcmp(last, record, SIZE) <= 0);
        memcpy(last, record, SIZE);
        sum -= records_get(record, SIZE) + 1;
    }
    assert_int_equal(read, n);
    assert_true(sum == 0);
    assert_int_equal(records_next(s, &record, &e), HT_OK);
    assert_null(record);
    size_t n_runs = records_runs(s);
    records_close(s);
    assert_int_equal(rmdir(folder), 0); /* nothing is left */
    return n_runs;
}

static void test_limit(void **state) {
    (void)state;
    assert_int_equal(sort(0, SIZE * CAP, 7), 0);
    assert_int_equal(sort(1, SIZE * CAP, 7), 0);
    assert_int_equal(sort(CAP - 1, SIZE * CAP, 1u << 31), 0);
    assert_int_equal(sort(CAP, SIZE * CAP, 1u << 31), 0);
    assert_int_equal(sort(CAP + 1, SIZE * CAP, 1u << 31), 2);
    assert_int_equal(sort(3 * CAP, SIZE * CAP, 1u << 31), 3);
    assert_int_equal(sort(5, 1, 1u << 31), 5); /* room for none: one at a time */
}

static void test_many(void **state) {
    (void)state;
    assert_int_equal(sort(300000, 1 << 20, 1u << 31), 2);
    assert_int_equal(sort(100000, 1 << 12, 1u << 31), 123); /* each run is read in one piece */
    assert_int_equal(sort(100000, 1 << 12, 3), 123);
}

static void test_no_folder(void **state) {
    (void)state;
    record_sorter *s;
    ht_error e = {0};
    assert_int_equal(records_open(&s, "/nowhere/sort", SIZE, SIZE, &e), HT_OK);
    assert_int_equal(records_add(s, "12345", &e), HT_OK);
    assert_int_equal(records_add(s, "12345", &e), HT_IO);
    assert_string_equal(e.text, "cannot sort beside /nowhere/sort: No such file or directory");
    records_close(s);
}

/* A disk that is full: EFBIG stands for ENOSPC. */
static void test_full_disk(void **state) {
    (void)state;
    char folder[] = "/tmp/hantally-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/sort", folder);
    struct rlimit before, limit;
    getrlimit(RLIMIT_FSIZE, &before);
    limit = before;
    limit.rlim_cur = 1024;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    record_sorter *s;
    ht_error e = {0};
    ht_status status = records_open(&s, path, SIZE, SIZE * CAP, &e);
    size_t n = 0;
    for (; n < 10 * CAP && status == HT_OK; n++) status = records_add(s, "12345", &e);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(status, HT_IO);
    assert_non_null(strstr(e.text, "File too large"));
    assert_int_equal(n, 3 * CAP + 1); /* the third run is cut off in its middle */
    records_close(s);
    assert_int_equal(rmdir(folder), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_no_folder),
        cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
