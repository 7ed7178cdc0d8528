/* What `hantally normalize` can write beside the text: every repair, and the way back to the bytes.
 *
 *   --report FILE   JSON Lines, a repair a line: file, line, byte_start, byte_end, kind, certainty
 *                   (exact | inferred), before, after, text_start, text_end
 *   --map FILE      CSV, a row a run of characters: file, text_start, text_end, byte_start,
 *                   byte_end, bytes_per_char (empty where the run has its bytes as a whole)
 * Bytes count in the file, characters (code points) in all that is written. Both appear complete or
 * not at all, but for what is no regular file, like a pipe. Cost: a step in the offset map and the
 * text for each repair, with --map for each character; the memory of the longest row.
 */
#ifndef HT_CLI_NORMALIZE_NOTES_H
#define HT_CLI_NORMALIZE_NOTES_H

#include "cli/normalize_lines.h"
#include "cli/options.h"
#include "normalize/normalize.h"
#include "stats/outfile.h"

typedef struct {
    unsigned long long text_start, text_end, byte_start, byte_end;
    unsigned long long step; /* bytes a character; 0: as a whole */
    bool open;
} map_run;

typedef struct {
    ht_outfile report, map;
    unsigned long long n_chars; /* written so far, all files */
    map_run run;
    ht_arena arena;
    ht_buf row; /* the line that is written */
} normalize_notes;

/* A piece of a file, decoded and cleaned. */
typedef struct {
    const char *file;
    unsigned long long first_byte, first_line; /* of the piece in the file; lines count from 1 */
    const ht_decoded *decoded;
    const ht_text *lines; /* the lines that are not blank */
    size_t n_lines;
    bool as_it_is; /* line ends too */
    const ht_clean_report *report;
} normalize_piece;

/* What is written for the end of the line. */
ht_str normalize_line_end(const normalize_piece *p, const text_line *l);

ht_status notes_open(normalize_notes *n, const cli_options *o, ht_error *e);
/* Notes the piece. To be called before the text is counted as written. */
void notes_piece(normalize_notes *n, const normalize_piece *p);
ht_status notes_commit(normalize_notes *n, ht_error *e);
void notes_abandon(normalize_notes *n);

#endif
