#include "stats/schema.h"

#include "stats/rows.h"

#include <string.h>

static const struct {
    const char *name;
    const char *const *columns;
    int n;
} tables[] = {{"articles", ht_article_columns, HT_N_ARTICLE_COLUMNS},
              {"figures", ht_figure_columns, HT_N_FIGURE_COLUMNS},
              {"rejected", ht_rejected_columns, HT_N_REJECTED_COLUMNS},
              {"regions", ht_region_columns, HT_N_REGION_COLUMNS},
              {"cells", ht_cell_columns, HT_N_CELL_COLUMNS}};

/* Columns that name a row of another table. */
static const struct {
    const char *table, *column, *parent, *key;
} references[] = {
    {"articles", "duplicate_of", "articles", "article_id"},
    {"articles", "revision_of", "articles", "article_id"},
    {"figures", "article_id", "articles", "article_id"},
    {"regions", "indicator", "indicators", "indicator"},
    {"cells", "cell_id", "regions", "cell_id"},
    {"ratios", "cell_id", "regions", "cell_id"},
    {"cells", "figure_id", "figures", "figure_id"},
};

static const char keys[] =
    "CREATE UNIQUE INDEX articles_key ON articles (article_id);"
    "CREATE UNIQUE INDEX figures_key ON figures (figure_id);"
    "CREATE UNIQUE INDEX regions_key ON regions (cell_id);"
    "CREATE UNIQUE INDEX cells_key ON cells (cell_id, figure_id)";

static const char indexes[] =
    "CREATE INDEX articles_by_original ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL;"
    "CREATE INDEX figures_by_article ON figures (article_id);"
    "CREATE INDEX figures_by_indicator ON figures (indicator, region_code) WHERE indicator <> '';"
    "CREATE INDEX cells_by_figure ON cells (figure_id);"
    "CREATE INDEX regions_by_indicator ON regions (indicator, region_code);"
    "CREATE VIEW evidence AS SELECT c.cell_id, c.role, r.region, r.indicator, r.subtype, r.period,"
    " f.figure_id, f.surface, f.sentence, f.value, f.qualifier, f.unit, f.asof, a.article_id,"
    " a.title, a.published, a.publisher, a.url, a.source_path, f.byte_start, f.byte_end"
    " FROM cells c JOIN regions r USING (cell_id) JOIN figures f USING (figure_id)"
    " JOIN articles a ON a.article_id = f.article_id";

bool schema_reference(ht_str table, ht_str column, const char **parent, const char **key) {
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (!ht_str_eq(table, ht_str_of(references[i].table)) ||
            !ht_str_eq(column, ht_str_of(references[i].column)))
            continue;
        *parent = references[i].parent;
        *key = references[i].key;
        return true;
    }
    return false;
}

static const char *type_of(const char *table, const char *column, ht_arena *a) {
    const char *parent, *key, *null = ht_column_is_reference(column) ? "" : " NOT NULL";
    if (ht_column_is_integer(column)) return "INTEGER";
    if (!schema_reference(ht_str_of(table), ht_str_of(column), &parent, &key))
        return "TEXT NOT NULL";
    return ht_format(a, "TEXT%s REFERENCES %s (%s)", null, parent, key).p;
}

/* A name of a user's column may hold anything. */
static void put_name(ht_buf *b, ht_str name) {
    ht_buf_byte(b, '"');
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '"') ht_buf_byte(b, '"');
        ht_buf_byte(b, name.p[i]);
    }
    ht_buf_byte(b, '"');
}

static void put_table(ht_buf *sql, ht_arena *a, const char *name, const char *const *columns,
                      size_t n) {
    ht_buf_add(sql, HT_S("CREATE TABLE "));
    put_name(sql, ht_str_of(name));
    for (size_t i = 0; i < n; i++) {
        ht_buf_add(sql, i ? HT_S(", ") : HT_S(" ("));
        put_name(sql, ht_str_of(columns[i]));
        ht_buf_printf(sql, " %s", type_of(name, columns[i], a));
    }
    ht_buf_add(sql, HT_S(") STRICT;"));
}

