#include "extract/quantity/numeral.h"

#include "base/utf8.h"

typedef enum { T_DIGIT, T_ARABIC, T_ZERO, T_SMALL, T_BIG, T_SEVERAL, T_FRACTION } token_kind;

typedef struct {
    token_kind kind;
    uint32_t at;           /* where it begins */
    uint8_t digit, digit2; /* digit2: the second of an adjacent pair, 0 if none */
    int power;             /* of T_SMALL and T_BIG; minus the number of decimals for the others */
    ht_number value;       /* T_ARABIC, T_FRACTION */
} token;

typedef struct {
    const ht_lexicon *l;
    const uint32_t *c;
    uint32_t n, at;
    token t[NUMERAL_TOKENS];
    uint32_t n_tokens;
    numeral *out;
} scan;

bool ht_numeral_char(const ht_lexicon *l, uint32_t c) {
    return is_numeral_char(l, c);
}

bool glyph_in(uint32_t c, const char *set) {
    ht_str s = ht_str_of(set);
    for (size_t at = 0; at < s.n;)
        if (ht_utf8_next(s, &at) == c) return true;
    return false;
}

static uint32_t peek(const scan *s, uint32_t ahead) {
    return s->at + ahead < s->n ? s->c[s->at + ahead] : 0;
}

static token *push(scan *s, token_kind kind, uint32_t length) {
    if (s->n_tokens == NUMERAL_TOKENS) {
        s->out->cut = true;
        return NULL;
    }
    token *t = &s->t[s->n_tokens++];
    *t = (token){.kind = kind, .at = s->at};
    s->at += length;
    return t;
}

static const token *last(const scan *s) {
    return s->n_tokens ? &s->t[s->n_tokens - 1] : NULL;
}

/* Digits of an Arabic number at s->at into *v; a run over the cap is consumed and gives no number.
 */
static void arabic_digits(scan *s, ht_number *v, uint32_t *count) {
    while (is_ascii_digit(peek(s, 0))) {
        if (v->ok && *count < NUMERAL_DIGITS)
            *v = ht_number_add(ht_number_shift(*v, 1), ht_number_int((int64_t)(peek(s, 0) - '0')));
        else
            *v = HT_NO_NUMBER;
        ++*count;
        s->at++;
    }
}

static uint32_t digit_run(const scan *s, uint32_t from) {
    uint32_t k = from;
    while (is_ascii_digit(peek(s, k)) && k - from < 5) k++;
    return k - from;
}

/* ,ddd groups: all of them three digits long, the first group one to three. */
static bool group_follows(const scan *s) {
    uint32_t mark = peek(s, 0);
    if (mark != ',' && mark != 0xFF0C) return false;
    if (digit_run(s, 1) != 3) return false;
    return mark == ',' || peek(s, 4) == '.' || s->out->grouped;
}

static bool read_arabic(scan *s) {
    const token *before = last(s);
    if (before && (before->kind == T_DIGIT || before->kind == T_ARABIC)) return false;
    token *t = push(s, T_ARABIC, 0);
    if (!t) return false;
    uint32_t count = 0, decimals = 0;
    bool first = s->n_tokens == 1;
    t->value = ht_number_int(0);
    if (first) s->out->leading_zero = peek(s, 0) == '0' && is_ascii_digit(peek(s, 1));
    if (peek(s, 0) != '.') arabic_digits(s, &t->value, &count);
    while (count <= 3 * (s->out->grouped ? count : 1) && group_follows(s)) {
        s->out->grouped = true;
        s->at++;
        arabic_digits(s, &t->value, &count);
    }
    if (first) s->out->n_digits = count;
    if ((peek(s, 0) == '.' || peek(s, 0) == 0xFF0E) && is_ascii_digit(peek(s, 1))) {
        s->at++;
        arabic_digits(s, &t->value, &decimals);
        decimals = decimals > NUMERAL_DIGITS ? NUMERAL_DIGITS : decimals;
        t->power = -(int)decimals;
        t->value = ht_number_shift(t->value, t->power);
        if (first) s->out->decimal = true;
    }
    t->digit = count == 1 && !decimals ? (uint8_t)t->value.mantissa : 0;
    return true;
}

/* Two digits that name neighbours: 三四, 两三, 三五. */
static bool adjacent(uint8_t a, uint8_t b) {
    return a && b && (b == a + 1 || (a == 3 && b == 5));
}

