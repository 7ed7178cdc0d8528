#include "base/table.h"
#include "stats/gold.h"

HT_TABLE(same_units, "same-units.bin");

static bool has(ht_str group, ht_str unit) {
    ht_str word, written = unit.n ? unit : HT_S("-");
    while (ht_str_split(&group, ' ', &word))
        if (ht_str_eq(word, written)) return true;
    return false;
}

bool units_alike(ht_str a, ht_str b) {
    a = ht_str_trim(a);
    b = ht_str_trim(b);
    if (ht_str_eq(a, b)) return true;
    ht_str rest = {(const char *)ht_table_same_units, HT_TABLE_SIZE(same_units)}, group;
    while (ht_str_split(&rest, '\n', &group))
        if (has(group, a) && has(group, b)) return true;
    return false;
}
