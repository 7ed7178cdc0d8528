/* The compiled-in codebooks are without mistakes, and say what they are for. */
#include "extract/codebook/codebook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

enum { MIN_FOUND = 3, MIN_NONE = 2 };

static void check_codebook(ht_str name, ht_str text) {
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_error e;
    ht_codebook cb;
    const ht_lexicon *l = ht_lexicon_get(&e);
    assert_non_null(l);
    if (ht_codebook_parse(&cb, &a, l, text, name, &e)) fail_msg("%s", e.text);
    assert_true(ht_str_eq(cb.source, text));
    for (size_t i = 0; i < cb.n_indicators; i++) {
        size_t found = 0, none = 0;
        const ht_indicator *in = &cb.indicators[i];
        assert_true(in->label_zh.n && in->label_en.n && in->n_terms);
        for (size_t k = 0; k < in->n_examples; k++) {
            found += !in->examples[k].none;
            none += in->examples[k].none;
        }
        if (ht_str_eq(name, HT_S("template"))) continue;
        if (found < MIN_FOUND || none < MIN_NONE)
            fail_msg(HT_FMT ": %zu and %zu examples", HT_ARG(in->id), found, none);
    }
    ht_arena_free(&a);
}

static void test_builtin(void **state) {
    (void)state;
    size_t n = 0;
    for (ht_str name; (name = ht_codebook_builtin_name(n)).n; n++) {
        assert_true(ht_codebook_builtin(name).n > 0);
        check_codebook(name, ht_codebook_builtin(name));
    }
    assert_true(n >= 1);
    assert_true(ht_codebook_builtin(HT_S("gig-work")).n > 0);
    assert_int_equal(ht_codebook_builtin(HT_S("template")).n, 0);
    assert_int_equal(ht_codebook_builtin(HT_S("gig")).n, 0);
    assert_int_equal(ht_codebook_builtin(HT_S("")).n, 0);
}

static void test_template(void **state) {
    (void)state;
    assert_true(ht_codebook_template().n > 0);
    check_codebook(HT_S("template"), ht_codebook_template());
}

/* Every example of the gig-work codebook that should give a figure has a term of its indicator,
 * and of its subtype. What the figure stage makes of it, `hantally codebook test` shows. */
static void test_examples_have_terms(void **state) {
    (void)state;
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_error e;
    ht_codebook cb;
    const ht_lexicon *l = ht_lexicon_get(&e);
    assert_int_equal(
        ht_codebook_parse(&cb, &a, l, ht_codebook_builtin(HT_S("gig-work")), HT_S("gig-work"), &e),
        HT_OK);
    for (size_t i = 0; i < cb.n_indicators; i++)
        for (size_t k = 0; k < cb.indicators[i].n_examples; k++) {
            const ht_example *x = &cb.indicators[i].examples[k];
            ht_passage p;
            ht_hit *hits;
            size_t n;
            ht_passage_make(&p, &a, x->text, NULL);
            ht_codebook_hits(&cb, &a, &p, &hits, &n);
            bool found = x->none || cb.indicators[i].takes_rest;
            for (size_t h = 0; h < n; h++) {
                if (hits[h].indicator != i || hits[h].kind != HT_HIT_TERM) continue;
                ht_str id = hits[h].subtype < 0 ? (ht_str){0}
                                                : cb.indicators[i].subtypes[hits[h].subtype].id;
                found = found || ht_str_eq(id, x->subtype);
            }
            if (!found) fail_msg(HT_FMT ": " HT_FMT, HT_ARG(cb.indicators[i].id), HT_ARG(x->text));
        }
    ht_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_builtin),
        cmocka_unit_test(test_template),
        cmocka_unit_test(test_examples_have_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
