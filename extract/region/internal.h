/* Shared by the files of extract/region. See region.h for what the folder does. */
#ifndef HT_EXTRACT_REGION_INTERNAL_H
#define HT_EXTRACT_REGION_INTERNAL_H

#include "base/trie.h"
#include "extract/region/layout.h"
#include "extract/region/region.h"

enum {
    REGION_NONE = UINT32_MAX, /* no division, no mention */
    REGION_MAX_READINGS = 16, /* of one name; more are left out */
    REGION_MAX_LIST = 40,     /* regions under one figure */
    REGION_CODE_COUNTRY = 100000,
    REGION_WORD_SLOTS = 2048,
};
_Static_assert(REGION_N_CLASSES < 64, "a set of classes, and one bit more, is 64 bits");

struct ht_gazetteer {
    const region_division *divisions;
    uint32_t n_divisions;
    const uint32_t *postings;
    const region_sense *senses;
    const char *text;
    ht_trie names, words;
    /* [REGION_WORD_SLOTS] sets of classes of the words that begin or end with a character, by its code
     * point modulo the slots; as class REGION_N_CLASSES, in opening, mention_opener */
    const uint64_t *opening, *closing;
};

/* --- gazetteer.c --------------------------------------------------------------------------- */
ht_str gazetteer_name(const ht_gazetteer *g, uint32_t division);
/* Index of a code in force (else its last form), REGION_NONE if unknown. */
uint32_t gazetteer_find(const ht_gazetteer *g, uint32_t code);
/* The division that stands for `division` in the month: itself, or its successor. */
uint32_t gazetteer_in_force(const ht_gazetteer *g, uint32_t division, int32_t month);
bool gazetteer_valid(const ht_gazetteer *g, uint32_t division, int32_t month);
bool gazetteer_within(const ht_gazetteer *g, uint32_t inner, uint32_t outer);
/* The nearest of division and its ancestors that is of the kind, REGION_NONE if none is. */
uint32_t gazetteer_ascend(const ht_gazetteer *g, uint32_t division, region_kind kind);
/* Is it a place of Taiwan, Hong Kong or Macau below the province? */
bool gazetteer_custom(const ht_gazetteer *g, uint32_t division);
/* Code of the tables (a county of Taiwan is 710000). */
uint32_t gazetteer_code(const ht_gazetteer *g, uint32_t division);

uint32_t words_walk(const ht_gazetteer *g, const ht_passage *p, uint32_t at, uint32_t class_,
                    uint32_t *sense);
uint32_t words_walk_back(const ht_gazetteer *g, const ht_passage *p, uint32_t at, uint32_t class_,
                         uint32_t *sense);
/* Length of the longest word of the class at p->c[at], 0 if none; *sense may be NULL. */
static inline uint32_t words_at(const ht_gazetteer *g, const ht_passage *p, uint32_t at,
                                uint32_t class_, uint32_t *sense) {
    if (at >= p->n || !(g->opening[p->c[at] % REGION_WORD_SLOTS] >> class_ & 1)) return 0;
    return words_walk(g, p, at, class_, sense);
}
/* The same for a word that ends at `at`. */
static inline uint32_t words_before(const ht_gazetteer *g, const ht_passage *p, uint32_t at,
                                    uint32_t class_, uint32_t *sense) {
    if (!at || !(g->closing[p->c[at - 1] % REGION_WORD_SLOTS] >> class_ & 1)) return 0;
    return words_walk_back(g, p, at, class_, sense);
}
/* Is there a word of the class within [from, to)? Gives the end of the last one, 0 if none. */
uint32_t words_within(const ht_gazetteer *g, const ht_passage *p, uint32_t from, uint32_t to,
                      uint32_t class_);
ht_str sense_argument(const ht_gazetteer *g, uint32_t sense);

/* --- segment.c ------------------------------------------------------------------------------- */
typedef struct {
    uint32_t start, end;
    uint32_t posting; /* of a name; REGION_NONE: a word */
    uint32_t sense;   /* of a word */
    uint32_t form;    /* REGION_FULL … of a name */
    uint32_t class_;  /* 0 A, 1 B, 2 C of a short name; of a word REGION_W_… */
} region_token;

/* The best path of names and words through the passage, in order. */
void tokens_find(const ht_gazetteer *g, ht_arena *a, const ht_passage *p, int32_t month,
                 region_token **tokens, size_t *n);
/* Readings of a name in the month that lie within one of `outer` (none: anywhere), at most
 * REGION_MAX_READINGS, without doubles. */
uint32_t token_readings(const ht_gazetteer *g, const region_token *t, int32_t month,
                        const uint32_t *outer, uint32_t n_outer, uint32_t *readings);

