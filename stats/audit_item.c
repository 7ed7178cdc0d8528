#include "stats/audit_inner.h"

#include <string.h>

/* A number that lost its 万, and changed threefold at the most. */
enum { WAN_LEAST = 3333, WAN_MOST = 30000 };

/* How sure a kind is by itself: what one sentence says of part and whole can only be misread; what
 * two papers say of two years can both be true. docs/audit.md says the same. */
static const int base_score[HT_N_AUDIT_KINDS] = {
    [HT_AUDIT_LOST_WAN] = 65,          [HT_AUDIT_PART_ABOVE_WHOLE] = 60,
    [HT_AUDIT_IMPLAUSIBLE] = 60,       [HT_AUDIT_REFERENCE] = 55,
    [HT_AUDIT_SUBTYPE_ABOVE_WHOLE] = 45, [HT_AUDIT_CHILD_ABOVE_PARENT] = 50,
    [HT_AUDIT_CUMULATIVE_FALLS] = 40,  [HT_AUDIT_PLACE_ABOVE_REGION] = 40,
    [HT_AUDIT_CHILDREN_ABOVE_PARENT] = 35, [HT_AUDIT_SUBTYPES_ABOVE_WHOLE] = 30,
    [HT_AUDIT_STOCK_COLLAPSES] = 25,
};
enum { UNDATED_MALUS = 5 };

static ht_str column(ht_arena *a, sqlite3_stmt *query, int at) {
    return ht_str_copy(a, db_column(query, at));
}

/* over 26000, 200..900 */
static ht_str value_words(ht_arena *a, ht_str value, ht_str low, ht_str high, ht_str qualifier) {
    if (!value.n) return ht_format(a, HT_FMT ".." HT_FMT, HT_ARG(low), HT_ARG(high));
    if (!qualifier.n || ht_str_eq(qualifier, HT_S("exact"))) return value;
    return ht_format(a, HT_FMT " " HT_FMT, HT_ARG(qualifier), HT_ARG(value));
}

/* A cell in 公里 of a figure in 米 has a step in 公里. */
static ht_number step_of(ht_number step, ht_number value, ht_number figure, bool same_unit) {
    if (same_unit || !value.ok || !figure.ok || figure.mantissa == 0)
        return step.ok ? step : ht_number_int(0);
    ht_number scaled =
        compare_simplify(ht_number_mul(step, compare_simplify(ht_number_fraction(value, figure))));
    return scaled.ok ? scaled : ht_number_int(0);
}

static ht_number middle(ht_number low, ht_number high) {
    ht_number sum = ht_number_shift(ht_number_mul(ht_number_add(low, high), ht_number_int(5)), -1);
    return sum.ok ? sum : low;
}

void audit_item_read(audit_item *item, ht_arena *a, sqlite3_stmt *query, int at) {
    ht_str c[AUDIT_ITEM_COLUMNS];
    for (int i = 0; i < AUDIT_ITEM_COLUMNS; i++) c[i] = column(a, query, at + i);
    ht_number value = ht_number_parse(c[13]);
    cell_figure f = {
        .value = value,
        .low = ht_number_parse(c[14]),
        .high = ht_number_parse(c[15]),
        .qualifier = c[16],
        .step = step_of(ht_number_parse(c[17]), value, ht_number_parse(c[18]),
                        ht_str_eq(c[19], c[9])),
    };
    *item = (audit_item){
        .side = {.cell_id = c[0],
                 .figure_id = c[1],
                 .region_code = c[2],
                 .region = c[3],
                 .subtype = c[4],
                 .period = c[5],
                 .value = value_words(a, c[13], c[14], c[15], c[16])},
        .indicator = c[6],
        .measure = c[7],
        .modality = c[8],
        .unit = c[9],
        .base = c[10],
        .kind = c[11],
        .basis = c[12],
        .span = cell_interval_of(&f),
        .value = value.ok ? value : middle(f.low, f.high),
    };
}

static bool is_one_of(ht_str word, const char *words) {
    ht_str rest = ht_str_of(words), one;
    while (ht_str_split(&rest, '|', &one))
        if (ht_str_eq(one, word)) return true;
    return false;
}

bool audit_is_additive(const audit_item *item) {
    return item->base.n == 0 && is_one_of(item->kind, "count|money|measure") &&
           is_one_of(item->measure, "stock|flow|cumulative");
}

bool audit_is_below(const audit_item *a, const audit_item *b) {
    return a->span.high.ok && b->span.low.ok && ht_number_cmp(a->span.high, b->span.low) < 0;
}

/* big >= times * small, exactly; false where a number is not known or not positive. */
static bool is_times(ht_number small, ht_number big, int64_t times) {
    if (!small.ok || !big.ok || small.mantissa <= 0) return false;
    ht_number least = ht_number_mul(small, ht_number_int(times));
    return least.ok && ht_number_cmp(big, least) >= 0;
}

