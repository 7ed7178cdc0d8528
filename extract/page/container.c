#include "extract/page/content.h"


enum {
    DESCEND_SHARE = 65,     /* per cent of the mass that make a part stand for the whole */
    DESCEND_BODY_SHARE = 45, /* the same for a part whose name says that it is the article */
    ONLY_SHARE = 92,        /* beyond it, siblings of the same kind are not looked at */
    FOREIGN_SHARE = 70,     /* a part with more of the text is not foreign, whatever its name */
    DENSEST_LEAD = 2,
    OUTER_SHARE = 15,       /* per cent of the densest element's text that an outer one adds */
    COMMENT_SHARE = 80,
    AROUND_MASS = 6,        /* of what is behind the headline, the least that is an article: one sentence */
    AROUND_SHARE = 10,      /* and per cent of all behind it */
    ABSTRACT_CHARS = 400,
    ABSTRACT_RUN = 6,
    ABSTRACT_REACH = 100,   /* blocks of the article that are compared */
    BEFORE_WEIGHT = 8,      /* what stands before the headline weighs less */
    MIXED_SHARE = 20,       /* the same for a part with names of both kinds */
};

static bool ends_descent(ht_str tag) {
    static const char *const tags[] = {"p",  "h1", "h2", "h3", "h4",         "h5",    "h6",
                                       "li", "dd", "dt", "ul", "blockquote", "figure"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (ht_str_eq(tag, ht_str_of(tags[i])))
            return true;
    return false;
}

static void gather(page_choice *x, bool weighed) {
    ht_page *page = x->page;
    for (size_t c = 0; c < page->n_containers; c++) {
        x->parts[c].first = SIZE_MAX;
        x->parts[c].end = 0;
        x->parts[c].mass = 0;
    }
    for (size_t i = 0; i < page->n_blocks; i++) {
        page_part *p = &x->parts[page->blocks[i].container];
        if (i < p->first)
            p->first = i;
        p->end = i + 1;
        if (!weighed || !p->foreign)
            p->mass += x->mass[i];
    }
    for (size_t c = page->n_containers - 1; c > 0; c--) {
        page_part *p = &x->parts[c], *parent = &x->parts[page->containers[c].parent];
        if (p->first < parent->first)
            parent->first = p->first;
        if (p->end > parent->end)
            parent->end = p->end;
        parent->mass += p->mass;
    }
    for (size_t c = 0; c < page->n_containers; c++)
        if (x->parts[c].end == 0)
            x->parts[c].first = 0;
}

static void mark_foreign(page_choice *x) {
    ht_page *page = x->page;
    uint64_t all = x->parts[0].mass;
    for (size_t c = 1; c < page->n_containers; c++) {
        page_part *p = &x->parts[c];
        p->names = page_names(x->vocab, page->containers[c].names) |
                   page_names(x->vocab, page->containers[c].tag);
        unsigned share = (p->names & NAME_COMMENT) ? COMMENT_SHARE
                         : (p->names & NAME_BODY)  ? MIXED_SHARE
                                                   : FOREIGN_SHARE;
        bool own = (p->names & NAME_FOREIGN) && p->mass * 100 <= all * share;
        p->foreign = own || x->parts[page->containers[c].parent].foreign;
    }
}

/* Text that lies beside the heaviest child in elements of its very kind. */
static bool has_twins(const page_choice *x, const uint32_t *children, size_t n, uint32_t best) {
    const ht_container *b = &x->page->containers[best];
    for (size_t i = 0; i < n; i++) {
        const ht_container *c = &x->page->containers[children[i]];
        if (children[i] != best && x->parts[children[i]].mass > 0 && ht_str_eq(c->tag, b->tag) &&
            ht_str_eq(c->names, b->names))
            return true;
    }
    return false;
}

/* Paragraphs of an article stand side by side in one element; snippets and comments stand each in
 * an element of its own. If one element under `at` holds far more paragraphs of its own than any
 * other, it is the article. */
static uint32_t densest(const page_choice *x, uint32_t at) {
    const ht_page *page = x->page;
    uint32_t *holder = HT_ARRAY(x->arena, uint32_t, page->n_containers);
    uint64_t *own = HT_ARRAY(x->arena, uint64_t, page->n_containers);
    for (uint32_t c = 0; c < page->n_containers; c++) {
        bool single = x->parts[c].end - x->parts[c].first <= 1;
        bool holds = c == 0 || !(single || ends_descent(page->containers[c].tag));
        holder[c] = holds ? c : holder[page->containers[c].parent];
    }
    for (size_t i = x->parts[at].first; i < x->parts[at].end; i++)
        if (!x->parts[page->blocks[i].container].foreign)
            own[holder[page->blocks[i].container]] += x->mass[i];
    uint32_t best = at;
    uint64_t second = 0;
    for (uint32_t c = 0; c < page->n_containers; c++)
        if (own[c] > own[best])
            best = c;
    for (uint32_t c = 0; c < page->n_containers; c++)
        if (c != best && own[c] > second)
            second = own[c];
    if (own[best] < DENSEST_LEAD * second)
        return at;
    uint32_t root = best;
    for (uint32_t c = best; c != at && c; c = page->containers[c].parent) {
        uint32_t parent = page->containers[c].parent;
        if (own[parent] * 100 >= own[best] * OUTER_SHARE)
            root = parent;
    }
    return root;
}

/* The smallest element around the headline that holds enough of the text behind it. */
static uint32_t around_headline(const page_choice *x, size_t headline) {
    const ht_page *page = x->page;
    uint64_t *sums = HT_ARRAY(x->arena, uint64_t, page->n_blocks + 1);
    for (size_t i = 0; i < page->n_blocks; i++)
        sums[i + 1] = sums[i] + (x->parts[page->blocks[i].container].foreign ? 0 : x->mass[i]);
    uint64_t all = sums[page->n_blocks] - sums[headline];
    uint32_t c = page->blocks[headline].container;
    for (; c; c = page->containers[c].parent) {
        uint64_t mass = sums[x->parts[c].end] - sums[headline];
        if (mass >= AROUND_MASS && mass * 100 >= all * AROUND_SHARE)
            break;
    }
    return c;
}

/* Lists weigh nothing, unless all that follows the headline is one: a thread, a live report. */
static void discount(page_choice *x, size_t headline) {
    const ht_page *page = x->page;
    size_t from = headline < page->n_blocks ? headline : 0;
    uint64_t rest = 0;
    for (size_t i = from; i < page->n_blocks; i++)
        if (!x->parts[page->blocks[i].container].listed && !x->features[i].n_legal)
            rest += x->mass[i];
    if (rest < AROUND_MASS)
        page_spare_series(x, from);
    for (size_t i = 0; i < page->n_blocks; i++) {
        if (x->parts[page->blocks[i].container].listed)
            x->mass[i] = 0;
        else if (i < from)
            x->mass[i] /= BEFORE_WEIGHT;
    }
}

/* Does the article say most of block i again? Half of its runs of letters, in steps. */
static bool is_abstract(const page_choice *x, size_t i) {
    const page_feature *f = &x->features[i];
    size_t n = 0, n_again = 0, to = x->from + ABSTRACT_REACH < x->to ? x->from + ABSTRACT_REACH : x->to;
    if (f->n > ABSTRACT_CHARS)
        return false;
    for (uint32_t at = 0; at + ABSTRACT_RUN <= f->n; at += ABSTRACT_RUN / 2, n++)
        for (size_t k = x->from; k < to; k++)
            if (page_holds(&x->features[k], f->c + at, ABSTRACT_RUN)) {
                n_again++;
                break;
            }
    return n && n_again * 2 >= n;
}

void page_choose_container(page_choice *x) {
    ht_page *page = x->page;
    /* Children of c are child[c], next[child[c]], ... */
    uint32_t *child = HT_ARRAY(x->arena, uint32_t, page->n_containers);
    uint32_t *next = HT_ARRAY(x->arena, uint32_t, page->n_containers);
    uint32_t *list = HT_ARRAY(x->arena, uint32_t, page->n_containers);
    for (size_t c = page->n_containers - 1; c > 0; c--) {
        next[c] = child[page->containers[c].parent];
        child[page->containers[c].parent] = (uint32_t)c;
    }
    gather(x, false);
    size_t headline = x->headline = page_headline(x);
    page_mark_series(x, child, next);
    discount(x, headline);
    gather(x, false);
    mark_foreign(x);
    gather(x, true);
    if (x->parts[0].mass == 0) {
        for (size_t c = 0; c < page->n_containers; c++)
            x->parts[c].foreign = false;
        gather(x, false);
    }
    uint32_t at = headline < page->n_blocks ? around_headline(x, headline) : 0;
    for (;;) {
        uint32_t best = 0;
        size_t n = 0;
        for (uint32_t c = child[at]; c; c = next[c]) {
            list[n++] = c;
            if (!best || x->parts[c].mass > x->parts[best].mass)
                best = c;
        }
        if (!best || ends_descent(page->containers[best].tag))
            break;
        uint64_t mass = x->parts[best].mass * 100, whole = x->parts[at].mass;
        unsigned need = (x->parts[best].names & NAME_BODY) ? DESCEND_BODY_SHARE : DESCEND_SHARE;
        if (!whole || mass < whole * need ||
            (mass < whole * ONLY_SHARE && has_twins(x, list, n, best)))
            break;
        at = best;
    }
    at = densest(x, at);
    x->root = at;
    x->from = x->parts[at].first;
    x->to = x->parts[at].end;
    x->total = x->parts[at].mass;
    /* A lead may stand in a box of its own below the headline. */
    for (size_t i = headline + 1; i < x->from; i++)
        if (x->mass[i] && !x->parts[page->blocks[i].container].foreign && !is_abstract(x, i))
            x->from = i;
    for (size_t i = x->from; i < x->to; i++) {
        const page_part *p = &x->parts[page->blocks[i].container];
        if (p->foreign || p->listed)
            page->blocks[i].reason = p->foreign ? "foreign" : "related";
    }
}

size_t page_section_end(const page_choice *x, size_t i) {
    const ht_page *page = x->page;
    uint32_t c = page->blocks[i].container;
    if (c == x->root)
        return x->to;
    while (page->containers[c].parent != x->root && c &&
           x->parts[page->containers[c].parent].first == i)
        c = page->containers[c].parent;
    /* A heading that is an element of its own speaks for what follows beside it. */
    if (x->parts[c].end == i + 1)
        return x->parts[page->containers[c].parent].end;
    return x->parts[c].end;
}
