#include "stats/corrections.h"

#include <stdlib.h>

static const char *const columns[] = {"figure_id", "verdict", "wrong",   "corrected",
                                      "effect",    "was",     "reviewers", "surface",
                                      "sentence"};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

ht_status corrections_open(ht_stats *s, ht_error *e) {
    if (!s->options.verdicts) return HT_OK;
    stats_corrections *c = calloc(1, sizeof *c);
    if (!c) return ht_fail(e, HT_IO, "out of memory");
    ht_arena_init(&c->arena, 0);
    s->corrections = c;
    return verdict_book_read(&c->book, &c->arena, s->options.verdicts, e);
}

ht_status corrections_begin(ht_stats *s, ht_error *e) {
    stats_corrections *c = s->corrections;
    if (!c) return HT_OK;
    for (size_t i = 0; i < c->book.n; i++) c->book.items[i].used = false;
    return sheet_open(&c->sheet, &s->db, &s->scratch, s->options.excel, s->out, HT_S("corrections"),
                      columns, N_COLUMNS, e);
}

static void put(ht_stats *s, ht_str figure_id, const verdict_settled *v, ht_str effect, ht_str was) {
    ht_str cells[N_COLUMNS] = {figure_id, v->verdict, v->wrong,   v->corrected, effect,
                               was,       v->reviewers, v->surface, v->sentence};
    sheet_row(&s->corrections->sheet, cells);
}

static bool is(ht_str word, const char *other) {
    return ht_str_eq(word, ht_str_of(other));
}

static ht_str value_of(ht_arena *a, const ht_str *f) {
    return f[HT_F_VALUE].n || !f[HT_F_VALUE_LOW].n
               ? f[HT_F_VALUE]
               : ht_format(a, HT_FMT ".." HT_FMT, HT_ARG(f[HT_F_VALUE_LOW]),
                           HT_ARG(f[HT_F_VALUE_HIGH]));
}

static void correct_value(ht_str *f, ht_str corrected) {
    static const int gone[] = {HT_F_VALUE_LOW, HT_F_VALUE_HIGH, HT_F_STEP};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) f[gone[i]] = (ht_str){NULL, 0};
    f[HT_F_VALUE] = corrected;
    f[HT_F_QUALIFIER] = HT_S("exact");
}

/* The names of the region are those of its code; a correction names the region that is meant. */
static void correct_region(ht_str *f, ht_str corrected) {
    static const int gone[] = {HT_F_REGION, HT_F_REGION_LEVEL, HT_F_REGION_CODES};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) f[gone[i]] = (ht_str){NULL, 0};
    f[HT_F_REGION_CODE] = corrected;
    f[HT_F_SCOPE] = HT_S("whole");
}

static void correct_counted(ht_str *f, ht_str corrected) {
    ht_str rest = corrected;
    f[HT_F_INDICATOR] = f[HT_F_SUBTYPE] = (ht_str){NULL, 0};
    if (ht_str_split(&rest, '/', &f[HT_F_INDICATOR])) ht_str_split(&rest, '/', &f[HT_F_SUBTYPE]);
}

/* What stood there before; the row has the correction. */
static ht_str correct(ht_arena *a, ht_str *f, const verdict_settled *v) {
    ht_str was;
    if (is(v->wrong, "value")) {
        was = value_of(a, f);
        correct_value(f, v->corrected);
    } else if (is(v->wrong, "unit")) {
        was = f[HT_F_UNIT];
        f[HT_F_UNIT] = v->corrected;
    } else if (is(v->wrong, "region")) {
        was = f[HT_F_REGION_CODE].n ? f[HT_F_REGION_CODE] : f[HT_F_REGION_CODES];
        correct_region(f, v->corrected);
    } else if (is(v->wrong, "counted")) {
        was = f[HT_F_SUBTYPE].n ? ht_format(a, HT_FMT "/" HT_FMT, HT_ARG(f[HT_F_INDICATOR]),
                                            HT_ARG(f[HT_F_SUBTYPE]))
                                : f[HT_F_INDICATOR];
        correct_counted(f, v->corrected);
    } else {
        was = f[HT_F_ASOF];
        f[HT_F_ASOF] = v->corrected;
    }
    return was;
}

bool corrections_apply(ht_stats *s, ht_figure_row *row, bool *corrected) {
    *corrected = false;
    if (!s->corrections) return true;
    ht_str *f = row->cell, id = f[HT_F_FIGURE_ID], none = {NULL, 0};
    verdict_settled *v = verdict_book_find(&s->corrections->book, &s->scratch, row);
    if (!v) return true;
    v->used = true;
    if (is(v->verdict, "right")) {
        f[HT_F_CONFIDENCE] = HT_S("high");
        put(s, id, v, HT_S("confirmed"), none);
        return true;
    }
    if (!v->corrected.n) {
        put(s, id, v, HT_S("left out"), value_of(&s->scratch, f));
        return false;
    }
    ht_str was = correct(&s->scratch, f, v);
    f[HT_F_CONFIDENCE] = HT_S("high");
    put(s, id, v, HT_S("corrected"), was);
    *corrected = true;
    return true;
}

ht_status corrections_finish(ht_stats *s, ht_error *e) {
    stats_corrections *c = s->corrections;
    if (!c) return HT_OK;
    for (size_t i = 0; i < c->book.by_figure.n; i++) {
        const ht_map_entry *entry = &c->book.by_figure.entries[i];
        const verdict_settled *v = &c->book.items[entry->value];
        if (!v->used) put(s, entry->key, v, HT_S("orphaned"), (ht_str){NULL, 0});
    }
    return sheet_commit(&c->sheet, e);
}

void corrections_close(ht_stats *s) {
    if (!s->corrections) return;
    sheet_abandon(&s->corrections->sheet);
    ht_arena_free(&s->corrections->arena);
    free(s->corrections);
    s->corrections = NULL;
}
