/* Text in any Chinese encoding -> clean UTF-8, in pieces of whole lines, so that a file of any size
 * needs the memory of one piece. The encoding is settled by the first piece that is not plain
 * ASCII; repairs and glosses are judged within a piece. */
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/normalize_notes.h"
#include "cli/pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 20, MAX_LINE = 16 << 20 };

typedef struct {
    const cli_pipeline *pipeline;
    ht_str convert;      /* OpenCC's name of a conversion; empty: clean */
    normalize_notes *notes;
    const char *name;    /* of the file, for messages */
    const char *charset; /* once it is known; "" before */
    unsigned long long n_bytes, n_lines; /* of the file, in the pieces done */
    unsigned long long n_malformed, first_malformed;
    ht_arena arena; /* of one piece */
    char *bytes;    /* heap; a piece and its unfinished last line */
    size_t n, cap;
} stream;

/* Step between characters of which a line feed may be one, and its bytes. */
static size_t line_end(const stream *s) {
    bool big = strcmp(s->charset, "UTF-16BE") == 0, little = strcmp(s->charset, "UTF-16LE") == 0;
    if (!big && !little && s->n >= 2) { /* the first piece: its mark tells */
        big = memcmp(s->bytes, "\xFE\xFF", 2) == 0;
        little = memcmp(s->bytes, "\xFF\xFE", 2) == 0;
    }
    if (!big && !little) {
        const char *p = memrchr(s->bytes, '\n', s->n);
        return p ? (size_t)(p - s->bytes) + 1 : 0;
    }
    for (size_t i = s->n & ~(size_t)1; i >= 2; i -= 2)
        if (s->bytes[i - 2] == (big ? 0 : '\n') && s->bytes[i - 1] == (big ? '\n' : 0)) return i;
    return 0;
}

static bool is_ascii(ht_str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == 0 || s.p[i] == '~' || s.p[i] == 0x1B)
            return false; /* HZ and ISO-2022 write Chinese in seven bits */
    return true;
}

/* The lines that are not blank, as blocks of one document. */
static ht_text *lines_of(ht_arena *a, ht_str text, size_t *n) {
    ht_text *lines = NULL;
    size_t cap = 0;
    *n = 0;
    for (size_t at = 0; at < text.n;) {
        size_t end = ht_str_find(text, HT_S("\n"), at);
        if (end == SIZE_MAX) end = text.n;
        if (end > at) {
            ht_text *line = HT_PUSH(a, lines, *n, cap);
            line->text = ht_sub(text, at, end);
            ht_offmap_init(&line->map, a);
            ht_offmap_add(&line->map, end - at, at, end - at);
        }
        at = end + 1;
    }
    return lines;
}

