/* Tables: rows are paragraphs whose cells are separated by tabs. */
#include "extract/figure/context.h"

enum { ROWS_MAX = 200 }; /* further down, a table's head is not looked for */

static uint32_t cell_index(const context *x, const ht_para *row, uint32_t at) {
    uint32_t n = 0;
    for (uint32_t k = row->start; k < at; k++) n += x->p->c[k] == '\t';
    return n;
}

/* The nth cell of a row; an empty span behind its end if there are fewer. */
static void cell_at(const context *x, const ht_para *row, uint32_t n, uint32_t span[2]) {
    uint32_t k = row->start;
    while (n && k < row->end) n -= x->p->c[k++] == '\t';
    span[0] = span[1] = k;
    if (n) return;
    while (span[1] < row->end && x->p->c[span[1]] != '\t') span[1]++;
}

static bool holds_statistic(const context *x, const uint32_t span[2]) {
    for (size_t k = first_quantity(x, span[0]); k < x->n_q && x->q[k].start < span[1]; k++)
        if (ht_kind_is_statistic(x->q[k].kind)) return true;
    return false;
}

bool table_around(const context *x, size_t i, uint32_t head[2], uint32_t label[2],
                  uint32_t caption[2]) {
    uint32_t para = ht_passage_para(x->p, x->q[i].start), first = para;
    const ht_para *rows = x->p->paras;
    while (first > 0 && para - first < ROWS_MAX && rows[first - 1].kind == HT_PARA_ROW) first--;
    uint32_t column = cell_index(x, &rows[para], x->q[i].start);
    cell_at(x, &rows[para], 0, label);
    caption[0] = caption[1] = 0;
    if (first > 0) {
        caption[0] = rows[first - 1].start;
        caption[1] = rows[first - 1].end;
    }
    for (uint32_t r = first; r < para; r++) {
        cell_at(x, &rows[r], column, head);
        if (head[1] > head[0] && !holds_statistic(x, head)) return true;
    }
    return false;
}
