/* OpenCC's dictionaries as compiled tables, for the two that apply them: script.c as OpenCC does,
 * wording.c with regard to words and names. */
#ifndef HT_NORMALIZE_SCRIPT_H
#define HT_NORMALIZE_SCRIPT_H

#include "base/trie.h"
#include "normalize/normalize.h"
#include "normalize/script_table.h"

typedef struct {
    ht_trie trie;
    const char *strings;
    const uint32_t *alone;
    const uint32_t *pairs;
    uint32_t shift;
} script_dictionary;

bool script_open(script_dictionary *d, int table);
/* The key at s.p[at] that counts - the longest of the first dictionary of the chain that has one -
 * but no longer than `most_chars`: where it ends and what it becomes; `at` when there is none.
 * Keys of a rank above `most_rank` do not count. */
size_t script_match(const script_dictionary *d, ht_str s, size_t at, size_t most_chars,
                    uint32_t most_rank, ht_str *into);

/* May the phrase s.p[from, to) be taken for one? */
typedef bool script_allows(ht_str s, size_t from, size_t to);
/* As OpenCC converts, but without the phrases that are not allowed. */
ht_text script_convert_if(ht_arena *a, const ht_text *t, int table, script_allows *allows);

#endif
