#include "extract/page/content.h"

#include "base/map.h"

enum {
    LABEL_CHARS = 60,       /* a counter, a promotion, a list heading is not longer */
    TAIL_CHARS = 160,       /* nor is a line about the article */
    NOTICE_CHARS = 400,     /* nor is a copyright notice */
    SHORT_CHARS = 40,
    TOOL_SHARE = 60,        /* per cent of a line that words of tools must make up */
    COUNTER_CHARS = 24,
    COUNT_DIGITS = 3,       /* in dumps a number that stands alone counts readers */
    REPEAT_CHARS = 8,       /* shorter lines may well be said twice */
    LINK_SHARE = 60,        /* per cent of link text that make a line a link */
    ALL_LINK_SHARE = 95,
    BODY_SHARE = 20,        /* and what stands before it at least this much */
    REST_SHARE = 35,        /* per cent of the mass: what follows an end mark must weigh less */
    LIST_PERIOD = 5,        /* blocks from one date of a list of articles to the next */
    MIN_LIST_DATES = 3,
    MIN_HEADLINES = 3,
    MIN_HEADLINE_CHARS = 9,
    HEAD_REACH = 12,        /* blocks at the start in which a site's own lines stand */
};

static void drop(page_choice *x, size_t i, const char *reason) {
    ht_block *b = &x->page->blocks[i];
    if (!b->reason)
        b->reason = reason;
}

static bool is_open(const page_choice *x, size_t i) {
    return !x->page->blocks[i].reason;
}

/* Why a line is no text of an article, whatever stands around it; NULL: it may be. */
static const char *judge(const page_choice *x, size_t i) {
    const page_feature *f = &x->features[i];
    const ht_block *b = &x->page->blocks[i];
    bool html = x->page->html;
    bool digits = f->n_digit > (html ? 1u : COUNT_DIGITS);
    if (f->n_han + f->n_latin == 0 && !digits && b->kind != HT_BLOCK_ROW)
        return "rule";
    if (f->remains)
        return "markup";
    if (b->furniture)
        return "sheet";
    if (f->n_spam >= 3 && f->n_stop == 0)
        return "spam";
    if ((f->begins & WORD_NAV) && f->n <= TAIL_CHARS)
        return "navigation";
    if (f->n_tool >= f->n && (f->n_tools || b->n_links || f->n_channels > 2) &&
        b->kind != HT_BLOCK_ROW)
        return "tools";
    if (f->n >= 2 * SHORT_CHARS && f->n_stop + f->n_comma == 0 && f->n_han * 2 > f->n &&
        b->kind != HT_BLOCK_ROW)
        return "navigation";
    if (f->n_legal > 1 && f->n <= NOTICE_CHARS)
        return "legal";
    if (f->n_promo && (f->n <= SHORT_CHARS || (f->n_promo > 1 && f->n <= TAIL_CHARS) ||
                       (b->n_links && f->n <= 2 * LABEL_CHARS)))
        return "promotion";
    if (((f->has | f->begins) & WORD_COUNTER) && f->n <= LABEL_CHARS && f->n_stop == 0 &&
        f->n_digit && (f->dated || f->n <= COUNTER_CHARS))
        return "counter";
    if ((f->begins & WORD_TAIL) && f->n <= TAIL_CHARS)
        return "tail";
    if (f->n <= TAIL_CHARS && f->n_stop == 0 && page_is_credits(x->vocab, f))
        return "byline";
    if (f->date_only && b->kind != HT_BLOCK_ROW)
        return "date";
    if (f->dated && f->n <= TAIL_CHARS && ((f->begins | f->has) & WORD_BYLINE) && f->n_stop == 0)
        return "byline";
    if (f->n_tools > 1 && !f->dated && f->n_stop == 0 && f->n <= LABEL_CHARS &&
        f->n_tool * 100 >= f->n * TOOL_SHARE && b->kind != HT_BLOCK_ROW)
        return "tools";
    if (f->link_share >= LINK_SHARE && b->kind != HT_BLOCK_HEADING &&
        (f->n <= LABEL_CHARS || f->n_stop == 0 || f->link_share >= ALL_LINK_SHARE))
        return "links";
    return NULL;
}

