/* A run's outcomes -> the files of OUT, step by step. Inner to stats/.
 *
 *   stats.c    the steps in order      export.c    the store in order -> articles, figures, …
 *   collect.c  figures -> mentions     tabulate.c  mentions in order -> cells
 *   regions.c  cells -> regions.csv, cells.csv     table.c  rows of regions.csv -> the tables
 *   runinfo.c  run.json
 *
 * Each step writes complete files (outfile.h) and the tables of hantally.db. Memory: one outcome or
 * the figures of one cell, the sorter's batches, and the page caches of two databases.
 */
#ifndef HT_STATS_INNER_H
#define HT_STATS_INNER_H

#include "stats/compare.h"
#include "stats/join.h"
#include "stats/mention.h"
#include "stats/outfile.h"
#include "stats/period.h"
#include "stats/sorter.h"
#include "stats/stats.h"
#include "stats/store.h"
#include "stats/territory.h"

typedef struct {
    uint64_t articles, duplicates, figures, figures_with_indicator, rejected, cells, conflicts;
} stats_counts;

typedef struct stats_corrections stats_corrections;

struct ht_stats {
    char *out;                    /* heap */
    char *staging_path, *db_path; /* heap; of the temporary files */
    const ht_codebook *codebook;
    const ht_gazetteer *gazetteer; /* may be NULL: regions without a name stay so */
    ht_stats_options options;
    ht_arena kept;    /* for the whole run */
    ht_arena scratch; /* for one outcome or cell */
    stats_store store;
    stats_sorter *mentions; /* NULL: not collected yet */
    join_table *join;       /* --join; NULL: none */
    ht_str join_hash;       /* XXH3-128 of its file, hex */
    territory *territory;   /* NULL: neither --rollup nor --boundaries */
    stats_db db; /* hantally.db while it is built */
    stats_counts counts;
    stats_corrections *corrections; /* NULL: no verdicts were given */
};

/* The tables indicators and subtypes of hantally.db: what the numbers mean (codebook_db.c). */
ht_status export_codebook(ht_stats *s, ht_error *e);
ht_status export_articles(ht_stats *s, ht_error *e);
/* regions.csv, cells.csv, and the tables made of them. */
ht_status export_regions(ht_stats *s, ht_error *e);
/* boundaries.csv: what --boundaries did to which division. */
ht_status export_boundaries(ht_stats *s, ht_error *e);
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

/* Adds the figures of one article that may stand in a cell to s->mentions. Resets nothing. */
ht_status collect_figures(ht_stats *s, const ht_outcome *outcome, ht_error *e);

/* May figures with this key be added up? Not shares, rates, growth, or what `none` keeps apart. */
bool stats_adds_up(const ht_stats *s, const ht_str *key);

/* A decided cell, on its way to a table. */
typedef struct {
    ht_str key[N_MENTION_KEY];
    ht_str whole; /* M_WHOLE of all its figures */
    cell c;
    cell_figure *figures;
    size_t n;
} stats_cell;
/* Does its value rest on a figure that a verdict corrected? */
bool stats_cell_is_corrected(const stats_cell *c);
/* The cell lives in s->scratch, which is reset behind the call. */
typedef ht_status (*stats_cell_visit)(void *context, const stats_cell *c, ht_error *e);
/* Every cell in order. May be called again. */
ht_status tabulate(ht_stats *s, stats_cell_visit visit, void *context, ht_error *e);

/* low 0, medium 1, high 2; anything else below low. */
int stats_confidence(ht_str word);
/* The indicator of that id, NULL if the codebook has none. */
const ht_indicator *stats_indicator(const ht_codebook *cb, ht_str id);

#endif
