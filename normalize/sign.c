#include "normalize/sign.h"

#include "normalize/lm.h"

#include <string.h>

enum {
    BEST_ENDS = 6,   /* first and last characters that are tried for one run */
    LEADS_WORK = 64, /* of a look at each first byte, in bigrams */
    IDEOGRAPHS = 0x3400,
};

bool sign_at(const damaged_place *p, bool injected, damage_sign *s) {
    const uint32_t *c = p->c + p->at;
    size_t n = p->n - p->at, k;
    uint32_t before = p->at ? p->c[p->at - 1] : 0;
    if (n < 2) return false;
    *s = (damage_sign){.run = p->at + 2};
    if (c[0] == '?' && reading_is_marker(c[1])) {
        s->kind = HT_REPAIR_SHIFT_A;
        return true;
    }
    if (c[0] == '?') {
        s->kind = HT_REPAIR_SHIFT_B;
        k = gloss_tail(c + 1, n - 1, &s->n_letters);
    } else {
        if (!injected || before <= 0x2000) return false;
        s->kind = HT_REPAIR_SHIFT_C;
        if (reading_is_marker(c[0]) && c[1] > 0x80) {
            s->run = p->at + 1;
            return true;
        }
        k = gloss_at(c, n, &s->n_letters);
        if (k && gloss_reads(before, c + 1, s->n_letters)) return false;
    }
    s->glossed = true;
    s->sure = before > IDEOGRAPHS;
    s->letters = p->at + 1;
    s->run = s->letters + s->n_letters + 1;
    return k > 0;
}

/* The likeliest characters of a list, by what they cost between two ids (0: unknown). */
typedef struct {
    struct {
        uint32_t c;
        int64_t cost;
    } best[BEST_ENDS + 1];
    size_t n;
} ranking;

static void rank_in(damaged_place *p, ranking *r, uint32_t c, uint32_t left, uint32_t right) {
    uint32_t id = lm_id(c);
    p->work += 2;
    int64_t cost = (int64_t)lm_cost(left, id) + (right ? lm_cost(id, right) : 0);
    size_t at = r->n;
    while (at && r->best[at - 1].cost > cost) at--;
    if (at == BEST_ENDS) return;
    r->n += r->n < BEST_ENDS;
    memmove(r->best + at + 1, r->best + at, (r->n - 1 - at) * sizeof *r->best);
    r->best[at].c = c;
    r->best[at].cost = cost;
}

/* The characters with that first byte, for the end of a run. */
static void rank_lasts(damaged_place *p, ranking *r, uint32_t lead, uint32_t left, uint32_t right) {
    r->n = 0;
    for (uint32_t trail = 0x40; trail <= 0xFE; trail++) {
        uint32_t c = shift_char(lead, trail);
        if (c) rank_in(p, r, c, left, right);
    }
}

/* The characters that a marker can have cut, for the beginning of one. */
static void rank_firsts(damaged_place *p, ranking *r, uint32_t left, uint32_t right) {
    r->n = 0;
    for (uint32_t lead = 0x81; lead <= 0xFE; lead++) {
        uint32_t c = shift_char(lead, 0xA3);
        if (c) rank_in(p, r, c, left, right);
    }
}

/* Weighs the open run with each of the first and of the last characters that it can have. */
static void weigh_ends(damaged_place *p, const closing *k, const ranking *firsts) {
    ranking lasts = {.best = {{0, 0}}, .n = 1};
    uint32_t right = k->end < p->n ? lm_id(p->c[k->end]) : 0;
    for (size_t f = 0; f < firsts->n; f++) {
        uint32_t first = firsts->best[f].c;
        if (k->how == CLOSED_BY_QUESTION && (!f || !k->n_out)) {
            uint32_t before = k->n_out ? k->out[k->n_out - 1] : first;
            rank_lasts(p, &lasts, k->open_lead, before ? lm_id(before) : 0, right);
        }
        for (size_t i = 0; i < lasts.n; i++) reading_weigh(p, first, lasts.best[i].c);
    }
}

/* The run behind a marker, behind each of the first characters that the marker can have cut. */
static void read_marked(damaged_place *p, shift_work *w, const damage_sign *s) {
    const closing *closings;
    uint32_t pending = reading_narrow(p->c[s->run - 1]) | 0x80;
    size_t n = shift_follow(w, p->c, p->n, s->run, pending, &closings, &p->work);
    uint32_t left = p->n_before ? lm_id(p->before[p->n_before - 1]) : 0, ranked_for = UINT32_MAX;
    ranking firsts;
    for (size_t i = 0; i < n; i++) {
        const closing *k = &closings[i];
        if (s->kind == HT_REPAIR_SHIFT_C && k->how == CLOSED_BY_QUESTION) continue;
        uint32_t right = k->n_out ? lm_id(k->out[0]) : 0;
        if (right != ranked_for) rank_firsts(p, &firsts, left, ranked_for = right);
        reading_open(p, s->kind, true, k, s->run - 1);
        weigh_ends(p, k, &firsts);
    }
}

/* The run behind a gloss: the character that it was put behind has the second byte of the one
 * before it. Where the first byte of the next one or the end of the run may be several, the model
 * has to choose and none is proved. */
static void read_glossed(damaged_place *p, shift_work *w, const damage_sign *s) {
    const ranking whole = {.best = {{0, 0}}, .n = 1}; /* it has its first character */
    size_t before = p->at ? reading_gloss_before(p->c, p->at) : 0, n_ways = 0;
    uint32_t bytes = before ? shift_bytes(p->c[before - 1]) : 0;
    if (!bytes) return;
    p->work += LEADS_WORK;
    for (uint32_t lead = 0x81; lead <= 0xFE; lead++) {
        uint32_t c = shift_char(bytes & 0xFF, lead);
        if (!c || ht_fold(c) == c || !gloss_reads(c, p->c + s->letters, s->n_letters)) continue;
        const closing *closings;
        size_t n = shift_follow(w, p->c, p->n, s->run, lead, &closings, &p->work);
        n_ways += n;
        for (size_t i = 0; i < n; i++) {
            const closing *k = &closings[i];
            if (s->kind == HT_REPAIR_SHIFT_C && k->how == CLOSED_BY_QUESTION) continue;
            reading_open(p, s->kind, false, k, s->run);
            weigh_ends(p, k, &whole);
        }
    }
    for (size_t i = 0; i < p->n_readings; i++) p->top[i].exact &= n_ways == 1;
}

void sign_read(damaged_place *p, shift_work *w, const damage_sign *s) {
    reading_begin(p);
    if (s->glossed)
        read_glossed(p, w, s);
    else
        read_marked(p, w, s);
    reading_rank(p);
}