bool audit_is_wan(ht_number small, ht_number big) {
    return is_times(small, big, WAN_LEAST) && !is_times(small, big, WAN_MOST);
}

/* 0..30 for how far apart the two are. */
static int strength(ht_number small, ht_number big) {
    static const struct {
        int64_t times;
        int points;
    } steps[] = {{1000, 30}, {100, 26}, {20, 23}, {10, 21}, {5, 18}, {3, 15}, {2, 11}};
    if (small.ok && big.ok && small.mantissa <= 0 && big.mantissa > 0) return 30;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (is_times(small, big, steps[i].times)) return steps[i].points;
    ht_number percent = small.ok ? ht_number_shift(small, -2) : small;
    if (is_times(percent, big, 150)) return 8;
    return is_times(percent, big, 110) ? 4 : 0;
}

/* Two decimals are enough to see how far apart they are. */
static ht_str ratio_text(ht_arena *a, ht_number small, ht_number big) {
    if (!small.ok || !big.ok || small.mantissa == 0) return (ht_str){NULL, 0};
    ht_str text = ht_number_rounded(a, compare_simplify(ht_number_fraction(big, small)));
    size_t point = ht_str_find(text, HT_S("."), 0);
    if (point == SIZE_MAX) return text;
    size_t n = text.n > point + 3 ? point + 3 : text.n;
    while (n > point && (text.p[n - 1] == '0' || text.p[n - 1] == '.')) n--;
    return ht_sub(text, 0, n > point ? n : point);
}

static void copy_side(ht_arena *a, ht_audit_side *side, const ht_audit_side *from) {
    side->cell_id = ht_str_copy(a, from->cell_id);
    side->figure_id = ht_str_copy(a, from->figure_id);
    side->region_code = ht_str_copy(a, from->region_code);
    side->region = ht_str_copy(a, from->region);
    side->subtype = ht_str_copy(a, from->subtype);
    side->period = ht_str_copy(a, from->period);
    side->value = ht_str_copy(a, from->value);
}

void audit_add(auditor *x, ht_audit_kind kind, const audit_item *suspect, const ht_audit_side *other,
               ht_number small, ht_number big, bool dated) {
    ht_arena *a = &x->result->arena;
    ht_finding *f = HT_PUSH(a, x->result->findings, x->result->n, x->cap);
    f->kind = kind;
    f->score = base_score[kind] + strength(small, big) - (dated ? 0 : UNDATED_MALUS);
    f->indicator = ht_str_copy(a, suspect->indicator);
    f->measure = ht_str_copy(a, suspect->measure);
    f->unit = ht_str_copy(a, suspect->unit);
    copy_side(a, &f->suspect, &suspect->side);
    copy_side(a, &f->other, other);
    f->ratio = ht_str_copy(a, ratio_text(&x->scratch, small, big));
}

ht_audit_side audit_side_of_all(ht_arena *a, audit_item *const *items, size_t n, ht_number sum) {
    ht_buf cells, codes, subtypes;
    ht_buf_init(&cells, a);
    ht_buf_init(&codes, a);
    ht_buf_init(&subtypes, a);
    for (size_t i = 0; i < n; i++) {
        const ht_audit_side *s = &items[i]->side;
        ht_buf_printf(&cells, "%s" HT_FMT, i ? "|" : "", HT_ARG(s->cell_id));
        ht_buf_printf(&codes, "%s" HT_FMT, i ? "|" : "", HT_ARG(s->region_code));
        ht_buf_printf(&subtypes, "%s" HT_FMT, i ? "|" : "", HT_ARG(s->subtype));
    }
    bool one_region = ht_str_eq(items[0]->side.region_code, items[n - 1]->side.region_code);
    return (ht_audit_side){
        .cell_id = ht_buf_str(&cells),
        .region_code = one_region ? items[0]->side.region_code : ht_buf_str(&codes),
        .region = one_region ? items[0]->side.region : ht_format(a, "%zu", n),
        .subtype = one_region ? ht_buf_str(&subtypes) : items[0]->side.subtype,
        .period = items[0]->side.period,
        .value = ht_number_text(a, sum),
    };
}

ht_status audit_each(auditor *x, const char *sql, audit_row_call *call, ht_error *e) {
    sqlite3_stmt *query = NULL;
    bool row = true;
    ht_status status = db_prepare(&x->db, &query, sql, e);
    while (status == HT_OK && row) {
        status = db_step(&x->db, query, &row, e);
        if (status != HT_OK || !row) break;
        call(x, query);
        ht_arena_reset(&x->scratch);
    }
    sqlite3_finalize(query);
    return status;
}
