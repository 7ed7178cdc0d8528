#include "extract/page/page.h"

#include "base/utf8.h"
#include "extract/page/split.h"
#include "extract/page/vocab.h"

enum { TITLE_REACH = 12 }; /* blocks at the article's start in which its title may stand again */

static ht_para_kind kind_of(const ht_block *b) {
    switch (b->kind) {
    case HT_BLOCK_HEADING:
        return HT_PARA_HEADING;
    case HT_BLOCK_CAPTION:
        return HT_PARA_CAPTION;
    case HT_BLOCK_ROW:
        return HT_PARA_ROW;
    case HT_BLOCK_TEXT:
    case HT_BLOCK_LIST_ITEM:
        break;
    }
    return HT_PARA_BODY;
}

static size_t next_folded(ht_str s, size_t at, uint32_t *c) {
    *c = 0;
    while (at < s.n) {
        *c = page_fold(ht_utf8_next(s, &at));
        if (!page_is_blank(*c))
            break;
        *c = 0;
    }
    return at;
}

static bool same_words(ht_str a, ht_str b) {
    size_t i = 0, k = 0;
    uint32_t x, y;
    do {
        i = next_folded(a, i, &x);
        k = next_folded(b, k, &y);
    } while (x == y && x);
    return x == y;
}

/* The title stands in some block; its letters lead back to the source through that one. */
static void add_title_map(ht_offmap *map, const ht_page *page, ht_str title) {
    if (!title.n)
        return;
    for (size_t i = 0; i < page->n_blocks; i++) {
        const ht_text *t = &page->blocks[i].text;
        size_t at = ht_str_find(t->text, title, 0);
        if (at != SIZE_MAX) {
            ht_offmap_append_part(map, &t->map, at, at + title.n);
            return;
        }
    }
    ht_offmap_add(map, title.n, 0, 0);
}

static uint32_t count_chars(ht_str s) {
    uint32_t n = 0;
    for (size_t at = 0; at < s.n;)
        n += !page_is_blank(ht_utf8_next(s, &at));
    return n;
}

void ht_article_make(ht_arena *a, const ht_page *page, ht_article *article) {
    ht_buf main;
    ht_buf_init(&main, a);
    size_t cap = 0, seen = 0;
    article->kinds = NULL;
    article->n_lines = 0;
    ht_offmap_init(&article->map, a);
    ht_buf_add(&main, article->title);
    add_title_map(&article->map, page, article->title);
    *HT_PUSH(a, article->kinds, article->n_lines, cap) = HT_PARA_TITLE;
    for (size_t i = 0; i < page->n_blocks; i++) {
        const ht_block *b = &page->blocks[i];
        if (!b->keep || !b->text.text.n)
            continue;
        if (seen++ < TITLE_REACH && same_words(b->text.text, article->title))
            continue;
        size_t from = b->text.map.n ? b->text.map.runs[0].in : 0;
        ht_buf_byte(&main, '\n');
        ht_offmap_add(&article->map, 1, from, 0);
        ht_buf_add(&main, b->text.text);
        ht_offmap_append(&article->map, &b->text.map);
        *HT_PUSH(a, article->kinds, article->n_lines, cap) = kind_of(b);
    }
    article->main = ht_buf_str(&main);
    article->main_chars = count_chars(article->main);
}

ht_str ht_article_field(const ht_article *article, ht_field field) {
    const ht_str *values[] = {
        [HT_FIELD_TITLE] = &article->title,
        [HT_FIELD_PUBLISHED] = &article->published,
        [HT_FIELD_PUBLISHER] = &article->publisher,
        [HT_FIELD_AUTHORS] = &article->authors,
        [HT_FIELD_PHOTOGRAPHERS] = &article->photographers,
        [HT_FIELD_EDITOR] = &article->editor,
        [HT_FIELD_DATELINE_PLACE] = &article->dateline_place,
        [HT_FIELD_DATELINE_DATE] = &article->dateline_date,
        [HT_FIELD_URL] = &article->url,
    };
    return *values[field];
}
