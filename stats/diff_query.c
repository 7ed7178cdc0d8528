#include "stats/diff_inner.h"

/* Columns of both databases, in the order of the second, which is the newer one as a rule. */
static ht_status columns_read(differ *d, diff_table *t, ht_error *e) {
    ht_str *before, *after;
    size_t n_before, n_after, cap = 0;
    const char *table = t->spec->table;
    ht_status status = outdb_columns(&d->db, &d->arena, "main", table, &before, &n_before, e);
    if (status == HT_OK)
        status = outdb_columns(&d->db, &d->arena, "b", table, &after, &n_after, e);
    if (status != HT_OK) return status;
    for (size_t i = 0; i < n_after; i++)
        for (size_t k = 0; k < n_before; k++)
            if (ht_str_eq(after[i], before[k]))
                *HT_PUSH(&d->arena, t->columns, t->n_columns, cap) = after[i];
    if (t->spec->extra)
        *HT_PUSH(&d->arena, t->columns, t->n_columns, cap) = ht_str_of(t->spec->extra);
    t->changes = HT_ARRAY(&d->arena, uint64_t, t->n_columns);
    return t->n_columns > 1 ? HT_OK
                            : ht_fail(e, HT_IO, "%s: no table %s", d->options->before, table);
}

/* (SELECT … FROM schema.table t) alias: an empty cell and NULL are the same. */
static void put_source(ht_buf *b, const diff_table *t, const char *schema, const char *alias) {
    size_t n_own = t->n_columns - (t->spec->extra != NULL);
    ht_buf_add(b, HT_S("(SELECT "));
    for (size_t i = 0; i < n_own; i++)
        if (ht_str_eq(t->columns[i], ht_str_of(t->spec->key))) /* as it is, for its index */
            ht_buf_printf(b, "%st.%s", i ? ", " : "", t->spec->key);
        else
            ht_buf_printf(b, "%scoalesce(t.\"" HT_FMT "\", '') AS \"" HT_FMT "\"", i ? ", " : "",
                          HT_ARG(t->columns[i]), HT_ARG(t->columns[i]));
    if (t->spec->extra)
        ht_buf_printf(b,
                      ", coalesce((SELECT min(figure_id) FROM %s.cells k"
                      " WHERE k.cell_id = t.cell_id AND k.role = 'chosen'), '') AS %s",
                      schema, t->spec->extra);
    ht_buf_printf(b, " FROM %s.%s t) %s", schema, t->spec->table, alias);
}

static void put_difference(ht_buf *b, const diff_table *t, size_t i) {
    ht_buf_printf(b, "x.\"" HT_FMT "\" IS NOT y.\"" HT_FMT "\"", HT_ARG(t->columns[i]),
                  HT_ARG(t->columns[i]));
}

static void put_join(ht_buf *b, const diff_table *t) {
    ht_buf_add(b, HT_S(" FROM "));
    put_source(b, t, "main", "x");
    ht_buf_add(b, HT_S(" JOIN "));
    put_source(b, t, "b", "y");
    ht_buf_printf(b, " USING (%s)", t->spec->key);
}

static void put_absent(ht_buf *b, const diff_table *t, const char *schema, const char *alias) {
    ht_buf_printf(b, " WHERE NOT EXISTS (SELECT 1 FROM %s.%s o WHERE o.%s = %s.%s)", schema,
                  t->spec->table, t->spec->key, alias, t->spec->key);
}

static ht_status count_missing(differ *d, const diff_table *t, const char *of, const char *in,
                               uint64_t *n, ht_error *e) {
    ht_buf sql;
    ht_buf_init(&sql, &d->scratch);
    ht_buf_printf(&sql, "SELECT count(*) FROM %s.%s t", of, t->spec->table);
    put_absent(&sql, t, in, "t");
    ht_buf_byte(&sql, '\0');
    sqlite3_stmt *query = NULL;
    bool row = false;
    ht_status status = db_prepare(&d->db, &query, sql.p, e);
    if (status == HT_OK) status = db_step(&d->db, query, &row, e);
    *n = row ? (uint64_t)sqlite3_column_int64(query, 0) : 0;
    sqlite3_finalize(query);
    return status;
}

