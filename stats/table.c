#include "stats/table.h"

#include "base/decimal.h"
#include "stats/sheet.h"
#include "stats/table_key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    ht_str *periods; /* sorted */
    size_t n_periods;
    ht_str *cells; /* of the row that is being gathered, in the scratch arena; NULL: none */
} table;

static int by_bytes(const void *x, const void *y) {
    return ht_str_cmp(*(const ht_str *)x, *(const ht_str *)y);
}

static void find_periods(table *t, const table_rows *rows) {
    ht_str place = ht_format(&t->arena, "%05td", t->indicator - t->s->codebook->indicators);
    size_t cap = 0;
    for (size_t i = 0; i < rows->periods.n; i++) {
        ht_str key = rows->periods.entries[i].key;
        if (ht_str_starts(key, place))
            *HT_PUSH(&t->arena, t->periods, t->n_periods, cap) = ht_sub(key, place.n, key.n);
    }
    if (t->n_periods > 1) qsort(t->periods, t->n_periods, sizeof *t->periods, by_bytes);
}

static size_t n_joined(const table *t) {
    return t->s->join ? t->s->join->n_columns : 0;
}

static size_t n_columns(const table *t) {
    return N_FIXED + t->n_periods * (PER_PERIOD + n_joined(t));
}

/* Where the column stands that is divided by the joined column. */
static size_t ratio_column(const table *t, size_t joined, size_t period) {
    return N_FIXED + t->n_periods * (PER_PERIOD + joined) + period;
}

