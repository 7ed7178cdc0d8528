/* Text that was decoded with the wrong charset and saved so: encoded back and decoded again.
 *
 *   UTF-8 read as GBK      锛 銆 鈥 stand where marks were
 *   UTF-8, GBK or Big5 read as Windows-1252   nothing but accented letters and signs
 *   Big5 read as GBK, GBK read as Big5        rare ideographs, kana, private use
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
    MIN_RARE = 2, /* rare characters, and their share in percent */
    MIN_RARE_PERCENT = 12,
    GOOD_TO_BAD = 3,         /* so many characters that decode for one that does not ... */
    CERTAIN_GOOD_TO_BAD = 5, /* ... where the charset does not prove itself as UTF-8 does */
    LOST_NATS = 2 * 18,      /* what a lost character may cost: two unknown bigrams */
    AHEAD = 4,               /* characters behind a lost one that tell how many bytes it had */
    TEXT_NATS = 8,     /* a character of real text costs less (98 of 100 paragraphs of news) ... */
    ASCII_NATS = 2,    /* ... and one of ASCII between them */
    KANA_PERCENT = 50, /* from here on a text is Japanese */
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

static size_t bytes_of_big5(uint32_t c, unsigned char *out) {
    if (c < 0x80) {
        *out = (unsigned char)c;
        return 1;
    }
    uint32_t pair = unit_big5_pair_of(c);
    out[0] = (unsigned char)(pair >> 8);
    out[1] = (unsigned char)pair;
    return pair ? 2 : 0;
}

/* Encodes the block back. What has no bytes becomes FF, which no charset reads. A character takes
 * no more bytes there than in UTF-8. */
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

/* The cost of the next few characters read in `which` from byte i on. */
static int64_t cost_ahead(const recoded *r, charset which, size_t i) {
    int64_t cost = 0;
    uint32_t before = 0;
    uint8_t shift = 0;
    for (unsigned k = 0; k < AHEAD && i < r->n; k++) {
        unit u = unit_next(which, r->bytes + i, r->n - i, &shift);
        uint32_t id = u.bad ? 0 : lm_id(u.c[0]);
        cost += lm_cost(before, id);
        before = id;
        i += u.n_bytes;
    }
    return cost;
}

/* unit_next, but where a character was lost on the first reading it may have taken one byte of a
 * pair with it or both. */
static unit next_unit(const recoded *r, charset which, size_t i, uint8_t *shift) {
    unit u = unit_next(which, r->bytes + i, r->n - i, shift);
    if (r->bytes[i] != 0xFF || which == CHARSET_UTF_8 || i + 1 >= r->n || r->bytes[i + 1] < 0x40)
        return u;
    if (cost_ahead(r, which, i + 2) < cost_ahead(r, which, i + 1)) u.n_bytes = 2;
    return u;
}

/* A step through the encoded block: what stands there and where it was in the block. */
typedef struct {
    const recoded *bytes;
    charset which;
    size_t at;
    uint8_t shift;
    unit unit;
    size_t from, to;
    bool again; /* lost, like what was before it: one U+FFFD stands for both */
} walk;

static bool walk_next(walk *w) {
    const recoded *r = w->bytes;
    bool was_bad = w->unit.bad;
    if (w->at >= r->n) return false;
    w->from = r->from[w->at];
    w->unit = next_unit(r, w->which, w->at, &w->shift);
    size_t next = w->at += w->unit.n_bytes;
    while (next < r->n && r->from[next] == w->from) next++; /* never half of a character */
    w->to = r->from[next];
    w->again = w->unit.bad && was_bad;
    return true;
}

static int64_t cost_of(ht_str s) {
    int64_t cost = 0;
    uint32_t before = 0;
    for (size_t at = 0; at < s.n;) {
        bool first = !at;
        uint32_t id = lm_id(ht_utf8_next(s, &at));
        if (!first) cost += lm_cost(before, id);
        before = id;
    }
    return cost;
}

/* By how much the model prefers the block read from its bytes in `which` (1/64 nat); 0 when it does
 * not decode or is no likelier. */
