#include "stats/copies-internal.h"

#include <stdlib.h>
#include <string.h>

static const char schema[] = "CREATE TABLE sketch (n INTEGER PRIMARY KEY, merit BLOB, id BLOB,"
                             " date INTEGER, sketch BLOB)";
static const char insert[] = "INSERT INTO sketch VALUES (?,?,?,?,?)";
/* In the order of merit, so that ranks are read one after the other. */
static const char ranking[] =
    "CREATE TABLE ranked (rank INTEGER PRIMARY KEY, n INTEGER, id BLOB, date INTEGER, sketch BLOB);"
    "INSERT INTO ranked SELECT NULL, n, id, date, sketch FROM sketch ORDER BY merit, sketch;"
    "DROP TABLE sketch;"
    "CREATE TABLE copy (n INTEGER PRIMARY KEY, first BLOB, revision BLOB)";
static const char scan[] = "SELECT rank, sketch, date, n, id FROM ranked ORDER BY rank";
enum { RANK, SKETCH, DATE, N, ID };
static const char keep[] = "INSERT INTO copy VALUES (?,?,?)";

enum { SAME_RECORD = SKETCH_SAME + 4 };

ht_status copies_open(copies **opened, const stats_db *db, ht_error *e) {
    copies *c = *opened = calloc(1, sizeof *c);
    if (!c) return ht_fail(e, HT_IO, "out of memory");
    ht_arena_init(&c->arena, 0);
    c->db = db;
    c->lexicon = ht_lexicon_get(e);
    if (!c->lexicon) return HT_IO;
    ht_status status = db_exec(db, schema, e);
    return status == HT_OK ? db_prepare(db, &c->insert, insert, e) : status;
}

ht_status copies_add(copies *c, ht_arena *a, int64_t n, const ht_outcome *o, ht_error *e) {
    sketch s;
    if (!(o->sketch.n && !o->text.n
              ? sketch_read_hex(&s, a, o->sketch)
              : sketch_make(&s, a, c->lexicon, o->text, o->article.cell[HT_A_REPAIRS])))
        return HT_OK;
    const ht_str *article = o->article.cell;
    ht_buf merit, packed;
    ht_buf_init(&merit, a);
    ht_buf_init(&packed, a);
    merit_key(&merit, o, &s);
    sketch_pack(&packed, &s);
    sqlite3_bind_int64(c->insert, 1, n);
    db_bind_blob(c->insert, 1, ht_buf_str(&merit));
    db_bind_blob(c->insert, 2, article[HT_A_ARTICLE_ID]);
    sqlite3_bind_int64(c->insert, 4, (int64_t)merit_date(article[HT_A_PUBLISHED]));
    db_bind_blob(c->insert, 4, ht_buf_str(&packed));
    return db_run(c->db, c->insert, e);
}

static ht_status count_ranks(copies *c, ht_error *e) {
    sqlite3_stmt *query;
    bool row = false;
    ht_status status = db_prepare(c->db, &query, "SELECT MAX(rank) FROM ranked", e);
    if (status == HT_OK) status = db_step(c->db, query, &row, e);
    int64_t n = status == HT_OK && row ? sqlite3_column_int64(query, 0) : 0;
    sqlite3_finalize(query);
    if (status != HT_OK) return status;
    if (n >= UINT32_MAX) return ht_fail(e, HT_IO, "more than 4294967294 articles");
    c->n = (uint32_t)n;
    c->copy_of = reallocarray(NULL, c->n + (size_t)1, sizeof *c->copy_of);
    c->revision_of = reallocarray(NULL, c->n + (size_t)1, sizeof *c->revision_of);
    if (!c->copy_of || !c->revision_of) return ht_fail(e, HT_IO, "out of memory");
    for (uint32_t i = 0; i <= c->n; i++) c->copy_of[i] = c->revision_of[i] = i;
    return HT_OK;
}

/* Calls `take` for every article in the order of merit. */
static ht_status each_article(copies *c,
                              ht_status (*take)(copies *c, void *context, sqlite3_stmt *row,
                                                const bucket_member *m, ht_error *e),
                              void *context, ht_error *e) {
    sqlite3_stmt *query = NULL;
    bool row = true;
    ht_status status = db_prepare(c->db, &query, scan, e);
    while (status == HT_OK) {
        sketch s;
        status = db_step(c->db, query, &row, e);
        if (status != HT_OK || !row) break;
        bucket_member m = {(uint32_t)sqlite3_column_int64(query, RANK),
                           (uint64_t)sqlite3_column_int64(query, DATE), &s};
        if (!sketch_unpack(&s, db_column(query, SKETCH)))
            status = ht_fail(e, HT_IO, "%s: damaged", c->db->path);
        else
            status = take(c, context, query, &m, e);
    }
    sqlite3_finalize(query);
    return status;
}

/* ---- the same text ---- */

static ht_status take_same(copies *c, void *sorted, sqlite3_stmt *row, const bucket_member *m,
                           ht_error *e) {
    unsigned char record[SAME_RECORD];
    (void)c, (void)row;
    memcpy(record, m->sketch->same, SKETCH_SAME);
    records_put(record + SKETCH_SAME, m->rank, SAME_RECORD - SKETCH_SAME);
    return records_add(sorted, record, e);
}

