#include "cli/commands.h"
#include "cli/explain.h"
#include "cli/json_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const cli_options *options;
    cli_pipeline pipeline;
    ht_arena *arena; /* of one example */
    size_t n_passed, n_failed;
} examiner;

/* --- new ---------------------------------------------------------------------------------- */

static ht_status write_all(int fd, ht_str s) {
    while (s.n) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return HT_IO;
        s = ht_sub(s, (size_t)n, s.n);
    }
    return fsync(fd) == 0 ? HT_OK : HT_IO;
}

static ht_status codebook_new(const char *path, ht_error *e) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST)
        return ht_fail(e, HT_IO, "%s is there already; it is not overwritten", path);
    if (fd < 0) return ht_fail(e, HT_IO, "cannot write %s: %s", path, strerrordesc_np(errno));
    ht_status status = write_all(fd, ht_codebook_template());
    int error = errno;
    if (close(fd) != 0 && status == HT_OK) {
        status = HT_IO;
        error = errno;
    }
    if (status == HT_OK) return HT_OK;
    unlink(path); /* half a codebook would be taken for a whole one */
    return ht_fail(e, HT_IO, "cannot write %s: %s", path, strerrordesc_np(error));
}

/* --- check -------------------------------------------------------------------------------- */

static void report_mistakes(ht_arena *a, const char *path, const char *text) {
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_byte(&b, '{');
    cli_json_member(&b, "codebook", ht_str_of(path));
    cli_json_flag(&b, "ok", false);
    ht_buf_add(&b, HT_S(",\"mistakes\":["));
    ht_str rest = ht_str_of(text), line;
    for (bool first = true; ht_str_split(&rest, '\n', &line); first = false) {
        if (!first) ht_buf_byte(&b, ',');
        json_put_string(&b, line);
    }
    ht_buf_add(&b, HT_S("]}\n"));
    cli_output(ht_buf_str(&b));
}

static void report_good(const cli_options *o, ht_arena *a, const ht_codebook *cb) {
    size_t n_terms = 0, n_examples = 0;
    for (size_t i = 0; i < cb->n_indicators; i++) {
        const ht_indicator *in = &cb->indicators[i];
        n_terms += in->n_terms + in->n_patterns;
        n_examples += in->n_examples;
        for (size_t k = 0; k < in->n_subtypes; k++) n_terms += in->subtypes[k].n_terms;
    }
    ht_buf b;
    ht_buf_init(&b, a);
    if (cli_given(o, OPT_JSON)) {
        ht_buf_byte(&b, '{');
        cli_json_member(&b, "codebook", cb->id);
        cli_json_flag(&b, "ok", true);
        cli_json_number(&b, "indicators", cb->n_indicators);
        cli_json_number(&b, "terms", n_terms);
        cli_json_number(&b, "examples", n_examples);
        ht_buf_add(&b, HT_S("}\n"));
    } else {
        ht_buf_printf(&b,
                      o->lang ? "%.*s：没有错误。指标 %zu 个，词语 %zu 个，例句 %zu 个\n"
                              : "%.*s: ok. %zu indicators, %zu terms, %zu examples\n",
                      HT_ARG(cb->id), cb->n_indicators, n_terms, n_examples);
    }
    cli_output(ht_buf_str(&b));
}

/* --- test --------------------------------------------------------------------------------- */

static bool is_expected(const ht_example *x, const ht_figure *f) {
    if (x->value.n) {
        ht_number wanted = ht_number_parse(x->value);
        if (!wanted.ok || !f->q->value.ok || ht_number_cmp(wanted, f->q->value) != 0) return false;
    }
    return !x->subtype.n || (f->subtype && ht_str_eq(f->subtype->id, x->subtype));
}

/* Index of the row that answers the example: as expected, else any of the indicator, else n. */
static size_t answer_find(const ht_indicator *in, const ht_example *x, const ht_reading *r,
                          bool *expected) {
    size_t any = r->n_figures;
    *expected = false;
    for (size_t i = 0; i < r->n_figures; i++) {
        if (r->figures[i].indicator != in) continue;
        if (!x->none && is_expected(x, &r->figures[i])) {
            *expected = true;
            return i;
        }
        if (any == r->n_figures) any = i;
    }
    return any;
}

