#include "cli/normalize_pieces.h"

#include "normalize/normalize.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

ht_status pieces_init(pieces *p, ht_error *e) {
    *p = (pieces){.bytes = malloc(PIECE_BYTES), .cap = PIECE_BYTES};
    return p->bytes ? HT_OK : ht_fail(e, HT_IO, "out of memory");
}

void pieces_free(pieces *p) {
    free(p->bytes);
}

void pieces_begin(pieces *p, const char *name, int fd, ht_str encoding) {
    *p = (pieces){.name = name,
                  .fd = fd,
                  .charset = ht_charset_of_label(encoding),
                  .bytes = p->bytes,
                  .cap = p->cap};
}

/* Reads until there are n bytes or no more. */
static ht_status fill(pieces *p, size_t n, ht_error *e) {
    if (n > p->cap) {
        char *bytes = realloc(p->bytes, n);
        if (!bytes) return ht_fail(e, HT_IO, "out of memory");
        p->bytes = bytes;
        p->cap = n;
    }
    while (p->n < n && !p->ended) {
        ssize_t got = read(p->fd, p->bytes + p->n, n - p->n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            return ht_fail(e, HT_IO, "cannot read %s: %s", p->name, strerrordesc_np(errno));
        p->ended = got == 0;
        p->n += (size_t)got;
    }
    return HT_OK;
}

/* How a charset writes a line feed. */
typedef struct {
    size_t n_bytes, at; /* of the character; which of them is 0A, where the others are NUL */
} feed_form;

static feed_form form_of(const char *charset) {
    if (charset && !strcmp(charset, "UTF-16LE")) return (feed_form){2, 0};
    if (charset && !strcmp(charset, "UTF-16BE")) return (feed_form){2, 1};
    return (feed_form){1, 0};
}

/* Behind the last character c in s, but of the first `most`; 0: there is none. */
static size_t behind_last(ht_str s, char c, feed_form form, size_t most) {
    size_t last = 0;
    for (size_t from = 0; most && from < s.n;) {
        const char *found = memchr(s.p + from, c, s.n - from);
        if (!found) break;
        size_t at = (size_t)(found - s.p), start = at - form.at, end = start + form.n_bytes;
        from = at + 1;
        if (at % form.n_bytes != form.at || end > s.n) continue;
        if (form.n_bytes == 2 && s.p[start + 1 - form.at]) continue;
        last = end;
        most--;
    }
    return last;
}

/* Where the piece ends; 0: no line does. A CR ends lines only where no line feed does, and at the
 * end of s it may be half of CR LF. */
static size_t cut(ht_str s, feed_form form) {
    size_t most = s.n > PIECE_BYTES ? 1 : PIECE_LINES, n = behind_last(s, '\n', form, most);
    if (n || s.n < form.n_bytes) return n;
    return behind_last(ht_sub(s, 0, s.n - form.n_bytes), '\r', form, most);
}

/* The charset by which the piece is cut and read; settles that of the file where it is sure. */
static const char *charset_of(pieces *p) {
    if (p->charset) return p->charset;
    bool sure;
    size_t whole =
        p->ended ? 0 : behind_last((ht_str){p->bytes, p->n}, '\n', form_of(NULL), SIZE_MAX);
    const char *found =
        ht_charset_find((ht_str){p->bytes, whole ? whole : p->n}, !p->n_before, &sure);
    if (sure) p->charset = found;
    return found;
}

ht_status pieces_next(pieces *p, piece *next, ht_error *e) {
    if (p->done) memmove(p->bytes, p->bytes + p->done, p->n - p->done);
    p->n -= p->done;
    p->n_before += p->done;
    p->done = 0;
    for (size_t n = PIECE_BYTES; !p->done; n *= 2) {
        bool longest = n > PIECE_MAX_LINE; /* is there a byte more, the line is too long */
        ht_status status = fill(p, longest ? PIECE_MAX_LINE + 1 : n, e);
        if (status != HT_OK) return status;
        if (!p->n) break;
        next->charset = charset_of(p);
        if (!longest)
            p->done = cut((ht_str){p->bytes, p->n < n ? p->n : n}, form_of(next->charset));
        if (!p->done && p->ended && p->n <= PIECE_MAX_LINE) p->done = p->n;
        if (!p->done && longest)
            return ht_fail(e, HT_IO, "%s: a line of more than %d bytes", p->name, PIECE_MAX_LINE);
    }
    next->bytes = (ht_str){p->bytes, p->done};
    next->first_byte = p->n_before;
    return HT_OK;
}
