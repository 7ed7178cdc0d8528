/* The headline: where on the page the article begins. The block that <title> or og:title repeats, a
 * heading before other lines; without one, the page's only h1. */
#include "extract/page/content.h"

enum {
    MIN_LETTERS = 5,
    MAX_LETTERS = 90,
    MAX_TITLE = 400,    /* letters of <title>; a longer one is no title */
    LINE_SHARE = 35,    /* per cent of <title> that a line must make up */
    HEADING_SHARE = 15, /* that a heading must */
    H1_LETTERS = 8,     /* a shorter h1 is the site's name */
};

static size_t repeated(const page_choice *x, ht_str whole) {
    const ht_page *page = x->page;
    page_feature title;
    title.c = page_letters(x->arena, whole, &title.n);
    if (title.n > MAX_TITLE)
        return page->n_blocks;
    size_t found = page->n_blocks, best = 0;
    for (size_t i = 0; i < page->n_blocks; i++) {
        const page_feature *f = &x->features[i];
        const ht_block *b = &page->blocks[i];
        uint32_t share = b->heading ? HEADING_SHARE : LINE_SHARE;
        size_t weight = 2 * (size_t)f->n + (b->heading > 0);
        if (f->n >= MIN_LETTERS && f->n <= MAX_LETTERS && weight > best &&
            f->n * 100 >= title.n * share && page_holds(&title, f->c, f->n)) {
            best = weight;
            found = i;
        }
    }
    return found;
}

static size_t only_h1(const page_choice *x) {
    const ht_page *page = x->page;
    size_t found = page->n_blocks;
    for (size_t i = 0; i < page->n_blocks; i++) {
        if (page->blocks[i].heading != 1 || x->features[i].n < H1_LETTERS)
            continue;
        if (found < page->n_blocks)
            return page->n_blocks;
        found = i;
    }
    return found;
}

size_t page_headline(const page_choice *x) {
    size_t found = repeated(x, x->page->head_title);
    if (found == x->page->n_blocks)
        found = repeated(x, ht_page_shared_title(x->page));
    return found < x->page->n_blocks ? found : only_h1(x);
}
