/* The compiled-in codebooks: codebook/NAME.yaml, one after the other, each behind a line
 * "NAME BYTES" (data/build/codebook.mk). A new file in codebook/ needs no change here. */
#include "base/table.h"
#include "extract/codebook/codebook.h"

HT_TABLE(codebooks, "codebooks.txt");

#define TEMPLATE HT_S("template")

/* Takes the next file from *rest; false when there is none. */
static bool next_file(ht_str *rest, ht_str *name, ht_str *yaml) {
    ht_str header, size;
    if (!ht_str_split(rest, '\n', &header)) return false;
    if (!ht_str_split(&header, ' ', name) || !ht_str_split(&header, ' ', &size)) return false;
    size_t n = 0;
    for (size_t i = 0; i < size.n; i++) n = n * 10 + (size_t)(size.p[i] - '0');
    if (n > rest->n) return false;
    *yaml = ht_sub(*rest, 0, n);
    *rest = ht_sub(*rest, n, rest->n);
    return true;
}

static ht_str all_files(void) {
    return (ht_str){(const char *)ht_table_codebooks, HT_TABLE_SIZE(codebooks)};
}

static ht_str find_file(ht_str wanted) {
    ht_str rest = all_files(), name, yaml;
    while (next_file(&rest, &name, &yaml))
        if (ht_str_eq(name, wanted)) return yaml;
    return (ht_str){0};
}

ht_str ht_codebook_builtin(ht_str name) {
    return ht_str_eq(name, TEMPLATE) ? (ht_str){0} : find_file(name);
}

ht_str ht_codebook_builtin_name(size_t i) {
    ht_str rest = all_files(), name, yaml;
    while (next_file(&rest, &name, &yaml))
        if (!ht_str_eq(name, TEMPLATE) && !i--) return name;
    return (ht_str){0};
}

ht_str ht_codebook_template(void) {
    return find_file(TEMPLATE);
}
