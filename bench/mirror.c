/* What a mirror makes of an article, for tests of copies.
 *
 *   mirror [--seed N] [--every] KIND FILE      to standard output, UTF-8
 *
 * FILE is a clean simplified text, a paragraph a line. KIND:
 *   hant    traditional script
 *   shift   traditional, bytes shifted where a mark lies across two characters (kind A of
 *           bench/shift_damage.h); digits behind it are eaten
 *   gloss   the same with readings, also inside characters (kind B)
 *   vanish  the same with readings, the orphans gone (kind C)
 *   fold    gloss, and the marks are ASCII
 * Every fourth traditional-only character has a reading, with --every all. The same seed gives the
 * same bytes. */
#include "bench/shift_damage.h"

#include "base/utf8.h"
#include "bench/score.h"
#include "normalize/normalize.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 1 << 24, PERCENT = 25 };

static ht_str read_all(ht_arena *a, const char *path) {
    FILE *f = fopen(path, "rb");
    ht_buf b;
    ht_buf_init(&b, a);
    if (f) b.n = fread(ht_buf_space(&b, MAX_BYTES), 1, MAX_BYTES, f);
    if (!f || ferror(f) || ht_utf8_valid_until(ht_buf_str(&b)) != b.n) {
        fprintf(stderr, "mirror: %s: cannot read, or not UTF-8\n", path);
        exit(HT_IO);
    }
    fclose(f);
    return ht_buf_str(&b);
}

static ht_str to_hant(ht_arena *a, ht_str line) {
    ht_text t = {.text = line};
    ht_offmap_init(&t.map, a);
    ht_offmap_add(&t.map, line.n, 0, line.n);
    if (!ht_convert(a, HT_S("s2t"), &t)) exit(HT_FAILED);
    return t.text;
}

static bool *draw_carriers(ht_arena *a, uint64_t seed, bool every) {
    bool *carriers = HT_ARRAY(a, bool, 65536), common;
    for (uint32_t c = 0x3400; c < 0xE000; c++)
        if (damage_is_listable(c, &common)) carriers[c] = every || chance(&seed) % 100 < PERCENT;
    return carriers;
}

int main(int argc, char **argv) {
    static const char *const kinds[] = {"hant", "shift", "gloss", "vanish", "fold"};
    enum { HANT, SHIFT, GLOSS, VANISH, FOLD, KINDS };
    uint64_t seed = 1;
    bool every = false;
    int i = 1, kind = 0;
    for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
        if (!strcmp(argv[i], "--every"))
            every = true;
        else if (!strcmp(argv[i], "--seed") && i + 1 < argc)
            seed = strtoull(argv[++i], NULL, 10);
        else
            argc = 0;
    }
    while (kind < KINDS && i < argc && strcmp(argv[i], kinds[kind]) != 0) kind++;
    if (i + 2 != argc || kind == KINDS) {
        fputs("usage: mirror [--seed N] [--every] hant|shift|gloss|vanish|fold FILE\n", stderr);
        return HT_USAGE;
    }
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_str rest = read_all(&a, argv[i + 1]), line;
    if (kind != HANT) shift_damage_init(HT_TABLES "/../fetched/readings.txt");
    bool *none = HT_ARRAY(&a, bool, 65536);
    damage_style style = {.fold = kind == FOLD, .vanish = kind == VANISH};
    style.carriers = kind >= GLOSS ? draw_carriers(&a, seed, every) : none;
    while (ht_str_split(&rest, '\n', &line)) {
        damaged_text d = {.damaged = line};
        if (line.n) d.damaged = to_hant(&a, line);
        if (line.n && kind != HANT) shift_damage(&a, d.damaged, style, &d);
        printf(HT_FMT "\n", HT_ARG(d.damaged));
    }
    ht_arena_free(&a);
    return ferror(stdout) || fclose(stdout) ? HT_IO : HT_OK;
}
