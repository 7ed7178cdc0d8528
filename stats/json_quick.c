#include "stats/json_quick.h"

#include <string.h>

enum { MAX_DIGITS = 18 };

typedef struct {
    ht_arena *arena;
    const char *p, *end;
} reader;

static void skip_space(reader *r) {
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
        r->p++;
}

static bool take(reader *r, char c) {
    skip_space(r);
    if (r->p == r->end || *r->p != c) return false;
    r->p++;
    return true;
}

static bool is_next(reader *r, char c) {
    skip_space(r);
    return r->p < r->end && *r->p == c;
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The four digits behind \u; false too for NUL and halves of pairs, which are left to json-c. */
static bool take_unicode(reader *r, ht_buf *b) {
    uint32_t c = 0;
    if (r->end - r->p < 4) return false;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(*r->p++);
        if (digit < 0) return false;
        c = c << 4 | (uint32_t)digit;
    }
    if (!c || (c >= 0xD800 && c < 0xE000)) return false;
    ht_buf_char(b, c);
    return true;
}

static bool take_escape(reader *r, ht_buf *b) {
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (r->p == r->end || !*r->p) return false;
    char c = *r->p++;
    if (c == 'u') return take_unicode(r, b);
    const char *at = strchr(letters, c);
    if (!at) return false;
    ht_buf_byte(b, meanings[at - letters]);
    return true;
}

/* Where the plain part of a string ends. */
static const char *plain_until(const char *p, const char *end) {
    while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20) p++;
    return p;
}

/* Behind the opening quote. Borrows the line where nothing is escaped. */
static bool take_rest_of_string(reader *r, ht_str *out) {
    const char *stop = plain_until(r->p, r->end);
    if (stop < r->end && *stop == '"') {
        *out = (ht_str){r->p, (size_t)(stop - r->p)};
        r->p = stop + 1;
        return true;
    }
    ht_buf b;
    ht_buf_init(&b, r->arena);
    for (;;) {
        ht_buf_add(&b, (ht_str){r->p, (size_t)(stop - r->p)});
        if (stop == r->end || (unsigned char)*stop < 0x20) return false;
        r->p = stop + 1;
        if (*stop == '"') break;
        if (!take_escape(r, &b)) return false;
        stop = plain_until(r->p, r->end);
    }
    *out = ht_buf_str(&b);
    return true;
}

static bool take_string(reader *r, ht_str *out) {
    return take(r, '"') && take_rest_of_string(r, out);
}

/* Numbers that are written in one way only: no sign, point, exponent or leading zero. */
static bool take_number(reader *r, ht_str *out) {
    const char *from = r->p;
    while (r->p < r->end && *r->p >= '0' && *r->p <= '9') r->p++;
    *out = (ht_str){from, (size_t)(r->p - from)};
    return out->n && out->n <= MAX_DIGITS && (*from != '0' || out->n == 1) &&
           (r->p == r->end || !strchr(".eE", *r->p));
}

static bool take_null(reader *r) {
    if (r->end - r->p < 4 || memcmp(r->p, "null", 4) != 0) return false;
    r->p += 4;
    return true;
}

static bool take_cell(reader *r, ht_str *out) {
    skip_space(r);
    if (r->p == r->end) return false;
    if (*r->p == '"') return take_string(r, out);
    return *r->p == 'n' ? take_null(r) : take_number(r, out);
}

/* An object of columns, with what else stands among them. */
typedef struct {
    const char *const *columns;
    ht_str *cells;
    int n, next; /* the column that the next key should be */
    uint64_t seen;
} cells_object;

static bool is_column(const cells_object *o, int i, ht_str key) {
    return strncmp(o->columns[i], key.p, key.n) == 0 && !o->columns[i][key.n];
}

/* -1: no column. Keys mostly stand in the order of the columns. */
static int column_of(const cells_object *o, ht_str key) {
    if (o->next < o->n && is_column(o, o->next, key)) return o->next;
    for (int i = 0; i < o->n; i++)
        if (is_column(o, i, key)) return i;
    return -1;
}

/* *found false: no column of that name, the value is still to be read. */
static bool take_column(reader *r, cells_object *o, ht_str key, bool *found) {
    int i = column_of(o, key);
    *found = i >= 0;
    if (!*found) return true;
    if (o->seen & 1ull << i) return false;
    o->seen |= 1ull << i;
    o->next = i + 1;
    return take_cell(r, &o->cells[i]);
}

/* Behind a member: is there another one? false and *good false: neither comma nor end. */
static bool take_comma(reader *r, char end, bool *good) {
    if (take(r, ',')) return true;
    *good = take(r, end);
    return false;
}

static bool take_key(reader *r, ht_str *key) {
    return take_string(r, key) && take(r, ':');
}

static bool take_cells(reader *r, const char *const *columns, ht_str *cells, int n) {
    cells_object o = {columns, cells, n, 0, 0};
    bool good = true, found;
    ht_str key;
    if (!take(r, '{')) return false;
    if (take(r, '}')) return true;
    do {
        if (!take_key(r, &key) || !take_column(r, &o, key, &found) || !found) return false;
    } while (take_comma(r, '}', &good));
    return good;
}

static bool take_figures(reader *r, ht_outcome *out) {
    size_t cap = 0;
    bool good = true;
    if (!take(r, '[')) return false;
    if (take(r, ']')) return true;
    do {
        ht_figure_row *row = HT_PUSH(r->arena, out->figures, out->n_figures, cap);
        if (!take_cells(r, ht_figure_columns, row->cell, HT_N_FIGURE_COLUMNS)) return false;
    } while (take_comma(r, ']', &good));
    return good;
}

/* What stands in an outcome beside the article's columns. */
static bool take_other(reader *r, ht_str key, ht_outcome *out, unsigned *seen) {
    static const char *const others[] = {"text", "sketch", "figures", "rejected"};
    unsigned which = 0;
    while (which < 4 && !ht_str_eq(key, ht_str_of(others[which]))) which++;
    if (which == 4 || *seen & 1u << which) return false;
    *seen |= 1u << which;
    if (which == 0) return take_cell(r, &out->text);
    if (which == 1) return take_cell(r, &out->sketch);
    if (which == 2) return take_figures(r, out);
    out->has_rejection = true;
    return is_next(r, '{') &&
           take_cells(r, ht_rejected_columns, out->rejection.cell, HT_N_REJECTED_COLUMNS);
}

bool json_quick_read(ht_arena *a, ht_str line, ht_outcome *out) {
    *out = (ht_outcome){0};
    if (!line.n) return false;
    reader r = {a, line.p, line.p + line.n};
    cells_object o = {ht_article_columns, out->article.cell, HT_N_ARTICLE_COLUMNS, 0, 0};
    bool good = true, found;
    unsigned seen = 0;
    if (!take(&r, '{')) return false;
    do {
        ht_str key;
        if (!take_key(&r, &key) || !take_column(&r, &o, key, &found)) return false;
        if (!found && !take_other(&r, key, out, &seen)) return false;
    } while (take_comma(&r, '}', &good));
    skip_space(&r);
    return good && r.p == r.end;
}
