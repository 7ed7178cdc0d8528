/* A short line -> of how many names it consists: 某网 → 新闻 → 访谈, 某报 - 旅游 - 数据,
 * [要闻][视频][专题]. Such a line says where in a site the page lies; it is no title.
 * Refused (0): a line with sentences or figures, with names longer than TRAIL_NAME_CHARS, of two kinds
 * of signs between them. Cost: linear in the line. */
#ifndef HT_EXTRACT_PAGE_TRAIL_H
#define HT_EXTRACT_PAGE_TRAIL_H

#include "base/str.h"

enum {
    TRAIL_NAME_CHARS = 12, /* of a name between two signs */
    TRAIL_NAMES = 3,       /* so many make a path or menu, whatever they say */
};

/* The names of the line, 0 if it is anything else. *first: the first of them, borrowed. */
size_t page_trail(ht_str line, ht_str *first);

#endif
