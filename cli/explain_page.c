#include "cli/commands.h"
#include "cli/explain.h"
#include "cli/json_text.h"
#include "cli/parser_memory.h"
#include "report/page_view.h"
#include "report/page_words.h"
#include "stats/outfile.h"

#include <string.h>

static void put_block(ht_buf *b, const ht_block *block, int lang) {
    const char *verdict = block->keep ? (lang ? "保留" : "keep") : (lang ? "丢弃" : "drop");
    ht_buf_printf(b, "%s  %-8s %-14s ", verdict, page_kind_name(block->kind),
                  block->reason ? block->reason : "");
    ht_buf_add(b, block->text.text);
    ht_buf_byte(b, '\n');
}

static void put_field(ht_buf *b, const cli_document *d, ht_field field, int lang) {
    ht_str value = ht_article_field(&d->article, field);
    const ht_evidence *from = &d->article.evidence[field];
    if (!value.n) return;
    ht_buf_printf(b, lang ? "%s\t" : "%-15s ", page_field_label(field, lang));
    ht_buf_add(b, value);
    if (from->block != HT_NO_BLOCK)
        ht_buf_printf(b, lang ? " (%s，第 %zu 段)" : " (%s, block %zu)", from->rule,
                      from->block + 1);
    else
        ht_buf_printf(b, " (%s)", from->rule);
    ht_buf_byte(b, '\n');
}

static void put_text(ht_buf *b, const cli_document *d, int lang) {
    for (size_t i = 0; i < d->page.n_blocks; i++) put_block(b, &d->page.blocks[i], lang);
    if (!d->page.n_blocks) return;
    ht_buf_printf(b, lang ? "\n编码\t%s\n" : "\nencoding        %s\n", d->decoded.charset);
    for (ht_field f = 0; f < HT_N_FIELDS; f++) put_field(b, d, f, lang);
}

static void put_json_block(ht_buf *b, const ht_block *block) {
    ht_buf_byte(b, '{');
    cli_json_flag(b, "keep", block->keep);
    cli_json_member(b, "reason", ht_str_of(block->reason));
    cli_json_member(b, "kind", ht_str_of(page_kind_name(block->kind)));
    cli_json_member(b, "text", block->text.text);
    ht_buf_add(b, HT_S("}\n"));
}

static void put_json_field(ht_buf *b, const cli_document *d, ht_field field) {
    const ht_evidence *from = &d->article.evidence[field];
    ht_buf_byte(b, '{');
    cli_json_member(b, "field", ht_str_of(page_field_name(field)));
    cli_json_member(b, "value", ht_article_field(&d->article, field));
    cli_json_member(b, "rule", ht_str_of(from->rule));
    if (from->block != HT_NO_BLOCK) cli_json_number(b, "block", from->block + 1);
    ht_buf_add(b, HT_S("}\n"));
}

/* A line a block in their order, so that line N is block N; then a line a field that was found. */
static void put_json(ht_buf *b, const cli_document *d) {
    for (size_t i = 0; i < d->page.n_blocks; i++) put_json_block(b, &d->page.blocks[i]);
    for (ht_field f = 0; f < HT_N_FIELDS; f++)
        if (ht_article_field(&d->article, f).n) put_json_field(b, d, f);
}

static ht_status write_view(ht_arena *a, const cli_document *d, const cli_options *o, ht_error *e) {
    const char *name = strrchr(o->values[OPT_PAGE], '/');
    ht_page_view view = {ht_str_of(name ? name + 1 : o->values[OPT_PAGE]), &d->decoded, &d->page,
                         &d->article};
    ht_buf b;
    ht_buf_init(&b, a);
    ht_page_view_write(&b, &view, o->lang);
    ht_outfile f;
    ht_status status = outfile_open_path(&f, o->values[OPT_VIEW], e);
    if (status != HT_OK) return status;
    outfile_write(&f, ht_buf_str(&b));
    return outfile_commit(&f, e);
}

typedef struct {
    const cli_pipeline *pipeline;
    ht_arena *arena;
    const ht_record *record;
    cli_document *document;
} page_reader;

static bool read_page(void *context, ht_trouble *trouble) {
    const page_reader *r = context;
    return cli_document_read(r->pipeline, r->arena, r->record, r->document, trouble);
}

static ht_status first_record(ht_arena *a, const cli_options *o, ht_record *record, ht_error *e) {
    char *const inputs[] = {(char *)o->values[OPT_PAGE]};
    const ht_corpus_options options = {0};
    ht_corpus *corpus;
    bool more;
    ht_status status = ht_corpus_open(&corpus, inputs, 1, &options, e);
    if (status != HT_OK) return status;
    status = ht_corpus_next(corpus, a, record, &more, e);
    ht_corpus_close(corpus);
    if (status != HT_OK || more) return status;
    return ht_fail(e, HT_IO, "%s: an empty folder", inputs[0]);
}

static ht_status explain(const cli_pipeline *p, ht_arena *work, ht_arena *a, const cli_options *o,
                         ht_error *e) {
    ht_record record;
    ht_status status = first_record(a, o, &record, e);
    if (status != HT_OK) return status;
    ht_trouble trouble = record.trouble;
    cli_document *d = HT_NEW(a, cli_document);
    page_reader reader = {p, work, &record, d};
    bool read = !trouble.code && cli_guarded(work, read_page, &reader, &trouble);
    ht_buf b;
    ht_buf_init(&b, a);
    if (cli_given(o, OPT_JSON))
        put_json(&b, d);
    else
        put_text(&b, d, o->lang);
    cli_output(ht_buf_str(&b));
    if (!read)
        return ht_fail(e, HT_FAILED, "%s: %s: %s", o->values[OPT_PAGE], trouble.code,
                       trouble.detail);
    return cli_given(o, OPT_VIEW) ? write_view(a, d, o, e) : HT_OK;
}

ht_status explain_page(const cli_pipeline *p, ht_arena *a, const cli_options *o, ht_error *e) {
    ht_arena work;
    cli_parser_start();
    ht_arena_init(&work, CLI_DOCUMENT_BYTES);
    ht_status status = explain(p, &work, a, o, e);
    ht_arena_free(&work);
    return status;
}
