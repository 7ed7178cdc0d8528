#include "base/decimal.h"
#include "stats/csv.h"
#include "stats/inner.h"

#include <stdio.h>
#include <stdlib.h>

/* Stock and cumulative are hard to tell apart in news: a table shows the one where the other is
 * missing, and says so. What is planned is no fact and stays out, and so is a rate (每个驿站2名), which is
 * no total; only the indicator's shares have a base. The best cell comes first. */
#define SHOWN                                                                                      \
    " FROM regions WHERE indicator = ?1 AND modality <> 'planned'"                                 \
    " AND (number <> '' OR value_low <> '' OR value_high <> '') AND (base = '' OR ?3)"              \
    " AND (measure IN (?2, '')"                                                                    \
    " OR (?2 IN ('stock', 'cumulative') AND measure IN ('stock', 'cumulative')))"
static const char periods_query[] = "SELECT DISTINCT period" SHOWN " ORDER BY period";
static const char rows_query[] =
    "SELECT region_code, region, region_level, subtype, unit, period, period_basis, number,"
    " value_low, value_high, measure, modality, flag, qualifier, value, base,"
    " coverage" SHOWN
    " ORDER BY region_code, subtype, period, measure <> ?2, measure = '', modality = 'estimated',"
    " n_publishers DESC, n_figures DESC, unit, base, modality, measure";
enum {
    Q_CODE,
    Q_REGION,
    Q_LEVEL,
    Q_SUBTYPE,
    Q_UNIT,
    Q_PERIOD,
    Q_BASIS,
    Q_NUMBER,
    Q_LOW,
    Q_HIGH,
    Q_MEASURE,
    Q_MODALITY,
    Q_FLAG,
    Q_QUALIFIER,
    Q_VALUE,
    Q_BASE,
    Q_COVERAGE
};

enum { C_CODE, C_REGION, C_LEVEL, C_SUBTYPE, C_UNIT, N_FIXED };
static const char *const fixed_columns[N_FIXED] = {"region_code", "region", "region_level",
                                                   "subtype", "unit"};
enum { P_VALUE, P_LOW, P_HIGH, P_FLAG, PER_PERIOD };
static const char *const period_suffixes[PER_PERIOD] = {"", "_low", "_high", "_flag"};

typedef struct {
    ht_stats *s;
    const ht_indicator *indicator;
    ht_arena arena; /* for one table */
    ht_outfile file;
    ht_str *periods;
    size_t n_periods, cap;
    ht_str *cells; /* of the row that is being gathered; NULL: none */
} table;

static bool is_ratio(const ht_indicator *indicator) {
    for (size_t i = 0; i < indicator->n_dimensions; i++)
        if (ht_str_eq(indicator->dimensions[i], HT_S("ratio"))) return true;
    return false;
}

static ht_status prepare(table *t, sqlite3_stmt **query, const char *sql, ht_error *e) {
    ht_status status = db_prepare(&t->s->db, query, sql, e);
    if (status != HT_OK) return status;
    db_bind(*query, 0, t->indicator->id);
    db_bind(*query, 1, t->indicator->measure);
    db_bind(*query, 2, is_ratio(t->indicator) ? HT_S("1") : HT_S("0"));
    return HT_OK;
}

static ht_status read_periods(table *t, ht_error *e) {
    sqlite3_stmt *query = NULL;
    bool row = true;
    ht_status status = prepare(t, &query, periods_query, e);
    while (status == HT_OK && row) {
        status = db_step(&t->s->db, query, &row, e);
        if (status == HT_OK && row)
            *HT_PUSH(&t->arena, t->periods, t->n_periods, t->cap) =
                ht_str_copy(&t->arena, db_column(query, 0));
    }
    sqlite3_finalize(query);
    return status;
}

static size_t n_columns(const table *t) {
    size_t n_joined = t->s->join ? t->s->join->n_columns : 0;
    return N_FIXED + t->n_periods * (PER_PERIOD + n_joined);
}

/* Where the column stands that is divided by the joined column. */
static size_t ratio_column(const table *t, size_t joined, size_t period) {
    return N_FIXED + t->n_periods * (PER_PERIOD + joined) + period;
}

static void put_header(table *t) {
    const char **names = HT_ARRAY(&t->arena, const char *, n_columns(t));
    for (int i = 0; i < N_FIXED; i++) names[i] = fixed_columns[i];
    for (size_t p = 0; p < t->n_periods; p++) {
        ht_str period = t->periods[p].n ? t->periods[p] : HT_S("undated");
        for (int k = 0; k < PER_PERIOD; k++)
            names[N_FIXED + p * PER_PERIOD + (size_t)k] =
                ht_format(&t->arena, HT_FMT "%s", HT_ARG(period), period_suffixes[k]).p;
        for (size_t j = 0; t->s->join && j < t->s->join->n_columns; j++)
            names[ratio_column(t, j, p)] = ht_format(&t->arena, HT_FMT "_per_" HT_FMT,
                                                     HT_ARG(period), HT_ARG(t->s->join->columns[j]))
                                               .p;
    }
    csv_write_header(&t->file, &t->arena, names, (int)n_columns(t), t->s->options.excel);
}

static void end_row(table *t) {
    if (t->cells)
        csv_write_row(&t->file, &t->s->scratch, t->cells, (int)n_columns(t), t->s->options.excel);
    t->cells = NULL;
    ht_arena_reset(&t->s->scratch);
}

