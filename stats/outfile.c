#include "stats/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 1 << 16 };

char *outfile_path(const char *folder, const char *name) {
    char *path;
    if (asprintf(&path, "%s/%s", folder, name) < 0) {
        fputs("hantally: out of memory\n", stderr);
        exit(HT_IO);
    }
    return path;
}

static ht_status failed(const char *what, const char *path, int error, ht_error *e) {
    return ht_fail(e, HT_IO, "cannot %s %s: %s", what, path, strerror(error));
}

ht_status outfile_open(ht_outfile *f, const char *folder, const char *name, ht_error *e) {
    *f = (ht_outfile){.path = outfile_path(folder, name)};
    if (asprintf(&f->temporary, "%s.tmp", f->path) < 0) f->temporary = NULL;
    f->stream = f->temporary ? fopen(f->temporary, "we") : NULL;
    if (!f->stream || setvbuf(f->stream, NULL, _IOFBF, BUFFER) != 0) {
        ht_status status = failed("write", f->path, errno, e);
        outfile_abandon(f);
        return status;
    }
    return HT_OK;
}

/* What is no regular file cannot be replaced by one: it is written as it stands. */
static ht_status open_through(ht_outfile *f, const char *path, ht_error *e) {
    *f = (ht_outfile){.path = strdup(path), .stream = fopen(path, "we")};
    if (f->path && f->stream) return HT_OK;
    ht_status status = failed("write", path, errno, e);
    outfile_abandon(f);
    return status;
}

static bool is_standard_output(const struct stat *file) {
    struct stat out;
    return fstat(STDOUT_FILENO, &out) == 0 && out.st_dev == file->st_dev &&
           out.st_ino == file->st_ino;
}

ht_status outfile_open_path(ht_outfile *f, const char *path, ht_error *e) {
    struct stat st;
    bool there = stat(path, &st) == 0;
    *f = (ht_outfile){0};
    if (there && !S_ISREG(st.st_mode)) return open_through(f, path, e);
    if (there && is_standard_output(&st))
        return ht_fail(e, HT_IO, "cannot write %s: it is standard output already", path);
    char *real = there ? realpath(path, NULL) : strdup(path); /* a link stays one */
    if (!real) return failed("write", path, errno, e);
    char *slash = strrchr(real, '/'), *name = slash ? slash + 1 : real;
    char *folder = slash ? strndup(real, slash == real ? 1 : (size_t)(slash - real)) : strdup(".");
    ht_status status = folder ? outfile_open(f, folder, name, e)
                              : ht_fail(e, HT_IO, "out of memory");
    free(folder);
    free(real);
    return status;
}

bool outfile_same(const ht_outfile *a, const ht_outfile *b) {
    struct stat x, y;
    return a->temporary && b->temporary && fstat(fileno(a->stream), &x) == 0 &&
           fstat(fileno(b->stream), &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

void outfile_write(ht_outfile *f, ht_str bytes) {
    if (f->failure || bytes.n == 0) return;
    if (fwrite(bytes.p, 1, bytes.n, f->stream) != bytes.n) f->failure = errno ? errno : EIO;
}

ht_status outfile_finish(ht_outfile *f, ht_error *e) {
    if (!f->failure && fflush(f->stream) != 0) f->failure = errno;
    if (!f->failure && f->temporary && fsync(fileno(f->stream)) != 0) f->failure = errno;
    if (fclose(f->stream) != 0 && !f->failure) f->failure = errno;
    f->stream = NULL;
    return f->failure ? failed("write", f->path, f->failure, e) : HT_OK;
}

ht_status outfile_commit(ht_outfile *f, ht_error *e) {
    ht_status status = f->stream ? outfile_finish(f, e) : HT_OK;
    if (status == HT_OK && f->temporary && rename(f->temporary, f->path) != 0)
        status = failed("write", f->path, errno, e);
    if (status == HT_OK) {
        free(f->temporary);
        f->temporary = NULL;
    }
    outfile_abandon(f);
    return status;
}

void outfile_abandon(ht_outfile *f) {
    if (f->stream) fclose(f->stream);
    if (f->temporary) unlink(f->temporary);
    free(f->temporary);
    free(f->path);
    *f = (ht_outfile){0};
}

ht_status outfile_make_folder(const char *path, ht_error *e) {
    char *copy = outfile_path(path, "");
    ht_status status = HT_OK;
    for (char *at = copy + 1; status == HT_OK && *at; at++) {
        if (*at != '/') continue;
        *at = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST) status = failed("make", copy, errno, e);
        *at = '/';
    }
    struct stat st;
    if (status == HT_OK && (stat(copy, &st) != 0 || !S_ISDIR(st.st_mode)))
        status = failed("make", path, ENOTDIR, e);
    free(copy);
    return status;
}

ht_status outfile_sync_folder(const char *path, ht_error *e) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return failed("open", path, errno, e);
    /* Some file systems cannot sync a folder; there is nothing to be done about it then. */
    int bad = fsync(fd) != 0 && errno != EINVAL && errno != ENOTSUP ? errno : 0;
    close(fd);
    return bad ? failed("sync", path, bad, e) : HT_OK;
}
