#include "bench/edits.h"

#include "base/utf8.h"

#include <string.h>

enum { CONTEXT = 10 };

static void add_edit(ht_arena *a, edits *e, ht_span src, ht_span out, bool small) {
    edit *last = e->n ? &e->edits[e->n - 1] : NULL;
    if (!last || last->out.end < out.start || last->src.end < src.start) {
        *HT_PUSH(a, e->edits, e->n, e->cap) = (edit){src, out, small};
        return;
    }
    if (src.start < last->src.start) last->src.start = src.start;
    if (src.end > last->src.end) last->src.end = src.end;
    if (out.end > last->out.end) last->out.end = out.end;
    last->small = last->small && small;
}

static bool invisible(ht_str s) {
    for (size_t at = 0; at < s.n;) {
        uint32_t c = ht_utf8_next(s, &at);
        if ((c >= 0x20 && c < 0x7F) || (c >= 0x2E80 && c < 0xFE00) || c > 0xFF00) return false;
    }
    return true;
}

static bool one_char(ht_str s) {
    size_t at = 0;
    if (s.n) ht_utf8_next(s, &at);
    return at == s.n;
}

edits edits_find(ht_arena *a, ht_str old, const ht_text *new, size_t base) {
    edits e = {NULL, 0, 0};
    size_t behind = 0;
    for (size_t i = 0; i < new->map.n; i++) {
        ht_run r = new->map.runs[i];
        size_t end = i + 1 < new->map.n ? new->map.runs[i + 1].out : new->map.n_out;
        ht_span src = {r.in - base, r.in - base + r.n_in}, out = {r.out, end};
        if (src.start > behind)
            add_edit(a, &e, (ht_span){behind, src.start}, (ht_span){out.start, out.start},
                     invisible(ht_sub(old, behind, src.start)));
        if (src.end > behind) behind = src.end;
        if (r.whole) {
            add_edit(a, &e, src, out,
                     one_char(ht_sub(old, src.start, src.end)) &&
                         one_char(ht_sub(new->text, out.start, out.end)));
            continue;
        }
        for (size_t at = out.start; at < out.end;) {
            size_t from = at, there = src.start + from - out.start;
            ht_utf8_next(new->text, &at);
            if (memcmp(new->text.p + from, old.p + there, at - from))
                add_edit(a, &e, (ht_span){there, there + at - from}, (ht_span){from, at}, true);
        }
    }
    if (behind < old.n)
        add_edit(a, &e, (ht_span){behind, old.n}, (ht_span){new->text.n, new->text.n},
                 invisible(ht_sub(old, behind, old.n)));
    return e;
}

bool spans_meet(ht_span a, ht_span b) {
    return a.start < b.end && b.start < a.end;
}

size_t gloss_length(const uint32_t *c, size_t n) {
    size_t k = 1;
    if (!n || c[0] != '(') return 0;
    while (k < n && ((c[k] >= 'a' && c[k] <= 'z') || (c[k] >= 0xE0 && c[k] < 0x1E40))) k++;
    return k > 1 && k <= 7 && k < n && c[k] == ')' ? k + 1 : 0;
}

bool edit_drops_glosses(ht_arena *a, edit e, ht_str old) {
    size_t n;
    if (e.out.start != e.out.end) return false;
    uint32_t *c = ht_utf8_decode(a, ht_sub(old, e.src.start, e.src.end), &n);
    for (size_t i = 0, k; i < n; i += k)
        if (!(k = gloss_length(c + i, n - i))) return false;
    return true;
}

ht_str around(ht_arena *a, ht_str s, size_t start, size_t end) {
    size_t from = start, to = end;
    for (int i = 0; i < CONTEXT; i++) {
        while (from && ((unsigned char)s.p[--from] & 0xC0) == 0x80) continue;
        if (to < s.n) ht_utf8_next(s, &to);
    }
    return ht_format(a, HT_FMT "[" HT_FMT "]" HT_FMT, HT_ARG(ht_sub(s, from, start)),
                     HT_ARG(ht_sub(s, start, end)), HT_ARG(ht_sub(s, end, to)));
}
