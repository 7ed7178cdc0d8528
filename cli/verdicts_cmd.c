#include "cli/commands.h"
#include "cli/json_text.h"
#include "cli/review_options.h"
#include "cli/tables.h"
#include "review/exchange.h"
#include "review/score.h"
#include "stats/outfile.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What `n more` is counted for. */
static const double MARGIN = 0.03;

typedef ht_status action_call(const cli_options *o, ht_arena *a, const stats_db *db, ht_error *e);

static ht_status score_read(const stats_db *db, ht_arena *a, ht_str reviewer, ht_review_score *s,
                            ht_error *e) {
    ht_review_score population;
    ht_status status = ht_review_population_read(db, a, &population, e);
    return status == HT_OK ? ht_review_score_read(db, a, reviewer, &population, s, e) : status;
}

static ht_status score(const cli_options *o, ht_arena *a, const stats_db *db, ht_error *e) {
    ht_review_score s;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_status status = score_read(db, a, cli_text(o, OPT_REVIEWER, ""), &s, e);
    if (status != HT_OK) return status;
    if (cli_given(o, OPT_JSON)) {
        ht_review_score_put_json(&b, &s, MARGIN);
        ht_buf_byte(&b, '\n');
    } else {
        ht_review_score_put_text(&b, &s, o->lang == 1);
    }
    cli_output(ht_buf_str(&b));
    return HT_OK;
}

static void put_measure(ht_buf *b, double x) {
    if (isnan(x))
        ht_buf_add(b, HT_S("null"));
    else
        ht_buf_printf(b, "%.6f", x);
}

static void put_agreement_json(ht_buf *b, const ht_agreement_report *r, size_t n_open) {
    ht_buf_printf(b, "{\"figures\":%llu,\"open\":%zu,\"alpha\":", (unsigned long long)r->n_figures,
                  n_open);
    put_measure(b, r->alpha);
    ht_buf_add(b, HT_S(",\"pairs\":["));
    for (size_t i = 0; i < r->n; i++) {
        ht_buf_add(b, i ? HT_S(",{") : HT_S("{"));
        cli_json_member(b, "one", r->pairs[i].one);
        cli_json_member(b, "other", r->pairs[i].other);
        cli_json_number(b, "figures", r->pairs[i].n);
        cli_json_number(b, "same", r->pairs[i].same);
        ht_buf_add(b, HT_S(",\"kappa\":"));
        put_measure(b, r->pairs[i].kappa);
        ht_buf_byte(b, '}');
    }
    ht_buf_add(b, HT_S("]}\n"));
}

static void put_shown(ht_buf *b, const char *name, double x) {
    ht_buf_printf(b, "%s ", name);
    if (isnan(x))
        ht_buf_byte(b, '-');
    else
        ht_buf_printf(b, "%.3f", x);
}

static void put_agreement_text(ht_buf *b, const ht_agreement_report *r, size_t n_open, bool zh) {
    for (size_t i = 0; i < r->n; i++) {
        const ht_pair *p = &r->pairs[i];
        ht_buf_printf(b, zh ? "%.*s 与 %.*s：%llu 个，一致 %.1f %%，" : "%.*s, %.*s: %llu figures, %.1f %% agree, ",
                      HT_ARG(p->one), HT_ARG(p->other), (unsigned long long)p->n,
                      100 * (double)p->same / (double)p->n);
        put_shown(b, "Cohen kappa", p->kappa);
        ht_buf_byte(b, '\n');
    }
    ht_buf_printf(b, zh ? "全部：%llu 个由两人以上判断，" : "all: %llu figures judged by two or more, ",
                  (unsigned long long)r->n_figures);
    put_shown(b, "Krippendorff alpha", r->alpha);
    ht_buf_printf(b, zh ? "，%zu 个待裁定\n" : ", %zu to be settled\n", n_open);
}

static ht_status agreement(const cli_options *o, ht_arena *a, const stats_db *db, ht_error *e) {
    ht_agreement_report r;
    ht_str *ids;
    size_t n_open;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_status status = ht_agreement_read(db, a, &r, e);
    if (status == HT_OK) status = ht_disagreements(db, a, false, &ids, &n_open, e);
    if (status != HT_OK) return status;
    if (cli_given(o, OPT_JSON))
        put_agreement_json(&b, &r, n_open);
    else
        put_agreement_text(&b, &r, n_open, o->lang == 1);
    cli_output(ht_buf_str(&b));
    return HT_OK;
}

