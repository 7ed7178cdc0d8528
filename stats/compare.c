#include "stats/compare.h"

#include "base/map.h"
#include "stats/originators.h"

#include <stdlib.h>
#include <string.h>

enum { DAY = 10, MONTH = 7, YEAR = 4 };

const char *cell_role_name(cell_role role) {
    static const char *const names[] = {"chosen", "agrees", "conflicts", "copy", "repeat"};
    return names[role];
}

cell_aggregate cell_aggregate_of(ht_str name) {
    if (ht_str_eq(name, HT_S("sum"))) return AGGREGATE_SUM;
    if (ht_str_eq(name, HT_S("most-sources"))) return AGGREGATE_MOST_SOURCES;
    if (ht_str_eq(name, HT_S("max"))) return AGGREGATE_MAX;
    if (ht_str_eq(name, HT_S("median"))) return AGGREGATE_MEDIAN;
    return ht_str_eq(name, HT_S("none")) ? AGGREGATE_NONE : AGGREGATE_LATEST;
}

ht_str compare_date(ht_arena *a, ht_str asof, ht_str published) {
    ht_str day = published.n >= DAY ? ht_sub(published, 0, DAY) : published;
    if (asof.n == 0) return day;
    ht_str end = asof.n == YEAR    ? ht_format(a, HT_FMT "-12-31", HT_ARG(asof))
                 : asof.n == MONTH ? ht_format(a, HT_FMT "-31", HT_ARG(asof))
                                   : asof;
    return day.n == DAY && ht_str_cmp(day, asof) >= 0 && ht_str_cmp(day, end) < 0 ? day : end;
}

static bool counts(const cell_figure *f) {
    return f->role != ROLE_COPY && f->role != ROLE_REPEAT;
}

static int by_id(const void *x, const void *y) {
    return ht_str_cmp(((const cell_figure *)x)->figure_id, ((const cell_figure *)y)->figure_id);
}

static ht_number lowest(const cell_figure *f) {
    return f->value.ok ? f->value : f->low;
}

static ht_number highest(const cell_figure *f) {
    return f->value.ok ? f->value : f->high;
}

/* A range stands in order at its middle. */
static ht_number middle_of(ht_number low, ht_number high) {
    ht_number sum = ht_number_shift(ht_number_mul(ht_number_add(low, high), ht_number_int(5)), -1);
    return sum.ok ? sum : low;
}

static ht_number middle(const cell_figure *f) {
    return f->value.ok ? f->value : middle_of(f->low, f->high);
}

static int cmp_number(ht_number a, ht_number b) {
    if (!a.ok || !b.ok) return a.ok - b.ok;
    return ht_number_cmp(a, b);
}

static bool same_statement(const cell_figure *a, const cell_figure *b) {
    return cmp_number(a->value, b->value) == 0 && cmp_number(a->low, b->low) == 0 &&
           cmp_number(a->high, b->high) == 0;
}

static bool implausible(const cell_figure *f, const cell_rules *r) {
    return (r->plausible_min.ok && ht_number_cmp(lowest(f), r->plausible_min) < 0) ||
           (r->plausible_max.ok && ht_number_cmp(highest(f), r->plausible_max) > 0);
}

/* From the plainest to the vaguest. */
static int vagueness(ht_str qualifier) {
    static const char *const order[] = {"exact",    "about",   "nearly", "over",
                                        "at_least", "at_most", "range",  "several"};
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
        if (ht_str_eq(qualifier, ht_str_of(order[i]))) return i;
    return (int)(sizeof order / sizeof *order);
}

/* A figure that counts, with what the choice among them looks at. */
typedef struct {
    cell_figure *f;
    ht_number order;      /* value, or the middle of a range */
    size_t n_originators; /* who state the same */
    bool implausible;
} candidate;

static int by_statement(const void *x, const void *y) {
    const candidate *a = x, *b = y;
    int c = cmp_number(a->order, b->order);
    if (!c) c = cmp_number(a->f->value, b->f->value);
    if (!c) c = cmp_number(a->f->low, b->f->low);
    return c ? c : ht_str_cmp(a->f->figure_id, b->f->figure_id);
}

/* How many state what each candidate states; candidates are in by_statement order. Gives how many
 * there are in all. */
static size_t count_originators(ht_arena *a, candidate *c, size_t n) {
    ht_str *names = HT_ARRAY(a, ht_str, n);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && same_statement(c[to].f, c[from].f); to++)
            names[to - from] = c[to].f->originator;
        size_t different = originators_count(names, to - from);
        for (size_t i = from; i < to; i++) c[i].n_originators = different;
    }
    for (size_t i = 0; i < n; i++) names[i] = c[i].f->originator;
    return originators_count(names, n);
}

/* Does the text itself say when it holds? */
static bool is_dated(const cell_figure *f) {
    return ht_str_eq(f->basis, HT_S("asof"));
}

/* <0: a has the more sources. */
static int by_sources(const candidate *a, const candidate *b) {
    return (a->n_originators < b->n_originators) - (a->n_originators > b->n_originators);
}

/* <0: a is the better one. */
static int preference(const candidate *a, const candidate *b, cell_aggregate aggregate) {
    int c = a->implausible - b->implausible;
    if (!c && aggregate == AGGREGATE_MAX) c = cmp_number(highest(b->f), highest(a->f));
    if (!c && aggregate == AGGREGATE_MOST_SOURCES) c = by_sources(a, b);
    if (!c) c = is_dated(b->f) - is_dated(a->f);
    if (!c) c = ht_str_cmp(b->f->date, a->f->date);
    if (!c) c = by_sources(a, b);
    if (!c) c = vagueness(a->f->qualifier) - vagueness(b->f->qualifier);
    if (!c) c = b->f->confidence - a->f->confidence;
    return c ? c : ht_str_cmp(a->f->figure_id, b->f->figure_id);
}

