#include "stats/csv.h"

#include <string.h>

static bool is_number(ht_str s) {
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
    if (i == s.n) return false;
    for (; i < s.n; i++)
        if ((s.p[i] < '0' || s.p[i] > '9') && s.p[i] != '.') return false;
    return true;
}

/* What a spreadsheet would run as a formula. */
static bool is_formula(ht_str s) {
    return s.n && memchr("=+-@\t\r", s.p[0], 6) && !is_number(s);
}

void ht_csv_field(ht_buf *b, ht_str field, bool excel) {
    bool guard = excel && is_formula(field), quote = false;
    for (size_t i = 0; i < field.n && !quote; i++)
        quote = field.p[i] == ',' || field.p[i] == '"' || field.p[i] == '\n' || field.p[i] == '\r';
    if (!quote) {
        if (guard) ht_buf_byte(b, '\'');
        ht_buf_add(b, field);
        return;
    }
    ht_buf_byte(b, '"');
    if (guard) ht_buf_byte(b, '\'');
    for (size_t i = 0; i < field.n; i++) {
        if (field.p[i] == '"') ht_buf_byte(b, '"');
        ht_buf_byte(b, field.p[i]);
    }
    ht_buf_byte(b, '"');
}

void csv_write_row(ht_outfile *f, ht_arena *a, const ht_str *cells, int n, bool excel) {
    ht_buf line;
    ht_buf_init(&line, a);
    for (int i = 0; i < n; i++) {
        if (i) ht_buf_byte(&line, ',');
        ht_csv_field(&line, cells[i], excel);
    }
    ht_buf_byte(&line, '\n');
    outfile_write(f, ht_buf_str(&line));
}

void csv_write_header(ht_outfile *f, ht_arena *a, const char *const *columns, int n, bool excel) {
    if (excel) outfile_write(f, HT_S("\xEF\xBB\xBF"));
    ht_str *names = HT_ARRAY(a, ht_str, (size_t)n);
    for (int i = 0; i < n; i++) names[i] = ht_str_of(columns[i]);
    csv_write_row(f, a, names, n, false);
}

/* Reads a field at *at and leaves *at on the separator behind it. */
static ht_str parse_field(ht_arena *a, ht_str s, size_t *at) {
    size_t i = *at;
    if (i == s.n || s.p[i] != '"') {
        while (i < s.n && s.p[i] != ',' && s.p[i] != '\n' && s.p[i] != '\r') i++;
        ht_str plain = ht_sub(s, *at, i);
        *at = i;
        return plain;
    }
    ht_buf b;
    ht_buf_init(&b, a);
    for (i++; i < s.n; i++) {
        if (s.p[i] != '"') {
            ht_buf_byte(&b, s.p[i]);
        } else if (i + 1 < s.n && s.p[i + 1] == '"') {
            ht_buf_byte(&b, '"');
            i++;
        } else {
            i++;
            break;
        }
    }
    for (; i < s.n && s.p[i] != ',' && s.p[i] != '\n' && s.p[i] != '\r'; i++)
        ht_buf_byte(&b, s.p[i]);
    *at = i;
    return ht_buf_str(&b);
}

static ht_str *parse_row(ht_arena *a, ht_str s, size_t *at, size_t *n) {
    ht_str *cells = NULL;
    size_t cap = 0;
    *n = 0;
    for (;;) {
        ht_str field = parse_field(a, s, at);
        *HT_PUSH(a, cells, *n, cap) = field;
        if (*at == s.n || s.p[*at] != ',') break;
        ++*at;
    }
    if (*at < s.n && s.p[*at] == '\r') ++*at;
    if (*at < s.n && s.p[*at] == '\n') ++*at;
    return cells;
}

void csv_parse(csv_table *t, ht_arena *a, ht_str bytes) {
    *t = (csv_table){0};
    size_t at = ht_str_starts(bytes, HT_S("\xEF\xBB\xBF")) ? 3 : 0, cap = 0;
    if (at == bytes.n) return;
    t->columns = parse_row(a, bytes, &at, &t->n_columns);
    while (at < bytes.n) {
        size_t n;
        ht_str *cells = parse_row(a, bytes, &at, &n);
        if (n < t->n_columns)
            cells = ht_arena_grow(a, cells, n * sizeof *cells, t->n_columns * sizeof *cells);
        *HT_PUSH(a, t->rows, t->n_rows, cap) = cells;
    }
}

ht_str csv_cell(const csv_table *t, size_t row, const char *column) {
    for (size_t i = 0; i < t->n_columns; i++)
        if (ht_str_eq(t->columns[i], ht_str_of(column))) return t->rows[row][i];
    return (ht_str){NULL, 0};
}
