/* The words of the metadata stage: parsed once, shared by all workers, never freed. */
#include "base/table.h"
#include "base/trie.h"
#include "base/utf8.h"
#include "extract/page/metadata-internal.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

HT_TABLE(metadata_words, "metadata-words.bin");
HT_TABLE(media, "media.bin");
HT_TABLE(surnames, "surnames.bin");

static const char *const kind_names[N_META_KINDS] = {
    "author",    "clock",     "dateline-tail", "editor",      "not-name",  "not-source",
    "own-media", "photo",     "role",          "source",      "stop",      "time",
    "wire",      "meta-date", "meta-title",    "meta-source", "meta-site", "meta-author",
    "meta-url",  "title",     "source-element",
    "reprint",   "report",    "not-place",     "media-tail", "owner", "media",        "surname",
};

typedef struct {
    ht_str text;
    unsigned kinds;
} word;

static struct {
    ht_arena arena;
    ht_trie trie; /* value: the kinds of the word */
    word *words;
    size_t n, cap;
    uint32_t longest;
} table;

static void add_word(ht_str text, unsigned kinds) {
    if (!text.n) return;
    *HT_PUSH(&table.arena, table.words, table.n, table.cap) = (word){text, kinds};
}

static int compare_words(const void *a, const void *b) {
    const word *x = a, *y = b;
    int c = ht_str_cmp(x->text, y->text);
    return c ? c : (x->kinds > y->kinds) - (x->kinds < y->kinds);
}

static unsigned kind_of(ht_str name) {
    for (unsigned k = 0; k < N_META_KINDS; k++)
        if (ht_str_eq(name, ht_str_of(kind_names[k]))) return M_BIT(k);
    assert(0 && "unknown kind in data/metadata-words.tsv");
    abort();
}

static void add_list(ht_str rest, unsigned kinds) {
    ht_str line;
    while (ht_str_split(&rest, '\n', &line)) add_word(line, kinds);
}

static void read_tables(void) {
    ht_arena_init(&table.arena, 0);
    ht_str rest = {(const char *)ht_table_metadata_words, HT_TABLE_SIZE(metadata_words)}, line,
           kind;
    while (ht_str_split(&rest, '\n', &line))
        if (line.n && ht_str_split(&line, '\t', &kind)) add_word(line, kind_of(kind));
    add_list((ht_str){(const char *)ht_table_media, HT_TABLE_SIZE(media)}, M_BIT(M_MEDIA));
    add_list((ht_str){(const char *)ht_table_surnames, HT_TABLE_SIZE(surnames)}, M_BIT(M_SURNAME));
    word *sorted = HT_ARRAY(&table.arena, word, table.n);
    for (size_t i = 0; i < table.n; i++) sorted[i] = table.words[i];
    qsort(sorted, table.n, sizeof *sorted, compare_words);
    ht_trie_word *keys = HT_ARRAY(&table.arena, ht_trie_word, table.n);
    size_t n = 0;
    for (size_t i = 0; i < table.n; i++) {
        if (n && i && ht_str_eq(sorted[i].text, sorted[i - 1].text)) {
            keys[n - 1].value |= sorted[i].kinds;
            continue;
        }
        size_t length;
        keys[n].c = ht_utf8_decode(&table.arena, sorted[i].text, &length);
        keys[n].n = (uint32_t)length;
        keys[n].value = sorted[i].kinds;
        if (keys[n].n > table.longest) table.longest = keys[n].n;
        n++;
    }
    ht_trie_build(&table.trie, &table.arena, keys, n);
}

static void need_tables(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_tables);
}

unsigned meta_word(const ht_passage *p, uint32_t at, unsigned kinds, uint32_t *end) {
    need_tables();
    unsigned found = 0;
    uint32_t node = 0;
    for (uint32_t i = at; i < p->n && (node = ht_trie_step(&table.trie, node, p->c[i])) != 0; i++) {
        uint32_t value = ht_trie_value(&table.trie, node);
        if (value == HT_TRIE_NONE || !(value & kinds)) continue;
        found = value & kinds;
        *end = i + 1;
    }
    return found;
}

