#include "stats/db.h"

#include "stats/rows.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Pages in memory: memory does not grow with the number of rows. */
#define CACHE_KIB "-8192"
enum { MAX_INSERT = 2048 };

ht_status db_fail(const stats_db *db, ht_error *e) {
    return ht_fail(e, HT_IO, "%s: %s", db->path,
                   db->handle ? sqlite3_errmsg(db->handle) : "out of memory");
}

void db_sort_in(const char *folder) {
    if (getenv("SQLITE_TMPDIR")) return;
    sqlite3_free(sqlite3_temp_directory);
    sqlite3_temp_directory = sqlite3_mprintf("%s", folder);
}

ht_status db_create(stats_db *db, const char *path, ht_error *e) {
    *db = (stats_db){.path = path};
    if (unlink(path) != 0 && errno != ENOENT)
        return ht_fail(e, HT_IO, "cannot replace %s: %s", path, strerror(errno));
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &db->handle, flags, NULL) != SQLITE_OK) {
        ht_status status = db_fail(db, e);
        db_close(db);
        return status;
    }
    return db_exec(db,
                   "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;"
                   "PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=" CACHE_KIB "; BEGIN",
                   e);
}

ht_status db_open_readonly(stats_db *db, const char *path, ht_error *e) {
    *db = (stats_db){.path = path};
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &db->handle, flags, NULL) == SQLITE_OK)
        return db_exec(db, "PRAGMA temp_store=FILE; PRAGMA cache_size=" CACHE_KIB, e);
    ht_status status = db_fail(db, e);
    db_close(db);
    return status;
}

void db_close(stats_db *db) {
    sqlite3_close(db->handle);
    db->handle = NULL;
}

ht_status db_exec(const stats_db *db, const char *sql, ht_error *e) {
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? HT_OK : db_fail(db, e);
}

ht_status db_prepare(const stats_db *db, sqlite3_stmt **statement, const char *sql, ht_error *e) {
    return sqlite3_prepare_v2(db->handle, sql, -1, statement, NULL) == SQLITE_OK ? HT_OK
                                                                                 : db_fail(db, e);
}

ht_status db_prepare_insert(const stats_db *db, sqlite3_stmt **statement, const char *table, int n,
                            ht_error *e) {
    char sql[MAX_INSERT];
    int at = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
    for (int i = 1; i < n; i++) at += snprintf(sql + at, sizeof sql - (size_t)at, ",?");
    snprintf(sql + at, sizeof sql - (size_t)at, ")");
    return db_prepare(db, statement, sql, e);
}

void db_bind(sqlite3_stmt *statement, int at, ht_str text) {
    sqlite3_bind_text64(statement, at + 1, text.n ? text.p : "", text.n, SQLITE_STATIC,
                        SQLITE_UTF8);
}

void db_bind_blob(sqlite3_stmt *statement, int at, ht_str bytes) {
    sqlite3_bind_blob64(statement, at + 1, bytes.n ? bytes.p : "", bytes.n, SQLITE_STATIC);
}

void db_bind_integer(sqlite3_stmt *statement, int at, ht_str text) {
    int64_t value = 0;
    bool digits = text.n > 0;
    for (size_t i = 0; i < text.n && digits; i++)
        digits = text.p[i] >= '0' && text.p[i] <= '9' &&
                 !__builtin_mul_overflow(value, 10, &value) &&
                 !__builtin_add_overflow(value, text.p[i] - '0', &value);
    if (digits)
        sqlite3_bind_int64(statement, at + 1, value);
    else
        sqlite3_bind_null(statement, at + 1);
}

ht_status db_run(const stats_db *db, sqlite3_stmt *statement, ht_error *e) {
    int code = sqlite3_step(statement);
    ht_status status = code == SQLITE_DONE ? HT_OK : db_fail(db, e);
    sqlite3_reset(statement);
    return status;
}

ht_status db_step(const stats_db *db, sqlite3_stmt *statement, bool *row, ht_error *e) {
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? HT_OK : db_fail(db, e);
}

ht_status db_number(const stats_db *db, const char *sql, int64_t *number, ht_error *e) {
    sqlite3_stmt *query = NULL;
    bool row = false;
    ht_status status = db_prepare(db, &query, sql, e);
    if (status == HT_OK) status = db_step(db, query, &row, e);
    *number = row ? sqlite3_column_int64(query, 0) : 0;
    sqlite3_finalize(query);
    return status;
}

ht_str db_column(sqlite3_stmt *statement, int at) {
    const char *p = sqlite3_column_blob(statement, at);
    return (ht_str){p, p ? (size_t)sqlite3_column_bytes(statement, at) : 0};
}

ht_status db_insert_row(const stats_db *db, sqlite3_stmt *statement, const char *const *columns,
                        const ht_str *cells, int n, ht_error *e) {
    for (int i = 0; i < n; i++)
        if (ht_column_is_integer(columns[i]))
            db_bind_integer(statement, i, cells[i]);
        else if (cells[i].n == 0 && ht_column_is_reference(columns[i]))
            sqlite3_bind_null(statement, i + 1);
        else
            db_bind(statement, i, cells[i]);
    return db_run(db, statement, e);
}
