/* Pages that a reader service or a converter wrote down as Markdown: # headings, [text](address),
 * ![picture](address), **strong**, > quotes, | tables |. The marks go, links are counted as on a
 * page, and each character keeps its place in the source. Lines of more than MAX_LINE bytes are
 * taken as they stand. */
#include "extract/page/plain.h"

#include "base/utf8.h"

#include <string.h>

enum {
    MIN_MARKS = 3,       /* links and headings that make a text Markdown */
    SNIFF_BYTES = 1 << 16,
    MAX_LINE = 1 << 16,
    MAX_HEADING = 6,
    MAX_DEPTH = 4,       /* a picture in a link in … */
    NO_MATCH = 0,
};

typedef struct {
    const source_lines *s;
    ht_page *page;
    page_line line;
    uint32_t *match;     /* of a bracket, as its distance; NO_MATCH: it has none */
    uint32_t *open;      /* stack of open brackets */
    size_t base;         /* source byte of match[0] */
    uint32_t n_link_chars, n_links;
    size_t cap_blocks, cap_metas;
} reader;

static bool is_address(ht_str s) {
    return ht_str_starts(s, HT_S("http")) || ht_str_starts(s, HT_S("/")) ||
           ht_str_starts(s, HT_S("#")) || ht_str_starts(s, HT_S("javascript")) ||
           ht_str_starts(s, HT_S("mailto"));
}

/* Columns of the heading's mark at the start of the line: ## gives 2; 0: it is none. */
static unsigned heading_level(ht_str text, const source_line *line) {
    size_t at = line->start;
    unsigned level = 0;
    while (at < line->end && text.p[at] == '#' && level <= MAX_HEADING) at++, level++;
    bool spaced = at < line->end && (text.p[at] == ' ' || text.p[at] == '\t');
    return spaced && level <= MAX_HEADING ? level : 0;
}

bool page_is_markdown(const source_lines *s) {
    ht_str head = ht_sub(s->text, 0, s->text.n < SNIFF_BYTES ? s->text.n : SNIFF_BYTES);
    size_t n = 0;
    for (size_t at = 0; n < MIN_MARKS && (at = ht_str_find(head, HT_S("]("), at)) != SIZE_MAX;
         at += 2)
        n += is_address(ht_sub(head, at + 2, head.n));
    for (size_t i = 0; n < MIN_MARKS && i < s->n && s->lines[i].end <= head.n; i++)
        n += heading_level(head, &s->lines[i]) > 1;
    return n >= MIN_MARKS;
}

/* Which brackets of [from, to) belong together. */
static void match_brackets(reader *r, size_t from, size_t to) {
    const char *p = r->s->text.p;
    size_t n_square = 0, n_round = MAX_LINE; /* both stacks in one array, towards each other */
    r->base = from;
    memset(r->match, 0, (to - from) * sizeof *r->match);
    for (size_t i = from; i < to; i++) {
        uint32_t at = (uint32_t)(i - from);
        if (p[i] == '\\')
            i++;
        else if (p[i] == '[')
            r->open[n_square++] = at;
        else if (p[i] == '(')
            r->open[--n_round] = at;
        else if (p[i] == ']' && n_square)
            n_square--, r->match[r->open[n_square]] = at - r->open[n_square];
        else if (p[i] == ')' && n_round < MAX_LINE)
            r->match[r->open[n_round]] = at - r->open[n_round], n_round++;
    }
}

/* The end of the bracket that opens at byte i; 0: none. */
static size_t closing(const reader *r, size_t i) {
    uint32_t far = r->match[i - r->base];
    return far == NO_MATCH ? 0 : i + far;
}

static void add_char(reader *r, uint32_t c, size_t start, size_t end, bool link) {
    uint32_t before = r->line.n_chars;
    page_line_add(&r->line, c, start, end);
    r->n_link_chars += link && r->line.n_chars > before;
}

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Emphasis, not a star between two numbers or a name_with_lines. */
static bool is_emphasis(ht_str text, size_t i, size_t from, size_t to) {
    char c = text.p[i], before = i > from ? text.p[i - 1] : ' ';
    char after = i + 1 < to ? text.p[i + 1] : ' ';
    if (before == c || after == c) return true;
    if (is_word(before) && is_word(after)) return false;
    return (before == ' ') != (after == ' ') || c == '*';
}

