/* Rows -> tables of hantally.db, inserted by a thread while the next rows are made. Inner to
 * stats/.
 *
 * The database belongs to the feed until rowfeed_finish. Rows are inserted in the order in which
 * they are given. Costs two batches of ROWFEED_BATCH bytes.
 */
#ifndef HT_STATS_ROWFEED_H
#define HT_STATS_ROWFEED_H

#include "stats/db.h"

#include <pthread.h>

enum { ROWFEED_BATCH = 1 << 20, ROWFEED_TABLES = 4 };

typedef struct {
    sqlite3_stmt *insert; /* borrows */
    const char *const *columns;
    int n;
} rowfeed_table;

typedef struct {
    stats_db *db; /* NULL: not open */
    rowfeed_table tables[ROWFEED_TABLES];
    ht_arena arenas[2];
    ht_buf batches[2];
    int filling;
    bool inserting; /* the thread runs */
    pthread_t thread;
    ht_status status; /* of the thread */
    ht_error error;
} rowfeed;

void rowfeed_open(rowfeed *f, stats_db *db);
/* table counts from 0, below ROWFEED_TABLES. Copies the cells. */
ht_status rowfeed_add(rowfeed *f, int table, const ht_str *cells, ht_error *e);
/* Waits until everything is inserted. */
ht_status rowfeed_finish(rowfeed *f, ht_error *e);
/* Also without rowfeed_finish, or when it was not opened. */
void rowfeed_close(rowfeed *f);

#endif
