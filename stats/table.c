#include "base/decimal.h"
#include "stats/inner.h"
#include "stats/sheet.h"

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
    " value_low, value_high, measure, modality, flag, qualifier" SHOWN
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
    Q_QUALIFIER
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
    stats_sheet sheet;
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
    return N_FIXED + t->n_periods * PER_PERIOD;
}

static ht_status open_sheet(table *t, ht_error *e) {
    const char **names = HT_ARRAY(&t->arena, const char *, n_columns(t));
    for (int i = 0; i < N_FIXED; i++) names[i] = fixed_columns[i];
    for (size_t p = 0; p < t->n_periods; p++) {
        ht_str period = t->periods[p].n ? t->periods[p] : HT_S("undated");
        for (int k = 0; k < PER_PERIOD; k++)
            names[N_FIXED + p * PER_PERIOD + (size_t)k] =
                ht_format(&t->arena, HT_FMT "%s", HT_ARG(period), period_suffixes[k]).p;
    }
    ht_stats *s = t->s;
    ht_str name = ht_format(&t->arena, "table-" HT_FMT, HT_ARG(t->indicator->id));
    ht_status status = sheet_open(&t->sheet, &s->db, &s->scratch, s->options.excel, s->out, name,
                                  names, n_columns(t), e);
    ht_arena_reset(&s->scratch);
    return status;
}

static void end_row(table *t) {
    if (t->cells) sheet_row(&t->sheet, t->cells);
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
    ht_str measure = db_column(query, Q_MEASURE), modality = db_column(query, Q_MODALITY);
    ht_str qualifier = db_column(query, Q_QUALIFIER);
    /* 26000 over; a range shows itself */
    if (!ht_str_eq(qualifier, HT_S("exact")) && !db_column(query, Q_LOW).n)
        add_word(a, &at[P_FLAG], qualifier);
    add_word(a, &at[P_FLAG], db_column(query, Q_FLAG));
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
    ht_status status = read_periods(&t, e);
    if (status == HT_OK) status = open_sheet(&t, e);
    if (status == HT_OK) status = put_rows(&t, e);
    if (status == HT_OK) status = sheet_commit(&t.sheet, e);
    sheet_abandon(&t.sheet);
    ht_arena_free(&t.arena);
    return status;
}

ht_status export_tables(ht_stats *s, ht_error *e) {
    ht_status status = HT_OK;
    for (size_t i = 0; i < s->codebook->n_indicators && status == HT_OK; i++)
        status = export_table(s, &s->codebook->indicators[i], e);
    return status;
}
