/* hantally.db: its tables, keys, indexes and views. Inner to stats/.
 *
 * A table has the columns of its CSV, and a view named as the file (SELECT * FROM "figures.csv")
 * gives its rows in its order. STRICT throughout: whole numbers are INTEGER, NULL where the CSV is
 * empty; all else is TEXT, codes of divisions and exact numbers included. A reference to another
 * row is NULL where there is none. Indexes are built last, which is faster than row by row.
 */
#ifndef HT_STATS_SCHEMA_H
#define HT_STATS_SCHEMA_H

#include "stats/db.h"

#include <stdbool.h>

/* The five tables of every run. */
ht_status schema_create(const stats_db *db, ht_arena *a, ht_error *e);
/* One more table with a view beside it: name "table-workers" -> view "table-workers.csv".
 * *too_wide: it has more columns than SQLite takes, or two that differ in case alone, and is left
 * out. */
ht_status schema_create_sheet(const stats_db *db, ht_arena *a, ht_str name,
                              const char *const *columns, size_t n, bool *too_wide, ht_error *e);
/* Does the column name a row of another table? *parent and *key say of which. */
bool schema_reference(ht_str table, ht_str column, const char **parent, const char **key);
/* Keys, indexes, views; the number of the schema. Refuses two articles of one id. */
ht_status schema_finish(const stats_db *db, ht_arena *a, ht_error *e);

#endif
