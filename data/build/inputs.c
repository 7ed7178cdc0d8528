#include "data/build/inputs.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ht_arena *input_arena(void) {
    static ht_arena arena;
    if (!arena.limit) ht_arena_init(&arena, 0);
    return &arena;
}

void input_fail(const char *what, const char *name) {
    fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, name);
    exit(1);
}

ht_str input_file(const char *name) {
    FILE *f = fopen(name, "rb");
    if (!f || fseek(f, 0, SEEK_END)) input_fail("cannot open", name);
    size_t n = (size_t)ftell(f);
    char *p = ht_arena_alloc(input_arena(), n + 1);
    rewind(f);
    if (fread(p, 1, n, f) != n || fclose(f)) input_fail("cannot read", name);
    return (ht_str){p, n};
}

const uint32_t *input_table(const char *name) {
    return (const uint32_t *)(const void *)input_file(name).p;
}

static bool next_line(ht_str *rest, ht_str *line) {
    while (ht_str_split(rest, '\n', line)) {
        if (line->n && line->p[line->n - 1] == '\r') line->n--;
        if (line->n && *line->p != '#') return true;
    }
    return false;
}

size_t input_fields(ht_str *rest, ht_str *fields, size_t most) {
    ht_str line, field;
    size_t n = 0;
    if (!next_line(rest, &line)) return 0;
    for (size_t i = 0; i < most; i++) fields[i] = (ht_str){NULL, 0};
    for (; ht_str_split(&line, '\t', &field); n++)
        if (n < most) fields[n] = field;
    return n;
}

bool input_entry(ht_str *rest, ht_str *key, ht_str *value) {
    ht_str fields[2];
    for (size_t n; (n = input_fields(rest, fields, 2));) {
        if (n < 2 || !ht_str_split(&fields[1], ' ', value)) continue;
        *key = fields[0];
        if (ht_utf8_valid_until(*key) != key->n || ht_utf8_valid_until(*value) != value->n)
            input_fail("not UTF-8", ht_str_cstr(input_arena(), *key));
        return true;
    }
    return false;
}

bool input_character(ht_str *rest, uint32_t *key, uint32_t *value) {
    ht_str k, v;
    while (input_entry(rest, &k, &v)) {
        *key = input_one(k);
        *value = input_one(v);
        if (*key && *value) return true;
    }
    return false;
}

bool input_word(ht_str *rest, ht_str *word, double *frequency) {
    ht_str line;
    while (next_line(rest, &line)) {
        if (!ht_str_split(&line, ' ', word) || !line.p) continue;
        *frequency = strtod(line.p, NULL);
        if (ht_utf8_valid_until(*word) == word->n) return true;
    }
    return false;
}

uint32_t input_code_point(ht_str s, const char *name) {
    char *end;
    unsigned long c = strtoul(ht_str_cstr(input_arena(), s), &end, 16);
    if (!s.n || *end || c > 0x10FFFF) input_fail("not a code point in", name);
    return (uint32_t)c;
}

uint32_t input_one(ht_str s) {
    size_t at = 0;
    uint32_t c = s.n && ht_utf8_valid_until(s) == s.n ? ht_utf8_next(s, &at) : 0;
    return at == s.n ? c : 0;
}

void output_word(ht_buf *b, uint32_t word) {
    memcpy(ht_buf_space(b, sizeof word), &word, sizeof word);
    b->n += sizeof word;
}

void output_file(const char *name, const void *bytes, size_t n) {
    FILE *f = fopen(name, "wb");
    if (!f) input_fail("cannot write", name);
    if (fwrite(bytes, 1, n, f) != n || fclose(f)) input_fail("cannot write", name);
}
