/* Tables while a page is split: is it a table of data, or an old page's layout?
 *
 * A table of data has no table inside, two rows and two columns or more, and short cells. When it
 * ends, the blocks of each of its rows become one HT_BLOCK_ROW with cells separated by tabs. Of any
 * other table the blocks stay as they are. Cost: linear in the blocks of the table.
 */
#ifndef HT_EXTRACT_PAGE_TABLE_H
#define HT_EXTRACT_PAGE_TABLE_H

#include "extract/page/page.h"

enum { TABLE_MAX_OPEN = 64 }; /* nested tables that are watched; deeper ones are layout */

typedef struct {
    size_t block; /* the first one of the cell */
    size_t row;
} table_cell;

typedef struct {
    size_t first_cell, n_rows;
    bool nested;
} table_open;

typedef struct {
    ht_arena *arena;
    table_cell *cells;
    size_t n, cap;
    table_open open[TABLE_MAX_OPEN];
    size_t depth; /* may exceed TABLE_MAX_OPEN */
} page_tables;

void page_tables_init(page_tables *t, ht_arena *a);
/* n_blocks: how many blocks the page has at this moment. */
void page_table_open(page_tables *t, size_t n_blocks);
void page_table_row(page_tables *t, size_t n_blocks);
void page_table_cell(page_tables *t, size_t n_blocks);
/* Merges the rows if it was a table of data. */
void page_table_close(page_tables *t, ht_page *page);

#endif
