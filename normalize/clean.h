/* The steps of ht_clean, each of which turns one document's texts into cleaner ones.
 *
 * A step writes a new text with `rewrite` and its map composes with the one before, so that maps
 * lead to the decoded document all the way. Costs: linear in the text.
 */
#ifndef HT_NORMALIZE_CLEAN_H
#define HT_NORMALIZE_CLEAN_H

#include "normalize/normalize.h"

/* A text under work: the output so far and where in the old text it came from. */
typedef struct {
    const ht_text *old; /* borrows */
    ht_buf out;
    ht_offmap map; /* to the decoded document */
} rewrite;

void rewrite_begin(rewrite *w, ht_arena *a, const ht_text *old);
/* Old text [from, to) as it stands. */
void rewrite_keep(rewrite *w, size_t from, size_t to);
/* `with` in the place of old text [from, to). */
void rewrite_replace(rewrite *w, ht_str with, size_t from, size_t to);
/* Only an empty `with`: old text [from, to) is dropped by not mentioning it. */
ht_text rewrite_end(rewrite *w);

/* Invisible characters dropped, radicals and compatibility ideographs mapped. */
ht_text width_clean(ht_arena *a, const ht_text *t);

/* Evidence of script in a text: characters that only one script has. */
typedef struct {
    size_t n_hant, n_hans;
} script_count;

script_count script_counted(ht_str text);
/* By one of the tables of script_table.h. */
ht_text script_convert(ht_arena *a, const ht_text *t, int table);
/* All tables are what they should be. */
bool script_tables_ok(void);

#endif
