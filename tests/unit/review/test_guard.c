/* What a request says of itself -> may it in? */
#include "review/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const review_guard guard = {"0123456789abcdef0123456789abcdef", 8080};
#define PATH "/0123456789abcdef0123456789abcdef/"

static unsigned asked(guard_request q, const char **route) {
    *route = NULL;
    return guard_check(&guard, &q, route);
}

static void test_in(void **state) {
    (void)state;
    const char *route;
    assert_int_equal(asked((guard_request){.method = "GET", .path = PATH "state",
                                           .host = "127.0.0.1:8080"}, &route), 0);
    assert_string_equal(route, "state");
    assert_int_equal(asked((guard_request){.method = "GET", .path = PATH, .host = "LOCALHOST:8080",
                                           .origin = "http://localhost:8080",
                                           .fetch_site = "same-origin"}, &route), 0);
    assert_string_equal(route, "");
    assert_int_equal(asked((guard_request){.method = "POST", .path = PATH "verdict",
                                           .host = "127.0.0.1:8080",
                                           .origin = "http://127.0.0.1:8080",
                                           .content_type = "application/json; charset=utf-8",
                                           .content_length = "2"}, &route), 0);
}

static void test_token(void **state) {
    (void)state;
    const char *route;
    static const char *const paths[] = {
        "", "/", "/state", "/0123456789abcdef0123456789abcdef", "/0123456789abcdef0123456789abcde/",
        "/0123456789abcdef0123456789abcdefstate", "/1123456789abcdef0123456789abcdef/state",
        "/0123456789abcdef0123456789abcdee/state", "//0123456789abcdef0123456789abcdef/state"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_int_equal(asked((guard_request){.method = "GET", .path = paths[i],
                                               .host = "127.0.0.1:8080"}, &route), 403);
}

static void test_hosts_and_origins(void **state) {
    (void)state;
    const char *route;
    static const char *const hosts[] = {NULL, "", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:80800",
                                        "evil.example:8080", "127.0.0.1:8080.evil.example",
                                        "[::1]:8080", "0.0.0.0:8080"};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        assert_int_equal(asked((guard_request){.method = "GET", .path = PATH, .host = hosts[i]},
                               &route), 403);
    static const char *const origins[] = {"null", "http://127.0.0.1", "https://127.0.0.1:8080",
                                          "http://evil.example", "http://127.0.0.1:8081", ""};
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++)
        assert_int_equal(asked((guard_request){.method = "GET", .path = PATH,
                                               .host = "127.0.0.1:8080", .origin = origins[i]},
                               &route), 403);
    static const char *const sites[] = {"cross-site", "same-site", ""};
    for (size_t i = 0; i < sizeof sites / sizeof *sites; i++)
        assert_int_equal(asked((guard_request){.method = "GET", .path = PATH,
                                               .host = "127.0.0.1:8080", .fetch_site = sites[i]},
                               &route), 403);
}

static unsigned posted(const char *origin, const char *type, const char *length) {
    const char *route;
    return asked((guard_request){.method = "POST", .path = PATH "verdict", .host = "127.0.0.1:8080",
                                 .origin = origin, .content_type = type,
                                 .content_length = length}, &route);
}

static void test_bodies(void **state) {
    (void)state;
    const char *here = "http://127.0.0.1:8080", *json = "application/json";
    char text[24];
    for (int n = GUARD_MAX_BODY - 1; n <= GUARD_MAX_BODY + 1; n++) {
        snprintf(text, sizeof text, "%d", n);
        assert_int_equal(posted(here, json, text), n > GUARD_MAX_BODY ? 413 : 0);
    }
    assert_int_equal(posted(NULL, json, "2"), 403);
    assert_int_equal(posted(here, NULL, "2"), 415);
    assert_int_equal(posted(here, "text/plain", "2"), 415);
    assert_int_equal(posted(here, "application/json5", "2"), 415);
    assert_int_equal(posted(here, json, NULL), 411);
    assert_int_equal(posted(here, json, "-1"), 400);
    assert_int_equal(posted(here, json, "99999999999999999999"), 400);
    const char *route;
    assert_int_equal(asked((guard_request){.method = "PUT", .path = PATH, .host = "127.0.0.1:8080"},
                           &route), 405);
}

static void test_tokens_differ(void **state) {
    (void)state;
    review_guard one, other;
    assert_int_equal(guard_init(&one, NULL), HT_OK);
    assert_int_equal(guard_init(&other, NULL), HT_OK);
    assert_int_equal(strlen(one.token), GUARD_TOKEN);
    assert_int_equal(strspn(one.token, "0123456789abcdef"), GUARD_TOKEN);
    assert_string_not_equal(one.token, other.token);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in),     cmocka_unit_test(test_token),
        cmocka_unit_test(test_bodies), cmocka_unit_test(test_hosts_and_origins),
        cmocka_unit_test(test_tokens_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
