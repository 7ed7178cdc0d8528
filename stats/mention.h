/* A figure's part in a cell <-> a record whose bytes sort as the cells do. Inner to stats/.
 *
 * The key's columns and the figure_id are written so that memcmp orders them one by one, the
 * shorter first; the others follow with their lengths. Costs the bytes of the columns and two for
 * each.
 */
#ifndef HT_STATS_MENTION_H
#define HT_STATS_MENTION_H

#include "base/str.h"

typedef enum {
    M_REGION_CODE,
    M_INDICATOR,
    M_SUBTYPE,
    M_MEASURE,
    M_MODALITY,
    M_UNIT,
    M_BASE,
    M_PERIOD,
    N_MENTION_KEY,
    M_FIGURE_ID = N_MENTION_KEY,
    M_ARTICLE_ID,
    M_PUBLISHER,
    M_ORIGINATOR, /* who states it: attributed_to, else the publisher */
    M_DATE,
    M_BASIS,
    M_QUALIFIER,
    M_REGION,
    M_REGION_LEVEL,
    M_VALUE,
    M_LOW,
    M_HIGH,
    M_STEP,
    M_CONFIDENCE,
    M_ROLE,
    M_CORRECTED, /* "1": a verdict corrected it */
    M_WHOLE, /* with --boundaries: the division of which this one is a part; else empty */
    N_MENTION
} mention_column;

/* Columns one by one: the first n_key so that they sort, then the rest. */
void record_pack(ht_buf *b, const ht_str *columns, size_t n_key, size_t n);
/* Borrows from the record where it can, else arena. A record that ends early gives empty columns.
 */
void record_unpack(ht_arena *a, ht_str record, ht_str *columns, size_t n_key, size_t n);
/* Bytes of the first n_key columns of a record. */
size_t record_key_bytes(ht_str record, size_t n_key);

/* One column with its length, and back: for records whose tail is a list. */
void record_put(ht_buf *b, ht_str column);
ht_str record_take(ht_str *rest);

#endif
