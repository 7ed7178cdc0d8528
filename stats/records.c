#include "stats/records.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READ_BYTES = 256 << 10 };

/* A sorted part of the file, and what of it is in memory. */
typedef struct {
    uint64_t at, end;      /* of the file: what is not read yet */
    unsigned char *buffer; /* heap */
    size_t next, filled;   /* bytes of the buffer */
} run;

struct record_sorter {
    char *path;                    /* heap; of the messages and of the file while it has a name */
    int fd;                        /* -1: nothing is on disk */
    size_t size, n, cap;           /* of a record in bytes; records in memory */
    unsigned char *records, *room; /* heap */
    size_t next;                   /* record in memory to be read */
    uint64_t n_written;
    run *runs; /* heap */
    size_t n_runs, cap_runs, n_heap;
    size_t *heap; /* heap; of runs, the one with the least record on top */
    bool moved;   /* the top was given out */
};

static ht_status no_memory(ht_error *e) {
    return ht_fail(e, HT_IO, "out of memory");
}

static ht_status failed(const record_sorter *s, ht_error *e) {
    return ht_fail(e, HT_IO, "cannot sort beside %s: %s", s->path, strerrordesc_np(errno));
}

ht_status records_open(record_sorter **opened, const char *path, size_t record_bytes,
                       size_t n_bytes, ht_error *e) {
    assert(record_bytes && record_bytes <= RECORDS_MAX_BYTES);
    record_sorter *s = *opened = calloc(1, sizeof *s);
    if (!s) return no_memory(e);
    s->fd = -1;
    s->size = record_bytes;
    s->cap = n_bytes / record_bytes ? n_bytes / record_bytes : 1;
    s->path = strdup(path);
    s->records = malloc(s->cap * s->size);
    s->room = malloc(s->cap * s->size);
    return s->path && s->records && s->room ? HT_OK : no_memory(e);
}

/* From the last byte to the first, each pass keeping the order of the one before. */
static void sort_records(record_sorter *s) {
    for (size_t byte = s->size; byte-- > 0;) {
        size_t from[256] = {0}, sum = 0;
        for (size_t i = 0; i < s->n; i++) from[s->records[i * s->size + byte]]++;
        if (s->n && from[s->records[byte]] == s->n) continue;
        for (size_t i = 0; i < 256; i++) {
            size_t count = from[i];
            from[i] = sum;
            sum += count;
        }
        for (size_t i = 0; i < s->n; i++) {
            const unsigned char *record = s->records + i * s->size;
            memcpy(s->room + from[record[byte]]++ * s->size, record, s->size);
        }
        unsigned char *sorted = s->room;
        s->room = s->records;
        s->records = sorted;
    }
}

/* ---- to disk ---- */

static ht_status make_file(record_sorter *s, ht_error *e) {
    char *name;
    if (asprintf(&name, "%s.XXXXXX", s->path) < 0) return no_memory(e);
    s->fd = mkstemp(name);
    ht_status status = s->fd >= 0 && unlink(name) == 0 ? HT_OK : failed(s, e);
    free(name);
    return status;
}

