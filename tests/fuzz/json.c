/* A line of `extract` -> an outcome; what was read is written and read again to the same bytes. */
#include "stats/stats.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    ht_arena a;
    ht_arena_init(&a, FUZZ_ARENA_BYTES);
    ht_outcome first = {0}, second = {0};
    ht_error e = {0};
    ht_str line = ht_str_copy(&a, (ht_str){(const char *)data, n});
    if (ht_outcome_from_json(&a, line, &first, &e) != HT_OK) {
        FUZZ_MUST(e.text[0]);
    } else {
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