/* Is it a page? Then &lt; has to stay what it is. */
static bool is_markup(ht_str text) {
    static const char *const tags[] = {"</", "/>", "<br", "<p>", "<!DOCTYPE", "<!doctype"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (ht_str_find(text, ht_str_of(tags[i]), 0) != SIZE_MAX) return true;
    return false;
}

/* Writes the text with its lines replaced by the cleaned ones; the line feeds stay as they are. */
static void text_write(ht_arena *a, ht_str text, const ht_text *lines) {
    ht_buf b;
    ht_buf_init(&b, a);
    size_t k = 0;
    for (size_t at = 0; at < text.n;) {
        size_t end = ht_str_find(text, HT_S("\n"), at);
        if (end == SIZE_MAX) end = text.n;
        if (end > at) ht_buf_add(&b, lines[k++].text);
        if (end < text.n) ht_buf_byte(&b, '\n');
        at = end + 1;
    }
    cli_output(ht_buf_str(&b));
}

static void piece_convert(stream *s, ht_str text) {
    ht_text t = {.text = text};
    ht_offmap_init(&t.map, &s->arena);
    ht_offmap_add(&t.map, text.n, 0, text.n);
    ht_convert(&s->arena, s->convert, &t);
    cli_output(t.text);
}

static void piece_clean(stream *s, const ht_decoded *d) {
    ht_arena *a = &s->arena;
    ht_clean_report *report = HT_NEW(a, ht_clean_report);
    normalize_piece piece = {s->name, s->n_bytes, s->n_lines + 1, d, NULL, 0, report};
    ht_clean_options options = s->pipeline->clean;
    options.markup = is_markup(d->text);
    ht_text *lines = lines_of(a, d->text, &piece.n_lines);
    piece.lines = lines;
    ht_clean(s->pipeline->tables->cleaner, a, lines, piece.n_lines, &options, report);
    notes_piece(s->notes, a, &piece);
    text_write(a, d->text, lines);
}

static ht_status piece_read(stream *s, ht_str bytes, ht_error *e) {
    ht_arena *a = &s->arena;
    ht_decoded *d = HT_NEW(a, ht_decoded);
    ht_trouble *trouble = HT_NEW(a, ht_trouble);
    ht_str forced = *s->charset ? ht_str_of(s->charset) : s->pipeline->encoding;
    if (!ht_decode(a, bytes, HT_S(""), forced, d, trouble)) {
        if (!strcmp(trouble->code, "empty")) return HT_OK; /* nothing but a byte order mark */
        return ht_fail(e, HT_IO, "%s: %s: %s (from byte %llu on)", s->name, trouble->code,
                       trouble->detail, s->n_bytes);
    }
    if (!*s->charset && !is_ascii(bytes)) s->charset = d->charset;
    if (d->n_malformed && !s->n_malformed) s->first_malformed = s->n_bytes + d->first_malformed;
    s->n_malformed += d->n_malformed;
    if (s->convert.n)
        piece_convert(s, d->text);
    else
        piece_clean(s, d);
    for (size_t at = 0; (at = ht_str_find(d->text, HT_S("\n"), at)) != SIZE_MAX; at++)
        s->n_lines++;
    return HT_OK;
}

static ht_status piece_write(stream *s, size_t n, ht_error *e) {
    jmp_buf here;
    ht_status status = HT_OK;
    if (setjmp(here)) {
        ht_arena_guard(&s->arena, NULL);
        return ht_fail(e, HT_IO, "%s: out of memory", s->name);
    }
    ht_arena_guard(&s->arena, &here);
    status = piece_read(s, (ht_str){s->bytes, n}, e);
    ht_arena_guard(&s->arena, NULL);
    ht_arena_reset(&s->arena);
    memmove(s->bytes, s->bytes + n, s->n - n);
    s->n -= n;
    s->n_bytes += n;
    return status;
}

/* Room for more of a line that is longer than the buffer. */
static ht_status stream_grow(stream *s, ht_error *e) {
    if (s->cap >= MAX_LINE)
        return ht_fail(e, HT_IO, "%s: a line of more than %d bytes", s->name, MAX_LINE);
    char *bytes = realloc(s->bytes, s->cap * 2);
    if (!bytes) return ht_fail(e, HT_IO, "out of memory");
    s->bytes = bytes;
    s->cap *= 2;
    return HT_OK;
}

static ht_status stream_run(stream *s, int fd, ht_error *e) {
    ht_status status = HT_OK;
    while (status == HT_OK) {
        ssize_t got = read(fd, s->bytes + s->n, s->cap - s->n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            return ht_fail(e, HT_IO, "cannot read %s: %s", s->name, strerrordesc_np(errno));
        if (got == 0) return s->n ? piece_write(s, s->n, e) : HT_OK;
        s->n += (size_t)got;
        if (s->n < PIECE) continue;
        size_t n = line_end(s);
        if (n)
            status = piece_write(s, n, e);
        else if (s->n == s->cap)
            status = stream_grow(s, e);
    }
    return status;
}

static ht_status file_run(stream *s, const char *name, ht_error *e) {
    bool standard = strcmp(name, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return ht_fail(e, HT_IO, "cannot read %s: %s", name, strerrordesc_np(errno));
    s->name = standard ? "standard input" : name;
    s->charset = "";
    s->n = 0;
    s->n_bytes = s->n_lines = s->n_malformed = 0;
    ht_status status = stream_run(s, fd, e);
    if (!standard) close(fd);
    if (s->n_malformed)
        fprintf(stderr,
                "hantally: %s: %llu malformed places, the first at byte %llu; each is U+FFFD in "
                "the output\n",
                s->name, s->n_malformed, s->first_malformed);
    return status;
}

ht_status cli_normalize(const cli_options *o, ht_arena *a, ht_error *e) {
    (void)a;
    cli_tables tables = {.cleaner = ht_cleaner_get(e)};
    if (!tables.cleaner) return HT_IO;
    cli_pipeline p;
    cli_pipeline_init(&p, &tables, o);
    normalize_notes notes;
    stream s = {.pipeline = &p,
                .convert = cli_text(o, OPT_CONVERT, ""),
                .notes = &notes,
                .bytes = malloc(2 * PIECE),
                .cap = 2 * PIECE};
    if (!s.bytes) return ht_fail(e, HT_IO, "out of memory");
    ht_arena_init(&s.arena, CLI_DOCUMENT_BYTES);
    ht_status status = notes_open(&notes, o, e);
    if (!o->n_operands && status == HT_OK) status = file_run(&s, "-", e);
    for (int i = 0; i < o->n_operands && status == HT_OK; i++)
        status = file_run(&s, o->operands[i], e);
    if (status == HT_OK) status = notes_commit(&notes, e);
    notes_abandon(&notes);
    ht_arena_free(&s.arena);
    free(s.bytes);
    return status;
}
