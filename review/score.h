/* Verdicts -> precision, recall and agreement.
 *
 * Precision counts verdicts on the sample alone (origin sample or import): what was judged because it
 * looked odd says nothing about the rest. Recall counts articles that were read to their end:
 * figures with an indicator that nobody called wrong, among these and what was marked as missed.
 * Costs a few scans of the verdicts.
 */
#ifndef HT_REVIEW_SCORE_H
#define HT_REVIEW_SCORE_H

#include "stats/db.h"

typedef struct {
    ht_str indicator; /* empty: no indicator */
    uint64_t right, wrong;
    uint64_t found, missed; /* in articles that were read */
    uint64_t population;    /* figures of the run that the sample is drawn from */
} ht_review_count;

typedef struct {
    ht_review_count *rows; /* arena; by indicator */
    size_t n, cap;
    ht_review_count total;
    uint64_t skipped, n_articles;
} ht_review_score;

/* Only the population of each indicator: a scan of all figures, so that a session counts it once. */
ht_status ht_review_population_read(const stats_db *db, ht_arena *a, ht_review_score *population,
                                    ht_error *e);
/* Of one reviewer, or with an empty name of what is settled among all. */
ht_status ht_review_score_read(const stats_db *db, ht_arena *a, ht_str reviewer,
                               const ht_review_score *population, ht_review_score *score,
                               ht_error *e);
/* {"total":{…},"indicators":[{…}],…}; more_for is the margin that `more` is counted for. */
void ht_review_score_put_json(ht_buf *b, const ht_review_score *score, double more_for);
/* The same as lines for a person, or CSV. */
void ht_review_score_put_text(ht_buf *b, const ht_review_score *score, bool chinese);
void ht_review_score_put_csv(ht_buf *b, const ht_review_score *score);

typedef struct {
    ht_str one, other;
    uint64_t n, same;
    double kappa; /* NAN: none */
} ht_pair;

typedef struct {
    ht_pair *pairs; /* arena; every two reviewers who judged a figure in common */
    size_t n, cap;
    uint64_t n_figures; /* judged by two or more */
    double alpha;       /* of all reviewers */
} ht_agreement_report;

/* The categories are right and the six ways to be wrong; what was skipped was not judged. */
ht_status ht_agreement_read(const stats_db *db, ht_arena *a, ht_agreement_report *report,
                            ht_error *e);
/* Figures on whose category reviewers differ, in order of id; without those adjudicated already
 * unless `all`. */
ht_status ht_disagreements(const stats_db *db, ht_arena *a, bool all, ht_str **ids, size_t *n,
                           ht_error *e);

#endif
