/* YAML -> a codebook, or a message. */
#include "extract/codebook/codebook.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    ht_arena a;
    ht_arena_init(&a, FUZZ_ARENA_BYTES);
    ht_str yaml = fuzz_text(&a, (ht_str){(const char *)data, n});
    ht_codebook cb;
    ht_error e = {0};
    ht_status status = ht_codebook_parse(&cb, &a, ht_lexicon_get(NULL), yaml, HT_S("input"), &e);
    if (status != HT_OK) {
        FUZZ_MUST(status == HT_CODEBOOK && e.text[0]);
    } else {
        ht_passage p;
        ht_passage_make(&p, &a, HT_S("全市建成服务站点300个，服务骑手2万人次，其中女性占三成。"),
                        NULL);
        ht_hit *hits;
        size_t n_hits;
        ht_codebook_hits(&cb, &a, &p, &hits, &n_hits);
        for (size_t i = 0; i < n_hits; i++)
            FUZZ_MUST(hits[i].end <= p.n && hits[i].indicator < cb.n_indicators);
    }
    ht_arena_free(&a);
    return 0;
}
