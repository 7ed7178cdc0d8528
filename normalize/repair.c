/* Where a byte shift began, which of its readings is right, and whether that is sure enough.
 *
 * A: `?` and a mark that was found inside a character's bytes (A3A1 A3AC A3BF A3BB at an odd
 * place). B: `?` and a reading: a gloss was put inside a character's bytes. C: like A, but the
 * orphaned byte is gone; only believed in documents with injected glosses. A reading is taken when
 * doing the damage again gives the damaged text, when it is far likelier than the damaged text, and
 * when no other reading comes near. Otherwise the text stays and is counted.
 */
#include "base/utf8.h"
#include "normalize/clean.h"
#include "normalize/damage.h"
#include "normalize/lm.h"
#include "normalize/shift.h"
#include "normalize/units.h"

#include <string.h>

enum {
    GAIN_NATS = 20,        /* by which a repair must be likelier than the damaged text */
    GAIN_NATS_PROVED = 8,  /* the same in documents that are proved to be damaged ... */
    PROVED_BY_REPAIRS = 2, /* ... by GLOSS_MIN glosses or by so many repairs */
    GAIN_NATS_WIDE = 12,   /* `?` before a full-width mark, which nobody types */
    GAIN_NATS_C = 14,      /* kind C, which has less to show */
    LEAD_NATS = 2,         /* by which the runner-up must be behind */
    SURE_NATS = 4,         /* kind A: below this lead the repair is inferred, not exact */
    TAG_NATS = 20,         /* what a tag without its `<` proves */
    LAST_WORDS_NATS = 25,  /* `?!?` at the end of a paragraph with an open quotation, kind A */
    DOUBLED_NATS = 25,     /* against a full stop with another mark behind it */
    MAX_TRIES = 1024,      /* damaged-looking places of a document that are worked on */
    BEST_ENDS = 6,         /* first and last characters that are tried for one run */
    CONTEXT_BEFORE = 3,
    CONTEXT_BEHIND = 2,
};

typedef struct {
    int64_t gain;  /* 1/64 nat */
    int64_t rival; /* the gain of the best reading that differs in the guessed character alone */
    ht_repair_kind kind;
    bool exact;
    bool guessed; /* the last character is the model's guess */
    bool mark;    /* a character was lost behind the run */
    size_t end;   /* of the damaged text, a tag's rest included */
    size_t n_out;
    uint32_t out[SHIFT_MAX_OUT];
} reading;

typedef struct {
    const uint32_t *c; /* the text */
    size_t n;
    shift_work *work;
    size_t n_injected; /* glosses in the document */
    bool proved;       /* the document is known to be damaged */
    size_t n_repaired; /* runs so far */
    ht_repair_level level;
    size_t n_tries;    /* left */
    bool quoted;       /* a quotation is open */
    /* of the place under work */
    size_t at;
    uint32_t before[CONTEXT_BEFORE];
    size_t n_before;
    reading best, second;
    size_t n_readings;
} place;

static bool is_marker(uint32_t c) {
    if (c >= 0xFF00) c -= 0xFEE0;
    return c == '!' || c == '?' || c == ',' || c == ';' || c == ':';
}

static uint32_t marker_byte(uint32_t c) {
    return (c >= 0xFF00 ? c - 0xFEE0 : c) | 0x80;
}

/* Where the gloss that ends before `end` starts, or `end`. */
static size_t gloss_before(const uint32_t *c, size_t end) {
    size_t n_letters;
    for (size_t k = 3; k <= GLOSS_MAX_LETTERS + 2 && k <= end; k++)
        if (gloss_at(c + end - k, k, &n_letters) == k) return end - k;
    return end;
}

static void context_before(place *p) {
    size_t at = p->at, n = 0;
    uint32_t back[CONTEXT_BEFORE];
    while (n < CONTEXT_BEFORE && at) {
        size_t from = gloss_before(p->c, at);
        if (from < at) {
            at = from;
            continue;
        }
        back[n++] = p->c[--at];
    }
    p->n_before = n;
    for (size_t i = 0; i < n; i++) p->before[i] = back[n - 1 - i];
}

