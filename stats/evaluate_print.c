#include "stats/evaluate.h"

#include <stdlib.h>

void ht_evaluation_print(ht_buf *b, const ht_evaluation *r, bool json, size_t n_misses) {
    for (size_t i = 0; !json && i < r->n_misses && i < n_misses; i++) {
        ht_buf_add(b, r->misses[i]);
        ht_buf_byte(b, '\n');
    }
    ht_buf_printf(b, json ? "{\"documents\":%zu" : "documents    %zu\n", r->n_documents);
    for (int i = 0; i < HT_N_SCORES; i++) {
        const ht_score *s = &r->scores[i];
        if (!s->known) continue;
        ht_buf_printf(b, json ? ",\"%s\":%.4f" : "%-12s %.4f\n", s->name, s->value);
    }
    if (json) ht_buf_add(b, HT_S("}\n"));
}

enum { DIGITS = 32 };

/* 0 … 1 and nothing else. */
static bool parse_share(ht_str s, double *value) {
    char text[DIGITS];
    if (s.n == 0 || s.n >= sizeof text || s.p[0] < '0' || s.p[0] > '1') return false;
    for (size_t i = 0; i < s.n; i++) {
        if ((s.p[i] < '0' || s.p[i] > '9') && s.p[i] != '.') return false;
        text[i] = s.p[i];
    }
    text[s.n] = '\0';
    char *end;
    *value = strtod(text, &end);
    return *end == '\0' && *value <= 1;
}

ht_status ht_evaluation_min(const ht_evaluation *r, ht_str minimum, ht_error *e) {
    static const int usual[] = {HT_MAIN_F1, HT_QUANTITY_F1, HT_FIGURE_F1};
    double least;
    if (!parse_share(minimum, &least))
        return ht_fail(e, HT_USAGE, "'" HT_FMT "' is no number from 0 to 1", HT_ARG(minimum));
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        const ht_score *s = &r->scores[usual[i]];
        if (s->known && s->value < least)
            return ht_fail(e, HT_FAILED, "%s is %.4f, below %.4f", s->name, s->value, least);
    }
    return HT_OK;
}
