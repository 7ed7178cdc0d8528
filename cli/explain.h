/* `hantally explain`: how the numbers of a text, or the blocks of a page, are understood.
 *
 *   explain.c        which of the three is asked for; the text for people
 *   explain_json.c   one JSON object a text            explain_page.c   blocks kept and dropped
 */
#ifndef HT_CLI_EXPLAIN_H
#define HT_CLI_EXPLAIN_H

#include "cli/pipeline.h"

typedef struct {
    ht_str id, text, publisher, published; /* UTF-8 */
} explain_case;

typedef struct {
    ht_passage passage;
    ht_reading reading;
    cli_rows rows;
    ht_trace trace; /* empty unless asked for */
} explain_answer;

/* Reads the text as one body paragraph a line, without a title. */
void explain_read(const cli_pipeline *p, ht_arena *a, const explain_case *c, bool traced,
                  explain_answer *answer);
/* Appends the answer as a JSON object and a line feed. */
void explain_put_json(ht_buf *b, const cli_pipeline *p, const explain_case *c,
                      const explain_answer *answer);
/* An ISO day; empty for HT_NO_DAY. */
ht_str explain_day(ht_arena *a, ht_day day);
const char *explain_precision(ht_date_precision p);

/* Answers every line of standard input. HT_FAILED when some line was no JSON object with a text. */
ht_status explain_lines(const cli_pipeline *p, ht_error *e);
ht_status explain_page(const cli_pipeline *p, ht_arena *a, const cli_options *o, ht_error *e);

#endif
