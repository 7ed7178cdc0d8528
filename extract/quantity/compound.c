/* The unit behind a numeral and what may follow it: 多, 半, smaller units, 元/吨. */
#include "extract/quantity/reader.h"

enum { MAX_UNIT = 6 };

static bool is_time_unit(const unit *u) {
    return u->kind == UNIT_DURATION || u->kind == UNIT_YEAR || u->kind == UNIT_DAY ||
           u->kind == UNIT_MONTH;
}

static bool is_continuous(const unit *u) {
    return is_time_unit(u) || u->kind == UNIT_MEASURE || u->kind == UNIT_AGE ||
           u->kind == UNIT_MONEY || u->kind == UNIT_RATE || u->kind == UNIT_TENTH ||
           u->kind == UNIT_FOLD;
}

static void set_unit(item *q, const unit *u, uint32_t start, uint32_t end) {
    q->u = u;
    q->unit_start = start;
    q->unit_end = q->end = end;
}

static void add_to(item *q, ht_number more) {
    q->value = ht_number_add(q->value, more);
    q->step = HT_NO_NUMBER;
}

/* 块 is 元 before 钱, a mark, a qualifier or 三毛; else a classifier: 两块停车区. */
static const unit *resolve_kuai(const reader *r, const unit *u, uint32_t at) {
    static const uint32_t yuan[] = {0x5143};
    const unit *money;
    uint32_t next = char_at(r, at + 1);
    if (r->c[at] != 0x5757 || u->kind != UNIT_COUNT) return u;
    glyph g = glyph_of(r->l, next);
    bool dime = (g.role == GLYPH_DIGIT || is_ascii_digit(next)) &&
                (next == 0x96F6 || glyph_in(char_at(r, at + 2), "毛角") ||
                 reader_boundary(char_at(r, at + 2)) || char_at(r, at + 2) == 0x94B1);
    bool tail = reader_boundary(next) || lexicon_word_at(r->l, WORD_MONEY_TAIL, r->c, r->n, at + 1);
    if (at && r->c[at - 1] == 0x4EBF /* 亿块 are things */) return u;
    return (dime || tail) && lexicon_unit_at(r->l, yuan, 1, 0, &money) ? money : u;
}

/* 九十有二: an age. */
static bool read_age(const reader *r, item *q) {
    static const uint32_t years[] = {0x5C81};
    const unit *u;
    uint32_t at = q->end;
    glyph tens = glyph_of(r->l, char_before(r, at)), ones = glyph_of(r->l, char_at(r, at + 1));
    if (char_at(r, at) != 0x6709 /* 有 */ || tens.role != GLYPH_SMALL || tens.value != 1)
        return false;
    if (ones.role != GLYPH_DIGIT || !ones.value || !q->value.ok) return false;
    if (!reader_boundary(char_at(r, at + 2)) || !lexicon_unit_at(r->l, years, 1, 0, &u))
        return false;
    add_to(q, ht_number_int(ones.value));
    q->num_end = at + 2;
    set_unit(q, u, at + 2, at + 2);
    return true;
}

/* 两个多月, 一个多小时: 多 stands inside the unit. */
static bool read_inner_more(const reader *r, item *q) {
    uint32_t c[MAX_UNIT] = {0x4E2A}, n = 1, at = q->end; /* 个 */
    const unit *u;
    if (char_at(r, at) != 0x4E2A || !glyph_in(char_at(r, at + 1), "多来")) return false;
    for (; n < MAX_UNIT && at + 1 + n < r->n; n++) c[n] = r->c[at + 1 + n];
    uint32_t k = lexicon_unit_at(r->l, c, n, 0, &u);
    if (k < 2 || !is_time_unit(u)) return false;
    set_unit(q, u, at, at + 1 + k);
    if (q->qualifier == HT_EXACT) q->qualifier = HT_OVER;
    return true;
}

void item_read_unit(const reader *r, item *q) {
    const unit *u;
    if (q->u || q->share || read_age(r, q) || read_inner_more(r, q)) return;
    uint32_t at = q->end;
    if (char_at(r, at) == ' ' && (q->num.arabic || q->num.scaled)) at++;
    /* 两个亿 */
    if (char_at(r, at) == 0x4E2A /* 个 */ && glyph_of(r->l, char_at(r, at + 1)).role == GLYPH_BIG &&
        glyph_of(r->l, char_at(r, at + 1)).value >= 8 && q->value.ok) {
        int power = glyph_of(r->l, char_at(r, at + 1)).value;
        q->value = ht_number_shift(q->value, power);
        q->step = ht_number_shift(q->step, power);
        q->num.scaled = true;
        q->num.big = power;
        q->num_end = q->end = at += 2;
    }
    uint32_t k = lexicon_unit_at(r->l, r->c, r->n, at, &u);
    /* a Latin unit ends where letters and digits end: 5G, 3D are names */
    if (k && is_ascii_letter(r->c[at + k - 1]) &&
        (is_ascii_letter(char_at(r, at + k)) || is_ascii_digit(char_at(r, at + k))))
        k = 0;
    if (k == 1 && r->c[at] == 0x4E24 /* 两两 */ && q->num.end == at && r->c[at - 1] == 0x4E24)
        k = 0;
    if (!k) {
        q->unit_start = q->unit_end = q->num_end;
        return;
    }
    if (k == 1) u = resolve_kuai(r, u, at);
    set_unit(q, u, at, at + k);
    /* 一个半小时 */
    if (char_at(r, q->end) == 0x534A && u->kind == UNIT_COUNT && q->value.ok) {
        k = lexicon_unit_at(r->l, r->c, r->n, q->end + 1, &u);
        if (k && is_continuous(u)) {
            add_to(q, (ht_number){5, -1, true, 1});
            set_unit(q, u, q->end + 1, q->end + 1 + k);
            q->num_end = q->unit_start;
        }
    }
}

