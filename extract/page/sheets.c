/* Text that was printed before it was saved: page numbers (— 3 —, 第3页 共5页, an address and 3/5) stand between the lines, and beside them running heads, which return from sheet to sheet. */
#include "extract/page/plain.h"

#include "base/map.h"
#include "base/utf8.h"

static const uint32_t MIN_NUMBERS = 2; /* sheets of a printed text */

enum {
    NUMBER_COLUMNS = 24, /* of a page number alone */
    HEAD_COLUMNS = 120,
    MAX_DIGITS = 4,
    HEAD_LINES = 2,      /* running heads beside a page number */
};

static bool is_digit(uint32_t c) {
    return c - '0' < 10u;
}

static bool is_dash(uint32_t c) {
    return c == '-' || c == 0x2014 || c == 0x2013 || c == 0x2015 || c == 0x2500 || c == 0xB7;
}

/* 3/5 at the end of a line that begins with an address. */
static bool ends_numbered(ht_str s) {
    size_t n = s.n, total = 0, number = 0;
    while (n > 0 && is_digit((unsigned char)s.p[n - 1]))
        n--, total++;
    if (!total || total > MAX_DIGITS || n == 0 || s.p[n - 1] != '/')
        return false;
    for (n--; n > 0 && is_digit((unsigned char)s.p[n - 1]); n--)
        number++;
    return number && number <= MAX_DIGITS && n > 0 && (s.p[n - 1] == ' ' || s.p[n - 1] == '\t');
}

/* Nothing but a page's number: between dashes or in words. 3/5 alone may be a day. */
static bool is_number(ht_str s) {
    size_t n_numbers = 0, n_dashes = 0, n_words = 0, n_digits = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = page_fold(ht_utf8_next(s, &i));
        if (page_is_blank(c)) {
            n_digits = 0;
        } else if (is_digit(c)) {
            n_numbers += n_digits++ == 0;
            if (n_digits > MAX_DIGITS)
                return false;
            continue;
        } else if (is_dash(c)) {
            n_dashes++;
        } else if (c == 0x7B2C || c == 0x9875 || c == 0x5171 ||
                   c == '/' || c == ',') { /* 第 页 共 */
            n_words += c == 0x9875;
        } else {
            return false;
        }
        n_digits = 0;
    }
    return (n_numbers == 1 && (n_dashes == 2 || n_words == 1)) ||
           (n_numbers == 2 && n_words && !n_dashes);
}

static bool is_page_number(ht_str text, const source_line *line) {
    ht_str s = ht_str_trim(ht_sub(text, line->start, line->end));
    if (!line->width || line->width > line->indent + (uint32_t)HEAD_COLUMNS)
        return false;
    if (ht_str_starts(s, HT_S("http")) || ht_str_starts(s, HT_S("file:")))
        return ends_numbered(s);
    return s.n && line->width <= line->indent + (uint32_t)NUMBER_COLUMNS && is_number(s);
}

/* The line without blanks and digits: running heads differ in their numbers. */
static ht_str head_key(const source_lines *s, size_t i) {
    ht_str text = ht_sub(s->text, 0, s->lines[i].end);
    ht_buf key;
    ht_buf_init(&key, s->arena);
    for (size_t at = s->lines[i].start; at < text.n;) {
        uint32_t c = page_fold(ht_utf8_next(text, &at));
        if (!page_is_blank(c) && !is_digit(c))
            ht_buf_char(&key, c);
    }
    return ht_buf_str(&key);
}

static bool may_be_head(const source_line *l) {
    return l->width && l->words && !l->row && !l->marks && l->width <= l->indent + (uint32_t)HEAD_COLUMNS;
}

void page_mark_sheets(source_lines *s) {
    size_t n_numbers = 0;
    for (size_t i = 0; i < s->n; i++) {
        s->lines[i].sheet = is_page_number(s->text, &s->lines[i]);
        n_numbers += s->lines[i].sheet;
    }
    if (n_numbers < MIN_NUMBERS) {
        for (size_t i = 0; n_numbers && i < s->n; i++)
            s->lines[i].sheet = false;
        return;
    }
    ht_map heads;
    ht_map_init(&heads, s->arena);
    for (size_t i = 0; i < s->n; i++)
        if (may_be_head(&s->lines[i]) && !s->lines[i].sheet)
            ++*ht_map_put(&heads, head_key(s, i));
    for (size_t i = 0; i < s->n; i++) {
        if (!is_page_number(s->text, &s->lines[i]))
            continue;
        for (int way = -1; way <= 1; way += 2)
            for (size_t k = i + (size_t)way, n = 0; k < s->n && n < HEAD_LINES; k += (size_t)way) {
                if (!s->lines[k].width)
                    continue;
                n++;
                ht_str key;
                if (!may_be_head(&s->lines[k]) || !(key = head_key(s, k)).n ||
                    *ht_map_put(&heads, key) < MIN_NUMBERS)
                    break;
                s->lines[k].sheet = true;
            }
    }
    /* The first sheet's head stands above the title. */
    for (size_t i = 0, n = 0; i < s->n && n < HEAD_LINES; i++) {
        bool again = false;
        if (!s->lines[i].width)
            continue;
        n++;
        if (!may_be_head(&s->lines[i]) || s->lines[i].sheet)
            continue;
        ht_str key = head_key(s, i);
        for (size_t k = i + 1; k < s->n && !again; k++)
            again = s->lines[k].sheet && ht_str_eq(head_key(s, k), key);
        s->lines[i].sheet = again;
    }
}

bool page_sheet_joins(const source_lines *s, const page_wrap *w, size_t i, size_t *next) {
    const source_line *l = s->lines;
    size_t k = i + 1;
    bool border = false;
    while (k < s->n && (!l[k].width || l[k].sheet))
        border |= l[k++].sheet;
    if (!border || k == s->n || l[i].row || l[k].row || l[i].stopped || !l[k].words ||
        l[k].quote != l[i].quote || l[k].indent > w->margin)
        return false;
    /* A line in the middle of a sentence: it has marks, or is as wide as a line can be. */
    if (!l[i].marks && !(w->width && l[i].width >= w->width))
        return false;
    *next = k;
    return true;
}
