#include "stats/rowfeed.h"

#include "stats/mention.h"

enum { MAX_COLUMNS = 64 };

void rowfeed_open(rowfeed *f, stats_db *db) {
    *f = (rowfeed){.db = db};
    for (int i = 0; i < 2; i++) {
        ht_arena_init(&f->arenas[i], 0);
        ht_buf_init(&f->batches[i], &f->arenas[i]);
    }
}

static ht_status batch_insert(rowfeed *f, ht_buf *batch, ht_error *e) {
    ht_str rest = ht_buf_str(batch), cells[MAX_COLUMNS];
    ht_status status = HT_OK;
    while (rest.n && status == HT_OK) {
        const rowfeed_table *t = &f->tables[(int)rest.p[0]];
        rest = ht_sub(rest, 1, rest.n);
        for (int i = 0; i < t->n; i++) cells[i] = record_take(&rest);
        status = db_insert_row(f->db, t->insert, t->columns, cells, t->n, e);
    }
    batch->n = 0;
    return status;
}

static void *insert_main(void *arg) {
    rowfeed *f = arg;
    f->status = batch_insert(f, &f->batches[!f->filling], &f->error);
    return NULL;
}

static ht_status wait_for_thread(rowfeed *f, ht_error *e) {
    if (!f->inserting) return HT_OK;
    pthread_join(f->thread, NULL);
    f->inserting = false;
    if (f->status != HT_OK && e) *e = f->error;
    return f->status;
}

static ht_status turn(rowfeed *f, ht_error *e) {
    ht_status status = wait_for_thread(f, e);
    if (status != HT_OK) return status;
    f->filling = !f->filling;
    f->inserting = pthread_create(&f->thread, NULL, insert_main, f) == 0;
    return f->inserting ? HT_OK : batch_insert(f, &f->batches[!f->filling], e);
}

ht_status rowfeed_add(rowfeed *f, int table, const ht_str *cells, ht_error *e) {
    ht_status status = f->batches[f->filling].n >= ROWFEED_BATCH ? turn(f, e) : HT_OK;
    if (status != HT_OK) return status;
    ht_buf *batch = &f->batches[f->filling];
    ht_buf_byte(batch, (char)table);
    for (int i = 0; i < f->tables[table].n; i++) record_put(batch, cells[i]);
    return HT_OK;
}

ht_status rowfeed_finish(rowfeed *f, ht_error *e) {
    ht_status status = wait_for_thread(f, e);
    return status == HT_OK ? batch_insert(f, &f->batches[f->filling], e) : status;
}

void rowfeed_close(rowfeed *f) {
    if (!f->db) return;
    wait_for_thread(f, NULL);
    for (int i = 0; i < 2; i++) ht_arena_free(&f->arenas[i]);
    f->db = NULL;
}
