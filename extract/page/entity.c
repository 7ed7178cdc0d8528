#include "extract/page/scan.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_ENTITY_NAME = 10 }; /* thetasym; HTML 4 has no longer one */

/* Pages written as windows-1252 number its characters as if they were Unicode (HTML standard,
 * numeric character reference end state). */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

static int digit_of(char c, unsigned base) {
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = (char)(c | 0x20);
    return base == 16 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static size_t numeric(ht_str s, size_t at, uint32_t *c) {
    size_t i = at + 2;
    unsigned base = 10;
    if (i < s.n && (s.p[i] | 0x20) == 'x') {
        base = 16;
        i++;
    }
    size_t first = i;
    uint32_t value = 0;
    for (int d; i < s.n && (d = digit_of(s.p[i], base)) >= 0; i++)
        if (value < 0x200000)
            value = value * base + (uint32_t)d;
    if (i == first)
        return 0;
    if (value >= 0x80 && value < 0xA0)
        value = windows_1252[value - 0x80];
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        value = 0xFFFD;
    *c = value;
    return i - at + (i < s.n && s.p[i] == ';');
}

size_t page_entity(ht_str s, size_t at, uint32_t *c) {
    if (at + 2 >= s.n)
        return 0;
    if (s.p[at + 1] == '#')
        return numeric(s, at, c);
    size_t n = 0;
    while (n < MAX_ENTITY_NAME && at + 1 + n < s.n) {
        char x = s.p[at + 1 + n];
        if (!((x | 0x20) >= 'a' && (x | 0x20) <= 'z') && !(x >= '0' && x <= '9'))
            break;
        n++;
    }
    const uint32_t *value =
        ht_map_get(&page_vocab_get()->entities, ht_sub(s, at + 1, at + 1 + n));
    if (!value)
        return 0;
    *c = *value;
    return 1 + n + (at + 1 + n < s.n && s.p[at + 1 + n] == ';');
}

ht_str page_decode_entities(ht_arena *a, ht_str s) {
    if (!s.n || !memchr(s.p, '&', s.n))
        return s;
    ht_buf out;
    ht_buf_init(&out, a);
    for (size_t i = 0; i < s.n;) {
        uint32_t c;
        size_t n = s.p[i] == '&' ? page_entity(s, i, &c) : 0;
        if (n) {
            ht_buf_char(&out, c);
            i += n;
        } else {
            ht_buf_byte(&out, s.p[i++]);
        }
    }
    return ht_buf_str(&out);
}
