/* Text dumps -> blocks: a line is a block, unless the text was wrapped at a fixed width. */
#include "extract/page/plain.h"

#include "base/utf8.h"

enum {
    WIDE_INDENT = 2, /* columns of an ideographic blank */
    TAB_INDENT = 4,
    CELL_GAP = 2,    /* columns of blanks between the cells of a row */
};

static bool is_wide_char(uint32_t c) {
    return c >= 0x1100 && (c <= 0x115F || (c >= 0x2E80 && c <= 0xFFE6) || c >= 0x20000 ||
                           (c >= 0x2014 && c <= 0x2026));
}

static bool may_end_paragraph(uint32_t c) {
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?' || c == 0x2026 ||
           c == 0x201D || c == 0x300D || c == 0x300F || c == 0xFF09 || c == ')' || c == 0xFF1A ||
           c == ':' || c == '.' || c == 0x3011 || c == ']';
}

static source_line measure(ht_str text, size_t start, size_t end) {
    source_line line = {.start = start, .end = end};
    ht_str s = ht_sub(text, 0, end);
    bool leading = true;
    uint32_t blanks = 0;
    for (size_t i = start; i < end;) {
        uint32_t c = ht_utf8_next(s, &i);
        uint32_t width = c == '\t' ? TAB_INDENT : is_wide_char(c) ? WIDE_INDENT : 1;
        if (c == 0xFEFF)
            continue;
        if (page_is_blank(c)) {
            blanks += width;
            continue;
        }
        if (leading)
            line.indent = (uint16_t)(blanks > UINT16_MAX ? UINT16_MAX : blanks);
        line.width += blanks;
        blanks = 0;
        leading = false;
        line.width += width;
        line.stopped = may_end_paragraph(c);
        line.marks |= c == 0x3002 || c == 0xFF0C;
        line.words |= ht_is_han(c) || (c >= '0' && c <= '9') || (c | 0x20) - 'a' < 26;
    }
    return line;
}

/* Empty lines in a row count as one. */
static void measure_all(source_lines *s) {
    bool blank = false, quoted = page_is_quoted(s->text);
    ht_str text = s->text;
    for (size_t start = 0; start <= text.n;) {
        size_t end = start;
        while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
            end++;
        uint16_t quote = 0;
        size_t from = quoted ? page_quote_end(text, start, end, &quote) : start;
        source_line line = measure(text, from, end);
        line.quote = quote;
        line.blank_before = blank;
        blank = line.width == 0;
        if (s->n && !line.width && !s->lines[s->n - 1].width)
            s->n--;
        *HT_PUSH(s->arena, s->lines, s->n, s->cap) = line;
        start = end + 1;
        if (end + 1 < text.n && text.p[end] == '\r' && text.p[end + 1] == '\n')
            start++;
    }
}

static bool is_list_mark(uint32_t c) {
    return c == 0x2022 || c == 0xB7 || c == 0x2027 || c == 0x30FB || c == '*' || c == 0x25CF ||
           c == 0x25CB || c == 0x25E6 || c == 0x25AA;
}

static void add_text(page_line *l, ht_str text, size_t from, size_t to) {
    ht_str s = ht_sub(text, 0, to);
    for (size_t i = from; i < to;) {
        size_t start = i;
        uint32_t c = ht_utf8_next(s, &i);
        page_line_add(l, c, start, i);
    }
}

/* The cells of a row, a tab between them. */
static void add_row(page_line *l, ht_str text, const source_line *line) {
    ht_str s = ht_sub(text, 0, line->end);
    uint32_t gap = 0;
    bool cell = false;
    for (size_t i = line->start; i < line->end;) {
        size_t start = i;
        uint32_t c = ht_utf8_next(s, &i);
        if (line->boxed && page_is_bar(c)) {
            cell = true;
        } else if (page_is_blank(c)) {
            gap += c == '\t' || c == 0x3000 ? CELL_GAP : 1;
        } else {
            if ((line->boxed ? cell : gap >= CELL_GAP) && l->text.n)
                page_line_cell(l, start);
            else if (gap)
                page_line_add(l, ' ', start, start);
            gap = 0;
            cell = false;
            page_line_add(l, c, start, i);
        }
    }
}

