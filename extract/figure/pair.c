/* Numbers and nouns in step.
 *
 *   社区食堂、友好医院和驿站…分别开放了34个、29个和230个   the kth number goes with the kth noun
 *   网约配送员和网约车司机各约9000人                      one number for each of the nouns
 */
#include "extract/figure/context.h"

enum { LIST_MAX = 12, ITEM_MAX = 16, CUE_REACH = 12, CHANGE_REACH = 10 };

bool is_joint(const context *x, uint32_t at) {
    uint32_t c = x->p->c[at];
    return c == 0x3001 /* 、 */ || c == 0x548C /* 和 */ || c == 0x4E0E /* 与 */ ||
           c == 0x53CA /* 及 */;
}

/* Quantities i and i + 1 are neighbours of an enumeration: only 、 和 及 以及 stand between. */
static bool linked(const context *x, size_t i) {
    if (i + 1 >= x->n_q) return false;
    uint32_t from = x->q[i].end, to = x->q[i + 1].start;
    if (to < from || to - from > 2) return false;
    for (uint32_t k = from; k < to; k++)
        if (!is_joint(x, k) && x->p->c[k] != 0x4EE5 /* 以 */ && x->p->c[k] != 0xFF0C) return false;
    return to > from;
}

bool pair_linked(const context *x, size_t i) {
    return i > 0 && linked(x, i - 1);
}

/* A list of nouns that ends at `end`: items from the last to the first. Counts at most max. */
static size_t list_before(const context *x, uint32_t start, uint32_t end, uint32_t (*items)[2],
                          size_t max) {
    size_t n = 0;
    uint32_t to = end;
    for (uint32_t k = end; k >= start && n < max; k--) {
        bool edge = k == start || is_clause_mark(x->p->c[k - 1]);
        if (!edge && !is_joint(x, k - 1)) continue;
        if (to > k && to - k <= ITEM_MAX) {
            items[n][0] = k;
            items[n][1] = to;
            n++;
        } else if (to - k > ITEM_MAX) {
            if (n) { /* the first item carries the words before it: keep its tail */
                items[n][0] = to - ITEM_MAX;
                items[n][1] = to;
                n++;
            }
            break;
        }
        if (edge) break;
        to = k - 1;
    }
    return n;
}

/* Where quantity i stands in an enumeration behind 分别 or 依次: its place, how many there are, and
 * where the cue stands. False if it stands in none. */
static bool in_order(const context *x, size_t i, size_t *k_th, size_t *n, uint32_t *cue) {
    size_t first = i, last = i;
    while (first > 0 && i - first <= LIST_MAX && linked(x, first - 1)) first--;
    while (last - i <= LIST_MAX && linked(x, last)) last++;
    *n = last - first + 1;
    *k_th = i - first;
    if (*n < 2 || *n > LIST_MAX) return false;
    uint32_t from = place_of(x, first).sentence_start;
    for (uint32_t k = x->q[first].start; k-- > from && x->q[first].start - k <= CUE_REACH;)
        if (ht_passage_at(x->p, k, "分别") || ht_passage_at(x->p, k, "依次") || ht_passage_at(x->p, k, "依序") ||
            ht_passage_at(x->p, k, "分列")) {
            *cue = k;
            return true;
        }
    return false;
}

/* 2023年、2024年分别新增35个、48个: the date that goes with quantity i; SIZE_MAX if none does. */
size_t pair_date(const context *x, size_t i) {
    size_t k_th, n, last;
    uint32_t cue;
    if (!in_order(x, i, &k_th, &n, &cue)) return SIZE_MAX;
    last = first_date(x, cue);
    if (last < n) return SIZE_MAX;
    for (size_t d = last - n; d + 1 < last; d++) {
        uint32_t gap = x->dates[d].end;
        if (x->dates[d + 1].start != gap + 1 || !is_joint(x, gap)) return SIZE_MAX;
    }
    return x->dates[last - n].start >= place_of(x, i).sentence_start ? last - n + k_th : SIZE_MAX;
}