/* 两年多, 十年余; not 三次多部门: 多 begins the next word when a classifier follows it. */
static void read_more(const reader *r, item *q) {
    const unit *next;
    uint32_t c = char_at(r, q->end), k;
    if (c != 0x591A /* 多 */ && c != 0x4F59 /* 余 */) return;
    if (q->qualifier != HT_EXACT || lexicon_word_at(r->l, WORD_RESIDUE, r->c, r->n, q->end)) return;
    if (!is_continuous(q->u) && !q->num.scaled) return;
    if (!is_continuous(q->u) && c == 0x591A) return;
    k = lexicon_unit_at(r->l, r->c, r->n, q->end + 1, &next);
    if (c == 0x591A && k && (next->kind == UNIT_COUNT || next->kind == UNIT_NOUN)) return;
    if (lexicon_word_at(r->l, WORD_NEXT, r->c, r->n, q->end)) return;
    q->qualifier = HT_OVER;
    q->end++;
}

/* 三年半, 两成半, 五十二岁半. */
static void read_unit_half(const reader *r, item *q) {
    if (char_at(r, q->end) != 0x534A || !is_continuous(q->u) || !q->value.ok) return;
    if (lexicon_word_at(r->l, WORD_NEXT, r->c, r->n, q->end)) return;
    ht_number half = {5, -1, true, 1};
    add_to(q, half);
    q->end++;
    q->num.scaled = true;
    /* 1分半钟 */
    if (char_at(r, q->end) == 0x949F && q->u->kind == UNIT_DURATION) q->end++;
}

/* 三元五角, 十块三毛, 一块零八, 元 角 分. */
static void read_money(const reader *r, item *q) {
    uint32_t at = q->end;
    bool yuan = ht_str_eq(q->u->canonical, HT_S("元")) && q->unit_end == q->unit_start + 1 &&
                glyph_in(r->c[q->unit_start], "元圆块");
    if (!yuan || !q->value.ok) return;
    bool kuai = r->c[q->unit_start] == 0x5757;
    numeral small;
    bool any = false;
    if (kuai && char_at(r, at) == 0x96F6 /* 零 */) {
        glyph g = glyph_of(r->l, char_at(r, at + 1));
        if (g.role != GLYPH_DIGIT || !g.value) return;
        add_to(q, (ht_number){g.value, -2, true, 1});
        at += 2;
        any = true;
    } else if (reader_numeral(r, at, &small) && small.value.ok && !small.scaled) {
        uint32_t next = char_at(r, small.end);
        if (glyph_in(next, "角毛")) {
            add_to(q, ht_number_shift(small.value, -1));
            at = small.end + 1;
            any = true;
            if (reader_numeral(r, at, &small) && small.value.ok &&
                char_at(r, small.end) == 0x5206) {
                add_to(q, ht_number_shift(small.value, -2));
                at = small.end + 1;
            }
        } else if (kuai && small.end == at + 1 && !glyph_in(next, "个") &&
                   (reader_boundary(next) || glyph_in(next, "钱一"))) {
            add_to(q, ht_number_shift(small.value, -1));
            at = small.end;
            any = true;
        }
    }
    if (!any) return;
    if (glyph_in(char_at(r, at), "钱整正")) at++;
    q->unit_end = q->end = at;
    q->compound = true;
}

/* How many of the smaller unit make one of the larger; 0 if they do not fit together. */
static int64_t smaller_steps(const unit *larger, const unit *smaller) {
    if (!ht_str_eq(larger->base, smaller->base) || larger->factor.exponent ||
        smaller->factor.exponent || smaller->factor.mantissa <= 0)
        return 0;
    __int128 n = larger->factor.mantissa / smaller->factor.mantissa;
    bool whole = larger->factor.mantissa % smaller->factor.mantissa == 0;
    return whole && n > 1 ? (int64_t)n : 0;
}

/* A clock-face 分 or 秒 of a duration: 1分09秒, 3小时05分. */
static uint32_t time_unit_at(const reader *r, uint32_t at, const unit **u) {
    uint32_t k = lexicon_unit_at(r->l, r->c, r->n, at, u);
    if (k && is_time_unit(*u)) return k;
    if (char_at(r, at) != 0x5206 /* 分 */ || reader_at_any(r, at, "分之|分别")) return 0;
    static const uint32_t minute[] = {0x5206, 0x949F};
    return lexicon_unit_at(r->l, minute, 2, 0, u) ? 1 : 0;
}

