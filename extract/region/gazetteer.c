#include "base/table.h"
#include "extract/region/internal.h"

#include <pthread.h>

HT_TABLE(regions, "regions.bin");

enum { MAX_HOPS = 8, MAX_WORD = 12 };

static ht_gazetteer gazetteer;
static bool usable;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static uint64_t opening[REGION_WORD_SLOTS], closing[REGION_WORD_SLOTS];

static uint64_t classes_of(const ht_gazetteer *g, uint32_t sense) {
    uint64_t classes = 0;
    for (;; sense++) {
        classes |= UINT64_C(1) << g->senses[sense].class_;
        if (g->senses[sense].last) return classes;
    }
}

/* Which classes of word begin and end with a character: of most characters, none that is asked for. */
static void mark_words(ht_gazetteer *g) {
    const ht_trie_node *nodes = g->words.nodes;
    for (uint32_t i = 1; i <= g->words.n_places; i++) {
        uint32_t first = i;
        if (nodes[i].parent == HT_TRIE_NONE || nodes[i].value == HT_TRIE_NONE) continue;
        while (nodes[first].parent) first = nodes[first].parent;
        uint64_t classes = classes_of(g, nodes[i].value);
        opening[nodes[first].c % REGION_WORD_SLOTS] |= classes;
        closing[nodes[i].c % REGION_WORD_SLOTS] |= classes;
    }
    for (uint32_t c = 0; c < 0x10000; c++)
        if (mention_opener(c))
            opening[c % REGION_WORD_SLOTS] |= UINT64_C(1) << REGION_N_CLASSES;
    g->opening = opening;
    g->closing = closing;
}

static void gazetteer_open(void) {
    const uint32_t *w = (const uint32_t *)(const void *)ht_table_regions;
    if (HT_TABLE_SIZE(regions) < REGION_HEADER * sizeof *w || w[REGION_H_MAGIC] != REGION_MAGIC)
        return;
    gazetteer.divisions = (const region_division *)(const void *)(w + w[REGION_H_DIVISIONS]);
    gazetteer.n_divisions = w[REGION_H_N_DIVISIONS];
    gazetteer.postings = w + w[REGION_H_POSTINGS];
    gazetteer.senses = (const region_sense *)(const void *)(w + w[REGION_H_SENSES]);
    gazetteer.text = (const char *)(w + w[REGION_H_TEXT]);
    usable = ht_trie_open(&gazetteer.names, w + w[REGION_H_NAMES], w[REGION_H_N_NAMES]) &&
             ht_trie_open(&gazetteer.words, w + w[REGION_H_WORDS], w[REGION_H_N_WORDS]);
    if (usable) mark_words(&gazetteer);
}

const ht_gazetteer *ht_gazetteer_get(ht_error *e) {
    pthread_once(&once, gazetteer_open);
    if (usable) return &gazetteer;
    ht_fail(e, HT_IO, "the compiled-in table of regions is not usable");
    return NULL;
}

/* --- divisions ------------------------------------------------------------------------------- */

ht_str gazetteer_name(const ht_gazetteer *g, uint32_t division) {
    if (division == REGION_NONE) return (ht_str){0};
    const region_division *d = &g->divisions[division];
    return (ht_str){g->text + d->name, d->name_bytes};
}

uint32_t gazetteer_find(const ht_gazetteer *g, uint32_t code) {
    uint32_t low = 0, high = g->n_divisions;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (g->divisions[mid].code < code)
            low = mid + 1;
        else
            high = mid;
    }
    return low < g->n_divisions && g->divisions[low].code == code ? low : REGION_NONE;
}

bool gazetteer_valid(const ht_gazetteer *g, uint32_t division, int32_t month) {
    const region_division *d = &g->divisions[division];
    return d->from <= month && month < d->to;
}

uint32_t gazetteer_in_force(const ht_gazetteer *g, uint32_t division, int32_t month) {
    for (int hop = 0; hop < MAX_HOPS; hop++) {
        const region_division *d = &g->divisions[division];
        if (month < d->to || !d->successor) break;
        uint32_t next = gazetteer_find(g, d->successor);
        if (next == REGION_NONE) break;
        division = next;
    }
    return division;
}

