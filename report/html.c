#include "report/html.h"

static bool is_control(char c) {
    unsigned char u = (unsigned char)c;
    return (u < 0x20 && u != '\t' && u != '\n') || u == 0x7F;
}

void html_text(ht_buf *b, ht_str text) {
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        ht_str as = c == '&'         ? HT_S("&amp;")
                    : c == '<'       ? HT_S("&lt;")
                    : c == '>'       ? HT_S("&gt;")
                    : c == '"'       ? HT_S("&quot;")
                    : is_control(c) ? HT_S("\xEF\xBF\xBD")
                                     : (ht_str){NULL, 0};
        if (!as.n) continue;
        ht_buf_add(b, ht_sub(text, from, i));
        ht_buf_add(b, as);
        from = i + 1;
    }
    ht_buf_add(b, ht_sub(text, from, text.n));
}

void html_open(ht_buf *b, bool chinese, ht_str title, ht_str css) {
    ht_buf_printf(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  chinese ? "zh-Hans" : "en");
    ht_buf_add(b, HT_S("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<title>"));
    html_text(b, title);
    ht_buf_add(b, HT_S("</title>\n<style>\n"));
    ht_buf_add(b, css);
    ht_buf_add(b, HT_S("</style>\n</head>\n<body>\n"));
}

void html_close(ht_buf *b) {
    ht_buf_add(b, HT_S("</body>\n</html>\n"));
}
