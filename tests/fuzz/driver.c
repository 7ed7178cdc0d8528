/* The fuzz targets without a fuzzer: reads every file that is named, so that what a fuzzer once
 * found stays found. */
#include "tests/fuzz/fuzz.h"

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f || fseek(f, 0, SEEK_END)) {
            perror(argv[i]);
            return 1;
        }
        long n = ftell(f);
        rewind(f);
        uint8_t *data = malloc((size_t)n + !n); /* as large as the file: an overrun shows */
        if (!data || fread(data, 1, (size_t)n, f) != (size_t)n) {
            perror(argv[i]);
            return 1;
        }
        fclose(f);
        LLVMFuzzerTestOneInput(data, (size_t)n);
        free(data);
    }
    return 0;
}
