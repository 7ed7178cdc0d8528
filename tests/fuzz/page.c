/* Text -> blocks -> article. */
#include "extract/page/page.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    ht_arena a;
    ht_arena_init(&a, FUZZ_ARENA_BYTES);
    ht_str text = fuzz_text(&a, (ht_str){(const char *)data, n});
    char *p = ht_str_cstr(&a, text);
    for (size_t i = 0; i < text.n; i++)
        if (!p[i]) p[i] = ' '; /* decoding leaves no NUL */
    text.p = p;
    ht_page page = {0};
    ht_article article = {0};
    ht_clean_report report = {0};
    ht_trouble trouble = {0};
    if (!ht_page_split(&a, text, &page, &trouble)) {
        FUZZ_MUST(trouble.code);
        ht_arena_free(&a);
        return 0;
    }
    ht_text *texts = HT_ARRAY(&a, ht_text, page.n_blocks);
    for (size_t i = 0; i < page.n_blocks; i++) texts[i] = page.blocks[i].text;
    ht_clean(ht_cleaner_get(NULL), &a, texts, page.n_blocks,
             &(ht_clean_options){.target = HT_TO_HANS}, &report);
    for (size_t i = 0; i < page.n_blocks; i++) page.blocks[i].text = texts[i];
    ht_page_choose(&a, &page, NULL);
    ht_page_metadata(&a, &page, HT_S("http://news.example/2024-03/29/a1.html"), &article);
    ht_article_make(&a, &page, &article);
    FUZZ_MUST(ht_utf8_valid_until(article.main) == article.main.n);
    FUZZ_MUST(ht_utf8_valid_until(article.title) == article.title.n);
    FUZZ_MUST(ht_utf8_valid_until(article.publisher) == article.publisher.n);
    FUZZ_MUST(ht_utf8_valid_until(article.authors) == article.authors.n);
    for (size_t at = 0; at < article.main.n; at += article.main.n / 64 + 1) {
        ht_span s = ht_offmap_source(&article.map, at, at + 1);
        FUZZ_MUST(s.start <= s.end && s.end <= text.n);
    }
    ht_arena_free(&a);
    return 0;
}
