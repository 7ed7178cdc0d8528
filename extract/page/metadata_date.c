/* When the article was published: meta elements, the stamp above the article, the one below it, the
 * line of the printed page, the address. Never the stamp of another article, never a sentence's
 * date. */
#include "extract/page/metadata-internal.h"

enum { YEAR_MIN = 1990, YEAR_MAX = 2100, ROC_OFFSET = 1911, NO_TIME = -1 };

/* The value of a digit, narrow or wide; 10 and more: it is none. */
static uint32_t value_of(const ht_passage *p, uint32_t at) {
    enum { WIDE_ZERO = 0xFF10 };
    uint32_t c = at < p->n ? p->c[at] : 0;
    return c >= WIDE_ZERO ? c - WIDE_ZERO : c - '0';
}

static bool digit(const ht_passage *p, uint32_t at) {
    return value_of(p, at) < 10;
}

static uint32_t read_number(const ht_passage *p, uint32_t at, uint32_t max, int *value) {
    *value = 0;
    uint32_t i = at;
    while (digit(p, i) && i - at < max) *value = *value * 10 + (int)value_of(p, i++);
    return digit(p, i) ? at : i;
}

static uint32_t skip_blank(const ht_passage *p, uint32_t at) {
    while (at < p->n && meta_is_blank(p->c[at])) at++;
    return at;
}

/* The separator behind a year or month: its end, or `at`. 年 and 月 belong to dates in words. */
static uint32_t separator(const ht_passage *p, uint32_t at, const char *word, uint32_t *kind) {
    uint32_t i = skip_blank(p, at);
    if (ht_passage_at(p, i, word)) {
        *kind = 0x5E74;
        return skip_blank(p, i + 1);
    }
    if (i == at && i < p->n && (p->c[i] == '-' || p->c[i] == '/' || p->c[i] == '.')) {
        *kind = p->c[i];
        return i + 1;
    }
    return at;
}

/* 星期三, (四), T and blanks between day and time. */
static uint32_t between_day_and_time(const ht_passage *p, uint32_t at) {
    enum { MAX_GAP = 12 };
    uint32_t i = at;
    while (i < p->n && i - at < MAX_GAP && !digit(p, i)) {
        uint32_t c = p->c[i];
        bool week =
            ht_passage_at(p, i, "星") || ht_passage_at(p, i, "期") || ht_passage_at(p, i, "周");
        bool day = i > at && (ht_passage_before(p, i, "期") || ht_passage_before(p, i, "周") ||
                              ht_passage_before(p, i, "("));
        bool half = ht_passage_at(p, i, "上午") || ht_passage_at(p, i, "下午");
        bool zone = ht_passage_at(p, i, "HKT") || ht_passage_at(p, i, "CST");
        if (zone) {
            i += 3;
            continue;
        }
        if (!meta_is_blank(c) && c != 'T' && c != '(' && c != ')' && c != 0xFF08 && c != 0xFF09 &&
            !week && !day && !half && !(i > at && (p->c[i] == 0x5348)))
            break;
        i++;
    }
    return i;
}

/* 03-29 2025, as some sites set it in two parts. Its end, or `at`. */
static uint32_t year_last(const ht_passage *p, uint32_t at, int *year, int *month, int *day) {
    uint32_t i = read_number(p, at, 2, month);
    if (i != at + 2 || i >= p->n || (p->c[i] != '-' && p->c[i] != '/')) return at;
    uint32_t k = read_number(p, i + 1, 2, day);
    uint32_t y = skip_blank(p, k), end = read_number(p, y, 4, year);
    return k == i + 3 && y > k && end == y + 4 ? end : at;
}

/* 2025-03-29, 2025年3月29日, 114/03/29. Its end, or `at`. */
static uint32_t year_first(const ht_passage *p, uint32_t at, int *year, int *month, int *day) {
    uint32_t kind = 0, kind2 = 0, i = read_number(p, at, 4, year);
    if (i < at + 3) return at;
    uint32_t j = separator(p, i, "年", &kind);
    uint32_t k = j > i ? read_number(p, j, 2, month) : j;
    if (j == i || k == j) return at;
    i = separator(p, k, "月", &kind2);
    uint32_t end = i > k ? read_number(p, i, 2, day) : i;
    if (i == k || end == i || kind != kind2) return at;
    if (kind != 0x5E74) return end;
    uint32_t d = skip_blank(p, end);
    return ht_passage_at(p, d, "日") ? d + 1 : at;
}

