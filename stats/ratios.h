/* Rows of regions.csv and a joined table -> ratios.csv: each number divided by each column. Inner
 * to stats/. What is no total (a share, a rate, growth) is divided by nothing. */
#ifndef HT_STATS_RATIOS_H
#define HT_STATS_RATIOS_H

#include "stats/inner.h"
#include "stats/rowfeed.h"
#include "stats/sheet.h"

/* Before the feed has rows. */
ht_status ratios_open(stats_sheet *f, ht_stats *s, ht_error *e);
/* What the feed is to know of the sheet. */
rowfeed_table ratios_feed_table(const stats_sheet *f);
/* row: of regions.csv. Into the file, and the database by way of the feed. Arena: s->scratch. */
ht_status ratios_put(stats_sheet *f, rowfeed *feed, int table, ht_stats *s, const ht_str *row,
                     ht_error *e);

#endif
