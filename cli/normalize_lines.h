/* A text -> its lines, one after the other.
 *
 * A line ends with LF, with CR LF or with a CR alone. Cost: one look at each byte.
 */
#ifndef HT_CLI_NORMALIZE_LINES_H
#define HT_CLI_NORMALIZE_LINES_H

#include "base/str.h"

typedef struct {
    ht_str text;       /* borrows */
    size_t start, end; /* the line in the text, without what ends it ... */
    size_t next;       /* ... which goes up to here */
    size_t feed;       /* the line feed found last, or behind the text */
} text_line;

/* Begins with {.text = text}; false behind the last line. */
bool text_line_next(text_line *l);

#endif
