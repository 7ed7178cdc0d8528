/* What the normalize stage costs, against iconv and libxml2's SAX, in one run.
 *
 *   normalize ROUNDS TEXT PAGE...
 * TEXT is clean UTF-8 in simplified script, a paragraph a line; it is also encoded to GB18030, and
 * to Big5 as far as that has its characters. Every round runs each step and what it is measured
 * against one after the other; the fastest round counts. */
#include "bench/clock.h"

#include "base/error.h"
#include "normalize/normalize.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAX, DECODE_UTF8, CLEAN, ICONV_GB, GB, GB_FOUND, ICONV_BIG5, BIG5, BIG5_FOUND, N_STEPS };

typedef struct {
    double best[N_STEPS];
    double spent;
    ht_arena a;
} bench;

static void done(bench *b, int step, double since) {
    b->spent = bench_cpu() - since;
    if (!b->best[step] || b->spent < b->best[step]) b->best[step] = b->spent;
}

/* With `other` in the place of what the charset does not have. */
static ht_str convert(ht_arena *a, ht_str s, const char *from, const char *to) {
    size_t room = s.n * 2 + 64, left = s.n, all = room;
    char *out = ht_arena_alloc(a, room), *at = out, *in = ht_str_cstr(a, s);
    iconv_t c = iconv_open(to, from);
    if (c == (iconv_t)-1) exit(HT_IO);
    while (left && iconv(c, &in, &left, &at, &room) == (size_t)-1) {
        *at++ = '?';
        room--;
        do { /* the rest of the character */
            in++;
            left--;
        } while (left && ((unsigned char)*in & 0xC0) == 0x80);
    }
    iconv_close(c);
    return (ht_str){out, all - room};
}

static void decode(bench *b, int step, ht_str bytes, const char *forced) {
    ht_decoded d;
    ht_trouble trouble = {0};
    ht_arena_reset(&b->a);
    double since = bench_cpu();
    if (!ht_decode(&b->a, bytes, HT_S(""), ht_str_of(forced), &d, &trouble)) exit(HT_FAILED);
    done(b, step, since);
}

static void with_iconv(bench *b, int step, ht_str bytes, const char *from) {
    ht_arena_reset(&b->a);
    size_t room = bytes.n * 2, left = bytes.n;
    char *out = ht_arena_alloc(&b->a, room), *in = ht_str_cstr(&b->a, bytes);
    double since = bench_cpu();
    iconv_t c = iconv_open("UTF-8", from);
    if (iconv(c, &in, &left, &out, &room) == (size_t)-1) exit(HT_FAILED);
    iconv_close(c);
    done(b, step, since);
}

/* Decoding and cleaning as `hantally normalize` does it: the lines are the blocks. */
static void clean(bench *b, const ht_cleaner *cleaner, ht_str bytes) {
    ht_decoded d;
    ht_trouble trouble = {0};
    ht_clean_options options = {.target = HT_TO_HANS};
    ht_clean_report report;
    ht_text *lines = NULL;
    size_t n = 0, cap = 0;
    ht_arena_reset(&b->a);
    double since = bench_cpu();
    if (!ht_decode(&b->a, bytes, HT_S(""), HT_S(""), &d, &trouble)) exit(HT_FAILED);
    done(b, DECODE_UTF8, since);
    ht_str rest = d.text, line;
    while (ht_str_split(&rest, '\n', &line)) {
        ht_text *t = HT_PUSH(&b->a, lines, n, cap);
        t->text = line;
        ht_offmap_init(&t->map, &b->a);
        ht_offmap_add(&t->map, line.n, (size_t)(line.p - d.text.p), line.n);
    }
    ht_clean(cleaner, &b->a, lines, n, &options, &report);
    done(b, CLEAN, since);
}

static void row(const char *name, double seconds, size_t n_bytes, const char *what, double ratio) {
    printf("%-36s %7.0f MB/s", name, (double)n_bytes / 1e6 / seconds);
    if (what) printf("  %5.2f x %s", ratio, what);
    putchar('\n');
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fputs("usage: normalize ROUNDS TEXT PAGE...\n", stderr);
        return HT_USAGE;
    }
    ht_error e = {0};
    const ht_cleaner *cleaner = ht_cleaner_get(&e);
    if (!cleaner) return HT_FAILED;
    ht_arena kept;
    static bench b;
    ht_arena_init(&kept, 0);
    ht_arena_init(&b.a, 0);
    ht_str text = bench_slurp(&kept, argv[2]);
    ht_str gb = convert(&kept, text, "UTF-8", "GB18030"), big5;
    ht_text hant = {.text = text};
    ht_offmap_init(&hant.map, &kept);
    if (!ht_convert(&kept, HT_S("s2tw"), &hant)) return HT_FAILED;
    big5 = convert(&kept, hant.text, "UTF-8", "BIG5-HKSCS");
    size_t n_pages = (size_t)argc - 3, n_html = 0;
    ht_str *pages = HT_ARRAY(&kept, ht_str, n_pages);
    for (size_t i = 0; i < n_pages; i++) {
        ht_decoded d;
        ht_trouble trouble = {0};
        ht_str bytes = bench_slurp(&kept, argv[i + 3]);
        if (ht_decode(&kept, bytes, ht_declared_charset(bytes), HT_S(""), &d, &trouble))
            pages[i] = d.text;
        n_html += pages[i].n;
    }
    for (int round = atoi(argv[1]); round > 0; round--) {
        double since = bench_cpu();
        for (size_t i = 0; i < n_pages; i++) bench_sax(pages[i]);
        done(&b, SAX, since);
        clean(&b, cleaner, text);
        with_iconv(&b, ICONV_GB, gb, "GB18030");
        decode(&b, GB, gb, "gb18030");
        decode(&b, GB_FOUND, gb, "");
        with_iconv(&b, ICONV_BIG5, big5, "BIG5-HKSCS");
        decode(&b, BIG5, big5, "big5");
        decode(&b, BIG5_FOUND, big5, "");
    }
    double sax = b.best[SAX] / (double)n_html * (double)text.n;
    row("libxml2 SAX over pages", b.best[SAX], n_html, NULL, 0);
    row("UTF-8 text: decode", b.best[DECODE_UTF8], text.n, "SAX", b.best[DECODE_UTF8] / sax);
    row("UTF-8 text: decode and clean", b.best[CLEAN], text.n, "SAX", b.best[CLEAN] / sax);
    row("iconv GB18030", b.best[ICONV_GB], gb.n, NULL, 0);
    row("GB18030: decode, with offset map", b.best[GB], gb.n, "iconv",
        b.best[GB] / b.best[ICONV_GB]);
    row("GB18030: the same, charset found", b.best[GB_FOUND], gb.n, "iconv",
        b.best[GB_FOUND] / b.best[ICONV_GB]);
    row("iconv Big5-HKSCS", b.best[ICONV_BIG5], big5.n, NULL, 0);
    row("Big5: decode, with offset map", b.best[BIG5], big5.n, "iconv",
        b.best[BIG5] / b.best[ICONV_BIG5]);
    row("Big5: the same, charset found", b.best[BIG5_FOUND], big5.n, "iconv",
        b.best[BIG5_FOUND] / b.best[ICONV_BIG5]);
    ht_arena_free(&b.a);
    ht_arena_free(&kept);
    return 0;
}
