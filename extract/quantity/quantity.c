/* The scan: every numeral of a passage with its qualifier, unit and kind. */
#include "extract/quantity/quantity.h"

#include "base/utf8.h"
#include "extract/quantity/reader.h"

enum { REPLACEMENT = 0xFFFD, MAX_UNREADABLE = 32, MAX_WHOLE = 28 };

const char *ht_qualifier_name(ht_qualifier q) {
    static const char *const names[] = {"exact",   "about",   "nearly", "over",      "at_least",
                                        "at_most", "several", "range",  "unreadable"};
    return names[q];
}

const char *ht_kind_name(ht_kind k) {
    static const char *const names[] = {"count", "share",    "money",      "measure",
                                        "rate",  "duration", "age",        "ordinal",
                                        "date",  "time",     "identifier", "name"};
    return names[k];
}

bool reader_boundary(uint32_t c) {
    return c == 0 || !(ht_is_han(c) || is_ascii_digit(c) || is_ascii_letter(c) || c == '%' ||
                       c == 0x2030 || c == REPLACEMENT);
}

static bool any_of(const reader *r, uint32_t at, const char *words,
                   bool (*fits)(const ht_passage *, uint32_t, const char *)) {
    char word[32];
    ht_str rest = ht_str_of(words), w;
    while (ht_str_split(&rest, '|', &w)) {
        if (w.n >= sizeof word) continue;
        for (size_t i = 0; i < w.n; i++) word[i] = w.p[i];
        word[w.n] = 0;
        if (fits(r->p, at, word)) return true;
    }
    return false;
}

bool reader_at_any(const reader *r, uint32_t at, const char *words) {
    return any_of(r, at, words, ht_passage_at);
}

bool reader_before_any(const reader *r, uint32_t at, const char *words) {
    return any_of(r, at, words, ht_passage_before);
}

const unit *find_unit(const reader *r, const char *written) {
    enum { LONGEST = 8 };
    uint32_t c[LONGEST + 1] = {0}, n = 0;
    ht_str s = ht_str_of(written);
    for (size_t at = 0; at < s.n && n < LONGEST;) c[n++] = ht_utf8_next(s, &at);
    const unit *u = NULL;
    return lexicon_unit_at(r->l, c, n, 0, &u) ? u : NULL;
}

bool reader_numeral(const reader *r, uint32_t at, numeral *out) {
    if (at >= r->n || is_marked(r, at)) return false;
    if (!numeral_read(r->l, r->c, r->n, at, out)) return false;
    for (uint32_t i = at; i < out->end; i++)
        if (r->marks[i] & MARK_CLASS) return numeral_read(r->l, r->c, i, at, out);
    return true;
}

bool reader_whole(const reader *r, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i > r->para_start; i--)
        if (!glyph_in(r->c[i - 1], " \t　")) return false;
    for (uint32_t i = end; i < r->para_end; i++)
        if (!glyph_in(r->c[i], " \t　")) return false;
    return true;
}

/* --- qualifiers ---------------------------------------------------------------------------- */

static ht_qualifier qualifier_of(const reader *r, uint32_t at, uint32_t n, bool behind) {
    static const struct {
        uint32_t pre, post;
        ht_qualifier q;
    } roles[] = {{WORD_PRE_ABOUT, WORD_POST_ABOUT, HT_ABOUT},
                 {WORD_PRE_NEARLY, WORD_POST_NEARLY, HT_NEARLY},
                 {WORD_PRE_OVER, WORD_POST_OVER, HT_OVER},
                 {WORD_PRE_LEAST, WORD_POST_LEAST, HT_AT_LEAST},
                 {WORD_PRE_MOST, WORD_POST_MOST, HT_AT_MOST}};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (lexicon_word_at(r->l, behind ? roles[i].post : roles[i].pre, r->c, at + n, at) == n)
            return roles[i].q;
    return HT_EXACT;
}

static bool is_time(const item *q) {
    return q->u && (q->u->kind == UNIT_DURATION || q->u->kind == UNIT_YEAR ||
                    q->u->kind == UNIT_DAY || q->u->kind == UNIT_MONTH);
}