/* The cost of the context and c[from, to) without its glosses, then what follows c[to). *n_chars
 * gets the number of characters counted. */
typedef struct {
    int64_t cost;
    size_t n;
    uint32_t last;
} sum;

static void sum_add(sum *s, uint32_t c) {
    uint32_t id = lm_id(c);
    s->cost += s->n ? lm_cost(s->last, id) : 0;
    s->last = id;
    s->n++;
}

static sum sum_context(const place *p) {
    sum s = {0, 0, 0};
    for (size_t i = 0; i < p->n_before; i++) sum_add(&s, p->before[i]);
    return s;
}

/* Adds up to `most` characters of c[from, to), glosses left out. */
static void sum_text(sum *s, const place *p, size_t from, size_t to, size_t most) {
    size_t n_letters;
    while (from < to && most) {
        size_t k = gloss_at(p->c + from, p->n - from, &n_letters);
        if (k) {
            from += k;
            continue;
        }
        sum_add(s, p->c[from++]);
        most--;
    }
}

/* Length-neutral: the gain a character, times the longer of the two texts. */
static int64_t gain_of(const place *p, const reading *r) {
    sum damaged = sum_context(p), repaired = damaged;
    sum_text(&damaged, p, p->at, r->end, SIZE_MAX);
    sum_text(&damaged, p, r->end, p->n, CONTEXT_BEHIND);
    for (size_t i = 0; i < r->n_out; i++) sum_add(&repaired, r->out[i]);
    sum_text(&repaired, p, r->end, p->n, CONTEXT_BEHIND);
    int64_t nd = (int64_t)damaged.n, nr = (int64_t)repaired.n, most = nd > nr ? nd : nr;
    return (damaged.cost * nr - repaired.cost * nd) * most / (nd * nr);
}

static uint32_t narrow(uint32_t c) {
    if (c == 0x3000) return ' ';
    return c > 0xFF00 && c < 0xFF5F ? c - 0xFEE0 : c;
}

/* Does doing the damage again - dropping the first byte, and the last when it was lost - give the
 * damaged text c[from, to) back? */
static bool redamaged(const place *p, const reading *r, size_t from, size_t to, bool lost) {
    unsigned char bytes[2 * SHIFT_MAX_OUT];
    size_t n = 0, n_letters;
    for (size_t i = 0; i < r->n_out; i++) {
        uint32_t pair = shift_bytes(r->out[i]);
        if (!pair) return false;
        bytes[n++] = (unsigned char)(pair >> 8);
        bytes[n++] = (unsigned char)pair;
    }
    n -= lost && n;
    for (size_t i = 1; i < n;) {
        size_t k = from < to ? gloss_at(p->c + from, to - from, &n_letters) : 0;
        if (k) {
            from += k;
            continue;
        }
        uint8_t shift = 0;
        unit u = unit_next(CHARSET_GB18030, bytes + i, n - i, &shift);
        if (u.bad || from == to || narrow(u.c[0]) != narrow(p->c[from])) return false;
        i += u.n_bytes;
        from++;
    }
    while (from < to) {
        size_t k = gloss_at(p->c + from, to - from, &n_letters);
        if (!k) return false;
        from += k;
    }
    return true;
}

/* Do two readings agree in all that is not guessed? */
static bool same_text(const reading *a, const reading *b) {
    return a->end == b->end && a->n_out == b->n_out && a->mark == b->mark &&
           a->guessed == b->guessed &&
           !memcmp(a->out, b->out, (a->n_out - a->guessed) * sizeof *a->out);
}

/* Of readings that agree the best stays, and how near another guess came. */
static void merge(reading *old, const reading *new) {
    bool same_guess = old->out[old->n_out - 1] == new->out[new->n_out - 1];
    int64_t rival = same_guess ? old->rival : old->gain < new->gain ? old->gain : new->gain;
    if (rival < old->rival) rival = old->rival;
    if (new->gain > old->gain) *old = *new;
    old->rival = rival;
}

