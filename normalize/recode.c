/* Text that was decoded with the wrong charset and saved so: encoded back and decoded again.
 *
 *   UTF-8 read as GBK      锛 銆 鈥 stand where marks were
 *   UTF-8, GBK or Big5 read as Windows-1252   nothing but accented letters and signs
 * A block is taken when its bytes decode (nearly) without fault and the model finds the outcome
 * likelier than what stands there. What was lost on the way stays lost: U+FFFD.
 */
#include "base/utf8.h"
#include "normalize/clean.h"
#include "normalize/damage.h"
#include "normalize/lm.h"
#include "normalize/units.h"

enum {
    MIN_SIGNS = 2, /* of misread marks in a block, before anything is tried */
    MIN_LATIN = 6, /* accented letters, and their share in percent */
    MIN_LATIN_PERCENT = 40,
    GAIN_NATS = 20,
    GOOD_TO_BAD = 3, /* so many characters that decode for one that does not */
    TEXT_NATS = 9,   /* a character of real text costs less ... */
    ASCII_NATS = 2,  /* ... and one of ASCII between them */
};

typedef struct {
    unsigned char *bytes;
    uint32_t *from; /* byte of the block that each byte comes from, and one behind the last */
    size_t n;
} recoded;

static size_t byte_of_1252(uint32_t c, unsigned char *out) {
    if (c < 0x80 || (c >= 0xA0 && c <= 0xFF)) {
        *out = (unsigned char)c;
        return 1;
    }
    for (unsigned byte = 0x80; byte < 0xA0; byte++) {
        uint8_t shift = 0;
        unsigned char b = (unsigned char)byte;
        unit u = unit_next(CHARSET_WINDOWS_1252, &b, 1, &shift);
        if (u.c[0] == c || c == byte) {
            *out = b;
            return 1;
        }
    }
    return 0;
}

static size_t bytes_of_gb(uint32_t c, unsigned char *out) {
    if (c < 0x80) {
        *out = (unsigned char)c;
        return 1;
    }
    if (c == 0x20AC) { /* the byte 80 alone */
        *out = 0x80;
        return 1;
    }
    uint32_t pair = unit_gb_pair_of(c);
    out[0] = (unsigned char)(pair >> 8);
    out[1] = (unsigned char)pair;
    return pair ? 2 : 0;
}

/* Encodes the block back. What has no bytes becomes FF, which no charset reads. */
static recoded encode(ht_arena *a, ht_str s, size_t (*bytes_of)(uint32_t, unsigned char *)) {
    recoded r = {ht_arena_alloc(a, s.n + 4), HT_ARRAY(a, uint32_t, s.n + 5), 0};
    for (size_t at = 0; at < s.n;) {
        size_t from = at, n = bytes_of(ht_utf8_next(s, &at), r.bytes + r.n);
        if (!n) {
            r.bytes[r.n] = 0xFF;
            n = 1;
        }
        for (size_t i = 0; i < n; i++) r.from[r.n++] = (uint32_t)from;
    }
    r.from[r.n] = (uint32_t)s.n;
    return r;
}

/* The block read from its bytes in `which`, and by how much the model prefers it (1/64 nat); 0 when
 * it does not decode or is no likelier. */
