/* Any text -> figures that lie within it. */
#include "extract/figure/figure.h"
#include "tests/fuzz/fuzz.h"

static const ht_reader *reader_get(void) {
    static ht_codebook codebook;
    static ht_reader reader;
    static ht_arena kept;
    if (reader.codebook) return &reader;
    ht_arena_init(&kept, 0);
    reader.lexicon = ht_lexicon_get(NULL);
    reader.gazetteer = ht_gazetteer_get(NULL);
    FUZZ_MUST(reader.lexicon && reader.gazetteer);
    FUZZ_MUST(ht_codebook_parse(&codebook, &kept, reader.lexicon,
                                ht_codebook_builtin(HT_S("gig-work")), HT_S("gig-work"),
                                NULL) == HT_OK);
    reader.codebook = &codebook;
    return &reader;
}

static void check_text(ht_str s) {
    FUZZ_MUST(ht_utf8_valid_until(s) == s.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    const ht_reader *reader = reader_get();
    ht_arena a;
    ht_arena_init(&a, FUZZ_ARENA_BYTES);
    ht_str bytes = {(const char *)data, n};
    unsigned variant = fuzz_variant(&bytes);
    ht_str text = fuzz_text(&a, bytes), title = text;
    title.n = ht_str_find(text, HT_S("\n"), 0) == SIZE_MAX ? 0 : ht_str_find(text, HT_S("\n"), 0);
    size_t n_lines = 1;
    for (size_t i = 0; i < text.n; i++) n_lines += text.p[i] == '\n';
    ht_para_kind *kinds = HT_ARRAY(&a, ht_para_kind, n_lines);
    for (size_t i = 0; i < n_lines; i++)
        kinds[i] = i ? (ht_para_kind)(1 + (variant >> (i % 8)) % 4) : HT_PARA_TITLE;
    ht_passage p;
    ht_passage_make(&p, &a, text, variant ? kinds : NULL);
    ht_region_context context = {.title = title,
                                 .publisher = variant & 1 ? HT_S("内江日报") : HT_S("")};
    context.dates.day = variant & 2 ? ht_day_of(2024, 2, 29) : HT_NO_DAY;
    context.dates.dateline = HT_NO_DAY;
    ht_trace trace = {.arena = &a};
    ht_reading r = {0};
    ht_read(reader, &a, &p, &context, &r, variant & 4 ? &trace : NULL);
    for (size_t i = 0; i < r.n_quantities; i++)
        FUZZ_MUST(r.quantities[i].start < r.quantities[i].end && r.quantities[i].end <= p.n);
    for (size_t i = 0; i < r.n_figures; i++) {
        const ht_figure *f = &r.figures[i];
        FUZZ_MUST(f->q && f->measure && f->modality && f->confidence);
        FUZZ_MUST(f->counted_start <= f->counted_end && f->counted_end <= p.n);
        FUZZ_MUST(f->part_of < (int32_t)r.n_figures && f->repeat_of < (int32_t)r.n_figures);
        check_text(f->compared_to);
        check_text(f->base);
        check_text(f->attributed_to);
        check_text(f->region.place);
        ht_number_text(&a, f->q->value);
        ht_number_rounded(&a, f->q->value);
    }
    ht_arena_free(&a);
    return 0;
}
