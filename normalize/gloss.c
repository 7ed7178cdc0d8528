#include "base/map.h"
#include "base/table.h"
#include "base/utf8.h"
#include "normalize/clean.h"
#include "normalize/damage.h"

#include <string.h>

HT_TABLE(readings, "readings.bin");
HT_TABLE(pinyin_letters, "pinyin-letters.txt");

static const uint32_t *words(void) {
    return (const uint32_t *)(const void *)ht_table_readings;
}

bool gloss_tables_ok(void) {
    return HT_TABLE_SIZE(readings) > 4 && HT_TABLE_SIZE(readings) > 4 + 8 * (size_t)words()[0];
}

/* The readings of c, comma-separated; empty if none is known. */
static ht_str readings_of(uint32_t c) {
    const uint32_t *pairs = words() + 1;
    uint32_t low = 0, high = words()[0];
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (pairs[2 * mid] == c)
            return ht_str_of((const char *)(pairs + 2 * words()[0]) + pairs[2 * mid + 1]);
        if (pairs[2 * mid] < c)
            low = mid + 1;
        else
            high = mid;
    }
    return (ht_str){NULL, 0};
}

static bool has_reading(uint32_t c, ht_str pinyin) {
    ht_str rest = readings_of(c), one;
    while (ht_str_split(&rest, ',', &one))
        if (ht_str_eq(one, pinyin)) return true;
    return false;
}

bool gloss_reads(uint32_t c, const uint32_t *pinyin, size_t n) {
    char text[4 * GLOSS_MAX_LETTERS];
    size_t n_text = 0;
    if (!n || n > GLOSS_MAX_LETTERS) return false;
    for (size_t i = 0; i < n; i++) n_text += ht_utf8_put(text + n_text, pinyin[i]);
    ht_str p = {text, n_text};
    return has_reading(c, p) || has_reading(ht_fold(c), p);
}

/* A letter of pinyin. */
static bool is_letter(uint32_t c) {
    if (c < 0x80) return c >= 'a' && c <= 'z';
    ht_str all = {(const char *)ht_table_pinyin_letters, HT_TABLE_SIZE(pinyin_letters)};
    for (size_t at = 0; at < all.n;)
        if (ht_utf8_next(all, &at) == c) return true;
    return false;
}

size_t gloss_tail(const uint32_t *c, size_t n, size_t *n_letters) {
    size_t k = 0;
    while (k < n && k <= GLOSS_MAX_LETTERS && is_letter(c[k])) k++;
    if (!k || k > GLOSS_MAX_LETTERS || k == n || (c[k] != ')' && c[k] != 0xFF09)) return 0;
    *n_letters = k;
    return k + 1;
}

size_t gloss_at(const uint32_t *c, size_t n, size_t *n_letters) {
    if (n < 3 || (c[0] != '(' && c[0] != 0xFF08)) return 0;
    size_t k = gloss_tail(c + 1, n - 1, n_letters);
    return k && c[k] == (c[0] == '(' ? ')' : 0xFF09u) ? k + 1 : 0;
}

/* What the document says about a character that stands before a gloss. */
typedef struct {
    uint32_t c;
    uint32_t n_glossed, n_read, n_here; /* with a gloss; with one that is a reading of it; in all */
    bool hant;                          /* conversion to simplified changes it */
} bearer;

typedef struct {
    ht_map index; /* the character's UTF-8 -> place in bearers + 1 */
    bearer *bearers;
    size_t n, cap;
    size_t n_glosses, n_read; /* all, and those that read what they stand behind */
} evidence;

static bearer *bearer_of(ht_arena *a, evidence *e, ht_str key, uint32_t c) {
    uint32_t *place = ht_map_put(&e->index, key);
    if (!*place) {
        *HT_PUSH(a, e->bearers, e->n, e->cap) =
            (bearer){.c = c, .hant = ht_fold(c) != c && c > 0x3400};
        *place = (uint32_t)e->n;
    }
    return &e->bearers[*place - 1];
}

/* The gloss at byte `at` of s: its end, and its letters; 0 if there is none. */
static size_t gloss_bytes(ht_str s, size_t at, uint32_t letters[GLOSS_MAX_LETTERS],
                          size_t *n_letters) {
    uint32_t c[GLOSS_MAX_LETTERS + 2];
    size_t n = 0, ends[GLOSS_MAX_LETTERS + 2];
    while (at < s.n && n < GLOSS_MAX_LETTERS + 2) {
        c[n] = ht_utf8_next(s, &at);
        ends[n++] = at;
    }
    size_t k = gloss_at(c, n, n_letters);
    if (!k) return 0;
    memcpy(letters, c + 1, *n_letters * sizeof *letters);
    return ends[k - 1];
}

/* The next parenthesis that opens, ( or （, or the end. */
static size_t next_open(ht_str s, size_t at) {
    const unsigned char *p = (const unsigned char *)s.p;
    for (; at < s.n; at++) {
        if (p[at] == '(') return at;
        if (p[at] == 0xEF && at + 2 < s.n && p[at + 1] == 0xBC && p[at + 2] == 0x88) return at;
    }
    return s.n;
}