static ht_status open_sheet(table *t, ht_error *e) {
    const char **names = HT_ARRAY(&t->arena, const char *, n_columns(t));
    for (int i = 0; i < N_FIXED; i++) names[i] = fixed_columns[i];
    for (size_t p = 0; p < t->n_periods; p++) {
        ht_str period = t->periods[p].n ? t->periods[p] : HT_S("undated");
        for (int k = 0; k < PER_PERIOD; k++)
            names[N_FIXED + p * PER_PERIOD + (size_t)k] =
                ht_format(&t->arena, HT_FMT "%s", HT_ARG(period), period_suffixes[k]).p;
        for (size_t j = 0; j < n_joined(t); j++)
            names[ratio_column(t, j, p)] = ht_format(&t->arena, HT_FMT "_per_" HT_FMT,
                                                     HT_ARG(period), HT_ARG(t->s->join->columns[j]))
                                               .p;
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
    return exact.n ? ht_number_rounded(a, ht_number_parse(exact)) : exact;
}

static void add_ratios(table *t, const ht_str *of, size_t period) {
    ht_str key[N_MENTION_KEY] = {[M_INDICATOR] = t->indicator->id,
                                 [M_MEASURE] = of[T_MEASURE],
                                 [M_UNIT] = of[T_UNIT],
                                 [M_BASE] = of[T_BASE]};
    const join_table *join = t->s->join;
    const ht_number *by =
        join && stats_adds_up(t->s, key) ? join_find(join, of[T_CODE], of[T_PERIOD]) : NULL;
    if (!by) return;
    ht_number value = ht_number_parse(of[T_VALUE]);
    for (size_t j = 0; j < join->n_columns; j++)
        t->cells[ratio_column(t, j, period)] =
            ht_number_rounded(&t->s->scratch, join_ratio(value, by[j]));
}

static void add_cell(table *t, const ht_str *of, size_t period) {
    ht_arena *a = &t->s->scratch;
    ht_str *at = t->cells + N_FIXED + period * PER_PERIOD;
    if (at[P_VALUE].n || at[P_LOW].n || at[P_HIGH].n) { /* a worse cell than the one shown */
        add_word(a, &at[P_FLAG], HT_S("several"));
        return;
    }
    at[P_VALUE] = ht_str_copy(a, of[T_NUMBER]);
    at[P_LOW] = rounded(a, of[T_LOW]);
    at[P_HIGH] = rounded(a, of[T_HIGH]);
    add_ratios(t, of, period);
    /* 26000 over; a range shows itself */
    if (!ht_str_eq(of[T_QUALIFIER], HT_S("exact")) && !of[T_LOW].n)
        add_word(a, &at[P_FLAG], of[T_QUALIFIER]);
    add_word(a, &at[P_FLAG], of[T_FLAG]);
    add_word(a, &at[P_FLAG], of[T_COVERAGE]);
    if (!ht_str_eq(of[T_MEASURE], t->indicator->measure))
        add_word(a, &at[P_FLAG], of[T_MEASURE].n ? of[T_MEASURE] : HT_S("unstated"));
    if (!ht_str_eq(of[T_MODALITY], HT_S("actual"))) add_word(a, &at[P_FLAG], of[T_MODALITY]);
    if (ht_str_eq(of[T_BASIS], HT_S("published"))) add_word(a, &at[P_FLAG], HT_S("published"));
    add_word(a, &t->cells[C_UNIT], of[T_UNIT]);
}

static void begin_row(table *t, const ht_str *of) {
    ht_arena *a = &t->s->scratch;
    t->cells = HT_ARRAY(a, ht_str, n_columns(t));
    t->cells[C_CODE] = ht_str_copy(a, of[T_CODE]);
    t->cells[C_REGION] = ht_str_copy(a, of[T_REGION]);
    t->cells[C_LEVEL] = ht_str_copy(a, of[T_LEVEL]);
    t->cells[C_SUBTYPE] = ht_str_copy(a, of[T_SUBTYPE]);
}

static size_t period_place(const table *t, ht_str period) {
    const ht_str *at = bsearch(&period, t->periods, t->n_periods, sizeof *t->periods, by_bytes);
    return (size_t)(at - t->periods);
}

/* The rows of one table; *record is the first of the next one then. */
static ht_status put_rows(table *t, stats_sorter *rows, ht_str *record, bool *more, ht_error *e) {
    char place[T_INDICATOR_DIGITS + 16];
    snprintf(place, sizeof place, "%05td", t->indicator - t->s->codebook->indicators);
    ht_status status = HT_OK;
    while (status == HT_OK && *more && ht_str_starts(*record, ht_str_of(place))) {
        ht_str of[N_TABLE];
        record_unpack(&t->s->scratch, *record, of, N_TABLE_KEY, N_TABLE);
        if (!t->cells || !ht_str_eq(t->cells[C_CODE], of[T_CODE]) ||
            !ht_str_eq(t->cells[C_SUBTYPE], of[T_SUBTYPE])) {
            end_row(t);
            record_unpack(&t->s->scratch, *record, of, N_TABLE_KEY, N_TABLE);
            begin_row(t, of);
        }
        add_cell(t, of, period_place(t, of[T_PERIOD]));
        status = sorter_next(rows, record, more, e);
    }
    end_row(t);
    return status;
}

static ht_status put_table(table_rows *rows, const ht_indicator *indicator, ht_str *record,
                           bool *more, ht_error *e) {
    table t = {.s = rows->s, .indicator = indicator};
    ht_arena_init(&t.arena, 0);
    find_periods(&t, rows);
    ht_status status = open_sheet(&t, e);
    if (status == HT_OK) status = put_rows(&t, rows->rows, record, more, e);
    if (status == HT_OK) status = sheet_commit(&t.sheet, e);
    sheet_abandon(&t.sheet);
    ht_arena_free(&t.arena);
    return status;
}

ht_status table_rows_write(table_rows *t, ht_error *e) {
    ht_str record = {NULL, 0};
    bool more;
    ht_arena_reset(&t->s->scratch);
    ht_status status = sorter_rewind(t->rows, e);
    if (status == HT_OK) status = sorter_next(t->rows, &record, &more, e);
    for (size_t i = 0; i < t->s->codebook->n_indicators && status == HT_OK; i++)
        status = put_table(t, &t->s->codebook->indicators[i], &record, &more, e);
    return status;
}
