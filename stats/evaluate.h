/* A folder that `hantally run --keep-text` wrote, and gold files -> how well they agree.
 *
 * GOLD holds DOC.quantities.jsonl, DOC.figures.jsonl, DOC.main.txt and DOC.article.json, any of
 * them; an article belongs to DOC when its file's name begins with DOC or its url is the gold's.
 * What is counted, and what is left open to readers (optional, alt_kinds, repeats), is in
 * docs/evaluate.md. Scores alone are binary floating point. Costs OUT's articles.csv and
 * figures.csv in memory.
 */
#ifndef HT_STATS_EVALUATE_H
#define HT_STATS_EVALUATE_H

#include "base/error.h"
#include "base/str.h"

typedef struct {
    const char *name; /* main_f1, quantity_p, … */
    double value;     /* 0..1 */
    bool known;       /* false: GOLD has nothing to measure it with */
} ht_score;

enum {
    HT_MAIN_P,
    HT_MAIN_R,
    HT_MAIN_F1,
    HT_META,
    HT_QUANTITY_P,
    HT_QUANTITY_R,
    HT_QUANTITY_F1,
    HT_UNIT,
    HT_QUALIFIER,
    HT_FIGURE_P,
    HT_FIGURE_R,
    HT_FIGURE_F1,
    HT_MEASURE_RIGHT,
    HT_ASOF_RIGHT,
    HT_N_SCORES
};

typedef struct {
    size_t n_documents;
    ht_score scores[HT_N_SCORES];
    ht_str *misses; /* what differs, a line each */
    size_t n_misses;
    ht_arena arena; /* of the misses */
} ht_evaluation;

/* Free with ht_evaluation_free, also after a failure. */
ht_status ht_evaluate(const char *out, const char *gold, ht_evaluation *result, ht_error *e);
void ht_evaluation_free(ht_evaluation *result);

/* A line a score for a person, or one JSON object; at most n_misses lines of what differs before it
 * (text only). */
void ht_evaluation_print(ht_buf *b, const ht_evaluation *result, bool json, size_t n_misses);

/* --min: HT_FAILED when main_f1, quantity_f1 or figure_f1 is known and below the number, HT_USAGE
 * when it is no number from 0 to 1. */
ht_status ht_evaluation_min(const ht_evaluation *result, ht_str minimum, ht_error *e);

#endif
