#include "stats/grid.h"

#include "stats/outfile.h"
#include "stats/zip_check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MAX_DIGITS = 12, /* a double holds them all, and they come back as written */
    WIDTH_TEXT = 14,
    WIDTH_SENTENCE = 70,
    CREATED = 946684800 /* 2000-01-01: no clock in what is written */
};

ht_status grid_book_open(grid_book *book, ht_arena *a, const char *folder, const char *name,
                         ht_error *e) {
    *book = (grid_book){.arena = a, .max_rows = GRID_MAX_ROWS};
    ht_str temporary = ht_format(a, "%s.tmp", name);
    book->path = outfile_path(folder, temporary.p);
    /* Where the workbook lies is room for its parts too. */
    lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                    .tmpdir = ht_str_cstr(a, ht_str_of(folder))};
    book->workbook = workbook_new_opt(book->path, &options);
    if (!book->workbook) {
        grid_book_abandon(book);
        return ht_fail(e, HT_IO, "cannot write %s/%s: out of memory", folder, name);
    }
    lxw_doc_properties properties = {.created = CREATED};
    book->error = workbook_set_properties(book->workbook, &properties);
    book->head = workbook_add_format(book->workbook);
    book->name = workbook_add_format(book->workbook);
    book->plain = workbook_add_format(book->workbook);
    book->wrapped = workbook_add_format(book->workbook);
    if (!book->head || !book->name || !book->plain || !book->wrapped) {
        grid_book_abandon(book);
        return ht_fail(e, HT_IO, "cannot write %s/%s: out of memory", folder, name);
    }
    format_set_bold(book->head);
    format_set_bg_color(book->head, 0xDDE6F0);
    format_set_font_color(book->name, 0x666666);
    format_set_bottom(book->name, LXW_BORDER_THIN);
    format_set_text_wrap(book->wrapped);
    format_set_align(book->wrapped, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(book->plain, LXW_ALIGN_VERTICAL_TOP);
    return HT_OK;
}

static bool sync_file(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    int error = errno;
    if (fd >= 0) close(fd);
    errno = error;
    return good;
}

/* libxlsxwriter does not look whether it could write its parts, so they are read again. */
ht_status grid_book_commit(grid_book *book, ht_error *e) {
    lxw_error error = book->error, closed = workbook_close(book->workbook);
    book->workbook = NULL;
    if (error == LXW_NO_ERROR) error = closed;
    ht_str final = ht_sub(ht_str_of(book->path), 0, strlen(book->path) - strlen(".tmp"));
    char *path = ht_str_cstr(book->arena, final);
    ht_status status = HT_OK;
    if (error != LXW_NO_ERROR)
        status = ht_fail(e, HT_IO, "cannot write %s: %s", path, lxw_strerror(error));
    if (status == HT_OK) status = zip_check(book->path, path, e);
    if (status == HT_OK && (!sync_file(book->path) || rename(book->path, path) != 0))
        status = ht_fail(e, HT_IO, "cannot write %s: %s", path, strerror(errno));
    if (status == HT_OK) {
        free(book->path);
        book->path = NULL;
    }
    grid_book_abandon(book);
    return status;
}

void grid_book_abandon(grid_book *book) {
    if (book->workbook) workbook_close(book->workbook);
    if (book->path) unlink(book->path);
    free(book->path);
    book->workbook = NULL;
    book->path = NULL;
}

static void keep(grid_book *book, lxw_error error) {
    if (book->error == LXW_NO_ERROR) book->error = error;
}

/* ---- names of sheets ---- */

static bool is_refused(char c) {
    return c && strchr("[]:*?/\\'", c);
}

/* The first n characters; Excel counts those beyond U+FFFF twice. */
static size_t cut_at(ht_str s, size_t n_units) {
    size_t at = 0, units = 0;
    while (at < s.n) {
        unsigned char c = (unsigned char)s.p[at];
        size_t n_bytes = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        units += n_bytes == 4 ? 2 : 1;
        if (units > n_units || at + n_bytes > s.n) break;
        at += n_bytes;
    }
    return at;
}

static bool is_taken(const grid_book *book, ht_str name) {
    for (size_t i = 0; i < book->n_names; i++)
        if (book->names[i].n == name.n && strncasecmp(book->names[i].p, name.p, name.n) == 0)
            return true;
    return false;
}

static char *name_for(grid_book *book, ht_str wanted) {
    ht_buf b;
    ht_buf_init(&b, book->arena);
    for (size_t i = 0; i < wanted.n; i++)
        if ((unsigned char)wanted.p[i] >= ' ') ht_buf_byte(&b, is_refused(wanted.p[i]) ? '-' : wanted.p[i]);
    ht_str whole = ht_buf_str(&b), name = ht_sub(whole, 0, cut_at(whole, GRID_MAX_NAME));
    if (!name.n) name = HT_S("-");
    for (int n = 2; is_taken(book, name); n++) {
        ht_str tail = ht_format(book->arena, " %d", n);
        ht_str head = ht_sub(whole, 0, cut_at(whole, GRID_MAX_NAME - tail.n));
        name = ht_format(book->arena, HT_FMT HT_FMT, HT_ARG(head), HT_ARG(tail));
    }
    *HT_PUSH(book->arena, book->names, book->n_names, book->cap) = name;
    return ht_str_cstr(book->arena, name);
}