static bool holds_number(const context *x, uint32_t (*items)[2], size_t n) {
    for (size_t k = 0; k < n; k++) {
        size_t q = first_quantity(x, items[k][0]);
        if (q < x->n_q && x->q[q].start < items[k][1] && ht_kind_is_statistic(x->q[q].kind))
            return true;
    }
    return false;
}

bool pair_noun(const context *x, size_t i, uint32_t *start, uint32_t *end) {
    size_t k_th, n;
    uint32_t cue;
    if (!in_order(x, i, &k_th, &n, &cue)) return false;
    uint32_t from = place_of(x, i).sentence_start;
    uint32_t items[LIST_MAX + 1][2];
    /* The list ends at 分别 or at the end of an earlier clause. */
    for (uint32_t k = cue; k > from; k--) {
        if (k != cue && !is_clause_mark(x->p->c[k])) continue;
        uint32_t to = k;
        for (int cut = 0; to > from && cut < 10 && x->words.length[to - 1] == 1 &&
                          x->words.classes[to - 1] & W_ADVERB;
             cut++)
            to--;
        if (list_before(x, from, to, items, n) == n && !holds_number(x, items, n)) {
            *start = items[n - 1 - k_th][0];
            *end = items[n - 1 - k_th][1];
            return true;
        }
    }
    return false;
}

size_t pair_shared(const context *x, size_t i, uint32_t (*spans)[2], size_t max) {
    place at = place_of(x, i);
    uint32_t cue = UINT32_MAX;
    static const char *const cues[] = {"都是", "均为", "均达", "都有",
                                       "各约", "各有", "各达", "各"};
    for (uint32_t k = at.before; k < x->q[i].start && cue == UINT32_MAX; k++)
        for (size_t w = 0; w < sizeof cues / sizeof *cues; w++)
            if (ht_passage_at(x->p, k, cues[w])) {
                cue = k;
                break;
            }
    if (cue == UINT32_MAX || x->q[i].start - cue > 4) return 0;
    uint32_t to = cue;
    if (ht_passage_before(x->p, to, "数量") || ht_passage_before(x->p, to, "人数")) to -= 2;
    uint32_t items[MAX_BINDINGS][2];
    size_t n = list_before(x, at.before, to, items, max < MAX_BINDINGS ? max : MAX_BINDINGS);
    if (n < 2) return 0;
    for (size_t k = 0; k < n; k++) {
        spans[k][0] = items[n - 1 - k][0];
        spans[k][1] = items[n - 1 - k][1];
    }
    return n;
}

static bool becomes(const context *x, uint32_t from, uint32_t to) {
    uint32_t length;
    if (to > from + CHANGE_REACH) return false;
    for (uint32_t k = from; k < to; k++)
        if (cue_at(x->p, k, x->p->n, &length) && length > 1 &&
            (x->p->c[k + length - 1] == 0x81F3 /* 至 */ ||
             x->p->c[k + length - 1] == 0x5230 /* 到 */ ||
             x->p->c[k + length - 1] == 0x4E3A /* 为 */))
            return true;
    return false;
}

/* A cue of one character, or behind a word of plan (要由): not 由于, 自从. */
static bool is_opener(const context *x, uint32_t k) {
    if (x->p->c[k] != 0x7531 /* 由 */ && x->p->c[k] != 0x4ECE /* 从 */) return false;
    return x->words.length[k] == 1 ||
           (k > 0 && x->words.length[k - 1] == 2 && x->words.classes[k - 1] & W_PLANNED);
}

/* The place of the last one before quantity i, UINT32_MAX. */
static uint32_t opens_change(const context *x, size_t i) {
    for (uint32_t k = x->q[i].start, from = place_of(x, i).before; k-- > from;)
        if (is_opener(x, k)) return k;
    return UINT32_MAX;
}

change_part change_of(const context *x, size_t i, uint32_t *opens) {
    *opens = opens_change(x, i);
    if (*opens != UINT32_MAX && i + 1 < x->n_q && becomes(x, x->q[i].end, x->q[i + 1].start))
        return CHANGE_FROM;
    if (i == 0 || !becomes(x, x->q[i - 1].end, x->q[i].start)) return CHANGE_NONE;
    *opens = opens_change(x, i - 1);
    return *opens == UINT32_MAX ? CHANGE_NONE : CHANGE_TO;
}
