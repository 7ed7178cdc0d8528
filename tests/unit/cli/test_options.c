#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_WORDS = 12 };

static ht_arena arena;
static ht_error error;

/* Parses words separated by blanks; `~` stands for an empty word. */
static ht_status parse(const char *line, cli_options *o) {
    char *words[MAX_WORDS];
    int n = 0;
    ht_str rest = ht_str_of(line), word;
    while (rest.n && ht_str_split(&rest, ' ', &word)) {
        assert_true(n < MAX_WORDS);
        words[n++] =
            ht_str_eq(word, HT_S("~")) ? ht_str_cstr(&arena, HT_S("")) : ht_str_cstr(&arena, word);
    }
    error = (ht_error){HT_OK, ""};
    return cli_options_parse(o, &arena, n, words, &error);
}

static void every_option_and_command_is_described(void **state) {
    (void)state;
    for (int i = 0; i < N_COMMANDS; i++) {
        const cli_command *c = &cli_command_table[i];
        assert_non_null(c->name);
        assert_non_null(c->operands);
        for (int k = 0; k < 2; k++) assert_true(c->summary[k] && *c->summary[k]);
        assert_int_equal(cli_command_find(c->name, &error), i);
    }
    for (int i = 0; i < N_OPTIONS; i++) {
        const cli_option *o = &cli_option_table[i];
        assert_non_null(o->flag);
        assert_int_not_equal(o->commands, 0);
        for (int k = 0; k < 2; k++) assert_true(o->help[k] && *o->help[k]);
        assert_true(!o->choices == (o->kind != VALUE_CHOICE));
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(o->flag, cli_option_table[k].flag);
            if (o->letter) assert_int_not_equal(o->letter, cli_option_table[k].letter);
        }
    }
}

static void good_lines(void **state) {
    (void)state;
    cli_options o;
    assert_int_equal(parse("run a b -o OUT --jobs=3 --keep-text", &o), HT_OK);
    assert_int_equal(o.command, CMD_RUN);
    assert_int_equal(o.n_operands, 2);
    assert_string_equal(o.operands[1], "b");
    assert_string_equal(o.values[OPT_OUT], "OUT");
    assert_int_equal(cli_count(&o, OPT_JOBS, 0), 3);
    assert_true(cli_given(&o, OPT_KEEP_TEXT));
    assert_false(cli_given(&o, OPT_EXCEL));
    assert_int_equal(parse("run -oOUT -j 12 --out=- x", &o), HT_USAGE); /* twice */
    assert_int_equal(parse("run -oOUT -j12 -", &o), HT_OK);
    assert_string_equal(o.operands[0], "-");
    assert_int_equal(cli_count(&o, OPT_JOBS, 0), 12);
    assert_int_equal(parse("extract -- --jobs", &o), HT_OK);
    assert_string_equal(o.operands[0], "--jobs");
    assert_int_equal(parse("explain --jsonl --lang zh", &o), HT_OK);
    assert_int_equal(o.lang, 1);
    assert_int_equal(parse("run --help", &o), HT_OK);
    assert_int_equal(parse("--version", &o), HT_OK);
    assert_true(cli_given(&o, OPT_VERSION));
}

static void wrong_lines(void **state) {
    (void)state;
    static const struct {
        const char *line, *said;
    } cases[] = {
        {"runn x", "did you mean 'run'"},
        {"codebok check x", "did you mean 'codebook'"},
        {"frobnicate", "no command"},
        {"run x -o O --job 3", "did you mean '--jobs'"},
        {"run x -o O --keeptext", "did you mean '--keep-text'"},
        {"run x -o O --completely-unknown-option-name-that-is-long", "no option"},
        {"extract x --excel", "no option '--excel'"},
        {"run x", "-o OUT is missing"},
        {"stats -o O --jobs 2", "no option '--jobs'"},
        {"run -o O", "too few"},
        {"codebook check a b", "too many"},
        {"run x -o", "needs a value"},
        {"run x -o ~", "it is empty"},
        {"run x -o O --jobs 0", "1 to 9999"},
        {"run x -o O --jobs 10000", "1 to 9999"},
        {"run x -o O --since 2025-13-01", "a day such as"},
        {"run x -o O --since 2025-1-1", "a day such as"},
        {"run x -o O --max-rejects 1.5", "a whole number"},
        {"run x -o O --max-rejects %", "per cent"},
        {"run x -o O --max-rejects 100.01%", "per cent"},
        {"run x -o O --format pdf", "auto|html|text"},
        {"run x -o O --format html|text", "auto|html|text"},
        {"run x -o O --encoding martian", "an encoding that is known"},
        {"run x -o O --excel=yes", "takes no value"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cli_options o;
        assert_int_equal(parse(cases[i].line, &o), HT_USAGE);
        if (!strstr(error.text, cases[i].said)) fail_msg("%s: %s", cases[i].line, error.text);
    }
}

static void limits_of_values(void **state) {
    (void)state;
    cli_options o;
    assert_int_equal(parse("run x -o O --jobs 9999", &o), HT_OK);
    assert_int_equal(parse("run x -o O --max-rejects 100%", &o), HT_OK);
    assert_int_equal(parse("run x -o O --max-rejects 0.5%", &o), HT_OK);
    assert_int_equal(parse("run x -o O --max-rejects 999999999999999", &o), HT_OK);
    assert_int_equal(parse("run x -o O --max-rejects 1000000000000000", &o), HT_USAGE);
}

static void json_holds_what_can_change_an_output(void **state) {
    (void)state;
    cli_options o;
    assert_int_equal(parse("run x -o O --jobs 2 --excel --since 2025-01-01", &o), HT_OK);
    ht_str json = cli_options_json(&o, &arena);
    assert_true(
        ht_str_eq(json, HT_S("{\"command\":\"run\",\"since\":\"2025-01-01\",\"excel\":true}")));
}

int main(void) {
    ht_arena_init(&arena, 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_option_and_command_is_described),
        cmocka_unit_test(good_lines),
        cmocka_unit_test(wrong_lines),
        cmocka_unit_test(limits_of_values),
        cmocka_unit_test(json_holds_what_can_change_an_output),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    ht_arena_free(&arena);
    return failed;
}
