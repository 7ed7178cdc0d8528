/* What the parts of the figure stage share: one passage with everything found in it so far. */
#ifndef HT_EXTRACT_FIGURE_CONTEXT_H
#define HT_EXTRACT_FIGURE_CONTEXT_H

#include "extract/figure/figure.h"
#include "extract/figure/words.h"

/* Where a quantity stands: everything in code points. */
typedef struct {
    uint32_t sentence_start, sentence_end;
    uint32_t clause_start, clause_end; /* between ，。；： brackets and the like */
    uint32_t
        before; /* the noun before begins here: clause start, or the end of the quantity before */
    uint32_t after; /* the noun behind ends here: clause end, or the next quantity's start */
} place;

typedef struct {
    uint32_t start, end;
    bool behind;
} noun;

typedef struct {
    const ht_reader *reader;
    ht_arena *arena;
    const ht_passage *p;
    const ht_quantity *q; /* of every kind, in order */
    size_t n_q;
    const place *places; /* [n_q] */
    const noun *nouns;   /* [n_q] */
    const ht_date *dates;
    size_t n_dates;
    const ht_hit *hits; /* by start, longer first */
    size_t n_hits;
    const ht_geography *geography;
    words words;
    ht_date_context when;
    ht_trace *trace;
} context;

/* Of every quantity, once; then place_of looks up. */
void places_find(context *x);
place place_of(const context *x, size_t i);
/* Index of the first quantity that ends behind `at`. */
size_t first_quantity(const context *x, uint32_t at);
/* The first place in [from, to) where one of the words begins, UINT32_MAX if none does. The list
 * ends with NULL; no word is empty. */
uint32_t first_of(const context *x, uint32_t from, uint32_t to, const char *const *list);
bool is_clause_mark(uint32_t c);
/* Does a quantity that is no date stand in [start, end)? Index of the last one, or SIZE_MAX. */
size_t quantity_before(const context *x, size_t i, uint32_t from);
/* Characters of [start, end) that no known word, date, place name, quantity or mark covers. */
uint32_t unknown_chars(const context *x, uint32_t start, uint32_t end);
bool in_date(const context *x, uint32_t at);
size_t first_date(const context *x,
                  uint32_t at); /* index of the first date that ends behind `at` */

/* counted.c: the noun that a quantity counts; behind it, else before it. Empty span if there is
 * none. */
void nouns_find(context *x); /* of every quantity, once, when places and words are known */
noun noun_of(const context *x, size_t i);

/* bind.c: which indicator. */
typedef struct {
    int32_t indicator;   /* index, -1: none */
    int32_t subtype;     /* index, -1: none */
    uint32_t start, end; /* the term */
    const char *rule;
    const char *confidence;
} binding;
/* done[0..i) are the bindings of the quantities before. Writes up to max bindings, one for each
 * thing that the number counts (网约车和从业人员数量都是1.3万多); returns how many, at least 1. */
enum { MAX_BINDINGS = 8 };
size_t bind_quantity(const context *x, size_t i, const binding *done, binding out[MAX_BINDINGS]);

/* pair.c */
/* 、 和 与 及 */
bool is_joint(const context *x, uint32_t at);
/* 分别, 依次, 各: the kth of a list of numbers goes with the kth of a list of nouns.
 * The span of the noun for quantity i; false if it stands in no such list. */
bool pair_noun(const context *x, size_t i, uint32_t *start, uint32_t *end);
size_t pair_date(const context *x,
                 size_t i); /* index of the date that goes with quantity i, SIZE_MAX */
/* Does quantity i follow the one before in an enumeration, with only 、 和 及 between? */
bool pair_linked(const context *x, size_t i);
/* The things of 甲和乙各N, 甲和乙都是N: spans of at least two nouns before quantity i; else 0. */
size_t pair_shared(const context *x, size_t i, uint32_t (*spans)[2], size_t max);

/* 由24家增至53家: is quantity i how it was (FROM) or what it became (TO)? *opens: where 由 or 从
 * stands, if so. */
typedef enum { CHANGE_NONE, CHANGE_FROM, CHANGE_TO } change_part;
change_part change_of(const context *x, size_t i, uint32_t *opens);

/* cell.c: the head of the column, the label of the row and the line above the table of quantity i,
 * which stands in a table row. Empty spans for what is missing; false when there is no head. */
bool table_around(const context *x, size_t i, uint32_t head[2], uint32_t label[2],
                  uint32_t caption[2]);

/* measure.c */
/* period: the text gives the figure a period (上半年), so that it flows; before: the measure of the
 * figure before it in the sentence, NULL if there is none. */
const char *measure_of(const context *x, size_t i, const ht_indicator *indicator, bool period,
                       const char *before);

/* modality.c */
const char *modality_of(const context *x, size_t i);
ht_str compared_to(const context *x, size_t i);
ht_str base_of(const context *x, size_t i);

/* source.c: who says so */
ht_str attributed_to(const context *x, size_t i);

#endif
