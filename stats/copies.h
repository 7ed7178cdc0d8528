/* Articles -> which of them are copies of which, and which are revisions. Inner to stats/.
 *
 * A copy says what another article says, with the same numerals: a mirror, a reprint, its text in
 * the other script, a damaged one. A revision says it with other numerals: next month's bulletin.
 *
 *   sketch.c   text -> what is compared          agree.c    do two sequences of numerals agree?
 *   merit.c    article -> its place: the best copy first
 *   buckets.c  sketches -> pairs worth comparing (locality-sensitive hashing, records.c)
 *   cluster.c  pairs -> the leader of each article
 *
 * Articles are taken in the order of their merit; each joins the leader that it is a copy of itself
 * - never one that it is only a copy's copy of -, or becomes a leader. So the outcome depends on
 * the articles alone. Revisions are leaders in the order of their publication, each led by the
 * first of its kind. Refuses nothing. Costs some 600 bytes of disk an article, and while it sorts
 * 32 records of 17 bytes an article that is none to the letter; memory is 8 bytes an article, four
 * times COPIES_SORT_BYTES, and a few hundred KiB for each COPIES_SORT_BYTES that were sorted.
 */
#ifndef HT_STATS_COPIES_H
#define HT_STATS_COPIES_H

#include "stats/db.h"
#include "stats/rows.h"

enum { COPIES_SORT_BYTES = 32 << 20 };

typedef struct copies copies;

/* db: borrows; its folder gets the files in which is sorted. */
ht_status copies_open(copies **c, const stats_db *db, ht_error *e);
/* n: any number of its own that the article has in `copy` below. Scratch in the arena. */
ht_status copies_add(copies *c, ht_arena *a, int64_t n, const ht_outcome *outcome, ht_error *e);
/* Ends adding. Makes the table `copy (n INTEGER PRIMARY KEY, first BLOB, revision BLOB)` of the
 * articles that are copies of article `first` or revisions of article `revision` (else empty). */
ht_status copies_decide(copies *c, ht_error *e);
void copies_close(copies *c);

#endif
