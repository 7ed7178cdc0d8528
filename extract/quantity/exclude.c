/* Spans in which no figure is read: dates, addresses, tokens of letters, fixed words, titles. */
#include "extract/quantity/reader.h"

enum { MAX_QUOTE = 12, MAX_SCHEME_QUOTE = 6, MAX_TITLE = 60 };

static bool is_free(const reader *r, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++)
        if (r->marks[i] & MARK_CLASS) return false;
    return true;
}

static void put_mark(reader *r, uint32_t start, uint32_t end, mark class, const char *why) {
    if (start >= end || !is_free(r, start, end)) return;
    for (uint32_t i = start; i < end; i++) r->marks[i] = (uint8_t) class;
    r->marks[start] |= MARK_START;
    ht_trace_add(r->trace, start, end, "excluded", "%s", why);
}

static bool has_numeral(const reader *r, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++)
        if (is_numeral_char(r->l, r->c[i])) return true;
    return false;
}

static bool is_token_char(uint32_t c) {
    return is_ascii_digit(c) || is_ascii_letter(c) || (c < 128 && glyph_in(c, "-_.:/@%&?=+#~"));
}

/* http://…, a@b.c, 5G, G30, A4, N95, 4K, COVID-19, 1+N. A number with a Latin unit (3km) is free.
 */
static uint32_t mark_token(reader *r, uint32_t at) {
    uint32_t end = at;
    bool letters = false, digits = false, address = false, plus = false;
    while (end < r->n && is_token_char(r->c[end])) {
        letters |= is_ascii_letter(r->c[end]);
        digits |= is_ascii_digit(r->c[end]);
        plus |= r->c[end] == '+';
        address |=
            r->c[end] == '@' || (r->c[end] == '/' && char_before(r, end) == '/') ||
            (r->c[end] == 'w' && end >= at + 2 && r->c[end - 1] == 'w' && r->c[end - 2] == 'w');
        end++;
    }
    if (address) {
        put_mark(r, at, end, MARK_SKIP, "an address");
        return end;
    }
    if (plus && (letters || digits)) {
        /* 1+N, 4+4+X: a formula of a scheme */
        uint32_t stop = end;
        while (stop > at && !is_ascii_digit(r->c[stop - 1]) && !is_ascii_letter(r->c[stop - 1]))
            stop--;
        if (stop > at && r->c[at] != '+') put_mark(r, at, stop, MARK_NAME, "a formula with +");
        return end;
    }
    if (!letters || !digits) return end;
    uint32_t i = at;
    while (i < end) { /* pieces between / : are tokens of their own */
        uint32_t stop = i;
        while (stop < end && !glyph_in(r->c[stop], "/:~")) stop++;
        uint32_t first = i;
        while (first < stop && glyph_in(r->c[first], "-.+%&?=#_")) first++;
        const unit *u;
        uint32_t d = first;
        while (d < stop && (is_ascii_digit(r->c[d]) || glyph_in(r->c[d], ".,"))) d++;
        uint32_t k = d > first ? lexicon_unit_at(r->l, r->c, r->n, d, &u) : 0;
        bool has_letter = false, has_digit = false;
        for (uint32_t j = first; j < stop; j++) {
            has_letter |= is_ascii_letter(r->c[j]);
            has_digit |= is_ascii_digit(r->c[j]);
        }
        bool with_unit = k && d + k >= stop;
        /* 1.6m-3.9m */
        bool joined = k && d + k < stop && glyph_in(r->c[d + k], "-~");
        if (has_letter && has_digit && !with_unit && !joined)
            put_mark(r, first, stop, MARK_NAME, "letters and digits are one name");
        i = stop + 1;
    }
    return end;
}

/* A fixed word must not cut a numeral in two: 十分 in 二十分钟, 统一 in 系统一千, 之一 in 六分之一.
 */
