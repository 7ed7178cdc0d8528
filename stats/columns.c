#include "stats/columns.h"

#include "base/table.h"

HT_TABLE(columns, "columns.bin");

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* 2025, 2025-06, 2025-Q2, 2025-01/2025-06 */
static bool is_period(ht_str s) {
    if (s.n < 4) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]) && (i < 4 || (s.p[i] != '-' && s.p[i] != '/' && s.p[i] != 'Q')))
            return false;
    return true;
}

static bool name_fits(ht_str pattern, ht_str name) {
    if (ht_str_eq(pattern, name) || ht_str_eq(pattern, HT_S("*"))) return true;
    if (ht_str_eq(pattern, HT_S("#"))) return is_period(name);
    if (pattern.n > 2 && pattern.p[0] == '*' && pattern.p[pattern.n - 1] == '*')
        return ht_str_find(name, ht_sub(pattern, 1, pattern.n - 1), 0) != SIZE_MAX;
    return pattern.n > 1 && pattern.p[0] == '*' && ht_str_ends(name, ht_sub(pattern, 1, pattern.n));
}

/* 2: a line for this table, 1: for any, 0: for another. */
static int table_fits(ht_str pattern, ht_str table) {
    if (ht_str_eq(pattern, table)) return 2;
    if (ht_str_eq(pattern, HT_S("table-"))) return ht_str_starts(table, pattern) ? 2 : 0;
    return ht_str_eq(pattern, HT_S("*"));
}

static column_info info_of(ht_str rest) {
    column_info info;
    ht_str *fields[] = {&info.type,       &info.title_zh,   &info.about_en, &info.about_zh,
                        &info.missing_en, &info.missing_zh, &info.values};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        *fields[i] = (ht_str){NULL, 0};
        ht_str_split(&rest, '\t', fields[i]);
    }
    return info;
}

bool column_info_find(ht_str table, ht_str column, column_info *info) {
    ht_str rest = {(const char *)ht_table_columns, HT_TABLE_SIZE(columns)}, line;
    ht_str found = {NULL, 0};
    int best = 0;
    while (ht_str_split(&rest, '\n', &line)) {
        ht_str of, name;
        if (!ht_str_split(&line, '\t', &of) || !ht_str_split(&line, '\t', &name)) continue;
        /* What fits any name comes behind what names it, in another table too. */
        int fit = name_fits(name, column) ? 2 * table_fits(of, table) : 0;
        if (fit && ht_str_eq(name, HT_S("*"))) fit = 1;
        if (fit <= best) continue;
        best = fit;
        found = line;
    }
    *info = info_of(found);
    return best > 0;
}

bool column_value_next(ht_str *rest, ht_str *value, ht_str *label) {
    ht_str pair;
    if (!ht_str_split(rest, '|', &pair)) return false;
    *label = pair;
    ht_str_split(label, '=', value);
    return true;
}
