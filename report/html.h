/* Text -> HTML: what every page that hantally writes is made of.
 *
 * A page is one file that needs no other and runs no script from elsewhere. Everything that comes
 * from outside goes through html_text.
 */
#ifndef HT_REPORT_HTML_H
#define HT_REPORT_HTML_H

#include "base/str.h"

/* A language's words for the same thing. */
typedef struct {
    const char *english, *chinese;
} html_words;

static inline const char *html_word(html_words w, bool chinese) {
    return chinese ? w.chinese : w.english;
}

/* Appends text that shows as it is, between tags and in quoted attributes; controls that HTML
 * cannot hold become U+FFFD. */
void html_text(ht_buf *b, ht_str text);
/* Doctype, head with the style sheet, and the opened body. */
void html_open(ht_buf *b, bool chinese, ht_str title, ht_str css);
void html_close(ht_buf *b);

#endif
