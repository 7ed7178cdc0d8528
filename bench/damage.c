/* How much of the byte-shift damage ht_clean undoes, and what it does to text without damage.
 *
 *   damage [--every] [--show N] [--seed N] [--paragraphs N] FILE...
 *   damage --clean [--show N] [--paragraphs N] FILE...
 *
 * FILEs are clean UTF-8 text, a paragraph a line (bench/corpora.sh). They are cut into documents of
 * 40 paragraphs. Without --clean each document is converted to traditional script if its file's
 * name starts with `hans-`, damaged (bench/shift_damage.h), cleaned with HT_TO_KEEP and compared
 * (bench/score.h). Every second document has its marks folded to ASCII, in every sixteenth the
 * orphans vanished (kind C). The list of traditional-only characters that get readings is the
 * document's own: a quarter of those that it has, in every third document 43 %, and 3 % of the
 * other common ones, as was seen in real documents; with --every it is all of them. All this is by
 * chance, and the chance is the seed's; nothing else varies.
 *
 * With --clean the documents are cleaned as they are, and everything that is changed is counted and
 * shown, except invisible characters and compatibility forms. */
#include "bench/clock.h"
#include "bench/score.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PARAGRAPHS = 1000 };

static ht_text *as_texts(ht_arena *a, const ht_str *paragraphs, size_t n) {
    ht_text *texts = HT_ARRAY(a, ht_text, n);
    size_t base = 0;
    for (size_t i = 0; i < n; i++) {
        texts[i].text = paragraphs[i];
        ht_offmap_init(&texts[i].map, a);
        ht_offmap_add(&texts[i].map, paragraphs[i].n, base, paragraphs[i].n);
        base += paragraphs[i].n + 1;
    }
    return texts;
}

static void count_chars(tally *t, ht_str s) {
    for (size_t at = 0; at < s.n;) {
        uint32_t c = ht_utf8_next(s, &at);
        t->n_chars++;
        t->n_han += c >= 0x3400 && c <= 0x9FFF;
    }
}

typedef struct {
    const ht_cleaner *cleaner;
    tally *t;
    uint64_t seed;
    bool undamaged, hans, every;
} job;

/* Cleans a document's texts. How many repairs say that it was damaged: not radicals and the like,
 * which clean text may have. */
static size_t clean(const job *j, ht_arena *a, ht_text *texts, size_t n, ht_clean_report *report) {
    size_t n_damage = 0;
    ht_clean(j->cleaner, a, texts, n, &(ht_clean_options){.target = HT_TO_KEEP}, report);
    for (int k = 0; k <= HT_REPAIR_GBK_AS_BIG5; k++)
        n_damage += ht_repairs_of(report, (ht_repair_kind)k);
    return n_damage;
}

/* The characters that get readings in this document. */
static bool *draw_list(const job *j, ht_arena *a, const ht_str *paragraphs, size_t n,
                       uint64_t state) {
    bool *carriers = HT_ARRAY(a, bool, 65536), *present = HT_ARRAY(a, bool, 65536), common;
    uint64_t percent = chance(&state) % 3 ? 25 : 43;
    for (size_t i = 0; i < n; i++)
        for (size_t at = 0; at < paragraphs[i].n;) {
            uint32_t c = ht_utf8_next(paragraphs[i], &at);
            if (c < 0x10000) present[c] = true;
        }
    for (uint32_t c = 0x3400; c < 0xE000; c++) {
        if (!damage_is_listable(c, &common)) continue;
        uint64_t drawn = chance(&state) % 100;
        carriers[c] = j->every || drawn < (present[c] ? percent : common ? 3 : 0);
    }
    return carriers;
}