static int64_t decode(ht_arena *a, const ht_text *t, const recoded *r, charset which, ht_text *out,
                      bool *exact) {
    rewrite w;
    uint8_t shift = 0;
    size_t n_bad = 0, n_good = 0, n_old, n_new; /* n_bad: places, each one U+FFFD */
    bool was_bad = false;
    rewrite_begin(&w, a, t);
    for (size_t i = 0; i < r->n;) {
        unit u = unit_next(which, r->bytes + i, r->n - i, &shift);
        size_t from = r->from[i], next = i += u.n_bytes;
        while (next < r->n && r->from[next] == from) next++; /* never half of a character */
        size_t to = r->from[next];
        bool again = u.bad && was_bad;
        was_bad = u.bad;
        if (again) continue;
        n_bad += u.bad;
        n_good += !u.bad && u.c[0] >= 0x80;
        char one[8];
        size_t n = 0;
        for (size_t k = 0; k < u.n_chars; k++) n += ht_utf8_put(one + n, u.c[k]);
        if (u.c[0] < 0x80 && to - from == 1)
            rewrite_keep(&w, from, to);
        else
            rewrite_replace(&w, (ht_str){one, n}, from, to);
    }
    if (n_bad * GOOD_TO_BAD > n_good || !n_good) return 0;
    *out = rewrite_end(&w);
    *exact = !n_bad;
    const uint32_t *old = ht_utf8_decode(a, t->text, &n_old);
    const uint32_t *new = ht_utf8_decode(a, out->text, &n_new);
    int64_t cost = lm_cost_text(new, n_new), gain = lm_cost_text(old, n_old) - cost;
    int64_t most = (int64_t)(n_good * TEXT_NATS + (n_new - n_good) * ASCII_NATS) * LM_NAT;
    /* outside UTF-8 anything decodes: there the outcome must read as text without a fault */
    if (which != CHARSET_UTF_8 && (n_bad || cost > most)) return 0;
    return gain > GAIN_NATS * LM_NAT ? gain : 0;
}

static void count_signs(ht_str s, size_t *n_gb, size_t *n_latin, size_t *n_chars) {
    *n_gb = *n_latin = *n_chars = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = ht_utf8_next(s, &at);
        /* EF BC, E3 80 and E2 80 at the start of a pair, BC 8C behind an odd byte */
        *n_gb += c == 0x951B || c == 0x9286 || c == 0x9225 || c == 0x7D1D;
        *n_latin += c >= 0x80 && c <= 0xFF;
        ++*n_chars;
    }
}

static void take(ht_arena *a, ht_text *t, const ht_text *new, uint32_t block, const char *kind,
                 bool exact, ht_clean_report *report) {
    ht_span s = ht_offmap_source(&t->map, 0, t->text.n);
    *HT_PUSH(a, report->repairs, report->n_repairs, report->cap_repairs) =
        (ht_repair){block, s.start, s.end, kind, exact};
    *t = *new;
}

static void recode_block(ht_arena *a, ht_text *t, uint32_t block, ht_clean_report *report) {
    static const struct {
        charset which;
        const char *kind;
    } latin[] = {{CHARSET_UTF_8, "utf8-as-latin"},
                 {CHARSET_GB18030, "gbk-as-latin"},
                 {CHARSET_BIG5_HKSCS, "big5-as-latin"}};
    size_t n_gb, n_latin, n_chars;
    ht_text new;
    bool exact;
    count_signs(t->text, &n_gb, &n_latin, &n_chars);
    if (n_gb >= MIN_SIGNS) {
        recoded r = encode(a, t->text, bytes_of_gb);
        if (decode(a, t, &r, CHARSET_UTF_8, &new, &exact))
            take(a, t, &new, block, "utf8-as-gbk", exact, report);
    } else if (n_latin >= MIN_LATIN && n_latin * 100 >= n_chars * MIN_LATIN_PERCENT) {
        recoded r = encode(a, t->text, byte_of_1252);
        ht_text best_text = *t;
        const char *kind = NULL;
        int64_t best = 0;
        bool best_exact = false;
        for (size_t i = 0; i < sizeof latin / sizeof *latin; i++) {
            int64_t gain = decode(a, t, &r, latin[i].which, &new, &exact);
            if (gain <= best) continue;
            best = gain;
            best_text = new;
            best_exact = exact;
            kind = latin[i].kind;
        }
        if (kind) take(a, t, &best_text, block, kind, best_exact, report);
    }
}

void damage_recode(ht_arena *a, ht_text *texts, size_t n, ht_clean_report *report) {
    for (size_t i = 0; i < n; i++) recode_block(a, &texts[i], (uint32_t)i, report);
}
