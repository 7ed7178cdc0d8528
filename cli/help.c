#include "cli/commands.h"

#include <stdio.h>
#include <string.h>

enum { MAX_CHOICES = 30 }; /* characters that stand beside an option; longer lists stand below */

static void write_option(const cli_option *option, int lang) {
    char left[80];
    bool beside = option->kind == VALUE_CHOICE && strlen(option->choices) <= MAX_CHOICES;
    int n = snprintf(left, sizeof left, "  %c%c%s --%s%s%s", option->letter ? '-' : ' ',
                     option->letter ? option->letter : ' ', option->letter ? "," : " ",
                     option->flag, option->value ? " " : "",
                     beside          ? option->choices
                     : option->value ? option->value
                                     : "");
    printf("%-36s%s%s\n", left, n > 35 ? "\n                                    " : "",
           option->help[lang]);
    if (option->kind == VALUE_CHOICE && !beside) printf("%36s%s\n", "", option->choices);
}

static void write_command(cli_command_id id, int lang) {
    const cli_command *command = &cli_command_table[id];
    printf("%s hantally %s %s\n\n%s\n\n", lang ? "用法：" : "Usage:", command->name,
           command->operands, command->summary[lang]);
    puts(lang ? "选项：" : "Options:");
    for (int i = 0; i < N_OPTIONS; i++)
        if (cli_option_table[i].commands & 1u << id) write_option(&cli_option_table[i], lang);
    if (id == CMD_RUN || id == CMD_EXTRACT)
        puts(lang ? "\nINPUT：文件、目录，或 `-`（标准输入）。"
                  : "\nINPUT: a file, a directory, or `-` for standard input.");
}

void cli_help_write(cli_command_id command, int lang) {
    if (command != N_COMMANDS) {
        write_command(command, lang);
        return;
    }
    puts(
        lang
            ? "hantally 读取中文新闻语料，找出每个数字及其单位、地区和日期，写出地区表。\n\n命令："
            : "hantally reads Chinese news articles, finds every figure with its unit, region and\n"
              "date, and writes regional tables.\n\nCommands:");
    for (int i = 0; i < N_COMMANDS; i++)
        printf("  %-10s %s\n", cli_command_table[i].name, cli_command_table[i].summary[lang]);
    puts(
        lang
            ? "\n`hantally help COMMAND` 列出一个命令的选项。\n\n"
              "退出状态：0 全部读完或已列入 rejected.csv；1 拒收过多或检查未通过；2 用法错误；\n"
              "3 指标手册无效；4 读写失败。"
            : "\n`hantally help COMMAND` lists the options of a command.\n\n"
              "Exit status: 0 every record was read or is listed in rejected.csv; 1 too many were\n"
              "rejected, or a check failed; 2 usage; 3 invalid codebook; 4 input or output "
              "failed.");
}

ht_status cli_help(const cli_options *o, ht_arena *a, ht_error *e) {
    (void)a;
    cli_command_id command = N_COMMANDS;
    if (o->n_operands) {
        command = cli_command_find(o->operands[0], e);
        if (command == N_COMMANDS) return HT_USAGE;
    }
    cli_help_write(command, o->lang);
    return HT_OK;
}
