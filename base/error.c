#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

ht_status ht_fail(ht_error *e, ht_status status, const char *format, ...) {
    if (!e) return status;
    va_list args;
    va_start(args, format);
    vsnprintf(e->text, sizeof e->text, format, args);
    va_end(args);
    e->status = status;
    return status;
}

void ht_trouble_set(ht_trouble *t, const char *stage, const char *code, const char *format, ...) {
    va_list args;
    va_start(args, format);
    vsnprintf(t->detail, sizeof t->detail, format, args);
    va_end(args);
    t->stage = stage;
    t->code = code;
}
