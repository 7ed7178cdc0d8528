#include "cli/commands.h"
#include "cli/tables.h"
#include "stats/audit.h"

enum { SHOWN_FINDINGS = 50 };

ht_status cli_audit(const cli_options *o, ht_arena *a, ht_error *e) {
    const char *out = o->operands[0], *name = o->values[OPT_REFERENCE];
    const ht_gazetteer *g = ht_gazetteer_get(e);
    if (!g) return HT_IO;
    ht_str reference = {NULL, 0};
    ht_status status = name ? cli_file_read(a, name, &reference, e) : HT_OK;
    if (status == HT_OK && name && !reference.n)
        status = ht_fail(e, HT_CODEBOOK, "%s: empty, expected a CSV with a header", name);
    if (status != HT_OK) return status;
    ht_audit audit;
    status = ht_audit_run(&audit, out, g, reference, name, e);
    if (status == HT_OK) {
        ht_buf b;
        ht_buf_init(&b, a);
        if (cli_given(o, OPT_JSON))
            ht_audit_print_json(&b, &audit);
        else
            ht_audit_print(&b, &audit, out, o->lang, SHOWN_FINDINGS);
        cli_output(ht_buf_str(&b));
    }
    ht_audit_free(&audit);
    return status;
}
