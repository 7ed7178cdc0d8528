/* A file of OUT: bytes -> OUT/NAME, complete or not at all.
 *
 * What is written goes to OUT/NAME.tmp; commit flushes, fsyncs and renames. The first failure
 * sticks: writes after it do nothing and commit reports it. Cost: one buffer of 64 KiB.
 */
#ifndef HT_STATS_OUTFILE_H
#define HT_STATS_OUTFILE_H

#include "base/error.h"
#include "base/str.h"

#include <stdio.h>

typedef struct {
    FILE *stream; /* NULL: not open */
    char *temporary, *path; /* heap; no temporary: written through */
    int failure; /* errno of the first failure, 0: none */
} ht_outfile;

ht_status outfile_open(ht_outfile *f, const char *folder, const char *name, ht_error *e);
/* The same for a file that need not lie in a folder of ours. A link stays one: the file that it leads
 * to is replaced. A pipe, a device or the like is written through, as it goes. Refuses the file that
 * is standard output. */
ht_status outfile_open_path(ht_outfile *f, const char *path, ht_error *e);
/* Would both, which are open, become one file? */
bool outfile_same(const ht_outfile *a, const ht_outfile *b);
void outfile_write(ht_outfile *f, ht_str bytes);
/* Flushes, fsyncs and closes, so that of several files each can be known to be complete before the
 * first one appears. To be followed by commit or abandon. */
ht_status outfile_finish(ht_outfile *f, ht_error *e);
ht_status outfile_commit(ht_outfile *f, ht_error *e);
/* Drops what was not committed. May be called on a zeroed or committed file. */
void outfile_abandon(ht_outfile *f);

/* "folder/name" on the heap; ends the program when there is no memory for a path. */
char *outfile_path(const char *folder, const char *name);
/* mkdir -p */
ht_status outfile_make_folder(const char *path, ht_error *e);
/* Makes renames in the folder durable. */
ht_status outfile_sync_folder(const char *path, ht_error *e);

/* A file that is not there is removed already. */
ht_status outfile_remove(const char *folder, const char *name, ht_error *e);
/* Refuses a folder whose files of our names are not ours. */
ht_status outfile_check_ours(const char *folder, ht_error *e);
/* Removes what an earlier run left: run.json, tables, main texts. Foreign files stay. */
ht_status outfile_remove_stale(const char *folder, ht_error *e);

#endif
