/* Text in any Chinese encoding -> clean UTF-8, piece by piece: repairs and glosses are judged
 * within one. */
#include "cli/commands.h"
#include "cli/normalize_notes.h"
#include "cli/normalize_pieces.h"
#include "cli/pipeline.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Of a piece; a line of PIECE_MAX_LINE bytes takes so much at worst, when every second character is
 * repaired and reported. */
static const size_t PIECE_MEMORY = (size_t)1 << 30;

typedef struct {
    const cli_pipeline *pipeline;
    ht_str convert; /* OpenCC's name of a conversion; empty: clean */
    normalize_notes *notes;
    const char *name;           /* of the file, for messages */
    unsigned long long n_lines; /* of the file, in the pieces done */
    unsigned long long n_malformed, first_malformed;
    ht_arena arena; /* of one piece */
    pieces pieces;
} stream;

/* The lines that are not blank, as blocks of one document. */
static ht_text *lines_of(ht_arena *a, ht_str text, size_t *n) {
    ht_text *lines = NULL;
    size_t cap = 0;
    *n = 0;
    for (text_line l = {.text = text}; text_line_next(&l);) {
        if (l.end == l.start) continue;
        ht_text *line = HT_PUSH(a, lines, *n, cap);
        line->text = ht_sub(text, l.start, l.end);
        ht_offmap_init(&line->map, a);
        ht_offmap_add(&line->map, l.end - l.start, l.start, l.end - l.start);
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

/* Writes the text with its lines replaced by the cleaned ones; says how many ended. */
static size_t text_write(const normalize_piece *p) {
    size_t k = 0, n_ends = 0;
    for (text_line l = {.text = p->decoded->text}; text_line_next(&l); n_ends += l.next > l.end) {
        if (l.end > l.start) cli_output(p->lines[k++].text);
        cli_output(normalize_line_end(p, &l));
    }
    return n_ends;
}

static void piece_convert(stream *s, ht_str text) {
    ht_text t = {.text = text};
    ht_offmap_init(&t.map, &s->arena);
    ht_offmap_add(&t.map, text.n, 0, text.n);
    ht_convert(&s->arena, s->convert, &t);
    cli_output(t.text);
}

static void piece_clean(stream *s, const ht_decoded *d, unsigned long long first_byte) {
    ht_arena *a = &s->arena;
    ht_clean_options options = s->pipeline->clean;
    ht_clean_report report;
    normalize_piece p = {.file = s->name,
                         .first_byte = first_byte,
                         .first_line = s->n_lines + 1,
                         .decoded = d,
                         .as_it_is = options.repair == HT_REPAIR_OFF,
                         .report = &report};
    options.markup = is_markup(d->text);
    ht_text *lines = lines_of(a, d->text, &p.n_lines);
    p.lines = lines;
    ht_clean(s->pipeline->tables->cleaner, a, lines, p.n_lines, &options, &report);
    notes_piece(s->notes, &p);
    s->n_lines += text_write(&p);
}

static ht_status piece_read(stream *s, const piece *p, ht_error *e) {
    ht_arena *a = &s->arena;
    ht_decoded *d = HT_NEW(a, ht_decoded);
    ht_trouble *trouble = HT_NEW(a, ht_trouble);
    ht_str charset = ht_str_of(p->charset);
    bool good = p->first_byte ? ht_decode_part(a, p->bytes, charset, d, trouble)
                              : ht_decode(a, p->bytes, HT_S(""), charset, d, trouble);
    if (!good && !strcmp(trouble->code, "empty")) return HT_OK; /* only a byte order mark */
    if (!good)
        return ht_fail(e, HT_IO, "%s: %s: %s (from byte %llu on)", s->name, trouble->code,
                       trouble->detail, p->first_byte);
    if (d->n_malformed && !s->n_malformed) s->first_malformed = p->first_byte + d->first_malformed;
    s->n_malformed += d->n_malformed;
    if (s->convert.n)
        piece_convert(s, d->text);
    else
        piece_clean(s, d, p->first_byte);
    return HT_OK;
}

static ht_status piece_guarded(stream *s, const piece *p, ht_error *e) {
    jmp_buf here;
    if (setjmp(here)) {
        ht_arena_guard(&s->arena, NULL);
        return ht_fail(e, HT_IO, "%s: out of memory (from byte %llu on)", s->name, p->first_byte);
    }
    ht_arena_guard(&s->arena, &here);
    ht_status status = piece_read(s, p, e);
    ht_arena_guard(&s->arena, NULL);
    return status;
}

static ht_status stream_run(stream *s, ht_error *e) {
    piece p;
    ht_status status = pieces_next(&s->pieces, &p, e);
    while (status == HT_OK && p.bytes.n) {
        status = piece_guarded(s, &p, e);
        ht_arena_reset(&s->arena);
        if (status == HT_OK) status = pieces_next(&s->pieces, &p, e);
    }
    return status;
}

static ht_status file_run(stream *s, const char *name, ht_error *e) {
    bool standard = strcmp(name, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return ht_fail(e, HT_IO, "cannot read %s: %s", name, strerrordesc_np(errno));
    s->name = standard ? "standard input" : name;
    s->n_lines = s->n_malformed = 0;
    pieces_begin(&s->pieces, s->name, fd, s->pipeline->encoding);
    ht_status status = stream_run(s, e);
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
    stream s = {.pipeline = &p, .convert = cli_text(o, OPT_CONVERT, ""), .notes = &notes};
    ht_status status = pieces_init(&s.pieces, e);
    if (status != HT_OK) return status;
    ht_arena_init(&s.arena, PIECE_MEMORY);
    status = notes_open(&notes, o, e);
    if (!o->n_operands && status == HT_OK) status = file_run(&s, "-", e);
    for (int i = 0; i < o->n_operands && status == HT_OK; i++)
        status = file_run(&s, o->operands[i], e);
    if (status == HT_OK) status = notes_commit(&notes, e);
    notes_abandon(&notes);
    ht_arena_free(&s.arena);
    pieces_free(&s.pieces);
    return status;
}
