/* Characters that look like nothing or like others: what they are taken for. */
#include "base/table.h"
#include "base/utf8.h"
#include "normalize/clean.h"
#include "normalize/fold_table.h"

#include <string.h>

HT_TABLE(forms, "forms.bin");

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

/* ASCII for a mark of Chinese punctuation; NULL: it has none. */
static const char *narrow_mark(uint32_t c) {
    static const struct {
        uint16_t c;
        const char *ascii;
    } marks[] = {{0x2013, "-"},    {0x2014, "-"},    {0x2015, "-"},    {0x2018, "'"},
                 {0x2019, "'"},    {0x201C, "\""},   {0x201D, "\""},   {0x2026, "..."},
                 {0x3000, " "},    {0x3001, ","},    {0x3002, "."},    {0x3008, "<"},
                 {0x3009, ">"},    {0x300A, "<"},    {0x300B, ">"},    {0x300C, "\""},
                 {0x300D, "\""},   {0x300E, "'"},    {0x300F, "'"},    {0x3010, "["},
                 {0x3011, "]"},    {0x3014, "["},    {0x3015, "]"},    {0x301C, "~"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].c == c) return marks[i].ascii;
    return NULL;
}

ht_text width_narrow(ht_arena *a, const ht_text *t) {
    rewrite w;
    rewrite_begin(&w, a, t);
    for (size_t at = 0; at < t->text.n;) {
        size_t from = at;
        char one[1];
        uint32_t c = ht_utf8_next(t->text, &at);
        if (c < 0x2013) continue;
        bool letter = (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) ||
                      (c >= 0xFF41 && c <= 0xFF5A);
        const char *mark = narrow_mark(c);
        if (mark) {
            rewrite_replace(&w, ht_str_of(mark), from, at);
        } else if (c > 0xFF00 && c < 0xFF5F && !letter) {
            one[0] = (char)(c - 0xFEE0);
            rewrite_replace(&w, (ht_str){one, 1}, from, at);
        }
    }
    return rewrite_end(&w);
}
