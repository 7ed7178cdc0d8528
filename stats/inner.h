/* A run's outcomes -> the files of OUT, step by step. Inner to stats/.
 *
 *   stats.c   the steps in order     export.c   the store in order -> articles, figures, rejected,
 * texts collect.c figures -> mentions    regions.c  mentions -> cells     table.c  cells -> one
 * indicator's table runinfo.c run.json Each step writes complete files (outfile.h) and the tables
 * of hantally.db. Memory: one outcome or the figures of one cell, and the page caches of two
 * databases.
 */
#ifndef HT_STATS_INNER_H
#define HT_STATS_INNER_H

#include "stats/outfile.h"
#include "stats/stats.h"
#include "stats/store.h"

/* Of the store's database, which sorts them. */
#define MENTION_KEY "region_code, indicator, subtype, measure, modality, unit, base, period"
typedef enum {
    M_REGION_CODE,
    M_INDICATOR,
    M_SUBTYPE,
    M_MEASURE,
    M_MODALITY,
    M_UNIT,
    M_BASE,
    M_PERIOD,
    N_MENTION_KEY,
    M_FIGURE_ID = N_MENTION_KEY,
    M_ARTICLE_ID,
    M_PUBLISHER,
    M_DATE,
    M_BASIS,
    M_QUALIFIER,
    M_REGION,
    M_REGION_LEVEL,
    M_VALUE,
    M_LOW,
    M_HIGH,
    M_STEP,
    M_CONFIDENCE,
    M_ROLE,
    N_MENTION
} mention_column;

typedef struct {
    uint64_t articles, duplicates, figures, figures_with_indicator, rejected, cells, conflicts;
} stats_counts;

struct ht_stats {
    char *out;                    /* heap */
    char *staging_path, *db_path; /* heap; of the temporary files */
    const ht_codebook *codebook;
    const ht_gazetteer *gazetteer; /* may be NULL: regions without a name stay so */
    ht_stats_options options;
    ht_arena kept;    /* for the whole run */
    ht_arena scratch; /* for one outcome or cell */
    stats_store store;
    stats_db db; /* hantally.db while it is built */
    stats_counts counts;
};

/* The tables indicators and subtypes of hantally.db: what the numbers mean (codebook_db.c). */
ht_status export_codebook(ht_stats *s, ht_error *e);
ht_status export_articles(ht_stats *s, ht_error *e);
ht_status export_regions(ht_stats *s, ht_error *e);
ht_status export_tables(ht_stats *s, ht_error *e);
/* datapackage.json: a Table Schema for every CSV, and the codebook (package.c). */
ht_status export_package(ht_stats *s, ht_error *e);
/* tables.xlsx (workbook.c). */
ht_status export_workbook(ht_stats *s, ht_error *e);
ht_status export_runinfo(ht_stats *s, const ht_run_facts *facts, ht_error *e);

/* Main texts on their way into OUT (texts.c). */
typedef struct {
    ht_stats *s;
    bool lines;       /* one main.jsonl instead of main/ID.txt */
    ht_outfile *file; /* arena; main.jsonl */
    char *folder;     /* heap; main.tmp */
} stats_texts;
ht_status texts_open(stats_texts *t, ht_stats *s, ht_error *e);
ht_status texts_add(stats_texts *t, const ht_outcome *outcome, ht_error *e);
ht_status texts_finish(stats_texts *t, ht_error *e);
void texts_close(stats_texts *t);

/* Prepares the table of mentions; *insert is the caller's. */
ht_status collect_prepare(ht_stats *s, sqlite3_stmt **insert, ht_error *e);
/* Adds the figures of one article that may stand in a cell. */
ht_status collect_figures(ht_stats *s, sqlite3_stmt *insert, const ht_outcome *outcome,
                          ht_error *e);

/* low 0, medium 1, high 2; anything else below low. */
int stats_confidence(ht_str word);
/* The indicator of that id, NULL if the codebook has none. */
const ht_indicator *stats_indicator(const ht_codebook *cb, ht_str id);

#endif
