#include "extract/page/feature.h"

#include "base/utf8.h"
#include "extract/page/split.h"

#include <string.h>
#include <xxhash.h>

enum {
    PROSE_CHARS = 24,      /* a shorter line with a full stop may be a caption or a slogan */
    HEADLINE_CHARS = 36,
    LONG_PROSE_CHARS = 60, /* a line that long with commas is prose without a full stop, too */
};

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

bool page_is_ordinal(uint32_t c) {
    static const uint32_t han[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                   0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341}; /* 一 … 十 */
    for (size_t i = 0; i < sizeof han / sizeof *han; i++)
        if (c == han[i])
            return true;
    return c >= '0' && c <= '9';
}

static bool is_latin(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

static bool is_full_stop(uint32_t c) {
    return c == 0x3002 || c == '!' || c == '?' || c == ';' || c == 0x2026 || c == 0xFF61;
}

static bool is_closing(uint32_t c) {
    return c == 0x201D || c == 0x2019 || c == 0x300D || c == 0x300F || c == ')' || c == ']' ||
           c == 0x3011 || c == '"' || c == '\'' || c == 0x300B || c == 0x3015;
}

/* Brackets and bullets that stand before a label. */
static bool is_opening(uint32_t c) {
    return c == '(' || c == '[' || c == 0x3010 || c == 0x3014 || c == '{' || c == 0x300A ||
           c == '*' || c == '-' || c == 0x2014 || c == 0xB7 || c == 0x2022 || c == '|' ||
           c == '#' || c == '>' || c == '/' || c == ':' || c == 0x3002 || c == ',' ||
           (c >= 0x2500 && c <= 0x27BF) || c == 0x30FB || c == 0x203B || c == '=' || c == '~' ||
           c == 0xFE0F || (c >= 0x1F300 && c <= 0x1FAFF) || c == 0x2027 || c == '<' || c == '+';
}

static bool is_mark(uint32_t c) {
    return is_opening(c) || is_closing(c) || is_full_stop(c) || c == '.' || c == 0x3001 ||
           c == 0x2193 || c == 0xBB || c == 0xAB || c == '_' || c == '&' || c == 0x2192 ||
           (c >= 0x2190 && c <= 0x21FF);
}

static void count(page_feature *f) {
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t c = f->c[i];
        f->n_han += ht_is_han(c);
        f->n_digit += is_digit(c);
        f->n_latin += is_latin(c);
        f->n_stop += is_full_stop(c);
        f->n_period += c == 0x3002 || c == ';' || c == 0xFF61;
        f->n_comma += c == ',' || c == 0x3001 || c == ':';
        if (c == '"' && i + 1 < f->n && f->c[i + 1] == '>')
            f->remains = true;
    }
    uint32_t end = f->n;
    while (end > 0 && is_closing(f->c[end - 1]))
        end--;
    f->stopped = end > 0 && (is_full_stop(f->c[end - 1]) || (end < f->n && f->n > PROSE_CHARS));
    while (f->start < f->n && is_opening(f->c[f->start]))
        f->start++;
}

static bool is_date_sign(uint32_t c) {
    return c == '-' || c == '/' || c == '.' || c == ':' || c == 0x5E74 || c == 0x6708 ||
           c == 0x65E5 || c == 0x65F6 || c == 0x5206 || c == 0x79D2 || c == 't' || c == '+';
}

/* 2024-12-27, 2024年12月27日, 114/09/30, 17:44 */
static bool is_date_at(const page_feature *f, uint32_t i) {
    uint32_t n = 0;
    while (i + n < f->n && n < 5 && is_digit(f->c[i + n]))
        n++;
    uint32_t k = i + n;
    if (k + 1 >= f->n || !is_digit(f->c[k + 1]))
        return false;
    uint32_t sign = f->c[k];
    if (n >= 1 && n <= 2 && sign == ':')
        return k + 2 < f->n && is_digit(f->c[k + 2]);
    if (n < 2 || n > 4 || !(sign == '-' || sign == '/' || sign == '.' || sign == 0x5E74))
        return false;
    for (k++; k < f->n && is_digit(f->c[k]); k++) {
    }
    return k + 1 < f->n && (f->c[k] == sign || f->c[k] == 0x6708) && is_digit(f->c[k + 1]);
}

static void find_dates(page_feature *f) {
    uint32_t others = 0, digits = 0, years = 0, days = 0, times = 0;
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t c = f->c[i];
        bool first = is_digit(c) && (i == 0 || !is_digit(f->c[i - 1]));
        if (first && is_date_at(f, i))
            f->dated = true;
        digits += is_digit(c);
        years += c == 0x5E74;
        days += c == 0x65E5;
        times += c == ':';
        others += !is_digit(c) && !is_date_sign(c) && !is_mark(c);
    }
    /* 星期四, 时间: and the like may stand by. */
    f->date_only = digits >= 4 && digits <= 20 && others <= 4 && f->n <= 40 &&
                   (f->dated || (f->n > digits && others <= 2 && f->n - digits - others >= 1 &&
                                 f->n_han <= 4 && f->n <= 16));
    f->full_date = f->date_only && others == 0 && years == 1 && days == 1 && times == 0;
}

