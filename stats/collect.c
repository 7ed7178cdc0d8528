#include "base/decimal.h"
#include "stats/compare.h"
#include "stats/corrections.h"
#include "stats/gold.h"
#include "stats/inner.h"

#include <string.h>

enum { SORT_MEMORY = 128 << 20 };

const ht_indicator *stats_indicator(const ht_codebook *cb, ht_str id) {
    for (size_t i = 0; i < cb->n_indicators; i++)
        if (ht_str_eq(cb->indicators[i].id, id)) return &cb->indicators[i];
    return NULL;
}

int stats_confidence(ht_str word) {
    if (ht_str_eq(word, HT_S("high"))) return 2;
    if (ht_str_eq(word, HT_S("medium"))) return 1;
    return ht_str_eq(word, HT_S("low")) ? 0 : -1;
}

/* A part (其中…) that is counted under the same name as its whole is not the region's total. */
static bool is_unnamed_part(const ht_outcome *o, const ht_str *f) {
    static const int same[] = {HT_F_INDICATOR, HT_F_SUBTYPE, HT_F_REGION_CODE};
    if (f[HT_F_PART_OF].n == 0) return false;
    for (size_t i = 0; i < o->n_figures; i++) {
        const ht_str *whole = o->figures[i].cell;
        if (!ht_str_eq(whole[HT_F_FIGURE_ID], f[HT_F_PART_OF])) continue;
        for (size_t k = 0; k < sizeof same / sizeof *same; k++)
            if (!ht_str_eq(whole[same[k]], f[same[k]])) return false;
        return true;
    }
    return false;
}

static bool may_enter(const ht_stats *s, const ht_outcome *o, const ht_str *f) {
    ht_str least = s->options.min_confidence.n ? s->options.min_confidence : HT_S("medium");
    if (f[HT_F_INDICATOR].n == 0 || f[HT_F_REGION_CODE].n == 0) return false;
    if (!ht_str_eq(s->options.scope, HT_S("all")) && !ht_str_eq(f[HT_F_SCOPE], HT_S("whole")))
        return false;
    return stats_confidence(f[HT_F_CONFIDENCE]) >= stats_confidence(least) &&
           !is_unnamed_part(o, f);
}

typedef struct {
    ht_number value, low, high, step;
    ht_str unit;
} measurement;

/* 246处 and 246个驿站 say the same: classifiers of one sense are that of the indicator. A number
 * without one (新就业群体达12万) counts what the indicator does, where that can be one thing only.
 */
static ht_str classifier_of(const ht_lexicon *lexicon, ht_str unit, const ht_indicator *indicator) {
    ht_str own = ht_unit_of_dimension(lexicon, indicator->dimensions[0]);
    if (unit.n) return own.n && units_alike(own, unit) ? own : unit;
    return indicator->n_dimensions == 1 ? own : unit;
}

/* Where the codebook asks for a unit, by exact fractions; a unit that cannot be converted stays. */
static void convert(measurement *m, const ht_indicator *indicator, bool count) {
    const ht_lexicon *lexicon = ht_lexicon_get(NULL);
    if (count && lexicon && indicator->n_dimensions)
        m->unit = classifier_of(lexicon, m->unit, indicator);
    if (indicator->unit_to.n == 0 || ht_str_eq(m->unit, indicator->unit_to)) return;
    ht_str from_base, to_base;
    ht_number from, to;
    if (!lexicon || !ht_unit_factor(lexicon, m->unit, &from_base, &from) ||
        !ht_unit_factor(lexicon, indicator->unit_to, &to_base, &to) ||
        !ht_str_eq(from_base, to_base))
        return;
    ht_number factor = compare_simplify(ht_number_fraction(from, to));
    ht_number *numbers[] = {&m->value, &m->low, &m->high, &m->step};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = compare_simplify(ht_number_mul(*numbers[i], factor));
    m->unit = indicator->unit_to;
}

/* The figure's standing before it is compared: a copy of an article counts for nothing, as its
 * representative (duplicate_of) says the same; nor does a second mention in one article. Whoever
 * finds the copies needs to tell this function alone. */
static ht_str standing_of(const ht_outcome *o, const ht_str *f) {
    if (o->article.cell[HT_A_DUPLICATE_OF].n) return HT_S("copy");
    return f[HT_F_REPEAT_OF].n ? HT_S("repeat") : (ht_str){NULL, 0};
}

static bool flows(ht_str measure) {
    return ht_str_eq(measure, HT_S("flow")) || ht_str_eq(measure, HT_S("increase")) ||
           ht_str_eq(measure, HT_S("decrease"));
}

static void fill_dates(ht_stats *s, ht_str *mention, const ht_str *f, ht_str published) {
    period_dates dates = {f[HT_F_ASOF], f[HT_F_PERIOD_FROM], f[HT_F_PERIOD_TO], published,
                          flows(f[HT_F_MEASURE])};
    period_answer answer = period_of(&s->scratch, &dates, period_length_of(s->options.period));
    bool dated = ht_str_eq(answer.basis, HT_S("asof"));
    mention[M_PERIOD] = answer.period;
    mention[M_BASIS] = answer.basis;
    mention[M_DATE] =
        compare_date(&s->scratch, dated ? f[HT_F_ASOF] : (ht_str){NULL, 0}, published);
}