static ht_status lead_same(copies *c, record_sorter *sorted, ht_error *e) {
    unsigned char same[SKETCH_SAME] = {0};
    uint32_t first = 0;
    for (;;) {
        const unsigned char *record;
        ht_status status = records_next(sorted, &record, e);
        if (status != HT_OK || !record) return status;
        uint32_t rank = (uint32_t)records_get(record + SKETCH_SAME, SAME_RECORD - SKETCH_SAME);
        if (!first || memcmp(same, record, SKETCH_SAME) != 0) first = rank;
        memcpy(same, record, SKETCH_SAME);
        c->copy_of[rank] = first;
    }
}

static ht_status find_same(copies *c, ht_error *e) {
    record_sorter *sorted;
    ht_status status = records_open(&sorted, c->db->path, SAME_RECORD, COPIES_SORT_BYTES, e);
    if (status == HT_OK) status = each_article(c, take_same, sorted, e);
    if (status == HT_OK) status = records_rewind(sorted, e);
    if (status == HT_OK) status = lead_same(c, sorted, e);
    records_close(sorted);
    return status;
}

/* ---- nearly the same text ---- */

static ht_status take_copies(copies *c, void *b, sqlite3_stmt *row, const bucket_member *m,
                             ht_error *e) {
    (void)row;
    ht_arena_reset(&c->arena);
    if (!m->sketch->comparable || c->copy_of[m->rank] != m->rank) return HT_OK;
    return buckets_add(b, &c->arena, m, e);
}

static ht_status find_alike(copies *c, buckets_kind kind, ht_error *e) {
    buckets *b;
    bool copy = kind == BUCKETS_COPIES;
    ht_status status = buckets_open(&b, kind, c->db->path, e);
    if (status == HT_OK) status = each_article(c, take_copies, b, e);
    if (status == HT_OK) status = buckets_rewind(b, e);
    if (status == HT_OK)
        status = cluster_lead(c, b, copy ? c->copy_of : c->revision_of,
                              copy ? cluster_is_copy : cluster_is_revision, e);
    buckets_close(b);
    return status;
}

/* ---- the outcome ---- */

static ht_status id_of(copies *c, uint32_t rank, ht_str *id, ht_error *e) {
    bool row = false;
    sqlite3_bind_int64(c->fetch, 1, rank);
    ht_status status = db_step(c->db, c->fetch, &row, e);
    if (status == HT_OK) *id = ht_str_copy(&c->arena, db_column(c->fetch, 1));
    sqlite3_reset(c->fetch);
    return status;
}

static ht_status take_outcome(copies *c, void *insert_copy, sqlite3_stmt *row,
                              const bucket_member *m, ht_error *e) {
    /* the same text as a leader of its kind that is itself a copy */
    uint32_t first = c->copy_of[c->copy_of[m->rank]], revised = c->revision_of[m->rank];
    ht_str own = db_column(row, ID), id = {NULL, 0};
    if (first == m->rank && revised == m->rank) return HT_OK;
    ht_arena_reset(&c->arena);
    ht_status status = id_of(c, first == m->rank ? revised : first, &id, e);
    /* an article that was given twice is no copy of itself */
    if (status != HT_OK || ht_str_eq(id, own)) return status;
    ht_str none = {NULL, 0};
    sqlite3_bind_int64(insert_copy, 1, sqlite3_column_int64(row, N));
    db_bind_blob(insert_copy, 1, first == m->rank ? none : id);
    db_bind_blob(insert_copy, 2, first == m->rank ? id : none);
    return db_run(c->db, insert_copy, e);
}

static ht_status write_outcome(copies *c, ht_error *e) {
    sqlite3_stmt *insert_copy = NULL;
    ht_status status = db_prepare(c->db, &insert_copy, keep, e);
    if (status == HT_OK) status = each_article(c, take_outcome, insert_copy, e);
    sqlite3_finalize(insert_copy);
    return status;
}

ht_status copies_decide(copies *c, ht_error *e) {
    sqlite3_finalize(c->insert);
    c->insert = NULL;
    ht_status status = db_exec(c->db, ranking, e);
    if (status == HT_OK)
        status = db_prepare(c->db, &c->fetch, "SELECT sketch, id FROM ranked WHERE rank = ?", e);
    if (status == HT_OK) status = count_ranks(c, e);
    if (status == HT_OK) status = find_same(c, e);
    if (status == HT_OK) status = find_alike(c, BUCKETS_COPIES, e);
    if (status == HT_OK) status = find_alike(c, BUCKETS_REVISIONS, e);
    return status == HT_OK ? write_outcome(c, e) : status;
}

void copies_close(copies *c) {
    if (!c) return;
    sqlite3_finalize(c->insert);
    sqlite3_finalize(c->fetch);
    free(c->copy_of);
    free(c->revision_of);
    ht_arena_free(&c->arena);
    free(c);
}
