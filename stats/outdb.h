/* A finished OUT -> its hantally.db, open for reading. Inner to stats/.
 *
 * Refuses, with HT_IO: a folder without run.json (it is unfinished), a database that hantally did
 * not write, and one of a version that lacks what the caller needs. Nothing is written, no lock is
 * kept: it works on a medium that cannot be written.
 */
#ifndef HT_STATS_OUTDB_H
#define HT_STATS_OUTDB_H

#include "stats/db.h"

/* The path is arena. */
ht_status outdb_open(stats_db *db, ht_arena *a, const char *out, int least_schema, ht_error *e);

/* The names of the columns of a table of a schema (main, or an attached one), arena and
 * NUL-terminated; none for a table that is not there. */
ht_status outdb_columns(const stats_db *db, ht_arena *a, const char *schema, const char *table,
                        ht_str **columns, size_t *n, ht_error *e);

#endif
