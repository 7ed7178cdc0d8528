#include "stats/corrections.h"
#include "stats/outfile.h"
#include "stats/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

ht_status ht_stats_open(ht_stats **opened, const char *out, const ht_codebook *cb,
                        const ht_gazetteer *g, const ht_stats_options *options, ht_error *e) {
    *opened = NULL;
    ht_status status = outfile_make_folder(out, e);
    if (status == HT_OK) status = outfile_check_ours(out, e);
    if (status != HT_OK) return status;
    ht_stats *s = calloc(1, sizeof *s);
    if (!s) return ht_fail(e, HT_IO, "out of memory");
    ht_arena_init(&s->kept, 0);
    ht_arena_init(&s->scratch, 0);
    s->codebook = cb;
    s->gazetteer = g;
    s->options = *options;
    s->options.min_confidence = ht_str_copy(&s->kept, options->min_confidence);
    s->options.scope = ht_str_copy(&s->kept, options->scope);
    s->options.choose = ht_str_copy(&s->kept, options->choose);
    s->options.period = ht_str_copy(&s->kept, options->period);
    s->options.level = ht_str_copy(&s->kept, options->level);
    s->options.boundaries = ht_str_copy(&s->kept, options->boundaries);
    if (g && (options->rollup || options->boundaries.n)) {
        s->territory = HT_NEW(&s->kept, territory);
        territory_init(s->territory, &s->kept, g, options->boundaries);
    }
    s->out = strdup(out);
    db_sort_in(out);
    s->staging_path = outfile_path(out, "hantally.staging.tmp");
    s->db_path = outfile_path(out, "hantally.db.tmp");
    if (options->join_name.n) {
        char hex[STORE_HASH_HEX + 1];
        store_text_hash_hex(options->join, hex);
        s->join_hash = ht_str_copy(&s->kept, ht_str_of(hex));
        s->join = HT_NEW(&s->kept, join_table);
        status = join_read(s->join, &s->kept, g, ht_str_copy(&s->kept, options->join),
                           options->join_name, e);
        if (status == HT_OK && s->territory && options->boundaries.n)
            status = join_move(s->join, &s->kept, s->territory, options->join_name, e);
        if (status != HT_OK) {
            ht_stats_close(s);
            return status;
        }
    }
    status = s->out ? store_open(&s->store, s->staging_path, options->keep_text, e)
                    : ht_fail(e, HT_IO, "out of memory");
    if (status == HT_OK) status = corrections_open(s, e);
    if (status == HT_OK)
        *opened = s;
    else
        ht_stats_close(s);
    return status;
}

ht_status ht_stats_add(ht_stats *s, const ht_outcome *outcome, ht_error *e) {
    ht_status status = store_add(&s->store, &s->scratch, outcome, e);
    ht_arena_reset(&s->scratch);
    s->counts.articles += outcome->has_article;
    s->counts.rejected += outcome->has_rejection;
    return status;
}

static ht_status create_tables(ht_stats *s, ht_error *e) {
    ht_status status = db_create(&s->db, s->db_path, e);
    if (status == HT_OK) status = schema_create(&s->db, &s->scratch, e);
    ht_arena_reset(&s->scratch);
    return status;
}

static ht_status publish_db(ht_stats *s, ht_error *e) {
    ht_status status = schema_finish(&s->db, &s->scratch, e);
    if (status != HT_OK) return status;
    db_close(&s->db);
    int fd = open(s->db_path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    int error = errno;
    if (fd >= 0) close(fd);
    char *path = outfile_path(s->out, "hantally.db");
    if (good && rename(s->db_path, path) != 0) {
        good = false;
        error = errno;
    }
    if (!good) ht_fail(e, HT_IO, "cannot write %s: %s", path, strerror(error));
    free(path);
    return good ? HT_OK : HT_IO;
}

ht_status ht_stats_finish(ht_stats *s, const ht_run_facts *facts, ht_error *e) {
    s->counts = (stats_counts){0};
    ht_status status = outfile_remove_stale(s->out, e);
    if (status == HT_OK) status = store_rewind(&s->store, &s->kept, e);
    if (status == HT_OK) status = create_tables(s, e);
    if (status == HT_OK) status = corrections_begin(s, e);
    if (status == HT_OK) status = export_codebook(s, e);
    if (status == HT_OK) status = export_articles(s, e);
    if (status == HT_OK) status = corrections_finish(s, e);
    if (status == HT_OK) status = export_regions(s, e);
    if (status == HT_OK) status = export_package(s, e);
    if (status == HT_OK) status = publish_db(s, e);
    if (status == HT_OK && s->options.xlsx) status = export_workbook(s, e);
    if (status == HT_OK && facts->add) status = facts->add(s->out, s->codebook, e);
    if (status == HT_OK) status = outfile_sync_folder(s->out, e);
    if (status == HT_OK) status = export_runinfo(s, facts, e);
    if (status == HT_OK && outfile_sync_folder(s->out, e) != HT_OK) {
        outfile_remove(s->out, "run.json", NULL);
        status = HT_IO;
    }
    return status;
}

uint64_t ht_stats_n_articles(const ht_stats *s) {
    return s->counts.articles;
}

uint64_t ht_stats_n_rejected(const ht_stats *s) {
    return s->counts.rejected;
}

void ht_stats_close(ht_stats *s) {
    if (!s) return;
    corrections_close(s);
    store_close(&s->store);
    sorter_close(s->mentions);
    db_close(&s->db);
    unlink(s->staging_path);
    unlink(s->db_path);
    free(s->staging_path);
    free(s->db_path);
    free(s->out);
    ht_arena_free(&s->kept);
    ht_arena_free(&s->scratch);
    free(s);
}
