/* Outcomes -> OUT: the store (SQLite), the tables, run.json.
 *
 *   store.c    outcomes into hantally.db, spilling to disk: memory does not grow with their number
 *   collect.c, tabulate.c, compare.c   figures -> cells, through sorter.c on disk
 *   regions.c, table.c, sums.c, ratios.c, boundaries.c   cells -> regions.csv, cells.csv, the tables,
 *              rollup.csv, ratios.csv, boundaries.csv
 *   csv.c      RFC 4180            json.c  outcome <-> a JSON line            export.c  OUT's files
 */
#ifndef HT_STATS_H
#define HT_STATS_H

#include "extract/codebook/codebook.h"
#include "extract/region/region.h"
#include "stats/rows.h"

typedef struct {
    bool keep_text;        /* main/ID.txt; above 100,000 articles main.jsonl */
    bool excel;            /* BOM and formula guard in the CSV files */
    bool xlsx;             /* tables.xlsx: everything in one workbook */
    ht_str min_confidence; /* low | medium | high; default medium: what enters the tables */
    ht_str scope;          /* whole (default) | all: which scopes enter regions.csv */
    ht_str choose;         /* latest | most-sources | max | median; empty: as the codebook says */
    ht_str period;         /* year (default) | quarter | month */
    ht_str level;          /* of the regions in the tables; empty: all */
    bool rollup;           /* children are added up where a region has no number of its own */
    ht_str join;           /* bytes of a CSV that the numbers are divided by; empty: none */
    ht_str join_name;      /* of its file, for messages */
    ht_str boundaries;     /* a day: dissolved divisions go to their successors; empty: none do */
    const char *verdicts;  /* borrows; a verdicts.db that corrects the tables; NULL: none */
} ht_stats_options;

typedef struct ht_stats ht_stats;

/* Makes OUT (it must not hold a finished run unless it was made by hantally, whose files are
 * replaced). */
ht_status ht_stats_open(ht_stats **s, const char *out, const ht_codebook *cb, const ht_gazetteer *g,
                        const ht_stats_options *options, ht_error *e);
/* Called by one thread. Copies what it needs. */
ht_status ht_stats_add(ht_stats *s, const ht_outcome *outcome, ht_error *e);

typedef struct {
    ht_str command; /* JSON object text: options as given */
    ht_str site_model; /* hash of the site model in use; empty: none */
    double seconds; /* of the whole run; run.json alone */
    int jobs;
    /* Called when every table lies in OUT, before run.json; NULL: nothing is to be added. */
    ht_status (*add)(const char *out, const ht_codebook *codebook, ht_error *e);
} ht_run_facts;

/* Writes every table (temporary file, fsync, rename), run.json last. The order of ht_stats_add
 * calls leaves no trace in any output. */
ht_status ht_stats_finish(ht_stats *s, const ht_run_facts *facts, ht_error *e);
uint64_t ht_stats_n_articles(const ht_stats *s);
uint64_t ht_stats_n_rejected(const ht_stats *s);
void ht_stats_close(ht_stats *s);

/* One line of JSON (no line feed) for `extract`, and back for `stats`. */
void ht_outcome_to_json(ht_buf *b, const ht_outcome *outcome);
/* Borrows the line: of this version's own lines nothing is copied. */
ht_status ht_outcome_from_json(ht_arena *a, ht_str line, ht_outcome *outcome, ht_error *e);

/* A CSV field, quoted where RFC 4180 asks for it. */
void ht_csv_field(ht_buf *b, ht_str field, bool excel);

#endif
