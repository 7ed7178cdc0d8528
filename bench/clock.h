/* What the benchmarks share: files into memory, CPU time, and libxml2's SAX with empty handlers,
 * the floor that ratios are taken to. */
#ifndef HT_BENCH_CLOCK_H
#define HT_BENCH_CLOCK_H

#include "base/str.h"

/* CPU time of this thread, seconds. */
double bench_cpu(void);
/* The whole file; ends the program where it cannot be read. Arena. */
ht_str bench_slurp(ht_arena *a, const char *path);
void bench_sax(ht_str utf8);

#endif