static ht_status write_all(record_sorter *s, size_t n_bytes, ht_error *e) {
    for (size_t done = 0; done < n_bytes;) {
        ssize_t n = write(s->fd, s->records + done, n_bytes - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return failed(s, e);
        done += (size_t)n;
    }
    s->n_written += n_bytes;
    return HT_OK;
}

static ht_status spill(record_sorter *s, ht_error *e) {
    ht_status status = s->fd < 0 ? make_file(s, e) : HT_OK;
    if (status != HT_OK) return status;
    if (s->n_runs == s->cap_runs) {
        size_t cap = s->cap_runs ? 2 * s->cap_runs : 16;
        run *runs = reallocarray(s->runs, cap, sizeof *runs);
        if (!runs) return no_memory(e);
        s->runs = runs;
        s->cap_runs = cap;
    }
    sort_records(s);
    s->runs[s->n_runs++] = (run){.at = s->n_written, .end = s->n_written + s->n * s->size};
    status = write_all(s, s->n * s->size, e);
    s->n = 0;
    return status;
}

ht_status records_add(record_sorter *s, const void *record, ht_error *e) {
    ht_status status = s->n == s->cap ? spill(s, e) : HT_OK;
    if (status == HT_OK) memcpy(s->records + s->n++ * s->size, record, s->size);
    return status;
}

/* ---- from disk ---- */

static ht_status fill(record_sorter *s, run *r, ht_error *e) {
    size_t most = READ_BYTES / s->size * s->size;
    size_t want = r->end - r->at < most ? (size_t)(r->end - r->at) : most;
    r->next = r->filled = 0;
    while (r->filled < want) {
        ssize_t n = pread(s->fd, r->buffer + r->filled, want - r->filled, (off_t)r->at);
        if (n < 0 && errno == EINTR) continue;
        if (n == 0) errno = EIO;
        if (n <= 0) return failed(s, e);
        r->filled += (size_t)n;
        r->at += (uint64_t)n;
    }
    return HT_OK;
}

static bool is_before(const record_sorter *s, size_t x, size_t y) {
    const run *a = &s->runs[x], *b = &s->runs[y];
    return memcmp(a->buffer + a->next, b->buffer + b->next, s->size) < 0;
}

static void sink(record_sorter *s, size_t at) {
    for (size_t child; (child = 2 * at + 1) < s->n_heap; at = child) {
        if (child + 1 < s->n_heap && is_before(s, s->heap[child + 1], s->heap[child])) child++;
        if (!is_before(s, s->heap[child], s->heap[at])) return;
        size_t moved = s->heap[at];
        s->heap[at] = s->heap[child];
        s->heap[child] = moved;
    }
}

static void free_records(record_sorter *s) {
    free(s->records);
    free(s->room);
    s->records = s->room = NULL;
}

ht_status records_rewind(record_sorter *s, ht_error *e) {
    if (!s->n_runs) {
        sort_records(s);
        return HT_OK;
    }
    ht_status status = s->n ? spill(s, e) : HT_OK;
    if (status != HT_OK) return status;
    free_records(s);
    s->heap = calloc(s->n_runs, sizeof *s->heap);
    if (!s->heap) return no_memory(e);
    for (size_t i = 0; i < s->n_runs && status == HT_OK; i++) {
        s->runs[i].buffer = malloc(READ_BYTES);
        status = s->runs[i].buffer ? fill(s, &s->runs[i], e) : no_memory(e);
        s->heap[s->n_heap++] = i;
    }
    for (size_t i = s->n_heap / 2; i-- > 0 && status == HT_OK;) sink(s, i);
    return status;
}

/* Puts the run on top where its next record belongs. */
static ht_status move_top(record_sorter *s, ht_error *e) {
    run *top = &s->runs[s->heap[0]];
    top->next += s->size;
    if (top->next == top->filled) {
        ht_status status = fill(s, top, e);
        if (status != HT_OK) return status;
        if (!top->filled) s->heap[0] = s->heap[--s->n_heap];
    }
    sink(s, 0);
    return HT_OK;
}

ht_status records_next(record_sorter *s, const unsigned char **record, ht_error *e) {
    *record = NULL;
    if (!s->n_runs) {
        if (s->next < s->n) *record = s->records + s->next++ * s->size;
        return HT_OK;
    }
    ht_status status = s->moved && s->n_heap ? move_top(s, e) : HT_OK;
    if (status != HT_OK || !s->n_heap) return status;
    const run *top = &s->runs[s->heap[0]];
    *record = top->buffer + top->next;
    s->moved = true;
    return HT_OK;
}

size_t records_runs(const record_sorter *s) {
    return s->n_runs;
}

void records_close(record_sorter *s) {
    if (!s) return;
    for (size_t i = 0; i < s->n_runs; i++) free(s->runs[i].buffer);
    if (s->fd >= 0) close(s->fd);
    free(s->runs);
    free(s->heap);
    free_records(s);
    free(s->path);
    free(s);
}
