/* A finished OUT -> what in it cannot be right together, the surest first.
 *
 * Compared are exact intervals (docs/outputs.md: step and qualifier), so that 约5000 does not
 * contradict 5200; what is said of the kinds is in docs/audit.md. Nothing is changed but
 * OUT/audit.csv, which appears whole or not at all. A finding's id is made from its kind and the
 * cells and figures it stands between: it stays as long as the evidence does.
 * Refuses an unfinished OUT, and a reference without the columns that say what a row is about.
 * Costs some ordered scans of hantally.db (sorted on disk); memory is one group of cells (all
 * regions of one indicator and period) and the findings.
 */
#ifndef HT_STATS_AUDIT_H
#define HT_STATS_AUDIT_H

#include "extract/region/region.h"

typedef enum {
    HT_AUDIT_LOST_WAN,
    HT_AUDIT_PART_ABOVE_WHOLE,
    HT_AUDIT_IMPLAUSIBLE,
    HT_AUDIT_REFERENCE,
    HT_AUDIT_SUBTYPE_ABOVE_WHOLE,
    HT_AUDIT_CHILD_ABOVE_PARENT,
    HT_AUDIT_CUMULATIVE_FALLS,
    HT_AUDIT_PLACE_ABOVE_REGION,
    HT_AUDIT_CHILDREN_ABOVE_PARENT,
    HT_AUDIT_SUBTYPES_ABOVE_WHOLE,
    HT_AUDIT_STOCK_COLLAPSES,
    HT_N_AUDIT_KINDS
} ht_audit_kind;
const char *ht_audit_kind_name(ht_audit_kind kind);

/* One of the two statements that do not go together. */
typedef struct {
    ht_str cell_id, figure_id; /* may be empty; cell_id a list ("c1|c2") where several are added */
    ht_str region_code, region; /* a list of codes where several are added; their number as region */
    ht_str subtype, period;
    ht_str value; /* as people read it: "117000", "over 26000", "200..900" */
    ht_str sentence;
} ht_audit_side;

typedef struct {
    ht_str id; /* q and 16 hex digits */
    ht_audit_kind kind;
    int score;                     /* 1..100; the larger, the surer that one of the two is wrong */
    ht_str indicator, measure, unit;
    ht_audit_side suspect, other; /* the more doubtful one first, where one is */
    ht_str ratio;                 /* between what is too large and what is too small; may be empty */
} ht_finding;

typedef struct {
    ht_arena arena; /* of all below */
    ht_finding *findings;
    size_t n;
    bool has_reference;
    /* of the rows of the reference: how many agree with a cell, do not, and have none */
    size_t n_agree, n_disagree, n_without;
} ht_audit;

/* reference: the bytes of a CSV with a header; its name is for messages. Empty: none. Writes
 * OUT/audit.csv. Free with ht_audit_free, also after a failure. */
ht_status ht_audit_run(ht_audit *audit, const char *out, const ht_gazetteer *g, ht_str reference,
                       const char *reference_name, ht_error *e);
void ht_audit_free(ht_audit *audit);

/* The list for a person (lang 0 English, 1 Chinese), at most n_shown findings; or one JSON object a
 * line, all of them. */
void ht_audit_print(ht_buf *b, const ht_audit *audit, const char *out, int lang, size_t n_shown);
void ht_audit_print_json(ht_buf *b, const ht_audit *audit);

/* The columns of audit.csv. */
#define HT_AUDIT_COLUMNS(X)                                                                        \
    X(audit_id) X(rank) X(score) X(kind) X(indicator) X(measure) X(unit) X(region_code) X(region)  \
    X(subtype) X(period) X(value) X(cell_id) X(figure_id) X(other_region_code) X(other_region)     \
    X(other_subtype) X(other_period) X(other_value) X(other_cell_id) X(other_figure_id) X(ratio)   \
    X(detail) X(sentence) X(other_sentence)
#define HT_AUDIT_COUNT_COLUMN(name) +1
enum { HT_N_AUDIT_COLUMNS = 0 HT_AUDIT_COLUMNS(HT_AUDIT_COUNT_COLUMN) };
extern const char *const ht_audit_columns[HT_N_AUDIT_COLUMNS];
/* The row of audit.csv of the finding at that place of the list. */
void ht_audit_row(ht_arena *a, const ht_finding *f, size_t at, ht_str row[HT_N_AUDIT_COLUMNS]);

#endif
