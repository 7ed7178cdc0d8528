#include "corpus/corpus.h"
#include "corpus/source.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char root[64]; /* a fresh folder for each test */
static ht_arena arena;

static char *at(const char *name) {
    return ht_str_cstr(&arena, ht_format(&arena, "%s/%s", root, name));
}

static void put(const char *name, const char *text) {
    FILE *f = fopen(at(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    assert_int_equal(fclose(f), 0);
}

static void folder(const char *name) {
    assert_int_equal(mkdir(at(name), 0777), 0);
}

static int setup(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    strcpy(root, "/tmp/hantally-corpus-XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    ht_arena_free(&arena);
    return system(command);
}

/* "path[=trouble]" of every record, one a line. */
static char *walk(char *const *inputs, size_t n, const ht_corpus_options *options) {
    ht_corpus *c;
    ht_error e;
    ht_buf b;
    ht_buf_init(&b, &arena);
    assert_int_equal(ht_corpus_open(&c, inputs, n, options, &e), HT_OK);
    for (;;) {
        ht_record r;
        bool more;
        assert_int_equal(ht_corpus_next(c, &arena, &r, &more, &e), HT_OK);
        if (!more) break;
        ht_buf_add(&b, r.source_path);
        if (r.trouble.code) ht_buf_printf(&b, "=%s", r.trouble.code);
        ht_buf_byte(&b, '\n');
        assert_true(r.trouble.code ? r.bytes.n == 0 : r.bytes.n > 0);
        assert_int_equal(strlen(r.id), 17);
    }
    ht_corpus_close(c);
    return ht_str_cstr(&arena, ht_buf_str(&b));
}

static char *walk_root(void) {
    char *inputs[] = {root};
    ht_corpus_options options = {0};
    return walk(inputs, 1, &options);
}

static void paths_come_in_memcmp_order(void **state) {
    (void)state;
    folder("a");
    put("a/x", "1");
    put("a.txt", "1");
    put("a-b", "1");
    put("ab", "1");
    folder("a/deep");
    put("a/deep/z", "1");
    put("a/deep.txt", "1");
    put("\xE6\x96\x87", "1");
    put("Z", "1");
    folder("none");
    assert_string_equal(walk_root(),
                        "Z\na-b\na.txt\na/deep.txt\na/deep/z\na/x\nab\n\xE6\x96\x87\n");
}

static void what_cannot_be_read_is_a_record(void **state) {
    (void)state;
    put("empty", "");
    put("good", "1");
    assert_int_equal(mkfifo(at("pipe"), 0666), 0);
    assert_int_equal(symlink("nowhere", at("dangling")), 0);
    assert_int_equal(symlink("good", at("link")), 0);
    assert_int_equal(symlink(".", at("loop")), 0);
    put("packed.gz", "\x1F\x8B\x08 rest");
    put("many.warc", "WARC/1.0\r\n");
    assert_string_equal(walk_root(), "dangling=unreadable\nempty=empty\ngood\nlink\n"
                                     "loop=directory-link\nmany.warc=container\n"
                                     "packed.gz=container\npipe=not-a-file\n");
}

static void names_that_are_not_utf8_are_escaped(void **state) {
    (void)state;
    put("\xB5\xE7%.txt", "1");
    put("50%.txt", "1");
    assert_string_equal(walk_root(), "50%.txt\n%B5%E7%25.txt\n");
}

static void inputs_keep_their_order(void **state) {
    (void)state;
    folder("d");
    put("d/2", "1");
    put("d/1", "1");
    put("b.txt", "1");
    put("a.txt", "1");
    char *inputs[] = {at("b.txt"), at("d"), at("a.txt")};
    ht_corpus_options options = {0};
    assert_string_equal(walk(inputs, 3, &options), "b.txt\n1\n2\na.txt\n");
    options.source_name = HT_S("dump");
    assert_string_equal(walk(inputs, 3, &options), "dump\ndump\ndump\ndump\n");
}

static void the_limit_is_exact(void **state) {
    (void)state;
    put("3", "abc");
    put("4", "abcd");
    put("5", "abcde");
    char *inputs[] = {root};
    ht_corpus_options options = {.max_bytes = 4};
    assert_string_equal(walk(inputs, 1, &options), "3\n4\n5=too-large\n");
}

static void depth_has_a_limit(void **state) {
    (void)state;
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (int i = 0; i <= HT_CORPUS_MAX_DEPTH; i++) {
        ht_buf_printf(&b, "%sd", i ? "/" : "");
        folder(ht_str_cstr(&arena, ht_buf_str(&b)));
        if (i >= HT_CORPUS_MAX_DEPTH - 1)
            put(ht_str_cstr(&arena, ht_format(&arena, "%.*s/f", HT_ARG(ht_buf_str(&b)))), "1");
    }
    /* The folder one too deep comes first, then the file beside it; the file inside it never. */
    char *seen = walk_root(), *rest = strstr(seen, "/=too-deep\n");
    assert_non_null(rest);
    assert_int_equal(rest - seen, 2 * HT_CORPUS_MAX_DEPTH + 1);
    rest += strlen("/=too-deep\n");
    assert_int_equal(strlen(rest), 2 * HT_CORPUS_MAX_DEPTH + strlen("f\n"));
}

static void a_missing_input_is_an_error(void **state) {
    (void)state;
    char *inputs[] = {at("nothing")};
    ht_corpus_options options = {0};
    ht_corpus *c;
    ht_error e = {HT_OK, ""};
    assert_int_equal(ht_corpus_open(&c, inputs, 1, &options, &e), HT_IO);
    assert_null(c);
    assert_non_null(strstr(e.text, "No such file"));
}

/* More names than a batch holds: none is lost, and the order stays. */
static void big_folders_come_in_batches(void **state) {
    (void)state;
    enum { FILES = 40000 };
    for (int i = 0; i < FILES; i++) {
        char name[32];
        snprintf(name, sizeof name, "%05d", (i * 7919) % FILES);
        assert_int_equal(mknod(at(name), S_IFREG | 0666, 0), 0);
    }
    char *seen = walk_root(), want[32];
    for (int i = 0; i < FILES; i++) {
        int n = snprintf(want, sizeof want, "%05d=empty\n", i);
        assert_memory_equal(seen, want, (size_t)n);
        seen += n;
    }
    assert_string_equal(seen, "");
}

static void ids_depend_on_path_and_bytes_alone(void **state) {
    (void)state;
    ht_record a = {.source_path = HT_S("p.txt"), .bytes = HT_S("abc")}, b = a;
    record_identify(&a);
    record_identify(&b);
    assert_string_equal(a.id, b.id);
    b.offset = 10;
    b.url = HT_S("u");
    record_identify(&b);
    assert_string_equal(a.id, b.id);
    /* The fields are kept apart: moving a byte from one to the next is another record. */
    b.source_path = HT_S("p.tx");
    b.member = HT_S("t");
    record_identify(&b);
    assert_string_not_equal(a.id, b.id);
    b = a;
    b.record = 1;
    record_identify(&b);
    assert_string_not_equal(a.id, b.id);
    assert_int_equal(a.id[0], 'a');
}

static void progress_knows_the_files(void **state) {
    (void)state;
    folder("d");
    put("d/1", "12345");
    put("f", "123");
    char *inputs[] = {at("f"), at("d")};
    ht_corpus_options options = {.measure = true};
    ht_corpus *c;
    uint64_t known, read;
    assert_int_equal(ht_corpus_open(&c, inputs, 2, &options, NULL), HT_OK);
    ht_corpus_progress(c, &known, &read);
    assert_int_equal(known, 8);
    assert_int_equal(read, 0);
    ht_record r;
    bool more = true;
    while (more) assert_int_equal(ht_corpus_next(c, &arena, &r, &more, NULL), HT_OK);
    ht_corpus_progress(c, &known, &read);
    assert_int_equal(read, 8);
    ht_corpus_close(c);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(paths_come_in_memcmp_order),
        TEST(what_cannot_be_read_is_a_record),
        TEST(names_that_are_not_utf8_are_escaped),
        TEST(inputs_keep_their_order),
        TEST(the_limit_is_exact),
        TEST(depth_has_a_limit),
        TEST(a_missing_input_is_an_error),
        TEST(big_folders_come_in_batches),
        TEST(ids_depend_on_path_and_bytes_alone),
        TEST(progress_knows_the_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
