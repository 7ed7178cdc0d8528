#include "cli/normalize_lines.h"

#include <string.h>

static size_t find(ht_str s, char c, size_t from, size_t to) {
    const char *p = from < to ? memchr(s.p + from, c, to - from) : NULL;
    return p ? (size_t)(p - s.p) : to;
}

bool text_line_next(text_line *l) {
    l->start = l->next;
    if (l->start == l->text.n) return false;
    if (l->feed < l->start || !l->start) l->feed = find(l->text, '\n', l->start, l->text.n);
    l->end = find(l->text, '\r', l->start, l->feed);
    l->next = l->end + (l->end < l->text.n);
    if (l->end < l->feed && l->next == l->feed && l->feed < l->text.n) l->next++;
    return true;
}
