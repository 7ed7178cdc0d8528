#include "normalize/reading.h"

#include "normalize/damage.h"
#include "normalize/lm.h"
#include "normalize/units.h"
#include "normalize/words.h"

#include <string.h>

enum {
    CONTEXT = 3,          /* characters before a place that are weighed with it */
    WORDS_BEHIND = 6,     /* characters behind a run that its words may take in */
    WORDS_WORK = 3,       /* of a character that is divided into words, in bigrams */
    TAG_NATS = 20,        /* what a tag without its `<` proves */
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

static void sum_add(bigram_sum *s, uint32_t id) {
    s->cost += s->n ? lm_cost(s->last, id) : 0;
    s->last = id;
    s->n++;
}

void reading_begin(damaged_place *p) {
    size_t at = p->at, n = 0, n_passed = 0;
    uint32_t back[CONTEXT_BEFORE];
    while (n < CONTEXT_BEFORE && at) {
        size_t from = reading_gloss_before(p->c, at);
        if (from == at) {
            back[n++] = p->c[--at];
            n_passed = 0;
        } else if (n_passed++ < GLOSSES_PASSED) {
            at = from;
        } else {
            break;
        }
    }
    p->n_before = n;
    for (size_t i = 0; i < n; i++) p->before[i] = back[n - 1 - i];
    p->sums[0] = (bigram_sum){0, 0, 0};
    for (size_t i = n > CONTEXT ? n - CONTEXT : 0; i < n; i++)
        sum_add(&p->sums[0], lm_id(p->before[i]));
    p->n_sums = 1;
    p->n_readings = 0;
    p->work += CONTEXT_BEFORE;
}

/* The next characters of the text from `from` on, glosses left out, up to `most`. */
static size_t plain_text(const damaged_place *p, size_t from, uint32_t *out, size_t most) {
    size_t n = 0, n_passed = 0, n_letters;
    while (from < p->n && n < most) {
        size_t k = gloss_at(p->c + from, p->n - from, &n_letters);
        if (!k) {
            out[n++] = p->c[from++];
            n_passed = 0;
        } else if (n_passed++ < GLOSSES_PASSED) {
            from += k;
        } else {
            break;
        }
    }
    return n;
}

/* --- by bigrams ------------------------------------------------------------------------------ */

/* The sum of the damaged text up to `end`, glosses left out. */
static bigram_sum damaged_sum(damaged_place *p, size_t end) {
    size_t want = end - p->at, n_letters;
    while (p->n_sums <= want) {
        size_t i = p->n_sums - 1, at = p->at + i, k = gloss_at(p->c + at, p->n - at, &n_letters);
        bigram_sum s = p->sums[i];
        if (!k) sum_add(&s, lm_id(p->c[at]));
        p->sums[p->n_sums++] = s;
        while (k > 1 && p->n_sums <= PLACE_MOST) {
            p->sums[p->n_sums++] = s;
            k--;
        }
        p->work++;
    }
    return p->sums[want];
}

/* Length-neutral: the gain a character, times the longer of the two texts. */
static int64_t gain_of(damaged_place *p, uint32_t first, uint32_t last) {
    const run_reading *run = &p->run;
    bigram_sum damaged = damaged_sum(p, run->r.end), repaired = p->sums[0];
    if (first) sum_add(&repaired, lm_id(first));
    if (run->known.n) {
        sum_add(&repaired, run->first_id);
        repaired.cost += run->known.cost;
        repaired.n += run->known.n - 1;
        repaired.last = run->known.last;
    }
    if (last) sum_add(&repaired, lm_id(last));
    for (size_t i = 0; i < run->n_behind; i++) {
        sum_add(&damaged, run->behind[i]);
        sum_add(&repaired, run->behind[i]);
    }
    p->work += 3 + 2 * run->n_behind;
    int64_t nd = damaged.n, nr = repaired.n, most = nd > nr ? nd : nr;
    return (damaged.cost * nr - repaired.cost * nd) * most / (nd * nr);
}

/* --- by words -------------------------------------------------------------------------------- */

/* The cost of the words in the context and the reading. Readings of one place are compared, so what
 * they share does not matter. */
static int64_t words_of(damaged_place *p, const reading *r) {
    uint32_t c[WORDS_MOST];
    size_t n = 0;
    for (; n < p->n_before; n++) c[n] = p->before[n];
    for (size_t i = 0; i < r->n_out && n < WORDS_MOST; i++) c[n++] = r->out[i];
    size_t room = WORDS_MOST - n;
    n += plain_text(p, r->end, c + n, room < WORDS_BEHIND ? room : WORDS_BEHIND);
    p->work += n * WORDS_WORK;
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
static bool redamaged(const damaged_place *p, const reading *r, size_t from, size_t to, bool lost) {
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
static int64_t last_mark_nats(const damaged_place *p, uint32_t last, bool at_end) {
    int64_t nats = last == 0x201D ? (p->quoted ? 3 : -5) : last == 0x201C && p->quoted ? -5 : 0;
    bool ends = last == 0x3002 || last == 0x201D || last == 0xFF01 || last == 0xFF1F;
    if (at_end && ends) nats += 3;
    return nats * LM_NAT;
}

void reading_open(damaged_place *p, ht_repair_kind kind, bool chosen, const closing *k,
                  size_t from) {
    run_reading *run = &p->run;
    uint32_t behind[CONTEXT_BEHIND];
    *run = (run_reading){.from = from, .run_end = k->run_end, .lost = k->how != CLOSED_BY_BYTE};
    reading *r = &run->r;
    r->kind = kind;
    r->guessed = k->how == CLOSED_BY_QUESTION;
    r->exact = !chosen && !r->guessed;
    r->end = k->end;
    r->n_out = k->n_out;
    memcpy(r->out, k->out, k->n_out * sizeof *k->out);
    run->at_end = k->end == p->n || p->c[k->end] == '\n';
    if (r->guessed && !run->at_end) {
        /* the `?` took an ASCII byte with it, unless a marker cut the text there; before what
         * closes a sentence the real sites show none gone */
        size_t rest = tag_rest(p->c + k->end, p->n - k->end);
        run->tag = run->at_end = rest != 0;
        r->end += rest;
        uint32_t next = p->c[k->end];
        r->mark = !run->tag && !reading_is_marker(next) && next != 0x3002 && next != 0x201D;
    }
    if (k->how == CLOSED_BY_GLOSS && r->end < p->n && p->c[r->end] == '?' &&
        (r->end + 1 == p->n || reading_is_marker(p->c[r->end + 1]))) {
        r->end++; /* the first byte of one more character, of which nothing else is left */
        r->mark = true;
    }
    r->exact &= !r->mark;
    for (size_t i = 0; i < k->n_out; i++) sum_add(&run->known, lm_id(k->out[i]));
    if (k->n_out) run->first_id = lm_id(k->out[0]);
    run->n_behind = plain_text(p, r->end, behind, CONTEXT_BEHIND);
    for (size_t i = 0; i < run->n_behind; i++) run->behind[i] = lm_id(behind[i]);
    p->work += k->n_out + CONTEXT_BEHIND;
}

/* What the first and the last character are does not matter: one byte of each is gone. */
static bool is_redamaged(damaged_place *p, const reading *r) {
    run_reading *run = &p->run;
    if (run->checked) return run->redamaged;
    p->work += r->n_out;
    run->checked = true;
    return run->redamaged = redamaged(p, r, run->from, run->run_end, run->lost);
}

void reading_weigh(damaged_place *p, uint32_t first, uint32_t last) {
    const run_reading *run = &p->run;
    size_t n_out = run->r.n_out + (first != 0) + (last != 0);
    uint32_t second = run->r.n_out ? run->r.out[0] : last;
    int64_t gain = gain_of(p, first, last);
    if (run->tag) gain += TAG_NATS * LM_NAT;
    if (run->r.guessed) gain += last_mark_nats(p, last, run->at_end);
    if (run->r.kind == HT_REPAIR_SHIFT_A && run->r.guessed && n_out == 2 && p->quoted &&
        second == 0x201D && run->at_end && p->proved)
        gain += LAST_WORDS_NATS * LM_NAT;
    if (p->n_readings == READINGS_KEPT && gain <= p->top[READINGS_KEPT - 1].gain) return;
    reading r = run->r;
    r.gain = gain;
    if (first) {
        memmove(r.out + 1, r.out, r.n_out * sizeof *r.out);
        r.out[0] = first;
        r.n_out++;
    }
    if (last) r.out[r.n_out++] = last;
    if (is_redamaged(p, &r)) offer(p, &r);
}
