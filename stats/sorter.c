#include "stats/sorter.h"

#include "stats/runs.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Of the records of a batch: enough of each to tell most apart without a look at its bytes. */
typedef struct {
    uint64_t head; /* the first eight bytes, big endian */
    uint32_t at, n;
} entry;

typedef struct {
    char *bytes;
    entry *entries;
    size_t n_bytes, cap_bytes, n, cap;
} batch;

struct stats_sorter {
    batch batches[2];
    int filling; /* the one that is added to; the other may be on its way to disk */
    size_t memory;
    bool writing; /* the thread runs */
    pthread_t writer;
    ht_status written; /* of the thread */
    ht_error error;
    sorter_runs runs;
    size_t at; /* while reading from memory */
};

static uint64_t head_of(const char *p, size_t n) {
    unsigned char c[8] = {0};
    memcpy(c, p, n < 8 ? n : 8);
    uint64_t head = 0;
    for (int i = 0; i < 8; i++) head = head << 8 | c[i];
    return head;
}

/* Entries know no batch; a sort is done by one thread at a time. */
static _Thread_local const char *sorted_bytes;

static int by_bytes(const void *x, const void *y) {
    const entry *a = x, *b = y;
    if (a->head != b->head) return a->head < b->head ? -1 : 1;
    size_t n = a->n < b->n ? a->n : b->n;
    int c = n ? memcmp(sorted_bytes + a->at, sorted_bytes + b->at, n) : 0;
    return c ? c : (a->n > b->n) - (a->n < b->n);
}

static void batch_sort(batch *b) {
    sorted_bytes = b->bytes;
    if (b->n) qsort(b->entries, b->n, sizeof *b->entries, by_bytes);
}

static void *grown(void *old, size_t *cap, size_t wanted, size_t size) {
    if (wanted <= *cap) return old;
    size_t next = *cap ? *cap * 2 : 1024;
    if (next < wanted) next = wanted;
    void *p = realloc(old, next * size);
    if (p) *cap = next;
    return p;
}

static bool batch_add(batch *b, ht_str record) {
    char *bytes = grown(b->bytes, &b->cap_bytes, b->n_bytes + record.n + 1, 1);
    if (bytes) b->bytes = bytes;
    entry *entries = grown(b->entries, &b->cap, b->n + 1, sizeof *entries);
    if (entries) b->entries = entries;
    if (!bytes || !entries) return false;
    if (record.n) memcpy(bytes + b->n_bytes, record.p, record.n);
    entries[b->n++] =
        (entry){head_of(record.p, record.n), (uint32_t)b->n_bytes, (uint32_t)record.n};
    b->n_bytes += record.n;
    return true;
}

static void batch_free(batch *b) {
    free(b->bytes);
    free(b->entries);
    *b = (batch){0};
}

ht_status sorter_open(stats_sorter **opened, const char *folder, size_t memory, ht_error *e) {
    stats_sorter *s = *opened = calloc(1, sizeof *s);
    if (!s) return ht_fail(e, HT_IO, "out of memory");
    s->memory = memory < SORTER_MIN_MEMORY ? SORTER_MIN_MEMORY : memory;
    runs_init(&s->runs, folder, s->memory);
    return HT_OK;
}

static ht_status batch_write(stats_sorter *s, batch *b, ht_error *e) {
    batch_sort(b);
    ht_status status = runs_begin(&s->runs, e);
    for (size_t i = 0; i < b->n && status == HT_OK; i++)
        status = runs_add(&s->runs, (ht_str){b->bytes + b->entries[i].at, b->entries[i].n}, e);
    if (status == HT_OK) status = runs_end(&s->runs, e);
    b->n = b->n_bytes = 0;
    return status;
}

static void *writer_main(void *arg) {
    stats_sorter *s = arg;
    s->written = batch_write(s, &s->batches[!s->filling], &s->error);
    return NULL;
}

static ht_status wait_for_writer(stats_sorter *s, ht_error *e) {
    if (!s->writing) return HT_OK;
    pthread_join(s->writer, NULL);
    s->writing = false;
    if (s->written != HT_OK && e) *e = s->error;
    return s->written;
}

/* Hands the full batch to the writer and goes on with the other one. */
static ht_status turn(stats_sorter *s, ht_error *e) {
    ht_status status = wait_for_writer(s, e);
    if (status != HT_OK) return status;
    s->filling = !s->filling;
    s->writing = pthread_create(&s->writer, NULL, writer_main, s) == 0;
    return s->writing ? HT_OK : batch_write(s, &s->batches[!s->filling], e);
}

ht_status sorter_add(stats_sorter *s, ht_str record, ht_error *e) {
    batch *b = &s->batches[s->filling];
    if (record.n > SORTER_MAX_RECORD)
        return ht_fail(e, HT_IO, "a record of %zu bytes; at most %d are sorted", record.n,
                       SORTER_MAX_RECORD);
    /* Growing doubles: half of the half is what may be in use. */
    size_t used = b->n_bytes + record.n + (b->n + 1) * sizeof(entry);
    if (b->n && used > s->memory / 4) {
        ht_status status = turn(s, e);
        if (status != HT_OK) return status;
        b = &s->batches[s->filling];
    }
    return batch_add(b, record) ? HT_OK : ht_fail(e, HT_IO, "out of memory");
}

ht_status sorter_rewind(stats_sorter *s, ht_error *e) {
    ht_status status = wait_for_writer(s, e);
    batch *b = &s->batches[s->filling];
    s->at = 0;
    if (status != HT_OK) return status;
    if (!s->runs.n) { /* all in memory */
        batch_sort(b);
        return HT_OK;
    }
    if (b->n) status = batch_write(s, b, e);
    for (int i = 0; i < 2; i++) batch_free(&s->batches[i]);
    return status == HT_OK ? runs_rewind(&s->runs, e) : status;
}

ht_status sorter_next(stats_sorter *s, ht_str *record, bool *more, ht_error *e) {
    if (s->runs.n) return runs_next(&s->runs, record, more, e);
    const batch *b = &s->batches[s->filling];
    *more = s->at < b->n;
    if (*more) {
        const entry *one = &b->entries[s->at++];
        *record = (ht_str){b->bytes + one->at, one->n};
    }
    return HT_OK;
}

void sorter_close(stats_sorter *s) {
    if (!s) return;
    wait_for_writer(s, NULL);
    for (int i = 0; i < 2; i++) batch_free(&s->batches[i]);
    runs_free(&s->runs);
    free(s);
}
