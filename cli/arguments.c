/* argv -> cli_options, by the table in options.c; what is wrong with it, with a suggestion. */
#include "cli/json_text.h"
#include "cli/options.h"
#include "extract/time/time.h"
#include "normalize/normalize.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_WORD = 32 };

/* Edits (insert, delete, replace, swap neighbours) between two short words. */
static size_t distance(const char *a, const char *b) {
    size_t n = strlen(a), m = strlen(b), d[MAX_WORD + 1][MAX_WORD + 1];
    if (n > MAX_WORD || m > MAX_WORD) return SIZE_MAX;
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (d[i - 1][j] + 1 < best) best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best) best = d[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    }
    return d[n][m];
}

typedef struct {
    const char *word;
    size_t edits;
} nearest;

static void nearer(nearest *best, const char *typed, const char *word) {
    size_t edits = distance(typed, word);
    if (edits <= strlen(word) / 3 + 1 && edits < best->edits) *best = (nearest){word, edits};
}

cli_command_id cli_command_find(const char *name, ht_error *e) {
    nearest best = {NULL, SIZE_MAX};
    for (int i = 0; i < N_COMMANDS; i++) {
        if (strcmp(name, cli_command_table[i].name) == 0) return (cli_command_id)i;
        nearer(&best, name, cli_command_table[i].name);
    }
    if (best.word)
        ht_fail(e, HT_USAGE, "no command '%s'; did you mean '%s'?", name, best.word);
    else
        ht_fail(e, HT_USAGE, "no command '%s'; `hantally help` lists them", name);
    return N_COMMANDS;
}

static ht_status no_option(cli_command_id command, const char *typed, size_t n, ht_error *e) {
    const char *of = cli_command_table[command].name;
    char word[MAX_WORD + 1];
    nearest best = {NULL, SIZE_MAX};
    if (n <= MAX_WORD) {
        memcpy(word, typed, n);
        word[n] = '\0';
        for (int i = 0; i < N_OPTIONS; i++)
            if (cli_option_table[i].commands & 1u << command)
                nearer(&best, word, cli_option_table[i].flag);
    }
    if (best.word)
        return ht_fail(e, HT_USAGE, "%s: no option '--%.*s'; did you mean '--%s'?", of, (int)n,
                       typed, best.word);
    return ht_fail(e, HT_USAGE, "%s: no option '--%.*s'; `hantally help %s` lists them", of, (int)n,
                   typed, of);
}

static bool is_digits(ht_str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n > 0;
}

static bool is_choice(const char *choices, ht_str value) {
    ht_str rest = ht_str_of(choices), choice;
    while (ht_str_split(&rest, '|', &choice))
        if (ht_str_eq(choice, value)) return true;
    return false;
}

/* Digits with at most one point. */
static bool is_number(ht_str s) {
    size_t points = 0, digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        points += s.p[i] == '.';
        digits += s.p[i] >= '0' && s.p[i] <= '9';
    }
    return points <= 1 && digits && points + digits == s.n && s.n < 16;
}

static const char *value_expected(const cli_option *option, const char *text) {
    ht_str s = ht_str_of(text);
    switch (option->kind) {
    case VALUE_CHOICE: return is_choice(option->choices, s) ? NULL : option->choices;
    case VALUE_COUNT:
        return is_digits(s) && s.n <= 4 && atoi(text) > 0 ? NULL : "a whole number from 1 to 9999";
    case VALUE_DAY:
        return s.n == 10 && ht_day_parse(s) != HT_NO_DAY ? NULL : "a day such as 2025-03-01";
    case VALUE_LIMIT:
        if (s.n && s.p[s.n - 1] == '%') {
            s.n--;
            return is_number(s) && atof(text) <= 100 ? NULL : "a per cent from 0% to 100%";
        }
        return is_digits(s) && s.n <= 15 ? NULL : "a whole number, or a per cent such as 2%";
    case VALUE_CHARSET: return ht_charset_of_label(s) ? NULL : "an encoding that is known";
    case VALUE_TEXT: break;
    }
    return *text ? NULL : "a value: it is empty";
}

static ht_status option_set(cli_options *o, int id, const char *value, ht_error *e) {
    const cli_option *option = &cli_option_table[id];
    const char *of = cli_command_table[o->command].name;
    if (o->values[id]) return ht_fail(e, HT_USAGE, "%s: --%s is given twice", of, option->flag);
    const char *expected = option->value ? value_expected(option, value) : NULL;
    if (expected)
        return ht_fail(e, HT_USAGE, "%s: --%s '%s' is not %s%s", of, option->flag, value,
                       option->kind == VALUE_CHOICE ? "one of " : "", expected);
    o->values[id] = value;
    return HT_OK;
}

static int option_find(cli_command_id command, ht_str flag, char letter) {
    for (int i = 0; i < N_OPTIONS; i++) {
        const cli_option *option = &cli_option_table[i];
        if (!(option->commands & 1u << command)) continue;
        if (letter ? option->letter == letter : ht_str_eq(ht_str_of(option->flag), flag)) return i;
    }
    return N_OPTIONS;
}

