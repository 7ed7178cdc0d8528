/* Which charset bytes are in: labels, what a page declares, what the content says.
 *
 * charset.c knows labels; detect.c looks at content, binary.c for what is none. Cost of detection:
 * one pass for the validity of UTF-8, and for other charsets some hundred characters a candidate.
 * Nothing is guessed: where no reading is clearly ahead the answer is none.
 */
#ifndef HT_NORMALIZE_CHARSET_H
#define HT_NORMALIZE_CHARSET_H

#include "normalize/units.h"

charset charset_of_label(ht_str label);
const char *charset_name(charset which);

typedef struct {
    charset which;     /* CHARSET_NONE: it cannot be told */
    const char *basis; /* bom | declared | detected | content */
    size_t skip;       /* bytes of the byte order mark */
} charset_choice;

/* `declared` is CHARSET_NONE when nothing is declared, or nothing that can be. A mark counts only
 * at the beginning of a source. */
charset_choice charset_detect(ht_str bytes, charset declared, bool begins);
/* The byte order mark's charset (and its length), CHARSET_NONE if there is none. */
charset charset_of_mark(ht_str bytes, size_t *n_mark);
/* Neither a text nor part of one: control characters and malformed places are everywhere, or there
 * are some behind the magic number of another format, with which a source may begin. */
bool charset_binary(ht_str bytes, charset which, bool begins);

#endif
