/* Every mistake in a codebook: what is said of it and where. */
#include "extract/codebook/codebook.h"
#include "extract/codebook/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "codebook: a\nindicators:\n"
#define ONE HEAD "  - id: x\n    label: x\n    terms: [骑手]\n" /* next is line 6 */

typedef struct {
    const char *yaml, *said; /* NULL: it is good */
} sample;

static const sample samples[] = {
    {ONE, NULL},
    {HEAD "  - {id: x, label: {en: X}, terms: [a], unit: [person, visit]}\n", NULL},
    {HEAD "  - {id: x, label: {zh: X}, terms: [a], unit: {to: 公里}}\n", NULL},
    {HEAD "  - {id: x, label: x, terms: [a], unit: count:person, measure: flow}\n", NULL},
    {ONE "    pattern: ['骑.', '\\p{Han}{2}站']\n    not: [骑手节]\n", NULL},
    {ONE "    near: {within: paragraph, any_of: [市], none_of: [培训]}\n", NULL},
    {"words: {g: [甲, 乙]}\n" HEAD
     "  - {id: x, label: x, terms: [(<g>|丙)站, <g>亭, 甲<g>(a|<g>)]}\n",
     NULL},

    {"", "t:1:1: nothing here"},
    {"[1, 2]", "t:1:1: a list, expected a codebook"},
    {"a: [", "t:2:1: no YAML"},
    {"codebook: a\n\tindicators: []", "t:2:1: no YAML"},
    {"codebook: \xFF", "t:1:11: a byte that is no UTF-8"},
    {"codebook: 市\xFF", "t:1:12: a byte that is no UTF-8"},
    {ONE "---\n" ONE, "t:6:1: a second document"},
    {"codebook: &a a\n", "t:1:11: an anchor"},
    {"codebook: *a\n", "t:1:11: an alias"},
    {"codebook: !!str a\n", "t:1:11: an anchor (&) or a tag"},
    {"? [a]\n: b\n", "t:1:3: a key is a list or a map"},

    {"indicators:\n  - {id: x, label: x, terms: [a]}\n", "t:1:1: no \"codebook\""},
    {"codebook: a\n", "t:1:1: no \"indicators\""},
    {"codebook: a\nindicators: []\n", "t:2:13: expected indicators: a list of 1 to"},
    {"codebook: A\nindicators: [{id: x, label: x, terms: [a]}]\n", "t:1:11: \"A\" is no name"},
    {"codebook: a_b\nindicators: [{id: x, label: x, terms: [a]}]\n", "t:1:11: \"a_b\" is no name"},
    {"codebook: a\ncolour: b\nindicators: [{id: x, label: x, terms: [a]}]\n",
     "t:2:1: unknown key \"colour\" in a codebook, expected codebook, version, label, words"},
    {"codebook: a\ncodebook: b\nindicators: [{id: x, label: x, terms: [a]}]\n",
     "t:2:1: key \"codebook\" again (first in line 1)"},

    {HEAD "  - {label: x, terms: [a]}\n", "t:3:5: no \"id\""},
    {HEAD "  - {id: x, terms: [a]}\n", "t:3:5: no \"label\""},
    {HEAD "  - {id: x, label: x}\n", "t:3:5: no \"terms\""},
    {HEAD "  - {id: x, label: x, terms: []}\n", "t:3:30: an empty list, expected terms"},
    {HEAD "  - {id: x, label: x, terms: a}\n", "t:3:30: a single value, expected terms: a list"},
    {HEAD "  - {id: x, label: x, terms: [a, '']}\n", "t:3:34: nothing here, expected a word"},
    {HEAD "  - {id: x, label: x, terms: [a, [b]]}\n", "t:3:34: a list, expected a word"},
    {HEAD "  - {id: x, label: {fr: x}, terms: [a]}\n", "t:3:21: unknown key \"fr\" in a label"},
    {HEAD "  - {id: x-y, label: x, terms: [a]}\n", "t:3:10: \"x-y\" is no id, expected a-z"},
    {HEAD "  - {id: 市, label: x, terms: [a]}\n", "t:3:10: \"市\" is no id"},
    {HEAD "  - x\n", "t:3:5: a single value, expected an indicator: a map with id"},
    {HEAD "  - {id: x, label: x, terms: [a]}\n  - {id: x, label: y, terms: [b]}\n",
     "t:4:10: indicator \"x\" again (first in line 3)"},

    {ONE "    unit: furlong\n", "t:6:11: unknown unit \"furlong\", expected a dimension"},
    {ONE "    unit: {to: furlong}\n", "t:6:16: unknown unit \"furlong\""},
    {ONE "    unit: {from: 公里}\n", "t:6:12: unknown key \"from\" in a unit"},
    {ONE "    unit: [person, 公里]\n", "t:6:11: a unit in a list"},
    {ONE "    takes_rest: true\n", "t:6:17: takes_rest without a unit"},
    {ONE "    takes_rest: perhaps\n", "t:6:17: \"perhaps\", expected true or false"},
    {ONE "    measure: total\n",
     "t:6:14: \"total\" is no measure, expected stock, flow, cumulative"},
    {ONE "    aggregate: mean\n", "t:6:16: \"mean\" is no aggregate, expected latest, sum, max"},
    {ONE "    plausible: {min: 5, max: 4}\n", "t:6:22: min is larger than max"},
    {ONE "    plausible: {min: many}\n", "t:6:22: \"many\" is no number"},
    {ONE "    near: {within: page, any_of: [a]}\n", "t:6:20: \"page\" is no reach of near"},
    {ONE "    near: {within: clause}\n", "t:6:11: no \"none_of\""},
    {ONE "    near: {none_of: [a, a]}\n", "t:6:25: \"a\" stands in near.none_of of \"x\""},

    {ONE "    pattern: '骑手('\n",
     "t:6:14: bad pattern: missing closing parenthesis at character 4"},
    {ONE "    pattern: '(骑手)*'\n", "t:6:14: the pattern can match no character at all"},
    {ONE "    pattern: ['a', 'b)']\n", "t:6:20: bad pattern: unmatched closing parenthesis at"},
    {ONE "    pattern: '\\C'\n", "t:6:14: bad pattern"},

    {ONE "    not: [骑手]\n", "t:6:11: \"骑手\" stands in terms of \"x\" already (5:13)"},
    {ONE "    not: [騎手]\n", "t:6:11: \"骑手\" stands in terms of \"x\" already (5:13)"},
    {ONE "  - {id: y, label: y, terms: [驿站, 騎手]}\n",
     "t:6:35: \"骑手\" stands in terms of \"x\""},
    {HEAD "  - {id: x, label: x, terms: [a, b, a]}\n", "t:3:37: \"a\" stands in terms of \"x\""},
    {ONE "    subtypes: [{id: s, label: s, terms: [骑手]}]\n", "t:6:42: \"骑手\" stands in terms"},
    {ONE "  - {id: y, label: y, terms: [甲], not: [骑手]}\n", NULL},

    {ONE "    subtypes: {id: s}\n", "t:6:15: expected a list of at most 1000 subtypes"},
    {ONE "    subtypes: [{id: s, label: s, terms: [a]}, {id: s, label: t, terms: [b]}]\n",
     "t:6:52: subtype \"s\" again"},
    {ONE "    subtypes: [{label: s}]\n",
     "t:6:16: no \"id\", expected id: courier\nt:6:16: no \"terms\""},

    {ONE "    examples: [{value: 3}]\n", "t:6:16: no \"text\""},
    {ONE "    examples: [{text: 甲, value: three}]\n", "t:6:33: \"three\" is no number"},
    {ONE "    examples: [{text: 甲, subtype: s}]\n", "t:6:35: unknown subtype \"s\""},
    {ONE "    examples: [{text: 甲, value: 3, none: true}]\n", "t:6:16: none: true with a value"},

    {HEAD "  - {id: x, label: x, terms: [(甲|乙]}\n", "t:3:31: alternatives that are not closed"},
    {HEAD "  - {id: x, label: x, terms: [甲|乙]}\n", "t:3:31: a ) or | without a ("},
    {HEAD "  - {id: x, label: x, terms: [(甲(乙|丙))]}\n", "t:3:31: alternatives that are not"},
    {HEAD "  - {id: x, label: x, terms: [(甲|)(甲|乙|甲乙)(乙|)]}\n", NULL},
    {HEAD "  - {id: x, label: x, terms: [(甲|)]}\n", "t:3:31: a word of 0 characters"},
    {HEAD "  - {id: x, label: x, terms: [<g>站]}\n", "t:3:31: unknown group <g>"},
    {HEAD "  - {id: x, label: x, terms: [\"甲\\n乙\"]}\n", "t:3:31: a control character or a line"},
    {"words: {g: []}\n" ONE, "t:1:12: expected a list of words"},
    {"words: {g: ['(甲)']}\n" ONE, "t:1:13: expected a plain word"},
    {"words: {g: [甲], g: [乙]}\n" ONE, "t:1:17: group \"g\" again"},
    {"words: 甲\n" ONE, "t:1:8: expected words: a map"},
};

