#include "stats/sites.h"

#include "stats/db.h"
#include "stats/outfile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HOST, PAGE, AT, TITLE, BLOCK, KEPT, TEXT, N_COLUMNS };

struct ht_sites {
    char *path, *database;
    stats_db db;
    sqlite3_stmt *insert;
};

/* Blocks of three titles or more; and what of its kept text is a page's own: where that begins and
 * ends. A page without text of its own says nothing: it repeats another one. */
static const char *const prepare_counts =
    "CREATE TEMP TABLE repeated (host, block, PRIMARY KEY (host, block)) WITHOUT ROWID;"
    "INSERT INTO repeated SELECT host, block FROM blocks GROUP BY host, block "
    "HAVING COUNT(DISTINCT title) >= 3;"
    "CREATE TEMP TABLE own (page INTEGER PRIMARY KEY, first, last);"
    "INSERT INTO own SELECT page, MIN(at), MAX(at) FROM blocks AS b WHERE kept AND NOT EXISTS "
    "(SELECT 1 FROM repeated AS r WHERE r.host = b.host AND r.block = b.block) GROUP BY page;"
    "CREATE TEMP TABLE whole (host PRIMARY KEY, titles) WITHOUT ROWID;"
    "INSERT INTO whole SELECT host, COUNT(DISTINCT title) FROM blocks JOIN own USING (page) "
    "GROUP BY host;";

/* Text that differs though its folded characters agree: the smallest. */
static const char *const furniture =
    "SELECT host, printf('%016x', block), COUNT(DISTINCT title) AS n, whole.titles AS of_n, "
    "MIN(text), SUM(kept) AS n_kept, SUM(kept AND at > first AND at < last) AS n_within "
    "FROM blocks JOIN own USING (page) JOIN repeated USING (host, block) JOIN whole USING (host) "
    "GROUP BY host, block HAVING n >= 3 AND (n_kept * 4 <= COUNT(*) "
    "OR (n_within * 4 <= n_kept AND (n * 3 >= of_n * 2 OR (n >= 5 AND n * 5 >= of_n) OR n >= 20)) "
    "OR (n >= 10 AND n * 2 >= of_n)) "
    "ORDER BY host, printf('%016x', block)";

ht_status ht_sites_open(ht_sites **out, const char *path, ht_error *e) {
    ht_sites *s = *out = calloc(1, sizeof *s);
    if (!s || !(s->path = strdup(path)) || asprintf(&s->database, "%s.blocks", path) < 0)
        return ht_fail(e, HT_IO, "out of memory");
    ht_status status = db_create(&s->db, s->database, e);
    if (status == HT_OK)
        status = db_exec(&s->db,
                         "CREATE TABLE blocks (host TEXT, page INTEGER, at INTEGER, "
                         "title INTEGER, block INTEGER, kept INTEGER, text TEXT)",
                         e);
    return status == HT_OK ? db_prepare_insert(&s->db, &s->insert, "blocks", N_COLUMNS, e) : status;
}

ht_status ht_sites_add(ht_sites *s, const ht_site_block *b, ht_error *e) {
    db_bind(s->insert, HOST, b->host);
    sqlite3_bind_int64(s->insert, PAGE + 1, (sqlite3_int64)b->page);
    sqlite3_bind_int64(s->insert, AT + 1, (sqlite3_int64)b->at);
    sqlite3_bind_int64(s->insert, TITLE + 1, (sqlite3_int64)b->title);
    sqlite3_bind_int64(s->insert, BLOCK + 1, (sqlite3_int64)b->block);
    sqlite3_bind_int(s->insert, KEPT + 1, b->kept);
    db_bind(s->insert, TEXT, b->text);
    return db_run(&s->db, s->insert, e);
}

static ht_status write_lines(ht_sites *s, ht_outfile *f, uint64_t *n_lines, uint64_t *n_hosts,
                             ht_error *e) {
    sqlite3_stmt *rows;
    bool row;
    char host[256] = "";
    ht_status status = db_exec(&s->db, prepare_counts, e);
    if (status != HT_OK) return status;
    status = db_prepare(&s->db, &rows, furniture, e);
    while (status == HT_OK && (status = db_step(&s->db, rows, &row, e)) == HT_OK && row) {
        ht_str name = db_column(rows, 0);
        if (!ht_str_eq(name, ht_str_of(host)) && name.n < sizeof host) {
            memcpy(host, name.p, name.n);
            host[name.n] = '\0';
            ++*n_hosts;
        }
        for (int i = 0; i < 5; i++) {
            outfile_write(f, db_column(rows, i));
            outfile_write(f, i < 4 ? HT_S("\t") : HT_S("\n"));
        }
        ++*n_lines;
    }
    sqlite3_finalize(rows);
    return status;
}

ht_status ht_sites_finish(ht_sites *s, const char *header, uint64_t *n_lines, uint64_t *n_hosts,
                          ht_error *e) {
    ht_outfile f;
    *n_lines = *n_hosts = 0;
    ht_status status = outfile_open_path(&f, s->path, e);
    if (status != HT_OK) return status;
    outfile_write(&f, ht_str_of(header));
    outfile_write(&f, HT_S("\n# host\tblock\ttitles with it\ttitles of the host\tits beginning\n"));
    status = write_lines(s, &f, n_lines, n_hosts, e);
    if (status == HT_OK) return outfile_commit(&f, e);
    outfile_abandon(&f);
    return status;
}

void ht_sites_close(ht_sites *s) {
    if (!s) return;
    sqlite3_finalize(s->insert);
    db_close(&s->db);
    if (s->database) unlink(s->database);
    free(s->database);
    free(s->path);
    free(s);
}