static void match(page_feature *f, const page_vocab *v) {
    uint32_t tool_end = 0, legal_end = 0; /* words that overlap count once */
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t node = 0, longest = 0;
        uint32_t legal = 0;
        unsigned here = 0, tool = 0;
        for (uint32_t k = i; k < f->n; k++) {
            node = ht_trie_step(&v->inside, node, f->c[k]);
            if (!node)
                break;
            uint32_t value = ht_trie_value(&v->inside, node);
            if (value == HT_TRIE_NONE)
                continue;
            uint32_t mask = v->inside_mask[value];
            here |= mask;
            if ((mask & WORD_LEGAL) && i >= legal_end)
                legal = k + 1;
            if (mask & (WORD_TOOL | WORD_CHANNEL)) {
                longest = k + 1 - i;
                tool = mask;
            }
        }
        f->has |= here;
        f->n_spam += (here & WORD_SPAM) != 0;
        f->n_legal += legal != 0;
        if (legal)
            legal_end = legal;
        /* “扫一扫” in quotes is spoken of, it is no call. */
        bool quoted = i > 0 && (f->c[i - 1] == 0x201C || f->c[i - 1] == 0x300C);
        f->n_promo += (here & WORD_PROMO) != 0 && !quoted;
        if (i < tool_end)
            continue;
        if (longest) {
            tool_end = i + longest;
            f->n_tool += longest;
            f->n_tools += (tool & WORD_TOOL) != 0;
            f->n_channels += (tool & WORD_TOOL) == 0;
        } else if (is_digit(f->c[i]) || is_mark(f->c[i])) {
            f->n_tool++;
        }
    }
    uint32_t node = 0;
    uint32_t stop = f->n;
    while (stop > f->start && (is_mark(f->c[stop - 1]) || is_digit(f->c[stop - 1])))
        stop--;
    for (uint32_t k = f->start; k < f->n; k++) {
        node = ht_trie_step(&v->start, node, f->c[k]);
        if (!node)
            break;
        uint32_t value = ht_trie_value(&v->start, node);
        if (value == HT_TRIE_NONE)
            continue;
        f->begins |= v->start_mask[value];
        if (k + 1 >= stop)
            f->is |= v->whole_mask[value];
    }
    node = 0;
    for (uint32_t k = stop; k > f->start; k--) {
        node = ht_trie_step(&v->end, node, f->c[k - 1]);
        if (!node)
            break;
        uint32_t value = ht_trie_value(&v->end, node);
        if (value != HT_TRIE_NONE)
            f->ends |= v->end_mask[value];
    }
}

uint32_t *page_letters(ht_arena *a, ht_str text, uint32_t *n) {
    uint32_t *c = HT_ARRAY(a, uint32_t, text.n + 1);
    *n = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t one = page_fold(ht_utf8_next(text, &at));
        if (!page_is_blank(one))
            c[(*n)++] = one;
    }
    return c;
}

bool page_holds(const page_feature *f, const uint32_t *c, uint32_t n) {
    for (uint32_t i = 0; n && i + n <= f->n; i++)
        if (f->c[i] == c[0] && memcmp(f->c + i, c, n * sizeof *c) == 0)
            return true;
    return false;
}

static uint64_t hash_of(const uint32_t *c, uint32_t n) {
    return XXH3_64bits(c, n * sizeof *c);
}

uint64_t page_hash(ht_arena *a, ht_str text) {
    uint32_t n;
    const uint32_t *c = page_letters(a, text, &n);
    return hash_of(c, n);
}

void page_feature_make(page_feature *f, ht_arena *a, const page_vocab *v, const ht_block *b) {
    *f = (page_feature){0};
    f->c = page_letters(a, b->text.text, &f->n);
    f->link_share = b->n_chars ? b->n_link_chars * 100 / b->n_chars : 0;
    f->hash = hash_of(f->c, f->n);
    count(f);
    find_dates(f);
    match(f, v);
}

bool page_is_prose(const page_feature *f) {
    /* Headlines ask and exclaim, but they are short and have no other marks. */
    bool told = f->n_period > 0 || f->n_comma > 0 || f->n >= HEADLINE_CHARS;
    return (f->n_stop > 0 && f->n >= PROSE_CHARS && told) ||
           (f->n_comma > 0 && f->n >= LONG_PROSE_CHARS);
}
