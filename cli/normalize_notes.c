#include "cli/normalize_notes.h"

#include "base/utf8.h"
#include "cli/json_text.h"
#include "stats/csv.h"

enum { MAP_COLUMNS = 6 };

ht_status notes_open(normalize_notes *n, const cli_options *o, ht_error *e) {
    static const char header[] = "file,text_start,text_end,byte_start,byte_end,bytes_per_char\n";
    ht_status status = HT_OK;
    *n = (normalize_notes){.n_chars = 0};
    if (cli_given(o, OPT_REPORT)) status = outfile_open_path(&n->report, o->values[OPT_REPORT], e);
    if (status == HT_OK && cli_given(o, OPT_MAP))
        status = outfile_open_path(&n->map, o->values[OPT_MAP], e);
    if (status == HT_OK && n->map.stream) outfile_write(&n->map, ht_str_of(header));
    return status;
}

ht_status notes_commit(normalize_notes *n, ht_error *e) {
    ht_status status = HT_OK;
    if (n->report.stream) status = outfile_commit(&n->report, e);
    if (status == HT_OK && n->map.stream) status = outfile_commit(&n->map, e);
    return status;
}

void notes_abandon(normalize_notes *n) {
    outfile_abandon(&n->report);
    outfile_abandon(&n->map);
}

/* --- the map --------------------------------------------------------------------------------- */

static void run_write(normalize_notes *n, ht_arena *a, const char *file) {
    map_run *r = &n->run;
    if (!r->open) return;
    const ht_str cells[MAP_COLUMNS] = {ht_str_of(file),
                                       ht_format(a, "%llu", r->text_start),
                                       ht_format(a, "%llu", r->text_end),
                                       ht_format(a, "%llu", r->byte_start),
                                       ht_format(a, "%llu", r->byte_end),
                                       r->step ? ht_format(a, "%llu", r->step) : HT_S("")};
    csv_write_row(&n->map, a, cells, MAP_COLUMNS, false);
    r->open = false;
}

/* The next character comes from bytes [start, end) of the file. */
static void map_char(normalize_notes *n, ht_arena *a, const char *file, unsigned long long start,
                     unsigned long long end) {
    map_run *r = &n->run;
    unsigned long long at = n->n_chars++;
    bool alone = r->open && r->text_end - r->text_start == 1;
    if (r->open && r->step == end - start && r->byte_end == start) {
        r->byte_end = end;
    } else if (r->open && r->byte_start == start && r->byte_end == end && (alone || !r->step)) {
        r->step = 0;
    } else {
        run_write(n, a, file);
        *r = (map_run){at, at, start, end, end - start, true};
    }
    r->text_end = at + 1;
}

static void map_piece(normalize_notes *n, ht_arena *a, const normalize_piece *p) {
    ht_str text = p->decoded->text;
    size_t k = 0;
    for (size_t at = 0; at < text.n;) {
        size_t end = ht_str_find(text, HT_S("\n"), at);
        if (end == SIZE_MAX) end = text.n;
        if (end > at) {
            const ht_text *line = &p->lines[k++];
            for (size_t i = 0; i < line->text.n;) {
                size_t from = i;
                ht_utf8_next(line->text, &i);
                ht_span s = ht_offmap_source(&line->map, from, i);
                ht_span bytes = ht_decoded_source(p->decoded, s.start, s.end);
                map_char(n, a, p->file, p->first_byte + bytes.start, p->first_byte + bytes.end);
            }
        }
        if (end < text.n) {
            ht_span bytes = ht_decoded_source(p->decoded, end, end + 1);
            map_char(n, a, p->file, p->first_byte + bytes.start, p->first_byte + bytes.end);
        }
        at = end + 1;
    }
    run_write(n, a, p->file);
}

/* --- the report ------------------------------------------------------------------------------ */

static void put_repair(normalize_notes *n, ht_arena *a, const normalize_piece *p,
                       const ht_repair *r, unsigned long long line, unsigned long long first_char) {
    ht_str before = ht_sub(p->decoded->text, r->from, r->to);
    ht_str text = p->lines[r->block].text;
    ht_span bytes = ht_decoded_source(p->decoded, r->from, r->to);
    unsigned long long start = first_char + ht_utf8_count(ht_sub(text, 0, r->start));
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_byte(&b, '{');
    cli_json_member(&b, "file", ht_str_of(p->file));
    cli_json_number(&b, "line", line);
    cli_json_number(&b, "byte_start", p->first_byte + bytes.start);
    cli_json_number(&b, "byte_end", p->first_byte + bytes.end);
    cli_json_member(&b, "kind", ht_str_of(ht_repair_name(r->kind)));
    cli_json_member(&b, "certainty", r->exact ? HT_S("exact") : HT_S("inferred"));
    cli_json_member(&b, "before", before);
    cli_json_member(&b, "after", ht_sub(text, r->start, r->end));
    cli_json_number(&b, "text_start", start);
    cli_json_number(&b, "text_end",
                    start + ht_utf8_count(ht_sub(text, r->start, r->end)));
    ht_buf_add(&b, HT_S("}\n"));
    outfile_write(&n->report, ht_buf_str(&b));
}

/* Repairs come in the order of their lines, so one walk through the text places them all. */
static void report_piece(normalize_notes *n, ht_arena *a, const normalize_piece *p) {
    const ht_clean_report *report = p->report;
    ht_str text = p->decoded->text;
    unsigned long long line = p->first_line, first_char = n->n_chars;
    size_t k = 0, i = 0;
    for (size_t at = 0; at < text.n && i < report->n_repairs; line++) {
        size_t end = ht_str_find(text, HT_S("\n"), at);
        if (end == SIZE_MAX) end = text.n;
        if (end > at) {
            for (; i < report->n_repairs && report->repairs[i].block == k; i++)
                put_repair(n, a, p, &report->repairs[i], line, first_char);
            first_char += ht_utf8_count(p->lines[k++].text);
        }
        first_char += end < text.n;
        at = end + 1;
    }
}

void notes_piece(normalize_notes *n, ht_arena *a, const normalize_piece *p) {
    if (n->report.stream) report_piece(n, a, p);
    if (n->map.stream) {
        map_piece(n, a, p);
        return;
    }
    if (!n->report.stream) return;
    for (size_t i = 0; i < p->n_lines; i++) n->n_chars += ht_utf8_count(p->lines[i].text);
    for (size_t at = 0; (at = ht_str_find(p->decoded->text, HT_S("\n"), at)) != SIZE_MAX; at++)
        n->n_chars++;
}
