#include "bench/shift_damage.h"

#include "base/utf8.h"
#include "normalize/normalize.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Who a byte belongs to: a clean character by its number, a reading, or the `</p>` behind the
 * paragraph. */
static const uint32_t INSERTED = UINT32_MAX, TAG = UINT32_MAX - 1;
enum { MAX_GLOSS = 16 };

static uint32_t char_of[65536];         /* of two bytes */
static uint16_t pair_of[65536];         /* of a character of the BMP */
static char gloss_of[65536][MAX_GLOSS]; /* of two bytes */
static bool is_common[65536];           /* of two bytes */
static iconv_t to_gb, from_gb;

static void fail(const char *what, const char *name) {
    fprintf(stderr, "damage: %s: %s\n", what, name);
    exit(HT_IO);
}

/* 0 if the bytes are no character. */
static uint32_t decoded(const uint8_t *bytes, size_t n) {
    uint32_t c = 0;
    char copy[4], *in = copy, *out = (char *)&c;
    size_t n_out = sizeof c;
    memcpy(copy, bytes, n);
    iconv(from_gb, NULL, NULL, NULL, NULL);
    if (iconv(from_gb, &in, &n, &out, &n_out) == (size_t)-1 || n || n_out) return 0;
    return c;
}

static size_t encoded(uint32_t c, uint8_t bytes[4]) {
    if (c < 0x10000 && pair_of[c]) {
        bytes[0] = (uint8_t)(pair_of[c] >> 8);
        bytes[1] = (uint8_t)pair_of[c];
        return 2;
    }
    char *in = (char *)&c, *out = (char *)bytes;
    size_t n_in = sizeof c, n_out = 4;
    iconv(to_gb, NULL, NULL, NULL, NULL);
    iconv(to_gb, &in, &n_in, &out, &n_out);
    return 4 - n_out;
}

static uint32_t simplified(ht_arena *a, uint32_t c) {
    char utf8[4];
    size_t at = 0;
    ht_text t = {.text = {utf8, ht_utf8_put(utf8, c)}};
    ht_offmap_init(&t.map, a);
    ht_offmap_add(&t.map, t.text.n, 0, t.text.n);
    if (!ht_convert(a, HT_S("t2s"), &t)) fail("no conversion", "t2s");
    return ht_utf8_next(t.text, &at);
}

static void read_readings(const char *path, char (*first)[MAX_GLOSS]) {
    char line[512], *rest;
    FILE *f = fopen(path, "r");
    if (!f) fail("cannot open", path);
    while (fgets(line, sizeof line, f)) {
        unsigned long c = strtoul(line, &rest, 16);
        if (*rest != '\t' || c > 0xFFFF) continue;
        size_t n = strcspn(++rest, ",\r\n");
        if (n && n < MAX_GLOSS) memcpy(first[c], rest, n);
    }
    fclose(f);
}

/* `(wǎng)` in GB18030, from UTF-8. */
static void write_gloss(char out[MAX_GLOSS], const char *reading) {
    ht_str s = ht_str_of(reading);
    size_t n = 1;
    out[0] = '(';
    for (size_t at = 0; at < s.n;) {
        uint8_t bytes[4];
        size_t k = encoded(ht_utf8_next(s, &at), bytes);
        if (n + k + 2 > MAX_GLOSS) fail("too long", reading);
        memcpy(out + n, bytes, k);
        n += k;
    }
    out[n] = ')';
}

void shift_damage_init(const char *readings) {
    static char first[65536][MAX_GLOSS];
    to_gb = iconv_open("GB18030", "UTF-32LE");
    from_gb = iconv_open("UTF-32LE", "GB18030");
    if (to_gb == (iconv_t)-1 || from_gb == (iconv_t)-1) fail("no charset", "GB18030");
    for (uint32_t lead = 0x81; lead <= 0xFE; lead++)
        for (uint32_t trail = 0x40; trail <= 0xFE; trail++) {
            uint8_t bytes[2] = {(uint8_t)lead, (uint8_t)trail};
            uint32_t pair = lead << 8 | trail, c = trail == 0x7F ? 0 : decoded(bytes, 2);
            char_of[pair] = c;
            if (c && c < 0x10000) pair_of[c] = (uint16_t)pair;
        }
    read_readings(readings, first);
    ht_arena a;
    ht_arena_init(&a, 0);
    for (uint32_t c = 0x3400; c < 0xE000; c++) {
        uint32_t s = pair_of[c] ? simplified(&a, c) : c;
        if (s == c) continue;
        const char *reading = first[c][0] || s > 0xFFFF ? first[c] : first[s];
        if (*reading) write_gloss(gloss_of[pair_of[c]], reading);
        /* the first level of GB 2312 */
        is_common[pair_of[c]] = s < 0x10000 && pair_of[s] >= 0xB0A1 && pair_of[s] <= 0xD7F9 &&
                                (pair_of[s] & 0xFF) >= 0xA1;
    }
    ht_arena_free(&a);
}

