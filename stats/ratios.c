#include "stats/ratios.h"

static const int copied[] = {HT_G_CELL_ID,   HT_G_REGION_CODE, HT_G_REGION,    HT_G_REGION_LEVEL,
                             HT_G_INDICATOR, HT_G_SUBTYPE,     HT_G_MEASURE,   HT_G_MODALITY,
                             HT_G_UNIT,      HT_G_PERIOD,      HT_G_QUALIFIER, HT_G_VALUE,
                             HT_G_VALUE_LOW, HT_G_VALUE_HIGH};
enum { N_COPIED = sizeof copied / sizeof *copied };
enum { R_PER = N_COPIED, R_DIVISOR, R_RATIO, R_LOW, R_HIGH, R_NUMBER, N_COLUMNS };
static const char *const own[] = {"per", "divisor", "ratio", "ratio_low", "ratio_high", "number"};

ht_status ratios_open(stats_sheet *f, ht_stats *s, ht_error *e) {
    const char **columns = HT_ARRAY(&s->kept, const char *, N_COLUMNS);
    for (int i = 0; i < N_COPIED; i++) columns[i] = ht_region_columns[copied[i]];
    for (int i = N_COPIED; i < N_COLUMNS; i++) columns[i] = own[i - N_COPIED];
    return sheet_open(f, &s->db, &s->scratch, s->options.excel, s->out, HT_S("ratios"), columns,
                      N_COLUMNS, e);
}

void ratios_put(stats_sheet *f, ht_stats *s, const ht_str *row) {
    ht_str key[N_MENTION_KEY] = {[M_INDICATOR] = row[HT_G_INDICATOR],
                                 [M_MEASURE] = row[HT_G_MEASURE],
                                 [M_UNIT] = row[HT_G_UNIT],
                                 [M_BASE] = row[HT_G_BASE]};
    if (!stats_adds_up(s, key)) return;
    const ht_number *by = join_find(s->join, row[HT_G_REGION_CODE], row[HT_G_PERIOD]);
    ht_number value = ht_number_parse(row[HT_G_VALUE]), low = ht_number_parse(row[HT_G_VALUE_LOW]),
              high = ht_number_parse(row[HT_G_VALUE_HIGH]);
    if (!by || (!value.ok && !low.ok)) return;
    ht_arena *a = &s->scratch;
    for (size_t i = 0; i < s->join->n_columns; i++) {
        if (!by[i].ok) continue;
        ht_str cells[N_COLUMNS];
        for (int k = 0; k < N_COPIED; k++) cells[k] = row[copied[k]];
        ht_number ratio = join_ratio(value, by[i]);
        cells[R_PER] = s->join->columns[i];
        cells[R_DIVISOR] = ht_number_text(a, by[i]);
        cells[R_RATIO] = ht_number_text(a, ratio);
        cells[R_LOW] = ht_number_text(a, join_ratio(low, by[i]));
        cells[R_HIGH] = ht_number_text(a, join_ratio(high, by[i]));
        cells[R_NUMBER] = ht_number_rounded(a, ratio);
        sheet_row(f, cells);
    }
}
