/* A string as JSON writes it. Inner to stats/ (lines of outcomes are in stats.h). */
#ifndef HT_STATS_JSON_H
#define HT_STATS_JSON_H

#include "base/str.h"

/* Quoted and escaped; malformed bytes become U+FFFD. */
void json_put_string(ht_buf *b, ht_str s);

#endif
