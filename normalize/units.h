/* One unit of an encoded text -> its code points: the step that decoding, detection and the way
 * back to the bytes all share, so that they cannot disagree.
 *
 * Malformed bytes give U+FFFD and n_bytes as the WHATWG standard counts them: a malformed pair
 * whose second byte is ASCII gives that byte back. Cost: a table look-up.
 */
#ifndef HT_NORMALIZE_UNITS_H
#define HT_NORMALIZE_UNITS_H

#include "base/str.h"

typedef enum {
    CHARSET_NONE,
    CHARSET_UTF_8,
    CHARSET_GB18030,
    CHARSET_BIG5_HKSCS,
    CHARSET_EUC_TW,
    CHARSET_HZ,
    CHARSET_ISO_2022_CN,
    CHARSET_UTF_16LE,
    CHARSET_UTF_16BE,
    CHARSET_WINDOWS_1252,
    CHARSET_COUNT
} charset;

typedef struct {
    uint32_t c[2];
    uint8_t n_chars; /* 0 for what writes nothing: the shifts of HZ and ISO-2022-CN */
    uint8_t n_bytes; /* at least 1 */
    bool bad;
} unit;

/* p[0, n), n > 0, up to the end of the text: what is cut off there is one malformed unit. *shift is
 * the state of HZ and ISO-2022-CN: 0 at the start, kept by the caller. */
unit unit_next(charset which, const unsigned char *p, size_t n, uint8_t *shift);

/* The two bytes of c in GB18030, first byte high; 0 if it has none. */
uint32_t unit_gb_pair_of(uint32_t c);
/* The same in Big5. */
uint32_t unit_big5_pair_of(uint32_t c);
/* The character of a pair of bytes in GB18030, 0 if there is none. Private use included. */
uint32_t unit_gb_char(uint32_t a, uint32_t b);

/* The compiled tables by place (charset_tables.h), for bulk decoding. */
const uint32_t *unit_tables(void);

#endif
