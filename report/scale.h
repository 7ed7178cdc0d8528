/* Exact numbers -> places on a chart, and numbers as people read them. Inner to report/.
 *
 * No binary floating point: a place is a whole number of the chart's units.
 */
#ifndef HT_REPORT_SCALE_H
#define HT_REPORT_SCALE_H

#include "report/data.h"

typedef struct {
    ht_number low, high; /* high > low, or both not known: nothing is drawn */
    int from, to;        /* units */
} report_scale;

/* From zero, or below it where numbers are negative, to the largest of them. */
typedef struct {
    ht_number low, high;
} report_range;
void report_range_add(report_range *r, ht_number x);
report_scale report_scale_of(report_range r, int from, int to);
/* The place of x, kept within the scale; x that is not known lies at zero. */
int report_place(const report_scale *s, ht_number x);
/* A round number: at most five of them fit between low and high. Not known for an empty scale. */
ht_number report_step(const report_scale *s);

/* What is drawn of a cell: its number, or the lower end of its range, and how far its figures
 * reach. Numbers of 12 significant digits. */
typedef struct {
    ht_number at, low, high;
} report_point;
report_point report_point_of(ht_arena *a, const report_cell *c);

/* 1,186,000; 1/3 stays. */
void report_digits(ht_buf *b, ht_str number);
/* Three significant digits: 1.19M, 118万. */
ht_str report_compact(ht_arena *a, ht_number x, bool chinese);
/* A value with its qualifier: about 1,200; 3–5. */
void report_value(ht_buf *b, ht_str qualifier, ht_str value, ht_str low, ht_str high, bool chinese);

#endif
