#include "stats/diff_inner.h"
#include "stats/json.h"
#include "stats/rows.h"

enum { SHOWN_BYTES = 120 };

#define TEXT(english, chinese) (d->options->lang ? chinese : english)

static bool flush(differ *d, ht_buf *b) {
    bool good = d->options->write(ht_buf_str(b));
    b->n = 0;
    return good;
}

/* One line of at most so many bytes; an empty value must be seen. */
static void put_shown(ht_buf *b, ht_str s) {
    size_t n = s.n > SHOWN_BYTES ? SHOWN_BYTES : s.n;
    while (n < s.n && n && (s.p[n] & 0xC0) == 0x80) n--;
    if (!s.n) ht_buf_add(b, HT_S("-"));
    for (size_t i = 0; i < n; i++) ht_buf_byte(b, s.p[i] == '\n' ? ' ' : s.p[i]);
    if (n < s.n) ht_buf_add(b, HT_S("…"));
}

/* ---- the summary ---- */

static void put_counts(differ *d, ht_buf *b, const diff_table *t) {
    const diff_counts *c = &t->counts;
    ht_buf_printf(b, "%s: ", t->spec->name[d->options->lang]);
    ht_buf_printf(b,
                  TEXT("%llu added, %llu removed, %llu changed, %llu the same\n",
                       "新增%llu，消失%llu，改变%llu，不变%llu\n"),
                  (unsigned long long)c->added, (unsigned long long)c->removed,
                  (unsigned long long)c->changed, (unsigned long long)c->same);
    if (!c->changed) return;
    ht_buf_printf(b, TEXT("  changed in", "  改变的列"));
    for (size_t i = 0; i < t->n_columns; i++)
        if (t->changes[i])
            ht_buf_printf(b, " " HT_FMT " (%llu)", HT_ARG(t->columns[i]),
                          (unsigned long long)t->changes[i]);
    ht_buf_byte(b, '\n');
}

static void put_json_counts(ht_buf *b, const diff_table *t) {
    const diff_counts *c = &t->counts;
    ht_buf_printf(b, ",\"%s\":{\"added\":%llu,\"removed\":%llu,\"changed\":%llu,\"same\":%llu",
                  t->spec->json, (unsigned long long)c->added, (unsigned long long)c->removed,
                  (unsigned long long)c->changed, (unsigned long long)c->same);
    ht_buf_add(b, HT_S(",\"columns\":{"));
    bool any = false;
    for (size_t i = 0; i < t->n_columns; i++) {
        if (!t->changes[i]) continue;
        ht_buf_printf(b, "%s\"" HT_FMT "\":%llu", any ? "," : "", HT_ARG(t->columns[i]),
                      (unsigned long long)t->changes[i]);
        any = true;
    }
    ht_buf_add(b, HT_S("}}"));
}

bool diff_print_summary(differ *d, ht_str facts) {
    ht_buf b;
    ht_buf_init(&b, &d->scratch);
    if (d->options->json) {
        ht_buf_printf(&b, "{\"table\":\"run\",\"run\":{" HT_FMT "}", HT_ARG(facts));
        for (int i = 0; i < N_DIFF_TABLES; i++) put_json_counts(&b, &d->tables[i]);
        ht_buf_add(&b, HT_S("}\n"));
    } else {
        ht_buf_add(&b, facts);
        for (int i = 0; i < N_DIFF_TABLES; i++) put_counts(d, &b, &d->tables[i]);
    }
    return flush(d, &b);
}

/* ---- a row ---- */

static void put_label(ht_buf *b, const diff_table *t, const ht_str *row) {
    for (const char *const *column = t->spec->label; *column; column++) {
        ht_str value = diff_value(t, row, *column);
        if (!value.n) continue;
        ht_buf_byte(b, ' ');
        put_shown(b, value);
    }
}

/* What a cell or figure says, where all of it came or went. */
static void put_content(ht_buf *b, const diff_table *t, const ht_str *row) {
    static const char *const of_cells[] = {"qualifier", "value", "value_low", "value_high", NULL};
    static const char *const of_figures[] = {"indicator", "subtype", "region_code", "asof", NULL};
    const char *const *columns = t->spec == &diff_specs[DIFF_CELLS]     ? of_cells
                                 : t->spec == &diff_specs[DIFF_FIGURES] ? of_figures
                                                                        : NULL;
    if (!columns) return;
    ht_buf_byte(b, ':');
    for (; *columns; columns++) {
        ht_str value = diff_value(t, row, *columns);
        if (!value.n) continue;
        ht_buf_byte(b, ' ');
        put_shown(b, value);
    }
}

static void put_changes(ht_buf *b, const diff_table *t, const diff_row *row) {
    bool any = false;
    for (size_t i = 0; i < t->n_columns; i++) {
        if (ht_str_eq(row->before[i], row->after[i])) continue;
        ht_buf_printf(b, "%s " HT_FMT " ", any ? "," : ":", HT_ARG(t->columns[i]));
        put_shown(b, row->before[i]);
        ht_buf_add(b, HT_S(" -> "));
        put_shown(b, row->after[i]);
        any = true;
    }
}

static void put_object(ht_buf *b, const diff_table *t, const ht_str *row, const ht_str *other) {
    bool any = false;
    ht_buf_byte(b, '{');
    for (size_t i = 0; i < t->n_columns; i++) {
        if (other && ht_str_eq(row[i], other[i])) continue;
        ht_buf_printf(b, "%s\"" HT_FMT "\":", any ? "," : "", HT_ARG(t->columns[i]));
        if (row[i].n && ht_column_is_integer(t->columns[i].p))
            ht_buf_add(b, row[i]);
        else
            json_put_string(b, row[i]);
        any = true;
    }
    ht_buf_byte(b, '}');
}

static void put_json_row(ht_buf *b, const diff_table *t, const diff_row *row) {
    const char *change = row->change == '+' ? "added" : row->change == '-' ? "removed" : "changed";
    ht_buf_printf(b, "{\"table\":\"%s\",\"change\":\"%s\",\"id\":", t->spec->json, change);
    json_put_string(b, diff_value(t, row->after, t->spec->key));
    if (row->change != '+') {
        ht_buf_add(b, HT_S(",\"before\":"));
        put_object(b, t, row->before, row->change == '~' ? row->after : NULL);
    }
    if (row->change != '-') {
        ht_buf_add(b, HT_S(",\"after\":"));
        put_object(b, t, row->after, row->change == '~' ? row->before : NULL);
    }
    ht_buf_add(b, HT_S("}\n"));
}

bool diff_print_row(differ *d, const diff_table *t, const diff_row *row) {
    ht_buf b;
    ht_buf_init(&b, &d->scratch);
    if (d->options->json) {
        put_json_row(&b, t, row);
        return flush(d, &b);
    }
    ht_buf_printf(&b, "%c %s", row->change, t->spec->name[d->options->lang]);
    put_label(&b, t, row->after);
    if (row->change == '~')
        put_changes(&b, t, row);
    else
        put_content(&b, t, row->after);
    ht_buf_byte(&b, '\n');
    return flush(d, &b);
}
