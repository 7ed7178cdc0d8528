/* What a request says of itself -> may it in? Inner to review/.
 *
 * The page is for one person on this machine. A page of another site that the same browser shows
 * must neither read nor write it: its requests come with another Origin, or under another Host name
 * that leads here; and nobody who does not know the token gets anything. Refused alike: other
 * methods, bodies that are no JSON, are too long or come too slowly.
 */
#ifndef HT_REVIEW_GUARD_H
#define HT_REVIEW_GUARD_H

#include "base/error.h"
#include "base/str.h"

enum { GUARD_TOKEN = 32, GUARD_MAX_BODY = 16 << 10, GUARD_MAX_SECONDS = 20 };

typedef struct {
    char token[GUARD_TOKEN + 1]; /* hex digits of 128 random bits */
    unsigned port;
} review_guard;

/* A fresh token from the system. */
ht_status guard_init(review_guard *g, ht_error *e);

typedef struct {
    const char *method, *path;   /* as sent, path without the query */
    const char *host, *origin;   /* NULL: not sent */
    const char *content_type;    /* NULL: not sent */
    const char *content_length;  /* NULL: not sent */
    const char *fetch_site;      /* Sec-Fetch-Site; NULL: not sent */
} guard_request;

/* 0, and *route is what follows the token; or the HTTP status of the refusal. */
unsigned guard_check(const review_guard *g, const guard_request *request, const char **route);

#endif