static void add_inline(reader *r, size_t from, size_t to, bool link, unsigned depth) {
    ht_str text = ht_sub(r->s->text, 0, to);
    for (size_t i = from; i < to;) {
        char c = text.p[i];
        bool picture = c == '!' && i + 1 < to && text.p[i + 1] == '[';
        size_t open = picture ? i + 1 : i;
        if ((picture || c == '[') && depth < MAX_DEPTH) {
            size_t close = closing(r, open), end = 0;
            if (close && close + 1 < to && text.p[close + 1] == '(') end = closing(r, close + 1);
            if (end && end < to) {
                if (!picture) {
                    r->n_links++;
                    add_inline(r, open + 1, close, true, depth + 1);
                }
                i = end + 1;
                continue;
            }
        }
        if (c == '\\' && i + 1 < to && strchr("\\`*_{}[]()#+-.!|>~", text.p[i + 1])) {
            i++;
        } else if (c == '`' || ((c == '*' || c == '_') && is_emphasis(text, i, from, to))) {
            i++;
            continue;
        }
        size_t start = i;
        uint32_t u = ht_utf8_next(text, &i);
        add_char(r, u, start, i, link);
    }
}

static size_t skip_blanks(ht_str text, size_t at, size_t end) {
    while (at < end) {
        size_t next = at;
        if (!page_is_blank(ht_utf8_next(ht_sub(text, 0, end), &next))) break;
        at = next;
    }
    return at;
}

/* | a | b |: the cells, a tab between them. False: the line between head and body of a table. */
static bool add_table_row(reader *r, size_t from, size_t to) {
    ht_str text = r->s->text;
    bool words = false;
    for (size_t i = from; i < to; i++) words |= !strchr("|-: \t", text.p[i]);
    if (!words) return false;
    size_t first = text.p[from] == '|' ? from + 1 : from;
    while (to > first && (text.p[to - 1] == ' ' || text.p[to - 1] == '\t')) to--;
    if (to > first && text.p[to - 1] == '|') to--;
    for (size_t i = first; i < to;) {
        size_t end = i;
        while (end < to && !(text.p[end] == '|' && end > first && text.p[end - 1] != '\\')) end++;
        if (i > first) page_line_cell(&r->line, i);
        add_inline(r, skip_blanks(text, i, end), end, false, 0);
        i = end + 1;
    }
    return true;
}

/* ---|---|---, with or without bars at its ends: the line below a table's head. */
static bool is_table_rule(ht_str text, const source_line *line) {
    size_t n_bars = 0, n_dashes = 0;
    for (size_t i = line->start; i < line->end; i++) {
        char c = text.p[i];
        if (!strchr("|-: \t", c)) return false;
        n_bars += c == '|';
        n_dashes += c == '-';
    }
    return n_bars && n_dashes >= 2 * n_bars;
}

static bool has_bar(ht_str text, const source_line *line) {
    return line->width && memchr(text.p + line->start, '|', line->end - line->start);
}

/* Rows of tables, by the rule below their head. */
static void mark_tables(source_lines *s) {
    for (size_t i = 1; i < s->n; i++) {
        if (!is_table_rule(s->text, &s->lines[i]) || !has_bar(s->text, &s->lines[i - 1])) continue;
        s->lines[i - 1].row = s->lines[i].row = true;
        for (i++; i < s->n && has_bar(s->text, &s->lines[i]); i++) s->lines[i].row = true;
    }
}

/* * - + and a blank: a list's mark. */
static bool is_item(ht_str text, size_t at, size_t end) {
    return at + 1 < end && strchr("*-+", text.p[at]) && (text.p[at + 1] == ' ' || text.p[at + 1] == '\t');
}

