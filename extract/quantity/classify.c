/* What a number is: a statistic of some kind, an ordinal, a time, a name, or nothing at all. */
#include "extract/quantity/reader.h"

enum {
    LONG_IDENTIFIER = 7,
    HOURS = 24,
    MAX_CLAUSE = 24,
    MAX_BODY = 14,
    MINGUO_FIRST = 100,
    MINGUO_LAST = 131
};

static bool reject(item *q, const char *why) {
    q->keep = false;
    q->rule = why;
    return false;
}

static bool decide(item *q, ht_kind kind, const char *why) {
    q->keep = true;
    q->kind = kind;
    q->rule = why;
    return true;
}

/* One character that writes the number: 一, 二, 三 … */
static uint32_t single_glyph(const reader *r, const item *q) {
    if (q->num_end != q->num_start + 1 || q->num.arabic) return 0;
    return r->c[q->num_start];
}

static bool below(const item *q, int64_t limit) {
    return q->value.ok && q->value.divisor == 1 &&
           ht_number_cmp(q->value, ht_number_int(limit)) < 0;
}

static bool plain_integer(const item *q) {
    return q->num.arabic && !q->num.scaled && !q->num.decimal && !q->num.grouped && !q->range &&
           q->qualifier == HT_EXACT;
}

/* 每十一辆车共用一个, 每千人口拥有床位5张: the counterpart of a base in the same clause. */
static bool follows_base(const reader *r, const item *q) {
    uint32_t stop = q->start > r->para_start + MAX_CLAUSE ? q->start - MAX_CLAUSE : r->para_start;
    for (uint32_t i = q->start; i > stop; i--) {
        if (glyph_in(r->c[i - 1], "，。；！？,;")) return false;
        if (r->c[i - 1] == 0x6BCF /* 每 */ && i + 1 < q->start)
            return is_numeral_char(r->l, char_at(r, i)) &&
                   (r->c[i] != 0x4E00 || is_numeral_char(r->l, char_at(r, i + 1)));
    }
    return false;
}

/* 增长8.5%, 提高12个百分点, and what an enumeration adds to them: a rate of change. */
static bool is_change(const reader *r, const item *q) {
    uint32_t at = q->start;
    if (q->u &&
        (ht_str_eq(q->u->dimension, HT_S("points")) || ht_str_eq(q->u->canonical, HT_S("‰"))))
        return true;
    if (lexicon_word_before(r->l, WORD_CHANGE, r->c, at)) return true;
    at -= lexicon_word_before(r->l, WORD_REACH, r->c, at);
    if (at < q->start && lexicon_word_before(r->l, WORD_CHANGE, r->c, at) > 1) return true;
    at = q->start;
    const ht_quantity *before = r->n_q ? &r->q[r->n_q - 1] : NULL;
    if (!before || before->kind != HT_RATE || before->end >= at || at - before->end > 2)
        return false;
    if (!q->u || !ht_str_eq(before->unit, q->u->canonical)) return false;
    return glyph_in(r->c[before->end], "、和及与");
}

/* 仅一家, 每人一份, …一家、…两家: 一 + classifier that counts. */
static bool one_counts(const reader *r, const item *q) {
    uint32_t k = lexicon_word_before(r->l, WORD_FRAME_ONE, r->c, q->start);
    if (k || q->qualifier != HT_EXACT || follows_base(r, q)) return true;
    /* 工会联合会一家、基层工会9家: the next item of the enumeration counts with the same unit */
    if (glyph_in(char_at(r, q->end), "、，") && q->u) {
        uint32_t limit = q->end + 16 < r->para_end ? q->end + 16 : r->para_end;
        for (uint32_t i = q->end + 1; i < limit && !glyph_in(r->c[i], "、，。；"); i++) {
            numeral next;
            const unit *u;
            if (!is_numeral_char(r->l, r->c[i])) continue;
            if (!reader_numeral(r, i, &next)) return false;
            uint32_t n = lexicon_unit_at(r->l, r->c, r->n, next.end, &u);
            return n && u == q->u && next.value.ok && !(next.end == i + 1 && r->c[i] == 0x4E00);
        }
    }
    return false;
}

