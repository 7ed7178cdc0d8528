/* An arena: memory that is given back all at once.
 *
 * A document lives in one arena, which its worker resets when the document is done. Allocation
 * never returns NULL: when memory or the arena's limit is used up, the arena jumps to the place
 * that the caller set with ht_arena_guard (the document is rejected, the run goes on); with no
 * guard set, the program ends with a message and status HT_IO. What lives outside the arena but
 * belongs to it (a parser, a match block) is given to ht_arena_defer and freed at the reset.
 *
 * Cost: a pointer bump; chunks of 64 KiB or more. A reset keeps up to 1 MiB for the next document.
 */
#ifndef HT_BASE_ARENA_H
#define HT_BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

typedef struct ht_arena ht_arena;
struct ht_arena_chunk;
struct ht_arena_deferred;

struct ht_arena {
    struct ht_arena_chunk *chunk;       /* newest first */
    struct ht_arena_deferred *deferred; /* newest first */
    char *at, *end;
    size_t n_bytes; /* in all chunks */
    size_t limit;   /* of n_bytes */
    jmp_buf *guard; /* borrows; NULL: out of memory ends the program */
    ht_arena *scratch;
};

/* limit 0: none. */
void ht_arena_init(ht_arena *a, size_t limit);
/* Runs the deferred calls (newest first), forgets every allocation, keeps some memory. */
void ht_arena_reset(ht_arena *a);
/* ht_arena_reset, and gives all memory back. */
void ht_arena_free(ht_arena *a);

/* Zeroed memory, aligned for any type. n may be 0. */
void *ht_arena_alloc(ht_arena *a, size_t n) __attribute__((returns_nonnull, malloc));
/* n * size bytes, zeroed; an overflow is out of memory. */
void *ht_arena_array(ht_arena *a, size_t n, size_t size) __attribute__((returns_nonnull, malloc));
/* Like realloc: the old bytes are copied, the new ones zeroed; grows in place where possible. */
void *ht_arena_grow(ht_arena *a, void *old, size_t n_old, size_t n_new)
    __attribute__((returns_nonnull));
/* The arena beside it for what one function needs and then resets: what else stays in `a` until the
 * document is done does not pile up with it. It has the limit of `a`, jumps where `a` would, and is
 * freed with its reset. Nobody who holds something there calls a function that takes it too. */
ht_arena *ht_arena_scratch(ht_arena *a) __attribute__((returns_nonnull));
void ht_arena_defer(ht_arena *a, void (*call)(void *), void *arg);
/* if (setjmp(here)) { out of memory } else ht_arena_guard(a, &here). NULL takes the guard away. */
void ht_arena_guard(ht_arena *a, jmp_buf *here);

#define HT_NEW(arena, type) ((type *)ht_arena_alloc((arena), sizeof(type)))
#define HT_ARRAY(arena, type, n) ((type *)ht_arena_array((arena), (n), sizeof(type)))

/* Appends a zeroed element to an arena array {type *items; size_t n, cap;} and gives its address. */
#define HT_PUSH(arena, items, n, cap)                                                              \
    ((void)((n) == (cap) ? ht_arena_push_grow((arena), (void **)&(items), &(cap), (n),             \
                                              sizeof *(items))                                     \
                         : (void)0),                                                               \
     &(items)[(n)++])
void ht_arena_push_grow(ht_arena *a, void **items, size_t *cap, size_t n, size_t size);

#endif
