/* Tables in text dumps: lines whose cells tabs or runs of blanks keep apart. */
#include "extract/page/plain.h"

#include "base/utf8.h"

enum {
    MIN_ROWS = 3,
    MIN_CELLS = 2,
    CELL_GAP = 2,   /* columns of blanks between cells */
    CELL_CHARS = 40,
};

typedef struct {
    uint32_t n_cells, n_numeric;
    bool possible;
} row_shape;

/* 增长（%）, 万元): a column's unit stands so; a sentence ends with another mark. */
static bool closes_unit(uint32_t c) {
    return c == ')' || c == 0xFF09 || c == ']';
}

static row_shape shape_of(ht_str text, const source_line *line) {
    row_shape r = {.possible = line->words};
    ht_str s = ht_sub(text, 0, line->end);
    uint32_t gap = CELL_GAP, n_chars = 0, last = 0;
    bool numeric = false, tabs = false;
    for (size_t i = line->start; i < line->end;) {
        uint32_t c = ht_utf8_next(s, &i);
        if (page_is_blank(c)) {
            gap += c == '\t' || c == 0x3000 ? CELL_GAP : 1;
            tabs |= c == '\t';
            continue;
        }
        last = c;
        if (gap >= CELL_GAP) {
            r.n_cells++;
            r.n_numeric += numeric;
            n_chars = 0;
            numeric = false;
        }
        gap = 0;
        numeric |= c >= '0' && c <= '9';
        if (++n_chars > CELL_CHARS || c == 0x3002 || c == '|' || c == 0xFF5C)
            r.possible = false;
    }
    r.n_numeric += numeric;
    r.possible &= r.n_cells >= MIN_CELLS;
    r.possible &= !line->stopped || (closes_unit(last) && (tabs || r.n_cells > MIN_CELLS));
    return r;
}

/* │ a │ b │: a row of a table drawn with lines. */
static bool is_boxed(ht_str text, const source_line *line) {
    ht_str s = ht_sub(text, 0, line->end);
    uint32_t first = 0, last = 0;
    size_t n_bars = 0;
    for (size_t i = line->start; line->words && i < line->end;) {
        uint32_t c = ht_utf8_next(s, &i);
        if (page_is_blank(c)) continue;
        first = first ? first : c;
        last = c;
        n_bars += page_is_bar(c);
    }
    return n_bars > 2 && page_is_bar(first) && page_is_bar(last);
}

void page_mark_rows(source_lines *s) {
    for (size_t i = 0; i < s->n; i++)
        s->lines[i].row = s->lines[i].boxed = is_boxed(s->text, &s->lines[i]);
    for (size_t i = 0; i < s->n;) {
        row_shape first = shape_of(s->text, &s->lines[i]);
        size_t k = i + 1, n_numeric = first.n_numeric > 0;
        for (; first.possible && k < s->n; k++) {
            row_shape r = shape_of(s->text, &s->lines[k]);
            if (!r.possible || r.n_cells != first.n_cells)
                break;
            n_numeric += r.n_numeric > 0;
        }
        bool table = first.possible && k - i >= MIN_ROWS && n_numeric * 2 >= k - i;
        for (size_t m = i; table && m < k; m++)
            if (!s->lines[m].boxed)
                s->lines[m].row = true;
        i = k;
    }
}
