#include "cli/tables.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

enum { MAX_FILE = 256 << 20, READ = 1 << 16 };

ht_status cli_file_read(ht_arena *a, const char *path, ht_str *bytes, ht_error *e) {
    FILE *f = fopen(path, "rbe");
    if (!f) return ht_fail(e, HT_IO, "cannot read %s: %s", path, strerrordesc_np(errno));
    ht_buf b;
    ht_buf_init(&b, a);
    size_t got;
    do {
        got = fread(ht_buf_space(&b, READ), 1, READ, f);
        b.n += got;
    } while (got && b.n <= MAX_FILE);
    int error = ferror(f) ? errno : 0;
    fclose(f);
    if (error) return ht_fail(e, HT_IO, "cannot read %s: %s", path, strerrordesc_np(error));
    if (b.n > MAX_FILE)
        return ht_fail(e, HT_IO, "cannot read %s: larger than %d bytes", path, MAX_FILE);
    *bytes = ht_buf_str(&b);
    return HT_OK;
}

static ht_status codebook_open(cli_tables *t, ht_arena *a, const char *name, bool file,
                               ht_error *e) {
    ht_str yaml = file ? (ht_str){NULL, 0} : ht_codebook_builtin(ht_str_of(name));
    if (!yaml.n) {
        if (!file && access(name, F_OK) != 0)
            return ht_fail(e, HT_CODEBOOK, "no codebook '%s': no such file, and no ready set",
                           name);
        ht_status status = cli_file_read(a, name, &yaml, e);
        if (status != HT_OK) return status;
    }
    size_t good = ht_utf8_valid_until(yaml);
    if (good != yaml.n)
        return ht_fail(e, HT_CODEBOOK, "%s: not UTF-8 at byte %zu, expected a text file in UTF-8",
                       name, good);
    ht_status status =
        ht_codebook_parse(&t->codebook, a, t->reader.lexicon, yaml, ht_str_of(name), e);
    t->reader.codebook = &t->codebook;
    return status;
}

static ht_status compiled_open(cli_tables *t, ht_error *e) {
    *t = (cli_tables){0};
    t->cleaner = ht_cleaner_get(e);
    if (!t->cleaner) return HT_IO;
    t->reader.lexicon = ht_lexicon_get(e);
    if (!t->reader.lexicon) return HT_IO;
    t->reader.gazetteer = ht_gazetteer_get(e);
    return t->reader.gazetteer ? HT_OK : HT_IO;
}

static ht_status base_region_read(cli_tables *t, ht_str code, ht_error *e) {
    bool good = code.n == 6;
    for (size_t i = 0; i < code.n; i++) good &= code.p[i] >= '0' && code.p[i] <= '9';
    for (size_t i = 0; good && i < code.n; i++)
        t->base_region = t->base_region * 10 + (uint32_t)(code.p[i] - '0');
    if (good && ht_region_name(t->reader.gazetteer, t->base_region).n) return HT_OK;
    return ht_fail(e, HT_USAGE,
                   "--base-region '%.*s' is no division code of six digits (as 511000)",
                   (int)(code.n > 60 ? 60 : code.n), code.p);
}

static ht_status site_model_open(cli_tables *t, ht_arena *a, const char *path, ht_error *e) {
    ht_str text;
    ht_status status = cli_file_read(a, path, &text, e);
    if (status != HT_OK) return status;
    XXH128_hash_t hash = XXH3_128bits(text.n ? text.p : "", text.n);
    t->site_model_hash = ht_format(a, "%016llx%016llx", (unsigned long long)hash.high64,
                                   (unsigned long long)hash.low64);
    t->site_model = HT_NEW(a, ht_site_model);
    return ht_site_model_parse(t->site_model, a, text, ht_str_of(path), e);
}

ht_status cli_tables_open(cli_tables *t, ht_arena *a, const cli_options *o, ht_error *e) {
    ht_status status = compiled_open(t, e);
    if (status == HT_OK && cli_given(o, OPT_BASE_REGION))
        status = base_region_read(t, cli_text(o, OPT_BASE_REGION, ""), e);
    if (status == HT_OK && cli_given(o, OPT_SITE_MODEL))
        status = site_model_open(t, a, o->values[OPT_SITE_MODEL], e);
    if (status != HT_OK) return status;
    return codebook_open(t, a, cli_text(o, OPT_CODEBOOK, "gig-work").p, false, e);
}

ht_status cli_tables_open_with(cli_tables *t, ht_arena *a, const char *codebook, ht_error *e) {
    ht_status status = compiled_open(t, e);
    return status == HT_OK ? codebook_open(t, a, codebook, true, e) : status;
}
