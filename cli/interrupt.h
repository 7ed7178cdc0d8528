/* Ctrl-C and SIGTERM: the first asks the command to stop in an orderly way, the second ends it. */
#ifndef HT_CLI_INTERRUPT_H
#define HT_CLI_INTERRUPT_H

#include <stdbool.h>

void cli_interrupt_watch(void);
bool cli_interrupted(void);
/* Ends the program by the signal that came, as a shell expects it. Returns if none came. */
void cli_interrupt_raise(void);

#endif
