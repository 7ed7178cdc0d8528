#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/reading.h"

static ht_status write_line(void *context, const ht_outcome *outcome, ht_str json, ht_error *e) {
    (void)context, (void)outcome;
    return cli_output(json) ? HT_OK : cli_output_end(e);
}

ht_status cli_extract(const cli_options *o, ht_arena *a, ht_error *e) {
    cli_reading r;
    ht_status status = cli_reading_open(&r, a, o, e);
    if (status == HT_OK) status = cli_reading_run(&r, true, write_line, NULL, e);
    cli_reading_close(&r);
    if (status != HT_OK && cli_output_end(NULL) == HT_OK) cli_interrupt_raise();
    if (status != HT_OK) return status;
    return cli_rejects_check(o, r.progress.n_rejected, r.progress.n_records, e);
}