/* ---- cells ---- */

/* A decimal that a double holds as it is written, and that is no code (007). */
static bool is_number(ht_str s) {
    size_t i = s.n && s.p[0] == '-', first = i, digits = 0, points = 0, significant = 0;
    for (; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        points += s.p[i] == '.';
        digits += digit;
        significant += digit && (significant || s.p[i] != '0');
    }
    if (!digits || significant > MAX_DIGITS || points > 1 || digits + points + first != s.n)
        return false;
    return s.p[first] != '.' && (s.p[first] != '0' || s.n == first + 1 || s.p[first + 1] == '.');
}

/* NUL-terminated, without what XML cannot hold. */
static char *clean(ht_arena *a, ht_str s) {
    ht_buf b;
    ht_buf_init(&b, a);
    size_t end = cut_at(s, GRID_MAX_CELL);
    bool cut = end < s.n;
    if (cut) end = cut_at(s, GRID_MAX_CELL - 1);
    for (size_t i = 0; i < end; i++) {
        bool bad = s.p[i] == '\0' || (i + 2 < end && memcmp(s.p + i, "\xEF\xBF", 2) == 0 &&
                                      (unsigned char)s.p[i + 2] >= 0xBE);
        if (!bad) {
            ht_buf_byte(&b, s.p[i]);
            continue;
        }
        ht_buf_add(&b, HT_S("\xEF\xBF\xBD"));
        if (s.p[i]) i += 2;
    }
    if (cut) ht_buf_add(&b, HT_S("…"));
    ht_buf_byte(&b, '\0');
    return b.p;
}

static void put_cell(grid *g, size_t column, ht_str cell, grid_kind kind) {
    grid_book *book = g->book;
    lxw_col_t at = (lxw_col_t)column;
    if (!cell.n) return;
    if (kind == GRID_NUMBER && is_number(cell))
        keep(book, worksheet_write_number(g->sheet, g->row, at,
                                          strtod(ht_str_cstr(book->arena, cell), NULL), book->plain));
    else
        keep(book, worksheet_write_string(g->sheet, g->row, at, clean(book->arena, cell),
                                          kind == GRID_SENTENCE ? book->wrapped : book->plain));
}

void grid_open_plain(grid *g, grid_book *book, ht_str name) {
    *g = (grid){.book = book};
    g->sheet = workbook_add_worksheet(book->workbook, name_for(book, name));
    if (!g->sheet) keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
}

void grid_open(grid *g, grid_book *book, ht_str name, const grid_column *columns, size_t n) {
    grid_open_plain(g, book, name);
    g->n_columns = n;
    g->row = GRID_HEADER_ROWS;
    if (!g->sheet) return;
    for (size_t i = 0; i < n; i++) {
        lxw_col_t at = (lxw_col_t)i;
        keep(book, worksheet_set_column(g->sheet, at, at,
                                        columns[i].kind == GRID_SENTENCE ? WIDTH_SENTENCE
                                                                         : WIDTH_TEXT,
                                        NULL));
        keep(book, worksheet_write_string(g->sheet, 0, at, clean(book->arena, columns[i].title),
                                          book->head));
    }
    for (size_t i = 0; i < n; i++)
        keep(book, worksheet_write_string(g->sheet, 1, (lxw_col_t)i,
                                          clean(book->arena, columns[i].name), book->name));
    worksheet_freeze_panes(g->sheet, GRID_HEADER_ROWS, 0);
}

void grid_row(grid *g, const grid_column *columns, const ht_str *cells) {
    if (!g->sheet) return;
    if (g->row >= g->book->max_rows) {
        g->n_left++;
        return;
    }
    for (size_t i = 0; i < g->n_columns; i++) put_cell(g, i, cells[i], columns[i].kind);
    g->row++;
    g->n_written++;
}

void grid_line(grid *g, const ht_str *cells, size_t n) {
    if (!g->sheet) return;
    for (size_t i = 0; i < n; i++) put_cell(g, i, cells[i], GRID_TEXT);
    g->row++;
}

void grid_close(grid *g) {
    if (g->sheet && g->n_columns)
        keep(g->book, worksheet_autofilter(g->sheet, GRID_HEADER_ROWS - 1, 0,
                                           g->row > GRID_HEADER_ROWS ? g->row - 1 : g->row,
                                           (lxw_col_t)(g->n_columns - 1)));
}
