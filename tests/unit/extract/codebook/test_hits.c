/* Where the terms of a codebook stand in a text. */
#include "extract/codebook/codebook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char yaml[] = "codebook: a\n"
                           "words: {people: [骑手, 小哥]}\n"
                           "indicators:\n"
                           "  - id: workers\n"
                           "    label: x\n"
                           "    unit: person\n"
                           "    terms: [新就业群体, (外卖|)骑手, 小哥]\n"
                           "    subtypes:\n"
                           "      - {id: courier, label: y, terms: [快遞員]}\n"
                           "    not: [<people>节, 小哥代表]\n"
                           "    near: {within: clause, none_of: [培训, 受益]}\n"
                           "  - id: stations\n"
                           "    label: x\n"
                           "    unit: [generic, place]\n"
                           "    terms: [(<people>)驿站, 驿站]\n"
                           "    pattern: '(?:骑手|騎手)[\\p{Han}]{1,2}屋'\n"
                           "  - id: members\n"
                           "    label: x\n"
                           "    terms: [会员]\n"
                           "    near: {within: paragraph, any_of: [工会]}\n"
                           "  - id: share\n"
                           "    label: x\n"
                           "    unit: ratio\n"
                           "    takes_rest: true\n"
                           "    terms: [占]\n";

typedef struct {
    ht_arena arena;
    ht_codebook codebook;
} fixture;

static int open_fixture(void **state) {
    static fixture f;
    ht_error e;
    ht_arena_init(&f.arena, 0);
    const ht_lexicon *l = ht_lexicon_get(&e);
    assert_non_null(l);
    ht_status s =
        ht_codebook_parse(&f.codebook, &f.arena, l, (ht_str){yaml, strlen(yaml)}, HT_S("t"), &e);
    if (s) fail_msg("%s", e.text);
    *state = &f;
    return 0;
}

static int close_fixture(void **state) {
    ht_arena_free(&((fixture *)*state)->arena);
    return 0;
}

static const struct {
    const char *text, *hits; /* "start-end indicator[.subtype][!]" */
} cases[] = {
    {"", ""},
    {"全市无人。", ""},
    {"骑手", "0-2 workers"},
    {"騎手", "0-2 workers"},
    {"外卖骑手1人", "0-4 workers 2-4 workers"},
    {"快递员和快遞員", "0-3 workers.courier 4-7 workers.courier"},
    {"骑手驿站", "0-4 stations 0-2 workers 2-4 stations"},
    {"骑手小哥驿站", "0-2 workers 2-6 stations 2-4 workers 4-6 stations"},
    {"骑手节", "0-3 workers! 0-2 workers"},
    {"小哥代表", "0-4 workers! 0-2 workers"},
    {"骑手夜宿屋、骑手屋、騎手小屋",
     "0-5 stations 0-2 workers 6-8 workers 10-14 stations 10-12 workers"},
    {"会员\n会员", "0-2 members 3-5 members"},
    {"培训骑手", "2-4 workers"},
};

static void test_cases(void **state) {
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_arena a;
        ht_arena_init(&a, 0);
        ht_passage p;
        ht_passage_make(&p, &a, ht_str_of(cases[i].text), NULL);
        ht_hit *hits;
        size_t n;
        ht_codebook_hits(&f->codebook, &a, &p, &hits, &n);
        ht_buf b;
        ht_buf_init(&b, &a);
        for (size_t k = 0; k < n; k++) {
            const ht_indicator *in = &f->codebook.indicators[hits[k].indicator];
            ht_str subtype = hits[k].subtype < 0 ? HT_S("") : in->subtypes[hits[k].subtype].id;
            ht_buf_printf(&b, "%s%u-%u " HT_FMT "%s" HT_FMT "%s", k ? " " : "", hits[k].start,
                          hits[k].end, HT_ARG(in->id), subtype.n ? "." : "", HT_ARG(subtype),
                          hits[k].kind == HT_HIT_NOT ? "!" : "");
        }
        if (!ht_str_eq(ht_buf_str(&b), ht_str_of(cases[i].hits)))
            fail_msg("%s\n  gives    " HT_FMT "\n  expected %s", cases[i].text,
                     HT_ARG(ht_buf_str(&b)), cases[i].hits);
        ht_arena_free(&a);
    }
}

