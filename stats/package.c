#include "stats/columns.h"
#include "stats/inner.h"
#include "stats/json.h"
#include "stats/outdb.h"
#include "stats/schema.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Patterns of the types of data/columns.tsv that are strings; whole fields, as Table Schema has
 * it. */
static const struct {
    const char *type, *pattern;
} patterns[] = {
    {"code", "[0-9]{6}"},
    {"id", "a[0-9a-f]{16}"},
    {"figure", "a[0-9a-f]{16}-[0-9]+-[0-9]+"},
    {"cell", "c[0-9a-f]{16}"},
    {"exact", "-?[0-9]+(\\.[0-9]+)?(/[0-9]+)?"},
    {"day", "[0-9]{4}-[0-9]{2}-[0-9]{2}"},
    {"date", "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"},
    {"moment", "[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:]+(Z|[+-][0-9:]+)?)?)?)?"},
    {"period", "[0-9]{4}[-/0-9Q]*"},
};

static const struct {
    const char *table, *key;
} primary_keys[] = {{"articles", "[\"article_id\"]"},
                    {"figures", "[\"figure_id\"]"},
                    {"regions", "[\"cell_id\"]"},
                    {"cells", "[\"cell_id\",\"figure_id\"]"},
                    {"ratios", "[\"cell_id\",\"per\"]"},
                    {"corrections", "[\"figure_id\"]"}};

static bool is(ht_str s, const char *word) {
    return ht_str_eq(s, ht_str_of(word));
}

static void put_member(ht_buf *b, const char *before, const char *key, ht_str value) {
    ht_buf_printf(b, "%s\"%s\": ", before, key);
    json_put_string(b, value);
}

static void put_both(ht_buf *b, const char *before, const char *key, ht_str en, ht_str zh) {
    ht_buf_printf(b, "%s\"%s\": {", before, key);
    put_member(b, "", "en", en);
    put_member(b, ", ", "zh", zh);
    ht_buf_byte(b, '}');
}

/* ---- fields ---- */

static void put_type(ht_buf *b, const column_info *info) {
    static const struct {
        const char *type, *schema;
    } types[] = {{"number", "number"}, {"whole", "integer"}, {"flag", "integer"}, {"any", "any"}};
    const char *schema = "string";
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (is(info->type, types[i].type)) schema = types[i].schema;
    put_member(b, ", ", "type", ht_str_of(schema));
}

static void put_values(ht_buf *b, ht_str values) {
    ht_str rest = values, value, label;
    bool any = false;
    ht_buf_add(b, HT_S("\"enum\": ["));
    while (column_value_next(&rest, &value, &label)) {
        ht_buf_add(b, any ? HT_S(", ") : HT_S(""));
        json_put_string(b, value);
        any = true;
    }
    ht_buf_byte(b, ']');
}

static void put_constraints(ht_buf *b, const column_info *info) {
    bool required = info->missing_en.n == 0 && !is(info->type, "text");
    ht_buf_printf(b, ", \"constraints\": {\"required\": %s", required ? "true" : "false");
    if (is(info->type, "enum")) {
        ht_buf_add(b, HT_S(", "));
        put_values(b, info->values);
    }
    if (is(info->type, "whole")) ht_buf_add(b, HT_S(", \"minimum\": 0"));
    if (is(info->type, "flag")) ht_buf_add(b, HT_S(", \"enum\": [0, 1]"));
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        if (is(info->type, patterns[i].type))
            put_member(b, ", ", "pattern", ht_str_of(patterns[i].pattern));
    ht_buf_byte(b, '}');
}

static void put_category(ht_buf *b, bool first, ht_str value, ht_str label) {
    put_member(b, first ? "{" : ", {", "value", value);
    put_member(b, ", ", "label", label);
    ht_buf_byte(b, '}');
}

/* What the values of a field are called: the words of an enum, the ids of the codebook. */
static void put_categories(ht_buf *b, const ht_codebook *cb, ht_str column,
                           const column_info *info) {
    ht_str rest = info->values, value, label;
    bool first = true, enumeration = info->values.n > 0;
    bool indicators = is(column, "indicator"), subtypes = is(column, "subtype");
    if (!enumeration && !indicators && !subtypes) return;
    /* A list is no one of them. */
    ht_buf_add(b, is(info->type, "list") ? HT_S(", \"words\": [") : HT_S(", \"categories\": ["));
    for (; enumeration && column_value_next(&rest, &value, &label); first = false)
        put_category(b, first, value, label);
    for (size_t i = 0; i < cb->n_indicators; i++) {
        const ht_indicator *in = &cb->indicators[i];
        if (indicators) put_category(b, i == 0, in->id, in->label_zh);
        for (size_t k = 0; k < in->n_subtypes && subtypes; k++, first = false)
            put_category(b, first, in->subtypes[k].id, in->subtypes[k].label_zh);
    }
    ht_buf_byte(b, ']');
}

