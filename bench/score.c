#include "bench/score.h"

#include "base/utf8.h"

#include <string.h>

enum { MARK = 0xFFFD };

const char *const damage_kind_names[DAMAGE_KINDS] = {"A", "B", "C", "C gloss"};

uint64_t chance(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

void score_example(tally *t, verdict v, ht_str text) {
    static uint64_t state = 7;
    size_t at = t->n_seen[v]++;
    if (at >= t->show) at = (size_t)(chance(&state) % t->n_seen[v]);
    if (at < t->show) t->examples[v][at] = ht_str_copy(&t->arena, text);
}

/* What stands where a run stood. */
typedef struct {
    uint32_t *c;
    bool *kept; /* it is the damaged text's */
    size_t n;
} result;

static uint32_t narrow(uint32_t c) {
    return c == 0x3000 ? ' ' : c > 0xFF00 && c < 0xFF5F ? c - 0xFEE0 : c;
}

static bool fits(uint32_t out, uint32_t clean) {
    return narrow(out) == narrow(clean);
}

/* Is r the clean text [from, to)? There lost characters may be U+FFFD or missing, with MARKED the
 * others U+FFFD, with PART anything may stand for what was kept. */
static bool is_truth(ht_arena *a, const result *r, const damaged_text *d, size_t from, size_t to,
                     verdict v) {
    bool *now = HT_ARRAY(a, bool, r->n + 1), *next = HT_ARRAY(a, bool, r->n + 1);
    for (size_t k = from; k <= to; k++) {
        for (size_t i = 0; i <= r->n; i++) {
            bool before = i && v == PART && r->kept[i - 1];
            next[i] = k == from ? !i : false;
            if (k > from && i)
                next[i] |= now[i - 1] && (fits(r->c[i - 1], d->clean[k - 1]) ||
                                          (r->c[i - 1] == MARK && (v == MARKED || d->lost[k - 1])));
            if (k > from) next[i] |= now[i] && (before || d->lost[k - 1]);
            if (before) next[i] |= next[i - 1];
        }
        bool *swap = now;
        now = next;
        next = swap;
    }
    return now[r->n];
}

static bool has_mark(const uint32_t *out, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (out[i] == MARK) return true;
    return false;
}

static ht_str clean_around(ht_arena *a, const damaged_text *d, size_t from, size_t to) {
    ht_str s = ht_utf8_encode(a, d->clean, d->n_clean);
    size_t start = 0, end;
    for (size_t i = 0; i < from; i++) ht_utf8_next(s, &start);
    end = start;
    for (size_t i = from; i < to; i++) ht_utf8_next(s, &end);
    return around(a, s, start, end);
}

static void keep_example(tally *t, ht_arena *a, verdict v, const char *kind, const damaged_text *d,
                         size_t from, size_t to, ht_span damaged, ht_str cleaned, ht_span out) {
    if (!t->show) return;
    ht_str was = clean_around(a, d, from, to),
           is = around(a, d->damaged, damaged.start, damaged.end),
           became = around(a, cleaned, out.start, out.end);
    score_example(
        t, v,
        ht_format(a, "%s\n  clean    " HT_FMT "\n  damaged  " HT_FMT "\n  cleaned  " HT_FMT "\n",
                  kind, HT_ARG(was), HT_ARG(is), HT_ARG(became)));
}

/* A run, or several that were changed together, with what was changed along with them. */
typedef struct {
    ht_span src, out;
    size_t from, to; /* clean characters */
    size_t run, end; /* which runs */
    bool changed;
} region;

static region region_of(ht_arena *a, const damaged_text *d, const edits *e, size_t run) {
    region g = {.src = d->runs[run].damaged, .run = run, .end = run + 1};
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t i = 0; i < e->n; i++) {
            ht_span s = e->edits[i].src;
            if (!spans_meet(s, g.src) || (s.start >= g.src.start && s.end <= g.src.end)) continue;
            if (s.start < g.src.start) g.src.start = s.start;
            if (s.end > g.src.end) g.src.end = s.end;
            grown = true;
        }
        for (; g.end < d->n_runs && d->runs[g.end].damaged.start < g.src.end; g.end++) {
            if (d->runs[g.end].damaged.end > g.src.end) g.src.end = d->runs[g.end].damaged.end;
            grown = true;
        }
    }
    g.from = d->runs[run].from;
    g.to = d->runs[g.end - 1].to;
    while (g.from && d->at[g.from - 1] != SIZE_MAX && d->at[g.from - 1] >= g.src.start) g.from--;
    while (g.to < d->n_clean && d->at[g.to] != SIZE_MAX && d->at[g.to] < g.src.end) g.to++;
    /* between two edits the text moves by what they gained */
    size_t shift_from = 0, shift_to = 0; /* modulo 2^64 */
    for (size_t i = 0; i < e->n; i++) {
        const edit *k = &e->edits[i];
        size_t gained = k->out.end - k->src.end;
        if (k->src.end <= g.src.start) shift_from = gained;
        if (k->src.end <= g.src.end) shift_to = gained;
        g.changed |=
            spans_meet(k->src, g.src) && !k->small && !edit_drops_glosses(a, *k, d->damaged);
    }
    g.out = (ht_span){g.src.start + shift_from, g.src.end + shift_to};
    return g;
}

