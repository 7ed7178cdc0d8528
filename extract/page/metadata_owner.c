/* A line that is nothing but the name of the office or medium whose page it is: a signature, a source or
 * the page's foot gives the name again. */
#include "extract/page/metadata-internal.h"

enum {
    NAME_MIN = 4,
    NAME_MAX = 20,
    NAMED_LINES = 40, /* below the name and at the page's foot that may give it again; and from the
                         page's head, or from the text, to the name */
};

/* Nothing but Han, short: it may be the name of an office or a medium. */
static bool may_name(const ht_passage *p) {
    for (uint32_t k = 0; k < p->n; k++)
        if (!ht_is_han(p->c[k])) return false;
    return p->n >= NAME_MIN && p->n <= NAME_MAX;
}

/* 某某局 2025年4月11日, 来源：某某局, 主办：某某局 地址：…: a line that gives what the page's head says
 * in `name` as the name of its author or owner. */
static bool gives_name(meta_reader *m, size_t i, const ht_passage *name) {
    const ht_block *b = &m->page->blocks[i];
    const ht_passage *p = meta_line(m, i);
    uint32_t at = 0, end;
    if (b->n_chars > SHORT_LINE) return false;
    while (at + name->n <= p->n && !ht_str_eq(ht_passage_str(p, at, at + name->n), name->text)) at++;
    if (at + name->n > p->n) return false;
    end = at + name->n;
    while (end < p->n && meta_is_blank(p->c[end])) end++;
    meta_stamp stamp;
    if (at == 0 && end < p->n && meta_stamp_at(p, end, &stamp) == p->n) return true;
    unsigned found;
    for (uint32_t k = 0; k < at; k++)
        if (meta_label(p, k, M_BIT(M_SOURCE) | M_BIT(M_OWNER), &found) == at) return true;
    return meta_word(p, end, M_BIT(M_OWNER), &end) != 0;
}

bool meta_is_owner(meta_reader *m, size_t i) {
    const ht_passage *p = meta_line(m, i);
    if ((i >= NAMED_LINES && i + NAMED_LINES < m->first) || !may_name(p)) return false;
    for (size_t k = i + 1; k < m->n; k++) {
        if (k > i + NAMED_LINES && k + NAMED_LINES < m->n) k = m->n - NAMED_LINES;
        if (gives_name(m, k, p)) return true;
    }
    return false;
}
