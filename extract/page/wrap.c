/* Text that was broken at a fixed width, by a terminal browser or a mail program: at which? */
#include "extract/page/plain.h"

#include "base/utf8.h"

enum {
    WRAP_MIN = 30,      /* columns: narrower columns are lists */
    WRAP_MAX = 160,     /* wider lines are paragraphs */
    WRAP_SLACK = 3,     /* a wide character or closing mark may not fit */
    WRAP_MIN_LINES = 5, /* that many full lines show that a text is wrapped */
    PARA_INDENT = 2,
    WRAP_MIN_PARAS = 3, /* the same of indented paragraphs that break off within a sentence */
    WRAP_RAGGED = 80,   /* per cent of the widest line: a line that ends a sentence may go on */
};

bool page_wrap_indented(const page_wrap *w, const source_line *line) {
    return line->indent >= w->margin + PARA_INDENT;
}

static bool continues(const source_lines *s, uint32_t margin, size_t i) {
    const source_line *l = s->lines;
    return i + 1 < s->n && l[i].words && l[i + 1].words && !l[i].row && !l[i + 1].row &&
           l[i + 1].indent <= margin && l[i].quote == l[i + 1].quote && !l[i].sheet &&
           !l[i + 1].sheet;
}

/* The indent that most lines of sentences have, if few have less. */
static uint32_t margin_of(const source_lines *s) {
    enum { MAX_MARGIN = 16 };
    uint32_t count[MAX_MARGIN + 1] = {0}, best = 0, less = 0;
    for (size_t i = 0; i < s->n; i++) {
        const source_line *l = &s->lines[i];
        if (l->marks && l->width >= WRAP_MIN && l->indent <= MAX_MARGIN)
            count[l->indent]++;
    }
    for (uint32_t m = 1; m <= MAX_MARGIN; m++)
        if (count[m] > count[best])
            best = m;
    for (uint32_t m = 0; m < best; m++)
        less += count[m];
    return less * 4 <= count[best] ? best : 0;
}

/* The width at which the text was wrapped; 0: it was not. Headlines of like length hold no marks;
 * paragraphs of like length end where a sentence does. */
static uint32_t full_width(const source_lines *s, uint32_t margin) {
    uint32_t full[WRAP_MAX + 1] = {0}, whole[WRAP_MAX + 1] = {0};
    uint32_t count = 0, best = 0, wider = 0, n_whole = 0;
    for (size_t i = 0; i < s->n; i++) {
        const source_line *l = &s->lines[i];
        if (l->width > WRAP_MAX)
            wider++;
        else if (l->marks && continues(s, margin, i))
            full[l->width]++, whole[l->width] += l->stopped;
    }
    for (uint32_t w = WRAP_MAX; w >= WRAP_MIN; w--) {
        uint32_t here = 0;
        for (uint32_t k = 0; k <= WRAP_SLACK; k++)
            here += full[w - k];
        if (here > count) {
            count = here;
            best = w;
        }
    }
    for (uint32_t k = 0; best && k <= WRAP_SLACK; k++)
        n_whole += whole[best - k];
    for (uint32_t w = best + 1; best && w <= WRAP_MAX; w++)
        wider += full[w];
    return count >= WRAP_MIN_LINES && wider * 4 <= count && n_whole * 2 <= count ? best : 0;
}

static uint32_t ragged_width(const source_lines *s, uint32_t margin) {
    uint32_t count = 0, widest = 0;
    for (size_t i = 0; i < s->n; i++) {
        const source_line *l = &s->lines[i];
        if (!continues(s, margin, i) || l->stopped || l->width > WRAP_MAX || l->width < WRAP_MIN)
            continue;
        count += l->indent >= margin + PARA_INDENT;
        if (l->width > widest)
            widest = l->width;
    }
    return count >= WRAP_MIN_PARAS ? widest : 0;
}

page_wrap page_wrap_measure(const source_lines *s) {
    uint32_t margin = margin_of(s);
    return (page_wrap){margin, full_width(s, margin), ragged_width(s, margin)};
}

bool page_wrap_joins(const source_lines *s, const page_wrap *w, size_t i, bool paragraph) {
    const source_line *l = &s->lines[i];
    if (!continues(s, w->margin, i))
        return false;
    bool full = w->width && l->width + WRAP_SLACK >= w->width && l->width <= w->width;
    bool ragged = paragraph && w->ragged && l->width <= WRAP_MAX &&
                  (!l->stopped || l->width * 100 >= w->ragged * WRAP_RAGGED);
    return full || ragged;
}
