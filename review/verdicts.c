#include "review/verdicts.h"

#include "base/decimal.h"
#include "base/utf8.h"

#include <string.h>
#include <time.h>

bool verdict_name_is_good(ht_str name) {
    if (!name.n || name.n > VERDICT_MAX_NAME || ht_utf8_valid_until(name) != name.n) return false;
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < 0x20 || name.p[i] == 0x7F || name.p[i] == '|') return false;
    return true;
}

static bool is_one_of(ht_str word, const char *list) {
    ht_str rest = ht_str_of(list), one;
    while (ht_str_split(&rest, '|', &one))
        if (ht_str_eq(one, word)) return true;
    return false;
}

static bool is_code(ht_str s) {
    bool digits = s.n == 6;
    for (size_t i = 0; i < s.n; i++) digits &= s.p[i] >= '0' && s.p[i] <= '9';
    return digits;
}

/* 2025, 2025-03, 2025-03-01 */
static bool is_date(ht_str s) {
    if (s.n != 4 && s.n != 7 && s.n != 10) return false;
    for (size_t i = 0; i < s.n; i++)
        if (i == 4 || i == 7 ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

static bool correction_is_good(ht_str wrong, ht_str corrected) {
    if (!corrected.n) return true;
    if (corrected.n > VERDICT_MAX_CORRECTED) return false;
    if (ht_str_eq(wrong, HT_S("value"))) return ht_number_parse(corrected).ok;
    if (ht_str_eq(wrong, HT_S("region"))) return is_code(corrected);
    if (ht_str_eq(wrong, HT_S("date"))) return is_date(corrected);
    return ht_str_eq(wrong, HT_S("unit")) || ht_str_eq(wrong, HT_S("counted"));
}

static ht_status check(const verdict_statement *s, ht_error *e) {
    if (!verdict_name_is_good(s->reviewer))
        return ht_fail(e, HT_USAGE, "a reviewer's name is 1 to %d bytes without |", VERDICT_MAX_NAME);
    if (!s->nonce.n || s->nonce.n > VERDICT_MAX_NAME)
        return ht_fail(e, HT_USAGE, "a nonce is 1 to %d bytes", VERDICT_MAX_NAME);
    if (!is_one_of(s->verdict, "right|wrong|skip"))
        return ht_fail(e, HT_USAGE, "a verdict is right, wrong or skip");
    bool wrong = ht_str_eq(s->verdict, HT_S("wrong"));
    if (wrong ? !is_one_of(s->wrong, "value|unit|counted|region|date|no-statistic") : s->wrong.n > 0)
        return ht_fail(e, HT_USAGE,
                       "what is wrong is value, unit, counted, region, date or no-statistic");
    if (s->note.n > VERDICT_MAX_NOTE || ht_utf8_valid_until(s->note) != s->note.n ||
        memchr(s->note.n ? s->note.p : "", '\0', s->note.n))
        return ht_fail(e, HT_USAGE, "a note is at most %d bytes of text", VERDICT_MAX_NOTE);
    if ((!wrong && s->corrected.n) || !correction_is_good(s->wrong, s->corrected) ||
        ht_utf8_valid_until(s->corrected) != s->corrected.n)
        return ht_fail(e, HT_USAGE,
                       "a correction is a number (value), a code of six digits (region), a day, "
                       "month or year (date), a unit, or an indicator");
    return HT_OK;
}

static ht_str now(char buffer[24]) {
    time_t seconds = time(NULL);
    struct tm tm;
    size_t n = gmtime_r(&seconds, &tm) ? strftime(buffer, 24, "%Y-%m-%dT%H:%M:%SZ", &tm) : 0;
    return (ht_str){buffer, n};
}

static ht_status run(const stats_db *db, const char *sql, const ht_str *values, int n, int *changes,
                     ht_error *e) {
    sqlite3_stmt *statement = NULL;
    ht_status status = db_prepare(db, &statement, sql, e);
    if (status != HT_OK) return status;
    for (int i = 0; i < n; i++) db_bind(statement, i, values[i]);
    status = db_run(db, statement, e);
    if (changes) *changes = status == HT_OK ? sqlite3_changes(db->handle) : 0;
    sqlite3_finalize(statement);
    return status;
}

/* One text of one row, in the arena; empty if there is no row. */
static ht_status get(const stats_db *db, ht_arena *a, const char *sql, const ht_str *values, int n,
                     ht_str *out, ht_error *e) {
    sqlite3_stmt *query = NULL;
    bool row = false;
    *out = (ht_str){NULL, 0};
    ht_status status = db_prepare(db, &query, sql, e);
    for (int i = 0; i < n && status == HT_OK; i++) db_bind(query, i, values[i]);
    if (status == HT_OK) status = db_step(db, query, &row, e);
    if (row) *out = ht_str_copy(a, db_column(query, 0));
    sqlite3_finalize(query);
    return status;
}

static const char insert[] =
    "INSERT INTO verdict (nonce, reviewer, origin, figure_id, article_id, surface, sentence,"
    " byte_start, byte_end, reading, verdict, wrong, corrected, note, judged_at)"
    " SELECT ?1, ?2, ?3, f.figure_id, f.article_id, f.surface, f.sentence, f.byte_start,"
    " f.byte_end, " VERDICT_READING("f") ", ?5, ?6, ?7, ?8, ?9 FROM out.figures f"
    " WHERE f.figure_id = ?4 LIMIT 1 ON CONFLICT (nonce) DO NOTHING";

ht_status verdict_save(const stats_db *db, const verdict_statement *s, ht_error *e) {
    ht_status status = check(s, e);
    if (status != HT_OK) return status;
    char clock[24];
    ht_str values[] = {s->nonce, s->reviewer,  ht_str_of(s->origin), s->figure_id, s->verdict,
                       s->wrong, s->corrected, s->note,              now(clock)};
    int changes;
    status = run(db, insert, values, 9, &changes, e);
    if (status != HT_OK || changes) return status;
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_str known;
    status = get(db, &a, "SELECT nonce FROM verdict WHERE nonce = ?1", values, 1, &known, e);
    ht_arena_free(&a);
    if (status == HT_OK && !known.n)
        return ht_fail(e, HT_USAGE, "the run has no figure %.*s",
                       (int)(s->figure_id.n > 80 ? 80 : s->figure_id.n), s->figure_id.p);
    return status;
}

ht_status verdict_undo(const stats_db *db, ht_arena *a, ht_str reviewer, ht_str nonce,
                       ht_str *figure_id, ht_error *e) {
    ht_str values[] = {nonce, reviewer};
    ht_status status = get(
        db, a, "SELECT figure_id FROM verdict WHERE nonce = ?1 AND reviewer = ?2", values, 2,
        figure_id, e);
    if (status != HT_OK || !figure_id->n) return status;
    return run(db, "DELETE FROM verdict WHERE nonce = ?1 AND reviewer = ?2", values, 2, NULL, e);
}

ht_status verdict_last(const stats_db *db, ht_arena *a, ht_str reviewer, const char *origin,
                       ht_str *nonce, ht_error *e) {
    ht_str values[] = {reviewer, ht_str_of(origin)};
    return get(db, a,
               "SELECT nonce FROM verdict WHERE reviewer = ?1 AND origin = ?2"
               " ORDER BY seq DESC LIMIT 1",
               values, 2, nonce, e);
}

ht_status verdict_mark_missed(const stats_db *db, const verdict_missed *m, bool mark, ht_error *e) {
    ht_arena a;
    ht_arena_init(&a, 0);
    char clock[24];
    ht_str values[] = {m->reviewer,
                       m->article_id,
                       ht_format(&a, "%llu", (unsigned long long)m->text_start),
                       ht_format(&a, "%llu", (unsigned long long)m->text_end),
                       m->surface,
                       m->paragraph,
                       m->indicator,
                       m->note,
                       m->nonce,
                       now(clock)};
    ht_status status;
    if (mark)
        status = run(db,
                     "INSERT INTO missed (reviewer, article_id, text_start, text_end, surface,"
                     " paragraph, indicator, note, nonce, judged_at) VALUES (?1, ?2,"
                     " CAST(?3 AS INTEGER), CAST(?4 AS INTEGER), ?5, ?6, ?7, ?8, ?9, ?10)"
                     " ON CONFLICT DO NOTHING",
                     values, 10, NULL, e);
    else
        status = run(db,
                     "DELETE FROM missed WHERE reviewer = ?1 AND article_id = ?2"
                     " AND text_start = CAST(?3 AS INTEGER)",
                     values, 3, NULL, e);
    ht_arena_free(&a);
    return status;
}

ht_status verdict_mark_read(const stats_db *db, ht_str reviewer, ht_str article_id, bool read,
                            ht_error *e) {
    char clock[24];
    ht_str values[] = {reviewer, article_id, now(clock)};
    return read ? run(db,
                      "INSERT INTO read_article SELECT ?1, article_id, ?3 FROM out.articles"
                      " WHERE article_id = ?2 ON CONFLICT DO NOTHING",
                      values, 3, NULL, e)
                : run(db, "DELETE FROM read_article WHERE reviewer = ?1 AND article_id = ?2",
                      values, 2, NULL, e);
}

ht_status design_get(const stats_db *db, ht_arena *a, const char *key, ht_str *value, ht_error *e) {
    ht_str values[] = {ht_str_of(key)};
    return get(db, a, "SELECT value FROM design WHERE key = ?1", values, 1, value, e);
}

ht_status design_set(const stats_db *db, const char *key, ht_str value, ht_error *e) {
    ht_str values[] = {ht_str_of(key), value};
    return run(db,
               "INSERT INTO design VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
               values, 2, NULL, e);
}
