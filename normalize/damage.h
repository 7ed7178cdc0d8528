/* Damage that conversion sites do to a page, undone with proof from the whole document.
 *
 * gloss.c: a reading in parentheses behind every traditional-only character: 網(wǎng).
 * recode.c: text decoded with the wrong charset and saved so.
 * repair.c, shift.c: text shifted by one byte where a marker was put inside a character's bytes.
 */
#ifndef HT_NORMALIZE_DAMAGE_H
#define HT_NORMALIZE_DAMAGE_H

#include "normalize/normalize.h"
#include "normalize/survey.h"

enum {
    GLOSS_MIN = 8,          /* glosses in a document before any is taken for injected */
    GLOSS_MIN_CARRIERS = 5, /* different characters that carry them */
    GLOSS_MIN_RETURNING = 3, /* or so many, if each has one wherever it stands, ... */
    GLOSS_MIN_REPEATS = 4,  /* ... so many times on average */
    GLOSS_MAX_LETTERS = 6,
};

bool gloss_tables_ok(void);
/* Is the pinyin one of the readings of c, or of its simplified form? */
bool gloss_reads(uint32_t c, const uint32_t *pinyin, size_t n);
/* The length of `letters)` at c[0, n) - with its parenthesis - and the number of letters; 0 if it
 * is none. */
size_t gloss_tail(const uint32_t *c, size_t n, size_t *n_letters);
/* The length of `(letters)` at c[0, n), 0 if there is none. */
size_t gloss_at(const uint32_t *c, size_t n, size_t *n_letters);

/* How many glosses stand in the text, whoever put them there. */
size_t gloss_count(ht_str text);

void gloss_strip(ht_arena *a, ht_text *texts, size_t n, ht_clean_report *report);
/* Reads a text anew if it was decoded with the wrong charset. */
void damage_recode(ht_arena *a, ht_text *t, uint32_t block, const survey *found,
                   ht_repair_level level, ht_clean_report *report);
/* n_glosses: in all texts. */
void damage_repair(ht_arena *a, ht_text *texts, size_t n, size_t n_glosses, ht_repair_level level,
                   ht_clean_report *report);

#endif
