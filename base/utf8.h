/* UTF-8 in and out. Nothing here knows Chinese. */
#ifndef HT_BASE_UTF8_H
#define HT_BASE_UTF8_H

#include "base/str.h"

/* Decodes the character at s.p[*at] and moves *at behind it. s must be valid UTF-8. */
static inline uint32_t ht_utf8_next(ht_str s, size_t *at) {
    const unsigned char *p = (const unsigned char *)s.p + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    *at += 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
           (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

/* Writes c as UTF-8 (1-4 bytes) and gives the number of bytes. c is a scalar value. */
size_t ht_utf8_put(char *out, uint32_t c);
void ht_buf_char(ht_buf *b, uint32_t c);
/* Byte position of the first malformed byte (overlong, surrogate, above 10FFFF, cut), or s.n. */
size_t ht_utf8_valid_until(ht_str s);
size_t ht_utf8_count(ht_str s); /* code points; s is valid */
/* Decodes s into arena code points; *n gets their number. */
uint32_t *ht_utf8_decode(ht_arena *a, ht_str s, size_t *n);
ht_str ht_utf8_encode(ht_arena *a, const uint32_t *c, size_t n);

#endif
