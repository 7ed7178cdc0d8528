/* Records in any order -> records in memcmp order, the shorter first, on disk where they are many.
 *
 * A record is bytes; equal ones are all kept. Costs: while adding, two batches of at most half of
 * `memory` each (a full one is sorted and written by a thread of its own while the next fills);
 * while reading, `memory` in all. What does not fit into one batch goes to a file in the folder
 * that has no name, so that nothing is left behind. Refuses records above SORTER_MAX_RECORD. The
 * order depends on nothing but the records. Inner to stats/.
 *
 * There are two sorters: this one for records of any length, records.h for the hundreds of millions
 * of 16 or 17 bytes by which copies are found. Those would take half as much time again here (3.0 s
 * of CPU time for 8 million, not 2.0 s) and four bytes more of disk each; and records of one size
 * are of no use to the comparison.
 */
#ifndef HT_STATS_SORTER_H
#define HT_STATS_SORTER_H

#include "base/error.h"
#include "base/str.h"

enum { SORTER_MAX_RECORD = 1 << 26, SORTER_MIN_MEMORY = 1 << 16 };

typedef struct stats_sorter stats_sorter;

/* folder is borrowed. memory: bytes, at least SORTER_MIN_MEMORY. */
ht_status sorter_open(stats_sorter **s, const char *folder, size_t memory, ht_error *e);
/* Copies the record. */
ht_status sorter_add(stats_sorter *s, ht_str record, ht_error *e);
/* Ends adding and goes to the first record; called again, goes back to it. */
ht_status sorter_rewind(stats_sorter *s, ht_error *e);
/* The next record, borrowed until the next call; *more false behind the last. */
ht_status sorter_next(stats_sorter *s, ht_str *record, bool *more, ht_error *e);
/* NULL is allowed. */
void sorter_close(stats_sorter *s);

#endif