static bool is_ruler(ht_str text, const source_line *line) {
    char first = 0;
    size_t n = 0;
    for (size_t i = line->start; i < line->end; i++) {
        char c = text.p[i];
        if (c == ' ' || c == '\t') continue;
        if (!strchr("=-*_~`", c) || (first && c != first)) return false;
        first = c;
        n++;
    }
    return n >= 2;
}

/* === and --- under a line make a heading of it. */
static unsigned underlined(const reader *r, size_t i) {
    if (i + 1 >= r->s->n || !is_ruler(r->s->text, &r->s->lines[i + 1])) return 0;
    char c = r->s->text.p[r->s->lines[i + 1].start];
    return c == '=' ? 1 : c == '-' ? 2 : 0;
}

static void add_meta(reader *r, const char *name, ht_str value) {
    *HT_PUSH(r->s->arena, r->page->metas, r->page->n_metas, r->cap_metas) =
        (ht_meta){ht_str_of(name), ht_str_trim(value)};
}

/* What a reader service puts above the text. True: the line is such a field. */
static bool read_head(reader *r, const source_line *line) {
    ht_str s = ht_str_trim(ht_sub(r->s->text, line->start, line->end));
    ht_str title = HT_S("Title:"), url = HT_S("URL Source:"), time = HT_S("Published Time:");
    if (ht_str_starts(s, title)) {
        if (!r->page->head_title.n) r->page->head_title = ht_str_trim(ht_sub(s, title.n, s.n));
    } else if (ht_str_starts(s, url)) {
        add_meta(r, "og:url", ht_sub(s, url.n, s.n));
    } else if (ht_str_starts(s, time)) {
        add_meta(r, "article:published_time", ht_sub(s, time.n, s.n));
    } else {
        return ht_str_eq(s, HT_S("Markdown Content:"));
    }
    return true;
}

static void add_line(reader *r, ht_block *b, const source_line *line, unsigned level) {
    ht_str text = r->s->text;
    size_t at = skip_blanks(text, line->start, line->end), end = line->end;
    if (end - at > MAX_LINE) {
        for (size_t i = at; i < end;) {
            size_t start = i;
            uint32_t c = ht_utf8_next(ht_sub(text, 0, end), &i);
            add_char(r, c, start, i, false);
        }
        return;
    }
    match_brackets(r, at, end);
    while (at < end && text.p[at] == '>') at = skip_blanks(text, at + 1, end);
    unsigned marks = heading_level(text, &(source_line){.start = at, .end = end});
    if (marks) {
        at += marks;
        level = marks;
        while (end > at && (text.p[end - 1] == '#' || text.p[end - 1] == ' ')) end--;
    } else if (is_item(text, at, end)) {
        b->kind = HT_BLOCK_LIST_ITEM;
        at += 2;
    }
    if (level) {
        b->kind = HT_BLOCK_HEADING;
        b->heading = (uint8_t)level;
    }
    if (line->row || (at < end && text.p[at] == '|' && text.p[end - 1] == '|')) {
        if (add_table_row(r, at, end)) b->kind = HT_BLOCK_ROW;
    } else {
        add_inline(r, at, end, false, 0);
    }
}

void page_split_markdown(source_lines *s, ht_page *page) {
    mark_tables(s);
    reader r = {.s = s, .page = page};
    bool head = true;
    r.match = HT_ARRAY(s->arena, uint32_t, MAX_LINE + 1);
    r.open = HT_ARRAY(s->arena, uint32_t, MAX_LINE + 1);
    for (size_t i = 0; i < s->n; i++) {
        const source_line *line = &s->lines[i];
        if (!line->width || (head && read_head(&r, line)) || is_ruler(s->text, line)) continue;
        ht_block *b = page_add_block(s->arena, page, &r.cap_blocks);
        if (!b) return;
        head = page->n_blocks < 2;
        b->blank_before = line->blank_before;
        b->indent = line->indent;
        page_line_init(&r.line, s->arena);
        r.n_link_chars = r.n_links = 0;
        add_line(&r, b, line, underlined(&r, i));
        b->n_link_chars = r.n_link_chars;
        b->n_links = r.n_links;
        page_end_block(page, b, &r.line);
    }
}
