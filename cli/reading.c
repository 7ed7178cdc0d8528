#include "cli/reading.h"

#include "cli/interrupt.h"
#include "cli/parser_memory.h"
#include "cli/workers.h"

#include <string.h>

typedef struct {
    cli_reading *reading;
    bool lines;
    cli_emit *emit;
    void *context;
} flow;

typedef struct {
    ht_outcome outcome;
    ht_str json;
} result;

ht_status cli_reading_open(cli_reading *r, ht_arena *a, const cli_options *o, ht_error *e) {
    *r = (cli_reading){.options = o, .n_jobs = cli_jobs(cli_count(o, OPT_JOBS, 0))};
    cli_progress_start(&r->progress, o->lang);
    r->corpus_options = (ht_corpus_options){.source_name = cli_text(o, OPT_SOURCE_NAME, ""),
                                            .measure = r->progress.shown};
    ht_status status = cli_tables_open(&r->tables, a, o, e);
    if (status != HT_OK) return status;
    cli_pipeline_init(&r->pipeline, &r->tables, o);
    return ht_corpus_open(&r->corpus, o->operands, (size_t)o->n_operands, &r->corpus_options, e);
}

void cli_reading_close(cli_reading *r) {
    ht_corpus_close(r->corpus);
}

/* low < medium < high; a row that is no figure has none, and is never left out for it. */
static int confidence_rank(ht_str level) {
    if (ht_str_eq(level, HT_S("low"))) return 0;
    return ht_str_eq(level, HT_S("medium")) ? 1 : 2;
}

static void drop_below(ht_outcome *outcome, int rank) {
    size_t kept = 0;
    for (size_t i = 0; i < outcome->n_figures; i++)
        if (confidence_rank(outcome->figures[i].cell[HT_F_CONFIDENCE]) >= rank)
            outcome->figures[kept++] = outcome->figures[i];
    outcome->n_figures = kept;
}

static void *work(void *context, ht_arena *scratch, ht_arena *out, const ht_record *record) {
    flow *f = context;
    const cli_options *o = f->reading->options;
    result *done = HT_NEW(out, result);
    cli_outcome_read(&f->reading->pipeline, scratch, out, record, &done->outcome);
    if (f->lines) {
        ht_buf b;
        ht_buf_init(&b, out);
        drop_below(&done->outcome, confidence_rank(cli_text(o, OPT_MIN_CONFIDENCE, "low")));
        ht_outcome_to_json(&b, &done->outcome);
        ht_buf_byte(&b, '\n');
        done->json = ht_buf_str(&b);
    }
    return done;
}

static ht_status emit(void *context, void *done, const ht_record *record, ht_error *e) {
    (void)record;
    flow *f = context;
    const result *d = done;
    bool rejected = d->outcome.has_rejection && !d->outcome.has_article &&
                    !cli_outcome_is_deselected(&d->outcome);
    ht_status status = f->emit(f->context, &d->outcome, d->json, e);
    cli_progress_step(&f->reading->progress, f->reading->corpus, rejected);
    return status;
}

ht_status cli_reading_run(cli_reading *r, bool lines, cli_emit *emit_call, void *context,
                          ht_error *e) {
    flow f = {r, lines, emit_call, context};
    cli_work w = {work, emit, &f, CLI_DOCUMENT_BYTES, r->n_jobs};
    cli_parser_start();
    cli_interrupt_watch();
    ht_status status = cli_work_run(&w, r->corpus, e);
    cli_progress_end(&r->progress);
    if (status == HT_OK && cli_interrupted()) status = ht_fail(e, HT_FAILED, "interrupted");
    return status;
}

ht_status cli_stats_options(ht_stats_options *options, ht_arena *a, const cli_options *o,
                            ht_error *e) {
    *options = (ht_stats_options){
        .keep_text = cli_given(o, OPT_KEEP_TEXT),
        .excel = cli_given(o, OPT_EXCEL),
        .xlsx = cli_given(o, OPT_XLSX),
        .min_confidence = cli_text(o, OPT_MIN_CONFIDENCE, "medium"),
        .scope = cli_text(o, OPT_SCOPE, "whole"),
        .choose = cli_text(o, OPT_CHOOSE, ""),
        .period = cli_text(o, OPT_PERIOD, "year"),
        .level = cli_text(o, OPT_LEVEL, ""),
        .rollup = cli_given(o, OPT_ROLLUP),
        .boundaries = cli_text(o, OPT_BOUNDARIES, ""),
        .join_name = cli_text(o, OPT_JOIN, ""),
        .verdicts = o->values[OPT_VERDICTS],
    };
    return cli_given(o, OPT_JOIN) ? cli_file_read(a, o->values[OPT_JOIN], &options->join, e)
                                  : HT_OK;
}

ht_status cli_rejects_check(const cli_options *o, uint64_t n_rejected, uint64_t n_records,
                            ht_error *e) {
    if (!cli_given(o, OPT_MAX_REJECTS)) return HT_OK;
    ht_str text = cli_text(o, OPT_MAX_REJECTS, "");
    bool percent = text.p[text.n - 1] == '%';
    if (percent) text.n--;
    ht_number limit = ht_number_parse(text);
    ht_number rejected = ht_number_int((int64_t)n_rejected);
    if (percent) {
        limit = ht_number_mul(limit, ht_number_int((int64_t)n_records));
        rejected = ht_number_shift(rejected, 2);
    }
    if (ht_number_cmp(rejected, limit) <= 0) return HT_OK;
    return ht_fail(e, HT_FAILED, "%llu of %llu records were rejected, more than --max-rejects %s",
                   (unsigned long long)n_rejected, (unsigned long long)n_records,
                   o->values[OPT_MAX_REJECTS]);
}
