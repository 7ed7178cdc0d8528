/* What was repaired: where it is in the cleaned text, and for people. */
#include "normalize/clean.h"

#include <stdlib.h>

static const char *const names[HT_REPAIR_KINDS] = {
    [HT_REPAIR_SHIFT_A] = "shift-a",
    [HT_REPAIR_SHIFT_B] = "shift-b",
    [HT_REPAIR_SHIFT_C] = "shift-c",
    [HT_REPAIR_GLOSS] = "gloss",
    [HT_REPAIR_UTF8_AS_GBK] = "utf8-as-gbk",
    [HT_REPAIR_UTF8_AS_LATIN] = "utf8-as-latin",
    [HT_REPAIR_GBK_AS_LATIN] = "gbk-as-latin",
    [HT_REPAIR_BIG5_AS_LATIN] = "big5-as-latin",
    [HT_REPAIR_BIG5_AS_GBK] = "big5-as-gbk",
    [HT_REPAIR_GBK_AS_BIG5] = "gbk-as-big5",
    [HT_REPAIR_ENTITY] = "entity",
    [HT_REPAIR_RADICAL] = "radical",
    [HT_REPAIR_COMPATIBILITY] = "compatibility",
    [HT_REPAIR_INVISIBLE] = "invisible",
    [HT_REPAIR_SPACE] = "space",
};

const char *ht_repair_name(ht_repair_kind kind) {
    return names[kind];
}

void clean_note(ht_arena *a, ht_clean_report *report, const ht_text *old, uint32_t block,
                size_t from, size_t to, ht_repair_kind kind, bool exact) {
    ht_span s = ht_offmap_source(&old->map, from, to);
    *HT_PUSH(a, report->repairs, report->n_repairs, report->cap_repairs) =
        (ht_repair){.block = block,
                    .from = (uint32_t)s.start,
                    .to = (uint32_t)s.end,
                    .kind = (uint8_t)kind,
                    .exact = exact};
}

static int by_place(const void *x, const void *y) {
    const ht_repair *a = x, *b = y;
    if (a->block != b->block) return a->block < b->block ? -1 : 1;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    return a->kind < b->kind ? -1 : a->kind > b->kind;
}

void clean_place(const ht_text *texts, ht_clean_report *report) {
    for (size_t i = 0; i < report->n_repairs; i++) {
        ht_repair *r = &report->repairs[i];
        const ht_offmap *m = &texts[r->block].map;
        r->start = (uint32_t)ht_offmap_place(m, r->from);
        r->end = (uint32_t)ht_offmap_place(m, r->to);
    }
    if (report->n_repairs)
        qsort(report->repairs, report->n_repairs, sizeof *report->repairs, by_place);
}

size_t ht_repairs_of(const ht_clean_report *r, ht_repair_kind kind) {
    size_t n = 0;
    for (size_t i = 0; i < r->n_repairs; i++) n += r->repairs[i].kind == kind;
    return n;
}

ht_str ht_clean_summary(ht_arena *a, const ht_clean_report *r) {
    size_t counts[HT_REPAIR_KINDS] = {0};
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < r->n_repairs; i++) counts[r->repairs[i].kind]++;
    for (int k = 0; k < HT_REPAIR_KINDS; k++)
        if (counts[k]) ht_buf_printf(&b, "%s:%zu|", names[k], counts[k]);
    if (r->n_left) ht_buf_printf(&b, "left:%zu|", r->n_left);
    if (r->n_lost) ht_buf_printf(&b, "lost:%zu|", r->n_lost);
    return b.n ? (ht_str){b.p, b.n - 1} : ht_buf_str(&b);
}