static void put_result(const examiner *t, ht_buf *b, const ht_indicator *in, const ht_example *x,
                       bool passed, const ht_str *c) {
    const ht_str none = {NULL, 0};
    if (cli_given(t->options, OPT_JSON)) {
        ht_buf_byte(b, '{');
        cli_json_member(b, "indicator", in->id);
        cli_json_number(b, "line", x->line);
        cli_json_flag(b, "ok", passed);
        cli_json_member(b, "text", x->text);
        cli_json_member(b, "surface", c ? c[HT_F_SURFACE] : none);
        cli_json_member(b, "value", c ? c[HT_F_VALUE] : none);
        cli_json_member(b, "subtype", c ? c[HT_F_SUBTYPE] : none);
        cli_json_member(b, "rule", c ? c[HT_F_RULE] : none);
        ht_buf_add(b, HT_S("}\n"));
        return;
    }
    int lang = t->options->lang;
    ht_buf_printf(b, "%s  %s %.*s, %s %u: %.*s\n",
                  passed ? (lang ? "通过" : "ok  ") : (lang ? "不符" : "FAIL"),
                  lang ? "指标" : "indicator", HT_ARG(in->id), lang ? "行" : "line", x->line,
                  HT_ARG(x->text));
    if (c)
        ht_buf_printf(b, "      %.*s = %.*s %.*s %.*s (%.*s)\n", HT_ARG(c[HT_F_SURFACE]),
                      HT_ARG(c[HT_F_VALUE]), HT_ARG(c[HT_F_UNIT]), HT_ARG(c[HT_F_SUBTYPE]),
                      HT_ARG(c[HT_F_RULE]));
    else
        ht_buf_printf(b, "      %s\n", lang ? "没有此指标的数字" : "no figure of this indicator");
    if (passed) return;
    if (x->none)
        ht_buf_printf(b, "      %s\n", lang ? "应当没有" : "none was expected");
    else
        ht_buf_printf(b, "      %s %.*s %.*s\n", lang ? "应为" : "expected", HT_ARG(x->value),
                      HT_ARG(x->subtype));
}

static void example_run(examiner *t, const ht_indicator *in, const ht_example *x) {
    explain_case c = {.text = x->text};
    explain_answer answer;
    explain_read(&t->pipeline, t->arena, &c, false, &answer);
    bool expected;
    size_t at = answer_find(in, x, &answer.reading, &expected);
    bool found = at < answer.reading.n_figures, passed = x->none ? !found : expected;
    ht_buf b;
    ht_buf_init(&b, t->arena);
    put_result(t, &b, in, x, passed, found ? answer.rows.rows[at].cell : NULL);
    cli_output(ht_buf_str(&b));
    t->n_passed += passed;
    t->n_failed += !passed;
    ht_arena_reset(t->arena);
}

static ht_status codebook_test(const cli_options *o, const cli_tables *tables, ht_error *e) {
    ht_arena arena;
    ht_arena_init(&arena, CLI_DOCUMENT_BYTES);
    examiner t = {.options = o, .arena = &arena};
    cli_pipeline_init(&t.pipeline, tables, o);
    const ht_codebook *cb = &tables->codebook;
    for (size_t i = 0; i < cb->n_indicators; i++)
        for (size_t k = 0; k < cb->indicators[i].n_examples; k++)
            example_run(&t, &cb->indicators[i], &cb->indicators[i].examples[k]);
    ht_arena_free(&arena);
    if (!t.n_failed) return HT_OK;
    return ht_fail(e, HT_FAILED, "%zu of %zu examples fail", t.n_failed, t.n_failed + t.n_passed);
}

ht_status cli_codebook(const cli_options *o, ht_arena *a, ht_error *e) {
    ht_str verb = ht_str_of(o->operands[0]);
    const char *path = o->operands[1];
    if (ht_str_eq(verb, HT_S("new"))) return codebook_new(path, e);
    bool test = ht_str_eq(verb, HT_S("test"));
    if (!test && !ht_str_eq(verb, HT_S("check")))
        return ht_fail(e, HT_USAGE, "codebook: '%s' is none of check, test, new", o->operands[0]);
    cli_tables tables;
    ht_status status = cli_tables_open_with(&tables, a, path, e);
    if (status == HT_CODEBOOK && cli_given(o, OPT_JSON)) {
        report_mistakes(a, path, e->text);
        e->text[0] = '\0';
    }
    if (status != HT_OK) return status;
    if (test) return codebook_test(o, &tables, e);
    report_good(o, a, &tables.codebook);
    return HT_OK;
}
