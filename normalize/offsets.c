#include "normalize/offsets.h"

void ht_offmap_init(ht_offmap *m, ht_arena *a) {
    *m = (ht_offmap){.arena = a};
}

static void add(ht_offmap *m, size_t n_out, size_t in, size_t n_in, bool whole) {
    if (!n_out) return;
    ht_run run = {m->n_out, (uint32_t)in, (uint32_t)n_in & INT32_MAX, whole};
    m->n_out += (uint32_t)n_out;
    if (m->n) {
        ht_run *last = &m->runs[m->n - 1];
        bool goes_on = last->in + last->n_in == run.in, same = last->in == run.in;
        if (!whole && !last->whole && goes_on) {
            last->n_in = (last->n_in + run.n_in) & INT32_MAX;
            return;
        }
        if (whole && last->whole && same && last->n_in == run.n_in) return;
    }
    *HT_PUSH(m->arena, m->runs, m->n, m->cap) = run;
}

void ht_offmap_add(ht_offmap *m, size_t n_out, size_t in, size_t n_in) {
    add(m, n_out, in, n_in, n_out != n_in);
}

void ht_offmap_add_whole(ht_offmap *m, size_t n_out, size_t in, size_t n_in) {
    add(m, n_out, in, n_in, true);
}

static uint32_t run_end(const ht_offmap *m, size_t i) {
    return i + 1 < m->n ? m->runs[i + 1].out : m->n_out;
}

/* Index of the run that holds the output byte `at`; m has runs and at < n_out. */
static size_t run_at(const ht_offmap *m, size_t at) {
    size_t low = 0, high = m->n;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (m->runs[mid].out <= at)
            low = mid;
        else
            high = mid;
    }
    return low;
}

void ht_offmap_append(ht_offmap *m, const ht_offmap *tail) {
    ht_offmap_append_part(m, tail, 0, tail->n_out);
}

void ht_offmap_append_part(ht_offmap *m, const ht_offmap *other, size_t from, size_t to) {
    if (to > other->n_out) to = other->n_out;
    if (from >= to) return;
    for (size_t i = run_at(other, from); i < other->n && other->runs[i].out < to; i++) {
        ht_run r = other->runs[i];
        size_t end = run_end(other, i), a = from > r.out ? from : r.out, b = to < end ? to : end;
        if (r.whole)
            ht_offmap_add_whole(m, b - a, r.in, r.n_in);
        else
            ht_offmap_add(m, b - a, r.in + (a - r.out), b - a);
    }
}

ht_span ht_offmap_source(const ht_offmap *m, size_t start, size_t end) {
    if (!m->n) return (ht_span){0, 0};
    if (start >= m->n_out) {
        const ht_run *r = &m->runs[m->n - 1];
        return (ht_span){r->in + r->n_in, r->in + r->n_in};
    }
    size_t i = run_at(m, start), j = end > start ? run_at(m, end - 1) : i;
    while (i < j && !m->runs[i].n_in) i++; /* inserted text at the ends has no origin */
    while (j > i && !m->runs[j].n_in) j--;
    ht_run a = m->runs[i], b = m->runs[j];
    ht_span s = {a.in, b.in + b.n_in};
    if (!a.whole && start > a.out) s.start = a.in + (start - a.out);
    if (end <= start)
        s.end = s.start;
    else if (!b.whole && end < run_end(m, j))
        s.end = b.in + (end - b.out);
    return s;
}

size_t ht_offmap_place(const ht_offmap *m, size_t in) {
    size_t low = 0, high = m->n; /* the first run whose origin ends behind `in` */
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if ((size_t)m->runs[mid].in + m->runs[mid].n_in <= in)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == m->n) return m->n_out;
    const ht_run *r = &m->runs[low];
    return r->out + (!r->whole && in > r->in ? in - r->in : 0);
}
