/* The command line -> a command and its options.
 *
 * ONE table of commands and one of options (options.c) drive the parser (arguments.c), the help
 * texts and the usage errors. A value is checked when it is read: behind cli_options_parse every option that is
 * given holds something its command understands. Refuses, with HT_USAGE and a suggestion: unknown
 * commands and options, options of other commands, options given twice, missing or wrong values.
 */
#ifndef HT_CLI_OPTIONS_H
#define HT_CLI_OPTIONS_H

#include "base/error.h"
#include "base/str.h"

typedef enum {
    OPT_OUT,
    OPT_ENCODING,
    OPT_FORMAT,
    OPT_TO,
    OPT_CONVERT,
    OPT_REPAIR,
    OPT_PUNCTUATION,
    OPT_REPORT,
    OPT_MAP,
    OPT_SITE_MODEL,
    OPT_VIEW,
    OPT_JOBS,
    OPT_CODEBOOK,
    OPT_BASE_REGION,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_MIN_CONFIDENCE,
    OPT_SCOPE,
    OPT_CHOOSE,
    OPT_PERIOD,
    OPT_LEVEL,
    OPT_ROLLUP,
    OPT_JOIN,
    OPT_BOUNDARIES,
    OPT_SOURCE_NAME,
    OPT_KEEP_TEXT,
    OPT_ALL_QUANTITIES,
    OPT_EXCEL,
    OPT_XLSX,
    OPT_MAX_REJECTS,
    OPT_PAGE,
    OPT_JSONL,
    OPT_JSON,
    OPT_MIN,
    OPT_SEED,
    OPT_DRAW,
    OPT_MARGIN,
    OPT_SIZE,
    OPT_OF,
    OPT_REVIEWER,
    OPT_PORT,
    OPT_SOURCE,
    OPT_AUDIT,
    OPT_DISAGREEMENTS,
    OPT_VERDICTS,
    OPT_REFERENCE,
    OPT_LANG,
    OPT_HELP,
    OPT_VERSION,
    N_OPTIONS
} cli_option_id;

typedef enum {
    CMD_RUN,
    CMD_NORMALIZE,
    CMD_EXTRACT,
    CMD_STATS,
    CMD_EXPLAIN,
    CMD_SITE_MODEL,
    CMD_CODEBOOK,
    CMD_EVALUATE,
    CMD_REPORT,
    CMD_SAMPLE,
    CMD_REVIEW,
    CMD_VERDICTS,
    CMD_DIFF,
    CMD_AUDIT,
    CMD_HELP,
    N_COMMANDS
} cli_command_id;

typedef struct {
    const char *flag;  /* without the dashes */
    char letter;       /* short form, or NUL */
    const char *value; /* placeholder; NULL: the option takes none */
    enum { VALUE_TEXT, VALUE_CHOICE, VALUE_COUNT, VALUE_LIMIT, VALUE_DAY, VALUE_CHARSET } kind;
    const char *choices; /* of VALUE_CHOICE: "auto|html|text" */
    unsigned commands;   /* bit 1 << cli_command_id */
    const char *help[2]; /* English, Chinese */
} cli_option;

typedef struct {
    const char *name;
    const char *operands; /* as the usage line shows them */
    int n_min, n_max;     /* operands; n_max -1: any number */
    const char *summary[2];
} cli_command;

extern const cli_option cli_option_table[N_OPTIONS];
extern const cli_command cli_command_table[N_COMMANDS];

typedef struct {
    cli_command_id command;
    const char *values[N_OPTIONS]; /* borrows argv; "" for a flag; NULL: not given */
    char **operands;               /* arena */
    int n_operands;
    int lang; /* 0 English, 1 Chinese: index into help and summary */
} cli_options;

/* argv without the program's name. --help and --version of a command are given as options. */
ht_status cli_options_parse(cli_options *o, ht_arena *a, int argc, char **argv, ht_error *e);

static inline bool cli_given(const cli_options *o, cli_option_id id) {
    return o->values[id] != NULL;
}
/* The option's text, or otherwise. */
ht_str cli_text(const cli_options *o, cli_option_id id, const char *otherwise);
/* The option's whole number, or otherwise. */
long cli_count(const cli_options *o, cli_option_id id, long otherwise);
/* The options as given, as a JSON object (for run.json), without what must not change an output. */
ht_str cli_options_json(const cli_options *o, ht_arena *a);
/* The command of that name; N_COMMANDS, and *e with a suggestion, if there is none. */
cli_command_id cli_command_find(const char *name, ht_error *e);

#endif
