/* OUT/main -> the main text of an article. Inner to review/.
 *
 * main/ID.txt, or a line of main.jsonl, which is indexed once (16 bytes an article). A run without
 * --keep-text has neither: found is false, and that is no error.
 */
#ifndef HT_REVIEW_TEXTS_H
#define HT_REVIEW_TEXTS_H

#include "base/error.h"
#include "base/map.h"

typedef struct {
    const char *out; /* borrows */
    ht_arena *kept;  /* borrows; of the index */
    ht_map lines;    /* article_id -> index into offsets */
    int64_t *offsets;
    size_t n, cap;
    bool indexed;
} review_texts;

void review_texts_init(review_texts *t, ht_arena *kept, const char *out);
ht_status review_text_read(review_texts *t, ht_arena *a, ht_str article_id, ht_str *text,
                           bool *found, ht_error *e);
/* The paragraph that holds code point `at`, and where it begins in code points. */
ht_str review_paragraph(ht_str text, uint64_t at, uint64_t *start);

#endif
