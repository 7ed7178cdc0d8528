#include "stats/inner.h"
#include "stats/sheet.h"

#include <stdlib.h>

static const char *const columns[] = {"region_code", "region",   "region_level", "from",
                                      "until",       "change",   "to_code",      "to_region",
                                      "to_level",    "n_figures"};
enum { N_COLUMNS = sizeof columns / sizeof *columns, MONTHS = 12 };

static ht_str month_text(ht_arena *a, int32_t month) {
    return month <= 0 || month == INT32_MAX
               ? (ht_str){NULL, 0}
               : ht_format(a, "%04d-%02d", month / MONTHS, month % MONTHS + 1);
}

static int by_change(const void *x, const void *y) {
    const territory_place *a = x, *b = y;
    int c = ht_str_cmp(a->code, b->code);
    if (c) return c;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->change != b->change) return a->change < b->change ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

static bool is_listed(const territory_place *p) {
    return p->change != PLACE_SAME && p->from != TERRITORY_NONE;
}

static void put_place(ht_stats *s, stats_sheet *f, const territory_place *p, uint64_t n) {
    ht_arena *a = &s->scratch;
    const ht_division *from = &s->territory->divisions[p->from];
    const ht_division *to = p->to == TERRITORY_NONE ? NULL : &s->territory->divisions[p->to];
    ht_str none = {NULL, 0};
    ht_str row[N_COLUMNS] = {p->code,
                             from->name,
                             ht_str_of(from->level),
                             month_text(a, from->from),
                             month_text(a, from->to),
                             ht_str_of(place_change_name(p->change)),
                             to ? ht_format(a, "%06u", to->code) : none,
                             to ? to->name : none,
                             ht_str_of(to ? to->level : ""),
                             ht_format(a, "%llu", (unsigned long long)n)};
    sheet_row(f, row);
}

/* One row for what a division became, however many periods its figures have. */
static void put_places(ht_stats *s, stats_sheet *f) {
    territory *t = s->territory;
    if (t->n_found > 1) qsort(t->found, t->n_found, sizeof *t->found, by_change);
    for (size_t from = 0, to; from < t->n_found; from = to) {
        uint64_t n = 0;
        for (to = from; to < t->n_found && by_change(&t->found[from], &t->found[to]) == 0; to++)
            n += t->found[to].n_figures;
        if (is_listed(&t->found[from])) put_place(s, f, &t->found[from], n);
    }
}

ht_status export_boundaries(ht_stats *s, ht_error *e) {
    stats_sheet f;
    ht_status status = sheet_open(&f, &s->db, &s->scratch, s->options.excel, s->out,
                                  HT_S("boundaries"), columns, N_COLUMNS, e);
    if (status == HT_OK) put_places(s, &f);
    if (status == HT_OK) status = sheet_commit(&f, e);
    sheet_abandon(&f);
    ht_arena_reset(&s->scratch);
    return status;
}
