#include "stats/originators.h"
#include "stats/sums.h"

#include <stdlib.h>
#include <string.h>

static const char *const report_columns[] = {
    "region_code", "region",     "region_level", "indicator", "subtype",   "measure",
    "modality",    "unit",       "base",         "period",    "parts_are", "value",
    "value_low",   "value_high", "number",       "qualifier", "n_known",   "n_parts",
    "coverage",    "known",      "missing",      "stated",    "shown"};
enum { N_REPORT = sizeof report_columns / sizeof *report_columns };

/* The sum of some cells, as it grows. */
typedef struct {
    sum_cell c;
    bool range;
    size_t n_known, n_partial, cap;
} sum;

static void sum_begin(sum *x, ht_str code) {
    *x = (sum){
        .c = {.code = code, .qualifier = HT_S("exact"), .basis = HT_S("asof"), .is_sum = true}};
    x->c.value = x->c.low = x->c.high = ht_number_int(0);
}

static void sum_add(sum *x, ht_arena *a, const sum_cell *c) {
    x->range |= !c->value.ok;
    x->c.value = ht_number_add(x->c.value, c->value);
    x->c.low = ht_number_add(x->c.low, c->value.ok ? c->value : c->low);
    x->c.high = ht_number_add(x->c.high, c->value.ok ? c->value : c->high);
    x->c.qualifier =
        cell_qualifier_of_sum(x->c.qualifier, c->value.ok ? c->qualifier : HT_S("at_least"));
    if (!ht_str_eq(c->basis, HT_S("asof"))) x->c.basis = c->basis;
    x->c.conflict |= c->conflict;
    x->c.implausible |= c->implausible;
    x->c.corrected |= c->corrected;
    x->n_known++;
    x->n_partial += c->partial;
    for (size_t i = 0; i < c->n_figures; i++)
        *HT_PUSH(a, x->c.figures, x->c.n_figures, x->cap) = c->figures[i];
}

/* What is missing can only add to it. */
static void sum_end(sum *x, bool complete) {
    sum_cell *c = &x->c;
    bool upwards = ht_str_eq(c->qualifier, HT_S("exact")) ||
                   ht_str_eq(c->qualifier, HT_S("over")) ||
                   ht_str_eq(c->qualifier, HT_S("at_least"));
    c->partial = !complete;
    if (x->range && complete) {
        c->qualifier = HT_S("range");
        return;
    }
    if (x->range) c->value = c->low;
    c->low = c->high = HT_NO_NUMBER;
    if (!complete) c->qualifier = upwards ? HT_S("at_least") : HT_S("about");
}

static bool is_known(const sum_cell *c) {
    return c->value.ok || (c->low.ok && c->high.ok);
}

/* The cell that stands for the division; NULL: none does. Parts of another one do not. */
static sum_cell *cell_of(const sum_group *g, ht_str code) {
    for (size_t i = 0; i < g->n; i++)
        if (!g->cells[i].whole.n && ht_str_eq(g->cells[i].code, code)) return &g->cells[i];
    return NULL;
}

static size_t count_distinct(ht_arena *a, const sum_cell *c, size_t offset) {
    ht_map seen;
    ht_map_init(&seen, a);
    for (size_t i = 0; i < c->n_figures; i++) {
        ht_str name = *(const ht_str *)((const char *)&c->figures[i] + offset);
        if (c->figures[i].role == ROLE_CHOSEN && name.n) ht_map_put(&seen, name);
    }
    return seen.n;
}

static size_t count_originators(ht_arena *a, const sum_cell *c) {
    ht_str *names = HT_ARRAY(a, ht_str, c->n_figures);
    size_t n = 0;
    for (size_t i = 0; i < c->n_figures; i++)
        if (c->figures[i].role == ROLE_CHOSEN) names[n++] = c->figures[i].originator;
    return originators_count(names, n);
}

static void add_flag(ht_buf *b, const char *flag) {
    if (b->n) ht_buf_byte(b, '|');
    ht_buf_add(b, ht_str_of(flag));
}

static ht_str flags_of(ht_arena *a, const sum_cell *c) {
    ht_buf b;
    ht_buf_init(&b, a);
    if (c->conflict) add_flag(&b, "conflict");
    if (c->implausible) add_flag(&b, "implausible");
    if (c->corrected) add_flag(&b, "corrected");
    add_flag(&b, "rollup");
    if (c->partial) add_flag(&b, "partial");
    return ht_buf_str(&b);
}

