#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { USUAL_FORMAT = 64 }; /* bytes that are formatted without measuring them first */

ht_str ht_str_of(const char *s) {
    return s ? (ht_str){s, strlen(s)} : (ht_str){NULL, 0};
}

bool ht_str_eq(ht_str a, ht_str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int ht_str_cmp(ht_str a, ht_str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    if (c) return c;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool ht_str_starts(ht_str s, ht_str prefix) {
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool ht_str_ends(ht_str s, ht_str suffix) {
    return s.n >= suffix.n &&
           (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

size_t ht_str_find(ht_str s, ht_str what, size_t from) {
    if (what.n == 0) return from <= s.n ? from : SIZE_MAX;
    if (from > s.n || what.n > s.n - from) return SIZE_MAX;
    const char *hit = memmem(s.p + from, s.n - from, what.p, what.n);
    return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

/* Length of the white space character at the start of s, 0 if there is none. */
static size_t space_at(ht_str s) {
    unsigned char c = (unsigned char)s.p[0];
    if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
    if (ht_str_starts(s, HT_S("\xE3\x80\x80")) || ht_str_starts(s, HT_S("\xEF\xBB\xBF"))) return 3;
    return ht_str_starts(s, HT_S("\xC2\xA0")) ? 2 : 0;
}

static size_t space_before_end(ht_str s) {
    for (size_t k = 1; k <= 3 && k <= s.n; k++)
        if (space_at(ht_sub(s, s.n - k, s.n)) == k) return k;
    return 0;
}

ht_str ht_str_trim(ht_str s) {
    size_t k;
    while (s.n && (k = space_at(s))) s = ht_sub(s, k, s.n);
    while (s.n && (k = space_before_end(s))) s.n -= k;
    return s;
}

ht_str ht_str_copy(ht_arena *a, ht_str s) {
    char *p = ht_arena_alloc(a, s.n);
    if (s.n) memcpy(p, s.p, s.n);
    return (ht_str){p, s.n};
}

char *ht_str_cstr(ht_arena *a, ht_str s) {
    char *p = ht_arena_alloc(a, s.n + 1);
    if (s.n) memcpy(p, s.p, s.n);
    return p;
}

ht_str ht_format(ht_arena *a, const char *format, ...) {
    va_list args, again;
    char usual[USUAL_FORMAT];
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(usual, sizeof usual, format, args);
    va_end(args);
    if (n < 0) n = 0;
    char *p = ht_arena_alloc(a, (size_t)n + 1);
    if ((size_t)n < sizeof usual)
        memcpy(p, usual, (size_t)n);
    else
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return (ht_str){p, (size_t)n};
}

bool ht_str_split(ht_str *rest, char separator, ht_str *field) {
    if (!rest->p) return false;
    const char *at = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
    if (!at) {
        *field = *rest;
        *rest = (ht_str){NULL, 0};
    } else {
        size_t n = (size_t)(at - rest->p);
        *field = (ht_str){rest->p, n};
        *rest = ht_sub(*rest, n + 1, rest->n);
    }
    return true;
}

void ht_buf_init(ht_buf *b, ht_arena *a) {
    *b = (ht_buf){.arena = a};
}

char *ht_buf_space(ht_buf *b, size_t n) {
    if (n > b->cap - b->n) {
        size_t cap = b->cap ? b->cap : 64;
        while (cap - b->n < n) cap *= 2;
        b->p = ht_arena_grow(b->arena, b->p, b->n, cap);
        b->cap = cap;
    }
    return b->p + b->n;
}

void ht_buf_add(ht_buf *b, ht_str s) {
    if (!s.n) return;
    memcpy(ht_buf_space(b, s.n), s.p, s.n);
    b->n += s.n;
}

void ht_buf_byte(ht_buf *b, char c) {
    *ht_buf_space(b, 1) = c;
    b->n++;
}

void ht_buf_printf(ht_buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char *here = ht_buf_space(b, USUAL_FORMAT);
    int n = vsnprintf(here, USUAL_FORMAT, format, args);
    va_end(args);
    if (n >= USUAL_FORMAT) vsnprintf(ht_buf_space(b, (size_t)n + 1), (size_t)n + 1, format, again);
    if (n > 0) b->n += (size_t)n;
    va_end(again);
}
