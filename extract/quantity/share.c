/* Parts of a whole that are no plain numeral: 百分之六, 三分之一, 四分一, 一半, 过半, 半年, 半成.
 */
#include "extract/quantity/reader.h"

static bool starts(const reader *r, uint32_t at, const char *literal) {
    return ht_passage_at(r->p, at, literal);
}

/* A numeral with its sign (负3分之负2). */
static bool signed_numeral(const reader *r, uint32_t at, numeral *num) {
    bool minus = char_at(r, at) == 0x8D1F /* 负 */;
    if (!reader_numeral(r, at + minus, num) || !num->value.ok) return false;
    if (minus) num->value = ht_number_neg(num->value);
    return true;
}

static void set_span(item *q, uint32_t start, uint32_t end) {
    q->start = q->num_start = start;
    q->end = q->num_end = q->unit_start = q->unit_end = end;
}

static ht_qualifier approx_of(const numeral *n) {
    return n->approx;
}

static bool read_percent(const reader *r, uint32_t at, uint32_t behind, item *q) {
    numeral part;
    if (!signed_numeral(r, behind, &part)) return false;
    set_span(q, at, part.end);
    q->u = find_unit(r, "%");
    q->num = part;
    q->value = part.value;
    q->step = part.step;
    q->qualifier = approx_of(&part);
    q->rule = "百分之";
    return true;
}

/* whole: 三又 of 三又二分之一; NULL if there is none. */
static bool read_fraction(const reader *r, uint32_t at, uint32_t behind, const numeral *base,
                          const numeral *whole, item *q) {
    numeral part;
    if (!signed_numeral(r, behind, &part) || !base->value.ok) return false;
    ht_number top = part.value;
    if (whole) top = ht_number_add(top, ht_number_mul(whole->value, base->value));
    ht_number bottom = base->value;
    if (top.ok && top.exponent < 0) { /* 1.5/3 is 15/30 */
        bottom = ht_number_shift(bottom, -top.exponent);
        top.exponent = 0;
    }
    q->value = ht_number_fraction(top, bottom);
    if (!q->value.ok) return false;
    set_span(q, at, part.end);
    q->num = part;
    q->qualifier = approx_of(&part);
    q->share = true;
    q->rule = "分之";
    return true;
}

/* 四分一, 三分二: both digits single, the part smaller than the whole. */
static bool read_short_fraction(const reader *r, uint32_t at, const numeral *base, item *q) {
    glyph whole = glyph_of(r->l, char_at(r, at)), part = glyph_of(r->l, char_at(r, at + 2));
    if (base->end != at + 1 || whole.role != GLYPH_DIGIT || part.role != GLYPH_DIGIT) return false;
    if (!part.value || part.value >= whole.value || part.style != STYLE_PLAIN) return false;
    uint32_t next = char_at(r, at + 3);
    if (is_numeral_char(r->l, next) || glyph_in(next, "秒钟分点")) return false;
    set_span(q, at, at + 3);
    q->num = *base;
    q->value = ht_number_fraction(ht_number_int(part.value), ht_number_int(whole.value));
    q->share = true;
    q->rule = "short fraction";
    return true;
}

/* 3/4: only where nothing else stands in the paragraph, or 占 before or 的 behind makes a proper
 * fraction a part. */
static bool read_slash(const reader *r, uint32_t at, const numeral *top, item *q) {
    numeral base;
    if (char_at(r, top->end) != '/' || !reader_numeral(r, top->end + 1, &base)) return false;
    if (!top->value.ok || !base.value.ok || base.scaled != top->scaled) return false;
    bool minus = char_before(r, at) == '-';
    bool whole = reader_whole(r, at - minus, base.end);
    bool proper = ht_number_cmp(top->value, base.value) < 0 && base.n_digits == 1 &&
                  (reader_at_any(r, base.end, "的|以上|左右|强") ||
                   reader_before_any(r, at, "占|占比|占到|占了|约占|近|约|超过|不足|不到"));
    if (!whole && !proper) return false;
    set_span(q, at, base.end);
    q->num = base;
    q->value = ht_number_fraction(top->value, base.value);
    q->share = true;
    q->rule = "slash fraction";
    return q->value.ok;
}

