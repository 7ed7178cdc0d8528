/* An indicator's map -> ht_indicator, its claims and its patterns. */
#include "extract/codebook/parts.h"

#include <string.h>

enum { MAX_KEYS = 16 };

static bool same_id(ht_str a, ht_str b) {
    return a.n && ht_str_eq(a, b);
}

static void take_dimension(checker *c, const node *n, ht_indicator *out) {
    ht_str s = field_text(c, n, "a dimension or a unit"), name, dimension;
    if (!s.n) return;
    if (ht_unit_dimension_exists(c->lexicon, s)) {
        dimension = s;
    } else if (ht_unit_find(c->lexicon, s, &name, &dimension)) {
        out->unit_to = ht_str_copy(c->arena, name);
    } else {
        mistake_add(&c->mistakes, n->line, n->column,
                    "unknown unit \"" HT_FMT "\", expected a dimension (person, visit, place, "
                    "ratio, length …) or a unit (公里, 元 …) of data/units.tsv",
                    HT_ARG(s));
        return;
    }
    if (ht_str_starts(dimension, HT_S("count:"))) dimension = ht_sub(dimension, 6, dimension.n);
    out->dimensions[out->n_dimensions++] = ht_str_copy(c->arena, dimension);
}

static void take_unit(checker *c, const node *n, ht_indicator *out) {
    static const char *const keys[] = {"to", NULL};
    const node *v[MAX_KEYS];
    out->dimensions = HT_ARRAY(c->arena, ht_str, n->n + 1);
    if (n->kind == NODE_LIST) {
        for (const node *m = n->first; m; m = m->next) take_dimension(c, m, out);
        if (out->unit_to.n)
            mistake_add(&c->mistakes, n->line, n->column,
                        "a unit in a list, expected dimensions only (person, visit …)");
    } else if (n->kind == NODE_MAP) {
        if (!field_map(c, n, "a unit", keys, v)) return;
        if (!v[0]) {
            field_missing(c, n, "to", "unit: {to: 公里}");
            return;
        }
        ht_str to = field_text(c, v[0], "a unit"), name, dimension;
        if (to.n && !ht_unit_find(c->lexicon, to, &name, &dimension))
            mistake_add(&c->mistakes, v[0]->line, v[0]->column,
                        "unknown unit \"" HT_FMT "\", expected one of data/units.tsv", HT_ARG(to));
        else if (to.n)
            take_dimension(c, v[0], out);
    } else {
        take_dimension(c, n, out);
    }
    if (out->n_dimensions) out->dimension = out->dimensions[0];
}

/* Two indicators that both want what is left of a unit would claim the same numbers. */
static void take_rest(checker *c, const node *n, uint16_t index, ht_indicator *out) {
    out->takes_rest = field_bool(c, n);
    if (!out->takes_rest) return;
    if (!out->n_dimensions)
        mistake_add(&c->mistakes, n->line, n->column,
                    "takes_rest without a unit, expected the unit whose rest is meant");
    for (uint16_t i = 0; i < index; i++) {
        const ht_indicator *o = &c->codebook->indicators[i];
        for (size_t k = 0; o->takes_rest && k < o->n_dimensions; k++)
            for (size_t j = 0; j < out->n_dimensions; j++)
                if (ht_str_eq(o->dimensions[k], out->dimensions[j]))
                    mistake_add(&c->mistakes, n->line, n->column,
                                "\"" HT_FMT "\" takes the rest of \"" HT_FMT
                                "\" already, expected one indicator",
                                HT_ARG(o->id), HT_ARG(o->dimensions[k]));
    }
}

static void take_pattern(checker *c, const node *n, uint16_t index, ht_indicator *out) {
    ht_str s = field_text(c, n, "a pattern (PCRE2)");
    if (!s.n) return;
    if (c->patterns.n == CODEBOOK_MAX_PATTERNS) {
        mistake_add(&c->mistakes, n->line, n->column, "too many patterns, expected at most %d",
                    CODEBOOK_MAX_PATTERNS);
        return;
    }
    pattern p = {.indicator = index};
    if (!pattern_compile(c->arena, &c->mistakes, n, &p)) return;
    *HT_PUSH(c->arena, c->patterns.items, c->patterns.n, c->patterns.cap) = p;
    out->patterns[out->n_patterns++] = s;
}

