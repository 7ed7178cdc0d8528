/* report_data -> the JSON that the page's script reads. Inner to report/.
 *
 * Figures and sentences stand in blocks, so that a click parses only what it shows:
 *   <script type="application/json" id="data">   words, series, cells, articles
 *   <script type="application/json" id="f0">     figures 0 to EMBED_BLOCK - 1, and so on
 *   <script type="application/json" id="t0">     texts of sentences likewise
 * Such elements are data: no policy has to allow them. "<" is written \u003c, so that none ends
 * before its time. The order of the fields is that of report.js.
 */
#ifndef HT_REPORT_EMBED_H
#define HT_REPORT_EMBED_H

#include "report/data.h"

enum { EMBED_BLOCK = 500 };

void report_embed(ht_buf *b, const report_data *d);

#endif
