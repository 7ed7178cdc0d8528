/* HTML -> blocks: the scanner's skeleton through libxml2's SAX interface, each text token looked up
 * in the source. */
#include "extract/page/scan.h"
#include "extract/page/split.h"
#include "extract/page/table.h"

#include "base/utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum {
    MAX_OPEN = 2 * SCAN_MAX_DEPTH + 64, /* of the repaired tree; beyond it nothing is read */
    VISIBLE_CHARS = 60, /* a page that shows less is read with what it hides */
    CAPTION_CHARS = 160,                /* a centred line under a picture that is not longer */
};

typedef struct {
    unsigned kind;      /* ELEMENT_ bits */
    uint32_t container; /* that it made, else its parent's */
    bool centered;
    bool caption;
} open_element;

typedef struct {
    ht_arena *arena;
    const page_vocab *vocab;
    ht_page *page;
    htmlParserCtxtPtr parser;
    ht_str source;
    const scan_result *scan;
    size_t cap_blocks, cap_containers;
    open_element open[MAX_OPEN];
    size_t depth;
    size_t skip_from;   /* depth at which unread matter begins; 0: none */
    size_t hidden_from; /* the same of a hidden part that is read, for it may be folded up */
    size_t n_pre, n_heading, n_link, n_caption, n_item;
    uint8_t heading;
    page_line line;
    uint32_t n_link_chars, n_links;
    bool link_counted;
    size_t last_image;  /* number of blocks when a picture was last seen, + 1 */
    size_t number;      /* of the text token being read */
    bool in_number;
    bool too_many;
    bool read_hidden, has_hidden;
    page_tables tables;
} builder;

static void flush(builder *b) {
    ht_page *page = b->page;
    if (b->line.text.n) {
        if (page->n_blocks == PAGE_MAX_BLOCKS) {
            b->too_many = true;
        } else {
            const open_element *top = &b->open[b->depth ? b->depth - 1 : 0];
            ht_block *x = HT_PUSH(b->arena, page->blocks, page->n_blocks, b->cap_blocks);
            x->text = page_line_text(&b->line);
            x->depth = (uint16_t)b->depth;
            x->container = top->container;
            x->n_chars = b->line.n_chars;
            x->n_link_chars = b->n_link_chars;
            x->n_links = b->n_links;
            bool pictured = b->last_image && b->last_image + 1 >= page->n_blocks;
            if (b->n_caption)
                x->kind = HT_BLOCK_CAPTION;
            else if (b->n_heading)
                x->kind = HT_BLOCK_HEADING;
            else if (pictured && x->n_chars <= CAPTION_CHARS && (top->centered || top->caption))
                x->kind = HT_BLOCK_CAPTION;
            else if (b->n_item)
                x->kind = HT_BLOCK_LIST_ITEM;
            x->heading = b->n_heading ? b->heading : 0;
            x->hidden = b->hidden_from > 0;
        }
    }
    page_line_init(&b->line, b->arena);
    b->n_link_chars = b->n_links = 0;
    b->link_counted = false;
}

static void line_break(builder *b) {
    /* A line feed inside a heading, a caption or a cell of figures is no end of a paragraph. */
    if (b->n_heading || b->n_caption) {
        size_t at = b->line.blank ? b->line.blank_end
                    : b->line.map.n ? b->line.map.runs[b->line.map.n - 1].in +
                                          b->line.map.runs[b->line.map.n - 1].n_in
                                    : 0;
        page_line_add(&b->line, ' ', at, at);
    } else {
        flush(b);
    }
}

static void add_char(builder *b, uint32_t c, size_t start, size_t end) {
    if (c == '\n' && b->n_pre) {
        flush(b);
        return;
    }
    uint32_t before = b->line.n_chars;
    page_line_add(&b->line, c == '\r' ? '\n' : c, start, end);
    if (b->n_link && b->line.n_chars > before) {
        b->n_link_chars += b->line.n_chars - before;
        if (!b->link_counted)
            b->n_links++;
        b->link_counted = true;
    }
}

static void add_run(builder *b, size_t number) {
    if (number >= b->scan->n_runs || b->skip_from)
        return;
    scan_run run = b->scan->runs[number];
    for (size_t i = run.start; i < run.end;) {
        uint32_t c;
        size_t n = b->source.p[i] == '&' ? ht_entity(ht_sub(b->source, 0, run.end), i, &c) : 0;
        size_t start = i;
        if (n)
            i += n;
        else
            c = ht_utf8_next(b->source, &i);
        add_char(b, c, start, i);
    }
}

