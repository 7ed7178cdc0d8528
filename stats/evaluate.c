#include "stats/evaluate.h"

#include "stats/gold.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { GRAM = 4, TO_THE_MINUTE = 16, SHOWN_CHARS = 120 };

typedef struct {
    size_t tp, fp, fn;
} tally;
typedef struct {
    size_t n, right;
} share;

typedef struct {
    ht_evaluation *result;
    ht_arena *a; /* for everything but the misses */
    const char *out;
    csv_table articles, figures;
    double main_p, main_r, main_f1; /* sums */
    size_t n_main;
    share meta, unit, qualifier, measure, asof;
    tally quantity, figure;
    size_t cap_misses;
} evaluator;

typedef struct {
    gold_item **items;
    size_t n, cap;
} gold_list;
typedef struct {
    out_figure **rows;
    size_t n, cap;
} row_list;

static void miss(evaluator *x, ht_str document, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void miss(evaluator *x, ht_str document, const char *format, ...) {
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    ht_evaluation *r = x->result;
    *HT_PUSH(&r->arena, r->misses, r->n_misses, x->cap_misses) =
        ht_format(&r->arena, HT_FMT ": %s", HT_ARG(document), text);
}

static void add_gold(evaluator *x, gold_list *l, gold_item *g) {
    *HT_PUSH(x->a, l->items, l->n, l->cap) = g;
}

static void add_row(evaluator *x, row_list *l, out_figure *r) {
    *HT_PUSH(x->a, l->rows, l->n, l->cap) = r;
}

static void count(share *s, bool right) {
    s->n++;
    s->right += right;
}

static void precision_recall(tally t, double *p, double *r, double *f1) {
    *p = t.tp + t.fp ? (double)t.tp / (double)(t.tp + t.fp) : 1.0;
    *r = t.tp + t.fn ? (double)t.tp / (double)(t.tp + t.fn) : 1.0;
    *f1 = *p + *r > 0 ? 2 * *p * *r / (*p + *r) : 0.0;
}

/* ---- main text and metadata ---- */

/* The gold's lines that a reader may keep or leave. */
static bool is_optional_line(json_object *article, size_t number) {
    char text[24];
    snprintf(text, sizeof text, "%zu", number);
    return gold_list_has(article, "optional_lines", ht_str_of(text));
}

static ht_status compare_main(evaluator *x, const gold_document *doc, ht_str id, ht_error *e) {
    ht_buf wanted, optional;
    ht_buf_init(&wanted, x->a);
    ht_buf_init(&optional, x->a);
    ht_str rest = doc->main, line, got = {NULL, 0};
    for (size_t i = 1; ht_str_split(&rest, '\n', &line); i++)
        ht_buf_add(is_optional_line(doc->article, i) ? &optional : &wanted, line);
    bool found;
    ht_str name = ht_format(x->a, "main/" HT_FMT ".txt", HT_ARG(id));
    ht_status status = id.n ? gold_slurp(x->a, x->out, name.p, &got, &found, e) : HT_OK;
    if (status != HT_OK) return status;
    gram_set g = grams_of(x->a, ht_buf_str(&wanted), GRAM);
    gram_set o = grams_of(x->a, ht_buf_str(&optional), GRAM);
    gram_set w = grams_of(x->a, got, GRAM);
    tally t = {grams_shared(g, w), 0, 0};
    t.fp = grams_without(x->a, grams_without(x->a, w, g), o).n;
    t.fn = g.n - t.tp;
    double p, r, f1;
    precision_recall(t, &p, &r, &f1);
    x->main_p += p;
    x->main_r += r;
    x->main_f1 += f1;
    x->n_main++;
    if (f1 < 0.97) miss(x, doc->name, "main text P %.3f R %.3f", p, r);
    return HT_OK;
}

static void compare_meta(evaluator *x, const gold_document *doc, size_t row) {
    static const struct {
        const char *key, *column;
        size_t chars; /* compared, 0: all, but for white space */
    } fields[] = {{"title", "title", 0},
                  {"published", "published", TO_THE_MINUTE},
                  {"source", "publisher", 0},
                  {"primary_region_code", "region_code", 0}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        ht_str gold = gold_text(doc->article, fields[i].key), got = {NULL, 0};
        size_t n = fields[i].chars;
        if (gold.n == 0 || gold.n < n) continue;
        if (row != SIZE_MAX) got = csv_cell(&x->articles, row, fields[i].column);
        bool right = n ? ht_str_eq(ht_sub(gold, 0, n), ht_sub(got, 0, got.n < n ? got.n : n))
                       : ht_str_eq(text_unspaced(x->a, gold), text_unspaced(x->a, got));
        count(&x->meta, right);
        if (!right)
            miss(x, doc->name, "%s is '" HT_FMT "', gold '" HT_FMT "'", fields[i].column,
                 HT_ARG(got), HT_ARG(gold));
    }
}

/* ---- quantities ---- */

static bool is_statistical(ht_str kind) {
    static const char *const kinds[] = {"count", "share",    "money", "measure",
                                        "rate",  "duration", "age"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ht_str_eq(kind, ht_str_of(kinds[i]))) return true;
    return false;
}

static bool same_number(ht_number a, ht_number b) {
    return a.ok && b.ok && ht_number_cmp(a, b) == 0;
}

static bool value_equal(const gold_item *g, const out_figure *r) {
    if (g->has_value) return same_number(g->value, r->value);
    bool high = g->high.ok ? same_number(g->high, r->high) : !r->high.ok;
    return same_number(g->low, r->low) && high;
}

/* Must it be found? false: it may be, or (with *free_kind) a statistic may stand there. */
static bool is_required(const gold_item *g, bool *free_kind) {
    json_object *o = g->object;
    bool statistic = is_statistical(gold_text(o, "kind")) && !gold_true(o, "damaged") &&
                     (g->value.ok || g->low.ok);
    bool open = false;
    *free_kind = statistic;
    for (size_t i = 0; i < gold_list_length(o, "alt_kinds"); i++) {
        bool other = is_statistical(gold_list_at(o, "alt_kinds", i));
        open |= !other;
        *free_kind |= other;
    }
    return statistic && !open && !gold_true(o, "optional");
}

/* One number with two figures is one quantity. */
static void add_quantity_once(evaluator *x, row_list *l, out_figure *r) {
    for (size_t i = 0; i < l->n; i++)
        if (ht_str_eq(l->rows[i]->text_start, r->text_start) &&
            ht_str_eq(l->rows[i]->surface, r->surface))
            return;
    add_row(x, l, r);
}

static ht_str shortened(ht_str s) {
    size_t n = s.n < SHOWN_CHARS ? s.n : SHOWN_CHARS;
    while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
    return ht_sub(s, 0, n);
}

static void compare_words(evaluator *x, const gold_document *doc, const gold_item *g,
                          const out_figure *r) {
    bool unit = units_alike(gold_text(g->object, "unit"), r->unit);
    ht_str qualifier = gold_text(g->object, "qualifier");
    ht_str other = gold_text(g->object, "alt_qualifier");
    bool right = ht_str_eq(r->qualifier, qualifier) || (other.n && ht_str_eq(r->qualifier, other));
    count(&x->unit, unit);
    count(&x->qualifier, right);
    if (!unit)
        miss(x, doc->name, "unit of " HT_FMT " is '" HT_FMT "'", HT_ARG(g->surface),
             HT_ARG(r->unit));
    if (!right)
        miss(x, doc->name, "qualifier of " HT_FMT " is '" HT_FMT "', gold " HT_FMT,
             HT_ARG(g->context), HT_ARG(r->qualifier), HT_ARG(qualifier));
}

/* Rows that no gold item took. */
static row_list rows_left(evaluator *x, const row_list *rows, const size_t *partner, size_t n) {
    bool *taken = HT_ARRAY(x->a, bool, rows->n);
    for (size_t i = 0; i < n; i++)
        if (partner[i] != SIZE_MAX) taken[partner[i]] = true;
    row_list left = {0};
    for (size_t j = 0; j < rows->n; j++)
        if (!taken[j]) add_row(x, &left, rows->rows[j]);
    return left;
}

static void compare_quantities(evaluator *x, gold_document *doc, const row_list *rows) {
    gold_list must = {0}, may = {0};
    row_list found = {0};
    for (size_t i = 0; i < doc->n_quantities; i++) {
        bool free_kind;
        if (is_required(&doc->quantities[i], &free_kind))
            add_gold(x, &must, &doc->quantities[i]);
        else if (free_kind)
            add_gold(x, &may, &doc->quantities[i]);
    }
    for (size_t j = 0; j < rows->n; j++)
        if (is_statistical(rows->rows[j]->kind) && rows->rows[j]->has_value)
            add_quantity_once(x, &found, rows->rows[j]);
    size_t *partner = gold_match(x->a, must.items, must.n, found.rows, found.n, value_equal);
    for (size_t i = 0; i < must.n; i++) {
        x->quantity.tp += partner[i] != SIZE_MAX;
        x->quantity.fn += partner[i] == SIZE_MAX;
        if (partner[i] != SIZE_MAX)
            compare_words(x, doc, must.items[i], found.rows[partner[i]]);
        else
            miss(x, doc->name, "quantity missed: " HT_FMT, HT_ARG(must.items[i]->context));
    }
    row_list left = rows_left(x, &found, partner, must.n);
    partner = gold_match(x->a, may.items, may.n, left.rows, left.n, value_equal);
    left = rows_left(x, &left, partner, may.n);
    x->quantity.fp += left.n;
    for (size_t j = 0; j < left.n; j++)
        miss(x, doc->name, "quantity wrong: " HT_FMT " = " HT_FMT " in " HT_FMT,
             HT_ARG(left.rows[j]->surface), HT_ARG(left.rows[j]->value_text),
             HT_ARG(shortened(left.rows[j]->sentence)));
}

/* ---- figures ---- */

/* Are the regions of a joint total the same, in any order? */
static bool same_regions(const gold_item *g, ht_str codes) {
    size_t n = 0, wanted = 0;
    ht_str rest = codes, code;
    while (ht_str_split(&rest, '|', &code)) {
        n += code.n > 0;
        if (code.n && !gold_list_has(g->object, "region_codes", code)) return false;
    }
    for (size_t i = 0; i < gold_list_length(g->object, "region_codes"); i++)
        wanted += gold_list_at(g->object, "region_codes", i).n > 0;
    return n == wanted;
}

static bool figure_equal(const gold_item *g, const out_figure *r) {
    if (!value_equal(g, r)) return false;
    ht_str region = gold_text(g->object, "region_code");
    if (region.n ? !ht_str_eq(region, r->region_code)
                 : r->region_code.n || !same_regions(g, r->region_codes))
        return false;
    ht_str indicator = gold_text(g->object, "indicator");
    return ht_str_eq(indicator, HT_S("other_count")) || ht_str_eq(indicator, r->indicator) ||
           gold_list_has(g->object, "alt_indicators", HT_S("other_count")) ||
           gold_list_has(g->object, "alt_indicators", r->indicator);
}

/* Stock and cumulative are hard to tell apart in news: no error. */
static ht_str measure_class(ht_str measure) {
    return measure.n == 0 || ht_str_eq(measure, HT_S("cumulative")) ? HT_S("stock") : measure;
}

static bool measure_right(ht_str gold, const out_figure *r) {
    bool planned =
        ht_str_eq(r->modality, HT_S("planned")) || ht_str_eq(r->measure, HT_S("planned"));
    if (ht_str_eq(gold, HT_S("planned"))) return planned;
    return !planned && ht_str_eq(measure_class(gold), measure_class(r->measure));
}

/* Right when one is the other, less precisely; a year is the least. */
static bool asof_right(ht_str gold, ht_str got) {
    if (gold.n == 0 || got.n == 0) return gold.n == got.n;
    return ht_str_starts(gold, got) || ht_str_starts(got, gold);
}

static void compare_found(evaluator *x, const gold_document *doc, const gold_item *g,
                          const out_figure *r) {
    ht_str measure = gold_text(g->object, "measure"), asof = gold_text(g->object, "asof");
    bool right = measure_right(measure, r), when = asof_right(asof, r->asof);
    count(&x->measure, right);
    count(&x->asof, when);
    if (!right)
        miss(x, doc->name, "measure of " HT_FMT " is " HT_FMT " " HT_FMT ", gold " HT_FMT,
             HT_ARG(g->context), HT_ARG(r->modality), HT_ARG(r->measure), HT_ARG(measure));
    if (!when)
        miss(x, doc->name, "asof of " HT_FMT " is '" HT_FMT "', gold '" HT_FMT "'",
             HT_ARG(g->context), HT_ARG(r->asof), HT_ARG(asof));
}

static bool is_primary(const gold_item *g) {
    ht_str mention = gold_text(g->object, "mention");
    return !gold_true(g->object, "optional") && !gold_true(g->object, "damaged") &&
           (mention.n == 0 || ht_str_eq(mention, HT_S("primary")));
}

static void compare_figures(evaluator *x, gold_document *doc, const row_list *rows) {
    gold_list must = {0}, may = {0};
    row_list placed = {0}, claimed = {0};
    for (size_t i = 0; i < doc->n_figures; i++)
        add_gold(x, is_primary(&doc->figures[i]) ? &must : &may, &doc->figures[i]);
    for (size_t i = 0; i < must.n; i++) add_gold(x, &may, must.items[i]);
    for (size_t j = 0; j < rows->n; j++)
        if (rows->rows[j]->region_code.n || rows->rows[j]->region_codes.n)
            add_row(x, &placed, rows->rows[j]);
    size_t *partner = gold_match(x->a, must.items, must.n, placed.rows, placed.n, figure_equal);
    for (size_t i = 0; i < must.n; i++) {
        const gold_item *g = must.items[i];
        x->figure.tp += partner[i] != SIZE_MAX;
        x->figure.fn += partner[i] == SIZE_MAX;
        if (partner[i] != SIZE_MAX)
            compare_found(x, doc, g, placed.rows[partner[i]]);
        else
            miss(x, doc->name, "figure missed: " HT_FMT " " HT_FMT " " HT_FMT " " HT_FMT,
                 HT_ARG(gold_text(g->object, "indicator")), HT_ARG(gold_text(g->object, "region")),
                 HT_ARG(gold_text(g->object, "value")), HT_ARG(g->context));
    }
    row_list left = rows_left(x, &placed, partner, must.n);
    for (size_t j = 0; j < left.n; j++)
        if (left.rows[j]->indicator.n) add_row(x, &claimed, left.rows[j]);
    partner = gold_match(x->a, may.items, may.n, claimed.rows, claimed.n, figure_equal);
    left = rows_left(x, &claimed, partner, may.n);
    x->figure.fp += left.n;
    for (size_t j = 0; j < left.n; j++)
        miss(x, doc->name, "figure wrong: " HT_FMT " " HT_FMT " " HT_FMT " in " HT_FMT,
             HT_ARG(left.rows[j]->indicator), HT_ARG(left.rows[j]->region),
             HT_ARG(left.rows[j]->value_text), HT_ARG(shortened(left.rows[j]->sentence)));
}

/* ---- documents ---- */

static size_t article_of(const evaluator *x, const gold_document *doc) {
    ht_str url = gold_text(doc->article, "url");
    for (size_t i = 0; i < x->articles.n_rows; i++) {
        ht_str path = csv_cell(&x->articles, i, "source_path");
        const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;
        size_t from = slash ? (size_t)(slash - path.p) + 1 : 0;
        if (ht_str_starts(ht_sub(path, from, path.n), doc->name)) return i;
        if (ht_str_eq(csv_cell(&x->articles, i, "article_id"), doc->name)) return i;
        if (url.n && ht_str_eq(csv_cell(&x->articles, i, "url"), url)) return i;
    }
    return SIZE_MAX;
}

/* Gold of a spot check says nothing of the figures that were not drawn. */
static bool is_judged(const evaluator *x, const gold_document *doc, const out_figure *f) {
    if (!gold_true(doc->article, "partial")) return true;
    ht_str place = ht_format(x->a, HT_FMT "\t" HT_FMT, HT_ARG(f->surface), HT_ARG(f->sentence));
    return gold_list_has(doc->article, "judged", place);
}

static ht_status compare_document(evaluator *x, const char *folder, ht_str name, ht_error *e) {
    gold_document doc;
    ht_status status = gold_read(x->a, folder, name, &doc, e);
    if (status != HT_OK) return status;
    size_t row = article_of(x, &doc);
    ht_str id = {NULL, 0};
    row_list rows = {0};
    if (row == SIZE_MAX)
        miss(x, name, "no article in articles.csv");
    else
        id = csv_cell(&x->articles, row, "article_id");
    for (size_t i = 0; row != SIZE_MAX && i < x->figures.n_rows; i++) {
        if (!ht_str_eq(csv_cell(&x->figures, i, "article_id"), id)) continue;
        out_figure *f = HT_NEW(x->a, out_figure);
        out_figure_read(x->a, &x->figures, i, f);
        if (is_judged(x, &doc, f)) add_row(x, &rows, f);
    }
    if (doc.has_main) status = compare_main(x, &doc, id, e);
    if (status != HT_OK) return status;
    if (doc.article) compare_meta(x, &doc, row);
    if (doc.n_quantities) compare_quantities(x, &doc, &rows);
    if (doc.has_figures) compare_figures(x, &doc, &rows);
    return HT_OK;
}

static ht_status read_tables(evaluator *x, ht_error *e) {
    ht_str bytes;
    bool found;
    ht_status status = gold_slurp(x->a, x->out, "articles.csv", &bytes, &found, e);
    if (status == HT_OK && !found)
        status = ht_fail(e, HT_IO, "%s holds no articles.csv: not an output folder", x->out);
    if (status != HT_OK) return status;
    csv_parse(&x->articles, x->a, bytes);
    status = gold_slurp(x->a, x->out, "figures.csv", &bytes, &found, e);
    if (status == HT_OK) csv_parse(&x->figures, x->a, bytes);
    return status;
}

static void set(ht_evaluation *r, int score, double value, bool known) {
    static const char *const names[HT_N_SCORES] = {
        "main_p", "main_r",    "main_f1",  "meta",     "quantity_p", "quantity_r", "quantity_f1",
        "unit",   "qualifier", "figure_p", "figure_r", "figure_f1",  "measure",    "asof"};
    r->scores[score] = (ht_score){names[score], value, known};
}

static void set_share(ht_evaluation *r, int score, share s) {
    set(r, score, s.n ? (double)s.right / (double)s.n : 0, s.n > 0);
}

static void set_tally(ht_evaluation *r, int first, tally t) {
    double p, q, f1;
    precision_recall(t, &p, &q, &f1);
    set(r, first, p, true);
    set(r, first + 1, q, true);
    set(r, first + 2, f1, true);
}

static void set_scores(const evaluator *x) {
    ht_evaluation *r = x->result;
    double n = x->n_main ? (double)x->n_main : 1;
    set(r, HT_MAIN_P, x->main_p / n, x->n_main > 0);
    set(r, HT_MAIN_R, x->main_r / n, x->n_main > 0);
    set(r, HT_MAIN_F1, x->main_f1 / n, x->n_main > 0);
    set_share(r, HT_META, x->meta);
    set_tally(r, HT_QUANTITY_P, x->quantity);
    set_share(r, HT_UNIT, x->unit);
    set_share(r, HT_QUALIFIER, x->qualifier);
    set_tally(r, HT_FIGURE_P, x->figure);
    set_share(r, HT_MEASURE_RIGHT, x->measure);
    set_share(r, HT_ASOF_RIGHT, x->asof);
}

ht_status ht_evaluate(const char *out, const char *gold, ht_evaluation *result, ht_error *e) {
    *result = (ht_evaluation){0};
    ht_arena_init(&result->arena, 0);
    ht_arena arena;
    ht_arena_init(&arena, 0);
    evaluator x = {.result = result, .a = &arena, .out = out};
    ht_str *names;
    size_t n = 0;
    ht_status status = read_tables(&x, e);
    if (status == HT_OK) status = gold_names(&arena, gold, &names, &n, e);
    if (status == HT_OK && n == 0) status = ht_fail(e, HT_IO, "%s holds no gold files", gold);
    for (size_t i = 0; i < n && status == HT_OK; i++)
        status = compare_document(&x, gold, names[i], e);
    result->n_documents = n;
    if (status == HT_OK) set_scores(&x);
    ht_arena_free(&arena);
    return status;
}

void ht_evaluation_free(ht_evaluation *result) {
    ht_arena_free(&result->arena);
}
