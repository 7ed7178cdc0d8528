/* Bytes -> UTF-8, and from any place in it back to the bytes: from the checkpoint before the place,
 * or from the one found last, the step that decoded is taken again, so the answer is exact for
 * every charset and costs nothing until asked. */
#include "base/utf8.h"
#include "normalize/bulk.h"
#include "normalize/charset.h"
#include "normalize/normalize.h"

#include <string.h>

enum { MAX_DECODED = 16 << 20 }; /* bytes of UTF-8 */

typedef struct {
    charset which;
    bool plain;  /* the text is the bytes behind `skip` */
    size_t skip; /* the byte order mark */
    checkpoints marks;
} way_back;

/* Which charset, by option or by content; false where that is no charset. A mark is dropped where
 * it is the charset's own. */
static bool choose(ht_str bytes, ht_str declared, ht_str forced, bool begins,
                   charset_choice *choice, ht_trouble *trouble) {
    if (!ht_str_trim(forced).n) {
        *choice = charset_detect(bytes, charset_of_label(declared), begins);
        if (choice->which != CHARSET_NONE) return true;
        ht_trouble_set(trouble, "normalize", "unknown-encoding",
                       "too little text to tell its encoding; --encoding says it");
        return false;
    }
    size_t n_mark = 0;
    *choice = (charset_choice){charset_of_label(forced), "option", 0};
    if (begins && choice->which == charset_of_mark(bytes, &n_mark)) choice->skip = n_mark;
    if (choice->which != CHARSET_NONE) return true;
    ht_trouble_set(trouble, "normalize", "bad-encoding", "no decoder for %.*s",
                   forced.n < 60 ? (int)forced.n : 60, forced.p);
    return false;
}

static bool decode(ht_arena *a, ht_str bytes, ht_str declared, ht_str forced, bool begins,
                   ht_decoded *out, ht_trouble *trouble) {
    *out = (ht_decoded){.bytes = bytes};
    size_t n_mark = 0;
    if (begins) charset_of_mark(bytes, &n_mark);
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
    if (!choose(bytes, declared, forced, begins, &choice, trouble)) return false;
    ht_str behind = ht_sub(bytes, choice.skip, bytes.n);
    if (charset_binary(behind, choice.which, begins)) {
        ht_trouble_set(trouble, "normalize", "not-text", "the bytes are no text in any charset");
        return false;
    }
    out->charset = charset_name(choice.which);
    out->basis = choice.basis;
    way_back *w = HT_NEW(a, way_back);
    w->which = choice.which;
    w->skip = choice.skip;
    out->marks = w;
    if (choice.which == CHARSET_UTF_8 && ht_utf8_valid_until(behind) == behind.n &&
        !memchr(behind.p, 0, behind.n)) {
        w->plain = true;
        out->text = behind;
        return true;
    }
    ht_buf text;
    ht_buf_init(&text, a);
    ht_buf_space(&text, behind.n + behind.n / 2);
    malformed bad;
    bool fits = bulk_decode(w->which, bytes, w->skip, MAX_DECODED, &text, &w->marks, &bad);
    out->n_malformed = bad.n;
    out->first_malformed = bad.first;
    out->text = ht_buf_str(&text);
    if (!fits) {
        ht_trouble_set(trouble, "normalize", "too-large", "more than %d bytes of text",
                       MAX_DECODED);
        return false;
    }
    return true;
}

bool ht_decode(ht_arena *a, ht_str bytes, ht_str declared, ht_str forced, ht_decoded *out,
               ht_trouble *trouble) {
    return decode(a, bytes, declared, forced, true, out, trouble);
}

bool ht_decode_part(ht_arena *a, ht_str bytes, ht_str known, ht_decoded *out, ht_trouble *trouble) {
    return decode(a, bytes, HT_S(""), known, false, out, trouble);
}

const char *ht_charset_find(ht_str bytes, bool begins, bool *sure) {
    charset which = charset_detect(bytes, CHARSET_NONE, begins).which;
    *sure = which != CHARSET_NONE && which != CHARSET_UTF_8;
    for (size_t i = 0; which == CHARSET_UTF_8 && i < bytes.n && !*sure; i++)
        *sure = (unsigned char)bytes.p[i] >= 0x80;
    return charset_name(which);
}

static size_t unit_text_bytes(unit u) {
    size_t n = 0;
    for (size_t i = 0; i < u.n_chars; i++)
        n += u.c[i] < 0x80 ? 1 : u.c[i] < 0x800 ? 2 : u.c[i] < 0x10000 ? 3 : 4;
    return n;
}

/* Begins at the last checkpoint before text byte `at`. */
static void place_at_checkpoint(const way_back *w, size_t at, ht_decoded_place *p) {
    const checkpoint *points = w->marks.points;
    size_t low = 0, high = w->marks.n;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (points[mid].text <= at)
            low = mid;
        else
            high = mid;
    }
    *p = (ht_decoded_place){points[low].text, points[low].byte, points[low].shift, true};
}

/* The bytes of the unit that holds text byte `at`, which is *p from now on; behind the end: an
 * empty span at the end. */
static ht_span unit_at(const ht_decoded *d, const way_back *w, size_t at, ht_decoded_place *p) {
    if (at >= d->text.n) return (ht_span){d->bytes.n, d->bytes.n};
    if (!p->known || at < p->text || at - p->text > BULK_CHECKPOINT) place_at_checkpoint(w, at, p);
    for (;;) {
        uint8_t shift = p->shift;
        unit u = unit_next(w->which, (const unsigned char *)d->bytes.p + p->byte,
                           d->bytes.n - p->byte, &shift);
        size_t n = unit_text_bytes(u);
        if (at < p->text + n) return (ht_span){p->byte, p->byte + u.n_bytes};
        *p = (ht_decoded_place){p->text + n, p->byte + u.n_bytes, shift, true};
    }
}

ht_span ht_decoded_source_from(const ht_decoded *d, ht_decoded_place *p, size_t start, size_t end) {
    const way_back *w = d->marks;
    if (start > d->text.n) start = d->text.n;
    if (end > d->text.n) end = d->text.n;
    if (end < start) end = start;
    if (w->plain) return (ht_span){start + w->skip, end + w->skip};
    ht_span s = unit_at(d, w, start, p);
    s.end = end > start ? unit_at(d, w, end - 1, p).end : s.start;
    return s;
}

ht_span ht_decoded_source(const ht_decoded *d, size_t start, size_t end) {
    ht_decoded_place p = {0};
    return ht_decoded_source_from(d, &p, start, end);
}
