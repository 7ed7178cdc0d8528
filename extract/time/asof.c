#include "extract/time/time-internal.h"
ht_asof ht_asof_of(ht_arena *a, const ht_passage *p, const ht_date *dates, size_t n_dates,
                   ht_date_context context, uint32_t start, uint32_t end, ht_trace *trace) {
    (void)a; (void)p; (void)dates; (void)n_dates; (void)context; (void)start; (void)end; (void)trace;
    return (ht_asof){.precision = "", .rule = ""};
}
