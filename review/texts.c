#include "review/texts.h"

#include "base/utf8.h"
#include "stats/gold.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char HEAD[] = "{\"article_id\":\"";

void review_texts_init(review_texts *t, ht_arena *kept, const char *out) {
    *t = (review_texts){.out = out, .kept = kept};
    ht_map_init(&t->lines, kept);
}

static FILE *lines_open(const review_texts *t, ht_arena *a) {
    return fopen(ht_format(a, "%s/main.jsonl", t->out).p, "rbe");
}

static ht_str id_of(ht_str line) {
    if (!ht_str_starts(line, ht_str_of(HEAD))) return (ht_str){NULL, 0};
    ht_str rest = ht_sub(line, sizeof HEAD - 1, line.n);
    size_t end = ht_str_find(rest, HT_S("\""), 0);
    return end == SIZE_MAX ? (ht_str){NULL, 0} : ht_sub(rest, 0, end);
}

static void index_lines(review_texts *t, FILE *f) {
    char *line = NULL;
    size_t cap = 0;
    for (;;) {
        int64_t at = ftello(f);
        ssize_t n = getline(&line, &cap, f);
        if (n < 0) break;
        ht_str id = id_of((ht_str){line, (size_t)n});
        if (!id.n) continue;
        *ht_map_put(&t->lines, ht_str_copy(t->kept, id)) = (uint32_t)t->n;
        *HT_PUSH(t->kept, t->offsets, t->n, t->cap) = at;
    }
    free(line);
    t->indexed = true;
}

static bool line_text(ht_arena *a, ht_str line, ht_str *text) {
    json_object *root = json_tokener_parse(ht_str_cstr(a, line)), *value;
    bool found = root && json_object_object_get_ex(root, "text", &value);
    if (found)
        *text = ht_str_copy(a, (ht_str){json_object_get_string(value),
                                        (size_t)json_object_get_string_len(value)});
    json_object_put(root);
    return found;
}

static ht_status line_read(review_texts *t, ht_arena *a, ht_str id, ht_str *text, bool *found,
                           ht_error *e) {
    FILE *f = lines_open(t, a);
    if (!f)
        return errno == ENOENT ? HT_OK
                               : ht_fail(e, HT_IO, "cannot read %s/main.jsonl: %s", t->out,
                                         strerrordesc_np(errno));
    if (!t->indexed) index_lines(t, f);
    const uint32_t *at = ht_map_get(&t->lines, id);
    char *line = NULL;
    size_t cap = 0;
    ssize_t n = -1;
    if (at && fseeko(f, t->offsets[*at], SEEK_SET) == 0) n = getline(&line, &cap, f);
    if (n > 0) *found = line_text(a, (ht_str){line, (size_t)n}, text);
    free(line);
    fclose(f);
    return HT_OK;
}

/* An id comes from the database of the run, but becomes part of a path. */
static bool is_id(ht_str id) {
    if (id.n != 17 || id.p[0] != 'a') return false;
    for (size_t i = 1; i < id.n; i++)
        if (!strchr("0123456789abcdef", id.p[i]) || !id.p[i]) return false;
    return true;
}

ht_status review_text_read(review_texts *t, ht_arena *a, ht_str article_id, ht_str *text,
                           bool *found, ht_error *e) {
    *text = (ht_str){NULL, 0};
    *found = false;
    if (!is_id(article_id)) return HT_OK;
    ht_str name = ht_format(a, "main/" HT_FMT ".txt", HT_ARG(article_id));
    ht_status status = gold_slurp(a, t->out, name.p, text, found, e);
    if (status == HT_OK && !*found) status = line_read(t, a, article_id, text, found, e);
    if (*found && ht_utf8_valid_until(*text) != text->n) *found = false;
    return status;
}

ht_str review_paragraph(ht_str text, uint64_t at, uint64_t *start) {
    size_t i = 0, from = 0;
    uint64_t chars = 0, from_chars = 0;
    for (; i < text.n && chars < at; chars++) {
        bool feed = text.p[i] == '\n';
        ht_utf8_next(text, &i);
        if (feed) {
            from = i;
            from_chars = chars + 1;
        }
    }
    size_t end = ht_str_find(text, HT_S("\n"), i);
    *start = from_chars;
    return ht_sub(text, from, end == SIZE_MAX ? text.n : end);
}