static ht_status parse(ht_arena *a, const char *yaml, size_t n, ht_codebook *cb, ht_error *e) {
    *e = (ht_error){0};
    const ht_lexicon *l = ht_lexicon_get(e);
    assert_non_null(l);
    return ht_codebook_parse(cb, a, l, (ht_str){yaml, n}, HT_S("t"), e);
}

static void test_samples(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        ht_arena a;
        ht_arena_init(&a, 0);
        ht_codebook cb;
        ht_error e;
        const sample *s = &samples[i];
        ht_status status = parse(&a, s->yaml, strlen(s->yaml), &cb, &e);
        if (status != (s->said ? HT_CODEBOOK : HT_OK) || (s->said && !strstr(e.text, s->said)))
            fail_msg("%s\n  gives %d %s\n  expected %s", s->yaml, status, e.text,
                     s->said ? s->said : "no mistake");
        ht_arena_free(&a);
    }
}

static size_t lines_of(const char *text) {
    size_t n = 1;
    for (; *text; text++) n += *text == '\n';
    return n;
}

static void test_all_mistakes_are_collected(void **state) {
    (void)state;
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_codebook cb;
    ht_error e;
    static const char yaml[] = "codebook: B\nindicators:\n  - {id: 1, terms: 3}\n  - {label: x}\n";
    assert_int_equal(parse(&a, yaml, strlen(yaml), &cb, &e), HT_CODEBOOK);
    assert_int_equal(lines_of(e.text), 6);
    /* More than is said, and longer than there is room for: whole lines, and how many are left. */
    ht_buf b;
    ht_buf_init(&b, &a);
    ht_buf_add(&b, HT_S("codebook: a\nindicators:\n"));
    for (int i = 0; i < 50; i++) ht_buf_printf(&b, "  - {id: x%d, label: x, terms: 1}\n", i);
    assert_int_equal(parse(&a, b.p, b.n, &cb, &e), HT_CODEBOOK);
    const char *tail = strstr(e.text, "\n… and ");
    assert_non_null(tail);
    assert_true(lines_of(e.text) <= CODEBOOK_MAX_MISTAKES + 1);
    int left = 0;
    assert_int_equal(sscanf(tail, "\n… and %d more", &left), 1);
    assert_int_equal((size_t)left + lines_of(e.text) - 1, 50);
    ht_arena_free(&a);
}

