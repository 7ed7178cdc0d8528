#include "stats/mention.h"

#include <string.h>

/* In a key NUL is written as NUL FF, and NUL NUL ends a column: it sorts before all that can go on.
 */
static const char column_end[2] = {0, 0};

static void put_key(ht_buf *b, ht_str s) {
    for (;;) {
        const char *nul = s.n ? memchr(s.p, 0, s.n) : NULL;
        size_t n = nul ? (size_t)(nul - s.p) : s.n;
        ht_buf_add(b, ht_sub(s, 0, n));
        if (!nul) break;
        ht_buf_add(b, HT_S("\0\xFF"));
        s = ht_sub(s, n + 1, s.n);
    }
    ht_buf_add(b, (ht_str){column_end, sizeof column_end});
}

/* Position of the column's end in the record, from `at` on. */
static size_t key_end(ht_str record, size_t at, bool *has_nul) {
    *has_nul = false;
    while (at < record.n) {
        const char *nul = memchr(record.p + at, 0, record.n - at);
        if (!nul) return record.n;
        at = (size_t)(nul - record.p);
        if (at + 1 >= record.n || record.p[at + 1] == 0) return at;
        *has_nul = true;
        at += 2;
    }
    return record.n;
}

static ht_str without_escapes(ht_arena *a, ht_str s) {
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < s.n; i++) {
        ht_buf_byte(&b, s.p[i]);
        if (s.p[i] == 0) i++;
    }
    return ht_buf_str(&b);
}

void record_put(ht_buf *b, ht_str column) {
    size_t n = column.n;
    do {
        ht_buf_byte(b, (char)((n & 0x7F) | (n > 0x7F ? 0x80 : 0)));
        n >>= 7;
    } while (n);
    ht_buf_add(b, column);
}

ht_str record_take(ht_str *rest) {
    size_t n = 0, i = 0;
    for (unsigned shift = 0; i < rest->n && shift < 63; shift += 7) {
        unsigned char c = (unsigned char)rest->p[i++];
        n |= (size_t)(c & 0x7F) << shift;
        if (c < 0x80) break;
    }
    if (n > rest->n - i) n = rest->n - i;
    ht_str column = ht_sub(*rest, i, i + n);
    *rest = ht_sub(*rest, i + n, rest->n);
    return column;
}

void record_pack(ht_buf *b, const ht_str *columns, size_t n_key, size_t n) {
    for (size_t i = 0; i < n_key; i++) put_key(b, columns[i]);
    for (size_t i = n_key; i < n; i++) record_put(b, columns[i]);
}

void record_unpack(ht_arena *a, ht_str record, ht_str *columns, size_t n_key, size_t n) {
    size_t at = 0;
    for (size_t i = 0; i < n_key; i++) {
        bool has_nul;
        size_t end = key_end(record, at, &has_nul);
        columns[i] = ht_sub(record, at, end);
        if (has_nul) columns[i] = without_escapes(a, columns[i]);
        at = end + sizeof column_end < record.n ? end + sizeof column_end : record.n;
    }
    ht_str rest = ht_sub(record, at, record.n);
    for (size_t i = n_key; i < n; i++) columns[i] = record_take(&rest);
}

size_t record_key_bytes(ht_str record, size_t n_key) {
    size_t at = 0;
    for (size_t i = 0; i < n_key; i++) {
        bool has_nul;
        at = key_end(record, at, &has_nul) + sizeof column_end;
        if (at > record.n) return record.n;
    }
    return at;
}
