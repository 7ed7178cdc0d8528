/* Gold files and OUT's tables -> what evaluate.c compares. Inner to stats/. */
#ifndef HT_STATS_GOLD_H
#define HT_STATS_GOLD_H

#include "base/decimal.h"
#include "base/error.h"
#include "stats/csv.h"

#include <json-c/json.h>

/* A quantity or figure of the gold. */
typedef struct {
    json_object *object; /* lives as long as the arena */
    ht_str surface, context;
    ht_number value, low, high;
    bool has_value; /* value is neither null nor empty */
} gold_item;

typedef struct {
    ht_str name;          /* DOC */
    json_object *article; /* NULL: no article.json */
    bool has_main, has_figures;
    ht_str main;
    gold_item *quantities, *figures;
    size_t n_quantities, n_figures;
} gold_document;

/* Names of the documents of a gold folder, sorted. */
ht_status gold_names(ht_arena *a, const char *folder, ht_str **names, size_t *n, ht_error *e);
ht_status gold_read(ht_arena *a, const char *folder, ht_str name, gold_document *doc, ht_error *e);

/* The object, which lives as long as the arena; NULL for anything else. */
json_object *gold_parse(ht_arena *a, ht_str text);
/* A member as text; empty when it is absent or null. */
ht_str gold_text(json_object *object, const char *key);
bool gold_true(json_object *object, const char *key);
/* Is one of the strings of the list member equal to word? */
bool gold_list_has(json_object *object, const char *key, ht_str word);
size_t gold_list_length(json_object *object, const char *key);
ht_str gold_list_at(json_object *object, const char *key, size_t i);

/* The whole file; *found false when there is none. */
ht_status gold_slurp(ht_arena *a, const char *folder, const char *name, ht_str *bytes, bool *found,
                     ht_error *e);

/* A number as people write it: thousands separators go. Not known for anything else. */
ht_number gold_number(ht_arena *a, ht_str s);

/* One row of figures.csv. */
typedef struct {
    ht_str surface, sentence, unit, qualifier, kind, indicator, region, region_code, region_codes;
    ht_str measure, modality, asof, text_start, value_text;
    ht_number value, low, high;
    bool has_value; /* value or value_low is given */
} out_figure;
void out_figure_read(ht_arena *a, const csv_table *t, size_t row, out_figure *f);

/* Runs of n code points without white space, as a sorted multiset. */
typedef struct {
    unsigned __int128 *items;
    size_t n;
} gram_set;
gram_set grams_of(ht_arena *a, ht_str text, int n);
/* |a ∩ b| as multisets. */
size_t grams_shared(gram_set a, gram_set b);
/* a − b as multisets. */
gram_set grams_without(ht_arena *arena, gram_set a, gram_set b);
/* Text without white space. */
ht_str text_unspaced(ht_arena *a, ht_str s);

bool units_alike(ht_str a, ht_str b);

/* Pairs gold items with rows one to one, those whose words fit best first; partner[i] is the row of
 * gold item i or SIZE_MAX. */
typedef bool (*pair_allowed)(const gold_item *g, const out_figure *r);
size_t *gold_match(ht_arena *a, gold_item *const *gold, size_t n_gold, out_figure *const *rows,
                   size_t n_rows, pair_allowed allowed);

#endif
