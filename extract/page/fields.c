/* Records of a database written as lines 标题：…, 来源：…, 正文：… (data/field-words.tsv). */
#include "extract/page/plain.h"

#include "base/table.h"
#include "base/utf8.h"

HT_TABLE(field_words, "field-words.tsv");

enum {
    MIN_FIELDS = 4,
    MAX_LABEL = 8, /* code points */
    MIN_CODE = 2, /* letters of HD, IPD */
    MAX_CODE = 3,
};

typedef enum { FIELD_NONE, FIELD_OTHER, FIELD_TITLE, FIELD_BODY, FIELD_AROUND } field_kind;

static field_kind kind_of(ht_str label) {
    static const char *const names[] = {
        [FIELD_OTHER] = "other", [FIELD_TITLE] = "title", [FIELD_BODY] = "body",
        [FIELD_AROUND] = "around"};
    ht_str rest = {(const char *)ht_table_field_words, HT_TABLE_SIZE(field_words)}, line, kind;
    while (ht_str_split(&rest, '\n', &line)) {
        if (!ht_str_split(&line, '\t', &kind) || !ht_str_eq(line, label))
            continue;
        for (int k = FIELD_OTHER; k <= FIELD_AROUND; k++)
            if (ht_str_eq(kind, ht_str_of(names[k])))
                return (field_kind)k;
    }
    return FIELD_NONE;
}

/* Two blanks or more at `at`. */
static bool is_gap(ht_str s, size_t at) {
    return at + 1 < s.n && (s.p[at] == ' ' || s.p[at] == '\t') &&
           (s.p[at] == '\t' || s.p[at + 1] == ' ');
}

/* The label at the head of a line, folded, and where its value begins; empty if there is none. */
static ht_str label_of(const source_lines *s, size_t at, size_t *value) {
    const source_line *line = &s->lines[at];
    ht_str text = ht_sub(s->text, 0, line->end);
    ht_buf label;
    ht_buf_init(&label, s->arena);
    size_t n = 0;
    bool framed = false; /* 【作者】 */
    bool coded = true; /* HD   a title: letters and a gap */
    for (size_t i = line->start; i < line->end && n <= MAX_LABEL;) {
        uint32_t raw = ht_utf8_next(text, &i), c = page_fold(raw);
        if (n >= MIN_CODE && n <= MAX_CODE && label.n == n && coded && is_gap(text, i - 1)) {
            *value = i;
            return ht_buf_str(&label);
        }
        coded = coded && raw >= 'A' && raw <= 'Z';
        framed = framed || (!n && c == 0x3010);
        if (c == ':' || (framed && c == 0x3011)) {
            *value = i;
            return ht_buf_str(&label);
        }
        if (page_is_blank(c) || c == '[' || c == ']' || c == 0x3010 || c == 0x3011)
            continue;
        label.n += ht_utf8_put(ht_buf_space(&label, 4), c);
        n++;
    }
    if (n >= MIN_CODE && n <= MAX_CODE && label.n == n && coded) { /* LP alone: its text is below */
        *value = line->end;
        return ht_buf_str(&label);
    }
    return (ht_str){NULL, 0};
}

bool page_field_is(ht_str label, bool *body) {
    field_kind kind = kind_of(label);
    *body = kind == FIELD_BODY;
    return kind != FIELD_NONE;
}

size_t page_field_value(const source_lines *s, size_t line) {
    size_t value;
    return label_of(s, line, &value).n ? value : s->lines[line].start;
}

/* Does the line begin with 【? Where fields are set so, the title may stand above them. */
static bool is_framed(const source_lines *s, size_t at) {
    ht_str line = ht_str_trim(ht_sub(s->text, s->lines[at].start, s->lines[at].end));
    return ht_str_starts(line, HT_S("【"));
}

bool page_find_fields(const source_lines *s, page_fields *f) {
    size_t n = 0, value, last = 0;
    *f = (page_fields){s->n, s->n, s->n, s->n};
    for (size_t i = 0; i < s->n && f->from == s->n; i++) {
        ht_str label = label_of(s, i, &value);
        field_kind kind = label.n ? kind_of(label) : FIELD_NONE;
        if (kind == FIELD_NONE)
            continue;
        n++;
        last = i;
        if (kind == FIELD_TITLE && f->title == s->n)
            f->title = i;
        if (kind == FIELD_BODY)
            f->from = i;
    }
    bool framed = n >= 2 * MIN_FIELDS - 3 && f->from < s->n && is_framed(s, f->from);
    if (f->from == s->n || (f->title == s->n && !framed) || n < MIN_FIELDS || last < f->from)
        return false;
    for (size_t i = f->from + 1; i < s->n && f->to == s->n; i++) {
        ht_str label = label_of(s, i, &value);
        field_kind kind = label.n ? kind_of(label) : FIELD_NONE;
        if (kind == FIELD_BODY && f->more == s->n)
            f->more = i;
        if (kind == FIELD_OTHER || kind == FIELD_TITLE)
            f->to = i;
    }
    return true;
}
