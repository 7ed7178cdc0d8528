#include "normalize/width.h"

#include "base/utf8.h"
#include "normalize/clean.h"

uint32_t width_cleaned(uint32_t c) {
    if (c < 0x20) return c == '\t' || c == '\n' ? c : 0;
    if (c < 0x7F) return c;
    if (c < 0xA0 || c == 0xAD) return 0;
    if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F) return ' ';
    if (c < 0x180B) return c;
    if (c <= 0x180E) return 0;
    if ((c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E)) return 0;
    if (c == 0x2028 || c == 0x2029) return '\n';
    if (c >= 0x2060 && c <= 0x206F) return 0;
    if (c < 0x2E80 || (c > 0x2FDF && c < 0xF900)) return c;
    if ((c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB)) return 0;
    if (c >= 0xE0000 && c <= 0xE01EF) return 0;
    return width_variant(c);
}

ht_text width_clean(ht_arena *a, const ht_text *t) {
    rewrite w = {.old = NULL};
    size_t kept = 0;
    for (size_t at = 0; at < t->text.n;) {
        size_t next = at;
        uint32_t c = ht_utf8_next(t->text, &next), into = width_cleaned(c);
        if (into != c) {
            char out[4];
            if (!w.old) rewrite_begin(&w, a, t);
            rewrite_keep(&w, kept, at);
            if (into) rewrite_replace(&w, (ht_str){out, ht_utf8_put(out, into)}, at, next);
            kept = next;
        }
        at = next;
    }
    if (!w.old) return *t;
    rewrite_keep(&w, kept, t->text.n);
    return rewrite_end(&w);
}