/* 14:34, 14:34:05, 14时34分 at `at`. Its end, or `at`. */
static uint32_t clock_at(const ht_passage *p, uint32_t at, bool afternoon, meta_stamp *out) {
    int hour, minute, second;
    uint32_t h = read_number(p, at, 2, &hour);
    bool clock =
        h > at && h < p->n && (p->c[h] == ':' || p->c[h] == 0xFF1A || ht_passage_at(p, h, "时"));
    uint32_t end = clock ? read_number(p, h + 1, 2, &minute) : at;
    if (!clock || end != h + 3 || hour > 23 || minute > 59) return at;
    out->hour = afternoon && hour < 12 ? hour + 12 : hour;
    out->minute = minute;
    if (end < p->n && (p->c[end] == ':' || p->c[end] == 0xFF1A)) {
        uint32_t n = read_number(p, end + 1, 2, &second);
        if (n == end + 3 && second < 60) {
            out->second = second;
            end = n;
        }
    } else if (ht_passage_at(p, end, "分")) {
        end++;
    }
    return end;
}

/* Mar, March: the month and its end; `at` if there is none. */
static uint32_t month_name(const ht_passage *p, uint32_t at, int *month) {
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    enum { SHORT = 3 };
    if (at + SHORT > p->n || (at > 0 && (p->c[at - 1] | 0x20) - 'a' < 26)) return at;
    for (int k = 0; k < 12; k++) {
        bool same = true;
        for (uint32_t i = 0; i < SHORT; i++)
            same = same && (p->c[at + i] | 0x20) == (uint32_t)names[k * SHORT + (int)i];
        if (!same) continue;
        uint32_t end = at + SHORT;
        while (end < p->n && (p->c[end] | 0x20) - 'a' < 26) end++;
        if (end < p->n && p->c[end] == '.') end++;
        *month = k + 1;
        return end;
    }
    return at;
}

/* Mar 08, 2024; Thu Apr 20 09:12:37 2006: with the time between day and year. Its end, or `at`. */
static uint32_t english_day(const ht_passage *p, uint32_t at, meta_stamp *out) {
    int year, month, day;
    uint32_t i = month_name(p, at, &month), k;
    if (i == at || (k = skip_blank(p, i)) == i) return at;
    i = read_number(p, k, 2, &day);
    if (i == k) return at;
    if (i < p->n && p->c[i] == ',') i++;
    *out = (meta_stamp){HT_NO_DAY, NO_TIME, NO_TIME, 0};
    k = skip_blank(p, i);
    i = clock_at(p, k, false, out);
    k = skip_blank(p, i);
    i = read_number(p, k, 4, &year);
    if (i != k + 4 || year < YEAR_MIN || year > YEAR_MAX) return at;
    out->day = ht_day_of(year, month, day);
    if (out->day == HT_NO_DAY) return at;
    k = skip_blank(p, i);
    return out->minute < 0 && k > i && clock_at(p, k, false, out) > k ? clock_at(p, k, false, out) : i;
}

uint32_t meta_stamp_at(const ht_passage *p, uint32_t at, meta_stamp *out) {
    int year, month, day;
    if (at < p->n && (p->c[at] | 0x20) - 'a' < 26) return english_day(p, at, out);
    if (!digit(p, at) || (at > 0 && (digit(p, at - 1) || p->c[at - 1] == '.'))) return at;
    uint32_t end = year_first(p, at, &year, &month, &day);
    if (end == at) end = year_last(p, at, &year, &month, &day);
    if (end == at) return at;
    if (year < 200 && year >= 80) year += ROC_OFFSET;
    if (year < YEAR_MIN || year > YEAR_MAX) return at;
    *out = (meta_stamp){ht_day_of(year, month, day), NO_TIME, NO_TIME, 0};
    if (out->day == HT_NO_DAY) return at;
    uint32_t t = between_day_and_time(p, end);
    uint32_t behind = clock_at(p, t, t > end && ht_passage_before(p, t, "下午"), out);
    if (behind > t) return behind;
    return end;
}