static bool cuts_numeral(const reader *r, uint32_t start, uint32_t end) {
    uint32_t first = r->c[start], after = char_at(r, end);
    bool free_before = start && !(r->marks[start - 1] & MARK_CLASS);
    if (free_before && is_numeral_char(r->l, first) &&
        (is_numeral_char(r->l, r->c[start - 1]) || glyph_in(r->c[start - 1], "几数第.")))
        return true;
    if (first == 0x4E4B /* 之 */ && free_before && r->c[start - 1] == 0x5206) return true;
    if (start > 1 && is_numeral_char(r->l, first) && r->c[start - 1] == 0x4E4B &&
        r->c[start - 2] == 0x5206)
        return true; /* 三分之|一来自 */
    if (r->c[end - 1] == 0x5206 && after == 0x4E4B) return true; /* 十分|之一 */
    if (after == 0x5206 && char_at(r, end + 1) == 0x4E4B && is_numeral_char(r->l, r->c[end - 1]))
        return true;    /* 千万|分之六 */
    uint32_t run = end; /* the last numeral of the word */
    for (uint32_t i = end; i > start; i--) {
        if (is_numeral_char(r->l, r->c[i - 1]))
            run = i - 1;
        else if (run < end)
            break;
    }
    numeral num;
    if (run == end || !numeral_read(r->l, r->c, r->n, run, &num) || num.end <= end) return false;
    /* 统一|三个: behind a word that ends in 一 another number may begin */
    bool begins_next = run + 1 == end && run > start && r->c[run] == 0x4E00 &&
                       glyph_of(r->l, after).role == GLYPH_DIGIT;
    /* 食肆|二千: no numeral mixes bank forms and others */
    bool mixed = glyph_of(r->l, r->c[end - 1]).style == STYLE_FORMAL &&
                 glyph_of(r->l, after).role != GLYPH_NONE &&
                 glyph_of(r->l, after).style != STYLE_FORMAL;
    return !begins_next && !mixed;
}

static bool begins_paragraph(const reader *r, uint32_t start) {
    return !start || r->c[start - 1] == '\n';
}

/* A word yields when its numeral has a unit that reaches beyond it: 三公|里, 十一|家, 十分|钟. Only
 * words that begin with the numeral do, and weak ones. */
static bool yields(const reader *r, uint32_t start, uint32_t end, bool weak) {
    numeral num;
    const unit *u;
    if (weak && begins_paragraph(r, start) && (end == r->n || r->c[end] == '\n')) return true;
    for (uint32_t at = start; at < (weak ? end : start + 1); at++) {
        if (!is_numeral_char(r->l, r->c[at])) continue;
        if (!numeral_read(r->l, r->c, r->n, at, &num)) return false;
        uint32_t k = lexicon_unit_at(r->l, r->c, r->n, num.end, &u);
        if (num.end > end) return true;
        return k && num.end + k > end && u->kind != UNIT_BARE && u->kind != UNIT_COHORT;
    }
    return false;
}

/* 老三|成 in 比老三成…: a short word that ends in a digit yields to the unit behind it, unless the
 * digit is 一, which is an article there: 同一家. */
static bool ends_in_amount(const reader *r, uint32_t end) {
    numeral num;
    const unit *u;
    if (!is_numeral_char(r->l, r->c[end - 1]) || is_numeral_char(r->l, r->c[end - 2])) return false;
    if (!numeral_read(r->l, r->c, r->n, end - 1, &num)) return false;
    if (!lexicon_unit_at(r->l, r->c, r->n, num.end, &u)) return false;
    return r->c[end - 1] != 0x4E00 || u->kind == UNIT_TENTH || u->kind == UNIT_RATE;
}

