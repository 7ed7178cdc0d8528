#include "cli/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int signal_seen;

static void remember(int signal_number) {
    atomic_store(&signal_seen, signal_number);
}

void cli_interrupt_watch(void) {
    /* Reset after the first: a second Ctrl-C must work even if the first is not noticed. */
    struct sigaction action = {.sa_handler = remember, .sa_flags = SA_RESTART | (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool cli_interrupted(void) {
    return atomic_load(&signal_seen) != 0;
}

void cli_interrupt_raise(void) {
    int seen = atomic_load(&signal_seen);
    if (!seen) return;
    signal(seen, SIG_DFL);
    raise(seen);
}