/* An advertisement and its label: in a dump the next line, if it is none of the article's. */
static void drop_adverts(page_choice *x) {
    for (size_t i = x->from; i < x->to; i++) {
        if (!(x->features[i].is & WORD_ADVERT))
            continue;
        drop(x, i, "promotion");
        const page_feature *f = i + 1 < x->to ? &x->features[i + 1] : NULL;
        if (f && !x->page->html && f->n <= SHORT_CHARS && f->n_comma && !f->stopped)
            drop(x, i + 1, "promotion");
    }
}

/* One legal word alone may be the article's subject; ahead of all prose and behind it it is not. */
static void drop_notices(page_choice *x) {
    size_t first = x->to, last = x->from;
    for (size_t i = x->from; i < x->to; i++) {
        if (!is_open(x, i) || x->features[i].n_legal || !page_is_prose(&x->features[i]))
            continue;
        if (first == x->to)
            first = i;
        last = i;
    }
    for (size_t i = x->from; i < x->to; i++) {
        const page_feature *f = &x->features[i];
        if ((i < first || i > last) && f->n_legal && f->n_stop <= 2 && f->n <= TAIL_CHARS)
            drop(x, i, "legal");
    }
}

/* sums[i - from] is the mass of the blocks of [from, i) that are still open. */
static uint64_t *mass_sums(const page_choice *x) {
    uint64_t *sums = HT_ARRAY(x->arena, uint64_t, x->to - x->from + 1);
    for (size_t i = x->from; i < x->to; i++)
        sums[i + 1 - x->from] = sums[i - x->from] + (is_open(x, i) ? x->mass[i] : 0);
    return sums;
}

/* A list under a foreign heading ends where prose begins again that is no snippet. */
static size_t list_end(const page_choice *x, size_t i, size_t to) {
    size_t k = i + 1;
    while (k < to && (!page_is_prose(&x->features[k]) || x->features[k].link_share >= LINK_SHARE ||
                      (x->page->blocks[k].kind == HT_BLOCK_ROW && x->page->blocks[k].n_links)))
        k++;
    return k;
}

/* What a block says of the blocks behind it: WORD_SECTION, WORD_END or nothing. */
static unsigned opens(const page_feature *f) {
    unsigned says = f->begins | f->is;
    if (f->n <= LABEL_CHARS)
        says |= f->has & WORD_END;
    if (f->n > TAIL_CHARS)
        return 0;
    if (says & WORD_END)
        return WORD_END;
    return f->n_stop == 0 ? says & WORD_SECTION : 0;
}

static void drop_sections(page_choice *x, unsigned what) {
    const uint64_t *sums = mass_sums(x);
    for (size_t i = x->from; i < x->to; i++) {
        if (opens(&x->features[i]) != what || (what == WORD_SECTION && !is_open(x, i)))
            continue;
        size_t end = x->page->html && what == WORD_SECTION ? page_section_end(x, i) : x->to;
        uint64_t rest = sums[end - x->from] - sums[i + 1 - x->from];
        if (what == WORD_END && rest && !sums[i - x->from]) { /* a masthead names its editors, too */
            drop(x, i, "tail");
            continue;
        }
        bool last = end == x->to && (what == WORD_END || !x->page->html);
        if (rest * 100 > x->total * REST_SHARE &&
            !(last && sums[i - x->from] * 100 >= x->total * BODY_SHARE))
            end = x->page->html ? list_end(x, i, end) : i + 1;
        for (size_t k = i; k < end; k++)
            x->page->blocks[k].reason = what == WORD_END ? "tail" : "related";
        i = end - 1;
    }
}

static bool is_list_date(const page_choice *x, size_t i) {
    const page_feature *f = &x->features[i];
    const ht_block *b = &x->page->blocks[i];
    if (b->kind == HT_BLOCK_ROW || (b->reason && ht_str_eq(ht_str_of(b->reason), HT_S("tail"))) ||
        (b->reason && ht_str_eq(ht_str_of(b->reason), HT_S("related"))))
        return false;
    return f->date_only || (f->dated && f->n <= SHORT_CHARS && f->n_stop == 0);
}

