/* What the table compilers read and write: lists that people edit, dictionaries, other tables.
 *
 * A file is read whole into one arena that lives as long as the tool. Whatever is wrong ends the
 * tool with a message and status 1.
 */
#ifndef HT_DATA_BUILD_INPUTS_H
#define HT_DATA_BUILD_INPUTS_H

#include "base/str.h"

ht_arena *input_arena(void);
_Noreturn void input_fail(const char *what, const char *name);

/* The whole file; arena, a NUL behind it. */
ht_str input_file(const char *name);
/* The same for a compiled table of 32-bit words. */
const uint32_t *input_table(const char *name);

/* Each takes the next line that is no comment from *rest; false or 0 when there is none. */

/* A line of a list, cut at its tabs: how many fields it has, of which the first `most` are set. */
size_t input_fields(ht_str *rest, ht_str *fields, size_t most);
/* `key<tab>value value ...` of one of OpenCC's dictionaries: the first value counts. */
bool input_entry(ht_str *rest, ht_str *key, ht_str *value);
/* The same, where both are one character: the others are left out. */
bool input_character(ht_str *rest, uint32_t *key, uint32_t *value);
/* `word frequency ...` of a word list. */
bool input_word(ht_str *rest, ht_str *word, double *frequency);

/* A code point as the lists write it, in hexadecimal; ends the tool where s is none. */
uint32_t input_code_point(ht_str s, const char *name);
/* The character that s is; 0: none or several. */
uint32_t input_one(ht_str s);

void output_word(ht_buf *b, uint32_t word);
void output_file(const char *name, const void *bytes, size_t n);

#endif
