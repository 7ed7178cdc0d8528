#include "cli/commands.h"
#include "cli/tables.h"
#include "report/report.h"
#include "stats/outfile.h"

#include <json-c/json.h>
#include <stdio.h>
#include <unistd.h>

/* The codebook that the run was given, as run.json names it; NULL: the ready one. Arena. */
static ht_status codebook_of_run(ht_arena *a, const char *out, const char **name, ht_error *e) {
    ht_str path = ht_format(a, "%s/run.json", out), text;
    if (access(path.p, F_OK) != 0)
        return ht_fail(e, HT_IO, "%s holds no finished run: there is no run.json", out);
    ht_status status = cli_file_read(a, path.p, &text, e);
    if (status != HT_OK) return status;
    struct json_object *run = json_tokener_parse(ht_str_cstr(a, text)), *options, *codebook;
    *name = NULL;
    if (json_object_object_get_ex(run, "options", &options) &&
        json_object_object_get_ex(options, "codebook", &codebook))
        *name = ht_str_cstr(a, ht_str_of(json_object_get_string(codebook)));
    json_object_put(run);
    return HT_OK;
}

ht_status cli_report_add(const char *out, const ht_codebook *codebook, ht_error *e) {
    return ht_report_write(out, codebook, REPORT_READERS, e);
}

static report_language language_of(const cli_options *o) {
    if (!cli_given(o, OPT_LANG)) return REPORT_READERS;
    return o->lang ? REPORT_CHINESE : REPORT_ENGLISH;
}

ht_status cli_report(const cli_options *o, ht_arena *a, ht_error *e) {
    const char *out = o->operands[0], *of_run = NULL;
    ht_status status = codebook_of_run(a, out, &of_run, e);
    if (status == HT_OK) status = outfile_check_ours(out, e);
    if (status != HT_OK) return status;
    cli_options with = *o;
    if (!cli_given(o, OPT_CODEBOOK)) with.values[OPT_CODEBOOK] = of_run;
    cli_tables tables;
    ht_error why = {HT_OK, ""};
    status = cli_tables_open(&tables, a, &with, &why);
    /* The codebook of an old run may be gone: the page can do without its labels. */
    bool missing = status == HT_CODEBOOK && !cli_given(o, OPT_CODEBOOK);
    if (missing) fprintf(stderr, "hantally: %s: indicators are shown by their ids\n", why.text);
    if (status != HT_OK && !missing) return ht_fail(e, status, "%s", why.text);
    return ht_report_write(out, missing ? NULL : &tables.codebook, language_of(o), e);
}
