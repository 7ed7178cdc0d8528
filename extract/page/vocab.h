/* The vocabulary of pages: data/page-*.tsv -> tries, once for all threads.
 *
 * Words are matched on text folded by ht_fold and freed of white space, so that one simplified
 * spelling serves both scripts and "上 一 篇" is "上一篇". Nothing is refused: the files are part
 * of the program, and a malformed line is a bug (assert).
 * Cost: about 1 MiB and 2 ms at the first call.
 */
#ifndef HT_EXTRACT_PAGE_VOCAB_H
#define HT_EXTRACT_PAGE_VOCAB_H

#include "base/map.h"
#include "base/trie.h"

/* How an element is read (data/page-elements.tsv). */
enum {
    ELEMENT_BLOCK = 1 << 0,
    ELEMENT_BREAK = 1 << 1,
    ELEMENT_VOID = 1 << 2,
    ELEMENT_RAW = 1 << 3,
    ELEMENT_SKIP = 1 << 4,
    ELEMENT_TABLE = 1 << 5,
    ELEMENT_ROW = 1 << 6,
    ELEMENT_CELL = 1 << 7,
    ELEMENT_CAPTION = 1 << 8,
    ELEMENT_HEADING = 1 << 9,
    ELEMENT_ITEM = 1 << 10,
    ELEMENT_IMAGE = 1 << 11,
    ELEMENT_LINK = 1 << 12,
    ELEMENT_SPACED = 1 << 13,
    ELEMENT_PRE = 1 << 14,
};

/* What a word says of the block that it stands in (data/page-words.tsv). */
enum {
    WORD_SECTION = 1 << 0, /* heads a part of the page that is another matter */
    WORD_END = 1 << 1,     /* opens the matter behind the article */
    WORD_TAIL = 1 << 2,    /* a line about the article, not of it */
    WORD_NAV = 1 << 3,
    WORD_TOOL = 1 << 4,    /* a word of share bars and reading tools */
    WORD_LEGAL = 1 << 5,
    WORD_PROMO = 1 << 6,
    WORD_COUNTER = 1 << 7,
    WORD_BYLINE = 1 << 8,
    WORD_SPAM = 1 << 9,
    WORD_PHOTO = 1 << 10,
    WORD_REPORTER = 1 << 11,
    WORD_CHANNEL = 1 << 12, /* a section of a site */
    WORD_STAFF = 1 << 15,   /* names a part in the making of the article */
    WORD_NOTE = 1 << 16,    /* opens the notes below a table */
    WORD_UNFOLD = 1 << 14,  /* offers to show the rest of the text */
    WORD_ADVERT = 1 << 13,  /* labels the advertisement below it */
};

/* What a class or id says of the element that bears it (data/page-names.tsv). */
enum {
    NAME_BODY = 1 << 0,    /* the article's text */
    NAME_FOREIGN = 1 << 1, /* something else than the article */
    NAME_CAPTION = 1 << 2,
    NAME_COMMENT = 1 << 3,
};

typedef struct {
    ht_map elements;
    ht_trie start;  /* words that a block begins with or consists of */
    ht_trie inside; /* words that stand anywhere */
    ht_trie end;    /* written backwards */
    ht_trie names;
    const uint32_t *start_mask, *whole_mask, *inside_mask, *end_mask; /* by trie value */
    const uint32_t *part_mask, *token_mask;
} page_vocab;

const page_vocab *page_vocab_get(void);
/* ht_fold, and full-width ASCII and capital letters to small ASCII. */
uint32_t page_fold(uint32_t c);
/* ELEMENT_ bits of a lower-case element name; 0: unknown or inline. */
unsigned page_element(const page_vocab *v, ht_str name);
/* NAME_ bits of a lower-case list of classes and ids. */
unsigned page_names(const page_vocab *v, ht_str names);

#endif