/* 过 and 破 are qualifiers before large numbers and parts only: 都过5万, 过半, 破百万. */
static bool is_large(const item *q) {
    return q->share || q->num.scaled || q->num.big || q->num.grouped ||
           (q->u && (q->u->kind == UNIT_SHARE || q->u->kind == UNIT_TENTH)) || q->num.n_digits >= 3;
}

static void read_before(const reader *r, item *q) {
    uint32_t at = q->start;
    if (at > r->floor && r->c[at - 1] == ' ') at--;
    const uint32_t all =
        WORD_PRE_ABOUT | WORD_PRE_NEARLY | WORD_PRE_OVER | WORD_PRE_LEAST | WORD_PRE_MOST;
    uint32_t k = lexicon_word_before(r->l, all, r->c, at);
    if (!k || at - k < r->floor || is_marked(r, at - 1)) return;
    if (lexicon_word_before(r->l, WORD_NOT_PRE, r->c, at) > k && !reader_before_any(r, at, "已经过"))
        return;
    uint32_t first = r->c[at - k];
    ht_qualifier found = qualifier_of(r, at - k, k, false);
    if (k == 1 && glyph_in(first, "过破") && !is_large(q)) return;
    if (reader_at_any(r, at - k, "突破") && q->u && q->u->kind == UNIT_COUNT && !is_large(q))
        return;
    q->start = at - k;
    if (k == 1 && first == 0x8FD1 /* 近 */ && is_time(q) &&
        !lexicon_word_before(r->l, WORD_SPAN_BEFORE, r->c, at - k))
        found = HT_EXACT; /* 近三年: the last three years */
    if (q->qualifier == HT_EXACT) q->qualifier = found;
}

static void read_behind(const reader *r, item *q, bool *found) {
    const uint32_t all =
        WORD_POST_ABOUT | WORD_POST_NEARLY | WORD_POST_OVER | WORD_POST_LEAST | WORD_POST_MOST;
    uint32_t k = lexicon_word_at(r->l, all, r->c, r->n, q->end);
    if (!k || lexicon_word_at(r->l, WORD_NOT_PRE, r->c, r->n, q->end) > k) return;
    ht_qualifier here = qualifier_of(r, q->end, k, true);
    if (k == 1) { /* 强 弱: behind a percentage and before a mark */
        bool part = q->u && (q->u->kind == UNIT_SHARE || q->u->kind == UNIT_TENTH);
        if (!part || !reader_boundary(char_at(r, q->end + 1))) return;
    }
    q->end += k;
    if (q->qualifier == HT_EXACT) {
        q->qualifier = here;
        *found = true;
    }
}

/* 不到总数的百分之二, 超过全市(13万人)的一半: the qualifier stands before the whole of a share. */
static void read_share_qualifier(const reader *r, item *q) {
    static const struct {
        const char *words;
        ht_qualifier q;
    } heads[] = {
        {"不到|不足|不及", HT_AT_MOST}, {"超过|超出|逾", HT_OVER}, {"接近|将近", HT_NEARLY}};
    bool part = q->share || (q->u && (q->u->kind == UNIT_SHARE || q->u->kind == UNIT_TENTH));
    uint32_t at = q->start;
    if (!part || q->qualifier != HT_EXACT || char_before(r, at) != 0x7684 /* 的 */) return;
    uint32_t stop = at > r->para_start + MAX_WHOLE ? at - MAX_WHOLE : r->para_start;
    bool bracket = false;
    for (at--; at > stop; at--) {
        uint32_t c = r->c[at - 1];
        if (glyph_in(c, "）)"))
            bracket = true;
        else if (glyph_in(c, "（("))
            bracket = false;
        if (bracket) continue;
        if (c == 0x5360 /* 占: 约占全市的四成 */) {
            if (reader_before_any(r, at - 1, "约|大约")) q->qualifier = HT_ABOUT;
            return;
        }
        if (glyph_in(c, "，。；！？：,;达") || is_numeral_char(r->l, c)) return;
        for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
            if (reader_before_any(r, at, heads[i].words)) {
                q->qualifier = heads[i].q;
                return;
            }
    }
}

/* --- one item ------------------------------------------------------------------------------ */

