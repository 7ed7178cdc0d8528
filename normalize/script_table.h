/* The layout of the compiled conversion tables, shared with data/build/script.c. 32-bit words:
 *
 *   [0 ..]  a script_header for each of SCRIPT_TABLES
 *   then for each table what its header names.
 */
#ifndef HT_NORMALIZE_SCRIPT_TABLE_H
#define HT_NORMALIZE_SCRIPT_TABLE_H

#include <stdint.h>

typedef struct {
    uint32_t trie, n_trie; /* place and size in words. A value is SCRIPT_RANK * the dictionary's
                              place in its chain + the place of a string */
    uint32_t strings;      /* each its length in a byte, then UTF-8 */
    uint32_t alone; /* for each code point of the BMP: what it becomes where no longer key begins
                       with it, as the three bytes of its UTF-8 and a NUL; 0: look it up */
    uint32_t pairs; /* bits by script_pair: may a key begin with these two characters? */
    uint32_t shift; /* of script_pair: the table has 1 << (32 - shift) bits */
} script_header;

static inline uint32_t script_pair(uint32_t first, uint32_t second, uint32_t shift) {
    return (first << 16 ^ second) * 0x9E3779B1u >> shift;
}

enum {
    SCRIPT_T2S,
    SCRIPT_S2T,
    SCRIPT_T2TW,
    SCRIPT_T2HK,
    SCRIPT_TW2T,
    SCRIPT_HK2T,
    SCRIPT_T2TWP, /* with the words of Taiwan */
    SCRIPT_T2HKP,
    SCRIPT_TWP2T,
    SCRIPT_HKP2T,
    SCRIPT_T2JP,
    SCRIPT_JP2T,
    SCRIPT_COMPATIBLE, /* what OpenCC maps before it converts */
    SCRIPT_TABLES
};
enum { SCRIPT_RANK = 1 << 24, SCRIPT_MAX_RANK = 7 };
enum { SCRIPT_HEADER = SCRIPT_TABLES * 6 };

#endif