static void damage_document(job *j, ht_arena *a, ht_str *paragraphs, size_t n) {
    tally *t = j->t;
    ht_clean_report report;
    damaged_text *d = HT_ARRAY(a, damaged_text, n);
    /* a document's chance does not hang on what the cleaner did before */
    uint64_t state = j->seed << 32 | t->n_documents;
    damage_style style = {.fold = chance(&state) % 2 == 0, .vanish = chance(&state) % 16 == 0};
    ht_text *texts = as_texts(a, paragraphs, n);
    for (size_t i = 0; j->hans && i < n; i++) {
        if (!ht_convert(a, HT_S("s2t"), &texts[i])) exit(HT_FAILED);
        paragraphs[i] = texts[i].text;
    }
    /* what the cleaner drops without damage, invisible characters, is no question here */
    texts = as_texts(a, paragraphs, n);
    bool dirty = clean(j, a, texts, n, &report) != 0;
    t->n_dirty += dirty;
    t->n_documents++;
    t->n_folded += style.fold;
    t->n_vanished += style.vanish;
    for (size_t i = 0; !dirty && i < n; i++) paragraphs[i] = texts[i].text;
    style.carriers = draw_list(j, a, paragraphs, n, state);
    for (size_t i = 0; i < n; i++) {
        count_chars(t, paragraphs[i]);
        shift_damage(a, paragraphs[i], style, &d[i]);
        paragraphs[i] = d[i].damaged;
        t->n_glosses += d[i].n_glosses;
        t->n_run_glosses += d[i].n_run_glosses;
    }
    texts = as_texts(a, paragraphs, n);
    clean(j, a, texts, n, &report);
    size_t base = 0;
    for (size_t i = 0; i < n; i++) {
        score_paragraph(t, a, &d[i], &texts[i], base);
        base += paragraphs[i].n + 1;
    }
}

static void clean_document(job *j, ht_arena *a, const ht_str *paragraphs, size_t n) {
    tally *t = j->t;
    ht_clean_report report;
    ht_text *texts = as_texts(a, paragraphs, n);
    size_t n_damage = clean(j, a, texts, n, &report),
           n_glosses = ht_repairs_of(&report, HT_REPAIR_GLOSS);
    t->n_documents++;
    t->n_repairs += n_damage - n_glosses;
    t->n_removed += n_glosses;
    t->n_left += report.n_left;
    t->n_damaged_documents += n_damage != 0;
    size_t base = 0;
    for (size_t i = 0; i < n; i++) {
        count_chars(t, paragraphs[i]);
        edits e = edits_find(a, paragraphs[i], &texts[i], base);
        for (size_t k = 0; k < e.n; k++) {
            if (e.edits[k].small) continue;
            ht_span src = e.edits[k].src, out = e.edits[k].out;
            t->n_outside++;
            ht_str was = around(a, paragraphs[i], src.start, src.end),
                   became = around(a, texts[i].text, out.start, out.end);
            score_example(t, OUTSIDE,
                          ht_format(a, "text     " HT_FMT "\n  became  " HT_FMT "\n", HT_ARG(was),
                                    HT_ARG(became)));
        }
        base += paragraphs[i].n + 1;
    }
}

static ht_str read_text(ht_arena *a, const char *path) {
    ht_str s = bench_slurp(a, path);
    if (ht_utf8_valid_until(s) != s.n) {
        fprintf(stderr, "damage: %s: not UTF-8\n", path);
        exit(HT_IO);
    }
    return s;
}

