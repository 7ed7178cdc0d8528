#include "review/session.h"

#include "normalize/normalize.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { AROUND = 400, MAX_INSIDE = 4096 };

/* A path of the run's tables must not lead out of the folder. */
static bool is_below(ht_str path) {
    ht_str rest = path, part;
    if (!path.n || path.p[0] == '/' || memchr(path.p, '\0', path.n)) return false;
    while (ht_str_split(&rest, '/', &part))
        if (!part.n || ht_str_eq(part, HT_S("..")) || ht_str_eq(part, HT_S("."))) return false;
    return true;
}

static bool slice_read(int fd, ht_arena *a, uint64_t from, uint64_t to, ht_str *bytes) {
    size_t n = (size_t)(to - from), got = 0;
    char *p = ht_arena_alloc(a, n + 1);
    while (got < n) {
        ssize_t k = pread(fd, p + got, n - got, (off_t)(from + got));
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        got += (size_t)k;
    }
    *bytes = (ht_str){p, n};
    return true;
}

/* Bytes below '0' are never part of a character of several bytes in the charsets of news; a cut
 * falls behind one of them, or where it fell. */
static ht_str cut_front(ht_str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < '0') return ht_sub(s, i, s.n);
    return s;
}

static ht_str cut_back(ht_str s) {
    for (size_t i = s.n; i > 0; i--)
        if ((unsigned char)s.p[i - 1] < '0') return ht_sub(s, 0, i);
    return s;
}

static ht_str decoded(ht_arena *a, ht_str bytes, ht_str encoding) {
    ht_decoded d = {0};
    ht_trouble trouble = {0};
    if (!bytes.n || !ht_decode(a, bytes, HT_S(""), encoding, &d, &trouble)) return (ht_str){NULL, 0};
    return d.text;
}

static int source_open(const char *folder, ht_arena *a, ht_str path, struct stat *st) {
    int fd = open(ht_format(a, "%s/" HT_FMT, folder, HT_ARG(path)).p, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
        close(fd);
        return -1;
    }
    return fd;
}

void review_source_read(const char *folder, ht_arena *a, ht_str path, ht_str member, ht_str field,
                        uint64_t record_bytes, ht_str encoding, uint64_t start, uint64_t end,
                        review_bytes *out) {
    *out = (review_bytes){.start = start, .end = end};
    struct stat st;
    out->why = HT_S("no-folder");
    if (!folder) return;
    out->why = HT_S("in-container");
    if (member.n || field.n || !is_below(path)) return;
    out->why = HT_S("not-there");
    int fd = source_open(folder, a, path, &st);
    if (fd < 0) return;
    out->why = HT_S("changed");
    uint64_t size = (uint64_t)st.st_size;
    if (size == record_bytes && start <= end && end <= size) {
        uint64_t from = start > AROUND ? start - AROUND : 0;
        uint64_t to = size - end > AROUND ? end + AROUND : size;
        uint64_t stop = end - start > MAX_INSIDE ? start + MAX_INSIDE : end;
        ht_str before, inside, after;
        out->found = slice_read(fd, a, from, start, &before) &&
                     slice_read(fd, a, start, stop, &inside) && slice_read(fd, a, end, to, &after);
        if (out->found) {
            out->before = decoded(a, from ? cut_front(before) : before, encoding);
            out->inside = decoded(a, inside, encoding);
            out->after = decoded(a, to < size ? cut_back(after) : after, encoding);
            ht_buf hex;
            ht_buf_init(&hex, a);
            for (size_t i = 0; i < inside.n; i++)
                ht_buf_printf(&hex, i ? " %02X" : "%02X", (unsigned char)inside.p[i]);
            out->hex = ht_buf_str(&hex);
        }
    }
    close(fd);
}
