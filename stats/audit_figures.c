#include "stats/audit_inner.h"

/* Of what may stand in a cell; what was read with little confidence is doubted anyhow. */
#define SURE(x) x ".confidence <> 'low' AND " x ".repeat_of = ''"
#define PUBLISHED(x)                                                                               \
    "(SELECT published FROM articles WHERE article_id = " x ".article_id)"

/* 其中: a figure against the one that it divides. */
static const char parts[] =
    "SELECT " AUDIT_FIGURE("p", "''") ", " AUDIT_FIGURE("w", "''")
    " FROM figures p JOIN figures w ON w.figure_id = p.part_of WHERE p.part_of <> ''"
    " AND p.indicator <> '' AND p.unit = w.unit AND p.kind = w.kind AND p.modality = w.modality"
    " AND " SURE("p") " AND w.confidence <> 'low' ORDER BY p.figure_id";

/* 源西街道: a figure of a part of a region against the region's own. */
static const char places[] =
    "SELECT " AUDIT_FIGURE("p", "''") ", " AUDIT_CELL " FROM figures p JOIN regions r"
    " ON r.region_code = p.region_code AND r.indicator = p.indicator AND r.subtype = p.subtype"
    " AND r.measure = p.measure AND r.modality = p.modality AND r.unit = p.unit"
    " AND r.base = p.base AND r.period <> ''" AUDIT_CHOSEN
    " WHERE p.indicator <> '' AND p.scope = 'part' AND " SURE("p")
    " AND r.period = substr(CASE WHEN p.asof = '' THEN " PUBLISHED("p") " ELSE p.asof END, 1,"
    " length(r.period)) ORDER BY p.figure_id, r.cell_id";

/* Within a cell: what conflicts against what is chosen. */
static const char conflicts[] =
    "SELECT " AUDIT_FIGURE("p", "r.cell_id") ", " AUDIT_CELL " FROM regions r JOIN cells k"
    " ON k.cell_id = r.cell_id AND k.role = 'conflicts' JOIN figures p"
    " ON p.figure_id = k.figure_id AND p.unit = r.unit" AUDIT_CHOSEN
    " WHERE r.conflict = 1 ORDER BY p.figure_id";

/* The codebook's limits hold in the unit that it asks for. */
static const char limits[] =
    "SELECT " AUDIT_FIGURE("p", "k.cell_id") ", i.plausible_min, i.plausible_max"
    " FROM indicators i JOIN figures p ON p.indicator = i.indicator JOIN cells k"
    " ON k.figure_id = p.figure_id AND k.role IN ('chosen', 'agrees', 'conflicts')"
    " WHERE (i.plausible_min <> '' OR i.plausible_max <> '') AND i.unit IN ('', p.unit)"
    " ORDER BY p.figure_id";

/* … and in cells of another unit than their figures. */
static const char converted_limits[] =
    "SELECT " AUDIT_CELL ", i.plausible_min, i.plausible_max FROM indicators i JOIN regions r"
    " ON r.indicator = i.indicator AND r.unit = i.unit" AUDIT_CHOSEN
    " WHERE (i.plausible_min <> '' OR i.plausible_max <> '') AND f.unit <> r.unit"
    " ORDER BY r.cell_id";

static bool is_dated(const audit_item *a, const audit_item *b) {
    return ht_str_eq(a->basis, HT_S("asof")) && ht_str_eq(b->basis, HT_S("asof"));
}

static bool both_known(const audit_item *a, const audit_item *b) {
    return a->value.ok && b->value.ok;
}

static void check_part(auditor *x, sqlite3_stmt *query) {
    audit_item part, whole;
    audit_item_read(&part, &x->scratch, query, 0);
    audit_item_read(&whole, &x->scratch, query, AUDIT_ITEM_COLUMNS);
    if (both_known(&part, &whole) && audit_is_additive(&part) && audit_is_additive(&whole) &&
        audit_is_below(&whole, &part))
        audit_add(x, HT_AUDIT_PART_ABOVE_WHOLE, &part, &whole.side, whole.value, part.value, true);
}

static void check_place(auditor *x, sqlite3_stmt *query) {
    audit_item place, region;
    audit_item_read(&place, &x->scratch, query, 0);
    audit_item_read(&region, &x->scratch, query, AUDIT_ITEM_COLUMNS);
    if (both_known(&place, &region) && audit_is_additive(&place) && audit_is_below(&region, &place))
        audit_add(x, HT_AUDIT_PLACE_ABOVE_REGION, &place, &region.side, region.value, place.value,
                  is_dated(&place, &region));
}

/* The smaller one has lost the 万, more often than the larger one has won one. */
static void check_conflict(auditor *x, sqlite3_stmt *query) {
    audit_item figure, chosen;
    audit_item_read(&figure, &x->scratch, query, 0);
    audit_item_read(&chosen, &x->scratch, query, AUDIT_ITEM_COLUMNS);
    if (!both_known(&figure, &chosen)) return;
    bool less = audit_is_below(&figure, &chosen);
    const audit_item *small = less ? &figure : &chosen, *big = less ? &chosen : &figure;
    if (audit_is_wan(small->value, big->value))
        audit_add(x, HT_AUDIT_LOST_WAN, small, &big->side, small->value, big->value,
                  is_dated(&figure, &chosen));
}

static void check_limits(auditor *x, sqlite3_stmt *query) {
    audit_item item;
    audit_item_read(&item, &x->scratch, query, 0);
    ht_number least = ht_number_parse(db_column(query, AUDIT_ITEM_COLUMNS));
    ht_number most = ht_number_parse(db_column(query, AUDIT_ITEM_COLUMNS + 1));
    if (!item.value.ok) return;
    bool under = least.ok && ht_number_cmp(item.value, least) < 0;
    bool over = most.ok && ht_number_cmp(item.value, most) > 0;
    if (!under && !over) return;
    ht_number limit = under ? least : most;
    ht_str bound = ht_format(&x->scratch, "%s " HT_FMT, under ? "at_least" : "at_most",
                             HT_ARG(ht_number_text(&x->scratch, limit)));
    ht_audit_side side = {.value = bound};
    audit_add(x, HT_AUDIT_IMPLAUSIBLE, &item, &side, under ? item.value : limit,
              under ? limit : item.value, true);
}

ht_status audit_figures(auditor *x, ht_error *e) {
    ht_status status = audit_each(x, parts, check_part, e);
    if (status == HT_OK) status = audit_each(x, places, check_place, e);
    if (status == HT_OK) status = audit_each(x, conflicts, check_conflict, e);
    if (status == HT_OK) status = audit_each(x, limits, check_limits, e);
    if (status == HT_OK) status = audit_each(x, converted_limits, check_limits, e);
    return status;
}
