/* --join with --boundaries: the rows of the user's file go where the figures go. */
#include "stats/join.h"
#include "stats/period.h"

typedef struct {
    join_table *j;
    ht_arena *a;
    territory *t;
    ht_str name;
    ht_map rows;       /* as they will be */
    ht_number *values; /* of these */
    size_t n;          /* rows of values */
} mover;

static ht_str key_of(ht_arena *a, uint32_t code, ht_str period) {
    return ht_format(a, "%06u " HT_FMT, code, HT_ARG(period));
}

/* The row of that key, of unknown numbers where it is new. */
static ht_number *row_for(mover *m, ht_str key) {
    size_t before = m->rows.n, columns = m->j->n_columns;
    uint32_t *row = ht_map_put(&m->rows, key);
    if (m->rows.n > before) *row = (uint32_t)m->n++;
    return m->values + *row * columns;
}

/* Two rows that become one division must say the same, or speak of different columns. */
static ht_status put(mover *m, ht_str key, ht_str from, const ht_number *values, ht_error *e) {
    ht_number *row = row_for(m, key);
    ht_str shown_from = ht_str_trim(from), shown_key = ht_str_trim(key); /* without a period */
    for (size_t i = 0; i < m->j->n_columns; i++) {
        if (!values[i].ok) continue;
        if (row[i].ok && ht_number_cmp(row[i], values[i]) != 0)
            return ht_fail(e, HT_CODEBOOK,
                           HT_FMT ": " HT_FMT " is " HT_FMT
                                  " on the day of --boundaries, of which another row says otherwise",
                           HT_ARG(m->name), HT_ARG(shown_from), HT_ARG(shown_key));
        row[i] = values[i];
    }
    return HT_OK;
}

static ht_number known_or_not(ht_number sum, const ht_number *of_part, size_t column) {
    return of_part && of_part[column].ok ? ht_number_add(sum, of_part[column]) : HT_NO_NUMBER;
}

/* What became one division has the sum of all its parts, and no number where one of them is not
 * known: a part of the people would make a ratio that is wrong. */
static void put_sum(mover *m, uint32_t target, ht_str period) {
    join_table *j = m->j;
    uint32_t *parts;
    int32_t month = period_last_month(period);
    size_t n = territory_parts(m->t, target, month < 0 ? m->t->day_month : month, &parts);
    size_t before = m->rows.n;
    ht_number *row = row_for(m, key_of(m->a, m->t->divisions[target].code, period));
    if (m->rows.n == before) return; /* was made for another part */
    for (size_t i = 0; i < j->n_columns; i++) row[i] = ht_number_int(0);
    for (size_t k = 0; k < n; k++) {
        const uint32_t *at =
            ht_map_get(&j->rows, key_of(m->a, m->t->divisions[parts[k]].code, period));
        const ht_number *of_part = at ? j->values + *at * j->n_columns : NULL;
        for (size_t i = 0; i < j->n_columns; i++) row[i] = known_or_not(row[i], of_part, i);
    }
    for (size_t i = 0; i < j->n_columns && !n; i++) row[i] = HT_NO_NUMBER;
}

/* Sums after all others: the number of a whole, where the file has one, wins over them. */
static ht_status move_row(mover *m, const ht_map_entry *entry, bool sums, ht_error *e) {
    ht_str rest = entry->key, code;
    ht_str_split(&rest, ' ', &code);
    const territory_place *place = territory_find(m->t, code, rest);
    if ((place->change == PLACE_MERGED) != sums) return HT_OK;
    if (sums) {
        put_sum(m, place->to, rest);
        return HT_OK;
    }
    ht_str key = place->to == TERRITORY_NONE
                     ? entry->key
                     : key_of(m->a, m->t->divisions[place->to].code, rest);
    return put(m, key, entry->key, m->j->values + entry->value * m->j->n_columns, e);
}

ht_status join_move(join_table *j, ht_arena *a, territory *t, ht_str name, ht_error *e) {
    mover m = {.j = j, .a = a, .t = t, .name = name};
    ht_map_init(&m.rows, a);
    m.values = ht_arena_array(a, j->rows.n * j->n_columns, sizeof *m.values);
    ht_status status = HT_OK;
    for (int sums = 0; sums < 2; sums++)
        for (size_t i = 0; i < j->rows.n && status == HT_OK; i++)
            status = move_row(&m, &j->rows.entries[i], sums, e);
    if (status != HT_OK) return status;
    j->rows = m.rows;
    j->values = m.values;
    return HT_OK;
}
