#include "report/svg.h"

#include "base/table.h"
#include "report/scale.h"

#include <string.h>

void svg_open(ht_buf *b, int height, const char *class, const char *label_key, ht_str series) {
    report_words w = report_key(label_key);
    ht_buf_printf(b,
                  "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"" HT_FMT
                  " / " HT_FMT ": ",
                  class, SVG_WIDTH, height, HT_ARG(w.english), HT_ARG(w.chinese));
    report_text(b, series);
    ht_buf_add(b, HT_S("\">\n"));
}

void svg_close(ht_buf *b) {
    ht_buf_add(b, HT_S("</svg>\n"));
}

void svg_link_open(ht_buf *b, const report_data *d, const report_cell *c) {
    ht_buf_printf(b, "<a href=\"#c%zu\"%s>", (size_t)(c - d->cells),
                  c->conflict ? " class=\"conflict\"" : "");
}

void svg_link_close(ht_buf *b) {
    ht_buf_add(b, HT_S("</a>\n"));
}

static void put_text(ht_buf *b, int x, int y, const char *class, const char *lang, ht_str text) {
    ht_buf_printf(b, "<text x=\"%d\" y=\"%d\"", x, y);
    if (*class) ht_buf_printf(b, " class=\"%s\"", class);
    if (*lang) ht_buf_printf(b, " lang=\"%s\"", lang);
    ht_buf_byte(b, '>');
    report_text(b, text);
    ht_buf_add(b, HT_S("</text>"));
}

void svg_text(ht_buf *b, int x, int y, const char *class, report_words w) {
    if (ht_str_eq(w.english, w.chinese)) {
        put_text(b, x, y, class, "", w.english);
        return;
    }
    put_text(b, x, y, class, "en", w.english);
    put_text(b, x, y, class, "zh", w.chinese);
}

static ht_str value_in(ht_arena *a, const report_cell *c, bool chinese) {
    ht_buf b;
    ht_buf_init(&b, a);
    report_value(&b, c->qualifier, c->value, c->low, c->high, chinese);
    return ht_buf_str(&b);
}

report_words svg_value(ht_arena *a, const report_cell *c) {
    return (report_words){value_in(a, c, false), value_in(a, c, true)};
}

report_latest report_latest_of(const report_data *d, const report_series *s) {
    report_latest l = {HT_ARRAY(d->arena, const report_cell *, s->n), 0};
    for (size_t i = s->first; i < s->first + s->n; i++) {
        const report_cell *c = &d->cells[i];
        /* An empty period sorts first, so that a dated cell of the region takes its place. */
        if (l.n && ht_str_eq(l.cells[l.n - 1]->code, c->code))
            l.cells[l.n - 1] = c;
        else
            l.cells[l.n++] = c;
    }
    return l;
}
