/* A line of `extract` -> an outcome; what was read is written and read again to the same bytes. The
 * quick reader and json-c must agree: a key that no outcome has makes the line one for json-c. */
#include "stats/stats.h"
#include "tests/fuzz/fuzz.h"

/* The line with that key; empty: it is no object. */
static ht_str made_unusual(ht_arena *a, ht_str line) {
    ht_str rest = ht_str_trim(line);
    if (!rest.n || rest.p[0] != '{') return (ht_str){NULL, 0};
    rest = ht_sub(rest, 1, rest.n);
    bool is_empty = ht_str_starts(ht_str_trim(rest), HT_S("}"));
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, is_empty ? HT_S("{\"-\":0") : HT_S("{\"-\":0,"));
    ht_buf_add(&b, rest);
    return ht_buf_str(&b);
}

static void check_unusual(ht_arena *a, ht_str line, const ht_outcome *first, bool good) {
    ht_outcome other = {0};
    ht_str unusual = made_unusual(a, line);
    if (!unusual.n) return;
    FUZZ_MUST((ht_outcome_from_json(a, unusual, &other, NULL) == HT_OK) == good);
    if (!good) return;
    ht_buf quick, slow;
    ht_buf_init(&quick, a);
    ht_buf_init(&slow, a);
    ht_outcome_to_json(&quick, first);
    ht_outcome_to_json(&slow, &other);
    FUZZ_MUST(ht_str_eq(ht_buf_str(&quick), ht_buf_str(&slow)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    ht_arena a;
    ht_arena_init(&a, FUZZ_ARENA_BYTES);
    ht_outcome first = {0}, second = {0};
    ht_error e = {0};
    ht_str line = ht_str_copy(&a, (ht_str){(const char *)data, n});
    if (ht_outcome_from_json(&a, line, &first, &e) != HT_OK) {
        FUZZ_MUST(e.text[0]);
        check_unusual(&a, line, &first, false);
    } else {
        check_unusual(&a, line, &first, true);
        ht_buf once, again;
        ht_buf_init(&once, &a);
        ht_buf_init(&again, &a);
        ht_outcome_to_json(&once, &first);
        FUZZ_MUST(ht_outcome_from_json(&a, ht_buf_str(&once), &second, &e) == HT_OK);
        ht_outcome_to_json(&again, &second);
        FUZZ_MUST(ht_str_eq(ht_buf_str(&once), ht_buf_str(&again)));
    }
    ht_arena_free(&a);
    return 0;
}
