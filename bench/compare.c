/* Synthetic figures -> regional tables: time and memory of the comparison.
 *
 *   compare OUT N [--backwards] [--rollup]   N figures, collected, compared and written to OUT
 *   compare --jsonl N                        the same as lines for `hantally stats`
 *
 * What is timed is what stands between the figures and the tables: collecting, sorting, choosing,
 * regions.csv, cells.csv, their tables in hantally.db, table-INDICATOR.csv. articles.csv and
 * figures.csv are not written. */
#include "bench/figures.h"
#include "stats/inner.h"
#include "stats/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double clock_of(clockid_t id) {
    struct timespec t;
    clock_gettime(id, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double began;

static void say(const char *step) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    fprintf(stderr, "%-28s %7.1f s, %7.1f s of CPU, %5ld MB at most\n", step,
            clock_of(CLOCK_MONOTONIC) - began, clock_of(CLOCK_PROCESS_CPUTIME_ID),
            used.ru_maxrss >> 10);
}

static void must(ht_status status, const ht_error *e) {
    if (status == HT_OK) return;
    fprintf(stderr, "compare: %s\n", e->text);
    exit(1);
}

static void lines(const figures_source *f, uint64_t n_articles) {
    ht_arena a;
    ht_arena_init(&a, 0);
    for (uint64_t i = 0; i < n_articles; i++) {
        ht_outcome o;
        ht_buf b;
        figures_article(f, &a, i, &o);
        ht_buf_init(&b, &a);
        ht_outcome_to_json(&b, &o);
        ht_buf_byte(&b, '\n');
        if (fwrite(b.p, 1, b.n, stdout) != b.n) exit(1);
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
}

static void compare(const figures_source *f, const ht_gazetteer *g, const char *out,
                    uint64_t n_articles, bool backwards, bool rollup) {
    ht_stats_options options = {.rollup = rollup};
    ht_error e;
    ht_stats *s;
    ht_arena a;
    ht_arena_init(&a, 0);
    must(ht_stats_open(&s, out, f->codebook, g, &options, &e), &e);
    for (uint64_t i = 0; i < n_articles; i++) {
        ht_outcome o;
        figures_article(f, &a, backwards ? n_articles - 1 - i : i, &o);
        must(collect_figures(s, &o, &e), &e);
        ht_arena_reset(&a);
        ht_arena_reset(&s->scratch);
    }
    say("generated and collected");
    must(db_create(&s->db, s->db_path, &e), &e);
    must(schema_create(&s->db, &s->scratch, &e), &e);
    must(export_regions(s, &e), &e);
    say("compared and written");
    fprintf(stderr, "%llu cells, %llu with a conflict\n", (unsigned long long)s->counts.cells,
            (unsigned long long)s->counts.conflicts);
    ht_stats_close(s);
    ht_arena_free(&a);
}

int main(int argc, char **argv) {
    bool jsonl = argc > 1 && strcmp(argv[1], "--jsonl") == 0, backwards = false, rollup = false;
    if (argc < 3) {
        fputs("usage: compare OUT N [--backwards] [--rollup] | compare --jsonl N\n", stderr);
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        backwards |= strcmp(argv[i], "--backwards") == 0;
        rollup |= strcmp(argv[i], "--rollup") == 0;
    }
    began = clock_of(CLOCK_MONOTONIC);
    ht_error e;
    ht_arena kept;
    ht_arena_init(&kept, 0);
    const ht_gazetteer *g = ht_gazetteer_get(&e);
    const ht_lexicon *lexicon = ht_lexicon_get(&e);
    ht_codebook codebook;
    if (!g || !lexicon) must(HT_IO, &e);
    must(ht_codebook_parse(&codebook, &kept, lexicon, ht_codebook_builtin(HT_S("gig-work")),
                           HT_S("gig-work"), &e),
         &e);
    figures_source source;
    figures_open(&source, &kept, &codebook, g);
    uint64_t n_articles = strtoull(argv[2], NULL, 10) / FIGURES_AN_ARTICLE;
    if (jsonl)
        lines(&source, n_articles);
    else
        compare(&source, g, argv[1], n_articles, backwards, rollup);
    ht_arena_free(&kept);
    return 0;
}
