#include "cli/workers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { FILES = 500 };

static char root[] = "/tmp/hantally-workers-XXXXXX";

static int make_files(void **state) {
    (void)state;
    if (!mkdtemp(root)) return -1;
    for (int i = 0; i < FILES; i++) {
        char path[64];
        snprintf(path, sizeof path, "%s/%04d", root, i);
        FILE *f = fopen(path, "wb");
        if (!f) return -1;
        fprintf(f, "%d", i);
        if (fclose(f) != 0) return -1;
    }
    return 0;
}

static int remove_files(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    return system(command);
}

typedef struct {
    int n_emitted;
    int fail_at; /* emit fails for this record, -1: never */
    int lose_at; /* work runs out of memory for this one */
} count;

/* Some records take longer than others, so that workers overtake each other. */
static void *work(void *context, ht_arena *scratch, ht_arena *out, const ht_record *record) {
    const count *c = context;
    int *result = HT_NEW(out, int), n = atoi(ht_str_cstr(scratch, record->bytes));
    if (n % 7 == 0) usleep(200);
    *result = n;
    jmp_buf here;
    if (n == c->lose_at) {
        if (setjmp(here)) {
            ht_arena_guard(scratch, NULL);
            *HT_NEW(out, int) = -1;
        } else {
            ht_arena_guard(scratch, &here);
            for (;;) ht_arena_alloc(scratch, 1000);
        }
    }
    return result;
}

static ht_status emit(void *context, void *result, const ht_record *record, ht_error *e) {
    count *c = context;
    char name[16];
    assert_int_equal(*(int *)result, c->n_emitted);
    snprintf(name, sizeof name, "%04d", c->n_emitted);
    assert_true(ht_str_eq(record->source_path, ht_str_of(name)));
    if (c->n_emitted == c->fail_at) return ht_fail(e, HT_IO, "full");
    c->n_emitted++;
    return HT_OK;
}

static ht_status run(count *c, int n_workers, ht_error *e) {
    char *inputs[] = {root};
    ht_corpus_options options = {0};
    ht_corpus *corpus;
    assert_int_equal(ht_corpus_open(&corpus, inputs, 1, &options, e), HT_OK);
    cli_work w = {work, emit, c, 1 << 20, n_workers};
    ht_status status = cli_work_run(&w, corpus, e);
    ht_corpus_close(corpus);
    return status;
}

static void results_come_in_input_order(void **state) {
    (void)state;
    static const int n_workers[] = {1, 2, 3, 7, 16};
    for (size_t i = 0; i < sizeof n_workers / sizeof *n_workers; i++) {
        count c = {0, -1, -1};
        ht_error e;
        assert_int_equal(run(&c, n_workers[i], &e), HT_OK);
        assert_int_equal(c.n_emitted, FILES);
    }
}

static void an_error_of_emit_stops_everything(void **state) {
    (void)state;
    static const int places[] = {0, 1, 100, FILES - 1};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        count c = {0, places[i], -1};
        ht_error e = {HT_OK, ""};
        assert_int_equal(run(&c, 3, &e), HT_IO);
        assert_int_equal(c.n_emitted, places[i]);
        assert_string_equal(e.text, "full");
    }
}

static void a_worker_goes_on_after_its_memory_is_used_up(void **state) {
    (void)state;
    count c = {0, -1, 250};
    ht_error e;
    assert_int_equal(run(&c, 2, &e), HT_OK);
    assert_int_equal(c.n_emitted, FILES);
}

static void no_input_is_no_work(void **state) {
    (void)state;
    char empty[] = "/tmp/hantally-workers-XXXXXX";
    assert_non_null(mkdtemp(empty));
    char *inputs[] = {empty};
    ht_corpus_options options = {0};
    ht_corpus *corpus;
    ht_error e;
    count c = {0, -1, -1};
    cli_work w = {work, emit, &c, 0, 4};
    assert_int_equal(ht_corpus_open(&corpus, inputs, 1, &options, &e), HT_OK);
    assert_int_equal(cli_work_run(&w, corpus, &e), HT_OK);
    ht_corpus_close(corpus);
    assert_int_equal(c.n_emitted, 0);
    rmdir(empty);
}

static void jobs_have_a_default_and_a_limit(void **state) {
    (void)state;
    assert_true(cli_jobs(0) >= 1);
    assert_int_equal(cli_jobs(5), 5);
    assert_int_equal(cli_jobs(9999), 1024);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_in_input_order),
        cmocka_unit_test(an_error_of_emit_stops_everything),
        cmocka_unit_test(a_worker_goes_on_after_its_memory_is_used_up),
        cmocka_unit_test(no_input_is_no_work),
        cmocka_unit_test(jobs_have_a_default_and_a_limit),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
