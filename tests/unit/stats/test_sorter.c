/* Records in any order -> in memcmp order, whatever fits into memory. */
#include "stats/mention.h"
#include "stats/runs.h"
#include "stats/sorter.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <cmocka.h>

static ht_arena arena;
static char folder[64];

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    strcpy(folder, "/tmp/hantally-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ht_arena_free(&arena);
    return rmdir(folder); /* fails when a file was left behind */
}

static uint64_t seed;
static uint32_t roll(uint32_t sides) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % sides;
}

static ht_str some_record(void) {
    size_t n = roll(20) ? roll(24) : roll(3000);
    char *p = ht_arena_alloc(&arena, n + 1);
    for (size_t i = 0; i < n; i++) p[i] = (char)roll(roll(4) ? 3 : 256);
    return (ht_str){p, n};
}

static int by_bytes(const void *x, const void *y) {
    return ht_str_cmp(*(const ht_str *)x, *(const ht_str *)y);
}

static void check_read(stats_sorter *s, const ht_str *want, size_t n) {
    ht_error e;
    for (size_t i = 0; i <= n; i++) {
        ht_str record = {NULL, 0};
        bool more;
        assert_int_equal(sorter_next(s, &record, &more, &e), HT_OK);
        assert_int_equal(more, i < n);
        if (more) assert_true(ht_str_eq(record, want[i]));
    }
}

static void check_sort(size_t n, size_t memory) {
    ht_error e;
    stats_sorter *s;
    ht_str *records = HT_ARRAY(&arena, ht_str, n);
    assert_int_equal(sorter_open(&s, folder, memory, &e), HT_OK);
    for (size_t i = 0; i < n; i++) {
        records[i] = some_record();
        if (sorter_add(s, records[i], &e) != HT_OK) fail_msg("%s", e.text);
    }
    if (n) qsort(records, n, sizeof *records, by_bytes);
    for (int twice = 0; twice < 2; twice++) {
        if (sorter_rewind(s, &e) != HT_OK) fail_msg("%s", e.text);
        check_read(s, records, n);
    }
    sorter_close(s);
}

static void test_sort(void **state) {
    (void)state;
    static const size_t counts[] = {0, 1, 2, 100, 5000, 60000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        check_sort(counts[i], SORTER_MIN_MEMORY); /* dozens of runs */
        check_sort(counts[i], 64 << 20);          /* all in memory */
    }
}

/* One run more than are read at once, and more than twice as many. */
static void test_many_runs(void **state) {
    (void)state;
    ht_error e;
    static const size_t counts[] = {RUNS_MAX - 1, RUNS_MAX, RUNS_MAX + 1, 2 * RUNS_MAX + 3};
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
        sorter_runs r;
        runs_init(&r, folder, SORTER_MIN_MEMORY);
        for (size_t i = 0; i < counts[k]; i++) {
            assert_int_equal(runs_begin(&r, &e), HT_OK);
            for (size_t j = 0; j < 3; j++) {
                ht_str record = ht_format(&arena, "%06zu", i + j * 10000);
                assert_int_equal(runs_add(&r, record, &e), HT_OK);
            }
            assert_int_equal(runs_end(&r, &e), HT_OK);
        }
        assert_int_equal(runs_rewind(&r, &e), HT_OK);
        ht_str record = {NULL, 0}, last = {NULL, 0};
        bool more = true;
        size_t n = 0;
        while (runs_next(&r, &record, &more, &e) == HT_OK && more) {
            assert_true(ht_str_cmp(last, record) < 0);
            last = ht_str_copy(&arena, record);
            n++;
        }
        assert_int_equal(n, 3 * counts[k]);
        runs_free(&r);
    }
}

