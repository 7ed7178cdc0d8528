#include "stats/outdb.h"

#include <unistd.h>

static ht_status check_schema(const stats_db *db, int least_schema, ht_error *e) {
    int64_t id = 0, schema = 0;
    ht_status status = db_number(db, "PRAGMA application_id", &id, e);
    if (status == HT_OK) status = db_number(db, "PRAGMA user_version", &schema, e);
    if (status != HT_OK) return status;
    if (id != DB_APPLICATION_ID)
        return ht_fail(e, HT_IO, "%s was not written by hantally", db->path);
    if (schema < least_schema)
        return ht_fail(e, HT_IO, "%s was written by an older version; make the tables anew",
                       db->path);
    return HT_OK;
}

ht_status outdb_open(stats_db *db, ht_arena *a, const char *out, int least_schema, ht_error *e) {
    *db = (stats_db){NULL, NULL};
    if (access(ht_format(a, "%s/run.json", out).p, R_OK) != 0)
        return ht_fail(e, HT_IO, "%s is no finished run: it holds no run.json", out);
    db->path = ht_format(a, "%s/hantally.db", out).p;
    ht_status status = db_open_readonly(db, db->path, e);
    if (status == HT_OK) status = check_schema(db, least_schema, e);
    if (status != HT_OK) db_close(db);
    return status;
}

ht_status outdb_columns(const stats_db *db, ht_arena *a, const char *schema, const char *table,
                        ht_str **columns, size_t *n, ht_error *e) {
    sqlite3_stmt *query = NULL;
    size_t cap = 0;
    bool row = true;
    *columns = NULL;
    *n = 0;
    ht_status status = db_prepare(db, &query, "SELECT name FROM pragma_table_info(?, ?)", e);
    if (status == HT_OK) {
        db_bind(query, 0, ht_str_of(table));
        db_bind(query, 1, ht_str_of(schema));
    }
    while (status == HT_OK && row) {
        status = db_step(db, query, &row, e);
        if (status == HT_OK && row)
            *HT_PUSH(a, *columns, *n, cap) = ht_str_of(ht_str_cstr(a, db_column(query, 0)));
    }
    sqlite3_finalize(query);
    return status;
}