/* 1小时30分钟 -> 90 分钟: a duration in two units is one number in the smaller one. */
static void read_duration(const reader *r, item *q) {
    while (q->value.ok && q->value.divisor == 1) {
        uint32_t at = q->end;
        numeral num;
        const unit *u;
        if (reader_at_any(r, at, "零|又"))
            at++;
        else if (reader_at_any(r, at, "外加|加上"))
            at += 2;
        else if (char_at(r, at) == 0x52A0 /* 加 */)
            at++;
        if (!reader_numeral(r, at, &num) && !(at > q->end && reader_numeral(r, q->end, &num)))
            return;
        if (!num.value.ok || num.approx != HT_EXACT || num.decimal) return;
        uint32_t k = time_unit_at(r, num.end, &u);
        int64_t n = k ? smaller_steps(q->u, u) : 0;
        if (!n || ht_number_cmp(num.value, ht_number_int(n)) >= 0) return;
        q->value = ht_number_add(ht_number_mul(q->value, ht_number_int(n)), num.value);
        q->step = num.step;
        q->num_end = num.end;
        set_unit(q, u, num.end, num.end + k);
        q->compound = true;
    }
}

/* 三天三夜 */
static void read_nights(const reader *r, item *q) {
    uint32_t same = 0;
    while (q->num_start + same < q->num_end &&
           char_at(r, q->end + same) == r->c[q->num_start + same])
        same++;
    if (q->u->canonical.n && ht_str_eq(q->u->canonical, HT_S("天")) &&
        same == q->num_end - q->num_start && same && char_at(r, q->end + same) == 0x591C)
        q->end += same + 1;
}

/* 元/吨, 人/平方公里, 公里/小时. */
static void read_slash_rate(const reader *r, item *q) {
    const unit *per;
    if (char_at(r, q->end) != '/') return;
    uint32_t k = lexicon_unit_at(r->l, r->c, r->n, q->end + 1, &per);
    if (!k) return;
    q->unit_name =
        ht_format(r->a, HT_FMT "/" HT_FMT, HT_ARG(q->u->canonical), HT_ARG(per->canonical));
    q->unit_end = q->end = q->end + 1 + k;
}

/* 六成二, 九成八 */
static void read_tenth(const reader *r, item *q) {
    glyph g = glyph_of(r->l, char_at(r, q->end));
    bool digit = g.role == GLYPH_DIGIT && g.value && g.style == STYLE_PLAIN;
    glyph after = glyph_of(r->l, char_at(r, q->end + 1));
    if (!digit || after.role != GLYPH_NONE || !q->value.ok) return;
    const unit *u;
    uint32_t k = lexicon_unit_at(r->l, r->c, r->n, q->end + 1, &u);
    if (k && u->kind == UNIT_TENTH) return; /* 三成四成 */
    add_to(q, (ht_number){g.value, -1, true, 1});
    q->end++;
}

/* 1米75, 一米八: the digits behind 米 are its decimals. */
static void read_height(const reader *r, item *q) {
    numeral rest;
    const unit *u;
    if (r->c[q->unit_start] != 0x7C73 || q->unit_end != q->unit_start + 1 || !q->value.ok) return;
    if (q->num.decimal || ht_number_cmp(q->value, ht_number_int(3)) >= 0) return;
    if (!reader_numeral(r, q->end, &rest) || !rest.value.ok || rest.decimal || rest.scaled) return;
    uint32_t n = rest.end - q->end;
    if (n > 2 || rest.pair || lexicon_unit_at(r->l, r->c, r->n, rest.end, &u)) return;
    add_to(q, ht_number_shift(rest.value, -(int32_t)n));
    q->end = rest.end;
    q->compound = true;
}

void item_read_compound(const reader *r, item *q) {
    if (!q->u) return;
    if (q->u->kind == UNIT_MONEY) read_money(r, q);
    if (q->u->kind == UNIT_TENTH) read_tenth(r, q);
    if (q->u->kind == UNIT_SCORE && q->value.ok) {
        /* 1分09秒, 一分半: minutes, told by what follows */
        numeral num;
        const unit *minute;
        bool seconds = reader_numeral(r, q->end, &num) && char_at(r, num.end) == 0x79D2;
        bool half =
            char_at(r, q->end) == 0x534A && !lexicon_word_at(r->l, WORD_NEXT, r->c, r->n, q->end);
        bool more = reader_at_any(r, q->end, "多钟|来钟");
        if (more) {
            q->qualifier = HT_OVER;
            q->end += 2;
        }
        if ((seconds || half || more) && time_unit_at(r, q->unit_start, &minute)) q->u = minute;
    }
    if (is_time_unit(q->u) && q->u->kind != UNIT_MONTH) {
        read_duration(r, q);
        read_nights(r, q);
    }
    if (q->u->kind == UNIT_MEASURE) read_height(r, q);
    read_more(r, q);
    read_unit_half(r, q);
    read_slash_rate(r, q);
}
