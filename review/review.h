/* A finished run, its verdicts and one reviewer -> the spot check.
 *
 *   sample.c     which figures         verdicts.c  what was said of them    score.c    what follows
 *   texts.c      the paragraph         source.c    the bytes behind it      numerals.c every number
 *   session.c    all of it, opened     api.c       requests -> JSON         server.c   HTTP
 *   exchange.c   CSV and gold, out and in
 *
 * A session belongs to one reviewer: nothing that another one said leaves it, except in the mode
 * for disagreements, where both are shown. It is used by one thread at a time.
 */
#ifndef HT_REVIEW_REVIEW_H
#define HT_REVIEW_REVIEW_H

#include "extract/figure/figure.h"
#include "review/sample.h"

typedef enum { HT_REVIEW_SAMPLE, HT_REVIEW_AUDIT, HT_REVIEW_DISAGREEMENTS } ht_review_mode;

typedef struct {
    const char *out;      /* borrows; the run's folder */
    const char *verdicts; /* borrows; NULL: OUT/verdicts.db */
    const char *source;   /* borrows; the folder that the inputs lie in; NULL: not known */
    ht_str reviewer;
    ht_review_mode mode;
    ht_sample_plan plan;
    bool plan_given; /* else what verdicts.db remembers of it, where it does */
    bool chinese;
    const ht_reader *reader; /* borrows; the codebook gives names, the lexicon the numerals */
} ht_review_options;

typedef struct ht_review ht_review;

/* Draws the sample anew: the same seed gives the same. HT_USAGE for a bad name or plan, HT_IO for a
 * folder that is no finished run. */
ht_status ht_review_open(ht_review **opened, const ht_review_options *options, ht_error *e);
void ht_review_close(ht_review *r);
size_t ht_review_n_items(const ht_review *r);
size_t ht_review_n_judged(ht_review *r);

/* ---- the server ---- */

typedef struct ht_review_server ht_review_server;
/* Binds 127.0.0.1 and nothing else; port 0: any free one. Serves in a thread of its own until
 * ht_review_stop. The review is the server's alone meanwhile. */
ht_status ht_review_serve(ht_review_server **server, ht_review *r, unsigned port, ht_error *e);
/* http://127.0.0.1:PORT/TOKEN/ ; lives as long as the server. */
const char *ht_review_address(const ht_review_server *server);
void ht_review_stop(ht_review_server *server);

#endif
