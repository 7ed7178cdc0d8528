#include "extract/page/site.h"

#include "extract/page/feature.h"

#include <string.h>

enum { HASH_DIGITS = 16, MAX_HOST = 255 };

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hash(ht_str s, uint64_t *hash) {
    *hash = 0;
    for (size_t i = 0; i < s.n; i++) {
        int d = hex_digit(s.p[i]);
        if (d < 0) return false;
        *hash = *hash << 4 | (uint64_t)d;
    }
    return s.n == HASH_DIGITS;
}

ht_status ht_site_model_parse(ht_site_model *m, ht_arena *a, ht_str text, ht_str name,
                              ht_error *e) {
    ht_str rest = text, line, host, hash;
    size_t number = 0;
    *m = (ht_site_model){.n = 0};
    ht_map_init(&m->hosts, a);
    while (ht_str_split(&rest, '\n', &line)) {
        uint64_t value;
        if (!number++) {
            if (ht_str_eq(line, HT_S(HT_SITE_MODEL_HEADER))) continue;
            return ht_fail(e, HT_CODEBOOK, "%.*s: no site model of this version", HT_ARG(name));
        }
        if (!line.n || line.p[0] == '#') continue;
        if (!ht_str_split(&line, '\t', &host) || !ht_str_split(&line, '\t', &hash) ||
            host.n > MAX_HOST || !read_hash(hash, &value))
            return ht_fail(e, HT_CODEBOOK,
                           "%.*s:%zu: expected host, hash of 16 digits, two counts and a text",
                           HT_ARG(name), number);
        uint32_t *known = ht_map_put(&m->hosts, host);
        if (!*known) {
            (void)HT_PUSH(a, m->sites, m->n, m->cap);
            *known = (uint32_t)m->n;
        }
        struct ht_site *s = &m->sites[*known - 1];
        if (s->n && s->hashes[s->n - 1] >= value)
            return ht_fail(e, HT_CODEBOOK, "%.*s:%zu: the hashes of a host must be sorted",
                           HT_ARG(name), number);
        *HT_PUSH(a, s->hashes, s->n, s->cap) = value;
    }
    return number ? HT_OK : ht_fail(e, HT_CODEBOOK, "%.*s: is empty", HT_ARG(name));
}

const struct ht_site *ht_site_of(const ht_site_model *m, ht_str host) {
    uint32_t *known = host.n ? ht_map_get(&m->hosts, host) : NULL;
    return known ? &m->sites[*known - 1] : NULL;
}

bool ht_site_has(const struct ht_site *s, uint64_t hash) {
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->hashes[mid] == hash) return true;
        if (s->hashes[mid] < hash)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

static ht_str host_of(ht_arena *a, ht_str url) {
    size_t at = ht_str_find(url, HT_S("//"), 0);
    if (at == SIZE_MAX) return (ht_str){NULL, 0};
    ht_str rest = ht_sub(url, at + 2, url.n);
    size_t n = 0;
    while (n < rest.n && !memchr("/?#:", rest.p[n], 4)) n++;
    if (n > MAX_HOST) return (ht_str){NULL, 0};
    char *host = ht_str_cstr(a, ht_sub(rest, 0, n));
    for (size_t i = 0; i < n; i++)
        if (host[i] >= 'A' && host[i] <= 'Z') host[i] = (char)(host[i] | 0x20);
    return (ht_str){host, n};
}

ht_str ht_page_host(ht_arena *a, const ht_page *page, ht_str url) {
    ht_str host = host_of(a, ht_page_url(page));
    return host.n ? host : host_of(a, url);
}

uint64_t ht_block_hash(ht_arena *a, const ht_block *b) {
    return page_hash(a, b->text.text);
}