static ht_str stamp_text(ht_arena *a, const meta_stamp *s) {
    int year, month, day;
    ht_day_split(s->day, &year, &month, &day);
    if (s->minute < 0) return ht_format(a, "%04d-%02d-%02d", year, month, day);
    return ht_format(a, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", year, month, day, s->hour, s->minute,
                     s->second);
}

/* An ISO 8601 zone other than +08:00 moves the time. */
static void to_beijing(const ht_passage *p, uint32_t end, meta_stamp *s) {
    enum { BEIJING = 8 * 60, DAY = 24 * 60 };
    if (s->minute < 0) return;
    while (end < p->n && (p->c[end] == '.' || digit(p, end))) end++;
    int zone = BEIJING, hours, minutes = 0;
    if (end < p->n && p->c[end] == 'Z') {
        zone = 0;
    } else if (end < p->n && (p->c[end] == '+' || p->c[end] == '-')) {
        uint32_t i = end + 1;
        while (i < p->n && i < end + 3 && digit(p, i)) i++;
        if (i != end + 3) return;
        hours = (int)value_of(p, end + 1) * 10 + (int)value_of(p, end + 2);
        if (i < p->n && p->c[i] == ':') read_number(p, i + 1, 2, &minutes);
        zone = (hours * 60 + minutes) * (p->c[end] == '-' ? -1 : 1);
    }
    int now = s->hour * 60 + s->minute + BEIJING - zone;
    while (now < 0) now += DAY, s->day--;
    while (now >= DAY) now -= DAY, s->day++;
    s->hour = now / 60;
    s->minute = now % 60;
}

/* /2025/06/07/, /2025-06/07/, /20250607/, t20250607_: in the address of the page, 20250607112200 in
 * a value. */
static bool from_digits(ht_str url, meta_stamp *out) {
    for (size_t i = 0; i + 8 <= url.n; i++) {
        if (url.p[i] != '2' || (i && url.p[i - 1] >= '0' && url.p[i - 1] <= '9')) continue;
        int part[3] = {0, 0, 0};
        static const int width[3] = {4, 2, 2};
        size_t at = i;
        bool good = true;
        for (int k = 0; k < 3 && good; k++) {
            if (k && at < url.n && (url.p[at] == '/' || url.p[at] == '-')) at++;
            for (int d = 0; d < width[k] && good; d++, at++) {
                good = at < url.n && url.p[at] >= '0' && url.p[at] <= '9';
                if (good) part[k] = part[k] * 10 + (url.p[at] - '0');
            }
        }
        ht_day day = good ? ht_day_of(part[0], part[1], part[2]) : HT_NO_DAY;
        if (day == HT_NO_DAY || part[0] < YEAR_MIN || part[0] > YEAR_MAX) continue;
        *out = (meta_stamp){day, NO_TIME, NO_TIME, 0};
        return true;
    }
    return false;
}

static bool from_value(meta_reader *m, ht_str value, meta_stamp *out) {
    enum { MAX_VALUE = 60 };
    value = ht_str_trim(value);
    if (!value.n || value.n > MAX_VALUE) return false;
    ht_passage p;
    ht_passage_make(&p, m->a, value, NULL);
    for (uint32_t i = 0; i < p.n; i++) {
        uint32_t end = meta_stamp_at(&p, i, out);
        if (end > i) {
            to_beijing(&p, end, out);
            return true;
        }
    }
    return from_digits(value, out);
}

/* The best stamp of a line: one with a time before one without. */
static bool from_line(meta_reader *m, size_t i, meta_stamp *out) {
    const ht_block *b = &m->page->blocks[i];
    if (meta_foreign(b) || b->n_chars > SHORT_LINE) return false;
    const ht_passage *p = meta_line(m, i);
    bool found = false;
    uint32_t ignored;
    for (uint32_t k = 0; k < p->n; k++) {
        meta_stamp s;
        if (meta_word(p, k, M_BIT(M_CLOCK), &ignored)) return false;
        uint32_t end = meta_stamp_at(p, k, &s);
        if (end == k) continue;
        if (!found || (out->minute < 0 && s.minute >= 0)) *out = s;
        found = true;
        k = end - 1;
    }
    return found;
}

