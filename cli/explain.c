#include "cli/explain.h"

#include "base/utf8.h"
#include "cli/commands.h"

#include <string.h>
#include <stdlib.h>

void explain_read(const cli_pipeline *p, ht_arena *a, const explain_case *c, bool traced,
                  explain_answer *answer) {
    memset(answer, 0, sizeof *answer);
    answer->trace.arena = a;
    ht_passage_make(&answer->passage, a, c->text, NULL);
    ht_region_context context = {
        .publisher = c->publisher,
        .dates = {ht_day_parse(c->published), HT_NO_DAY},
        .base_region = p->tables->base_region,
    };
    ht_read(&p->tables->reader, a, &answer->passage, &context, &answer->reading,
            traced ? &answer->trace : NULL);
    answer->rows = cli_figure_rows(a, p, "text", NULL, &answer->passage, &answer->reading);
}

ht_str explain_day(ht_arena *a, ht_day day) {
    if (day == HT_NO_DAY) return (ht_str){NULL, 0};
    int year, month, of_month;
    ht_day_split(day, &year, &month, &of_month);
    return ht_format(a, "%04d-%02d-%02d", year, month, of_month);
}

const char *explain_precision(ht_date_precision p) {
    static const char *const names[] = {
        [HT_DATE_DAY] = "day",    [HT_DATE_MONTH] = "month", [HT_DATE_QUARTER] = "quarter",
        [HT_DATE_HALF] = "half",  [HT_DATE_YEAR] = "year",   [HT_DATE_SPAN] = "span",
        [HT_DATE_VAGUE] = "vague"};
    return names[p];
}

/* One line "  label   a (b)". Left out when a is empty. */
static void put_line(ht_buf *b, int lang, const char *english, const char *chinese, ht_str value,
                     ht_str note) {
    if (!value.n) return;
    if (lang)
        ht_buf_printf(b, "  %s\t", chinese);
    else
        ht_buf_printf(b, "  %-13s", english);
    ht_buf_add(b, value);
    if (note.n) {
        ht_buf_add(b, HT_S(" ("));
        ht_buf_add(b, note);
        ht_buf_byte(b, ')');
    }
    ht_buf_byte(b, '\n');
}

/* The cells that are not empty, with a separator between them. */
static ht_str joined(ht_arena *a, const ht_str *cells, size_t n, const char *separator) {
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < n; i++) {
        if (!cells[i].n) continue;
        if (b.n) ht_buf_add(&b, ht_str_of(separator));
        ht_buf_add(&b, cells[i]);
    }
    return ht_buf_str(&b);
}

static ht_str pair(ht_arena *a, ht_str first, ht_str second) {
    return joined(a, (ht_str[]){first, second}, 2, ", ");
}

static void put_row(ht_buf *b, int lang, const ht_str *c) {
    ht_arena *a = b->arena;
    ht_buf_printf(b, "%.*s  [%.*s, %.*s)\n", HT_ARG(c[HT_F_SURFACE]), HT_ARG(c[HT_F_TEXT_START]),
                  HT_ARG(c[HT_F_TEXT_END]));
    ht_str value = c[HT_F_VALUE];
    if (!value.n) value = joined(a, (ht_str[]){c[HT_F_VALUE_LOW], c[HT_F_VALUE_HIGH]}, 2, " .. ");
    ht_str step = c[HT_F_STEP].n
                      ? ht_format(a, "%s %.*s", lang ? "精度" : "step", HT_ARG(c[HT_F_STEP]))
                      : (ht_str){NULL, 0};
    put_line(b, lang, "value", "数值", value, pair(a, c[HT_F_QUALIFIER], step));
    bool as_written = ht_str_eq(c[HT_F_UNIT], c[HT_F_UNIT_TEXT]);
    put_line(b, lang, "unit", "单位", c[HT_F_UNIT],
             as_written ? (ht_str){NULL, 0} : c[HT_F_UNIT_TEXT]);
    put_line(b, lang, "kind", "类别",
             joined(a, (ht_str[]){c[HT_F_KIND], c[HT_F_MEASURE], c[HT_F_MODALITY]}, 3, ", "),
             c[HT_F_COMPARED_TO]);
    put_line(b, lang, "counted", "所计", c[HT_F_COUNTED], c[HT_F_BASE]);
    put_line(b, lang, "indicator", "指标", pair(a, c[HT_F_INDICATOR], c[HT_F_SUBTYPE]),
             c[HT_F_RULE]);
    ht_str where =
        joined(a, (ht_str[]){c[HT_F_REGION_CODE], c[HT_F_REGION], c[HT_F_REGION_CODES]}, 3, " ");
    put_line(b, lang, "region", "地区", where,
             joined(a, (ht_str[]){c[HT_F_REGION_RULE], c[HT_F_SCOPE], c[HT_F_PLACE]}, 3, ", "));
    put_line(b, lang, "as of", "时间", c[HT_F_ASOF], c[HT_F_ASOF_RULE]);
    put_line(b, lang, "period", "时段",
             joined(a, (ht_str[]){c[HT_F_PERIOD_FROM], c[HT_F_PERIOD_TO]}, 2, " .. "),
             (ht_str){NULL, 0});
    put_line(b, lang, "stated by", "出处", c[HT_F_ATTRIBUTED_TO], (ht_str){NULL, 0});
    put_line(b, lang, "confidence", "可信度", c[HT_F_CONFIDENCE], (ht_str){NULL, 0});
}