static ht_status parse_nested(ht_arena *a, size_t depth, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < depth; i++) ht_buf_byte(&b, '[');
    for (size_t i = 0; i < depth; i++) ht_buf_byte(&b, ']');
    return parse(a, b.p, b.n, &cb, e);
}

static ht_status parse_term(ht_arena *a, size_t n_chars, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S("codebook: a\nindicators:\n  - {id: x, label: x, terms: ["));
    for (size_t i = 0; i < n_chars; i++) ht_buf_add(&b, HT_S("市"));
    ht_buf_add(&b, HT_S("]}\n"));
    return parse(a, b.p, b.n, &cb, e);
}

static ht_status parse_pattern(ht_arena *a, size_t n_chars, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S("codebook: a\nindicators:\n  - {id: x, label: x, terms: [a], pattern: "));
    for (size_t i = 0; i < n_chars; i++) ht_buf_byte(&b, 'b');
    ht_buf_add(&b, HT_S("}\n"));
    return parse(a, b.p, b.n, &cb, e);
}

static ht_status parse_id(ht_arena *a, size_t n_chars, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S("codebook: a\nindicators:\n  - {label: x, terms: [a], id: "));
    for (size_t i = 0; i < n_chars; i++) ht_buf_byte(&b, 'b');
    ht_buf_add(&b, HT_S("}\n"));
    return parse(a, b.p, b.n, &cb, e);
}

static ht_status parse_size(ht_arena *a, size_t n, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S(ONE "#"));
    while (b.n < n) ht_buf_byte(&b, 'x');
    return parse(a, b.p, b.n, &cb, e);
}

static ht_status parse_expansion(ht_arena *a, size_t n, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S("codebook: a\nindicators:\n  - {id: x, label: x, terms: [("));
    for (size_t i = 0; i < n; i++) ht_buf_printf(&b, "%s%zx", i ? "|" : "", i);
    ht_buf_add(&b, HT_S(")]}\n"));
    return parse(a, b.p, b.n, &cb, e);
}

static ht_status parse_nodes(ht_arena *a, size_t n, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_byte(&b, '[');
    for (size_t i = 1; i < n; i++) ht_buf_add(&b, HT_S("1,"));
    ht_buf_byte(&b, ']');
    return parse(a, b.p, b.n, &cb, e);
}

