#include "corpus/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct ht_corpus {
    char *const *inputs; /* borrows */
    size_t n_inputs, at; /* the next input to open */
    source *source;      /* the open one, or NULL */
    corpus_state state;
};

static ht_status stdin_next(source *s, corpus_state *state, ht_arena *a, ht_record *record,
                            bool *more, ht_error *e);

static void source_free(source *s) {
    free(s);
}

source *source_stdin(void) {
    source *s = malloc(sizeof *s);
    if (s) *s = (source){stdin_next, source_free};
    return s;
}

static ht_status stdin_end(source *s, corpus_state *state, ht_arena *a, ht_record *record,
                           bool *more, ht_error *e) {
    (void)s, (void)state, (void)a, (void)record, (void)e;
    *more = false;
    return HT_OK;
}

static ht_status stdin_next(source *s, corpus_state *state, ht_arena *a, ht_record *record,
                            bool *more, ht_error *e) {
    (void)e;
    s->next = stdin_end;
    *more = true;
    record->source_path = HT_S("-");
    descriptor_read(STDIN_FILENO, 0, state, a, record);
    return HT_OK;
}

static bool is_stdin(const char *input) {
    return strcmp(input, "-") == 0;
}

static ht_status cannot_read(ht_error *e, const char *input, int error) {
    return ht_fail(e, HT_IO, "cannot read %s: %s", input, strerrordesc_np(error));
}

static ht_status measure_inputs(ht_corpus *c, ht_error *e) {
    uint64_t known = 0;
    for (size_t i = 0; i < c->n_inputs; i++) {
        struct stat st;
        if (is_stdin(c->inputs[i])) {
            c->state.unknown = true;
            continue;
        }
        if (stat(c->inputs[i], &st) != 0) return cannot_read(e, c->inputs[i], errno);
        if (S_ISREG(st.st_mode))
            known += (uint64_t)st.st_size;
        else if (!S_ISDIR(st.st_mode) || !c->state.options->measure)
            c->state.unknown = true;
        else
            known += directory_measure(c->inputs[i]);
    }
    c->state.n_known = known;
    return HT_OK;
}

ht_status ht_corpus_open(ht_corpus **out, char *const *inputs, size_t n,
                         const ht_corpus_options *options, ht_error *e) {
    *out = NULL;
    ht_corpus *c = calloc(1, sizeof *c);
    if (!c) return ht_fail(e, HT_IO, "out of memory");
    c->inputs = inputs;
    c->n_inputs = n;
    c->state.options = options;
    c->state.max_bytes = options->max_bytes ? options->max_bytes : HT_CORPUS_MAX_BYTES;
    ht_status status = measure_inputs(c, e);
    if (status != HT_OK) {
        free(c);
        return status;
    }
    *out = c;
    return HT_OK;
}

static source *source_or_fail(source *s, ht_error *e) {
    if (!s) ht_fail(e, HT_IO, "out of memory");
    return s;
}

/* NULL and *e (with HT_IO) when it cannot be opened. */
static source *open_input(const char *input, ht_error *e) {
    struct stat st;
    if (is_stdin(input)) return source_or_fail(source_stdin(), e);
    if (stat(input, &st) != 0) {
        cannot_read(e, input, errno);
        return NULL;
    }
    if (S_ISDIR(st.st_mode)) return source_directory(input, e);
    return source_or_fail(source_file(input), e);
}

ht_status ht_corpus_next(ht_corpus *c, ht_arena *a, ht_record *record, bool *more, ht_error *e) {
    for (;;) {
        if (!c->source) {
            *more = c->at < c->n_inputs;
            if (!*more) return HT_OK;
            c->source = open_input(c->inputs[c->at++], e);
            if (!c->source) return HT_IO;
        }
        *record = (ht_record){0};
        ht_status status = c->source->next(c->source, &c->state, a, record, more, e);
        if (status != HT_OK) return status;
        if (*more) break;
        c->source->close(c->source);
        c->source = NULL;
    }
    c->state.n_read += record->bytes.n;
    if (c->state.options->source_name.n) record->source_path = c->state.options->source_name;
    record_identify(record);
    return HT_OK;
}

void ht_corpus_progress(const ht_corpus *c, uint64_t *n_bytes_known, uint64_t *n_bytes_read) {
    *n_bytes_known = c->state.unknown ? 0 : c->state.n_known;
    *n_bytes_read = c->state.n_read;
}

void ht_corpus_close(ht_corpus *c) {
    if (!c) return;
    if (c->source) c->source->close(c->source);
    free(c);
}
