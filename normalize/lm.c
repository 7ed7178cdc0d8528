#include "normalize/lm.h"

#include "base/table.h"
#include "normalize/lm_table.h"
#include "normalize/normalize.h"

HT_TABLE(bigrams, "bigrams.bin");

static const uint32_t *words(void) {
    return (const uint32_t *)(const void *)ht_table_bigrams;
}

uint32_t lm_id(uint32_t c) {
    c = lm_class(ht_fold(c));
    return c < 0x10000 ? words()[LM_IDS + c / 2] >> (c % 2 * 16) & 0xFFFF : 0;
}

uint32_t lm_cost_alone(uint32_t b) {
    return b ? words()[LM_CHARS + 2 * b + 1] & 0xFFFF : LM_UNKNOWN;
}

uint32_t lm_cost(uint32_t a, uint32_t b) {
    if (!a || !b) return lm_cost_alone(b);
    const uint32_t *chars = words() + LM_CHARS, *pairs = chars + 2 * (words()[0] + 2);
    uint32_t low = chars[2 * a], high = chars[2 * (a + 1)];
    while (low < high) {
        uint32_t mid = low + (high - low) / 2, second = pairs[mid] >> 16;
        if (second == b) return pairs[mid] & 0xFFFF;
        if (second < b)
            low = mid + 1;
        else
            high = mid;
    }
    uint32_t cost = (chars[2 * a + 1] >> 16) + (chars[2 * b + 1] & 0xFFFF);
    return cost < LM_UNKNOWN ? cost : LM_UNKNOWN;
}

int64_t lm_cost_text(const uint32_t *c, size_t n) {
    int64_t sum = 0;
    uint32_t before = n ? lm_id(c[0]) : 0;
    for (size_t i = 1; i < n; i++) {
        uint32_t id = lm_id(c[i]);
        sum += lm_cost(before, id);
        before = id;
    }
    return sum;
}