/* The headline above the date in block i, over a snippet; i when there is none. */
static size_t headline_of(const page_choice *x, size_t i, size_t body) {
    for (size_t back = 1; back < LIST_PERIOD && i > body + back; back++)
        if (x->page->blocks[i - back].kind == HT_BLOCK_LIST_ITEM)
            return i - back;
    for (size_t back = 1; back < LIST_PERIOD && i > body + back; back++) {
        const page_feature *f = &x->features[i - back];
        if (!page_is_prose(f) && f->n <= LABEL_CHARS && !f->stopped)
            return i - back;
    }
    return i;
}

/* In dumps a list of other articles comes without a heading: headline, snippet, date, again and
 * again. Its dates betray it. */
static void drop_dated_list(page_choice *x, size_t body) {
    size_t first = SIZE_MAX, last = 0, count = 0;
    for (size_t i = body + 1; i < x->to; i++) {
        if (!is_list_date(x, i))
            continue;
        if (first == SIZE_MAX || i > last + LIST_PERIOD) {
            first = i;
            count = 0;
        }
        last = i;
        count++;
    }
    if (count < MIN_LIST_DATES)
        return;
    size_t start = headline_of(x, first, body);
    if (mass_sums(x)[start - x->from] * 100 < x->total * REST_SHARE / 2)
        return;
    for (size_t i = start; i < x->to; i++)
        drop(x, i, "related");
}

/* The first block of the article's own prose. */
static size_t body_start(const page_choice *x) {
    for (size_t i = x->from; i < x->to; i++)
        if (is_open(x, i) && page_is_prose(&x->features[i]) &&
            x->page->blocks[i].kind != HT_BLOCK_CAPTION)
            return i;
    return x->to;
}

/* What stands before the last line of the site's own, ahead of the text, is the site's; but for
 * the words under a picture below the headline. */
static void drop_head(page_choice *x, size_t body) {
    size_t last = SIZE_MAX;
    for (size_t i = x->from; i < body; i++) {
        const char *r = x->page->blocks[i].reason;
        bool own = r && *r != 'm' && r[0] != 'r';
        if (x->page->html && own && i > x->from + HEAD_REACH)
            own = false;
        if (own)
            last = i;
    }
    for (size_t i = x->from; last != SIZE_MAX && i < last; i++)
        if (i < x->headline || x->page->blocks[i].kind != HT_BLOCK_CAPTION)
            drop(x, i, "head");
}

/* A subheading may return, a caption or a paragraph does not. Pictures bring their words twice. */
static void drop_repeats(page_choice *x) {
    ht_map seen;
    ht_map_init(&seen, x->arena);
    uint32_t n_prose = 0; /* blocks of prose so far, + 1 */
    for (size_t i = x->from; i < x->to; i++) {
        const page_feature *f = &x->features[i];
        const ht_block *b = &x->page->blocks[i];
        if (!is_open(x, i) || b->kind == HT_BLOCK_ROW)
            continue;
        bool prose = page_is_prose(f);
        bool caption = b->kind == HT_BLOCK_CAPTION || ((f->ends | f->begins) & WORD_PHOTO);
        uint32_t *at = ht_map_put(&seen, (ht_str){(const char *)f->c, f->n * sizeof *f->c});
        if (*at && (caption || (prose && f->n >= SHORT_CHARS && f->n_han * 2 > f->n) ||
                    (*at == n_prose + 1 && f->n >= REPEAT_CHARS)))
            drop(x, i, "repeat");
        n_prose += prose && f->n >= SHORT_CHARS;
        *at = n_prose + 1;
    }
}