static void offer(place *p, const reading *r) {
    if (!p->n_readings++) {
        p->best = *r;
        p->second.gain = INT64_MIN;
    } else if (same_text(r, &p->best)) {
        merge(&p->best, r);
    } else if (p->second.gain != INT64_MIN && same_text(r, &p->second)) {
        merge(&p->second, r);
    } else if (r->gain > p->second.gain) {
        p->second = *r;
    }
    if (p->second.gain > p->best.gain) {
        reading swap = p->best;
        p->best = p->second;
        p->second = swap;
    }
}

/* The rest of a tag whose `<` is gone: `/p>`, `br/>`. Its length, 0 if it is none. */
static size_t tag_rest(const uint32_t *c, size_t n) {
    size_t i = n && c[0] == '/', letters = i;
    while (i < n && i < letters + 10 && ((c[i] | 32) >= 'a' && (c[i] | 32) <= 'z')) i++;
    if (i == letters) return 0;
    if (i < n && c[i] >= '1' && c[i] <= '6') i++;
    while (i < n && i < letters + 14 && (c[i] == ' ' || c[i] == '/')) i++;
    return i < n && c[i] == '>' ? i + 1 : 0;
}

static bool is_stop(uint32_t c) {
    static const char *const stops = ",;:!?)";
    return (c < 0x80 && c && strchr(stops, (int)c)) || c == 0x3002 || c == 0x3001 || c == 0x201D ||
           (c > 0xFF00 && narrow(c) < 0x80 && strchr(stops, (int)narrow(c)));
}

/* What the marks around a guessed last character say: a quotation closes when one is open, and a
 * paragraph ends with a mark that ends sentences. */
static int64_t last_mark_nats(const place *p, const reading *r, bool at_end) {
    uint32_t last = r->out[r->n_out - 1];
    int64_t nats = last == 0x201D ? (p->quoted ? 3 : -5) : last == 0x201C && p->quoted ? -5 : 0;
    bool ends = last == 0x3002 || last == 0x201D || last == 0xFF01 || last == 0xFF1F;
    if (at_end && ends) nats += 3;
    return nats * LM_NAT;
}

static bool doubled_stop(const reading *r) {
    for (size_t i = 0; i + 1 < r->n_out; i++)
        if (r->out[i] == 0x3002 && (r->out[i + 1] == 0x3002 || is_stop(r->out[i + 1])) &&
            r->out[i + 1] != 0x201D)
            return true;
    return false;
}

