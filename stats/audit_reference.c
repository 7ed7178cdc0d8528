#include "stats/audit_inner.h"
#include "stats/csv.h"

#include <string.h>

/* Columns that say what a row of the reference is about. An empty cell of those after the first
 * four, and a column that is not there, leave it open. */
static const char *const about[] = {"indicator", "region_code", "region", "subtype", "measure",
                                    "modality",  "unit",        "base",   "period"};
enum { INDICATOR, REGION_CODE, REGION, SUBTYPE, N_ABOUT = sizeof about / sizeof *about };
static const char *const values[] = {"value", "value_low", "value_high"};
enum { VALUE, LOW, HIGH, N_VALUES };

typedef struct {
    const csv_table *csv;
    const char *name;
    size_t at[N_ABOUT], value_at[N_VALUES]; /* column numbers; SIZE_MAX: not there */
} reference;

static size_t column_of(const csv_table *t, const char *name) {
    for (size_t i = 0; i < t->n_columns; i++)
        if (ht_str_eq(ht_str_trim(t->columns[i]), ht_str_of(name))) return i;
    return SIZE_MAX;
}

static ht_status columns_find(reference *r, ht_error *e) {
    for (int i = 0; i < N_ABOUT; i++) r->at[i] = column_of(r->csv, about[i]);
    for (int i = 0; i < N_VALUES; i++) r->value_at[i] = column_of(r->csv, values[i]);
    bool place = r->at[REGION_CODE] != SIZE_MAX || r->at[REGION] != SIZE_MAX;
    bool number = r->value_at[VALUE] != SIZE_MAX ||
                  (r->value_at[LOW] != SIZE_MAX && r->value_at[HIGH] != SIZE_MAX);
    if (r->at[INDICATOR] != SIZE_MAX && place && number) return HT_OK;
    return ht_fail(e, HT_CODEBOOK,
                   "%s: the first line must name the columns indicator, region_code (or region) "
                   "and value; it may name subtype, measure, modality, unit, base, period, "
                   "value_low and value_high",
                   r->name);
}

static ht_str ref_cell(const reference *r, size_t row, size_t column) {
    return column == SIZE_MAX ? (ht_str){NULL, 0} : ht_str_trim(r->csv->rows[row][column]);
}

/* 26,000 and 2.6e4's plain form alike; false for what is no number. */
static bool number_of(ht_arena *a, ht_str text, ht_number *out) {
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ',') ht_buf_byte(&b, text.p[i]);
    *out = ht_number_parse(ht_buf_str(&b));
    return out->ok || text.n == 0;
}

static ht_status bad_row(const reference *r, size_t row, const char *what, ht_str text,
                         ht_error *e) {
    return ht_fail(e, HT_CODEBOOK, "%s, row %zu: '%.*s' is no %s", r->name, row + 2,
                   (int)(text.n > 60 ? 60 : text.n), text.n ? text.p : "", what);
}

/* The row as an item that a cell can be compared with. */
static ht_status item_of(auditor *x, const reference *r, size_t row, audit_item *item,
                         ht_error *e) {
    ht_number n[N_VALUES];
    for (int i = 0; i < N_VALUES; i++)
        if (!number_of(&x->scratch, ref_cell(r, row, r->value_at[i]), &n[i]))
            return bad_row(r, row, "number", ref_cell(r, row, r->value_at[i]), e);
    ht_str value = ref_cell(r, row, r->value_at[VALUE]), code = ref_cell(r, row, r->at[REGION_CODE]);
    if (!n[VALUE].ok && !(n[LOW].ok && n[HIGH].ok)) return bad_row(r, row, "number", value, e);
    bool digits = code.n == 6;
    for (size_t i = 0; i < code.n; i++) digits &= code.p[i] >= '0' && code.p[i] <= '9';
    if (r->at[REGION_CODE] != SIZE_MAX && !digits && (code.n || !ref_cell(r, row, r->at[REGION]).n))
        return bad_row(r, row, "division code of six digits", code, e);
    cell_figure f = {.value = n[VALUE],
                     .low = n[LOW],
                     .high = n[HIGH],
                     .step = ht_number_int(0),
                     .qualifier = HT_S("exact")};
    *item = (audit_item){.span = cell_interval_of(&f), .value = n[VALUE].ok ? n[VALUE] : n[LOW]};
    if (n[VALUE].ok && n[LOW].ok && n[HIGH].ok) item->span = (cell_interval){n[LOW], n[HIGH]};
    item->side = (ht_audit_side){
        .region_code = code,
        .region = ref_cell(r, row, r->at[REGION]),
        .subtype = ref_cell(r, row, r->at[SUBTYPE]),
        .period = ref_cell(r, row, r->at[N_ABOUT - 1]),
        .value = n[VALUE].ok ? ht_number_text(&x->scratch, n[VALUE])
                             : ht_format(&x->scratch, HT_FMT ".." HT_FMT,
                                         HT_ARG(ht_number_text(&x->scratch, n[LOW])),
                                         HT_ARG(ht_number_text(&x->scratch, n[HIGH])))};
    return HT_OK;
}

