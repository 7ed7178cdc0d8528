#include "stats/audit_inner.h"

#include <stdlib.h>
#include <string.h>

/* Cells that can stand against each other, in order. */
typedef struct {
    audit_item *items;
    size_t n, cap;
} group;

typedef struct {
    const char *order;                /* ORDER BY; the group's key comes first */
    int key[8];                       /* columns of the key in AUDIT_CELL; -1 ends it */
    void (*check)(auditor *x, group *g);
} view;

static bool is_dated(const audit_item *a, const audit_item *b) {
    return ht_str_eq(a->basis, HT_S("asof")) && ht_str_eq(b->basis, HT_S("asof"));
}

/* ---- regions of one indicator and period ---- */

static uint32_t code_of(const audit_item *item) {
    uint32_t code = 0;
    for (size_t i = 0; i < item->side.region_code.n; i++)
        code = code * 10 + (uint32_t)(item->side.region_code.p[i] - '0');
    return code;
}

static int by_code(const void *key, const void *item) {
    uint32_t code = *(const uint32_t *)key, other = code_of(item);
    return (code > other) - (code < other);
}

/* The nearest division above that has a cell. */
static audit_item *parent_of(const auditor *x, const group *g, const audit_item *child) {
    enum { MAX_LEVELS = 8 };
    uint32_t code = code_of(child);
    for (int i = 0; i < MAX_LEVELS; i++) {
        code = ht_region_parent(x->gazetteer, code);
        if (!code) return NULL;
        audit_item *found = bsearch(&code, g->items, g->n, sizeof *g->items, by_code);
        if (found) return found;
    }
    return NULL;
}

/* Adds up what is at least there; false where nothing is known. */
static bool add_up(ht_number *sum, const audit_item *item) {
    if (!item->span.low.ok) return false;
    ht_number next = ht_number_add(*sum, item->span.low);
    if (!next.ok) return false;
    *sum = next;
    return true;
}

/* Children that are not wrong by themselves, against their parent. Each division counts for the
 * nearest one above it alone, so that a county is not counted twice. */
static void check_sum(auditor *x, audit_item *whole, audit_item **parts, size_t n,
                      ht_audit_kind kind) {
    ht_number sum = ht_number_int(0), stated = ht_number_int(0);
    size_t kept = 0;
    bool dated = ht_str_eq(whole->basis, HT_S("asof"));
    for (size_t i = 0; i < n; i++) {
        if (!add_up(&sum, parts[i])) continue;
        dated &= ht_str_eq(parts[i]->basis, HT_S("asof"));
        stated = ht_number_add(stated, parts[i]->value);
        parts[kept++] = parts[i];
    }
    if (kept < 2 || !whole->span.high.ok || ht_number_cmp(sum, whole->span.high) <= 0) return;
    ht_audit_side all = audit_side_of_all(&x->scratch, parts, kept, stated.ok ? stated : sum);
    audit_add(x, kind, whole, &all, whole->value, stated.ok ? stated : sum, dated);
}

typedef struct {
    audit_item *parent, *child; /* of one array, so that their addresses have its order */
} family;

static int by_parent(const void *a, const void *b) {
    const family *x = a, *y = b;
    if (x->parent != y->parent) return x->parent < y->parent ? -1 : 1;
    return (x->child > y->child) - (x->child < y->child);
}

static void check_families(auditor *x, family *families, size_t n) {
    audit_item **children = HT_ARRAY(&x->scratch, audit_item *, n);
    if (n) qsort(families, n, sizeof *families, by_parent);
    for (size_t from = 0, to; from < n; from = to) {
        size_t n_children = 0;
        for (to = from; to < n && families[to].parent == families[from].parent; to++)
            children[n_children++] = families[to].child;
        check_sum(x, families[from].parent, children, n_children, HT_AUDIT_CHILDREN_ABOVE_PARENT);
    }
}

static void check_regions(auditor *x, group *g) {
    size_t n = 0, n_families = 0;
    for (size_t i = 0; i < g->n; i++)
        if (audit_is_additive(&g->items[i])) g->items[n++] = g->items[i];
    g->n = n;
    family *families = HT_ARRAY(&x->scratch, family, n);
    for (size_t i = 0; i < n; i++) {
        audit_item *child = &g->items[i], *parent = parent_of(x, g, child);
        if (!parent) continue;
        if (audit_is_below(parent, child))
            audit_add(x, HT_AUDIT_CHILD_ABOVE_PARENT, child, &parent->side, parent->value,
                      child->value, is_dated(child, parent));
        else
            families[n_families++] = (family){parent, child};
    }
    check_families(x, families, n_families);
}

/* ---- an indicator and its subtypes, in one region and period; the whole comes first ---- */

