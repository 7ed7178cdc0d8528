/* ht_fold: the one-to-one fold that names, units and patterns are matched under.
 *
 * Folded: traditional ideographs to their first simplified form where that is one character;
 * Kangxi and CJK radicals and compatibility ideographs to the ideograph; ０-９ Ａ-Ｚ ａ-ｚ and
 * ％ ． ＋ － ／ ～ to ASCII; the ideographic space to ' '.
 * Kept: ， ； ： ！ ？ （ ） and their ASCII forms stay apart, because a list, a ratio and a
 * thousands separator are told by them; 〇 and ○ stay, because only one of them is always a digit.
 */
#include "base/table.h"
#include "base/utf8.h"
#include "normalize/fold_table.h"
#include "normalize/normalize.h"

HT_TABLE(fold, "fold.bin");

uint32_t ht_fold(uint32_t c) {
    return fold_look_up((const uint32_t *)(const void *)ht_table_fold, c);
}

size_t ht_fold_text(ht_str text, uint32_t *c, uint32_t *byte) {
    const uint32_t *words = (const uint32_t *)(const void *)ht_table_fold;
    size_t n = 0;
    for (size_t at = 0; at < text.n; n++) {
        byte[n] = (uint32_t)at;
        c[n] = fold_look_up(words, ht_utf8_next(text, &at));
    }
    byte[n] = (uint32_t)text.n;
    return n;
}
