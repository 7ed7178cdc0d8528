/* Where a byte shift began, which of its readings is right, and whether that is sure enough.
 *
 * A: `?` and a mark that was found inside a character's bytes (A3A1 A3AC A3BF A3BB at an odd
 * place). B: `?` and a reading: a gloss was put inside a character's bytes. C: like both, but the
 * orphaned byte is gone; only believed in documents with injected glosses. A reading is taken when
 * doing the damage again gives the damaged text, when it is far likelier than the damaged text, and
 * when no other reading comes near. Otherwise the text stays and is counted.
 */
#include "base/utf8.h"
#include "normalize/clean.h"
#include "normalize/damage.h"
#include "normalize/lm.h"
#include "normalize/reading.h"

#include <string.h>

enum {
    GAIN_NATS = 20,        /* by which a repair must be likelier than the damaged text */
    GAIN_NATS_PROVED = 8,  /* the same in documents that are proved to be damaged ... */
    PROVED_BY_REPAIRS = 2, /* ... by GLOSS_MIN glosses or by so many repairs */
    GAIN_NATS_WIDE = 12,   /* `?` before a full-width mark, which nobody types ... */
    GAIN_NATS_WIDE_PROVED = 3, /* ... least of all where the document is damaged */
    GAIN_NATS_SIGN = 1,    /* a gloss behind half a character, which cannot be anything else there */
    GAIN_NATS_C = 14,      /* kind C, which has less to show */
    LEAD_NATS = 2,         /* by which the runner-up must be behind */
    FIRST_NATS = 4,        /* the same for the first character of kind A, whose first byte is gone */
    GUESS_NATS = 3,        /* by which a guessed character must be ahead of any other */
    MAX_TRIES = 1024,      /* damaged-looking places of a document that are worked on */
    BEST_ENDS = 6,         /* first and last characters that are tried for one run */
};

typedef struct {
    damaged_place place;
    shift_work *work;
    size_t n_injected; /* glosses in the document */
    size_t n_tries;    /* left */
    size_t n_repaired; /* runs so far */
    ht_repair_level level;
} search;

static uint32_t marker_byte(uint32_t c) {
    return reading_narrow(c) | 0x80;
}

/* The BEST_ENDS likeliest characters of a list, by what they cost between two ids (0: unknown). */
typedef struct {
    uint32_t c;
    int64_t cost;
} ranked;

static size_t rank_in(ranked *list, size_t n, uint32_t c, uint32_t left, uint32_t right) {
    uint32_t id = lm_id(c);
    ranked one = {c, (int64_t)lm_cost(left, id) + (right ? lm_cost(id, right) : 0)};
    size_t at = n;
    while (at && list[at - 1].cost > one.cost) at--;
    if (at == BEST_ENDS) return n;
    size_t moved = n < BEST_ENDS ? n - at : BEST_ENDS - 1 - at;
    memmove(list + at + 1, list + at, moved * sizeof *list);
    list[at] = one;
    return n < BEST_ENDS ? n + 1 : n;
}

/* A numeral is never guessed: the character is lost, and no number is read through it. */
static bool is_numeral(uint32_t c) {
    static const char numerals[] =
        "一二三四五六七八九十百千万亿零两〇壹贰叁肆伍陆柒捌玖拾佰仟半几多余廿";
    ht_str all = {numerals, sizeof numerals - 1};
    c = ht_fold(c);
    for (size_t at = 0; at < all.n;)
        if (ht_utf8_next(all, &at) == c) return true;
    return c >= '0' && c <= '9';
}

