#include "normalize/reading.h"

#include "normalize/damage.h"
#include "normalize/lm.h"
#include "normalize/units.h"
#include "normalize/words.h"

#include <string.h>

enum {
    CONTEXT_BEHIND = 2,
    WORDS_BEHIND = 6,    /* characters behind a run that its words may take in */
    TAG_NATS = 20,       /* what a tag without its `<` proves */
    LAST_WORDS_NATS = 25, /* `?!?` at the end of a paragraph with an open quotation, kind A */
};

uint32_t reading_narrow(uint32_t c) {
    if (c == 0x3000) return ' ';
    return c > 0xFF00 && c < 0xFF5F ? c - 0xFEE0 : c;
}

bool reading_is_marker(uint32_t c) {
    c = reading_narrow(c);
    return c == '!' || c == '?' || c == ',' || c == ';';
}

size_t reading_gloss_before(const uint32_t *c, size_t end) {
    size_t n_letters;
    for (size_t k = 3; k <= GLOSS_MAX_LETTERS + 2 && k <= end; k++)
        if (gloss_at(c + end - k, k, &n_letters) == k) return end - k;
    return end;
}

void reading_begin(damaged_place *p) {
    size_t at = p->at, n = 0;
    uint32_t back[CONTEXT_BEFORE];
    while (n < CONTEXT_BEFORE && at) {
        size_t from = reading_gloss_before(p->c, at);
        if (from < at) {
            at = from;
            continue;
        }
        back[n++] = p->c[--at];
    }
    p->n_before = n;
    for (size_t i = 0; i < n; i++) p->before[i] = back[n - 1 - i];
    p->n_readings = 0;
}

/* --- by bigrams ------------------------------------------------------------------------------ */

typedef struct {
    int64_t cost;
    size_t n; /* characters counted */
    uint32_t last;
} sum;

static void sum_add(sum *s, uint32_t c) {
    uint32_t id = lm_id(c);
    s->cost += s->n ? lm_cost(s->last, id) : 0;
    s->last = id;
    s->n++;
}

