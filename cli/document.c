#include "cli/pipeline.h"

#include "extract/page/split.h"

#include <string.h>

void cli_pipeline_init(cli_pipeline *p, const cli_tables *tables, const cli_options *o) {
    static const struct {
        const char *name;
        ht_target target;
    } targets[] = {{"hans", HT_TO_HANS},
                   {"hant", HT_TO_HANT},
                   {"tw", HT_TO_TW},
                   {"hk", HT_TO_HK},
                   {"keep", HT_TO_KEEP}};
    *p = (cli_pipeline){.tables = tables, .since = HT_NO_DAY, .until = HT_NO_DAY};
    p->encoding = cli_text(o, OPT_ENCODING, "");
    ht_str format = cli_text(o, OPT_FORMAT, "auto");
    if (ht_str_eq(format, HT_S("html"))) p->format = CLI_FORMAT_HTML;
    if (ht_str_eq(format, HT_S("text"))) p->format = CLI_FORMAT_TEXT;
    ht_str to = cli_text(o, OPT_TO, "hans");
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        if (ht_str_eq(to, ht_str_of(targets[i].name))) p->clean.target = targets[i].target;
    ht_str repair = cli_text(o, OPT_REPAIR, "all");
    if (ht_str_eq(repair, HT_S("exact"))) p->clean.repair = HT_REPAIR_EXACT;
    if (ht_str_eq(repair, HT_S("off"))) p->clean.repair = HT_REPAIR_OFF;
    p->clean.ascii_punctuation = ht_str_eq(cli_text(o, OPT_PUNCTUATION, ""), HT_S("ascii"));
    if (cli_given(o, OPT_SINCE)) p->since = ht_day_parse(cli_text(o, OPT_SINCE, ""));
    if (cli_given(o, OPT_UNTIL)) p->until = ht_day_parse(cli_text(o, OPT_UNTIL, ""));
    p->all_quantities = cli_given(o, OPT_ALL_QUANTITIES);
}

/* Metas whose words reach the tables, so that they have to be as clean as the text. */
static bool is_cleaned_meta(ht_str name) {
    static const char *const endings[] = {"title",     "headline", "author",   "source",
                                          "publisher", "sitename", "site_name"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ht_str_ends(name, ht_str_of(endings[i]))) return true;
    return false;
}

static ht_text text_without_source(ht_arena *a, ht_str s) {
    ht_text t = {.text = s};
    ht_offmap_init(&t.map, a);
    ht_offmap_add(&t.map, s.n, 0, 0);
    return t;
}

/* The blocks, the head's title and the titles among the metas are cleaned together: what is known
 * of the damage of one helps the others. */
static void clean_page(const cli_pipeline *p, ht_arena *a, cli_document *d) {
    ht_page *page = &d->page;
    size_t n = page->n_blocks;
    ht_text *texts = HT_ARRAY(a, ht_text, n + 1 + page->n_metas);
    for (size_t i = 0; i < n; i++) texts[i] = page->blocks[i].text;
    size_t n_all = n;
    texts[n_all++] = text_without_source(a, page->head_title);
    for (size_t i = 0; i < page->n_metas; i++)
        if (is_cleaned_meta(page->metas[i].name))
            texts[n_all++] = text_without_source(a, page->metas[i].value);
    ht_clean(p->tables->cleaner, a, texts, n_all, &p->clean, &d->report);
    for (size_t i = 0; i < n; i++) page->blocks[i].text = texts[i];
    page->head_title = texts[n].text;
    n_all = n + 1;
    for (size_t i = 0; i < page->n_metas; i++)
        if (is_cleaned_meta(page->metas[i].name)) page->metas[i].value = texts[n_all++].text;
}

/* ht_page_split, unless --format has decided what the record is. */
static bool split_page(cli_format format, ht_arena *a, ht_str text, ht_page *page,
                       ht_trouble *trouble) {
    bool html = format == CLI_FORMAT_HTML;
    if (format == CLI_FORMAT_AUTO || ht_page_is_html(text) == html)
        return ht_page_split(a, text, page, trouble);
    if (text.n > PAGE_MAX_BYTES) {
        ht_trouble_set(trouble, "page", "too-large", "%zu bytes; at most %d are read", text.n,
                       PAGE_MAX_BYTES);
        return false;
    }
    *page = (ht_page){.html = html};
    if (html) return page_split_html(a, text, page, trouble);
    page_split_plain(a, text, page);
    return true;
}

static const struct ht_site *site_of(const cli_pipeline *p, ht_arena *a, const cli_document *d,
                                     const ht_record *record) {
    const ht_site_model *model = p->tables->site_model;
    return model ? ht_site_of(model, ht_page_host(a, &d->page, record->url)) : NULL;
}

bool cli_document_read(const cli_pipeline *p, ht_arena *a, const ht_record *record, cli_document *d,
                       ht_trouble *trouble) {
    memset(d, 0, sizeof *d);
    d->declared = record->charset.n ? record->charset : ht_declared_charset(record->bytes);
    trouble->stage = "normalize";
    if (!ht_decode(a, record->bytes, d->declared, p->encoding, &d->decoded, trouble)) return false;
    trouble->stage = "page";
    if (!split_page(p->format, a, d->decoded.text, &d->page, trouble)) return false;
    clean_page(p, a, d);
    ht_page_choose(a, &d->page, site_of(p, a, d, record));
    ht_page_metadata(a, &d->page, record->url, &d->article);
    ht_article_make(a, &d->page, &d->article);
    if (d->article.main_chars) return true;
    ht_trouble_set(trouble, "page", "no-article", "no main text was found");
    return false;
}
