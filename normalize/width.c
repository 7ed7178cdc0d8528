/* Characters that look like nothing or like others: what they are taken for. */
#include "base/table.h"
#include "base/utf8.h"
#include "normalize/clean.h"
#include "normalize/fold_table.h"

#include <string.h>

HT_TABLE(forms, "forms.bin");
HT_TABLE(ascii_marks, "ascii-marks.bin");

static ht_repair_kind kind_of(uint32_t c, uint32_t into) {
    if (into == FOLD_DROPPED) return HT_REPAIR_INVISIBLE;
    if (into == ' ') return HT_REPAIR_SPACE;
    return c >= 0x2E80 && c <= 0x2FDF ? HT_REPAIR_RADICAL : HT_REPAIR_COMPATIBILITY;
}

void width_clean(ht_arena *a, ht_text *t, uint32_t block, ht_clean_report *report) {
    rewrite w;
    rewrite_begin(&w, a, t);
    for (size_t at = 0; at < t->text.n;) {
        size_t from = at;
        char out[4];
        uint32_t c = ht_utf8_next(t->text, &at);
        uint32_t into = fold_look_up((const uint32_t *)(const void *)ht_table_forms, c);
        if (into == c) continue;
        size_t n = into == FOLD_DROPPED ? 0 : ht_utf8_put(out, into);
        rewrite_replace(&w, (ht_str){out, n}, from, at);
        clean_note(a, report, t, block, from, at, kind_of(c, into), true);
    }
    *t = rewrite_end(&w);
}

ht_text width_narrow(ht_arena *a, const ht_text *t) {
    rewrite w;
    rewrite_begin(&w, a, t);
    for (size_t at = 0; at < t->text.n;) {
        size_t from = at;
        uint32_t c = ht_utf8_next(t->text, &at);
        uint32_t into = fold_look_up((const uint32_t *)(const void *)ht_table_ascii_marks, c);
        if (into == c) continue;
        char out[FOLD_MAX_TIMES];
        size_t n = into >> FOLD_TIMES_BIT;
        memset(out, (int)(into & 0x7F), n);
        rewrite_replace(&w, (ht_str){out, n}, from, at);
    }
    return rewrite_end(&w);
}
