#include "stats/rows.h"

#include <string.h>

#define COLUMN_NAME(upper, lower) #lower,

const char *const ht_article_columns[HT_N_ARTICLE_COLUMNS] = {HT_ARTICLE_COLUMNS(COLUMN_NAME)};
const char *const ht_figure_columns[HT_N_FIGURE_COLUMNS] = {HT_FIGURE_COLUMNS(COLUMN_NAME)};
const char *const ht_rejected_columns[HT_N_REJECTED_COLUMNS] = {HT_REJECTED_COLUMNS(COLUMN_NAME)};
const char *const ht_region_columns[HT_N_REGION_COLUMNS] = {HT_REGION_COLUMNS(COLUMN_NAME)};
const char *const ht_cell_columns[HT_N_CELL_COLUMNS] = {HT_CELL_COLUMNS(COLUMN_NAME)};

bool ht_column_is_integer(const char *column) {
    static const char *const integers[] = {
        "record",     "record_offset", "record_bytes", "main_chars", "text_start",   "text_end",
        "byte_start", "byte_end",      "n_figures",    "n_articles", "n_publishers", "conflict",
        "n_originators", "n_known",    "n_parts",    "shown",
    };
    /* Asked of every cell of every row: most are told apart by two letters. */
    switch (column[0] << 8 | column[1]) {
    case 'b' << 8 | 'y': case 'c' << 8 | 'o': case 'm' << 8 | 'a': case 'n' << 8 | '_':
    case 'r' << 8 | 'e': case 's' << 8 | 'h': case 't' << 8 | 'e': break;
    default: return false;
    }
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
        if (*column == *integers[i] && strcmp(column, integers[i]) == 0) return true;
    return false;
}

bool ht_column_is_reference(const char *column) {
    return strcmp(column, "duplicate_of") == 0 || strcmp(column, "revision_of") == 0;
}
