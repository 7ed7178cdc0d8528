/* Places in a passage, and the region that a figure is about.
 *
 *   gazetteer.c  the compiled table of divisions and towns       segment.c   best-path matching of names
 *   mentions.c   names, organs, anaphora, exclusions             evidence.c  base region of the article
 *   resolve.c    the rules R0-R6 for one figure
 * None rather than a guess: code 0 where no rule gives a region. See docs/regions.md.
 */
#ifndef HT_EXTRACT_REGION_H
#define HT_EXTRACT_REGION_H

#include "base/error.h"
#include "extract/passage/passage.h"
#include "extract/time/time.h"

typedef struct ht_gazetteer ht_gazetteer; /* compiled-in, shared by all workers */
const ht_gazetteer *ht_gazetteer_get(ht_error *e);
/* Full official name of a six-digit code ("内江市"); empty if unknown. Borrows. */
ht_str ht_region_name(const ht_gazetteer *g, uint32_t code);
/* country | province | prefecture | county; "" if unknown. 省直辖县级 and districts of 直辖市 are county. */
const char *ht_region_level(const ht_gazetteer *g, uint32_t code);
/* The code of the parent, 0 for the country and unknown codes. */
uint32_t ht_region_parent(const ht_gazetteer *g, uint32_t code);
/* Is `inner` the same as or below `outer`? */
bool ht_region_within(const ht_gazetteer *g, uint32_t inner, uint32_t outer);

/* A division of the gazetteer as it stood over a time. */
typedef struct {
    uint32_t code, parent; /* code of the parent, 0: none */
    const char *level;     /* as ht_region_level */
    ht_str name;           /* borrows */
    int32_t from, to;      /* months since year 0, the second exclusive */
    uint32_t successor;    /* code, 0: none, or n_successors is not 1 */
    uint32_t n_successors;
    bool counted; /* one of its parent's children: no zone, no district of Taiwan */
} ht_division;
/* Divisions are in the order of their codes, of one code the latest first. */
uint32_t ht_division_count(const ht_gazetteer *g);
ht_division ht_division_get(const ht_gazetteer *g, uint32_t i);

typedef struct {
    ht_str title, publisher, url, dateline_place; /* borrows; may be empty */
    ht_date_context dates;
    uint32_t base_region; /* --base-region, 0 if not given */
} ht_region_context;

typedef struct ht_geography ht_geography; /* the places of one passage. Arena */
ht_geography *ht_geography_read(const ht_gazetteer *g, ht_arena *a, const ht_passage *p,
                                const ht_region_context *context);
/* The region that the article as a whole is about (articles.csv region_code), 0 if none. */
uint32_t ht_geography_base(const ht_geography *g);
/* The most specific region that the text names (explain --jsonl "region"), 0 if none. */
uint32_t ht_geography_most_specific(const ht_geography *g);
/* Is code point `at` inside a name of a place, an organisation or a road? (a figure's noun is not) */
bool ht_geography_covers(const ht_geography *g, uint32_t at);

typedef enum { HT_SCOPE_WHOLE, HT_SCOPE_PART, HT_SCOPE_ORGANISATION, HT_SCOPE_EVENT, HT_SCOPE_SAMPLE } ht_scope;
const char *ht_scope_name(ht_scope s);

typedef struct {
    uint32_t code;          /* 0: none, or a joint total */
    uint32_t *codes;        /* joint total (川渝共100万) or 各/分别 (each): the list; else NULL */
    size_t n_codes;
    bool each;              /* 各 / 分别 / 均: one row for each of codes, in text order */
    ht_scope scope;
    ht_str place;           /* the part or body as named (源西街道); empty for whole */
    const char *rule;       /* R0 … R6, national, none */
    const char *confidence; /* high | medium | low | none */
    uint32_t evidence_start, evidence_end; /* the words that decided */
    const ht_str *places;   /* with each, and several parts of one region: the part of codes[i]; else NULL */
} ht_region_answer;

/* The region of the figure whose surface is [start, end). */
ht_region_answer ht_region_resolve(const ht_geography *g, ht_arena *a, uint32_t start, uint32_t end,
                                   ht_trace *trace);
/* The code that the division named by the answer had on an earlier day (闸北区 at the end of 2014:
 * 310108, not its successor's); the answer's own code where the name meant no other. */
uint32_t ht_region_code_at(const ht_geography *g, ht_arena *a, const ht_region_answer *r,
                           ht_day day);

#endif
