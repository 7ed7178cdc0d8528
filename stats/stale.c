#include "stats/outfile.h"
#include "stats/rows.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEAD = 64, ID_CHARS = 17 };

/* The first bytes of every file of ours: a file of that name which begins otherwise is foreign. */
static const struct {
    const char *name, *head;
} marks[] = {
    {"run.json", "{\n  \"program\": \"hantally\""}, {"articles.csv", "article_id,source_path,"},
    {"figures.csv", "figure_id,article_id,"},       {"rejected.csv", "source_path,member,"},
    {"regions.csv", "cell_id,region_code,"},        {"cells.csv", "cell_id,figure_id,"},
    {"rollup.csv", "region_code,region,"},          {"ratios.csv", "cell_id,region_code,"},
    {"boundaries.csv", "region_code,region,"},
    {"main.jsonl", "{\"article_id\":\"a"},          {"hantally.db", "SQLite format 3"},
    {"report.html", "<!DOCTYPE html>\n<html data-hantally"},
    {"corrections.csv", "figure_id,verdict,"},      {"quality.csv", "indicator,judged,right,"},
    {"audit.csv", "audit_id,rank,"},                {"datapackage.json", "{\n  \"$schema\": \"https"},
    {"tables.xlsx", "PK\3\4"},
};
static const char table_head[] = "region_code,region,region_level,subtype";

typedef enum { ABSENT, OURS, FOREIGN } owner;

/* An empty file is ours: main.jsonl of no article. */
static owner owner_of(const char *folder, const char *name, const char *head) {
    char *path = outfile_path(folder, name);
    FILE *f = fopen(path, "re");
    int error = errno;
    free(path);
    if (!f) return error == ENOENT ? ABSENT : FOREIGN;
    char bytes[HEAD];
    size_t n = fread(bytes, 1, sizeof bytes, f), skip = 0;
    fclose(f);
    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) skip = 3;
    if (n == 0) return OURS;
    return n - skip >= strlen(head) && memcmp(bytes + skip, head, strlen(head)) == 0 ? OURS
                                                                                     : FOREIGN;
}

ht_status outfile_check_ours(const char *folder, ht_error *e) {
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (owner_of(folder, marks[i].name, marks[i].head) == FOREIGN)
            return ht_fail(e, HT_IO, "%s/%s was not written by hantally; choose another folder",
                           folder, marks[i].name);
    return HT_OK;
}

static bool is_table(const char *folder, const char *name) {
    size_t n = strlen(name);
    return n > 10 && strncmp(name, "table-", 6) == 0 && strcmp(name + n - 4, ".csv") == 0 &&
           owner_of(folder, name, table_head) == OURS;
}

/* a0123456789abcdef.txt, whole or left half-written */
static bool is_main_text(const char *name) {
    if (name[0] != 'a' || strlen(name) < ID_CHARS + 4) return false;
    for (int i = 1; i < ID_CHARS; i++)
        if (!isxdigit((unsigned char)name[i]) || isupper((unsigned char)name[i])) return false;
    return strcmp(name + ID_CHARS, ".txt") == 0;
}

ht_status outfile_remove(const char *folder, const char *name, ht_error *e) {
    char *path = outfile_path(folder, name);
    ht_status status = HT_OK;
    if (unlink(path) != 0 && errno != ENOENT)
        status = ht_fail(e, HT_IO, "cannot remove %s: %s", path, strerror(errno));
    free(path);
    return status;
}

/* Removes the files of a folder that `ours` knows; a folder that is not there holds none. */
static ht_status remove_matching(const char *folder, bool tables, ht_error *e) {
    DIR *dir = opendir(folder);
    if (!dir)
        return errno == ENOENT ? HT_OK
                               : ht_fail(e, HT_IO, "cannot read %s: %s", folder, strerror(errno));
    ht_status status = HT_OK;
    struct dirent *entry;
    while (status == HT_OK && (entry = readdir(dir)))
        if (tables ? is_table(folder, entry->d_name) : is_main_text(entry->d_name))
            status = outfile_remove(folder, entry->d_name, e);
    closedir(dir);
    return status;
}

ht_status outfile_remove_stale(const char *folder, ht_error *e) {
    static const char *const now_and_then[] = {"run.json", "main.jsonl", "rollup.csv", "ratios.csv",
                                               "boundaries.csv", "report.html", "corrections.csv",
                                               "quality.csv", "audit.csv", "tables.xlsx"};
    ht_status status = HT_OK;
    for (size_t i = 0; i < sizeof now_and_then / sizeof *now_and_then && status == HT_OK; i++)
        status = outfile_remove(folder, now_and_then[i], e);
    if (status == HT_OK) status = remove_matching(folder, true, e);
    static const char *const text_folders[] = {"main", "main.tmp"};
    for (size_t i = 0; i < 2 && status == HT_OK; i++) {
        char *path = outfile_path(folder, text_folders[i]);
        status = remove_matching(path, false, e);
        rmdir(path); /* stays when foreign files are in it */
        free(path);
    }
    return status;
}
