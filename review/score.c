#include "review/score.h"

#include "review/measure.h"
#include "stats/verdicts.h"

#include <math.h>
#include <stdlib.h>

#define SAMPLED "EXISTS (SELECT 1 FROM verdict s WHERE s.figure_id = v.figure_id AND s.origin IN ('sample', 'import'))"
#define AT_FIGURE " JOIN out.figures f ON " VERDICT_FITS("v", "f")

static ht_review_count *row_of(ht_review_score *score, ht_arena *a, ht_str indicator) {
    for (size_t i = 0; i < score->n; i++)
        if (ht_str_eq(score->rows[i].indicator, indicator)) return &score->rows[i];
    ht_review_count *row = HT_PUSH(a, score->rows, score->n, score->cap);
    row->indicator = ht_str_copy(a, indicator);
    return row;
}

enum { RIGHT, FOUND, MISSED, POPULATION };

static const char *const of_reviewer[] = {
    "SELECT f.indicator, sum(v.verdict = 'right'), sum(v.verdict = 'wrong'),"
    " sum(v.verdict = 'skip') FROM current v" AT_FIGURE
    " WHERE v.reviewer = ?1 AND v.origin IN ('sample', 'import') GROUP BY 1",
    "SELECT f.indicator, count(*) FROM read_article r JOIN out.figures f USING (article_id)"
    " WHERE r.reviewer = ?1 AND f.indicator <> '' AND NOT EXISTS (SELECT 1 FROM current v"
    " WHERE v.reviewer = ?1 AND v.verdict = 'wrong' AND v.figure_id = f.figure_id) GROUP BY 1",
    "SELECT m.indicator, count(*) FROM missed m JOIN read_article r USING (reviewer, article_id)"
    " WHERE m.reviewer = ?1 AND NOT EXISTS (SELECT 1 FROM out.figures f WHERE f.article_id ="
    " m.article_id AND f.indicator <> '' AND f.text_start < m.text_end AND f.text_end >"
    " m.text_start) GROUP BY 1",
    "SELECT count(*) FROM read_article JOIN out.articles USING (article_id) WHERE reviewer = ?1",
};
static const char *const of_all[] = {
    "SELECT f.indicator, sum(v.verdict = 'right'), sum(v.verdict = 'wrong'), 0"
    " FROM settled v" AT_FIGURE " WHERE " SAMPLED " GROUP BY 1",
    "SELECT f.indicator, count(*) FROM (SELECT DISTINCT article_id FROM read_article) r"
    " JOIN out.figures f USING (article_id) WHERE f.indicator <> '' AND NOT EXISTS"
    " (SELECT 1 FROM settled v WHERE v.verdict = 'wrong' AND v.figure_id = f.figure_id) GROUP BY 1",
    "SELECT m.indicator, count(DISTINCT m.article_id || ' ' || m.text_start) FROM missed m"
    " JOIN read_article r USING (reviewer, article_id) WHERE NOT EXISTS (SELECT 1 FROM out.figures f"
    " WHERE f.article_id = m.article_id AND f.indicator <> '' AND f.text_start < m.text_end"
    " AND f.text_end > m.text_start) GROUP BY 1",
    "SELECT count(DISTINCT article_id) FROM read_article JOIN out.articles USING (article_id)",
};
static const char population[] =
    "SELECT f.indicator, count(*) FROM out.figures f JOIN out.articles a USING (article_id)"
    " WHERE coalesce(a.duplicate_of, '') = '' AND f.indicator <> '' GROUP BY 1";

static ht_status query_open(const stats_db *db, sqlite3_stmt **query, const char *sql,
                            ht_str reviewer, ht_error *e) {
    ht_status status = db_prepare(db, query, sql, e);
    if (status == HT_OK && sqlite3_bind_parameter_count(*query)) db_bind(*query, 0, reviewer);
    return status;
}

static uint64_t whole(sqlite3_stmt *query, int at) {
    int64_t n = sqlite3_column_int64(query, at);
    return n > 0 ? (uint64_t)n : 0;
}

