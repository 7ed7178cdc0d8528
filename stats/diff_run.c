#include "stats/diff_inner.h"
#include "stats/gold.h"
#include "stats/json.h"

static ht_status parse_run(differ *d, const char *folder, json_object **run, ht_error *e) {
    ht_str bytes;
    bool found;
    ht_status status = gold_slurp(&d->arena, folder, "run.json", &bytes, &found, e);
    if (status != HT_OK) return status;
    *run = gold_parse(&d->arena, bytes);
    return *run ? HT_OK : ht_fail(e, HT_IO, "%s/run.json: not a JSON object", folder);
}

static ht_str member_text(json_object *object, const char *key) {
    json_object *value;
    if (!object || !json_object_object_get_ex(object, key, &value) || !value) return HT_S("");
    if (json_object_is_type(value, json_type_string)) return gold_text(object, key);
    return ht_str_of(json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}

static void put_pair(differ *d, ht_buf *b, const char *key, ht_str before, ht_str after) {
    if (ht_str_eq(before, after)) return;
    if (!d->options->json) {
        ht_buf_printf(b, "%s: " HT_FMT " -> " HT_FMT "\n", key, HT_ARG(before), HT_ARG(after));
        return;
    }
    ht_buf_printf(b, "%s\"%s\":[", b->n ? "," : "", key);
    json_put_string(b, before);
    ht_buf_byte(b, ',');
    json_put_string(b, after);
    ht_buf_byte(b, ']');
}

ht_status diff_run_facts(differ *d, ht_buf *b, ht_error *e) {
    static const char *const own[] = {"version", "program_xxh3_128", "site_model_xxh3_128",
                                      "options"};
    static const char *const of_codebook[] = {"id", "version", "xxh3_128"};
    json_object *x = NULL, *y = NULL, *cx = NULL, *cy = NULL;
    ht_status status = parse_run(d, d->options->before, &x, e);
    if (status == HT_OK) status = parse_run(d, d->options->after, &y, e);
    if (status != HT_OK) return status;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        put_pair(d, b, own[i], ht_str_copy(&d->arena, member_text(x, own[i])),
                 member_text(y, own[i]));
    json_object_object_get_ex(x, "codebook", &cx);
    json_object_object_get_ex(y, "codebook", &cy);
    for (size_t i = 0; i < sizeof of_codebook / sizeof *of_codebook; i++) {
        ht_str key = ht_format(&d->arena, "codebook_%s", of_codebook[i]);
        put_pair(d, b, key.p, member_text(cx, of_codebook[i]), member_text(cy, of_codebook[i]));
    }
    return HT_OK;
}
