/* Records of one size in any order -> the same records in memcmp order. Inner to stats/.
 *
 * Sorts in memory what fits, and else in runs that wait in a file without a name beside `path`:
 * memory is `n_bytes` twice while adding, a few hundred KiB a run while reading, whatever the
 * number of records. Refuses nothing. Costs a radix sort of each run and one merge. Made for short
 * records: sorter.h says why it does not do their work.
 */
#ifndef HT_STATS_RECORDS_H
#define HT_STATS_RECORDS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RECORDS_MAX_BYTES = 64 };
typedef struct record_sorter record_sorter;

/* path: copies; its folder must be writable. record_bytes: at most RECORDS_MAX_BYTES. */
ht_status records_open(record_sorter **s, const char *path, size_t record_bytes, size_t n_bytes,
                       ht_error *e);
ht_status records_add(record_sorter *s, const void *record, ht_error *e);
/* Ends adding, starts reading. */
ht_status records_rewind(record_sorter *s, ht_error *e);
/* *record borrows until the next call; NULL at the end. */
ht_status records_next(record_sorter *s, const unsigned char **record, ht_error *e);
/* How many runs went to disk. */
size_t records_runs(const record_sorter *s);
void records_close(record_sorter *s);

/* Numbers in records: big-endian, so that memcmp orders them. */
static inline void records_put(unsigned char *out, uint64_t value, int n_bytes) {
    for (int i = n_bytes; i-- > 0; value >>= 8) out[i] = (unsigned char)value;
}
static inline uint64_t records_get(const unsigned char *in, int n_bytes) {
    uint64_t value = 0;
    for (int i = 0; i < n_bytes; i++) value = value << 8 | in[i];
    return value;
}

#endif
