/* One record -> what became of it: the stages of a document in their order.
 *
 *   document.c     record -> decoded text, blocks, article         pipeline.c   record -> outcome
 *   article_row.c  article -> row of articles.csv                  figure_row.c figures -> rows
 *
 * A document that needs more than CLI_DOCUMENT_BYTES of memory is rejected with code `memory`; the
 * caller's arena can be used again after a reset. Every other refusal is a trouble of its stage.
 */
#ifndef HT_CLI_PIPELINE_H
#define HT_CLI_PIPELINE_H

#include "cli/tables.h"
#include "corpus/corpus.h"
#include "extract/page/page.h"
#include "stats/rows.h"

#define CLI_DOCUMENT_BYTES ((size_t)256 << 20)

typedef enum { CLI_FORMAT_AUTO, CLI_FORMAT_HTML, CLI_FORMAT_TEXT } cli_format;

typedef struct {
    const cli_tables *tables;
    ht_str encoding; /* --encoding; empty: found out */
    cli_format format;
    ht_clean_options clean;
    ht_day since, until; /* HT_NO_DAY: no limit */
    bool all_quantities;
} cli_pipeline;

void cli_pipeline_init(cli_pipeline *p, const cli_tables *tables, const cli_options *o);

typedef struct {
    ht_decoded decoded;
    ht_str declared; /* the charset that the container or the page names; borrows */
    ht_page page;
    ht_clean_report report;
    ht_article article;
} cli_document;

/* Decodes, splits, cleans, chooses and reads the metadata. false and *trouble when it is no text or
 * nothing is left of it. On the way trouble->stage names the stage that is at work. */
bool cli_document_read(const cli_pipeline *p, ht_arena *a, const ht_record *record, cli_document *d,
                       ht_trouble *trouble);

/* Calls `read` under the guard of the scratch arena; when its memory does not suffice: false, and
 * *trouble of the stage that it had come to. */
bool cli_guarded(ht_arena *scratch, bool (*read)(void *context, ht_trouble *trouble), void *context,
                 ht_trouble *trouble);

/* Reads a record with all stages. Works in `scratch`, which must be fresh and is left for the
 * caller to reset; *outcome and all it points to is copied into `out`. */
void cli_outcome_read(const cli_pipeline *p, ht_arena *scratch, ht_arena *out,
                      const ht_record *record, ht_outcome *outcome);
/* Was the record left out by --since or --until, and not because it could not be read? */
bool cli_outcome_is_deselected(const ht_outcome *outcome);

ht_region_context cli_context_of(const ht_article *article, uint32_t base_region);
void cli_article_row(ht_arena *a, const cli_pipeline *p, const ht_record *record,
                     const cli_document *d, uint32_t region, ht_article_row *row);

typedef struct {
    ht_figure_row *rows;
    const ht_quantity **of; /* the quantity that each row comes from */
    size_t n;
} cli_rows;

/* Rows of the statistical figures, and with all_quantities of all the others, in text order. With
 * no document the text is its own source. */
cli_rows cli_figure_rows(ht_arena *a, const cli_pipeline *p, const char *article_id,
                         const cli_document *document, const ht_passage *passage,
                         const ht_reading *reading);

#endif
