#include "stats/apart.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_SAID = 1000 };

static _Noreturn void child(int out, ht_status (*call)(void *, ht_error *), void *context) {
    ht_error e = {HT_OK, ""};
    if (dup2(out, STDERR_FILENO) < 0) _exit(HT_IO);
    ht_status status = call(context, &e);
    if (status != HT_OK) {
        size_t n = strlen(e.text);
        if (write(STDERR_FILENO, e.text, n) != (ssize_t)n) _exit(HT_IO);
    }
    /* Buffers and exit handlers are the parent's. */
    _exit((int)status);
}

/* What the child says, until it ends; what does not fit is dropped. */
static size_t listen_to(int in, char said[MAX_SAID + 1]) {
    char piece[MAX_SAID] = {0};
    size_t n = 0;
    for (;;) {
        ssize_t got = read(in, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return n;
        size_t more = (size_t)got < MAX_SAID - n ? (size_t)got : MAX_SAID - n;
        memcpy(said + n, piece, more);
        n += more;
    }
}

static ht_status verdict(int state, char *said, size_t n, ht_error *e) {
    said[n] = '\0';
    char *line = strchr(said, '\n');
    if (line) *line = '\0';
    if (WIFSIGNALED(state))
        return ht_fail(e, HT_IO, "a part of the program ended by signal %d: %s", WTERMSIG(state),
                       n ? said : "out of memory?");
    ht_status status = WIFEXITED(state) ? (ht_status)WEXITSTATUS(state) : HT_IO;
    if (status == HT_OK && n == 0) return HT_OK;
    return ht_fail(e, status == HT_OK ? HT_IO : status, "%s", n ? said : "out of memory");
}

ht_status apart_call(ht_status (*call)(void *context, ht_error *e), void *context, ht_error *e) {
    int ends[2], state = 0;
    char said[MAX_SAID + 1];
    if (pipe(ends) != 0) return ht_fail(e, HT_IO, "cannot make a pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        child(ends[1], call, context);
    }
    int error = errno;
    close(ends[1]);
    size_t n = pid > 0 ? listen_to(ends[0], said) : 0;
    close(ends[0]);
    if (pid < 0) return ht_fail(e, HT_IO, "cannot start a process: %s", strerror(error));
    while (waitpid(pid, &state, 0) < 0)
        if (errno != EINTR) return ht_fail(e, HT_IO, "cannot wait for a process: %s", strerror(errno));
    return verdict(state, said, n, e);
}
