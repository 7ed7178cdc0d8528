/* Bytes -> UTF-8, and from any place in it back to the bytes.
 *
 * The way back is a checkpoint every few hundred bytes of output; between two checkpoints the same
 * step that decoded is taken again, so the answer is exact for every charset and costs nothing
 * until asked.
 */
#include "base/utf8.h"
#include "normalize/charset.h"
#include "normalize/normalize.h"

#include <string.h>

enum {
    MAX_DECODED = 16 << 20,  /* bytes of UTF-8 */
    CHECKPOINT_EVERY = 256, /* bytes of UTF-8; a figure asks for several places */
    MAX_UNIT_OUT = 8,        /* bytes of UTF-8 that a unit can give */
};

typedef struct {
    uint32_t text, byte;
    uint8_t shift;
} checkpoint;

typedef struct {
    charset which;
    bool plain;  /* the text is the bytes behind `skip` */
    size_t skip; /* the byte order mark */
    checkpoint *points;
    size_t n, cap;
} way_back;

static size_t unit_put(char *out, unit u) {
    size_t n = 0;
    for (size_t i = 0; i < u.n_chars; i++) n += ht_utf8_put(out + n, u.c[i]);
    return n;
}

static size_t unit_text_bytes(unit u) {
    size_t n = 0;
    for (size_t i = 0; i < u.n_chars; i++)
        n += u.c[i] < 0x80 ? 1 : u.c[i] < 0x800 ? 2 : u.c[i] < 0x10000 ? 3 : 4;
    return n;
}

/* False when the text grows over the limit. */
static bool decode_all(ht_arena *a, ht_decoded *d, way_back *w) {
    const unsigned char *p = (const unsigned char *)d->bytes.p;
    size_t n = d->bytes.n, next_point = 0;
    bool ascii =
        w->which != CHARSET_UTF_16LE && w->which != CHARSET_UTF_16BE && w->which != CHARSET_HZ;
    uint8_t shift = 0;
    ht_buf out;
    ht_buf_init(&out, a);
    ht_buf_space(&out, n + n / 2 + MAX_UNIT_OUT);
    for (size_t i = w->skip; i < n;) {
        if (out.n >= next_point) {
            *HT_PUSH(a, w->points, w->n, w->cap) =
                (checkpoint){(uint32_t)out.n, (uint32_t)i, shift};
            next_point = out.n + CHECKPOINT_EVERY;
            if (out.n > MAX_DECODED) return false;
        }
        if (ascii && p[i] < 0x80 && p[i]) {
            size_t from = i, most = CHECKPOINT_EVERY;
            uint64_t word;
            while (i + 8 <= n && i - from < most) {
                memcpy(&word, p + i, 8);
                if ((word | (word - 0x0101010101010101u)) & 0x8080808080808080u) break;
                i += 8;
            }
            while (i < n && i - from < most && p[i] < 0x80 && p[i]) i++;
            memcpy(ht_buf_space(&out, i - from), p + from, i - from);
            out.n += i - from;
            continue;
        }
        unit u = unit_next(w->which, p + i, n - i, &shift);
        i += u.n_bytes;
        d->n_malformed += u.bad;
        out.n += unit_put(ht_buf_space(&out, MAX_UNIT_OUT), u);
    }
    d->text = ht_buf_str(&out);
    return out.n <= MAX_DECODED;
}

bool ht_decode(ht_arena *a, ht_str bytes, ht_str declared, ht_str forced, ht_decoded *out,
               ht_trouble *trouble) {
    *out = (ht_decoded){.bytes = bytes};
    size_t n_mark = 0;
    charset mark = charset_of_mark(bytes, &n_mark);
    if (bytes.n <= n_mark) {
        ht_trouble_set(trouble, "normalize", "empty", "there are no bytes");
        return false;
    }
    if (bytes.n > MAX_DECODED + n_mark) {
        ht_trouble_set(trouble, "normalize", "too-large", "%zu bytes, %d are allowed", bytes.n,
                       MAX_DECODED);
        return false;
    }
    charset_choice choice;
    if (ht_str_trim(forced).n) {
        choice = (charset_choice){charset_of_label(forced), "option", 0};
        if (choice.which == CHARSET_NONE) {
            ht_trouble_set(trouble, "normalize", "bad-encoding", "no decoder for %.60s",
                           ht_str_cstr(a, forced));
            return false;
        }
        if (choice.which == mark) choice.skip = n_mark;
    } else {
        choice = charset_detect(bytes, charset_of_label(declared));
    }
    if (charset_binary(ht_sub(bytes, choice.skip, bytes.n), choice.which)) {
        ht_trouble_set(trouble, "normalize", "not-text", "the bytes are no text in any charset");
        return false;
    }
    out->charset = charset_name(choice.which);
    out->basis = choice.basis;
    way_back *w = HT_NEW(a, way_back);
    w->which = choice.which;
    w->skip = choice.skip;
    out->marks = w;
    ht_str behind = ht_sub(bytes, choice.skip, bytes.n);
    if (choice.which == CHARSET_UTF_8 && ht_utf8_valid_until(behind) == behind.n &&
        !memchr(behind.p, 0, behind.n)) {
        w->plain = true;
        out->text = behind;
        return true;
    }
    if (!decode_all(a, out, w)) {
        ht_trouble_set(trouble, "normalize", "too-large", "more than %d bytes of text",
                       MAX_DECODED);
        return false;
    }
    return true;
}

/* The bytes of the unit that holds text byte `at`; behind the end: an empty span at the end. */
static ht_span unit_at(const ht_decoded *d, const way_back *w, size_t at) {
    if (at >= d->text.n) return (ht_span){d->bytes.n, d->bytes.n};
    size_t low = 0, high = w->n;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (w->points[mid].text <= at)
            low = mid;
        else
            high = mid;
    }
    size_t text = w->points[low].text, byte = w->points[low].byte;
    uint8_t shift = w->points[low].shift;
    for (;;) {
        unit u = unit_next(w->which, (const unsigned char *)d->bytes.p + byte, d->bytes.n - byte,
                           &shift);
        size_t n = unit_text_bytes(u);
        if (at < text + n) return (ht_span){byte, byte + u.n_bytes};
        text += n;
        byte += u.n_bytes;
    }
}

ht_span ht_decoded_source(const ht_decoded *d, size_t start, size_t end) {
    const way_back *w = d->marks;
    if (start > d->text.n) start = d->text.n;
    if (end > d->text.n) end = d->text.n;
    if (end < start) end = start;
    if (w->plain) return (ht_span){start + w->skip, end + w->skip};
    ht_span s = unit_at(d, w, start);
    s.end = end > start ? unit_at(d, w, end - 1).end : s.start;
    return s;
}
