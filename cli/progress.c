#include "cli/progress.h"

#include <unistd.h>

#define EVERY_SECONDS 0.2

static double seconds_since(const struct timespec *t) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - t->tv_sec) + (double)(now.tv_nsec - t->tv_nsec) / 1e9;
}

void cli_progress_start(cli_progress *p, int lang) {
    *p = (cli_progress){.shown = isatty(STDERR_FILENO), .lang = lang};
    clock_gettime(CLOCK_MONOTONIC, &p->start);
    p->last = p->start;
}

static void write_line(const cli_progress *p, const ht_corpus *corpus) {
    uint64_t known, read;
    ht_corpus_progress(corpus, &known, &read);
    double seconds = cli_progress_seconds(p), mb = (double)read / 1e6;
    double rate = seconds > 0 ? mb / seconds : 0;
    fprintf(stderr,
            p->lang ? "\r\033[K%llu 篇，%.0f 篇/秒，%.1f MB/秒"
                    : "\r\033[K%llu articles, %.0f/s, %.1f MB/s",
            (unsigned long long)p->n_records, seconds > 0 ? (double)p->n_records / seconds : 0,
            rate);
    if (known > read && rate > 0) {
        long left = (long)(((double)known / 1e6 - mb) / rate);
        fprintf(stderr, p->lang ? "，还需 %ld:%02ld:%02ld" : ", %ld:%02ld:%02ld left", left / 3600,
                left / 60 % 60, left % 60);
    }
    if (p->n_rejected)
        fprintf(stderr, p->lang ? "，拒收 %llu" : ", %llu rejected",
                (unsigned long long)p->n_rejected);
    fflush(stderr);
}

void cli_progress_step(cli_progress *p, const ht_corpus *corpus, bool rejected) {
    p->n_records++;
    p->n_rejected += rejected;
    if (!p->shown || seconds_since(&p->last) < EVERY_SECONDS) return;
    clock_gettime(CLOCK_MONOTONIC, &p->last);
    write_line(p, corpus);
}

void cli_progress_end(cli_progress *p) {
    if (p->shown) fputs("\r\033[K", stderr);
    p->shown = false;
}

double cli_progress_seconds(const cli_progress *p) {
    return seconds_since(&p->start);
}
