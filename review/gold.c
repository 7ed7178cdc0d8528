#include "review/exchange.h"

#include "base/utf8.h"
#include "review/api.h"
#include "review/gold_codebook.h"
#include "stats/json.h"
#include "stats/outfile.h"
#include "stats/verdicts.h"

#include <string.h>

enum { CONTEXT = 6 };

/* What a figure is, after what was said of it. */
typedef struct {
    ht_str article_id, url, figure_id, indicator, subtype, region, region_code, region_codes;
    ht_str value, low, high, qualifier, unit, kind, asof, measure, modality, scope, repeat_of;
    ht_str counted, surface, sentence, verdict, wrong, corrected;
    bool has_quantity, has_figure; /* is it known what is right? */
} judged_figure;

static const char query_text[] =
    "SELECT f.article_id, a.url, f.figure_id, f.indicator, f.subtype, f.region, f.region_code,"
    " f.region_codes, f.value, f.value_low, f.value_high, f.qualifier, f.unit, f.kind, f.asof,"
    " f.measure, f.modality, f.scope, f.repeat_of, f.counted, f.surface, f.sentence, v.verdict,"
    " v.wrong, v.corrected FROM settled v JOIN out.figures f ON " VERDICT_FITS("v", "f")
    " JOIN out.articles a ON a.article_id = f.article_id ORDER BY f.article_id, f.text_start,"
    " f.figure_id";

static void row_read(ht_arena *a, sqlite3_stmt *query, judged_figure *f) {
    ht_str *cells[] = {&f->article_id, &f->url,      &f->figure_id, &f->indicator, &f->subtype,
                       &f->region,     &f->region_code, &f->region_codes, &f->value, &f->low,
                       &f->high,       &f->qualifier, &f->unit,     &f->kind,      &f->asof,
                       &f->measure,    &f->modality, &f->scope,     &f->repeat_of, &f->counted,
                       &f->surface,    &f->sentence, &f->verdict,   &f->wrong,     &f->corrected};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        *cells[i] = ht_str_copy(a, db_column(query, (int)i));
}

/* Puts the correction in the place of what was wrong. Where none is given, what is right is not
 * known, and gold says nothing of it: the run's reading then stands as one too many. */
static void correct(ht_arena *a, judged_figure *f) {
    bool known = f->corrected.n > 0;
    f->has_quantity = f->has_figure = true;
    if (ht_str_eq(f->verdict, HT_S("right"))) return;
    if (ht_str_eq(f->wrong, HT_S("no-statistic"))) {
        f->has_quantity = f->has_figure = false;
    } else if (ht_str_eq(f->wrong, HT_S("value"))) {
        f->has_quantity = f->has_figure = known;
        f->value = f->corrected;
        f->low = f->high = (ht_str){NULL, 0};
        f->qualifier = HT_S("exact");
    } else if (ht_str_eq(f->wrong, HT_S("unit"))) {
        f->unit = f->corrected;
    } else if (ht_str_eq(f->wrong, HT_S("region"))) {
        f->has_figure = known;
        f->region_code = f->corrected;
        f->region = f->region_codes = (ht_str){NULL, 0};
    } else if (ht_str_eq(f->wrong, HT_S("counted"))) {
        ht_str rest = ht_str_copy(a, f->corrected);
        f->has_figure = known;
        f->indicator = f->subtype = (ht_str){NULL, 0};
        if (ht_str_split(&rest, '/', &f->indicator)) ht_str_split(&rest, '/', &f->subtype);
    } else {
        f->asof = f->corrected;
    }
}

/* The surface with some characters of its sentence around it: how evaluate finds the place. */
static ht_str context_of(ht_arena *a, const judged_figure *f) {
    size_t at = ht_str_find(f->sentence, f->surface, 0), n;
    if (at == SIZE_MAX) return f->surface;
    uint32_t *c = ht_utf8_decode(a, f->sentence, &n);
    size_t from = ht_utf8_count(ht_sub(f->sentence, 0, at)), to = from + ht_utf8_count(f->surface);
    from = from > CONTEXT ? from - CONTEXT : 0;
    to = n - to > CONTEXT ? to + CONTEXT : n;
    return ht_utf8_encode(a, c + from, to - from);
}

static void put_or_null(ht_buf *b, const char *name, ht_str value) {
    review_put_name(b, name);
    if (value.n)
        json_put_string(b, value);
    else
        ht_buf_add(b, HT_S("null"));
}

static void put_number(ht_buf *b, const judged_figure *f) {
    ht_buf_byte(b, '{');
    review_put_text(b, "doc", f->article_id);
    review_put_text(b, "surface", f->surface);
    put_or_null(b, "value", f->value);
    put_or_null(b, "low", f->low);
    put_or_null(b, "high", f->high);
    review_put_text(b, "qualifier", f->qualifier);
    put_or_null(b, "unit", f->unit);
    review_put_text(b, "context", context_of(b->arena, f));
}

static void put_quantity(ht_buf *b, const judged_figure *f) {
    put_number(b, f);
    put_or_null(b, "counted", f->counted);
    review_put_text(b, "kind", f->kind);
    ht_buf_add(b, HT_S("}\n"));
}

