#include "cli/explain.h"

#include "cli/commands.h"
#include "cli/json_text.h"

#include <errno.h>
#include <json.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 64 << 20, MAX_DEPTH = 16 };

static void put_quantity(ht_buf *b, const ht_str *c, const ht_quantity *q) {
    static const struct {
        const char *name;
        int cell;
    } members[] = {
        {"surface", HT_F_SURFACE},     {"value", HT_F_VALUE},
        {"value_low", HT_F_VALUE_LOW}, {"value_high", HT_F_VALUE_HIGH},
        {"qualifier", HT_F_QUALIFIER}, {"unit", HT_F_UNIT},
        {"kind", HT_F_KIND},           {"counted", HT_F_COUNTED},
        {"indicator", HT_F_INDICATOR},
    };
    ht_buf_byte(b, '{');
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        cli_json_member(b, members[i].name, c[members[i].cell]);
    /* a joint total (川渝共100万) has its list here too: the contract has no other field for it */
    bool joint = !c[HT_F_REGION_CODE].n;
    cli_json_member(b, "region_code", c[joint ? HT_F_REGION_CODES : HT_F_REGION_CODE]);
    cli_json_member(b, "asof", c[HT_F_ASOF]);
    cli_json_number(b, "start", q->start);
    cli_json_number(b, "end", q->end);
    cli_json_member(b, "rule", c[HT_F_RULE]);
    cli_json_member(b, "subtype", c[HT_F_SUBTYPE]);
    cli_json_member(b, "region_codes", c[HT_F_REGION_CODES]);
    cli_json_member(b, "scope", c[HT_F_SCOPE]);
    cli_json_member(b, "measure", c[HT_F_MEASURE]);
    cli_json_member(b, "modality", c[HT_F_MODALITY]);
    static const struct {
        const char *name;
        int cell;
    } more[] = {
        {"base", HT_F_BASE},
        {"place", HT_F_PLACE},
        {"compared_to", HT_F_COMPARED_TO},
        {"period_from", HT_F_PERIOD_FROM},
        {"period_to", HT_F_PERIOD_TO},
        {"attributed_to", HT_F_ATTRIBUTED_TO},
        {"region_rule", HT_F_REGION_RULE},
        {"asof_rule", HT_F_ASOF_RULE},
        {"confidence", HT_F_CONFIDENCE},
    };
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        cli_json_member(b, more[i].name, c[more[i].cell]);
    ht_buf_byte(b, '}');
}

void explain_put_json(ht_buf *b, const cli_pipeline *p, const explain_case *c,
                      const explain_answer *answer) {
    const ht_reading *r = &answer->reading;
    ht_buf_byte(b, '{');
    cli_json_member(b, "id", c->id);
    ht_buf_add(b, HT_S(",\"quantities\":["));
    for (size_t i = 0; i < answer->rows.n; i++) {
        if (i) ht_buf_byte(b, ',');
        put_quantity(b, answer->rows.rows[i].cell, answer->rows.of[i]);
    }
    ht_buf_add(b, HT_S("],\"region\":{"));
    uint32_t code = ht_geography_most_specific(r->geography);
    cli_json_member(b, "code", code ? ht_format(b->arena, "%06u", code) : (ht_str){NULL, 0});
    cli_json_member(b, "name", ht_region_name(p->tables->reader.gazetteer, code));
    ht_buf_add(b, HT_S("},\"dates\":["));
    for (size_t i = 0; i < r->n_dates; i++) {
        const ht_date *d = &r->dates[i];
        ht_buf_add(b, i ? HT_S(",{") : HT_S("{"));
        cli_json_member(b, "surface", ht_passage_str(&answer->passage, d->start, d->end));
        cli_json_member(b, "from", explain_day(b->arena, d->from));
        cli_json_member(b, "to", explain_day(b->arena, d->to));
        cli_json_member(b, "precision", ht_str_of(explain_precision(d->precision)));
        ht_buf_byte(b, '}');
    }
    ht_buf_add(b, HT_S("]}\n"));
}

