#include "cli/commands.h"
#include "stats/evaluate.h"

enum { SHOWN_MISSES = 50 };

ht_status cli_evaluate(const cli_options *o, ht_arena *a, ht_error *e) {
    ht_evaluation result;
    ht_status status = ht_evaluate(o->operands[0], o->operands[1], &result, e);
    if (status == HT_OK) {
        ht_buf b;
        ht_buf_init(&b, a);
        ht_evaluation_print(&b, &result, cli_given(o, OPT_JSON), SHOWN_MISSES);
        cli_output(ht_buf_str(&b));
        if (cli_given(o, OPT_MIN)) status = ht_evaluation_min(&result, cli_text(o, OPT_MIN, ""), e);
    }
    ht_evaluation_free(&result);
    return status;
}
