/* Sorted runs of records in one file -> their records in one order. The disk half of sorter.h.
 *
 * At most RUNS_MAX runs are read at once: of more, that many become one longer run first. Every
 * read and write is checked. Costs one buffer a run, `memory` in all.
 */
#ifndef HT_STATS_RUNS_H
#define HT_STATS_RUNS_H

#include "base/error.h"
#include "base/str.h"

enum { RUNS_MAX = 256 };

typedef struct {
    uint64_t from, to; /* in the file */
} runs_span;

typedef struct {
    runs_span rest; /* not read yet */
    char *buffer;   /* heap */
    size_t at, n, cap;
    ht_str record; /* the next one; in the buffer */
} runs_reader;

typedef struct {
    const char *folder; /* borrows */
    int file;           /* -1: none yet */
    size_t memory;
    uint64_t end; /* of the file, with what is in out */
    char *out;    /* heap; what is not written yet */
    size_t n_out;
    runs_span *spans;     /* heap */
    size_t n, cap;        /* runs */
    runs_reader *readers; /* heap */
    runs_reader **heap;   /* heap of the readers that have a record, least first */
    size_t n_readers, n_heap;
    bool started; /* the least record was given out */
} sorter_runs;

void runs_init(sorter_runs *r, const char *folder, size_t memory);
void runs_free(sorter_runs *r);
/* A new run, its records in order, its end. */
ht_status runs_begin(sorter_runs *r, ht_error *e);
ht_status runs_add(sorter_runs *r, ht_str record, ht_error *e);
ht_status runs_end(sorter_runs *r, ht_error *e);
/* Goes to the least record of all runs. */
ht_status runs_rewind(sorter_runs *r, ht_error *e);
ht_status runs_next(sorter_runs *r, ht_str *record, bool *more, ht_error *e);

#endif
