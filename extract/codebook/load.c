/* The nodes of a file -> ht_codebook. */
#include "extract/codebook/parts.h"

enum { CB_ID, CB_VERSION, CB_LABEL, CB_WORDS, CB_INDICATORS, CB_KEYS };

static void take_indicators(checker *c, const node *n) {
    ht_codebook *cb = c->codebook;
    if (n->kind != NODE_LIST || !n->n || n->n > CODEBOOK_MAX_INDICATORS) {
        mistake_add(&c->mistakes, n->line, n->column,
                    "expected indicators: a list of 1 to %d maps with id, label and terms",
                    CODEBOOK_MAX_INDICATORS);
        return;
    }
    cb->indicators = HT_ARRAY(c->arena, ht_indicator, n->n);
    for (const node *v = n->first; v; v = v->next) {
        check_indicator(c, v, (uint16_t)cb->n_indicators, &cb->indicators[cb->n_indicators]);
        cb->n_indicators++;
    }
}

/* words: {people: [骑手, 快递员]}: named groups for terms. */
static void take_groups(checker *c, const node *n) {
    if (n->kind != NODE_MAP) {
        mistake_add(&c->mistakes, n->line, n->column,
                    "expected words: a map as in {people: [骑手, 快递员]}");
        return;
    }
    for (const node *v = n->first; v; v = v->next) {
        node key = {
            .kind = NODE_SCALAR, .text = v->key, .line = v->key_line, .column = v->key_column};
        ht_str name = field_id(c, &key, "name of a group", false);
        if (!name.n) continue;
        if (ht_map_get(&c->claims.groups, name))
            mistake_add(&c->mistakes, v->key_line, v->key_column,
                        "group \"" HT_FMT "\" again, expected it once", HT_ARG(name));
        else if (v->kind != NODE_LIST || !v->n)
            mistake_add(&c->mistakes, v->line, v->column, "expected a list of words");
        else
            claim_group(&c->claims, &c->mistakes, name, v);
    }
}

static void take_codebook(checker *c, const node *root) {
    static const char *const keys[] = {"codebook", "version", "label", "words", "indicators", NULL};
    const node *v[CB_KEYS];
    ht_codebook *cb = c->codebook;
    if (!field_map(c, root, "a codebook", keys, v)) return;
    cb->version = HT_S("1");
    if (v[CB_ID])
        cb->id = field_id(c, v[CB_ID], "name of a codebook", true);
    else
        field_missing(c, root, "codebook", "codebook: a-name");
    if (v[CB_VERSION]) cb->version = field_text(c, v[CB_VERSION], "a version");
    cb->label_zh = cb->label_en = cb->id;
    if (v[CB_LABEL]) field_label(c, v[CB_LABEL], &cb->label_zh, &cb->label_en);
    if (v[CB_WORDS]) take_groups(c, v[CB_WORDS]);
    if (v[CB_INDICATORS])
        take_indicators(c, v[CB_INDICATORS]);
    else
        field_missing(c, root, "indicators", "indicators: a list");
}

ht_status ht_codebook_parse(ht_codebook *cb, ht_arena *a, const ht_lexicon *l, ht_str yaml,
                            ht_str name, ht_error *e) {
    *cb = (ht_codebook){.source = ht_str_copy(a, yaml)};
    checker *c = HT_NEW(a, checker);
    *c = (checker){.arena = a, .lexicon = l, .codebook = cb};
    c->mistakes.name = name;
    c->mistakes.arena = a;
    c->claims.arena = a;
    ht_map_init(&c->claims.words, a);
    ht_map_init(&c->claims.groups, a);
    const node *root = tree_read(a, cb->source, &c->mistakes);
    if (root) take_codebook(c, root);
    if (c->mistakes.n) return mistakes_fail(&c->mistakes, e);
    cb->matcher = matcher_new(a, &c->claims, &c->patterns);
    return HT_OK;
}
