/* YAML text -> nodes with their places; and the list of mistakes. */
#include "extract/codebook/parts.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

void mistake_add(mistakes *m, uint32_t line, uint32_t column, const char *format, ...) {
    if (m->n++ >= CODEBOOK_MAX_MISTAKES) return;
    char said[400];
    va_list args;
    va_start(args, format);
    vsnprintf(said, sizeof said, format, args);
    va_end(args);
    /* A quoted word may have been cut inside a character. */
    size_t n = ht_utf8_valid_until(ht_str_of(said));
    m->items[m->n - 1] = (mistake){line, column, (uint32_t)m->n,
                                   ht_format(m->arena, HT_FMT ":%u:%u: " HT_FMT, HT_ARG(m->name),
                                             line, column, HT_ARG(((ht_str){said, n})))};
}

static int by_place(const void *x, const void *y) {
    const mistake *a = x, *b = y;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    if (a->column != b->column) return a->column < b->column ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

ht_status mistakes_fail(mistakes *m, ht_error *e) {
    enum { TAIL = 40, ROOM = sizeof e->text - TAIL };
    size_t kept = m->n < CODEBOOK_MAX_MISTAKES ? m->n : CODEBOOK_MAX_MISTAKES, shown = 0;
    qsort(m->items, kept, sizeof *m->items, by_place);
    ht_buf b;
    ht_buf_init(&b, m->arena);
    for (; shown < kept && b.n + 1 + m->items[shown].text.n <= ROOM; shown++) {
        if (shown) ht_buf_byte(&b, '\n');
        ht_buf_add(&b, m->items[shown].text);
    }
    /* A single line longer than the room is cut, so that something is said. */
    if (!shown) {
        ht_str line = m->items[0].text;
        ht_buf_add(&b, ht_sub(line, 0, ht_utf8_valid_until(ht_sub(line, 0, ROOM))));
        shown = 1;
    }
    if (m->n > shown) ht_buf_printf(&b, "\n… and %zu more", m->n - shown);
    return ht_fail(e, HT_CODEBOOK, HT_FMT, HT_ARG(ht_buf_str(&b)));
}

/* Outlives a jump out of the arena, so that libyaml's memory is freed in any case. */
typedef struct {
    yaml_parser_t parser;
    yaml_event_t event;
    bool parsing, holding;
} reader;

static void reader_close(void *arg) {
    reader *r = arg;
    if (r->holding) yaml_event_delete(&r->event);
    if (r->parsing) yaml_parser_delete(&r->parser);
    r->holding = r->parsing = false;
}

static bool next_event(reader *r, mistakes *m) {
    if (r->holding) yaml_event_delete(&r->event);
    r->holding = false;
    if (yaml_parser_parse(&r->parser, &r->event)) {
        r->holding = true;
        return true;
    }
    const yaml_parser_t *p = &r->parser;
    mistake_add(m, (uint32_t)p->problem_mark.line + 1, (uint32_t)p->problem_mark.column + 1,
                "no YAML: %s%s%s, expected a codebook in YAML",
                p->problem ? p->problem : "it cannot be read", p->context ? " " : "",
                p->context ? p->context : "");
    return false;
}

typedef struct {
    ht_arena *arena;
    mistakes *mistakes;
    size_t n_nodes, depth;
    node *open[CODEBOOK_MAX_DEPTH + 1];
    node *root;
    /* the key that waits for its value, in each open map */
    bool has_key[CODEBOOK_MAX_DEPTH + 1];
    node key[CODEBOOK_MAX_DEPTH + 1];
} builder;

static uint32_t line_of(const yaml_event_t *e) {
    return (uint32_t)e->start_mark.line + 1;
}

static uint32_t column_of(const yaml_event_t *e) {
    return (uint32_t)e->start_mark.column + 1;
}

static bool refuse(builder *b, const yaml_event_t *e, const char *what) {
    mistake_add(b->mistakes, line_of(e), column_of(e), "%s", what);
    return false;
}

/* Puts a node where the events say it stands: into the list, as a key, as its value, or on top. */
static bool place(builder *b, const yaml_event_t *e, node *n) {
    if (++b->n_nodes > CODEBOOK_MAX_NODES)
        return refuse(b, e, "too many values, expected at most 100000");
    n->line = line_of(e);
    n->column = column_of(e);
    if (!b->depth) {
        b->root = n;
        return true;
    }
    node *parent = b->open[b->depth];
    if (parent->kind == NODE_MAP) {
        if (!b->has_key[b->depth]) {
            if (n->kind != NODE_SCALAR)
                return refuse(b, e, "a key is a list or a map, expected a word");
            b->key[b->depth] = *n;
            b->has_key[b->depth] = true;
            return true;
        }
        const node *key = &b->key[b->depth];
        n->key = key->text;
        n->key_line = key->line;
        n->key_column = key->column;
        b->has_key[b->depth] = false;
    }
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
    parent->n++;
    return true;
}

static bool open_collection(builder *b, const yaml_event_t *e, node_kind kind) {
    node *n = HT_NEW(b->arena, node);
    n->kind = kind;
    if (b->depth == CODEBOOK_MAX_DEPTH)
        return refuse(b, e, "lists and maps too deep in each other, expected at most 12 levels");
    if (!place(b, e, n)) return false;
    b->depth++;
    b->open[b->depth] = n;
    b->has_key[b->depth] = false;
    return true;
}

static bool take_scalar(builder *b, const yaml_event_t *e) {
    node *n = HT_NEW(b->arena, node);
    n->kind = NODE_SCALAR;
    n->text =
        ht_str_copy(b->arena, (ht_str){(const char *)e->data.scalar.value, e->data.scalar.length});
    return place(b, e, n);
}

static bool is_plain_node(const yaml_event_t *e) {
    switch (e->type) {
    case YAML_SCALAR_EVENT: return !e->data.scalar.anchor && !e->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT:
        return !e->data.sequence_start.anchor && !e->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT:
        return !e->data.mapping_start.anchor && !e->data.mapping_start.tag;
    default: return true;
    }
}

static bool take_event(builder *b, const yaml_event_t *e) {
    if (!is_plain_node(e))
        return refuse(b, e, "an anchor (&) or a tag (!), expected the words themselves");
    switch (e->type) {
    case YAML_ALIAS_EVENT: return refuse(b, e, "an alias (*), expected the words themselves");
    case YAML_DOCUMENT_START_EVENT:
        if (b->root) return refuse(b, e, "a second document (---), expected one codebook a file");
        return true;
    case YAML_SCALAR_EVENT: return take_scalar(b, e);
    case YAML_SEQUENCE_START_EVENT: return open_collection(b, e, NODE_LIST);
    case YAML_MAPPING_START_EVENT: return open_collection(b, e, NODE_MAP);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: b->depth--; return true;
    default: return true;
    }
}

/* Line and column of a byte, for what is refused before libyaml sees it. */
static void place_of(ht_str s, size_t at, uint32_t *line, uint32_t *column) {
    size_t start = 0;
    *line = 1;
    for (size_t i = 0; i < at; i++)
        if (s.p[i] == '\n') {
            ++*line;
            start = i + 1;
        }
    *column = (uint32_t)ht_utf8_count(ht_sub(s, start, at)) + 1;
}

const node *tree_read(ht_arena *a, ht_str yaml, mistakes *m) {
    uint32_t line, column;
    if (yaml.n > CODEBOOK_MAX_BYTES) {
        mistake_add(m, 1, 1, "%zu bytes, expected at most %d", yaml.n, CODEBOOK_MAX_BYTES);
        return NULL;
    }
    size_t valid = ht_utf8_valid_until(yaml);
    if (valid < yaml.n) {
        place_of(yaml, valid, &line, &column);
        mistake_add(m, line, column, "a byte that is no UTF-8, expected UTF-8");
        return NULL;
    }
    reader *r = HT_NEW(a, reader);
    ht_arena_defer(a, reader_close, r);
    if (!yaml_parser_initialize(&r->parser)) {
        mistake_add(m, 1, 1, "no memory for the YAML reader, expected more of it");
        return NULL;
    }
    r->parsing = true;
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)yaml.p, yaml.n);
    builder *b = HT_NEW(a, builder);
    *b = (builder){.arena = a, .mistakes = m};
    bool good = true, done = false;
    while (good && !done) {
        good = next_event(r, m) && take_event(b, &r->event);
        done = good && r->event.type == YAML_STREAM_END_EVENT;
    }
    reader_close(r);
    if (good && !b->root) mistake_add(m, 1, 1, "nothing here, expected a codebook in YAML");
    return good ? b->root : NULL;
}