static const struct {
    const char *text, *word; /* the figure's place */
    uint16_t indicator;
    bool allowed;
} near_cases[] = {
    {"骑手300人", "300", 0, true},
    {"培训骑手300人", "300", 0, false},
    {"骑手300人受益", "300", 0, false},
    {"举办培训，骑手300人", "300", 0, true},
    {"骑手1,300人受益", "1,300", 0, false},
    {"骑手300人。培训小哥20人。", "300", 0, true},
    {"骑手300人。培训小哥20人。", "20", 0, false},
    {"会员300人", "300", 2, false},
    {"会员300人。工会很忙。", "300", 2, true},
    {"会员300人。\n工会很忙。", "300", 2, false},
    {"培训会员300人", "300", 1, true},
};

static void test_near(void **state) {
    fixture *f = *state;
    for (size_t i = 0; i < sizeof near_cases / sizeof *near_cases; i++) {
        ht_arena a;
        ht_arena_init(&a, 0);
        ht_passage p;
        ht_str text = ht_str_of(near_cases[i].text), word = ht_str_of(near_cases[i].word);
        ht_passage_make(&p, &a, text, NULL);
        uint32_t start = 0;
        while (p.byte[start] < ht_str_find(text, word, 0)) start++;
        uint32_t end = start + (uint32_t)word.n;
        if (ht_codebook_near(&f->codebook, near_cases[i].indicator, &p, start, end) !=
            near_cases[i].allowed)
            fail_msg("%s: %s", near_cases[i].text, near_cases[i].word);
        ht_arena_free(&a);
    }
}

static void test_accepts(void **state) {
    fixture *f = *state;
    static const struct {
        ht_quantity q;
        bool workers, stations, members, share;
    } rows[] = {
        {{.kind = HT_COUNT, .unit = {"人", 3}, .dimension = {"count:person", 12}}, 1, 0, 1, 0},
        {{.kind = HT_COUNT, .unit = {"处", 3}, .dimension = {"count:place", 11}}, 0, 1, 1, 0},
        {{.kind = HT_COUNT}, 1, 1, 1, 0},
        {{.kind = HT_SHARE, .unit = {"%", 1}, .dimension = {"ratio", 5}}, 0, 0, 0, 1},
        {{.kind = HT_SHARE}, 0, 0, 0, 1},
        {{.kind = HT_SHARE, .unit = {"百分点", 9}, .dimension = {"points", 6}}, 0, 0, 0, 0},
        {{.kind = HT_COUNT,
          .unit = {"省份", 6},
          .dimension = {"count:place", 11},
          .noun_is_unit = true},
         0,
         1,
         1,
         0},
        {{.kind = HT_RATE, .unit = {"%", 1}, .dimension = {"ratio", 5}}, 0, 0, 0, 0},
        {{.kind = HT_MONEY, .unit = {"元", 3}, .dimension = {"money", 5}}, 0, 0, 0, 0},
        {{.kind = HT_DATE}, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const ht_indicator *in = f->codebook.indicators;
        assert_int_equal(ht_codebook_accepts(&in[0], &rows[i].q), rows[i].workers);
        assert_int_equal(ht_codebook_accepts(&in[1], &rows[i].q), rows[i].stations);
        assert_int_equal(ht_codebook_accepts(&in[2], &rows[i].q), rows[i].members);
        assert_int_equal(ht_codebook_accepts(&in[3], &rows[i].q), rows[i].share);
    }
    assert_true(f->codebook.indicators[3].takes_rest);
}

/* A long text without a full stop, full of terms, with a pattern that nearly matches everywhere. */
static void test_long_text(void **state) {
    fixture *f = *state;
    enum { TIMES = 100000 };
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_buf b;
    ht_buf_init(&b, &a);
    for (int i = 0; i < TIMES; i++) ht_buf_add(&b, HT_S("骑手骑手驿"));
    ht_passage p;
    ht_passage_make(&p, &a, ht_buf_str(&b), NULL);
    ht_hit *hits;
    size_t n;
    ht_codebook_hits(&f->codebook, &a, &p, &hits, &n);
    assert_int_equal(n, 2 * TIMES);
    for (uint32_t i = 0; i < p.n; i += 50) ht_codebook_near(&f->codebook, 0, &p, i, i + 1);
    ht_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_near),
        cmocka_unit_test(test_accepts),
        cmocka_unit_test(test_long_text),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
