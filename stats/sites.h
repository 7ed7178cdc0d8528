/* Blocks of many pages -> the model of their sites (read by extract/page/site.c).
 *
 * A block that pages with three different titles bear is furniture of its host when it is hardly
 * ever taken for the article's; or when it stands before or behind what is a page's own, on two
 * thirds of the titles, on a fifth if these are five or more, or on twenty; or wherever it stands,
 * on half of ten titles or more. A paragraph that follow-up reports repeat inside their text is none.
 * Pages of one title count once: they are one article. The blocks wait in a database beside the
 * file, so memory does not grow with their number; neither their order nor that of the pages leaves
 * a trace.
 */
#ifndef HT_STATS_SITES_H
#define HT_STATS_SITES_H

#include "base/error.h"
#include "base/str.h"

typedef struct {
    ht_str host;
    uint64_t page;  /* any number of its own */
    size_t at;      /* of the page's blocks */
    uint64_t title; /* hash of the page's title */
    uint64_t block; /* hash of the block's characters */
    bool kept;
    ht_str text; /* its beginning, one line */
} ht_site_block;

typedef struct ht_sites ht_sites;

/* `path` is the model to write. */
ht_status ht_sites_open(ht_sites **s, const char *path, ht_error *e);
/* A block once a page. Copies. */
ht_status ht_sites_add(ht_sites *s, const ht_site_block *block, ht_error *e);
/* Writes the model; *n_lines gets the number of its blocks, *n_hosts that of its hosts. */
ht_status ht_sites_finish(ht_sites *s, const char *header, uint64_t *n_lines, uint64_t *n_hosts,
                          ht_error *e);
void ht_sites_close(ht_sites *s);

#endif
