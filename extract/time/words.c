/* The tables of extract/time: parsed once, shared by all workers, never freed. */
#include "base/table.h"
#include "base/trie.h"
#include "base/utf8.h"
#include "extract/time/time-internal.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

HT_TABLE(dates_words, "dates-words.bin");
HT_TABLE(dates_holidays, "dates-holidays.bin");
HT_TABLE(dates_lunar, "dates-lunar.bin");

static const char *const word_kind_names[N_WORD_KINDS] = {
    "as-of",     "becomes",        "before",    "compare",     "compare-after",
    "continue",  "count-before",   "day",       "day-block",   "day-of",
    "era",       "first",          "fixed-day", "from",        "future",
    "glossed",   "half",           "holiday",   "last",        "last-after",
    "lunar",     "lunar-day",      "month",     "month-block", "month-of",
    "months",    "newly",          "now",       "part",        "part-month",
    "part-year", "plan",           "plan-year", "quarter",     "recurring",
    "report",    "same-period",    "shield",    "since",       "span",
    "ten",       "total",          "unit",      "vague",       "week",
    "weekday",   "weekday-follow", "whole",     "year",        "year-block",
    "year-of",
};

uint64_t word_openings[WORD_OPENINGS];

typedef struct {
    ht_str name;
    int year;
    ht_day from, to;
} holiday;

typedef struct {
    ht_str name;
    bool lunar;
    int month, day, before, after;
} usual;

typedef struct {
    int year, leap;
    ht_day first;
    ht_str months;
} lunar_year;

static struct {
    ht_arena arena;
    ht_trie trie; /* value: index of a word's first entry; its other meanings follow */
    uint64_t *below;    /* [node] the kinds of the words that end at the node or further on */
    time_word *words;
    ht_str *texts;
    size_t n_words, cap_words, n_texts, cap_texts;
    uint32_t longest;
    holiday *holidays; /* by year */
    size_t n_holidays, cap_holidays;
    usual *usual;
    size_t n_usual, cap_usual;
    lunar_year *lunar; /* by year, without gaps */
    size_t n_lunar, cap_lunar;
} table;

static int int_of(ht_str s) {
    ht_str end = s;
    int sign = 1, value = 0;
    if (end.n && end.p[0] == '-') {
        sign = -1;
        end = ht_sub(end, 1, end.n);
    }
    for (size_t i = 0; i < end.n && end.p[i] >= '0' && end.p[i] <= '9'; i++)
        value = value * 10 + (end.p[i] - '0');
    return sign * value;
}

static word_kind kind_of(ht_str name) {
    for (int k = 0; k < N_WORD_KINDS; k++)
        if (ht_str_eq(name, ht_str_of(word_kind_names[k]))) return (word_kind)k;
    assert(0 && "unknown kind in data/dates-words.tsv");
    abort();
}

static int compare_texts(const void *a, const void *b) {
    const uint32_t *x = a, *y = b;
    int c = ht_str_cmp(table.texts[*x], table.texts[*y]);
    return c ? c : (*x > *y) - (*x < *y);
}

static void mark_kinds(const ht_trie_word *keys, size_t n) {
    table.below = HT_ARRAY(&table.arena, uint64_t, table.trie.n_places + 1);
    for (size_t i = 0; i < n; i++) {
        uint64_t kind = W_BIT(table.words[keys[i].value].kind);
        for (uint32_t k = 0, node = 0; k < keys[i].n; k++) {
            node = ht_trie_step(&table.trie, node, keys[i].c[k]);
            table.below[node] |= kind;
        }
        if (keys[i].n) word_openings[keys[i].c[0] % WORD_OPENINGS] |= kind;
    }
}

