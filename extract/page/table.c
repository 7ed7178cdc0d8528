#include "extract/page/table.h"

#include <string.h>

enum {
    MAX_CELL_CHARS = 120,   /* on average; longer cells hold prose */
    MAX_BLOCKS_A_CELL = 2,  /* on average */
};

void page_tables_init(page_tables *t, ht_arena *a) {
    *t = (page_tables){.arena = a};
}

static table_open *innermost(page_tables *t) {
    return t->depth && t->depth <= TABLE_MAX_OPEN ? &t->open[t->depth - 1] : NULL;
}

void page_table_open(page_tables *t, size_t n_blocks) {
    (void)n_blocks;
    for (size_t i = 0; i < t->depth && i < TABLE_MAX_OPEN; i++)
        t->open[i].nested = true;
    if (t->depth++ < TABLE_MAX_OPEN)
        t->open[t->depth - 1] = (table_open){.first_cell = t->n};
}

void page_table_row(page_tables *t, size_t n_blocks) {
    (void)n_blocks;
    table_open *x = innermost(t);
    if (x)
        x->n_rows++;
}

void page_table_cell(page_tables *t, size_t n_blocks) {
    table_open *x = innermost(t);
    if (!x || x->nested)
        return;
    if (!x->n_rows)
        x->n_rows = 1;
    *HT_PUSH(t->arena, t->cells, t->n, t->cap) = (table_cell){n_blocks, x->n_rows};
}

/* Two cells or more in most rows, short ones, and not a list of links. */
static bool is_data(const page_tables *t, const table_open *x, const ht_page *page) {
    size_t n_cells = t->n - x->first_cell;
    if (x->nested || x->n_rows < 2 || n_cells < 4 || n_cells < 2 * x->n_rows - x->n_rows / 3)
        return false;
    size_t first = t->cells[x->first_cell].block, n_blocks = page->n_blocks - first;
    size_t n_chars = 0, n_link_chars = 0;
    for (size_t i = first; i < page->n_blocks; i++) {
        n_chars += page->blocks[i].n_chars;
        n_link_chars += page->blocks[i].n_link_chars;
    }
    return n_blocks <= n_cells * MAX_BLOCKS_A_CELL && n_chars <= n_cells * MAX_CELL_CHARS &&
           n_link_chars * 2 <= n_chars;
}

/* A row on its way: the blocks of its cells run together. */
typedef struct {
    ht_block block;
    ht_buf text;
} row_line;

static void add_mark(row_line *row, char c, size_t at) {
    ht_buf_byte(&row->text, c);
    ht_offmap_add(&row->block.text.map, 1, at, 0);
}

static size_t source_of(const ht_block *b) {
    return b->text.map.n ? b->text.map.runs[0].in : 0;
}

static void add_block(row_line *row, const ht_block *b) {
    ht_buf_add(&row->text, b->text.text);
    ht_offmap_append(&row->block.text.map, &b->text.map);
    row->block.n_chars += b->n_chars;
    row->block.n_link_chars += b->n_link_chars;
    row->block.n_links += b->n_links;
}

static void merge(const page_tables *t, const table_open *x, ht_page *page) {
    size_t first = t->cells[x->first_cell].block, n_old = page->n_blocks - first, out = first;
    ht_block *old = HT_ARRAY(t->arena, ht_block, n_old);
    memcpy(old, page->blocks + first, n_old * sizeof *old);
    for (size_t i = x->first_cell; i < t->n;) {
        size_t row = t->cells[i].row, at = 0;
        row_line line = {.block = {.kind = HT_BLOCK_ROW}};
        ht_offmap_init(&line.block.text.map, t->arena);
        ht_buf_init(&line.text, t->arena);
        bool any = false;
        for (size_t start = i; i < t->n && t->cells[i].row == row; i++) {
            size_t from = t->cells[i].block - first;
            size_t to = i + 1 < t->n ? t->cells[i + 1].block - first : n_old;
            if (from < to)
                at = source_of(&old[from]);
            if (i > start)
                add_mark(&line, '\t', at);
            for (size_t k = from; k < to; k++) {
                if (!any) {
                    line.block.depth = old[k].depth;
                    line.block.container = old[k].container;
                    any = true;
                }
                if (k > from)
                    add_mark(&line, ' ', source_of(&old[k]));
                add_block(&line, &old[k]);
            }
        }
        line.block.text.text = ht_buf_str(&line.text);
        if (any)
            page->blocks[out++] = line.block;
    }
    page->n_blocks = out;
}

void page_table_close(page_tables *t, ht_page *page) {
    if (!t->depth)
        return;
    table_open *x = innermost(t);
    if (x) {
        if (is_data(t, x, page))
            merge(t, x, page);
        t->n = x->first_cell;
    }
    t->depth--;
}
