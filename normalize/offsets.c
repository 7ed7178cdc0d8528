#include "normalize/offsets.h"

void ht_offmap_init(ht_offmap *m, ht_arena *a) {
    *m = (ht_offmap){.arena = a};
}

void ht_offmap_add(ht_offmap *m, size_t n_out, size_t in, size_t n_in) {
    if (!n_out) return;
    if (m->n) {
        ht_run *last = &m->runs[m->n - 1];
        uint32_t last_out = m->n_out - last->out;
        if (last_out == last->n_in && n_out == n_in && last->in + last->n_in == in) {
            last->n_in += (uint32_t)n_in;
            m->n_out += (uint32_t)n_out;
            return;
        }
    }
    *HT_PUSH(m->arena, m->runs, m->n, m->cap) = (ht_run){m->n_out, (uint32_t)in, (uint32_t)n_in};
    m->n_out += (uint32_t)n_out;
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
        if (end - r.out == r.n_in)
            ht_offmap_add(m, b - a, r.in + (a - r.out), b - a);
        else
            ht_offmap_add(m, b - a, r.in, r.n_in);
    }
}

ht_span ht_offmap_source(const ht_offmap *m, size_t start, size_t end) {
    if (!m->n) return (ht_span){0, 0};
    if (start >= m->n_out) {
        const ht_run *r = &m->runs[m->n - 1];
        return (ht_span){r->in + r->n_in, r->in + r->n_in};
    }
    if (end > m->n_out) end = m->n_out;
    size_t i = run_at(m, start), j = end > start ? run_at(m, end - 1) : i;
    while (i < j && !m->runs[i].n_in) i++; /* inserted text at the ends has no origin */
    while (j > i && !m->runs[j].n_in) j--;
    ht_run a = m->runs[i], b = m->runs[j];
    ht_span s = {a.in, b.in + b.n_in};
    if (run_end(m, i) - a.out == a.n_in && start > a.out) s.start = a.in + (start - a.out);
    if (end <= start)
        s.end = s.start;
    else if (run_end(m, j) - b.out == b.n_in && end < run_end(m, j))
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
    bool by_byte = run_end(m, low) - r->out == r->n_in;
    return r->out + (by_byte && in > r->in ? in - r->in : 0);
}
