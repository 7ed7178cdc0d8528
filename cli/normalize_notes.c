#include "cli/normalize_notes.h"

#include "base/utf8.h"
#include "cli/json_text.h"
#include "stats/csv.h"

ht_status notes_open(normalize_notes *n, const cli_options *o, ht_error *e) {
    static const char header[] = "file,text_start,text_end,byte_start,byte_end,bytes_per_char\n";
    ht_status status = HT_OK;
    *n = (normalize_notes){.n_chars = 0};
    ht_arena_init(&n->arena, 0);
    ht_buf_init(&n->row, &n->arena);
    if (cli_given(o, OPT_REPORT)) status = outfile_open_path(&n->report, o->values[OPT_REPORT], e);
    if (status == HT_OK && cli_given(o, OPT_MAP))
        status = outfile_open_path(&n->map, o->values[OPT_MAP], e);
    if (status == HT_OK && outfile_same(&n->report, &n->map))
        status = ht_fail(e, HT_USAGE, "normalize: --report and --map are the same file");
    if (status == HT_OK && n->map.stream) outfile_write(&n->map, ht_str_of(header));
    return status;
}

ht_status notes_commit(normalize_notes *n, ht_error *e) {
    ht_outfile *const files[] = {&n->report, &n->map};
    ht_status status = HT_OK;
    for (int i = 0; i < 2; i++)
        if (files[i]->stream && status == HT_OK) status = outfile_finish(files[i], e);
    for (int i = 0; i < 2; i++)
        if (files[i]->path && status == HT_OK) status = outfile_commit(files[i], e);
    return status;
}

void notes_abandon(normalize_notes *n) {
    outfile_abandon(&n->report);
    outfile_abandon(&n->map);
    ht_arena_free(&n->arena);
}

ht_str normalize_line_end(const normalize_piece *p, const text_line *l) {
    if (p->as_it_is || l->next == l->end) return ht_sub(l->text, l->end, l->next);
    return HT_S("\n");
}

/* --- the map --------------------------------------------------------------------------------- */

static void run_write(normalize_notes *n, const char *file) {
    map_run *r = &n->run;
    if (!r->open) return;
    n->row.n = 0;
    ht_csv_field(&n->row, ht_str_of(file), false);
    ht_buf_printf(&n->row, ",%llu,%llu,%llu,%llu,", r->text_start, r->text_end, r->byte_start,
                  r->byte_end);
    if (r->step) ht_buf_printf(&n->row, "%llu", r->step);
    ht_buf_byte(&n->row, '\n');
    outfile_write(&n->map, ht_buf_str(&n->row));
    r->open = false;
}

/* The next character comes from bytes [start, end) of the file. */
static void map_char(normalize_notes *n, const char *file, unsigned long long start,
                     unsigned long long end) {
    map_run *r = &n->run;
    unsigned long long at = n->n_chars++;
    bool alone = r->open && r->text_end - r->text_start == 1;
    if (r->open && r->step == end - start && r->byte_end == start) {
        r->byte_end = end;
    } else if (r->open && r->byte_start == start && r->byte_end == end && (alone || !r->step)) {
        r->step = 0;
    } else {
        run_write(n, file);
        *r = (map_run){at, at, start, end, end - start, true};
    }
    r->text_end = at + 1;
}

/* The next character of the output comes from d->text[start, end). */
static void map_source(normalize_notes *n, const normalize_piece *p, ht_decoded_place *place,
                       size_t start, size_t end) {
    ht_span bytes = ht_decoded_source_from(p->decoded, place, start, end);
    map_char(n, p->file, p->first_byte + bytes.start, p->first_byte + bytes.end);
}

static void map_piece(normalize_notes *n, const normalize_piece *p) {
    ht_decoded_place place = {0};
    size_t k = 0;
    for (text_line l = {.text = p->decoded->text}; text_line_next(&l);) {
        const ht_text *line = l.end > l.start ? &p->lines[k++] : NULL;
        for (size_t i = 0; line && i < line->text.n;) {
            size_t from = i;
            ht_utf8_next(line->text, &i);
            ht_span s = ht_offmap_source(&line->map, from, i);
            map_source(n, p, &place, s.start, s.end);
        }
        size_t n_ends = normalize_line_end(p, &l).n;
        if (n_ends == 1) map_source(n, p, &place, l.end, l.next);
        for (size_t i = 0; n_ends > 1 && i < n_ends; i++)
            map_source(n, p, &place, l.end + i, l.end + i + 1);
    }
    run_write(n, p->file);
}

/* --- the report ------------------------------------------------------------------------------ */

/* A place in a line, and how many characters are written before it in all. */
typedef struct {
    size_t byte;
    unsigned long long n_chars;
} line_place;

static void go_to(line_place *at, ht_str line, size_t byte) {
    if (byte < at->byte) { /* never where a map keeps the order of its input */
        at->n_chars -= ht_utf8_count(ht_sub(line, byte, at->byte));
    } else {
        at->n_chars += ht_utf8_count(ht_sub(line, at->byte, byte));
    }
    at->byte = byte;
}

static void put_repair(normalize_notes *n, const normalize_piece *p, const ht_repair *r,
                       ht_decoded_place *place, unsigned long long line, line_place *at) {
    ht_str text = p->lines[r->block].text;
    ht_span bytes = ht_decoded_source_from(p->decoded, place, r->from, r->to);
    ht_buf *b = &n->row;
    b->n = 0;
    ht_buf_byte(b, '{');
    cli_json_member(b, "file", ht_str_of(p->file));
    cli_json_number(b, "line", line);
    cli_json_number(b, "byte_start", p->first_byte + bytes.start);
    cli_json_number(b, "byte_end", p->first_byte + bytes.end);
    cli_json_member(b, "kind", ht_str_of(ht_repair_name(r->kind)));
    cli_json_member(b, "certainty", r->exact ? HT_S("exact") : HT_S("inferred"));
    cli_json_member(b, "before", ht_sub(p->decoded->text, r->from, r->to));
    cli_json_member(b, "after", ht_sub(text, r->start, r->end));
    go_to(at, text, r->start);
    cli_json_number(b, "text_start", at->n_chars);
    go_to(at, text, r->end);
    cli_json_number(b, "text_end", at->n_chars);
    ht_buf_add(b, HT_S("}\n"));
    outfile_write(&n->report, ht_buf_str(b));
}

/* Repairs come in the order of their lines, so one walk through the text places them all. */
static void report_piece(normalize_notes *n, const normalize_piece *p) {
    const ht_clean_report *report = p->report;
    unsigned long long line = p->first_line, first_char = n->n_chars;
    ht_decoded_place place = {0};
    size_t k = 0, i = 0;
    for (text_line l = {.text = p->decoded->text}; text_line_next(&l); line++) {
        line_place at = {0, first_char};
        if (l.end > l.start) {
            for (; i < report->n_repairs && report->repairs[i].block == k; i++)
                put_repair(n, p, &report->repairs[i], &place, line, &at);
            first_char += ht_utf8_count(p->lines[k++].text);
        }
        first_char += normalize_line_end(p, &l).n;
    }
    if (!n->map.stream) n->n_chars = first_char;
}

void notes_piece(normalize_notes *n, const normalize_piece *p) {
    if (n->report.stream) report_piece(n, p);
    if (n->map.stream) map_piece(n, p);
    ht_arena_reset(&n->arena); /* a long line's row is seldom wanted twice */
    ht_buf_init(&n->row, &n->arena);
}
