/* Records through N threads, results back in input order.
 *
 *   reader thread -> ring of slots -> workers -> the same ring -> the caller's thread
 *
 * A slot holds one record from its reading to the writing of its result, in an arena of its own;
 * slot k serves records k, k + n, k + 2n …, so that the ring is the bounded queue and the reorder
 * buffer at once, and results come back in the order of reading for any number of threads. The
 * reader also waits while more than WORKERS_AHEAD_BYTES a worker are in the ring.
 *
 * An error of the reader or of `emit` stops everything and is returned. A signal (see
 * cli/interrupt.h) stops the reading; what has been read is still finished.
 */
#ifndef HT_CLI_WORKERS_H
#define HT_CLI_WORKERS_H

#include "corpus/corpus.h"

typedef struct {
    /* In a worker: reads the record; the result goes into `out`, `scratch` is reset afterwards. */
    void *(*work)(void *context, ht_arena *scratch, ht_arena *out, const ht_record *record);
    /* In the caller's thread, in input order. result and record hold until it returns. */
    ht_status (*emit)(void *context, void *result, const ht_record *record, ht_error *e);
    void *context;
    size_t document_bytes; /* limit of a worker's scratch arena */
    int n_workers;
} cli_work;

ht_status cli_work_run(const cli_work *work, ht_corpus *corpus, ht_error *e);
/* --jobs, or else the number of cores that this process may use. */
int cli_jobs(long wanted);

#endif