static void on_characters(void *user, const xmlChar *text, int n) {
    builder *b = user;
    for (int i = 0; i < n; i++) {
        xmlChar c = text[i];
        if (c == SCAN_TEXT_TOKEN) {
            b->in_number = true;
            b->number = 0;
        } else if (b->in_number && c >= '0' && c <= '9') {
            b->number = b->number * 10 + (size_t)(c - '0');
        } else if (b->in_number && c == ';') {
            b->in_number = false;
            add_run(b, b->number);
        } else if (c == ' ' && b->line.text.n && !b->line.blank) {
            size_t at = b->line.map.runs[b->line.map.n - 1].in +
                        b->line.map.runs[b->line.map.n - 1].n_in;
            page_line_add(&b->line, ' ', at, at);
        }
    }
}

static void stop(builder *b, const char *code) {
    ht_trouble_set(&b->page->cut, "page", code, "the page was read up to this limit");
    xmlStopParser(b->parser);
}

static void on_start(void *user, const xmlChar *name, const xmlChar **attributes) {
    builder *b = user;
    if (b->depth == MAX_OPEN || b->page->n_containers >= PAGE_MAX_CONTAINERS) {
        stop(b, b->depth == MAX_OPEN ? "too-deep" : "too-many-elements");
        return;
    }
    if (b->too_many) {
        stop(b, "too-many-blocks");
        return;
    }
    ht_str tag = ht_str_of((const char *)name);
    const scan_tag *x = NULL;
    if (attributes && attributes[0] && attributes[1]) {
        size_t number = 0;
        for (const xmlChar *p = attributes[1]; *p >= '0' && *p <= '9'; p++)
            number = number * 10 + (size_t)(*p - '0');
        if (number < b->scan->n_tags)
            x = &b->scan->tags[number];
    }
    unsigned kind = page_element(b->vocab, tag);
    /* Elements of a publisher's own (<founder-content>) stand for sections. */
    if (memchr(tag.p, '-', tag.n))
        kind |= ELEMENT_BLOCK;
    open_element parent = b->depth ? b->open[b->depth - 1] : (open_element){0};
    open_element *e = &b->open[b->depth];
    *e = (open_element){kind, parent.container, parent.centered, parent.caption};
    b->line.border = true;
    if (kind & ELEMENT_BLOCK) {
        flush(b);
        ht_container *c =
            HT_PUSH(b->arena, b->page->containers, b->page->n_containers, b->cap_containers);
        c->tag = ht_str_copy(b->arena, tag);
        c->names = x ? x->names : (ht_str){NULL, 0};
        c->parent = b->depth ? parent.container : 0;
        e->container = (uint32_t)(b->page->n_containers - 1);
        if (x)
            e->centered |= x->centered;
        e->centered |= ht_str_eq(tag, HT_S("center"));
        e->caption |= (page_names(b->vocab, c->names) & NAME_CAPTION) != 0;
    }
    b->depth++;
    bool hidden = x && x->hidden;
    b->has_hidden |= hidden;
    bool folded = hidden && !b->read_hidden && (kind & ELEMENT_BLOCK);
    if (!b->skip_from && ((kind & ELEMENT_SKIP) || (hidden && !b->read_hidden && !folded)))
        b->skip_from = b->depth;
    if (!b->hidden_from && folded)
        b->hidden_from = b->depth;
    if (b->skip_from)
        return;
    if (kind & ELEMENT_BREAK)
        line_break(b);
    if (kind & ELEMENT_IMAGE)
        b->last_image = b->page->n_blocks + 1;
    if (kind & ELEMENT_TABLE)
        page_table_open(&b->tables, b->page->n_blocks);
    if (kind & ELEMENT_ROW)
        page_table_row(&b->tables, b->page->n_blocks);
    if (kind & ELEMENT_CELL)
        page_table_cell(&b->tables, b->page->n_blocks);
    b->n_pre += (kind & ELEMENT_PRE) != 0;
    b->n_caption += (kind & ELEMENT_CAPTION) != 0;
    b->n_item += (kind & ELEMENT_ITEM) != 0;
    if (kind & ELEMENT_HEADING) {
        b->n_heading++;
        b->heading = (uint8_t)(tag.p[1] - '0');
    }
    if (kind & ELEMENT_LINK) {
        b->n_link++;
        b->link_counted = false;
    }
}

