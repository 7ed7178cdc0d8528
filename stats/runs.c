#include "stats/runs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OUT_BYTES = 1 << 20, LENGTH = 4, MIN_BUFFER = 1 << 12, MAX_BUFFER = 1 << 20 };

void runs_init(sorter_runs *r, const char *folder, size_t memory) {
    *r = (sorter_runs){.folder = folder, .file = -1, .memory = memory};
}

static void readers_free(sorter_runs *r) {
    for (size_t i = 0; i < r->n_readers; i++) free(r->readers[i].buffer);
    free(r->readers);
    free(r->heap);
    r->readers = NULL;
    r->heap = NULL;
    r->n_readers = r->n_heap = 0;
}

void runs_free(sorter_runs *r) {
    readers_free(r);
    free(r->out);
    free(r->spans);
    if (r->file >= 0) close(r->file);
    runs_init(r, r->folder, r->memory);
}

static ht_status failed(const sorter_runs *r, int error, ht_error *e) {
    return ht_fail(e, HT_IO, "cannot sort in %s: %s", r->folder, strerrordesc_np(error));
}

/* A file that is gone as soon as it is closed, whatever ends the program. */
static ht_status file_open(sorter_runs *r, ht_error *e) {
    static const char name[] = "/hantally.sort.XXXXXX";
    size_t n = strlen(r->folder);
    char *path = malloc(n + sizeof name);
    if (!path) return failed(r, ENOMEM, e);
    memcpy(path, r->folder, n);
    memcpy(path + n, name, sizeof name);
    r->file = mkostemp(path, O_CLOEXEC);
    int error = errno;
    if (r->file >= 0) unlink(path);
    free(path);
    return r->file >= 0 ? HT_OK : failed(r, error, e);
}

static ht_status out_flush(sorter_runs *r, ht_error *e) {
    uint64_t at = r->end - r->n_out;
    for (size_t done = 0; done < r->n_out;) {
        ssize_t n = pwrite(r->file, r->out + done, r->n_out - done, (off_t)(at + done));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return failed(r, n ? errno : EIO, e);
        done += (size_t)n;
    }
    r->n_out = 0;
    return HT_OK;
}

ht_status runs_begin(sorter_runs *r, ht_error *e) {
    ht_status status = r->file < 0 ? file_open(r, e) : HT_OK;
    if (status != HT_OK) return status;
    if (!r->out) r->out = malloc(OUT_BYTES);
    if (r->n == r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 64;
        runs_span *spans = realloc(r->spans, cap * sizeof *spans);
        if (!spans) return failed(r, ENOMEM, e);
        r->spans = spans;
        r->cap = cap;
    }
    if (!r->out) return failed(r, ENOMEM, e);
    r->spans[r->n] = (runs_span){r->end, r->end};
    return HT_OK;
}

static ht_status out_add(sorter_runs *r, const char *p, size_t n, ht_error *e) {
    while (n) {
        if (r->n_out == OUT_BYTES) {
            ht_status status = out_flush(r, e);
            if (status != HT_OK) return status;
        }
        size_t some = OUT_BYTES - r->n_out < n ? OUT_BYTES - r->n_out : n;
        memcpy(r->out + r->n_out, p, some);
        r->n_out += some;
        r->end += some;
        p += some;
        n -= some;
    }
    return HT_OK;
}

ht_status runs_add(sorter_runs *r, ht_str record, ht_error *e) {
    uint32_t length = (uint32_t)record.n;
    char bytes[LENGTH];
    memcpy(bytes, &length, LENGTH);
    ht_status status = out_add(r, bytes, LENGTH, e);
    return status == HT_OK ? out_add(r, record.p, record.n, e) : status;
}

ht_status runs_end(sorter_runs *r, ht_error *e) {
    r->spans[r->n++].to = r->end;
    return out_flush(r, e);
}

/* Has the buffer n bytes from `at` on? Reads what is missing; fewer than n only at the run's end.
 */
