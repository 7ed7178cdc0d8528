#include "normalize/units.h"

#include "base/table.h"
#include "normalize/charset_tables.h"

HT_TABLE(charsets, "charsets.bin");

#define BAD(bytes) ((unit){{0xFFFD, 0}, 1, (uint8_t)(bytes), true})
#define GOOD(code, bytes) ((unit){{(code), 0}, 1, (uint8_t)(bytes), false})

/* The four positions at which Big5-HKSCS writes a letter and a combining mark. */
static const struct {
    uint16_t bytes, base, mark;
} big5_double[] = {
    {0x8862, 0xCA, 0x304}, {0x8864, 0xCA, 0x30C}, {0x88A3, 0xEA, 0x304}, {0x88A5, 0xEA, 0x30C}};

const uint32_t *unit_tables(void) {
    return (const uint32_t *)(const void *)ht_table_charsets;
}

static unit utf8_unit(const unsigned char *p, size_t n) {
    unsigned a = p[0];
    if (a < 0xC2 || a > 0xF4) return BAD(1);
    size_t want = a < 0xE0 ? 2 : a < 0xF0 ? 3 : 4;
    unsigned low = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : 0x80;
    unsigned high = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : 0xBF;
    uint32_t c = want == 2 ? a & 0x1F : want == 3 ? a & 0x0F : a & 0x07;
    for (size_t i = 1; i < want; i++) {
        if (i >= n || p[i] < low || p[i] > high) return BAD(i);
        c = c << 6 | (p[i] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    return GOOD(c, want);
}

/* A malformed pair: an ASCII second byte is read again. */
static unit bad_pair(const unsigned char *p, size_t n) {
    return n < 2 || p[1] < 0x80 ? BAD(1) : BAD(2);
}

/* Second byte a digit. Where the form breaks off only its first byte is spent, at the end of the
 * text all of it. */
static unit gb_four_unit(const unsigned char *p, size_t n) {
    if (n < 3) return BAD(n);
    if (p[2] < 0x81 || p[2] > 0xFE) return BAD(1);
    if (n < 4) return BAD(n);
    if (p[3] < 0x30 || p[3] > 0x39) return BAD(1);
    uint32_t at = gb_four(p[0], p[1], p[2], p[3]), c = 0;
    if (at < GB4_N)
        c = unit_tables()[TABLE_GB4 + at];
    else if (at >= 189000 && at < 189000 + 0x100000)
        c = at - 189000 + 0x10000;
    return c ? GOOD(c, 4) : BAD(4);
}

static unit gb_unit(const unsigned char *p, size_t n) {
    uint32_t a = p[0];
    if (a == 0x80) return GOOD(unit_tables()[TABLE_GB_80], 1);
    if (a == 0xFF || n < 2) return BAD(1);
    if (p[1] >= 0x30 && p[1] <= 0x39) return gb_four_unit(p, n);
    uint32_t c = unit_gb_char(a, p[1]);
    return c ? GOOD(c, 2) : bad_pair(p, n);
}

static unit big5_unit(const unsigned char *p, size_t n) {
    uint32_t a = p[0];
    if (a == 0x80 || a == 0xFF || n < 2) return BAD(1);
    uint32_t b = p[1];
    if ((b >= 0x40 && b <= 0x7E) || (b >= 0xA1 && b <= 0xFE)) {
        uint32_t c = unit_tables()[TABLE_BIG5 + big5_pair(a, b)];
        if (c) return GOOD(c, 2);
        for (size_t i = 0; a == 0x88 && i < 4; i++)
            if (big5_double[i].bytes == (a << 8 | b))
                return (unit){{big5_double[i].base, big5_double[i].mark}, 2, 2, false};
    }
    return bad_pair(p, n);
}

static unit euc_tw_unit(const unsigned char *p, size_t n) {
    uint32_t a = p[0], plane = 0;
    size_t at = 0;
    if (a == 0x8E && n >= 4 && p[1] >= 0xA1 && p[1] <= 0xB0) {
        plane = p[1] - 0xA1u;
        at = 2;
    }
    if (at + 2 > n || p[at] < 0xA1 || p[at] == 0xFF || p[at + 1] < 0xA1 || p[at + 1] == 0xFF)
        return at ? BAD(1) : bad_pair(p, n);
    uint32_t c = unit_tables()[TABLE_EUC_TW + euc_tw_place(plane, p[at], p[at + 1])];
    return c ? GOOD(c, at + 2) : BAD(at + 2);
}

static unit hz_unit(const unsigned char *p, size_t n, uint8_t *shift) {
    if (p[0] == '~' && n >= 2) {
        if (p[1] == '{' || p[1] == '}') {
            *shift = p[1] == '{';
            return (unit){{0, 0}, 0, 2, false};
        }
        if (p[1] == '\n') return (unit){{0, 0}, 0, 2, false};
        if (p[1] == '~' && !*shift) return GOOD('~', 2);
    }
    if (p[0] == '\n') *shift = 0; /* a line never leaves HZ's two-byte mode open */
    if (!*shift || p[0] <= 0x20) return p[0] < 0x80 ? GOOD(p[0], 1) : BAD(1);
    uint32_t c = n >= 2 && p[0] < 0x7F && p[1] > 0x20 && p[1] < 0x7F
                     ? unit_gb_char(p[0] | 0x80u, p[1] | 0x80u)
                     : 0;
    return c ? GOOD(c, 2) : BAD(1);
}

/* ISO-2022-CN (RFC 1922). The state: is the shift out, which set it is out to (SO_SETS), which
 * plane of CNS 11643 ESC O takes its characters from (0: none), may ESC N take some from 2. */
enum { SO_NONE, SO_GB2312, SO_CNS_1, SO_IR_165, SO_SETS };
enum { SHIFTED = 1, SO_SET_AT = 1, SO_SET = 3 << SO_SET_AT, SS2_CNS_2 = 8, SS3_PLANE_AT = 4 };

static uint32_t iso_2022_char(unsigned set, uint32_t a, uint32_t b) {
    const uint32_t *t = unit_tables();
    if (set == SO_GB2312) return unit_gb_char(a | 0x80, b | 0x80);
    if (set == SO_CNS_1) return t[TABLE_EUC_TW + euc_tw_place(0, a | 0x80, b | 0x80)];
    return set == SO_IR_165 ? t[TABLE_IR_165 + euc_tw_place(0, a | 0x80, b | 0x80)] : 0;
}

static bool is_94(unsigned char c) {
    return c > 0x20 && c < 0x7F;
}

/* ESC $ ) F, ESC $ * F, ESC $ + F: which set F is from now on what; ESC N and ESC O: one character
 * of another set. */
static unit iso_2022_escape(const unsigned char *p, size_t n, uint8_t *shift) {
    const unit nothing = {{0, 0}, 0, 4, false};
    if (n >= 4 && (p[1] == 'N' || p[1] == 'O') && is_94(p[2]) && is_94(p[3])) {
        unsigned plane = p[1] == 'O' ? *shift >> SS3_PLANE_AT : *shift & SS2_CNS_2 ? 2 : 0;
        size_t place = plane ? euc_tw_place(plane - 1, p[2] | 0x80u, p[3] | 0x80u) : 0;
        uint32_t c = plane ? unit_tables()[TABLE_EUC_TW + place] : 0;
        return c ? GOOD(c, 4) : BAD(4);
    }
    if (n < 4 || p[1] != '$') return BAD(1);
    static const char so_sets[SO_SETS] = {0, 'A', 'G', 'E'};
    for (unsigned set = SO_GB2312; p[2] == ')' && set < SO_SETS; set++)
        if (p[3] == (unsigned char)so_sets[set]) {
            *shift = (uint8_t)((*shift & ~(unsigned)SO_SET) | set << SO_SET_AT);
            return nothing;
        }
    if (p[2] == '*' && p[3] == 'H') {
        *shift |= SS2_CNS_2;
        return nothing;
    }
    if (p[2] == '+' && p[3] >= 'I' && p[3] <= 'M') {
        *shift = (uint8_t)((*shift & 0xF) | (3 + p[3] - 'I') << SS3_PLANE_AT);
        return nothing;
    }
    return BAD(1);
}

static unit iso_2022_unit(const unsigned char *p, size_t n, uint8_t *shift) {
    enum { SHIFT_OUT = 0x0E, SHIFT_IN = 0x0F, ESCAPE = 0x1B };
    if (p[0] == SHIFT_OUT || p[0] == SHIFT_IN) {
        *shift = (uint8_t)((*shift & ~SHIFTED) | (p[0] == SHIFT_OUT));
        return (unit){{0, 0}, 0, 1, false};
    }
    if (p[0] == ESCAPE) return iso_2022_escape(p, n, shift);
    if (p[0] == '\n' || p[0] == '\r') *shift = 0; /* nothing outlives a line */
    if (!(*shift & SHIFTED) || p[0] <= 0x20) return p[0] < 0x80 ? GOOD(p[0], 1) : BAD(1);
    uint32_t c = n >= 2 && is_94(p[0]) && is_94(p[1])
                     ? iso_2022_char((*shift & SO_SET) >> SO_SET_AT, p[0], p[1])
                     : 0;
    return c ? GOOD(c, 2) : BAD(1);
}

static unit utf16_unit(const unsigned char *p, size_t n, unsigned high) {
    if (n < 2) return BAD(1);
    uint32_t c = (uint32_t)p[high] << 8 | p[1 - high];
    if (c < 0xD800 || c > 0xDFFF) return GOOD(c, 2);
    if (c > 0xDBFF) return BAD(2);
    if (n < 4) return BAD(n);
    uint32_t d = (uint32_t)p[2 + high] << 8 | p[3 - high];
    if (d < 0xDC00 || d > 0xDFFF) return BAD(2);
    return GOOD(0x10000 + ((c - 0xD800) << 10) + (d - 0xDC00), 4);
}

static unit multi_unit(charset which, const unsigned char *p, size_t n, uint8_t *shift) {
    switch (which) {
    case CHARSET_UTF_16LE: return utf16_unit(p, n, 1);
    case CHARSET_UTF_16BE: return utf16_unit(p, n, 0);
    case CHARSET_HZ: return hz_unit(p, n, shift);
    case CHARSET_ISO_2022_CN: return iso_2022_unit(p, n, shift);
    default: break;
    }
    if (p[0] < 0x80) return GOOD(p[0], 1);
    switch (which) {
    case CHARSET_GB18030: return gb_unit(p, n);
    case CHARSET_BIG5_HKSCS: return big5_unit(p, n);
    case CHARSET_EUC_TW: return euc_tw_unit(p, n);
    case CHARSET_WINDOWS_1252:
        return GOOD(p[0] < 0xA0 ? unit_tables()[TABLE_1252 + p[0] - 0x80] : p[0], 1);
    default: return utf8_unit(p, n);
    }
}

unit unit_next(charset which, const unsigned char *p, size_t n, uint8_t *shift) {
    unit u = multi_unit(which, p, n, shift);
    /* NUL ends strings in every library that a text may meet */
    if (u.n_chars && !u.c[0]) return BAD(u.n_bytes);
    return u;
}

uint32_t unit_gb_pair_of(uint32_t c) {
    return c < 0x10000 ? unit_tables()[TABLE_GB_OF + c / 2] >> (c % 2 * 16) & 0xFFFF : 0;
}

uint32_t unit_big5_pair_of(uint32_t c) {
    if (c < 0x10000) return unit_tables()[TABLE_BIG5_OF + c / 2] >> (c % 2 * 16) & 0xFFFF;
    const uint32_t *astral = unit_tables() + TABLE_BIG5_ASTRAL;
    uint32_t low = 0, high = BIG5_ASTRAL_N;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (astral[2 * mid] == c) return astral[2 * mid + 1];
        if (astral[2 * mid] < c)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

uint32_t unit_gb_char(uint32_t a, uint32_t b) {
    if (a < 0x81 || a > 0xFE || b < 0x40 || b == 0x7F || b > 0xFE) return 0;
    return unit_tables()[TABLE_GB2 + gb_pair(a, b)];
}
