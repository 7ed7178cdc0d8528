/* What the corpus is made of: a source turns one INPUT into records, one at a time.
 *
 * Internal to corpus/. A source is opened by source_open, which looks at what the INPUT is; each
 * kind has its own file and gives a vtable.
 */
#ifndef HT_CORPUS_SOURCE_H
#define HT_CORPUS_SOURCE_H

#include "corpus/corpus.h"

#include <stdatomic.h>
#include <sys/types.h>

typedef struct {
    const ht_corpus_options *options; /* borrows */
    size_t max_bytes;
    _Atomic uint64_t n_known, n_read; /* bytes */
    bool unknown;                     /* the size of some input is not known */
} corpus_state;

typedef struct source source;
struct source {
    /* Fills a zeroed *record; *more false at the end. source_path is relative, escaped. */
    ht_status (*next)(source *s, corpus_state *state, ht_arena *a, ht_record *record, bool *more,
                      ht_error *e);
    void (*close)(source *s); /* frees s */
};

source *source_stdin(void);
source *source_file(const char *path);
source *source_directory(const char *path, ht_error *e);

/* Sum of the sizes of the regular files below a directory; what cannot be read counts nothing. */
uint64_t directory_measure(const char *path);
/* Reads a whole file, below folder `at` (AT_FDCWD). Sets bytes or trouble. */
void file_read(int at, const char *path, const corpus_state *state, ht_arena *a, ht_record *record);
/* Reads an open descriptor to its end, n_expected being a guess. Sets bytes or trouble. */
void descriptor_read(int fd, size_t n_expected, const corpus_state *state, ht_arena *a,
                     ht_record *record);
/* The name in valid UTF-8: malformed bytes, and `%` in a name that has some, as %XX. Arena. */
ht_str path_escape(ht_arena *a, ht_str path);
/* Sets record->id from its other fields. */
void record_identify(ht_record *record);

#endif
