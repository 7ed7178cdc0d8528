#include "cli/pipeline.h"

#include <setjmp.h>
#include <string.h>

static const char *const DESELECTED = "select";

/* --since and --until. An article without a date cannot be shown to lie within them. */
static bool is_selected(const cli_pipeline *p, const ht_article *article, ht_trouble *trouble) {
    if (p->since == HT_NO_DAY && p->until == HT_NO_DAY) return true;
    ht_day day = ht_day_parse(article->published);
    if (day == HT_NO_DAY)
        ht_trouble_set(trouble, DESELECTED, "no-date", "published: unknown");
    else if (p->since != HT_NO_DAY && day < p->since)
        ht_trouble_set(trouble, DESELECTED, "before-since", "published: %.10s",
                       article->published.p);
    else if (p->until != HT_NO_DAY && day > p->until)
        ht_trouble_set(trouble, DESELECTED, "after-until", "published: %.10s",
                       article->published.p);
    else
        return true;
    return false;
}

bool cli_outcome_is_deselected(const ht_outcome *outcome) {
    return outcome->has_rejection &&
           ht_str_eq(outcome->rejection.cell[HT_R_STAGE], ht_str_of(DESELECTED));
}

static void reject(ht_arena *a, const ht_record *record, const ht_trouble *trouble,
                   ht_outcome *outcome) {
    ht_str *c = outcome->rejection.cell;
    outcome->has_rejection = true;
    c[HT_R_SOURCE_PATH] = record->source_path;
    c[HT_R_MEMBER] = record->member;
    c[HT_R_RECORD] = ht_format(a, "%llu", (unsigned long long)record->record);
    c[HT_R_RECORD_OFFSET] = ht_format(a, "%llu", (unsigned long long)record->offset);
    c[HT_R_STAGE] = ht_str_of(trouble->stage);
    c[HT_R_ERROR] = ht_str_of(trouble->code);
    c[HT_R_DETAIL] = ht_str_copy(a, ht_str_of(trouble->detail));
}

typedef struct {
    const cli_pipeline *pipeline;
    ht_arena *scratch;
    const ht_record *record;
    ht_outcome *outcome;
} stages;

static bool read_stages(void *context, ht_trouble *trouble) {
    const stages *s = context;
    const cli_pipeline *p = s->pipeline;
    ht_arena *a = s->scratch;
    const ht_record *record = s->record;
    ht_outcome *outcome = s->outcome;
    cli_document *d = HT_NEW(a, cli_document);
    if (record->trouble.code) {
        *trouble = record->trouble;
        return false;
    }
    if (!cli_document_read(p, a, record, d, trouble)) return false;
    if (!is_selected(p, &d->article, trouble)) return false;
    trouble->stage = "figure";
    ht_passage passage;
    ht_passage_make(&passage, a, d->article.main, d->article.kinds);
    ht_region_context where = cli_context_of(&d->article, p->tables->base_region);
    ht_reading reading = {0};
    ht_read(&p->tables->reader, a, &passage, &where, &reading, NULL);
    cli_article_row(a, p, record, d, ht_geography_base(reading.geography), &outcome->article);
    outcome->text = d->article.main;
    cli_rows rows = cli_figure_rows(a, p, record->id, d, &passage, &reading);
    outcome->figures = rows.rows;
    outcome->n_figures = rows.n;
    outcome->has_article = true;
    if (d->page.cut.code) reject(a, record, &d->page.cut, outcome);
    return true;
}

static void copy_cells(ht_arena *a, ht_str *to, const ht_str *from, size_t n) {
    for (size_t i = 0; i < n; i++) to[i] = from[i].n ? ht_str_copy(a, from[i]) : (ht_str){NULL, 0};
}

static void outcome_copy(ht_arena *a, const ht_outcome *from, ht_outcome *to) {
    *to = *from;
    to->text = ht_str_copy(a, from->text);
    copy_cells(a, to->article.cell, from->article.cell, HT_N_ARTICLE_COLUMNS);
    copy_cells(a, to->rejection.cell, from->rejection.cell, HT_N_REJECTED_COLUMNS);
    to->figures = HT_ARRAY(a, ht_figure_row, from->n_figures);
    for (size_t i = 0; i < from->n_figures; i++)
        copy_cells(a, to->figures[i].cell, from->figures[i].cell, HT_N_FIGURE_COLUMNS);
}

bool cli_guarded(ht_arena *scratch, bool (*read)(void *context, ht_trouble *trouble), void *context,
                 ht_trouble *trouble) {
    jmp_buf here;
    if (setjmp(here)) {
        ht_arena_guard(scratch, NULL);
        ht_trouble_set(trouble, trouble->stage, "memory",
                       "more than %zu bytes were needed to read it", CLI_DOCUMENT_BYTES);
        return false;
    }
    ht_arena_guard(scratch, &here);
    bool done = read(context, trouble);
    ht_arena_guard(scratch, NULL);
    return done;
}

void cli_outcome_read(const cli_pipeline *p, ht_arena *scratch, ht_arena *out,
                      const ht_record *record, ht_outcome *outcome) {
    ht_outcome read = {0};
    ht_trouble trouble = {.stage = "normalize"};
    stages s = {p, scratch, record, &read};
    if (!cli_guarded(scratch, read_stages, &s, &trouble)) {
        ht_arena_reset(scratch);
        read = (ht_outcome){0};
        reject(scratch, record, &trouble, &read);
    }
    outcome_copy(out, &read, outcome);
}