static void put_step(ht_buf *b, const ht_passage *p, const ht_trace_step *step) {
    ht_buf_printf(b, "    %-18s ", step->rule);
    ht_buf_add(b, step->words);
    if (step->start < step->end) {
        ht_buf_add(b, HT_S(" 「"));
        ht_buf_add(b, ht_passage_str(p, step->start, step->end));
        ht_buf_add(b, HT_S("」"));
    }
    ht_buf_byte(b, '\n');
}

/* The first row whose surface the step touches, or n. Rows do not overlap but where one number is
 * several figures. */
static size_t row_touched(const cli_rows *rows, const ht_trace_step *step) {
    size_t low = 0, high = rows->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (rows->of[mid]->end > step->start)
            high = mid;
        else
            low = mid + 1;
    }
    uint32_t end = step->end > step->start ? step->end : step->start + 1;
    bool touched = low < rows->n && rows->of[low]->start < end;
    return touched && ht_kind_is_statistic(rows->of[low]->kind) ? low : rows->n;
}

static bool is_rule(const ht_trace_step *step, const char *rule) {
    return strcmp(step->rule, rule) == 0;
}

/* Which row each step was taken for. A figure's steps follow each other: what claims it, its date,
 * its region, which always names the figure's own place, and then a word of plan. */
static void rows_of_steps(const explain_answer *answer, size_t *row_of) {
    const ht_trace *t = &answer->trace;
    size_t none = answer->rows.n, pending = 0, last = none;
    for (size_t i = 0; i < t->n; i++) {
        const ht_trace_step *step = &t->steps[i];
        row_of[i] = none;
        if (is_rule(step, "excluded") || is_rule(step, "no figure")) continue;
        if (is_rule(step, "planned")) {
            row_of[i] = last;
            if (pending == i) pending++;
            continue;
        }
        size_t row = row_touched(&answer->rows, step);
        if (row == none) continue;
        for (; pending <= i; pending++)
            if (row_of[pending] == none && !is_rule(&t->steps[pending], "excluded") &&
                !is_rule(&t->steps[pending], "no figure"))
                row_of[pending] = row;
        last = row;
    }
}

typedef struct {
    size_t row, step;
} owned_step;

static int by_row(const void *x, const void *y) {
    const owned_step *a = x, *b = y;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return a->step < b->step ? -1 : a->step > b->step;
}

static owned_step *steps_sorted(ht_arena *a, const explain_answer *answer) {
    size_t n = answer->trace.n, *row_of = HT_ARRAY(a, size_t, n);
    owned_step *owned = HT_ARRAY(a, owned_step, n);
    rows_of_steps(answer, row_of);
    for (size_t i = 0; i < n; i++) owned[i] = (owned_step){row_of[i], i};
    if (n) qsort(owned, n, sizeof *owned, by_row);
    return owned;
}

static void put_steps(ht_buf *b, const explain_answer *answer, const owned_step *owned, size_t *at,
                      size_t row, const char *heading) {
    if (*at < answer->trace.n && owned[*at].row == row) ht_buf_printf(b, "  %s\n", heading);
    for (; *at < answer->trace.n && owned[*at].row == row; *at += 1)
        put_step(b, &answer->passage, &answer->trace.steps[owned[*at].step]);
}

