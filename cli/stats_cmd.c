#include "cli/commands.h"
#include "cli/reading.h"
#include "stats/stats.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    ht_stats *stats;
    uint64_t n_records, n_rejected;
    ht_arena arena; /* of one line */
} intake;

static ht_status line_add(intake *in, ht_str line, const char *name, uint64_t number, ht_error *e) {
    ht_outcome outcome = {0};
    ht_error why = {HT_OK, ""};
    if (ht_outcome_from_json(&in->arena, line, &outcome, &why) != HT_OK)
        return ht_fail(e, HT_IO, "%s, line %llu: %.800s", name, (unsigned long long)number,
                       why.text);
    in->n_records++;
    in->n_rejected +=
        outcome.has_rejection && !outcome.has_article && !cli_outcome_is_deselected(&outcome);
    ht_status status = ht_stats_add(in->stats, &outcome, e);
    ht_arena_reset(&in->arena);
    return status;
}

static ht_status lines_add(intake *in, FILE *f, const char *name, ht_error *e) {
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    ht_status status = HT_OK;
    for (uint64_t number = 1; status == HT_OK && (n = getline(&line, &cap, f)) >= 0; number++) {
        ht_str s = ht_str_trim((ht_str){line, (size_t)n});
        if (s.n) status = line_add(in, s, name, number, e);
    }
    if (status == HT_OK && ferror(f))
        status = ht_fail(e, HT_IO, "cannot read %s: %s", name, strerrordesc_np(errno));
    free(line);
    return status;
}

static ht_status file_add(intake *in, const char *name, ht_error *e) {
    if (strcmp(name, "-") == 0) return lines_add(in, stdin, "standard input", e);
    FILE *f = fopen(name, "rbe");
    if (!f) return ht_fail(e, HT_IO, "cannot read %s: %s", name, strerrordesc_np(errno));
    ht_status status = lines_add(in, f, name, e);
    fclose(f);
    return status;
}

static ht_status stats_into(intake *in, const cli_options *o, ht_arena *a, ht_error *e) {
    cli_progress clock;
    cli_progress_start(&clock, o->lang);
    ht_status status = HT_OK;
    if (!o->n_operands) status = file_add(in, "-", e);
    for (int i = 0; i < o->n_operands && status == HT_OK; i++)
        status = file_add(in, o->operands[i], e);
    if (status != HT_OK) return status;
    ht_run_facts facts = {
        .command = cli_options_json(o, a), .seconds = cli_progress_seconds(&clock), .jobs = 1};
    return ht_stats_finish(in->stats, &facts, e);
}

ht_status cli_stats(const cli_options *o, ht_arena *a, ht_error *e) {
    cli_tables tables;
    ht_status status = cli_tables_open(&tables, a, o, e);
    if (status != HT_OK) return status;
    ht_stats_options options = cli_stats_options(o);
    intake in = {0};
    status = ht_stats_open(&in.stats, o->values[OPT_OUT], &tables.codebook, tables.reader.gazetteer,
                           &options, e);
    if (status != HT_OK) return status;
    ht_arena_init(&in.arena, 0);
    status = stats_into(&in, o, a, e);
    ht_arena_free(&in.arena);
    ht_stats_close(in.stats);
    return status == HT_OK ? cli_rejects_check(o, in.n_rejected, in.n_records, e) : status;
}
