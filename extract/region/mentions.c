/* Tokens -> mentions: chains (江苏省鼓楼区), anaphora (全市), bare organs (市总工会), sets (三市),
 * named parts (东镇服务区). What a mention means is decided in the files behind this one. */
#include "extract/region/internal.h"

#include <string.h>

enum {
    CHAIN_GAP = 1,
    MAX_PART_NAME = 8,
    MIN_PART_NAME = 2,
    MAX_UNKNOWN_NAME = 5,
    MAX_SET = 40,
    MAX_PART_LIST = 40
};

static region_mention *mention_add(ht_geography *e, mention_kind kind, uint32_t start,
                                   uint32_t end) {
    region_mention *m = HT_PUSH(e->arena, e->mentions, e->n, e->cap);
    m->kind = kind;
    m->start = start;
    m->end = m->name_end = m->list_end = end;
    m->n_list = 1;
    m->division = REGION_NONE;
    m->level = 3;
    return m;
}

static void mention_read(const ht_geography *e, region_mention *m) {
    m->level = 3;
    for (uint32_t i = 0; i < m->n_readings; i++)
        if (e->g->divisions[m->readings[i]].level < m->level)
            m->level = e->g->divisions[m->readings[i]].level;
}

/* --- names and chains ------------------------------------------------------------------------ */

static bool gap_joins(const ht_passage *p, uint32_t from, uint32_t to) {
    if (from == to) return true;
    return to - from == CHAIN_GAP && (p->c[from] == ' ' || p->c[from] == 0xB7);
}

/* Tries to make `t` the next link of chain *m. */
static bool chain_extend(const ht_geography *e, region_mention *m, const region_token *t) {
    uint32_t inner[REGION_MAX_READINGS], outer[REGION_MAX_READINGS], n_outer = 0;
    if (mention_is(m, M_TOWN | M_NATIONAL) || m->kind != MENTION_NAME ||
        !gap_joins(e->p, m->end, t->start))
        return false;
    /* 江西铁路、公路: a town without its suffix follows its county, no region above. */
    if (t->form == REGION_TOWN_SHORT && m->level < 3) return false;
    uint32_t n = token_readings(e->g, t, e->month, m->readings, m->n_readings, inner);
    bool town = t->form >= REGION_TOWN, deeper = town;
    for (uint32_t i = 0; i < m->n_readings; i++)
        for (uint32_t k = 0; k < n; k++)
            if (gazetteer_within(e->g, inner[k], m->readings[i])) {
                deeper = deeper || inner[k] != m->readings[i];
                if (!n_outer || outer[n_outer - 1] != m->readings[i])
                    outer[n_outer++] = m->readings[i];
            }
    if (!n || !deeper) return false;
    m->end = m->name_end = m->list_end = t->end;
    m->flags |= M_CHAIN | M_FULL;
    memcpy(m->readings, inner, n * sizeof *inner);
    m->n_readings = n;
    if (town) {
        m->flags |= M_TOWN;
        m->place_start = t->start;
        m->place_end = t->end;
    }
    mention_read(e, m);
    return true;
}

static void name_add(ht_geography *e, const region_token *t, bool *chain_open) {
    if (*chain_open && e->n && chain_extend(e, &e->mentions[e->n - 1], t)) return;
    region_mention *m = mention_add(e, MENTION_NAME, t->start, t->end);
    m->n_readings = token_readings(e->g, t, e->month, NULL, 0, m->readings);
    m->posting = t->posting;
    m->class_ = t->class_;
    m->flags = M_PENDING;
    if (t->form == REGION_FULL) m->flags |= M_FULL;
    if (t->form >= REGION_TOWN) {
        m->flags |= M_TOWN | (t->form == REGION_TOWN ? (uint32_t)M_FULL : 0);
        m->place_start = t->start;
        m->place_end = t->end;
    }
    mention_read(e, m);
    *chain_open = true;
}

/* --- words ----------------------------------------------------------------------------------- */

static uint32_t code_next(ht_str *codes) {
    uint32_t code = 0;
    ht_str one = {0};
    ht_str_split(codes, '|', &one);
    for (size_t i = 0; i < one.n && one.p[i] >= '0' && one.p[i] <= '9'; i++)
        code = code * 10 + (uint32_t)(one.p[i] - '0');
    return code;
}

