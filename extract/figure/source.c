/* Who says so: 据…介绍, 记者从…获悉, …数据显示, and the speaker of a quotation. */
#include "extract/figure/context.h"

enum { WHO_MAX = 30, WHO_MIN = 2 };

static bool opens(const context *x, uint32_t at, uint32_t *length) {
    static const char *const openers[] = {"记者从", "来自", "根据", "据", "从"};
    static const uint8_t n[] = {3, 2, 2, 1, 1};
    for (size_t w = 0; w < sizeof openers / sizeof *openers; w++)
        if (ht_passage_at(x->p, at, openers[w])) {
            *length = n[w];
            return true;
        }
    return false;
}

/* The speaker before the word of saying at `said`, back to the clause's start. */
static ht_str who(const context *x, uint32_t from, uint32_t said) {
    uint32_t start = said, length;
    while (start > from && said - start < WHO_MAX && !is_clause_mark(x->p->c[start - 1]) &&
           x->p->c[start - 1] != 0x201D)
        start--;
    for (uint32_t k = start; k < said; k++)
        if (opens(x, k, &length)) {
            start = k + length;
            break;
        }
    while (start < said && (x->p->c[start] == ' ' || x->p->c[start] == 0x7684)) start++;
    static const char *const nobody[] = {"不完全", "有关", "相关", "了解", "初步", "最新"};
    for (size_t k = 0; k < sizeof nobody / sizeof *nobody; k++)
        if (ht_passage_at(x->p, start, nobody[k]) && said - start <= 3) return (ht_str){NULL, 0};
    if (said - start < WHO_MIN || start >= said) return (ht_str){NULL, 0};
    return ht_passage_str(x->p, start, said);
}

ht_str attributed_to(const context *x, size_t i) {
    uint32_t n = ht_passage_sentence(x->p, x->q[i].start);
    const ht_sentence *s = &x->p->sentences[n];
    place at = place_of(x, i);
    for (uint32_t k = x->q[i].start; k-- > at.sentence_start;)
        if (x->words.classes[k] & W_SAID) {
            uint32_t end = k + x->words.length[k];
            bool opener = false, comma = end < s->end && is_clause_mark(x->p->c[end]);
            uint32_t length;
            for (uint32_t m = k; m-- > s->start && k - m < WHO_MAX;) opener |= opens(x, m, &length);
            if (opener || comma) return who(x, at.sentence_start, k);
        }
    /* “…12万人。”李某介绍: the quotation ends the sentence, its speaker begins the next one. */
    if (n + 1 < x->p->n_sentences && s->end > s->start && x->p->c[s->end - 1] == 0x201D &&
        x->p->sentences[n + 1].para == s->para) {
        const ht_sentence *next = &x->p->sentences[n + 1];
        uint32_t said = cues_first(
            &x->words, next->start,
            next->start + WHO_MAX < next->end ? next->start + WHO_MAX : next->end, W_SAID);
        if (said != UINT32_MAX) return who(x, next->start, said);
    }
    return (ht_str){NULL, 0};
}
