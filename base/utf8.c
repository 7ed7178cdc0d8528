#include "base/utf8.h"

#include <string.h>

size_t ht_utf8_put(char *out, uint32_t c) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

void ht_buf_char(ht_buf *b, uint32_t c) {
    b->n += ht_utf8_put(ht_buf_space(b, 4), c);
}

/* Length of the well-formed sequence at p (table 3-7 of the Unicode standard), 0 if malformed. */
static size_t sequence(const unsigned char *p, size_t n) {
    unsigned char a = p[0];
    if (a < 0x80) return 1;
    if (a < 0xC2 || a > 0xF4) return 0;
    size_t k = a < 0xE0 ? 2 : a < 0xF0 ? 3 : 4;
    if (n < k) return 0;
    unsigned char low = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : 0x80;
    unsigned char high = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) return 0;
    for (size_t i = 2; i < k; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    return k;
}

/* Three bytes at p, of which four can be read, are a character that needs no closer look: E1 .. EF
 * but ED. */
static bool is_plain_three(const unsigned char *p) {
    uint32_t word;
    memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap32(word);
#endif
    return (word & 0xC0C0F0) == 0x8080E0 && (word & 0xFF) != 0xE0 && (word & 0xFF) != 0xED;
}

size_t ht_utf8_valid_until(ht_str s) {
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    while (i < s.n) {
        uint64_t word;
        while (i + 8 <= s.n) {
            memcpy(&word, p + i, 8);
            if (word & 0x8080808080808080u) break;
            i += 8;
        }
        while (i + 4 <= s.n && is_plain_three(p + i)) i += 3;
        if (i >= s.n) break;
        size_t k = sequence(p + i, s.n - i);
        if (!k) return i;
        i += k;
    }
    return s.n;
}

size_t ht_utf8_count(ht_str s) {
    size_t n = 0, i = 0;
    for (; i + 8 <= s.n; i += 8) { /* 10xxxxxx: its high bit, and not the next */
        uint64_t word;
        memcpy(&word, s.p + i, sizeof word);
        uint64_t goes_on = (word >> 7 & ~(word >> 6)) & 0x0101010101010101;
        n += 8 - (size_t)(goes_on * 0x0101010101010101 >> 56);
    }
    for (; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

uint32_t *ht_utf8_decode(ht_arena *a, ht_str s, size_t *n) {
    uint32_t *out = HT_ARRAY(a, uint32_t, ht_utf8_count(s) + 1);
    size_t k = 0;
    for (size_t at = 0; at < s.n;) out[k++] = ht_utf8_next(s, &at);
    *n = k;
    return out;
}

ht_str ht_utf8_encode(ht_arena *a, const uint32_t *c, size_t n) {
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < n; i++) ht_buf_char(&b, c[i]);
    return ht_buf_str(&b);
}