static size_t count_distinct(ht_arena *a, const candidate *c, size_t n, bool publishers) {
    ht_map seen;
    ht_map_init(&seen, a);
    for (size_t i = 0; i < n; i++) {
        ht_str key = publishers ? c[i].f->publisher : c[i].f->article_id;
        if (key.n) ht_map_put(&seen, key);
    }
    return seen.n;
}

/* Which way a qualifier opens the number: 1 upwards, 2 downwards, 3 both. */
static int opens(ht_str qualifier) {
    if (ht_str_eq(qualifier, HT_S("exact"))) return 0;
    if (ht_str_eq(qualifier, HT_S("over")) || ht_str_eq(qualifier, HT_S("at_least"))) return 1;
    return ht_str_eq(qualifier, HT_S("nearly")) || ht_str_eq(qualifier, HT_S("at_most")) ? 2 : 3;
}

ht_str cell_qualifier_of_sum(ht_str a, ht_str b) {
    int way = opens(a) | opens(b);
    if (way == 3) return HT_S("about");
    return vagueness(a) >= vagueness(b) ? a : b;
}

/* A sum is as exact as its parts together, a range where one of them is, and not known where a part
 * has no number. */
static void sum_up(cell *out, const candidate *c, size_t n) {
    bool range = false;
    out->value = out->low = out->high = ht_number_int(0);
    out->qualifier = HT_S("exact");
    for (size_t i = 0; i < n; i++) {
        range |= !c[i].f->value.ok;
        out->value = ht_number_add(out->value, c[i].f->value);
        out->low = ht_number_add(out->low, lowest(c[i].f));
        out->high = ht_number_add(out->high, highest(c[i].f));
        out->qualifier = cell_qualifier_of_sum(out->qualifier, c[i].f->qualifier);
    }
    if (range)
        out->qualifier = HT_S("range");
    else
        out->low = out->high = HT_NO_NUMBER;
}

/* Do all of them say the same? Candidates are in by_statement order. */
static bool is_one_statement(const candidate *c, size_t n) {
    return same_statement(c[0].f, c[n - 1].f);
}

static void decide_value(cell *out, const candidate *c, size_t n, cell_aggregate aggregate) {
    out->value = out->chosen->value;
    out->low = out->chosen->low;
    out->high = out->chosen->high;
    out->qualifier = out->chosen->qualifier;
    if (aggregate == AGGREGATE_SUM) {
        sum_up(out, c, n);
    } else if (aggregate == AGGREGATE_MEDIAN) {
        out->value = out->median;
        out->low = out->high = HT_NO_NUMBER;
        out->qualifier = n % 2 && c[n / 2].f->value.ok ? c[n / 2].f->qualifier : HT_S("about");
    } else if (aggregate == AGGREGATE_NONE && !is_one_statement(c, n)) {
        out->value = out->low = out->high = HT_NO_NUMBER;
        out->qualifier = (ht_str){NULL, 0};
    }
}

/* Which figures carry the cell's value: all of a sum, else the chosen one. What is not to be put
 * together (`none`) is not compared either. */
static void decide_roles(cell *out, candidate *c, size_t n, cell_aggregate aggregate) {
    cell_interval own = cell_interval_of(out->chosen);
    bool shown = aggregate != AGGREGATE_NONE || is_one_statement(c, n);
    for (size_t i = 0; i < n; i++) {
        bool meets = !shown || cell_intervals_meet(own, cell_interval_of(c[i].f));
        bool carries = aggregate == AGGREGATE_SUM || (shown && c[i].f == out->chosen);
        c[i].f->role = carries ? ROLE_CHOSEN : meets ? ROLE_AGREES : ROLE_CONFLICTS;
        out->conflict |= c[i].f->role == ROLE_CONFLICTS;
    }
}

bool cell_decide(cell *out, ht_arena *a, cell_figure *figures, size_t n, const cell_rules *rules) {
    *out = (cell){.min = HT_NO_NUMBER, .max = HT_NO_NUMBER};
    qsort(figures, n, sizeof *figures, by_id);
    candidate *c = HT_ARRAY(a, candidate, n);
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (counts(&figures[i]) && lowest(&figures[i]).ok && highest(&figures[i]).ok)
            c[m++] =
                (candidate){&figures[i], middle(&figures[i]), 0, implausible(&figures[i], rules)};
    if (m == 0) return false;
    qsort(c, m, sizeof *c, by_statement);
    out->n_originators = count_originators(a, c, m);
    const candidate *best = &c[0];
    for (size_t i = 0; i < m; i++) {
        if (preference(&c[i], best, rules->aggregate) < 0) best = &c[i];
        if (!out->min.ok || ht_number_cmp(lowest(c[i].f), out->min) < 0) out->min = lowest(c[i].f);
        if (!out->max.ok || ht_number_cmp(highest(c[i].f), out->max) > 0)
            out->max = highest(c[i].f);
    }
    out->median =
        m % 2 ? c[m / 2].order : compare_simplify(middle_of(c[m / 2 - 1].order, c[m / 2].order));
    /* The figure in the middle carries a median. */
    out->chosen = rules->aggregate == AGGREGATE_MEDIAN ? c[(m - 1) / 2].f : best->f;
    out->n_figures = m;
    out->n_articles = count_distinct(a, c, m, false);
    out->n_publishers = count_distinct(a, c, m, true);
    decide_value(out, c, m, rules->aggregate);
    decide_roles(out, c, m, rules->aggregate);
    out->implausible = best->implausible && out->chosen == best->f;
    return true;
}
