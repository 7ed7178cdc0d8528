/* Cells of one series -> an SVG chart. Inner to report/.
 *
 * A chart is 400 units wide, so that it can be read on a phone; colours and fonts are the page's.
 * Whatever belongs to a cell is a link to #c<index>, which the page answers with its figures.
 */
#ifndef HT_REPORT_SVG_H
#define HT_REPORT_SVG_H

#include "report/data.h"
#include "report/words.h"

enum { SVG_WIDTH = 400 };

/* The latest cell of each region of a series, in the order of their codes. */
typedef struct {
    const report_cell **cells; /* arena */
    size_t n;
} report_latest;
report_latest report_latest_of(const report_data *d, const report_series *s);

/* Name of a region: provinces have an English one. */
report_words report_region(const report_data *d, const report_cell *c);

/* Opens <svg> with a label in both languages: the chart's and the series' names. */
void svg_open(ht_buf *b, int height, const char *class, const char *label_key, ht_str series);
void svg_close(ht_buf *b);
void svg_link_open(ht_buf *b, const report_data *d, const report_cell *c);
void svg_link_close(ht_buf *b);
/* <text> at x, y: one, or two of which the page shows one. */
void svg_text(ht_buf *b, int x, int y, const char *class, report_words w);
/* The cell's value and unit, in both languages. */
report_words svg_value(ht_arena *a, const report_cell *c);

/* The 34 provincial units: false if the series has nothing below the country. */
bool svg_tiles(ht_buf *b, const report_data *d, const report_series *s, const report_latest *l);
/* The regions of one level, largest first; false if there is none. */
bool svg_bars(ht_buf *b, const report_data *d, const report_series *s, const report_latest *l,
              const char *level);
/* Regions over their periods; false if none has two. */
bool svg_times(ht_buf *b, const report_data *d, const report_series *s);

/* [["110000","Beijing","北京"],…] */
void svg_provinces_json(ht_buf *b);

#endif