/* 人民币三百元, ￥100, 港币两千九百六十元 */
static void read_currency(const reader *r, item *q) {
    uint32_t at = q->start;
    const unit *u;
    if (at > r->floor && r->c[at - 1] == ' ') at--;
    uint32_t k = lexicon_word_before(r->l, WORD_CURRENCY, r->c, at);
    if (!k || at - k < r->floor) return;
    if (q->u && !ht_str_eq(q->u->canonical, HT_S("元"))) return;
    if (lexicon_unit_at(r->l, r->c, at, at - k, &u) != k || u->kind != UNIT_MONEY) return;
    if (!q->u) {
        q->unit_start = at - k;
        q->unit_end = at;
    }
    q->u = u;
    q->start = at - k;
}

static void read_sign(const reader *r, item *q) {
    uint32_t at = q->start;
    if (q->range && reader_at_any(r, at, "零下")) return;
    if (at >= r->floor + 2 && reader_before_any(r, at, "零下") && q->u &&
        q->u->kind == UNIT_MEASURE) {
        q->start -= 2;
    } else if (at > r->floor && glyph_in(r->c[at - 1], "-－−")) {
        uint32_t before = char_before(r, at - 1);
        if (at - 1 > r->para_start && !glyph_in(before, " (（:：,，、为是和与及至到")) return;
        q->start--;
    } else if (at > r->floor && r->c[at - 1] == 0x8D1F /* 负 */) {
        q->start--;
    } else {
        return;
    }
    if (q->value.ok) q->value = ht_number_neg(q->value);
}

/* 翻一番: twice as much. */
static void read_fold(const reader *r, item *q) {
    uint32_t at = q->start;
    if (char_before(r, at) == 0x4E86 /* 了 */) at--;
    if (char_before(r, at) != 0x7FFB /* 翻 */) {
        q->keep = false;
        return;
    }
    q->start = at - 1;
    ht_number n = ht_number_int(1);
    for (int64_t i = 0; i < 20 && ht_number_cmp(ht_number_int(i), q->value) < 0; i++)
        n = ht_number_mul(n, ht_number_int(2));
    q->value = n;
    q->step = HT_NO_NUMBER;
}

static void scale_item(const reader *r, item *q) {
    if (!q->u) return;
    bool tens = q->u->kind == UNIT_TENTH;
    if (q->u->kind == UNIT_DISCOUNT) /* 八折, 8.5折; 八五折 and 95折 name the per cent themselves */
        tens = q->value.ok && ht_number_cmp(q->value, ht_number_int(10)) <= 0;
    if (tens) {
        q->value = ht_number_shift(q->value, 1);
        q->low = ht_number_shift(q->low, 1);
        q->high = ht_number_shift(q->high, 1);
        q->step = ht_number_shift(q->step, 1);
    }
    if (q->u->kind == UNIT_FOLD) {
        if (q->value.ok)
            read_fold(r, q);
        else
            q->keep = false;
    }
}

/* U+FFFD, or the ? that a failed conversion left between a verb and a digit: 配备了?0个. */
static bool is_lost(const reader *r, uint32_t at) {
    if (at >= r->n) return false;
    if (r->c[at] == REPLACEMENT) return true;
    return r->c[at] == '?' && r->p->byte[at + 1] - r->p->byte[at] == 1 &&
           is_ascii_digit(char_at(r, at + 1)) &&
           glyph_in(char_before(r, at), "了有达约共为近超于至到备置设建成过计增");
}

/* A lost digit beside the numeral: what is left of it is no value. */
static void read_unreadable(const reader *r, item *q) {
    uint32_t start = q->start, end = q->num_end;
    if (!(start && is_lost(r, start - 1)) && !is_lost(r, end)) return;
    while (start > r->floor && q->start - start < MAX_UNREADABLE &&
           (is_lost(r, start - 1) || is_numeral_char(r->l, r->c[start - 1])))
        start--;
    while (end < r->n && end - q->start < MAX_UNREADABLE &&
           (is_lost(r, end) || is_numeral_char(r->l, r->c[end])))
        end++;
    q->start = q->num_start = start;
    q->num_end = q->end = q->unit_start = q->unit_end = end;
    q->value = q->low = q->high = q->step = HT_NO_NUMBER;
    q->qualifier = HT_UNREADABLE;
    q->num.scaled = true;
    q->u = NULL;
}

