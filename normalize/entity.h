/* Character references that a text still has when it should be plain: &#22909; &amp;#x597D; &ldquo;
 *
 * A text dump may have them once, or twice where a page was escaped twice; a page's own are read by
 * its parser, and what is left after that is damage.
 */
#ifndef HT_NORMALIZE_ENTITY_H
#define HT_NORMALIZE_ENTITY_H

#include "normalize/clean.h"

/* The references of all texts, each at most two levels deep. In markup those of ASCII characters
 * stay, because &lt; is not < there. */
void entity_clean(ht_arena *a, ht_text *t, uint32_t block, bool markup, ht_clean_report *report);
bool entity_tables_ok(void);

#endif
