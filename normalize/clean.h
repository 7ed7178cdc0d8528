/* The steps of ht_clean, each of which turns one document's texts into cleaner ones.
 *
 * A step writes a new text through rewrite.h, so that its map leads to the decoded document all the
 * way, and notes what it repaired. Costs: linear in the text; a step runs only where the survey of
 * a text found something for it.
 */
#ifndef HT_NORMALIZE_CLEAN_H
#define HT_NORMALIZE_CLEAN_H

#include "normalize/rewrite.h"

/* old->text[from, to) was repaired. */
void clean_note(ht_arena *a, ht_clean_report *report, const ht_text *old, uint32_t block,
                size_t from, size_t to, ht_repair_kind kind, bool exact);
/* Puts the repairs where they are in the cleaned texts, and in order. */
void clean_place(const ht_text *texts, ht_clean_report *report);

/* Invisible characters dropped, spaces made ' ', radicals and compatibility forms mapped. */
void width_clean(ht_arena *a, ht_text *t, uint32_t block, ht_clean_report *report);
/* Full-width punctuation to ASCII. */
ht_text width_narrow(ht_arena *a, const ht_text *t);

/* By one of the tables of script_table.h, as OpenCC would. */
ht_text script_convert(ht_arena *a, const ht_text *t, int table);
/* To simplified and to traditional script without a phrase that reaches across the borders of
 * words; names keep their characters. */
ht_text wording_to_hans(ht_arena *a, const ht_text *t);
ht_text wording_to_hant(ht_arena *a, const ht_text *t);
/* All tables are what they should be. */
bool script_tables_ok(void);
bool wording_tables_ok(void);

#endif