static bool all_digits(const scan *s) {
    for (uint32_t i = 0; i < s->n_tokens; i++)
        if (s->t[i].kind != T_DIGIT && s->t[i].kind != T_ZERO) return false;
    return true;
}

static bool read_digit(scan *s, glyph g) {
    token *before = s->n_tokens ? &s->t[s->n_tokens - 1] : NULL;
    if (before && (before->kind == T_ARABIC || before->kind == T_FRACTION)) return false;
    if (before && g.value == 0 && before->kind == T_ZERO && !all_digits(s)) return false;
    if (before && before->kind == T_DIGIT && g.style == STYLE_SPOKEN && before->digit != 1)
        return false; /* 八|两: a unit of weight */
    if (before && before->kind == T_DIGIT && !all_digits(s)) {
        if (g.value == 0 || before->digit2 || !adjacent(before->digit, g.value)) return false;
        before->digit2 = g.value;
        s->at++;
        return true;
    }
    /* 万一, 亿二: no number begins with a bare 万 and goes on */
    if (before && s->n_tokens == 1 && before->kind == T_BIG) return false;
    token *t = push(s, g.value ? T_DIGIT : T_ZERO, 1);
    if (t) t->digit = g.value;
    return t != NULL;
}

/* Turns 三四 at the very beginning into one pair, so that 三四十 reads like 七百三四十. */
static bool fold_pair(scan *s) {
    if (s->n_tokens <= 1 || !all_digits(s)) return true;
    if (s->n_tokens > 2 || !adjacent(s->t[0].digit, s->t[1].digit)) return false;
    s->t[0].digit2 = s->t[1].digit;
    s->n_tokens = 1;
    return true;
}

/* 千 that begins 千米 or 千瓦 behind the number. 三千米 is 3000 米; 三千瓦 is 3 千瓦. */
static bool begins_unit(const scan *s) {
    const unit *u, *rest;
    uint32_t k = lexicon_unit_at(s->l, s->c, s->n, s->at, &u);
    if (!k || (u->kind != UNIT_MEASURE && u->kind != UNIT_MONEY)) return false;
    const token *before = last(s);
    if (before && (before->kind == T_ARABIC || before->kind == T_BIG)) return true;
    bool metre = lexicon_unit_at(s->l, s->c, s->n, s->at + 1, &rest) &&
                 rest->kind == UNIT_MEASURE && ht_str_eq(rest->dimension, HT_S("length"));
    return before && !metre;
}

static bool read_small(scan *s, glyph g) {
    const token *before = last(s);
    if (!fold_pair(s)) return false;
    before = last(s);
    if (g.value == 3 && begins_unit(s)) return false;
    int section = 99; /* the last 十百千 since 万 or 亿 */
    for (uint32_t i = s->n_tokens; i-- > 0 && s->t[i].kind != T_BIG;)
        if (s->t[i].kind == T_SMALL) {
            section = s->t[i].power;
            break;
        }
    bool has_digit = before && (before->kind == T_DIGIT || before->kind == T_ARABIC ||
                                before->kind == T_SEVERAL);
    if (before && before->kind == T_FRACTION) return false;
    if (!has_digit && before) {
        bool tens_behind_hundred = g.value == 1 && before->kind == T_SMALL && before->power == 2;
        if (before->kind != T_ZERO && !tens_behind_hundred) return false;
        if (before->kind == T_ZERO && s->n_tokens == 1) return false;
    }
    if (g.value >= section) {
        if (!has_digit || s->n_tokens < 2) return false;
        s->at = before->at; /* 三十|五百: the digit belongs to the next numeral */
        s->n_tokens--;
        return false;
    }
    token *t = push(s, T_SMALL, 1);
    if (!t) return false;
    t->power = g.value;
    s->out->scaled = true;
    if (s->n_tokens == 1 && g.value > 1) s->out->bare_scale = true;
    return true;
}

static bool read_tens(scan *s, glyph g) {
    const token *before = last(s);
    if (before && before->kind != T_SMALL && before->kind != T_BIG && before->kind != T_ZERO)
        return false;
    if (before && before->kind == T_SMALL && before->power < 2) return false;
    token *t = push(s, T_DIGIT, 0);
    if (!t) return false;
    t->digit = g.value;
    t = push(s, T_SMALL, 1);
    if (!t) return false;
    t->power = 1;
    s->out->scaled = true;
    return true;
}

