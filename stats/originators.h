/* Names of those who state a figure -> how many different ones they are. Inner to stats/.
 *
 * A name that begins or ends another one is the same source: 李聪 is 沙坪坝区委社会工作部副部长李聪, and
 * so is 沙坪坝区委社会工作部, for whom he speaks. An empty name is nobody. Costs n log n comparisons.
 */
#ifndef HT_STATS_ORIGINATORS_H
#define HT_STATS_ORIGINATORS_H

#include "base/str.h"

/* Puts the names in another order. */
size_t originators_count(ht_str *names, size_t n);

#endif
