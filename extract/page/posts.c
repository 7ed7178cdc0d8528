/* Two shapes in which an article is one message of several: the export of a chat, 2018-06-23 06:31
 * and a name above each message, and the form of an office's mailbox, a table of labels and values. */
#include "extract/page/content.h"
#include "extract/page/plain.h"

#include <string.h>

enum {
    MIN_HEADS = 4,      /* messages of a chat */
    HEAD_CHARS = 40,
    HEAD_NAME = 24,     /* letters of the name */
    STAMP_DIGITS = 10,
    LEAD = 2,           /* times as heavy as any other message */
    MIN_LABELLED = 3,   /* rows of a form */
    LABEL_BYTES = 40,
};

static bool is_digit(uint32_t c) {
    return c - '0' < 10u;
}

/* A day and a time, and a name before or behind them. */
static bool is_head(const page_feature *f) {
    if (!f->dated || f->n > HEAD_CHARS || f->n_stop || f->n_digit < STAMP_DIGITS ||
        (f->begins & (WORD_BYLINE | WORD_TAIL)) || (f->has & WORD_BYLINE))
        return false;
    uint32_t letters = f->n_han + f->n_latin, colons = 0;
    for (uint32_t i = 0; i < f->n; i++)
        colons += f->c[i] == ':';
    return colons && letters && letters <= HEAD_NAME &&
           (is_digit(f->c[0]) || is_digit(f->c[f->n - 1]));
}

void page_choose_message(page_choice *x) {
    size_t n_heads = 0, best = 0, best_end = 0, start = x->from;
    uint64_t most = 0, second = 0, mass = 0;
    for (size_t i = x->from; i <= x->to; i++) {
        bool head = i < x->to && is_head(&x->features[i]);
        n_heads += head;
        if (!head && i < x->to) {
            mass += x->mass[i];
            continue;
        }
        if (mass > most) {
            second = most;
            most = mass;
            best = start;
            best_end = i;
        } else if (mass > second) {
            second = mass;
        }
        start = i + 1;
        mass = 0;
    }
    if (n_heads < MIN_HEADS || best == x->from || most < LEAD * second)
        return;
    for (size_t i = x->from; i < x->to; i++) {
        if (i >= best && i < best_end)
            continue;
        x->page->blocks[i].reason = "related";
        x->mass[i] = 0;
    }
}

/* The label in the first cell of a row, folded, and where its value begins; 0: none. */
static size_t label_of(ht_arena *a, ht_str row, bool *body) {
    size_t tab = ht_str_find(row, HT_S("\t"), 0);
    if (tab == SIZE_MAX || !tab || tab > LABEL_BYTES)
        return 0;
    ht_buf label;
    ht_buf_init(&label, a);
    uint32_t n;
    const uint32_t *c = page_letters(a, ht_sub(row, 0, tab), &n);
    while (n && (c[n - 1] == ':' || c[n - 1] == 0x3000))
        n--;
    for (uint32_t i = 0; i < n; i++)
        ht_buf_char(&label, c[i]);
    return page_field_is(ht_buf_str(&label), body) ? tab + 1 : 0;
}

static void cut_label(ht_arena *a, ht_block *b, size_t from) {
    ht_text value;
    ht_offmap_init(&value.map, a);
    ht_offmap_append_part(&value.map, &b->text.map, from, b->text.text.n);
    value.text = ht_sub(b->text.text, from, b->text.text.n);
    b->text = value;
    b->kind = HT_BLOCK_TEXT;
}

void page_read_forms(ht_arena *a, ht_page *page) {
    size_t n_labelled = 0, n_body = 0;
    bool body;
    for (size_t i = 0; i < page->n_blocks; i++)
        if (page->blocks[i].kind == HT_BLOCK_ROW && label_of(a, page->blocks[i].text.text, &body)) {
            n_labelled++;
            n_body += body;
        }
    if (!n_body || n_labelled < MIN_LABELLED)
        return;
    for (size_t i = 0; i < page->n_blocks; i++) {
        ht_block *b = &page->blocks[i];
        size_t value = b->kind == HT_BLOCK_ROW ? label_of(a, b->text.text, &body) : 0;
        if (value && body)
            cut_label(a, b, value);
        else if (value)
            b->reason = "byline";
    }
}
