/* Verdicts -> CSV and gold, and CSV -> verdicts.
 *
 * The CSV of a sample and that of verdicts have the same columns, so that a sample that was coded in
 * a spreadsheet comes back as it went out. Gold goes to files that `evaluate` and `codebook test`
 * read. Refused with the line's number: a row whose figure the run does not have, whose words are
 * not those of the run, or whose verdict is none.
 */
#ifndef HT_REVIEW_EXCHANGE_H
#define HT_REVIEW_EXCHANGE_H

#include "review/review.h"

/* The sample as CSV, with empty columns for the verdicts. */
ht_status ht_sample_put_csv(ht_buf *b, const char *out, const ht_sample_plan *plan, ht_error *e);

/* All current verdicts (of one reviewer, or with an empty name all), by figure and reviewer. */
ht_status ht_verdicts_put_csv(ht_buf *b, const stats_db *db, ht_str reviewer, ht_error *e);

/* Opens verdicts.db (`path`, or OUT/verdicts.db for NULL) with the run attached. */
ht_status ht_verdicts_with_run(stats_db *db, const char *out, const char *path, bool create,
                               ht_error *e);

/* Reads rows that have a verdict; *n of them are new or changed. All or nothing. `reviewer` is used
 * where the file has no such column or cell. */
ht_status ht_verdicts_import(const char *out, const char *path, ht_str csv, ht_str reviewer,
                             size_t *n, ht_error *e);
/* CSV of verdicts that stand at no figure of the run any more, with the reason: the figure is gone,
 * its words are others, or it is read otherwise. *n counts them. */
ht_status ht_verdicts_orphans(ht_buf *b, const stats_db *db, size_t *n, ht_error *e);
/* Writes into a folder, for each article with settled verdicts, ID.quantities.jsonl,
 * ID.figures.jsonl and ID.article.json, and examples.yaml, a codebook whose examples they are.
 * *n_documents counts the articles. (gold.c) */
ht_status ht_verdicts_gold(const stats_db *db, const ht_codebook *codebook, const char *folder,
                           size_t *n_documents, ht_error *e);

#endif
