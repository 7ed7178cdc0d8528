/* HTML text -> what the parser needs to see, and what it does not.
 *
 * libxml2 repairs the tree, but it knows no positions, and some harmless-looking pages cost it
 * quadratic time. So the scanner reads every tag once and writes a skeleton: the tags alone, each
 * with the number of its scan_tag, and for each run of text a token with the run's number. The
 * parser's answer then names places in the source, whatever it repaired. Scripts, styles, comments,
 * <html>, <body> and <head> tags and their ends never reach it: a stray </html> would end the page.
 *
 * Refuses nothing: tags nested deeper than SCAN_MAX_DEPTH, tags beyond SCAN_MAX_TAGS and
 * attributes beyond SCAN_MAX_ATTRIBUTES are left out (their text stays), metadata too large or too
 * numerous are, and `cut` says so. Cost: linear in the page; the skeleton is a fraction of it.
 */
#ifndef HT_EXTRACT_PAGE_SCAN_H
#define HT_EXTRACT_PAGE_SCAN_H

#include "extract/page/page.h"
#include "extract/page/vocab.h"

enum {
    SCAN_MAX_DEPTH = 512,
    SCAN_MAX_ATTRIBUTES = 256,
    SCAN_MAX_NAMES = 256,      /* bytes of class and id that are kept */
    SCAN_MAX_VALUE = 1 << 16,  /* bytes of a <meta> value that are kept */
    SCAN_MAX_METAS = 512,
    SCAN_MAX_TITLE = 1 << 16,  /* bytes of <title> */
    SCAN_MAX_TAGS = 400000,    /* real pages of 16 MB have a quarter of that */
    SCAN_MAX_TAG_NAME = 40,
};

/* The letters that carry numbers through the parser: text is "t12;", an attribute is a="12". */
#define SCAN_TEXT_TOKEN 't'

typedef struct {
    ht_str names;  /* class and id, lower case */
    bool hidden;   /* display:none or the hidden attribute */
    bool centered;
} scan_tag;

typedef struct {
    uint32_t start, end; /* of the source */
} scan_run;

typedef struct {
    ht_str skeleton; /* pure ASCII */
    scan_tag *tags;
    size_t n_tags, cap_tags;
    scan_run *runs;
    size_t n_runs, cap_runs;
    ht_str title; /* entities as they stand */
    ht_meta *metas;
    size_t n_metas, cap_metas;
    const char *cut; /* too-deep | too-many-elements | too-many-attributes | too-much-metadata;
                        NULL: nothing was cut */
} scan_result;

void page_scan(ht_arena *a, const page_vocab *v, ht_str text, scan_result *out);

#endif
