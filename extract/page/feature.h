/* A cleaned block -> what can be told of it without its neighbours: its folded characters, how much
 * of it is prose, which words of the vocabulary it bears. Refuses nothing. Cost: linear in the text
 * (words longer than a few characters are rare, so that every look-up ends at once). */
#ifndef HT_EXTRACT_PAGE_FEATURE_H
#define HT_EXTRACT_PAGE_FEATURE_H

#include "extract/page/page.h"
#include "extract/page/vocab.h"

typedef struct {
    uint32_t *c; /* folded, without white space */
    uint32_t n;
    uint32_t start;   /* behind leading brackets and bullets */
    uint32_t n_han, n_digit, n_latin;
    uint32_t n_stop;   /* 。！？；…  */
    uint32_t n_period; /* of these 。 and ； */
    uint32_t n_comma; /* ，、： */
    unsigned begins, is, has, ends; /* WORD_ bits */
    uint32_t n_spam;
    uint32_t n_tool;  /* characters in tool and channel words, digits and marks */
    uint32_t n_tools, n_channels; /* how many words these are */
    uint32_t n_legal, n_promo;    /* places where such a word begins */
    bool stopped;     /* ends as a sentence does */
    bool dated;       /* a year with month and day, or a time of the day */
    bool date_only;
    bool full_date; /* nothing but 2025年6月7日, as a statement is signed */
    bool remains;     /* the end of a tag that was torn off: "> */
    uint32_t link_share; /* per cent of the characters */
    uint64_t hash;
} page_feature;

void page_feature_make(page_feature *f, ht_arena *a, const page_vocab *v, const ht_block *b);
/* The characters that are compared: folded, without white space; arena. */
uint32_t *page_letters(ht_arena *a, ht_str text, uint32_t *n);
/* Do the block's letters hold these? Linear, but for repeated first letters. */
bool page_holds(const page_feature *f, const uint32_t *c, uint32_t n);
/* feature.hash of a text. */
uint64_t page_hash(ht_arena *a, ht_str text);
/* 一 … 十 or a digit: of the number before a subheading. */
bool page_is_ordinal(uint32_t c);
/* Several sentences, or a long one. */
bool page_is_prose(const page_feature *f);

#endif
