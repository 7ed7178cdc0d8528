/* Makes calls of the system fail, for tests/fault/run.sh. Loaded with LD_PRELOAD.
 *
 *   HT_FAULT      memory | write | sync | rename | thread    which calls
 *   HT_FAULT_AT   the number of the first call that fails, from 1; memory fails once (what follows
 * may use what is left), the others from then on (a full disk stays full) HT_FAULT_LOG  a file that
 * gets the number of calls at the end: below HT_FAULT_AT, none failed Standard error never fails:
 * what went wrong has to be said somewhere.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef enum { NONE, MEMORY, WRITE, SYNC, RENAME, THREAD } fault_kind;

static fault_kind kind;
static long at;
static atomic_long own_calls, *calls = &own_calls; /* shared with processes that are started */

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

__attribute__((constructor)) static void fault_start(void) {
    static const char *const names[] = {"none", "memory", "write", "sync", "rename", "thread"};
    const char *name = getenv("HT_FAULT"), *number = getenv("HT_FAULT_AT");
    at = number ? atol(number) : 0;
    void *shared = mmap(NULL, sizeof *calls, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared != MAP_FAILED) calls = shared;
    for (int i = 0; name && i <= THREAD; i++)
        if (strcmp(name, names[i]) == 0) kind = (fault_kind)i;
}

__attribute__((destructor)) static void fault_end(void) {
    char text[32];
    long n = *calls;
    const char *path = getenv("HT_FAULT_LOG");
    kind = NONE;
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    int length = snprintf(text, sizeof text, "%ld\n", n);
    if (fd >= 0 && write(fd, text, (size_t)length) != length) _exit(99);
}

static int fails(fault_kind call, int error) {
    if (call != kind) return 0;
    long n = atomic_fetch_add(calls, 1) + 1;
    if (kind == MEMORY ? n != at : n < at) return 0;
    errno = error;
    return 1;
}

void *malloc(size_t n) {
    return fails(MEMORY, ENOMEM) ? NULL : __libc_malloc(n);
}
void *calloc(size_t n, size_t size) {
    return fails(MEMORY, ENOMEM) ? NULL : __libc_calloc(n, size);
}
void *realloc(void *p, size_t n) {
    return fails(MEMORY, ENOMEM) ? NULL : __libc_realloc(p, n);
}

/* The next definition of the function that is being replaced. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

size_t fwrite(const void *p, size_t size, size_t n, FILE *f) {
    return f != stderr && fails(WRITE, ENOSPC) ? 0 : NEXT(fwrite)(p, size, n, f);
}
int fflush(FILE *f) {
    return f && f != stderr && fails(WRITE, ENOSPC) ? EOF : NEXT(fflush)(f);
}
ssize_t write(int fd, const void *p, size_t n) {
    return fd != STDERR_FILENO && fails(WRITE, ENOSPC) ? -1 : NEXT(write)(fd, p, n);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t offset) {
    return fails(WRITE, ENOSPC) ? -1 : NEXT(pwrite64)(fd, p, n, offset);
}
ssize_t pwrite(int fd, const void *p, size_t n, off_t offset) {
    return fails(WRITE, ENOSPC) ? -1 : NEXT(pwrite)(fd, p, n, offset);
}
int fsync(int fd) {
    return fails(SYNC, EIO) ? -1 : NEXT(fsync)(fd);
}
int fdatasync(int fd) {
    return fails(SYNC, EIO) ? -1 : NEXT(fdatasync)(fd);
}
int rename(const char *from, const char *to) {
    return fails(RENAME, EIO) ? -1 : NEXT(rename)(from, to);
}
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *arg) {
    return fails(THREAD, EAGAIN) ? EAGAIN : NEXT(pthread_create)(thread, attributes, start, arg);
}
