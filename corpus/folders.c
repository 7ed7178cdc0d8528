/* A directory as a source.
 *
 * Its names are taken in sorted batches, the next BATCH names behind the last one each time the
 * directory is listed, so that memory stays the same for any number of files. A folder sorts as its
 * name with a `/`, which makes the order of the walk the memcmp order of the whole paths. */
#include "corpus/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BATCH = 16 * 1024 };

/* Sorted names with their bytes in an arena of their own. */
typedef struct {
    ht_arena arena, spare; /* spare: where the names that stay are copied when the batch is cut */
    ht_str *names;
    size_t n, cap;
    bool cut; /* names behind the batch exist: another listing has to follow */
} batch;

typedef struct {
    DIR *dir;
    batch names; /* a folder's ends with '/' */
    size_t at;
    size_t n_path; /* length of the walk's path up to this folder, with its '/' */
} level;

typedef struct {
    source base;
    level levels[HT_CORPUS_MAX_DEPTH + 1];
    size_t n_levels;
    char *path; /* relative, of the innermost folder, with its '/' */
    size_t n_path, cap_path;
} folder_source;

static int by_name(const void *a, const void *b) {
    return ht_str_cmp(*(const ht_str *)a, *(const ht_str *)b);
}

static bool is_folder(DIR *dir, const struct dirent *d) {
    if (d->d_type != DT_UNKNOWN) return d->d_type == DT_DIR;
    struct stat st;
    return fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

static bool is_dots(const char *name) {
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Sorts, and keeps no more than the BATCH smallest names, in fresh memory. */
static void batch_cut(batch *b) {
    if (b->n) qsort(b->names, b->n, sizeof *b->names, by_name);
    if (b->n <= BATCH) return;
    ht_str *kept = HT_ARRAY(&b->spare, ht_str, 2 * BATCH);
    for (size_t i = 0; i < BATCH; i++) kept[i] = ht_str_copy(&b->spare, b->names[i]);
    ht_arena_reset(&b->arena);
    ht_arena filled = b->spare;
    b->spare = b->arena;
    b->arena = filled;
    b->names = kept;
    b->n = BATCH;
    b->cap = 2 * BATCH;
    b->cut = true;
}

/* The next names, all behind the last one of the batch before. 0 or an errno. */
static int level_fill(level *l) {
    char last_bytes[NAME_MAX + 2];
    ht_str last = {last_bytes, 0};
    batch *b = &l->names;
    if (b->n) {
        last.n = b->names[b->n - 1].n;
        memcpy(last_bytes, b->names[b->n - 1].p, last.n);
    }
    ht_arena_reset(&b->arena);
    b->names = NULL;
    b->n = b->cap = 0;
    b->cut = false;
    l->at = 0;
    rewinddir(l->dir);
    struct dirent *d;
    while (errno = 0, (d = readdir(l->dir)) != NULL) {
        if (is_dots(d->d_name)) continue;
        char key[NAME_MAX + 2];
        ht_str name = {key, strlen(d->d_name)};
        memcpy(key, d->d_name, name.n);
        if (is_folder(l->dir, d)) key[name.n++] = '/';
        if (last.n && ht_str_cmp(name, last) <= 0) continue;
        if (b->cut && ht_str_cmp(name, b->names[BATCH - 1]) > 0) continue;
        if (b->n == 2 * BATCH) batch_cut(b);
        *HT_PUSH(&b->arena, b->names, b->n, b->cap) = ht_str_copy(&b->arena, name);
    }
    if (errno) return errno;
    batch_cut(b);
    return 0;
}

static void level_close(level *l) {
    closedir(l->dir);
    ht_arena_free(&l->names.arena);
    ht_arena_free(&l->names.spare);
}

/* Enters the folder `name` of `at`. 0 or an errno; ELOOP for one level too many. */
static int level_open(folder_source *f, int at, const char *name, int flags) {
    if (f->n_levels == sizeof f->levels / sizeof *f->levels) return ELOOP;
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
    if (fd < 0) return errno;
    level *l = &f->levels[f->n_levels];
    *l = (level){.dir = fdopendir(fd), .n_path = f->n_path};
    if (!l->dir) {
        int error = errno;
        close(fd);
        return error;
    }
    ht_arena_init(&l->names.arena, 0);
    ht_arena_init(&l->names.spare, 0);
    int error = level_fill(l);
    if (error)
        level_close(l);
    else
        f->n_levels++;
    return error;
}

static bool path_add(folder_source *f, ht_str name) {
    if (f->n_path + name.n > f->cap_path) {
        size_t cap = f->cap_path * 2 + name.n;
        char *path = realloc(f->path, cap);
        if (!path) return false;
        f->path = path;
        f->cap_path = cap;
    }
    memcpy(f->path + f->n_path, name.p, name.n);
    f->n_path += name.n;
    return true;
}

/* A record that says why a folder was not read, wholly or from here on. */
static void folder_trouble(folder_source *f, ht_arena *a, ht_record *record, int error) {
    record->source_path = path_escape(a, (ht_str){f->path, f->n_path});
    if (error == ELOOP)
        ht_trouble_set(&record->trouble, "corpus", "too-deep", "more than %d folders deep",
                       HT_CORPUS_MAX_DEPTH);
    else
        ht_trouble_set(&record->trouble, "corpus", "unreadable", "cannot list the folder: %s",
                       strerrordesc_np(error));
}

static ht_status folder_next(source *s, corpus_state *state, ht_arena *a, ht_record *record,
                             bool *more, ht_error *e) {
    folder_source *f = (folder_source *)s;
    *more = true;
    while (f->n_levels) {
        level *l = &f->levels[f->n_levels - 1];
        f->n_path = l->n_path;
        if (l->at == l->names.n) {
            int error = l->names.cut ? level_fill(l) : 0;
            if (!error && l->at < l->names.n) continue;
            level_close(l);
            f->n_levels--;
            if (!error) continue;
            folder_trouble(f, a, record, error);
            return HT_OK;
        }
        ht_str name = l->names.names[l->at++];
        if (!path_add(f, name)) return ht_fail(e, HT_IO, "out of memory");
        if (name.p[name.n - 1] == '/') {
            int error = level_open(f, dirfd(l->dir), ht_str_cstr(a, ht_sub(name, 0, name.n - 1)),
                                   O_NOFOLLOW);
            if (!error) continue;
            folder_trouble(f, a, record, error);
            return HT_OK;
        }
        record->source_path = path_escape(a, (ht_str){f->path, f->n_path});
        file_read(dirfd(l->dir), ht_str_cstr(a, name), state, a, record);
        return HT_OK;
    }
    *more = false;
    return HT_OK;
}

static void folder_close(source *s) {
    folder_source *f = (folder_source *)s;
    while (f->n_levels) level_close(&f->levels[--f->n_levels]);
    free(f->path);
    free(f);
}

source *source_directory(const char *path, ht_error *e) {
    folder_source *f = calloc(1, sizeof *f);
    if (!f) {
        ht_fail(e, HT_IO, "out of memory");
        return NULL;
    }
    f->base = (source){folder_next, folder_close};
    int error = level_open(f, AT_FDCWD, path, 0);
    if (error) {
        ht_fail(e, HT_IO, "cannot read %s: %s", path, strerrordesc_np(error));
        free(f);
        return NULL;
    }
    return &f->base;
}

static uint64_t measure_below(int at, const char *name, int flags, int depth) {
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir) {
        if (fd >= 0) close(fd);
        return 0;
    }
    uint64_t sum = 0;
    for (struct dirent *d; (d = readdir(dir)) != NULL;) {
        struct stat st;
        if (is_dots(d->d_name)) continue;
        if (is_folder(dir, d)) {
            if (depth < HT_CORPUS_MAX_DEPTH)
                sum += measure_below(dirfd(dir), d->d_name, O_NOFOLLOW, depth + 1);
        } else if (fstatat(dirfd(dir), d->d_name, &st, 0) == 0 && S_ISREG(st.st_mode)) {
            sum += (uint64_t)st.st_size;
        }
    }
    closedir(dir);
    return sum;
}

uint64_t directory_measure(const char *path) {
    return measure_below(AT_FDCWD, path, 0, 0);
}