static ht_status export(const cli_options *o, ht_arena *a, const stats_db *db, ht_error *e) {
    ht_buf b;
    ht_buf_init(&b, a);
    ht_status status = ht_verdicts_put_csv(&b, db, cli_text(o, OPT_REVIEWER, ""), e);
    if (status == HT_OK) cli_output(ht_buf_str(&b));
    return status;
}

static ht_status orphans(const cli_options *o, ht_arena *a, const stats_db *db, ht_error *e) {
    ht_buf b;
    size_t n;
    ht_buf_init(&b, a);
    ht_status status = ht_verdicts_orphans(&b, db, &n, e);
    if (status != HT_OK) return status;
    cli_output(ht_buf_str(&b));
    fprintf(stderr, o->lang ? "%zu 条判断已无对应的数字\n" : "%zu verdicts stand at no figure of this run\n", n);
    return HT_OK;
}

static ht_status gold(const cli_options *o, ht_arena *a, const stats_db *db, ht_error *e) {
    cli_tables tables;
    size_t n;
    if (!cli_given(o, OPT_OUT))
        return ht_fail(e, HT_USAGE, "verdicts gold: -o DIR is missing: the folder to write");
    ht_status status = cli_tables_open(&tables, a, o, e);
    if (status == HT_OK)
        status = ht_verdicts_gold(db, &tables.codebook, o->values[OPT_OUT], &n, e);
    if (status == HT_OK)
        fprintf(stderr, o->lang ? "标准答案：%zu 篇 → %s\n" : "gold of %zu articles -> %s\n", n,
                o->values[OPT_OUT]);
    return status;
}

static ht_status import(const cli_options *o, ht_arena *a, ht_error *e) {
    ht_str csv;
    size_t n;
    if (o->n_operands != 3)
        return ht_fail(e, HT_USAGE, "verdicts import: the CSV file is missing");
    const char *name = strcmp(o->operands[2], "-") == 0 ? "/dev/stdin" : o->operands[2];
    ht_status status = cli_file_read(a, name, &csv, e);
    if (status == HT_OK)
        status = ht_verdicts_import(o->operands[1], o->values[OPT_VERDICTS], csv,
                                    cli_text(o, OPT_REVIEWER, "1"), &n, e);
    if (status == HT_OK)
        fprintf(stderr, o->lang ? "新读入 %zu 条判断\n" : "%zu verdicts are new or changed\n", n);
    return status;
}

ht_status cli_quality_write(const cli_options *o, ht_error *e) {
    stats_db db;
    ht_review_score s;
    ht_arena a;
    ht_outfile file;
    const char *out = o->values[OPT_OUT];
    if (!cli_given(o, OPT_VERDICTS)) return HT_OK;
    ht_status status = ht_verdicts_with_run(&db, out, o->values[OPT_VERDICTS], false, e);
    if (status != HT_OK) return status;
    ht_arena_init(&a, 0);
    status = score_read(&db, &a, (ht_str){NULL, 0}, &s, e);
    if (status == HT_OK) status = outfile_open(&file, out, "quality.csv", e);
    if (status == HT_OK) {
        ht_buf b;
        ht_buf_init(&b, &a);
        ht_review_score_put_csv(&b, &s);
        outfile_write(&file, ht_buf_str(&b));
        status = outfile_commit(&file, e);
    }
    db_close(&db);
    ht_arena_free(&a);
    return status;
}

ht_status cli_verdicts(const cli_options *o, ht_arena *a, ht_error *e) {
    static const struct {
        const char *name;
        action_call *call;
    } actions[] = {{"score", score},
                   {"agreement", agreement},
                   {"export", export},
                   {"gold", gold},
                   {"orphans", orphans}};
    const char *name = o->operands[0];
    if (strcmp(name, "import") == 0) return import(o, a, e);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(name, actions[i].name) != 0) continue;
        if (o->n_operands > 2)
            return ht_fail(e, HT_USAGE, "verdicts %s takes OUT and no FILE", name);
        stats_db db;
        ht_status status =
            ht_verdicts_with_run(&db, o->operands[1], o->values[OPT_VERDICTS], false, e);
        if (status != HT_OK) return status;
        status = actions[i].call(o, a, &db, e);
        db_close(&db);
        return status;
    }
    return ht_fail(e, HT_USAGE,
                   "verdicts: '%.40s' is none of score, agreement, export, import, gold, orphans",
                   name);
}