/* Adds up to `most` characters of c[from, to), glosses left out. */
static void sum_text(sum *s, const damaged_place *p, size_t from, size_t to, size_t most) {
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
static int64_t gain_of(const damaged_place *p, const reading *r) {
    enum { CONTEXT = 3 };
    sum damaged = {0, 0, 0};
    size_t from = p->n_before > CONTEXT ? p->n_before - CONTEXT : 0;
    for (size_t i = from; i < p->n_before; i++) sum_add(&damaged, p->before[i]);
    sum repaired = damaged;
    sum_text(&damaged, p, p->at, r->end, SIZE_MAX);
    sum_text(&damaged, p, r->end, p->n, CONTEXT_BEHIND);
    for (size_t i = 0; i < r->n_out; i++) sum_add(&repaired, r->out[i]);
    sum_text(&repaired, p, r->end, p->n, CONTEXT_BEHIND);
    int64_t nd = (int64_t)damaged.n, nr = (int64_t)repaired.n, most = nd > nr ? nd : nr;
    return (damaged.cost * nr - repaired.cost * nd) * most / (nd * nr);
}

/* --- by words -------------------------------------------------------------------------------- */

static void add_text(uint32_t *out, size_t *n, const damaged_place *p, size_t from, size_t to,
                     size_t most) {
    size_t n_letters;
    while (from < to && most && *n < WORDS_MOST) {
        size_t k = gloss_at(p->c + from, p->n - from, &n_letters);
        if (k) {
            from += k;
            continue;
        }
        out[(*n)++] = p->c[from++];
        most--;
    }
}

/* The cost of the words in the context and the reading. Readings of one place are compared, so what
 * they share does not matter. */
static int64_t words_of(const damaged_place *p, const reading *r) {
    uint32_t c[WORDS_MOST];
    size_t n = 0;
    for (; n < p->n_before; n++) c[n] = p->before[n];
    for (size_t i = 0; i < r->n_out && n < WORDS_MOST; i++) c[n++] = r->out[i];
    add_text(c, &n, p, r->end, p->n, WORDS_BEHIND);
    return words_cost(c, n);
}

void reading_rank(damaged_place *p) {
    if (p->n_readings < 2) return;
    for (size_t i = 0; i < p->n_readings; i++) {
        p->top[i].words = words_of(p, &p->top[i]);
        p->top[i].gain += (p->top[0].words - p->top[i].words) * WORDS_PERCENT / 100;
    }
    for (size_t i = 1; i < p->n_readings; i++)
        for (size_t k = i; k && p->top[k].gain > p->top[k - 1].gain; k--) {
            reading swap = p->top[k];
            p->top[k] = p->top[k - 1];
            p->top[k - 1] = swap;
        }
}

/* --- weighing -------------------------------------------------------------------------------- */

/* Does doing the damage again - dropping the first byte, and the last when it was lost - give the
 * damaged text c[from, to) back? */
static bool redamaged(const damaged_place *p, const reading *r, size_t from, size_t to,
                      bool lost) {
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
        if (u.bad || from == to || reading_narrow(u.c[0]) != reading_narrow(p->c[from]))
            return false;
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

bool reading_same(const reading *a, const reading *b) {
    return a->end == b->end && a->n_out == b->n_out && a->mark == b->mark &&
           a->guessed == b->guessed &&
           !memcmp(a->out, b->out, (a->n_out - a->guessed) * sizeof *a->out);
}

/* The same in all? Two ways of following a run may lead to one text. */
static bool identical(const reading *a, const reading *b) {
    return reading_same(a, b) && a->out[a->n_out - 1] == b->out[b->n_out - 1];
}

static void offer(damaged_place *p, const reading *r) {
    size_t at = 0;
    while (at < p->n_readings && !identical(r, &p->top[at])) at++;
    if (at < p->n_readings) {
        if (r->gain <= p->top[at].gain) return;
    } else if (at < READINGS_KEPT) {
        p->n_readings++;
    } else if (r->gain <= p->top[--at].gain) {
        return;
    }
    for (; at && r->gain > p->top[at - 1].gain; at--) p->top[at] = p->top[at - 1];
    p->top[at] = *r;
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

/* What the marks around a guessed last character say: a quotation closes when one is open, and a
 * paragraph ends with a mark that ends sentences. */
static int64_t last_mark_nats(const damaged_place *p, const reading *r, bool at_end) {
    uint32_t last = r->out[r->n_out - 1];
    int64_t nats = last == 0x201D ? (p->quoted ? 3 : -5) : last == 0x201C && p->quoted ? -5 : 0;
    bool ends = last == 0x3002 || last == 0x201D || last == 0xFF01 || last == 0xFF1F;
    if (at_end && ends) nats += 3;
    return nats * LM_NAT;
}

void reading_weigh(damaged_place *p, reading *r, const closing *k, size_t from) {
    bool lost = k->how != CLOSED_BY_BYTE, tag = false;
    r->end = k->end;
    r->mark = false;
    r->guessed = k->how == CLOSED_BY_QUESTION;
    r->exact = k->how == CLOSED_BY_BYTE || (k->how == CLOSED_BY_GLOSS && k->only);
    if (!redamaged(p, r, from, k->run_end, lost)) return;
    bool at_end = k->end == p->n || p->c[k->end] == '\n';
    if (k->how == CLOSED_BY_QUESTION && !at_end) {
        /* the `?` took an ASCII byte with it, unless a marker cut the text there; before what closes
         * a sentence the real sites show none gone */
        size_t rest = tag_rest(p->c + k->end, p->n - k->end);
        tag = rest != 0;
        r->end += rest;
        uint32_t next = p->c[k->end];
        r->mark = !tag && !reading_is_marker(next) && next != 0x3002 && next != 0x201D;
        at_end = tag;
    }
    if (k->how == CLOSED_BY_GLOSS && r->end < p->n && p->c[r->end] == '?' &&
        (r->end + 1 == p->n || reading_is_marker(p->c[r->end + 1]))) {
        r->end++; /* the first byte of one more character, of which nothing else is left */
        r->mark = true;
    }
    r->gain = gain_of(p, r);
    if (tag) r->gain += TAG_NATS * LM_NAT;
    if (k->how == CLOSED_BY_QUESTION) r->gain += last_mark_nats(p, r, at_end);
    if (r->kind == HT_REPAIR_SHIFT_A && k->how == CLOSED_BY_QUESTION && r->n_out == 2 &&
        p->quoted && r->out[1] == 0x201D && at_end && p->proved)
        r->gain += LAST_WORDS_NATS * LM_NAT;
    offer(p, r);
}