/* Reads the option at argv[*at], with its value, and moves *at behind what was used. */
static ht_status option_read(cli_options *o, int argc, char **argv, int *at, ht_error *e) {
    const char *word = argv[(*at)++], *value = NULL;
    const char *of = cli_command_table[o->command].name;
    int id;
    if (word[1] == '-') {
        ht_str flag = ht_str_of(word + 2);
        size_t equals = ht_str_find(flag, HT_S("="), 0);
        if (equals != SIZE_MAX) {
            value = word + 2 + equals + 1;
            flag.n = equals;
        }
        id = option_find(o->command, flag, 0);
        if (id == N_OPTIONS) return no_option(o->command, flag.p, flag.n, e);
    } else {
        id = option_find(o->command, HT_S(""), word[1]);
        if (id == N_OPTIONS)
            return ht_fail(e, HT_USAGE, "%s: no option '%s'; `hantally help %s` lists them", of,
                           word, of);
        if (word[2]) value = word + 2;
    }
    const cli_option *option = &cli_option_table[id];
    if (!option->value && value)
        return ht_fail(e, HT_USAGE, "%s: --%s takes no value", of, option->flag);
    if (option->value && !value) {
        if (*at == argc)
            return ht_fail(e, HT_USAGE, "%s: --%s needs a value: %s", of, option->flag,
                           option->value);
        value = argv[(*at)++];
    }
    return option_set(o, id, value ? value : "", e);
}

static ht_status check_operands(const cli_options *o, ht_error *e) {
    const cli_command *command = &cli_command_table[o->command];
    if (o->n_operands < command->n_min || (command->n_max >= 0 && o->n_operands > command->n_max))
        return ht_fail(e, HT_USAGE, "%s: too %s arguments; usage: hantally %s %s", command->name,
                       o->n_operands < command->n_min ? "few" : "many", command->name,
                       command->operands);
    return HT_OK;
}

ht_status cli_options_parse(cli_options *o, ht_arena *a, int argc, char **argv, ht_error *e) {
    *o = (cli_options){.command = CMD_HELP, .operands = HT_ARRAY(a, char *, (size_t)argc + 1)};
    int at = 0;
    if (argc && argv[0][0] != '-') {
        o->command = cli_command_find(argv[at++], e);
        if (o->command == N_COMMANDS) return HT_USAGE;
    }
    bool options_end = false;
    while (at < argc) {
        if (!options_end && strcmp(argv[at], "--") == 0) {
            options_end = true;
            at++;
        } else if (!options_end && argv[at][0] == '-' && argv[at][1]) {
            ht_status status = option_read(o, argc, argv, &at, e);
            if (status != HT_OK) return status;
        } else {
            o->operands[o->n_operands++] = argv[at++];
        }
    }
    o->lang = ht_str_eq(cli_text(o, OPT_LANG, "en"), HT_S("zh"));
    if (cli_given(o, OPT_HELP) || cli_given(o, OPT_VERSION)) return HT_OK;
    ht_status status = check_operands(o, e);
    if (status != HT_OK) return status;
    static const cli_option_id cleaning[] = {OPT_TO, OPT_REPAIR, OPT_PUNCTUATION, OPT_REPORT,
                                             OPT_MAP};
    for (size_t i = 0; cli_given(o, OPT_CONVERT) && i < sizeof cleaning / sizeof *cleaning; i++)
        if (cli_given(o, cleaning[i]))
            return ht_fail(e, HT_USAGE,
                           "normalize: --convert cleans nothing, so --%s has no meaning with it",
                           cli_option_table[cleaning[i]].flag);
    if (cli_option_table[OPT_OUT].commands & 1u << o->command && !cli_given(o, OPT_OUT) &&
        o->command != CMD_VERDICTS)
        return ht_fail(e, HT_USAGE, "%s: -o OUT is missing: the %s to write",
                       cli_command_table[o->command].name,
                       o->command == CMD_SITE_MODEL ? "file" : "folder");
    return HT_OK;
}

ht_str cli_text(const cli_options *o, cli_option_id id, const char *otherwise) {
    return ht_str_of(o->values[id] ? o->values[id] : otherwise);
}

long cli_count(const cli_options *o, cli_option_id id, long otherwise) {
    return o->values[id] ? strtol(o->values[id], NULL, 10) : otherwise;
}

ht_str cli_options_json(const cli_options *o, ht_arena *a) {
    ht_buf b;
    ht_buf_init(&b, a);
    ht_buf_byte(&b, '{');
    cli_json_member(&b, "command", ht_str_of(cli_command_table[o->command].name));
    for (int i = 0; i < N_OPTIONS; i++) {
        /* The number of threads and the name of the folder change nothing in what is written. */
        if (!o->values[i] || i == OPT_JOBS || i == OPT_OUT || i == OPT_LANG) continue;
        if (cli_option_table[i].value)
            cli_json_member(&b, cli_option_table[i].flag, ht_str_of(o->values[i]));
        else
            cli_json_flag(&b, cli_option_table[i].flag, true);
    }
    ht_buf_byte(&b, '}');
    return ht_buf_str(&b);
}