/* 五次全会, 三次会议 behind 届: which meeting of a body. */
static bool is_session(const reader *r, const item *q) {
    if (r->c[q->unit_start] != 0x6B21 /* 次 */) return false;
    if (char_before(r, q->start) == 0x5C4A /* 届 */) return true;
    if (!reader_at_any(r, q->end, "会议|全会|全体会议")) return false;
    uint32_t stop = q->start > r->para_start + MAX_BODY ? q->start - MAX_BODY : r->para_start;
    for (uint32_t i = q->start; i > stop && ht_is_han(r->c[i - 1]); i--)
        if (r->c[i - 1] == 0x5C4A) return true;
    return false;
}

/* 3栋2单元: the number of a building. */
static bool is_building(const reader *r, const item *q) {
    return r->c[q->unit_start] == 0x680B && is_numeral_char(r->l, char_at(r, q->end));
}

static bool classify_count(const reader *r, item *q) {
    uint32_t one = single_glyph(r, q);
    const char *rule = q->u->kind == UNIT_NOUN ? "the noun is the unit" : "classifier";
    if (one == 0x4E00 /* 一 */) {
        if (q->u->kind == UNIT_NOUN || q->u->kind == UNIT_BARE)
            return reject(q, "一 as an article");
        if (!one_counts(r, q)) return reject(q, "一 as an article");
        return decide(q, follows_base(r, q) ? HT_RATE : HT_COUNT, "一 in a counting frame");
    }
    bool people = ht_str_eq(q->u->canonical, HT_S("人")); /* 夫妻二人 */
    if (one == 0x4E8C /* 二 */ && !q->range && !people)
        return decide(q, HT_ORDINAL, "二 names, 两 counts");
    if (one == 0x96F6 /* 零 */ || one == 0x3007) return decide(q, HT_NAME, "零 in a word");
    if (q->u->kind == UNIT_BARE) {
        bool single = q->unit_end == q->unit_start + 1; /* 十校, but 13医院 */
        if (one && one != 0x4E24 /* 两 */) return reject(q, "a name more often than a count");
        if (single && !reader_boundary(char_at(r, q->end)))
            return reject(q, "a name more often than a count");
    }
    if (is_building(r, q)) return decide(q, HT_NAME, "the number of a building");
    if (is_session(r, q)) return decide(q, HT_ORDINAL, "届 and 次 of a meeting");
    if (q->num.positional) return decide(q, HT_IDENTIFIER, "digits read one by one");
    if (q->num.leading_zero) return decide(q, HT_IDENTIFIER, "a leading zero");
    if (q->num.arabic && q->num.n_digits >= 10 && !q->num.grouped)
        return decide(q, HT_IDENTIFIER, "too many digits");
    return decide(q, follows_base(r, q) ? HT_RATE : HT_COUNT, rule);
}

/* Years of the Minguo calendar (114年编列): three digits and no word of a duration on either side.
 */
static bool is_minguo(const reader *r, const item *q) {
    if (!plain_integer(q) || below(q, MINGUO_FIRST) || !below(q, MINGUO_LAST)) return false;
    if (q->end != q->unit_end || !ht_is_han(char_at(r, q->end))) return false;
    return !lexicon_word_at(r->l, WORD_LASTING, r->c, r->n, q->end) &&
           !lexicon_word_before(r->l, WORD_SPAN_BEFORE, r->c, q->start);
}

/* 前一日, 这一年, 每一天: a day or a year pointed at, no length of time. */
static bool relative_one(const reader *r, const item *q) {
    return single_glyph(r, q) == 0x4E00 && q->start == q->num_start &&
           glyph_in(char_before(r, q->start), "前后同首上下这那某每新又第头当次另");
}

