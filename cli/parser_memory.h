/* The memory of libxml2, which has no way out of its own when an allocation fails: it loses the
 * rest of a page without a word, or never comes to an end. */
#ifndef HT_CLI_PARSER_MEMORY_H
#define HT_CLI_PARSER_MEMORY_H

/* Starts the parser library, before there are threads: two that start it at once can wait for each
 * other for ever. From then on an allocation of its own that fails ends the program with HT_IO. */
void cli_parser_start(void);

#endif
