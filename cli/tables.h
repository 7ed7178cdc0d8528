/* The compiled-in tables and the codebook, opened once and shared by every thread of a command. */
#ifndef HT_CLI_TABLES_H
#define HT_CLI_TABLES_H

#include "cli/options.h"
#include "extract/figure/figure.h"
#include "extract/page/site.h"
#include "normalize/normalize.h"

typedef struct {
    const ht_cleaner *cleaner;
    ht_reader reader;
    ht_codebook codebook;
    uint32_t base_region;      /* --base-region; 0: none */
    ht_site_model *site_model; /* --site-model; NULL: none */
    ht_str site_model_hash;    /* XXH3-128 of its file, hex */
} cli_tables;

/* Opens all of them for the options. The codebook lives in the arena. HT_CODEBOOK for a codebook,
 * a base region or a site model that is not one. */
ht_status cli_tables_open(cli_tables *t, ht_arena *a, const cli_options *o, ht_error *e);
/* The same with a codebook file of that name. */
ht_status cli_tables_open_with(cli_tables *t, ht_arena *a, const char *codebook, ht_error *e);
/* The whole file, in the arena; HT_IO when it cannot be read or is larger than 256 MiB. */
ht_status cli_file_read(ht_arena *a, const char *path, ht_str *bytes, ht_error *e);

#endif
