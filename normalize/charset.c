#include "normalize/charset.h"

#include "base/table.h"
#include "normalize/normalize.h"

#include <string.h>

HT_TABLE(charset_labels, "charsets.tsv");

enum { MAX_LABEL = 40, DECLARED_WITHIN = 4096 };

static const char *const names[CHARSET_COUNT] = {
    [CHARSET_UTF_8] = "UTF-8",
    [CHARSET_GB18030] = "GB18030",
    [CHARSET_BIG5_HKSCS] = "BIG5-HKSCS",
    [CHARSET_EUC_TW] = "EUC-TW",
    [CHARSET_HZ] = "HZ",
    [CHARSET_ISO_2022_CN] = "ISO-2022-CN",
    [CHARSET_UTF_16LE] = "UTF-16LE",
    [CHARSET_UTF_16BE] = "UTF-16BE",
    [CHARSET_WINDOWS_1252] = "WINDOWS-1252",
};

const char *charset_name(charset which) {
    return names[which];
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static charset by_name(ht_str name) {
    for (int i = 1; i < CHARSET_COUNT; i++)
        if (ht_str_eq(ht_str_of(names[i]), name)) return (charset)i;
    return CHARSET_NONE;
}

charset charset_of_label(ht_str label) {
    char folded[MAX_LABEL];
    label = ht_str_trim(label);
    while (label.n && (*label.p == '"' || *label.p == '\'')) label = ht_sub(label, 1, label.n);
    while (label.n && strchr("\"';", label.p[label.n - 1])) label.n--;
    if (!label.n || label.n > MAX_LABEL) return CHARSET_NONE;
    for (size_t i = 0; i < label.n; i++) folded[i] = lower(label.p[i]);
    ht_str want = {folded, label.n}, line, key;
    ht_str rest = {(const char *)ht_table_charset_labels, HT_TABLE_SIZE(charset_labels)};
    while (ht_str_split(&rest, '\n', &line))
        if (ht_str_split(&line, '\t', &key) && ht_str_eq(key, want)) return by_name(line);
    return CHARSET_NONE;
}

const char *ht_charset_of_label(ht_str label) {
    return charset_name(charset_of_label(label));
}

/* Case-blind: does s at `at` go on with the lower-case word? */
static bool goes_on(ht_str s, size_t at, const char *word) {
    for (; *word; word++, at++)
        if (at >= s.n || lower(s.p[at]) != *word) return false;
    return true;
}

/* The value behind `charset` or `encoding` in a tag's text, quoted or not. */
static ht_str value_of(ht_str tag, const char *name) {
    size_t n_name = strlen(name);
    for (size_t i = 0; i + n_name < tag.n; i++) {
        if (!goes_on(tag, i, name)) continue;
        size_t from = i + n_name;
        while (from < tag.n && is_space(tag.p[from])) from++;
        if (from == tag.n || tag.p[from] != '=') continue;
        from++;
        while (from < tag.n && (is_space(tag.p[from]) || strchr("\"'", tag.p[from]))) from++;
        size_t to = from;
        while (to < tag.n && !is_space(tag.p[to]) && !strchr("\"';/>?", tag.p[to])) to++;
        if (to > from) return ht_sub(tag, from, to);
    }
    return (ht_str){NULL, 0};
}

ht_str ht_declared_charset(ht_str bytes) {
    if (bytes.n > DECLARED_WITHIN) bytes.n = DECLARED_WITHIN;
    for (size_t i = 0; i < bytes.n; i++) {
        if (bytes.p[i] != '<') continue;
        if (goes_on(bytes, i, "<!--")) {
            size_t end = ht_str_find(bytes, HT_S("-->"), i);
            if (end == SIZE_MAX) break;
            i = end;
            continue;
        }
        bool meta = goes_on(bytes, i, "<meta"), xml = goes_on(bytes, i, "<?xml");
        if (!meta && !xml) continue;
        size_t end = i;
        while (end < bytes.n && bytes.p[end] != '>') end++;
        ht_str value = value_of(ht_sub(bytes, i, end), meta ? "charset" : "encoding");
        if (value.n) return value;
        i = end;
    }
    return (ht_str){NULL, 0};
}
