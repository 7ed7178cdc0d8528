#include "stats/corrections.h"
#include "stats/csv.h"
#include "stats/inner.h"

enum { ARTICLES, FIGURES, REJECTED, N_FILES, CORRECTIONS = N_FILES };

static const struct {
    const char *table, *file;
    const char *const *columns;
    int n;
} kinds[N_FILES] = {
    {"articles", "articles.csv", ht_article_columns, HT_N_ARTICLE_COLUMNS},
    {"figures", "figures.csv", ht_figure_columns, HT_N_FIGURE_COLUMNS},
    {"rejected", "rejected.csv", ht_rejected_columns, HT_N_REJECTED_COLUMNS},
};

typedef struct {
    ht_stats *s;
    ht_outfile files[N_FILES];
    sqlite3_stmt *inserts[N_FILES];
    rowfeed feed;
    stats_texts texts;
} exporter;

static ht_status open_all(exporter *x, ht_error *e) {
    ht_stats *s = x->s;
    ht_status status = texts_open(&x->texts, s, e);
    rowfeed_open(&x->feed, &s->db);
    if (s->corrections) sheet_feed(&s->corrections->sheet, &x->feed, CORRECTIONS);
    for (int i = 0; i < N_FILES && status == HT_OK; i++) {
        status = outfile_open(&x->files[i], s->out, kinds[i].file, e);
        if (status != HT_OK) break;
        csv_write_header(&x->files[i], &s->scratch, kinds[i].columns, kinds[i].n, s->options.excel);
        status = db_prepare_insert(&s->db, &x->inserts[i], kinds[i].table, kinds[i].n, e);
        x->feed.tables[i] = (rowfeed_table){x->inserts[i], kinds[i].columns, kinds[i].n};
    }
    return status;
}

static ht_status put_row(exporter *x, int kind, const ht_str *cells, ht_error *e) {
    ht_stats *s = x->s;
    csv_write_row(&x->files[kind], &s->scratch, cells, kinds[kind].n, s->options.excel);
    return rowfeed_add(&x->feed, kind, cells, e);
}

static ht_status put_article(exporter *x, const ht_outcome *o, ht_error *e) {
    stats_counts *counts = &x->s->counts;
    counts->articles++;
    counts->duplicates += o->article.cell[HT_A_DUPLICATE_OF].n > 0;
    counts->figures += o->n_figures;
    ht_status status = put_row(x, ARTICLES, o->article.cell, e);
    for (size_t i = 0; i < o->n_figures && status == HT_OK; i++) {
        counts->figures_with_indicator += o->figures[i].cell[HT_F_INDICATOR].n > 0;
        status = put_row(x, FIGURES, o->figures[i].cell, e);
    }
    if (status == HT_OK) status = texts_add(&x->texts, o, e);
    return status == HT_OK ? collect_figures(x->s, o, e) : status;
}

static ht_status export_all(exporter *x, ht_error *e) {
    for (bool more = true;;) {
        ht_outcome o;
        ht_status status = store_next(&x->s->store, &x->s->scratch, &o, &more, e);
        if (status != HT_OK || !more) return status;
        if (o.has_rejection) {
            x->s->counts.rejected++;
            status = put_row(x, REJECTED, o.rejection.cell, e);
        }
        if (status == HT_OK && o.has_article) status = put_article(x, &o, e);
        if (status != HT_OK) return status;
        ht_arena_reset(&x->s->scratch);
    }
}

ht_status export_articles(ht_stats *s, ht_error *e) {
    exporter x = {.s = s};
    ht_status status = open_all(&x, e);
    if (status == HT_OK) status = export_all(&x, e);
    if (status == HT_OK) status = rowfeed_finish(&x.feed, e);
    if (status == HT_OK) status = texts_finish(&x.texts, e);
    for (int i = 0; i < N_FILES && status == HT_OK; i++) status = outfile_commit(&x.files[i], e);
    rowfeed_close(&x.feed);
    if (s->corrections) sheet_feed(&s->corrections->sheet, NULL, 0);
    for (int i = 0; i < N_FILES; i++) {
        outfile_abandon(&x.files[i]);
        sqlite3_finalize(x.inserts[i]);
    }
    texts_close(&x.texts);
    ht_arena_reset(&s->scratch);
    return status;
}