ht_block *page_add_block(ht_arena *a, ht_page *page, size_t *cap) {
    if (page->n_blocks < PAGE_MAX_BLOCKS)
        return HT_PUSH(a, page->blocks, page->n_blocks, *cap);
    ht_trouble_set(&page->cut, "page", "too-many-blocks", "the text was read up to this limit");
    return NULL;
}

void page_end_block(ht_page *page, ht_block *b, const page_line *l) {
    b->text = (ht_text){ht_buf_str(&l->text), l->map};
    b->n_chars = l->n_chars;
    if (!l->text.n)
        page->n_blocks--;
}

/* What a printer set between two lines of a paragraph comes behind it. */
static bool add_sheet(source_lines *s, ht_page *page, const source_line *line, size_t *cap) {
    if (!line->width)
        return true;
    ht_block *b = page_add_block(s->arena, page, cap);
    if (!b)
        return false;
    page_line l;
    page_line_init(&l, s->arena);
    add_text(&l, s->text, line->start, line->end);
    b->furniture = true;
    page_end_block(page, b, &l);
    return true;
}

static void split_lines(source_lines *s, const page_fields *fields, ht_page *page) {
    size_t cap = 0, *held = NULL, n_held = 0, cap_held = 0;
    page_wrap wrap = page_wrap_measure(s);
    for (size_t i = 0; i < s->n; i++) {
        const source_line *line = &s->lines[i];
        if (!line->width)
            continue;
        ht_block *b = page_add_block(s->arena, page, &cap);
        if (!b)
            return;
        b->blank_before = line->blank_before;
        b->indent = line->indent;
        b->furniture = line->sheet;
        b->container = fields && i >= fields->from && i < fields->to;
        page_line l;
        page_line_init(&l, s->arena);
        if (line->row) {
            b->kind = HT_BLOCK_ROW;
            add_row(&l, s->text, line);
            page_end_block(page, b, &l);
            continue;
        }
        bool title = fields && i == fields->title;
        bool labelled = title || (fields && (i == fields->from || i == fields->more));
        if (title) {
            b->kind = HT_BLOCK_HEADING;
            b->heading = 1;
        }
        add_text(&l, s->text, labelled ? page_field_value(s, i) : line->start, line->end);
        size_t at = 0;
        if (l.text.n && is_list_mark(ht_utf8_next(ht_buf_str(&l.text), &at)))
            b->kind = HT_BLOCK_LIST_ITEM;
        bool paragraph = page_wrap_indented(&wrap, line);
        size_t next = i + 1;
        while (b->kind == HT_BLOCK_TEXT && !line->sheet &&
               (page_wrap_joins(s, &wrap, i, paragraph) || page_sheet_joins(s, &wrap, i, &next))) {
            page_line_add(&l, '\n', s->lines[i].end, s->lines[i].end);
            for (size_t k = i + 1; k < next; k++)
                *HT_PUSH(s->arena, held, n_held, cap_held) = k;
            i = next;
            next = i + 1;
            add_text(&l, s->text, s->lines[i].start, s->lines[i].end);
        }
        page_end_block(page, b, &l);
        for (size_t k = 0; k < n_held; k++)
            if (!add_sheet(s, page, &s->lines[held[k]], &cap))
                return;
        n_held = 0;
    }
}

void page_split_plain(ht_arena *a, ht_str text, ht_page *page) {
    source_lines s = {.arena = a, .text = text};
    size_t cap = 0;
    *HT_PUSH(a, page->containers, page->n_containers, cap) = (ht_container){.tag = HT_S("text")};
    measure_all(&s);
    if (page_is_markdown(&s)) {
        page_split_markdown(&s, page);
        return;
    }
    page_fields fields;
    bool record = page_find_fields(&s, &fields);
    if (record)
        *HT_PUSH(a, page->containers, page->n_containers, cap) =
            (ht_container){.tag = HT_S("body")};
    page_mark_rows(&s);
    page_mark_sheets(&s);
    split_lines(&s, record ? &fields : NULL, page);
}
