/* 编辑｜靳小满 校对｜牛依依: a line of nothing but the names of those who made the article. */
#include "extract/page/content.h"

enum {
    MAX_NAMES = 16, /* characters of names behind a label */
    MIN_NAME = 2,
};

static bool is_colon(uint32_t c) {
    return c == ':' || c == '|' || c == '/' || c == 0x4E28 || c == 0x2223 || c == 0xA6;
}

static bool joins_names(uint32_t c) {
    return c == 0x3001 || c == ',' || c == 0xB7 || c == 0x2022 || c == '/' || c == '&';
}

/* Behind a label and its colon at `at`; `at` if there is none. */
static uint32_t label_end(const page_vocab *v, const page_feature *f, uint32_t at) {
    uint32_t node = 0, end = at;
    for (uint32_t k = at; k < f->n && (node = ht_trie_step(&v->inside, node, f->c[k])) != 0; k++) {
        uint32_t value = ht_trie_value(&v->inside, node);
        if (value != HT_TRIE_NONE && (v->inside_mask[value] & WORD_STAFF) && k + 1 < f->n &&
            is_colon(f->c[k + 1]))
            end = k + 2;
    }
    return end;
}

bool page_is_credits(const page_vocab *v, const page_feature *f) {
    uint32_t at = f->start, stop = f->n;
    while (stop > at && !ht_is_han(f->c[stop - 1]))
        stop--;
    if (at == stop || stop + 2 < f->n)
        return false;
    while (at < stop) {
        uint32_t from = label_end(v, f, at), to = from;
        if (from == at)
            return false;
        while (to < stop && (ht_is_han(f->c[to]) || joins_names(f->c[to])) &&
               (to == from || label_end(v, f, to) == to))
            to++;
        if (to - from < MIN_NAME || to - from > MAX_NAMES)
            return false;
        for (at = to; at < stop && !ht_is_han(f->c[at]) && at < to + 2;)
            at++;
    }
    return true;
}
