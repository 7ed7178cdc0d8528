/* A finished OUT -> OUT/report.html: one file that needs no network, no other file, and no script
 * to be read.
 *
 *   read.c    hantally.db -> report_data       words.c   what the page says, in both languages
 *   scale.c   exact numbers -> pixels          tiles.c bars.c times.c   cells -> SVG
 *   embed.c   cells and figures -> JSON        page.c    all of it -> HTML
 *
 * Reads only the columns that docs/outputs.md names. Refuses a folder without hantally.db. Costs
 * the cells and at most REPORT_MAX_FIGURES figures in memory; the page about 250 bytes a figure.
 */
#ifndef HT_REPORT_REPORT_H
#define HT_REPORT_REPORT_H

#include "base/error.h"
#include "extract/codebook/codebook.h"

enum {
    REPORT_MAX_CELLS = 100000,
    /* Above it every cell shows as many of its figures as fit, the chosen one first. */
    REPORT_MAX_FIGURES = 100000,
    REPORT_MAX_SENTENCE = 1000, /* characters; a longer one is cut around its number */
    REPORT_MAX_SERIES = 40,     /* with charts, those with most cells */
    REPORT_MAX_STATIC = 300,    /* cells that are shown without JavaScript */
};

typedef enum { REPORT_READERS, REPORT_ENGLISH, REPORT_CHINESE } report_language;

/* codebook gives the labels of indicators; NULL: they are shown by their ids. REPORT_READERS opens
 * in the language of the reader's browser (English without JavaScript); the page holds both. */
ht_status ht_report_write(const char *out, const ht_codebook *codebook, report_language language,
                          ht_error *e);

#endif