static void put_figure(ht_buf *b, const judged_figure *f) {
    put_number(b, f);
    review_put_text(b, "indicator", f->indicator);
    review_put_text(b, "subtype", f->subtype);
    review_put_text(b, "region", f->region);
    review_put_text(b, "region_code", f->region_code);
    review_put_name(b, "region_codes");
    ht_buf_byte(b, '[');
    ht_str rest = f->region_codes, code;
    for (bool first = true; f->region_codes.n && ht_str_split(&rest, '|', &code); first = false) {
        if (!first) ht_buf_byte(b, ',');
        json_put_string(b, code);
    }
    ht_buf_byte(b, ']');
    put_or_null(b, "asof", f->asof);
    review_put_text(b, "measure", f->measure);
    review_put_text(b, "modality", f->modality);
    review_put_text(b, "scope", f->scope);
    review_put_text(b, "mention", f->repeat_of.n ? HT_S("repeat") : HT_S("primary"));
    ht_buf_add(b, HT_S("}\n"));
}

static ht_status write_file(const char *folder, const char *name, ht_str bytes, ht_error *e) {
    ht_outfile file;
    ht_status status = outfile_open(&file, folder, name, e);
    if (status != HT_OK) return status;
    outfile_write(&file, bytes);
    return outfile_commit(&file, e);
}

/* One article's files: only what was judged is gold, and the file says so (partial). */
static ht_status put_document(ht_arena *a, const char *folder, const judged_figure *f, size_t n,
                              ht_error *e) {
    ht_buf quantities, figures, article;
    ht_buf_init(&quantities, a);
    ht_buf_init(&figures, a);
    ht_buf_init(&article, a);
    ht_buf_byte(&article, '{');
    review_put_text(&article, "doc", f[0].article_id);
    if (f[0].url.n) review_put_text(&article, "url", f[0].url);
    review_put_flag(&article, "partial", true);
    review_put_name(&article, "judged");
    ht_buf_byte(&article, '[');
    for (size_t i = 0; i < n; i++) {
        bool placed = f[i].region_code.n || f[i].region_codes.n;
        bool same_place = i && ht_str_eq(f[i].surface, f[i - 1].surface) &&
                          ht_str_eq(f[i].sentence, f[i - 1].sentence) &&
                          ht_str_eq(f[i].value, f[i - 1].value) && f[i - 1].has_quantity;
        /* Several figures of one number are one quantity. */
        if (f[i].has_quantity && !same_place) put_quantity(&quantities, &f[i]);
        if (f[i].has_figure && placed) put_figure(&figures, &f[i]);
        if (i) ht_buf_byte(&article, ',');
        json_put_string(&article, ht_format(a, HT_FMT "\t" HT_FMT, HT_ARG(f[i].surface),
                                            HT_ARG(f[i].sentence)));
    }
    ht_buf_add(&article, HT_S("]}\n"));
    const char *id = ht_str_cstr(a, f[0].article_id);
    ht_status status = write_file(folder, ht_format(a, "%s.quantities.jsonl", id).p,
                                  ht_buf_str(&quantities), e);
    if (status == HT_OK)
        status = write_file(folder, ht_format(a, "%s.figures.jsonl", id).p, ht_buf_str(&figures), e);
    if (status == HT_OK)
        status = write_file(folder, ht_format(a, "%s.article.json", id).p, ht_buf_str(&article), e);
    return status;
}

static ht_status put_examples(ht_arena *a, const ht_codebook *codebook, const char *folder,
                              const judged_figure *f, size_t n, ht_error *e) {
    gold_example *examples = HT_ARRAY(a, gold_example, n);
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        bool none = !f[i].has_quantity;
        if (!f[i].indicator.n || (none ? !ht_str_eq(f[i].wrong, HT_S("no-statistic"))
                                       : !f[i].has_figure || !f[i].value.n))
            continue;
        examples[m++] =
            (gold_example){f[i].indicator, f[i].sentence, f[i].value, f[i].subtype, none};
    }
    ht_str yaml;
    ht_status status = gold_codebook_write(a, codebook->source, examples, m, &yaml, e);
    return status == HT_OK ? write_file(folder, "codebook.yaml", yaml, e) : status;
}

ht_status ht_verdicts_gold(const stats_db *db, const ht_codebook *codebook, const char *folder,
                           size_t *n_documents, ht_error *e) {
    ht_arena a;
    sqlite3_stmt *query = NULL;
    judged_figure *all = NULL;
    size_t n = 0, cap = 0;
    ht_arena_init(&a, 0);
    *n_documents = 0;
    ht_status status = outfile_make_folder(folder, e);
    if (status == HT_OK) status = db_prepare(db, &query, query_text, e);
    for (bool row = status == HT_OK; row;) {
        status = db_step(db, query, &row, e);
        if (status != HT_OK || !row) break;
        judged_figure *f = HT_PUSH(&a, all, n, cap);
        row_read(&a, query, f);
        correct(&a, f);
    }
    sqlite3_finalize(query);
    for (size_t from = 0, to; from < n && status == HT_OK; from = to) {
        for (to = from + 1; to < n && ht_str_eq(all[to].article_id, all[from].article_id);) to++;
        status = put_document(&a, folder, all + from, to - from, e);
        ++*n_documents;
    }
    if (status == HT_OK) status = put_examples(&a, codebook, folder, all, n, e);
    ht_arena_free(&a);
    return status;
}
