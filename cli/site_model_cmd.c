/* Pages -> the model of their sites: which lines are a host's furniture because they repeat. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/parser_memory.h"
#include "cli/reading.h"
#include "cli/workers.h"
#include "extract/page/feature.h"
#include "stats/sites.h"

#include <stdio.h>

enum { SAMPLE_BYTES = 60 };

typedef struct {
    cli_reading *reading;
    ht_sites *sites;
    uint64_t n_pages, n_without_host;
} learner;

/* What a page says of its host; no blocks: it says nothing. */
typedef struct {
    ht_site_block *blocks;
    size_t n;
    bool rejected, no_host;
} lesson;

typedef struct {
    const learner *l;
    ht_arena *scratch, *out;
    const ht_record *record;
    lesson *lesson;
} page_work;

static ht_str beginning(ht_arena *a, ht_str text) {
    size_t n = text.n < SAMPLE_BYTES ? text.n : SAMPLE_BYTES;
    while (n && n < text.n && ((unsigned char)text.p[n] & 0xC0) == 0x80) n--;
    char *copy = ht_str_cstr(a, ht_sub(text, 0, n));
    for (size_t i = 0; i < n; i++)
        if (copy[i] == '\t' || copy[i] == '\n') copy[i] = ' ';
    return (ht_str){copy, n};
}

static void add_block(page_work *w, ht_map *seen, ht_str host, uint64_t title, size_t at,
                      const ht_block *block) {
    page_feature f;
    page_feature_make(&f, w->scratch, page_vocab_get(), block);
    uint32_t *known =
        ht_map_put(seen, ht_str_copy(w->scratch, (ht_str){(const char *)&f.hash, sizeof f.hash}));
    if ((*known)++) return;
    w->lesson->blocks[w->lesson->n++] =
        (ht_site_block){.host = host,
                        .at = at,
                        .title = title,
                        .block = f.hash,
                        .kept = block->keep,
                        .text = beginning(w->out, block->text.text)};
}

static bool read_page(void *context, ht_trouble *trouble) {
    page_work *w = context;
    cli_document *d = HT_NEW(w->scratch, cli_document);
    if (!cli_document_read(&w->l->reading->pipeline, w->scratch, w->record, d, trouble))
        return false;
    ht_str host = ht_str_copy(w->out, ht_page_host(w->scratch, &d->page, w->record->url));
    if (!host.n) {
        w->lesson->no_host = true;
        return true;
    }
    ht_str title = d->article.title.n ? d->article.title : d->article.main;
    uint64_t title_hash = page_hash(w->scratch, title);
    ht_map seen;
    ht_map_init(&seen, w->scratch);
    w->lesson->blocks = HT_ARRAY(w->out, ht_site_block, d->page.n_blocks);
    for (size_t i = 0; i < d->page.n_blocks; i++)
        add_block(w, &seen, host, title_hash, i, &d->page.blocks[i]);
    return true;
}

static void *work(void *context, ht_arena *scratch, ht_arena *out, const ht_record *record) {
    lesson *lesson_of = HT_NEW(out, lesson);
    page_work w = {context, scratch, out, record, lesson_of};
    ht_trouble trouble = record->trouble;
    lesson_of->rejected = trouble.code || !cli_guarded(scratch, read_page, &w, &trouble);
    if (lesson_of->rejected) lesson_of->n = 0;
    return lesson_of;
}

static ht_status emit(void *context, void *done, const ht_record *record, ht_error *e) {
    (void)record;
    learner *l = context;
    lesson *of = done;
    ht_status status = HT_OK;
    l->n_pages += !of->rejected;
    l->n_without_host += of->no_host;
    for (size_t i = 0; i < of->n && status == HT_OK; i++) {
        of->blocks[i].page = l->n_pages;
        status = ht_sites_add(l->sites, &of->blocks[i], e);
    }
    cli_progress_step(&l->reading->progress, l->reading->corpus, of->rejected);
    return status;
}

static ht_status learn(learner *l, const cli_options *o, ht_error *e) {
    cli_work w = {work, emit, l, CLI_DOCUMENT_BYTES, l->reading->n_jobs};
    uint64_t n_lines, n_hosts;
    cli_parser_start();
    cli_interrupt_watch();
    ht_status status = ht_sites_open(&l->sites, o->values[OPT_OUT], e);
    if (status == HT_OK) status = cli_work_run(&w, l->reading->corpus, e);
    cli_progress_end(&l->reading->progress);
    if (status == HT_OK && cli_interrupted()) status = ht_fail(e, HT_FAILED, "interrupted");
    if (status == HT_OK)
        status = ht_sites_finish(l->sites, HT_SITE_MODEL_HEADER, &n_lines, &n_hosts, e);
    if (status == HT_OK)
        fprintf(
            stderr,
            "hantally: %llu pages, %llu of them on no known host; %llu blocks that repeat -> %s "
            "(hosts: %llu)\n",
            (unsigned long long)l->n_pages, (unsigned long long)l->n_without_host,
            (unsigned long long)n_lines, o->values[OPT_OUT], (unsigned long long)n_hosts);
    ht_sites_close(l->sites);
    return status;
}

ht_status cli_site_model(const cli_options *o, ht_arena *a, ht_error *e) {
    cli_reading r;
    learner l = {.reading = &r};
    ht_status status = cli_reading_open(&r, a, o, e);
    if (status == HT_OK) status = learn(&l, o, e);
    cli_reading_close(&r);
    cli_interrupt_raise();
    return status;
}
