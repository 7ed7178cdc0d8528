/* Outcomes in any order -> outcomes in the order of the tables. Inner to stats/.
 *
 * A staging database in OUT takes each outcome as one packed row; reading it back in order
 * (source_path, member, record, record_offset, article_id, content) drops what was given twice and
 * names the article that each copy or revision repeats (copies.h). Refuses nothing. Costs the
 * outcome's bytes on disk; memory is one outcome, the page cache, and what copies.h says.
 */
#ifndef HT_STATS_STORE_H
#define HT_STATS_STORE_H

#include "stats/copies.h"
#include "stats/db.h"
#include "stats/rows.h"

typedef struct {
    stats_db db;
    sqlite3_stmt *insert;
    sqlite3_stmt *scan; /* NULL: not reading */
    copies *copies;     /* NULL: decided */
    uint64_t n_added;
    ht_buf last; /* sort key and body of the outcome read last */
    bool keep_text;
} stats_store;

ht_status store_open(stats_store *s, const char *path, bool keep_text, ht_error *e);
/* arena is for scratch and may be reset afterwards. */
ht_status store_add(stats_store *s, ht_arena *a, const ht_outcome *outcome, ht_error *e);
/* Ends adding, starts reading. `kept` keeps the last key and lives until store_close. */
ht_status store_rewind(stats_store *s, ht_arena *kept, ht_error *e);
/* The next outcome, duplicate_of and revision_of set, in the arena; *more false at the end. */
ht_status store_next(stats_store *s, ht_arena *a, ht_outcome *outcome, bool *more, ht_error *e);
void store_close(stats_store *s);

/* XXH3-128 of an article's text: 16 bytes, in canonical order; 32 hex digits. */
enum { STORE_HASH_BYTES = 16, STORE_HASH_HEX = 32 };
void store_text_hash(ht_str text, unsigned char hash[STORE_HASH_BYTES]);
void store_text_hash_hex(ht_str text, char hex[STORE_HASH_HEX + 1]);

#endif