/* The cells of a row, those first that most publishers state. Numbered parameters, so that a column
 * that is not there is none. */
static ht_str query_text(ht_arena *a, const reference *r) {
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S("SELECT " AUDIT_CELL " FROM regions r" AUDIT_CHOSEN
                        " WHERE r.indicator = ?1 AND (r.value <> '' OR r.value_low <> '')"));
    for (int i = REGION_CODE; i < N_ABOUT; i++) {
        if (i == SUBTYPE)
            ht_buf_add(&b, HT_S(" AND r.subtype = ?4"));
        else if (r->at[i] != SIZE_MAX)
            ht_buf_printf(&b, " AND (r.%s = ?%d OR ?%d = '')", about[i], i + 1, i + 1);
    }
    ht_buf_add(&b, HT_S(" ORDER BY r.n_publishers DESC, r.n_figures DESC, r.period DESC, r.cell_id"));
    ht_buf_byte(&b, '\0');
    return ht_buf_str(&b);
}

static ht_status compare_row(auditor *x, const reference *r, size_t row, sqlite3_stmt *query,
                             ht_error *e) {
    audit_item own, cell_item, first = {0};
    bool any = false, agrees = false, more = true;
    ht_status status = item_of(x, r, row, &own, e);
    for (int i = 0; i < N_ABOUT && status == HT_OK; i++)
        if (i == SUBTYPE || r->at[i] != SIZE_MAX) db_bind(query, i, ref_cell(r, row, r->at[i]));
    while (status == HT_OK && more && !agrees) {
        status = db_step(&x->db, query, &more, e);
        if (status != HT_OK || !more) break;
        audit_item_read(&cell_item, &x->scratch, query, 0);
        agrees = cell_intervals_meet(own.span, cell_item.span);
        if (!any) first = cell_item;
        any = true;
    }
    sqlite3_reset(query);
    if (status != HT_OK) return status;
    x->result->n_agree += agrees;
    x->result->n_without += !any;
    x->result->n_disagree += any && !agrees;
    if (!any || agrees) return HT_OK;
    bool less = ht_number_cmp(first.value, own.value) < 0;
    audit_add(x, HT_AUDIT_REFERENCE, &first, &own.side, less ? first.value : own.value,
              less ? own.value : first.value, ht_str_eq(first.basis, HT_S("asof")));
    return HT_OK;
}

ht_status audit_reference(auditor *x, ht_str bytes, const char *name, ht_error *e) {
    csv_table csv;
    csv_parse(&csv, &x->result->arena, bytes);
    reference r = {.csv = &csv, .name = name};
    ht_status status = columns_find(&r, e);
    if (status != HT_OK) return status;
    sqlite3_stmt *query = NULL;
    status = db_prepare(&x->db, &query, query_text(&x->result->arena, &r).p, e);
    for (size_t row = 0; row < csv.n_rows && status == HT_OK; row++) {
        bool blank = csv.n_columns > 0;
        for (size_t i = 0; i < csv.n_columns; i++) blank &= ht_str_trim(csv.rows[row][i]).n == 0;
        if (!blank) status = compare_row(x, &r, row, query, e);
        ht_arena_reset(&x->scratch);
    }
    sqlite3_finalize(query);
    x->result->has_reference = true;
    return status;
}
