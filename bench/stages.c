/* What each stage costs, against libxml2's SAX with empty handlers over the same pages, in one run.
 *
 *   stages ROUNDS FILE...
 * Every round runs the floor and the stages one after the other over all files; the CPU time of the
 * fastest round counts. Ratios hold between machines; MB/s do not. */
#include "bench/clock.h"
#include "extract/figure/figure.h"
#include "extract/page/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAX, DECODE, SPLIT, CLEAN, CHOOSE, READ, N_STAGES };
static const char *const names[N_STAGES] = {"libxml2 SAX, empty handlers (the floor)",
                                            "decode",
                                            "blocks",
                                            "clean",
                                            "content and metadata",
                                            "figures"};

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: stages ROUNDS FILE...\n", stderr);
        return HT_USAGE;
    }
    ht_error e = {0};
    ht_arena kept, a;
    ht_arena_init(&kept, 0);
    ht_arena_init(&a, 0);
    ht_codebook cb;
    ht_reader reader = {ht_lexicon_get(&e), ht_gazetteer_get(&e), &cb};
    const ht_cleaner *cleaner = ht_cleaner_get(&e);
    if (!cleaner || !reader.lexicon || !reader.gazetteer ||
        ht_codebook_parse(&cb, &kept, reader.lexicon, ht_codebook_builtin(HT_S("gig-work")),
                          HT_S("gig-work"), &e) != HT_OK) {
        fprintf(stderr, "%s\n", e.text);
        return HT_IO;
    }
    size_t n_files = (size_t)argc - 2, n_bytes = 0;
    ht_str *files = HT_ARRAY(&kept, ht_str, n_files);
    double best[N_STAGES];
    for (int s = 0; s < N_STAGES; s++) best[s] = 1e9;
    for (size_t i = 0; i < n_files; i++) files[i] = bench_slurp(&kept, argv[i + 2]);
    for (int round = atoi(argv[1]); round > 0; round--) {
        double spent[N_STAGES] = {0}, t;
        n_bytes = 0;
        for (size_t i = 0; i < n_files; i++) {
            ht_trouble trouble = {0};
            ht_decoded d;
            ht_page page = {0};
            ht_article article = {0};
            ht_clean_report report = {0};
            ht_passage passage;
            ht_reading reading;
            ht_arena_reset(&a);
            t = bench_cpu();
            if (!ht_decode(&a, files[i], ht_declared_charset(files[i]), (ht_str){0}, &d, &trouble))
                continue;
            spent[DECODE] += bench_cpu() - t;
            n_bytes += d.text.n;
            t = bench_cpu();
            bench_sax(d.text);
            spent[SAX] += bench_cpu() - t;
            t = bench_cpu();
            if (!ht_page_split(&a, d.text, &page, &trouble)) continue;
            spent[SPLIT] += bench_cpu() - t;
            t = bench_cpu();
            ht_text *texts = HT_ARRAY(&a, ht_text, page.n_blocks);
            for (size_t k = 0; k < page.n_blocks; k++) texts[k] = page.blocks[k].text;
            ht_clean(cleaner, &a, texts, page.n_blocks, &(ht_clean_options){.target = HT_TO_HANS},
                     &report);
            for (size_t k = 0; k < page.n_blocks; k++) page.blocks[k].text = texts[k];
            spent[CLEAN] += bench_cpu() - t;
            t = bench_cpu();
            ht_page_choose(&a, &page, NULL);
            ht_page_metadata(&a, &page, (ht_str){0}, &article);
            ht_article_make(&a, &page, &article);
            spent[CHOOSE] += bench_cpu() - t;
            t = bench_cpu();
            ht_region_context where = {.title = article.title,
                                       .publisher = article.publisher,
                                       .url = article.url,
                                       .dateline_place = article.dateline_place,
                                       .dates = {ht_day_parse(article.published), HT_NO_DAY}};
            ht_passage_make(&passage, &a, article.main, article.kinds);
            ht_read(&reader, &a, &passage, &where, &reading, NULL);
            spent[READ] += bench_cpu() - t;
        }
        for (int s = 0; s < N_STAGES; s++)
            if (spent[s] < best[s]) best[s] = spent[s];
    }
    double sum = 0;
    printf("%zu files, %.1f MB of UTF-8\n", n_files, (double)n_bytes / 1e6);
    for (int s = 0; s < N_STAGES; s++) {
        printf("%-40s %8.1f MB/s  %5.2f x SAX\n", names[s], (double)n_bytes / 1e6 / best[s],
               best[s] / best[SAX]);
        if (s != SAX) sum += best[s];
    }
    printf("%-40s %8.1f MB/s  %5.2f x SAX\n", "the whole line, one core",
           (double)n_bytes / 1e6 / sum, sum / best[SAX]);
    ht_arena_free(&a);
    ht_arena_free(&kept);
    return 0;
}