bool damage_is_listable(uint32_t c, bool *common) {
    uint32_t pair = c < 0x10000 ? pair_of[c] : 0;
    *common = is_common[pair];
    return *gloss_of[pair];
}

uint32_t damage_folded(uint32_t c) {
    switch (c) {
    case 0xFF0C:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF1B:
    case 0xFF1A:
    case 0xFF08:
    case 0xFF09: return c - 0xFEE0;
    default: return c;
    }
}

/* Bytes on their way, and whose each is. */
typedef struct {
    uint8_t *b;
    uint32_t *owner;
    bool *hole; /* a `?` for bytes that are gone */
    size_t n;
} bytes;

static bytes bytes_new(ht_arena *a, size_t room) {
    return (bytes){ht_arena_alloc(a, room), HT_ARRAY(a, uint32_t, room), HT_ARRAY(a, bool, room),
                   0};
}

static void add(bytes *s, uint8_t b, uint32_t owner, bool hole) {
    s->b[s->n] = b;
    s->hole[s->n] = hole;
    s->owner[s->n++] = owner;
}

static bool four_bytes(const uint8_t *b, size_t n) {
    return n >= 4 && b[0] >= 0x81 && b[0] <= 0xFE && b[1] >= 0x30 && b[1] <= 0x39 && b[2] >= 0x81 &&
           b[2] <= 0xFE && b[3] >= 0x30 && b[3] <= 0x39 && decoded(b, 4);
}

/* What stands at b[0, left): a character of *n bytes, or 0 and the bytes that become one `?`. That
 * one takes both bytes is what code page 936 does; there 0x80 is the euro. */
static uint32_t unit(const uint8_t *b, size_t left, bool vanish, size_t *n) {
    *n = 1;
    if (b[0] < 0x80) return b[0];
    if (b[0] == 0x80) return vanish ? 0 : 0x20AC;
    uint32_t c = left > 1 ? char_of[b[0] << 8 | b[1]] : 0;
    if (c)
        *n = 2;
    else if (four_bytes(b, left))
        c = decoded(b, *n = 4);
    else if (left > 1 && b[0] < 0xFF && b[1] < 0x80 && !vanish)
        *n = 2;
    return c;
}

static bool is_key(const bytes *s, size_t i) {
    if (i + 1 >= s->n || s->b[i] != 0xA3) return false;
    uint8_t b = s->b[i + 1];
    return b == 0xA1 || b == 0xAC || b == 0xBF || b == 0xBB;
}

/* Step 1. The decoded text as bytes again: whole pairs are the same in both. */
static bytes cut(ht_arena *a, const bytes *s, bool vanish, damaged_text *t) {
    bytes out = bytes_new(a, s->n + 1);
    size_t end = 0, n;
    for (size_t i = 0; i < s->n; i += n) {
        while (end < i || (end < s->n && !is_key(s, end))) end++;
        if (end == i) {
            n = 2;
        } else if (!unit(s->b + i, end - i, vanish, &n)) {
            /* a key across two characters says what the byte before it may have been */
            bool told = i + n == end && end < s->n && s->owner[end] != s->owner[end + 1];
            for (size_t k = i; k < i + n; k++)
                if (s->owner[k] < t->n_clean && !(told && s->owner[k] == s->owner[end]))
                    t->lost[s->owner[k]] = true;
            if (!vanish) add(&out, '?', s->owner[i], true);
            continue;
        }
        for (size_t k = i; k < i + n; k++) add(&out, s->b[k], s->owner[k], false);
    }
    return out;
}

/* Step 2, the readings. */
static bytes glossed(ht_arena *a, const bytes *s, const bool *carriers) {
    bytes out = bytes_new(a, s->n * (1 + MAX_GLOSS / 2) + MAX_GLOSS);
    for (size_t i = 0; i < s->n; i++) {
        int pair = i + 1 < s->n ? s->b[i] << 8 | s->b[i + 1] : 0;
        const char *gloss = gloss_of[pair];
        add(&out, s->b[i], s->owner[i], s->hole[i]);
        if (!*gloss || !carriers[char_of[pair]]) continue;
        i++;
        add(&out, s->b[i], s->owner[i], s->hole[i]);
        for (; *gloss; gloss++) add(&out, (uint8_t)*gloss, INSERTED, false);
    }
    return out;
}

