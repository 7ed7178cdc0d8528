/* What the splitters of text dumps share: the lines of the source, measured.
 *
 *   plain.c     which kind of dump; lines -> blocks      wrap.c      lines that a width broke
 *   rows.c      tables laid out with tabs or blanks      markdown.c  pages rendered as Markdown
 *   fields.c    records of a database: 标题：… 正文：…
 *   sheets.c    what a printer added at the borders of sheets     mail.c    text quoted by a reply
 * Cost: linear in the text.
 */
#ifndef HT_EXTRACT_PAGE_PLAIN_H
#define HT_EXTRACT_PAGE_PLAIN_H

#include "extract/page/split.h"

typedef struct {
    size_t start, end;  /* of the text, without the line feed */
    uint16_t indent;    /* columns; U+3000 counts 2 */
    uint32_t width;     /* columns with the indent; 0: an empty line */
    bool blank_before;
    bool stopped;       /* ends with a mark that may end a paragraph */
    bool words;         /* not only a rule */
    bool marks;         /* holds 。 or ， */
    bool row;           /* of a table (rows.c) */
    bool boxed;         /* such a row between drawn lines */
    bool sheet;         /* running head or page number of a printed sheet (sheets.c) */
    uint16_t quote;     /* marks > before the line, which are cut off (mail.c) */
} source_line;

typedef struct {
    ht_arena *arena;
    ht_str text;
    source_line *lines;
    size_t n, cap;
} source_lines;

/* The upright lines of a drawn table. */
static inline bool page_is_bar(uint32_t c) {
    return c == 0x2502 || c == 0x2503 || c == 0x2551;
}
/* Marks the rows of tables: three lines or more of cells apart from each other, as many in each. */
void page_mark_rows(source_lines *s);
/* Do lines [i, …) go on as one paragraph? Fills the widths once, by page_wrap_measure. */
typedef struct {
    uint32_t margin; /* columns that every line is indented */
    uint32_t width;  /* at which the text was broken; 0: it was not */
    uint32_t ragged; /* the widest line of indented paragraphs that break within sentences; 0 */
} page_wrap;
page_wrap page_wrap_measure(const source_lines *s);
/* Does line i + 1 go on with the sentence of line i? `paragraph`: the block began with an indent. */
bool page_wrap_joins(const source_lines *s, const page_wrap *w, size_t i, bool paragraph);
bool page_wrap_indented(const page_wrap *w, const source_line *line);

/* Marks what stands at the borders of printed sheets: page numbers, and running heads beside them. */
void page_mark_sheets(source_lines *s);
/* Does only what a printer added stand between line i and the line that goes on with its sentence?
 * *next is that line. */
bool page_sheet_joins(const source_lines *s, const page_wrap *w, size_t i, size_t *next);
/* Is the text a mail or posting that quotes another, lines marked with >? */
bool page_is_quoted(ht_str text);
/* Behind the marks > at the start of a line; *n: how many there are. */
size_t page_quote_end(ht_str text, size_t start, size_t end, uint16_t *n);

bool page_is_markdown(const source_lines *s);
void page_split_markdown(source_lines *s, ht_page *page);
/* Records of labelled fields: which lines are the text, and where the labels end. False: it is none.
 * lines [*from, *to) are the article; *title is the line of the title, n if there is none. */
typedef struct {
    size_t from, to;    /* lines of the text */
    size_t title;       /* line, n if there is none */
    size_t more;        /* line whose label goes on with the text; n if there is none */
} page_fields;
bool page_find_fields(const source_lines *s, page_fields *f);
/* Does a folded label name a field of a record? *body: the one that holds its text. */
bool page_field_is(ht_str label, bool *body);
/* Behind the label of the line and its colon; the line's start if it has none. */
size_t page_field_value(const source_lines *s, size_t line);

/* The next block of the page; NULL, and page->cut set, at the limit. */
ht_block *page_add_block(ht_arena *a, ht_page *page, size_t *cap);
void page_end_block(ht_page *page, ht_block *b, const page_line *l);

#endif