/* 几 数 上 as the beginning of a number, and not the end of another word. */
static bool leads(const reader *r, uint32_t at, item *q) {
    uint32_t c = r->c[at];
    if (c == 0x6570 || c == 0x4E0A)
        return lexicon_word_before(r->l, WORD_NOT_LEAD, r->c, at + 1) < 2 &&
               !lexicon_word_at(r->l, WORD_NOT_LEAD, r->c, r->n, at);
    if (c == 0x51E0) {
        uint32_t prev = char_before(r, at);
        if (glyph_in(prev, "这那前头后上下第")) return false;
        if (prev == 0x597D /* 好 */ && at > r->floor) q->start = at - 1;
    }
    return true;
}

bool item_read(const reader *r, uint32_t at, item *q) {
    *q = (item){.start = at,
                .end = at,
                .value = HT_NO_NUMBER,
                .low = HT_NO_NUMBER,
                .high = HT_NO_NUMBER,
                .step = HT_NO_NUMBER,
                .qualifier = HT_EXACT,
                .keep = true};
    bool behind = false;
    if (!item_read_share(r, at, q)) {
        if (!reader_numeral(r, at, &q->num)) return false;
        if (!leads(r, at, q)) return false;
        q->num_start = at;
        q->num_end = q->end = q->unit_start = q->unit_end = q->num.end;
        q->value = q->num.value;
        q->low = q->num.low;
        q->high = q->num.high;
        q->step = q->num.step;
        q->qualifier = q->num.approx;
    }
    read_unreadable(r, q);
    item_read_unit(r, q);
    if (!q->u && !q->share && glyph_in(r->c[at], "几数") && q->num.end == at + 1) return false;
    if (q->qualifier == HT_EXACT || q->qualifier == HT_OVER) item_read_compound(r, q);
    if (q->qualifier == HT_EXACT) item_read_range(r, q);
    read_behind(r, q, &behind);
    read_currency(r, q);
    read_sign(r, q);
    scale_item(r, q);
    uint32_t prev = char_before(r, q->start);
    if (prev == 0x6BCF /* 每 */ && q->value.ok && q->u && q->qualifier == HT_EXACT &&
        q->value.divisor == 1) {
        ht_number v = q->value;
        while (v.mantissa && v.mantissa % 10 == 0) v.mantissa /= 10;
        q->per_base = v.mantissa == 1 && ht_number_cmp(q->value, ht_number_int(10)) >= 0;
    }
    read_before(r, q);
    read_share_qualifier(r, q);
    return true;
}

/* --- the passage --------------------------------------------------------------------------- */

void reader_emit(reader *r, const item *q) {
    ht_quantity *out = HT_PUSH(r->a, r->q, r->n_q, r->cap_q);
    *out = (ht_quantity){.start = q->start,
                         .end = q->end,
                         .num_start = q->num_start,
                         .num_end = q->num_end,
                         .unit_start = q->unit_start,
                         .unit_end = q->unit_end,
                         .value = q->value,
                         .low = q->low,
                         .high = q->high,
                         .step = q->step,
                         .qualifier = q->qualifier,
                         .kind = q->kind,
                         .rule = q->rule ? q->rule : ""};
    if (q->u) {
        out->unit = q->unit_name.n ? q->unit_name : q->u->canonical;
        out->dimension = q->u->dimension;
        out->noun_is_unit = q->u->kind == UNIT_NOUN || q->u->kind == UNIT_BARE;
        if (q->u->kind == UNIT_FOLD) out->unit = HT_S("倍");
        if (q->u->kind == UNIT_LABEL && ht_kind_is_statistic(q->kind)) out->unit = HT_S("人");
    }
    if (q->kind == HT_COUNT && lexicon_word_before(r->l, WORD_PER_HEAD, r->c, q->start))
        out->kind = HT_RATE;
    if (q->unit_name.n && ht_kind_is_statistic(q->kind)) out->kind = HT_RATE;
    if (r->trace) {
        ht_str v = ht_number_text(r->a, q->value);
        ht_trace_add(r->trace, q->start, q->end, q->rule ? q->rule : "number",
                     "%s, %s, value " HT_FMT ", unit " HT_FMT, ht_kind_name(out->kind),
                     ht_qualifier_name(q->qualifier), HT_ARG(v), HT_ARG(out->unit));
    }
    r->floor = q->end;
}