static void put_answer(ht_buf *b, const cli_pipeline *p, int lang, const explain_answer *answer) {
    const ht_reading *r = &answer->reading;
    const owned_step *owned = steps_sorted(b->arena, answer);
    size_t at = 0;
    for (size_t i = 0; i < answer->rows.n; i++) {
        put_row(b, lang, answer->rows.rows[i].cell);
        put_steps(b, answer, owned, &at, i, lang ? "依据" : "because");
        ht_buf_byte(b, '\n');
    }
    if (!answer->rows.n) ht_buf_add(b, lang ? HT_S("没有数字。\n\n") : HT_S("No figures.\n\n"));
    for (size_t i = 0; i < r->n_dates; i++) {
        const ht_date *d = &r->dates[i];
        ht_str from = explain_day(b->arena, d->from), to = explain_day(b->arena, d->to);
        ht_str span =
            ht_str_eq(from, to) ? from : joined(b->arena, (ht_str[]){from, to}, 2, " .. ");
        ht_buf_printf(b, "%s ", lang ? "日期" : "date");
        ht_buf_add(b, ht_passage_str(&answer->passage, d->start, d->end));
        ht_buf_printf(b, " = %.*s (%s, %s)\n", HT_ARG(span), explain_precision(d->precision),
                      d->rule);
    }
    uint32_t code = ht_geography_most_specific(r->geography);
    if (code)
        ht_buf_printf(b, "%s %06u %.*s\n", lang ? "地区" : "region", code,
                      HT_ARG(ht_region_name(p->tables->reader.gazetteer, code)));
    put_steps(b, answer, owned, &at, answer->rows.n, lang ? "不是数字的地方" : "what is no figure");
}

/* TEXT, or all of standard input in any encoding, as UTF-8. */
static ht_status text_read(const cli_pipeline *p, ht_arena *a, const cli_options *o, ht_str *text,
                           ht_error *e) {
    ht_str bytes = ht_str_of(o->n_operands ? o->operands[0] : "-");
    if (ht_str_eq(bytes, HT_S("-"))) {
        ht_status status = cli_file_read(a, "/dev/stdin", &bytes, e);
        if (status != HT_OK) return status;
    }
    *text = bytes;
    if (!p->encoding.n && ht_utf8_valid_until(bytes) == bytes.n) return HT_OK;
    ht_decoded d = {0};
    ht_trouble trouble = {0};
    if (!ht_decode(a, bytes, HT_S(""), p->encoding, &d, &trouble))
        return ht_fail(e, HT_IO, "the text cannot be read: %s: %s", trouble.code, trouble.detail);
    *text = d.text;
    return HT_OK;
}

static ht_status explain_text(const cli_pipeline *p, ht_arena *a, const cli_options *o,
                              ht_error *e) {
    explain_case c = {0};
    ht_status status = text_read(p, a, o, &c.text, e);
    if (status != HT_OK) return status;
    bool json = cli_given(o, OPT_JSON);
    explain_answer answer;
    explain_read(p, a, &c, !json, &answer);
    ht_buf b;
    ht_buf_init(&b, a);
    if (json)
        explain_put_json(&b, p, &c, &answer);
    else
        put_answer(&b, p, o->lang, &answer);
    cli_output(ht_buf_str(&b));
    return HT_OK;
}

ht_status cli_explain(const cli_options *o, ht_arena *a, ht_error *e) {
    cli_tables tables;
    cli_pipeline p;
    if (cli_given(o, OPT_JSONL) + cli_given(o, OPT_PAGE) + (o->n_operands > 0) > 1)
        return ht_fail(e, HT_USAGE, "explain: give one of TEXT, --jsonl and --page FILE");
    if (cli_given(o, OPT_VIEW) && !cli_given(o, OPT_PAGE))
        return ht_fail(e, HT_USAGE, "explain: --view shows a page: give --page FILE too");
    ht_status status = cli_tables_open(&tables, a, o, e);
    if (status != HT_OK) return status;
    cli_pipeline_init(&p, &tables, o);
    if (cli_given(o, OPT_PAGE)) return explain_page(&p, a, o, e);
    return cli_given(o, OPT_JSONL) ? explain_lines(&p, e) : explain_text(&p, a, o, e);
}
