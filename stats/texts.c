#include "stats/inner.h"
#include "stats/json.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of more files is a burden on every file system. */
enum { MAX_TEXT_FILES = 100000, NAME = 64 };

ht_status texts_open(stats_texts *t, ht_stats *s, ht_error *e) {
    *t = (stats_texts){.s = s};
    if (!s->options.keep_text) return HT_OK;
    t->lines = s->store.n_added > MAX_TEXT_FILES;
    if (t->lines) {
        t->file = HT_NEW(&s->kept, ht_outfile);
        return outfile_open(t->file, s->out, "main.jsonl", e);
    }
    t->folder = outfile_path(s->out, "main.tmp");
    return outfile_make_folder(t->folder, e);
}

static ht_status failed(const char *path, ht_error *e) {
    return ht_fail(e, HT_IO, "cannot write %s: %s", path, strerror(errno));
}

/* Not synced one by one: texts_finish syncs the file system once, before any is renamed. */
static ht_status write_text(stats_texts *t, ht_str id, ht_str text, ht_error *e) {
    char name[NAME];
    snprintf(name, sizeof name, HT_FMT ".txt", HT_ARG(id));
    char *path = outfile_path(t->folder, name);
    FILE *f = fopen(path, "we");
    bool good = f && fwrite(text.n ? text.p : "", 1, text.n, f) == text.n;
    if (f && fclose(f) != 0) good = false;
    ht_status status = good ? HT_OK : failed(path, e);
    free(path);
    return status;
}

/* An id from someone else's JSON Lines must not name a path. */
static bool is_article_id(ht_str id) {
    bool good = id.n > 1 && id.n < NAME - 8 && id.p[0] == 'a';
    for (size_t i = 1; i < id.n && good; i++)
        good = (id.p[i] >= '0' && id.p[i] <= '9') || (id.p[i] >= 'a' && id.p[i] <= 'f');
    return good;
}

ht_status texts_add(stats_texts *t, const ht_outcome *o, ht_error *e) {
    if (!t->s->options.keep_text) return HT_OK;
    ht_str id = o->article.cell[HT_A_ARTICLE_ID];
    if (!is_article_id(id)) return ht_fail(e, HT_IO, "'" HT_FMT "' is no article_id", HT_ARG(id));
    if (!t->lines) return write_text(t, id, o->text, e);
    ht_buf line;
    ht_buf_init(&line, &t->s->scratch);
    ht_buf_add(&line, HT_S("{\"article_id\":"));
    json_put_string(&line, id);
    ht_buf_add(&line, HT_S(",\"text\":"));
    json_put_string(&line, o->text);
    ht_buf_add(&line, HT_S("}\n"));
    outfile_write(t->file, ht_buf_str(&line));
    return HT_OK;
}

static ht_status sync_file_system(const char *folder, ht_error *e) {
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ht_status status = fd >= 0 && syncfs(fd) == 0 ? HT_OK : failed(folder, e);
    if (fd >= 0) close(fd);
    return status;
}

/* Moves main.tmp/ID.txt to main/ID.txt. */
static ht_status move_texts(stats_texts *t, const char *target, ht_error *e) {
    DIR *dir = opendir(t->folder);
    if (!dir) return failed(t->folder, e);
    ht_status status = HT_OK;
    struct dirent *entry;
    while (status == HT_OK && (entry = readdir(dir))) {
        if (entry->d_name[0] != 'a') continue;
        char *from = outfile_path(t->folder, entry->d_name);
        char *to = outfile_path(target, entry->d_name);
        if (rename(from, to) != 0) status = failed(to, e);
        free(from);
        free(to);
    }
    closedir(dir);
    return status;
}

ht_status texts_finish(stats_texts *t, ht_error *e) {
    if (!t->s->options.keep_text) return HT_OK;
    if (t->lines) return outfile_commit(t->file, e);
    char *target = outfile_path(t->s->out, "main");
    ht_status status = outfile_make_folder(target, e);
    if (status == HT_OK) status = sync_file_system(t->folder, e);
    if (status == HT_OK) status = move_texts(t, target, e);
    if (status == HT_OK) status = outfile_sync_folder(target, e);
    if (status == HT_OK && rmdir(t->folder) != 0 && errno != ENOTEMPTY && errno != EEXIST)
        status = failed(t->folder, e);
    free(target);
    return status;
}

void texts_close(stats_texts *t) {
    if (t->file) outfile_abandon(t->file);
    free(t->folder);
}