static void weigh_ends(damaged_place *p, reading *r, const closing *k, size_t from) {
    if (k->how != CLOSED_BY_QUESTION) {
        reading_weigh(p, r, k, from);
        return;
    }
    ranked lasts[BEST_ENDS + 1];
    size_t n = 0, n_out = r->n_out;
    uint32_t left = n_out ? lm_id(r->out[n_out - 1]) : 0;
    uint32_t right = k->end < p->n ? lm_id(p->c[k->end]) : 0;
    for (uint32_t trail = 0x40; trail <= 0xFE; trail++) {
        uint32_t c = shift_char(k->open_lead, trail);
        if (c) n = rank_in(lasts, n, c, left, right);
    }
    for (size_t i = 0; i < n; i++) {
        r->out[n_out] = lasts[i].c;
        r->n_out = n_out + 1;
        reading_weigh(p, r, k, from);
    }
}

/* The run behind a marker, behind each of the first characters that the marker can have cut. */
static void try_marked(search *s, ht_repair_kind kind, size_t run, uint32_t pending) {
    damaged_place *p = &s->place;
    const closing *closings;
    size_t n = shift_follow(s->work, p->c, p->n, run, pending, &closings);
    for (size_t i = 0; i < n; i++) {
        const closing *k = &closings[i];
        if (kind == HT_REPAIR_SHIFT_C && k->how == CLOSED_BY_QUESTION) continue;
        reading r = {.kind = kind};
        ranked firsts[BEST_ENDS + 1];
        size_t n_firsts = 0;
        uint32_t left = p->n_before ? lm_id(p->before[p->n_before - 1]) : 0;
        uint32_t right = k->n_out ? lm_id(k->out[0]) : 0;
        for (uint32_t lead = 0x81; lead <= 0xFE; lead++) {
            uint32_t c = shift_char(lead, 0xA3);
            if (c) n_firsts = rank_in(firsts, n_firsts, c, left, right);
        }
        for (size_t f = 0; f < n_firsts; f++) {
            r.out[0] = firsts[f].c;
            memcpy(r.out + 1, k->out, k->n_out * sizeof *k->out);
            r.n_out = k->n_out + 1;
            weigh_ends(p, &r, k, run - 1);
        }
    }
}

/* The run behind a gloss: the character that it was put behind has the second byte of the one
 * before it. The gloss's letters begin at `letters`; the run at `run`. */
static void try_glossed(search *s, ht_repair_kind kind, size_t letters, size_t n_letters,
                        size_t run) {
    damaged_place *p = &s->place;
    size_t before = p->at ? reading_gloss_before(p->c, p->at) : 0;
    uint32_t bytes = before ? shift_bytes(p->c[before - 1]) : 0;
    if (!bytes) return;
    for (uint32_t lead = 0x81; lead <= 0xFE; lead++) {
        uint32_t c = shift_char(bytes & 0xFF, lead);
        if (!c || ht_fold(c) == c || !gloss_reads(c, p->c + letters, n_letters)) continue;
        const closing *closings;
        size_t n = shift_follow(s->work, p->c, p->n, run, lead, &closings);
        for (size_t i = 0; i < n; i++) {
            const closing *k = &closings[i];
            if (kind == HT_REPAIR_SHIFT_C && k->how == CLOSED_BY_QUESTION) continue;
            reading r = {.kind = kind, .n_out = k->n_out};
            memcpy(r.out, k->out, k->n_out * sizeof *k->out);
            weigh_ends(p, &r, k, run);
        }
    }
}

