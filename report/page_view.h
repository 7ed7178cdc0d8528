/* A read page -> one HTML file that shows its blocks, kept and dropped, each with the reason. */
#ifndef HT_REPORT_PAGE_VIEW_H
#define HT_REPORT_PAGE_VIEW_H

#include "extract/page/page.h"

typedef struct {
    ht_str name; /* of the file, for the heading */
    const ht_decoded *decoded;
    const ht_page *page;
    const ht_article *article;
} ht_page_view;

/* Appends the file. Each block tells its place in the page's tree and its bytes in the record;
 * metadata lead to the block that they were read from. */
void ht_page_view_write(ht_buf *b, const ht_page_view *view, bool chinese);

#endif
