#include "stats/sums.h"

#include <stdlib.h>
#include <string.h>

enum { MEMORY = 48 << 20 };

const mention_column group_columns[N_MENTION_KEY] = {
    M_INDICATOR, M_SUBTYPE, M_MEASURE, M_MODALITY, M_UNIT, M_BASE, M_PERIOD, M_REGION_CODE};

enum { C_WHOLE, C_VALUE, C_LOW, C_HIGH, C_QUALIFIER, C_BASIS, C_FLAGS, N_CELL };

typedef struct {
    ht_stats *s;
    stats_sorter *cells;
} intake;

/* A cell as a record: key, numbers, and the figures that a sum of it stands on - of a part all of
 * them, as the part has no row of its own. */
static ht_status take_cell(void *context, const stats_cell *of, ht_error *e) {
    intake *in = context;
    const cell *c = &of->c;
    ht_arena *a = &in->s->scratch;
    if (!stats_adds_up(in->s, of->key) || (!in->s->options.rollup && !of->whole.n)) return HT_OK;
    char flags[] = {c->conflict ? 'c' : '-', c->implausible ? 'i' : '-',
                    stats_cell_is_corrected(of) ? 'r' : '-'};
    ht_str columns[N_MENTION_KEY + N_CELL];
    for (int i = 0; i < N_MENTION_KEY; i++) columns[i] = of->key[group_columns[i]];
    ht_str *at = columns + N_MENTION_KEY;
    at[C_WHOLE] = of->whole;
    at[C_VALUE] = ht_number_text(a, c->value);
    at[C_LOW] = ht_number_text(a, c->low);
    at[C_HIGH] = ht_number_text(a, c->high);
    at[C_QUALIFIER] = c->qualifier;
    at[C_BASIS] = c->chosen->basis;
    at[C_FLAGS] = (ht_str){flags, sizeof flags};
    ht_buf b;
    ht_buf_init(&b, a);
    record_pack(&b, columns, N_MENTION_KEY, N_MENTION_KEY + N_CELL);
    for (size_t i = 0; i < of->n; i++) {
        const cell_figure *f = &of->figures[i];
        if (!of->whole.n && f->role != ROLE_CHOSEN) continue;
        char role = (char)f->role;
        record_put(&b, f->figure_id);
        record_put(&b, f->article_id);
        record_put(&b, f->publisher);
        record_put(&b, f->originator);
        ht_buf_byte(&b, role);
    }
    return sorter_add(in->cells, ht_buf_str(&b), e);
}

static void gather(sum_group *g, const ht_str *columns, ht_str tail) {
    ht_arena *a = &g->arena;
    const ht_str *at = columns + N_MENTION_KEY;
    sum_cell c = {.code = ht_str_copy(a, columns[G_CODE]),
                  .whole = ht_str_copy(a, at[C_WHOLE]),
                  .value = ht_number_parse(at[C_VALUE]),
                  .low = ht_number_parse(at[C_LOW]),
                  .high = ht_number_parse(at[C_HIGH]),
                  .qualifier = ht_str_copy(a, at[C_QUALIFIER]),
                  .basis = ht_str_copy(a, at[C_BASIS]),
                  .conflict = at[C_FLAGS].p[0] == 'c',
                  .implausible = at[C_FLAGS].p[1] == 'i',
                  .corrected = at[C_FLAGS].p[2] == 'r'};
    size_t cap = 0;
    tail = ht_str_copy(a, tail);
    while (tail.n) {
        sum_figure *f = HT_PUSH(a, c.figures, c.n_figures, cap);
        f->figure_id = record_take(&tail);
        f->article_id = record_take(&tail);
        f->publisher = record_take(&tail);
        f->originator = record_take(&tail);
        f->role = tail.n ? (cell_role)tail.p[0] : ROLE_COPY;
        tail = ht_sub(tail, tail.n > 0, tail.n);
    }
    *HT_PUSH(a, g->cells, g->n, g->cap) = c;
}

static void group_forget(sum_group *g) {
    g->cells = NULL;
    g->n = g->cap = 0;
    ht_arena_reset(&g->arena);
}

static ht_status groups_read(sum_group *g, stats_sorter *cells, ht_error *e) {
    ht_status status = sorter_rewind(cells, e);
    ht_str key = {NULL, 0};
    for (bool more = true; status == HT_OK && more;) {
        ht_str record = {NULL, 0}, columns[N_MENTION_KEY + N_CELL];
        status = sorter_next(cells, &record, &more, e);
        if (status != HT_OK) break;
        if (key.n && (!more || !ht_str_starts(record, key))) {
            status = group_sum_up(g, e);
            group_forget(g);
            key.n = 0;
        }
        if (status != HT_OK || !more) break;
        record_unpack(&g->arena, record, columns, N_MENTION_KEY, N_MENTION_KEY + N_CELL);
        if (!key.n) {
            key = ht_str_copy(&g->arena, ht_sub(record, 0, record_key_bytes(record, N_GROUP_KEY)));
            for (int i = 0; i < N_GROUP_KEY; i++) g->key[i] = ht_str_copy(&g->arena, columns[i]);
        }
        ht_str last = columns[N_MENTION_KEY + N_CELL - 1];
        size_t end = (size_t)(last.p + last.n - record.p);
        gather(g, columns, ht_sub(record, end, record.n));
    }
    return status;
}

void sum_row_read(ht_arena *a, ht_str record, sum_row *row) {
    ht_str columns[N_MENTION_KEY + HT_N_REGION_COLUMNS + 1];
    record_unpack(a, record, columns, N_MENTION_KEY, N_MENTION_KEY + HT_N_REGION_COLUMNS + 1);
    memcpy(row->key, columns, sizeof row->key);
    memcpy(row->row, columns + N_MENTION_KEY, sizeof row->row);
    row->figures = columns[N_MENTION_KEY + HT_N_REGION_COLUMNS];
}

ht_status sums_make(ht_stats *s, stats_sorter **made, ht_error *e) {
    intake in = {.s = s};
    sum_group g = {.s = s};
    ht_arena_init(&g.arena, 0);
    ht_status status = sorter_open(&in.cells, s->out, MEMORY, e);
    if (status == HT_OK) status = sorter_open(made, s->out, MEMORY, e);
    g.made = *made;
    if (status == HT_OK) status = group_report_open(&g, e);
    if (status == HT_OK) status = tabulate(s, take_cell, &in, e);
    if (status == HT_OK) status = groups_read(&g, in.cells, e);
    if (status == HT_OK) status = sorter_rewind(*made, e);
    if (status == HT_OK) status = sheet_commit(&g.report, e);
    sheet_abandon(&g.report);
    sorter_close(in.cells);
    ht_arena_free(&g.arena);
    return status;
}
