#include "review/api.h"
#include "review/guard.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_CONNECTIONS = 64, IDLE_SECONDS = 10, CONNECTION_BYTES = 64 << 10, MAX_ADDRESS = 128 };
/* A request works in this much; a text that needs more is refused, and the server goes on. */
enum { REQUEST_BYTES = 256 << 20 };

struct ht_review_server {
    struct MHD_Daemon *daemon;
    ht_review *review; /* borrows */
    review_guard guard;
    char address[MAX_ADDRESS];
};

/* One request on its way in. */
typedef struct {
    const char *route; /* borrows the connection's */
    bool posts;
    time_t began;
    size_t n;
    char body[GUARD_MAX_BODY];
} request;

static const char *header(struct MHD_Connection *c, const char *name) {
    return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static enum MHD_Result send_answer(struct MHD_Connection *c, const review_answer *answer) {
    static const struct {
        const char *name, *value;
    } headers[] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
         " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cache-Control", "no-store"},
    };
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer->body.n, (void *)(uintptr_t)answer->body.p, MHD_RESPMEM_MUST_COPY);
    if (!response) return MHD_NO;
    bool good = MHD_add_response_header(response, "Content-Type", answer->type) == MHD_YES;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        good &= MHD_add_response_header(response, headers[i].name, headers[i].value) == MHD_YES;
    if (answer->status == 405) good &= MHD_add_response_header(response, "Allow", "GET, POST") == MHD_YES;
    enum MHD_Result result = good ? MHD_queue_response(c, answer->status, response) : MHD_NO;
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result refuse(struct MHD_Connection *c, unsigned status) {
    ht_arena a;
    review_answer answer;
    ht_arena_init(&a, 0);
    review_refuse(&a, status, "refused", &answer);
    enum MHD_Result result = send_answer(c, &answer);
    ht_arena_free(&a);
    return result;
}

/* ?at=N; anything else is 0. */
static uint64_t number_asked(struct MHD_Connection *c) {
    const char *text = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "at");
    if (!text || !*text || strlen(text) > 9 || strspn(text, "0123456789") != strlen(text))
        return text ? UINT64_MAX : 0;
    return strtoull(text, NULL, 10);
}

static enum MHD_Result respond(ht_review_server *s, struct MHD_Connection *c, const request *q) {
    ht_arena a;
    jmp_buf here;
    review_answer answer;
    ht_arena_init(&a, REQUEST_BYTES);
    if (setjmp(here)) {
        ht_arena_free(&a);
        return refuse(c, 507);
    }
    ht_arena_guard(&a, &here);
    if (q->posts)
        review_post(s->review, &a, q->route, (ht_str){q->body, q->n}, &answer);
    else
        review_get(s->review, &a, q->route, number_asked(c), &answer);
    ht_arena_guard(&a, NULL);
    enum MHD_Result result = send_answer(c, &answer);
    ht_arena_free(&a);
    return result;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *c, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *n_data, void **own) {
    ht_review_server *s = context;
    request *q = *own;
    (void)version;
    if (!q) {
        guard_request asked = {method,
                               path,
                               header(c, "Host"),
                               header(c, "Origin"),
                               header(c, "Content-Type"),
                               header(c, "Content-Length"),
                               header(c, "Sec-Fetch-Site")};
        const char *route = NULL;
        unsigned status = guard_check(&s->guard, &asked, &route);
        if (status) return refuse(c, status);
        q = calloc(1, sizeof *q);
        if (!q) return MHD_NO;
        q->route = route;
        q->posts = strcmp(method, "POST") == 0;
        q->began = time(NULL);
        *own = q;
        return MHD_YES;
    }
    if (*n_data == 0) return respond(s, c, q);
    /* Without an answer in the middle of a body the connection is closed. */
    if (*n_data > sizeof q->body - q->n || time(NULL) - q->began > GUARD_MAX_SECONDS) return MHD_NO;
    memcpy(q->body + q->n, data, *n_data);
    q->n += *n_data;
    *n_data = 0;
    return MHD_YES;
}

static void finished(void *context, struct MHD_Connection *c, void **own,
                     enum MHD_RequestTerminationCode code) {
    (void)context, (void)c, (void)code;
    free(*own);
    *own = NULL;
}

/* The path as it was sent: %2e%2e and %00 are no part of any route, so nothing is undone. */
static size_t keep_escapes(void *context, struct MHD_Connection *c, char *text) {
    (void)context, (void)c;
    return strlen(text);
}

static void be_quiet(void *context, const char *format, va_list args) {
    (void)context, (void)format, (void)args;
}

ht_status ht_review_serve(ht_review_server **server, ht_review *r, unsigned port, ht_error *e) {
    ht_review_server *s = calloc(1, sizeof *s);
    *server = NULL;
    if (!s) return ht_fail(e, HT_IO, "out of memory");
    s->review = r;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ht_status status = guard_init(&s->guard, e);
    if (status == HT_OK) {
        errno = 0;
        s->daemon = MHD_start_daemon(
            MHD_USE_AUTO_INTERNAL_THREAD | MHD_USE_ERROR_LOG, (uint16_t)port, NULL, NULL, handle, s,
            MHD_OPTION_EXTERNAL_LOGGER, be_quiet, NULL, MHD_OPTION_SOCK_ADDR,
            (struct sockaddr *)&here, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MAX_CONNECTIONS,
            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
            MHD_OPTION_NOTIFY_COMPLETED, finished, NULL, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes,
            NULL, MHD_OPTION_END);
        if (!s->daemon)
            status = ht_fail(e, HT_IO, "cannot listen on 127.0.0.1:%u: %s", port,
                             errno ? strerrordesc_np(errno) : "the server does not start");
    }
    if (status == HT_OK) {
        const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
        s->guard.port = info ? info->port : port;
        snprintf(s->address, sizeof s->address, "http://127.0.0.1:%u/%s/", s->guard.port,
                 s->guard.token);
        *server = s;
    } else {
        ht_review_stop(s);
    }
    return status;
}

const char *ht_review_address(const ht_review_server *server) {
    return server->address;
}

void ht_review_stop(ht_review_server *server) {
    if (!server) return;
    if (server->daemon) MHD_stop_daemon(server->daemon);
    free(server);
}