static bool read_big(scan *s, glyph g) {
    if (!fold_pair(s)) return false;
    const token *before = last(s);
    if (before && before->kind == T_ZERO && s->out->approx == HT_EXACT) return false;
    if (before && before->kind == T_BIG && before->power > g.value) return false; /* 亿万 */
    /* 兆 is a power of ten in a written-out numeral only; elsewhere it begins 兆瓦 or is a unit. */
    if (g.value == 12) {
        uint32_t next = peek(s, 1);
        bool goes_on = glyph_of(s->l, next).role != GLYPH_NONE || next == 0x5143 /* 元 */;
        if (!before || before->kind == T_ARABIC || !goes_on) return false;
    }
    token *t = push(s, T_BIG, 1);
    if (!t) return false;
    t->power = g.value;
    s->out->scaled = true;
    if (s->n_tokens == 1) s->out->bare_scale = true;
    return true;
}

/* 几 and 数 before a power of ten or standing for a digit: 几十, 数百, 二十几万. */
static bool read_several(scan *s) {
    if (s->n_tokens) return false;
    glyph g = glyph_of(s->l, peek(s, 1));
    bool scale = g.role == GLYPH_SMALL || g.role == GLYPH_BIG;
    if (!scale && peek(s, 0) == 0x6570 /* 数 */) {
        const unit *u;
        uint32_t k = lexicon_unit_at(s->l, s->c, s->n, s->at + 1, &u);
        if (!k || (u->kind != UNIT_COUNT && u->kind != UNIT_DURATION && u->kind != UNIT_YEAR &&
                   u->kind != UNIT_MONTH && u->kind != UNIT_DAY && u->kind != UNIT_RATE))
            return false;
    }
    return push(s, T_SEVERAL, 1) != NULL;
}

/* 余 多 几 来 把 behind a power of ten or a round Arabic number. */
static bool read_approx(scan *s) {
    const token *before = last(s);
    uint32_t mark = peek(s, 0);
    if (!before || s->out->approx != HT_EXACT) return false;
    bool after_zero = before->kind == T_ZERO && s->n_tokens > 1 && mark == 0x51E0; /* 一百零几 */
    bool round = before->kind == T_SMALL || before->kind == T_BIG || after_zero ||
                 (before->kind == T_ARABIC && before->value.ok &&
                  (before->value.mantissa >= 10 || before->power));
    if (!round) return false;
    if (before->kind == T_ARABIC && mark == 0x51E0) return false;
    if (lexicon_word_at(s->l, WORD_RESIDUE, s->c, s->n, s->at)) return false;
    glyph g = glyph_of(s->l, peek(s, 1));
    bool scale = (g.role == GLYPH_SMALL && before->kind == T_ARABIC) || g.role == GLYPH_BIG;
    const unit *u;
    if (!scale && (mark == 0x6765 /* 来 */ || mark == 0x628A /* 把 */) &&
        !lexicon_unit_at(s->l, s->c, s->n, s->at + 1, &u))
        return false;
    if (mark == 0x628A && before->kind == T_ARABIC) return false;
    s->out->approx = mark == 0x6765 || mark == 0x628A ? HT_ABOUT : HT_OVER;
    s->at++;
    return scale;
}

/* 点 and digits. Before 十, 分, 刻 or 半 it is a time of the day. */
static bool read_point(scan *s) {
    const token *before = last(s);
    if (!before || before->kind == T_FRACTION || before->kind == T_SEVERAL || s->out->decimal)
        return false;
    if (s->out->approx != HT_EXACT) return false;
    uint32_t k = 1, count = 0;
    ht_number v = ht_number_int(0);
    for (; count < NUMERAL_DIGITS; k++, count++) {
        glyph g = glyph_of(s->l, peek(s, k));
        bool ascii = is_ascii_digit(peek(s, k));
        if (!ascii && (g.role != GLYPH_DIGIT || g.style == STYLE_SPOKEN)) break;
        v = ht_number_add(ht_number_shift(v, 1),
                          ht_number_int(ascii ? (int64_t)(peek(s, k) - '0') : g.value));
    }
    if (!count || glyph_of(s->l, peek(s, k)).role == GLYPH_SMALL ||
        glyph_of(s->l, peek(s, k)).role == GLYPH_TENS || glyph_in(peek(s, k), "分刻半"))
        return false;
    token *t = push(s, T_FRACTION, k);
    if (!t) return false;
    t->power = -(int)count;
    t->value = ht_number_shift(v, t->power);
    return true;
}