static void put_field(ht_buf *b, const ht_codebook *cb, ht_str table, ht_str column) {
    column_info info;
    if (!column_info_find(table, column, &info)) info.type = HT_S("any");
    put_member(b, "        {", "name", column);
    put_type(b, &info);
    if (info.title_zh.n) put_member(b, ", ", "title", info.title_zh);
    if (info.about_en.n) {
        put_member(b, ", ", "description", info.about_en);
        put_member(b, ", ", "description_zh", info.about_zh);
    }
    if (info.missing_en.n) put_both(b, ", ", "missing", info.missing_en, info.missing_zh);
    put_constraints(b, &info);
    put_categories(b, cb, column, &info);
    ht_buf_byte(b, '}');
}

/* ---- resources ---- */

static void put_foreign_keys(ht_buf *b, ht_str table, const ht_str *columns, size_t n) {
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const char *parent, *key;
        if (!schema_reference(table, columns[i], &parent, &key) || is(columns[i], "indicator"))
            continue;
        ht_buf_add(b, any ? HT_S(", ") : HT_S(",\n      \"foreignKeys\": ["));
        put_member(b, "{", "fields", columns[i]);
        /* A table that refers to itself has no name there. */
        put_member(b, ", \"reference\": {", "resource",
                   is(table, parent) ? HT_S("") : ht_str_of(parent));
        put_member(b, ", ", "fields", ht_str_of(key));
        ht_buf_add(b, HT_S("}}"));
        any = true;
    }
    if (any) ht_buf_byte(b, ']');
}

static void put_schema(ht_stats *s, ht_buf *b, ht_str table, const ht_str *columns, size_t n) {
    ht_buf_add(b, HT_S(",\n      \"schema\": {\"missingValues\": [\"\"]"));
    for (size_t i = 0; i < sizeof primary_keys / sizeof *primary_keys; i++)
        if (is(table, primary_keys[i].table))
            ht_buf_printf(b, ", \"primaryKey\": %s", primary_keys[i].key);
    put_foreign_keys(b, table, columns, n);
    ht_buf_add(b, HT_S(",\n      \"fields\": [\n"));
    for (size_t i = 0; i < n; i++) {
        put_field(b, s->codebook, table, columns[i]);
        ht_buf_add(b, i + 1 < n ? HT_S(",\n") : HT_S("\n      ]}"));
    }
}

static ht_status put_resource(ht_stats *s, ht_buf *b, ht_str file, bool first, ht_error *e) {
    ht_str name = ht_sub(file, 0, file.n - strlen(".csv")), *columns;
    size_t n;
    char *path = outfile_path(s->out, ht_str_cstr(&s->scratch, file));
    struct stat st;
    bool there = stat(path, &st) == 0;
    ht_status status = there ? HT_OK : ht_fail(e, HT_IO, "cannot read %s: %s", path, strerror(errno));
    free(path);
    if (status == HT_OK)
        status = outdb_columns(&s->db, &s->scratch, "main", ht_str_cstr(&s->scratch, name),
                               &columns, &n, e);
    if (status != HT_OK) return status;
    put_member(b, first ? "    {" : ",\n    {", "name", name);
    put_member(b, ", ", "path", file);
    ht_buf_add(b, HT_S(", \"type\": \"table\", \"profile\": \"tabular-data-resource\","
                       " \"scheme\": \"file\", \"format\": \"csv\", \"mediatype\": \"text/csv\","));
    ht_buf_printf(b, " \"encoding\": \"%s\", \"bytes\": %lld",
                  s->options.excel ? "utf-8-sig" : "utf-8", (long long)st.st_size);
    /* A table that SQLite could not take is described by its file alone. */
    if (n) put_schema(s, b, name, columns, n);
    ht_buf_byte(b, '}');
    return HT_OK;
}

static ht_status put_resources(ht_stats *s, ht_buf *b, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_status status = db_prepare(&s->db, &query,
                                  "SELECT name FROM sqlite_schema WHERE type = 'view'"
                                  " AND name LIKE '%.csv' ORDER BY rowid",
                                  e);
    ht_buf_add(b, HT_S("  \"resources\": [\n"));
    for (bool first = true, more = true; status == HT_OK; first = false) {
        status = db_step(&s->db, query, &more, e);
        if (status != HT_OK || !more) break;
        status = put_resource(s, b, ht_str_copy(&s->scratch, db_column(query, 0)), first, e);
    }
    sqlite3_finalize(query);
    ht_buf_add(b, HT_S("\n  ]\n"));
    return status;
}

