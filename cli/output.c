#include "cli/commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int first_error; /* errno of the first write that failed; commands write from one thread */

bool cli_output(ht_str s) {
    if (s.n && fwrite(s.p, 1, s.n, stdout) != s.n && !first_error) first_error = errno;
    return !first_error;
}

ht_status cli_output_end(ht_error *e) {
    if (fflush(stdout) != 0 && !first_error) first_error = errno;
    if (!first_error && !ferror(stdout)) return HT_OK;
    return ht_fail(e, HT_IO, "cannot write to standard output: %s",
                   strerrordesc_np(first_error ? first_error : EIO));
}