static bool read_token(scan *s) {
    uint32_t c = peek(s, 0);
    if (is_ascii_digit(c) || (c == '.' && !s->n_tokens && is_ascii_digit(peek(s, 1))))
        return read_arabic(s);
    glyph g = glyph_of(s->l, c);
    switch (g.role) {
    case GLYPH_DIGIT: return read_digit(s, g);
    case GLYPH_TENS: return read_tens(s, g);
    case GLYPH_SMALL: return read_small(s, g);
    case GLYPH_BIG: return read_big(s, g);
    default: break;
    }
    switch (c) {
    case 0x70B9: return read_point(s); /* 点 */
    case 0x51E0: /* 几 */ return s->n_tokens ? read_approx(s) : read_several(s);
    case 0x6570: return read_several(s); /* 数 */
    case 0x4F59:                         /* 余 */
    case 0x591A:                         /* 多 */
    case 0x6765:                         /* 来 */
    case 0x628A: return read_approx(s);  /* 把 */
    case ' ': {                          /* 177.1 亿元 */
        const token *before = last(s);
        glyph next = glyph_of(s->l, peek(s, 1));
        if (!before || before->kind != T_ARABIC || next.role != GLYPH_BIG) return false;
        s->at++;
        return read_big(s, next) || (s->at--, false);
    }
    default: return false;
    }
}

typedef struct {
    ht_number closed[NUMERAL_TOKENS]; /* parts closed by 万 亿 兆, the largest power first */
    int power[NUMERAL_TOKENS];
    uint32_t n;
    ht_number open; /* since the last of them */
    bool any_open;
} sum;

static void sum_close(sum *s, int power, bool chained) {
    ht_number v = s->any_open ? s->open : ht_number_int(chained || s->n ? 0 : 1);
    if (chained && s->n) v = s->closed[--s->n];
    while (s->n && s->power[s->n - 1] < power) v = ht_number_add(v, s->closed[--s->n]);
    s->closed[s->n] = ht_number_shift(v, power);
    s->power[s->n++] = power;
    s->open = ht_number_int(0);
    s->any_open = false;
}

/* The value; `high` takes the larger of two adjacent digits and ten for 几. Sets *place to the
 * power of ten of the last digit given. */
static ht_number evaluate(const scan *s, bool high, int *place) {
    sum acc; /* the parts are written before they are read: zeroing them costs more than the rest */
    acc.open = ht_number_int(0);
    acc.any_open = false;
    acc.n = 0;
    ht_number digit = HT_NO_NUMBER;
    *place = 0;
    for (uint32_t i = 0; i < s->n_tokens; i++) {
        const token *t = &s->t[i], *before = i ? t - 1 : NULL;
        switch (t->kind) {
        case T_DIGIT:
            digit = ht_number_int(high && t->digit2 ? t->digit2 : t->digit);
            *place = 0;
            break;
        case T_SEVERAL:
            digit = ht_number_int(high ? 10 : 2);
            *place = 0;
            break;
        case T_ARABIC:
            digit = t->value;
            *place = t->power;
            if (!digit.ok) return HT_NO_NUMBER;
            break;
        case T_ZERO: break;
        case T_SMALL:
            if (!before ||
                (before->kind != T_DIGIT && before->kind != T_ARABIC && before->kind != T_SEVERAL))
                *place = 0;
            acc.open = ht_number_add(
                acc.open, ht_number_shift(digit.ok ? digit : ht_number_int(1), t->power));
            acc.any_open = true;
            digit = HT_NO_NUMBER;
            *place += t->power;
            break;
        case T_BIG:
            if (digit.ok) {
                acc.open = ht_number_add(acc.open, digit);
                acc.any_open = true;
                digit = HT_NO_NUMBER;
            }
            sum_close(&acc, t->power, before && before->kind == T_BIG);
            *place += t->power;
            break;
        case T_FRACTION:
            /* 一千六点五: the omitted 百 is read before the point */
            if (digit.ok && i >= 2 && before->kind == T_DIGIT && s->t[i - 2].kind == T_SMALL &&
                s->t[i - 2].power >= 2)
                digit = ht_number_shift(digit, s->t[i - 2].power - 1);
            if (digit.ok) acc.open = ht_number_add(acc.open, digit);
            digit = HT_NO_NUMBER;
            acc.open = ht_number_add(acc.open, t->value);
            acc.any_open = true;
            *place = t->power;
            break;
        }
    }
    if (digit.ok) {
        const token *end = &s->t[s->n_tokens - 1], *scale = s->n_tokens > 1 ? end - 1 : NULL;
        int omitted = scale && (scale->kind == T_SMALL || scale->kind == T_BIG) ? scale->power : 0;
        bool single = end->kind == T_DIGIT || (end->kind == T_ARABIC && end->digit && omitted >= 4);
        if (single && omitted >= 2) {
            digit = ht_number_shift(digit, omitted - 1);
            *place = omitted - 1;
        }
        acc.open = ht_number_add(acc.open, digit);
    }
    for (uint32_t i = 0; i < acc.n; i++) acc.open = ht_number_add(acc.open, acc.closed[i]);
    return acc.open;
}

