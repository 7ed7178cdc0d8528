/* Requests of the page -> answers in JSON. Inner to review/; knows nothing of HTTP but statuses.
 *
 *   GET  state, item?at=N, source?at=N, article?at=N, summary, words.json, verdicts.csv
 *   POST verdict, undo, missed, read: an object of strings and whole numbers
 * Refused: unknown routes (404), bodies that are no such object or say something impossible (400), a
 * database that fails (500, with the reason). Nothing is written by GET.
 */
#ifndef HT_REVIEW_API_H
#define HT_REVIEW_API_H

#include "review/session.h"

typedef struct {
    unsigned status;
    const char *type; /* Content-Type */
    ht_str body;      /* arena or static */
} review_answer;

void review_get(ht_review *r, ht_arena *a, const char *route, uint64_t at, review_answer *answer);
void review_post(ht_review *r, ht_arena *a, const char *route, ht_str body, review_answer *answer);

/* An answer that says what is wrong (assets.c has the pages). */
void review_refuse(ht_arena *a, unsigned status, const char *text, review_answer *answer);
/* The page's own files; false if it is none of them. */
bool review_asset(ht_arena *a, const char *route, review_answer *answer);

/* {"figure":…} of item `at`, and the whole article for reading (item.c, article.c). */
ht_status review_put_item(ht_review *r, ht_arena *a, ht_buf *b, size_t at, ht_error *e);
ht_status review_put_source(ht_review *r, ht_arena *a, ht_buf *b, size_t at, ht_error *e);
ht_status review_put_article(ht_review *r, ht_arena *a, ht_buf *b, size_t at, ht_error *e);

/* ,"name":"value" into an object; the comma is left out behind its brace. */
void review_put_text(ht_buf *b, const char *name, ht_str value);
void review_put_number(ht_buf *b, const char *name, uint64_t value);
void review_put_flag(ht_buf *b, const char *name, bool value);
void review_put_name(ht_buf *b, const char *name);

#endif
