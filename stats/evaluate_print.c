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

static bool is_below(const ht_score *s, double least, ht_buf *low) {
    if (!s->known || s->value >= least) return false;
    ht_buf_printf(low, "%s%s %.4f is below %.4f", low->n ? ", " : "", s->name, s->value, least);
    return true;
}

static ht_status check_one(const ht_evaluation *r, ht_str one, ht_buf *low, ht_error *e) {
    size_t equals = ht_str_find(one, HT_S("="), 0);
    double least;
    if (equals == SIZE_MAX) {
        static const int usual[] = {HT_MAIN_F1, HT_QUANTITY_F1, HT_FIGURE_F1};
        if (!parse_share(one, &least))
            return ht_fail(e, HT_USAGE, "'" HT_FMT "' is no number from 0 to 1", HT_ARG(one));
        for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
            is_below(&r->scores[usual[i]], least, low);
        return HT_OK;
    }
    for (int i = 0; i < HT_N_SCORES; i++) {
        if (!ht_str_eq(ht_sub(one, 0, equals), ht_str_of(r->scores[i].name))) continue;
        if (!parse_share(ht_sub(one, equals + 1, one.n), &least)) break;
        is_below(&r->scores[i], least, low);
        return HT_OK;
    }
    return ht_fail(e, HT_USAGE, "'" HT_FMT "' is not SCORE=NUMBER, as figure_f1=0.9", HT_ARG(one));
}

ht_status ht_evaluation_min(const ht_evaluation *r, ht_str minimum, ht_error *e) {
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_buf low;
    ht_buf_init(&low, &a);
    ht_status status = HT_OK;
    ht_str one;
    if (minimum.n == 0) status = ht_fail(e, HT_USAGE, "a minimum is a number from 0 to 1");
    while (status == HT_OK && ht_str_split(&minimum, ',', &one))
        status = check_one(r, one, &low, e);
    if (status == HT_OK && low.n)
        status = ht_fail(e, HT_FAILED, HT_FMT, HT_ARG(ht_buf_str(&low)));
    ht_arena_free(&a);
    return status;
}
