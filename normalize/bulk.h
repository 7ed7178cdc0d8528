/* Bytes in a charset -> UTF-8 in bulk, with checkpoints for the way back.
 *
 * The usual characters of a charset are looked up in runs; whatever else stands there goes through
 * unit_next, which alone says what is malformed and how long it is. A checkpoint every
 * BULK_CHECKPOINT bytes of output says where its input and shift state were, so that the step taken
 * again from there finds any place exactly. Cost: a table look-up a character, 12 bytes of memory
 * every 256 bytes of text.
 */
#ifndef HT_NORMALIZE_BULK_H
#define HT_NORMALIZE_BULK_H

#include "normalize/units.h"

enum { BULK_CHECKPOINT = 256 };

typedef struct {
    uint32_t text, byte; /* places in the output and in the input */
    uint8_t shift;
} checkpoint;

typedef struct {
    checkpoint *points; /* arena */
    size_t n, cap;
} checkpoints;

typedef struct {
    size_t n, first; /* places of malformed bytes, each U+FFFD in the output; where the first is */
} malformed;

/* Decodes bytes[from, n) and appends to out, which must be empty; false when it grows over `most`.
 */
bool bulk_decode(charset which, ht_str bytes, size_t from, size_t most, ht_buf *out,
                 checkpoints *marks, malformed *bad);

#endif
