/* report_data -> OUT/report.html. */
#include "base/table.h"
#include "report/embed.h"
#include "report/html.h"
#include "report/scale.h"
#include "report/svg.h"
#include "stats/outfile.h"

#include <stdio.h>

HT_TABLE(report_css, "report.css");
HT_TABLE(report_js, "report.js");
HT_TABLE(report_csp, "report.csp"); /* made of the hashes of the two */

#define TABLE(name) ((ht_str){(const char *)ht_table_##name, HT_TABLE_SIZE(name)})

typedef struct {
    ht_buf *b;
    const report_data *d;
} page;

static void put(page *x, const char *text) {
    ht_buf_add(x->b, ht_str_of(text));
}

static void put_key(page *x, const char *before, const char *key, const char *after) {
    put(x, before);
    report_both_key(x->b, key);
    put(x, after);
}

static void put_head(page *x, report_language language) {
    put(x, "<!DOCTYPE html>\n<html data-hantally lang=\"");
    put(x, language == REPORT_CHINESE ? "zh" : "en");
    put(x, language == REPORT_READERS ? "\" data-any-language" : "\"");
    put(x, ">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"");
    ht_buf_add(x->b, ht_str_trim(TABLE(report_csp)));
    put(x, "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    report_text(x->b, report_key("title").english);
    put(x, " · ");
    report_text(x->b, report_key("title").chinese);
    put(x, "</title>\n<style>");
    ht_buf_add(x->b, TABLE(report_css));
    put(x, "</style>\n</head>\n<body>\n");
}

static void put_count(page *x, uint64_t n, const char *key) {
    ht_str digits = ht_format(x->d->arena, "%llu", (unsigned long long)n);
    put(x, "<li><b>");
    report_digits(x->b, digits);
    put_key(x, "</b> ", key, "</li>\n");
}

static void put_language(page *x, bool chinese) {
    put(x, "<fieldset class=\"language\"><legend class=\"away\">Language / 语言</legend>\n");
    put(x, "<label lang=\"en\"><input type=\"radio\" name=\"language\" id=\"lang-en\"");
    put(x, chinese ? "" : " checked");
    put(x, "> English</label>\n<label lang=\"zh\"><input type=\"radio\" name=\"language\" "
           "id=\"lang-zh\"");
    put(x, chinese ? " checked" : "");
    put(x, "> 中文</label></fieldset>\n");
}

static void put_header(page *x, bool chinese) {
    const report_data *d = x->d;
    put_key(x, "<a class=\"skip\" href=\"#table\">", "skip", "</a>\n<header>\n<h1>");
    report_both_key(x->b, "title");
    if (d->english.n) {
        put(x, ": ");
        report_both(x->b, (report_words){d->english, d->chinese});
    }
    put(x, "</h1>\n");
    put_language(x, chinese);
    put(x, "<ul class=\"counts\">\n");
    put_count(x, d->n_all_articles, "counts.articles");
    put_count(x, d->n_all_cells, "counts.cells");
    put_count(x, d->n_all_figures, "counts.figures");
    put_count(x, d->n_conflicts, "counts.conflicts");
    put(x, "</ul>\n</header>\n");
}

/* Measure, kind and unit of a series, in a line. */
static void put_nature(page *x, const report_series *s) {
    const struct {
        const char *kind;
        ht_str word;
    } parts[] = {{"measure", s->measure}, {"modality", s->modality}};
    bool any = false;
    for (size_t i = 0; i < 2; i++) {
        report_words w = report_word(parts[i].kind, parts[i].word);
        if (!w.english.n) continue;
        put(x, any ? " · " : "");
        report_both(x->b, w);
        any = true;
    }
    if (s->unit.n) {
        put(x, any ? " · " : "");
        report_text(x->b, s->unit);
        any = true;
    }
    if (!s->base.n) return;
    put_key(x, any ? " · " : "", "base", " ");
    report_text(x->b, s->base);
}

static report_words label(const report_series *s) {
    return (report_words){s->english, s->chinese};
}

static void put_contents(page *x) {
    const report_data *d = x->d;
    put_key(x, "<nav id=\"contents\" aria-label=\"Series / 数列\">\n<h2>", "contents",
            "</h2>\n<ul>\n");
    for (size_t i = 0; i < d->n_series; i++) {
        if (!d->series[i].charted) continue;
        ht_buf_printf(x->b, "<li><a href=\"#s%zu\">", i);
        report_both(x->b, label(&d->series[i]));
        put(x, "</a> <small>");
        put_nature(x, &d->series[i]);
        ht_buf_printf(x->b, " (%u)</small></li>\n", d->series[i].n);
    }
    put(x, "</ul>\n");
    if (d->n_series > REPORT_MAX_SERIES) {
        ht_buf_printf(x->b, "<p class=\"note\">%zu ", d->n_series - REPORT_MAX_SERIES);
        put_key(x, "", "series.more", "</p>\n");
    }
    put(x, "</nav>\n");
}

static void put_map_key(page *x) {
    put_key(x, "<figcaption><p class=\"classes\">", "map.low", " ");
    put(x, "<svg viewBox=\"0 0 100 14\" width=\"100\" height=\"14\" aria-hidden=\"true\">");
    for (int i = 1; i <= 5; i++)
        ht_buf_printf(x->b, "<rect class=\"q%d\" x=\"%d\" width=\"19\" height=\"14\"/>", i,
                      i * 20 - 20);
    put_key(x, "</svg> ", "map.high", "</p>\n");
    put_key(x, "<p>", "map.text", "</p></figcaption>\n");
}

static void put_charts(page *x, const report_series *s) {
    static const char *const levels[] = {"country", "province", "prefecture", "county"};
    report_latest l = report_latest_of(x->d, s);
    put(x, "<div class=\"charts\">\n");
    size_t before = x->b->n;
    put_key(x, "<figure>\n<h3>", "map.title", "</h3>\n");
    if (svg_tiles(x->b, x->d, s, &l)) {
        put_map_key(x);
        put(x, "</figure>\n");
    } else {
        x->b->n = before;
    }
    put_key(x, "<figure>\n<h3>", "bars.title", "</h3>\n");
    for (size_t i = 0; i < 4; i++) svg_bars(x->b, x->d, s, &l, levels[i]);
    put(x, "</figure>\n");
    before = x->b->n;
    put_key(x, "<figure>\n<h3>", "times.title", "</h3>\n");
    if (svg_times(x->b, x->d, s))
        put(x, "</figure>\n");
    else
        x->b->n = before;
    put(x, "</div>\n");
}

static void put_series(page *x, size_t i) {
    const report_series *s = &x->d->series[i];
    ht_buf_printf(x->b, "<section class=\"series\" id=\"s%zu\">\n<h2>", i);
    report_both(x->b, label(s));
    put(x, "</h2>\n<p class=\"nature\">");
    put_nature(x, s);
    put(x, "</p>\n");
    put_charts(x, s);
    put(x, "</section>\n");
}

/* ---- the table that needs no script ---- */

static void put_sentence(page *x, const report_figure *f) {
    ht_str s = x->d->sentences[f->sentence];
    size_t from = 0, units = 0, start = s.n, end = s.n;
    for (; from <= s.n; from++) {
        unsigned char c = from < s.n ? (unsigned char)s.p[from] : 0;
        if ((c & 0xC0) == 0x80) continue;
        if (units == f->mark_start && start == s.n) start = from;
        if (units == f->mark_start + f->mark_chars && end == s.n) end = from;
        units += c >= 0xF0 ? 2 : 1;
    }
    put(x, "<bdi lang=\"zh-Hans\">");
    report_text(x->b, ht_sub(s, 0, start));
    put(x, "<mark>");
    report_text(x->b, ht_sub(s, start, end));
    put(x, "</mark>");
    report_text(x->b, ht_sub(s, end, s.n));
    put(x, "</bdi> <small>");
    const report_article *a = &x->d->articles[f->article];
    report_text(x->b, a->publisher.n ? a->publisher : a->path);
    put(x, " ");
    report_text(x->b, ht_sub(a->published, 0, a->published.n < 10 ? a->published.n : 10));
    put(x, "</small>");
}

static void put_row(page *x, size_t i) {
    const report_cell *c = &x->d->cells[i];
    const report_series *s = &x->d->series[c->series];
    ht_buf_printf(x->b, "<tr id=\"c%zu\"><th scope=\"row\">", i);
    report_both(x->b, report_region(x->d, c));
    put(x, "</th><td>");
    report_both(x->b, label(s));
    put(x, "</td><td>");
    put_nature(x, s);
    put(x, "</td><td>");
    report_text(x->b, c->period);
    put(x, "</td><td class=\"value\">");
    report_both(x->b, svg_value(x->d->arena, c));
    put(x, "</td><td class=\"value\">");
    report_text(x->b, c->n_figures);
    put(x, "</td><td>");
    if (c->conflict) report_both_key(x->b, "conflict.yes");
    put(x, "</td><td>");
    if (c->n) put_sentence(x, &x->d->figures[c->first]);
    put(x, "</td></tr>\n");
}

static void put_table(page *x) {
    static const char *const columns[] = {"col.region",   "col.indicator", "col.measure",
                                          "col.period",   "col.value",     "col.figures",
                                          "col.conflict", "col.sentence"};
    const report_data *d = x->d;
    put_key(x, "<section id=\"table\" tabindex=\"-1\">\n<h2>", "table.title",
            "</h2>\n<div id=\"cells\">\n");
    if (!d->n_cells) {
        put_key(x, "<p>", "table.empty", "</p>\n</div>\n</section>\n");
        return;
    }
    put_key(x, "<p class=\"note\">", "table.static", "</p>\n<table>\n<thead><tr>");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        put_key(x, "<th scope=\"col\">", columns[i], "</th>");
    put(x, "</tr></thead>\n<tbody>\n");
    size_t n = 0;
    for (size_t i = 0; i < d->n_series; i++)
        for (size_t k = 0; k < d->series[i].n && n < REPORT_MAX_STATIC; k++, n++)
            put_row(x, d->series[i].first + k);
    put(x, "</tbody>\n</table>\n</div>\n</section>\n");
}

static void put_page(page *x, report_language language) {
    put_head(x, language);
    put_header(x, language == REPORT_CHINESE);
    put(x, "<main>\n");
    if (x->d->n_series) {
        put_contents(x);
        put_key(x, "<p class=\"note\">", "series.note", "</p>\n");
    }
    for (size_t i = 0; i < x->d->n_series; i++)
        if (x->d->series[i].charted) put_series(x, i);
    put_table(x);
    put_key(x, "</main>\n<footer><p>", "made",
            "</p></footer>\n<dialog id=\"cell\" aria-labelledby=\"cell-title\"></dialog>\n");
    report_embed(x->b, x->d);
    put(x, "<script>");
    ht_buf_add(x->b, TABLE(report_js));
    put(x, "</script>\n</body>\n</html>\n");
}

static ht_status write_page(ht_arena *a, const char *out, const report_data *d,
                            report_language language, ht_error *e) {
    ht_buf b;
    ht_buf_init(&b, a);
    page x = {&b, d};
    put_page(&x, language);
    ht_outfile f;
    ht_status status = outfile_open(&f, out, "report.html", e);
    if (status != HT_OK) return status;
    outfile_write(&f, ht_buf_str(&b));
    return outfile_commit(&f, e);
}

ht_status ht_report_write(const char *out, const ht_codebook *codebook, report_language language,
                          ht_error *e) {
    ht_arena arena;
    report_data *d;
    ht_arena_init(&arena, 0);
    d = HT_NEW(&arena, report_data);
    ht_status status = report_read(d, &arena, out, codebook, e);
    if (status == HT_OK) status = write_page(&arena, out, d, language, e);
    ht_arena_free(&arena);
    return status;
}
