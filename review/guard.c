#include "review/guard.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

ht_status guard_init(review_guard *g, ht_error *e) {
    unsigned char bits[GUARD_TOKEN / 2];
    *g = (review_guard){0};
    if (getrandom(bits, sizeof bits, 0) != (ssize_t)sizeof bits)
        return ht_fail(e, HT_IO, "no random numbers: %s", strerrordesc_np(errno));
    for (size_t i = 0; i < sizeof bits; i++) snprintf(g->token + 2 * i, 3, "%02x", bits[i]);
    return HT_OK;
}

/* In the same time wherever they differ. */
static bool same_token(const char *a, const char *b) {
    unsigned char differs = 0;
    for (size_t i = 0; i < GUARD_TOKEN; i++) differs |= (unsigned char)(a[i] ^ b[i]);
    return differs == 0;
}

/* 127.0.0.1:PORT or localhost:PORT, behind `prefix`. */
static bool is_here(const review_guard *g, const char *prefix, const char *text) {
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char wanted[64];
    for (size_t i = 0; i < 2; i++) {
        snprintf(wanted, sizeof wanted, "%s%s:%u", prefix, names[i], g->port);
        if (strcasecmp(text, wanted) == 0) return true;
    }
    return false;
}

static bool is_json(const char *type) {
    static const char json[] = "application/json";
    if (!type || strncasecmp(type, json, sizeof json - 1) != 0) return false;
    char next = type[sizeof json - 1];
    return next == '\0' || next == ';' || next == ' ';
}

static unsigned check_body(const review_guard *g, const guard_request *q) {
    /* A browser names the origin of every request that can change something. */
    if (!q->origin || !is_here(g, "http://", q->origin)) return 403;
    if (!is_json(q->content_type)) return 415;
    if (!q->content_length) return 411;
    char *end;
    errno = 0;
    unsigned long long n = strtoull(q->content_length, &end, 10);
    if (errno || *end || !strchr("0123456789", q->content_length[0])) return 400;
    return n > GUARD_MAX_BODY ? 413 : 0;
}

unsigned guard_check(const review_guard *g, const guard_request *q, const char **route) {
    if (!q->host || !is_here(g, "", q->host)) return 403;
    if (q->origin && !is_here(g, "http://", q->origin)) return 403;
    if (q->fetch_site && strcmp(q->fetch_site, "same-origin") != 0 &&
        strcmp(q->fetch_site, "none") != 0)
        return 403;
    size_t n = strlen(q->path);
    if (n < GUARD_TOKEN + 2 || q->path[0] != '/' || !same_token(q->path + 1, g->token) ||
        q->path[GUARD_TOKEN + 1] != '/')
        return 403;
    *route = q->path + GUARD_TOKEN + 2;
    if (strcmp(q->method, "POST") == 0) return check_body(g, q);
    return strcmp(q->method, "GET") == 0 ? 0 : 405;
}
