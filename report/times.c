/* Cells of the regions that have more than one period -> lines over time. */
#include "report/scale.h"
#include "report/svg.h"

#include <stdlib.h>

enum {
    MAX_LINES = 8,
    HEIGHT = 220,
    LEFT = 46,
    RIGHT = 384,
    TOP = 8,
    BOTTOM = 196,
    KEY = 18,
    MAX_PERIOD = 10
};

typedef struct {
    const report_cell **cells; /* dated, in order */
    size_t n;
    ht_number last;
} line;

/* Months since year 0 of 2025, 2025-03, 2025-03-31, 2025-Q1, 2025-H1; -1 for anything else, spans
 * (2025-01/2025-06) among it. A year stands in its middle. */
static int month_of(ht_str period) {
    int year = 0, part = 0;
    if (period.n < 4) return -1;
    for (size_t i = 0; i < 4; i++) {
        if (period.p[i] < '0' || period.p[i] > '9') return -1;
        year = year * 10 + (period.p[i] - '0');
    }
    size_t i = period.n > 4 && period.p[4] == '-' ? 5 : 4;
    char letter = i < period.n && (period.p[i] == 'Q' || period.p[i] == 'H') ? period.p[i++] : ' ';
    for (; i < period.n && period.p[i] >= '0' && period.p[i] <= '9'; i++)
        if (part < 10) part = part * 10 + (period.p[i] - '0');
    if (ht_str_find(period, HT_S("/"), 0) != SIZE_MAX) return -1;
    if (!part) return year * 12 + 6;
    return year * 12 + (letter == 'Q' ? part * 3 : letter == 'H' ? part * 6 : part);
}

static bool is_drawn(ht_arena *a, const report_cell *c) {
    return month_of(c->period) >= 0 && report_point_of(a, c).at.ok;
}

static int by_length(const void *a, const void *b) {
    const line *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    int order = ht_number_cmp(y->last, x->last);
    return order ? order : ht_str_cmp(x->cells[0]->code, y->cells[0]->code);
}

/* The form of period (year, quarter, month) that most of the cells have, by its length; of equals
 * the shortest. A year's total beside a month's would show a fall that never was. */
static size_t usual_form(const report_data *d, const report_series *s) {
    size_t n[MAX_PERIOD + 1] = {0}, usual = 0;
    for (size_t i = s->first; i < s->first + s->n; i++)
        if (d->cells[i].period.n <= MAX_PERIOD)
            n[d->cells[i].period.n] += is_drawn(d->arena, &d->cells[i]);
    for (size_t form = 1; form <= MAX_PERIOD; form++)
        if (n[form] > n[usual]) usual = form;
    return usual;
}

/* The cells from *at on that are of its region and have such a period; moves *at behind the region.
 */
static line next_line(const report_data *d, size_t *at, size_t end, size_t form) {
    size_t from = *at;
    while (*at < end && ht_str_eq(d->cells[*at].code, d->cells[from].code)) ++*at;
    line l = {HT_ARRAY(d->arena, const report_cell *, *at - from), 0, HT_NO_NUMBER};
    int last = -1;
    for (size_t i = from; i < *at; i++) {
        const report_cell *c = &d->cells[i];
        if (c->period.n != form || !is_drawn(d->arena, c) || month_of(c->period) == last) continue;
        last = month_of(c->period);
        l.cells[l.n++] = c;
        l.last = report_point_of(d->arena, c).at;
    }
    return l;
}

/* The regions that have at least two places in time, longest first. */
static line *collect(const report_data *d, const report_series *s, size_t *n) {
    line *lines = HT_ARRAY(d->arena, line, s->n);
    size_t form = usual_form(d, s);
    *n = 0;
    for (size_t at = s->first; at < s->first + s->n;) {
        line l = next_line(d, &at, s->first + s->n, form);
        if (l.n > 1) lines[(*n)++] = l;
    }
    if (*n) qsort(lines, *n, sizeof *lines, by_length);
    return lines;
}

typedef struct {
    ht_buf *b;
    const report_data *d;
    int first, last; /* months */
    report_scale scale;
} chart;

static int x_of(const chart *c, const report_cell *cell) {
    return LEFT + 10 +
           (month_of(cell->period) - c->first) * (RIGHT - LEFT - 20) / (c->last - c->first);
}