static void check_subtypes(auditor *x, group *g) {
    audit_item *whole = &g->items[0];
    if (whole->side.subtype.n || !audit_is_additive(whole)) return;
    audit_item **parts = HT_ARRAY(&x->scratch, audit_item *, g->n);
    size_t n = 0;
    for (size_t i = 1; i < g->n; i++) {
        audit_item *part = &g->items[i];
        if (!audit_is_additive(part)) continue;
        if (audit_is_below(whole, part))
            audit_add(x, HT_AUDIT_SUBTYPE_ABOVE_WHOLE, part, &whole->side, whole->value,
                      part->value, is_dated(whole, part));
        else
            parts[n++] = part;
    }
    check_sum(x, whole, parts, n, HT_AUDIT_SUBTYPES_ABOVE_WHOLE);
}

/* ---- one region and indicator from period to period ---- */

static bool is(ht_str word, const char *other) {
    return ht_str_eq(word, ht_str_of(other));
}

static bool is_halved(const audit_item *before, const audit_item *after) {
    if (!after->span.high.ok || !before->span.low.ok) return false;
    ht_number twice = ht_number_mul(after->span.high, ht_number_int(2));
    return twice.ok && ht_number_cmp(twice, before->span.low) <= 0;
}

static void check_step(auditor *x, const audit_item *before, const audit_item *after) {
    bool falls = audit_is_below(after, before), rises = audit_is_below(before, after);
    const audit_item *small = falls ? after : before, *big = falls ? before : after;
    bool dated = is_dated(before, after);
    if ((falls || rises) && audit_is_wan(small->value, big->value))
        audit_add(x, HT_AUDIT_LOST_WAN, small, &big->side, small->value, big->value, dated);
    else if (!falls || is(after->modality, "planned"))
        return;
    else if (is(after->measure, "cumulative"))
        audit_add(x, HT_AUDIT_CUMULATIVE_FALLS, after, &before->side, after->value, before->value,
                  dated);
    else if (is(after->measure, "stock") && audit_is_additive(after) && is_halved(before, after))
        audit_add(x, HT_AUDIT_STOCK_COLLAPSES, after, &before->side, after->value, before->value,
                  dated);
}

/* Undated cells come first and stand in no order. */
static void check_series(auditor *x, group *g) {
    const audit_item *before = NULL;
    for (size_t i = 0; i < g->n; i++) {
        if (!g->items[i].value.ok || !g->items[i].side.period.n) continue;
        if (before) check_step(x, before, &g->items[i]);
        before = &g->items[i];
    }
}

/* ---- groups ---- */

enum { K_CODE = 2, K_SUBTYPE = 4, K_PERIOD, K_INDICATOR, K_MEASURE, K_MODALITY, K_UNIT, K_BASE };

static const view views[] = {
    {"r.indicator, r.subtype, r.measure, r.modality, r.unit, r.base, r.period, r.region_code",
     {K_INDICATOR, K_SUBTYPE, K_MEASURE, K_MODALITY, K_UNIT, K_BASE, K_PERIOD, -1},
     check_regions},
    {"r.region_code, r.indicator, r.measure, r.modality, r.unit, r.base, r.period, r.subtype",
     {K_CODE, K_INDICATOR, K_MEASURE, K_MODALITY, K_UNIT, K_BASE, K_PERIOD, -1},
     check_subtypes},
    {"r.region_code, r.indicator, r.subtype, r.measure, r.modality, r.unit, r.base, r.period",
     {K_CODE, K_INDICATOR, K_SUBTYPE, K_MEASURE, K_MODALITY, K_UNIT, K_BASE, -1},
     check_series},
};

static ht_str key_of(ht_arena *a, sqlite3_stmt *query, const view *v) {
    ht_buf key;
    ht_buf_init(&key, a);
    for (int i = 0; v->key[i] >= 0; i++) {
        ht_buf_add(&key, db_column(query, v->key[i]));
        ht_buf_byte(&key, '\0');
    }
    return ht_buf_str(&key);
}

static void end_group(auditor *x, const view *v, group *g) {
    if (g->n > 1) v->check(x, g);
    *g = (group){0};
    ht_arena_reset(&x->scratch);
}

static ht_status look(auditor *x, const view *v, ht_error *e) {
    ht_str sql = ht_format(&x->result->arena,
                           "SELECT " AUDIT_CELL " FROM regions r" AUDIT_CHOSEN " ORDER BY %s",
                           v->order);
    sqlite3_stmt *query = NULL;
    ht_status status = db_prepare(&x->db, &query, sql.p, e);
    group g = {0};
    ht_str key = {NULL, 0};
    for (bool row = true; status == HT_OK;) {
        status = db_step(&x->db, query, &row, e);
        if (status != HT_OK || !row) break;
        ht_str next = key_of(&x->scratch, query, v);
        if (g.n && !ht_str_eq(key, next)) {
            end_group(x, v, &g);
            next = key_of(&x->scratch, query, v);
        }
        key = next;
        audit_item_read(HT_PUSH(&x->scratch, g.items, g.n, g.cap), &x->scratch, query, 0);
    }
    if (status == HT_OK) end_group(x, v, &g);
    sqlite3_finalize(query);
    return status;
}

ht_status audit_cells(auditor *x, ht_error *e) {
    ht_status status = HT_OK;
    for (size_t i = 0; i < sizeof views / sizeof *views && status == HT_OK; i++)
        status = look(x, &views[i], e);
    return status;
}