bool meta_ends(const ht_passage *p, uint32_t start, uint32_t end, unsigned kinds, uint32_t *from) {
    need_tables();
    uint32_t reach = end - start < table.longest ? end - start : table.longest;
    for (uint32_t n = reach; n > 0; n--) {
        uint32_t to;
        if (meta_word(p, end - n, kinds, &to) && to == end) {
            *from = end - n;
            return true;
        }
    }
    return false;
}

static ht_str value_of(const ht_page *page, meta_kind kind) {
    need_tables();
    for (size_t k = 0; k < table.n; k++) {
        if (table.words[k].kinds != M_BIT(kind)) continue;
        for (size_t i = 0; i < page->n_metas; i++)
            if (ht_str_eq(ht_str_trim(page->metas[i].name), table.words[k].text)) {
                ht_str value = ht_str_trim(page->metas[i].value);
                if (value.n) return value;
            }
    }
    return (ht_str){"", 0};
}

ht_str meta_value(const meta_reader *m, meta_kind kind) {
    return value_of(m->page, kind);
}

ht_str ht_page_url(const ht_page *page) {
    return value_of(page, M_META_URL);
}

ht_str ht_page_shared_title(const ht_page *page) {
    return value_of(page, M_META_TITLE);
}

ht_str meta_json(const meta_reader *m, const char *key) {
    enum { MAX_VALUE = 400, MAX_GAP = 6 };
    ht_str quoted = ht_format(m->a, "\"%s\"", key);
    for (size_t i = 0; i < m->page->n_metas; i++) {
        const ht_meta *meta = &m->page->metas[i];
        if (!ht_str_eq(meta->name, HT_S("ld+json"))) continue;
        size_t at = ht_str_find(meta->value, quoted, 0);
        if (at == SIZE_MAX) continue;
        size_t open = ht_str_find(meta->value, HT_S("\""), at + quoted.n);
        if (open == SIZE_MAX || open > at + quoted.n + MAX_GAP) continue;
        size_t close = ht_str_find(meta->value, HT_S("\""), open + 1);
        if (close == SIZE_MAX || close - open > MAX_VALUE) continue;
        ht_str value = ht_str_trim(ht_sub(meta->value, open + 1, close));
        if (value.n && ht_str_find(value, HT_S("\\"), 0) == SIZE_MAX) return value;
    }
    return (ht_str){"", 0};
}

ht_str meta_json_name(const meta_reader *m, const char *key, const char *type) {
    enum { MAX_VALUE = 120, MAX_OBJECT = 1000 };
    ht_str quoted = ht_format(m->a, "\"%s\"", key), kind = ht_format(m->a, "\"%s\"", type);
    for (size_t i = 0; i < m->page->n_metas; i++) {
        const ht_meta *meta = &m->page->metas[i];
        if (!ht_str_eq(meta->name, HT_S("ld+json"))) continue;
        size_t at = ht_str_find(meta->value, quoted, 0);
        if (at == SIZE_MAX) continue;
        size_t end = ht_str_find(meta->value, HT_S("}"), at);
        if (end == SIZE_MAX || end > at + MAX_OBJECT) continue;
        ht_str object = ht_sub(meta->value, 0, end);
        size_t name = ht_str_find(object, HT_S("\"name\""), at);
        if (name == SIZE_MAX || ht_str_find(object, kind, at) == SIZE_MAX) continue;
        size_t open = ht_str_find(object, HT_S("\""), name + 6);
        size_t close = open == SIZE_MAX ? open : ht_str_find(object, HT_S("\""), open + 1);
        if (close == SIZE_MAX || close - open > MAX_VALUE) continue;
        ht_str value = ht_str_trim(ht_sub(object, open + 1, close));
        if (value.n && ht_str_find(value, HT_S("\\"), 0) == SIZE_MAX) return value;
    }
    return (ht_str){"", 0};
}