static void read_words(void) {
    ht_str rest = {(const char *)ht_table_dates_words, HT_TABLE_SIZE(dates_words)}, line;
    time_word *raw = NULL;
    size_t n = 0, cap = 0;
    while (ht_str_split(&rest, '\n', &line)) {
        ht_str kind, word, value = line;
        if (!ht_str_split(&value, '\t', &kind) || !ht_str_split(&value, '\t', &word)) continue;
        time_word w = {.kind = kind_of(kind), .name = value, .a = int_of(value)};
        size_t dash = value.n ? ht_str_find(value, HT_S("-"), 1) : SIZE_MAX;
        if (dash != SIZE_MAX) w.b = int_of(ht_sub(value, dash + 1, value.n));
        *HT_PUSH(&table.arena, raw, n, cap) = w;
        *HT_PUSH(&table.arena, table.texts, table.n_texts, table.cap_texts) = word;
    }
    uint32_t *order = HT_ARRAY(&table.arena, uint32_t, n);
    for (uint32_t i = 0; i < n; i++) order[i] = i;
    qsort(order, n, sizeof *order, compare_texts);
    ht_trie_word *keys = HT_ARRAY(&table.arena, ht_trie_word, n);
    ht_str *texts = HT_ARRAY(&table.arena, ht_str, n);
    table.words = HT_ARRAY(&table.arena, time_word, n);
    for (uint32_t i = 0; i < n; i++) {
        table.words[i] = raw[order[i]];
        texts[i] = table.texts[order[i]];
        size_t length;
        keys[i].c = ht_utf8_decode(&table.arena, texts[i], &length);
        keys[i].n = (uint32_t)length;
        keys[i].value = i; /* of equal words the first entry stays */
        if (keys[i].n > table.longest) table.longest = keys[i].n;
    }
    table.texts = texts;
    table.n_words = n;
    ht_trie_build(&table.trie, &table.arena, keys, n);
    mark_kinds(keys, n);
}

/* "lunar 1-1" and "1-6": one day before it to six days behind it. */
static void read_usual(ht_str name, ht_str day, ht_str days) {
    bool lunar = ht_str_starts(day, HT_S("lunar "));
    if (lunar) day = ht_sub(day, 6, day.n);
    size_t dash = ht_str_find(day, HT_S("-"), 0), to = ht_str_find(days, HT_S("-"), 0);
    assert(dash != SIZE_MAX && to != SIZE_MAX);
    *HT_PUSH(&table.arena, table.usual, table.n_usual, table.cap_usual) =
        (usual){.name = name,
                .lunar = lunar,
                .month = int_of(day),
                .day = int_of(ht_sub(day, dash + 1, day.n)),
                .before = int_of(days),
                .after = int_of(ht_sub(days, to + 1, days.n))};
}

static void read_calendars(void) {
    ht_str rest = {(const char *)ht_table_dates_holidays, HT_TABLE_SIZE(dates_holidays)}, line;
    while (ht_str_split(&rest, '\n', &line)) {
        ht_str year, name, from;
        if (!ht_str_split(&line, '\t', &year) || !ht_str_split(&line, '\t', &name) ||
            !ht_str_split(&line, '\t', &from))
            continue;
        if (ht_str_eq(year, HT_S("*"))) {
            read_usual(name, from, line);
            continue;
        }
        *HT_PUSH(&table.arena, table.holidays, table.n_holidays, table.cap_holidays) =
            (holiday){name, int_of(year), ht_day_parse(from), ht_day_parse(line)};
    }
    rest = (ht_str){(const char *)ht_table_dates_lunar, HT_TABLE_SIZE(dates_lunar)};
    while (ht_str_split(&rest, '\n', &line)) {
        ht_str year, first, leap;
        if (!ht_str_split(&line, '\t', &year) || !ht_str_split(&line, '\t', &first) ||
            !ht_str_split(&line, '\t', &leap))
            continue;
        *HT_PUSH(&table.arena, table.lunar, table.n_lunar, table.cap_lunar) =
            (lunar_year){int_of(year), int_of(leap), ht_day_parse(first), line};
    }
}

static void read_tables(void) {
    ht_arena_init(&table.arena, 0);
    read_words();
    read_calendars();
    for (uint32_t c = 0; c < 0x10000; c++)
        if (expression_opener(c)) word_openings[c % WORD_OPENINGS] |= W_BIT(N_WORD_KINDS);
}

