#include "stats/table.h"

#include "stats/table_key.h"

#include <string.h>

enum { MEMORY = 32 << 20 };

ht_status table_rows_open(table_rows *t, ht_stats *s, ht_error *e) {
    *t = (table_rows){.s = s};
    ht_arena_init(&t->arena, 0);
    ht_map_init(&t->periods, &t->arena);
    return sorter_open(&t->rows, s->out, MEMORY, e);
}

void table_rows_close(table_rows *t) {
    if (!t->s) return;
    sorter_close(t->rows);
    ht_arena_free(&t->arena);
    t->s = NULL;
}

bool table_is_ratio(const ht_indicator *indicator) {
    for (size_t i = 0; i < indicator->n_dimensions; i++)
        if (ht_str_eq(indicator->dimensions[i], HT_S("ratio"))) return true;
    return false;
}

static bool is_total(ht_str measure) {
    return ht_str_eq(measure, HT_S("stock")) || ht_str_eq(measure, HT_S("cumulative"));
}

static bool is_shown(const ht_indicator *indicator, const ht_str *row) {
    ht_str measure = row[HT_G_MEASURE];
    if (ht_str_eq(row[HT_G_MODALITY], HT_S("planned"))) return false;
    if (!row[HT_G_NUMBER].n && !row[HT_G_VALUE_LOW].n && !row[HT_G_VALUE_HIGH].n) return false;
    if (row[HT_G_BASE].n && !table_is_ratio(indicator)) return false;
    return !measure.n || ht_str_eq(measure, indicator->measure) ||
           (is_total(measure) && is_total(indicator->measure));
}

static ht_str yes(bool x) {
    return x ? HT_S("1") : HT_S("0");
}

/* Sorts the larger number first. */
static ht_str backwards(ht_arena *a, ht_str number) {
    char digits[21];
    size_t n = number.n < 20 ? number.n : 20;
    memset(digits, '9', 20);
    for (size_t i = 0; i < n; i++)
        digits[20 - n + i] = (char)('9' - (number.p[number.n - n + i] - '0'));
    return ht_str_copy(a, (ht_str){digits, 20});
}

ht_status table_rows_add(table_rows *t, const ht_str *row, ht_error *e) {
    const ht_indicator *indicator = stats_indicator(t->s->codebook, row[HT_G_INDICATOR]);
    if (!indicator || !is_shown(indicator, row)) return HT_OK;
    ht_arena *a = &t->s->scratch;
    ht_str columns[N_TABLE] = {
        [T_INDICATOR] = ht_format(a, "%05td", indicator - t->s->codebook->indicators),
        [T_CODE] = row[HT_G_REGION_CODE],
        [T_SUBTYPE] = row[HT_G_SUBTYPE],
        [T_PERIOD] = row[HT_G_PERIOD],
        [T_OTHER_MEASURE] = yes(!ht_str_eq(row[HT_G_MEASURE], indicator->measure)),
        [T_NO_MEASURE] = yes(!row[HT_G_MEASURE].n),
        [T_ESTIMATED] = yes(ht_str_eq(row[HT_G_MODALITY], HT_S("estimated"))),
        [T_PUBLISHERS] = backwards(a, row[HT_G_N_PUBLISHERS]),
        [T_FIGURES] = backwards(a, row[HT_G_N_FIGURES]),
        [T_UNIT] = row[HT_G_UNIT],
        [T_BASE] = row[HT_G_BASE],
        [T_MODALITY] = row[HT_G_MODALITY],
        [T_MEASURE] = row[HT_G_MEASURE],
        [T_REGION] = row[HT_G_REGION],
        [T_LEVEL] = row[HT_G_REGION_LEVEL],
        [T_BASIS] = row[HT_G_PERIOD_BASIS],
        [T_NUMBER] = row[HT_G_NUMBER],
        [T_LOW] = row[HT_G_VALUE_LOW],
        [T_HIGH] = row[HT_G_VALUE_HIGH],
        [T_FLAG] = row[HT_G_FLAG],
        [T_QUALIFIER] = row[HT_G_QUALIFIER],
        [T_VALUE] = row[HT_G_VALUE],
        [T_COVERAGE] = row[HT_G_COVERAGE],
    };
    ht_str period =
        ht_format(a, HT_FMT HT_FMT, HT_ARG(columns[T_INDICATOR]), HT_ARG(row[HT_G_PERIOD]));
    if (!ht_map_get(&t->periods, period)) ht_map_put(&t->periods, ht_str_copy(&t->arena, period));
    ht_buf record;
    ht_buf_init(&record, a);
    record_pack(&record, columns, N_TABLE_KEY, N_TABLE);
    return sorter_add(t->rows, ht_buf_str(&record), e);
}
