#include "stats/apart.h"
#include "stats/columns.h"
#include "stats/grid.h"
#include "stats/inner.h"
#include "stats/outdb.h"

#include <string.h>

static const char file_name[] = "tables.xlsx";

/* What a reader of numbers needs beside them; everything else is in figures.csv. */
static const char figures_query[] =
    "SELECT f.figure_id, f.indicator, f.subtype, f.region_code, f.region, f.region_level,"
    " f.number, f.value, f.value_low, f.value_high, f.qualifier, f.unit, f.measure, f.modality,"
    " f.asof, f.counted, f.base, f.scope, f.place, f.attributed_to, f.confidence, f.surface,"
    " f.sentence, coalesce(c.cell_id, '') AS cell_id, coalesce(c.role, '') AS role, a.title,"
    " a.published, a.publisher, a.url, a.source_path"
    " FROM figures f JOIN articles a USING (article_id) LEFT JOIN cells c ON c.rowid ="
    " (SELECT min(k.rowid) FROM cells k WHERE k.figure_id = f.figure_id)"
    " WHERE f.indicator <> '' ORDER BY f.rowid";
static const char indicators_query[] =
    "SELECT i.indicator, '' AS subtype, i.label_zh, i.label_en, i.dimension, i.unit, i.measure,"
    " i.aggregate, i.plausible_min, i.plausible_max, i.terms FROM indicators i UNION ALL"
    " SELECT indicator, subtype, label_zh, label_en, '', '', '', '', '', '', terms FROM subtypes"
    " ORDER BY 1, 2";

typedef struct {
    ht_stats *s;
    stats_db db; /* the finished hantally.db */
    grid_book book;
    ht_arena arena; /* of the book */
    grid contents;
} workbook;

/* ---- columns ---- */

static grid_kind kind_of(ht_str column, const column_info *info) {
    static const char *const numbers[] = {"number", "exact", "whole", "flag", "any"};
    static const char *const long_texts[] = {"sentence", "title", "terms", "about"};
    for (size_t i = 0; i < sizeof long_texts / sizeof *long_texts; i++)
        if (ht_str_eq(column, ht_str_of(long_texts[i]))) return GRID_SENTENCE;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (ht_str_eq(info->type, ht_str_of(numbers[i]))) return GRID_NUMBER;
    return GRID_TEXT;
}

/* A period's number is titled by the period; its other columns by what they are. */
static grid_column column_of(ht_arena *a, ht_str table, ht_str name) {
    column_info info;
    grid_column column = {.title = name, .name = name};
    if (!column_info_find(table, name, &info)) return column;
    column.kind = kind_of(name, &info);
    size_t mark = ht_str_find(name, HT_S("_"), 0), per = ht_str_find(name, HT_S("_per_"), 0);
    bool of_period = ht_str_starts(table, HT_S("table-")) && name.n && name.p[0] >= '0' &&
                     name.p[0] <= '9';
    if (of_period && per != SIZE_MAX && per == mark)
        column.title = ht_format(a, HT_FMT " ÷ " HT_FMT, HT_ARG(ht_sub(name, 0, mark)),
                                 HT_ARG(ht_sub(name, per + strlen("_per_"), name.n)));
    else if (of_period && mark != SIZE_MAX)
        column.title = ht_format(a, HT_FMT " " HT_FMT, HT_ARG(ht_sub(name, 0, mark)),
                                 HT_ARG(info.title_zh));
    else if (!of_period && !ht_str_eq(info.type, HT_S("any")))
        column.title = info.title_zh;
    return column;
}

/* The columns of a query; those that figures and articles share are of the table. */
static grid_column *columns_of(workbook *w, sqlite3_stmt *query, ht_str table, size_t *n) {
    *n = (size_t)sqlite3_column_count(query);
    grid_column *columns = HT_ARRAY(&w->arena, grid_column, *n);
    for (size_t i = 0; i < *n; i++) {
        ht_str name = ht_str_copy(&w->arena, ht_str_of(sqlite3_column_name(query, (int)i)));
        columns[i] = column_of(&w->arena, table, name);
    }
    return columns;
}

/* ---- sheets ---- */

static void list_sheet(workbook *w, const grid *g, ht_str name, ht_str about) {
    ht_arena *a = &w->s->scratch;
    ht_str cells[] = {name, ht_format(a, "%llu", (unsigned long long)g->n_written), about,
                      g->n_left ? ht_format(a, "另有%llu行超出工作表上限，见 CSV",
                                            (unsigned long long)g->n_left)
                                : HT_S("")};
    grid_line(&w->contents, cells, sizeof cells / sizeof *cells);
}

