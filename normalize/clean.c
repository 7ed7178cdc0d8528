#include "normalize/clean.h"

#include "normalize/damage.h"
#include "normalize/entity.h"
#include "normalize/script_table.h"
#include "normalize/survey.h"

#include <string.h>

struct ht_cleaner {
    int tables; /* they are compiled in; the handle says that they were checked */
};

static const ht_cleaner cleaner = {SCRIPT_TABLES};

const ht_cleaner *ht_cleaner_get(ht_error *e) {
    if (script_tables_ok() && wording_tables_ok() && gloss_tables_ok() && entity_tables_ok())
        return &cleaner;
    ht_fail(e, HT_FAILED, "the compiled-in dictionaries are damaged");
    return NULL;
}

static bool wants_hant(ht_target target) {
    return target == HT_TO_HANT || target == HT_TO_TW || target == HT_TO_HK;
}

/* A text is converted for what it is; one without evidence goes with the document. */
static void convert(ht_arena *a, ht_text *t, const survey *own, bool document_hant,
                    ht_target target) {
    bool hant = own->n_hant == own->n_hans ? document_hant : own->n_hant > own->n_hans;
    if (target == HT_TO_HANS && hant) *t = wording_to_hans(a, t);
    if (wants_hant(target) && !hant) *t = wording_to_hant(a, t);
    if (target == HT_TO_TW) *t = script_convert(a, t, SCRIPT_T2TW);
    if (target == HT_TO_HK) *t = script_convert(a, t, SCRIPT_T2HK);
}

static size_t count_lost(ht_str s) {
    size_t n = 0;
    for (size_t at = 0; (at = ht_str_find(s, HT_S("\xEF\xBF\xBD"), at)) != SIZE_MAX; at += 3) n++;
    return n;
}

/* What shows by ASCII characters: entities, shifted runs, injected glosses. */
static void repair_by_signs(ht_arena *a, ht_text *texts, const survey *found, size_t n,
                            const ht_clean_options *options, ht_clean_report *report) {
    size_t n_glosses = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(found[i].any & SURVEY_ASCII)) continue;
        if (memchr(texts[i].text.p, '&', texts[i].text.n))
            entity_clean(a, &texts[i], (uint32_t)i, options->markup, report);
        n_glosses += gloss_count(texts[i].text);
    }
    damage_repair(a, texts, n, n_glosses, options->repair, report);
    if (n_glosses >= GLOSS_MIN) gloss_strip(a, texts, n, report);
}

static void repair(ht_arena *a, ht_text *texts, survey *found, size_t n,
                   const ht_clean_options *options, ht_clean_report *report) {
    unsigned any = 0;
    for (size_t i = 0; i < n; i++) {
        damage_recode(a, &texts[i], (uint32_t)i, &found[i], options->repair, report);
        survey_renew(&found[i], texts[i].text);
        any |= found[i].any;
    }
    if (any & SURVEY_ASCII) repair_by_signs(a, texts, found, n, options, report);
    for (size_t i = 0; i < n; i++) {
        survey_renew(&found[i], texts[i].text);
        if (found[i].any & SURVEY_FORM) width_clean(a, &texts[i], (uint32_t)i, report);
    }
}

void ht_clean(const ht_cleaner *c, ht_arena *a, ht_text *texts, size_t n,
              const ht_clean_options *options, ht_clean_report *report) {
    (void)c; /* proof that the tables were checked */
    size_t n_hant = 0, n_hans = 0;
    survey *found = HT_ARRAY(a, survey, n);
    *report = (ht_clean_report){.repairs = NULL};
    for (size_t i = 0; i < n; i++) found[i] = survey_of(texts[i].text);
    if (options->repair != HT_REPAIR_OFF) repair(a, texts, found, n, options, report);
    for (size_t i = 0; i < n; i++) {
        n_hant += found[i].n_hant;
        n_hans += found[i].n_hans;
    }
    report->hant = n_hant > n_hans;
    for (size_t i = 0; i < n; i++) {
        if (options->target != HT_TO_KEEP)
            convert(a, &texts[i], &found[i], report->hant, options->target);
        if (options->ascii_punctuation) texts[i] = width_narrow(a, &texts[i]);
        if (found[i].any & SURVEY_LOST) report->n_lost += count_lost(texts[i].text);
    }
    clean_place(texts, report);
}
