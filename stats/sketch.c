#include "stats/sketch.h"

#include "base/utf8.h"
#include "normalize/normalize.h"
#include "stats/agree.h"

#include <string.h>
#include <xxhash.h>

enum { PIECE = 4, REPLACEMENT = 0xFFFD, THOUSAND = 3, LONG_LINE = 150 /* bytes */ };
/* The first byte of a packed sketch; the second is n_gaps. */
enum { VERSION = 1 << 4, COMPARABLE = 1, HEAD = 2 };

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static bool is_ideograph(uint32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* White space and marks, which a mirror may change without changing the text. */
static bool is_mark(uint32_t c) {
    return (c < 0x80 && !is_digit(c) && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) ||
           (c >= 0x80 && c < 0xC0) || (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) ||
           (c >= 0xFE00 && c < 0x10000);
}

/* ---- numerals ---- */

typedef struct {
    const ht_lexicon *lexicon;
    const uint32_t *c;
    size_t n;
    ht_buf numerals;
    bool inside; /* the character before is part of a numeral */
} reader;

static bool is_numeral(const reader *r, size_t at) {
    return at < r->n && ht_numeral_char(r->lexicon, r->c[at]);
}

static bool is_digit_at(const reader *r, size_t at) {
    return at < r->n && is_digit(r->c[at]);
}

/* A lost character, or the ? that a failed conversion left in its place. A question mark is taken
 * for one too: it may be nothing. */
static bool is_unreadable(const reader *r, size_t at) {
    return r->c[at] == REPLACEMENT || r->c[at] == '?';
}

/* 46,187: a comma before just three digits, read or not; 46，187 too, for marks come folded. */
static bool is_grouping(const reader *r, size_t at) {
    if ((r->c[at] != ',' && r->c[at] != 0xFF0C) || !at || !is_digit_at(r, at - 1)) return false;
    for (size_t i = at + 1; i <= at + THOUSAND; i++)
        if (i >= r->n || !(is_digit(r->c[i]) || is_unreadable(r, i))) return false;
    return !is_digit_at(r, at + THOUSAND + 1);
}

static void read_numeral(reader *r, size_t at) {
    bool point = r->c[at] == '.' && at && is_digit_at(r, at - 1) && is_digit_at(r, at + 1);
    if (is_unreadable(r, at)) {
        ht_buf_byte(&r->numerals, AGREE_ANY);
        r->inside = false;
    } else if (point || is_numeral(r, at)) {
        ht_buf *b = &r->numerals;
        if (!r->inside && b->n && b->p[b->n - 1] != AGREE_ANY) ht_buf_byte(b, ' ');
        ht_buf_char(b, r->c[at]);
        r->inside = true;
    } else if (!is_grouping(r, at)) {
        r->inside = false;
    }
}

/* ---- slots ---- */

/* splitmix64: no machine's byte order shows in it. */
static uint64_t mix(uint64_t x) {
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

typedef struct {
    uint64_t least[SKETCH_SLOTS];
    bool filled[SKETCH_SLOTS];
} minima;

/* One permutation, cut into SKETCH_SLOTS parts: the least hash of each part. What is stored of it,
 * its last byte, has no share in the order. */
static void add_piece(minima *m, const uint32_t *c) {
    uint64_t h = 0;
    for (int i = 0; i < PIECE; i++) h = h * 0x9E3779B97F4A7C15u + c[i] + 1;
    h = mix(h);
    size_t slot = h >> 57;
    if (m->filled[slot] && m->least[slot] <= h) return;
    m->least[slot] = h;
    m->filled[slot] = true;
}

/* A part without a hash borrows that of another one, which is the same for every text that has the
 * same parts filled (optimal densification). */
static void fill_slots(sketch *s, const minima *m) {
    for (size_t i = 0; i < SKETCH_SLOTS; i++) {
        size_t from = i;
        for (uint64_t attempt = 1; !m->filled[from]; attempt++)
            from = mix(i << 32 | attempt) % SKETCH_SLOTS;
        s->slots[i] = (unsigned char)m->least[from];
    }
}

/* ---- both ---- */

/* A full stop, or more than a headline has: damage takes full stops away. */
static bool is_prose(ht_str line) {
    static const ht_str stop = {"\xE3\x80\x82", 3}; /* 。 */
    return line.n >= LONG_LINE || ht_str_find(line, stop, 0) != SIZE_MAX;
}

/* From the first line of sentences to the last; all of it if there is none. */
static ht_str prose_of(ht_str text) {
    size_t first = SIZE_MAX, last = text.n;
    ht_str rest = text, line;
    while (ht_str_split(&rest, '\n', &line)) {
        if (!is_prose(line)) continue;
        if (first == SIZE_MAX) first = (size_t)(line.p - text.p);
        last = (size_t)(line.p - text.p) + line.n;
    }
    return first == SIZE_MAX ? text : ht_sub(text, first, last);
}

static ht_str body_of(ht_str text) {
    size_t title = ht_str_find(text, HT_S("\n"), 0);
    if (title == SIZE_MAX) return text;
    ht_str body = ht_sub(text, title + 1, text.n);
    return ht_str_trim(body).n ? prose_of(body) : text;
}

/* "shift-c:2|gloss:40|left:1" -> 3: where characters may be gone and nothing shows it. */
static unsigned char count_gaps(ht_str repairs) {
    unsigned n = 0;
    ht_str one;
    while (n < AGREE_MAX_GAPS && ht_str_split(&repairs, '|', &one)) {
        size_t colon = ht_str_find(one, HT_S(":"), 0);
        if (colon == SIZE_MAX ||
            !(ht_str_starts(one, HT_S("shift-")) || ht_str_starts(one, HT_S("left:")) ||
              ht_str_starts(one, HT_S("lost:"))))
            continue;
        unsigned count = 0;
        for (size_t i = colon + 1; i < one.n && count < AGREE_MAX_GAPS; i++)
            if (one.p[i] >= '0' && one.p[i] <= '9') count = count * 10 + (unsigned)(one.p[i] - '0');
        n += count;
    }
    return (unsigned char)(n < AGREE_MAX_GAPS ? n : AGREE_MAX_GAPS);
}

static void hash_same(sketch *s, ht_str characters) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(
        &canonical,
        XXH3_128bits_withSeed(characters.p, characters.n,
                              XXH3_64bits(s->numerals.n ? s->numerals.p : "", s->numerals.n)));
    memcpy(s->same, canonical.digest, SKETCH_SAME);
}

/* false: nothing but marks. */
static bool sketch_part(sketch *s, ht_arena *a, const ht_lexicon *lexicon, ht_str text) {
    size_t n, n_ideographs = 0;
    uint32_t *c = ht_utf8_decode(a, text, &n);
    for (size_t i = 0; i < n; i++) c[i] = ht_fold(c[i]);
    reader r = {.lexicon = lexicon, .c = c, .n = n};
    ht_buf characters;
    ht_buf_init(&r.numerals, a);
    ht_buf_init(&characters, a);
    ht_buf_byte(&characters, '\n');
    uint32_t *ideographs = HT_ARRAY(a, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        read_numeral(&r, i);
        if (!is_mark(c[i])) ht_buf_char(&characters, c[i]);
        if (is_ideograph(c[i]) && !is_numeral(&r, i)) ideographs[n_ideographs++] = c[i];
    }
    s->numerals = ht_buf_str(&r.numerals);
    hash_same(s, ht_buf_str(&characters));
    minima m = {.least = {0}};
    for (size_t i = 0; i + PIECE <= n_ideographs; i++) add_piece(&m, ideographs + i);
    s->comparable = n_ideographs >= SKETCH_MIN_CHARS;
    if (s->comparable) fill_slots(s, &m);
    return characters.n > 1;
}

bool sketch_make(sketch *s, ht_arena *a, const ht_lexicon *lexicon, ht_str text, ht_str repairs) {
    *s = (sketch){.n_gaps = count_gaps(repairs)};
    text = ht_sub(text, 0, ht_utf8_valid_until(text));
    ht_str body = body_of(text);
    bool something = sketch_part(s, a, lexicon, body);
    /* Of little text the title is not the least: 详见附件 */
    if (!s->comparable && body.n != text.n) {
        something = sketch_part(s, a, lexicon, text);
        s->comparable = false;
        memset(s->slots, 0, sizeof s->slots);
    }
    return something;
}

int sketch_alike(const sketch *a, const sketch *b) {
    int n = 0;
    for (size_t i = 0; i < SKETCH_SLOTS; i++) n += a->slots[i] == b->slots[i];
    return n;
}

void sketch_pack(ht_buf *b, const sketch *s) {
    ht_buf_byte(b, (char)(VERSION | (s->comparable ? COMPARABLE : 0)));
    ht_buf_byte(b, (char)s->n_gaps);
    ht_buf_add(b, (ht_str){(const char *)s->same, SKETCH_SAME});
    if (s->comparable) ht_buf_add(b, (ht_str){(const char *)s->slots, SKETCH_SLOTS});
    ht_buf_add(b, s->numerals);
}

bool sketch_unpack(sketch *s, ht_str bytes) {
    *s = (sketch){.comparable = bytes.n && bytes.p[0] & COMPARABLE};
    size_t n = HEAD + SKETCH_SAME + (s->comparable ? SKETCH_SLOTS : 0);
    if (bytes.n < n || (bytes.p[0] & ~COMPARABLE) != VERSION) return false;
    s->n_gaps = (unsigned char)bytes.p[1];
    memcpy(s->same, bytes.p + HEAD, SKETCH_SAME);
    if (s->comparable) memcpy(s->slots, bytes.p + HEAD + SKETCH_SAME, SKETCH_SLOTS);
    s->numerals = ht_sub(bytes, n, bytes.n);
    return s->n_gaps <= AGREE_MAX_GAPS;
}

void sketch_put_hex(ht_buf *b, const sketch *s) {
    static const char digits[] = "0123456789abcdef";
    ht_buf bytes;
    ht_buf_init(&bytes, b->arena);
    sketch_pack(&bytes, s);
    for (size_t i = 0; i < bytes.n; i++) {
        ht_buf_byte(b, digits[(unsigned char)bytes.p[i] >> 4]);
        ht_buf_byte(b, digits[(unsigned char)bytes.p[i] & 15]);
    }
}

static int digit_of(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool sketch_read_hex(sketch *s, ht_arena *a, ht_str hex) {
    char *bytes = ht_arena_alloc(a, hex.n / 2);
    for (size_t i = 0; i + 1 < hex.n; i += 2) {
        int high = digit_of(hex.p[i]), low = digit_of(hex.p[i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i / 2] = (char)(high << 4 | low);
    }
    ht_str all = {bytes, hex.n / 2};
    return hex.n % 2 == 0 && sketch_unpack(s, all) &&
           ht_utf8_valid_until(s->numerals) == s->numerals.n;
}
