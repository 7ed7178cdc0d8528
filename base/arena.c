#include "base/arena.h"

#include "base/error.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under AddressSanitizer what lies between two allocations, and what a reset gave back, is forbidden
 * ground: else an overrun inside a chunk is nothing that it could see. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#endif
#ifdef WATCHED
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#else
enum { GAP = 0 };
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { CHUNK = 64 * 1024, KEEP = 1024 * 1024, ALIGN = 16 };

struct ht_arena_chunk {
    struct ht_arena_chunk *next;
    size_t n;
    _Alignas(ALIGN) char bytes[];
};

struct ht_arena_deferred {
    struct ht_arena_deferred *next;
    void (*call)(void *);
    void *arg;
};

static _Noreturn void exhausted(ht_arena *a) {
    if (a->guard) longjmp(*a->guard, 1);
    fputs("hantally: out of memory\n", stderr);
    exit(HT_IO);
}

void ht_arena_init(ht_arena *a, size_t limit) {
    *a = (ht_arena){.limit = limit ? limit : SIZE_MAX};
}

static void use_chunk(ht_arena *a, struct ht_arena_chunk *c) {
    a->chunk = c;
    a->at = c->bytes;
    a->end = c->bytes + c->n;
    ASAN_POISON_MEMORY_REGION(c->bytes, c->n);
}

void ht_arena_reset(ht_arena *a) {
    for (struct ht_arena_deferred *d = a->deferred; d; d = d->next) d->call(d->arg);
    a->deferred = NULL;
    struct ht_arena_chunk *keep = NULL;
    for (struct ht_arena_chunk *c = a->chunk, *next; c; c = next) {
        next = c->next;
        if (c->n <= KEEP && (!keep || c->n > keep->n)) {
            if (keep) {
                a->n_bytes -= keep->n;
                free(keep);
            }
            keep = c;
        } else {
            a->n_bytes -= c->n;
            free(c);
        }
    }
    a->chunk = NULL;
    a->at = a->end = NULL;
    if (keep) {
        keep->next = NULL;
        use_chunk(a, keep);
    }
}

void ht_arena_free(ht_arena *a) {
    ht_arena_reset(a);
    free(a->chunk);
    a->chunk = NULL;
    a->at = a->end = NULL;
    a->n_bytes = 0;
}

static void add_chunk(ht_arena *a, size_t n) {
    size_t size = a->chunk ? a->chunk->n * 2 : CHUNK;
    if (size > KEEP) size = KEEP;
    if (size < n) size = n;
    if (size > SIZE_MAX - sizeof(struct ht_arena_chunk) - ALIGN || size > a->limit - a->n_bytes)
        exhausted(a);
    struct ht_arena_chunk *c = malloc(sizeof *c + size);
    if (!c) exhausted(a);
    c->n = size;
    c->next = a->chunk;
    a->n_bytes += size;
    use_chunk(a, c);
}

void *ht_arena_alloc(ht_arena *a, size_t n) {
    if (n > SIZE_MAX - ALIGN - GAP) exhausted(a);
    size_t taken = ((n + ALIGN - 1) & ~(size_t)(ALIGN - 1)) + GAP;
    if (!a->at || taken > (size_t)(a->end - a->at)) add_chunk(a, taken);
    void *p = a->at;
    a->at += taken;
    ASAN_UNPOISON_MEMORY_REGION(p, n);
    return memset(p, 0, n);
}

void *ht_arena_array(ht_arena *a, size_t n, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(n, size, &total)) exhausted(a);
    return ht_arena_alloc(a, total);
}

void *ht_arena_grow(ht_arena *a, void *old, size_t n_old, size_t n_new) {
    if (n_new <= n_old && old) return old;
    size_t padded = (n_old + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (old && (char *)old + padded == a->at && n_new - n_old <= (size_t)(a->end - a->at)) {
        size_t more = ((n_new + ALIGN - 1) & ~(size_t)(ALIGN - 1)) - padded;
        if (more <= (size_t)(a->end - a->at)) {
            memset((char *)old + n_old, 0, padded - n_old + more);
            a->at += more;
            return old;
        }
    }
    void *p = ht_arena_alloc(a, n_new);
    if (n_old) memcpy(p, old, n_old);
    return p;
}

void ht_arena_push_grow(ht_arena *a, void **items, size_t *cap, size_t n, size_t size) {
    size_t more = n ? n * 2 : 8, n_new;
    if (__builtin_mul_overflow(more, size, &n_new)) exhausted(a);
    *items = ht_arena_grow(a, *items, n * size, n_new);
    *cap = more;
}

static void free_scratch(void *a) {
    ht_arena_free(((ht_arena *)a)->scratch);
    ((ht_arena *)a)->scratch = NULL;
}

ht_arena *ht_arena_scratch(ht_arena *a) {
    if (!a->scratch) {
        ht_arena *scratch = HT_NEW(a, ht_arena);
        ht_arena_defer(a, free_scratch, a);
        ht_arena_init(scratch, a->limit);
        a->scratch = scratch;
    }
    a->scratch->guard = a->guard;
    return a->scratch;
}

void ht_arena_defer(ht_arena *a, void (*call)(void *), void *arg) {
    struct ht_arena_deferred *d = HT_NEW(a, struct ht_arena_deferred);
    d->call = call;
    d->arg = arg;
    d->next = a->deferred;
    a->deferred = d;
}

void ht_arena_guard(ht_arena *a, jmp_buf *here) {
    a->guard = here;
}