static ht_status count_changes(differ *d, diff_table *t, ht_error *e) {
    ht_buf sql;
    ht_buf_init(&sql, &d->scratch);
    ht_buf_add(&sql, HT_S("SELECT count(*), total("));
    for (size_t i = 0; i < t->n_columns; i++) {
        if (i) ht_buf_add(&sql, HT_S(" OR "));
        put_difference(&sql, t, i);
    }
    for (size_t i = 0; i < t->n_columns; i++) {
        ht_buf_add(&sql, HT_S("), total("));
        put_difference(&sql, t, i);
    }
    ht_buf_byte(&sql, ')');
    put_join(&sql, t);
    ht_buf_byte(&sql, '\0');
    sqlite3_stmt *query = NULL;
    bool row = false;
    ht_status status = db_prepare(&d->db, &query, sql.p, e);
    if (status == HT_OK) status = db_step(&d->db, query, &row, e);
    if (status == HT_OK && row) {
        t->counts.changed = (uint64_t)sqlite3_column_int64(query, 1);
        t->counts.same = (uint64_t)sqlite3_column_int64(query, 0) - t->counts.changed;
        for (size_t i = 0; i < t->n_columns; i++)
            t->changes[i] = (uint64_t)sqlite3_column_int64(query, (int)i + 2);
    }
    sqlite3_finalize(query);
    return status;
}

ht_status diff_table_count(differ *d, diff_table_id id, ht_error *e) {
    diff_table *t = &d->tables[id];
    t->spec = &diff_specs[id];
    ht_status status = columns_read(d, t, e);
    if (status == HT_OK) status = count_missing(d, t, "main", "b", &t->counts.removed, e);
    if (status == HT_OK) status = count_missing(d, t, "b", "main", &t->counts.added, e);
    if (status == HT_OK) status = count_changes(d, t, e);
    ht_arena_reset(&d->scratch);
    return status;
}

static void put_halves(ht_buf *b, const diff_table *t, const char *before, const char *after,
                       char change) {
    ht_buf_printf(b, "SELECT '%c' AS change", change);
    for (size_t i = 0; i < t->n_columns; i++)
        ht_buf_printf(b, ", %s.\"" HT_FMT "\" AS b%zu", before, HT_ARG(t->columns[i]), i);
    for (size_t i = 0; i < t->n_columns; i++)
        ht_buf_printf(b, ", %s.\"" HT_FMT "\" AS \"" HT_FMT "\"", after, HT_ARG(t->columns[i]),
                      HT_ARG(t->columns[i]));
}

static char *rows_query(differ *d, const diff_table *t) {
    ht_buf b;
    ht_buf_init(&b, &d->arena);
    ht_buf_add(&b, HT_S("SELECT * FROM ("));
    put_halves(&b, t, "x", "x", '-');
    ht_buf_add(&b, HT_S(" FROM "));
    put_source(&b, t, "main", "x");
    put_absent(&b, t, "b", "x");
    ht_buf_add(&b, HT_S(" UNION ALL "));
    put_halves(&b, t, "y", "y", '+');
    ht_buf_add(&b, HT_S(" FROM "));
    put_source(&b, t, "b", "y");
    put_absent(&b, t, "main", "y");
    ht_buf_add(&b, HT_S(" UNION ALL "));
    put_halves(&b, t, "x", "y", '~');
    put_join(&b, t);
    ht_buf_add(&b, HT_S(" WHERE "));
    for (size_t i = 0; i < t->n_columns; i++) {
        if (i) ht_buf_add(&b, HT_S(" OR "));
        put_difference(&b, t, i);
    }
    ht_buf_printf(&b, ") ORDER BY %s, %s", t->spec->order, t->spec->key);
    ht_buf_byte(&b, '\0');
    return b.p;
}

ht_status diff_table_each(differ *d, const diff_table *t, diff_row_call *call, ht_error *e) {
    const diff_counts *c = &t->counts;
    if (!c->added && !c->removed && !c->changed) return HT_OK;
    sqlite3_stmt *query = NULL;
    ht_status status = db_prepare(&d->db, &query, rows_query(d, t), e);
    ht_str *cells = HT_ARRAY(&d->arena, ht_str, 2 * t->n_columns);
    for (bool more = true; status == HT_OK;) {
        status = db_step(&d->db, query, &more, e);
        if (status != HT_OK || !more) break;
        for (size_t i = 0; i < 2 * t->n_columns; i++)
            cells[i] = ht_str_copy(&d->scratch, db_column(query, (int)i + 1));
        diff_row row = {db_column(query, 0).p[0], cells, cells + t->n_columns};
        if (!call(d, t, &row)) break;
        ht_arena_reset(&d->scratch);
    }
    sqlite3_finalize(query);
    return status;
}
