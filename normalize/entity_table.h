/* What the compiled names of HTML's characters say, shared with data/build/entities.c. */
#ifndef HT_NORMALIZE_ENTITY_TABLE_H
#define HT_NORMALIZE_ENTITY_TABLE_H

enum {
    ENTITY_CODE_POINT = 0x1FFFFF,
    ENTITY_HTML_4 = 1 << 24, /* also without its semicolon */
    ENTITY_MAX_NAME = 31,
};

#endif
