/* Lists of other articles and readers' comments: elements of one kind in a row, each with a linked
 * title, or with a line of date and counters beside its text. However much text they hold, it is
 * not the article's, unless the page has nothing else. */
#include "extract/page/content.h"

enum {
    MIN_MEMBERS = 3,
    MEMBER_SHARE = 60,  /* per cent of the elements in the row that must be entries of a list */
    LINKED = 80,        /* per cent of link text: a linked title */
    TITLE_CHARS = 6,
    STAMP_CHARS = 40,   /* a line of date and counters is not longer */
    LEADER = 2,         /* times as long as the average of the others: what they reply to */
};

static bool is_linked_title(const page_feature *f) {
    return f->link_share >= LINKED && f->n >= TITLE_CHARS && f->n <= 2 * STAMP_CHARS;
}

static bool is_stamp(const page_feature *f) {
    return f->n <= STAMP_CHARS && f->n_stop == 0 &&
           (f->dated || f->date_only || ((f->has | f->begins | f->ends) & WORD_COUNTER));
}

/* An item of a list that begins as a headline does, with words below it. */
static bool is_teaser(const page_choice *x, uint32_t c) {
    const page_part *p = &x->parts[c];
    const page_feature *f = &x->features[p->first];
    return ht_str_eq(x->page->containers[c].tag, HT_S("li")) && p->end == p->first + 2 &&
           f->n >= TITLE_CHARS && f->n <= STAMP_CHARS && f->n_stop == 0 &&
           page_is_prose(&x->features[p->first + 1]);
}

/* More than one block, one of which marks it as an entry. */
static bool is_entry(const page_choice *x, uint32_t c) {
    const page_part *p = &x->parts[c];
    if (p->end < p->first + 2)
        return false;
    if (is_teaser(x, c))
        return true;
    for (size_t i = p->first; i < p->end; i++)
        if (x->page->blocks[i].kind != HT_BLOCK_ROW &&
            (is_linked_title(&x->features[i]) || is_stamp(&x->features[i])))
            return true;
    return false;
}

static bool has_digit(ht_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return true;
    return false;
}

/* The next name that is no number of the element's own (post-1712). */
static bool next_name(ht_str *rest, ht_str *name) {
    while (ht_str_split(rest, ' ', name))
        if (name->n && !has_digit(*name))
            return true;
    return false;
}

static bool same_kind(const ht_container *a, const ht_container *b) {
    ht_str x = a->names, y = b->names, p, q;
    if (!ht_str_eq(a->tag, b->tag))
        return false;
    for (;;) {
        bool more = next_name(&x, &p), other = next_name(&y, &q);
        if (!more || !other)
            return more == other;
        if (!ht_str_eq(p, q))
            return false;
    }
}

static void mark_series(page_choice *x, const uint32_t *next, uint32_t first) {
    const ht_container *kind = &x->page->containers[first];
    size_t n = 0, n_entries = 0;
    for (uint32_t c = first; c; c = next[c]) {
        if (x->parts[c].end == x->parts[c].first || !same_kind(kind, &x->page->containers[c]))
            continue;
        n++;
        n_entries += is_entry(x, c);
    }
    if (n_entries < MIN_MEMBERS || n_entries * 100 < n * MEMBER_SHARE)
        return;
    for (uint32_t c = first; c; c = next[c])
        if (same_kind(kind, &x->page->containers[c]))
            x->parts[c].listed = true;
}

void page_mark_series(page_choice *x, const uint32_t *child, const uint32_t *next) {
    ht_page *page = x->page;
    enum { KINDS = 8 }; /* of elements under one parent that are looked at */
    for (uint32_t at = 0; at < page->n_containers; at++) {
        uint32_t kinds[KINDS];
        size_t n_kinds = 0;
        for (uint32_t c = child[at]; c && n_kinds < KINDS; c = next[c]) {
            size_t k = 0;
            if (x->parts[c].end < x->parts[c].first + 2)
                continue;
            while (k < n_kinds && !same_kind(&page->containers[kinds[k]], &page->containers[c]))
                k++;
            if (k < n_kinds)
                continue;
            kinds[n_kinds++] = c;
            mark_series(x, next, c);
        }
    }
    for (uint32_t c = 1; c < page->n_containers; c++)
        x->parts[c].listed |= x->parts[page->containers[c].parent].listed;
}

static uint64_t mass_of(const page_choice *x, const page_part *p) {
    uint64_t mass = 0;
    for (size_t i = p->first; i < p->end; i++)
        mass += x->mass[i];
    return mass;
}

/* Is c an entry itself, and not something in one? */
static bool is_member(const page_choice *x, uint32_t c) {
    return c && x->parts[c].listed && !x->parts[x->page->containers[c].parent].listed;
}

static void spare(page_choice *x, uint32_t entry) {
    x->parts[entry].listed = false;
    for (uint32_t c = entry + 1;
         c < x->page->n_containers && x->page->containers[c].parent >= entry; c++)
        x->parts[c].listed = false;
}

void page_spare_series(page_choice *x, size_t from) {
    const ht_page *page = x->page;
    uint32_t first = 0;
    for (uint32_t c = 1; c < page->n_containers && !first; c++)
        if (is_member(x, c) && x->parts[c].end > from && mass_of(x, &x->parts[c]))
            first = c;
    if (!first)
        return;
    uint64_t own = mass_of(x, &x->parts[first]), others = 0;
    size_t n = 0;
    for (uint32_t c = first + 1; c < page->n_containers; c++)
        if (is_member(x, c) && page->containers[c].parent == page->containers[first].parent) {
            others += mass_of(x, &x->parts[c]);
            n++;
        }
    bool leads = own * n >= LEADER * others;
    for (uint32_t c = (uint32_t)page->n_containers - 1; c > first; c--)
        if (!leads && is_member(x, c) &&
            page->containers[c].parent == page->containers[first].parent)
            spare(x, c);
    spare(x, first);
}