static bool classify_year(const reader *r, item *q) {
    if (relative_one(r, q)) return reject(q, "一 in a relative date");
    if (single_glyph(r, q) == 0x4E00 && reader_before_any(r, q->start, "去年|今年|上年|前年|年"))
        return reject(q, "去年一年: all of a year");
    if (q->num.arabic && q->num.n_digits == 4 && plain_integer(q) && !below(q, 1000))
        return decide(q, HT_DATE, "a year");
    if (q->num.positional) return decide(q, HT_DATE, "a year");
    if (q->num.leading_zero) return decide(q, HT_DATE, "a year");
    if (reader_at_any(r, q->unit_end, "行动|规划|计划") && q->end == q->unit_end)
        return decide(q, HT_NAME, "the name of a plan");
    if (is_minguo(r, q)) return decide(q, HT_DATE, "a year of the Minguo calendar");
    if (single_glyph(r, q) == 0x4E8C && !q->range) return decide(q, HT_ORDINAL, "二 names");
    if (q->num.bare_scale && q->num_end == q->num_start + 1 && q->qualifier == HT_EXACT)
        return decide(q, HT_NAME, "百年, 千年 as a word");
    return decide(q, HT_DURATION, "years");
}

static bool classify_day(const reader *r, item *q) {
    if (relative_one(r, q)) return reject(q, "一 in a relative date");
    bool day = (q->num.arabic ? plain_integer(q) : !q->num.scaled || below(q, 32)) &&
               below(q, 32) && !q->range;
    /* 3日内, 7日以上 last; 一日 and 两日 are never a day of the month */
    if (day && !reader_at_any(r, q->unit_end, "内|之内|以内|以上|以下|后内|游"))
        if (q->num.arabic || (single_glyph(r, q) != 0x4E00 && single_glyph(r, q) != 0x4E24))
            return decide(q, HT_DATE, "a day of the month");
    return decide(q, HT_DURATION, "days");
}

static bool classify_clock(const reader *r, item *q) {
    bool dian = r->c[q->unit_start] == 0x70B9;
    bool hour = q->value.ok && q->value.divisor == 1 && !q->num.decimal &&
                ht_number_cmp(q->value, ht_number_int(HOURS)) <= 0;
    if (dian && lexicon_word_at(r->l, WORD_POINTS_AFTER, r->c, r->n, q->unit_end))
        return decide(q, HT_COUNT, "points");
    if (hour || q->range) return decide(q, HT_TIME, "a time of the day");
    if (dian) return decide(q, HT_COUNT, "points");
    return decide(q, HT_NAME, "时 behind a number that is no hour");
}

static bool classify_money(const reader *r, item *q) {
    uint32_t first = r->c[q->unit_start], next = char_at(r, q->unit_end);
    bool dime = q->unit_end == q->unit_start + 1 && glyph_in(first, "角毛");
    if (dime && !reader_boundary(next) && !glyph_in(next, "钱左以多") &&
        !(q->num.arabic && next == 0x7684 /* 的 */))
        return reject(q, "角 in a word");
    if (single_glyph(r, q) == 0x4E00 && first != 0x5143 && !q->compound && !one_counts(r, q))
        return reject(q, "一 as an article");
    return decide(q, HT_MONEY, "money");
}

static bool classify_grade(const reader *r, item *q) {
    bool stairs = lexicon_word_at(r->l, WORD_STAIR_AFTER, r->c, r->n, q->unit_end) > 0;
    if (single_glyph(r, q) == 0x4E24 || stairs || q->qualifier != HT_EXACT || q->num.decimal ||
        !below(q, 20))
        return decide(q, HT_COUNT, "级 that counts");
    return decide(q, HT_ORDINAL, "a grade");
}

