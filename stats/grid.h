/* A sheet of a workbook, row by row: text stays text (codes of divisions too, and what looks like a
 * formula), numbers of up to 12 significant digits become numbers. Inner to stats/.
 *
 * Two header rows (Chinese title, name of the column), frozen, with a filter. Text beyond the
 * 32,767 characters of a cell is cut with an ellipsis; characters that XML cannot hold become
 * U+FFFD. Rows beyond the limit of a sheet are counted, not written. The first failure sticks.
 * Memory is one row (libxlsxwriter keeps the rest in files beside the workbook).
 */
#ifndef HT_STATS_GRID_H
#define HT_STATS_GRID_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <xlsxwriter.h>

enum {
    GRID_MAX_CELL = 32767,     /* characters in UTF-16, as Excel counts them */
    GRID_MAX_ROWS = 1048576,   /* of a sheet, header rows included */
    GRID_HEADER_ROWS = 2,
    GRID_MAX_NAME = 31         /* characters of a sheet's name */
};

typedef struct {
    lxw_workbook *workbook; /* NULL: not open */
    char *path;             /* heap; of the temporary file */
    lxw_format *head, *name, *plain, *wrapped;
    lxw_error error;
    uint32_t max_rows;      /* GRID_MAX_ROWS; less in tests */
    ht_arena *arena;        /* names of sheets, and a row at a time */
    ht_str *names;          /* given so far, folded */
    size_t n_names, cap;
} grid_book;

typedef struct {
    grid_book *book;
    lxw_worksheet *sheet;
    uint32_t row;
    size_t n_columns;
    uint64_t n_written, n_left; /* rows of data; those beyond the limit */
} grid;

typedef enum { GRID_TEXT, GRID_NUMBER, GRID_SENTENCE } grid_kind;
typedef struct {
    ht_str title, name; /* the two header rows */
    grid_kind kind;
} grid_column;

/* folder/name.tmp is written until grid_book_commit renames it. */
ht_status grid_book_open(grid_book *book, ht_arena *a, const char *folder, const char *name,
                         ht_error *e);
/* Closes, checks that every part of the file is whole, syncs and renames. */
ht_status grid_book_commit(grid_book *book, ht_error *e);
/* Drops what was not committed. May be called on a zeroed or committed book. */
void grid_book_abandon(grid_book *book);

/* Starts a sheet; a name that is too long is cut, what Excel refuses in it replaced, a name that is
 * taken numbered. */
void grid_open(grid *g, grid_book *book, ht_str name, const grid_column *columns, size_t n);
/* A sheet without header, for reading. */
void grid_open_plain(grid *g, grid_book *book, ht_str name);
void grid_row(grid *g, const grid_column *columns, const ht_str *cells);
/* A row of plain text. */
void grid_line(grid *g, const ht_str *cells, size_t n);
/* Sets the filter; the sheet has all its rows. */
void grid_close(grid *g);

#endif
