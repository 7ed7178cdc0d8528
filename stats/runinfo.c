#include "stats/csv.h"
#include "stats/inner.h"
#include "stats/json.h"

#include <json-c/json_c_version.h>
#include <libxml/xmlversion.h>
#include <pcre2.h>
#include <stdio.h>
#include <xxhash.h>
#include <yaml.h>

enum { CHUNK = 1 << 16, VERSION_TEXT = 64 };

static void put_pair(ht_buf *b, const char *key, ht_str value, bool last) {
    ht_buf_printf(b, "    \"%s\": ", key);
    json_put_string(b, value);
    ht_buf_add(b, last ? HT_S("\n") : HT_S(",\n"));
}

static void put_count(ht_buf *b, const char *key, uint64_t n, bool last) {
    ht_buf_printf(b, "    \"%s\": %llu%s\n", key, (unsigned long long)n, last ? "" : ",");
}

static ht_str hex_of(ht_arena *a, XXH128_hash_t hash) {
    return ht_format(a, "%016llx%016llx", (unsigned long long)hash.high64,
                     (unsigned long long)hash.low64);
}

/* The tables of knowledge are linked into the program: its bytes are theirs. Empty where the system
 * does not show a program to itself. */
static ht_str program_hash(ht_arena *a) {
    FILE *f = fopen("/proc/self/exe", "re");
    XXH3_state_t *state = XXH3_createState();
    ht_str hex = {NULL, 0};
    if (f && state && XXH3_128bits_reset(state) == XXH_OK) {
        char *chunk = ht_arena_alloc(a, CHUNK);
        size_t n;
        while ((n = fread(chunk, 1, CHUNK, f)) > 0) XXH3_128bits_update(state, chunk, n);
        if (!ferror(f)) hex = hex_of(a, XXH3_128bits_digest(state));
    }
    XXH3_freeState(state);
    if (f) fclose(f);
    return hex;
}

static void put_versions(ht_buf *b) {
    char pcre2[VERSION_TEXT];
    uint32_t text[VERSION_TEXT] = {0};
    int n = pcre2_config(PCRE2_CONFIG_VERSION, text);
    int at = 0;
    for (; at < n && at < VERSION_TEXT - 1 && text[at]; at++) pcre2[at] = (char)text[at];
    ht_buf_add(b, HT_S("  \"libraries\": {\n"));
    put_pair(b, "json-c", ht_str_of(json_c_version()), false);
    put_pair(b, "libxml2", HT_S(LIBXML_DOTTED_VERSION), false);
    put_pair(b, "libyaml", ht_str_of(yaml_get_version_string()), false);
    put_pair(b, "pcre2", (ht_str){pcre2, (size_t)at}, false);
    put_pair(b, "sqlite", ht_str_of(sqlite3_libversion()), true);
    ht_buf_add(b, HT_S("  },\n"));
}

static void put_codebook(ht_buf *b, ht_arena *a, const ht_codebook *cb) {
    XXH128_hash_t hash = XXH3_128bits(cb->source.n ? cb->source.p : "", cb->source.n);
    ht_buf_add(b, HT_S("  \"codebook\": {\n"));
    put_pair(b, "id", cb->id, false);
    put_pair(b, "version", cb->version, false);
    put_pair(b, "xxh3_128", hex_of(a, hash), true);
    ht_buf_add(b, HT_S("  },\n"));
}

static void put_counts(ht_buf *b, const stats_counts *c) {
    ht_buf_add(b, HT_S("  \"counts\": {\n"));
    put_count(b, "articles", c->articles, false);
    put_count(b, "duplicates", c->duplicates, false);
    put_count(b, "figures", c->figures, false);
    put_count(b, "figures_with_indicator", c->figures_with_indicator, false);
    put_count(b, "rejected", c->rejected, false);
    put_count(b, "cells", c->cells, false);
    put_count(b, "conflicts", c->conflicts, true);
    ht_buf_add(b, HT_S("  },\n"));
}

ht_status export_runinfo(ht_stats *s, const ht_run_facts *facts, ht_error *e) {
    ht_arena *a = &s->scratch;
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_add(&b, HT_S("{\n  \"program\": \"hantally\",\n  \"version\": \"" HT_VERSION "\",\n"));
    ht_buf_add(&b, HT_S("  \"program_xxh3_128\": "));
    json_put_string(&b, program_hash(a));
    ht_buf_add(&b, HT_S(",\n"));
    put_versions(&b);
    put_codebook(&b, a, s->codebook);
    if (facts->site_model.n) {
        ht_buf_add(&b, HT_S("  \"site_model_xxh3_128\": "));
        json_put_string(&b, facts->site_model);
        ht_buf_add(&b, HT_S(",\n"));
    }
    if (s->join) {
        ht_buf_add(&b, HT_S("  \"join_xxh3_128\": "));
        json_put_string(&b, s->join_hash);
        ht_buf_add(&b, HT_S(",\n"));
    }
    ht_buf_add(&b, HT_S("  \"options\": "));
    ht_buf_add(&b, facts->command.n ? facts->command : HT_S("{}"));
    ht_buf_add(&b, HT_S(",\n"));
    put_counts(&b, &s->counts);
    int64_t milliseconds = (int64_t)(facts->seconds * 1000);
    ht_buf_printf(&b, "  \"timings\": {\n    \"seconds\": %lld.%03lld,\n    \"jobs\": %d\n  }\n}\n",
                  (long long)(milliseconds / 1000), (long long)(milliseconds % 1000), facts->jobs);
    ht_outfile f;
    ht_status status = outfile_open(&f, s->out, "run.json", e);
    if (status != HT_OK) return status;
    outfile_write(&f, ht_buf_str(&b));
    status = outfile_commit(&f, e);
    ht_arena_reset(a);
    return status;
}