/* The rows as the file has them: in its order, empty where there is nothing. */
static void put_view(ht_buf *sql, ht_arena *a, const char *name, const char *const *columns,
                     size_t n) {
    ht_buf_add(sql, HT_S("CREATE VIEW "));
    put_name(sql, ht_format(a, "%s.csv", name));
    for (size_t i = 0; i < n; i++) {
        bool nullable = ht_column_is_integer(columns[i]) || ht_column_is_reference(columns[i]);
        ht_buf_add(sql, i ? HT_S(", ") : HT_S(" AS SELECT "));
        if (nullable) ht_buf_add(sql, HT_S("coalesce("));
        put_name(sql, ht_str_of(columns[i]));
        if (!nullable) continue;
        ht_buf_add(sql, HT_S(", '') AS "));
        put_name(sql, ht_str_of(columns[i]));
    }
    ht_buf_add(sql, HT_S(" FROM "));
    put_name(sql, ht_str_of(name));
    ht_buf_add(sql, HT_S(" ORDER BY rowid;"));
}

ht_status schema_create(const stats_db *db, ht_arena *a, ht_error *e) {
    enum { N = sizeof tables / sizeof *tables };
    ht_buf sql;
    ht_buf_init(&sql, a);
    for (size_t i = 0; i < N; i++)
        put_table(&sql, a, tables[i].name, tables[i].columns, (size_t)tables[i].n);
    for (size_t i = 0; i < N; i++)
        put_view(&sql, a, tables[i].name, tables[i].columns, (size_t)tables[i].n);
    ht_buf_byte(&sql, '\0');
    return db_exec(db, sql.p, e);
}

/* SQLite does not tell GDP from gdp. */
static bool names_meet(const char *const *columns, size_t n) {
    for (size_t i = 1; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (sqlite3_stricmp(columns[i], columns[k]) == 0) return true;
    return false;
}

ht_status schema_create_sheet(const stats_db *db, ht_arena *a, ht_str name,
                              const char *const *columns, size_t n, bool *too_wide, ht_error *e) {
    *too_wide = n > (size_t)sqlite3_limit(db->handle, SQLITE_LIMIT_COLUMN, -1) ||
                n > (size_t)sqlite3_limit(db->handle, SQLITE_LIMIT_VARIABLE_NUMBER, -1) ||
                names_meet(columns, n);
    if (*too_wide) return HT_OK;
    ht_buf sql;
    ht_buf_init(&sql, a);
    const char *text = ht_str_cstr(a, name);
    put_table(&sql, a, text, columns, n);
    put_view(&sql, a, text, columns, n);
    ht_buf_byte(&sql, '\0');
    return db_exec(db, sql.p, e);
}

/* Why a key could not be made. */
static ht_status twice(const stats_db *db, ht_error *e) {
    sqlite3_stmt *query = NULL;
    bool row = false;
    ht_status status = db_prepare(db, &query,
                                  "SELECT article_id FROM articles GROUP BY article_id"
                                  " HAVING count(*) > 1 ORDER BY 1 LIMIT 1",
                                  e);
    if (status == HT_OK) status = db_step(db, query, &row, e);
    if (status == HT_OK)
        status = ht_fail(e, HT_IO,
                         row ? "the article %.*s is given twice, at two offsets: the lines are of "
                               "two runs"
                             : "a figure is given twice%.*s",
                         row ? (int)db_column(query, 0).n : 0, row ? db_column(query, 0).p : "");
    sqlite3_finalize(query);
    return status;
}

ht_status schema_finish(const stats_db *db, ht_arena *a, ht_error *e) {
    /* Each index is sorted: with a thread of its own and in larger pieces than rows ask for. */
    ht_status status = db_exec(db, "PRAGMA cache_size=-65536; PRAGMA threads=1", e);
    if (status == HT_OK) status = db_exec(db, keys, e);
    if (status != HT_OK && sqlite3_errcode(db->handle) == SQLITE_CONSTRAINT) return twice(db, e);
    if (status == HT_OK) status = db_exec(db, indexes, e);
    if (status != HT_OK) return status;
    return db_exec(db,
                   ht_format(a, "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT;"
                                "PRAGMA journal_mode=DELETE",
                             DB_APPLICATION_ID, DB_SCHEMA)
                       .p,
                   e);
}
