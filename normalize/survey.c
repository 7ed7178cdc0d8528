#include "normalize/survey.h"

#include "base/table.h"
#include "base/utf8.h"

HT_TABLE(survey, "survey.bin");

/* Outside the BMP only forms are of interest. */
static unsigned class_of_astral(uint32_t c) {
    bool form = (c >= 0x2F800 && c <= 0x2FA1F) || (c >= 0xE0000 && c <= 0xE01EF);
    return form ? SURVEY_FORM : 0;
}

survey survey_of(ht_str text) {
    survey s = {.of = text.p};
    for (size_t at = 0; at < text.n;) {
        uint32_t c = ht_utf8_next(text, &at);
        unsigned k = c < 0x10000 ? ht_table_survey[c] : class_of_astral(c);
        s.any |= k;
        s.n_hant += k & 1;
        s.n_hans += k >> 1 & 1;
        s.n_rare += k >> 2 & 1;
        s.n_latin += k >> 3 & 1;
        s.n_sign += k >> 4 & 1;
        s.n_chars++;
    }
    return s;
}

void survey_renew(survey *s, ht_str text) {
    if (s->of != text.p) *s = survey_of(text);
}
