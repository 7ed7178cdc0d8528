#include "report/page_view.h"

#include "base/table.h"
#include "report/page_words.h"

#include <string.h>

enum { N_TINTS = 12, MAX_PATH = 4 };

HT_TABLE(page_view_css, "page_view.css");

/* The reasons of a page in the order of their first block; each has a tint. */
typedef struct {
    const char *names[64];
    size_t counts[64], n;
} reasons;

typedef struct {
    ht_buf *b;
    const ht_page_view *v;
    bool chinese;
    reasons reasons;
} viewer;

static void put(viewer *x, const char *text) {
    ht_buf_add(x->b, ht_str_of(text));
}

static const char *reason_of(const ht_block *block) {
    return block->reason ? block->reason : "";
}

static size_t tint_of(const reasons *r, const char *reason) {
    size_t i = 0;
    while (i < r->n && strcmp(r->names[i], reason) != 0) i++;
    return i;
}

static void count_reasons(viewer *x) {
    reasons *r = &x->reasons;
    enum { MAX = sizeof r->names / sizeof *r->names };
    *r = (reasons){{"text"}, {0}, 1};
    for (size_t i = 0; i < x->v->page->n_blocks; i++) {
        const char *reason = reason_of(&x->v->page->blocks[i]);
        size_t at = tint_of(r, reason);
        if (at == MAX) continue;
        if (at == r->n) r->names[r->n++] = reason;
        r->counts[at]++;
    }
}

static void put_heading(viewer *x) {
    const ht_page *page = x->v->page;
    size_t n_kept = 0;
    for (size_t i = 0; i < page->n_blocks; i++) n_kept += page->blocks[i].keep;
    put(x, "<header>\n<h1>");
    html_text(x->b, x->v->name);
    put(x, "</h1>\n<p>");
    if (x->chinese)
        ht_buf_printf(x->b, "%zu 段，保留 %zu 段 · 正文 %u 字 · 编码 %s", page->n_blocks, n_kept,
                      x->v->article->main_chars, x->v->decoded->charset);
    else
        ht_buf_printf(x->b, "%zu of %zu blocks kept · %u characters · encoding %s", n_kept,
                      page->n_blocks, x->v->article->main_chars, x->v->decoded->charset);
    put(x, "</p>\n</header>\n");
}

static void put_evidence(viewer *x, const ht_evidence *from) {
    put(x, from->rule);
    if (from->block == HT_NO_BLOCK) return;
    ht_buf_printf(x->b, x->chinese ? "，<a href=\"#b%zu\">第 %zu 段</a>"
                                   : ", <a href=\"#b%zu\">block %zu</a>",
                  from->block + 1, from->block + 1);
}

static void put_fields(viewer *x) {
    put(x, "<table>\n");
    for (ht_field f = 0; f < HT_N_FIELDS; f++) {
        const ht_evidence *from = &x->v->article->evidence[f];
        ht_str value = ht_article_field(x->v->article, f);
        if (!value.n) continue;
        ht_buf_printf(x->b, "<tr><th>%s<td>", page_field_label(f, x->chinese));
        html_text(x->b, value);
        put(x, "<td class=\"from\">");
        if (from->rule) put_evidence(x, from);
        put(x, "\n");
    }
    put(x, "</table>\n");
}

static void put_choice(viewer *x, const char *id, const char *label, bool checked) {
    ht_buf_printf(x->b, "<label><input type=\"radio\" name=\"shown\" id=\"%s\"%s> %s</label>\n", id,
                  checked ? " checked" : "", label);
}

static void put_legend(viewer *x) {
    const reasons *r = &x->reasons;
    put(x, "<ul class=\"legend\">\n");
    for (size_t i = 0; i < r->n; i++) {
        if (!r->counts[i]) continue;
        ht_buf_printf(x->b, "<li class=\"r%zu\">%s %zu: ", i % N_TINTS, r->names[i], r->counts[i]);
        html_text(x->b, page_reason_words(ht_str_of(r->names[i]), x->chinese));
        put(x, "\n");
    }
    put(x, "</ul>\n<fieldset>\n");
    put_choice(x, "all", x->chinese ? "全部" : "all blocks", true);
    put_choice(x, "only-kept", x->chinese ? "只看保留的" : "only kept ones", false);
    put_choice(x, "only-dropped", x->chinese ? "只看丢弃的" : "only dropped ones", false);
    put(x, "</fieldset>\n");
}

static void put_container(viewer *x, uint32_t at, unsigned left) {
    if (!at) return;
    const ht_container *c = &x->v->page->containers[at];
    if (left && c->parent) {
        put_container(x, c->parent, left - 1);
        put(x, " › ");
    }
    html_text(x->b, c->tag);
    if (!c->names.n) return;
    put(x, ".");
    html_text(x->b, c->names);
}

static void put_block(viewer *x, size_t i) {
    const ht_block *block = &x->v->page->blocks[i];
    ht_span text = ht_offmap_source(&block->text.map, 0, block->text.text.n);
    ht_span bytes = ht_decoded_source(x->v->decoded, text.start, text.end);
    const char *verdict = block->keep ? "keep" : "drop";
    ht_buf_printf(x->b, "<li class=\"b %s %s r%zu\" id=\"b%zu\"><div class=\"why\"><b>%zu</b> ",
                  verdict, page_kind_name(block->kind),
                  tint_of(&x->reasons, reason_of(block)) % N_TINTS, i + 1, i + 1);
    ht_buf_printf(x->b, "<b>%s: %s</b> <span>", x->chinese ? block->keep ? "保留" : "丢弃" : verdict,
                  reason_of(block));
    if (x->v->page->html) put_container(x, block->container, MAX_PATH);
    ht_buf_printf(x->b, "</span> <span>%s %zu–%zu</span></div><div class=\"t\">",
                  x->chinese ? "字节" : "bytes", bytes.start, bytes.end);
    html_text(x->b, block->text.text);
    put(x, "</div>\n");
}

void ht_page_view_write(ht_buf *b, const ht_page_view *view, bool chinese) {
    viewer x = {.b = b, .v = view, .chinese = chinese};
    count_reasons(&x);
    html_open(b, chinese, view->name,
              (ht_str){(const char *)ht_table_page_view_css, HT_TABLE_SIZE(page_view_css)});
    put_heading(&x);
    put_fields(&x);
    put_legend(&x);
    put(&x, "<ol>\n");
    for (size_t i = 0; i < view->page->n_blocks; i++) put_block(&x, i);
    put(&x, "</ol>\n");
    html_close(b);
}
