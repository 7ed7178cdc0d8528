/* SQLite with our conventions: ht_str in and out, every failure an ht_error. For stats/ and the
 * pages made of its databases (report/, review/). */
#ifndef HT_STATS_DB_H
#define HT_STATS_DB_H

#include "base/error.h"
#include "base/str.h"

#include <sqlite3.h>

enum {
    /* "HTLY": file(1) and we ourselves can tell the file from another database. */
    DB_APPLICATION_ID = 0x48544c59,
    /* PRAGMA user_version of hantally.db; 2: with the codebook, and keys */
    DB_SCHEMA = 2
};

typedef struct {
    sqlite3 *handle;  /* NULL: not open */
    const char *path; /* borrows; for messages */
} stats_db;

/* SQLite sorts in files: from now on in this folder, and not in a /tmp that may be memory, unless
 * SQLITE_TMPDIR names another. Not while a database is open. */
void db_sort_in(const char *folder);
/* A new database at path (an old file goes), without journal: it is thrown away when the run fails.
 */
ht_status db_create(stats_db *db, const char *path, ht_error *e);
/* An existing database, for reading alone. */
ht_status db_open_readonly(stats_db *db, const char *path, ht_error *e);
void db_close(stats_db *db);
ht_status db_fail(const stats_db *db, ht_error *e);
ht_status db_exec(const stats_db *db, const char *sql, ht_error *e);
ht_status db_prepare(const stats_db *db, sqlite3_stmt **statement, const char *sql, ht_error *e);
/* `INSERT INTO table VALUES (?,…)` of n values. */
ht_status db_prepare_insert(const stats_db *db, sqlite3_stmt **statement, const char *table, int n,
                            ht_error *e);
/* Borrows the bytes until the statement is reset. at counts from 0. */
void db_bind(sqlite3_stmt *statement, int at, ht_str text);
/* The decimal digits of text as INTEGER, NULL if there are none. */
void db_bind_integer(sqlite3_stmt *statement, int at, ht_str text);
void db_bind_blob(sqlite3_stmt *statement, int at, ht_str bytes);
/* Runs a statement that gives no rows, and resets it. */
ht_status db_run(const stats_db *db, sqlite3_stmt *statement, ht_error *e);
/* Steps a query: *row says whether there is a row. */
ht_status db_step(const stats_db *db, sqlite3_stmt *statement, bool *row, ht_error *e);
/* What a query of one number says (PRAGMA user_version); 0 where it gives no row. */
ht_status db_number(const stats_db *db, const char *sql, int64_t *number, ht_error *e);
/* Column `at` of the current row. Borrows until the next step. */
ht_str db_column(sqlite3_stmt *statement, int at);

/* A row with the columns' types: integers where ht_column_is_integer says so, NULL for an empty
 * reference. */
ht_status db_insert_row(const stats_db *db, sqlite3_stmt *statement, const char *const *columns,
                        const ht_str *cells, int n, ht_error *e);
#endif