/* 充电量3.2亿度: kilowatt-hours. */
static bool speaks_of_power(const reader *r, const item *q) {
    enum { POWER_REACH = 20 };
    if (q->unit_end != q->unit_start + 1) return false;
    for (uint32_t at = q->start; at > r->para_start && q->start - at < POWER_REACH; at--) {
        if (reader_boundary(r->c[at - 1])) return false;
        if (r->c[at - 1] == 0x7535 /* 电 */) return true;
    }
    return false;
}

static bool classify_unit(const reader *r, item *q) {
    if (q->num.formal && q->num_end == q->num_start + 1 && q->u->kind != UNIT_MONEY)
        return reject(q, "a bank form alone is a word");
    switch (q->u->kind) {
    case UNIT_COUNT:
    case UNIT_NOUN:
    case UNIT_BARE: return classify_count(r, q);
    case UNIT_MONEY: return classify_money(r, q);
    case UNIT_MEASURE:
        if (q->num.bare_scale && q->num_end == q->num_start + 1 && q->qualifier == HT_EXACT &&
            glyph_in(r->c[q->unit_start], "里米丈"))
            return decide(q, HT_NAME, "a word, no measure");
        if (r->c[q->unit_start] == 0x5EA6 /* 度 */ && single_glyph(r, q) &&
            ht_is_han(char_at(r, q->end)) && !q->range)
            return decide(q, HT_COUNT, "两度, 三度: times");
        if (r->c[q->unit_start] == 0x5EA6 && speaks_of_power(r, q)) q->u = find_unit(r, "千瓦时");
        if (r->c[q->unit_start] == 0x65B9 /* 方 */ && !q->num.scaled && !q->num.arabic)
            return reject(q, "三方: parties, no measure");
        return decide(q, HT_MEASURE, "unit of measure");
    case UNIT_DURATION:
        if (relative_one(r, q)) return reject(q, "一 in a relative date");
        if (plain_integer(q) && !below(q, MINGUO_FIRST) && ht_str_eq(q->u->canonical, HT_S("年度")))
            return decide(q, HT_DATE, "a budget year");
        if (single_glyph(r, q) == 0x4E8C && !q->range && q->u->base.n == 0) break;
        return decide(q, HT_DURATION, "unit of time");
    case UNIT_AGE: return decide(q, HT_AGE, "岁");
    case UNIT_SHARE:
        if (is_change(r, q)) return decide(q, HT_RATE, "percentage of change");
        return decide(q, HT_SHARE, "percentage");
    case UNIT_RATE: return decide(q, HT_RATE, "倍");
    case UNIT_ORDINAL: return decide(q, HT_ORDINAL, "ordinal by its unit");
    case UNIT_LABEL:
        if (q->qualifier != HT_EXACT && q->qualifier != HT_RANGE && q->qualifier != HT_SEVERAL)
            return decide(q, HT_COUNT, "an approximate number is no label");
        return decide(q, HT_NAME, "the number is a label");
    case UNIT_LINE:
        if (single_glyph(r, q) == 0x4E24) return decide(q, HT_COUNT, "两线");
        return decide(q, HT_NAME, "the name of a line");
    case UNIT_GRADE: return classify_grade(r, q);
    case UNIT_CLOCK: return classify_clock(r, q);
    case UNIT_SCORE:
        if (single_glyph(r, q) == 0x4E00) return reject(q, "一分 in a phrase");
        if (glyph_in(char_before(r, q->num_start), "时点"))
            return decide(q, HT_TIME, "minutes of a clock");
        return decide(q, HT_COUNT, "score");
    case UNIT_COHORT: return decide(q, HT_NAME, "a cohort");
    case UNIT_TENTH:
        if (q->value.ok && ht_number_cmp(q->value, ht_number_int(100)) > 0)
            return reject(q, "more than ten tenths");
        return decide(q, is_change(r, q) ? HT_RATE : HT_SHARE, "成");
    case UNIT_DISCOUNT: return decide(q, HT_RATE, "折");
    case UNIT_FOLD: return decide(q, HT_RATE, "番");
    case UNIT_DAY: return classify_day(r, q);
    case UNIT_MONTH: return decide(q, HT_DATE, "a month");
    case UNIT_YEAR: return classify_year(r, q);
    }
    return reject(q, "no unit");
}

