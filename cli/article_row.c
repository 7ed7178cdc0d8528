#include "cli/pipeline.h"

#include <string.h>

ht_region_context cli_context_of(const ht_article *article, uint32_t base_region) {
    return (ht_region_context){
        .title = article->title,
        .publisher = article->publisher,
        .url = article->url,
        .dateline_place = article->dateline_place,
        .dates = {ht_day_parse(article->published), ht_day_parse(article->dateline_date)},
        .base_region = base_region,
    };
}

static ht_str number_text(ht_arena *a, unsigned long long n) {
    return ht_format(a, "%llu", n);
}

static ht_str repairs_text(ht_arena *a, const cli_document *d) {
    ht_str repairs = ht_clean_summary(a, &d->report);
    if (!d->decoded.n_malformed) return repairs;
    return ht_format(a, "malformed:%zu%s" HT_FMT, d->decoded.n_malformed, repairs.n ? "|" : "",
                     HT_ARG(repairs));
}

void cli_article_row(ht_arena *a, const cli_pipeline *p, const ht_record *record,
                     const cli_document *d, uint32_t region, ht_article_row *row) {
    const ht_article *article = &d->article;
    ht_str *c = row->cell;
    c[HT_A_ARTICLE_ID] = ht_str_of(record->id);
    c[HT_A_SOURCE_PATH] = record->source_path;
    c[HT_A_MEMBER] = record->member;
    c[HT_A_RECORD] = number_text(a, record->record);
    c[HT_A_RECORD_OFFSET] = number_text(a, record->offset);
    c[HT_A_RECORD_BYTES] = number_text(a, record->bytes.n);
    c[HT_A_FIELD] = record->field;
    c[HT_A_URL] = article->url;
    c[HT_A_TITLE] = article->title;
    c[HT_A_PUBLISHED] = article->published;
    c[HT_A_PUBLISHER] = article->publisher;
    c[HT_A_AUTHORS] = article->authors;
    c[HT_A_PHOTOGRAPHERS] = article->photographers;
    c[HT_A_EDITOR] = article->editor;
    c[HT_A_DATELINE_PLACE] = article->dateline_place;
    c[HT_A_DATELINE_DATE] = article->dateline_date;
    if (region) {
        c[HT_A_REGION_CODE] = ht_format(a, "%06u", region);
        c[HT_A_REGION] = ht_region_name(p->tables->reader.gazetteer, region);
    }
    c[HT_A_SCRIPT] = d->report.hant ? HT_S("Hant") : HT_S("Hans");
    c[HT_A_ENCODING_DECLARED] = d->declared;
    c[HT_A_ENCODING_USED] = ht_str_of(d->decoded.charset);
    c[HT_A_REPAIRS] = repairs_text(a, d);
    c[HT_A_MAIN_CHARS] = number_text(a, article->main_chars);
}
