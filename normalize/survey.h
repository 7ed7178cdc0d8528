/* What there is in a text that a step of ht_clean would have to look at, in one pass. */
#ifndef HT_NORMALIZE_SURVEY_H
#define HT_NORMALIZE_SURVEY_H

#include "base/str.h"

/* Classes of characters, bits; compiled by data/build/survey.c for the BMP. */
enum {
    SURVEY_HANT = 1,   /* only in traditional text: conversion to simplified changes it */
    SURVEY_HANS = 2,   /* only in simplified text */
    SURVEY_RARE = 4,   /* hardly ever in text, but usual where Big5 is read as GBK or the reverse */
    SURVEY_LATIN = 8,  /* U+0080 .. U+00FF, or one of those that Windows-1252 has there */
    SURVEY_SIGN = 16,  /* where marks were when UTF-8 is read as GBK */
    SURVEY_FORM = 32,  /* changed by width_clean */
    SURVEY_LOST = 64,  /* U+FFFD */
    SURVEY_ASCII = 128 /* ? ( & or the full-width parenthesis: see which */
};

typedef struct {
    unsigned any; /* classes that occur */
    size_t n_hant, n_hans, n_rare, n_latin, n_sign;
    size_t n_chars;
    const char *of; /* the text that was surveyed, for survey_renew */
} survey;

survey survey_of(ht_str text);
/* Surveys the text anew if it is another than *s is of: steps leave a text that they do not change
 * where it is. */
void survey_renew(survey *s, ht_str text);

#endif
