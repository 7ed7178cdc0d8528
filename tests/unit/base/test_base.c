/* Arenas, strings, maps, tries, UTF-8 and exact numbers. */
#include "base/decimal.h"
#include "base/map.h"
#include "base/trie.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static ht_arena arena;

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ht_arena_free(&arena);
    return 0;
}

static const char *text(ht_str s) {
    return ht_str_cstr(&arena, s);
}

static ht_number number(const char *s) {
    return ht_number_parse(ht_str_of(s));
}

static void test_numbers_are_read_and_written(void **state) {
    (void)state;
    static const struct {
        const char *in, *exact, *rounded;
    } cases[] = {
        {"0", "0", "0"},
        {"-12.50", "-12.5", "-12.5"},
        {"370000", "370000", "370000"},
        {"0.001", "0.001", "0.001"},
        {"1/3", "1/3", "0.333333333333"},
        {"2/3", "2/3", "0.666666666667"},
        {"-1/8", "-1/8", "-0.125"},
        {"1234567890125", "1234567890125", "1234567890120"},
        {"1234567890135", "1234567890135", "1234567890140"},
        {"999999999999.5", "999999999999.5", "1000000000000"},
        {"12345678901234567890123456789012345678", "12345678901234567890123456789012345678",
         "12345678901200000000000000000000000000"},
        {"", "", ""},
        {"-", "", ""},
        {".5", "", ""},
        {"5.", "", ""},
        {"1e5", "", ""},
        {"1/0", "", ""},
        {"1 ", "", ""},
        {"999999999999999999999999999999999999999", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_number x = number(cases[i].in);
        assert_string_equal(text(ht_number_text(&arena, x)), cases[i].exact);
        assert_string_equal(text(ht_number_rounded(&arena, x)), cases[i].rounded);
        assert_int_equal(x.ok, cases[i].exact[0] != '\0');
    }
}

static void test_numbers_are_exact(void **state) {
    (void)state;
    static const struct {
        const char *a;
        char operation;
        const char *b, *result;
    } cases[] = {
        {"0.1", '+', "0.2", "0.3"},     {"46200", '+', "-0.05", "46199.95"},
        {"1.5", '*', "10000", "15000"}, {"1/3", '*', "3", "3/3"},
        {"1/3", '+', "1", ""},          {"600", '/', "1000", "600/1000"},
        {"1", '/', "0.5", "10/5"},      {"1", '/', "0", ""},
        {"1", '/', "-4", "-1/4"},       {"", '+', "1", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_number a = number(cases[i].a), b = number(cases[i].b);
        ht_number r = cases[i].operation == '+'   ? ht_number_add(a, b)
                      : cases[i].operation == '*' ? ht_number_mul(a, b)
                                                  : ht_number_fraction(a, b);
        assert_string_equal(text(ht_number_text(&arena, r)), cases[i].result);
    }
    assert_int_equal(ht_number_cmp(number("1/3"), number("0.333333333333")), 1);
    assert_int_equal(ht_number_cmp(number("28.60"), number("28.6")), 0);
    assert_int_equal(ht_number_cmp(number("-2"), number("1/7")), -1);
    assert_false(ht_number_shift(number("1"), 61).ok);
    assert_true(ht_number_shift(number("1"), 60).ok);
}

static void test_strings(void **state) {
    (void)state;
    assert_string_equal(text(ht_str_trim(HT_S("\xEF\xBB\xBF \t　约37万人\xC2\xA0\r\n"))),
                        "约37万人");
    assert_int_equal(ht_str_trim(HT_S("　 ")).n, 0);
    assert_int_equal(ht_str_find(HT_S("abcabc"), HT_S("ca"), 0), 2);
    assert_true(ht_str_find(HT_S("abc"), HT_S("abcd"), 0) == SIZE_MAX);
    assert_true(ht_str_find((ht_str){NULL, 0}, HT_S("a"), 0) == SIZE_MAX);
    assert_true(ht_str_cmp(HT_S("ab"), HT_S("abc")) < 0);
    ht_str rest = HT_S("a||b"), field;
    const char *const fields[] = {"a", "", "b"};
    for (size_t i = 0; i < 3; i++) {
        assert_true(ht_str_split(&rest, '|', &field));
        assert_string_equal(text(field), fields[i]);
    }
    assert_false(ht_str_split(&rest, '|', &field));
}

static void test_utf8(void **state) {
    (void)state;
    static const struct {
        const char *in;
        size_t valid;
    } cases[] = {
        {"", 0},
        {"aé中𠀀", 10},
        {"a\x80", 1},
        {"\xC0\x80", 0},         /* overlong */
        {"\xED\xA0\x80", 0},     /* a surrogate */
        {"\xF4\x90\x80\x80", 0}, /* above U+10FFFF */
        {"中\xE4\xB8", 3},       /* cut */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(ht_utf8_valid_until(ht_str_of(cases[i].in)), cases[i].valid);
    size_t n;
    uint32_t *c = ht_utf8_decode(&arena, HT_S("aé中𠀀"), &n);
    assert_int_equal(n, 4);
    assert_int_equal(c[3], 0x20000);
    assert_string_equal(text(ht_utf8_encode(&arena, c, n)), "aé中𠀀");
}

static void test_map_keeps_its_order(void **state) {
    (void)state;
    ht_map m;
    ht_map_init(&m, &arena);
    for (uint32_t i = 0; i < 1000; i++)
        *ht_map_put(&m, ht_format(&arena, "%u", (i * 7919) % 1000)) += i;
    assert_int_equal(m.n, 1000);
    assert_string_equal(text(m.entries[1].key), "919");
    assert_int_equal(*ht_map_get(&m, HT_S("919")), 1);
    assert_null(ht_map_get(&m, HT_S("1000")));
}

static void test_trie(void **state) {
    (void)state;
    static const char *const words[] = {"骑手", "骑手驿站", "驿站", "𠀀人", "骑手", "区"};
    enum { N_WORDS = sizeof words / sizeof *words };
    ht_trie_word list[N_WORDS];
    for (uint32_t i = 0; i < N_WORDS; i++) {
        size_t n;
        list[i].c = ht_utf8_decode(&arena, ht_str_of(words[i]), &n);
        list[i].n = (uint32_t)n;
        list[i].value = i;
    }
    ht_trie built, t;
    ht_trie_build(&built, &arena, list, N_WORDS);
    size_t n_words = ht_trie_stored_words(&built);
    uint32_t *block = HT_ARRAY(&arena, uint32_t, n_words);
    ht_trie_store(&built, block);
    assert_true(ht_trie_open(&t, block, n_words));
    assert_false(ht_trie_open(&t, block, n_words - 1));
    assert_true(ht_trie_open(&t, block, n_words));
    static const struct {
        const char *in;
        size_t n;
        uint32_t value;
    } cases[] = {
        {"骑手驿站多", 4, 1}, {"骑手驿", 2, 0}, {"驿站", 2, 2}, {"𠀀人", 2, 3},
        {"站", 0, 0},         {"骑车", 0, 0},  {"区", 1, 5},  {"区长", 1, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n;
        uint32_t *c = ht_utf8_decode(&arena, ht_str_of(cases[i].in), &n), value = 0;
        assert_int_equal(ht_trie_longest(&t, c, n, &value), cases[i].n);
        assert_int_equal(value, cases[i].value);
    }
    assert_true(ht_trie_opens(&t, 0x9A91, 0x624B)); /* 骑手 */
    assert_true(ht_trie_opens(&t, 0x20000, 0x4EBA));
    assert_true(ht_trie_opens(&t, 0x533A, 0x957F)); /* 区 is a word */
    assert_false(ht_trie_opens(&t, 0x9A91, 0x8F66));
    assert_false(ht_trie_opens(&t, 0x624B, 0x9A91));
}

static void count_call(void *n) {
    ++*(int *)n;
}

static void test_arena(void **state) {
    (void)state;
    ht_arena a;
    ht_arena_init(&a, 1 << 20);
    assert_non_null(ht_arena_alloc(&a, 0));
    int n_calls = 0;
    ht_arena_defer(&a, count_call, &n_calls);
    char *p = ht_arena_alloc(&a, 8);
    memcpy(p, "12345678", 8);
    p = ht_arena_grow(&a, p, 8, 100000);
    assert_memory_equal(p, "12345678\0\0", 10);
    jmp_buf here;
    volatile bool refused = false;
    if (setjmp(here)) {
        refused = true;
    } else {
        ht_arena_guard(&a, &here);
        ht_arena_alloc(&a, 1 << 20);
    }
    assert_true(refused);
    ht_arena_reset(&a);
    assert_int_equal(n_calls, 1);
    ht_arena_free(&a);
}

/* The arena beside an arena: one, reset by itself, gone with it, and it jumps to the same place. */
static void test_scratch(void **state) {
    (void)state;
    ht_arena a;
    jmp_buf here;
    int n_calls = 0;
    ht_arena_init(&a, 1 << 20);
    char *kept = ht_arena_alloc(&a, 8);
    memcpy(kept, "kept", 5);
    for (int round = 0; round < 100; round++) { /* of ten times what `a` may hold, one at a time */
        ht_arena *s = ht_arena_scratch(&a);
        assert_ptr_equal(s, ht_arena_scratch(&a));
        memset(ht_arena_alloc(s, 100000), 'x', 100000);
        ht_arena_reset(s);
    }
    assert_string_equal(kept, "kept");
    ht_arena_defer(ht_arena_scratch(&a), count_call, &n_calls);
    volatile bool jumped = false;
    if (setjmp(here)) {
        jumped = true;
    } else {
        ht_arena_guard(&a, &here);
        ht_arena_alloc(ht_arena_scratch(&a), 2 << 20);
    }
    assert_true(jumped);
    ht_arena_reset(&a);
    assert_int_equal(n_calls, 1);
    assert_null(a.scratch);
    ht_arena_guard(&a, NULL);
    assert_non_null(ht_arena_alloc(ht_arena_scratch(&a), 8));
    ht_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_numbers_are_read_and_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_are_exact, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_strings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_map_keeps_its_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trie, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_arena, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scratch, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
