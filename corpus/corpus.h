/* Inputs -> records: files, directories (walked in memcmp order of their relative paths) and stdin.
 *
 * A record's bytes are read whole, up to a limit; what cannot be read is a record with a trouble,
 * so that it reaches rejected.csv: empty            no bytes                       too-large   more
 * than max_bytes unreadable       open, read or list failed      not-a-file  a pipe, a device, a
 * socket directory-link   a link to a directory inside a directory: never followed, so no walk can
 * loop container        a compressed file, an archive or a WARC, which has to be unpacked first
 *   too-deep         more than HT_CORPUS_MAX_DEPTH folders below the INPUT
 * Containers (archives, WARC, JSON Lines, tables) become sources behind the vtable of source.h.
 *
 * Article ids: `a` + the first 16 hex digits of XXH3-128 (seed 0) over four fields, each as its
 * length in 8 bytes, little endian, and its bytes: source_path, member, the record number in
 * decimal, the payload. They depend on nothing else: not on the order of the inputs, nor on time.
 *
 * Costs one read of each file; memory is one record and, for each open directory, some 32,000
 * names.
 */
#ifndef HT_CORPUS_H
#define HT_CORPUS_H

#include "base/error.h"
#include "base/str.h"

#define HT_CORPUS_MAX_BYTES ((size_t)16 << 20)
#define HT_CORPUS_MAX_DEPTH 128

typedef struct {
    ht_str source_path; /* relative to its INPUT, '/' separators, non-UTF-8 bytes as %XX; "-" for
                           stdin */
    ht_str member;      /* inside a container; empty */
    uint64_t record;    /* number within the member, from 0 */
    uint64_t offset;    /* of the record in the source, bytes */
    ht_str field;       /* of a table or JSON object; empty */
    ht_str url;         /* what the container says; empty */
    ht_str charset;     /* what the container says; empty */
    ht_str date;        /* what the container says; empty */
    ht_str bytes;       /* the payload */
    ht_trouble trouble; /* code != NULL: could not be read; bytes is empty */
    char id[18];        /* article id: 'a' + 16 hex digits, NUL */
} ht_record;

typedef struct ht_corpus ht_corpus;

typedef struct {
    ht_str source_name; /* --source-name: replaces the path in ids and rows; empty: not given */
    size_t max_bytes;   /* of one record; 0: HT_CORPUS_MAX_BYTES */
    bool measure;       /* walk the directories once before, so that progress knows their size */
} ht_corpus_options;

/* Opens the inputs (paths or "-"), of which n > 0. Borrows inputs and options for its lifetime. An
 * input that does not exist is an error; what fails inside a directory is a record with a trouble.
 */
ht_status ht_corpus_open(ht_corpus **c, char *const *inputs, size_t n,
                         const ht_corpus_options *options, ht_error *e);
/* The next record, all its strings in the arena; HT_OK and *more false at the end. */
ht_status ht_corpus_next(ht_corpus *c, ht_arena *a, ht_record *record, bool *more, ht_error *e);
/* For progress: bytes of input known so far (0: unknown, as for stdin and directories that were
 * not measured) and read so far. May be called from another thread. */
void ht_corpus_progress(const ht_corpus *c, uint64_t *n_bytes_known, uint64_t *n_bytes_read);
void ht_corpus_close(ht_corpus *c); /* NULL is allowed */

#endif
