#include "bench/figures.h"

#include <string.h>

enum { MONTH_2025 = 2025 * 12 + 5, COPIES = 8, PUBLISHERS = 2000, YEARS = 7 };

static uint64_t mix(uint64_t x) { /* splitmix64 */
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

typedef struct {
    uint64_t state;
} dice;

static uint32_t roll(dice *d, uint32_t sides) {
    d->state = mix(d->state);
    return (uint32_t)(d->state >> 33) % sides;
}

void figures_open(figures_source *f, ht_arena *a, const ht_codebook *cb, const ht_gazetteer *g) {
    *f = (figures_source){.codebook = cb};
    uint32_t n = ht_division_count(g);
    f->codes = HT_ARRAY(a, ht_str, n);
    f->names = HT_ARRAY(a, ht_str, n);
    f->levels = HT_ARRAY(a, const char *, n);
    for (uint32_t i = 0; i < n; i++) {
        ht_division d = ht_division_get(g, i);
        if (d.from > MONTH_2025 || d.to <= MONTH_2025 || !d.counted) continue;
        f->codes[f->n_codes] = ht_format(a, "%06u", d.code);
        f->names[f->n_codes] = d.name;
        f->levels[f->n_codes++] = d.level;
    }
}

/* The first ones the more often, as with places and subjects of news. */
static uint32_t roll_skewed(dice *d, uint32_t sides) {
    uint64_t x = roll(d, 1u << 15), y = roll(d, 1u << 15), z = roll(d, 1u << 15);
    return (uint32_t)((x * y >> 15) * z * sides >> 30);
}

static void value_fill(ht_arena *a, dice *d, ht_str *f) {
    static const char *const qualifiers[] = {"exact", "exact", "exact",  "about",
                                             "over",  "over",  "nearly", "at_least"};
    uint32_t zeros = roll(d, 5), step = 1;
    for (uint32_t i = 0; i < zeros; i++) step *= 10;
    uint32_t value = (1 + roll(d, 999)) * step;
    f[HT_F_VALUE] = f[HT_F_NUMBER] = ht_format(a, "%u", value);
    f[HT_F_STEP] = ht_format(a, "%u", step);
    f[HT_F_QUALIFIER] = ht_str_of(qualifiers[roll(d, 8)]);
}

static void figure_fill(const figures_source *s, ht_arena *a, dice *d, const ht_outcome *o, int k,
                        ht_str *f) {
    static const char *const measures[] = {"stock", "stock", "cumulative", "flow", "increase"};
    const ht_indicator *indicator =
        &s->codebook->indicators[roll_skewed(d, (uint32_t)s->codebook->n_indicators)];
    size_t region = roll_skewed(d, (uint32_t)s->n_codes);
    ht_str id = o->article.cell[HT_A_ARTICLE_ID];
    f[HT_F_FIGURE_ID] = ht_format(a, HT_FMT "-%d-0", HT_ARG(id), 100 * k + 17);
    f[HT_F_ARTICLE_ID] = id;
    f[HT_F_INDICATOR] = indicator->id;
    if (indicator->n_subtypes && roll(d, 3) == 0)
        f[HT_F_SUBTYPE] = indicator->subtypes[roll(d, (uint32_t)indicator->n_subtypes)].id;
    f[HT_F_REGION_CODE] = s->codes[region];
    f[HT_F_REGION] = s->names[region];
    f[HT_F_REGION_LEVEL] = ht_str_of(s->levels[region]);
    f[HT_F_SCOPE] = HT_S("whole");
    f[HT_F_UNIT] = f[HT_F_UNIT_TEXT] = HT_S("人");
    f[HT_F_KIND] = HT_S("count");
    f[HT_F_MEASURE] = ht_str_of(measures[roll(d, 5)]);
    f[HT_F_MODALITY] = roll(d, 20) ? HT_S("actual") : HT_S("planned");
    if (roll(d, 2)) f[HT_F_ASOF] = ht_sub(o->article.cell[HT_A_PUBLISHED], 0, roll(d, 2) ? 10 : 7);
    if (!roll(d, 3)) f[HT_F_ATTRIBUTED_TO] = ht_format(a, "第%u局", roll(d, 500));
    f[HT_F_CONFIDENCE] = roll(d, 3) ? HT_S("high") : HT_S("medium");
    value_fill(a, d, f);
}

void figures_article(const figures_source *s, ht_arena *a, uint64_t i, ht_outcome *o) {
    dice d = {mix(i + 1)};
    *o = (ht_outcome){.has_article = true, .n_figures = FIGURES_AN_ARTICLE};
    ht_str *cell = o->article.cell;
    cell[HT_A_ARTICLE_ID] = ht_format(a, "a%016llx", (unsigned long long)mix(i));
    cell[HT_A_SOURCE_PATH] = ht_format(a, "dump/%010llu.html", (unsigned long long)i);
    cell[HT_A_RECORD] = cell[HT_A_RECORD_OFFSET] = HT_S("0");
    cell[HT_A_PUBLISHED] =
        ht_format(a, "%u-%02u-%02u", 2019 + roll(&d, YEARS), 1 + roll(&d, 12), 1 + roll(&d, 28));
    cell[HT_A_PUBLISHER] = ht_format(a, "第%u日报", roll(&d, PUBLISHERS));
    if (i && !roll(&d, COPIES))
        cell[HT_A_DUPLICATE_OF] = ht_format(a, "a%016llx", (unsigned long long)mix(i - 1));
    o->text = ht_format(a, "%llu", (unsigned long long)i);
    o->figures = HT_ARRAY(a, ht_figure_row, o->n_figures);
    for (int k = 0; k < FIGURES_AN_ARTICLE; k++) figure_fill(s, a, &d, o, k, o->figures[k].cell);
}
