#include "stats/gold.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 16 };

ht_status gold_slurp(ht_arena *a, const char *folder, const char *name, ht_str *bytes, bool *found,
                     ht_error *e) {
    ht_str path = ht_format(a, "%s/%s", folder, name);
    *bytes = (ht_str){NULL, 0};
    FILE *f = fopen(path.p, "re");
    *found = f != NULL;
    if (!f)
        return errno == ENOENT ? HT_OK
                               : ht_fail(e, HT_IO, "cannot read %s: %s", path.p, strerror(errno));
    ht_buf b;
    ht_buf_init(&b, a);
    size_t n;
    while ((n = fread(ht_buf_space(&b, CHUNK), 1, CHUNK, f)) > 0) b.n += n;
    bool bad = ferror(f) != 0;
    fclose(f);
    if (bad) return ht_fail(e, HT_IO, "cannot read %s", path.p);
    *bytes = ht_buf_str(&b);
    return HT_OK;
}

static int by_name(const void *x, const void *y) {
    return ht_str_cmp(*(const ht_str *)x, *(const ht_str *)y);
}

ht_status gold_names(ht_arena *a, const char *folder, ht_str **names, size_t *n, ht_error *e) {
    DIR *dir = opendir(folder);
    if (!dir) return ht_fail(e, HT_IO, "cannot read %s: %s", folder, strerror(errno));
    size_t cap = 0, kept = 0;
    *names = NULL;
    *n = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        ht_str name = ht_str_of(entry->d_name);
        if (name.p[0] == '.' || (!ht_str_ends(name, HT_S(".quantities.jsonl")) &&
                                 !ht_str_ends(name, HT_S(".main.txt"))))
            continue;
        ht_str document = ht_sub(name, 0, ht_str_find(name, HT_S("."), 0));
        *HT_PUSH(a, *names, *n, cap) = ht_str_copy(a, document);
    }
    closedir(dir);
    if (*n) qsort(*names, *n, sizeof **names, by_name);
    for (size_t i = 0; i < *n; i++)
        if (i == 0 || !ht_str_eq((*names)[i], (*names)[kept - 1])) (*names)[kept++] = (*names)[i];
    *n = kept;
    return HT_OK;
}

static void release(void *object) {
    json_object_put(object);
}

json_object *gold_parse(ht_arena *a, ht_str text) {
    json_tokener *tokener = json_tokener_new();
    if (!tokener || text.n > INT32_MAX) {
        json_tokener_free(tokener);
        return NULL;
    }
    json_object *object = json_tokener_parse_ex(tokener, text.n ? text.p : "", (int)text.n);
    json_tokener_free(tokener);
    if (object) ht_arena_defer(a, release, object);
    return json_object_is_type(object, json_type_object) ? object : NULL;
}

ht_str gold_text(json_object *object, const char *key) {
    json_object *value;
    if (!object || !json_object_object_get_ex(object, key, &value) || !value)
        return (ht_str){NULL, 0};
    if (!json_object_is_type(value, json_type_string))
        return ht_str_of(json_object_get_string(value));
    return (ht_str){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
}

bool gold_true(json_object *object, const char *key) {
    json_object *value;
    return json_object_object_get_ex(object, key, &value) && value &&
           json_object_get_boolean(value);
}

static json_object *list_of(json_object *object, const char *key) {
    json_object *list;
    if (!object || !json_object_object_get_ex(object, key, &list)) return NULL;
    return json_object_is_type(list, json_type_array) ? list : NULL;
}

size_t gold_list_length(json_object *object, const char *key) {
    json_object *list = list_of(object, key);
    return list ? json_object_array_length(list) : 0;
}

ht_str gold_list_at(json_object *object, const char *key, size_t i) {
    json_object *item = json_object_array_get_idx(list_of(object, key), i);
    return ht_str_of(item ? json_object_get_string(item) : NULL);
}

bool gold_list_has(json_object *object, const char *key, ht_str word) {
    for (size_t i = 0; i < gold_list_length(object, key); i++)
        if (ht_str_eq(gold_list_at(object, key, i), word)) return true;
    return false;
}

ht_number gold_number(ht_arena *a, ht_str s) {
    ht_buf b;
    ht_buf_init(&b, a);
    s = ht_str_trim(s);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ',') ht_buf_byte(&b, s.p[i]);
    return ht_number_parse(ht_buf_str(&b));
}