bool gazetteer_within(const ht_gazetteer *g, uint32_t inner, uint32_t outer) {
    if (outer == REGION_NONE) return false;
    while (inner != REGION_NONE && inner != outer) inner = g->divisions[inner].parent;
    return inner != REGION_NONE;
}

uint32_t gazetteer_ascend(const ht_gazetteer *g, uint32_t division, region_kind kind) {
    while (division != REGION_NONE && g->divisions[division].kind != kind)
        division = g->divisions[division].parent;
    return division;
}

bool gazetteer_custom(const ht_gazetteer *g, uint32_t division) {
    uint32_t province = g->divisions[division].code / 10000;
    return g->divisions[division].level > 1 && (province == 71 || province == 81 || province == 82);
}

uint32_t gazetteer_code(const ht_gazetteer *g, uint32_t division) {
    if (division == REGION_NONE) return 0;
    uint32_t code = g->divisions[division].code;
    return gazetteer_custom(g, division) ? code / 10000 * 10000 : code;
}

ht_str ht_region_name(const ht_gazetteer *g, uint32_t code) {
    return gazetteer_name(g, gazetteer_find(g, code));
}

const char *ht_region_level(const ht_gazetteer *g, uint32_t code) {
    static const char *const names[] = {"country", "province", "prefecture", "county"};
    uint32_t i = gazetteer_find(g, code);
    return i == REGION_NONE || g->divisions[i].level > 3 ? "" : names[g->divisions[i].level];
}

uint32_t ht_region_parent(const ht_gazetteer *g, uint32_t code) {
    uint32_t i = gazetteer_find(g, code);
    if (i == REGION_NONE || g->divisions[i].parent == REGION_NO_PARENT) return 0;
    return g->divisions[g->divisions[i].parent].code;
}

bool ht_region_within(const ht_gazetteer *g, uint32_t inner, uint32_t outer) {
    uint32_t i = gazetteer_find(g, inner);
    return i != REGION_NONE && gazetteer_within(g, i, gazetteer_find(g, outer));
}

/* --- words ----------------------------------------------------------------------------------- */

static uint32_t sense_of(const ht_gazetteer *g, uint32_t first, uint32_t class_) {
    for (uint32_t i = first;; i++) {
        if (g->senses[i].class_ == class_) return i;
        if (g->senses[i].last) return REGION_NONE;
    }
}

uint32_t words_walk(const ht_gazetteer *g, const ht_passage *p, uint32_t at, uint32_t class_,
                  uint32_t *sense) {
    uint32_t node = 0, best = 0;
    for (uint32_t i = at; i < p->n; i++) {
        node = ht_trie_step(&g->words, node, p->c[i]);
        if (!node) break;
        uint32_t first = ht_trie_value(&g->words, node);
        if (first == HT_TRIE_NONE) continue;
        uint32_t s = sense_of(g, first, class_);
        if (s == REGION_NONE) continue;
        best = i + 1 - at;
        if (sense) *sense = s;
    }
    return best;
}

uint32_t words_walk_back(const ht_gazetteer *g, const ht_passage *p, uint32_t at, uint32_t class_,
                      uint32_t *sense) {
    uint32_t far = at < MAX_WORD ? at : MAX_WORD;
    for (uint32_t n = far; n; n--) {
        uint32_t node = 0, i = at - n;
        while (i < at && (node = ht_trie_step(&g->words, node, p->c[i])) != 0) i++;
        if (i < at || !node || ht_trie_value(&g->words, node) == HT_TRIE_NONE) continue;
        uint32_t s = sense_of(g, ht_trie_value(&g->words, node), class_);
        if (s == REGION_NONE) continue;
        if (sense) *sense = s;
        return n;
    }
    return 0;
}

uint32_t words_within(const ht_gazetteer *g, const ht_passage *p, uint32_t from, uint32_t to,
                      uint32_t class_) {
    uint32_t end = 0;
    for (uint32_t i = from; i < to; i++) {
        uint32_t n = words_at(g, p, i, class_, NULL);
        if (n && i + n <= to) end = i + n;
    }
    return end;
}

ht_str sense_argument(const ht_gazetteer *g, uint32_t sense) {
    const region_sense *s = &g->senses[sense];
    return (ht_str){g->text + s->argument, s->argument_bytes};
}
