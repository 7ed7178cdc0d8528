/* How many articles copies.h takes, in what time, memory and disk, and how many it tells right.
 *
 *   copies [--seed N] N FOLDER
 *
 * N synthetic articles of some 500 ideographs and a dozen numerals, words drawn as unevenly as real
 * ones are, by kind:
 *   60 %  new
 *   12 %  the same as an earlier one
 *   10 %  an earlier one with three characters in a hundred others and a line above and below
 *    5 %  the same with a digit lost
 *    2 %  the same with eight characters in a hundred others, two digits lost and a ? or two
 *    8 %  an earlier one with other numbers
 *    2 %  one and the same article, slightly changed: reprinted everywhere
 *    1 %  one template with numbers of their own: a series without end
 * Everything is by chance, and the chance is the seed's. Works in a database in FOLDER, which is
 * removed. */
#include "bench/clock.h"
#include "bench/score.h"

#include "stats/copies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAME, ALTERED, LOST, DAMAGED, NUMBERS, VIRAL, SERIES, NEW, KINDS };
static const char *const names[KINDS] = {"same",    "altered", "digit lost", "damaged",
                                         "numbers", "viral",   "series",     "new"};
static const int percent[KINDS] = {12, 10, 5, 2, 8, 2, 1, 60};

enum { WORDS = 30000, CHARS = 500, NUMERALS = 12, PATH = 4096 };

typedef struct {
    uint64_t seed, n;
    ht_arena arena;
    stats_db db;
    copies *copies;
    uint64_t n_of[KINDS], n_right[KINDS];
} job;

static int kind_of(const job *j, uint64_t i) {
    uint64_t state = j->seed << 32 ^ i * 2654435761u;
    int drawn = (int)(chance(&state) % 100), kind = 0;
    if (i < 100) return NEW;
    while (kind < NEW && drawn >= percent[kind]) drawn -= percent[kind++];
    return kind;
}

/* The article that i is made from: an earlier, new one. */
static uint64_t source_of(const job *j, uint64_t i, int kind) {
    if (kind == NEW) return i;
    if (kind == VIRAL || kind == SERIES) return (uint64_t)kind;
    uint64_t state = j->seed + i, at = chance(&state) % i;
    while (at < 100 || kind_of(j, at) != NEW) at = at < 100 ? 100 + chance(&state) % i : at - 1;
    return at < i ? at : 0;
}

static void put_character(ht_buf *b, uint64_t c) {
    c = 0x6800 + c % 2900; /* none of them a numeral */
    char utf8[3] = {(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)),
                    (char)(0x80 | (c & 0x3F))};
    ht_buf_add(b, (ht_str){utf8, sizeof utf8});
}

/* Words of two characters, the n-th as often as 1/n is large. */
static uint64_t draw_word(uint64_t *state) {
    uint64_t bits = chance(state);
    return (bits >> 8) % ((uint64_t)1 << (1 + bits % 15)) % WORDS;
}

static void put_numeral(ht_buf *b, const uint64_t *state, int at, int lost) {
    uint64_t own = *state + (uint64_t)at * 977;
    char digits[16];
    int n =
        snprintf(digits, sizeof digits, "%llu", (unsigned long long)(10 + chance(&own) % 99990));
    for (int i = 0; i < n; i++)
        if (at == lost && i == 1)
            ht_buf_add(b, HT_S("\xEF\xBF\xBD"));
        else
            ht_buf_byte(b, digits[i]);
}

static ht_str make_text(job *j, uint64_t i, int kind, uint64_t source) {
    static const int noise[KINDS] = {
        [ALTERED] = 3, [LOST] = 3, [DAMAGED] = 8, [VIRAL] = 1, [SERIES] = 1};
    uint64_t words = j->seed + source * 7919, own = j->seed ^ i * 104729, numbers = words;
    bool other = kind == NUMBERS || kind == SERIES;
    if (other) numbers = own;
    ht_buf b;
    ht_buf_init(&b, &j->arena);
    ht_buf_printf(&b, "%llu\n", (unsigned long long)i);
    if (kind == ALTERED)
        ht_buf_printf(&b, "2025-0%llu-1%llu\n", 1 + (unsigned long long)i % 9,
                      (unsigned long long)i % 10);
    int lost = kind == LOST || kind == DAMAGED ? (int)(i % NUMERALS) : -1;
    for (int k = 0; k < CHARS / 2; k++) {
        uint64_t word = draw_word(&words) * 2654435761u >> 3;
        for (int half = 0; half < 2; half++, word >>= 13)
            put_character(&b, (int)(chance(&own) % 100) < noise[kind] ? chance(&own) : word);
        if (k % (CHARS / 2 / NUMERALS) == 0)
            put_numeral(&b, &numbers, k, lost == k / (CHARS / 2 / NUMERALS) ? k : -1);
        if (k % 40 == 39) ht_buf_add(&b, HT_S("\xE3\x80\x82\n"));
    }
    ht_buf_add(&b, HT_S("\xE3\x80\x82\n"));
    if (kind == ALTERED) ht_buf_add(&b, HT_S("2024\n"));
    return ht_buf_str(&b);
}

