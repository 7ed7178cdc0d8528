#include "stats/sheet.h"

#include "stats/csv.h"
#include "stats/schema.h"

static ht_status prepare(stats_sheet *sheet, ht_str name, ht_error *e) {
    ht_str quoted = ht_format(sheet->scratch, "\"" HT_FMT "\"", HT_ARG(name));
    ht_buf sql;
    ht_buf_init(&sql, sheet->scratch);
    ht_buf_printf(&sql, "INSERT INTO " HT_FMT " VALUES (?", HT_ARG(quoted));
    for (size_t i = 1; i < sheet->n; i++) ht_buf_add(&sql, HT_S(",?"));
    ht_buf_add(&sql, HT_S(")"));
    ht_buf_byte(&sql, '\0');
    return db_prepare(sheet->db, &sheet->insert, sql.p, e);
}

ht_status sheet_open(stats_sheet *sheet, const stats_db *db, ht_arena *scratch, bool excel,
                     const char *out, ht_str name, const char *const *columns, size_t n,
                     ht_error *e) {
    *sheet = (stats_sheet){
        .db = db, .scratch = scratch, .excel = excel, .columns = columns, .n = n};
    bool too_wide;
    ht_str file = ht_format(scratch, HT_FMT ".csv", HT_ARG(name));
    ht_status status = outfile_open(&sheet->file, out, file.p, e);
    if (status == HT_OK)
        status = schema_create_sheet(db, scratch, name, columns, n, &too_wide, e);
    if (status == HT_OK && !too_wide) status = prepare(sheet, name, e);
    if (status == HT_OK) csv_write_header(&sheet->file, scratch, columns, (int)n, excel);
    return status;
}

void sheet_feed(stats_sheet *sheet, rowfeed *feed, int table) {
    sheet->feed = feed;
    sheet->feed_table = table;
    if (feed)
        feed->tables[table] = (rowfeed_table){sheet->insert, sheet->columns, (int)sheet->n};
}

void sheet_row(stats_sheet *sheet, const ht_str *cells) {
    csv_write_row(&sheet->file, sheet->scratch, cells, (int)sheet->n, sheet->excel);
    if (!sheet->insert || sheet->status != HT_OK) return;
    if (sheet->feed) {
        sheet->status = rowfeed_add(sheet->feed, sheet->feed_table, cells, &sheet->error);
        return;
    }
    sheet->status = db_insert_row(sheet->db, sheet->insert, sheet->columns, cells, (int)sheet->n,
                                  &sheet->error);
}

ht_status sheet_commit(stats_sheet *sheet, ht_error *e) {
    sqlite3_finalize(sheet->insert);
    sheet->insert = NULL;
    if (sheet->status == HT_OK) return outfile_commit(&sheet->file, e);
    if (e) *e = sheet->error;
    outfile_abandon(&sheet->file);
    return sheet->status;
}

void sheet_abandon(stats_sheet *sheet) {
    sqlite3_finalize(sheet->insert);
    sheet->insert = NULL;
    outfile_abandon(&sheet->file);
}
