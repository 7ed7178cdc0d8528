#include "cli/pipeline.h"

#include "base/map.h"

#include <string.h>

enum { MAX_SENTENCE = 600 }; /* code points; of a longer one the part around the figure is shown */

typedef struct {
    ht_arena *arena;
    const cli_pipeline *pipeline;
    const char *article_id;
    const cli_document *document; /* NULL: the text is its own source */
    const ht_passage *passage;
    ht_map slots; /* byte_start -> rows that begin there */
} row_maker;

/* The sentence, or what stands around [start, end) of one too long to be repeated in every row. */
static ht_str sentence_around(const ht_passage *p, uint32_t start, uint32_t end) {
    const ht_sentence *s = &p->sentences[ht_passage_sentence(p, start)];
    uint32_t from = s->start, to = s->end > end ? s->end : end;
    if (to - from > MAX_SENTENCE) {
        if (start - from > MAX_SENTENCE / 2) from = start - MAX_SENTENCE / 2;
        if (to - from > MAX_SENTENCE) to = from + MAX_SENTENCE;
        if (to < end) to = end;
    }
    return ht_str_trim(ht_passage_str(p, from, to));
}

static void place_cells(row_maker *m, uint32_t start, uint32_t end, uint8_t slot, ht_str *c) {
    const ht_passage *p = m->passage;
    ht_str text = p->text;
    ht_span in_text = {p->byte[start], p->byte[end]}, in_source = in_text;
    if (m->document) {
        text = m->document->decoded.text;
        in_text = ht_offmap_source(&m->document->article.map, in_text.start, in_text.end);
        in_source = ht_decoded_source(&m->document->decoded, in_text.start, in_text.end);
    }
    c[HT_F_ARTICLE_ID] = ht_str_of(m->article_id);
    c[HT_F_SURFACE] = ht_passage_str(p, start, end);
    c[HT_F_SOURCE_TEXT] = ht_sub(text, in_text.start, in_text.end);
    c[HT_F_SENTENCE] = sentence_around(p, start, end);
    c[HT_F_TEXT_START] = ht_format(m->arena, "%u", start);
    c[HT_F_TEXT_END] = ht_format(m->arena, "%u", end);
    c[HT_F_BYTE_START] = ht_format(m->arena, "%zu", in_source.start);
    c[HT_F_BYTE_END] = ht_format(m->arena, "%zu", in_source.end);
    /* Words without a place of their own (a title from the page's head) share one: the slot tells
     * them apart. */
    uint32_t *next = ht_map_put(&m->slots, c[HT_F_BYTE_START]);
    if (*next < slot) *next = slot;
    c[HT_F_FIGURE_ID] = ht_format(m->arena, "%s-%zu-%u", m->article_id, in_source.start, *next);
    *next += 1;
}

static void quantity_cells(row_maker *m, const ht_quantity *q, ht_str *c) {
    ht_arena *a = m->arena;
    c[HT_F_VALUE] = ht_number_text(a, q->value);
    c[HT_F_VALUE_LOW] = ht_number_text(a, q->low);
    c[HT_F_VALUE_HIGH] = ht_number_text(a, q->high);
    c[HT_F_NUMBER] = ht_number_rounded(a, q->value);
    c[HT_F_STEP] = ht_number_text(a, q->step);
    c[HT_F_QUALIFIER] = ht_str_of(ht_qualifier_name(q->qualifier));
    c[HT_F_UNIT] = q->unit;
    c[HT_F_UNIT_TEXT] = ht_passage_str(m->passage, q->unit_start, q->unit_end);
    c[HT_F_KIND] = ht_str_of(ht_kind_name(q->kind));
    c[HT_F_RULE] = ht_str_of(q->rule);
}