static int by_figure(const void *x, const void *y) {
    return ht_str_cmp(((const sum_figure *)x)->figure_id, ((const sum_figure *)y)->figure_id);
}

static ht_str figures_of(ht_arena *a, const sum_cell *c) {
    if (c->n_figures > 1) qsort(c->figures, c->n_figures, sizeof *c->figures, by_figure);
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < c->n_figures; i++) {
        record_put(&b, c->figures[i].figure_id);
        ht_buf_byte(&b, (char)c->figures[i].role);
    }
    return ht_buf_str(&b);
}

static const ht_division *division_of(const sum_group *g, ht_str code) {
    const territory *t = g->s->territory;
    uint32_t i =
        territory_division(t, territory_code(code), territory_month(t, g->key[N_GROUP_KEY - 1]));
    return i == TERRITORY_NONE ? NULL : &t->divisions[i];
}

ht_status sum_emit(sum_group *g, const sum_cell *c, ht_error *e) {
    ht_arena *a = &g->arena;
    ht_str columns[N_MENTION_KEY + HT_N_REGION_COLUMNS + 1] = {{NULL, 0}};
    ht_str *row = columns + N_MENTION_KEY;
    for (int i = 0; i < N_GROUP_KEY; i++) columns[group_columns[i]] = g->key[i];
    columns[M_REGION_CODE] = c->code;
    const ht_division *d = division_of(g, c->code);
    if (d) {
        row[HT_G_REGION] = d->name;
        row[HT_G_REGION_LEVEL] = ht_str_of(d->level);
    }
    row[HT_G_PERIOD_BASIS] = c->basis;
    row[HT_G_VALUE] = ht_number_text(a, c->value);
    row[HT_G_VALUE_LOW] = ht_number_text(a, c->low);
    row[HT_G_VALUE_HIGH] = ht_number_text(a, c->high);
    row[HT_G_NUMBER] = ht_number_rounded(a, c->value);
    row[HT_G_QUALIFIER] = c->qualifier;
    size_t n_chosen = count_distinct(a, c, offsetof(sum_figure, figure_id));
    row[HT_G_N_FIGURES] = ht_format(a, "%zu", n_chosen);
    row[HT_G_N_ARTICLES] =
        ht_format(a, "%zu", count_distinct(a, c, offsetof(sum_figure, article_id)));
    row[HT_G_N_PUBLISHERS] =
        ht_format(a, "%zu", count_distinct(a, c, offsetof(sum_figure, publisher)));
    row[HT_G_N_ORIGINATORS] = ht_format(a, "%zu", count_originators(a, c));
    row[HT_G_CONFLICT] = c->conflict ? HT_S("1") : HT_S("0");
    row[HT_G_FLAG] = flags_of(a, c);
    row[HT_G_COVERAGE] = c->coverage;
    columns[N_MENTION_KEY + HT_N_REGION_COLUMNS] = figures_of(a, c);
    ht_buf b;
    ht_buf_init(&b, a);
    record_pack(&b, columns, N_MENTION_KEY, N_MENTION_KEY + HT_N_REGION_COLUMNS + 1);
    return sorter_add(g->made, ht_buf_str(&b), e);
}

ht_status group_report_open(sum_group *g, ht_error *e) {
    ht_stats *s = g->s;
    return sheet_open(&g->report, &s->db, &g->arena, s->options.excel, s->out, HT_S("rollup"),
                      report_columns, N_REPORT, e);
}

/* The parts of a sum, known or not, by the word for what they are. */
typedef struct {
    const char *kind; /* "children", "former divisions" */
    ht_str coverage, known, missing;
    size_t n_parts;
} parts_report;

static void report(sum_group *g, const sum *x, const parts_report *parts, const sum_cell *stated) {
    ht_arena *a = &g->arena;
    const ht_division *d = division_of(g, x->c.code);
    ht_str row[N_REPORT] = {x->c.code, d ? d->name : (ht_str){NULL, 0},
                            ht_str_of(d ? d->level : "")};
    for (int i = 0; i < N_GROUP_KEY; i++) row[3 + i] = g->key[i];
    ht_str *at = row + 3 + N_GROUP_KEY;
    at[0] = ht_str_of(parts->kind);
    at[1] = ht_number_text(a, x->c.value);
    at[2] = ht_number_text(a, x->c.low);
    at[3] = ht_number_text(a, x->c.high);
    at[4] = ht_number_rounded(a, x->c.value);
    at[5] = x->c.qualifier;
    at[6] = ht_format(a, "%zu", x->n_known);
    at[7] = ht_format(a, "%zu", parts->n_parts);
    at[8] = parts->coverage;
    at[9] = parts->known;
    at[10] = parts->missing;
    at[11] = stated ? ht_number_text(a, stated->value) : (ht_str){NULL, 0};
    at[12] = stated ? HT_S("0") : HT_S("1");
    sheet_row(&g->report, row);
}