/* Finds the readings of the sign at place.at; false if there is none. */
static bool look(search *s, bool *seen) {
    damaged_place *p = &s->place;
    const uint32_t *c = p->c + p->at;
    size_t n = p->n - p->at, n_letters, k;
    bool injected = s->n_injected >= GLOSS_MIN && p->at && p->c[p->at - 1] > 0x2000;
    *seen = false;
    p->n_readings = 0;
    if (c[0] == '?' && n > 1) {
        bool marker = reading_is_marker(c[1]);
        k = gloss_tail(c + 1, n - 1, &n_letters);
        if ((!marker && !k) || !s->n_tries) return false;
        s->n_tries--;
        *seen = k && p->at && p->c[p->at - 1] > 0x3400;
        reading_begin(p);
        if (k) try_glossed(s, HT_REPAIR_SHIFT_B, p->at + 1, n_letters, p->at + 1 + k);
        if (marker) try_marked(s, HT_REPAIR_SHIFT_A, p->at + 2, marker_byte(c[1]));
    } else if (injected && n > 1 && reading_is_marker(c[0]) && c[1] > 0x80 && s->n_tries) {
        s->n_tries--;
        reading_begin(p);
        try_marked(s, HT_REPAIR_SHIFT_C, p->at + 1, marker_byte(c[0]));
    } else if (injected && (k = gloss_at(c, n, &n_letters)) && s->n_tries &&
               !gloss_reads(p->c[p->at - 1], c + 1, n_letters)) {
        s->n_tries--;
        *seen = p->c[p->at - 1] > 0x3400;
        reading_begin(p);
        try_glossed(s, HT_REPAIR_SHIFT_C, p->at + 1, n_letters, p->at + k);
    }
    reading_rank(p);
    return p->n_readings > 0;
}

/* The least gain that is enough for the best reading: the more the sign itself says, the less. */
static int64_t least_gain(const damaged_place *p) {
    const uint32_t *c = p->c + p->at;
    bool gloss = p->top[0].kind == HT_REPAIR_SHIFT_B || c[0] == '(' || c[0] == 0xFF08;
    bool wide = c[0] == '?' && c[1] >= 0xFF00;
    int nats = GAIN_NATS;
    if (p->proved)
        nats = gloss ? GAIN_NATS_SIGN : wide ? GAIN_NATS_WIDE_PROVED : GAIN_NATS_PROVED;
    else if (wide)
        nats = GAIN_NATS_WIDE;
    if (p->top[0].kind == HT_REPAIR_SHIFT_C && !gloss) nats = GAIN_NATS_C;
    return (int64_t)nats * LM_NAT;
}

/* By how much one guess is ahead of another where its words do not speak against it: bigrams alone,
 * since the words were weighed into the gain. */
static int64_t guess_lead_of(const reading *best, const reading *other) {
    int64_t by_words = other->words - best->words;
    int64_t by_bigrams = best->gain - other->gain - by_words * WORDS_PERCENT / 100;
    return by_words < 0 ? by_bigrams + by_words : by_bigrams;
}

/* Do two readings differ in the first character, and in the guessed last one at most? */
static bool differ_in_first(const reading *a, const reading *b) {
    size_t n = a->n_out - a->guessed;
    return a->end == b->end && a->n_out == b->n_out && a->mark == b->mark &&
           a->guessed == b->guessed && n > 1 && a->out[0] != b->out[0] &&
           !memcmp(a->out + 1, b->out + 1, (n - 1) * sizeof *a->out);
}

/* Is the best reading far enough ahead of all others? Where only its first character is unsure,
 * whose first byte is gone, or the guessed last one, that is lost and the rest is not. */
static bool accepted(damaged_place *p) {
    reading *best = &p->top[0];
    int64_t lead = INT64_MAX, first_lead = INT64_MAX, guess_lead = INT64_MAX;
    if (best->gain < least_gain(p)) return false;
    for (size_t i = 1; i < p->n_readings; i++) {
        const reading *other = &p->top[i];
        bool same = reading_same(best, other);
        int64_t by = same ? guess_lead_of(best, other) : best->gain - other->gain;
        int64_t *of = same                           ? &guess_lead
                      : differ_in_first(best, other) ? &first_lead
                                                     : &lead;
        if (by < *of) *of = by;
    }
    bool no_first = first_lead < FIRST_NATS * LM_NAT, no_last = false;
    if (best->guessed) no_last = guess_lead < GUESS_NATS * LM_NAT;
    if (lead < LEAD_NATS * LM_NAT) return false;
    if ((no_first || no_last) && best->n_out < 2u + no_first + no_last) return false;
    if (no_first) best->out[0] = 0xFFFD;
    if (no_last) best->out[best->n_out - 1] = 0xFFFD;
    return true;
}

