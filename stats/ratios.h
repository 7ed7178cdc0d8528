/* Rows of regions.csv and a joined table -> ratios.csv: each number divided by each column. Inner
 * to stats/. What is no total (a share, a rate, growth) is divided by nothing. */
#ifndef HT_STATS_RATIOS_H
#define HT_STATS_RATIOS_H

#include "stats/inner.h"
#include "stats/sheet.h"

ht_status ratios_open(stats_sheet *f, ht_stats *s, ht_error *e);
/* row: of regions.csv. Arena: s->scratch. */
void ratios_put(stats_sheet *f, ht_stats *s, const ht_str *row);

#endif
