/* From every code point of a cleaned text back to the bytes of the source: through decoding,
 * entities, repair, gloss removal, forms and script, whatever the charset. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <iconv.h>
#include <string.h>

#include "base/utf8.h"
#include "normalize/normalize.h"

static ht_arena arena;

static uint32_t seed = 23;
static uint32_t any(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static ht_str recoded(ht_str text, const char *to, const char *from) {
    size_t room = text.n * 4 + 16, left = text.n, all = room;
    char *out = ht_arena_alloc(&arena, room), *at = out, *in = ht_str_cstr(&arena, text);
    iconv_t c = iconv_open(to, from);
    assert_true(c != (iconv_t)-1);
    assert_int_equal(iconv(c, &in, &left, &at, &room), 0);
    iconv_close(c);
    return (ht_str){out, all - room};
}

/* Pieces that every charset has, with damage that each step undoes. */
static const char *const pool[] = {"網(wǎng)", "點(diǎn)", "會(huì)",  "車(chē)",
                                   "說(shuō)",  "機(jī)",   "人民",    "，",
                                   "約3.5萬",   "&#22909;", "&nbsp;",  "&amp;",
                                   "abc",       "。",       "後臺",    "乾隆年間",
                                   "頭髮",      "里面",     "“好”", "\n"};

static bool is_repaired(const ht_clean_report *r, size_t block, size_t from, size_t to) {
    for (size_t i = 0; i < r->n_repairs; i++)
        if (r->repairs[i].block == block && r->repairs[i].start <= from && to <= r->repairs[i].end)
            return true;
    return false;
}

/* The characters of a text on their way: equal but for their script. */
static bool same_but_script(ht_str a, ht_str b) {
    size_t i = 0, k = 0;
    while (i < a.n && k < b.n)
        if (ht_fold(ht_utf8_next(a, &i)) != ht_fold(ht_utf8_next(b, &k))) return false;
    return i == a.n && k == b.n;
}

static void check_lines(const ht_decoded *d, const ht_text *lines, size_t n,
                        const ht_clean_report *r, const char *charset, ht_target target) {
    for (size_t k = 0; k < n; k++) {
        size_t last = 0;
        assert_int_equal(ht_utf8_valid_until(lines[k].text), lines[k].text.n);
        for (size_t at = 0; at < lines[k].text.n;) {
            size_t from = at;
            ht_utf8_next(lines[k].text, &at);
            ht_span s = ht_offmap_source(&lines[k].map, from, at);
            ht_span bytes = ht_decoded_source(d, s.start, s.end);
            assert_true(bytes.start < bytes.end && bytes.end <= d->bytes.n);
            assert_true(bytes.start >= last);
            last = bytes.start;
            if (is_repaired(r, k, from, at)) continue;
            ht_str was = recoded(ht_sub(d->bytes, bytes.start, bytes.end), "UTF-8", charset);
            ht_str is = ht_sub(lines[k].text, from, at);
            assert_true(target == HT_TO_KEEP ? ht_str_eq(was, is) : same_but_script(was, is));
        }
    }
}

static void every_character(void **state) {
    static const char *const charsets[] = {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"};
    (void)state;
    for (int round = 0; round < 400; round++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        for (uint32_t n = 1 + any(120); n; n--)
            ht_buf_add(&b, ht_str_of(pool[any(sizeof pool / sizeof *pool)]));
        const char *charset = charsets[round % 4];
        ht_decoded d;
        ht_trouble trouble = {0};
        assert_true(ht_decode(&arena, recoded(ht_buf_str(&b), charset, "UTF-8"), HT_S(""),
                              ht_str_of(charset), &d, &trouble));
        ht_text *lines = NULL;
        size_t n = 0, cap = 0;
        ht_str rest = d.text, line;
        while (ht_str_split(&rest, '\n', &line)) {
            ht_text *t = HT_PUSH(&arena, lines, n, cap);
            t->text = line;
            ht_offmap_init(&t->map, &arena);
            ht_offmap_add(&t->map, line.n, (size_t)(line.p - d.text.p), line.n);
        }
        ht_clean_options o = {.target = (ht_target)any(5), .repair = (ht_repair_level)any(3)};
        ht_clean_report r;
        ht_clean(ht_cleaner_get(NULL), &arena, lines, n, &o, &r);
        check_lines(&d, lines, n, &r, charset, o.target);
        ht_arena_reset(&arena);
    }
}

/* Repairs lead back as exactly: what was between from and to is what was damaged. */
static void every_repair(void **state) {
    static const struct {
        const char *text, *damaged;
        ht_repair_kind kind;
    } cases[] = {
        {"我&#22909;你", "&#22909;", HT_REPAIR_ENTITY},
        {"我\u200B你", "\u200B", HT_REPAIR_INVISIBLE},
        {"西⻄", "⻄", HT_REPAIR_RADICAL},
        {"服務站今年又增加了不少座位?！睆堦犻L介紹說。", "?！睆堦犻L", HT_REPAIR_SHIFT_A},
        {"網(wǎng)點(diǎn)會(huì)說(shuō)車(chē)機(jī)員(yuán)運(yùn)線(xiàn)", "(wǎng)",
         HT_REPAIR_GLOSS},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_decoded d;
        ht_trouble trouble = {0};
        ht_str bytes = recoded(ht_str_of(cases[i].text), "UTF-16LE", "UTF-8");
        assert_true(ht_decode(&arena, bytes, HT_S(""), HT_S("utf-16le"), &d, &trouble));
        ht_text t = {.text = d.text};
        ht_offmap_init(&t.map, &arena);
        ht_offmap_add(&t.map, d.text.n, 0, d.text.n);
        ht_clean_report r;
        ht_clean(ht_cleaner_get(NULL), &arena, &t, 1, &(ht_clean_options){.target = HT_TO_HANS},
                 &r);
        assert_true(r.n_repairs > 0);
        assert_int_equal(r.repairs[0].kind, cases[i].kind);
        assert_true(ht_str_eq(ht_sub(d.text, r.repairs[0].from, r.repairs[0].to),
                              ht_str_of(cases[i].damaged)));
        ht_span s = ht_decoded_source(&d, r.repairs[0].from, r.repairs[0].to);
        assert_true(ht_str_eq(recoded(ht_sub(bytes, s.start, s.end), "UTF-8", "UTF-16LE"),
                              ht_str_of(cases[i].damaged)));
    }
}

static int reset(void **state) {
    (void)state;
    ht_arena_reset(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_character, reset),
        cmocka_unit_test_teardown(every_repair, reset),
    };
    ht_arena_init(&arena, 0);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    ht_arena_free(&arena);
    return failed;
}
