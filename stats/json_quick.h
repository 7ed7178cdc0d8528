/* A line as `extract` writes it -> an outcome, in one pass and without a tree. Inner to stats/.
 *
 * Reads strings and whole numbers of known keys, each once, in any order; the rest of JSON it leaves
 * to json-c, which reads every line that this refuses and words what is wrong with it. What both
 * read they read alike (tests/fuzz/json.c holds them against each other). The line must be
 * well-formed UTF-8. Borrows the line; what was escaped is in the arena.
 *
 * There is a reader beside json-c because ten million figures are some eight GB of such lines: it
 * takes a sixth of the instructions of a tree that is built and freed line by line.
 */
#ifndef HT_STATS_JSON_QUICK_H
#define HT_STATS_JSON_QUICK_H

#include "base/utf8.h"
#include "stats/rows.h"

_Static_assert(HT_N_FIGURE_COLUMNS <= 64 && HT_N_ARTICLE_COLUMNS <= 64, "seen holds 64 bits");

/* false: not such a line; the outcome is to be thrown away. */
bool json_quick_read(ht_arena *a, ht_str line, ht_outcome *outcome);

#endif
