/* What people read of a page: words for its fields, kinds of block and reasons, in both languages. */
#ifndef HT_REPORT_PAGE_WORDS_H
#define HT_REPORT_PAGE_WORDS_H

#include "extract/page/page.h"
#include "report/html.h"

/* The column of articles.csv. */
const char *page_field_name(ht_field field);
const char *page_field_label(ht_field field, bool chinese);
/* text, heading, item, row, caption */
const char *page_kind_name(ht_block_kind kind);
/* What a reason of data/page-reasons.tsv means; the reason itself if it is not there. */
ht_str page_reason_words(ht_str reason, bool chinese);

#endif