/* A run of plain digits is read place by place; a point may follow. */
static ht_number evaluate_positional(const scan *s, int *place) {
    ht_number v = ht_number_int(0);
    *place = 0;
    for (uint32_t i = 0; i < s->n_tokens; i++) {
        const token *t = &s->t[i];
        if (t->kind == T_FRACTION) {
            v = ht_number_add(v, t->value);
            *place = t->power;
        } else {
            v = ht_number_add(ht_number_shift(v, 1), ht_number_int(t->digit));
        }
    }
    return v;
}

static bool is_positional(const scan *s) {
    uint32_t digits = 0;
    for (uint32_t i = 0; i < s->n_tokens; i++) {
        if (s->t[i].kind == T_FRACTION && i + 1 == s->n_tokens) break;
        if (s->t[i].kind != T_DIGIT && s->t[i].kind != T_ZERO) return false;
        digits++;
    }
    return digits >= 2;
}

static void set_several(numeral *out, ht_number low, ht_number high, bool open_end) {
    out->low = low;
    out->high = open_end ? ht_number_add(high, ht_number_int(-1)) : high;
    out->value = HT_NO_NUMBER;
    out->approx = HT_SEVERAL;
}

static void finish(scan *s) {
    numeral *out = s->out;
    const token *end = last(s);
    int place;
    out->end = s->at;
    out->pair = false;
    if (is_positional(s)) {
        bool pair = s->n_tokens == 2 && all_digits(s) && fold_pair(s);
        if (!pair) {
            out->positional = true;
            out->n_digits = s->n_tokens - (end->kind == T_FRACTION);
            out->value = evaluate_positional(s, &place);
            out->step = ht_number_shift(ht_number_int(1), place);
            return;
        }
    }
    end = last(s);
    out->value = evaluate(s, false, &place);
    out->step = ht_number_shift(ht_number_int(1), place);
    if (end->kind == T_BIG) out->big = end->power;
    if (end->kind == T_SMALL && s->n_tokens == 2 && end->power >= 2) out->small = end->power;
    for (uint32_t i = 0; i < s->n_tokens; i++) out->pair |= s->t[i].digit2 != 0;
    bool several = s->t[0].kind == T_SEVERAL;
    if (out->pair || several) {
        ht_number high = evaluate(s, true, &place);
        set_several(out, out->value, high, several);
    }
}

bool numeral_read(const ht_lexicon *l, const uint32_t *c, uint32_t n, uint32_t at, numeral *out) {
    scan s; /* its tokens are not zeroed */
    s.l = l;
    s.c = c;
    s.n = n;
    s.at = at;
    s.n_tokens = 0;
    s.out = out;
    *out = (numeral){.start = at,
                     .end = at,
                     .value = HT_NO_NUMBER,
                     .low = HT_NO_NUMBER,
                     .high = HT_NO_NUMBER,
                     .step = HT_NO_NUMBER,
                     .approx = HT_EXACT,
                     .formal = true};
    bool over = false;
    if (at < n && c[at] == 0x4E0A /* 上 */ && at + 1 < n) {
        glyph g = glyph_of(l, c[at + 1]);
        if ((g.role != GLYPH_SMALL && g.role != GLYPH_BIG) || g.value < 2) return false;
        over = true;
        s.at++;
    }
    out->arabic = is_ascii_digit(peek(&s, 0)) || peek(&s, 0) == '.';
    while (read_token(&s)) {
    }
    if (out->cut)
        while (is_numeral_char(l, peek(&s, 0))) s.at++;
    if (!s.n_tokens || (s.n_tokens == 1 && s.t[0].kind == T_FRACTION)) return false;
    finish(&s);
    if (over && out->approx != HT_SEVERAL) out->approx = HT_OVER;
    for (uint32_t i = at; i < out->end; i++) out->formal &= glyph_of(l, c[i]).style == STYLE_FORMAL;
    if (out->cut) out->value = HT_NO_NUMBER;
    return true;
}
