#include "base/table.h"
#include "review/api.h"

#include <string.h>

HT_TABLE(review_page, "review.html");
HT_TABLE(review_css, "review.css");
HT_TABLE(review_js, "review.js");
HT_TABLE(review_words, "review-words.tsv");

/* ID, English, Chinese a line -> {"ID":["English","Chinese"],…} */
static ht_str words_json(ht_arena *a) {
    ht_str rest = {(const char *)ht_table_review_words, HT_TABLE_SIZE(review_words)}, line;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_byte(&b, '{');
    while (ht_str_split(&rest, '\n', &line)) {
        ht_str id, english, chinese;
        if (!line.n || line.p[0] == '#') continue;
        if (!ht_str_split(&line, '\t', &id) || !ht_str_split(&line, '\t', &english) ||
            !ht_str_split(&line, '\t', &chinese))
            continue;
        review_put_name(&b, ht_str_cstr(a, id));
        ht_buf_add(&b, HT_S("{"));
        review_put_text(&b, "en", english);
        review_put_text(&b, "zh", chinese);
        ht_buf_add(&b, HT_S("}"));
    }
    ht_buf_byte(&b, '}');
    return ht_buf_str(&b);
}

bool review_asset(ht_arena *a, const char *route, review_answer *answer) {
    static const struct {
        const char *route, *type;
        const unsigned char *from, *to;
    } files[] = {
        {"", "text/html; charset=utf-8", ht_table_review_page, ht_table_review_page_end},
        {"review.css", "text/css; charset=utf-8", ht_table_review_css, ht_table_review_css_end},
        {"review.js", "text/javascript; charset=utf-8", ht_table_review_js,
         ht_table_review_js_end},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(route, files[i].route) == 0) {
            *answer = (review_answer){
                200, files[i].type,
                {(const char *)files[i].from, (size_t)(files[i].to - files[i].from)}};
            return true;
        }
    if (strcmp(route, "words.json") != 0) return false;
    *answer = (review_answer){200, "application/json; charset=utf-8", words_json(a)};
    return true;
}