/* Adds a word to a list separated by '|', once. */
static void add_word(ht_arena *a, ht_str *list, ht_str word) {
    ht_str rest = *list, one;
    if (word.n == 0) return;
    while (ht_str_split(&rest, '|', &one))
        if (ht_str_eq(one, word)) return;
    *list = list->n ? ht_format(a, HT_FMT "|" HT_FMT, HT_ARG(*list), HT_ARG(word))
                    : ht_str_copy(a, word);
}

static ht_str rounded(ht_arena *a, ht_str exact) {
    return ht_number_rounded(a, ht_number_parse(exact));
}

static void add_ratios(table *t, sqlite3_stmt *query, size_t period) {
    ht_str key[N_MENTION_KEY] = {[M_INDICATOR] = t->indicator->id,
                                 [M_MEASURE] = db_column(query, Q_MEASURE),
                                 [M_UNIT] = db_column(query, Q_UNIT),
                                 [M_BASE] = db_column(query, Q_BASE)};
    const join_table *join = t->s->join;
    const ht_number *by = join && stats_adds_up(t->s, key)
                              ? join_find(join, t->cells[C_CODE], t->periods[period])
                              : NULL;
    ht_number value = ht_number_parse(db_column(query, Q_VALUE));
    for (size_t j = 0; by && j < join->n_columns; j++)
        t->cells[ratio_column(t, j, period)] =
            ht_number_rounded(&t->s->scratch, join_ratio(value, by[j]));
}

static void add_cell(table *t, sqlite3_stmt *query, size_t period) {
    ht_arena *a = &t->s->scratch;
    ht_str *at = t->cells + N_FIXED + period * PER_PERIOD;
    if (at[P_VALUE].n || at[P_LOW].n || at[P_HIGH].n) { /* a worse cell than the one shown */
        add_word(a, &at[P_FLAG], HT_S("several"));
        return;
    }
    at[P_VALUE] = ht_str_copy(a, db_column(query, Q_NUMBER));
    at[P_LOW] = rounded(a, db_column(query, Q_LOW));
    at[P_HIGH] = rounded(a, db_column(query, Q_HIGH));
    add_ratios(t, query, period);
    ht_str measure = db_column(query, Q_MEASURE), modality = db_column(query, Q_MODALITY);
    ht_str qualifier = db_column(query, Q_QUALIFIER);
    /* 26000 over; a range shows itself */
    if (!ht_str_eq(qualifier, HT_S("exact")) && !db_column(query, Q_LOW).n)
        add_word(a, &at[P_FLAG], qualifier);
    add_word(a, &at[P_FLAG], db_column(query, Q_FLAG));
    add_word(a, &at[P_FLAG], db_column(query, Q_COVERAGE));
    if (!ht_str_eq(measure, t->indicator->measure))
        add_word(a, &at[P_FLAG], measure.n ? measure : HT_S("unstated"));
    if (!ht_str_eq(modality, HT_S("actual"))) add_word(a, &at[P_FLAG], modality);
    if (ht_str_eq(db_column(query, Q_BASIS), HT_S("published")))
        add_word(a, &at[P_FLAG], HT_S("published"));
    add_word(a, &t->cells[C_UNIT], db_column(query, Q_UNIT));
}

static void begin_row(table *t, sqlite3_stmt *query) {
    static const int from[] = {Q_CODE, Q_REGION, Q_LEVEL, Q_SUBTYPE};
    t->cells = HT_ARRAY(&t->s->scratch, ht_str, n_columns(t));
    for (int i = C_CODE; i <= C_SUBTYPE; i++)
        t->cells[i] = ht_str_copy(&t->s->scratch, db_column(query, from[i]));
}

static ht_status put_rows(table *t, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = prepare(t, &query, rows_query, e);
    bool row = status == HT_OK;
    for (size_t period = 0; row;) {
        status = db_step(&t->s->db, query, &row, e);
        if (status != HT_OK || !row) break;
        if (!t->cells || !ht_str_eq(t->cells[C_CODE], db_column(query, Q_CODE)) ||
            !ht_str_eq(t->cells[C_SUBTYPE], db_column(query, Q_SUBTYPE))) {
            end_row(t);
            begin_row(t, query);
            period = 0;
        }
        while (!ht_str_eq(t->periods[period], db_column(query, Q_PERIOD))) period++;
        add_cell(t, query, period);
    }
    if (status == HT_OK) end_row(t);
    sqlite3_finalize(query);
    return status;
}

static ht_status export_table(ht_stats *s, const ht_indicator *indicator, ht_error *e) {
    table t = {.s = s, .indicator = indicator};
    ht_arena_init(&t.arena, 0);
    ht_str name = ht_format(&t.arena, "table-" HT_FMT ".csv", HT_ARG(indicator->id));
    ht_status status = outfile_open(&t.file, s->out, name.p, e);
    if (status == HT_OK) status = read_periods(&t, e);
    if (status == HT_OK) {
        put_header(&t);
        status = put_rows(&t, e);
    }
    if (status == HT_OK) status = outfile_commit(&t.file, e);
    outfile_abandon(&t.file);
    ht_arena_free(&t.arena);
    return status;
}

ht_status export_tables(ht_stats *s, ht_error *e) {
    ht_status status = HT_OK;
    for (size_t i = 0; i < s->codebook->n_indicators && status == HT_OK; i++)
        status = export_table(s, &s->codebook->indicators[i], e);
    return status;
}
