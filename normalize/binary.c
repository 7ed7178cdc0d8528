/* Bytes that are no text in any charset. */
#include "base/table.h"
#include "normalize/charset.h"

#include <string.h>

HT_TABLE(magic, "magic.tsv");

enum {
    LOOKED_AT = 8192,   /* bytes; all where the first ones are those of another format */
    MAX_MAGIC = 32,     /* bytes */
    CONTROLS = 50,      /* one control character for so many bytes is too many ... */
    MAGIC_STRAYS = 1000 /* ... and this of controls and malformed places behind a magic number */
};

static unsigned digit_of(char c) {
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'A' + 10);
}

/* Do the bytes begin as those of a format that is no text? */
static bool has_magic(ht_str bytes) {
    ht_str rest = {(const char *)ht_table_magic, HT_TABLE_SIZE(magic)}, line, hex;
    while (ht_str_split(&rest, '\n', &line)) {
        char magic[MAX_MAGIC];
        if (!ht_str_split(&line, '\t', &hex) || hex.n < 2 || hex.n > 2 * MAX_MAGIC) continue;
        for (size_t i = 0; i < hex.n / 2; i++)
            magic[i] = (char)(digit_of(hex.p[2 * i]) << 4 | digit_of(hex.p[2 * i + 1]));
        if (ht_str_starts(bytes, (ht_str){magic, hex.n / 2})) return true;
    }
    return false;
}

bool charset_binary(ht_str bytes, charset which, bool begins) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    bool magic = begins && has_magic(bytes);
    size_t n = magic || bytes.n < LOOKED_AT ? bytes.n : LOOKED_AT;
    size_t n_control = 0, n_bad = 0, n_high = 0;
    uint8_t shift = 0;
    for (size_t i = 0; i < n;) {
        unit u = unit_next(which, p + i, bytes.n - i, &shift);
        i += u.n_bytes;
        n_high += u.bad || u.c[0] >= 0x80;
        n_bad += u.bad;
        n_control += u.n_chars && u.c[0] < 0x20 && !strchr("\t\n\r\f\x1B", (int)u.c[0]);
    }
    if (magic && (n_control + n_bad) * MAGIC_STRAYS > n) return true;
    /* a text has a few stray controls or malformed places; a binary has them everywhere */
    return n_control * CONTROLS > n || (n_bad > 4 && n_bad * 4 > n_high && n_bad * 20 > n);
}