/* Weighs one complete reading. `from` is where the run's text starts behind its sign. */
static void weigh(place *p, reading *r, const closing *k, size_t from) {
    bool lost = k->how != CLOSED_BY_ASCII, tag = false;
    r->end = k->end;
    r->mark = false;
    r->guessed = k->how == CLOSED_BY_QUESTION;
    r->exact = k->how == CLOSED_BY_ASCII || (k->how == CLOSED_BY_GLOSS && k->only);
    if (!redamaged(p, r, from, k->run_end, lost)) return;
    if (k->how == CLOSED_BY_QUESTION) {
        size_t rest = tag_rest(p->c + k->end, p->n - k->end);
        tag = rest != 0;
        r->end += rest;
        r->mark = !tag && k->end < p->n && p->c[k->end] != '\n' && !is_stop(p->c[k->end]);
    }
    r->gain = gain_of(p, r);
    r->rival = INT64_MIN;
    if (tag) r->gain += TAG_NATS * LM_NAT;
    bool at_end = tag || k->end == p->n || p->c[k->end] == '\n';
    if (k->how == CLOSED_BY_QUESTION) r->gain += last_mark_nats(p, r, at_end);
    if (doubled_stop(r)) r->gain -= DOUBLED_NATS * LM_NAT;
    if (r->kind == HT_REPAIR_SHIFT_A && k->how == CLOSED_BY_QUESTION && r->n_out == 2 && p->quoted &&
        r->out[1] == 0x201D && at_end && p->proved)
        r->gain += LAST_WORDS_NATS * LM_NAT;
    offer(p, r);
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

static void weigh_ends(place *p, reading *r, const closing *k, size_t from) {
    if (k->how != CLOSED_BY_QUESTION) {
        weigh(p, r, k, from);
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
        weigh(p, r, k, from);
    }
}

/* Every way in which the run behind the sign can go on, behind each of the first characters. */
static void try_run(place *p, ht_repair_kind kind, size_t run, size_t from, uint32_t pending,
                    bool any_lead) {
    const closing *closings;
    size_t n = shift_follow(p->work, p->c, p->n, run, pending, &closings);
    for (size_t i = 0; i < n; i++) {
        const closing *k = &closings[i];
        if (kind == HT_REPAIR_SHIFT_C && k->how != CLOSED_BY_GLOSS) continue;
        reading r = {.kind = kind};
        if (kind == HT_REPAIR_SHIFT_B) {
            memcpy(r.out, k->out, k->n_out * sizeof *k->out);
            r.n_out = k->n_out;
            weigh_ends(p, &r, k, from);
            continue;
        }
        ranked firsts[BEST_ENDS + 1];
        size_t n_firsts = 0;
        uint32_t left = p->n_before ? lm_id(p->before[p->n_before - 1]) : 0;
        uint32_t right = k->n_out ? lm_id(k->out[0]) : 0;
        for (uint32_t lead = 0x81; lead <= 0xFE; lead++) {
            uint32_t c = any_lead || lead == 0xA1 ? shift_char(lead, 0xA3) : 0;
            if (c) n_firsts = rank_in(firsts, n_firsts, c, left, right);
        }
        for (size_t f = 0; f < n_firsts; f++) {
            r.out[0] = firsts[f].c;
            memcpy(r.out + 1, k->out, k->n_out * sizeof *k->out);
            r.n_out = k->n_out + 1;
            weigh_ends(p, &r, k, from);
        }
    }
}

/* B: the character that the marker was looked for has the second byte of the one before it. */
static void try_glossed(place *p, size_t tail, size_t n_letters) {
    size_t before = p->at ? gloss_before(p->c, p->at) : 0;
    uint32_t bytes = before ? shift_bytes(p->c[before - 1]) : 0;
    if (!bytes) return;
    for (uint32_t lead = 0x81; lead <= 0xFE; lead++) {
        uint32_t c = shift_char(bytes & 0xFF, lead);
        if (!c || ht_fold(c) == c || !gloss_reads(c, p->c + p->at + 1, n_letters)) continue;
        size_t from = p->at + 1 + tail;
        try_run(p, HT_REPAIR_SHIFT_B, from, from, lead, false);
    }
}

/* Fills p->best and p->second for the sign at p->at; false if there is none. */
static bool look(place *p, bool *seen) {
    const uint32_t *c = p->c + p->at;
    size_t n = p->n - p->at, n_letters, k;
    p->n_readings = 0;
    *seen = false;
    if (c[0] == '?' && n > 1) {
        bool marker = is_marker(c[1]);
        k = gloss_tail(c + 1, n - 1, &n_letters);
        if ((!marker && !k) || !p->n_tries) return false;
        p->n_tries--;
        *seen = k && p->at && p->c[p->at - 1] > 0x3400;
        context_before(p);
        if (k) try_glossed(p, k, n_letters);
        if (marker) try_run(p, HT_REPAIR_SHIFT_A, p->at + 2, p->at + 1, marker_byte(c[1]), true);
    } else if (p->n_injected >= GLOSS_MIN && p->at && n > 1 && is_marker(c[0]) &&
               p->c[p->at - 1] > 0x2000 && c[1] > 0x80 && p->n_tries) {
        p->n_tries--;
        context_before(p);
        try_run(p, HT_REPAIR_SHIFT_C, p->at + 1, p->at, marker_byte(c[0]), false);
    }
    return p->n_readings > 0;
}

static bool accepted(place *p) {
    int least = p->best.kind == HT_REPAIR_SHIFT_C                                ? GAIN_NATS_C
                : p->proved                                            ? GAIN_NATS_PROVED
                : p->best.kind == HT_REPAIR_SHIFT_A && p->c[p->at + 1] >= 0xFF00 ? GAIN_NATS_WIDE
                                                                       : GAIN_NATS;
    if (p->best.gain < (int64_t)least * LM_NAT) return false;
    /* where only the guess is unsure, the character is lost and the rest is not */
    if (p->best.guessed && p->best.rival > p->best.gain - LEAD_NATS * LM_NAT) {
        if (p->best.n_out < 3) return false;
        p->best.out[p->best.n_out - 1] = 0xFFFD;
    }
    if (p->second.gain == INT64_MIN) return true;
    int64_t lead = p->best.gain - p->second.gain;
    if (p->best.kind == HT_REPAIR_SHIFT_A && lead < SURE_NATS * LM_NAT) p->best.exact = false;
    return lead >= LEAD_NATS * LM_NAT;
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
        ascii |= c[i] < 0x80 && is_marker(c[i]) && c[i - 1] >= 0x3400;
    }
    return ascii;
}

