#include "review/gold_codebook.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

typedef struct {
    yaml_document_t document;
    bool failed; /* no memory */
} book;

static ht_str text_of(yaml_document_t *d, int id) {
    yaml_node_t *node = yaml_document_get_node(d, id);
    if (!node || node->type != YAML_SCALAR_NODE) return (ht_str){NULL, 0};
    return (ht_str){(const char *)node->data.scalar.value, node->data.scalar.length};
}

/* The value of a key; 0: none. */
static int member_of(yaml_document_t *d, int id, const char *key) {
    yaml_node_t *node = yaml_document_get_node(d, id);
    if (!node || node->type != YAML_MAPPING_NODE) return 0;
    for (yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++)
        if (ht_str_eq(text_of(d, p->key), ht_str_of(key))) return p->value;
    return 0;
}

static void member_remove(yaml_document_t *d, int id, const char *key) {
    yaml_node_t *node = yaml_document_get_node(d, id);
    yaml_node_pair_t *to = node->data.mapping.pairs.start;
    for (yaml_node_pair_t *p = to; p < node->data.mapping.pairs.top; p++)
        if (!ht_str_eq(text_of(d, p->key), ht_str_of(key))) *to++ = *p;
    node->data.mapping.pairs.top = to;
}

static int add_scalar(book *b, ht_str s, yaml_scalar_style_t style) {
    int id = yaml_document_add_scalar(&b->document, NULL, (const yaml_char_t *)(s.n ? s.p : ""),
                                      (int)s.n, style);
    b->failed |= id == 0;
    return id;
}

static void add_member(book *b, int mapping, const char *key, ht_str value, bool quoted) {
    int k = add_scalar(b, ht_str_of(key), YAML_PLAIN_SCALAR_STYLE);
    int v = add_scalar(b, value,
                       quoted ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_PLAIN_SCALAR_STYLE);
    if (!b->failed && !yaml_document_append_mapping_pair(&b->document, mapping, k, v))
        b->failed = true;
}

static bool is_contradicted(const gold_example *all, size_t n, const gold_example *x) {
    for (size_t i = 0; x->none && i < n; i++)
        if (!all[i].none && ht_str_eq(all[i].indicator, x->indicator) &&
            ht_str_eq(all[i].text, x->text))
            return true;
    return false;
}

static void add_examples(book *b, int indicator, ht_str id, const gold_example *all, size_t n) {
    member_remove(&b->document, indicator, "examples");
    int list = yaml_document_add_sequence(&b->document, NULL, YAML_BLOCK_SEQUENCE_STYLE);
    b->failed |= list == 0;
    size_t n_added = 0;
    for (size_t i = 0; i < n && !b->failed; i++) {
        if (!ht_str_eq(all[i].indicator, id) || is_contradicted(all, n, &all[i])) continue;
        int example = yaml_document_add_mapping(&b->document, NULL, YAML_BLOCK_MAPPING_STYLE);
        b->failed |= example == 0;
        if (b->failed) return;
        add_member(b, example, "text", all[i].text, true);
        if (all[i].none) add_member(b, example, "none", HT_S("true"), false);
        if (!all[i].none) add_member(b, example, "value", all[i].value, true);
        if (!all[i].none && all[i].subtype.n)
            add_member(b, example, "subtype", all[i].subtype, false);
        b->failed |= !yaml_document_append_sequence_item(&b->document, list, example);
        n_added++;
    }
    if (!n_added || b->failed) return;
    int key = add_scalar(b, HT_S("examples"), YAML_PLAIN_SCALAR_STYLE);
    b->failed |= !yaml_document_append_mapping_pair(&b->document, indicator, key, list);
}

static int put(void *context, unsigned char *bytes, size_t n) {
    ht_buf_add(context, (ht_str){(const char *)bytes, n});
    return 1;
}

static bool emit(ht_arena *a, book *b, ht_str *yaml) {
    ht_buf *out = HT_NEW(a, ht_buf);
    yaml_emitter_t emitter;
    ht_buf_init(out, a);
    if (!yaml_emitter_initialize(&emitter)) return false;
    yaml_emitter_set_output(&emitter, put, out);
    yaml_emitter_set_unicode(&emitter, 1);
    yaml_emitter_set_width(&emitter, -1);
    /* dump takes the document, also where it fails */
    bool good = yaml_emitter_open(&emitter) && yaml_emitter_dump(&emitter, &b->document) &&
                yaml_emitter_close(&emitter);
    yaml_emitter_delete(&emitter);
    *yaml = ht_buf_str(out);
    return good;
}

ht_status gold_codebook_write(ht_arena *a, ht_str source, const gold_example *examples, size_t n,
                              ht_str *yaml, ht_error *e) {
    yaml_parser_t parser;
    book b = {0};
    if (!yaml_parser_initialize(&parser)) return ht_fail(e, HT_IO, "out of memory");
    yaml_parser_set_input_string(&parser, (const unsigned char *)source.p, source.n);
    bool loaded = yaml_parser_load(&parser, &b.document) != 0;
    yaml_parser_delete(&parser);
    yaml_node_t *root = loaded ? yaml_document_get_root_node(&b.document) : NULL;
    if (!root) {
        if (loaded) yaml_document_delete(&b.document);
        return ht_fail(e, HT_CODEBOOK, "the codebook cannot be read again");
    }
    int list = member_of(&b.document, 1, "indicators");
    /* Adding nodes moves them, so items are counted, not pointed at. */
    for (size_t i = 0; !b.failed; i++) {
        yaml_node_t *node = yaml_document_get_node(&b.document, list);
        if (!node || node->type != YAML_SEQUENCE_NODE) break;
        yaml_node_item_t *items = node->data.sequence.items.start;
        if (i == (size_t)(node->data.sequence.items.top - items)) break;
        int indicator = items[i];
        ht_str id = text_of(&b.document, member_of(&b.document, indicator, "id"));
        if (id.n) add_examples(&b, indicator, ht_str_copy(a, id), examples, n);
    }
    if (b.failed) {
        yaml_document_delete(&b.document);
        return ht_fail(e, HT_IO, "out of memory");
    }
    return emit(a, &b, yaml) ? HT_OK : ht_fail(e, HT_IO, "the codebook cannot be written");
}
