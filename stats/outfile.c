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

ht_status outfile_open_path(ht_outfile *f, const char *path, ht_error *e) {
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    if (!folder) return ht_fail(e, HT_IO, "out of memory");
    ht_status status = outfile_open(f, folder, slash ? slash + 1 : path, e);
    free(folder);
    return status;
}

void outfile_write(ht_outfile *f, ht_str bytes) {
    if (f->failure || bytes.n == 0) return;
    if (fwrite(bytes.p, 1, bytes.n, f->stream) != bytes.n) f->failure = errno ? errno : EIO;
}

ht_status outfile_commit(ht_outfile *f, ht_error *e) {
    if (!f->failure && fflush(f->stream) != 0) f->failure = errno;
    if (!f->failure && fsync(fileno(f->stream)) != 0) f->failure = errno;
    if (fclose(f->stream) != 0 && !f->failure) f->failure = errno;
    f->stream = NULL;
    if (!f->failure && rename(f->temporary, f->path) != 0) f->failure = errno;
    ht_status status = f->failure ? failed("write", f->path, f->failure, e) : HT_OK;
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
