/* How often the charset of a few bytes is found, nothing being declared.
 *
 *   detect FILE...
 * The files are clean UTF-8 text, simplified in those named hans-…, traditional in hant-…. Pieces
 * of them, cut between characters, are encoded in each charset to at most so many bytes; pieces
 * without two ideographs are not asked for. Counted: right, wrong, and not told (refused as
 * too little). */
#include "bench/clock.h"

#include "base/error.h"
#include "base/utf8.h"
#include "normalize/normalize.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECES = 5000, TRIES = 40 * PIECES, MOST = 1000, ROOM = 8 * MOST };

typedef struct {
    const char *name; /* of iconv's; HZ, which it has not, is GB2312 with its escapes */
    bool hant;
} encoding;

static const encoding encodings[] = {{"UTF-8", false},    {"UTF-8", true},       {"GB18030", false},
                                     {"GB18030", true},   {"BIG5-HKSCS", true},  {"EUC-TW", true},
                                     {"UTF-16LE", false}, {"UTF-16BE", false},   {"UTF-16LE", true},
                                     {"HZ", false},       {"ISO-2022-CN", false}};
static const size_t sizes[] = {8, 20, 50, 200, 1000};

static uint64_t state = 1;

static size_t any(size_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((state >> 33) % n);
}

/* 0: the charset does not have all of the characters, or there is no room. */
static size_t encode(iconv_t c, ht_str s, char *out, size_t room) {
    char *in = (char *)(uintptr_t)s.p, *at = out;
    size_t left = s.n, all = room;
    iconv(c, NULL, NULL, NULL, NULL);
    if (iconv(c, &in, &left, &at, &room) == (size_t)-1) return 0;
    if (iconv(c, NULL, NULL, &at, &room) == (size_t)-1) return 0;
    return all - room;
}

static size_t encode_hz(iconv_t gb2312, ht_str s, char *out) {
    char pairs[ROOM];
    size_t n = encode(gb2312, s, pairs, sizeof pairs), n_out = 0;
    bool shifted = false;
    for (size_t i = 0; i < n; i++) {
        bool high = (unsigned char)pairs[i] >= 0x80;
        if (high != shifted) {
            out[n_out++] = '~';
            out[n_out++] = high ? '{' : '}';
            shifted = high;
        }
        if (pairs[i] == '~') out[n_out++] = '~';
        out[n_out++] = (char)(pairs[i] & 0x7F);
    }
    if (shifted) {
        out[n_out++] = '~';
        out[n_out++] = '}';
    }
    return n_out;
}

static size_t next_char(ht_str text, size_t at) {
    ht_utf8_next(text, &at);
    return at;
}

/* The longest piece from `at` on that takes at most `size` bytes; its length. */
static size_t piece(iconv_t c, bool hz, ht_str text, size_t at, size_t size, char *out,
                    size_t *n_ideographs) {
    char longer[ROOM];
    size_t n = 0;
    *n_ideographs = 0;
    for (size_t end = at; end < text.n;) {
        size_t next = next_char(text, end);
        ht_str s = ht_sub(text, at, next);
        size_t m = hz ? encode_hz(c, s, longer) : encode(c, s, longer, sizeof longer);
        if (!m) return 0;
        if (m > size) break;
        memcpy(out, longer, m);
        n = m;
        *n_ideographs += (unsigned char)text.p[end] >= 0xE4 && (unsigned char)text.p[end] < 0xEF;
        end = next;
    }
    return n;
}

static void measure(const encoding *e, ht_str text) {
    bool hz = !strcmp(e->name, "HZ");
    iconv_t c = iconv_open(hz ? "GB2312" : e->name, "UTF-8");
    ht_arena a;
    if (c == (iconv_t)-1) exit(HT_IO);
    ht_arena_init(&a, 0);
    printf("%-12s %s", e->name, e->hant ? "hant" : "hans");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        size_t n_pieces = 0, n_right = 0, n_wrong = 0;
        for (int tries = 0; tries < TRIES && n_pieces < PIECES; tries++) {
            char bytes[ROOM];
            size_t at = any(text.n), n_ideographs;
            while (at && ((unsigned char)text.p[at] & 0xC0) == 0x80) at--;
            size_t n = piece(c, hz, text, at, sizes[k], bytes, &n_ideographs);
            if (!n || n_ideographs < 2) continue;
            ht_decoded d;
            ht_trouble trouble = {0};
            ht_arena_reset(&a);
            n_pieces++;
            if (!ht_decode(&a, (ht_str){bytes, n}, HT_S(""), HT_S(""), &d, &trouble)) continue;
            n_right += !strcmp(d.charset, e->name);
            n_wrong += strcmp(d.charset, e->name) != 0;
        }
        if (!n_pieces) {
            printf("  %4zu: none fit    ", sizes[k]);
            continue;
        }
        printf("  %4zu: %6.2f %5.2f", sizes[k], 100.0 * (double)n_right / (double)n_pieces,
               100.0 * (double)n_wrong / (double)n_pieces);
    }
    putchar('\n');
    iconv_close(c);
    ht_arena_free(&a);
}

int main(int argc, char **argv) {
    ht_arena kept;
    ht_buf texts[2];
    ht_arena_init(&kept, 0);
    for (int i = 0; i < 2; i++) ht_buf_init(&texts[i], &kept);
    for (int i = 1; i < argc; i++) {
        const char *name = strrchr(argv[i], '/');
        ht_buf_add(&texts[!strncmp(name ? name + 1 : argv[i], "hant", 4)],
                   bench_slurp(&kept, argv[i]));
    }
    if (!texts[0].n || !texts[1].n) {
        fputs("usage: detect FILE...   (hans-… and hant-…)\n", stderr);
        return HT_USAGE;
    }
    printf("%d pieces each; bytes: per cent right, per cent wrong; the rest is refused\n", PIECES);
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        measure(&encodings[i], ht_buf_str(&texts[encodings[i].hant]));
    ht_arena_free(&kept);
    return 0;
}
