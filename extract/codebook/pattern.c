/* Patterns (PCRE2 over code points) -> hits. */
#include "extract/codebook/parts.h"

#include "base/utf8.h"
#include "normalize/normalize.h"

enum {
    /* A pattern sees one sentence, and of an endless one this much at a time: a pattern that scans
     * to the end of its subject from every start must not make a long text quadratic. */
    PATTERN_WINDOW = 1000,
    PATTERN_MATCH_LIMIT = 20000,
    PATTERN_DEPTH_LIMIT = 250,
    PATTERN_HEAP_LIMIT = 1024, /* KiB */
    PATTERN_NEST_LIMIT = 50,
    MESSAGE_CHARS = 128,
};

static void free_code(void *code) {
    pcre2_code_free(code);
}

static ht_str message_of(ht_arena *a, int error) {
    uint32_t text[MESSAGE_CHARS];
    int n = pcre2_get_error_message(error, text, MESSAGE_CHARS);
    if (n < 0) return HT_S("it does not compile");
    return ht_utf8_encode(a, text, (size_t)n);
}

bool pattern_compile(ht_arena *a, mistakes *m, const node *n, pattern *out) {
    size_t length;
    uint32_t *c = ht_utf8_decode(a, n->text, &length);
    if (length > CODEBOOK_MAX_PATTERN) {
        mistake_add(m, n->line, n->column, "a pattern of %zu characters, expected at most %d",
                    length, CODEBOOK_MAX_PATTERN);
        return false;
    }
    /* Only ideographs: folding a full-width sign could make it a sign of PCRE2. */
    for (size_t i = 0; i < length; i++)
        if (ht_is_han(c[i])) c[i] = ht_fold(c[i]);
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context) pcre2_set_parens_nest_limit(context, PATTERN_NEST_LIMIT);
    int error = 0;
    size_t at = 0;
    pcre2_code *code = pcre2_compile(c, length, PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C,
                                     &error, &at, context);
    pcre2_compile_context_free(context);
    if (!code) {
        mistake_add(m, n->line, n->column,
                    "bad pattern: " HT_FMT " at character %zu of it, expected PCRE2",
                    HT_ARG(message_of(a, error)), at + 1);
        return false;
    }
    ht_arena_defer(a, free_code, code);
    uint32_t matches_nothing = 0;
    pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &matches_nothing);
    if (matches_nothing) {
        mistake_add(m, n->line, n->column,
                    "the pattern can match no character at all, expected one that needs some");
        return false;
    }
    /* Where there is no JIT, the interpreter does the same work within the same limits. */
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    out->code = code;
    return true;
}

/* PCRE2's own memory comes from the arena too, so that a jump out of it loses nothing. */
static void *arena_malloc(size_t n, void *arena) {
    return ht_arena_alloc(arena, n);
}

static void arena_leave(void *p, void *arena) {
    (void)p;
    (void)arena;
}

typedef struct {
    const ht_passage *passage;
    ht_arena *arena;
    hits *out;
    pcre2_match_data *data;
    pcre2_match_context *context;
} search;

/* A match that runs into a limit ends the window for this pattern: a missed figure, no wrong
 * one. */
static void search_window(search *s, const pattern *p, uint32_t start, uint32_t end) {
    const uint32_t *subject = s->passage->c + start;
    size_t length = end - start, at = 0;
    while (at < length) {
        int n = pcre2_match(p->code, subject, length, at, PCRE2_NO_UTF_CHECK, s->data, s->context);
        if (n < 0) return;
        const size_t *span = pcre2_get_ovector_pointer(s->data);
        /* \K can turn a span round or empty it. */
        if (span[0] < span[1])
            *HT_PUSH(s->arena, s->out->items, s->out->n, s->out->cap) =
                (ht_hit){start + (uint32_t)span[0], start + (uint32_t)span[1], p->indicator, -1,
                         HT_HIT_TERM};
        at = span[1] > at ? span[1] : at + 1;
    }
}

void pattern_hits(const pattern *patterns, size_t n, ht_arena *a, const ht_passage *p, hits *out) {
    if (!n || !p->n) return;
    pcre2_general_context *memory = pcre2_general_context_create(arena_malloc, arena_leave, a);
    search s = {.passage = p,
                .arena = a,
                .out = out,
                .data = pcre2_match_data_create(1, memory),
                .context = pcre2_match_context_create(memory)};
    pcre2_set_match_limit(s.context, PATTERN_MATCH_LIMIT);
    pcre2_set_depth_limit(s.context, PATTERN_DEPTH_LIMIT);
    pcre2_set_heap_limit(s.context, PATTERN_HEAP_LIMIT);
    for (uint32_t i = 0; i < p->n_sentences; i++)
        for (uint32_t at = p->sentences[i].start; at < p->sentences[i].end; at += PATTERN_WINDOW) {
            uint32_t left = p->sentences[i].end - at;
            uint32_t end = at + (left < PATTERN_WINDOW ? left : PATTERN_WINDOW);
            for (size_t k = 0; k < n; k++) search_window(&s, &patterns[k], at, end);
        }
}
