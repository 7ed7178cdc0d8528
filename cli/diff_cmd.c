#include "cli/commands.h"
#include "stats/diff.h"

ht_status cli_diff(const cli_options *o, ht_arena *a, ht_error *e) {
    (void)a;
    ht_diff_options options = {.before = o->operands[0],
                               .after = o->operands[1],
                               .json = cli_given(o, OPT_JSON),
                               .lang = o->lang,
                               .write = cli_output};
    bool same = false;
    ht_status status = ht_diff(&options, &same, e);
    return status == HT_OK && !same ? HT_FAILED : status;
}