static region_kind kind_of_word(ht_str s) {
    static const struct {
        const char *word;
        region_kind kind;
    } table[] = {{"province", REGION_PROVINCE}, {"city", REGION_CITY},
                 {"district", REGION_DISTRICT}, {"county", REGION_COUNTY},
                 {"banner", REGION_BANNER},     {"state", REGION_STATE},
                 {"league", REGION_LEAGUE}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (ht_str_starts(s, ht_str_of(table[i].word))) return table[i].kind;
    return REGION_OTHER;
}

static void word_add(ht_geography *e, const region_token *t) {
    ht_str argument = sense_argument(e->g, t->sense), rest = argument;
    region_mention *m = mention_add(e, MENTION_NOTHING, t->start, t->end);
    switch (t->class_) {
    case REGION_W_ANAPHOR:
        m->kind = MENTION_ANAPHOR;
        m->wanted = kind_of_word(argument);
        if (ht_str_ends(argument, HT_S(" this"))) m->flags |= M_THIS;
        break;
    case REGION_W_JOINT: {
        uint32_t *codes = HT_ARRAY(e->arena, uint32_t, argument.n / 6 + 1);
        while (rest.n) {
            uint32_t division = gazetteer_find(e->g, code_next(&rest));
            if (division != REGION_NONE) codes[m->n_codes++] = division;
        }
        m->kind = MENTION_JOINT;
        m->codes = codes;
        break;
    }
    case REGION_W_FOREIGN: m->flags |= M_FOREIGN; break;
    case REGION_W_GROUP: break;
    default: /* an alias of one region */
        m->kind = MENTION_NAME;
        m->division = gazetteer_find(e->g, code_next(&rest));
        m->flags |= M_FULL;
        if (t->class_ == REGION_W_ORGAN_NATIONAL) m->flags |= M_SPEAKER;
        if (ht_str_ends(argument, HT_S(" part"))) {
            m->place_start = m->start;
            m->place_end = m->end;
        }
        if (m->division == REGION_NONE) break;
        if (!e->g->divisions[m->division].level) m->flags |= M_NATIONAL;
        m->readings[0] = m->division;
        m->n_readings = 1;
        mention_read(e, m);
    }
}

/* --- organs, sets and parts: found by their shape
 * ------------------------------------------------- */

static region_kind kind_of_char(uint32_t c) {
    switch (c) {
    case 0x7701: return REGION_PROVINCE; /* 省 */
    case 0x5E02: return REGION_CITY;     /* 市 */
    case 0x533A: return REGION_DISTRICT; /* 区 */
    case 0x53BF: return REGION_COUNTY;   /* 县 */
    case 0x65D7: return REGION_BANNER;   /* 旗 */
    case 0x5DDE: return REGION_STATE;    /* 州 */
    case 0x76DF: return REGION_LEAGUE;   /* 盟 */
    default: return REGION_OTHER;
    }
}

static bool boundary_before(const ht_geography *e, uint32_t at) {
    return !at || !ht_is_han(e->p->c[at - 1]) ||
           words_before(e->g, e->p, at, REGION_W_PHRASE_STOP, NULL);
}

/* 市总工会, 县委: the organ of a region that stands before. */
static uint32_t organ_at(ht_geography *e, uint32_t at) {
    region_kind kind = kind_of_char(e->p->c[at]);
    if (kind == REGION_OTHER || !boundary_before(e, at)) return 0;
    uint32_t n = words_at(e->g, e->p, at + 1, REGION_W_ORGAN, NULL);
    if (!n) return 0;
    region_mention *m = mention_add(e, MENTION_ORGAN, at, at + 1 + n);
    m->wanted = kind;
    m->flags |= M_SPEAKER;
    return 1 + n;
}

static uint32_t digit_of(uint32_t c) {
    if (c == 0x5341 /* 十 */) return 10;
    int digit = c == 0x4E24 /* 两 */ ? 0 : ht_han_digit(c);
    return digit > 0 ? (uint32_t)digit : 0;
}

static uint32_t set_number(const ht_passage *p, uint32_t *at) {
    uint32_t value = 0;
    if (p->c[*at] == 0x4E24) { /* 两 */
        *at += 1;
        return 2;
    }
    while (*at < p->n && p->c[*at] >= '0' && p->c[*at] <= '9' && value < MAX_SET) {
        value = value * 10 + p->c[*at] - '0';
        *at += 1;
    }
    if (value) return value <= MAX_SET ? value : 0;
    uint32_t ones = 0, tens = 0;
    for (; *at < p->n; *at += 1) {
        uint32_t digit = digit_of(p->c[*at]);
        if (!digit) break;
        if (digit == 10 && !tens) {
            tens = ones ? ones : 1;
            ones = 0;
        } else if (digit < 10 && !ones)
            ones = digit;
        else
            return 0;
    }
    return tens * 10 + ones;
}

/* 三市, 两地, 五个城区, 三个产粮大县: number, 个, at most 4 characters, unit. */
uint32_t set_at(const ht_geography *e, uint32_t at, region_set *set) {
    uint32_t i = at, sense, n = 0;
    set->size = set_number(e->p, &i);
    if (set->size < 2) return 0;
    uint32_t reach = e->p->c[i] == 0x4E2A ? 5 : 1; /* 三个产粮大县, but 三县 */
    if (reach > 1) i++;
    for (uint32_t skip = 0; skip < reach && i < e->p->n && ht_is_han(e->p->c[i]); skip++, i++) {
        n = words_at(e->g, e->p, i, REGION_W_UNIT, &sense);
        if (n) break;
        if (words_at(e->g, e->p, i, REGION_W_PHRASE_STOP, NULL)) return 0;
    }
    if (!n || words_at(e->g, e->p, i + n, REGION_W_UNIT_NOT, NULL)) return 0;
    i += n;
    set->kind = kind_of_char(e->p->c[i - 1]);
    if (e->p->c[i] == 0xFF08 || e->p->c[i] == '(') { /* 大县（市） */
        uint32_t k = i + 1;
        while (k < i + 5 && k < e->p->n && ht_is_han(e->p->c[k])) k++;
        if (e->p->c[k] == 0xFF09 || e->p->c[k] == ')') i = k + 1;
    }
    set->parts = sense_argument(e->g, sense).n > 0;
    set->towns = ht_str_eq(sense_argument(e->g, sense), HT_S("town"));
    if (set->parts) set->kind = REGION_OTHER;
    return i - at;
}

/* 岭前、河西、东关三个镇 of unknown towns: names with an enumeration comma in front of the number.
 */
static uint32_t parts_before(ht_geography *e, uint32_t at, uint32_t n) {
    uint32_t start = at, floor = e->n ? e->mentions[e->n - 1].end : 0, commas = 0, item = 0;
    while (start > floor && at - start < MAX_PART_LIST &&
           (ht_is_han(e->p->c[start - 1]) || e->p->c[start - 1] == 0x3001) &&
           !words_before(e->g, e->p, start, REGION_W_PHRASE_STOP, NULL)) {
        start--;
        bool comma = e->p->c[start] == 0x3001;
        commas += comma;
        item = comma ? 0 : item + 1;
        if (item > MAX_UNKNOWN_NAME) return n;
    }
    if (!commas || e->p->c[start] == 0x3001) return n;
    region_mention *m = mention_add(e, MENTION_PART, start, at + n);
    m->place_start = start;
    m->place_end = at + n;
    return n;
}

static uint32_t set_add(ht_geography *e, uint32_t at) {
    uint32_t n = 0, before = at;
    region_set set;
    if (at && (e->p->c[at - 1] == 0x524D || e->p->c[at - 1] == 0x8FD9))
        before--; /* 前两市 这三地 */
    if (at && ((e->p->c[at - 1] >= '0' && e->p->c[at - 1] <= '9') || e->p->c[at - 1] == 0x8F96))
        return 0; /* 12市; 辖2市3县 */
    n = set_at(e, at, &set);
    if (n && set.parts) return parts_before(e, at, n);
    if (!n || set.size > 9) return n;
    region_mention *m = mention_add(e, MENTION_SET, before, at + n);
    m->set_size = set.size;
    m->wanted = set.kind;
    return n;
}

/* A part that no division's name begins: the run in front of 服务区, 风景区 … is its name. */
static uint32_t part_at(ht_geography *e, uint32_t at, uint32_t floor) {
    uint32_t n = words_at(e->g, e->p, at, REGION_W_PART_AFTER, NULL);
    if (!n) return 0;
    uint32_t start = at;
    region_mention *last = e->n ? &e->mentions[e->n - 1] : NULL;
    while (start > floor && at - start < MAX_PART_NAME && ht_is_han(e->p->c[start - 1]) &&
           !words_before(e->g, e->p, start, REGION_W_PHRASE_STOP, NULL))
        start--;
    bool adjoins = last && last->kind == MENTION_NAME && last->end == start && start == floor &&
                   !mention_is(last, M_NATIONAL);
    if (words_at(e->g, e->p, at + n, REGION_W_PART_AFTER, NULL)) return 0;
    if (adjoins && mention_is(last, M_TOWN) && !mention_is(last, M_FULL | M_CHAIN) &&
        n > 1) { /* 横琴合作区: a zone named after a town is the city's */
        last->kind = MENTION_PART;
        last->flags = 0;
        last->place_start = last->start;
        last->place_end = last->end = last->list_end = at + n;
        return n;
    }
    if (adjoins && at - start <= MAX_PART_NAME) {
        static const char *const common[] = {"街道", "镇",   "乡", "村",
                                             "社区", "小区", "邨", "商圈"};
        for (size_t i = 0; start == at && i < sizeof common / sizeof *common; i++)
            if (ht_passage_at(e->p, at, common[i])) return 0;
        if (start < at && n == 1 && words_before(e->g, e->p, at, REGION_W_PART_GENERIC, NULL))
            return 0;
        /* 河北省户外劳动者服务站点: a kind of place, not one of them */
        if (start < at && words_at(e->g, e->p, start, REGION_W_PART_GENERIC, NULL) == at - start)
            return 0;
        last->flags |= M_TOWN | M_CHAIN;
        last->place_start = mention_is(last, M_TOWN) && last->place_end > last->place_start
                                ? last->place_start
                                : last->start;
        last->place_end = last->end = last->list_end = at + n;
        return n;
    }
    if (at - start < MIN_PART_NAME || at - start > MAX_UNKNOWN_NAME) return 0;
    uint32_t left = start ? e->p->c[start - 1] : '\n';
    bool led = left == 0x5728 || left == 0x4E8E || left == 0x3001; /* 在 于 、 */
    if (!led && (ht_is_han(left) || (left < 128 && left > ' '))) return 0;
    uint32_t right = e->p->c[at + n];
    if (n == 1 && !led &&
        (at - start > 3 || (start && left != 0xFF0C && left != 0x3002 && left != '\n')))
        return 0;
    if (n == 1 && (right == 0x7EA7 || right == 0x6751 || right == 0x8857)) return 0; /* 级 村 街 */
    if (words_before(e->g, e->p, at, REGION_W_PART_GENERIC, NULL) ||
        words_at(e->g, e->p, start, REGION_W_PART_GENERIC, NULL))
        return 0;
    region_mention *m = mention_add(e, MENTION_PART, start, at + n);
    m->place_start = start;
    m->place_end = at + n;
    return n;
}

bool mention_opener(uint32_t c) {
    return kind_of_char(c) != REGION_OTHER || digit_of(c) || c == 0x4E24 /* 两 */ ||
           (c >= '0' && c <= '9');
}

/* Everything between two tokens that is no name of the tables. */
static void gap_read(ht_geography *e, uint32_t from, uint32_t to) {
    const uint64_t opening = UINT64_C(1) << REGION_W_PART_AFTER | UINT64_C(1) << REGION_N_CLASSES;
    uint32_t floor = from;
    for (uint32_t i = from; i < to;) {
        uint32_t c = e->p->c[i], n = 0;
        if (c == '\n' || c == '\t') {
            floor = ++i;
            continue;
        }
        if (!(e->g->opening[c % REGION_WORD_SLOTS] & opening)) {
            i++;
            continue;
        }
        if (!n) n = organ_at(e, i);
        if (!n && (ht_is_han(c) || (c >= '0' && c <= '9'))) {
            n = set_add(e, i);
            if (!n) n = part_at(e, i, floor);
        }
        i += n ? n : 1;
        if (n) floor = i;
    }
}

bool town_is_generic(const ht_geography *e, uint32_t start, uint32_t end) {
    uint32_t whole = words_at(e->g, e->p, start, REGION_W_PART_AFTER, NULL);
    uint32_t n = words_at(e->g, e->p, start, REGION_W_PART_GENERIC, NULL);
    return start + whole == end ||
           (n && start + n + words_at(e->g, e->p, start + n, REGION_W_PART_AFTER, NULL) == end);
}

bool town_by_suffix(const ht_passage *p, uint32_t end) {
    return ht_passage_before(p, end, "街道") || ht_passage_before(p, end, "镇") ||
           ht_passage_before(p, end, "乡");
}

/* 城区, 东区 within other words. */
static bool loose_district(const ht_geography *e, const region_token *t) {
    uint32_t left = t->start ? e->p->c[t->start - 1] : '\n', right = e->p->c[t->end];
    if (t->form != REGION_SHORT || t->class_ != 2 || t->end - t->start != 2) return false;
    if (e->p->c[t->end - 1] != 0x533A) return false; /* 区 */
    return ht_is_han(left) && right != 0x3001 && left != 0x53CA && left != 0x548C;
}

/* Names that count inside a chain only. */
static bool is_text(const ht_geography *e, const region_token *t, bool chain_open) {
    bool zone = t->form >= REGION_TOWN && !town_by_suffix(e->p, t->end) &&
                town_is_generic(e, t->start, t->end);
    if (!zone && !loose_district(e, t)) return false;
    if (!chain_open || !e->n) return true;
    region_mention copy = e->mentions[e->n - 1];
    return !chain_extend(e, &copy, t);
}

void mentions_find(ht_geography *e) {
    region_token *tokens;
    size_t n;
    uint32_t at = 0;
    bool chain_open = false;
    tokens_find(e->g, e->arena, e->p, e->month, &tokens, &n);
    for (size_t i = 0; i < n; i++) {
        const region_token *t = &tokens[i];
        if (t->posting == REGION_NONE && t->class_ == REGION_W_WORD) continue;
        if (t->posting != REGION_NONE && is_text(e, t, chain_open)) continue;
        if (t->start > at) {
            size_t before = e->n;
            gap_read(e, at, t->start);
            if (e->n != before) chain_open = false;
        }
        if (t->start < at) continue;
        if (t->posting != REGION_NONE)
            name_add(e, t, &chain_open);
        else {
            word_add(e, t);
            chain_open = false;
        }
        at = t->end;
    }
    gap_read(e, at, e->p->n);
}

/* The only reading, or the one above all others in rank (昌吉: the prefecture). */
static uint32_t reading_highest(const ht_gazetteer *g, const region_mention *m) {
    uint32_t best = REGION_NONE, n = 0;
    for (uint32_t i = 0; i < m->n_readings; i++)
        if (g->divisions[m->readings[i]].level == m->level) {
            best = m->readings[i];
            n++;
        }
    return n == 1 ? best : REGION_NONE;
}

uint32_t mention_of_text(const ht_gazetteer *g, ht_arena *a, ht_str text, int32_t month,
                         bool publisher) {
    ht_passage p;
    ht_passage_make(&p, a, text, NULL);
    ht_geography e = {.g = g, .arena = a, .p = &p, .month = month};
    if (!text.n || memchr(text.p, '\n', text.n)) return REGION_NONE;
    mentions_find(&e);
    uint32_t best = REGION_NONE;
    for (size_t i = 0; i < e.n; i++) {
        const region_mention *m = &e.mentions[i];
        uint32_t r = m->kind == MENTION_NAME ? reading_highest(g, m) : REGION_NONE;
        if (r == REGION_NONE || mention_is(m, M_NATIONAL)) continue;
        if (mention_is(m, M_TOWN) && !mention_is(m, M_CHAIN)) continue;
        bool named = words_at(g, &p, m->end, REGION_W_MEDIA, NULL) || m->end == p.n ||
                     (m->start && !publisher);
        bool full = mention_is(m, M_FULL);
        if (!full && m->class_ == 2 && !(publisher && named && m->level < 3)) continue;
        if (!full && m->level == 3 && !named) continue;
        if (best == REGION_NONE || gazetteer_within(g, r, best)) best = r;
    }
    return best;
}
