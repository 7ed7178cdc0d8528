/* data/report-words.tsv -> what report.html says, in both languages at once. Inner to report/.
 *
 * A page holds both; CSS shows one. `both` writes two elements, of which one is hidden.
 */
#ifndef HT_REPORT_WORDS_H
#define HT_REPORT_WORDS_H

#include "base/str.h"

typedef struct {
    ht_str english, chinese;
} report_words;

/* "kind.word"; the word itself in both languages if the table has none. Scans the table. */
report_words report_word(const char *kind, ht_str word);
report_words report_key(const char *key);
/* Text as it is shown: HTML-escaped, and without the marks that turn the direction of text. */
void report_text(ht_buf *b, ht_str text);
/* <span lang=en>…</span><span lang=zh>…</span>; one plain text where both are the same. */
void report_both(ht_buf *b, report_words w);
void report_both_key(ht_buf *b, const char *key);
/* {"key":["English","Chinese"],…} */
void report_words_json(ht_buf *b);
/* A JSON string that may stand in a script element. */
void report_json(ht_buf *b, ht_str text);

#endif