static void take_patterns(checker *c, const node *n, uint16_t index, ht_indicator *out) {
    out->patterns = HT_ARRAY(c->arena, ht_str, n->n + 1);
    if (n->kind == NODE_LIST)
        for (const node *v = n->first; v; v = v->next) take_pattern(c, v, index, out);
    else
        take_pattern(c, n, index, out);
}

static void take_subtype(checker *c, const node *n, uint16_t index, ht_indicator *out) {
    static const char *const keys[] = {"id", "label", "terms", NULL};
    const node *v[MAX_KEYS];
    if (!field_map(c, n, "a subtype", keys, v)) return;
    ht_subtype *s = &out->subtypes[out->n_subtypes];
    claim place = {.kind = CLAIM_TERM, .indicator = index, .subtype = (int16_t)out->n_subtypes};
    if (v[0])
        s->id = field_id(c, v[0], "id", false);
    else
        field_missing(c, n, "id", "id: courier");
    for (size_t i = 0; i < out->n_subtypes; i++)
        if (same_id(s->id, out->subtypes[i].id))
            mistake_add(&c->mistakes, v[0]->line, v[0]->column,
                        "subtype \"" HT_FMT "\" again, expected another id", HT_ARG(s->id));
    if (v[1])
        field_label(c, v[1], &s->label_zh, &s->label_en);
    else
        field_missing(c, n, "label", "label: {zh: …, en: …}");
    out->n_subtypes++;
    if (v[2])
        field_words(c, v[2], "terms", place, &s->terms, &s->n_terms);
    else
        field_missing(c, n, "terms", "terms: a list of words");
}

static void take_subtypes(checker *c, const node *n, uint16_t index, ht_indicator *out) {
    if (n->kind != NODE_LIST || n->n > CODEBOOK_MAX_SUBTYPES) {
        mistake_add(&c->mistakes, n->line, n->column, "expected a list of at most %d subtypes",
                    CODEBOOK_MAX_SUBTYPES);
        return;
    }
    out->subtypes = HT_ARRAY(c->arena, ht_subtype, n->n);
    for (const node *v = n->first; v; v = v->next) take_subtype(c, v, index, out);
}

static void take_near(checker *c, const node *n, uint16_t index, ht_indicator *out) {
    static const char *const keys[] = {"within", "none_of", "any_of", NULL};
    static const char *const scopes[] = {"sentence", "clause", "paragraph", NULL};
    const node *v[MAX_KEYS];
    claim place = {.kind = CLAIM_NEAR_NONE, .indicator = index, .subtype = -1};
    if (!field_map(c, n, "near", keys, v)) return;
    if (v[0]) {
        ht_str within = field_choice(c, v[0], "reach of near", scopes);
        if (within.n) out->near_within = within;
    }
    if (!v[1] && !v[2]) field_missing(c, n, "none_of", "none_of or any_of: a list of words");
    if (v[1]) field_words(c, v[1], "near.none_of", place, &out->near_none, &out->n_near_none);
    place.kind = CLAIM_NEAR_ANY;
    if (v[2]) field_words(c, v[2], "near.any_of", place, &out->near_any, &out->n_near_any);
}

static void take_plausible(checker *c, const node *n, ht_indicator *out) {
    static const char *const keys[] = {"min", "max", NULL};
    const node *v[MAX_KEYS];
    if (!field_map(c, n, "plausible", keys, v)) return;
    if (v[0]) out->min = field_number(c, v[0], "a smallest value");
    if (v[1]) out->max = field_number(c, v[1], "a largest value");
    if (out->min.ok && out->max.ok && ht_number_cmp(out->min, out->max) > 0)
        mistake_add(&c->mistakes, v[0]->line, v[0]->column,
                    "min is larger than max, expected min ≤ max");
}

