/* What the fuzz targets share: any bytes in, nothing out. A target aborts where a promise of a
 * header is broken; memory errors and undefined behaviour are for the sanitizers to see.
 *
 * Each target has one file, TARGET.c, and a folder of small inputs, corpus/TARGET/. `make fuzz`
 * links it with libFuzzer; the test run links it with driver.c, which reads the inputs once.
 */
#ifndef HT_TESTS_FUZZ_H
#define HT_TESTS_FUZZ_H

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum { FUZZ_ARENA_BYTES = 512 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define FUZZ_MUST(condition)                                                                       \
    ((condition)                                                                                   \
         ? (void)0                                                                                 \
         : (fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition), abort()))

/* The first byte decides among the variants of a target; 0 for no bytes. */
static inline unsigned fuzz_variant(ht_str *bytes) {
    if (!bytes->n) return 0;
    unsigned first = (unsigned char)bytes->p[0];
    *bytes = ht_sub(*bytes, 1, bytes->n);
    return first;
}

/* The bytes as text: malformed ones become question marks. */
static inline ht_str fuzz_text(ht_arena *a, ht_str bytes) {
    char *p = ht_str_cstr(a, bytes);
    ht_str text = {p, bytes.n};
    for (size_t done = 0; done < bytes.n;) {
        done += ht_utf8_valid_until(ht_sub(text, done, text.n));
        if (done < bytes.n) p[done] = '?';
    }
    return text;
}

#endif