static void emit_marked(reader *r, uint32_t start, uint32_t end, mark class) {
    static const struct {
        ht_kind kind;
        const char *rule;
    } as[] = {[MARK_IDIOM] = {HT_NAME, "idiom"},
              [MARK_NAME] = {HT_NAME, "name"},
              [MARK_DATE] = {HT_DATE, "date"},
              [MARK_ORDINAL] = {HT_ORDINAL, "ordinal"},
              [MARK_IDENTIFIER] = {HT_IDENTIFIER, "identifier"}};
    if (class == MARK_SKIP || class == MARK_FREE) return;
    *HT_PUSH(r->a, r->q, r->n_q, r->cap_q) = (ht_quantity){.start = start,
                                                           .end = end,
                                                           .num_start = start,
                                                           .num_end = end,
                                                           .unit_start = end,
                                                           .unit_end = end,
                                                           .value = HT_NO_NUMBER,
                                                           .low = HT_NO_NUMBER,
                                                           .high = HT_NO_NUMBER,
                                                           .step = HT_NO_NUMBER,
                                                           .kind = as[class].kind,
                                                           .rule = as[class].rule};
    r->floor = end;
}

static bool begins_number(const reader *r, uint32_t at) {
    uint32_t c = r->c[at];
    if (c == '.' && is_ascii_digit(char_at(r, at + 1)))
        return at == r->para_start || glyph_in(r->c[at - 1], " -－");
    if (is_ascii_digit(c) || glyph_of(r->l, c).role != GLYPH_NONE) return true;
    return c == 0x51E0 || c == 0x6570 || c == 0x4E0A || c == 0x534A; /* 几 数 上 半 */
}

uint32_t reader_read_next(reader *r, uint32_t at) {
    if (r->marks[at] & MARK_CLASS) {
        uint32_t end = at + 1;
        while (r->marks[end] & MARK_CLASS && !(r->marks[end] & MARK_START)) end++;
        if (!(r->marks[at] & MARK_START)) return end; /* a surface reached into the word */
        emit_marked(r, at, end, (mark)(r->marks[at] & MARK_CLASS));
        return end;
    }
    item q;
    if (!begins_number(r, at) || !item_read(r, at, &q)) return at + 1;
    bool keep = q.keep;
    if (keep) item_classify(r, &q);
    if (keep && q.keep) {
        reader_emit(r, &q);
        return q.end > at ? q.end : at + 1;
    }
    ht_trace_add(r->trace, q.start, q.num_end, "no figure", "%s", q.rule ? q.rule : "");
    return q.num_end > at ? q.num_end : at + 1;
}

/* １，２３４: a full-width comma groups full-width digits; elsewhere it ends a clause. */
static const uint32_t *fold_groups(const ht_passage *p, ht_arena *a) {
    uint32_t *copy = NULL;
    for (uint32_t i = 1; i + 1 < p->n; i++) {
        if (p->c[i] != 0xFF0C && p->c[i] != ',') continue;
        bool wide = is_ascii_digit(p->c[i - 1]) && p->byte[i] - p->byte[i - 1] == 3 &&
                    is_ascii_digit(p->c[i + 1]) && p->byte[i + 2] - p->byte[i + 1] == 3;
        if (!wide || p->c[i] == ',') continue;
        if (!copy) {
            copy = HT_ARRAY(a, uint32_t, (size_t)p->n + 1);
            for (uint32_t k = 0; k < p->n; k++) copy[k] = p->c[k];
        }
        copy[i] = ',';
    }
    return copy ? copy : p->c;
}

void ht_quantities_find(const ht_lexicon *l, ht_arena *a, const ht_passage *p, const ht_date *dates,
                        size_t n_dates, ht_quantity **out, size_t *n, ht_trace *trace) {
    reader r = {.l = l, .a = a, .p = p, .c = fold_groups(p, a), .n = p->n, .trace = trace};
    table_head head = {0};
    reader_mark(&r, dates, n_dates);
    for (uint32_t i = 0; i < p->n_paras; i++) {
        r.para_start = p->paras[i].start;
        r.para_end = p->paras[i].end;
        if (reader_is_row(&r)) {
            reader_read_row(&r, &head);
            continue;
        }
        reader_page_unit(&r, &head);
        for (uint32_t at = r.para_start; at < r.para_end;) at = reader_read_next(&r, at);
    }
    reader_share_units(&r);
    *out = r.q;
    *n = r.n_q;
}