static void take_example(checker *c, const node *n, ht_indicator *out) {
    static const char *const keys[] = {"text", "value", "subtype", "none", NULL};
    const node *v[MAX_KEYS];
    if (!field_map(c, n, "an example", keys, v)) return;
    ht_example *e = &out->examples[out->n_examples++];
    e->line = n->line;
    if (v[0])
        e->text = field_text(c, v[0], "a sentence");
    else
        field_missing(c, n, "text", "text: a sentence");
    if (v[1] && field_number(c, v[1], "the value").ok) e->value = field_text(c, v[1], "the value");
    if (v[3]) e->none = field_bool(c, v[3]);
    if (e->none && (v[1] || v[2]))
        mistake_add(&c->mistakes, n->line, n->column,
                    "none: true with a value or subtype, expected one or the other");
    if (!v[2]) return;
    e->subtype = field_text(c, v[2], "the id of a subtype");
    for (size_t i = 0; i < out->n_subtypes; i++)
        if (same_id(e->subtype, out->subtypes[i].id)) return;
    if (e->subtype.n)
        mistake_add(&c->mistakes, v[2]->line, v[2]->column,
                    "unknown subtype \"" HT_FMT "\", expected one of this indicator",
                    HT_ARG(e->subtype));
}

static void take_examples(checker *c, const node *n, ht_indicator *out) {
    if (n->kind != NODE_LIST) {
        mistake_add(&c->mistakes, n->line, n->column, "expected a list of examples");
        return;
    }
    out->examples = HT_ARRAY(c->arena, ht_example, n->n);
    for (const node *v = n->first; v; v = v->next) take_example(c, v, out);
}

void check_indicator(checker *c, const node *n, uint16_t index, ht_indicator *out) {
    enum {
        ID,
        LABEL,
        UNIT,
        REST,
        YIELDS,
        MEASURE,
        AGGREGATE,
        TERMS,
        PATTERN,
        SUBTYPES,
        NOT,
        NEAR,
        PLAUSIBLE,
        EXAMPLES
    };
    static const char *const keys[] = {
        "id",    "label",   "unit",     "takes_rest", "yields_to_whole", "measure",  "aggregate",
        "terms", "pattern", "subtypes", "not",        "near",            "plausible", "examples",
        NULL};
    static const char *const measures[] = {"stock",    "flow",   "cumulative", "increase",
                                           "decrease", "growth", NULL};
    static const char *const aggregates[] = {"latest", "sum", "max", "median", "none", NULL};
    const node *v[MAX_KEYS];
    claim place = {.kind = CLAIM_TERM, .indicator = index, .subtype = -1};
    *out = (ht_indicator){.measure = HT_S("stock"),
                          .aggregate = HT_S("latest"),
                          .near_within = HT_S("sentence"),
                          .min = HT_NO_NUMBER,
                          .max = HT_NO_NUMBER,
                          .line = n->line};
    if (!field_map(c, n, "an indicator", keys, v)) return;
    if (v[ID])
        out->id = field_id(c, v[ID], "id", false);
    else
        field_missing(c, n, "id", "id: workers");
    for (uint16_t i = 0; i < index; i++)
        if (same_id(out->id, c->codebook->indicators[i].id))
            mistake_add(&c->mistakes, v[ID]->line, v[ID]->column,
                        "indicator \"" HT_FMT "\" again (first in line %u), expected another id",
                        HT_ARG(out->id), c->codebook->indicators[i].line);
    if (v[LABEL])
        field_label(c, v[LABEL], &out->label_zh, &out->label_en);
    else
        field_missing(c, n, "label", "label: {zh: …, en: …}");
    if (v[UNIT]) take_unit(c, v[UNIT], out);
    if (v[REST]) take_rest(c, v[REST], index, out);
    if (v[YIELDS]) out->yields_to_whole = field_bool(c, v[YIELDS]);
    if (v[MEASURE]) {
        ht_str s = field_choice(c, v[MEASURE], "measure", measures);
        if (s.n) out->measure = s;
    }
    if (v[AGGREGATE]) {
        ht_str s = field_choice(c, v[AGGREGATE], "aggregate", aggregates);
        if (s.n) out->aggregate = s;
    }
    if (v[TERMS])
        field_words(c, v[TERMS], "terms", place, &out->terms, &out->n_terms);
    else
        field_missing(c, n, "terms", "terms: a list of words");
    if (v[PATTERN]) take_patterns(c, v[PATTERN], index, out);
    if (v[SUBTYPES]) take_subtypes(c, v[SUBTYPES], index, out);
    place.kind = CLAIM_NOT;
    if (v[NOT]) field_words(c, v[NOT], "not", place, &out->nots, &out->n_nots);
    if (v[NEAR]) take_near(c, v[NEAR], index, out);
    if (v[PLAUSIBLE]) take_plausible(c, v[PLAUSIBLE], out);
    if (v[EXAMPLES]) take_examples(c, v[EXAMPLES], out);
}
