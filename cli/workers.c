#include "cli/workers.h"

#include "cli/interrupt.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS_A_WORKER = 8, WORKERS_AHEAD_BYTES = 8 << 20, MAX_JOBS = 1024 };

typedef enum { SLOT_FREE, SLOT_READ, SLOT_DONE } slot_state;

typedef struct {
    ht_arena arena;
    ht_record record;
    void *result;
    slot_state state;
} slot;

typedef struct {
    const cli_work *work;
    ht_corpus *corpus;
    slot *slots;
    size_t n_slots;
    uint64_t n_read, n_taken; /* records read into the ring, taken by workers */
    size_t n_bytes;           /* of the records in the ring */
    bool end, stop;           /* no more records; give up */
    ht_status status;         /* of the reader */
    ht_error error;
    pthread_mutex_t lock;
    pthread_cond_t slot_free, slot_read, slot_done;
} ring;

static bool has_room(const ring *r) {
    const slot *s = &r->slots[r->n_read % r->n_slots];
    size_t limit = (size_t)r->work->n_workers * WORKERS_AHEAD_BYTES;
    return s->state == SLOT_FREE && r->n_bytes <= limit;
}

static void *reader_main(void *arg) {
    ring *r = arg;
    bool more = true;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (!r->stop && !has_room(r)) pthread_cond_wait(&r->slot_free, &r->lock);
        if (r->stop || cli_interrupted()) break;
        slot *s = &r->slots[r->n_read % r->n_slots];
        pthread_mutex_unlock(&r->lock);
        ht_status status = ht_corpus_next(r->corpus, &s->arena, &s->record, &more, &r->error);
        pthread_mutex_lock(&r->lock);
        r->status = status;
        if (status != HT_OK || !more) break;
        s->state = SLOT_READ;
        r->n_bytes += s->record.bytes.n;
        r->n_read++;
        pthread_cond_signal(&r->slot_read);
    }
    r->end = true;
    pthread_cond_broadcast(&r->slot_read);
    pthread_cond_broadcast(&r->slot_done);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

static void *worker_main(void *arg) {
    ring *r = arg;
    ht_arena scratch;
    ht_arena_init(&scratch, r->work->document_bytes);
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (!r->stop && !r->end && r->n_taken == r->n_read)
            pthread_cond_wait(&r->slot_read, &r->lock);
        if (r->stop || r->n_taken == r->n_read) break;
        slot *s = &r->slots[r->n_taken++ % r->n_slots];
        pthread_mutex_unlock(&r->lock);
        s->result = r->work->work(r->work->context, &scratch, &s->arena, &s->record);
        ht_arena_reset(&scratch);
        pthread_mutex_lock(&r->lock);
        s->state = SLOT_DONE;
        pthread_cond_signal(&r->slot_done);
    }
    pthread_mutex_unlock(&r->lock);
    ht_arena_free(&scratch);
    return NULL;
}

/* Takes the results in order until the last one, or the first error of emit. */
static ht_status emit_all(ring *r, ht_error *e) {
    ht_status status = HT_OK;
    pthread_mutex_lock(&r->lock);
    for (uint64_t k = 0; status == HT_OK; k++) {
        slot *s = &r->slots[k % r->n_slots];
        while (s->state != SLOT_DONE && !(r->end && k == r->n_read))
            pthread_cond_wait(&r->slot_done, &r->lock);
        if (s->state != SLOT_DONE) break;
        pthread_mutex_unlock(&r->lock);
        status = r->work->emit(r->work->context, s->result, &s->record, e);
        size_t n_bytes = s->record.bytes.n;
        ht_arena_reset(&s->arena);
        pthread_mutex_lock(&r->lock);
        s->state = SLOT_FREE;
        r->n_bytes -= n_bytes;
        pthread_cond_signal(&r->slot_free);
    }
    r->stop = true;
    pthread_cond_broadcast(&r->slot_free);
    pthread_cond_broadcast(&r->slot_read);
    pthread_mutex_unlock(&r->lock);
    return status;
}

/* The reader and as many workers as the system gives; the number of threads that run. */
static int start_threads(ring *r, pthread_t *threads, int n) {
    int started = 0;
    while (started < n &&
           pthread_create(&threads[started], NULL, started ? worker_main : reader_main, r) == 0)
        started++;
    return started;
}

static ht_status run_threads(ring *r, pthread_t *threads, ht_error *e) {
    int wanted = r->work->n_workers + 1, started = start_threads(r, threads, wanted);
    ht_status status = HT_OK;
    if (started >= 2) { /* fewer workers than wanted still give the same output */
        status = emit_all(r, e);
    } else {
        status = ht_fail(e, HT_IO, "cannot start threads");
        pthread_mutex_lock(&r->lock);
        r->stop = true;
        pthread_cond_broadcast(&r->slot_free);
        pthread_mutex_unlock(&r->lock);
    }
    for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
    if (status == HT_OK && r->status != HT_OK) {
        status = r->status;
        if (e) *e = r->error;
    }
    return status;
}

ht_status cli_work_run(const cli_work *work, ht_corpus *corpus, ht_error *e) {
    ring r = {.work = work, .corpus = corpus, .n_slots = (size_t)work->n_workers * SLOTS_A_WORKER};
    r.slots = calloc(r.n_slots, sizeof *r.slots);
    pthread_t *threads = calloc((size_t)work->n_workers + 1, sizeof *threads);
    ht_status status = HT_IO;
    if (r.slots && threads) {
        for (size_t i = 0; i < r.n_slots; i++) ht_arena_init(&r.slots[i].arena, 0);
        pthread_mutex_init(&r.lock, NULL);
        pthread_cond_init(&r.slot_free, NULL);
        pthread_cond_init(&r.slot_read, NULL);
        pthread_cond_init(&r.slot_done, NULL);
        status = run_threads(&r, threads, e);
        for (size_t i = 0; i < r.n_slots; i++) ht_arena_free(&r.slots[i].arena);
        pthread_cond_destroy(&r.slot_done);
        pthread_cond_destroy(&r.slot_read);
        pthread_cond_destroy(&r.slot_free);
        pthread_mutex_destroy(&r.lock);
    } else {
        ht_fail(e, HT_IO, "out of memory");
    }
    free(threads);
    free(r.slots);
    return status;
}

int cli_jobs(long wanted) {
    cpu_set_t set;
    if (wanted <= 0) wanted = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return wanted > MAX_JOBS ? MAX_JOBS : (int)wanted;
}
