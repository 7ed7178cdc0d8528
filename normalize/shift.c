#include "normalize/shift.h"

#include "normalize/clean.h"
#include "normalize/damage.h"
#include "normalize/lm.h"
#include "normalize/units.h"

#include <string.h>

enum {
    HOPELESS_NATS = 15,
    HOPELESS_AFTER = 4,
    TRAILS = 191,
    STEP_WORK = 4, /* of a state, in bigrams */
    EURO = 0x20AC, /* what the byte 80 alone is read as */
};

typedef struct {
    size_t at;
    uint32_t lead, last; /* pending first byte; the model's id of the last character out */
    int64_t cost;
    size_t n_out;
    uint32_t out[SHIFT_MAX_OUT];
} state;

struct shift_work {
    state now[SHIFT_MAX_STATES], next[3 * SHIFT_MAX_STATES];
    size_t n_now, n_next;
    closing closings[SHIFT_MAX_CLOSINGS];
    size_t n_closings;
    uint64_t n_steps; /* states and characters that were looked at */
};

shift_work *shift_work_new(ht_arena *a) {
    return HT_NEW(a, shift_work);
}

uint32_t shift_char(uint32_t lead, uint32_t trail) {
    uint32_t c = unit_gb_char(lead, trail);
    return c >= 0xE000 && c <= 0xF8FF ? 0 : c;
}

uint32_t shift_bytes(uint32_t c) {
    return c == ' ' ? 0xA1A1 : unit_gb_pair_of(c);
}

static void emit(state *s, uint32_t c) {
    uint32_t id = lm_id(c);
    s->cost += lm_cost(s->last, id);
    s->last = id;
    s->out[s->n_out++] = c;
}

/* Goes on at `at` with a new pending byte, when the character that it completes is one. */
static void step(shift_work *w, const state *s, uint32_t trail, uint32_t pending, size_t at) {
    uint32_t c = shift_char(s->lead, trail);
    if (!c || w->n_next == 3 * SHIFT_MAX_STATES) return;
    state *t = &w->next[w->n_next++];
    *t = *s;
    emit(t, c);
    t->lead = pending;
    t->at = at;
    if (t->n_out >= HOPELESS_AFTER && t->cost > (int64_t)t->n_out * HOPELESS_NATS * LM_NAT)
        w->n_next--;
}

static void close_run(shift_work *w, const state *s, uint32_t c, closed_by how, size_t run_end,
                      size_t end) {
    if (w->n_closings == SHIFT_MAX_CLOSINGS) return;
    closing *k = &w->closings[w->n_closings++];
    memcpy(k->out, s->out, s->n_out * sizeof *s->out);
    k->n_out = s->n_out;
    if (c) k->out[k->n_out++] = c;
    k->run_end = run_end;
    k->end = end;
    k->how = how;
    k->open_lead = c ? 0 : s->lead;
}

/* The gloss names the character whose second byte it pushed out. True if there is one. */
static bool close_by_gloss(shift_work *w, const state *s, const uint32_t *letters, size_t n_letters,
                           size_t end) {
    uint32_t found[TRAILS];
    size_t n = 0;
    w->n_steps += TRAILS;
    for (uint32_t trail = 0x40; trail <= 0xFE; trail++) {
        uint32_t c = shift_char(s->lead, trail);
        if (c && c != ht_fold(c) && gloss_reads(c, letters, n_letters)) found[n++] = c;
    }
    for (size_t i = 0; i < n; i++) close_run(w, s, found[i], CLOSED_BY_GLOSS, s->at, end);
    return n > 0;
}

static void advance(shift_work *w, const state *s, const uint32_t *c, size_t n) {
    size_t at = s->at, n_letters, k;
    if (at >= n) return;
    uint32_t here = c[at];
    k = gloss_at(c + at, n - at, &n_letters);
    if (k) {
        if (gloss_reads(c[at - 1], c + at + 1, n_letters) && shift_bytes(c[at - 1]) &&
            w->n_next < 3 * SHIFT_MAX_STATES) {
            w->next[w->n_next] = *s; /* the gloss is that of the misread character */
            w->next[w->n_next++].at = at + k;
        }
        close_by_gloss(w, s, c + at + 1, n_letters, at + k);
        return;
    }
    if (here == '?') {
        k = gloss_tail(c + at + 1, n - at - 1, &n_letters);
        if (k && close_by_gloss(w, s, c + at + 1, n_letters, at + 1 + k)) return;
        close_run(w, s, 0, CLOSED_BY_QUESTION, at, at + 1);
        return;
    }
    if ((here >= 0x40 && here <= 0x7E) || here == EURO) {
        uint32_t last = shift_char(s->lead, here == EURO ? 0x80 : here);
        if (last) close_run(w, s, last, CLOSED_BY_BYTE, at + 1, at + 1);
        if (here == EURO) return;
    }
    if (here >= 0x21 && here <= 0x7E) { /* a full-width form, folded since */
        step(w, s, 0xA3, here | 0x80, at + 1);
        return;
    }
    uint32_t bytes = shift_bytes(here);
    if (bytes) step(w, s, bytes >> 8, bytes & 0xFF, at + 1);
}

/* The likeliest states of the next step; there are few, so a selection will do. */
static void keep_best(shift_work *w) {
    w->n_now = 0;
    while (w->n_now < SHIFT_MAX_STATES && w->n_next) {
        size_t best = 0;
        for (size_t i = 1; i < w->n_next; i++)
            if (w->next[i].cost < w->next[best].cost) best = i;
        w->now[w->n_now++] = w->next[best];
        w->next[best] = w->next[--w->n_next];
    }
    w->n_next = 0;
}

size_t shift_follow(shift_work *w, const uint32_t *c, size_t n, size_t at, uint32_t lead,
                    const closing **closings, uint64_t *spent) {
    w->now[0] = (state){.at = at, .lead = lead};
    w->n_now = 1;
    w->n_next = w->n_closings = w->n_steps = 0;
    for (size_t steps = 0; w->n_now && steps < SHIFT_MAX_RUN; steps++) {
        for (size_t i = 0; i < w->n_now; i++) advance(w, &w->now[i], c, n);
        w->n_steps += w->n_now * STEP_WORK;
        keep_best(w);
    }
    *spent += w->n_steps;
    *closings = w->closings;
    return w->n_closings;
}
