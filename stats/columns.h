/* What a column means: data/columns.tsv, for datapackage.json and the dictionary of tables.xlsx.
 * Inner to stats/. Borrows from the program itself. */
#ifndef HT_STATS_COLUMNS_H
#define HT_STATS_COLUMNS_H

#include "base/str.h"

typedef struct {
    ht_str type;
    ht_str title_zh, about_en, about_zh;
    ht_str missing_en, missing_zh; /* why it may be empty; empty: it never is */
    ht_str values;                 /* of an enum: "exact=确切|about=约" */
} column_info;

/* Of any name there is a line for tables of indicators ("table-workers"); false for a column of
 * another table that is not described. */
bool column_info_find(ht_str table, ht_str column, column_info *info);

/* The next of "exact=确切|about=约". */
bool column_value_next(ht_str *rest, ht_str *value, ht_str *label);

#endif
