/* The text that figures are read from: an article's main text as folded code points.
 *
 * The fold is one to one, so that positions are code points of the main text (contract: text_start,
 * text_end) and every left-context check is an index. Everything under extract/ matches on `c`.
 */
#ifndef HT_EXTRACT_PASSAGE_H
#define HT_EXTRACT_PASSAGE_H

#include "base/utf8.h"

typedef enum {
    HT_PARA_TITLE,
    HT_PARA_BODY,
    HT_PARA_HEADING,
    HT_PARA_CAPTION,
    HT_PARA_ROW, /* a table row, cells separated by tabs */
} ht_para_kind;

typedef struct {
    uint32_t start, end; /* code points, half open, without the line feed */
    ht_para_kind kind;
} ht_para;

typedef struct {
    uint32_t start, end; /* code points; ends behind 。！？；-less full stop marks and closing quotes */
    uint32_t para;
} ht_sentence;

typedef struct {
    ht_str text;             /* borrows: the main text, UTF-8, paragraphs separated by \n */
    const uint32_t *c;       /* folded code points [n], followed by one 0 */
    const uint32_t *byte;    /* byte[i]: where code point i starts in text; byte[n] = text.n */
    uint32_t n;
    const ht_para *paras;
    uint32_t n_paras;
    const ht_sentence *sentences; /* cover every paragraph, in order */
    uint32_t n_sentences;
} ht_passage;

/* One paragraph a line of `text`; kinds[i] is the kind of line i (NULL: all body). Arena. */
void ht_passage_make(ht_passage *p, ht_arena *a, ht_str text, const ht_para_kind *kinds);
/* Index of the sentence or paragraph that holds code point `at`. */
uint32_t ht_passage_sentence(const ht_passage *p, uint32_t at);
uint32_t ht_passage_para(const ht_passage *p, uint32_t at);
/* The text as it stands (not folded) of a span of code points. Borrows. */
ht_str ht_passage_str(const ht_passage *p, uint32_t start, uint32_t end);
bool ht_passage_at_all(const ht_passage *p, uint32_t at, const char *literal);
/* Does the folded text at `at` begin with this simplified UTF-8 literal? Most calls end at the first
 * character, which costs a comparison. */
static inline bool ht_passage_at(const ht_passage *p, uint32_t at, const char *literal) {
    ht_str s = {literal, 0};
    size_t first = 0;
    if (at >= p->n || !*literal || p->c[at] != ht_utf8_next(s, &first)) return !*literal;
    return !literal[first] || ht_passage_at_all(p, at, literal);
}
/* Does the folded text that ends at `at` end with this literal? */
bool ht_passage_before(const ht_passage *p, uint32_t at, const char *literal);
static inline bool ht_is_han(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
           (c >= 0x20000 && c <= 0x323AF);
}
/* The digit that 〇 零 一 … 九 or 两 stands for; -1 for any other character. */
int ht_han_digit(uint32_t c);

/* The path of decisions, for `explain`. A NULL trace costs nothing. */
typedef struct {
    uint32_t start, end; /* what the decision was about */
    const char *rule;    /* short stable name */
    ht_str words;        /* arena */
} ht_trace_step;

typedef struct {
    ht_arena *arena;
    ht_trace_step *steps;
    size_t n, cap;
} ht_trace;

void ht_trace_add(ht_trace *t, uint32_t start, uint32_t end, const char *rule, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