static ht_str member(ht_arena *a, json_object *object, const char *name) {
    json_object *value;
    if (!json_object_object_get_ex(object, name, &value) || !value) return (ht_str){NULL, 0};
    if (!json_object_is_type(value, json_type_string)) /* an id may be a number */
        return ht_str_copy(a, ht_str_of(json_object_to_json_string_ext(value, 0)));
    return ht_str_copy(
        a, (ht_str){json_object_get_string(value), (size_t)json_object_get_string_len(value)});
}

static void free_object(void *object) {
    json_object_put(object);
}

static void free_tokener(void *tokener) {
    json_tokener_free(tokener);
}

/* A reason why the line is no case, or NULL. */
static const char *case_parse(ht_arena *a, ht_str line, explain_case *c) {
    json_tokener *tokener = json_tokener_new_ex(MAX_DEPTH);
    if (!tokener) return "out of memory";
    ht_arena_defer(a, free_tokener, tokener);
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    json_object *object = json_tokener_parse_ex(tokener, line.p, (int)line.n);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    if (!object && error == json_tokener_continue) return "the line ends too early";
    if (!object) return json_tokener_error_desc(error);
    ht_arena_defer(a, free_object, object);
    json_object *text;
    if (!json_object_is_type(object, json_type_object)) return "expected an object";
    c->id = member(a, object, "id");
    if (!json_object_object_get_ex(object, "text", &text) ||
        !json_object_is_type(text, json_type_string))
        return "expected a string `text`";
    c->text = member(a, object, "text");
    c->publisher = member(a, object, "publisher");
    c->published = member(a, object, "published");
    return NULL;
}

/* The answer, or an object with the reason why there is none. */
static bool answer_line(const cli_pipeline *p, ht_arena *a, ht_str line, ht_str *out) {
    ht_buf *b = HT_NEW(a, ht_buf);
    explain_case *c = HT_NEW(a, explain_case);
    ht_buf_init(b, a);
    const char *wrong = case_parse(a, line, c);
    if (wrong) {
        ht_buf_byte(b, '{');
        cli_json_member(b, "id", c->id);
        cli_json_member(b, "error", ht_str_of(wrong));
        ht_buf_add(b, HT_S("}\n"));
    } else {
        explain_answer *answer = HT_NEW(a, explain_answer);
        explain_read(p, a, c, false, answer);
        explain_put_json(b, p, c, answer);
    }
    *out = ht_buf_str(b);
    return !wrong;
}

static bool answer_guarded(const cli_pipeline *p, ht_arena *a, ht_str line, ht_str *out) {
    jmp_buf here;
    if (setjmp(here)) {
        ht_arena_guard(a, NULL);
        *out = HT_S("{\"id\":\"\",\"error\":\"memory\"}\n");
        return false;
    }
    ht_arena_guard(a, &here);
    bool good = answer_line(p, a, line, out);
    ht_arena_guard(a, NULL);
    return good;
}

ht_status explain_lines(const cli_pipeline *p, ht_error *e) {
    ht_arena arena;
    ht_arena_init(&arena, CLI_DOCUMENT_BYTES);
    char *line = NULL;
    size_t cap = 0, n_wrong = 0;
    ssize_t n;
    bool written = true;
    while (written && (n = getline(&line, &cap, stdin)) >= 0) {
        ht_str s = ht_str_trim((ht_str){line, (size_t)n}), out;
        if (!s.n) continue;
        if (s.n > MAX_LINE) s.n = 0;
        n_wrong += !answer_guarded(p, &arena, s, &out);
        written = cli_output(out);
        ht_arena_reset(&arena);
    }
    int error = ferror(stdin) ? errno : 0;
    free(line);
    ht_arena_free(&arena);
    if (error) return ht_fail(e, HT_IO, "cannot read standard input: %s", strerrordesc_np(error));
    if (n_wrong) return ht_fail(e, HT_FAILED, "%zu lines could not be answered", n_wrong);
    return HT_OK;
}