void words_need(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_tables);
}

static bool may_open(uint32_t c, uint64_t kinds) {
    return (word_openings[c % WORD_OPENINGS] & kinds) && ht_trie_begins(&table.trie, c);
}

bool word_opens(const ht_passage *p, uint32_t at, uint64_t kinds) {
    if (!may_open(p->c[at], kinds)) return false;
    uint32_t node = 0;
    for (uint32_t i = at; i < p->n && (node = ht_trie_step(&table.trie, node, p->c[i])) != 0; i++) {
        if (!(table.below[node] & kinds)) return false;
        if (ht_trie_value(&table.trie, node) != HT_TRIE_NONE) return true;
    }
    return false;
}

const time_word *word_at(const ht_passage *p, uint32_t at, uint64_t kinds, uint32_t *end) {
    if (at >= p->n || !may_open(p->c[at], kinds)) return NULL;
    const time_word *found = NULL;
    uint32_t node = 0;
    for (uint32_t i = at; i < p->n && (node = ht_trie_step(&table.trie, node, p->c[i])) != 0; i++) {
        if (!found && !(table.below[node] & kinds)) return NULL;
        uint32_t first = ht_trie_value(&table.trie, node);
        if (first == HT_TRIE_NONE) continue;
        for (uint32_t k = first;
             k < table.n_words && (k == first || ht_str_eq(table.texts[k], table.texts[first]));
             k++) {
            if (W_BIT(table.words[k].kind) & kinds) {
                found = &table.words[k];
                *end = i + 1;
            } else if (table.words[k].kind == W_SHIELD) {
                found = NULL;
            }
        }
    }
    return found;
}

const time_word *word_before(const ht_passage *p, uint32_t at, uint64_t kinds, uint32_t *start) {
    for (uint32_t n = table.longest < at ? table.longest : at; n > 0; n--) {
        uint32_t end;
        const time_word *w = word_at(p, at - n, kinds, &end);
        if (w && end == at) {
            *start = at - n;
            return w;
        }
    }
    return NULL;
}

ht_day lunar_day(int year, int month, int day) {
    if (!table.n_lunar || year < table.lunar[0].year) return HT_NO_DAY;
    size_t i = (size_t)(year - table.lunar[0].year);
    if (i >= table.n_lunar) return HT_NO_DAY;
    const lunar_year *y = &table.lunar[i];
    if (month < 1 || month > 12) return HT_NO_DAY;
    size_t index = (size_t)(month - 1) + (y->leap && month > y->leap);
    if (index >= y->months.n) return HT_NO_DAY;
    ht_day first = y->first;
    for (size_t k = 0; k < index; k++) first += y->months.p[k] == '0' ? 30 : 29;
    int length = y->months.p[index] == '0' ? 30 : 29;
    if (month == 12 && day > length) day = length;
    return day < 1 || day > length ? HT_NO_DAY : first + day - 1;
}

/* Without a notice for the year: the holiday's own day and its usual length. */
static bool usual_span(ht_str name, int year, ht_day *from, ht_day *to) {
    for (size_t i = 0; i < table.n_usual; i++) {
        const usual *u = &table.usual[i];
        if (!ht_str_eq(name, u->name)) continue;
        ht_day d = u->lunar ? lunar_day(year, u->month, u->day) : ht_day_of(year, u->month, u->day);
        if (d == HT_NO_DAY) return false;
        *from = d - u->before;
        *to = d + u->after;
        return true;
    }
    return false;
}

bool holiday_span(ht_str name, int year, ht_day *from, ht_day *to) {
    for (size_t i = 0; i < table.n_holidays; i++) {
        if (table.holidays[i].year != year || !ht_str_eq(table.holidays[i].name, name)) continue;
        *from = table.holidays[i].from;
        *to = table.holidays[i].to;
        return true;
    }
    return usual_span(name, year, from, to);
}
