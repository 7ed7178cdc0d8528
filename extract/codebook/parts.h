/* What the files of this folder share: YAML text -> nodes (tree.c), nodes -> values (field.c),
 * words -> claims (claim.c), claims and patterns -> ht_matcher (match.c, pattern.c); and the list
 * of mistakes that they all write to (tree.c).
 *
 * Refuses by name what a hostile or careless file could bring; the limits stand here. Everything
 * lives in the codebook's arena. */
#ifndef HT_EXTRACT_CODEBOOK_PARTS_H
#define HT_EXTRACT_CODEBOOK_PARTS_H

#include "base/map.h"
#include "base/trie.h"
#include "extract/codebook/codebook.h"

#include <pcre2.h>

enum {
    CODEBOOK_MAX_BYTES = 1024 * 1024,
    CODEBOOK_MAX_DEPTH = 12,     /* collections in collections */
    CODEBOOK_MAX_NODES = 100000, /* values, lists and maps */
    CODEBOOK_MAX_INDICATORS = 1000,
    CODEBOOK_MAX_SUBTYPES = 1000,  /* of one indicator */
    CODEBOOK_MAX_ID = 40,          /* characters */
    CODEBOOK_MAX_TERM = 40,        /* characters */
    CODEBOOK_MAX_CLAIMS = 100000,  /* words after the alternatives were written out */
    CODEBOOK_MAX_EXPANSION = 5000, /* words from one term with alternatives */
    CODEBOOK_MAX_WRITTEN = 20000,  /* bytes of a term with its groups put in */
    CODEBOOK_MAX_PATTERN = 500,    /* characters */
    CODEBOOK_MAX_PATTERNS = 100,   /* in a codebook: each is tried on the whole text */
    CODEBOOK_MAX_MISTAKES = 20,
};

/* --- mistakes ------------------------------------------------------------------------------- */

typedef struct {
    uint32_t line, column, order; /* of being found */
    ht_str text;                  /* "name:line:column: …" */
} mistake;

typedef struct {
    ht_arena *arena;
    ht_str name; /* borrows: of the file */
    mistake items[CODEBOOK_MAX_MISTAKES];
    size_t n; /* also of those that are not kept */
} mistakes;

void mistake_add(mistakes *m, uint32_t line, uint32_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* In the order of the file: as many lines as fit into e->text, and how many are left out. */
ht_status mistakes_fail(mistakes *m, ht_error *e);

/* --- tree ----------------------------------------------------------------------------------- */

typedef enum { NODE_SCALAR, NODE_LIST, NODE_MAP } node_kind;

typedef struct node node;
struct node {
    node_kind kind;
    uint32_t line, column; /* from 1; columns count characters */
    ht_str text;           /* of a scalar */
    ht_str key;            /* of a member of a map */
    uint32_t key_line, key_column;
    node *first, *last, *next; /* members, in order */
    size_t n;
};

/* NULL after a mistake of structure. */
const node *tree_read(ht_arena *a, ht_str yaml, mistakes *m);

/* --- claims: which word belongs to which indicator ------------------------------------------ */

typedef enum { CLAIM_TERM, CLAIM_NOT, CLAIM_NEAR_NONE, CLAIM_NEAR_ANY } claim_kind;

typedef struct {
    ht_str word; /* folded */
    claim_kind kind;
    uint16_t indicator;
    int16_t subtype;
    uint32_t line, column;
    uint32_t next; /* claim of the same word + 1, in the order of the file; 0: none */
} claim;

typedef struct {
    ht_arena *arena;
    ht_map words;        /* -> first claim + 1 */
    ht_map groups;       /* name -> index of its words in group_words */
    ht_str *group_words; /* folded, joined by | */
    size_t n_groups, cap_groups;
    claim *items;
    size_t n, cap;
    size_t expansion; /* words of the term at hand */
} claims;

/* A named group of words: <name> in a term stands for its words with | between them. */
void claim_group(claims *cs, mistakes *m, ht_str name, const node *words);
/* Folds the term, writes out its alternatives and claims each word; a word that is claimed already
 * is a mistake. c holds the indicator, subtype, kind and place. */
void claim_term(claims *cs, mistakes *m, const ht_indicator *indicators, ht_str term, claim c);

/* --- patterns ------------------------------------------------------------------------------- */

typedef struct {
    pcre2_code *code; /* freed with the arena */
    uint16_t indicator;
} pattern;

/* False and a mistake when it does not compile or can match nothing. */
bool pattern_compile(ht_arena *a, mistakes *m, const node *n, pattern *out);

typedef struct {
    ht_hit *items;
    size_t n, cap;
} hits;

void pattern_hits(const pattern *patterns, size_t n, ht_arena *a, const ht_passage *p, hits *out);

/* --- matcher -------------------------------------------------------------------------------- */

typedef struct {
    pattern *items;
    size_t n, cap;
} pattern_list;

struct ht_matcher *matcher_new(ht_arena *a, const claims *cs, const pattern_list *patterns);

/* --- fields --------------------------------------------------------------------------------- */

typedef struct {
    ht_arena *arena;
    const ht_lexicon *lexicon;
    mistakes mistakes;
    claims claims;
    pattern_list patterns;
    ht_codebook *codebook;
} checker;

/* Sorts the members of a map by the names in keys (NULL-terminated, values[] as long); unknown and
 * repeated keys are mistakes. False when it is no map; `what` says what the map should be. */
bool field_map(checker *c, const node *n, const char *what, const char *const *keys,
               const node **values);
/* A scalar, trimmed and not empty. An empty string after a mistake. */
ht_str field_text(checker *c, const node *n, const char *what);
/* [a-z][a-z0-9_]{0,39}; `hyphen`: - instead of _. */
ht_str field_id(checker *c, const node *n, const char *what, bool hyphen);
bool field_bool(checker *c, const node *n);
ht_number field_number(checker *c, const node *n, const char *what);
/* One of the words (NULL-terminated). */
ht_str field_choice(checker *c, const node *n, const char *what, const char *const *words);
/* {zh: …, en: …} or a plain word; a missing one of the two is the other. */
void field_label(checker *c, const node *n, ht_str *zh, ht_str *en);
/* A list of words; each is claimed. */
void field_words(checker *c, const node *n, const char *what, claim claim, ht_str **words,
                 size_t *n_words);
void field_missing(checker *c, const node *map, const char *key, const char *expected);

/* An indicator's map -> *out, claims and patterns; check.c. */
void check_indicator(checker *c, const node *n, uint16_t index, ht_indicator *out);

#endif
