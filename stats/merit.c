#include "stats/agree.h"
#include "stats/copies-internal.h"

#include <string.h>

enum { MINUTE_DIGITS = 12, DAY_DIGITS = 10000 /* hhmm */, NUMBER = 8 };

/* Up to the zone: 2025-03-29T08:00+08:00 */
uint64_t merit_date(ht_str published) {
    uint64_t date = 0;
    int n = 0;
    for (size_t i = 0; i < published.n && n < MINUTE_DIGITS; i++) {
        char c = published.p[i];
        if (c == '+' || c == 'Z') break;
        if (c < '0' || c > '9') continue;
        date = date * 10 + (uint64_t)(c - '0');
        n++;
    }
    if (!n) return MERIT_NO_DATE;
    for (; n < MINUTE_DIGITS; n++) date *= 10;
    return date;
}

static void put_number(ht_buf *b, uint64_t value) {
    unsigned char bytes[NUMBER];
    records_put(bytes, value, NUMBER);
    ht_buf_add(b, (ht_str){(char *)bytes, NUMBER});
}

static uint64_t number_of(ht_str digits) {
    uint64_t value = 0;
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] >= '0' && digits.p[i] <= '9')
            value = value * 10 + (uint64_t)(digits.p[i] - '0');
    return value;
}

/* "shift-a:1|gloss:229" -> 230 */
static uint64_t count_repairs(ht_str repairs) {
    uint64_t n = 0;
    ht_str one;
    while (ht_str_split(&repairs, '|', &one)) {
        size_t colon = ht_str_find(one, HT_S(":"), 0);
        if (colon != SIZE_MAX) n += number_of(ht_sub(one, colon, one.n));
    }
    return n;
}

static uint64_t count_lost(ht_str numerals) {
    uint64_t n = 0;
    for (size_t i = 0; i < numerals.n; i++) n += numerals.p[i] == AGREE_ANY;
    return n;
}

void merit_key(ht_buf *b, const ht_outcome *o, const sketch *s) {
    static const int place[] = {HT_A_RECORD, HT_A_RECORD_OFFSET};
    const ht_str *c = o->article.cell;
    uint64_t date = merit_date(c[HT_A_PUBLISHED]), n_repairs = count_repairs(c[HT_A_REPAIRS]);
    put_number(b, count_lost(s->numerals));
    ht_buf_byte(b, (char)(n_repairs > 0));
    ht_buf_byte(b, (char)(c[HT_A_PUBLISHER].n == 0));
    put_number(b, date / DAY_DIGITS);
    ht_buf_byte(b, (char)ht_str_eq(c[HT_A_SCRIPT], HT_S("Hant")));
    put_number(b, n_repairs);
    put_number(b, date);
    put_number(b, UINT64_MAX - number_of(c[HT_A_MAIN_CHARS]));
    ht_buf_add(b, c[HT_A_SOURCE_PATH]);
    ht_buf_byte(b, '\0');
    ht_buf_add(b, c[HT_A_MEMBER]);
    ht_buf_byte(b, '\0');
    for (size_t i = 0; i < sizeof place / sizeof *place; i++) put_number(b, number_of(c[place[i]]));
    ht_buf_add(b, c[HT_A_ARTICLE_ID]);
}
