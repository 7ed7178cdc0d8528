#include "extract/passage/passage.h"

#include "base/utf8.h"
#include "normalize/normalize.h"

#include <stdarg.h>
#include <stdio.h>

static bool ends_sentence(uint32_t c) {
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?'; /* 。！？ */
}

static bool closes(uint32_t c) {
    return c == 0x201D || c == 0x2019 || c == 0x300D || c == 0x300F || c == 0xFF09 || c == ')';
}

/* A sentence ends behind 。！？ and the closing marks that follow; a colon or semicolon does not end it. */
static uint32_t sentence_end(const uint32_t *c, uint32_t at, uint32_t end) {
    while (at < end && !ends_sentence(c[at])) at++;
    while (at < end && ends_sentence(c[at])) at++;
    while (at < end && closes(c[at])) at++;
    return at;
}

static void split_sentences(ht_passage *p, ht_arena *a) {
    ht_sentence *s = NULL;
    size_t n = 0, cap = 0;
    for (uint32_t i = 0; i < p->n_paras; i++) {
        uint32_t at = p->paras[i].start, end = p->paras[i].end;
        do {
            uint32_t to = p->paras[i].kind == HT_PARA_ROW ? end : sentence_end(p->c, at, end);
            *HT_PUSH(a, s, n, cap) = (ht_sentence){at, to, i};
            at = to;
        } while (at < end);
    }
    p->sentences = s;
    p->n_sentences = (uint32_t)n;
}

void ht_passage_make(ht_passage *p, ht_arena *a, ht_str text, const ht_para_kind *kinds) {
    size_t n = ht_utf8_count(text);
    uint32_t *c = HT_ARRAY(a, uint32_t, n + 1), *byte = HT_ARRAY(a, uint32_t, n + 1);
    ht_para *paras = NULL;
    size_t n_paras = 0, cap = 0;
    uint32_t start = 0;
    ht_fold_text(text, c, byte);
    for (uint32_t i = 0; i < n; i++) {
        if (c[i] != '\n') continue;
        ht_para_kind kind = kinds ? kinds[n_paras] : HT_PARA_BODY;
        *HT_PUSH(a, paras, n_paras, cap) = (ht_para){start, i, kind};
        start = i + 1;
    }
    if (start < n || !n_paras) {
        ht_para_kind kind = kinds ? kinds[n_paras] : HT_PARA_BODY;
        *HT_PUSH(a, paras, n_paras, cap) = (ht_para){start, (uint32_t)n, kind};
    }
    *p = (ht_passage){.text = text,
                      .c = c,
                      .byte = byte,
                      .n = (uint32_t)n,
                      .paras = paras,
                      .n_paras = (uint32_t)n_paras};
    split_sentences(p, a);
}

uint32_t ht_passage_sentence(const ht_passage *p, uint32_t at) {
    uint32_t low = 0, high = p->n_sentences;
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (p->sentences[mid].start <= at)
            low = mid;
        else
            high = mid;
    }
    return low;
}

uint32_t ht_passage_para(const ht_passage *p, uint32_t at) {
    return p->sentences[ht_passage_sentence(p, at)].para;
}

ht_str ht_passage_str(const ht_passage *p, uint32_t start, uint32_t end) {
    return ht_sub(p->text, p->byte[start], p->byte[end]);
}

bool ht_passage_at_all(const ht_passage *p, uint32_t at, const char *literal) {
    ht_str s = {literal, 0};
    for (size_t k = 0; literal[k]; at++)
        if (at >= p->n || p->c[at] != ht_utf8_next(s, &k)) return false;
    return true;
}

bool ht_passage_before(const ht_passage *p, uint32_t at, const char *literal) {
    size_t n = 0;
    for (const char *k = literal; *k; k++) n += (*k & 0xC0) != 0x80;
    return n <= at && ht_passage_at(p, at - (uint32_t)n, literal);
}

void ht_trace_add(ht_trace *t, uint32_t start, uint32_t end, const char *rule, const char *format,
                  ...) {
    if (!t) return;
    va_list args;
    char words[512];
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    *HT_PUSH(t->arena, t->steps, t->n, t->cap) =
        (ht_trace_step){start, end, rule, ht_str_copy(t->arena, ht_str_of(words))};
}

int ht_han_digit(uint32_t c) {
    switch (c) {
    case 0x3007: /* 〇 */
    case 0x25CB: /* ○ */
    case 0x96F6: /* 零 */ return 0;
    case 0x4E00: return 1;
    case 0x4E8C: return 2;
    case 0x4E09: return 3;
    case 0x56DB: return 4;
    case 0x4E94: return 5;
    case 0x516D: return 6;
    case 0x4E03: return 7;
    case 0x516B: return 8;
    case 0x4E5D: return 9;
    case 0x4E24: /* 两 */ return 2;
    default: return -1;
    }
}