static ht_text repair_text(ht_arena *a, const ht_text *t, uint32_t block, place *p,
                           ht_clean_report *report) {
    p->c = ht_utf8_decode(a, t->text, &p->n);
    const uint32_t *byte = byte_places(a, t->text, p->n);
    bool seen, folded = is_folded(p->c, p->n);
    rewrite w;
    rewrite_begin(&w, a, t);
    p->quoted = false;
    for (p->at = 0; p->at < p->n; p->at++) {
        uint32_t c = p->c[p->at];
        if (c == 0x201C || c == 0x201D || c == '\n') p->quoted = c == 0x201C;
        if (!look(p, &seen)) {
            report->n_left += seen;
            continue;
        }
        bool take = accepted(p) && (p->best.exact || p->level == HT_REPAIR_ALL);
        if (!take) {
            report->n_left += seen || p->best.gain >= GAIN_NATS * LM_NAT / 2;
            continue;
        }
        reading *r = &p->best;
        if (r->guessed && is_numeral(r->out[r->n_out - 1])) r->out[r->n_out - 1] = 0xFFFD;
        for (size_t i = 0; folded && i < r->n_out; i++) r->out[i] = narrow(r->out[i]);
        ht_str out = ht_utf8_encode(a, r->out, r->n_out);
        if (r->mark) out = ht_format(a, HT_FMT "\xEF\xBF\xBD", HT_ARG(out));
        rewrite_replace(&w, out, byte[p->at], byte[r->end]);
        clean_note(a, report, t, block, byte[p->at], byte[r->end], r->kind, r->exact);
        p->n_repaired++;
        for (size_t i = 0; i < r->n_out; i++)
            if (r->out[i] == 0x201C || r->out[i] == 0x201D) p->quoted = r->out[i] == 0x201C;
        p->at = r->end - 1;
    }
    return rewrite_end(&w);
}

static void repair_texts(ht_arena *a, ht_text *texts, size_t n, place *p, ht_clean_report *report) {
    for (size_t i = 0; i < n; i++) {
        ht_str s = texts[i].text;
        if (p->n_injected < GLOSS_MIN && !(s.n && memchr(s.p, '?', s.n))) continue;
        if (!p->work) p->work = shift_work_new(a);
        texts[i] = repair_text(a, &texts[i], (uint32_t)i, p, report);
    }
}

void damage_repair(ht_arena *a, ht_text *texts, size_t n, ht_repair_level level,
                   ht_clean_report *report) {
    place p = {.n_tries = MAX_TRIES, .level = level};
    for (size_t i = 0; i < n; i++) p.n_injected += gloss_count(texts[i].text);
    p.proved = p.n_injected >= GLOSS_MIN;
    repair_texts(a, texts, n, &p, report);
    if (p.proved || p.n_repaired < PROVED_BY_REPAIRS) return;
    /* what was not sure enough alone is looked at again in the light of what was */
    p.proved = true;
    report->n_left = 0;
    repair_texts(a, texts, n, &p, report);
}