/* 134工作体系, 12345热线, 320国道 … */
static bool bare_identifier(const reader *r, const item *q) {
    if (q->num.leading_zero || q->num.cut) return true;
    if (q->num.positional) return true;
    if (!plain_integer(q)) return false;
    if (q->num.n_digits >= LONG_IDENTIFIER) return true;
    uint32_t at = q->num_start; /* 热线为12345, 电话：12345 */
    while (at > r->para_start && q->num_start - at < 3 && glyph_in(r->c[at - 1], "为是：: ")) at--;
    if (lexicon_word_before(r->l, WORD_PHONE_NEAR, r->c, at)) return true;
    if (lexicon_word_at(r->l, WORD_PHONE_NEAR, r->c, r->n, q->num_end)) return true;
    if (lexicon_word_at(r->l, WORD_SCHEME_AFTER, r->c, r->n, q->num_end)) return true;
    uint32_t next = char_at(r, q->num_end), prev = char_before(r, q->num_start);
    if (glyph_in(next, "-－—:：/·^#*+.~～") || glyph_in(prev, "-－—:：/·^#*+.~№@～")) return true;
    if (glyph_in(next, "∶") || glyph_in(prev, "∶")) return true;
    if (next == ' ' && is_ascii_digit(char_at(r, q->num_end + 1))) return true;
    if (prev == ' ' && q->num_start > 1 && is_ascii_digit(r->c[q->num_start - 2])) return true;
    /* (853)28880000 */
    return glyph_in(next, "）)") && is_ascii_digit(char_at(r, q->num_end + 1)) &&
           glyph_in(prev, "（(");
}

/* 三大行业 */
static bool classify_great(const reader *r, item *q) {
    if (q->num.arabic || q->num.scaled || q->num.positional || !below(q, 10) || below(q, 2))
        return false;
    if (lexicon_word_at(r->l, WORD_NOT_GREAT, r->c, r->n, q->end) ||
        !ht_is_han(char_at(r, q->end + 1)))
        return false;
    q->unit_start = q->unit_end = q->num_end;
    return decide(q, HT_COUNT, "N大 + noun");
}

/* 2013、2014年 */
static bool is_bare_year(const reader *r, const item *q) {
    if (!plain_integer(q) || q->num.n_digits != 4 || below(q, 1900) || !below(q, 2100))
        return false;
    uint32_t at = q->end;
    if (!glyph_in(char_at(r, at), "、和至到与及-—~～")) return false;
    numeral next;
    at++;
    if (at < r->n && (r->marks[at] & MARK_CLASS) == MARK_DATE) return true;
    return reader_numeral(r, at, &next) && next.n_digits == 4 && next.arabic;
}

/* An integer without a unit is a figure only where a verb or an enumeration asks for one; else it
 * is the number of something: 麒麟980, (600572). */
static bool stands_alone(const reader *r, const item *q) {
    uint32_t next = char_at(r, q->end), at = q->end;
    bool verb = lexicon_word_before(r->l, WORD_CHANGE_TO, r->c, q->start) > 0 ||
                lexicon_word_before(r->l, WORD_CHANGE, r->c, q->start) > 0;
    if (reader_boundary(next) && verb) return true;
    /* 2100、1800和不到900人 */
    if (!glyph_in(next, "、和及与")) return false;
    const uint32_t before =
        WORD_PRE_ABOUT | WORD_PRE_NEARLY | WORD_PRE_OVER | WORD_PRE_LEAST | WORD_PRE_MOST;
    at++;
    at += lexicon_word_at(r->l, before, r->c, r->n, at);
    return is_ascii_digit(char_at(r, at));
}

