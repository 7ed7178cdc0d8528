/* The offset map: runs byte by byte and runs as a whole, cut and joined. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "normalize/offsets.h"

static ht_arena arena;

static uint32_t seed = 5;
static uint32_t any(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static void leads(const ht_offmap *m, size_t start, size_t end, size_t from, size_t to) {
    ht_span s = ht_offmap_source(m, start, end);
    assert_int_equal(s.start, from);
    assert_int_equal(s.end, to);
}

/* A part of a run as a whole stays whole, though it may be as long as its origin. */
static void parts(void **state) {
    (void)state;
    ht_offmap m, part;
    ht_offmap_init(&m, &arena);
    ht_offmap_add(&m, 9, 0, 6);
    ht_offmap_init(&part, &arena);
    ht_offmap_append_part(&part, &m, 3, 9);
    leads(&part, 0, 3, 0, 6);
    leads(&part, 3, 6, 0, 6);
    ht_offmap_init(&part, &arena);
    ht_offmap_append_part(&part, &m, 0, 6);
    ht_offmap_append_part(&part, &m, 6, 9);
    assert_int_equal(part.n, 1);
    leads(&part, 6, 9, 0, 6);
    assert_int_equal(ht_offmap_place(&part, 3), 0);
}

static void whole(void **state) {
    (void)state;
    ht_offmap m;
    ht_offmap_init(&m, &arena);
    ht_offmap_add(&m, 3, 0, 3);
    ht_offmap_add_whole(&m, 6, 3, 6);
    ht_offmap_add(&m, 3, 9, 3);
    ht_offmap_add(&m, 3, 12, 3);
    assert_int_equal(m.n, 3);
    leads(&m, 0, 3, 0, 3);
    leads(&m, 3, 6, 3, 9);
    leads(&m, 6, 9, 3, 9);
    leads(&m, 10, 13, 10, 13);
    assert_int_equal(ht_offmap_place(&m, 5), 3);
    assert_int_equal(ht_offmap_place(&m, 13), 13);
    ht_offmap_add(&m, 1, 15, 0); /* inserted */
    leads(&m, 15, 16, 15, 15);
    leads(&m, 16, 16, 15, 15);
    ht_offmap none;
    ht_offmap_init(&none, &arena);
    leads(&none, 0, 1, 0, 0);
    assert_int_equal(ht_offmap_place(&none, 0), 0);
}

/* A span leads from the origin of its first byte that has one to that of its last. */
static void check_span(const ht_offmap *m, const ht_span *from, size_t start, size_t end) {
    ht_span s = ht_offmap_source(m, start, end);
    if (end > m->n_out) end = m->n_out;
    while (start < end && from[start].start == from[start].end) start++;
    while (end > start && from[end - 1].start == from[end - 1].end) end--;
    if (start < end) {
        assert_int_equal(s.start, from[start].start);
        assert_int_equal(s.end, from[end - 1].end);
    } else {
        assert_int_equal(s.start, s.end);
    }
}

/* The first byte of the output whose origin ends behind the place in the input. */
static void check_place(const ht_offmap *m, const ht_span *from, size_t in) {
    size_t at = 0;
    while (at < m->n_out && from[at].end <= in) at++;
    assert_int_equal(ht_offmap_place(m, in), at);
}

/* Against a table that says of each byte of the output where it comes from. */
static void every_byte(void **state) {
    enum { MOST = 400 };
    static ht_span from[2][MOST];
    (void)state;
    for (int round = 0; round < 2000; round++) {
        ht_offmap m, cut;
        size_t in = any(5), n_cut = 0;
        ht_offmap_init(&m, &arena);
        for (uint32_t n = any(12); n; n--) {
            size_t n_out = any(7), n_in = any(7), start = m.n_out;
            bool is_whole = any(2);
            in += any(3);
            (is_whole ? ht_offmap_add_whole : ht_offmap_add)(&m, n_out, in, n_in);
            for (size_t i = 0; i < n_out; i++)
                from[0][start + i] = is_whole || n_out != n_in ? (ht_span){in, in + n_in}
                                                               : (ht_span){in + i, in + i + 1};
            in += n_in;
        }
        for (size_t i = 0; i <= m.n_out; i++)
            for (size_t k = i; k <= m.n_out + 2u; k++) check_span(&m, from[0], i, k);
        for (size_t i = 0; i <= in + 1; i++) check_place(&m, from[0], i);
        ht_offmap_init(&cut, &arena);
        for (size_t at = 0; at < m.n_out;) {
            size_t a = at + any(4), b = a + any(9);
            ht_offmap_append_part(&cut, &m, a, b);
            for (size_t i = a; i < b && i < m.n_out; i++) from[1][n_cut++] = from[0][i];
            at = b;
        }
        assert_int_equal(cut.n_out, n_cut);
        for (size_t i = 0; i < n_cut; i++) leads(&cut, i, i + 1, from[1][i].start, from[1][i].end);
        ht_arena_reset(&arena);
    }
}

static int reset(void **state) {
    (void)state;
    ht_arena_reset(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(parts, reset),
        cmocka_unit_test_teardown(whole, reset),
        cmocka_unit_test_teardown(every_byte, reset),
    };
    ht_arena_init(&arena, 0);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    ht_arena_free(&arena);
    return failed;
}
