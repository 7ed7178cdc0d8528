/* Simulated damage against what the cleaner made of it.
 *
 * A damaged run, together with all the text that the cleaner changed along with it, is
 *   exact   every recoverable character is right: the cleaned text is the clean text, where each
 *           character that is lost (shift_damage.h) may be right, be U+FFFD or not be there
 *   marked  the same, but a recoverable character is U+FFFD too
 *   part    what was written is right; the rest of the run stands as it was
 *   wrong   anything else was written
 *   left    nothing was written: the run stands as it was
 * A run that is right but for the width of characters, or for a reading that was kept in it, is
 * exact; both are counted. A reading behind a whole character is no part of a run; it is removed
 * or kept. What else differs from the clean text is a character changed outside the runs.
 */
#ifndef HT_BENCH_SCORE_H
#define HT_BENCH_SCORE_H

#include "bench/edits.h"
#include "bench/shift_damage.h"

enum { SHOW_MAX = 1000 };
typedef enum { EXACT, MARKED, PART, WRONG, LEFT, VERDICTS, OUTSIDE = VERDICTS, EXAMPLES } verdict;

typedef struct {
    ht_arena arena; /* for the examples */
    ht_str examples[EXAMPLES][SHOW_MAX];
    size_t n_seen[EXAMPLES], show;
    size_t runs[DAMAGE_KINDS][VERDICTS];
    size_t n_chars, n_han, n_documents, n_folded, n_vanished, n_dirty;
    size_t n_glosses, n_run_glosses, n_removed, n_kept, n_outside;
    size_t n_digits, n_unmarked;          /* eaten in runs that were changed; without U+FFFD */
    size_t n_other_width, n_kept_in_runs; /* exact runs */
    size_t n_repairs, n_left, n_damaged_documents;
} tally;

extern const char *const damage_kind_names[DAMAGE_KINDS];

/* `cleaned` was made from d->damaged, which stood at byte `base` of its document. */
void score_paragraph(tally *t, ht_arena *a, const damaged_text *d, const ht_text *cleaned,
                     size_t base);
/* splitmix64: the same numbers everywhere. */
uint64_t chance(uint64_t *state);
/* Keeps a fair sample of t->show examples of each kind. Copies. */
void score_example(tally *t, verdict v, ht_str text);

#endif
