/* readings OUT readings.txt -> the table of normalize/gloss.c.
 *
 * readings.txt: `hex<tab>reading,reading`. Only the ideographs of the BMP. 32-bit words: [0] n,
 * then n pairs of code point and place, sorted; then the readings as NUL-terminated text.
 */
#include "data/build/inputs.h"

static ht_str of[65536];

int main(int argc, char **argv) {
    if (argc != 3) input_fail("usage", "readings OUT readings.txt");
    ht_str rest = input_file(argv[2]), f[2];
    uint32_t n = 0, at = 0;
    while (input_fields(&rest, f, 2)) {
        uint32_t c = input_code_point(f[0], argv[2]);
        if (c < 0x3400 || c > 0xFFFF || of[c].n) continue;
        of[c] = f[1];
        n++;
    }
    if (n < 20000) input_fail("too few readings in", argv[2]);
    ht_buf out;
    ht_buf_init(&out, input_arena());
    output_word(&out, n);
    for (uint32_t c = 0; c < 65536; c++)
        if (of[c].n) {
            output_word(&out, c);
            output_word(&out, at);
            at += (uint32_t)of[c].n + 1;
        }
    for (uint32_t c = 0; c < 65536; c++)
        if (of[c].n) {
            ht_buf_add(&out, of[c]);
            ht_buf_byte(&out, 0);
        }
    output_file(argv[1], out.p, out.n);
    return 0;
}
