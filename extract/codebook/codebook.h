/* The codebook: what a social scientist writes (docs/codebook.md), and where its terms stand in a
 * passage.
 *
 *   tree.c   YAML events (libyaml) -> nodes with their places      load.c    the codebook
 *   field.c  nodes -> ids, labels, numbers, lists of words         check.c   an indicator
 *   claim.c  a term with alternatives -> the words it claims       match.c   a passage -> hits
 *   builtin.c  the compiled-in codebooks                           pattern.c PCRE2
 *
 * Refuses: unknown keys, wrong types, ids twice, words claimed twice, unknown units, bad patterns,
 * anchors, aliases, tags, a second document, and what exceeds the limits in parts.h.
 * Costs: loading some milliseconds. ht_codebook_hits is linear: a trie step for each character
 * where no term begins, up to 40 where one does; every pattern of the codebook scans the text once.
 * A loaded codebook is read only and shared by all threads.
 */
#ifndef HT_EXTRACT_CODEBOOK_H
#define HT_EXTRACT_CODEBOOK_H

#include "base/error.h"
#include "extract/passage/passage.h"
#include "extract/quantity/quantity.h"

typedef struct {
    ht_str id, label_zh, label_en;
    ht_str *terms;
    size_t n_terms;
} ht_subtype;

typedef struct {
    ht_str text;
    bool none;      /* none: true - no figure of this indicator may come out */
    ht_str value;   /* exact, as written; empty if not given */
    ht_str subtype; /* id; empty if not given */
    uint32_t line;
} ht_example;

typedef struct {
    ht_str id, label_zh, label_en;
    ht_str dimension; /* the main dimension (person) of the unit; empty: any count */
    ht_str unit_to;   /* unit: {to: 公里}; empty if none */
    ht_str measure;   /* stock | flow | cumulative | increase | decrease | growth */
    ht_str aggregate; /* latest | sum | max | median | none */
    ht_str *terms;
    size_t n_terms;
    ht_str *patterns;
    size_t n_patterns;
    ht_subtype *subtypes;
    size_t n_subtypes;
    ht_str *nots;
    size_t n_nots;
    ht_str near_within; /* sentence | clause | paragraph */
    ht_str *near_none;
    size_t n_near_none;
    ht_str *near_any; /* near.any_of: at least one must stand within */
    size_t n_near_any;
    ht_number min, max; /* plausible; not known if not given */
    ht_example *examples;
    size_t n_examples;
    uint32_t line;
    ht_str *dimensions;  /* all that are allowed, the main one first, without "count:" */
    size_t n_dimensions; /* 0: any count */
    bool takes_rest;     /* also every number of this unit that no term claims */
    bool yields_to_whole; /* 党员1043名，其中快递员217名: the part counts for the whole's indicator */
} ht_indicator;

typedef struct {
    ht_str id, version, label_zh, label_en;
    ht_indicator *indicators;
    size_t n_indicators;
    ht_str source;              /* the YAML text, for its hash */
    struct ht_matcher *matcher; /* compiled terms, shared by all workers (read only) */
} ht_codebook;

/* Reads YAML text. name is used in messages. Stops at the first mistake of structure, collects all
 * others (up to 20 lines of "name:line:column: message, expected …" in e->text, in the order of the
 * file). Arena; lives as long as it. */
ht_status ht_codebook_parse(ht_codebook *cb, ht_arena *a, const ht_lexicon *l, ht_str yaml,
                            ht_str name, ht_error *e);
/* The compiled-in codebook of that name ("gig-work"), empty if there is none. */
ht_str ht_codebook_builtin(ht_str name);
/* The i-th compiled-in codebook's name, in order; empty behind the last. */
ht_str ht_codebook_builtin_name(size_t i);
/* A commented starting point: what `codebook new` writes. */
ht_str ht_codebook_template(void);

typedef enum { HT_HIT_TERM, HT_HIT_NOT } ht_hit_kind;
typedef struct {
    uint32_t start, end; /* code points */
    uint16_t indicator;  /* index */
    int16_t subtype;     /* index, -1: the indicator itself */
    ht_hit_kind kind;
} ht_hit;

/* Every occurrence of every term, in order of start, then longer first, then order in the file.
 * Overlapping hits are all reported. */
void ht_codebook_hits(const ht_codebook *cb, ht_arena *a, const ht_passage *p, ht_hit **hits,
                      size_t *n);
/* Does `near` of the indicator allow a figure at [start, end)? (none_of words absent, any_of
 * present) */
bool ht_codebook_near(const ht_codebook *cb, uint16_t indicator, const ht_passage *p,
                      uint32_t start, uint32_t end);
/* May a quantity be a figure of the indicator, as far as its unit tells? A bare number may be any
 * count; a fraction without a unit (三分之一) is a ratio. */
bool ht_codebook_accepts(const ht_indicator *indicator, const ht_quantity *q);

#endif
