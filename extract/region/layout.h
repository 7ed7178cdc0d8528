/* How data/build/regions.c stores the gazetteer, and how gazetteer.c reads it: one block of 32-bit
 * words. Nothing else includes this. */
#ifndef HT_EXTRACT_REGION_LAYOUT_H
#define HT_EXTRACT_REGION_LAYOUT_H

#include <stdint.h>

enum { REGION_MAGIC = 0x68745233 };

/* Places of the parts, in words from the start of the block; sizes in words unless said. */
enum {
    REGION_H_MAGIC,
    REGION_H_DIVISIONS, /* region_division records, sorted by code, the current one first */
    REGION_H_N_DIVISIONS,
    REGION_H_POSTINGS,
    REGION_H_N_POSTINGS,
    REGION_H_NAMES, /* a stored trie: name -> first posting */
    REGION_H_N_NAMES,
    REGION_H_SENSES, /* region_sense records */
    REGION_H_N_SENSES,
    REGION_H_WORDS, /* a stored trie: word -> first sense */
    REGION_H_N_WORDS,
    REGION_H_TEXT,   /* UTF-8 */
    REGION_H_N_TEXT, /* bytes */
    REGION_HEADER
};

/* What the last character of a name says it is. */
typedef enum {
    REGION_OTHER,
    REGION_COUNTRY,
    REGION_PROVINCE,   /* 省, 特别行政区 */
    REGION_AUTONOMOUS, /* 自治区 */
    REGION_CITY,       /* 市 of any level */
    REGION_DISTRICT,   /* 区, 林区, 特区 */
    REGION_COUNTY,     /* 县 */
    REGION_BANNER,     /* 旗 */
    REGION_STATE,      /* 州 */
    REGION_LEAGUE,     /* 盟 */
    REGION_ZONE,       /* a development zone: no division */
} region_kind;

enum { REGION_NO_PARENT = UINT32_MAX, REGION_ALWAYS = INT32_MAX };

typedef struct {
    uint32_t code, parent; /* parent: index */
    uint32_t name, name_bytes;
    uint32_t level, kind; /* 0..3 as in data/regions.tsv */
    int32_t from, to;     /* months since year 0, `to` exclusive; REGION_ALWAYS: still in force */
    uint32_t successor;   /* code, 0 if none */
    uint32_t n_successors; /* more than one: the division was split, successor is the first */
} region_division;

/* A posting: division index, then what the name is of it. The last of a name has REGION_LAST. */
enum {
    REGION_INDEX = 0xFFFF,
    REGION_FULL = 0 << 16,
    REGION_SHORT = 1 << 16,
    REGION_TOWN = 2 << 16,       /* index: the county; name in full */
    REGION_TOWN_SHORT = 3 << 16, /* 大王庄 for 大王庄街道 */
    REGION_FORM = 3 << 16,
    REGION_CLASS_SHIFT = 18, /* 0: A, 1: B, 2: C */
    REGION_CLASS = 3 << 18,
    REGION_TOWN_GONE = 1 << 20,
};
#define REGION_LAST 0x80000000u

/* Classes of data/region-words.tsv, in the order of region_class_names. */
#define REGION_CLASSES(X)                                                                          \
    X(ANAPHOR, "anaphor")                                                                          \
    X(ALIAS, "alias") X(ORGAN_NATIONAL, "organ-national") X(JOINT, "joint") X(GROUP, "group") X(   \
        ABBR, "abbr") X(IN_REGION, "in-region") X(FOREIGN, "foreign") X(WORD, "word")              \
        X(ROAD, "road") X(ROAD_NOT, "road-not") X(BRAND, "brand") X(SEAT, "seat") X(               \
            BRANCH, "branch") X(ORIGIN_AFTER, "origin-after") X(ORIGIN_BEFORE, "origin-before")    \
            X(PERSON_AFTER, "person-after") X(EVENT_AFTER, "event-after") X(                       \
                COMPARE_BEFORE, "compare-before") X(SUBSET_BEFORE, "subset-before")                \
                X(RANK_AFTER, "rank-after") X(NATIONAL_NOT, "national-not") X(                     \
                    TOGETHER, "together") X(EACH, "each") X(IN_ORDER, "in-order")                  \
                    X(LIST_JOIN, "list-join") X(UNIT, "unit") X(PART_AFTER, "part-after") X(       \
                        PART_GENERIC,                                                              \
                        "part-generic") X(SUBSET_NOUN, "subset-noun") X(BODY_THIS, "body-this")    \
                        X(BODY_NOUN, "body-noun") X(SAMPLE, "sample") X(EVENT, "event")            \
                            X(MEDIA, "media") X(SPEECH, "speech") X(ORGAN, "organ")                \
                                X(CARRY_OPEN, "carry-open")                                        \
                                    X(PHRASE_STOP, "phrase-stop") X(REACH_BEFORE, "reach-before")  \
                                        X(EACH_NOT,                                                \
                                          "each-not") X(UNIT_NOT, "unit-not")                      \
                                            X(URBAN, "urban") X(COUNT_AFTER, "count-after")        \
                                                X(LIST_END,                                        \
                                                  "list-end") X(INSTITUTION, "institution")        \
                                                    X(INSTITUTION_GENERIC, "institution-generic")  \
                                                        X(SURNAME, "surname")                      \
                                                            X(PERSON_BEFORE, "person-before")      \
                                                                X(PERSON_VERB, "person-verb")      \
                                                                    X(DATELINE, "dateline")

#define REGION_CLASS_ENUM(upper, name) REGION_W_##upper,
enum { REGION_CLASSES(REGION_CLASS_ENUM) REGION_N_CLASSES };

typedef struct {
    uint32_t class_, argument, argument_bytes; /* argument in the text */
    uint32_t last;                             /* of its word */
} region_sense;

#endif
