#include "stats/verdicts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 0x48545644 "HTVD" */
#define APPLICATION_ID 1213486660
#define TEXT_OF(number) TEXT_OF_(number)
#define TEXT_OF_(number) #number
enum { BUSY_MS = 5000, VERSION = 1 };

/* FULL: a verdict that was acknowledged outlives a power cut. */
static const char pragmas[] = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;"
                              "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF";

static const char schema[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE verdict (seq INTEGER PRIMARY KEY AUTOINCREMENT, nonce TEXT NOT NULL UNIQUE,"
    " reviewer TEXT NOT NULL, origin TEXT NOT NULL CHECK (origin IN"
    " ('sample','audit','article','adjudication','import')),"
    " figure_id TEXT NOT NULL, article_id TEXT NOT NULL, surface TEXT NOT NULL,"
    " sentence TEXT NOT NULL, byte_start INTEGER, byte_end INTEGER, reading TEXT NOT NULL,"
    " verdict TEXT NOT NULL CHECK (verdict IN ('right','wrong','skip')),"
    " wrong TEXT NOT NULL CHECK (wrong IN"
    " ('','value','unit','counted','region','date','no-statistic')),"
    " corrected TEXT NOT NULL, note TEXT NOT NULL, judged_at TEXT NOT NULL,"
    " CHECK ((verdict = 'wrong') = (wrong <> ''))) STRICT;"
    "CREATE INDEX verdict_by_figure ON verdict (figure_id, reviewer, origin, seq);"
    "CREATE INDEX verdict_by_reviewer ON verdict (reviewer, seq);"
    "CREATE TABLE missed (seq INTEGER PRIMARY KEY AUTOINCREMENT, nonce TEXT NOT NULL UNIQUE,"
    " reviewer TEXT NOT NULL, article_id TEXT NOT NULL, text_start INTEGER NOT NULL,"
    " text_end INTEGER NOT NULL, surface TEXT NOT NULL, paragraph TEXT NOT NULL,"
    " indicator TEXT NOT NULL, note TEXT NOT NULL, judged_at TEXT NOT NULL,"
    " UNIQUE (reviewer, article_id, text_start)) STRICT;"
    "CREATE TABLE read_article (reviewer TEXT NOT NULL, article_id TEXT NOT NULL,"
    " judged_at TEXT NOT NULL, PRIMARY KEY (reviewer, article_id)) STRICT;"
    "CREATE TABLE design (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    /* An adjudicator may be one of the reviewers: what he said before stands beside it. */
    "CREATE VIEW current AS SELECT * FROM verdict v WHERE seq = (SELECT max(seq) FROM verdict w"
    " INDEXED BY verdict_by_figure WHERE w.figure_id = v.figure_id AND w.reviewer = v.reviewer"
    " AND (w.origin = 'adjudication') = (v.origin = 'adjudication'));"
    "CREATE VIEW settled AS WITH judged AS (SELECT * FROM current WHERE verdict <> 'skip'),"
    " final AS (SELECT figure_id, max(seq) AS seq FROM judged WHERE origin = 'adjudication'"
    " GROUP BY figure_id),"
    " alike AS (SELECT figure_id, max(seq) AS seq FROM judged WHERE origin <> 'adjudication'"
    " AND figure_id NOT IN (SELECT figure_id FROM final) GROUP BY figure_id"
    " HAVING count(DISTINCT verdict || '/' || wrong || '/' || corrected || '/' || reading) = 1)"
    " SELECT v.*, (SELECT group_concat(reviewer, '|') FROM (SELECT DISTINCT reviewer FROM judged j"
    " WHERE j.figure_id = v.figure_id ORDER BY reviewer)) AS reviewers FROM verdict v"
    " WHERE seq IN (SELECT seq FROM final UNION ALL SELECT seq FROM alike);"
    "PRAGMA application_id=" TEXT_OF(APPLICATION_ID) "; PRAGMA user_version=1; COMMIT";

static ht_status check_ours(const stats_db *db, bool empty, ht_error *e) {
    int64_t id, version = 0;
    ht_status status = db_number(db, "PRAGMA application_id", &id, e);
    if (status == HT_OK && empty && id == 0) return db_exec(db, schema, e);
    if (status == HT_OK) status = db_number(db, "PRAGMA user_version", &version, e);
    if (status != HT_OK) return status;
    if (id != APPLICATION_ID)
        return ht_fail(e, HT_IO, "%s holds no verdicts of hantally", db->path);
    if (version != VERSION)
        return ht_fail(e, HT_IO, "%s is of version %d; this program reads version %d", db->path,
                       (int)version, VERSION);
    return HT_OK;
}

ht_status ht_verdicts_open(stats_db *db, const char *path, bool create, ht_error *e) {
    *db = (stats_db){.path = path};
    struct stat st;
    bool there = stat(path, &st) == 0;
    if (!there && !create)
        return ht_fail(e, HT_IO, "cannot read %s: %s", path, strerrordesc_np(errno));
    int flags = create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    ht_status status = HT_OK;
    if (sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_URI, NULL) != SQLITE_OK)
        status = db_fail(db, e);
    if (status == HT_OK) {
        sqlite3_busy_timeout(db->handle, BUSY_MS);
        if (create) status = db_exec(db, pragmas, e);
    }
    if (status == HT_OK) status = check_ours(db, create && (!there || st.st_size == 0), e);
    if (status != HT_OK) db_close(db);
    return status;
}

ht_status ht_verdicts_attach(const stats_db *db, const char *out, ht_error *e) {
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_status status = HT_OK;
    static const char *const needed[] = {"run.json", "hantally.db"};
    for (size_t i = 0; i < 2 && status == HT_OK; i++)
        if (access(ht_format(&a, "%s/%s", out, needed[i]).p, R_OK) != 0)
            status = ht_fail(e, HT_IO, "%s is no finished run: %s: %s", out, needed[i],
                             strerrordesc_np(errno));
    sqlite3_stmt *attach = NULL;
    if (status == HT_OK) status = db_prepare(db, &attach, "ATTACH ?1 AS out", e);
    if (status == HT_OK) {
        ht_buf uri;
        ht_buf_init(&uri, &a);
        ht_buf_add(&uri, HT_S("file:"));
        /* % ? # mean something in a URI */
        for (const char *p = out; *p; p++)
            if (strchr("%?#", *p))
                ht_buf_printf(&uri, "%%%02X", (unsigned char)*p);
            else
                ht_buf_byte(&uri, *p);
        ht_buf_add(&uri, HT_S("/hantally.db?mode=ro"));
        db_bind(attach, 0, ht_buf_str(&uri));
        status = db_run(db, attach, e);
    }
    sqlite3_finalize(attach);
    ht_arena_free(&a);
    return status;
}

static const char settled[] =
    "SELECT figure_id, surface, sentence, coalesce(byte_start, ''), coalesce(byte_end, ''),"
    " reading, verdict, wrong, corrected, reviewers FROM settled ORDER BY figure_id";

ht_status verdict_book_read(verdict_book *b, ht_arena *a, const char *path, ht_error *e) {
    *b = (verdict_book){0};
    ht_map_init(&b->by_figure, a);
    stats_db db;
    sqlite3_stmt *query = NULL;
    ht_status status = ht_verdicts_open(&db, path, false, e);
    if (status != HT_OK) return status;
    status = db_prepare(&db, &query, settled, e);
    for (bool row = status == HT_OK; row;) {
        status = db_step(&db, query, &row, e);
        if (status != HT_OK || !row) break;
        *ht_map_put(&b->by_figure, ht_str_copy(a, db_column(query, 0))) = (uint32_t)b->n;
        verdict_settled *v = HT_PUSH(a, b->items, b->n, b->cap);
        ht_str *cells[] = {&v->surface, &v->sentence, &v->byte_start, &v->byte_end, &v->reading,
                           &v->verdict, &v->wrong,    &v->corrected,  &v->reviewers};
        for (int i = 0; i < 9; i++) *cells[i] = ht_str_copy(a, db_column(query, i + 1));
    }
    sqlite3_finalize(query);
    db_close(&db);
    return status;
}

/* As VERDICT_READING has it. */
static ht_str reading_of(ht_arena *a, const ht_str *f) {
    static const int columns[] = {HT_F_INDICATOR, HT_F_SUBTYPE,   HT_F_REGION_CODE,
                                  HT_F_REGION_CODES, HT_F_VALUE,  HT_F_VALUE_LOW,
                                  HT_F_VALUE_HIGH, HT_F_UNIT,     HT_F_ASOF};
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (i) ht_buf_byte(&b, '\x1F');
        ht_buf_add(&b, f[columns[i]]);
    }
    return ht_buf_str(&b);
}

verdict_settled *verdict_book_find(const verdict_book *b, ht_arena *scratch,
                                   const ht_figure_row *row) {
    const ht_str *f = row->cell;
    uint32_t *at = ht_map_get(&b->by_figure, f[HT_F_FIGURE_ID]);
    if (!at) return NULL;
    verdict_settled *v = &b->items[*at];
    bool fits = ht_str_eq(v->surface, f[HT_F_SURFACE]) &&
                ht_str_eq(v->sentence, f[HT_F_SENTENCE]) &&
                ht_str_eq(v->byte_start, f[HT_F_BYTE_START]) &&
                ht_str_eq(v->byte_end, f[HT_F_BYTE_END]) &&
                ht_str_eq(v->reading, reading_of(scratch, f));
    return fits ? v : NULL;
}