/* ---- the codebook as data dictionary ---- */

static void put_words(ht_buf *b, const char *key, const ht_str *words, size_t n) {
    ht_buf_printf(b, ", \"%s\": [", key);
    for (size_t i = 0; i < n; i++) {
        if (i) ht_buf_add(b, HT_S(", "));
        json_put_string(b, words[i]);
    }
    ht_buf_byte(b, ']');
}

static void put_subtypes(ht_buf *b, const ht_indicator *in) {
    ht_buf_add(b, HT_S(", \"subtypes\": ["));
    for (size_t i = 0; i < in->n_subtypes; i++) {
        const ht_subtype *sub = &in->subtypes[i];
        put_member(b, i ? ", {" : "{", "id", sub->id);
        put_both(b, ", ", "label", sub->label_en, sub->label_zh);
        put_words(b, "terms", sub->terms, sub->n_terms);
        ht_buf_byte(b, '}');
    }
    ht_buf_byte(b, ']');
}

static void put_indicator(ht_buf *b, ht_arena *a, const ht_indicator *in) {
    put_member(b, "      {", "id", in->id);
    put_both(b, ", ", "label", in->label_en, in->label_zh);
    ht_str file = ht_format(a, "table-" HT_FMT ".csv", HT_ARG(in->id));
    put_member(b, ", ", "table", file);
    put_member(b, ", ", "dimension", in->dimension);
    put_member(b, ", ", "unit", in->unit_to);
    put_member(b, ", ", "measure", in->measure);
    put_member(b, ", ", "aggregate", in->aggregate);
    put_member(b, ", \"plausible\": {", "min", ht_number_text(a, in->min));
    put_member(b, ", ", "max", ht_number_text(a, in->max));
    ht_buf_byte(b, '}');
    put_words(b, "terms", in->terms, in->n_terms);
    put_words(b, "not", in->nots, in->n_nots);
    put_subtypes(b, in);
    ht_buf_byte(b, '}');
}

static void put_codebook(ht_buf *b, ht_arena *a, const ht_codebook *cb) {
    put_member(b, "  \"codebook\": {\n    ", "id", cb->id);
    put_member(b, ", ", "version", cb->version);
    put_both(b, ", ", "label", cb->label_en, cb->label_zh);
    put_member(b, ",\n    ", "yaml", cb->source);
    ht_buf_add(b, HT_S(",\n    \"indicators\": [\n"));
    for (size_t i = 0; i < cb->n_indicators; i++) {
        put_indicator(b, a, &cb->indicators[i]);
        ht_buf_add(b, i + 1 < cb->n_indicators ? HT_S(",\n") : HT_S("\n"));
    }
    ht_buf_add(b, HT_S("    ]\n  },\n"));
}

static void put_head(ht_buf *b, ht_arena *a, const ht_codebook *cb) {
    ht_buf_add(b, HT_S("{\n  \"$schema\": \"https://datapackage.org/profiles/2.0/datapackage.json\",\n"
                       "  \"profile\": \"tabular-data-package\",\n"));
    ht_str name = ht_format(a, "hantally-" HT_FMT, HT_ARG(cb->id));
    put_member(b, "  ", "name", name);
    put_member(b, ",\n  ", "title", cb->label_zh.n ? cb->label_zh : name);
    put_member(b, ",\n  ", "description", cb->label_en);
    put_member(b, ",\n  \"hantally\": {", "version", HT_S(HT_VERSION));
    put_member(b, ", ", "database", HT_S("hantally.db"));
    ht_buf_add(b, HT_S("},\n"));
}

ht_status export_package(ht_stats *s, ht_error *e) {
    ht_buf b;
    ht_outfile f;
    ht_buf_init(&b, &s->scratch);
    put_head(&b, &s->scratch, s->codebook);
    put_codebook(&b, &s->scratch, s->codebook);
    ht_status status = put_resources(s, &b, e);
    ht_buf_add(&b, HT_S("}\n"));
    if (status == HT_OK) status = outfile_open(&f, s->out, "datapackage.json", e);
    if (status == HT_OK) {
        outfile_write(&f, ht_buf_str(&b));
        status = outfile_commit(&f, e);
    }
    ht_arena_reset(&s->scratch);
    return status;
}