bool stats_adds_up(const ht_stats *s, const ht_str *key) {
    const ht_indicator *indicator = stats_indicator(s->codebook, key[M_INDICATOR]);
    return indicator && cell_aggregate_of(indicator->aggregate) != AGGREGATE_NONE &&
           !key[M_BASE].n && !ht_str_eq(key[M_UNIT], HT_S("%")) &&
           !ht_str_eq(key[M_MEASURE], HT_S("growth"));
}

/* With --boundaries: the division of the day takes the figure's place, or the figure is a part of
 * it. What cannot be added up stays where it was when it is a part. */
static void fill_place(ht_stats *s, ht_str *mention) {
    if (!s->options.boundaries.n || !s->territory) return;
    territory *t = s->territory;
    territory_place *place = territory_find(t, mention[M_REGION_CODE], mention[M_PERIOD]);
    place->n_figures++;
    if (place->to == TERRITORY_NONE) return;
    const ht_division *to = &t->divisions[place->to];
    ht_str code = ht_format(&s->scratch, "%06u", to->code);
    if (place->change == PLACE_MERGED) {
        if (stats_adds_up(s, mention)) mention[M_WHOLE] = code;
        return;
    }
    mention[M_REGION_CODE] = code;
    mention[M_REGION] = to->name;
    mention[M_REGION_LEVEL] = ht_str_of(to->level);
}

static void fill_numbers(ht_arena *a, ht_str *mention, const ht_str *f, const measurement *m) {
    mention[M_UNIT] = m->unit;
    if (ht_str_eq(m->unit, f[HT_F_UNIT])) { /* nothing was converted */
        mention[M_VALUE] = f[HT_F_VALUE];
        mention[M_LOW] = f[HT_F_VALUE_LOW];
        mention[M_HIGH] = f[HT_F_VALUE_HIGH];
        mention[M_STEP] = f[HT_F_STEP];
        return;
    }
    mention[M_VALUE] = ht_number_text(a, m->value);
    mention[M_LOW] = ht_number_text(a, m->low);
    mention[M_HIGH] = ht_number_text(a, m->high);
    mention[M_STEP] = ht_number_text(a, m->step);
}

static ht_status add_mention(ht_stats *s, const ht_outcome *o, const ht_str *f, bool corrected,
                             ht_error *e) {
    const ht_indicator *indicator = stats_indicator(s->codebook, f[HT_F_INDICATOR]);
    measurement m = {ht_number_parse(f[HT_F_VALUE]), ht_number_parse(f[HT_F_VALUE_LOW]),
                     ht_number_parse(f[HT_F_VALUE_HIGH]), ht_number_parse(f[HT_F_STEP]),
                     f[HT_F_UNIT]};
    if (!indicator || (!m.value.ok && !(m.low.ok && m.high.ok))) return HT_OK;
    convert(&m, indicator, ht_str_eq(f[HT_F_KIND], HT_S("count")));
    ht_str publisher = o->article.cell[HT_A_PUBLISHER];
    ht_str mention[N_MENTION] = {
        [M_REGION_CODE] = f[HT_F_REGION_CODE],
        [M_INDICATOR] = f[HT_F_INDICATOR],
        [M_SUBTYPE] = f[HT_F_SUBTYPE],
        [M_MEASURE] = f[HT_F_MEASURE],
        [M_MODALITY] = f[HT_F_MODALITY],
        [M_BASE] = f[HT_F_BASE],
        [M_FIGURE_ID] = f[HT_F_FIGURE_ID],
        [M_ARTICLE_ID] = f[HT_F_ARTICLE_ID],
        [M_PUBLISHER] = publisher,
        [M_ORIGINATOR] = f[HT_F_ATTRIBUTED_TO].n ? f[HT_F_ATTRIBUTED_TO] : publisher,
        [M_QUALIFIER] = f[HT_F_QUALIFIER],
        [M_REGION] = f[HT_F_REGION],
        [M_REGION_LEVEL] = f[HT_F_REGION_LEVEL],
        [M_CONFIDENCE] = f[HT_F_CONFIDENCE],
        [M_ROLE] = standing_of(o, f),
        [M_CORRECTED] = corrected ? HT_S("1") : HT_S(""),
    };
    fill_numbers(&s->scratch, mention, f, &m);
    fill_dates(s, mention, f, o->article.cell[HT_A_PUBLISHED]);
    fill_place(s, mention);
    ht_buf record;
    ht_buf_init(&record, &s->scratch);
    record_pack(&record, mention, N_MENTION_KEY + 1, N_MENTION);
    return sorter_add(s->mentions, ht_buf_str(&record), e);
}

ht_status collect_figures(ht_stats *s, const ht_outcome *o, ht_error *e) {
    ht_status status = HT_OK;
    if (!s->mentions) status = sorter_open(&s->mentions, s->out, SORT_MEMORY, e);
    for (size_t i = 0; i < o->n_figures && status == HT_OK; i++) {
        ht_figure_row row = o->figures[i];
        bool corrected;
        if (corrections_apply(s, &row, &corrected) && may_enter(s, o, row.cell))
            status = add_mention(s, o, row.cell, corrected, e);
    }
    return status;
}
