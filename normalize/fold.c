/* ht_fold: the one-to-one fold that names, units and patterns are matched under.
 *
 * Folded: traditional ideographs to their first simplified form where that is one character;
 * Kangxi and CJK radicals and compatibility ideographs to the ideograph; ０-９ Ａ-Ｚ ａ-ｚ and
 * ％ ． ＋ － ／ ～ to ASCII; the ideographic space to ' '.
 * Kept: ， ； ： ！ ？ （ ） and their ASCII forms stay apart, because a list, a ratio and a
 * thousands separator are told by them; 〇 and ○ stay, because only one of them is always a digit.
 */
#include "base/table.h"
#include "normalize/normalize.h"
#include "normalize/width.h"

HT_TABLE(fold, "fold.bin");
HT_TABLE(variants, "variants.bin");

enum { FOLD_BLOCKS = 0x300, FOLD_HEADER = 1 + FOLD_BLOCKS };

static uint32_t look_up(const unsigned char *table, uint32_t c) {
    const uint32_t *words = (const uint32_t *)(const void *)table;
    if (c >= FOLD_BLOCKS * 256) return c;
    uint32_t page = words[1 + (c >> 8)];
    if (!page) return c;
    uint32_t to = words[FOLD_HEADER + (page - 1) * 256 + (c & 255)];
    return to ? to : c;
}

uint32_t ht_fold(uint32_t c) {
    return look_up(ht_table_fold, c);
}

uint32_t width_variant(uint32_t c) {
    return look_up(ht_table_variants, c);
}
