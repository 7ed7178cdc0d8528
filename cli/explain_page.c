#include "cli/explain.h"

#include "cli/commands.h"
#include "cli/json_text.h"
#include "cli/parser_memory.h"

static const char *kind_name(ht_block_kind kind) {
    static const char *const names[] = {[HT_BLOCK_TEXT] = "text",
                                        [HT_BLOCK_HEADING] = "heading",
                                        [HT_BLOCK_LIST_ITEM] = "item",
                                        [HT_BLOCK_ROW] = "row",
                                        [HT_BLOCK_CAPTION] = "caption"};
    return names[kind];
}

static void put_block(ht_buf *b, const ht_block *block, bool json, int lang) {
    const char *reason = block->reason ? block->reason : "";
    if (json) {
        ht_buf_byte(b, '{');
        cli_json_flag(b, "keep", block->keep);
        cli_json_member(b, "reason", ht_str_of(reason));
        cli_json_member(b, "kind", ht_str_of(kind_name(block->kind)));
        cli_json_member(b, "text", block->text.text);
        ht_buf_add(b, HT_S("}\n"));
        return;
    }
    const char *verdict = block->keep ? (lang ? "保留" : "keep") : (lang ? "丢弃" : "drop");
    ht_buf_printf(b, "%s  %-8s %-14s ", verdict, kind_name(block->kind), reason);
    ht_buf_add(b, block->text.text);
    ht_buf_byte(b, '\n');
}

static void put_metadata(ht_buf *b, const cli_document *d, int lang) {
    const ht_article *article = &d->article;
    const struct {
        const char *english, *chinese;
        ht_str value;
    } lines[] = {
        {"encoding", "编码", ht_str_of(d->decoded.charset)},
        {"title", "标题", article->title},
        {"published", "发布时间", article->published},
        {"publisher", "来源", article->publisher},
        {"authors", "作者", article->authors},
        {"photographers", "摄影", article->photographers},
        {"editor", "编辑", article->editor},
        {"dateline place", "电头地点", article->dateline_place},
        {"dateline date", "电头日期", article->dateline_date},
        {"url", "网址", article->url},
    };
    ht_buf_byte(b, '\n');
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!lines[i].value.n) continue;
        ht_buf_printf(b, lang ? "%s\t" : "%-15s ", lang ? lines[i].chinese : lines[i].english);
        ht_buf_add(b, lines[i].value);
        ht_buf_byte(b, '\n');
    }
}

ht_status explain_page(const cli_pipeline *p, ht_arena *a, const cli_options *o, ht_error *e) {
    char *const inputs[] = {(char *)o->values[OPT_PAGE]};
    const ht_corpus_options options = {0};
    ht_corpus *corpus;
    ht_status status = ht_corpus_open(&corpus, inputs, 1, &options, e);
    if (status != HT_OK) return status;
    ht_record record;
    bool more;
    status = ht_corpus_next(corpus, a, &record, &more, e);
    ht_corpus_close(corpus);
    if (status != HT_OK) return status;
    if (!more) return ht_fail(e, HT_IO, "%s: an empty folder", inputs[0]);
    cli_parser_start();
    ht_trouble trouble = record.trouble;
    cli_document *d = HT_NEW(a, cli_document);
    bool read = !trouble.code && cli_document_read(p, a, &record, d, &trouble);
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < d->page.n_blocks; i++)
        put_block(&b, &d->page.blocks[i], cli_given(o, OPT_JSON), o->lang);
    if (!cli_given(o, OPT_JSON) && d->page.n_blocks) put_metadata(&b, d, o->lang);
    cli_output(ht_buf_str(&b));
    if (read) return HT_OK;
    return ht_fail(e, HT_FAILED, "%s: %s: %s", inputs[0], trouble.code, trouble.detail);
}