static ht_status put_rows(workbook *w, grid *g, sqlite3_stmt *query, const grid_column *columns,
                          ht_error *e) {
    ht_str *cells = HT_ARRAY(&w->arena, ht_str, g->n_columns);
    /* A row's copies go into an arena of their own, which is given back row by row. */
    ht_arena rows, *kept = w->book.arena;
    ht_arena_init(&rows, 0);
    w->book.arena = &rows;
    ht_status status = HT_OK;
    for (bool more = true; status == HT_OK;) {
        status = db_step(&w->db, query, &more, e);
        if (status != HT_OK || !more) break;
        for (size_t i = 0; i < g->n_columns; i++) cells[i] = db_column(query, (int)i);
        grid_row(g, columns, cells);
        ht_arena_reset(&rows);
    }
    w->book.arena = kept;
    ht_arena_free(&rows);
    return status;
}


static ht_status put_sheet(workbook *w, ht_str name, ht_str table, const char *sql, ht_str about,
                           ht_error *e) {
    sqlite3_stmt *query = NULL;
    grid g;
    size_t n;
    ht_status status = db_prepare(&w->db, &query, sql, e);
    if (status == HT_OK) {
        grid_column *columns = columns_of(w, query, table, &n);
        grid_open(&g, &w->book, name, columns, n);
        status = put_rows(w, &g, query, columns, e);
        grid_close(&g);
        list_sheet(w, &g, name, about);
    }
    sqlite3_finalize(query);
    return status;
}

static ht_status has_rows(workbook *w, ht_str table, bool *found, ht_error *e) {
    sqlite3_stmt *query = NULL;
    ht_str there = ht_format(&w->s->scratch,
                             "SELECT 1 FROM sqlite_schema WHERE name = '" HT_FMT "'", HT_ARG(table));
    ht_str any = ht_format(&w->s->scratch, "SELECT 1 FROM \"" HT_FMT "\" LIMIT 1", HT_ARG(table));
    ht_status status = db_prepare(&w->db, &query, there.p, e);
    if (status == HT_OK) status = db_step(&w->db, query, found, e);
    sqlite3_finalize(query);
    query = NULL;
    if (status != HT_OK || !*found) return status;
    status = db_prepare(&w->db, &query, any.p, e);
    if (status == HT_OK) status = db_step(&w->db, query, found, e);
    sqlite3_finalize(query);
    return status;
}

/* With the Chinese name of the subtype, and of tables that hold something only. */
static ht_status put_table(workbook *w, const ht_indicator *in, ht_error *e) {
    ht_arena *a = &w->s->scratch;
    ht_str table = ht_format(a, "table-" HT_FMT, HT_ARG(in->id));
    bool found = false;
    ht_status status = has_rows(w, table, &found, e);
    if (status != HT_OK || !found) return status;
    ht_str sql = ht_format(a,
                           "SELECT t.*, coalesce(s.label_zh, '') AS subtype_label FROM \"" HT_FMT
                           "\" t LEFT JOIN subtypes s ON s.indicator = '" HT_FMT
                           "' AND s.subtype = t.subtype ORDER BY t.rowid",
                           HT_ARG(table), HT_ARG(in->id));
    ht_str about = ht_format(a, HT_FMT ".csv", HT_ARG(table));
    return put_sheet(w, in->label_zh.n ? in->label_zh : in->id, table, sql.p, about, e);
}

/* ---- the dictionary ---- */

static ht_status put_columns(workbook *w, grid *g, const grid_column *titles, ht_str file,
                             ht_error *e) {
    ht_arena *a = &w->s->scratch;
    ht_str table = ht_sub(file, 0, file.n - strlen(".csv")), *columns;
    size_t n;
    ht_status status =
        outdb_columns(&w->db, a, "main", ht_str_cstr(a, table), &columns, &n, e);
    for (size_t i = 0; i < n && status == HT_OK; i++) {
        column_info info;
        column_info_find(table, columns[i], &info);
        ht_str cells[] = {file,          columns[i],      info.title_zh, info.about_zh,
                          info.missing_zh, info.values, info.about_en, info.missing_en};
        grid_row(g, titles, cells);
    }
    return status;
}

static ht_status put_dictionary(workbook *w, ht_error *e) {
    static const grid_column titles[] = {
        {HT_S("文件"), HT_S("file"), GRID_TEXT},         {HT_S("列"), HT_S("column"), GRID_TEXT},
        {HT_S("名称"), HT_S("title"), GRID_TEXT},        {HT_S("说明"), HT_S("about"), GRID_SENTENCE},
        {HT_S("为何可空"), HT_S("missing"), GRID_SENTENCE}, {HT_S("取值"), HT_S("values"), GRID_SENTENCE},
        {HT_S("英文说明"), HT_S("about_en"), GRID_SENTENCE},
        {HT_S("英文为何可空"), HT_S("missing_en"), GRID_SENTENCE}};
    sqlite3_stmt *query = NULL;
    grid g;
    grid_open(&g, &w->book, HT_S("数据字典"), titles, sizeof titles / sizeof *titles);
    ht_status status = db_prepare(&w->db, &query,
                                  "SELECT name FROM sqlite_schema WHERE type = 'view'"
                                  " AND name LIKE '%.csv' ORDER BY rowid",
                                  e);
    for (bool more = true; status == HT_OK;) {
        status = db_step(&w->db, query, &more, e);
        if (status != HT_OK || !more) break;
        status = put_columns(w, &g, titles, ht_str_copy(&w->s->scratch, db_column(query, 0)), e);
    }
    sqlite3_finalize(query);
    grid_close(&g);
    list_sheet(w, &g, HT_S("数据字典"), HT_S("各表各列的含义"));
    return status;
}