static bool set_half(item *q, uint32_t start, uint32_t end, const char *rule) {
    set_span(q, start, end);
    q->num = (numeral){.start = start, .end = end, .value = HT_NO_NUMBER, .scaled = true};
    q->value = ht_number_fraction(ht_number_int(1), ht_number_int(2));
    q->share = true;
    q->rule = rule;
    return true;
}

static bool read_half(const reader *r, uint32_t at, item *q) {
    static const char *const before =
        "过|近|超|逾|超过|接近|将近|不到|不足|已过|刚过|未过|约|占|达|达到|各|是|的";
    const unit *u;
    uint32_t prev = char_before(r, at);
    if (starts(r, at, "半数")) return set_half(q, at, at + 2, "half");
    if (starts(r, at, "半百")) {
        set_span(q, at, at + 2);
        q->num = (numeral){.start = at, .end = at + 2, .value = HT_NO_NUMBER, .scaled = true};
        q->value = ht_number_int(50);
        q->rule = "半百";
        return true;
    }
    if (glyph_in(prev, "上下前后大小多对夜东西南北中子各泰")) return false;
    uint32_t k = lexicon_unit_at(r->l, r->c, r->n, at + 1, &u);
    if (k && (u->kind == UNIT_DURATION || u->kind == UNIT_YEAR || u->kind == UNIT_DAY ||
              u->kind == UNIT_MEASURE || u->kind == UNIT_TENTH)) {
        if (u->kind == UNIT_TENTH && is_numeral_char(r->l, prev)) return false;
        set_span(q, at, at + 1);
        q->num = (numeral){.start = at, .end = at + 1, .value = HT_NO_NUMBER, .scaled = true};
        q->value = (ht_number){5, -1, true, 1};
        q->rule = "half of a unit";
        return true;
    }
    if (k || !reader_before_any(r, at, before)) return false;
    if (reader_before_any(r, at, "是|的|各|占|约|达") && !reader_boundary(char_at(r, at + 1)) &&
        char_at(r, at + 1) != 0x4EE5 /* 以 */)
        return false;
    uint32_t next = char_at(r, at + 1);
    if (!reader_boundary(next) &&
        !reader_at_any(r, at + 1, "以上|左右|的|来自|是|在|为|由|都|被|已"))
        return false;
    return set_half(q, at, at + 1, "half");
}

bool item_read_share(const reader *r, uint32_t at, item *q) {
    numeral num;
    uint32_t c = char_at(r, at);
    if (c == 0x534A /* 半 */) return read_half(r, at, q);
    /* 一半是海水，一半是火焰 */
    bool literary = starts(r, at + 2, "是") && !reader_before_any(r, at, "有|占|的|约|近|超过|过");
    if (starts(r, at, "一半") && !starts(r, at + 1, "半夜") && !literary &&
        !is_numeral_char(r->l, char_before(r, at)))
        return set_half(q, at, at + 2, "half");
    if (starts(r, at, "百分百")) {
        set_span(q, at, at + 3);
        q->num = (numeral){.start = at, .end = at + 3, .value = HT_NO_NUMBER, .scaled = true};
        q->value = ht_number_int(100);
        q->u = find_unit(r, "%");
        q->rule = "百分百";
        return true;
    }
    if (!reader_numeral(r, at, &num)) return false;
    uint32_t end = num.end;
    if (starts(r, end, "分之")) {
        if (num.bare_scale && end == at + 1 && c == 0x767E /* 百 */)
            return read_percent(r, at, end + 2, q);
        return read_fraction(r, at, end + 2, &num, NULL, q);
    }
    if (char_at(r, end) == 0x53C8 /* 又 */) {
        numeral base;
        if (reader_numeral(r, end + 1, &base) && starts(r, base.end, "分之"))
            return read_fraction(r, at, base.end + 2, &base, &num, q);
        return false;
    }
    if (char_at(r, end) == 0x5206 /* 分 */) return read_short_fraction(r, at, &num, q);
    return read_slash(r, at, &num, q);
}