static void on_end(void *user, const xmlChar *name) {
    (void)name;
    builder *b = user;
    if (!b->depth)
        return;
    unsigned kind = b->open[b->depth - 1].kind;
    bool read = !b->skip_from;
    b->line.border = true;
    if (b->skip_from == b->depth)
        b->skip_from = 0;
    if (kind & ELEMENT_BLOCK)
        flush(b);
    if (b->hidden_from == b->depth)
        b->hidden_from = 0;
    b->depth--;
    if (!read)
        return;
    if (kind & ELEMENT_TABLE)
        page_table_close(&b->tables, b->page);
    b->n_pre -= (kind & ELEMENT_PRE) != 0;
    b->n_caption -= (kind & ELEMENT_CAPTION) != 0;
    b->n_item -= (kind & ELEMENT_ITEM) != 0;
    b->n_heading -= (kind & ELEMENT_HEADING) != 0;
    b->n_link -= (kind & ELEMENT_LINK) != 0;
}

static void free_parser(void *parser) {
    htmlFreeParserCtxt(parser);
}

static ht_str fold_title(ht_arena *a, ht_str raw) {
    page_line l;
    page_line_init(&l, a);
    ht_str title = ht_entities_decode(a, raw);
    for (size_t i = 0; i < title.n;) {
        uint32_t c = ht_utf8_next(title, &i);
        page_line_add(&l, c, 0, 0);
    }
    return ht_buf_str(&l.text);
}

/* Reads the skeleton into page->blocks and ->containers; NULL when there is no parser. */
static const builder *build(ht_arena *a, const page_vocab *v, ht_str text, const scan_result *scan,
                            ht_page *page, bool read_hidden) {
    builder *b = HT_NEW(a, builder);
    b->arena = a;
    b->vocab = v;
    b->page = page;
    b->source = text;
    b->scan = scan;
    b->read_hidden = read_hidden;
    page->blocks = NULL;
    page->containers = NULL;
    page->n_blocks = page->n_containers = 0;
    page_line_init(&b->line, a);
    page_tables_init(&b->tables, a);
    b->parser = htmlCreateMemoryParserCtxt(scan->skeleton.p, (int)scan->skeleton.n);
    if (!b->parser)
        return NULL;
    ht_arena_defer(a, free_parser, b->parser);
    htmlSAXHandler sax = {0};
    sax.startElement = on_start;
    sax.endElement = on_end;
    sax.characters = on_characters;
    sax.ignorableWhitespace = on_characters;
    sax.initialized = 1;
    *b->parser->sax = sax;
    b->parser->userData = b;
    htmlCtxtUseOptions(b->parser, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                      HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(b->parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(b->parser);
    flush(b);
    if (!page->n_containers)
        *HT_PUSH(a, page->containers, page->n_containers, b->cap_containers) =
            (ht_container){.tag = HT_S("html")};
    return b;
}

static bool has_text(const ht_page *page) {
    size_t n = 0;
    for (size_t i = 0; i < page->n_blocks && n < VISIBLE_CHARS; i++)
        if (!page->blocks[i].hidden)
            n += page->blocks[i].n_chars - page->blocks[i].n_link_chars;
    return n >= VISIBLE_CHARS;
}

bool page_split_html(ht_arena *a, ht_str text, ht_page *page, ht_trouble *trouble) {
    const page_vocab *v = page_vocab_get();
    scan_result *scan = HT_NEW(a, scan_result);
    page_scan(a, v, text, scan);
    page->metas = scan->metas;
    page->n_metas = scan->n_metas;
    page->head_title = fold_title(a, scan->title);
    const builder *b = build(a, v, text, scan, page, false);
    /* Some sites hide the text until a script shows it. */
    if (b && b->has_hidden && !has_text(page))
        b = build(a, v, text, scan, page, true);
    if (!b) {
        ht_trouble_set(trouble, "page", "no-parser", "the HTML parser could not be made");
        return false;
    }
    if (scan->cut && !page->cut.code)
        ht_trouble_set(&page->cut, "page", scan->cut, "what lies beyond this limit was left out");
    return true;
}
