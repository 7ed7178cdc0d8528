#include "stats/zip_check.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

enum {
    END_RECORD = 22,    /* bytes of the end of the directory, which has no comment */
    ENTRY = 46,         /* of an entry of the directory, without its name */
    LOCAL = 30,         /* of a part's own header, without its name */
    CHUNK = 1 << 15,
    EDGE = 512,         /* of a part's beginning and end that are looked at */
    MAX_NAME = 64       /* of an element */
};

typedef struct {
    FILE *file;
    unsigned char in[CHUNK], out[CHUNK];
    /* of the part that is being read */
    char head[EDGE], tail[EDGE];
    size_t n_head, n_tail;
    uint64_t n_bytes;
    uLong sum;
} reader;

static uint32_t little(const unsigned char *p, int n) {
    uint32_t value = 0;
    for (int i = n - 1; i >= 0; i--) value = value << 8 | p[i];
    return value;
}

static bool read_at(reader *r, long at, unsigned char *bytes, size_t n) {
    return fseek(r->file, at, SEEK_SET) == 0 && fread(bytes, 1, n, r->file) == n;
}

static void take(reader *r, const unsigned char *bytes, size_t n) {
    r->sum = crc32(r->sum, bytes, (uInt)n);
    r->n_bytes += n;
    size_t head = EDGE - r->n_head < n ? EDGE - r->n_head : n;
    memcpy(r->head + r->n_head, bytes, head);
    r->n_head += head;
    size_t more = n < EDGE ? n : EDGE, old = r->n_tail + more > EDGE ? EDGE - more : r->n_tail;
    memmove(r->tail, r->tail + r->n_tail - old, old);
    memcpy(r->tail + old, bytes + n - more, more);
    r->n_tail = old + more;
}

static bool inflate_part(reader *r, uint32_t n_packed) {
    z_stream z = {0};
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) return false;
    int code = Z_OK;
    while (code == Z_OK && n_packed) {
        size_t n = n_packed < CHUNK ? n_packed : CHUNK;
        if (fread(r->in, 1, n, r->file) != n) break;
        n_packed -= (uint32_t)n;
        z.next_in = r->in;
        z.avail_in = (uInt)n;
        do {
            z.next_out = r->out;
            z.avail_out = CHUNK;
            code = inflate(&z, Z_NO_FLUSH);
            if (code == Z_OK || code == Z_STREAM_END) take(r, r->out, CHUNK - z.avail_out);
        } while (code == Z_OK && z.avail_out == 0);
        if (code == Z_BUF_ERROR) code = Z_OK; /* it wants more */
    }
    inflateEnd(&z);
    return code == Z_STREAM_END && n_packed == 0;
}

/* <worksheet …> … </worksheet>, or an element without content. */
static bool ends_as_it_begins(const reader *r) {
    char name[MAX_NAME + 4] = "</";
    size_t at = 0, n = 2, end = r->n_tail;
    while (at + 1 < r->n_head && (r->head[at] != '<' || r->head[at + 1] == '?')) at++;
    for (at++; at < r->n_head && n < MAX_NAME && !strchr(" >/\r\n", r->head[at]);)
        name[n++] = r->head[at++];
    name[n++] = '>';
    while (end && strchr("\r\n ", r->tail[end - 1])) end--;
    if (end >= n && memcmp(r->tail + end - n, name, n) == 0) return true;
    return r->n_bytes < EDGE && end >= 2 && memcmp(r->tail + end - 2, "/>", 2) == 0;
}

static bool part_is_whole(reader *r, const unsigned char *entry) {
    unsigned char local[LOCAL];
    long at = (long)little(entry + 42, 4);
    r->n_head = r->n_tail = 0;
    r->n_bytes = 0;
    r->sum = crc32(0, NULL, 0);
    return little(entry + 10, 2) == Z_DEFLATED && read_at(r, at, local, LOCAL) &&
           fseek(r->file, at + LOCAL + (long)little(local + 26, 2) + (long)little(local + 28, 2),
                 SEEK_SET) == 0 &&
           inflate_part(r, little(entry + 20, 4)) && r->n_bytes == little(entry + 24, 4) &&
           r->sum == little(entry + 16, 4) && ends_as_it_begins(r);
}

static bool all_are_whole(reader *r) {
    unsigned char end[END_RECORD], entry[ENTRY];
    if (fseek(r->file, -END_RECORD, SEEK_END) != 0 || fread(end, 1, END_RECORD, r->file) != END_RECORD ||
        memcmp(end, "PK\5\6", 4) != 0)
        return false;
    long at = (long)little(end + 16, 4);
    uint32_t n = little(end + 10, 2);
    for (uint32_t i = 0; i < n; i++) {
        if (!read_at(r, at, entry, ENTRY) || memcmp(entry, "PK\1\2", 4) != 0 ||
            !part_is_whole(r, entry))
            return false;
        at += ENTRY + (long)little(entry + 28, 2) + (long)little(entry + 30, 2) +
              (long)little(entry + 32, 2);
    }
    return n > 0;
}

ht_status zip_check(const char *path, const char *shown, ht_error *e) {
    reader r = {.file = fopen(path, "rbe")};
    if (!r.file) return ht_fail(e, HT_IO, "cannot read %s: %s", shown, strerror(errno));
    bool whole = all_are_whole(&r);
    fclose(r.file);
    return whole ? HT_OK
                 : ht_fail(e, HT_IO, "cannot write %s: a part was cut off; is the disk full?", shown);
}
