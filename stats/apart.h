/* A call in a process of its own, for a library that crashes where it should fail. Inner to stats/.
 *
 * What the call writes into files stays; what it changes in memory is lost. Anything that it, or a
 * library under it, says on standard error is a failure, and the first line of it the message. The
 * caller must have no other threads. Costs a fork.
 */
#ifndef HT_STATS_APART_H
#define HT_STATS_APART_H

#include "base/error.h"

ht_status apart_call(ht_status (*call)(void *context, ht_error *e), void *context, ht_error *e);

#endif