static uint32_t mark_fixed(reader *r, uint32_t at) {
    uint32_t value = 0;
    size_t k = ht_trie_longest(&r->l->fixed, r->c + at, r->n - at, &value);
    if (!k || cuts_numeral(r, at, at + (uint32_t)k)) return at + 1;
    uint32_t end = at + (uint32_t)k;
    if (yields(r, at, end, value & FIXED_WEAK)) return at + 1;
    if (value & FIXED_WEAK && reader_before_any(r, at, "各|有|共|设|建|约|仅|只|达"))
        return at + 1; /* 各四处 */
    if (k == 2 && ends_in_amount(r, end)) return at + 1;
    static const mark classes[] = {MARK_IDIOM, MARK_NAME, MARK_DATE, MARK_ORDINAL};
    static const char *const why[] = {"an idiom", "a name", "the name of a day", "an ordinal"};
    uint32_t class = value & FIXED_CLASS;
    put_mark(r, at, end, classes[class], why[class]);
    return end;
}

static uint32_t closing(uint32_t c) {
    switch (c) {
    case 0x201C: return 0x201D; /* “ ” */
    case 0x2018: return 0x2019; /* ‘ ’ */
    case 0x300C: return 0x300D; /* 「 」 */
    case 0x300E: return 0x300F; /* 『 』 */
    case 0x300A: return 0x300B; /* 《 》 */
    case 0x3008: return 0x3009; /* 〈 〉 */
    default: return 0;
    }
}

static bool all_numeral(const reader *r, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++)
        if (!is_numeral_char(r->l, r->c[i]) && !glyph_in(r->c[i], "·+.、-")) return false;
    return start < end;
}

/* “叁拾万元整”, “九成”: an amount is one in quotes, too. */
static bool is_amount(const reader *r, uint32_t start, uint32_t end) {
    numeral num;
    const unit *u;
    if (!numeral_read(r->l, r->c, end, start, &num)) return false;
    uint32_t k = lexicon_unit_at(r->l, r->c, end, num.end, &u);
    if (k && (u->kind == UNIT_SHARE || u->kind == UNIT_TENTH)) return true;
    return k && num.end + k == end && u->kind == UNIT_MONEY;
}

/* “134”, “4+4+X”, “5分钟暖心圈”, “两个覆盖”: the number is part of a coined name. */
static bool is_scheme(const reader *r, uint32_t start, uint32_t end) {
    uint32_t length = end - start;
    if (!length || length > MAX_QUOTE) return false;
    for (uint32_t i = start; i < end; i++)
        if (glyph_in(r->c[i], "。，！？；：,!?;:")) return false;
    if (!has_numeral(r, start, end) || is_amount(r, start, end)) return false;
    if (all_numeral(r, start, end)) return true;
    for (uint32_t i = start; i < end; i++)
        if (r->c[i] == '+') return true;
    if (lexicon_word_at(r->l, WORD_SCHEME_AFTER, r->c, r->n, end + 1)) return true;
    if (lexicon_word_before(r->l, WORD_SCHEME_AFTER, r->c, end)) return true;
    return length <= MAX_SCHEME_QUOTE;
}

static void mark_quotes(reader *r) {
    uint32_t open = 0, want = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        if (ht_is_han(r->c[i])) continue;
        uint32_t close = closing(r->c[i]);
        if (close) {
            open = i + 1;
            want = close;
        } else if (want && r->c[i] == want) {
            bool title = want == 0x300B || want == 0x3009;
            if (title ? i - open <= MAX_TITLE && has_numeral(r, open, i) : is_scheme(r, open, i))
                put_mark(r, open, i, MARK_NAME, title ? "a title" : "a coined name in quotes");
            want = 0;
        } else if (r->c[i] == '\n') {
            want = 0;
        }
    }
}

/* 〔2024〕9号, [2019]3号 */
static uint32_t mark_document(reader *r, uint32_t at) {
    uint32_t i = at + 1;
    while (i < r->n && is_ascii_digit(r->c[i]) && i - at < 6) i++;
    if (i - at != 5 || !glyph_in(char_at(r, i), "〕］]】)）")) return at + 1;
    i++;
    while (i < r->n && (is_ascii_digit(r->c[i]) || glyph_in(r->c[i], "第 "))) i++;
    if (char_at(r, i) != 0x53F7 /* 号 */) return at + 1;
    put_mark(r, at, i + 1, MARK_IDENTIFIER, "the number of a document");
    return i + 1;
}