static ht_status add(job *j, uint64_t i, ht_error *e) {
    int kind = kind_of(j, i);
    uint64_t source = source_of(j, i, kind);
    ht_outcome o = {.has_article = true, .text = make_text(j, i, kind, source)};
    ht_str *c = o.article.cell;
    c[HT_A_ARTICLE_ID] = ht_format(&j->arena, "a%016llx", (unsigned long long)i);
    c[HT_A_SOURCE_PATH] = ht_format(&j->arena, "dump-%llu.jsonl", (unsigned long long)(i / 1000));
    c[HT_A_RECORD] = ht_format(&j->arena, "%llu", (unsigned long long)(i % 1000));
    unsigned long long minutes = i;
    c[HT_A_PUBLISHED] = ht_format(&j->arena, "%04llu-%02llu-%02lluT%02llu:%02llu",
                                  2000 + minutes / 483840, 1 + minutes / 40320 % 12,
                                  1 + minutes / 1440 % 28, minutes / 60 % 24, minutes % 60);
    c[HT_A_PUBLISHER] = HT_S("x");
    if (kind == DAMAGED) c[HT_A_REPAIRS] = HT_S("shift-a:2|left:1");
    ht_status status = copies_add(j->copies, &j->arena, (int64_t)i + 1, &o, e);
    ht_arena_reset(&j->arena);
    return status;
}

/* A minute lies between two articles: the earlier one leads. */
static ht_status judge(job *j, ht_error *e) {
    sqlite3_stmt *query;
    ht_status status =
        db_prepare(&j->db, &query, "SELECT first, revision FROM copy WHERE n = ?", e);
    for (uint64_t i = 0; i < j->n && status == HT_OK; i++) {
        int kind = kind_of(j, i);
        bool row = false;
        sqlite3_bind_int64(query, 1, (int64_t)i + 1);
        status = db_step(&j->db, query, &row, e);
        ht_str first = row ? db_column(query, 0) : (ht_str){NULL, 0};
        ht_str revision = row ? db_column(query, 1) : (ht_str){NULL, 0};
        ht_str want = ht_format(&j->arena, "a%016llx", (unsigned long long)source_of(j, i, kind));
        j->n_of[kind]++;
        j->n_right[kind] += kind == NEW                         ? !row
                            : kind == NUMBERS || kind == SERIES ? ht_str_eq(revision, want)
                                                                : ht_str_eq(first, want);
        sqlite3_reset(query);
        ht_arena_reset(&j->arena);
    }
    sqlite3_finalize(query);
    return status;
}

static void report(const job *j, const char *path, double adding, double deciding) {
    struct rusage used;
    struct stat file;
    getrusage(RUSAGE_SELF, &used);
    printf("%llu articles: added in %.1f s, decided in %.1f s of CPU time; peak memory %ld MiB; "
           "database %lld "
           "MiB\n",
           (unsigned long long)j->n, adding, deciding, used.ru_maxrss >> 10,
           stat(path, &file) == 0 ? (long long)(file.st_size >> 20) : -1);
    for (int k = 0; k < KINDS; k++)
        printf("%-10s %10llu  right %10llu  %.3f%%\n", names[k], (unsigned long long)j->n_of[k],
               (unsigned long long)j->n_right[k],
               j->n_of[k] ? 100.0 * (double)j->n_right[k] / (double)j->n_of[k] : 0.0);
}

static ht_status run(job *j, const char *path, ht_error *e) {
    ht_status status = db_create(&j->db, path, e);
    if (status == HT_OK) status = copies_open(&j->copies, &j->db, e);
    double start = bench_cpu();
    for (uint64_t i = 0; i < j->n && status == HT_OK; i++) status = add(j, i, e);
    double added = bench_cpu();
    if (status == HT_OK) status = copies_decide(j->copies, e);
    double decided = bench_cpu();
    if (status == HT_OK) status = judge(j, e);
    if (status == HT_OK) report(j, path, added - start, decided - added);
    copies_close(j->copies);
    db_close(&j->db);
    unlink(path);
    return status;
}

int main(int argc, char **argv) {
    job j = {.seed = 1};
    int i = 1;
    if (i + 1 < argc && !strcmp(argv[i], "--seed")) {
        j.seed = strtoull(argv[i + 1], NULL, 10);
        i += 2;
    }
    j.n = i < argc ? strtoull(argv[i], NULL, 10) : 0;
    if (i + 2 != argc || !j.n) {
        fputs("usage: copies [--seed N] N FOLDER\n", stderr);
        return HT_USAGE;
    }
    char path[PATH];
    snprintf(path, sizeof path, "%s/copies-bench.tmp", argv[i + 1]);
    ht_arena_init(&j.arena, 0);
    ht_error e = {HT_OK, ""};
    if (run(&j, path, &e) != HT_OK) fprintf(stderr, "copies: %s\n", e.text);
    ht_arena_free(&j.arena);
    return e.status;
}
