/* Small numerals, blanks and connectors inside dates. */
#include "extract/time/time-internal.h"

enum { MAX_DIGITS = 4, MAX_BLANKS = 2 };

/* 十 廿 卅 卌: how many tens the character stands for by itself. */
static int tens_of(uint32_t c) {
    return c == 0x5341 ? 1 : c == 0x5EFF ? 2 : c == 0x5345 ? 3 : c == 0x534C ? 4 : 0;
}

enum { HUNDRED = 0x767E };

bool is_numeral(uint32_t c) {
    return is_digit(c) || ht_han_digit(c) >= 0 || tens_of(c) || c == HUNDRED;
}

static uint32_t han_number_at(const ht_passage *p, uint32_t at, time_number *out) {
    uint32_t i = at;
    int digits = 0, value = 0;
    while (i < p->n && digits <= MAX_DIGITS && ht_han_digit(p->c[i]) >= 0) {
        value = value * 10 + ht_han_digit(p->c[i++]);
        digits++;
    }
    if (digits > MAX_DIGITS) return at;
    bool unit_next = i < p->n && (tens_of(p->c[i]) || p->c[i] == HUNDRED);
    if (!unit_next || digits > 1) {
        *out = (time_number){value, (uint8_t)digits, true};
        return unit_next ? at : i;
    }
    int pending = digits ? value : -1, sum = 0;
    if (p->c[i] == HUNDRED) {
        sum = (pending < 0 ? 1 : pending) * 100;
        pending = -1;
        i++;
        if (i < p->n && ht_han_digit(p->c[i]) == 0) i++;
        if (i < p->n && ht_han_digit(p->c[i]) > 0) pending = ht_han_digit(p->c[i++]);
    }
    if (i < p->n && tens_of(p->c[i])) {
        sum += (pending < 0 ? tens_of(p->c[i]) : pending) * 10;
        pending = -1;
        i++;
        if (i < p->n && ht_han_digit(p->c[i]) > 0) pending = ht_han_digit(p->c[i++]);
    }
    *out = (time_number){sum + (pending < 0 ? 0 : pending), 0, true};
    return i < p->n && is_numeral(p->c[i]) ? at : i;
}

uint32_t number_at(const ht_passage *p, uint32_t at, time_number *out) {
    uint32_t i = at;
    *out = (time_number){0, 0, false};
    if (at >= p->n) return at;
    if (!is_digit(p->c[at])) return han_number_at(p, at, out);
    for (; i < p->n && is_digit(p->c[i]); i++) {
        if (i - at == MAX_DIGITS) return at;
        out->value = out->value * 10 + (int)(p->c[i] - '0');
    }
    out->n_digits = (uint8_t)(i - at);
    return i;
}

uint32_t number_skip(const ht_passage *p, uint32_t at) {
    uint32_t i = at;
    while (i < p->n && (is_numeral(p->c[i]) ||
                        (i > at && (p->c[i] == '.' || p->c[i] == ',') && is_digit(p->c[i + 1]))))
        i++;
    return i > at ? i : at + 1;
}

uint32_t blank_skip(const ht_passage *p, uint32_t at) {
    uint32_t i = at;
    while (i < p->n && i - at < MAX_BLANKS && (p->c[i] == ' ' || p->c[i] == 0xA0)) i++;
    return i;
}

uint32_t connector_skip(const ht_passage *p, uint32_t at) {
    if (at >= p->n) return at;
    uint32_t c = p->c[at];
    if (c == 0x2014 && p->c[at + 1] == 0x2014) return at + 2; /* —— */
    bool mark = c == '-' || c == '~' || c == 0x2013 || c == 0x2014 || c == 0x2015 || c == 0x301C ||
                c == 0xFF5E || c == 0x2012 || c == 0x2212;
    bool word = c == 0x81F3 || c == 0x5230; /* 至 到 */
    return mark || word ? at + 1 : at;
}
