#include "cli/json_text.h"

static void put_name(ht_buf *b, const char *name) {
    if (b->n && b->p[b->n - 1] != '{') ht_buf_byte(b, ',');
    json_put_string(b, ht_str_of(name));
    ht_buf_byte(b, ':');
}

void cli_json_member(ht_buf *b, const char *name, ht_str value) {
    put_name(b, name);
    json_put_string(b, value);
}

void cli_json_number(ht_buf *b, const char *name, unsigned long long value) {
    put_name(b, name);
    ht_buf_printf(b, "%llu", value);
}

void cli_json_flag(ht_buf *b, const char *name, bool value) {
    put_name(b, name);
    ht_buf_add(b, value ? HT_S("true") : HT_S("false"));
}
