/* What repeats on the pages of a host is its furniture: the model of a site.
 *
 * `hantally site-model` learns it from many pages, in a run of its own, so that no page's result
 * depends on its neighbours by accident; here it is read and asked. A line of the file: host, hash
 * of a block's folded characters (16 hex digits), titles of the host that have it, titles of the host, its beginning.
 * Blocks that the model knows are dropped with reason `site`. Refuses a file that is no model.
 * Cost: a binary search a block.
 */
#ifndef HT_EXTRACT_PAGE_SITE_H
#define HT_EXTRACT_PAGE_SITE_H

#include "base/map.h"
#include "extract/page/page.h"

#define HT_SITE_MODEL_HEADER "# hantally site model 1"

/* The furniture of one host. */
struct ht_site {
    uint64_t *hashes; /* arena; sorted */
    size_t n, cap;
};

typedef struct {
    ht_map hosts; /* name -> index into sites + 1 */
    struct ht_site *sites;
    size_t n, cap;
} ht_site_model;

/* `name` is the file's, for messages. Everything lies in the arena. */
ht_status ht_site_model_parse(ht_site_model *m, ht_arena *a, ht_str text, ht_str name,
                              ht_error *e);
/* NULL: the model does not know the host. */
const struct ht_site *ht_site_of(const ht_site_model *m, ht_str host);
bool ht_site_has(const struct ht_site *s, uint64_t hash);
/* The host that the page says it is on, else that of `url`; lower case,
 * without port; empty if none is known. */
ht_str ht_page_host(ht_arena *a, const ht_page *page, ht_str url);
/* Of a block's characters, folded and without white space: equal for both scripts. */
uint64_t ht_block_hash(ht_arena *a, const ht_block *b);

#endif