typedef struct {
    damaged_text *t;
    damage_style style;
    ht_arena *a;
    ht_buf out;
    uint8_t *n_bytes; /* of each clean character */
    bool open;        /* a run is open */
    size_t gloss_start;
} writer;

static void put(writer *w, uint32_t c) {
    ht_buf_char(&w->out, w->style.fold ? damage_folded(c) : c);
}

static void close_run(writer *w, size_t to) {
    if (!w->open) return;
    damage_run *r = &w->t->runs[w->t->n_runs - 1];
    r->damaged.end = w->out.n;
    r->to = to;
    w->open = false;
}

static void open_run(writer *w, size_t from, bool by_gloss) {
    if (w->open) return;
    damage_kind kind =
        w->style.vanish ? (by_gloss ? DAMAGE_C_GLOSS : DAMAGE_C) : (by_gloss ? DAMAGE_B : DAMAGE_A);
    *HT_PUSH(w->a, w->t->runs, w->t->n_runs, w->t->cap_runs) =
        (damage_run){.damaged = {w->out.n, 0}, .from = from, .kind = kind};
    w->open = true;
}

/* A character of a reading, `(` to `)`. */
static void put_inserted(writer *w, uint32_t c) {
    if (c == '(') w->gloss_start = w->out.n;
    put(w, c);
    if (c != ')') return;
    if (w->open)
        w->t->n_run_glosses++;
    else
        *HT_PUSH(w->a, w->t->glosses, w->t->n_glosses, w->t->cap_glosses) =
            (ht_span){w->gloss_start, w->out.n};
}

/* Step 2, the decoding, and step 3. */
static void write_out(writer *w, const bytes *s) {
    size_t n;
    for (size_t i = 0; i < s->n; i += n) {
        uint32_t c = unit(s->b + i, s->n - i, w->style.vanish, &n), owner = s->owner[i];
        bool same = c && !s->hole[i];
        for (size_t k = i; k < i + n; k++) same &= s->owner[k] == owner;
        if (!c) {
            bool told = i + 1 < s->n && s->owner[i + 1] == INSERTED;
            open_run(w, owner, told);
            for (size_t k = i; k < i + n && !told; k++)
                if (s->owner[k] < w->t->n_clean) w->t->lost[s->owner[k]] = true;
            if (!w->style.vanish) put(w, '?');
        } else if (same && owner == INSERTED) {
            put_inserted(w, c);
        } else if (same && owner == TAG) {
            /* where its `<` was taken, the rest of the tag is text */
            if (c == '<') break;
            put(w, c);
        } else {
            if (same && w->n_bytes[owner] == n) {
                close_run(w, owner);
                w->t->at[owner] = w->out.n;
            } else {
                open_run(w, owner, false);
            }
            put(w, c);
        }
    }
    close_run(w, w->t->n_clean);
}

void shift_damage(ht_arena *a, ht_str clean, damage_style style, damaged_text *out) {
    *out = (damaged_text){.fold = style.fold};
    out->clean = ht_utf8_decode(a, clean, &out->n_clean);
    out->lost = HT_ARRAY(a, bool, out->n_clean);
    out->at = HT_ARRAY(a, size_t, out->n_clean);
    writer w = {.t = out, .style = style, .a = a};
    ht_buf_init(&w.out, a);
    w.n_bytes = ht_arena_alloc(a, out->n_clean);
    bytes s = bytes_new(a, 4 * out->n_clean + 4);
    for (size_t i = 0; i < out->n_clean; i++) {
        uint8_t b[4];
        size_t n = encoded(out->clean[i], b);
        w.n_bytes[i] = (uint8_t)n;
        out->at[i] = SIZE_MAX;
        for (size_t k = 0; k < n; k++) add(&s, b[k], (uint32_t)i, false);
        if (style.fold) out->clean[i] = damage_folded(out->clean[i]);
    }
    for (const char *p = "</p>"; *p; p++) add(&s, (uint8_t)*p, TAG, false);
    bytes pieces = cut(a, &s, style.vanish, out), whole = glossed(a, &pieces, style.carriers);
    write_out(&w, &whole);
    out->damaged = ht_buf_str(&w.out);
}
