#include "stats/audit_inner.h"
#include "stats/csv.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define COLUMN_NAME(name) #name,
const char *const ht_audit_columns[HT_N_AUDIT_COLUMNS] = {HT_AUDIT_COLUMNS(COLUMN_NAME)};

const char *ht_audit_kind_name(ht_audit_kind kind) {
    static const char *const names[] = {
        "lost_wan",          "part_above_whole",    "implausible",
        "reference",         "subtype_above_whole", "child_above_parent",
        "cumulative_falls",  "place_above_region",  "children_above_parent",
        "subtypes_above_whole", "stock_collapses",
    };
    return names[kind];
}

/* The place of what is doubted; two findings of one kind and place are one. */
static int cmp_place(const ht_finding *f, const ht_finding *g) {
    int c = (int)f->kind - (int)g->kind;
    if (!c) c = ht_str_cmp(f->suspect.cell_id, g->suspect.cell_id);
    return c ? c : ht_str_cmp(f->suspect.figure_id, g->suspect.figure_id);
}

static int cmp_other(const ht_finding *f, const ht_finding *g) {
    int c = ht_str_cmp(f->other.cell_id, g->other.cell_id);
    if (!c) c = ht_str_cmp(f->other.figure_id, g->other.figure_id);
    return c ? c : ht_str_cmp(f->other.value, g->other.value);
}

static int by_place(const void *a, const void *b) {
    const ht_finding *f = a, *g = b;
    int c = cmp_place(f, g);
    if (!c) c = g->score - f->score;
    return c ? c : cmp_other(f, g);
}

static int by_rank(const void *a, const void *b) {
    const ht_finding *f = a, *g = b;
    int c = g->score - f->score;
    if (!c) c = (int)f->kind - (int)g->kind;
    if (!c) c = ht_str_cmp(f->indicator, g->indicator);
    if (!c) c = ht_str_cmp(f->suspect.region_code, g->suspect.region_code);
    if (!c) c = ht_str_cmp(f->suspect.period, g->suspect.period);
    if (!c) c = cmp_place(f, g);
    return c ? c : cmp_other(f, g);
}

/* A county above its prefecture is above its province too: the nearest statement of it is enough. */
static void rank(ht_audit *r) {
    size_t kept = 0;
    if (r->n) qsort(r->findings, r->n, sizeof *r->findings, by_place);
    for (size_t i = 0; i < r->n; i++)
        if (!kept || cmp_place(&r->findings[kept - 1], &r->findings[i]) != 0)
            r->findings[kept++] = r->findings[i];
    r->n = kept;
    if (r->n) qsort(r->findings, r->n, sizeof *r->findings, by_rank);
}

static void hash_add(XXH3_state_t *state, ht_str s) {
    unsigned char length[8];
    for (int i = 0; i < 8; i++) length[i] = (unsigned char)((uint64_t)s.n >> (8 * i));
    XXH3_64bits_update(state, length, sizeof length);
    if (s.n) XXH3_64bits_update(state, s.p, s.n);
}

static ht_status name_all(ht_audit *r, ht_error *e) {
    XXH3_state_t *state = XXH3_createState();
    if (!state) return ht_fail(e, HT_IO, "out of memory");
    for (size_t i = 0; i < r->n; i++) {
        ht_finding *f = &r->findings[i];
        XXH3_64bits_reset(state);
        hash_add(state, ht_str_of(ht_audit_kind_name(f->kind)));
        hash_add(state, f->suspect.cell_id);
        hash_add(state, f->suspect.figure_id);
        hash_add(state, f->other.cell_id);
        hash_add(state, f->other.figure_id);
        /* Neither a limit nor the user's reference has an id. */
        if (!f->other.cell_id.n && !f->other.figure_id.n) hash_add(state, f->other.value);
        f->id = ht_format(&r->arena, "q%016llx", (unsigned long long)XXH3_64bits_digest(state));
    }
    XXH3_freeState(state);
    return HT_OK;
}

static ht_status sentence_of(auditor *x, sqlite3_stmt *query, ht_audit_side *side, ht_error *e) {
    bool row;
    if (!side->figure_id.n) return HT_OK;
    db_bind(query, 0, side->figure_id);
    ht_status status = db_step(&x->db, query, &row, e);
    if (status == HT_OK && row) side->sentence = ht_str_copy(&x->result->arena, db_column(query, 0));
    sqlite3_reset(query);
    return status;
}

static ht_status sentences_read(auditor *x, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status =
        db_prepare(&x->db, &query, "SELECT sentence FROM figures WHERE figure_id = ?", e);
    for (size_t i = 0; i < x->result->n && status == HT_OK; i++) {
        status = sentence_of(x, query, &x->result->findings[i].suspect, e);
        if (status == HT_OK) status = sentence_of(x, query, &x->result->findings[i].other, e);
    }
    sqlite3_finalize(query);
    return status;
}

static ht_status write_csv(auditor *x, const char *out, ht_error *e) {
    ht_outfile f;
    ht_status status = outfile_open(&f, out, "audit.csv", e);
    if (status != HT_OK) return status;
    csv_write_header(&f, &x->scratch, ht_audit_columns, HT_N_AUDIT_COLUMNS, false);
    for (size_t i = 0; i < x->result->n; i++) {
        ht_str row[HT_N_AUDIT_COLUMNS];
        ht_audit_row(&x->scratch, &x->result->findings[i], i, row);
        csv_write_row(&f, &x->scratch, row, HT_N_AUDIT_COLUMNS, false);
        ht_arena_reset(&x->scratch);
    }
    status = outfile_commit(&f, e);
    return status == HT_OK ? outfile_sync_folder(out, e) : status;
}

ht_status ht_audit_run(ht_audit *audit, const char *out, const ht_gazetteer *g, ht_str reference,
                       const char *reference_name, ht_error *e) {
    *audit = (ht_audit){0};
    ht_arena_init(&audit->arena, 0);
    auditor x = {.result = audit, .gazetteer = g};
    ht_arena_init(&x.scratch, 0);
    ht_status status = outfile_check_ours(out, e);
    if (status == HT_OK) status = outdb_open(&x.db, &audit->arena, out, DB_SCHEMA, e);
    if (status == HT_OK) status = audit_cells(&x, e);
    if (status == HT_OK) status = audit_figures(&x, e);
    if (status == HT_OK && reference.n) status = audit_reference(&x, reference, reference_name, e);
    if (status == HT_OK) {
        rank(audit);
        status = name_all(audit, e);
    }
    if (status == HT_OK) status = sentences_read(&x, e);
    if (status == HT_OK) status = write_csv(&x, out, e);
    db_close(&x.db);
    ht_arena_free(&x.scratch);
    return status;
}

void ht_audit_free(ht_audit *audit) {
    ht_arena_free(&audit->arena);
}