static void put_axes(const chart *c) {
    ht_buf *b = c->b;
    ht_number step = report_step(&c->scale), y = ht_number_int(0);
    for (; step.ok && ht_number_cmp(y, c->scale.low) > 0;)
        y = ht_number_add(y, ht_number_neg(step));
    for (; step.ok && y.ok && ht_number_cmp(y, c->scale.high) <= 0; y = ht_number_add(y, step)) {
        if (ht_number_cmp(y, c->scale.low) < 0) continue;
        int at = report_place(&c->scale, y);
        ht_buf_printf(b, "<path class=\"grid\" d=\"M%d %dH%d\"/>", LEFT, at, RIGHT);
        svg_text(b, LEFT - 4, at + 4, "axis end",
                 (report_words){report_compact(c->d->arena, y, false),
                                report_compact(c->d->arena, y, true)});
    }
    int months = c->last - c->first, every = (months / 12 + 5) / 6;
    for (int year = c->first / 12; year <= c->last / 12; year += every ? every : 1) {
        int at = LEFT + 10 + (year * 12 + 6 - c->first) * (RIGHT - LEFT - 20) / months;
        if (at >= LEFT && at <= RIGHT)
            ht_buf_printf(b, "<text class=\"axis\" x=\"%d\" y=\"%d\">%d</text>", at, BOTTOM + 16,
                          year);
    }
    ht_buf_byte(b, '\n');
}

static void put_line(const chart *c, const line *l, int index) {
    ht_buf *b = c->b;
    ht_buf_printf(b, "<path class=\"line l%d\" d=\"", index);
    for (size_t i = 0; i < l->n; i++)
        ht_buf_printf(b, "%c%d %d", i ? 'L' : 'M', x_of(c, l->cells[i]),
                      report_place(&c->scale, report_point_of(c->d->arena, l->cells[i]).at));
    ht_buf_add(b, HT_S("\"/>\n"));
    for (size_t i = 0; i < l->n; i++) {
        const report_cell *cell = l->cells[i];
        report_words name = report_region(c->d, cell);
        svg_link_open(b, c->d, cell);
        ht_buf_add(b, HT_S("<title>"));
        report_text(b, name.chinese);
        ht_buf_byte(b, ' ');
        report_text(b, cell->period);
        ht_buf_add(b, HT_S(": "));
        report_text(b, svg_value(c->d->arena, cell).chinese);
        ht_buf_printf(b, "%s</title><circle class=\"%s l%d\" cx=\"%d\" cy=\"%d\" r=\"5\"/>",
                      cell->conflict ? " ▲" : "", cell->conflict ? "point open" : "point", index,
                      x_of(c, cell),
                      report_place(&c->scale, report_point_of(c->d->arena, cell).at));
        svg_link_close(b);
    }
}

static void put_key(const chart *c, const line *l, int index, int y) {
    ht_buf_printf(c->b, "<path class=\"line l%d\" d=\"M%d %dH%d\"/>", index, LEFT, y - 4,
                  LEFT + 22);
    svg_text(c->b, LEFT + 30, y, "", report_region(c->d, l->cells[0]));
    ht_buf_byte(c->b, '\n');
}

static chart chart_of(ht_buf *b, const report_data *d, const line *lines, size_t n) {
    chart c = {.b = b, .d = d, .first = -1};
    report_range r = {HT_NO_NUMBER, HT_NO_NUMBER};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < lines[i].n; k++) {
            int month = month_of(lines[i].cells[k]->period);
            if (c.first < 0 || month < c.first) c.first = month;
            if (month > c.last) c.last = month;
            report_range_add(&r, report_point_of(d->arena, lines[i].cells[k]).at);
        }
    c.scale = report_scale_of(r, BOTTOM, TOP);
    return c;
}

bool svg_times(ht_buf *b, const report_data *d, const report_series *s) {
    size_t n;
    line *lines = collect(d, s, &n);
    if (!n) return false;
    size_t shown = n > MAX_LINES ? MAX_LINES : n;
    chart c = chart_of(b, d, lines, shown);
    svg_open(b, HEIGHT + (int)shown * KEY, "times", "times.title", s->chinese);
    put_axes(&c);
    for (size_t i = 0; i < shown; i++) put_line(&c, &lines[i], (int)i);
    for (size_t i = 0; i < shown; i++) put_key(&c, &lines[i], (int)i, HEIGHT + 10 + (int)i * KEY);
    svg_close(b);
    if (n > shown) {
        ht_buf_printf(b, "<p class=\"note\">%zu ", n - shown);
        report_both_key(b, "times.more");
        ht_buf_add(b, HT_S("</p>\n"));
    }
    return true;
}