static ht_status add_counts(const stats_db *db, ht_arena *a, const char *sql, ht_str reviewer,
                            int kind, ht_review_score *score, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = query_open(db, &query, sql, reviewer, e);
    for (bool more = status == HT_OK; more;) {
        status = db_step(db, query, &more, e);
        if (status != HT_OK || !more) break;
        ht_review_count *row = row_of(score, a, db_column(query, 0));
        if (kind == RIGHT) {
            row->right = whole(query, 1);
            row->wrong = whole(query, 2);
            score->skipped += whole(query, 3);
        } else if (kind == FOUND) {
            row->found = whole(query, 1);
        } else if (kind == MISSED) {
            row->missed = whole(query, 1);
        } else {
            row->population = whole(query, 1);
        }
    }
    sqlite3_finalize(query);
    return status;
}

static int by_indicator(const void *x, const void *y) {
    return ht_str_cmp(((const ht_review_count *)x)->indicator, ((const ht_review_count *)y)->indicator);
}

ht_status ht_review_population_read(const stats_db *db, ht_arena *a, ht_review_score *counted,
                                    ht_error *e) {
    *counted = (ht_review_score){0};
    return add_counts(db, a, population, (ht_str){NULL, 0}, POPULATION, counted, e);
}

ht_status ht_review_score_read(const stats_db *db, ht_arena *a, ht_str reviewer,
                               const ht_review_score *counted, ht_review_score *score,
                               ht_error *e) {
    *score = (ht_review_score){0};
    for (size_t i = 0; i < counted->n; i++)
        row_of(score, a, counted->rows[i].indicator)->population = counted->rows[i].population;
    const char *const *sql = reviewer.n ? of_reviewer : of_all;
    ht_status status = add_counts(db, a, sql[0], reviewer, RIGHT, score, e);
    if (status == HT_OK) status = add_counts(db, a, sql[1], reviewer, FOUND, score, e);
    if (status == HT_OK) status = add_counts(db, a, sql[2], reviewer, MISSED, score, e);
    sqlite3_stmt *query = NULL;
    bool more = false;
    if (status == HT_OK) status = query_open(db, &query, sql[3], reviewer, e);
    if (status == HT_OK) status = db_step(db, query, &more, e);
    if (more) score->n_articles = whole(query, 0);
    sqlite3_finalize(query);
    if (status != HT_OK) return status;
    if (score->n) qsort(score->rows, score->n, sizeof *score->rows, by_indicator);
    for (size_t i = 0; i < score->n; i++) {
        score->total.right += score->rows[i].right;
        score->total.wrong += score->rows[i].wrong;
        score->total.found += score->rows[i].found;
        score->total.missed += score->rows[i].missed;
        score->total.population += score->rows[i].population;
    }
    return HT_OK;
}

/* ---- agreement ---- */

enum { N_CATEGORIES = 7, NOT_JUDGED = -1 };
#define BLIND "FROM current WHERE verdict <> 'skip' AND origin <> 'adjudication'"

typedef struct {
    ht_str *reviewers;
    size_t n, cap;
    int *values; /* [unit * n + reviewer] */
    size_t n_units, cap_values;
} ratings;

static int category_of(ht_str verdict, ht_str wrong) {
    static const char *const kinds[] = {"value", "unit", "counted", "region", "date", "no-statistic"};
    if (ht_str_eq(verdict, HT_S("right"))) return 0;
    for (int i = 0; i < N_CATEGORIES - 1; i++)
        if (ht_str_eq(wrong, ht_str_of(kinds[i]))) return i + 1;
    return NOT_JUDGED;
}

static ht_status reviewers_read(const stats_db *db, ht_arena *a, ratings *r, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = db_prepare(db, &query, "SELECT DISTINCT reviewer " BLIND " ORDER BY 1", e);
    for (bool more = status == HT_OK; more;) {
        status = db_step(db, query, &more, e);
        if (status == HT_OK && more)
            *HT_PUSH(a, r->reviewers, r->n, r->cap) = ht_str_copy(a, db_column(query, 0));
    }
    sqlite3_finalize(query);
    return status;
}

