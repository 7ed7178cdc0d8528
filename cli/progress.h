/* How far a long command has come: one line on standard error, if that is a terminal. */
#ifndef HT_CLI_PROGRESS_H
#define HT_CLI_PROGRESS_H

#include "corpus/corpus.h"

#include <stdio.h>
#include <time.h>

typedef struct {
    bool shown; /* standard error is a terminal */
    int lang;
    struct timespec start, last;
    uint64_t n_records, n_rejected;
} cli_progress;

void cli_progress_start(cli_progress *p, int lang);
/* Another record is done; writes the line a few times a second. */
void cli_progress_step(cli_progress *p, const ht_corpus *corpus, bool rejected);
/* Clears the line. */
void cli_progress_end(cli_progress *p);
double cli_progress_seconds(const cli_progress *p);

#endif
