/* A user's CSV -> a joined table, or a message; every row that is taken is found again, and no ratio
 * is a number with a divisor of zero. */
#include "stats/join.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    ht_arena a;
    ht_arena_init(&a, FUZZ_ARENA_BYTES);
    ht_str csv = ht_str_copy(&a, (ht_str){(const char *)data, n});
    join_table j;
    ht_error e = {0};
    ht_status status = join_read(&j, &a, ht_gazetteer_get(NULL), csv, HT_S("input"), &e);
    if (status != HT_OK) {
        FUZZ_MUST(status == HT_CODEBOOK && e.text[0]);
    } else {
        for (size_t i = 0; i < j.rows.n; i++) {
            ht_str rest = j.rows.entries[i].key, code;
            ht_str_split(&rest, ' ', &code);
            const ht_number *by = join_find(&j, code, rest);
            FUZZ_MUST(by || rest.n > 50);
            for (size_t k = 0; by && k < j.n_columns; k++) {
                ht_number ratio = join_ratio(ht_number_int(370000), by[k]);
                FUZZ_MUST(!ratio.ok || ratio.divisor > 0);
            }
        }
    }
    ht_arena_free(&a);
    return 0;
}
