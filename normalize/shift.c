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
    STEP_WORK = 4, /* of a step, in bigrams */
    EURO = 0x20AC, /* what the byte 80 alone is read as */
};

struct shift_work {
    size_t at;
    uint32_t lead, last; /* pending first byte; the model's id of the last character out */
    int64_t cost;
    size_t n_out;
    uint32_t out[SHIFT_MAX_OUT];
    closing closings[SHIFT_MAX_CLOSINGS];
    size_t n_closings;
    uint64_t n_steps; /* steps and characters that were looked at */
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

/* Goes on behind the next character with a new pending byte; false if the one that it completes is
 * none, or all of them together no text. */
static bool step(shift_work *w, uint32_t trail, uint32_t pending) {
    uint32_t c = shift_char(w->lead, trail), id = lm_id(c);
    if (!c) return false;
    w->cost += lm_cost(w->last, id);
    w->last = id;
    w->out[w->n_out++] = c;
    w->lead = pending;
    w->at++;
    return w->n_out < HOPELESS_AFTER || w->cost <= (int64_t)w->n_out * HOPELESS_NATS * LM_NAT;
}

static void close_run(shift_work *w, uint32_t c, closed_by how, size_t run_end, size_t end) {
    if (w->n_closings == SHIFT_MAX_CLOSINGS) return;
    closing *k = &w->closings[w->n_closings++];
    memcpy(k->out, w->out, w->n_out * sizeof *w->out);
    k->n_out = w->n_out;
    if (c) k->out[k->n_out++] = c;
    k->run_end = run_end;
    k->end = end;
    k->how = how;
    k->open_lead = c ? 0 : w->lead;
}

/* The gloss names the character whose second byte it pushed out. True if there is one. */
static bool close_by_gloss(shift_work *w, const uint32_t *letters, size_t n_letters, size_t end) {
    bool found = false;
    w->n_steps += TRAILS;
    for (uint32_t trail = 0x40; trail <= 0xFE; trail++) {
        uint32_t c = shift_char(w->lead, trail);
        if (!c || c == ht_fold(c) || !gloss_reads(c, letters, n_letters)) continue;
        close_run(w, c, CLOSED_BY_GLOSS, w->at, end);
        found = true;
    }
    return found;
}

/* Notes how the run may end here; false if it cannot go on. */
static bool advance(shift_work *w, const uint32_t *c, size_t n) {
    size_t at = w->at, n_letters, k;
    if (at >= n) return false;
    uint32_t here = c[at];
    k = gloss_at(c + at, n - at, &n_letters);
    if (k) {
        close_by_gloss(w, c + at + 1, n_letters, at + k);
        w->at += k; /* or it is that of the misread character */
        return gloss_reads(c[at - 1], c + at + 1, n_letters) && shift_bytes(c[at - 1]);
    }
    if (here == '?') {
        k = gloss_tail(c + at + 1, n - at - 1, &n_letters);
        if (!k || !close_by_gloss(w, c + at + 1, n_letters, at + 1 + k))
            close_run(w, 0, CLOSED_BY_QUESTION, at, at + 1);
        return false;
    }
    if ((here >= 0x40 && here <= 0x7E) || here == EURO) {
        uint32_t last = shift_char(w->lead, here == EURO ? 0x80 : here);
        if (last) close_run(w, last, CLOSED_BY_BYTE, at + 1, at + 1);
        if (here == EURO) return false;
    }
    if (here >= 0x21 && here <= 0x7E) return step(w, 0xA3, here | 0x80); /* folded since */
    uint32_t bytes = shift_bytes(here);
    return bytes && step(w, bytes >> 8, bytes & 0xFF);
}

size_t shift_follow(shift_work *w, const uint32_t *c, size_t n, size_t at, uint32_t lead,
                    const closing **closings, uint64_t *spent) {
    bool goes_on = true;
    w->at = at;
    w->lead = lead;
    w->last = 0;
    w->cost = 0;
    w->n_out = w->n_closings = w->n_steps = 0;
    for (size_t steps = 0; goes_on && steps < SHIFT_MAX_RUN; steps++) {
        goes_on = advance(w, c, n);
        w->n_steps += STEP_WORK;
    }
    *spent += w->n_steps;
    *closings = w->closings;
    return w->n_closings;
}
