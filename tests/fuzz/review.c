/* Requests, texts and codebooks of the review: nobody gets in without the token, no number lies
 * outside its text, and a codebook with judged examples is a codebook again. */
#include "extract/codebook/codebook.h"
#include "review/gold_codebook.h"
#include "review/guard.h"
#include "review/numerals.h"
#include "review/texts.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static const review_guard guard = {"0123456789abcdef0123456789abcdef", 8080};

/* A field a line; an empty one was not sent. */
static const char *field(ht_arena *a, ht_str *rest) {
    ht_str line;
    return ht_str_split(rest, '\n', &line) && line.n ? ht_str_cstr(a, line) : NULL;
}

static void ask(ht_arena *a, ht_str bytes) {
    const char *method = field(a, &bytes), *path = field(a, &bytes), *route = NULL;
    const char *host = field(a, &bytes), *origin = field(a, &bytes), *type = field(a, &bytes);
    const char *length = field(a, &bytes);
    guard_request q = {method ? method : "", path ? path : "", host, origin, type, length,
                       field(a, &bytes)};
    unsigned status = guard_check(&guard, &q, &route);
    FUZZ_MUST(status == 0 || (status >= 400 && status < 500));
    if (status) return;
    FUZZ_MUST(route && strstr(q.path, guard.token) == q.path + 1);
    FUZZ_MUST(!origin || strstr(origin, ":8080"));
    FUZZ_MUST(strcmp(q.method, "GET") == 0 || (origin && type && length));
}

static void number(ht_arena *a, ht_str text) {
    review_numeral figure = {.start = text.n / 4, .end = text.n / 3 + 1, .state = NUMERAL_FIGURE};
    review_numeral *all;
    size_t n, chars = ht_utf8_count(text);
    uint64_t start;
    review_numerals_find(ht_lexicon_get(NULL), a, text, HT_S("2025-06-01"), &figure, 1, &all, &n);
    for (size_t i = 0; i < n; i++) {
        FUZZ_MUST(all[i].start < all[i].end && all[i].end <= chars);
        FUZZ_MUST(i == 0 || all[i].start >= all[i - 1].end);
        ht_str paragraph = review_paragraph(text, all[i].start, &start);
        FUZZ_MUST(start <= all[i].start && ht_str_find(paragraph, HT_S("\n"), 0) == SIZE_MAX);
    }
}

static void rewrite(ht_arena *a, ht_str text) {
    gold_example examples[] = {{HT_S("workers"), text, HT_S("5"), HT_S("courier"), false},
                               {HT_S("workers"), text, HT_S(""), HT_S(""), true},
                               {HT_S("stations"), HT_S("1个"), HT_S(""), HT_S(""), true}};
    ht_str yaml, again;
    ht_error e = {HT_OK, ""};
    if (gold_codebook_write(a, text, examples, 3, &yaml, &e) != HT_OK) {
        FUZZ_MUST(e.text[0]);
        yaml = ht_codebook_builtin(HT_S("gig-work"));
    }
    FUZZ_MUST(gold_codebook_write(a, ht_codebook_builtin(HT_S("gig-work")), examples, 3, &again,
                                  &e) == HT_OK);
    ht_codebook cb;
    if (ht_str_trim(text).n && !memchr(text.p, 0, text.n)) (void)ht_codebook_parse(&cb, a, ht_lexicon_get(NULL), again, HT_S("again"), &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    ht_arena a;
    ht_arena_init(&a, FUZZ_ARENA_BYTES);
    ht_str bytes = {(const char *)data, n};
    switch (fuzz_variant(&bytes) % 3) {
    case 0: ask(&a, bytes); break;
    case 1: number(&a, fuzz_text(&a, bytes)); break;
    default: rewrite(&a, fuzz_text(&a, bytes));
    }
    ht_arena_free(&a);
    return 0;
}
