#include "extract/page/split.h"

#include "base/utf8.h"

#include <string.h>

enum {
    SNIFF_BYTES = 1 << 16, /* of the text's start are looked at */
    SNIFF_MIN_TAGS = 4,    /* that many tags or more make a page of a text without a doctype */
};

void page_line_init(page_line *l, ht_arena *a) {
    *l = (page_line){.arena = a};
    ht_buf_init(&l->text, a);
    ht_offmap_init(&l->map, a);
}

bool page_is_blank(uint32_t c) {
    return c <= ' ' || (c >= 0x7F && c <= 0xA0) || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F;
}

/* Beside such characters a line feed of the source is no blank. */
static bool is_wide(uint32_t c) {
    return ht_is_han(c) || (c >= 0x3001 && c <= 0x30FF) || (c >= 0xFF00 && c <= 0xFFEF) ||
           c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019 || c == 0x2026 || c == 0x2014;
}

static void add_blank(page_line *l, uint32_t next) {
    l->blank = false;
    bool wide = l->blank_break && (is_wide(l->last) || is_wide(next));
    l->blank_break = false;
    if (l->text.n && wide && l->border && l->n_seams < LINE_MAX_SEAMS)
        l->seams[l->n_seams++] = (page_seam){l->text.n, l->blank_start, l->blank_end};
    if (!l->text.n || wide)
        return;
    ht_buf_byte(&l->text, ' ');
    ht_offmap_add(&l->map, 1, l->blank_start, l->blank_end - l->blank_start);
    l->n_chars++;
}

void page_line_add(page_line *l, uint32_t c, size_t start, size_t end) {
    if (page_is_blank(c)) {
        if (!l->blank) {
            l->blank = true;
            l->blank_start = start;
        }
        l->blank_break |= c == '\n';
        l->blank_end = end;
        return;
    }
    if (c == 0xFEFF)
        return;
    if (l->blank)
        add_blank(l, c);
    size_t n = ht_utf8_put(ht_buf_space(&l->text, 4), c);
    l->text.n += n;
    ht_offmap_add(&l->map, n, start, end - start);
    l->n_chars++;
    l->last = c;
    l->border = false;
}

static bool is_fields(const page_line *l) {
    enum { FIELDS_CHARS = 80 };
    ht_str text = ht_buf_str(&l->text);
    return l->n_chars <= FIELDS_CHARS && ht_str_find(text, HT_S("。"), 0) == SIZE_MAX &&
           ht_str_find(text, HT_S("，"), 0) == SIZE_MAX;
}

ht_text page_line_text(page_line *l) {
    ht_text whole = {ht_buf_str(&l->text), l->map};
    if (!l->n_seams || !is_fields(l))
        return whole;
    ht_buf b;
    ht_text apart;
    ht_buf_init(&b, l->arena);
    ht_offmap_init(&apart.map, l->arena);
    for (size_t i = 0, from = 0; i <= l->n_seams; i++) {
        size_t to = i < l->n_seams ? l->seams[i].out : whole.text.n;
        ht_buf_add(&b, ht_sub(whole.text, from, to));
        ht_offmap_append_part(&apart.map, &whole.map, from, to);
        from = to;
        if (i == l->n_seams)
            break;
        ht_buf_byte(&b, ' ');
        ht_offmap_add(&apart.map, 1, l->seams[i].start, l->seams[i].end - l->seams[i].start);
        l->n_chars++;
    }
    apart.text = ht_buf_str(&b);
    return apart;
}

void page_line_cell(page_line *l, size_t at) {
    l->blank = l->blank_break = false;
    ht_buf_byte(&l->text, '\t');
    ht_offmap_add(&l->map, 1, at, 0);
    l->last = '\t';
}

static bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool ht_page_is_html(ht_str text) {
    const page_vocab *v = page_vocab_get();
    ht_str head = ht_str_trim(ht_sub(text, 0, text.n < SNIFF_BYTES ? text.n : SNIFF_BYTES));
    size_t n_tags = 0, n_tag_bytes = 0, n_breaks = 0, n_lines = 0;
    for (size_t at = 0; at < head.n;) {
        const char *p = memchr(head.p + at, '<', head.n - at);
        if (!p)
            break;
        size_t start = at = (size_t)(p - head.p);
        at++;
        if (at < head.n && head.p[at] == '/')
            at++;
        char name[16];
        size_t n = 0;
        while (at < head.n && n < sizeof name && (is_letter(head.p[at]) || head.p[at] == '!' ||
                                                  (head.p[at] >= '1' && head.p[at] <= '6')))
            name[n++] = (char)(is_letter(head.p[at]) ? head.p[at] | 0x20 : head.p[at]), at++;
        ht_str tag = {name, n};
        char next = at < head.n ? head.p[at] : 0;
        if (!n || (next != '>' && next != '/' && next != ' ' && next != '\n' && next != '\r' &&
                   next != '\t'))
            continue;
        if (ht_str_eq(tag, HT_S("!doctype")) || ht_str_eq(tag, HT_S("html")) ||
            ht_str_eq(tag, HT_S("head")) || ht_str_eq(tag, HT_S("body")))
            return true;
        unsigned kind = page_element(v, tag);
        if (!kind && !ht_map_get(&v->elements, tag))
            continue;
        n_breaks += (kind & (ELEMENT_BLOCK | ELEMENT_BREAK)) != 0;
        const char *close = memchr(head.p + at, '>', head.n - at);
        if (!close)
            break;
        at = (size_t)(close - head.p) + 1;
        n_tags++;
        n_tag_bytes += at - start;
        if (start == 0)
            n_tags++;
    }
    /* A dump with a few tags left in it keeps its paragraphs apart by line feeds, not by tags. */
    for (ht_str rest = head, line; ht_str_split(&rest, '\n', &line);)
        n_lines += ht_str_trim(line).n > 0;
    return n_tags >= SNIFF_MIN_TAGS && n_tag_bytes * 50 >= head.n && n_breaks * 2 >= n_lines;
}

bool ht_page_split(ht_arena *a, ht_str text, ht_page *page, ht_trouble *trouble) {
    *page = (ht_page){0};
    if (text.n > PAGE_MAX_BYTES) {
        ht_trouble_set(trouble, "page", "too-large", "%zu bytes; at most %d are read", text.n,
                       PAGE_MAX_BYTES);
        return false;
    }
    page->html = ht_page_is_html(text);
    if (page->html)
        return page_split_html(a, text, page, trouble);
    page_split_plain(a, text, page);
    return true;
}
