#include "report/words.h"

#include "base/table.h"
#include "report/html.h"

#include <string.h>

HT_TABLE(report_words, "report-words.tsv");

static ht_str table(void) {
    return (ht_str){(const char *)ht_table_report_words, HT_TABLE_SIZE(report_words)};
}

/* The next entry; false behind the last. */
static bool next_entry(ht_str *rest, ht_str *key, report_words *w) {
    ht_str line;
    while (ht_str_split(rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#' || !ht_str_split(&line, '\t', key)) continue;
        *w = (report_words){{"", 0}, {"", 0}};
        ht_str_split(&line, '\t', &w->english);
        ht_str_split(&line, '\t', &w->chinese);
        return true;
    }
    return false;
}

report_words report_word(const char *kind, ht_str word) {
    ht_str rest = table(), key;
    size_t n = strlen(kind);
    report_words w;
    while (next_entry(&rest, &key, &w))
        if (key.n == n + 1 + word.n && memcmp(key.p, kind, n) == 0 && key.p[n] == '.' &&
            ht_str_eq(ht_sub(key, n + 1, key.n), word))
            return w;
    return (report_words){word, word};
}

report_words report_key(const char *wanted) {
    ht_str rest = table(), key;
    report_words w;
    while (next_entry(&rest, &key, &w))
        if (ht_str_eq(key, ht_str_of(wanted))) return w;
    return (report_words){ht_str_of(wanted), ht_str_of(wanted)};
}

/* U+202A-202E, U+2066-2069: a hostile sentence could show a number backwards with them. */
static bool turning_mark(ht_str s, size_t at) {
    if (s.n - at < 3 || s.p[at] != '\xE2') return false;
    unsigned char second = (unsigned char)s.p[at + 1], third = (unsigned char)s.p[at + 2];
    return (second == 0x80 && third >= 0xAA && third <= 0xAE) ||
           (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

void report_text(ht_buf *b, ht_str text) {
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!turning_mark(text, i)) continue;
        html_text(b, ht_sub(text, from, i));
        ht_buf_add(b, HT_S("\xEF\xBF\xBD"));
        from = i + 3;
    }
    html_text(b, ht_sub(text, from, text.n));
}

void report_both(ht_buf *b, report_words w) {
    if (ht_str_eq(w.english, w.chinese)) {
        report_text(b, w.english);
        return;
    }
    ht_buf_add(b, HT_S("<span lang=\"en\">"));
    report_text(b, w.english);
    ht_buf_add(b, HT_S("</span><span lang=\"zh\">"));
    report_text(b, w.chinese);
    ht_buf_add(b, HT_S("</span>"));
}

void report_both_key(ht_buf *b, const char *key) {
    report_both(b, report_key(key));
}

void report_json(ht_buf *b, ht_str s) {
    ht_buf_byte(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (turning_mark(s, i)) {
            ht_buf_add(b, HT_S("\xEF\xBF\xBD"));
            i += 2;
        } else if (c == '"' || c == '\\') {
            ht_buf_byte(b, '\\');
            ht_buf_byte(b, (char)c);
        } else if (c < 0x20 || c == '<' || c == 0x7F) {
            ht_buf_printf(b, "\\u%04x", c);
        } else {
            ht_buf_byte(b, (char)c);
        }
    }
    ht_buf_byte(b, '"');
}

void report_words_json(ht_buf *b) {
    ht_str rest = table(), key;
    report_words w;
    char comma = '{';
    while (next_entry(&rest, &key, &w)) {
        ht_buf_byte(b, comma);
        report_json(b, key);
        ht_buf_add(b, HT_S(":["));
        report_json(b, w.english);
        ht_buf_byte(b, ',');
        report_json(b, w.chinese);
        ht_buf_byte(b, ']');
        comma = ',';
    }
    ht_buf_byte(b, '}');
}