/* ( [2] ) citation marks and (1) enumerators stand alone in brackets at the start of a paragraph.
 */
static void mark_enumerators(reader *r) {
    for (uint32_t i = 0; i < r->p->n_paras; i++) {
        uint32_t at = r->p->paras[i].start, end = r->p->paras[i].end;
        while (at < end && glyph_in(r->c[at], " \t　")) at++;
        uint32_t first = at;
        bool bracket = glyph_in(char_at(r, at), "（(【[");
        if (bracket) at++;
        uint32_t digits = at;
        while (at < end && is_numeral_char(r->l, r->c[at]) && at - digits < 3) at++;
        if (at == digits || at >= end) continue;
        uint32_t mark_char = r->c[at];
        bool closes = bracket ? glyph_in(mark_char, "）)】]") : glyph_in(mark_char, "、．.）)");
        if (!closes || (glyph_in(mark_char, ".．") && is_ascii_digit(char_at(r, at + 1)))) continue;
        /* 3、5、8号楼 is a list of numbers */
        if (mark_char == 0x3001 && is_numeral_char(r->l, char_at(r, at + 1))) continue;
        if (at + 1 < end) put_mark(r, first, at + 1, MARK_ORDINAL, "the number of a list item");
    }
}

/* 近两年, 三年来, 半年: the span is dated, yet it is a duration that is counted. */
static bool is_duration(const reader *r, uint32_t start, uint32_t end) {
    uint32_t at = start;
    numeral num;
    const unit *u;
    while (at < end && at < start + 3 && glyph_in(r->c[at], "近最过去这前")) at++;
    bool half = at < end && r->c[at] == 0x534A /* 半 */;
    if (half)
        num.end = at + 1;
    else if (!numeral_read(r->l, r->c, end, at, &num) || num.positional || num.n_digits > 3)
        return false;
    uint32_t k = lexicon_unit_at(r->l, r->c, end, num.end, &u);
    if (!k || (u->kind != UNIT_DURATION && u->kind != UNIT_YEAR && u->kind != UNIT_DAY))
        return false;
    if (u->kind == UNIT_DAY && num.arabic) return false;
    if (!half && num.arabic && r->c[start] == 0x524D /* 前 */) return false; /* 前10个月 */
    at = num.end + k;
    while (at < end && glyph_in(r->c[at], "来以间内里中多余的时")) at++;
    return at == end;
}

void reader_mark(reader *r, const ht_date *dates, size_t n_dates) {
    r->marks = HT_ARRAY(r->a, uint8_t, (size_t)r->n + 1);
    for (size_t i = 0; i < n_dates; i++)
        if (dates[i].end <= r->n && has_numeral(r, dates[i].start, dates[i].end) &&
            !is_duration(r, dates[i].start, dates[i].end))
            put_mark(r, dates[i].start, dates[i].end, MARK_DATE, "a date");
    mark_enumerators(r);
    mark_quotes(r);
    for (uint32_t i = 0; i < r->n;) {
        if (r->marks[i] & MARK_CLASS || ht_is_han(r->c[i]))
            i++;
        else if (is_ascii_digit(r->c[i]) || is_ascii_letter(r->c[i]))
            i = mark_token(r, i);
        else if (glyph_in(r->c[i], "〔［[【（("))
            i = mark_document(r, i);
        else
            i++;
    }
    for (uint32_t i = 0; i < r->n;) i = r->marks[i] & MARK_CLASS ? i + 1 : mark_fixed(r, i);
    r->marks[r->n] = MARK_SKIP | MARK_START;
}
