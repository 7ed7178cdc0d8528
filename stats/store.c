#include "stats/store.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

static const char schema[] =
    "CREATE TABLE record (n INTEGER PRIMARY KEY, source_path BLOB, member BLOB, record INTEGER,"
    " record_offset INTEGER, id BLOB, body BLOB)";
static const char insert[] = "INSERT INTO record VALUES (NULL,?,?,?,?,?,?)";

#define ORDER "source_path, member, record, record_offset, id"
static const char index_order[] = "CREATE INDEX record_order ON record (" ORDER ")";
static const char scan[] =
    "SELECT source_path, member, record, record_offset, id, body, first, revision FROM record"
    " LEFT JOIN copy USING (n) ORDER BY " ORDER ", body";
enum { BODY = 5, FIRST, REVISION };

void store_text_hash(ht_str text, unsigned char hash[STORE_HASH_BYTES]) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(text.n ? text.p : "", text.n));
    memcpy(hash, canonical.digest, STORE_HASH_BYTES);
}

void store_text_hash_hex(ht_str text, char hex[STORE_HASH_HEX + 1]) {
    unsigned char hash[STORE_HASH_BYTES];
    store_text_hash(text, hash);
    for (int i = 0; i < STORE_HASH_BYTES; i++) snprintf(hex + 2 * i, 3, "%02x", hash[i]);
}

ht_status store_open(stats_store *s, const char *path, bool keep_text, ht_error *e) {
    *s = (stats_store){.keep_text = keep_text};
    ht_status status = db_create(&s->db, path, e);
    if (status == HT_OK) status = db_exec(&s->db, schema, e);
    if (status == HT_OK) status = db_prepare(&s->db, &s->insert, insert, e);
    return status == HT_OK ? copies_open(&s->copies, &s->db, e) : status;
}

static void pack_length(ht_buf *b, uint64_t n) {
    do {
        ht_buf_byte(b, (char)((n & 0x7F) | (n > 0x7F ? 0x80 : 0)));
        n >>= 7;
    } while (n);
}

static void pack_cells(ht_buf *b, const ht_str *cells, size_t n) {
    for (size_t i = 0; i < n; i++) {
        pack_length(b, cells[i].n);
        ht_buf_add(b, cells[i]);
    }
}

static uint64_t unpack_length(ht_str *rest) {
    uint64_t n = 0;
    for (unsigned shift = 0; rest->n && shift < 64; shift += 7) {
        unsigned char c = (unsigned char)rest->p[0];
        *rest = ht_sub(*rest, 1, rest->n);
        n |= (uint64_t)(c & 0x7F) << shift;
        if (c < 0x80) break;
    }
    return n;
}

static void unpack_cells(ht_str *rest, ht_str *cells, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint64_t length = unpack_length(rest);
        if (length > rest->n) length = rest->n;
        cells[i] = ht_sub(*rest, 0, (size_t)length);
        *rest = ht_sub(*rest, (size_t)length, rest->n);
    }
}

static void pack_outcome(ht_buf *b, const ht_outcome *o, bool keep_text) {
    ht_buf_byte(b, (char)(o->has_article | o->has_rejection << 1));
    if (o->has_rejection) pack_cells(b, o->rejection.cell, HT_N_REJECTED_COLUMNS);
    if (!o->has_article) return;
    pack_cells(b, o->article.cell, HT_N_ARTICLE_COLUMNS);
    pack_cells(b, &o->text, keep_text);
    pack_length(b, o->n_figures);
    for (size_t i = 0; i < o->n_figures; i++)
        pack_cells(b, o->figures[i].cell, HT_N_FIGURE_COLUMNS);
}