static void read_file(job *j, const char *path, size_t n_paragraphs) {
    ht_arena kept, a;
    ht_arena_init(&kept, 0);
    ht_arena_init(&a, 0);
    const char *name = strrchr(path, '/');
    j->hans = !strncmp(name ? name + 1 : path, "hans-", 5);
    ht_str rest = read_text(&kept, path), line, paragraphs[MAX_PARAGRAPHS];
    for (bool more = true; more;) {
        size_t n = 0;
        while (n < n_paragraphs && (more = ht_str_split(&rest, '\n', &line)))
            if (line.n) paragraphs[n++] = line;
        if (n && j->undamaged)
            clean_document(j, &a, paragraphs, n);
        else if (n)
            damage_document(j, &a, paragraphs, n);
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
    ht_arena_free(&kept);
}

static void print_row(const char *name, const size_t *of) {
    size_t n = 0;
    for (int v = 0; v < VERDICTS; v++) n += of[v];
    printf("%-8s %8zu", name, n);
    for (int v = 0; v < VERDICTS; v++)
        printf(" %8zu %5.1f%%", of[v], n ? 100.0 * (double)of[v] / (double)n : 0.0);
    putchar('\n');
}

static void print_examples(const tally *t, verdict v, const char *name) {
    for (size_t i = 0; i < t->show && i < t->n_seen[v]; i++)
        printf("\n%s %zu: " HT_FMT, name, i + 1, HT_ARG(t->examples[v][i]));
}

static void print_damage(const tally *t, uint64_t seed) {
    size_t all[VERDICTS] = {0}, n = 0;
    for (int k = 0; k < DAMAGE_KINDS; k++)
        for (int v = 0; v < VERDICTS; v++) {
            all[v] += t->runs[k][v];
            n += t->runs[k][v];
        }
    printf("seed %llu: %zu characters (%zu Han) in %zu documents, %zu folded, %zu with vanished "
           "orphans\n",
           (unsigned long long)seed, t->n_chars, t->n_han, t->n_documents, t->n_folded,
           t->n_vanished);
    if (t->n_dirty) printf("%zu documents are changed without damage\n", t->n_dirty);
    if (t->n_chars)
        printf("%.0f runs in a million characters\n\n", 1e6 * (double)n / (double)t->n_chars);
    printf("%-8s %8s %15s %15s %15s %15s %15s\n", "kind", "runs", "exact", "marked", "part",
           "wrong", "left");
    for (int k = 0; k < DAMAGE_KINDS; k++) print_row(damage_kind_names[k], t->runs[k]);
    print_row("all", all);
    printf("\nreadings: %zu behind whole characters, %zu removed, %zu wrongly kept; %zu in runs\n",
           t->n_glosses, t->n_removed, t->n_kept, t->n_run_glosses);
    printf("exact runs with characters of the other width: %zu, with a reading kept: %zu\n",
           t->n_other_width, t->n_kept_in_runs);
    printf("eaten digits in changed runs: %zu, without U+FFFD: %zu\n", t->n_digits, t->n_unmarked);
    printf("characters changed outside runs: %zu\n", t->n_outside);
}

int main(int argc, char **argv) {
    static tally t;
    job j = {.t = &t, .seed = 1};
    size_t n_paragraphs = 40;
    int i = 1;
    for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
        if (!strcmp(argv[i], "--clean"))
            j.undamaged = true;
        else if (!strcmp(argv[i], "--every"))
            j.every = true;
        else if (!strcmp(argv[i], "--show") && i + 1 < argc)
            t.show = strtoul(argv[++i], NULL, 10);
        else if (!strcmp(argv[i], "--seed") && i + 1 < argc)
            j.seed = strtoull(argv[++i], NULL, 10);
        else if (!strcmp(argv[i], "--paragraphs") && i + 1 < argc)
            n_paragraphs = strtoul(argv[++i], NULL, 10);
        else
            argc = 0;
    }
    if (i >= argc || t.show > SHOW_MAX || !n_paragraphs || n_paragraphs > MAX_PARAGRAPHS) {
        fputs("usage: damage [--clean] [--every] [--show N] [--seed N] [--paragraphs N] FILE...\n",
              stderr);
        return HT_USAGE;
    }
    ht_error e = {0};
    j.cleaner = ht_cleaner_get(&e);
    if (!j.cleaner) {
        fprintf(stderr, "%s\n", e.text);
        return HT_IO;
    }
    if (j.undamaged)
        t.show = t.show ? t.show : SHOW_MAX;
    else
        shift_damage_init(HT_TABLES "/../fetched/readings.txt");
    ht_arena_init(&t.arena, 0);
    for (; i < argc; i++) read_file(&j, argv[i], n_paragraphs);
    if (j.undamaged) {
        printf("%zu characters (%zu Han) in %zu documents: %zu repairs, %zu readings removed, in "
               "%zu documents; %zu places left\n",
               t.n_chars, t.n_han, t.n_documents, t.n_repairs, t.n_removed, t.n_damaged_documents,
               t.n_left);
        print_examples(&t, OUTSIDE, "place");
    } else {
        print_damage(&t, j.seed);
        print_examples(&t, MARKED, "marked");
        print_examples(&t, PART, "part");
        print_examples(&t, WRONG, "wrong");
        print_examples(&t, LEFT, "left");
        print_examples(&t, OUTSIDE, "outside");
    }
    ht_arena_free(&t.arena);
    return 0;
}