static ht_status ratings_read(const stats_db *db, ht_arena *a, ratings *r, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = reviewers_read(db, a, r, e);
    if (status == HT_OK)
        status = db_prepare(
            db, &query, "SELECT figure_id, reviewer, verdict, wrong " BLIND " ORDER BY 1, 2", e);
    ht_str unit = {NULL, 0};
    size_t n_values = 0;
    for (bool more = status == HT_OK; more;) {
        status = db_step(db, query, &more, e);
        if (status != HT_OK || !more) break;
        if (!unit.n || !ht_str_eq(unit, db_column(query, 0))) {
            unit = ht_str_copy(a, db_column(query, 0));
            r->n_units++;
            for (size_t i = 0; i < r->n; i++)
                *HT_PUSH(a, r->values, n_values, r->cap_values) = NOT_JUDGED;
        }
        for (size_t i = 0; i < r->n; i++)
            if (ht_str_eq(r->reviewers[i], db_column(query, 1)))
                r->values[(r->n_units - 1) * r->n + i] =
                    category_of(db_column(query, 2), db_column(query, 3));
    }
    sqlite3_finalize(query);
    return status;
}

ht_status ht_agreement_read(const stats_db *db, ht_arena *a, ht_agreement_report *report,
                            ht_error *e) {
    *report = (ht_agreement_report){.alpha = (double)NAN};
    ratings r = {0};
    ht_status status = ratings_read(db, a, &r, e);
    if (status != HT_OK) return status;
    for (size_t i = 0; i < r.n; i++)
        for (size_t j = i + 1; j < r.n; j++) {
            uint64_t table[N_CATEGORIES * N_CATEGORIES] = {0}, n = 0, same = 0;
            for (size_t u = 0; u < r.n_units; u++) {
                int x = r.values[u * r.n + i], y = r.values[u * r.n + j];
                if (x < 0 || y < 0) continue;
                table[x * N_CATEGORIES + y]++;
                n++;
                same += x == y;
            }
            if (n)
                *HT_PUSH(a, report->pairs, report->n, report->cap) = (ht_pair){
                    r.reviewers[i], r.reviewers[j], n, same, ht_kappa(table, N_CATEGORIES)};
        }
    for (size_t u = 0; u < r.n_units; u++) {
        size_t judged = 0;
        for (size_t i = 0; i < r.n; i++) judged += r.values[u * r.n + i] >= 0;
        report->n_figures += judged > 1;
    }
    report->alpha = ht_alpha(r.values, r.n_units, r.n, N_CATEGORIES);
    return HT_OK;
}

static const char differing[] =
    "SELECT v.figure_id FROM current v" AT_FIGURE " WHERE v.verdict <> 'skip'"
    " AND v.origin <> 'adjudication' AND (?1 OR NOT EXISTS (SELECT 1 FROM current x WHERE"
    " x.figure_id = v.figure_id AND x.origin = 'adjudication' AND x.verdict <> 'skip'))"
    " GROUP BY v.figure_id HAVING count(DISTINCT v.verdict || '/' || v.wrong || '/' || v.corrected) > 1"
    " ORDER BY 1";

ht_status ht_disagreements(const stats_db *db, ht_arena *a, bool all, ht_str **ids, size_t *n,
                           ht_error *e) {
    sqlite3_stmt *query = NULL;
    size_t cap = 0;
    *ids = NULL;
    *n = 0;
    ht_status status = db_prepare(db, &query, differing, e);
    if (status == HT_OK) sqlite3_bind_int(query, 1, all);
    for (bool more = status == HT_OK; more;) {
        status = db_step(db, query, &more, e);
        if (status == HT_OK && more) *HT_PUSH(a, *ids, *n, cap) = ht_str_copy(a, db_column(query, 0));
    }
    sqlite3_finalize(query);
    return status;
}