static void put_contents(workbook *w) {
    const ht_codebook *cb = w->s->codebook;
    ht_str title[] = {cb->label_zh.n ? cb->label_zh : cb->id, cb->label_en};
    ht_str program[] = {HT_S("hantally " HT_VERSION), HT_S("指标手册"), cb->id, cb->version};
    ht_str note[] = {HT_S("区划代码为 GB/T 2260 文本；空格的含义见“数据字典”；数值的来历见“数字”中的句子。")};
    ht_str heads[] = {HT_S("工作表"), HT_S("行数"), HT_S("内容"), HT_S("备注")};
    grid_open_plain(&w->contents, &w->book, HT_S("说明"));
    grid_line(&w->contents, title, 2);
    grid_line(&w->contents, program, 4);
    grid_line(&w->contents, note, 1);
    grid_line(&w->contents, NULL, 0);
    grid_line(&w->contents, heads, 4);
}

/* Those that not every run has stand there where they hold something. */
static ht_status put_all(workbook *w, ht_error *e) {
    static const struct {
        ht_str name, table;
        const char *sql;
        ht_str about;
        bool now_and_then;
    } sheets[] = {
        {HT_S("地区汇总"), HT_S("regions"), "SELECT * FROM \"regions.csv\"", HT_S("regions.csv"), false},
        {HT_S("加总"), HT_S("rollup"), "SELECT * FROM \"rollup.csv\"", HT_S("rollup.csv"), true},
        {HT_S("比值"), HT_S("ratios"), "SELECT * FROM \"ratios.csv\"", HT_S("ratios.csv"), true},
        {HT_S("区划变动"), HT_S("boundaries"), "SELECT * FROM \"boundaries.csv\"", HT_S("boundaries.csv"), true},
        {HT_S("审核更正"), HT_S("corrections"), "SELECT * FROM \"corrections.csv\"", HT_S("corrections.csv"), true},
        {HT_S("数字"), HT_S("figures"), figures_query, HT_S("有指标的数字及其句子；全部见 figures.csv"), false},
        {HT_S("文章"), HT_S("articles"), "SELECT * FROM \"articles.csv\"", HT_S("articles.csv"), false},
        {HT_S("未读记录"), HT_S("rejected"), "SELECT * FROM \"rejected.csv\"", HT_S("rejected.csv"), false},
        {HT_S("指标手册"), HT_S("indicators"), indicators_query, HT_S("指标及子类的定义"), false},
    };
    ht_status status = HT_OK;
    put_contents(w);
    for (size_t i = 0; i < w->s->codebook->n_indicators && status == HT_OK; i++)
        status = put_table(w, &w->s->codebook->indicators[i], e);
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets && status == HT_OK; i++) {
        bool found = true;
        if (sheets[i].now_and_then) status = has_rows(w, sheets[i].table, &found, e);
        if (status != HT_OK || !found) continue;
        status = put_sheet(w, sheets[i].name, sheets[i].table, sheets[i].sql, sheets[i].about, e);
    }
    return status == HT_OK ? put_dictionary(w, e) : status;
}

static ht_status write_workbook(void *context, ht_error *e) {
    workbook w = {.s = context};
    ht_stats *s = context;
    ht_arena_init(&w.arena, 0);
    ht_str db = ht_format(&w.arena, "%s/hantally.db", s->out);
    ht_status status = db_open_readonly(&w.db, db.p, e);
    if (status == HT_OK) status = grid_book_open(&w.book, &w.arena, s->out, file_name, e);
    if (status == HT_OK) status = put_all(&w, e);
    if (status == HT_OK) status = grid_book_commit(&w.book, e);
    grid_book_abandon(&w.book);
    db_close(&w.db);
    ht_arena_free(&w.arena);
    ht_arena_reset(&s->scratch);
    return status;
}

/* Where memory gives out, libxlsxwriter crashes, or leaves a row out and only says so. */
ht_status export_workbook(ht_stats *s, ht_error *e) {
    ht_error why = {HT_OK, ""};
    ht_status status = apart_call(write_workbook, s, &why);
    if (status == HT_OK) return HT_OK;
    outfile_remove(s->out, "tables.xlsx.tmp", NULL);
    bool named = ht_str_starts(ht_str_of(why.text), HT_S("cannot write"));
    return named ? ht_fail(e, status, "%s", why.text)
                 : ht_fail(e, status, "cannot write %s/%s: %.800s", s->out, file_name, why.text);
}
