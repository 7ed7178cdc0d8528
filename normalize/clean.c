#include "normalize/clean.h"

#include "normalize/damage.h"
#include "normalize/script_table.h"

#include <string.h>

struct ht_cleaner {
    int tables; /* they are compiled in; the handle says that they were checked */
};

static const ht_cleaner cleaner = {SCRIPT_TABLES};

const ht_cleaner *ht_cleaner_get(ht_error *e) {
    if (script_tables_ok() && gloss_tables_ok()) return &cleaner;
    ht_fail(e, HT_FAILED, "the compiled-in dictionaries are damaged");
    return NULL;
}

void rewrite_begin(rewrite *w, ht_arena *a, const ht_text *old) {
    *w = (rewrite){.old = old};
    ht_buf_init(&w->out, a);
    ht_offmap_init(&w->map, a);
    ht_buf_space(&w->out, old->text.n + 16);
}

void rewrite_keep(rewrite *w, size_t from, size_t to) {
    if (from >= to) return;
    ht_buf_add(&w->out, ht_sub(w->old->text, from, to));
    ht_offmap_append_part(&w->map, &w->old->map, from, to);
}

void rewrite_replace(rewrite *w, ht_str with, size_t from, size_t to) {
    if (!with.n) return;
    ht_span s = ht_offmap_source(&w->old->map, from, to);
    ht_buf_add(&w->out, with);
    ht_offmap_add(&w->map, with.n, s.start, s.end - s.start);
}

ht_text rewrite_end(rewrite *w) {
    return (ht_text){ht_buf_str(&w->out), w->map};
}

static bool wants_hant(ht_target target) {
    return target == HT_TO_HANT || target == HT_TO_TW || target == HT_TO_HK;
}

static void convert(ht_arena *a, ht_text *t, script_count document, ht_target target) {
    script_count own = script_counted(t->text);
    if (own.n_hant == own.n_hans) own = document;
    bool hant = own.n_hant > own.n_hans;
    if (target == HT_TO_HANS && hant) *t = script_convert(a, t, SCRIPT_T2S);
    if (wants_hant(target) && !hant) *t = script_convert(a, t, SCRIPT_S2T);
    if (target == HT_TO_TW) *t = script_convert(a, t, SCRIPT_T2TW);
    if (target == HT_TO_HK) *t = script_convert(a, t, SCRIPT_T2HK);
}

static size_t count_lost(ht_str s) {
    size_t n = 0;
    for (size_t at = 0; (at = ht_str_find(s, HT_S("\xEF\xBF\xBD"), at)) != SIZE_MAX; at += 3) n++;
    return n;
}

/* Repairs are noted as spans of the decoded document; now that the texts are final, as spans of
 * them. */
static void place_repairs(const ht_text *texts, ht_clean_report *report) {
    for (size_t i = 0; i < report->n_repairs; i++) {
        ht_repair *r = &report->repairs[i];
        const ht_offmap *m = &texts[r->block].map;
        r->start = ht_offmap_place(m, r->start);
        r->end = ht_offmap_place(m, r->end);
    }
}

void ht_clean(const ht_cleaner *c, ht_arena *a, ht_text *texts, size_t n, ht_target target,
              ht_clean_report *report) {
    (void)c; /* proof that the tables were checked */
    *report = (ht_clean_report){.repairs = NULL};
    damage_recode(a, texts, n, report);
    damage_repair(a, texts, n, report);
    gloss_strip(a, texts, n, report);
    script_count document = {0, 0};
    for (size_t i = 0; i < n; i++) {
        script_count k = script_counted(texts[i].text);
        document.n_hant += k.n_hant;
        document.n_hans += k.n_hans;
    }
    report->hant = document.n_hant > document.n_hans;
    for (size_t i = 0; i < n; i++) {
        texts[i] = width_clean(a, &texts[i]);
        if (target != HT_TO_KEEP) convert(a, &texts[i], document, target);
        report->n_lost += count_lost(texts[i].text);
    }
    place_repairs(texts, report);
}

ht_str ht_clean_summary(ht_arena *a, const ht_clean_report *r) {
    static const char *const kinds[] = {"shift-a",      "shift-b",       "shift-c",
                                        "utf8-as-gbk",  "utf8-as-latin", "gbk-as-latin",
                                        "big5-as-latin"};
    ht_buf b;
    ht_buf_init(&b, a);
    if (r->n_glosses) ht_buf_printf(&b, "gloss:%zu|", r->n_glosses);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t n = 0;
        for (size_t i = 0; i < r->n_repairs; i++) n += !strcmp(r->repairs[i].kind, kinds[k]);
        if (n) ht_buf_printf(&b, "%s:%zu|", kinds[k], n);
    }
    if (r->n_left) ht_buf_printf(&b, "left:%zu|", r->n_left);
    if (r->n_lost) ht_buf_printf(&b, "lost:%zu|", r->n_lost);
    return b.n ? (ht_str){b.p, b.n - 1} : ht_buf_str(&b);
}
