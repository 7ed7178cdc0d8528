/* The latest cells of one level -> bars, each with its whisker, value, period and conflict mark. */
#include "report/scale.h"
#include "report/svg.h"

#include <stdlib.h>

enum { MAX_BARS = 16, ROW = 32, BAR = 9, LEFT = 4, RIGHT = 392, TOP = 2, FOOT = 18 };

typedef struct {
    const report_cell *cell;
    report_point point;
} bar;

static int by_size(const void *a, const void *b) {
    const bar *x = a, *y = b;
    if (!x->point.at.ok || !y->point.at.ok) return (int)y->point.at.ok - (int)x->point.at.ok;
    int order = ht_number_cmp(y->point.at, x->point.at);
    return order ? order : ht_str_cmp(x->cell->code, y->cell->code);
}

static size_t collect(bar *bars, ht_arena *a, const report_latest *l, const char *level) {
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (!ht_str_eq(l->cells[i]->level, ht_str_of(level))) continue;
        bars[n++] = (bar){l->cells[i], report_point_of(a, l->cells[i])};
    }
    if (n) qsort(bars, n, sizeof *bars, by_size);
    return n;
}

static void put_axis(ht_buf *b, ht_arena *a, const report_scale *s, int bottom) {
    ht_number step = report_step(s);
    if (!step.ok) return;
    ht_number x = ht_number_int(0);
    for (; ht_number_cmp(x, s->low) > 0; x = ht_number_add(x, ht_number_neg(step))) {
    }
    for (; x.ok && ht_number_cmp(x, s->high) <= 0; x = ht_number_add(x, step)) {
        int at = report_place(s, x);
        if (ht_number_cmp(x, s->low) < 0) continue;
        ht_buf_printf(b, "<path class=\"grid\" d=\"M%d %dV%d\"/>", at, TOP, bottom);
        svg_text(b, at, bottom + 12, at > RIGHT - 30 ? "axis end" : "axis",
                 (report_words){report_compact(a, x, false), report_compact(a, x, true)});
    }
    ht_buf_byte(b, '\n');
}

static void put_whisker(ht_buf *b, const report_scale *s, const report_point *p, int y) {
    if (!p->low.ok || !p->high.ok || ht_number_cmp(p->low, p->high) == 0) return;
    int low = report_place(s, p->low), high = report_place(s, p->high);
    ht_buf_printf(b, "<path class=\"whisker\" d=\"M%d %dV%dM%d %dV%dM%d %dH%d\"/>", low, y, y + BAR,
                  high, y, y + BAR, low, y + BAR / 2, high);
}

static report_words heading(const report_data *d, const report_cell *c) {
    ht_str parts[2];
    report_words name = report_region(d, c), value = svg_value(d->arena, c);
    for (int zh = 0; zh < 2; zh++) {
        ht_buf b;
        ht_buf_init(&b, d->arena);
        ht_buf_add(&b, zh ? name.chinese : name.english);
        ht_buf_add(&b, HT_S("\xE2\x80\x83")); /* an em space: others would collapse */
        ht_buf_add(&b, zh ? value.chinese : value.english);
        if (c->conflict) ht_buf_add(&b, HT_S(" ▲"));
        parts[zh] = ht_buf_str(&b);
    }
    return (report_words){parts[0], parts[1]};
}

static void put_bar(ht_buf *b, const report_data *d, const report_scale *s, const bar *row, int y) {
    int zero = report_place(s, ht_number_int(0)), at = report_place(s, row->point.at);
    int left = at < zero ? at : zero, width = at < zero ? zero - at : at - zero;
    svg_link_open(b, d, row->cell);
    ht_buf_printf(b, "<rect class=\"hit\" x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"/>", y,
                  SVG_WIDTH, ROW);
    svg_text(b, LEFT, y + 14, "", heading(d, row->cell));
    report_words basis = report_word("basis", row->cell->basis);
    ht_str period = row->cell->period;
    if (period.n && basis.english.n) period = ht_format(d->arena, HT_FMT "*", HT_ARG(period));
    if (period.n) svg_text(b, RIGHT, y + 14, "period", (report_words){period, period});
    ht_buf_printf(b, "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", left,
                  y + 19, width ? width : 1, BAR);
    put_whisker(b, s, &row->point, y + 19);
    svg_link_close(b);
}

bool svg_bars(ht_buf *b, const report_data *d, const report_series *s, const report_latest *l,
              const char *level) {
    bar *bars = HT_ARRAY(d->arena, bar, l->n);
    size_t n = collect(bars, d->arena, l, level), shown = n > MAX_BARS ? MAX_BARS : n;
    if (!n) return false;
    report_range r = {HT_NO_NUMBER, HT_NO_NUMBER};
    for (size_t i = 0; i < shown; i++) {
        report_range_add(&r, bars[i].point.at);
        report_range_add(&r, bars[i].point.low);
        report_range_add(&r, bars[i].point.high);
    }
    report_scale scale = report_scale_of(r, LEFT, RIGHT);
    int bottom = TOP + (int)shown * ROW;
    report_words title = report_word("level", ht_str_of(level));
    ht_buf_add(b, HT_S("<h4>"));
    report_both(b, title);
    ht_buf_add(b, HT_S("</h4>\n"));
    svg_open(b, bottom + FOOT, "bars", "bars.title", s->chinese);
    put_axis(b, d->arena, &scale, bottom);
    for (size_t i = 0; i < shown; i++) put_bar(b, d, &scale, &bars[i], TOP + (int)i * ROW);
    svg_close(b);
    if (n == shown) return true;
    ht_buf_printf(b, "<p class=\"note\">%zu ", n - shown);
    report_both_key(b, "bars.more");
    ht_buf_add(b, HT_S("</p>\n"));
    return true;
}
