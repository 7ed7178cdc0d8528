#include "normalize/bulk.h"

#include "base/utf8.h"
#include "normalize/charset_tables.h"

#include <string.h>

enum { ROOM = BULK_CHECKPOINT + 64 }; /* a run stops at the first character behind a checkpoint */

/* One run: from a checkpoint to the next, or to what only unit_next can read. */
typedef struct {
    const unsigned char *p, *end;
    char *out, *out_end;
} run;

/* ASCII without NUL, eight bytes at a time. */
static void run_ascii(run *r) {
    uint64_t word;
    while (r->p + 8 <= r->end && r->out < r->out_end) {
        memcpy(&word, r->p, 8);
        if ((word | (word - 0x0101010101010101u)) & 0x8080808080808080u) break;
        memcpy(r->out, &word, 8);
        r->p += 8;
        r->out += 8;
    }
    while (r->p < r->end && r->out < r->out_end && *r->p < 0x80 && *r->p) *r->out++ = (char)*r->p++;
}

/* A character of three bytes in UTF-8: nearly all that Chinese charsets write in two. */
static inline bool is_three(uint32_t c) {
    return c - 0x800 < 0xF800;
}

static inline void put_three(run *r, uint32_t c) {
    r->out[0] = (char)(0xE0 | c >> 12);
    r->out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    r->out[2] = (char)(0x80 | (c & 0x3F));
    r->out += 3;
}

/* Without a branch that the second byte decides: it is as good as random. */
static inline uint32_t pair_char(charset which, const uint32_t *t, uint32_t a, uint32_t b) {
    if (which == CHARSET_GB18030)
        return ((b >= 0x40) & (b != 0x7F) & (b != 0xFF)) ? t[TABLE_GB2 + gb_pair(a, b)] : 0;
    if (which == CHARSET_BIG5_HKSCS)
        return ((b >= 0x40) & (b != 0xFF) & (b - 0x7F > 0x21)) ? t[TABLE_BIG5 + big5_pair(a, b)]
                                                               : 0;
    return a > 0xA0 && b > 0xA0 && b < 0xFF ? t[TABLE_EUC_TW + euc_tw_place(0, a, b)] : 0;
}

static inline void run_pairs(charset which, run *r) {
    const uint32_t *t = unit_tables();
    for (;;) {
        while (r->end - r->p >= 2 && r->out < r->out_end && r->p[0] > 0x80 && r->p[0] < 0xFF) {
            uint32_t c = pair_char(which, t, r->p[0], r->p[1]);
            if (!is_three(c)) return;
            put_three(r, c);
            r->p += 2;
        }
        const unsigned char *before = r->p;
        run_ascii(r);
        if (r->p == before) return;
    }
}

static inline void run_wide(unsigned high, run *r) {
    while (r->end - r->p >= 2 && r->out < r->out_end) {
        uint32_t c = (uint32_t)r->p[high] << 8 | r->p[1 - high];
        if (c >= 0xD800 && c < 0xE000) return;
        if (c >= 0x800)
            put_three(r, c);
        else if (c && c < 0x80)
            *r->out++ = (char)c;
        else
            return;
        r->p += 2;
    }
}

/* `valid` is the end of the well-formed UTF-8 that r->p lies in. */
static void run_utf8(run *r, const unsigned char *valid) {
    size_t n = (size_t)(valid - r->p), room = (size_t)(r->out_end - r->out);
    if (n > room) {
        size_t most = n;
        n = room;
        while (n < most && (r->p[n] & 0xC0) == 0x80) n++; /* the whole of the last character */
    }
    const unsigned char *nul = memchr(r->p, 0, n);
    if (nul) n = (size_t)(nul - r->p);
    memcpy(r->out, r->p, n);
    r->p += n;
    r->out += n;
}

static size_t put_unit(char *out, unit u) {
    size_t n = 0;
    for (size_t i = 0; i < u.n_chars; i++) n += ht_utf8_put(out + n, u.c[i]);
    return n;
}

bool bulk_decode(charset which, ht_str bytes, size_t from, size_t most, ht_buf *out,
                 checkpoints *marks, malformed *bad) {
    const unsigned char *start = (const unsigned char *)bytes.p, *valid = start;
    run r = {.p = start + from, .end = start + bytes.n};
    size_t next_mark = 0;
    uint8_t shift = 0;
    *bad = (malformed){0, 0};
    while (r.p < r.end) {
        if (out->n >= next_mark) {
            if (out->n > most) return false;
            *HT_PUSH(out->arena, marks->points, marks->n, marks->cap) =
                (checkpoint){(uint32_t)out->n, (uint32_t)(r.p - start), shift};
            next_mark = out->n + BULK_CHECKPOINT;
        }
        char *text = r.out = ht_buf_space(out, ROOM);
        r.out_end = text + (next_mark - out->n);
        switch (which) {
        case CHARSET_GB18030: run_pairs(CHARSET_GB18030, &r); break;
        case CHARSET_BIG5_HKSCS: run_pairs(CHARSET_BIG5_HKSCS, &r); break;
        case CHARSET_EUC_TW: run_pairs(CHARSET_EUC_TW, &r); break;
        case CHARSET_UTF_16LE: run_wide(1, &r); break;
        case CHARSET_UTF_16BE: run_wide(0, &r); break;
        case CHARSET_WINDOWS_1252: run_ascii(&r); break;
        case CHARSET_UTF_8:
            if (valid <= r.p)
                valid = r.p + ht_utf8_valid_until(ht_sub(bytes, (size_t)(r.p - start), bytes.n));
            run_utf8(&r, valid);
            break;
        default: break; /* every byte of the others depends on the state */
        }
        if (r.p < r.end && r.out < r.out_end) {
            unit u = unit_next(which, r.p, (size_t)(r.end - r.p), &shift);
            if (u.bad && !bad->n++) bad->first = (size_t)(r.p - start);
            r.p += u.n_bytes;
            r.out += put_unit(r.out, u);
        }
        out->n += (size_t)(r.out - text);
    }
    return out->n <= most;
}
