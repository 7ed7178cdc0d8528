/* The two splitters behind ht_page_split, and what they share: text gathered into a block, white
 * space folded, with the way back to the source.
 *
 * Cost: linear. Refuses pages over PAGE_MAX_BYTES; stops at PAGE_MAX_BLOCKS with page->cut set.
 */
#ifndef HT_EXTRACT_PAGE_SPLIT_H
#define HT_EXTRACT_PAGE_SPLIT_H

#include "extract/page/page.h"
#include "extract/page/vocab.h"

enum {
    PAGE_MAX_BYTES = 16 << 20,
    PAGE_MAX_BLOCKS = 200000,
    PAGE_MAX_CONTAINERS = 400000,
};

enum { LINE_MAX_SEAMS = 16 };

/* Where a line feed between wide characters went, beside the border of an inline element. */
typedef struct {
    size_t out;        /* byte of the text before which it stood */
    size_t start, end; /* of the source */
} page_seam;

/* A block on its way. Blanks are held back until text follows them. */
typedef struct {
    ht_arena *arena;
    ht_buf text;
    ht_offmap map;
    uint32_t n_chars;
    bool blank;            /* white space waits */
    bool blank_break;      /* it contains a line feed */
    size_t blank_start, blank_end;
    uint32_t last;         /* code point last added */
    bool border;           /* an inline element began or ended since */
    page_seam seams[LINE_MAX_SEAMS];
    size_t n_seams;
} page_line;

void page_line_init(page_line *l, ht_arena *a);
/* White space, and control characters: what they end are fields, and numbers of two fields are two. */
bool page_is_blank(uint32_t c);
/* One character c that stands at source[start, end). */
void page_line_add(page_line *l, uint32_t c, size_t start, size_t end);

/* The text. Of a short line without sentence marks the seams are blanks: there they part the fields
 * of a byline, in a paragraph they are how the page was typed. */
ht_text page_line_text(page_line *l);
/* The border of two cells of a table's row, before source byte `at`. */
void page_line_cell(page_line *l, size_t at);

bool page_split_html(ht_arena *a, ht_str text, ht_page *page, ht_trouble *trouble);
void page_split_plain(ht_arena *a, ht_str text, ht_page *page);

#endif
