/* What a reviewer says -> rows of verdicts.db, and back.
 *
 * Every call that writes is one transaction that is on the disk when it returns. A nonce names a
 * statement: saying it again (a lost answer, a reload) changes nothing. Refuses (HT_USAGE) verdicts
 * on figures that the run does not have, unknown words, and corrections that are none for their
 * kind. Costs some indexed look-ups and one sync.
 */
#ifndef HT_REVIEW_VERDICTS_H
#define HT_REVIEW_VERDICTS_H

#include "stats/verdicts.h"

enum { VERDICT_MAX_NOTE = 2000, VERDICT_MAX_CORRECTED = 200, VERDICT_MAX_NAME = 64 };

typedef struct {
    ht_str nonce, reviewer;
    const char *origin; /* sample | audit | article | adjudication | import */
    ht_str figure_id;
    ht_str verdict; /* right | wrong | skip */
    ht_str wrong;   /* of wrong: value | unit | counted | region | date | no-statistic */
    ht_str corrected, note;
} verdict_statement;

ht_status verdict_save(const stats_db *db, const verdict_statement *s, ht_error *e);
/* Takes back the statement of that nonce, if it is the reviewer's; *figure_id (arena) is what it was
 * about, empty if there is no such statement. */
ht_status verdict_undo(const stats_db *db, ht_arena *a, ht_str reviewer, ht_str nonce,
                       ht_str *figure_id, ht_error *e);
/* The nonce of the reviewer's newest statement of this origin; empty if there is none. */
ht_status verdict_last(const stats_db *db, ht_arena *a, ht_str reviewer, const char *origin,
                       ht_str *nonce, ht_error *e);

typedef struct {
    ht_str nonce, reviewer, article_id, surface, paragraph, indicator, note;
    uint64_t text_start, text_end;
} verdict_missed;
/* Marks a number as missed; `mark` false takes the mark at that place back. */
ht_status verdict_mark_missed(const stats_db *db, const verdict_missed *m, bool mark, ht_error *e);
/* The reviewer has read the article to its end, or has not. */
ht_status verdict_mark_read(const stats_db *db, ht_str reviewer, ht_str article_id, bool read,
                            ht_error *e);

ht_status design_get(const stats_db *db, ht_arena *a, const char *key, ht_str *value, ht_error *e);
ht_status design_set(const stats_db *db, const char *key, ht_str value, ht_error *e);

/* A reviewer's name: 1 to 64 bytes of UTF-8 without controls and without '|'. */
bool verdict_name_is_good(ht_str name);

#endif