static bool eats_digit(const damaged_text *d, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (d->lost[i] && d->clean[i] >= '0' && d->clean[i] <= '9') return true;
    return false;
}

/* Are there more or fewer full-width forms than in the clean text? */
static bool other_width(const result *r, const damaged_text *d, size_t from, size_t to) {
    size_t n_out = 0, n_clean = 0;
    for (size_t i = 0; i < r->n; i++) n_out += narrow(r->c[i]) != r->c[i];
    for (size_t i = from; i < to; i++) n_clean += narrow(d->clean[i]) != d->clean[i] && !d->lost[i];
    return d->fold ? n_out != n_clean : n_out < n_clean;
}

/* Without the readings that stand in it. */
static result without_glosses(ht_arena *a, const result *r) {
    result bare = {HT_ARRAY(a, uint32_t, r->n), HT_ARRAY(a, bool, r->n), 0};
    for (size_t i = 0; i < r->n;) {
        size_t k = gloss_length(r->c + i, r->n - i);
        i += k;
        if (k) continue;
        bare.kept[bare.n] = r->kept[i];
        bare.c[bare.n++] = r->c[i++];
    }
    return bare;
}

static verdict judge(tally *t, ht_arena *a, const result *r, const damaged_text *d,
                     const region *g) {
    if (is_truth(a, r, d, g->from, g->to, EXACT)) {
        t->n_other_width += other_width(r, d, g->from, g->to);
        return EXACT;
    }
    if (!g->changed) return LEFT;
    result bare = without_glosses(a, r);
    if (is_truth(a, &bare, d, g->from, g->to, EXACT)) {
        t->n_kept_in_runs++;
        return EXACT;
    }
    if (is_truth(a, &bare, d, g->from, g->to, MARKED)) return MARKED;
    return is_truth(a, &bare, d, g->from, g->to, PART) ? PART : WRONG;
}

/* The text of a region, and which of it no edit wrote. */
static result result_of(ht_arena *a, const edits *e, ht_str text, ht_span out) {
    size_t n;
    result r = {.c = ht_utf8_decode(a, ht_sub(text, out.start, out.end), &n)};
    r.kept = HT_ARRAY(a, bool, n);
    for (size_t at = out.start; r.n < n; r.n++) {
        size_t from = at;
        ht_utf8_next(text, &at);
        r.kept[r.n] = true;
        for (size_t i = 0; i < e->n; i++)
            if (spans_meet(e->edits[i].out, (ht_span){from, at})) r.kept[r.n] = false;
    }
    return r;
}

static void score_runs(tally *t, ht_arena *a, const damaged_text *d, const edits *e, ht_str text,
                       bool *used) {
    for (size_t run = 0; run < d->n_runs;) {
        region g = region_of(a, d, e, run);
        result r = result_of(a, e, text, g.out);
        verdict v = judge(t, a, &r, d, &g);
        if (v != LEFT && eats_digit(d, g.from, g.to)) {
            t->n_digits++;
            t->n_unmarked += !has_mark(r.c, r.n);
        }
        for (; run < g.end; run++) {
            t->runs[d->runs[run].kind][v]++;
            if (run == g.run)
                keep_example(t, a, v, damage_kind_names[d->runs[run].kind], d, g.from, g.to, g.src,
                             text, g.out);
        }
        for (size_t i = 0; i < e->n; i++) used[i] |= spans_meet(e->edits[i].src, g.src);
    }
}

/* Readings that were put in, and nothing else, taken out? */
static bool is_gloss(const damaged_text *d, const edit *e) {
    size_t n = 0;
    for (size_t i = 0; i < d->n_glosses; i++)
        if (d->glosses[i].start >= e->src.start && d->glosses[i].end <= e->src.end)
            n += d->glosses[i].end - d->glosses[i].start;
    return e->out.start == e->out.end && n == e->src.end - e->src.start;
}

static void score_outside(tally *t, ht_arena *a, const damaged_text *d, const edits *e, ht_str text,
                          const bool *used) {
    for (size_t i = 0; i < e->n; i++) {
        const edit *k = &e->edits[i];
        if (used[i] || is_gloss(d, k)) continue;
        size_t from = 0, n = 0;
        for (size_t c = 0; c < d->n_clean; c++) {
            if (d->at[c] == SIZE_MAX || d->at[c] < k->src.start) continue;
            if (!n) from = c;
            if (d->at[c] >= k->src.end) break;
            n++;
        }
        t->n_outside += n ? n : 1;
        keep_example(t, a, OUTSIDE, "outside", d, from, from + n, k->src, text, k->out);
    }
    for (size_t i = 0; i < d->n_glosses; i++) {
        bool gone = false;
        for (size_t k = 0; k < e->n; k++)
            gone |= d->glosses[i].start >= e->edits[k].src.start &&
                    d->glosses[i].end <= e->edits[k].src.end;
        t->n_removed += gone;
        t->n_kept += !gone;
    }
}

void score_paragraph(tally *t, ht_arena *a, const damaged_text *d, const ht_text *cleaned,
                     size_t base) {
    edits e = edits_find(a, d->damaged, cleaned, base);
    bool *used = HT_ARRAY(a, bool, e.n);
    score_runs(t, a, d, &e, cleaned->text, used);
    score_outside(t, a, d, &e, cleaned->text, used);
}
