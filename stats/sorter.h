/* Records of one size in any order -> the same records in memcmp order. Inner to stats/.
 *
 * Sorts in memory what fits, and else in runs that wait in a file without a name beside `path`:
 * memory is `n_bytes` twice while adding, a few hundred KiB a run while reading, whatever the
 * number of records. Refuses nothing. Costs a radix sort of each run and one merge.
 */
#ifndef HT_STATS_SORTER_H
#define HT_STATS_SORTER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SORTER_MAX_RECORD = 64 };
typedef struct sorter sorter;

/* path: copies; its folder must be writable. record_bytes: at most SORTER_MAX_RECORD. */
ht_status sorter_open(sorter **s, const char *path, size_t record_bytes, size_t n_bytes,
                      ht_error *e);
ht_status sorter_add(sorter *s, const void *record, ht_error *e);
/* Ends adding, starts reading. */
ht_status sorter_rewind(sorter *s, ht_error *e);
/* *record borrows until the next call; NULL at the end. */
ht_status sorter_next(sorter *s, const unsigned char **record, ht_error *e);
/* How many runs went to disk. */
size_t sorter_runs(const sorter *s);
void sorter_close(sorter *s);

/* Numbers in records: big-endian, so that memcmp orders them. */
static inline void sorter_put(unsigned char *out, uint64_t value, int n_bytes) {
    for (int i = n_bytes; i-- > 0; value >>= 8) out[i] = (unsigned char)value;
}
static inline uint64_t sorter_get(const unsigned char *in, int n_bytes) {
    uint64_t value = 0;
    for (int i = 0; i < n_bytes; i++) value = value << 8 | in[i];
    return value;
}

#endif