static void region_cells(row_maker *m, const ht_region_answer *r, ht_str *c) {
    const ht_gazetteer *g = m->pipeline->tables->reader.gazetteer;
    if (r->code) {
        c[HT_F_REGION_CODE] = ht_format(m->arena, "%06u", r->code);
        c[HT_F_REGION] = ht_region_name(g, r->code);
        c[HT_F_REGION_LEVEL] = ht_str_of(ht_region_level(g, r->code));
    }
    if (r->n_codes) {
        ht_buf b;
        ht_buf_init(&b, m->arena);
        for (size_t i = 0; i < r->n_codes; i++)
            ht_buf_printf(&b, "%s%06u", i ? "|" : "", r->codes[i]);
        c[HT_F_REGION_CODES] = ht_buf_str(&b);
    }
    c[HT_F_PLACE] = r->place;
    c[HT_F_SCOPE] = ht_str_of(ht_scope_name(r->scope));
    c[HT_F_REGION_RULE] = ht_str_of(r->rule);
}

static void figure_cells(row_maker *m, const ht_figure *f, ht_str *c) {
    if (f->indicator) c[HT_F_INDICATOR] = f->indicator->id;
    if (f->subtype) c[HT_F_SUBTYPE] = f->subtype->id;
    region_cells(m, &f->region, c);
    c[HT_F_MEASURE] = ht_str_of(f->measure);
    c[HT_F_MODALITY] = ht_str_of(f->modality);
    c[HT_F_COMPARED_TO] = f->compared_to;
    c[HT_F_COUNTED] = ht_passage_str(m->passage, f->counted_start, f->counted_end);
    c[HT_F_BASE] = f->base;
    c[HT_F_ASOF] = f->asof.asof;
    c[HT_F_ASOF_PRECISION] = ht_str_of(f->asof.precision);
    c[HT_F_ASOF_RULE] = ht_str_of(f->asof.rule);
    c[HT_F_PERIOD_FROM] = f->asof.period_from;
    c[HT_F_PERIOD_TO] = f->asof.period_to;
    c[HT_F_ATTRIBUTED_TO] = f->attributed_to;
    if (f->rule && *f->rule) c[HT_F_RULE] = ht_str_of(f->rule);
    c[HT_F_CONFIDENCE] = ht_str_of(f->confidence);
}

static ht_str id_of(const ht_figure_row *rows, const size_t *row_of, int32_t figure) {
    return figure < 0 ? (ht_str){NULL, 0} : rows[row_of[figure]].cell[HT_F_FIGURE_ID];
}

/* Fills the rows in text order from two ordered lists: figures, and quantities that are none. */
static void merge(row_maker *m, const ht_reading *r, cli_rows *out, size_t *row_of) {
    size_t i = 0;
    for (size_t k = 0; k <= r->n_quantities; k++) {
        const ht_quantity *q = k < r->n_quantities ? &r->quantities[k] : NULL;
        if (q && (ht_kind_is_statistic(q->kind) || !m->pipeline->all_quantities)) continue;
        for (; i < r->n_figures && (!q || r->figures[i].q->start < q->start); i++) {
            const ht_figure *f = &r->figures[i];
            ht_str *c = out->rows[out->n].cell;
            place_cells(m, f->q->start, f->q->end, f->slot, c);
            quantity_cells(m, f->q, c);
            figure_cells(m, f, c);
            row_of[i] = out->n;
            out->of[out->n++] = f->q;
        }
        if (!q) break;
        place_cells(m, q->start, q->end, 0, out->rows[out->n].cell);
        quantity_cells(m, q, out->rows[out->n].cell);
        out->of[out->n++] = q;
    }
}

cli_rows cli_figure_rows(ht_arena *a, const cli_pipeline *p, const char *article_id,
                         const cli_document *document, const ht_passage *passage,
                         const ht_reading *reading) {
    row_maker m = {a, p, article_id, document, passage, {0}};
    ht_map_init(&m.slots, a);
    size_t n_max = reading->n_figures + (p->all_quantities ? reading->n_quantities : 0);
    cli_rows out = {HT_ARRAY(a, ht_figure_row, n_max), HT_ARRAY(a, const ht_quantity *, n_max), 0};
    size_t *row_of = HT_ARRAY(a, size_t, reading->n_figures);
    merge(&m, reading, &out, row_of);
    for (size_t i = 0; i < reading->n_figures; i++) {
        ht_str *c = out.rows[row_of[i]].cell;
        c[HT_F_PART_OF] = id_of(out.rows, row_of, reading->figures[i].part_of);
        c[HT_F_REPEAT_OF] = id_of(out.rows, row_of, reading->figures[i].repeat_of);
    }
    return out;
}
