#include "base/utf8.h"
#include "stats/json.h"
#include "stats/json_quick.h"
#include "stats/sketch.h"
#include "stats/stats.h"

#include <json-c/json.h>
#include <string.h>

enum { MAX_DEPTH = 16, MAX_LINE = 1 << 28, MAX_INTEGER_DIGITS = 18 };

/* ---- writing ---- */

static void put_escape(ht_buf *b, unsigned char c) {
    static const char short_forms[] = "\b\t\n\v\f\r";
    static const char letters[] = "btn\0fr";
    const char *at = c ? strchr(short_forms, c) : NULL;
    char letter = c == '"' || c == '\\' ? (char)c : at ? letters[at - short_forms] : '\0';
    if (letter) {
        ht_buf_byte(b, '\\');
        ht_buf_byte(b, letter);
    } else {
        ht_buf_printf(b, "\\u%04x", c);
    }
}

/* A line must stay valid whatever a document held: malformed bytes become U+FFFD. */
void json_put_string(ht_buf *b, ht_str s) {
    ht_buf_byte(b, '"');
    while (s.n) {
        size_t valid = ht_utf8_valid_until(s), from = 0;
        for (size_t i = 0; i < valid; i++) {
            unsigned char c = (unsigned char)s.p[i];
            if (c >= 0x20 && c != '"' && c != '\\') continue;
            ht_buf_add(b, ht_sub(s, from, i));
            put_escape(b, c);
            from = i + 1;
        }
        ht_buf_add(b, ht_sub(s, from, valid));
        if (valid == s.n) break;
        ht_buf_add(b, HT_S("\xEF\xBF\xBD"));
        s = ht_sub(s, valid + 1, s.n);
    }
    ht_buf_byte(b, '"');
}

