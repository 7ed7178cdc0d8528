#include "extract/page/content.h"

#include "extract/page/site.h"

enum {
    LINKED = 50,        /* per cent of link text above which a block weighs nothing */
    HAN_PART = 3,       /* one character in so many must be Han */
    SENTENCE_CHARS = 8, /* a sentence that is shorter weighs nothing */
};

static uint32_t weigh(const page_feature *f, const ht_block *b) {
    if (f->link_share > LINKED || f->n_han * HAN_PART < f->n)
        return 0;
    uint32_t own = f->n - f->n * f->link_share / 100;
    if (page_is_prose(f))
        return own;
    if (b->kind == HT_BLOCK_ROW)
        return own / 2;
    return f->n_stop && f->n >= SENTENCE_CHARS ? own / 2 : 0;
}

/* A page on which nothing qualifies still has its longest block. */
static void keep_longest(page_choice *x) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < x->page->n_blocks; i++) {
        if (x->page->blocks[i].keep)
            return;
        const page_feature *f = &x->features[i];
        if (x->page->blocks[i].reason && ht_str_eq(ht_str_of(x->page->blocks[i].reason), HT_S("site")))
            continue;
        if (f->n_han + f->n_latin && f->link_share <= LINKED && f->n_legal == 0 &&
            f->n_spam < 2 && f->n_tool < f->n &&
            (best == SIZE_MAX || f->n > x->features[best].n))
            best = i;
    }
    if (best != SIZE_MAX) {
        x->page->blocks[best].keep = true;
        x->page->blocks[best].reason = "longest";
    }
}

/* A record of labelled fields says which lines are its text. */
static void choose_field(page_choice *x) {
    const ht_page *page = x->page;
    if (page->n_containers < 2)
        return;
    while (x->from < x->to && !page->blocks[x->from].container)
        x->from++;
    while (x->to > x->from && !page->blocks[x->to - 1].container)
        x->to--;
}

/* Does the page offer to unfold the rest of its text? */
static bool unfolds(const page_choice *x) {
    enum { LABEL_CHARS = 20 };
    for (size_t i = 0; i < x->page->n_blocks; i++) {
        const page_feature *f = &x->features[i];
        if ((f->has & WORD_UNFOLD) && f->n <= LABEL_CHARS)
            return true;
    }
    return false;
}

/* Hidden parts are the site's, but for the folded rest of the text. */
static void drop_hidden(page_choice *x) {
    bool keep = unfolds(x);
    for (size_t i = 0; i < x->page->n_blocks && !keep; i++)
        if (x->page->blocks[i].hidden && !x->page->blocks[i].reason) {
            x->page->blocks[i].reason = "hidden";
            x->mass[i] = 0;
        }
}

void ht_page_choose(ht_arena *a, ht_page *page, const struct ht_site *site) {
    page_choice x = {.arena = a, .page = page, .vocab = page_vocab_get(), .to = page->n_blocks};
    if (!page->n_blocks)
        return;
    for (size_t i = 0; i < page->n_blocks; i++)
        page->blocks[i].reason = NULL;
    page_read_forms(a, page);
    x.features = HT_ARRAY(a, page_feature, page->n_blocks);
    x.mass = HT_ARRAY(a, uint32_t, page->n_blocks);
    x.parts = HT_ARRAY(a, page_part, page->n_containers);
    for (size_t i = 0; i < page->n_blocks; i++) {
        page_feature_make(&x.features[i], a, x.vocab, &page->blocks[i]);
        bool own = site && ht_site_has(site, x.features[i].hash);
        x.mass[i] = own ? 0 : weigh(&x.features[i], &page->blocks[i]);
        x.total += x.mass[i];
        page->blocks[i].keep = false;
        page->blocks[i].reason = own ? "site" : page->blocks[i].reason;
    }
    page_judge(&x);
    drop_hidden(&x);
    if (page->html)
        page_choose_container(&x);
    else
        choose_field(&x);
    page_clean(&x);
    for (size_t i = 0; i < page->n_blocks; i++) {
        ht_block *b = &page->blocks[i];
        if (i < x.from || i >= x.to) {
            b->reason = b->reason ? b->reason : "outside";
        } else if (!b->reason) {
            b->keep = true;
            b->reason = "text";
        }
    }
    keep_longest(&x);
}
