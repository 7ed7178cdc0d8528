#include "base/utf8.h"
#include "corpus/source.h"

#include <stdio.h>
#define XXH_STATIC_LINKING_ONLY /* a state on the stack */
#include <xxhash.h>

static void hash_field(XXH3_state_t *state, ht_str field) {
    unsigned char length[8];
    for (int i = 0; i < 8; i++) length[i] = (unsigned char)((uint64_t)field.n >> (8 * i));
    XXH3_128bits_update(state, length, sizeof length);
    if (field.n) XXH3_128bits_update(state, field.p, field.n);
}

void record_identify(ht_record *record) {
    char number[24];
    int n = snprintf(number, sizeof number, "%llu", (unsigned long long)record->record);
    XXH3_state_t state;
    XXH3_INITSTATE(&state);
    XXH3_128bits_reset(&state);
    hash_field(&state, record->source_path);
    hash_field(&state, record->member);
    hash_field(&state, (ht_str){number, (size_t)n});
    hash_field(&state, record->bytes);
    XXH128_hash_t h = XXH3_128bits_digest(&state);
    snprintf(record->id, sizeof record->id, "a%016llx", (unsigned long long)h.high64);
}

ht_str path_escape(ht_arena *a, ht_str path) {
    size_t good = ht_utf8_valid_until(path);
    if (good == path.n) return ht_str_copy(a, path);
    ht_buf b;
    ht_buf_init(&b, a);
    for (ht_str rest = path; rest.n; good = ht_utf8_valid_until(rest)) {
        for (size_t i = 0; i < good; i++) {
            if (rest.p[i] == '%')
                ht_buf_add(&b, HT_S("%25"));
            else
                ht_buf_byte(&b, rest.p[i]);
        }
        if (good == rest.n) break;
        ht_buf_printf(&b, "%%%02X", (unsigned char)rest.p[good]);
        rest = ht_sub(rest, good + 1, rest.n);
    }
    return ht_buf_str(&b);
}