static bool is_plain_integer(ht_str s) {
    if (s.n == 0 || s.n > MAX_INTEGER_DIGITS || (s.p[0] == '0' && s.n > 1)) return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

static void put_cells(ht_buf *b, const char *const *columns, const ht_str *cells, int n) {
    for (int i = 0; i < n; i++) {
        ht_buf_add(b, i ? HT_S(",\"") : HT_S("\""));
        ht_buf_add(b, ht_str_of(columns[i]));
        ht_buf_add(b, HT_S("\":"));
        if (ht_column_is_integer(columns[i]) && is_plain_integer(cells[i]))
            ht_buf_add(b, cells[i]);
        else
            json_put_string(b, cells[i]);
    }
}

static void put_sketch(ht_buf *b, const ht_outcome *o) {
    const ht_lexicon *lexicon = ht_lexicon_get(NULL);
    sketch s;
    if (!o->text.n)
        ht_buf_add(b, o->sketch);
    else if (lexicon && sketch_make(&s, b->arena, lexicon, o->text, o->article.cell[HT_A_REPAIRS]))
        sketch_put_hex(b, &s);
}

void ht_outcome_to_json(ht_buf *b, const ht_outcome *o) {
    ht_buf_byte(b, '{');
    if (o->has_article) {
        put_cells(b, ht_article_columns, o->article.cell, HT_N_ARTICLE_COLUMNS);
        ht_buf_add(b, HT_S(",\"text\":"));
        json_put_string(b, o->text);
        ht_buf_add(b, HT_S(",\"figures\":["));
        for (size_t i = 0; i < o->n_figures; i++) {
            ht_buf_add(b, i ? HT_S(",{") : HT_S("{"));
            put_cells(b, ht_figure_columns, o->figures[i].cell, HT_N_FIGURE_COLUMNS);
            ht_buf_byte(b, '}');
        }
        ht_buf_add(b, HT_S("],\"sketch\":\""));
        put_sketch(b, o);
        ht_buf_byte(b, '"');
    }
    if (o->has_rejection) {
        ht_buf_add(b, o->has_article ? HT_S(",\"rejected\":{") : HT_S("\"rejected\":{"));
        put_cells(b, ht_rejected_columns, o->rejection.cell, HT_N_REJECTED_COLUMNS);
        ht_buf_byte(b, '}');
    }
    ht_buf_byte(b, '}');
}

/* ---- reading ---- */

static void release(void *object) {
    json_object_put(object);
}

static ht_status check_line(ht_str line, ht_error *e) {
    if (line.n > MAX_LINE)
        return ht_fail(e, HT_IO, "a line of %zu bytes; at most %d are read", line.n, MAX_LINE);
    size_t valid = ht_utf8_valid_until(line); /* json-c itself lets surrogates through */
    return valid == line.n ? HT_OK : ht_fail(e, HT_IO, "not UTF-8 at byte %zu", valid);
}

static json_object *parse_line(ht_arena *a, ht_str line, ht_error *e) {
    json_tokener *tokener = json_tokener_new_ex(MAX_DEPTH);
    if (!tokener) {
        ht_fail(e, HT_IO, "out of memory");
        return NULL;
    }
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    json_object *root = json_tokener_parse_ex(tokener, line.n ? line.p : "", (int)line.n);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    size_t end = json_tokener_get_parse_end(tokener);
    json_tokener_free(tokener);
    if (root) ht_arena_defer(a, release, root);
    if (error == json_tokener_success && json_object_is_type(root, json_type_object) &&
        ht_str_trim(ht_sub(line, end, line.n)).n == 0)
        return root;
    ht_fail(e, HT_IO, "not a JSON object: %s at byte %zu",
            error == json_tokener_success    ? "something else"
            : error == json_tokener_continue ? "it ends early"
                                             : json_tokener_error_desc(error),
            end);
    return NULL;
}

/* Absent and null are empty; numbers are taken as written. */
static bool get_string(ht_arena *a, json_object *object, const char *key, ht_str *out) {
    json_object *value;
    *out = (ht_str){NULL, 0};
    if (!json_object_object_get_ex(object, key, &value) || !value) return true;
    if (json_object_is_type(value, json_type_string)) {
        *out = ht_str_copy(
            a, (ht_str){json_object_get_string(value), (size_t)json_object_get_string_len(value)});
        return true;
    }
    if (!json_object_is_type(value, json_type_int) && !json_object_is_type(value, json_type_double))
        return false;
    *out = ht_str_copy(a, ht_str_of(json_object_get_string(value)));
    return true;
}

static ht_status get_cells(ht_arena *a, json_object *object, const char *const *columns,
                           ht_str *cells, int n, ht_error *e) {
    for (int i = 0; i < n; i++)
        if (!get_string(a, object, columns[i], &cells[i]))
            return ht_fail(e, HT_IO, "%s is neither a string nor a number", columns[i]);
    return HT_OK;
}

static ht_status get_figures(ht_arena *a, json_object *root, ht_outcome *o, ht_error *e) {
    json_object *list;
    if (!json_object_object_get_ex(root, "figures", &list) || !list) return HT_OK;
    if (!json_object_is_type(list, json_type_array))
        return ht_fail(e, HT_IO, "figures is not a list");
    o->n_figures = json_object_array_length(list);
    o->figures = HT_ARRAY(a, ht_figure_row, o->n_figures);
    for (size_t i = 0; i < o->n_figures; i++) {
        json_object *figure = json_object_array_get_idx(list, i);
        if (!json_object_is_type(figure, json_type_object))
            return ht_fail(e, HT_IO, "figure %zu is not an object", i + 1);
        ht_status status =
            get_cells(a, figure, ht_figure_columns, o->figures[i].cell, HT_N_FIGURE_COLUMNS, e);
        if (status != HT_OK) return status;
    }
    return HT_OK;
}

/* A text speaks for itself. */
static ht_status check_sketch(ht_arena *a, ht_outcome *o, ht_error *e) {
    sketch s;
    if (o->text.n) o->sketch = (ht_str){NULL, 0};
    if (!o->sketch.n || sketch_read_hex(&s, a, o->sketch)) return HT_OK;
    return ht_fail(e, HT_IO, "sketch is none that this version of hantally knows");
}

/* Any JSON. */
static ht_status read_tree(ht_arena *a, ht_str line, ht_outcome *o, ht_error *e) {
    *o = (ht_outcome){0};
    json_object *root = parse_line(a, line, e), *rejected;
    if (!root) return HT_IO;
    if (json_object_object_get_ex(root, "rejected", &rejected) && rejected) {
        if (!json_object_is_type(rejected, json_type_object))
            return ht_fail(e, HT_IO, "rejected is not an object");
        o->has_rejection = true;
        ht_status status = get_cells(a, rejected, ht_rejected_columns, o->rejection.cell,
                                     HT_N_REJECTED_COLUMNS, e);
        if (status != HT_OK) return status;
    }
    ht_status status =
        get_cells(a, root, ht_article_columns, o->article.cell, HT_N_ARTICLE_COLUMNS, e);
    if (status == HT_OK && !get_string(a, root, "text", &o->text))
        status = ht_fail(e, HT_IO, "text is not a string");
    if (status == HT_OK && !get_string(a, root, "sketch", &o->sketch))
        status = ht_fail(e, HT_IO, "sketch is not a string");
    return status == HT_OK ? get_figures(a, root, o, e) : status;
}

static ht_status check_outcome(ht_arena *a, ht_outcome *o, ht_error *e) {
    ht_status status = check_sketch(a, o, e);
    for (size_t i = 0; i < o->n_figures && status == HT_OK; i++)
        if (o->figures[i].cell[HT_F_FIGURE_ID].n == 0)
            status = ht_fail(e, HT_IO, "figure %zu has no figure_id", i + 1);
    if (status != HT_OK) return status;
    o->has_article = o->article.cell[HT_A_ARTICLE_ID].n > 0;
    if (!o->has_article && !o->has_rejection)
        return ht_fail(e, HT_IO, "neither article_id nor rejected");
    return HT_OK;
}

ht_status ht_outcome_from_json(ht_arena *a, ht_str line, ht_outcome *o, ht_error *e) {
    ht_status status = check_line(line, e);
    if (status == HT_OK && !json_quick_read(a, line, o)) status = read_tree(a, line, o, e);
    return status == HT_OK ? check_outcome(a, o, e) : status;
}
