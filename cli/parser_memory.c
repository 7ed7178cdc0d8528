#include "cli/parser_memory.h"

#include "base/error.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *or_end(void *p) {
    static const char message[] = "hantally: out of memory\n";
    if (p) return p;
    /* Other threads go on meanwhile: nothing that they might hold is touched. */
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) _exit(HT_IO);
    _exit(HT_IO);
}

static void *parser_malloc(size_t n) {
    return or_end(malloc(n ? n : 1));
}

static void *parser_realloc(void *p, size_t n) {
    return or_end(realloc(p, n ? n : 1));
}

static char *parser_strdup(const char *s) {
    return or_end(strdup(s));
}

void cli_parser_start(void) {
    xmlMemSetup(free, parser_malloc, parser_realloc, parser_strdup);
    xmlInitParser();
}