/* --- mentions.c ------------------------------------------------------------------------------ */
typedef enum {
    MENTION_NAME,
    MENTION_ANAPHOR,
    MENTION_JOINT,   /* 川渝 */
    MENTION_SET,     /* 三市, 两地: several named before */
    MENTION_NOTHING, /* 长三角, 纽约: a place, and none of ours */
    MENTION_ORGAN,   /* 市总工会 */
    MENTION_PART,    /* 东镇服务区 without a division before it */
} mention_kind;

enum {
    M_FULL = 1 << 0,    /* official name, or chain */
    M_CHAIN = 1 << 1,   /* two or more names */
    M_PENDING = 1 << 2, /* not accepted (yet) */
    M_OUT = 1 << 3,     /* a road, a brand, an origin: no region for figures */
    M_SEAT = 1 << 4,    /* seat of an organisation: where nothing else does */
    M_SPEAKER = 1 << 5, /* an organ of it acts or speaks */
    M_COMPARE = 1 << 6, /* measured against */
    M_RANK = 1 << 7,    /* 全市首个 */
    M_VENUE = 1 << 8,   /* 在X召开 */
    M_SUBSET = 1 << 9,  /* 其中X */
    M_THIS = 1 << 10,   /* 该市 */
    M_LISTED = 1 << 11, /* item of a list, not its first */
    M_OPEN = 1 << 12,   /* first of a list that ends in 等 */
    M_PARTS = 1 << 13,  /* first of a list of parts (三个镇) */
    M_FOREIGN = 1 << 14,
    M_ABROAD_OK = 1 << 16, /* 韩国客源: abroad, but counted here */
    M_NATIONAL = 1 << 17,
    M_TOWN = 1 << 18,        /* the last name is a town's */
    M_INSTITUTION = 1 << 20, /* 河源市人民医院: its figures are not the region's */
    M_TOWNS = 1 << 21,       /* first of a list of towns */
    M_REJECTED = 1 << 19,    /* out for want of evidence: tried again when more is known */
};

typedef struct {
    uint32_t start, end;
    uint32_t name_end; /* of the names, without 风景区 behind them */
    uint32_t list_end; /* end of the list and its 三市, else `end` */
    uint32_t n_list;   /* items, on the first one; 1 if it is no list */
    uint32_t flags;
    uint32_t division;               /* REGION_NONE: not known */
    uint32_t place_start, place_end; /* named part of it; empty: none */
    const uint32_t *codes;           /* of a joint or set: division indexes */
    uint32_t n_codes;
    uint32_t set_size; /* 三市: 3 */
    mention_kind kind;
    region_kind wanted; /* of an anaphor or organ; of a listed name: 两县 behind it */
    uint32_t posting;   /* of the last name */
    uint32_t readings[REGION_MAX_READINGS];
    uint32_t n_readings;
    uint32_t class_; /* of a short name */
    uint32_t level;  /* lowest level number among readings */
} region_mention;

struct ht_geography {
    const ht_gazetteer *g;
    ht_arena *arena;
    const ht_passage *p;
    int32_t month;
    region_mention *mentions;
    size_t n, cap;
    uint32_t *first_of_sentence; /* [n_sentences + 1] index of the first mention at or behind it */
    uint32_t base;               /* division */
    uint32_t publisher;          /* division that the publisher is named after */
    uint32_t dateline, given;
    int32_t *weights, *branch; /* [n_divisions] */
    uint32_t *weighed; /* the divisions that have one */
    size_t n_weighed, cap_weighed;
    uint32_t title_paras;
    bool national; /* no base, and the story is about the whole country */
};

void mentions_find(ht_geography *e);
/* Can an organ (市总工会) or a set (三市) begin with c? */
bool mention_opener(uint32_t c);
/* 三市, 两个口岸 at `at`: its length, 0 if there is none. */
/* 物流园区, 中心镇: a town of the table that is a common noun as well. */
bool town_is_generic(const ht_geography *e, uint32_t start, uint32_t end);
/* 街道, 镇, 乡 at its end. */
bool town_by_suffix(const ht_passage *p, uint32_t end);
typedef struct {
    uint32_t size;
    bool parts, towns;
    region_kind kind; /* of 三县, 两区; REGION_OTHER */
} region_set;
uint32_t set_at(const ht_geography *e, uint32_t at, region_set *set);
/* Names of a short text of its own (publisher, dateline): accepted readings with the fewest doubts.
 */
uint32_t mention_of_text(const ht_gazetteer *g, ht_arena *a, ht_str text, int32_t month,
                         bool publisher);
/* Position in front of which the mention's list or name began. */
static inline bool mention_is(const region_mention *m, uint32_t flags) {
    return (m->flags & flags) != 0;
}

/* --- context.c: what stands around a mention ----------------------------------------------------
 */
void mentions_judge(ht_geography *e);

/* --- evidence.c ------------------------------------------------------------------------------ */
void evidence_accept(ht_geography *e);
void evidence_base(ht_geography *e);

/* --- anaphora.c ------------------------------------------------------------------------------ */
void anaphora_resolve(ht_geography *e);

#endif
