#include "extract/page/trail.h"

#include "base/utf8.h"
#include "extract/page/split.h"

enum { MAX_BYTES = 600, BRACKETS = '[' };

/* The sign as one of its kind; 0: none. Signs of words (a hyphen) count between blanks only. */
static uint32_t sign_of(uint32_t c, bool *apart) {
    *apart = c == '-' || c == 0x2013 || c == 0x2014 || c == 0xB7 || c == '_';
    switch (c) {
    case 0x2192: /* → */
    case 0x203A: /* › */
    case 0xBB:   /* » */
    case 0x25B8: /* ▸ */
    case 0x25B6: /* ▶ */
    case 0x27A4: /* ➤ */
    case 0x3009: /* 〉 */
    case 0x300B: /* 》, without 《 */
    case 0xFF1E: /* ＞ */
    case '>': return '>';
    case 0x2502: /* │ */
    case 0x2503: /* ┃ */
    case 0x2223: /* ∣ */
    case 0x4E28: /* 丨 */
    case 0xA6:   /* ¦ */
    case 0xFF5C: /* ｜ */
    case '|': return '|';
    case 0xFF0F: /* ／ */
    case '/': return '/';
    case 0xFF3C: /* ＼ */
    case '\\': return '\\';
    case '[':
    case ']':
    case 0x3010: /* 【 */
    case 0x3011: /* 】 */
    case 0xFF3B: /* ［ */
    case 0xFF3D: /* ］ */ return BRACKETS;
    default: return *apart ? c : 0;
    }
}

/* What a name of a site or a section does not hold. */
static bool is_foreign(uint32_t c) {
    return (c >= '0' && c <= '9') || c == 0x3002 || c == 0xFF0C || c == ',' || c == 0x3001 ||
           c == 0xFF1A || c == ':' || c == 0xFF1B || c == ';' || c == 0xFF01 || c == '!' ||
           c == 0xFF1F || c == '?' || c == 0x2026 || c == 0x300A || c == 0x201C || c == 0x300C;
}

typedef struct {
    size_t n;            /* names so far */
    uint32_t n_chars, n_han;
    size_t start, end;   /* of the name that is being read */
    ht_str first;
} trail;

/* False: the name that a sign ends is too long. An empty one is skipped (>>, ][). */
static bool end_name(trail *t, ht_str line) {
    if (t->n_chars) {
        if (t->n_chars > TRAIL_NAME_CHARS || !t->n_han)
            return false;
        if (!t->n++)
            t->first = ht_sub(line, t->start, t->end);
    }
    t->n_chars = t->n_han = 0;
    return true;
}

size_t page_trail(ht_str line, ht_str *first) {
    trail t = {.n = 0};
    uint32_t kind = 0, last = ' ';
    line = ht_str_trim(line);
    if (line.n > MAX_BYTES)
        return 0;
    for (size_t at = 0; at < line.n;) {
        size_t from = at;
        uint32_t c = ht_utf8_next(line, &at);
        bool apart;
        uint32_t sign = sign_of(c, &apart);
        size_t behind = at;
        uint32_t next = at < line.n ? ht_utf8_next(line, &behind) : 0;
        bool blank_behind = page_is_blank(next) && next;
        if (sign && (!apart || (page_is_blank(last) && blank_behind))) {
            if ((kind && sign != kind) || !end_name(&t, line))
                return 0;
            kind = sign;
        } else if (!page_is_blank(c) && !(next == '>' && (c == '-' || c == '='))) {
            if (is_foreign(c))
                return 0;
            if (!t.n_chars++)
                t.start = from;
            t.end = at;
            t.n_han += ht_is_han(c);
        }
        last = c;
    }
    if (!kind || !end_name(&t, line))
        return 0;
    *first = t.first;
    return t.n;
}
