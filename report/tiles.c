/* Cells -> the map of equal tiles, from data/report-tiles.tsv. */
#include "base/table.h"
#include "report/scale.h"
#include "report/svg.h"

#include <string.h>

HT_TABLE(report_tiles, "report-tiles.tsv");

enum { TILE = 50, GAP = 3, N_TILES = 34, N_ROWS = 9, N_CLASSES = 5, PREFIX = 2, MAX_DOTS = 4 };

typedef struct {
    ht_str code;
    int column, row;
    report_words name, shown; /* in full; as the tile has room for */
    const report_cell *cell;  /* of the province itself; NULL: none */
    size_t n_below;           /* regions within it that have cells */
    int class;                /* 1 to N_CLASSES; 0: no value */
} tile;

static bool next_tile(ht_str *rest, tile *t) {
    ht_str line, field;
    while (ht_str_split(rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#') continue;
        *t = (tile){0};
        ht_str_split(&line, '\t', &t->code);
        ht_str_split(&line, '\t', &field);
        t->column = field.p[0] - '0';
        ht_str_split(&line, '\t', &field);
        t->row = field.p[0] - '0';
        ht_str_split(&line, '\t', &t->name.chinese);
        ht_str_split(&line, '\t', &t->name.english);
        ht_str_split(&line, '\t', &t->shown.english);
        t->shown.chinese = t->name.chinese;
        return true;
    }
    return false;
}

static ht_str table(void) {
    return (ht_str){(const char *)ht_table_report_tiles, HT_TABLE_SIZE(report_tiles)};
}

report_words report_region(const report_data *d, const report_cell *c) {
    (void)d;
    ht_str rest = table();
    tile t;
    while (next_tile(&rest, &t))
        if (ht_str_eq(t.code, c->code)) return (report_words){t.name.english, c->region};
    if (ht_str_eq(c->level, HT_S("country"))) return (report_words){HT_S("China"), c->region};
    if (!c->region.n) return (report_words){c->code, c->code};
    return (report_words){c->region, c->region};
}

void svg_provinces_json(ht_buf *b) {
    ht_str rest = table();
    tile t;
    for (char comma = '['; next_tile(&rest, &t); comma = ',') {
        ht_buf_byte(b, comma);
        ht_buf_byte(b, '[');
        report_json(b, t.code);
        ht_buf_byte(b, ',');
        report_json(b, t.name.english);
        ht_buf_byte(b, ',');
        report_json(b, t.name.chinese);
        ht_buf_byte(b, ']');
    }
    ht_buf_byte(b, ']');
}

static bool same_province(ht_str a, ht_str b) {
    return a.n >= PREFIX && b.n >= PREFIX && memcmp(a.p, b.p, PREFIX) == 0;
}

static size_t fill(tile *tiles, const report_latest *l) {
    size_t n = 0, shown = 0;
    ht_str rest = table();
    while (n < N_TILES && next_tile(&rest, &tiles[n])) n++;
    for (size_t i = 0; i < l->n; i++)
        for (size_t k = 0; k < n; k++) {
            if (!same_province(tiles[k].code, l->cells[i]->code)) continue;
            shown++;
            if (ht_str_eq(tiles[k].code, l->cells[i]->code))
                tiles[k].cell = l->cells[i];
            else
                tiles[k].n_below++;
        }
    return shown ? n : 0;
}

/* Classes by rank: as many provinces in each, equal numbers in the same. */
static void classify(ht_arena *a, tile *tiles, size_t n) {
    size_t with_value = 0;
    ht_number at[N_TILES];
    for (size_t i = 0; i < n; i++) {
        at[i] = tiles[i].cell ? report_point_of(a, tiles[i].cell).at : HT_NO_NUMBER;
        with_value += at[i].ok;
    }
    for (size_t i = 0; i < n; i++) {
        size_t below = 0;
        if (!at[i].ok) continue;
        for (size_t k = 0; k < n; k++) below += at[k].ok && ht_number_cmp(at[k], at[i]) < 0;
        /* One province alone, or all alike, take the middle: there is no rank to show. */
        tiles[i].class =
            with_value == 1 ? N_CLASSES / 2 + 1 : (int)(below * N_CLASSES / with_value) + 1;
    }
}

static void put_dots(ht_buf *b, const tile *t, int x, int y) {
    size_t shown = t->n_below > MAX_DOTS ? MAX_DOTS : t->n_below;
    for (size_t i = 0; i < shown; i++)
        ht_buf_printf(b, "<circle cx=\"%d\" cy=\"%d\" r=\"2\"/>", x + 7 + (int)i * 6,
                      y + TILE - GAP - 6);
    if (t->n_below > MAX_DOTS)
        ht_buf_printf(b, "<text x=\"%d\" y=\"%d\" class=\"more t%d\">+</text>",
                      x + 7 + MAX_DOTS * 6, y + TILE - GAP - 3, t->class);
}

/* The tile's name in words, for pointers and for readers of the screen. */
static void put_title(ht_buf *b, const report_data *d, const tile *t) {
    ht_buf_add(b, HT_S("<title>"));
    report_text(b, t->name.chinese);
    ht_buf_byte(b, ' ');
    report_text(b, t->name.english);
    if (t->cell) {
        ht_buf_add(b, HT_S(": "));
        report_text(b, svg_value(d->arena, t->cell).chinese);
        ht_buf_byte(b, ' ');
        report_text(b, t->cell->period);
        if (t->cell->conflict) ht_buf_add(b, HT_S(" ▲"));
    }
    if (t->n_below) ht_buf_printf(b, " (+%zu)", t->n_below);
    ht_buf_add(b, HT_S("</title>"));
}

static void put_tile(ht_buf *b, const report_data *d, const tile *t) {
    int x = t->column * TILE + GAP / 2, y = t->row * TILE + GAP / 2;
    if (t->cell)
        svg_link_open(b, d, t->cell);
    else if (t->n_below)
        ht_buf_printf(b, "<a href=\"#p" HT_FMT "\">", HT_ARG(t->code));
    ht_buf_printf(b,
                  "<rect class=\"q%d%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>",
                  t->class, t->n_below && !t->cell ? " below" : "", x, y, TILE - GAP, TILE - GAP);
    put_title(b, d, t);
    put_dots(b, t, x, y);
    char class[8] = {'t', (char)('0' + t->class), '\0'}, value[8] = {'v', ' ', class[0], class[1]};
    svg_text(b, x + 5, y + 15, class, t->shown);
    if (t->cell) {
        report_point p = report_point_of(d->arena, t->cell);
        svg_text(b, x + 5, y + 31, value,
                 (report_words){report_compact(d->arena, p.at, false),
                                report_compact(d->arena, p.at, true)});
        if (t->cell->conflict)
            ht_buf_printf(b, "<path class=\"corner\" d=\"M%d %dh-12l12-12z\"/>", x + TILE - GAP,
                          y + TILE - GAP);
    }
    if (t->cell || t->n_below) svg_link_close(b);
}

bool svg_tiles(ht_buf *b, const report_data *d, const report_series *s, const report_latest *l) {
    tile tiles[N_TILES];
    size_t n = fill(tiles, l);
    if (!n) return false;
    classify(d->arena, tiles, n);
    svg_open(b, N_ROWS * TILE, "tiles", "map.title", s->chinese);
    for (size_t i = 0; i < n; i++) put_tile(b, d, &tiles[i]);
    svg_close(b);
    return true;
}
