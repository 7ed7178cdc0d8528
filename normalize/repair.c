/* Where a byte shift began, which of its readings is right, and whether that is sure enough.
 *
 * A: `?` and a mark that was found inside a character's bytes (A3A1 A3AC A3BF A3BB at an odd
 * place). B: `?` and a reading: a gloss was put inside a character's bytes. C: like both, but the
 * orphaned byte is gone; only believed in documents with injected glosses. A reading is taken when
 * doing the damage again gives the damaged text, when it is far likelier than the damaged text, and
 * when no other reading comes near. Otherwise the text stays and is counted.
 */
#include "base/table.h"
#include "base/utf8.h"
#include "normalize/clean.h"
#include "normalize/damage.h"
#include "normalize/lm.h"
#include "normalize/sign.h"

#include <string.h>

HT_TABLE(never_guessed, "never-guessed.txt");

enum {
    GAIN_NATS = 20,            /* by which a repair must be likelier than the damaged text */
    GAIN_NATS_PROVED = 8,      /* the same in documents that are proved to be damaged ... */
    PROVED_BY_REPAIRS = 2,     /* ... by GLOSS_MIN glosses or by so many repairs */
    GAIN_NATS_WIDE = 12,       /* `?` before a full-width mark, which nobody types ... */
    GAIN_NATS_WIDE_PROVED = 3, /* ... least of all where the document is damaged */
    GAIN_NATS_SIGN = 1, /* a gloss behind half a character, which cannot be anything else there */
    GAIN_NATS_C = 14,   /* kind C, which has less to show */
    LEAD_NATS = 2,      /* by which the runner-up must be behind */
    FIRST_NATS = 4,     /* the same for the first character of kind A, whose first byte is gone */
    GUESS_NATS = 3,     /* by which a guessed character must be ahead of any other */
    WORK_A_BYTE = 48,   /* bigrams that are looked up for each byte of a document at most ... */
    WORK_AT_LEAST = 1 << 20, /* ... but so many for a short one */
};

typedef struct {
    damaged_place place;
    shift_work *work;
    size_t n_injected;  /* glosses in the document */
    uint64_t most_work; /* of place.work */
    size_t n_repaired;  /* runs so far */
    size_t n_left;      /* places that look damaged and were left alone */
    ht_repair_level level;
} search;

enum { LOST = 0xFFFD };

/* Numerals, a character a line. Digits are not asked for: they are one to the model, so that none
 * is ahead of the others. */
static bool is_never_guessed(uint32_t c) {
    ht_str rest = {(const char *)ht_table_never_guessed, HT_TABLE_SIZE(never_guessed)};
    uint32_t folded = ht_fold(c);
    for (size_t at = 0; at < rest.n;) {
        uint32_t one = ht_utf8_next(rest, &at);
        if (one == c || one == folded) return true;
    }
    return false;
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
        int64_t *of = same ? &guess_lead : differ_in_first(best, other) ? &first_lead : &lead;
        if (by < *of) *of = by;
    }
    bool no_first = first_lead < FIRST_NATS * LM_NAT, no_last = false;
    if (best->guessed) no_last = guess_lead < GUESS_NATS * LM_NAT;
    if (lead < LEAD_NATS * LM_NAT) return false;
    if ((no_first || no_last) && best->n_out < 2u + no_first + no_last) return false;
    if (no_first) best->out[0] = LOST;
    if (no_last) best->out[best->n_out - 1] = LOST;
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

/* A numeral is never guessed: the character is lost, and no number is read through it. A chosen
 * first character is none: of all numerals a marker can cut 叄 alone, which the model prefers
 * nowhere. */
static void mark_numeral(reading *r) {
    uint32_t *last = &r->out[r->n_out - 1];
    if (r->guessed && is_never_guessed(*last)) *last = LOST;
}

/* Works on the sign; true if a reading of it is sure enough to be taken. */
static bool is_readable(search *s, const damage_sign *sign) {
    damaged_place *p = &s->place;
    if (p->work >= s->most_work) {
        s->n_left++; /* whatever it is, it was not looked at */
        return false;
    }
    sign_read(p, s->work, sign);
    const reading *r = &p->top[0];
    bool take = p->n_readings && accepted(p) && (r->exact || s->level == HT_REPAIR_ALL);
    if (!take) s->n_left += sign->sure || (p->n_readings && r->gain >= GAIN_NATS * LM_NAT / 2);
    return take;
}

static ht_text repair_text(ht_arena *a, const ht_text *t, uint32_t block, search *s,
                           ht_clean_report *report) {
    damaged_place *p = &s->place;
    ht_arena *scratch = ht_arena_scratch(a);
    p->c = ht_utf8_decode(scratch, t->text, &p->n);
    const uint32_t *byte = byte_places(scratch, t->text, p->n);
    bool folded = is_folded(p->c, p->n);
    damage_sign sign;
    rewrite w;
    rewrite_begin(&w, a, t);
    p->quoted = false;
    for (p->at = 0; p->at < p->n; p->at++) {
        follow_quotation(p, p->c[p->at]);
        if (!sign_at(p, s->n_injected >= GLOSS_MIN, &sign) || !is_readable(s, &sign)) continue;
        reading *r = &p->top[0];
        mark_numeral(r);
        for (size_t i = 0; folded && i < r->n_out; i++) r->out[i] = reading_narrow(r->out[i]);
        if (r->mark) r->out[r->n_out++] = LOST;
        rewrite_replace(&w, ht_utf8_encode(scratch, r->out, r->n_out), byte[p->at], byte[r->end]);
        clean_note(a, report, t, block, byte[p->at], byte[r->end], r->kind, r->exact);
        s->n_repaired++;
        for (size_t i = 0; i < r->n_out; i++) follow_quotation(p, r->out[i]);
        p->at = r->end - 1;
    }
    ht_text repaired = rewrite_end(&w);
    ht_arena_reset(scratch);
    return repaired;
}

static void repair_texts(ht_arena *a, ht_text *texts, size_t n, search *s,
                         ht_clean_report *report) {
    s->n_left = 0;
    s->place.work = 0;
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
    s->level = level;
    s->n_injected = n_glosses;
    s->place.proved = s->n_injected >= GLOSS_MIN;
    for (size_t i = 0; i < n; i++) s->most_work += texts[i].text.n * WORK_A_BYTE;
    if (s->most_work < WORK_AT_LEAST) s->most_work = WORK_AT_LEAST;
    repair_texts(a, texts, n, s, report);
    if (!s->place.proved && s->n_repaired >= PROVED_BY_REPAIRS) {
        /* what was not sure enough alone is looked at again in the light of what was */
        s->place.proved = true;
        repair_texts(a, texts, n, s, report);
    }
    report->n_left += s->n_left;
}