/* Byte places of the characters, and one behind the last. */
static uint32_t *byte_places(ht_arena *a, ht_str s, size_t n) {
    uint32_t *at = HT_ARRAY(a, uint32_t, n + 1);
    size_t byte = 0;
    for (size_t i = 0; i < n; i++) {
        at[i] = (uint32_t)byte;
        ht_utf8_next(s, &byte);
    }
    at[n] = (uint32_t)byte;
    return at;
}

/* Were the full-width marks of the text folded to ASCII after the damage was done? */
static bool is_folded(const uint32_t *c, size_t n) {
    bool ascii = false;
    for (size_t i = 1; i < n; i++) {
        if (c[i] > 0xFF00 && c[i] < 0xFF5F) return false;
        ascii |= c[i] < 0x80 && (reading_is_marker(c[i]) || c[i] == ':') && c[i - 1] >= 0x3400;
    }
    return ascii;
}

static void follow_quotation(damaged_place *p, uint32_t c) {
    if (c == 0x201C || c == 0x201D || c == '\n') p->quoted = c == 0x201C;
}

static ht_text repair_text(ht_arena *a, const ht_text *t, uint32_t block, search *s,
                           ht_clean_report *report) {
    damaged_place *p = &s->place;
    p->c = ht_utf8_decode(a, t->text, &p->n);
    const uint32_t *byte = byte_places(a, t->text, p->n);
    bool seen, folded = is_folded(p->c, p->n);
    rewrite w;
    rewrite_begin(&w, a, t);
    p->quoted = false;
    for (p->at = 0; p->at < p->n; p->at++) {
        follow_quotation(p, p->c[p->at]);
        if (!look(s, &seen)) {
            report->n_left += seen;
            continue;
        }
        reading *r = &p->top[0];
        bool take = accepted(p) && (r->exact || s->level == HT_REPAIR_ALL);
        if (!take) {
            report->n_left += seen || r->gain >= GAIN_NATS * LM_NAT / 2;
            continue;
        }
        if (r->guessed && is_numeral(r->out[r->n_out - 1])) r->out[r->n_out - 1] = 0xFFFD;
        for (size_t i = 0; folded && i < r->n_out; i++) r->out[i] = reading_narrow(r->out[i]);
        ht_str out = ht_utf8_encode(a, r->out, r->n_out);
        if (r->mark) out = ht_format(a, HT_FMT "\xEF\xBF\xBD", HT_ARG(out));
        rewrite_replace(&w, out, byte[p->at], byte[r->end]);
        clean_note(a, report, t, block, byte[p->at], byte[r->end], r->kind, r->exact);
        s->n_repaired++;
        for (size_t i = 0; i < r->n_out; i++) follow_quotation(p, r->out[i]);
        p->at = r->end - 1;
    }
    return rewrite_end(&w);
}

static void repair_texts(ht_arena *a, ht_text *texts, size_t n, search *s,
                         ht_clean_report *report) {
    for (size_t i = 0; i < n; i++) {
        ht_str text = texts[i].text;
        if (s->n_injected < GLOSS_MIN && !(text.n && memchr(text.p, '?', text.n))) continue;
        if (!s->work) s->work = shift_work_new(a);
        texts[i] = repair_text(a, &texts[i], (uint32_t)i, s, report);
    }
}

void damage_repair(ht_arena *a, ht_text *texts, size_t n, size_t n_glosses, ht_repair_level level,
                   ht_clean_report *report) {
    search *s = HT_NEW(a, search);
    s->n_tries = MAX_TRIES;
    s->level = level;
    s->n_injected = n_glosses;
    s->place.proved = s->n_injected >= GLOSS_MIN;
    repair_texts(a, texts, n, s, report);
    if (s->place.proved || s->n_repaired < PROVED_BY_REPAIRS) return;
    /* what was not sure enough alone is looked at again in the light of what was */
    s->place.proved = true;
    report->n_left = 0;
    repair_texts(a, texts, n, s, report);
}