static void unpack_outcome(ht_arena *a, ht_str body, ht_outcome *o, bool keep_text) {
    *o = (ht_outcome){0};
    char flags = body.n ? body.p[0] : 0;
    ht_str rest = ht_sub(body, body.n ? 1 : 0, body.n);
    o->has_article = flags & 1;
    o->has_rejection = flags & 2;
    if (o->has_rejection) unpack_cells(&rest, o->rejection.cell, HT_N_REJECTED_COLUMNS);
    if (!o->has_article) return;
    unpack_cells(&rest, o->article.cell, HT_N_ARTICLE_COLUMNS);
    unpack_cells(&rest, &o->text, keep_text);
    uint64_t n = unpack_length(&rest);
    if (n > rest.n) n = rest.n; /* a figure takes more than a byte */
    o->n_figures = (size_t)n;
    o->figures = HT_ARRAY(a, ht_figure_row, o->n_figures);
    for (size_t i = 0; i < o->n_figures; i++)
        unpack_cells(&rest, o->figures[i].cell, HT_N_FIGURE_COLUMNS);
}

ht_status store_add(stats_store *s, ht_arena *a, const ht_outcome *o, ht_error *e) {
    if (!o->has_article && !o->has_rejection) return HT_OK;
    const ht_str *article = o->article.cell, *rejected = o->rejection.cell;
    bool is_article = o->has_article;
    db_bind_blob(s->insert, 0, is_article ? article[HT_A_SOURCE_PATH] : rejected[HT_R_SOURCE_PATH]);
    db_bind_blob(s->insert, 1, is_article ? article[HT_A_MEMBER] : rejected[HT_R_MEMBER]);
    db_bind_integer(s->insert, 2, is_article ? article[HT_A_RECORD] : rejected[HT_R_RECORD]);
    db_bind_integer(s->insert, 3,
                    is_article ? article[HT_A_RECORD_OFFSET] : rejected[HT_R_RECORD_OFFSET]);
    db_bind_blob(s->insert, 4, is_article ? article[HT_A_ARTICLE_ID] : (ht_str){NULL, 0});
    ht_buf body;
    ht_buf_init(&body, a);
    pack_outcome(&body, o, s->keep_text);
    db_bind_blob(s->insert, 5, ht_buf_str(&body));
    s->n_added++;
    ht_status status = db_run(&s->db, s->insert, e);
    if (status != HT_OK || !is_article) return status;
    return copies_add(s->copies, a, sqlite3_last_insert_rowid(s->db.handle), o, e);
}

ht_status store_rewind(stats_store *s, ht_arena *kept, ht_error *e) {
    ht_buf_init(&s->last, kept);
    ht_status status = copies_decide(s->copies, e);
    copies_close(s->copies);
    s->copies = NULL;
    if (status == HT_OK) status = db_exec(&s->db, index_order, e);
    return status == HT_OK ? db_prepare(&s->db, &s->scan, scan, e) : status;
}

/* Is the current row the one read before, given a second time? An article is its id; of what has
 * none, everything must be the same. */
static bool is_repeated(stats_store *s, ht_arena *a, bool is_article) {
    ht_buf key;
    ht_buf_init(&key, a);
    for (int i = 0; i < (is_article ? 5 : 6); i++) {
        ht_str cell = db_column(s->scan, i);
        pack_cells(&key, &cell, 1);
    }
    bool same = ht_str_eq(ht_buf_str(&key), ht_buf_str(&s->last));
    s->last.n = 0;
    ht_buf_add(&s->last, ht_buf_str(&key));
    return same;
}

ht_status store_next(stats_store *s, ht_arena *a, ht_outcome *o, bool *more, ht_error *e) {
    do {
        ht_status status = db_step(&s->db, s->scan, more, e);
        if (status != HT_OK || !*more) return status;
        unpack_outcome(a, ht_str_copy(a, db_column(s->scan, BODY)), o, s->keep_text);
        if (!o->has_article) continue;
        o->article.cell[HT_A_DUPLICATE_OF] = ht_str_copy(a, db_column(s->scan, FIRST));
        o->article.cell[HT_A_REVISION_OF] = ht_str_copy(a, db_column(s->scan, REVISION));
    } while (is_repeated(s, a, o->has_article));
    return HT_OK;
}

void store_close(stats_store *s) {
    copies_close(s->copies);
    s->copies = NULL;
    sqlite3_finalize(s->insert);
    sqlite3_finalize(s->scan);
    s->insert = s->scan = NULL;
    db_close(&s->db);
}
