/* Bytes -> text -> clean text: valid UTF-8, and every place leads back into the source. */
#include "normalize/normalize.h"
#include "tests/fuzz/fuzz.h"

static void check_way_back(const ht_decoded *d) {
    size_t step = d->text.n / 64 + 1, last = 0;
    for (size_t at = 0; at < d->text.n; at += step) {
        ht_span s = ht_decoded_source(d, at, at + 1);
        FUZZ_MUST(s.start < s.end && s.end <= d->bytes.n && s.start >= last);
        last = s.start;
    }
}

/* Valid text, of which every character leads into the n_in bytes it was made of, and forward. */
static void check_map(const ht_text *t, size_t n_in) {
    size_t last = 0;
    FUZZ_MUST(ht_utf8_valid_until(t->text) == t->text.n && t->map.n_out == t->text.n);
    for (size_t at = 0; at < t->text.n;) {
        size_t from = at;
        ht_utf8_next(t->text, &at);
        ht_span s = ht_offmap_source(&t->map, from, at);
        FUZZ_MUST(s.start <= s.end && s.end <= n_in && s.end >= last);
        FUZZ_MUST(ht_offmap_place(&t->map, s.start) <= from);
        last = s.start;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    static const char *const labels[] = {"",       "utf-8",  "gb2312", "big5",
                                         "euc-tw", "hz",     "utf-16", "utf-16be",
                                         "gbk",    "latin1", "?",      "iso-2022-cn"};
    static const char *const conversions[] = {"t2s",  "s2t",   "s2twp", "tw2sp",
                                              "s2hk", "hk2sp", "jp2t",  "no"};
    ht_str bytes = {(const char *)data, n};
    unsigned variant = fuzz_variant(&bytes);
    ht_str label = ht_str_of(labels[variant % (sizeof labels / sizeof *labels)]);
    ht_arena a;
    ht_arena_init(&a, FUZZ_ARENA_BYTES);
    ht_decoded d;
    ht_trouble trouble = {0};
    bool forced = variant & 0x80;
    (void)ht_declared_charset(bytes);
    if (ht_decode(&a, bytes, label, forced ? label : HT_S(""), &d, &trouble)) {
        FUZZ_MUST(ht_utf8_valid_until(d.text) == d.text.n);
        check_way_back(&d);
        ht_text texts[2] = {{.text = ht_sub(d.text, 0, d.text.n)}, {.text = HT_S("全市的站點")}};
        size_t n_in[2];
        for (int i = 0; i < 2; i++) {
            ht_offmap_init(&texts[i].map, &a);
            n_in[i] = texts[i].text.n;
            ht_offmap_add(&texts[i].map, n_in[i], 0, n_in[i]);
        }
        ht_clean_report report = {0};
        ht_clean_options options = {.target = (ht_target)(variant / 16 % 5),
                                    .repair = (ht_repair_level)(variant % 3),
                                    .markup = variant & 8,
                                    .ascii_punctuation = variant & 4};
        ht_clean(ht_cleaner_get(NULL), &a, texts, 2, &options, &report);
        for (int i = 0; i < 2; i++) check_map(&texts[i], n_in[i]);
        for (size_t i = 0; i < report.n_repairs; i++)
            FUZZ_MUST(report.repairs[i].block < 2 &&
                      report.repairs[i].start <= report.repairs[i].end &&
                      report.repairs[i].end <= texts[report.repairs[i].block].text.n &&
                      report.repairs[i].from <= report.repairs[i].to &&
                      report.repairs[i].to <= n_in[report.repairs[i].block]);
        (void)ht_clean_summary(&a, &report);
        ht_convert(&a, ht_str_of(conversions[variant % 8]), &texts[0]);
        check_map(&texts[0], n_in[0]);
    } else {
        FUZZ_MUST(trouble.code);
    }
    ht_arena_free(&a);
    return 0;
}
