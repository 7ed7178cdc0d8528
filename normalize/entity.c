#include "normalize/entity.h"

#include "base/table.h"
#include "base/trie.h"
#include "base/utf8.h"
#include "normalize/charset_tables.h"
#include "normalize/entity_table.h"
#include "normalize/units.h"

#include <string.h>

HT_TABLE(entities, "entities.bin");

enum {
    SURE_FROM = 0x2000, /* a number without its semicolon names a character from here on */
};

static bool names(ht_trie *t) {
    return ht_trie_open(t, (const uint32_t *)(const void *)ht_table_entities,
                        HT_TABLE_SIZE(entities) / 4);
}

bool entity_tables_ok(void) {
    ht_trie t;
    return names(&t);
}

static int digit_of(char c, unsigned base) {
    if (c >= '0' && c <= '9') return c - '0';
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
        if (value < 0x200000) value = value * base + (uint32_t)d;
    if (i == first) return 0;
    /* pages written as windows-1252 number its characters as if they were Unicode's (HTML standard,
     * numeric character reference end state) */
    if (value >= 0x80 && value < 0xA0) value = unit_tables()[TABLE_1252 + value - 0x80];
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) value = 0xFFFD;
    *c = value;
    return i - at + (i < s.n && s.p[i] == ';');
}

static size_t named(ht_str s, size_t at, uint32_t *c) {
    ht_trie t;
    size_t i = at + 1;
    uint32_t node = 0;
    if (!names(&t)) return 0;
    for (; i < s.n && i <= at + ENTITY_MAX_NAME; i++) {
        char x = s.p[i];
        if (!((x | 0x20) >= 'a' && (x | 0x20) <= 'z') && !(x >= '0' && x <= '9')) break;
        node = ht_trie_step(&t, node, (unsigned char)x);
        if (!node) return 0;
    }
    uint32_t value = node ? ht_trie_value(&t, node) : HT_TRIE_NONE;
    bool closed = i < s.n && s.p[i] == ';';
    if (value == HT_TRIE_NONE || !(closed || value & ENTITY_HTML_4)) return 0;
    *c = value & ENTITY_CODE_POINT;
    return i - at + closed;
}

size_t ht_entity(ht_str s, size_t at, uint32_t *c) {
    if (at + 2 >= s.n) return 0;
    return s.p[at + 1] == '#' ? numeric(s, at, c) : named(s, at, c);
}

ht_str ht_entities_decode(ht_arena *a, ht_str s) {
    if (!s.n || !memchr(s.p, '&', s.n)) return s;
    ht_buf out;
    ht_buf_init(&out, a);
    for (size_t i = 0; i < s.n;) {
        uint32_t c;
        size_t n = s.p[i] == '&' ? ht_entity(s, i, &c) : 0;
        if (n) {
            ht_buf_char(&out, c);
            i += n;
        } else {
            ht_buf_byte(&out, s.p[i++]);
        }
    }
    return ht_buf_str(&out);
}

/* No stand-in for a number that is none, no noncharacter, nothing for private use. */
static bool is_character(uint32_t c) {
    bool none = c == 0xFFFD || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return !none && !(c >= 0xE000 && c <= 0xF8FF) && c < 0xF0000;
}

/* A reference that is certainly one: closed by its semicolon, or the number of a character that
 * needs one in an ASCII page. Any other number behind `&#` is a number, whose digits stay. */
static size_t sure_entity(ht_str s, size_t at, uint32_t *c) {
    size_t n = ht_entity(s, at, c);
    if (!n || s.p[at + n - 1] == ';') return n;
    bool sure = s.p[at + 1] == '#' && *c >= SURE_FROM;
    return sure && is_character(*c) ? n : 0;
}

/* The reference at `at`, which may be written by references itself: &amp;#22909; */
static size_t deep_entity(ht_str s, size_t at, uint32_t *c, bool markup) {
    size_t n = sure_entity(s, at, c);
    if (n && *c == '&') {
        char inner[ENTITY_MAX_NAME + 4] = "&";
        size_t room = s.n - at - n < sizeof inner - 1 ? s.n - at - n : sizeof inner - 1;
        memcpy(inner + 1, s.p + at + n, room);
        uint32_t deep;
        size_t more = sure_entity((ht_str){inner, room + 1}, 0, &deep);
        if (more && (deep >= 0x80 || !markup)) {
            *c = deep;
            return n + more - 1;
        }
    }
    return n && (*c >= 0x80 || !markup) ? n : 0;
}

void entity_clean(ht_arena *a, ht_text *t, uint32_t block, bool markup, ht_clean_report *report) {
    ht_str s = t->text;
    rewrite w;
    rewrite_begin(&w, a, t);
    for (size_t at = 0; at < s.n;) {
        const char *found = memchr(s.p + at, '&', s.n - at);
        if (!found) break;
        uint32_t c;
        at = (size_t)(found - s.p);
        size_t n = deep_entity(s, at, &c, markup);
        if (!n) {
            at++;
            continue;
        }
        char out[4];
        if (c < 0x20) c = ' '; /* a line stays one line */
        rewrite_replace(&w, (ht_str){out, ht_utf8_put(out, c)}, at, at + n);
        clean_note(a, report, t, block, at, at + n, HT_REPAIR_ENTITY, true);
        at += n;
    }
    *t = rewrite_end(&w);
}