static ht_status buffer_fill(sorter_runs *r, runs_reader *x, size_t n, ht_error *e) {
    if (x->n - x->at >= n || x->rest.from == x->rest.to) return HT_OK;
    if (x->at) memmove(x->buffer, x->buffer + x->at, x->n - x->at);
    x->n -= x->at;
    x->at = 0;
    if (n > x->cap) {
        char *buffer = realloc(x->buffer, n);
        if (!buffer) return failed(r, ENOMEM, e);
        x->buffer = buffer;
        x->cap = n;
    }
    while (x->n < x->cap && x->rest.from < x->rest.to) {
        uint64_t left = x->rest.to - x->rest.from;
        size_t wanted = x->cap - x->n < left ? x->cap - x->n : (size_t)left;
        ssize_t got = pread(r->file, x->buffer + x->n, wanted, (off_t)x->rest.from);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return failed(r, got ? errno : EIO, e);
        x->n += (size_t)got;
        x->rest.from += (uint64_t)got;
    }
    return HT_OK;
}

/* The reader's next record; *more false when the run is used up. */
static ht_status reader_step(sorter_runs *r, runs_reader *x, bool *more, ht_error *e) {
    ht_status status = buffer_fill(r, x, LENGTH, e);
    *more = status == HT_OK && x->n - x->at >= LENGTH;
    if (!*more) return status;
    uint32_t length;
    memcpy(&length, x->buffer + x->at, LENGTH);
    status = buffer_fill(r, x, LENGTH + (size_t)length, e);
    if (status != HT_OK) return status;
    x->record = (ht_str){x->buffer + x->at + LENGTH, length};
    x->at += LENGTH + (size_t)length;
    return HT_OK;
}

static void sift(runs_reader **heap, size_t n, size_t at) {
    for (;;) {
        size_t least = at, child = 2 * at + 1;
        for (size_t k = child; k < child + 2 && k < n; k++)
            if (ht_str_cmp(heap[k]->record, heap[least]->record) < 0) least = k;
        if (least == at) return;
        runs_reader *x = heap[at];
        heap[at] = heap[least];
        heap[least] = x;
        at = least;
    }
}

static ht_status readers_open(sorter_runs *r, size_t n, ht_error *e) {
    readers_free(r);
    r->readers = calloc(n, sizeof *r->readers);
    r->heap = calloc(n, sizeof *r->heap);
    if (!r->readers || !r->heap) return failed(r, ENOMEM, e);
    size_t cap = r->memory / n;
    if (cap < MIN_BUFFER) cap = MIN_BUFFER;
    if (cap > MAX_BUFFER) cap = MAX_BUFFER;
    for (size_t i = 0; i < n; i++) {
        runs_reader *x = &r->readers[r->n_readers++];
        *x = (runs_reader){.rest = r->spans[i], .buffer = malloc(cap), .cap = cap};
        if (!x->buffer) return failed(r, ENOMEM, e);
        bool more;
        ht_status status = reader_step(r, x, &more, e);
        if (status != HT_OK) return status;
        if (more) r->heap[r->n_heap++] = x;
    }
    for (size_t i = r->n_heap; i-- > 0;) sift(r->heap, r->n_heap, i);
    r->started = false;
    return HT_OK;
}

ht_status runs_next(sorter_runs *r, ht_str *record, bool *more, ht_error *e) {
    if (r->started && r->n_heap) {
        bool again;
        ht_status status = reader_step(r, r->heap[0], &again, e);
        if (status != HT_OK) return status;
        if (!again) r->heap[0] = r->heap[--r->n_heap];
        sift(r->heap, r->n_heap, 0);
    }
    r->started = true;
    *more = r->n_heap > 0;
    if (*more) *record = r->heap[0]->record;
    return HT_OK;
}

/* The first n runs become one at the end. */
static ht_status merge_first(sorter_runs *r, size_t n, ht_error *e) {
    ht_status status = readers_open(r, n, e);
    if (status == HT_OK) status = runs_begin(r, e);
    for (bool more = true; status == HT_OK;) {
        ht_str record;
        status = runs_next(r, &record, &more, e);
        if (status != HT_OK || !more) break;
        status = runs_add(r, record, e);
    }
    if (status == HT_OK) status = runs_end(r, e);
    if (status != HT_OK) return status;
    memmove(r->spans, r->spans + n, (r->n - n) * sizeof *r->spans);
    r->n -= n;
    return HT_OK;
}

ht_status runs_rewind(sorter_runs *r, ht_error *e) {
    ht_status status = HT_OK;
    while (status == HT_OK && r->n > RUNS_MAX) status = merge_first(r, RUNS_MAX, e);
    return status == HT_OK ? readers_open(r, r->n, e) : status;
}