static ht_status keep(sum_group *g, sum *x, const parts_report *parts, ht_error *e) {
    if (!is_known(&x->c)) return HT_OK; /* too large to be added exactly */
    const sum_cell *stated = cell_of(g, x->c.code);
    x->c.coverage = parts->coverage;
    report(g, x, parts, stated);
    if (stated) return HT_OK;
    *HT_PUSH(&g->arena, g->cells, g->n, g->cap) = x->c;
    return sum_emit(g, &x->c, e);
}

static void add_code(ht_buf *b, uint32_t code) {
    ht_buf_printf(b, "%s%06u", b->n ? "|" : "", code);
}

/* ---- what became one division ---- */

static ht_status sum_of_former(sum_group *g, ht_str whole, ht_error *e) {
    const territory *t = g->s->territory;
    ht_arena *a = &g->arena;
    uint32_t target = territory_division(t, territory_code(whole), t->day_month), *parts;
    if (target == TERRITORY_NONE) return HT_OK;
    int32_t month = period_last_month(g->key[N_GROUP_KEY - 1]);
    size_t n = territory_parts(t, target, month < 0 ? t->day_month : month, &parts);
    ht_buf known, missing;
    ht_buf_init(&known, a);
    ht_buf_init(&missing, a);
    sum x;
    sum_begin(&x, whole);
    for (size_t i = 0; i < n; i++) {
        ht_str code = ht_format(a, "%06u", t->divisions[parts[i]].code);
        const sum_cell *c = NULL;
        for (size_t k = 0; k < g->n && !c; k++)
            if (ht_str_eq(g->cells[k].whole, whole) && ht_str_eq(g->cells[k].code, code))
                c = &g->cells[k];
        if (c) sum_add(&x, a, c);
        add_code(c ? &known : &missing, t->divisions[parts[i]].code);
    }
    if (!x.n_known) { /* only divisions below the parts, or late words of dissolved ones */
        for (size_t k = 0; k < g->n; k++)
            if (ht_str_eq(g->cells[k].whole, whole)) {
                sum_add(&x, a, &g->cells[k]);
                add_code(&known, territory_code(g->cells[k].code));
            }
        sum_end(&x, false);
        parts_report within = {"former divisions", HT_S("parts only"), ht_buf_str(&known),
                               ht_buf_str(&missing), n};
        return keep(g, &x, &within, e);
    }
    sum_end(&x, x.n_known == n);
    parts_report of = {"former divisions",
                       ht_format(a, "%zu of %zu former divisions", x.n_known, n),
                       ht_buf_str(&known), ht_buf_str(&missing), n};
    return keep(g, &x, &of, e);
}

/* Cells are in the order of their codes; sums of former divisions come behind them. */
static ht_status sum_former(sum_group *g, ht_error *e) {
    size_t n = g->n;
    ht_status status = HT_OK;
    for (size_t i = 0; i < n && status == HT_OK; i++) {
        ht_str whole = g->cells[i].whole;
        bool seen = !whole.n;
        for (size_t k = 0; k < i && !seen; k++) seen = ht_str_eq(g->cells[k].whole, whole);
        if (!seen) status = sum_of_former(g, whole, e);
    }
    return status;
}

/* ---- children ---- */

enum { N_LEVELS = 4 };
static const char *const levels[N_LEVELS] = {"country", "province", "prefecture", "county"};
static const char *const plurals[N_LEVELS] = {"countries", "provinces", "prefectures", "counties"};

static int level_of(const ht_division *d) {
    for (int i = 0; i < N_LEVELS; i++)
        if (strcmp(levels[i], d->level) == 0) return i;
    return N_LEVELS;
}

/* The cells of the group by division of the month; NULL where there is none. */
typedef struct {
    const territory *t;
    int32_t month;
    size_t *cells; /* index + 1 of each division's */
} atlas;