static ht_status read_items(ht_arena *a, const char *folder, ht_str name, const char *suffix,
                            gold_item **items, size_t *n, bool *found, ht_error *e) {
    ht_str file = ht_format(a, HT_FMT "%s", HT_ARG(name), suffix), bytes, line;
    ht_status status = gold_slurp(a, folder, file.p, &bytes, found, e);
    size_t cap = 0, number = 0;
    while (status == HT_OK && ht_str_split(&bytes, '\n', &line)) {
        number++;
        if (ht_str_trim(line).n == 0) continue;
        json_object *o = gold_parse(a, line);
        if (!o) return ht_fail(e, HT_IO, "%s/%s:%zu: not a JSON object", folder, file.p, number);
        *HT_PUSH(a, *items, *n, cap) = (gold_item){
            .object = o,
            .surface = gold_text(o, "surface"),
            .context = gold_text(o, "context"),
            .value = gold_number(a, gold_text(o, "value")),
            .low = gold_number(a, gold_text(o, "low")),
            .high = gold_number(a, gold_text(o, "high")),
            .has_value = gold_text(o, "value").n > 0,
        };
    }
    return status;
}

ht_status gold_read(ht_arena *a, const char *folder, ht_str name, gold_document *doc, ht_error *e) {
    *doc = (gold_document){.name = name};
    bool found;
    ht_str bytes, file = ht_format(a, HT_FMT ".article.json", HT_ARG(name));
    ht_status status = gold_slurp(a, folder, file.p, &bytes, &found, e);
    if (status == HT_OK && found && !(doc->article = gold_parse(a, bytes)))
        status = ht_fail(e, HT_IO, "%s/%s: not a JSON object", folder, file.p);
    file = ht_format(a, HT_FMT ".main.txt", HT_ARG(name));
    if (status == HT_OK) status = gold_slurp(a, folder, file.p, &doc->main, &doc->has_main, e);
    if (status == HT_OK)
        status = read_items(a, folder, name, ".quantities.jsonl", &doc->quantities,
                            &doc->n_quantities, &found, e);
    if (status == HT_OK)
        status = read_items(a, folder, name, ".figures.jsonl", &doc->figures, &doc->n_figures,
                            &doc->has_figures, e);
    return status;
}

void out_figure_read(ht_arena *a, const csv_table *t, size_t row, out_figure *f) {
    *f = (out_figure){
        .surface = csv_cell(t, row, "surface"),
        .sentence = csv_cell(t, row, "sentence"),
        .unit = csv_cell(t, row, "unit"),
        .qualifier = csv_cell(t, row, "qualifier"),
        .kind = csv_cell(t, row, "kind"),
        .indicator = csv_cell(t, row, "indicator"),
        .region = csv_cell(t, row, "region"),
        .region_code = csv_cell(t, row, "region_code"),
        .region_codes = csv_cell(t, row, "region_codes"),
        .measure = csv_cell(t, row, "measure"),
        .modality = csv_cell(t, row, "modality"),
        .asof = csv_cell(t, row, "asof"),
        .text_start = csv_cell(t, row, "text_start"),
        .value_text = csv_cell(t, row, "value"),
    };
    f->has_value = f->value_text.n || csv_cell(t, row, "value_low").n;
    f->value = gold_number(a, f->value_text);
    f->low = gold_number(a, csv_cell(t, row, "value_low"));
    f->high = gold_number(a, csv_cell(t, row, "value_high"));
}
