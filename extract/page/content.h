/* Cleaned blocks -> which of them are the article. The two ways of choosing and what they share.
 *
 *   anchor.c     HTML: the headline             series.c  HTML: lists of articles and comments
 *   container.c  HTML: the part of the page that holds the article, from its tree
 *   segment.c    plain text: the stretch of lines that is the article, with the tables behind it
 *   clean.c      within a run of blocks: head, foreign sections, tail, repeats
 *   posts.c      a message of a chat, the form of a mailbox
 *   credits.c    lines of names behind the article
 *   content.c    the order of it, plain text, and what to do when nothing is left
 * Reasons of blocks: text, longest (kept); outside, foreign, navigation, tools, spam, markup, rule,
 * legal, promotion, site, counter, tail, date, byline, links, head, related, repeat, label (dropped).
 * Cost: linear in blocks, containers and text.
 */
#ifndef HT_EXTRACT_PAGE_CONTENT_H
#define HT_EXTRACT_PAGE_CONTENT_H

#include "extract/page/feature.h"

/* The blocks that an element holds, directly or not: they stand in a row. */
typedef struct {
    size_t first, end; /* blocks; first == end: none */
    uint64_t mass;
    bool foreign;
    bool listed; /* in a row of entries of a list */
    unsigned names; /* NAME_ bits of its own */
} page_part;

typedef struct {
    ht_arena *arena;
    ht_page *page;
    const page_vocab *vocab;
    page_feature *features; /* [n_blocks] */
    uint32_t *mass;         /* [n_blocks]: characters of prose that are no links */
    page_part *parts;       /* [n_containers] */
    size_t from, to;        /* blocks of the part that was chosen */
    uint32_t root;          /* its container */
    size_t headline;        /* HTML: the block that heads the article, n_blocks if none is known */
    uint64_t total;         /* mass of blocks[from, to) */
} page_choice;

/* The block that heads the article; n_blocks if none is known. */
size_t page_headline(const page_choice *x);
/* Sets `listed`. child[c], next[child[c]], … are the elements under c, 0 ends them; the parts'
 * blocks are known. */
void page_mark_series(page_choice *x, const uint32_t *child, const uint32_t *next);
/* Is the line nothing but labels and names of those who made the article? */
bool page_is_credits(const page_vocab *v, const page_feature *f);
/* Takes the mark from the first series with text at or behind a block: from its first entry, if that
 * is much longer than the others (a thread and its replies), else from all (a live report). */
void page_spare_series(page_choice *x, size_t from);
/* Sets from, to, root, headline and total of an HTML page, and the reason of blocks in foreign parts. */
void page_choose_container(page_choice *x);
/* Plain text: of the export of a chat, the message that is far longer than all others. */
void page_choose_message(page_choice *x);
/* Rows of a form whose label says that they hold its text become text; the others are bylines. */
void page_read_forms(ht_arena *a, ht_page *page);
/* Plain text: masses of lines by what stands beside them, once the site's own lines are known. */
void page_weigh_lines(page_choice *x);
/* Plain text: does the line say when and where the article appeared? Its date may stand beside it. */
bool page_is_byline(const page_choice *x, size_t i);
/* Plain text: drops what lies outside the best stretch of lines. */
void page_choose_segment(page_choice *x);
/* The reasons of blocks that are no text of an article, whatever stands around them: they weigh
 * nothing. */
void page_judge(page_choice *x);
/* Decides on each block of [from, to) that has no reason yet. */
void page_clean(page_choice *x);
/* Where the part of the page that block i opens ends (HTML). */
size_t page_section_end(const page_choice *x, size_t i);

#endif