static void atlas_enter(atlas *x, const sum_group *g, size_t i) {
    uint32_t at = territory_division(x->t, territory_code(g->cells[i].code), x->month);
    if (at != TERRITORY_NONE && !g->cells[i].whole.n) x->cells[at] = i + 1;
}

static void add_coverage(ht_buf *b, int level, const size_t *known, const size_t *all,
                         const size_t *partial) {
    if (!all[level]) return;
    if (b->n) ht_buf_byte(b, '|');
    ht_buf_printf(b, "%zu of %zu %s", known[level], all[level], plurals[level]);
    if (partial[level]) ht_buf_printf(b, " (%zu in part)", partial[level]);
}

static ht_status sum_of_children(sum_group *g, atlas *x, uint32_t parent, const uint32_t *children,
                                 size_t n, ht_error *e) {
    ht_arena *a = &g->arena;
    ht_buf coverage, codes[2]; /* missing, known */
    ht_buf_init(&coverage, a);
    for (int i = 0; i < 2; i++) ht_buf_init(&codes[i], a);
    size_t known[N_LEVELS + 1] = {0}, all[N_LEVELS + 1] = {0}, partial[N_LEVELS + 1] = {0};
    sum s;
    sum_begin(&s, ht_format(a, "%06u", x->t->divisions[parent].code));
    for (size_t i = 0; i < n; i++) {
        const ht_division *d = &x->t->divisions[children[i]];
        const sum_cell *c = x->cells[children[i]] ? &g->cells[x->cells[children[i]] - 1] : NULL;
        if (c && !is_known(c)) c = NULL;
        int level = level_of(d);
        all[level]++;
        known[level] += c != NULL;
        partial[level] += c && c->partial;
        if (c) sum_add(&s, a, c);
        add_code(&codes[c != NULL], d->code);
    }
    if (!s.n_known) return HT_OK;
    for (int i = 0; i < N_LEVELS; i++) add_coverage(&coverage, i, known, all, partial);
    sum_end(&s, s.n_known == n && !s.n_partial);
    parts_report parts = {"children", ht_buf_str(&coverage), ht_buf_str(&codes[1]),
                          ht_buf_str(&codes[0]), n};
    size_t before = g->n;
    ht_status status = keep(g, &s, &parts, e);
    if (g->n > before) x->cells[parent] = g->n;
    return status;
}

typedef struct {
    uint32_t parent, child;
} kinship;

static int by_parent(const void *x, const void *y) {
    const kinship *a = x, *b = y;
    if (a->parent != b->parent) return a->parent < b->parent ? -1 : 1;
    return (a->child > b->child) - (a->child < b->child);
}

/* From the counties up, so that a sum can be a child of the next one. */
static ht_status sum_children(sum_group *g, ht_error *e) {
    atlas x = {g->s->territory, territory_month(g->s->territory, g->key[N_GROUP_KEY - 1]), NULL};
    ht_arena *a = &g->arena;
    x.cells = HT_ARRAY(a, size_t, x.t->n);
    for (size_t i = 0; i < g->n; i++) atlas_enter(&x, g, i);
    kinship *kin = HT_ARRAY(a, kinship, x.t->n);
    uint32_t *children = HT_ARRAY(a, uint32_t, x.t->n);
    size_t n = 0;
    for (uint32_t i = 0; i < x.t->n; i++)
        if (territory_counts(x.t, i, x.month))
            kin[n++] = (kinship){territory_division(x.t, x.t->divisions[i].parent, x.month), i};
    qsort(kin, n, sizeof *kin, by_parent);
    ht_status status = HT_OK;
    for (int level = N_LEVELS - 2; level >= 0 && status == HT_OK; level--)
        for (size_t from = 0, to; from < n && status == HT_OK; from = to) {
            size_t m = 0;
            for (to = from; to < n && kin[to].parent == kin[from].parent; to++)
                children[m++] = kin[to].child;
            uint32_t parent = kin[from].parent;
            if (parent != TERRITORY_NONE && level_of(&x.t->divisions[parent]) == level)
                status = sum_of_children(g, &x, parent, children, m, e);
        }
    return status;
}

ht_status group_sum_up(sum_group *g, ht_error *e) {
    ht_status status = sum_former(g, e);
    return status == HT_OK && g->s->options.rollup ? sum_children(g, e) : status;
}