static bool has_digit(const reader *r, const item *q) {
    for (uint32_t i = q->num_start; i < q->num_end; i++)
        if (glyph_of(r->l, r->c[i]).role == GLYPH_DIGIT) return true;
    return false;
}

/* 9:30, 14:05:33 */
static bool read_clock(const reader *r, item *q) {
    uint32_t at = q->end;
    bool any = false;
    if (!plain_integer(q) || !below(q, HOURS + 1) || q->start != q->num_start) return false;
    while (glyph_in(char_at(r, at), ":：") && char_at(r, at + 1) >= '0' &&
           char_at(r, at + 1) <= '5' && is_ascii_digit(char_at(r, at + 2)) &&
           !is_ascii_digit(char_at(r, at + 3))) {
        at += 3;
        any = true;
    }
    if (!any) return false;
    q->end = q->num_end = q->unit_start = q->unit_end = at;
    q->value = q->step = HT_NO_NUMBER;
    return true;
}

static bool classify_bare(const reader *r, item *q) {
    if (read_clock(r, q)) return decide(q, HT_TIME, "a time of the day");
    uint32_t next = char_at(r, q->end), prev = char_before(r, q->start);
    bool boundary = reader_boundary(next);
    if (glyph_in(next, "∶：:") && is_ascii_digit(char_at(r, q->end + 1)))
        return decide(q, HT_NAME, "one side of a ratio or score");
    if (glyph_in(prev, "∶：:") && q->start > 1 && is_ascii_digit(r->c[q->start - 2]))
        return decide(q, HT_NAME, "one side of a ratio or score");
    if (q->num.formal && q->num_end == q->num_start + 1)
        return reject(q, "a bank form alone is a word");
    if (q->num.arabic) {
        if (bare_identifier(r, q)) return decide(q, HT_IDENTIFIER, "digits with no unit");
        if (is_ascii_letter(next) || is_ascii_letter(prev))
            return decide(q, HT_NAME, "letters and digits are one name");
        if (q->range && !q->num.scaled && char_at(r, q->end) != 0x7684 /* 的 */)
            return decide(q, HT_NAME, "从0到1: a phrase");
        if (is_bare_year(r, q)) return decide(q, HT_DATE, "a year of an enumeration");
        if (glyph_in(next, "×xX*") || glyph_in(prev, "×xX*"))
            return decide(q, HT_NAME, "dimensions");
        if (plain_integer(q) && !stands_alone(r, q))
            return decide(q, HT_IDENTIFIER, "an integer without a unit");
        /* 桂医通2.0: a version */
        if (q->num.decimal && !q->num.scaled && q->qualifier == HT_EXACT && !q->range &&
            !lexicon_word_before(r->l, WORD_CHANGE_TO | WORD_CHANGE, r->c, q->start))
            return decide(q, HT_NAME, "a version");
        return decide(q, HT_COUNT, "Arabic number without a unit");
    }
    if (q->num.pair && !q->num.scaled) return reject(q, "two digits and no unit");
    if (q->num.positional) return decide(q, HT_IDENTIFIER, "digits read one by one");
    if (next == 0x5927 /* 大 */ && classify_great(r, q)) return true;
    if (!q->num.scaled) return reject(q, "one digit and no unit");
    if (q->num.bare_scale && q->qualifier == HT_EXACT && !has_digit(r, q))
        return reject(q, "百万, 千亿 as a word");
    if (boundary || is_marked(r, q->end) || reader_at_any(r, q->end, "的|和|及|与|或|以"))
        return decide(q, HT_COUNT, "written-out number without a unit");
    if (q->num.big && q->num_end > q->num_start + 1)
        return decide(q, HT_COUNT, "written-out number before a noun");
    return reject(q, "a written-out number glued to a word");
}