static int64_t weigh(ht_str block, const recoded *r, charset which, bool *exact) {
    size_t n_bad = 0, n_good = 0, n_new = 0; /* n_bad: places, each one U+FFFD */
    int64_t cost = 0;
    uint32_t before = 0;
    for (walk w = {.bytes = r, .which = which}; walk_next(&w);) {
        if (w.again) continue;
        n_bad += w.unit.bad;
        n_good += !w.unit.bad && w.unit.c[0] >= 0x80;
        for (size_t k = 0; k < w.unit.n_chars; k++) {
            uint32_t id = lm_id(w.unit.c[k]);
            if (n_new++) cost += lm_cost(before, id);
            before = id;
        }
    }
    size_t good_to_bad = which == CHARSET_UTF_8 ? GOOD_TO_BAD : CERTAIN_GOOD_TO_BAD;
    if (n_bad * good_to_bad > n_good || !n_good) return 0;
    *exact = !n_bad;
    int64_t most =
        (int64_t)(n_good * TEXT_NATS + n_bad * LOST_NATS + (n_new - n_good - n_bad) * ASCII_NATS) *
        LM_NAT;
    /* outside UTF-8 anything decodes: there the outcome must read as text */
    if (which != CHARSET_UTF_8 && cost > most) return 0;
    int64_t gain = cost_of(block) - cost;
    return gain > GAIN_NATS * LM_NAT ? gain : 0;
}

/* The block read from its bytes in `which`. */
static ht_text decode(ht_arena *a, const ht_text *t, const recoded *r, charset which) {
    rewrite out;
    rewrite_begin(&out, a, t);
    for (walk w = {.bytes = r, .which = which}; walk_next(&w);) {
        char one[8];
        size_t n = 0;
        for (size_t k = 0; k < w.unit.n_chars && !w.again; k++)
            n += ht_utf8_put(one + n, w.unit.c[k]);
        if (w.again || w.unit.c[0] >= 0x80 || w.to - w.from > 1)
            rewrite_replace(&out, (ht_str){one, n}, w.from, w.to);
    }
    return rewrite_end(&out);
}

/* One way in which a text can have been misread. */
typedef struct {
    size_t (*bytes_of)(uint32_t, unsigned char *); /* what it was read as */
    charset which;                                 /* what it is */
    ht_repair_kind kind;
} misreading;

static const misreading as_gbk[] = {{bytes_of_gb, CHARSET_UTF_8, HT_REPAIR_UTF8_AS_GBK}};
static const misreading as_latin[] = {{byte_of_1252, CHARSET_UTF_8, HT_REPAIR_UTF8_AS_LATIN},
                                      {byte_of_1252, CHARSET_GB18030, HT_REPAIR_GBK_AS_LATIN},
                                      {byte_of_1252, CHARSET_BIG5_HKSCS, HT_REPAIR_BIG5_AS_LATIN}};
static const misreading as_other[] = {{bytes_of_gb, CHARSET_BIG5_HKSCS, HT_REPAIR_BIG5_AS_GBK},
                                      {bytes_of_big5, CHARSET_GB18030, HT_REPAIR_GBK_AS_BIG5}};

/* The likeliest of n misreadings is undone, or left and counted; true if there is one. Those that
 * were read as the same charset stand side by side. */
static bool undo(ht_arena *a, ht_text *t, uint32_t block, const misreading *all, size_t n,
                 ht_repair_level level, ht_clean_report *report) {
    ht_arena *scratch = ht_arena_scratch(a);
    recoded r[2], *of[3] = {NULL}, *best_of = NULL;
    const misreading *best = NULL;
    int64_t best_gain = 0;
    bool best_exact = false, exact;
    for (size_t i = 0, k = 0; i < n; i++) {
        bool same = i && all[i].bytes_of == all[i - 1].bytes_of;
        of[i] = same ? of[i - 1] : &r[k++];
        if (!same) *of[i] = encode(scratch, t->text, all[i].bytes_of);
        int64_t gain = weigh(t->text, of[i], all[i].which, &exact);
        if (gain <= best_gain) continue;
        best_gain = gain;
        best_exact = exact;
        best = &all[i];
        best_of = of[i];
    }
    if (best && !best_exact && level == HT_REPAIR_EXACT) {
        report->n_left++;
    } else if (best) {
        clean_note(a, report, t, block, 0, t->text.n, best->kind, best_exact);
        *t = decode(a, t, best_of, best->which);
    }
    ht_arena_reset(scratch);
    return best;
}

static bool is_japanese(ht_str s, size_t n_chars) {
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = ht_utf8_next(s, &at);
        n += c >= 0x3040 && c < 0x3100;
    }
    return n * 100 >= n_chars * KANA_PERCENT;
}

void damage_recode(ht_arena *a, ht_text *t, uint32_t block, const survey *found,
                   ht_repair_level level, ht_clean_report *report) {
    size_t n = found->n_chars;
    if (found->n_sign >= MIN_SIGNS && undo(a, t, block, as_gbk, 1, level, report)) return;
    if (found->n_latin >= MIN_LATIN && found->n_latin * 100 >= n * MIN_LATIN_PERCENT)
        undo(a, t, block, as_latin, 3, level, report);
    else if (found->n_rare >= MIN_RARE && found->n_rare * 100 >= n * MIN_RARE_PERCENT &&
             !is_japanese(t->text, n))
        undo(a, t, block, as_other, 2, level, report);
}
