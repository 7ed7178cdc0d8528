#include "bench/clock.h"

#include "base/error.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double bench_cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

ht_str bench_slurp(ht_arena *a, const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END)) {
        perror(path);
        exit(HT_IO);
    }
    size_t n = (size_t)ftell(f);
    rewind(f);
    char *p = ht_arena_alloc(a, n + 1);
    if (fread(p, 1, n, f) != n) {
        perror(path);
        exit(HT_IO);
    }
    fclose(f);
    return (ht_str){p, n};
}

static void no_start(void *x, const xmlChar *n, const xmlChar **a) {
    (void)x, (void)n, (void)a;
}
static void no_end(void *x, const xmlChar *n) {
    (void)x, (void)n;
}
static void no_text(void *x, const xmlChar *c, int n) {
    (void)x, (void)c, (void)n;
}

void bench_sax(ht_str utf8) {
    xmlSAXHandler h = {0};
    h.startElement = no_start;
    h.endElement = no_end;
    h.characters = no_text;
    htmlParserCtxtPtr c = htmlCreateMemoryParserCtxt(utf8.p, (int)utf8.n);
    if (!c) return;
    *c->sax = h;
    xmlSwitchEncoding(c, XML_CHAR_ENCODING_UTF8);
    htmlCtxtUseOptions(c, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
    htmlParseDocument(c);
    htmlFreeParserCtxt(c);
}
