#include "cli/options.h"

#include "cli/json_text.h"
#include "extract/time/time.h"
#include "normalize/normalize.h"

#include <stdlib.h>
#include <string.h>

#define ON(command) (1u << CMD_##command)
#define READING (ON(RUN) | ON(EXTRACT))
#define PAGES (READING | ON(SITE_MODEL))
#define TABLES (ON(RUN) | ON(STATS))
#define ALL ((1u << N_COMMANDS) - 1)

const cli_command cli_command_table[N_COMMANDS] = {
    [CMD_RUN] = {"run",
                 "INPUT... -o OUT",
                 1,
                 -1,
                 {"read a dump and write its tables: the main job",
                  "读取新闻语料并写出各种表格：主要工作"}},
    [CMD_NORMALIZE] = {"normalize",
                       "[FILE...]",
                       0,
                       -1,
                       {"text in any Chinese encoding -> clean UTF-8 on standard output",
                        "任何中文编码的文本 → 干净的 UTF-8（标准输出）"}},
    [CMD_EXTRACT] = {"extract",
                     "INPUT...",
                     1,
                     -1,
                     {"articles and figures as JSON Lines on standard output",
                      "把文章和数字写成 JSON Lines（标准输出）"}},
    [CMD_STATS] = {"stats",
                   "[FILE...] -o OUT",
                   0,
                   -1,
                   {"the JSON Lines of extract -> the tables",
                    "由 extract 的 JSON Lines 汇总成表格"}},
    [CMD_EXPLAIN] = {"explain",
                     "TEXT|-",
                     0,
                     1,
                     {"how each number of a text is understood, rule by rule",
                      "逐条规则说明一段文字里的每个数字是怎样读懂的"}},
    [CMD_SITE_MODEL] = {"site-model",
                        "INPUT... -o FILE",
                        1,
                        -1,
                        {"learn from many pages which lines are a site's own, for --site-model",
                         "从大量网页学习各网站的固定内容，供 --site-model 使用"}},
    [CMD_CODEBOOK] = {"codebook",
                      "check|test|new FILE",
                      2,
                      2,
                      {"check a codebook, run its examples, or write a new one",
                       "检查指标手册、运行其中的例句，或新建一份"}},
    [CMD_EVALUATE] = {"evaluate",
                      "OUT GOLD",
                      2,
                      2,
                      {"precision, recall and F1 against gold files",
                       "对照标准答案计算准确率、召回率和 F1"}},
    [CMD_REPORT] = {"report",
                    "OUT",
                    1,
                    1,
                    {"OUT/report.html again: the tables to look at, in one file; --lang fixes its language",
                     "重写 OUT/report.html：单文件网页，可看图表与原句；--lang 定其语言"}},
    [CMD_SAMPLE] = {"sample",
                    "OUT",
                    1,
                    1,
                    {"a sample of a run's figures as CSV, to be judged in a spreadsheet",
                     "从结果中抽取一份样本（CSV），供在电子表格中核对"}},
    [CMD_REVIEW] = {"review",
                    "OUT",
                    1,
                    1,
                    {"the spot-check page on 127.0.0.1", "在 127.0.0.1 上打开抽样核对页面"}},
    [CMD_VERDICTS] = {"verdicts",
                      "score|agreement|export|import|gold|orphans OUT [FILE]",
                      2,
                      3,
                      {"what the verdicts say, as text, CSV or gold; or read a coded sample",
                       "汇总或导出核对结果（文本、CSV、标准答案），或读入已编码的样本"}},
    [CMD_DIFF] = {"diff",
                  "OUT1 OUT2",
                  2,
                  2,
                  {"what changed between two runs, by cell and by figure",
                   "逐格、逐条列出两次运行的差别"}},
    [CMD_AUDIT] = {"audit",
                   "OUT",
                   1,
                   1,
                   {"what in a run cannot be right together, the surest first",
                    "找出不可能同时正确的数字，最可疑的在前"}},
    [CMD_HELP] = {"help",
                  "[COMMAND]",
                  0,
                  1,
                  {"what a command does and which options it takes", "说明一个命令及其选项"}},
};

