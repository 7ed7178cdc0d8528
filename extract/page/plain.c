/* Text dumps -> blocks: a line is a block, unless the text was wrapped at a fixed width. */
#include "extract/page/split.h"

#include "base/utf8.h"

enum {
    WIDE_INDENT = 2,    /* columns of an ideographic blank */
    TAB_INDENT = 4,
    WRAP_MIN = 30,      /* columns: narrower columns are lists */
    WRAP_MAX = 160,     /* wider lines are paragraphs */
    WRAP_SLACK = 3,     /* a wide character or closing mark may not fit */
    WRAP_MIN_LINES = 5, /* that many full lines show that a text is wrapped */
    PARA_INDENT = 2,
    WRAP_MIN_PARAS = 3, /* the same of indented paragraphs that break off within a sentence */
    WRAP_RAGGED = 80,   /* per cent of the widest line: a line that ends a sentence may go on */
};

typedef struct {
    size_t start, end;    /* of the text, without the line feed */
    uint16_t indent;
    uint32_t width;       /* columns with the indent; 0: an empty line */
    bool blank_before;
    bool stopped;         /* ends with a mark that may end a paragraph */
    bool words;           /* not only a rule */
} source_line;

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
        line.words |= ht_is_han(c) || (c >= '0' && c <= '9') || (c | 0x20) - 'a' < 26;
    }
    return line;
}

static bool continues(const source_line *lines, size_t n, size_t i) {
    return i + 1 < n && lines[i].words && lines[i + 1].words && lines[i + 1].indent == 0;
}

/* The width at which the text was wrapped; 0: it was not. */
static uint32_t wrap_width(const source_line *lines, size_t n) {
    uint32_t full[WRAP_MAX + 1] = {0}, count = 0, best = 0, wider = 0;
    for (size_t i = 0; i < n; i++) {
        if (lines[i].width > WRAP_MAX)
            wider++;
        else if (continues(lines, n, i))
            full[lines[i].width]++;
    }
    for (uint32_t w = WRAP_MAX; w >= WRAP_MIN; w--) {
        uint32_t here = 0;
        for (uint32_t k = 0; k <= WRAP_SLACK; k++)
            here += full[w - k];
        if (here > count) {
            count = here;
            best = w;
        }
    }
    for (uint32_t w = best + 1; best && w <= WRAP_MAX; w++)
        wider += full[w];
    return count >= WRAP_MIN_LINES && wider * 4 <= count ? best : 0;
}

/* The widest line of a text whose paragraphs are indented and wrapped, however raggedly; else 0. */
static uint32_t ragged_width(const source_line *lines, size_t n) {
    uint32_t count = 0, widest = 0;
    for (size_t i = 0; i < n; i++) {
        if (!continues(lines, n, i) || lines[i].stopped || lines[i].width > WRAP_MAX ||
            lines[i].width < WRAP_MIN)
            continue;
        count += lines[i].indent >= PARA_INDENT;
        if (lines[i].width > widest)
            widest = lines[i].width;
    }
    return count >= WRAP_MIN_PARAS ? widest : 0;
}

static bool is_list_mark(uint32_t c) {
    return c == 0x2022 || c == 0xB7 || c == 0x2027 || c == 0x30FB || c == '*' || c == 0x25CF ||
           c == 0x25CB || c == 0x25E6 || c == 0x25AA;
}

static void add_line(page_line *l, ht_str text, const source_line *line) {
    ht_str s = ht_sub(text, 0, line->end);
    for (size_t i = line->start; i < line->end;) {
        size_t start = i;
        uint32_t c = ht_utf8_next(s, &i);
        page_line_add(l, c, start, i);
    }
}

void page_split_plain(ht_arena *a, ht_str text, ht_page *page) {
    source_line *lines = NULL;
    size_t n = 0, cap = 0, cap_blocks = 0, cap_containers = 0;
    bool blank = false;
    *HT_PUSH(a, page->containers, page->n_containers, cap_containers) =
        (ht_container){.tag = HT_S("text")};
    for (size_t start = 0; start <= text.n;) {
        size_t end = start;
        while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
            end++;
        source_line line = measure(text, start, end);
        line.blank_before = blank;
        blank = line.width == 0;
        if (n && !line.width && !lines[n - 1].width)
            n--;
        *HT_PUSH(a, lines, n, cap) = line;
        start = end + 1;
        if (end + 1 < text.n && text.p[end] == '\r' && text.p[end + 1] == '\n')
            start++;
    }
    uint32_t wrap = wrap_width(lines, n), ragged = ragged_width(lines, n);
    for (size_t i = 0; i < n; i++) {
        if (!lines[i].width)
            continue;
        if (page->n_blocks == PAGE_MAX_BLOCKS) {
            ht_trouble_set(&page->cut, "page", "too-many-blocks",
                           "the text was read up to this limit");
            break;
        }
        ht_block *b = HT_PUSH(a, page->blocks, page->n_blocks, cap_blocks);
        b->blank_before = lines[i].blank_before;
        b->indent = lines[i].indent;
        page_line l;
        page_line_init(&l, a);
        add_line(&l, text, &lines[i]);
        size_t at = 0;
        if (l.text.n && is_list_mark(ht_utf8_next(ht_buf_str(&l.text), &at)))
            b->kind = HT_BLOCK_LIST_ITEM;
        bool paragraph = ragged && lines[i].indent >= PARA_INDENT;
        while (b->kind != HT_BLOCK_LIST_ITEM && continues(lines, n, i)) {
            const source_line *x = &lines[i];
            bool full = wrap && x->width + WRAP_SLACK >= wrap && x->width <= wrap;
            bool goes_on = paragraph && x->width <= WRAP_MAX &&
                           (!x->stopped || x->width * 100 >= ragged * WRAP_RAGGED);
            if (!full && !goes_on)
                break;
            page_line_add(&l, '\n', lines[i].end, lines[i].end);
            add_line(&l, text, &lines[++i]);
        }
        b->text = (ht_text){ht_buf_str(&l.text), l.map};
        b->n_chars = l.n_chars;
        if (!l.text.n)
            page->n_blocks--;
    }
}
