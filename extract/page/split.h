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
} page_line;

void page_line_init(page_line *l, ht_arena *a);
/* White space, and control characters: what they end are fields, and numbers of two fields are two. */
bool page_is_blank(uint32_t c);
/* One character c that stands at source[start, end). */
void page_line_add(page_line *l, uint32_t c, size_t start, size_t end);

bool page_split_html(ht_arena *a, ht_str text, ht_page *page, ht_trouble *trouble);
void page_split_plain(ht_arena *a, ht_str text, ht_page *page);

#endif
