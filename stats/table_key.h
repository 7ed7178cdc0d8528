/* Between table_rows.c (rows in) and table.c (tables out): the columns of a sorted row. */
#ifndef HT_STATS_TABLE_KEY_H
#define HT_STATS_TABLE_KEY_H

#include "extract/codebook/codebook.h"

enum {
    T_INDICATOR, /* its place in the codebook, five digits */
    T_CODE,
    T_SUBTYPE,
    T_PERIOD,
    N_TABLE_PLACE, /* what follows orders the rows of one place, the best first */
    T_OTHER_MEASURE = N_TABLE_PLACE,
    T_NO_MEASURE,
    T_ESTIMATED,
    T_PUBLISHERS,
    T_FIGURES,
    T_UNIT,
    T_BASE,
    T_MODALITY,
    T_MEASURE,
    N_TABLE_KEY,
    T_REGION = N_TABLE_KEY,
    T_LEVEL,
    T_BASIS,
    T_NUMBER,
    T_LOW,
    T_HIGH,
    T_FLAG,
    T_QUALIFIER,
    T_VALUE,
    T_COVERAGE,
    N_TABLE
};
enum { T_INDICATOR_DIGITS = 5 };

/* Does the indicator count in per cent? */
bool table_is_ratio(const ht_indicator *indicator);

#endif