const cli_option cli_option_table[N_OPTIONS] = {
    [OPT_OUT] = {"out",
                 'o',
                 "OUT",
                 VALUE_TEXT,
                 NULL,
                 TABLES | ON(SITE_MODEL) | ON(VERDICTS),
                 {"the folder to write (site-model: the file)", "输出目录（site-model：输出文件）"}},
    [OPT_ENCODING] = {"encoding",
                      0,
                      "LABEL",
                      VALUE_CHARSET,
                      NULL,
                      PAGES | ON(NORMALIZE) | ON(EXPLAIN),
                      {"the encoding of the input; default: found out for each record",
                       "输入的编码；默认逐篇判断"}},
    [OPT_FORMAT] = {"format",
                    0,
                    "FORMAT",
                    VALUE_CHOICE,
                    "auto|html|text",
                    PAGES | ON(EXPLAIN),
                    {"read records as web pages or as plain text; default: auto",
                     "按网页还是按纯文本读取；默认 auto"}},
    [OPT_TO] = {"to",
                0,
                "SCRIPT",
                VALUE_CHOICE,
                "hans|hant|tw|hk|keep",
                READING | ON(NORMALIZE),
                {"the script of the text that is written; default: hans",
                 "输出文字的字形；默认 hans（简体）"}},
    [OPT_CONVERT] =
        {"convert",
         0,
         "NAME",
         VALUE_CHOICE,
         "t2s|s2t|s2tw|s2twp|s2hk|s2hkp|tw2s|tw2sp|tw2t|hk2s|hk2sp|hk2t|t2tw|t2hk|t2jp|jp2t",
         ON(NORMALIZE),
         {"only convert the script, exactly as OpenCC does", "只转换字形，与 OpenCC 完全一致"}},
    [OPT_REPAIR] = {"repair",
                    0,
                    "LEVEL",
                    VALUE_CHOICE,
                    "all|exact|off",
                    READING | ON(NORMALIZE) | ON(EXPLAIN),
                    {"undo damage: all of it, only what is proved, or none; default: all",
                     "修复损坏：全部、仅可证实的、不修复；默认 all"}},
    [OPT_PUNCTUATION] = {"punctuation",
                         0,
                         "FORM",
                         VALUE_CHOICE,
                         "keep|ascii",
                         ON(NORMALIZE),
                         {"keep the marks as they stand, or write ASCII ones; default: keep",
                          "保留原有标点或改成 ASCII 标点；默认 keep"}},
    [OPT_REPORT] = {"report",
                    0,
                    "FILE",
                    VALUE_TEXT,
                    NULL,
                    ON(NORMALIZE),
                    {"write every repair as a line of JSON", "把每处修复写成一行 JSON"}},
    [OPT_MAP] = {"map",
                 0,
                 "FILE",
                 VALUE_TEXT,
                 NULL,
                 ON(NORMALIZE),
                 {"write from which bytes each character comes, as CSV",
                  "把每个字符的来源字节写成 CSV"}},
    [OPT_SITE_MODEL] = {"site-model",
                        0,
                        "FILE",
                        VALUE_TEXT,
                        NULL,
                        READING | ON(EXPLAIN),
                        {"drop what site-model found to be the sites' own lines",
                         "去掉 site-model 找出的网站固定内容"}},
    [OPT_VIEW] = {"view",
                  0,
                  "FILE",
                  VALUE_TEXT,
                  NULL,
                  ON(EXPLAIN),
                  {"with --page: write the blocks as a coloured web page too",
                   "与 --page 同用：另写一个彩色网页"}},
    [OPT_JOBS] = {"jobs",
                  'j',
                  "N",
                  VALUE_COUNT,
                  NULL,
                  PAGES,
                  {"threads; default: one a core. The output is the same for any number",
                   "线程数；默认每核一个。输出与线程数无关"}},
    [OPT_CODEBOOK] = {"codebook",
                      0,
                      "NAME|FILE",
                      VALUE_TEXT,
                      NULL,
                      READING | ON(STATS) | ON(EXPLAIN) | ON(REPORT) | ON(REVIEW) | ON(VERDICTS),
                      {"the indicators: a ready set or a YAML file; default: gig-work",
                       "指标手册：内置名称或 YAML 文件；默认 gig-work"}},
    [OPT_BASE_REGION] = {"base-region",
                         0,
                         "CODE",
                         VALUE_TEXT,
                         NULL,
                         READING | ON(EXPLAIN),
                         {"the region that a text is about where it says none itself: six digits",
                          "文中未说明时所指的地区：六位区划代码"}},
    [OPT_SINCE] = {"since",
                   0,
                   "DAY",
                   VALUE_DAY,
                   NULL,
                   READING,
                   {"leave out what was published before DAY (2025-03-01)",
                    "略去此日之前发布的文章（2025-03-01）"}},
    [OPT_UNTIL] = {"until",
                   0,
                   "DAY",
                   VALUE_DAY,
                   NULL,
                   READING,
                   {"leave out what was published after DAY", "略去此日之后发布的文章"}},
    [OPT_MIN_CONFIDENCE] =
        {"min-confidence",
         0,
         "LEVEL",
         VALUE_CHOICE,
         "low|medium|high",
         TABLES | READING,
         {"figures that enter the regional tables (default: medium), or for\n"
          "                                    extract those that are written (default: low)",
          "进入地区表的最低可信度（默认 medium）；extract：写出的最低可信度（默认 low）"}},
    [OPT_SCOPE] = {"scope",
                   0,
                   "SCOPE",
                   VALUE_CHOICE,
                   "whole|all",
                   TABLES,
                   {"whole: totals of a region only; all: parts of it too; default: whole",
                    "whole：只收全地区总数；all：也收局部数；默认 whole"}},
    [OPT_CHOOSE] = {"choose",
                    0,
                    "HOW",
                    VALUE_CHOICE,
                    "latest|most-sources|max|median",
                    TABLES,
                    {"which of several values a cell shows; default: as the codebook says,\n"
                     "                                    which is the latest where it says nothing",
                     "同一格有多个数值时取哪一个；默认依指标手册，未写明则取最新（latest）"}},
    [OPT_PERIOD] = {"period",
                    0,
                    "LENGTH",
                    VALUE_CHOICE,
                    "year|quarter|month",
                    TABLES,
                    {"the columns of the time series; default: year", "时间序列的列：年、季、月；默认 year"}},
    [OPT_LEVEL] = {"level",
                   0,
                   "LEVEL",
                   VALUE_CHOICE,
                   "country|province|prefecture|county",
                   TABLES,
                   {"regions of this level only; default: all", "只列这一级的地区；默认全部"}},
    [OPT_ROLLUP] = {"rollup",
                    0,
                    NULL,
                    VALUE_TEXT,
                    NULL,
                    TABLES,
                    {"add children up where a region has no number of its own, and say\n"
                     "                                    how many of them are known",
                     "地区没有自己的数值时由下级相加，并注明已知下级的数目"}},
    [OPT_JOIN] = {"join",
                  0,
                  "FILE",
                  VALUE_TEXT,
                  NULL,
                  TABLES,
                  {"a CSV of your own with region_code: numbers are divided by its columns",
                   "自备的含 region_code 的 CSV：各数值分别除以其各列"}},
    [OPT_BOUNDARIES] = {"boundaries",
                        0,
                        "DAY",
                        VALUE_DAY,
                        NULL,
                        TABLES,
                        {"divisions as on DAY: those dissolved or renamed go to their successors",
                         "按此日的行政区划：已撤销或更名的归入其继任者"}},
    [OPT_SOURCE_NAME] = {"source-name",
                         0,
                         "NAME",
                         VALUE_TEXT,
                         NULL,
                         READING,
                         {"stands for the path in ids and tables", "在编号和表格中代替文件路径"}},
    [OPT_KEEP_TEXT] = {"keep-text",
                       0,
                       NULL,
                       VALUE_TEXT,
                       NULL,
                       TABLES,
                       {"write the main text of every article too", "同时写出每篇文章的正文"}},
    [OPT_ALL_QUANTITIES] = {"all-quantities",
                            0,
                            NULL,
                            VALUE_TEXT,
                            NULL,
                            READING | ON(EXPLAIN),
                            {"dates, times, ordinals, identifiers and names too",
                             "也列出日期、时刻、序数、编号和名称"}},
    [OPT_EXCEL] = {"excel",
                   0,
                   NULL,
                   VALUE_TEXT,
                   NULL,
                   TABLES,
                   {"CSV for Excel: a byte order mark, and formulas made harmless",
                    "供 Excel 打开的 CSV：加 BOM，并使公式失效"}},
    [OPT_XLSX] = {"xlsx",
                  0,
                  NULL,
                  VALUE_TEXT,
                  NULL,
                  TABLES,
                  {"write tables.xlsx too: tables, figures with their sentences, dictionary",
                   "另写 tables.xlsx：各表、数字及其句子、数据字典"}},
    [OPT_MAX_REJECTS] = {"max-rejects",
                         0,
                         "N|P%",
                         VALUE_LIMIT,
                         NULL,
                         READING | ON(STATS),
                         {"status 1 if more records than this are rejected; default: no limit",
                          "被拒记录超过此数则以状态 1 结束；默认不限"}},
    [OPT_PAGE] = {"page",
                  0,
                  "FILE",
                  VALUE_TEXT,
                  NULL,
                  ON(EXPLAIN),
                  {"show which blocks of a page are kept and dropped, and why",
                   "列出网页中保留和丢弃的段落及理由"}},
    [OPT_JSONL] = {"jsonl",
                   0,
                   NULL,
                   VALUE_TEXT,
                   NULL,
                   ON(EXPLAIN),
                   {"read {id, text, publisher, published} lines, answer one JSON line each",
                    "逐行读取 {id, text, publisher, published}，逐行以 JSON 回答"}},
    [OPT_JSON] = {"json",
                  0,
                  NULL,
                  VALUE_TEXT,
                  NULL,
                  ON(EXPLAIN) | ON(CODEBOOK) | ON(EVALUATE) | ON(VERDICTS) | ON(DIFF) | ON(AUDIT),
                  {"JSON instead of a text for people", "输出 JSON，而不是供人阅读的文字"}},
    [OPT_MIN] = {"min",
                 0,
                 "F1",
                 VALUE_TEXT,
                 NULL,
                 ON(EVALUATE),
                 {"status 1 if the F1 of main text, quantities or figures is below this (0.9)",
                  "正文、数字或指标数的 F1 低于此值则以状态 1 结束（0.9）"}},
    [OPT_SEED] = {"seed",
                  0,
                  "N",
                  VALUE_TEXT,
                  NULL,
                  ON(SAMPLE) | ON(REVIEW),
                  {"the seed of the sample: the same seed draws the same; default: 1",
                   "抽样种子：相同种子得到相同样本；默认 1"}},
    [OPT_DRAW] = {"draw",
                  0,
                  "HOW",
                  VALUE_CHOICE,
                  "stratified|simple",
                  ON(SAMPLE) | ON(REVIEW),
                  {"by indicator and province, or simply at random; default: stratified",
                   "按指标和省份分层，或简单随机；默认 stratified"}},
    [OPT_MARGIN] = {"margin",
                    0,
                    "P%",
                    VALUE_LIMIT,
                    NULL,
                    ON(SAMPLE) | ON(REVIEW),
                    {"the wished half width of the 95 % interval, from which the size follows;\n"
                     "                                    default: 5%",
                     "希望的 95 % 区间半宽，由此决定样本量；默认 5%"}},
    [OPT_SIZE] = {"size",
                  0,
                  "N",
                  VALUE_TEXT,
                  NULL,
                  ON(SAMPLE) | ON(REVIEW),
                  {"the size of the sample, instead of a margin", "直接指定样本量"}},
    [OPT_OF] = {"of",
                0,
                "WHICH",
                VALUE_CHOICE,
                "indicators|all",
                ON(SAMPLE) | ON(REVIEW),
                {"figures with an indicator, or all; default: indicators",
                 "只抽有指标的数字，或全部；默认 indicators"}},
    [OPT_REVIEWER] = {"reviewer",
                      0,
                      "NAME",
                      VALUE_TEXT,
                      NULL,
                      ON(REVIEW) | ON(VERDICTS),
                      {"whose verdicts these are; default: 1. verdicts score, export: only this one's",
                       "核对人；默认 1。verdicts score、export：只取此人的"}},
    [OPT_PORT] = {"port",
                  0,
                  "N",
                  VALUE_TEXT,
                  NULL,
                  ON(REVIEW),
                  {"the port to listen on; default: any free one", "监听端口；默认任选空闲端口"}},
    [OPT_SOURCE] = {"source",
                    0,
                    "DIR",
                    VALUE_TEXT,
                    NULL,
                    ON(REVIEW),
                    {"the folder that the inputs lie in, to show the bytes as they were read",
                     "输入文件所在目录，用于显示原始字节"}},
    [OPT_AUDIT] = {"audit",
                   0,
                   NULL,
                   VALUE_TEXT,
                   NULL,
                   ON(REVIEW),
                   {"go through the list of hantally audit", "逐个核对 hantally audit 的清单"}},
    [OPT_DISAGREEMENTS] = {"disagreements",
                           0,
                           NULL,
                           VALUE_TEXT,
                           NULL,
                           ON(REVIEW),
                           {"settle what reviewers saw differently", "裁定核对人意见不同之处"}},
    [OPT_VERDICTS] = {"verdicts",
                      0,
                      "FILE",
                      VALUE_TEXT,
                      NULL,
                      TABLES | ON(REVIEW) | ON(VERDICTS),
                      {"run, stats: correct the tables by these verdicts. review, verdicts: the\n"
                       "                                    file; default: OUT/verdicts.db",
                       "run、stats：按核对结果更正表格；review、verdicts：所用文件，默认 OUT/verdicts.db"}},
    [OPT_REFERENCE] = {"reference",
                       0,
                       "CSV",
                       VALUE_TEXT,
                       NULL,
                       ON(AUDIT),
                       {"numbers to hold against the tables: region_code, indicator, period, value, …",
                        "用来核对的数据：region_code、indicator、period、value 等列"}},
    [OPT_LANG] = {"lang",
                  0,
                  "LANG",
                  VALUE_CHOICE,
                  "en|zh",
                  ON(HELP) | ON(EXPLAIN) | PAGES | ON(STATS) | ON(NORMALIZE) | ON(CODEBOOK) |
                      ON(EVALUATE) | ON(REPORT) | ON(REVIEW) | ON(VERDICTS) | ON(DIFF) | ON(AUDIT),
                  {"the language of help and explanations; default: en",
                   "说明文字的语言；默认 en"}},
    [OPT_HELP] = {"help", 'h', NULL, VALUE_TEXT, NULL, ALL, {"show this help", "显示本说明"}},
    [OPT_VERSION] = {"version", 0, NULL, VALUE_TEXT, NULL, ALL, {"show the version", "显示版本"}},
};

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
