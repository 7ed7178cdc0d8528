/* Dates as a figure has them -> the period of its cell. Inner to stats/.
 *
 * Nothing is guessed: a figure that is known for a year only has the year as its period in a table
 * of months too, and a flow that spans more than one of the asked-for periods has its own span
 * (2025-01/2025-06), so that half a year never stands beside a month.
 */
#ifndef HT_STATS_PERIOD_H
#define HT_STATS_PERIOD_H

#include "base/str.h"

typedef enum { PERIOD_YEAR, PERIOD_QUARTER, PERIOD_MONTH } period_length;
/* year | quarter | month; a year for anything else. */
period_length period_length_of(ht_str word);

typedef struct {
    ht_str asof, from, to, published; /* YYYY, YYYY-MM or YYYY-MM-DD…; may be empty */
    bool flows;                       /* what it measures happens over a time */
} period_dates;

typedef struct {
    ht_str period; /* 2025 | 2025-Q2 | 2025-06 | A/B; empty: not known */
    ht_str basis;  /* asof | published | "" */
} period_answer;
period_answer period_of(ht_arena *a, const period_dates *dates, period_length length);

/* The last month of a period, in months since year 0; -1 where there is none. */
int32_t period_last_month(ht_str period);

#endif
