/* fold OUT TSCharacters.txt variants.tsv -> the table of normalize/fold.c;
 * fold OUT variants.tsv forms.tsv --forms -> that of normalize/width.c;
 * fold OUT ascii-marks.tsv --ascii -> its table of marks. All as fold_table.h says.
 */
#include "normalize/fold_table.h"

#include "data/build/inputs.h"

#include <string.h>

enum { CODE_POINTS = FOLD_BLOCKS * FOLD_PAGE };

static uint32_t to[CODE_POINTS];

static void set(uint32_t from, uint32_t into) {
    if (from < CODE_POINTS && into <= FOLD_DROPPED && from != into) to[from] = into;
}

/* Only characters whose first candidate is one character: folding is one to one. */
static void read_simplified(const char *name) {
    ht_str rest = input_file(name);
    size_t n = 0;
    for (uint32_t key, value; input_character(&rest, &key, &value); n++) set(key, value);
    if (n < 3000) input_fail("too few characters in", name);
}

static uint32_t simplified(uint32_t c) {
    return c < CODE_POINTS && to[c] ? to[c] : c;
}

static void read_variants(const char *name) {
    ht_str rest = input_file(name), f[2];
    while (input_fields(&rest, f, 2))
        set(input_code_point(f[0], name), simplified(input_code_point(f[1], name)));
}

static void read_forms(const char *name) {
    ht_str rest = input_file(name), f[3];
    while (input_fields(&rest, f, 3)) {
        uint32_t from = input_code_point(f[0], name), last = input_code_point(f[1], name);
        bool dropped = ht_str_eq(f[2], HT_S("-"));
        uint32_t into = dropped ? FOLD_DROPPED : input_code_point(f[2], name);
        for (uint32_t c = from; c <= last; c++) set(c, into);
    }
}

static void read_marks(const char *name) {
    ht_str rest = input_file(name), f[3];
    for (size_t n; (n = input_fields(&rest, f, 3));) {
        uint32_t from = input_code_point(f[0], name), into = input_code_point(f[1], name);
        uint32_t times = n > 2 ? input_code_point(f[2], name) : 1;
        bool good = into < 0x80 && times && times <= FOLD_MAX_TIMES;
        if (!good || from >= CODE_POINTS)
            input_fail("no mark in", name);
        else
            to[from] = times << FOLD_TIMES_BIT | into;
    }
}

static void set_full_width(void) {
    const char *marks = "%.+-/~";
    for (uint32_t c = '0'; c <= '9'; c++) set(c + 0xFEE0, c);
    for (uint32_t c = 'A'; c <= 'Z'; c++) set(c + 0xFEE0, c);
    for (uint32_t c = 'a'; c <= 'z'; c++) set(c + 0xFEE0, c);
    for (; *marks; marks++) set((uint32_t)*marks + 0xFEE0, (uint32_t)*marks);
    set(0x3000, ' ');
}

int main(int argc, char **argv) {
    static uint32_t index[FOLD_HEADER];
    bool forms = argc == 5 && !strcmp(argv[4], "--forms");
    bool marks = argc == 4 && !strcmp(argv[3], "--ascii");
    if (argc != 4 && !forms) input_fail("usage", "fold OUT TSCharacters.txt variants.tsv");
    if (marks) {
        read_marks(argv[2]);
    } else if (forms) {
        read_variants(argv[2]);
        read_forms(argv[3]);
    } else {
        read_simplified(argv[2]);
        read_variants(argv[3]);
        set_full_width();
    }
    for (uint32_t b = 0; b < FOLD_BLOCKS; b++)
        for (uint32_t i = 0; i < FOLD_PAGE && !index[1 + b]; i++)
            if (to[b * FOLD_PAGE + i]) index[1 + b] = ++index[0];
    for (uint32_t c = 0; c < FOLD_BMP; c++)
        if (to[c]) index[FOLD_BITS + c / 32] |= 1u << (c % 32);
    ht_buf out;
    ht_buf_init(&out, input_arena());
    ht_buf_add(&out, (ht_str){(const char *)index, sizeof index});
    for (uint32_t b = 0; b < FOLD_BLOCKS; b++)
        if (index[1 + b])
            ht_buf_add(&out, (ht_str){(const char *)(to + b * FOLD_PAGE), FOLD_PAGE * sizeof *to});
    output_file(argv[1], out.p, out.n);
    return 0;
}