static void test_limit(void **state) {
    (void)state;
    ht_error e;
    stats_sorter *s;
    char *bytes = calloc(1, SORTER_MAX_RECORD + 1);
    assert_non_null(bytes);
    assert_int_equal(sorter_open(&s, folder, SORTER_MIN_MEMORY, &e), HT_OK);
    for (size_t n = SORTER_MAX_RECORD - 1; n <= SORTER_MAX_RECORD + 1; n++)
        assert_int_equal(sorter_add(s, (ht_str){bytes, n}, &e),
                         n <= SORTER_MAX_RECORD ? HT_OK : HT_IO);
    assert_int_equal(sorter_rewind(s, &e), HT_OK);
    for (size_t n = SORTER_MAX_RECORD - 1; n <= SORTER_MAX_RECORD; n++) {
        ht_str record;
        bool more;
        assert_int_equal(sorter_next(s, &record, &more, &e), HT_OK);
        assert_int_equal(record.n, n);
    }
    sorter_close(s);
    free(bytes);
}

static void test_no_folder(void **state) {
    (void)state;
    ht_error e = {0};
    stats_sorter *s;
    assert_int_equal(sorter_open(&s, "/nowhere/at/all", SORTER_MIN_MEMORY, &e), HT_OK);
    ht_status status = HT_OK;
    for (int i = 0; i < 10000 && status == HT_OK; i++)
        status = sorter_add(s, HT_S("123456789"), &e);
    if (status == HT_OK) status = sorter_rewind(s, &e);
    assert_int_equal(status, HT_IO);
    assert_non_null(strstr(e.text, "/nowhere/at/all"));
    sorter_close(s);
}

/* What cannot be written is an error, whichever thread finds it. */
static void test_full_disk(void **state) {
    (void)state;
    struct rlimit before, small = {1 << 20, 1 << 20};
    getrlimit(RLIMIT_FSIZE, &before);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    ht_error e = {0};
    stats_sorter *s;
    assert_int_equal(sorter_open(&s, folder, SORTER_MIN_MEMORY, &e), HT_OK);
    ht_status status = HT_OK;
    for (int i = 0; i < 200000 && status == HT_OK; i++)
        status = sorter_add(s, ht_format(&arena, "%020d", i), &e);
    if (status == HT_OK) status = sorter_rewind(s, &e);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(status, HT_IO);
    assert_non_null(strstr(e.text, "File too large"));
    sorter_close(s);
}

/* Packed, records sort as their columns one by one; unpacked, they are what they were. */
static void test_columns(void **state) {
    (void)state;
    for (int round = 0; round < 20000; round++) {
        ht_str x[4], y[4], back[4];
        for (int i = 0; i < 4; i++) {
            x[i] = ht_sub(some_record(), 0, 0);
            char *p = ht_arena_alloc(&arena, 8);
            size_t n = roll(4), m = roll(4);
            for (size_t k = 0; k < 8; k++) p[k] = (char)(roll(3) ? roll(2) : 255);
            x[i] = (ht_str){p, n};
            y[i] = roll(2) ? x[i] : (ht_str){p + 4, m};
        }
        ht_buf a, b;
        ht_buf_init(&a, &arena);
        ht_buf_init(&b, &arena);
        record_pack(&a, x, 3, 4);
        record_pack(&b, y, 3, 4);
        int want = 0;
        for (int i = 0; i < 3 && !want; i++) want = ht_str_cmp(x[i], y[i]);
        size_t n = record_key_bytes(ht_buf_str(&a), 3), m = record_key_bytes(ht_buf_str(&b), 3);
        int got = ht_str_cmp(ht_sub(ht_buf_str(&a), 0, n), ht_sub(ht_buf_str(&b), 0, m));
        assert_true((want < 0) == (got < 0) && (want > 0) == (got > 0));
        record_unpack(&arena, ht_buf_str(&a), back, 3, 4);
        for (int i = 0; i < 4; i++) assert_true(ht_str_eq(back[i], x[i]));
        /* cut short, a record gives shorter columns and reads nothing beyond its end */
        ht_str cut = ht_str_copy(&arena, ht_sub(ht_buf_str(&a), 0, roll((uint32_t)a.n + 1)));
        record_unpack(&arena, cut, back, 3, 4);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sort),      cmocka_unit_test(test_many_runs),
        cmocka_unit_test(test_limit),     cmocka_unit_test(test_no_folder),
        cmocka_unit_test(test_full_disk), cmocka_unit_test(test_columns),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
