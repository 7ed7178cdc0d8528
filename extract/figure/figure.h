/* Quantities -> figures: what is counted, which indicator, where, when, and what kind of measure.
 *
 *   counted.c  the noun that a quantity counts      bind.c     indicator and subtype; 分别 binding
 *   measure.c  stock, flow, increase …; modality    figure.c   the stage: passage -> figures
 */
#ifndef HT_EXTRACT_FIGURE_H
#define HT_EXTRACT_FIGURE_H

#include "extract/codebook/codebook.h"
#include "extract/quantity/quantity.h"
#include "extract/region/region.h"
#include "extract/time/time.h"

typedef struct {
    const ht_quantity *q;
    uint8_t slot;                        /* 0.. : several figures of one number */
    const ht_indicator *indicator;       /* NULL: none */
    const ht_subtype *subtype;           /* NULL: none */
    uint32_t counted_start, counted_end; /* the counted noun; empty span if none */
    ht_region_answer region;
    ht_asof asof;
    const char *measure;  /* stock | flow | cumulative | increase | decrease | growth | "" */
    const char *modality; /* actual | planned | estimated */
    ht_str compared_to, base, attributed_to; /* as in the contract; empty if none */
    int32_t part_of, repeat_of;              /* index of the figure, -1: none */
    const char *rule;                        /* why this indicator */
    const char *confidence;                  /* high | medium | low */
} ht_figure;

typedef struct {
    const ht_lexicon *lexicon;
    const ht_gazetteer *gazetteer;
    const ht_codebook *codebook;
} ht_reader;

typedef struct {
    ht_figure *figures; /* one or more for each statistical quantity, in text order */
    size_t n_figures;
    ht_quantity *quantities; /* all kinds */
    size_t n_quantities;
    ht_date *dates;
    size_t n_dates;
    ht_geography *geography;
} ht_reading;

/* Reads every figure of a passage. Arena. */
void ht_read(const ht_reader *r, ht_arena *a, const ht_passage *p, const ht_region_context *context,
             ht_reading *out, ht_trace *trace);

#endif
