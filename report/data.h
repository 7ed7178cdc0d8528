/* What report.html is made of, as read.c found it in hantally.db. Inner to report/.
 *
 * Everything lives in one arena. Cells of a series stand together, in the order of region and
 * period; figures of a cell stand together, the chosen one first.
 */
#ifndef HT_REPORT_DATA_H
#define HT_REPORT_DATA_H

#include "base/decimal.h"
#include "report/report.h"

#include <stdint.h>

typedef struct {
    ht_str id, title, publisher, published, url, path;
} report_article;

typedef struct {
    ht_str id, role, value, low, high, qualifier, unit, asof, from, to, counted, place, scope;
    ht_str attributed, rule, region_rule, asof_rule, confidence;
    uint64_t byte_start, byte_end;
    uint32_t article, sentence;      /* indexes */
    uint32_t mark_start, mark_chars; /* of the number in the sentence, UTF-16 units */
} report_figure;

typedef struct {
    ht_str id, code, region, level, period, basis, value, low, high, number, qualifier;
    ht_str min, median, max, n_figures, n_articles, n_publishers;
    bool conflict;
    uint32_t series;
    uint32_t first, n; /* figures in the page */
} report_cell;

typedef struct {
    ht_str indicator, subtype, measure, modality, unit, base;
    ht_str english, chinese; /* label of indicator and subtype; text, not markup */
    uint32_t rank;           /* in the codebook */
    uint32_t first, n;       /* cells */
    bool charted;
} report_series;

typedef struct {
    ht_arena *arena;
    ht_str english, chinese; /* the codebook's label */
    report_article *articles;
    report_figure *figures;
    ht_str *sentences;
    report_cell *cells;
    report_series *series;
    size_t n_articles, n_figures, n_sentences, n_cells, n_series;
    size_t cap_articles, cap_figures, cap_sentences, cap_cells, cap_series;
    uint64_t n_all_cells, n_all_figures, n_all_articles, n_conflicts; /* also those left out */
} report_data;

ht_status report_read(report_data *d, ht_arena *a, const char *out, const ht_codebook *codebook,
                      ht_error *e);

#endif