/* Is the line one of the article's prose, whose dates are what it tells of? */
static bool is_text(const ht_block *b) {
    enum { TEXT_CHARS = 60 };
    return b->keep && (b->n_chars > TEXT_CHARS || ht_str_ends(b->text.text, HT_S("。")) ||
                       ht_str_find(b->text.text, HT_S("，"), 0) != SIZE_MAX);
}

/* Which lines may bear the stamp: all but lists of links; no links and lists; labelled ones only.
 */
typedef enum { BELOW_TITLE, ABOVE_TITLE, BELOW_ARTICLE } place;

/* 2008年6月19日(星期四), and no word more: how a release is dated at its foot. */
static bool is_day_alone(const ht_passage *p) {
    enum { MAX_MORE = 6 };
    meta_stamp s;
    uint32_t start = skip_blank(p, 0), end = meta_stamp_at(p, start, &s), n = 0;
    for (uint32_t k = end; k < p->n; k++) n += ht_is_han(p->c[k]);
    return end > start && p->n <= end + MAX_MORE && n <= 3;
}

static bool may_bear(meta_reader *m, size_t i, place where) {
    const ht_block *b = &m->page->blocks[i];
    bool linked = b->n_link_chars * 2 > b->n_chars, list = b->kind == HT_BLOCK_LIST_ITEM;
    enum { SIGNED_REACH = 3 };
    if (is_text(b) || (linked && list)) return false;
    if (where == BELOW_TITLE) return true;
    if (linked || list || (where == ABOVE_TITLE && b->kind == HT_BLOCK_ROW)) return false;
    if (where == ABOVE_TITLE) return true;
    if (b->n_chars > SHORT_LINE) return false;
    const ht_passage *p = meta_line(m, i);
    unsigned found;
    for (uint32_t k = 0; k < p->n; k++)
        if (meta_label(p, k, M_LABELS, &found) > k) return true;
    return i <= m->last + SIGNED_REACH && is_day_alone(p);
}

/* Nothing before the time, a code (ET), or words for time: no length of a recording. */
static bool tells_time(const ht_passage *p, uint32_t at) {
    while (at > 0 && !ht_is_han(p->c[at - 1])) at--;
    return at == 0 || ht_passage_before(p, at, "时间") || ht_passage_before(p, at, "下午") ||
           ht_passage_before(p, at, "上午");
}

/* A day alone and, in the next line or two, nothing but a time: 香港时间16时35分, ET 06:40. */
static void next_clock(meta_reader *m, size_t i, size_t to, meta_stamp *out) {
    enum { REACH = 2, CLOCK_CHARS = 16, DAY_CHARS = 24 };
    if (m->page->blocks[i].n_chars > DAY_CHARS) return;
    for (size_t k = i + 1; k <= i + REACH && k < to && k < m->n; k++) {
        if (m->page->blocks[k].n_chars > CLOCK_CHARS) continue;
        const ht_passage *p = meta_line(m, k);
        for (uint32_t at = 0; at < p->n; at++) {
            if (at > 0 && digit(p, at - 1)) continue;
            uint32_t end = clock_at(p, at, at > 0 && ht_passage_before(p, at, "下午"), out);
            if (end == p->n && end > at && tells_time(p, at)) return;
            if (end > at) out->hour = out->minute = NO_TIME, out->second = 0;
        }
    }
}

static bool from_lines(meta_reader *m, size_t from, size_t to, place where, meta_stamp *out,
                       size_t *block) {
    bool found = false;
    for (size_t i = from; i < to && i < m->n; i++) {
        meta_stamp s;
        if (!may_bear(m, i, where) || !from_line(m, i, &s)) continue;
        if (!found || (out->minute < 0 && s.minute >= 0)) {
            *out = s;
            *block = i;
        }
        found = true;
        if (out->minute < 0 && *block == i) next_clock(m, i, to, out);
        if (out->minute >= 0) return true;
    }
    return found;
}

