/* Mails and postings that quote another: > before each line, >> before what that one quoted. */
#include "extract/page/plain.h"

#include <string.h>

enum {
    MIN_QUOTED = 4,        /* lines in a row that show that a text quotes */
    SNIFF_BYTES = 1 << 16,
    MAX_MARKS = 16,
};

size_t page_quote_end(ht_str text, size_t start, size_t end, uint16_t *n) {
    size_t at = start;
    *n = 0;
    for (size_t i = start; i < end && *n < MAX_MARKS; i++) {
        if (text.p[i] == '>') {
            (*n)++;
            at = i + 1;
        } else if (text.p[i] != ' ') {
            break;
        }
    }
    return *n && at < end && text.p[at] == ' ' ? at + 1 : at;
}

bool page_is_quoted(ht_str text) {
    ht_str rest = ht_sub(text, 0, text.n < SNIFF_BYTES ? text.n : SNIFF_BYTES), line;
    size_t n = 0;
    while (n < MIN_QUOTED && ht_str_split(&rest, '\n', &line)) {
        uint16_t marks;
        (void)page_quote_end(line, 0, line.n, &marks);
        n = marks ? n + 1 : 0;
    }
    return n >= MIN_QUOTED;
}
