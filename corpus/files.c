#include "corpus/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 64 * 1024 };

static void io_trouble(ht_record *record, const char *what, int error) {
    ht_trouble_set(&record->trouble, "corpus", "unreadable", "%s: %s", what,
                   strerrordesc_np(error));
}

static bool starts(ht_str bytes, const char *magic, size_t n) {
    return bytes.n >= n && memcmp(bytes.p, magic, n) == 0;
}

/* Read as text these would give nonsense, or one article made of many. */
static const char *container_name(ht_str bytes) {
    static const struct {
        const char *magic;
        size_t n;
        const char *name;
    } kinds[] = {
        {"\x1F\x8B\x08", 3, "gzip"},
        {"PK\x03\x04", 4, "zip"},
        {"7z\xBC\xAF\x27\x1C", 6, "7z"},
        {"\xFD"
         "7zXZ",
         5, "xz"},
        {"\x28\xB5\x2F\xFD", 4, "zstd"},
        {"BZh", 3, "bzip2"},
        {"Rar!\x1A\x07", 6, "rar"},
        {"WARC/1.", 7, "WARC"},
        {"%PDF-", 5, "PDF"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (starts(bytes, kinds[i].magic, kinds[i].n)) return kinds[i].name;
    return NULL;
}

void descriptor_read(int fd, size_t n_expected, const corpus_state *state, ht_arena *a,
                     ht_record *record) {
    /* One byte more than expected, so that the end of the file is seen without another buffer. */
    size_t cap = n_expected ? n_expected + 1 : FIRST_READ, n = 0;
    if (cap > state->max_bytes + 1) cap = state->max_bytes + 1;
    char *bytes = ht_arena_alloc(a, cap);
    for (;;) {
        if (n == cap) {
            if (n > state->max_bytes) break;
            size_t more = cap * 2 > state->max_bytes ? state->max_bytes + 1 : cap * 2;
            bytes = ht_arena_grow(a, bytes, cap, more);
            cap = more;
        }
        ssize_t got = read(fd, bytes + n, cap - n);
        if (got == 0) break;
        if (got < 0) {
            if (errno == EINTR) continue;
            io_trouble(record, "cannot read", errno);
            return;
        }
        n += (size_t)got;
    }
    ht_str all = {bytes, n};
    const char *container = container_name(all);
    if (container)
        ht_trouble_set(&record->trouble, "corpus", "container", "a %s file: unpack it first",
                       container);
    else if (n > state->max_bytes)
        ht_trouble_set(&record->trouble, "corpus", "too-large", "more than %zu bytes",
                       state->max_bytes);
    else if (n == 0)
        ht_trouble_set(&record->trouble, "corpus", "empty", "no bytes");
    else
        record->bytes = all;
}

void file_read(int at, const char *path, const corpus_state *state, ht_arena *a,
               ht_record *record) {
    /* Not blocking: opening a pipe without a writer would wait for ever. */
    int fd = openat(at, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        if (errno == ENXIO)
            ht_trouble_set(&record->trouble, "corpus", "not-a-file", "not a regular file");
        else
            io_trouble(record, "cannot open", errno);
        return;
    }
    struct stat st;
    if (fstat(fd, &st) != 0)
        io_trouble(record, "cannot read", errno);
    else if (S_ISDIR(st.st_mode))
        ht_trouble_set(&record->trouble, "corpus", "directory-link",
                       "a link to a directory is not followed: give it as an INPUT");
    else if (!S_ISREG(st.st_mode))
        ht_trouble_set(&record->trouble, "corpus", "not-a-file", "not a regular file");
    else
        descriptor_read(fd, (uint64_t)st.st_size < SIZE_MAX - 1 ? (size_t)st.st_size : 0, state, a,
                        record);
    close(fd);
}

typedef struct {
    source base;
    const char *path; /* borrows; NULL once read */
} file_source;

static ht_status file_next(source *s, corpus_state *state, ht_arena *a, ht_record *record,
                           bool *more, ht_error *e) {
    (void)e;
    file_source *f = (file_source *)s;
    *more = f->path != NULL;
    if (!*more) return HT_OK;
    const char *slash = strrchr(f->path, '/');
    record->source_path = path_escape(a, ht_str_of(slash ? slash + 1 : f->path));
    file_read(AT_FDCWD, f->path, state, a, record);
    f->path = NULL;
    return HT_OK;
}

static void file_close(source *s) {
    free(s);
}

source *source_file(const char *path) {
    file_source *f = malloc(sizeof *f);
    if (!f) return NULL;
    *f = (file_source){{file_next, file_close}, path};
    return &f->base;
}