/* 某报(2025年06月07日 05 版): the printed page. */
static bool from_printed(meta_reader *m, meta_stamp *out) {
    for (size_t i = 0; i < m->n; i++) {
        const ht_block *b = &m->page->blocks[i];
        if (b->n_chars > SHORT_LINE || meta_foreign(b)) continue;
        if (ht_str_find(b->text.text, HT_S("版"), 0) == SIZE_MAX) continue;
        const ht_passage *p = meta_line(m, i);
        for (uint32_t k = 0; k < p->n; k++) {
            uint32_t end = meta_stamp_at(p, k, out), j = end;
            if (end == k) continue;
            while (j < p->n && j < end + 12 && !ht_passage_at(p, j, "版")) j++;
            if (j < p->n && j < end + 12) return true;
        }
    }
    return false;
}

/* Does the line say that its date is that of the publication? */
static bool is_labelled(meta_reader *m, size_t i) {
    const ht_passage *p = meta_line(m, i);
    unsigned found;
    for (uint32_t k = 0; k < p->n; k++)
        if (meta_label(p, k, M_BIT(M_TIME), &found) > k) return true;
    return false;
}

/* Around the article: below its title first. *rule and *block say where. */
static bool visible(meta_reader *m, meta_stamp *out, const char **rule, size_t *block) {
    size_t title = m->title < m->body ? m->title : m->head, at;
    size_t body = m->body < m->n ? m->body + 1 : m->n;
    meta_stamp other;
    bool found = from_lines(m, title, body, BELOW_TITLE, out, block);
    *rule = "below-title";
    if ((!found || out->minute < 0) && from_lines(m, m->head, title, ABOVE_TITLE, &other, &at) &&
        (!found || (other.minute >= 0 && (other.day == out->day ||
                                          (is_labelled(m, at) && !is_labelled(m, *block)))))) {
        *out = other;
        *block = at;
        *rule = "above-title";
        found = true;
    }
    if ((!found || out->minute < 0) && m->last < m->n &&
        from_lines(m, m->last, m->tail, BELOW_ARTICLE, &other, &at) &&
        (!found || other.day == out->day)) {
        *out = other;
        *block = at;
        *rule = "below-article";
        found = true;
    }
    return found;
}

/* 12月27日电 without a year takes that of the publication, or none. */
static void date_dateline(meta_reader *m, ht_day published) {
    if (!m->wire_day || published == HT_NO_DAY) return;
    int year, month, day;
    ht_day_split(published, &year, &month, &day);
    enum { GRACE_DAYS = 7 };
    if (m->wire_month) {
        month = m->wire_month;
        ht_day d = ht_day_of(year, month, m->wire_day);
        if (d != HT_NO_DAY && d > published + GRACE_DAYS) year--;
    } else if (m->wire_day > day) {
        if (--month < 1) month = 12, year--;
    }
    ht_day d = ht_day_of(year, month, m->wire_day);
    if (d == HT_NO_DAY) return;
    meta_stamp s = {d, NO_TIME, NO_TIME, 0};
    m->article->dateline_date = stamp_text(m->a, &s);
}

void meta_read_date(meta_reader *m) {
    meta_stamp said = {HT_NO_DAY, NO_TIME, NO_TIME, 0}, seen;
    size_t block = HT_NO_BLOCK, seen_block;
    const char *rule = "meta", *seen_rule;
    bool has_said = from_value(m, meta_value(m, M_META_DATE), &said);
    if (!has_said) {
        rule = "json-ld";
        has_said = from_value(m, meta_json(m, "datePublished"), &said) ||
                   from_value(m, meta_json(m, "pubDate"), &said);
    }
    bool has_seen = visible(m, &seen, &seen_rule, &seen_block);
    if (has_seen && (!has_said || (seen.day == said.day && seen.minute >= 0))) {
        said = seen;
        block = seen_block;
        rule = seen_rule;
    }
    if (!has_said && !has_seen) {
        rule = "printed-page";
        if (!from_printed(m, &said)) {
            rule = "address";
            if (!from_digits(m->article->url, &said)) return;
        }
    }
    meta_found(m, HT_FIELD_PUBLISHED, rule, block);
    m->article->published = stamp_text(m->a, &said);
    date_dateline(m, said.day);
}
