#include "base/decimal.h"
#include "stats/compare.h"
#include "stats/corrections.h"

#include <string.h>

enum { YEAR = 4 };

static const char schema[] =
    "CREATE TABLE mention (" MENTION_KEY ", figure_id, article_id, publisher, date, basis,"
    " qualifier, region, region_level, value, low, high, step, confidence, role, corrected)";

const ht_indicator *stats_indicator(const ht_codebook *cb, ht_str id) {
    for (size_t i = 0; i < cb->n_indicators; i++)
        if (ht_str_eq(cb->indicators[i].id, id)) return &cb->indicators[i];
    return NULL;
}

ht_status collect_prepare(ht_stats *s, sqlite3_stmt **insert, ht_error *e) {
    ht_status status = db_exec(&s->store.db, schema, e);
    return status == HT_OK ? db_prepare_insert(&s->store.db, insert, "mention", N_MENTION, e)
                           : status;
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

/* Where the codebook asks for a unit, by exact fractions; a unit that cannot be converted stays. */
static void convert(measurement *m, const ht_indicator *indicator, bool count) {
    const ht_lexicon *lexicon = ht_lexicon_get(NULL);
    /* 新就业群体达12万: the indicator says what a number without a unit counts, where it can be one thing only */
    if (count && !m->unit.n && indicator->n_dimensions == 1 && lexicon)
        m->unit = ht_unit_of_dimension(lexicon, indicator->dimensions[0]);
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

static void fill_period(ht_arena *a, ht_str *mention, ht_str asof, ht_str published) {
    ht_str from = asof.n >= YEAR ? asof : published.n >= YEAR ? published : (ht_str){NULL, 0};
    mention[M_PERIOD] = from.n ? ht_sub(from, 0, YEAR) : from;
    mention[M_BASIS] = asof.n >= YEAR ? HT_S("asof") : from.n ? HT_S("published") : from;
    mention[M_DATE] = compare_date(a, asof.n >= YEAR ? asof : (ht_str){NULL, 0}, published);
}

static ht_status add_mention(ht_stats *s, sqlite3_stmt *insert, const ht_outcome *o,
                             const ht_str *f, bool corrected, ht_error *e) {
    const ht_indicator *indicator = stats_indicator(s->codebook, f[HT_F_INDICATOR]);
    measurement m = {ht_number_parse(f[HT_F_VALUE]), ht_number_parse(f[HT_F_VALUE_LOW]),
                     ht_number_parse(f[HT_F_VALUE_HIGH]), ht_number_parse(f[HT_F_STEP]),
                     f[HT_F_UNIT]};
    if (!indicator || (!m.value.ok && !(m.low.ok && m.high.ok))) return HT_OK;
    convert(&m, indicator, ht_str_eq(f[HT_F_KIND], HT_S("count")));
    ht_arena *a = &s->scratch;
    ht_str mention[N_MENTION] = {
        [M_REGION_CODE] = f[HT_F_REGION_CODE],
        [M_INDICATOR] = f[HT_F_INDICATOR],
        [M_SUBTYPE] = f[HT_F_SUBTYPE],
        [M_MEASURE] = f[HT_F_MEASURE],
        [M_MODALITY] = f[HT_F_MODALITY],
        [M_UNIT] = m.unit,
        [M_BASE] = f[HT_F_BASE],
        [M_FIGURE_ID] = f[HT_F_FIGURE_ID],
        [M_ARTICLE_ID] = f[HT_F_ARTICLE_ID],
        [M_PUBLISHER] = o->article.cell[HT_A_PUBLISHER],
        [M_QUALIFIER] = f[HT_F_QUALIFIER],
        [M_REGION] = f[HT_F_REGION],
        [M_REGION_LEVEL] = f[HT_F_REGION_LEVEL],
        [M_VALUE] = ht_number_text(a, m.value),
        [M_LOW] = ht_number_text(a, m.low),
        [M_HIGH] = ht_number_text(a, m.high),
        [M_STEP] = ht_number_text(a, m.step),
        [M_CONFIDENCE] = f[HT_F_CONFIDENCE],
        [M_ROLE] = o->article.cell[HT_A_DUPLICATE_OF].n ? HT_S("copy")
                   : f[HT_F_REPEAT_OF].n                ? HT_S("repeat")
                                                        : HT_S(""),
        [M_CORRECTED] = corrected ? HT_S("1") : HT_S(""),
    };
    fill_period(a, mention, f[HT_F_ASOF], o->article.cell[HT_A_PUBLISHED]);
    for (int i = 0; i < N_MENTION; i++) db_bind_blob(insert, i, mention[i]);
    return db_run(&s->store.db, insert, e);
}

ht_status collect_figures(ht_stats *s, sqlite3_stmt *insert, const ht_outcome *o, ht_error *e) {
    ht_status status = HT_OK;
    for (size_t i = 0; i < o->n_figures && status == HT_OK; i++) {
        ht_figure_row row = o->figures[i];
        bool corrected;
        if (corrections_apply(s, &row, &corrected) && may_enter(s, o, row.cell))
            status = add_mention(s, insert, o, row.cell, corrected, e);
    }
    return status;
}