static ht_status parse_indicators(ht_arena *a, size_t n, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S("codebook: a\nindicators:\n"));
    for (size_t i = 0; i < n; i++)
        ht_buf_printf(&b, "  - {id: x%zu, label: x, terms: [t%zu]}\n", i, i);
    return parse(a, b.p, b.n, &cb, e);
}

static ht_status parse_subtypes(ht_arena *a, size_t n, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S(ONE "    subtypes:\n"));
    for (size_t i = 0; i < n; i++)
        ht_buf_printf(&b, "      - {id: s%zu, label: x, terms: [t%zu]}\n", i, i);
    return parse(a, b.p, b.n, &cb, e);
}

static ht_status parse_patterns(ht_arena *a, size_t n, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S(ONE "    pattern:\n"));
    for (size_t i = 0; i < n; i++) ht_buf_printf(&b, "      - p%zu\n", i);
    return parse(a, b.p, b.n, &cb, e);
}

/* n words, a thousand from each term. */
static ht_status parse_claims(ht_arena *a, size_t n, ht_error *e) {
    enum { IN_TERM = 1000 };
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S("codebook: a\nindicators:\n  - id: x\n    label: x\n    terms:\n"));
    for (size_t done = 0; done < n; done += IN_TERM) {
        ht_buf_printf(&b, "      - t%zut(", done);
        for (size_t i = 0; i < IN_TERM && done + i < n; i++)
            ht_buf_printf(&b, "%s%zu", i ? "|" : "", i);
        ht_buf_add(&b, HT_S(")\n"));
    }
    return parse(a, b.p, b.n, &cb, e);
}

static ht_status parse_written(ht_arena *a, size_t n, ht_error *e) {
    ht_codebook cb;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S("codebook: a\nwords: {g: [b"));
    /* The group and the two brackets around it are the whole term. */
    for (size_t i = 0; i < n - 3; i++) ht_buf_byte(&b, 'b');
    ht_buf_add(&b, HT_S("]}\nindicators:\n  - {id: x, label: x, terms: [<g>]}\n"));
    return parse(a, b.p, b.n, &cb, e);
}

/* Below, at and above every limit: the message of the limit comes above it and only there. */
static void test_limits(void **state) {
    (void)state;
    static const struct {
        ht_status (*parse)(ht_arena *, size_t, ht_error *);
        size_t limit;
        const char *said;
    } limits[] = {
        {parse_nested, CODEBOOK_MAX_DEPTH, "too deep"},
        {parse_term, CODEBOOK_MAX_TERM, "expected 1 to"},
        {parse_pattern, CODEBOOK_MAX_PATTERN, "a pattern of"},
        {parse_id, CODEBOOK_MAX_ID, "is no id"},
        {parse_size, CODEBOOK_MAX_BYTES, "bytes, expected at most"},
        {parse_expansion, CODEBOOK_MAX_EXPANSION, "alternatives for too many words"},
        {parse_nodes, CODEBOOK_MAX_NODES, "too many values"},
        {parse_indicators, CODEBOOK_MAX_INDICATORS, "expected indicators: a list of 1 to"},
        {parse_subtypes, CODEBOOK_MAX_SUBTYPES, "expected a list of at most"},
        {parse_patterns, CODEBOOK_MAX_PATTERNS, "too many patterns"},
        {parse_claims, CODEBOOK_MAX_CLAIMS, "too many words, expected"},
        {parse_written, CODEBOOK_MAX_WRITTEN, "bytes with its groups"},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        for (size_t n = limits[i].limit - 1; n <= limits[i].limit + 1; n++) {
            ht_arena a;
            ht_arena_init(&a, 0);
            ht_error e;
            limits[i].parse(&a, n, &e);
            bool said = strstr(e.text, limits[i].said) != NULL;
            if (said != (n > limits[i].limit)) fail_msg("limit %zu at %zu: %s", i, n, e.text);
            ht_arena_free(&a);
        }
}

/* No cut of a good codebook, and no byte changed in it, may do more than be refused. */
static void test_damage(void **state) {
    (void)state;
    ht_str whole = ht_codebook_template();
    for (size_t i = 0; i < whole.n; i += 7) {
        ht_arena a;
        ht_arena_init(&a, 0);
        ht_codebook cb;
        ht_error e;
        char *copy = ht_str_cstr(&a, whole);
        parse(&a, copy, i, &cb, &e);
        copy[i] = "[{\"'&*!#:-\n\xE5|>"[i % 14];
        parse(&a, copy, whole.n, &cb, &e);
        ht_arena_free(&a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_all_mistakes_are_collected),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