size_t gloss_count(ht_str text) {
    uint32_t letters[GLOSS_MAX_LETTERS];
    size_t n = 0, n_letters;
    for (size_t at = next_open(text, 0); at < text.n; at = next_open(text, at + 1))
        n += gloss_bytes(text, at, letters, &n_letters) > 0;
    return n;
}

/* The next gloss behind a character: where it begins, with its end and letters; s.n if there is
 * none. `from` gets where the character begins. */
static size_t next_gloss(ht_str s, size_t at, size_t *from, size_t *end,
                         uint32_t letters[GLOSS_MAX_LETTERS], size_t *n_letters) {
    for (at = next_open(s, at); at < s.n; at = next_open(s, at + 1)) {
        if (!at || !(*end = gloss_bytes(s, at, letters, n_letters))) continue;
        *from = at - 1;
        while (((unsigned char)s.p[*from] & 0xC0) == 0x80) --*from;
        return at;
    }
    return s.n;
}

static void collect(ht_arena *a, evidence *e, ht_str s) {
    uint32_t letters[GLOSS_MAX_LETTERS];
    size_t n_letters, from, end;
    for (size_t at = 0; (at = next_gloss(s, at, &from, &end, letters, &n_letters)) < s.n;
         at = end) {
        size_t place = from;
        uint32_t c = ht_utf8_next(s, &place);
        bearer *b = bearer_of(a, e, ht_sub(s, from, at), c);
        b->n_glossed++;
        bool reads = gloss_reads(c, letters, n_letters);
        b->n_read += b->hant && reads;
        e->n_glosses++;
        e->n_read += reads;
    }
}

static void count_all(evidence *e, ht_str s) {
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = ht_utf8_next(s, &at);
        if (c < 0x3400) continue;
        uint32_t *place = ht_map_get(&e->index, ht_sub(s, from, at));
        if (place) e->bearers[*place - 1].n_here++;
    }
}

/* A few stray glosses in shifted runs do not unmake a carrier. */
static bool is_carrier(const bearer *b) {
    return b->hant && b->n_read * 10 >= b->n_glossed * 7;
}

/* Are the glosses injected? The document as a whole must look so, never a single one: nearly every
 * gloss stands on a carrier, and nearly every carrier has one wherever it stands. A writer glosses a
 * character once, a site each time: so a few carriers will do where all of them return. */
static bool injected(const evidence *e) {
    size_t n_carriers = 0, n_carried = 0, n_full = 0, n_here = 0;
    for (size_t i = 0; i < e->n; i++) {
        const bearer *b = &e->bearers[i];
        if (!is_carrier(b)) continue;
        n_carriers++;
        n_carried += b->n_read;
        n_full += b->n_glossed * 10 >= b->n_here * 9; /* runs left alone hold some by chance */
        n_here += b->n_here;
    }
    bool everywhere = n_full * 10 >= n_carriers * 9 || n_carried * 10 >= n_here * 9;
    bool returning = n_carriers >= GLOSS_MIN_RETURNING && n_carried == n_here &&
                     n_carried >= GLOSS_MIN_REPEATS * n_carriers;
    return n_carried >= GLOSS_MIN && (n_carriers >= GLOSS_MIN_CARRIERS || returning) &&
           n_carried * 10 >= e->n_read * 9 && everywhere;
}

static ht_text strip(ht_arena *a, const evidence *e, const ht_text *t, uint32_t block,
                     ht_clean_report *report) {
    uint32_t letters[GLOSS_MAX_LETTERS];
    size_t n_letters, from, end;
    ht_str s = t->text;
    rewrite w;
    rewrite_begin(&w, a, t);
    for (size_t at = 0; (at = next_gloss(s, at, &from, &end, letters, &n_letters)) < s.n;
         at = end) {
        size_t place = from;
        uint32_t c = ht_utf8_next(s, &place);
        uint32_t *known = ht_map_get(&e->index, ht_sub(s, from, at));
        if (!known || !is_carrier(&e->bearers[*known - 1])) continue;
        if (!gloss_reads(c, letters, n_letters)) continue;
        rewrite_replace(&w, (ht_str){NULL, 0}, at, end);
        clean_note(a, report, t, block, at, end, HT_REPAIR_GLOSS, true);
    }
    return rewrite_end(&w);
}

void gloss_strip(ht_arena *a, ht_text *texts, size_t n, ht_clean_report *report) {
    evidence e = {.n = 0};
    ht_map_init(&e.index, a);
    for (size_t i = 0; i < n; i++) collect(a, &e, texts[i].text);
    if (e.n_glosses < GLOSS_MIN) return;
    for (size_t i = 0; i < n; i++) count_all(&e, texts[i].text);
    if (!injected(&e)) return;
    for (size_t i = 0; i < n; i++) texts[i] = strip(a, &e, &texts[i], (uint32_t)i, report);
}