/* 第三, 前三名, 头两位 */
static bool is_ordinal(const reader *r, const item *q) {
    uint32_t prev = char_before(r, q->num_start);
    if (prev == 0x7B2C /* 第 */) return true;
    if (lexicon_word_before(r->l, WORD_ORDINAL_BEFORE, r->c, q->num_start) == 0) return false;
    if (glyph_in(prev, "前头后")) {
        if (q->u && !glyph_in(char_at(r, q->unit_start), "名位强")) return false;
        if (reader_before_any(r, q->num_start,
                              "以前|之前|目前|此前|日前|先后|以后|之后|前后|街头|码头"))
            return false;
        return q->num.arabic || q->num.scaled || below(q, 10);
    }
    return true;
}

/* The whole text is a number: nothing can make it a name. */
static bool classify_whole(const reader *r, item *q) {
    if (q->num.bare_scale && !q->num.arabic) {
        bool only_scales = true;
        for (uint32_t i = q->num_start; i < q->num_end; i++)
            only_scales &= glyph_of(r->l, r->c[i]).role == GLYPH_BIG;
        if (only_scales) return reject(q, "万 alone is no number");
    }
    if (q->num.positional && !q->num.arabic)
        for (uint32_t i = q->num_start; i < q->num_end; i++)
            if (glyph_of(r->l, r->c[i]).style == STYLE_SPOKEN)
                return reject(q, "两 is never read digit by digit");
    return decide(q, HT_COUNT, "the text is a number");
}

/* 3.2.1, 192.168.1.20; the span is widened to the whole. */
static bool is_dotted(const reader *r, item *q) {
    uint32_t at = q->num_end;
    if (!q->num.arabic || q->num.scaled || char_at(r, at) != '.' ||
        !is_ascii_digit(char_at(r, at + 1)))
        return false;
    while (char_at(r, at) == '.' && is_ascii_digit(char_at(r, at + 1)))
        for (at++; is_ascii_digit(char_at(r, at));) at++;
    q->end = q->num_end = q->unit_start = q->unit_end = at;
    q->u = NULL;
    return true;
}

/* 伍千里, 陆百川: the two bank forms that are surnames; money and counts are written so (伍千元). */
static bool is_surname(const reader *r, const item *q) {
    if (q->num_end != q->num_start + 2 || (q->u && q->u->kind != UNIT_MEASURE)) return false;
    return glyph_in(r->c[q->num_start], "伍陆") && glyph_in(r->c[q->num_start + 1], "千百") &&
           !reader_whole(r, q->start, q->end);
}

void item_classify(const reader *r, item *q) {
    if (q->num.cut) {
        decide(q, HT_IDENTIFIER, "too many digits");
        return;
    }
    /* （万户）, 单位：万元 name a unit and count nothing */
    if (q->u && q->num.bare_scale && q->num_end == q->num_start + 1 && q->qualifier == HT_EXACT &&
        glyph_of(r->l, r->c[q->num_start]).role == GLYPH_BIG &&
        (q->start == r->para_start || reader_boundary(char_before(r, q->start))) &&
        reader_boundary(char_at(r, q->end))) {
        reject(q, "a unit alone");
        return;
    }
    if (q->per_base) {
        decide(q, HT_NAME, "the base of a rate");
        return;
    }
    if (is_dotted(r, q)) {
        decide(q, HT_IDENTIFIER, "numbers parted by dots");
        return;
    }
    if (is_surname(r, q)) {
        reject(q, "a name: 伍千里");
        return;
    }
    if (is_ordinal(r, q)) {
        decide(q, HT_ORDINAL, "ordinal");
        return;
    }
    if (q->share) {
        decide(q, HT_SHARE, q->rule ? q->rule : "part of a whole");
        return;
    }
    if (q->u) {
        classify_unit(r, q);
        return;
    }
    if (reader_whole(r, q->start, q->end))
        classify_whole(r, q);
    else
        classify_bare(r, q);
}
