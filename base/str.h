/* Strings are a pointer and a length; NUL is a byte like another.
 *
 * ht_str borrows. ht_buf grows in an arena and never fails (see base/arena.h).
 */
#ifndef HT_BASE_STR_H
#define HT_BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *p; /* borrows; may be NULL when n is 0 */
    size_t n;      /* bytes */
} ht_str;

#define HT_S(literal) ((ht_str){"" literal, sizeof(literal) - 1})
#define HT_FMT "%.*s"
#define HT_ARG(s) (int)(s).n, (s).p

ht_str ht_str_of(const char *nul_terminated); /* NULL gives the empty string */
static inline ht_str ht_sub(ht_str s, size_t from, size_t to) {
    return (ht_str){from ? s.p + from : s.p, to - from}; /* NULL + 0 is undefined */
}
bool ht_str_eq(ht_str a, ht_str b);
int ht_str_cmp(ht_str a, ht_str b); /* memcmp order, the shorter first */
bool ht_str_starts(ht_str s, ht_str prefix);
bool ht_str_ends(ht_str s, ht_str suffix);
/* Byte position of the first occurrence at or after `from`, or SIZE_MAX. */
size_t ht_str_find(ht_str s, ht_str what, size_t from);
/* Cuts ASCII white space, U+3000, U+00A0 and U+FEFF from both ends. */
ht_str ht_str_trim(ht_str s);
ht_str ht_str_copy(ht_arena *a, ht_str s);  /* arena */
char *ht_str_cstr(ht_arena *a, ht_str s);   /* arena; NUL-terminated */
ht_str ht_format(ht_arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Takes the next field before `separator` from *rest; false when *rest is used up. */
bool ht_str_split(ht_str *rest, char separator, ht_str *field);

typedef struct {
    ht_arena *arena; /* borrows */
    char *p;
    size_t n, cap;
} ht_buf;

void ht_buf_init(ht_buf *b, ht_arena *a);
void ht_buf_add(ht_buf *b, ht_str s);
void ht_buf_byte(ht_buf *b, char c);
void ht_buf_printf(ht_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Space for n more bytes at the returned place; the caller adds what it used to b->n. */
char *ht_buf_space(ht_buf *b, size_t n);
static inline ht_str ht_buf_str(const ht_buf *b) {
    return (ht_str){b->p, b->n};
}

#endif