/* May be the title of another article: no sentence, no field with a colon, no name of an author. */
static bool is_headline(const page_feature *f, const ht_block *b) {
    return f->n >= MIN_HEADLINE_CHARS && f->n <= SHORT_CHARS && f->n_stop == 0 && !f->stopped &&
           f->n_comma == 0 && f->n_han * 2 > f->n && b->kind != HT_BLOCK_ROW &&
           b->kind != HT_BLOCK_CAPTION && f->start == 0 &&
           !((f->begins | f->ends | f->has) & (WORD_PHOTO | WORD_REPORTER));
}

/* Behind the last prose: lines with links or dates, and headlines in a row, are lists. */
static void drop_tail(page_choice *x) {
    size_t last = x->to;
    while (last > x->from && !(is_open(x, last - 1) && page_is_prose(&x->features[last - 1])))
        last--;
    if (last == x->from)
        return;
    size_t headlines = 0;
    for (size_t i = last; i < x->to; i++)
        headlines += is_open(x, i) && is_headline(&x->features[i], &x->page->blocks[i]);
    for (size_t i = last; i < x->to; i++) {
        const page_feature *f = &x->features[i];
        const ht_block *b = &x->page->blocks[i];
        if (b->kind == HT_BLOCK_ROW || b->kind == HT_BLOCK_CAPTION)
            continue;
        if (headlines >= MIN_HEADLINES && is_headline(f, b))
            drop(x, i, "related");
        else if (b->n_links && f->n_stop == 0)
            drop(x, i, "links");
        else if (f->dated && b->kind == HT_BLOCK_LIST_ITEM)
            drop(x, i, "related");
    }
}

static bool is_label(const page_feature *f, const ht_block *b) {
    return f->n <= 2 * LABEL_CHARS / 5 && f->n_stop == 0 && !f->full_date && b->kind != HT_BLOCK_ROW &&
           b->kind != HT_BLOCK_CAPTION;
}

/* May a label head a block that was dropped for this? */
static bool is_list_part(const char *reason) {
    static const char *const parts[] = {"links", "tools", "promotion", "related", "label"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (ht_str_eq(ht_str_of(reason), ht_str_of(parts[i])))
            return true;
    return false;
}

/* 注：… below a row. */
static bool is_note(const page_choice *x, size_t i) {
    return i > x->from && (x->features[i].begins & WORD_NOTE) &&
           x->page->blocks[i - 1].kind == HT_BLOCK_ROW;
}

/* A label whose list of links went, and that no prose follows, goes with it. */
static void drop_labels(page_choice *x) {
    bool links = false, prose = false; /* what follows: links at once, prose before any label */
    for (size_t i = x->to; i > x->from; i--) {
        const ht_block *b = &x->page->blocks[i - 1];
        const page_feature *f = &x->features[i - 1];
        if (!is_open(x, i - 1)) {
            links |= is_list_part(b->reason);
            continue;
        }
        if (links && !prose && is_label(f, b) && !is_note(x, i - 1))
            drop(x, i - 1, "label");
        else
            prose = !is_label(f, b);
        links = false;
    }
}

void page_judge(page_choice *x) {
    for (size_t i = 0; i < x->page->n_blocks; i++) {
        const char *reason = x->features[i].full_date ? NULL : judge(x, i);
        if (!reason)
            continue;
        drop(x, i, reason);
        x->mass[i] = 0;
    }
}

/* A day that stands alone signs a statement; ahead of all prose it dates the page. */
static void drop_dates(page_choice *x) {
    for (size_t i = x->from; i < x->to; i++) {
        if (is_open(x, i) && page_is_prose(&x->features[i]))
            return;
        if (x->features[i].full_date)
            drop(x, i, "date");
    }
}

void page_clean(page_choice *x) {
    drop_dates(x);
    drop_adverts(x);
    if (!x->page->html)
        page_choose_message(x);
    if (!x->page->html)
        page_weigh_lines(x);
    if (x->page->html)
        drop_head(x, body_start(x));
    drop_sections(x, WORD_END);
    drop_sections(x, WORD_SECTION);
    if (!x->page->html) {
        drop_dated_list(x, body_start(x));
        page_choose_segment(x);
    }
    drop_repeats(x);
    drop_notices(x);
    drop_tail(x);
    drop_labels(x);
}
