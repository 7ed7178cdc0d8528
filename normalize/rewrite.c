#include "normalize/rewrite.h"

#include "base/utf8.h"

enum { SPARE = 64 }; /* bytes that a text may grow by before it is copied again */

void rewrite_begin(rewrite *w, ht_arena *a, const ht_text *old) {
    *w = (rewrite){.arena = a, .old = old};
}

static void change(rewrite *w) {
    if (w->changed) return;
    w->changed = true;
    ht_buf_init(&w->out, w->arena);
    ht_offmap_init(&w->map, w->arena);
    ht_buf_space(&w->out, w->old->text.n + SPARE);
}

/* Puts the old text before `from` and then `with` into the new one. */
static void put(rewrite *w, ht_str with, size_t from, size_t to) {
    change(w);
    if (from > w->copied) ht_buf_add(&w->out, ht_sub(w->old->text, w->copied, from));
    ht_buf_add(&w->out, with);
    w->copied = to;
}

static void map_until(rewrite *w, size_t from, size_t to) {
    ht_offmap_append_part(&w->map, &w->old->map, w->mapped, from);
    w->mapped = to;
}

static bool is_one(ht_str s) {
    size_t at = 0;
    if (s.n) ht_utf8_next(s, &at);
    return s.n && at == s.n;
}

void rewrite_replace(rewrite *w, ht_str with, size_t from, size_t to) {
    put(w, with, from, to);
    map_until(w, from, to);
    ht_span s = ht_offmap_source(&w->old->map, from, to);
    size_t n_in = s.end - s.start;
    if (is_one(with))
        ht_offmap_add(&w->map, with.n, s.start, n_in);
    else
        ht_offmap_add_whole(&w->map, with.n, s.start, n_in);
}

void rewrite_each(rewrite *w, ht_str with, size_t from, size_t to) {
    ht_str old = ht_sub(w->old->text, from, to);
    if (ht_utf8_count(old) != ht_utf8_count(with)) {
        rewrite_replace(w, with, from, to);
        return;
    }
    for (size_t i = 0, k = 0; i < old.n;) {
        size_t i0 = i, k0 = k;
        ht_utf8_next(old, &i);
        ht_utf8_next(with, &k);
        if (i - i0 == k - k0) /* in the place of as many bytes: the map need not know */
            put(w, ht_sub(with, k0, k), from + i0, from + i);
        else
            rewrite_replace(w, ht_sub(with, k0, k), from + i0, from + i);
    }
}

char *rewrite_space(rewrite *w, size_t n) {
    change(w);
    return ht_buf_space(&w->out, n);
}

void rewrite_filled(rewrite *w, size_t n) {
    w->out.n += n;
    w->copied += n;
}

ht_text rewrite_end(rewrite *w) {
    if (!w->changed) return *w->old;
    put(w, (ht_str){NULL, 0}, w->old->text.n, w->old->text.n);
    map_until(w, w->old->text.n, w->old->text.n);
    return (ht_text){ht_buf_str(&w->out), w->map};
}
