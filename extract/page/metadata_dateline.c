/* 汾河日报太原6月17日讯（记者 …）, 中新网呼和浩特3月29日电, 【本报珠海十九日电】,
 * 〔记者柯禾言／新北报导〕: the medium, the place and the day that an agency's or a paper's own
 * report begins with. */
#include "extract/page/metadata-internal.h"

enum { DATELINE_CHARS = 48, LINES = 6, MAX_PLACE = 8 };

static int han_digit(uint32_t c) {
    int digit = ht_han_digit(c);
    return digit > 0 ? digit : 0;
}

/* The number that ends at `at` (17, 十九, 廿三): its start, or `at`. */
static uint32_t number_before(const ht_passage *p, uint32_t at, int *value) {
    uint32_t i = at;
    int scale = 1;
    *value = 0;
    while (i > 0 && p->c[i - 1] >= '0' && p->c[i - 1] <= '9' && at - i < 2) {
        *value += (int)(p->c[--i] - '0') * scale;
        scale *= 10;
    }
    if (i < at) return i;
    if (i > 0 && han_digit(p->c[i - 1])) *value = han_digit(p->c[--i]);
    if (i > 0 && p->c[i - 1] == 0x5341) { /* 十 */
        i--;
        int tens = i > 0 ? han_digit(p->c[i - 1]) : 0;
        if (tens) i--;
        *value += 10 * (tens ? tens : 1);
    } else if (i > 0 && p->c[i - 1] == 0x5EFF) {
        i--;
        *value += 20;
    } else if (i > 0 && p->c[i - 1] == 0x5345) {
        i--;
        *value += 30;
    }
    return i;
}

/* The place in [start, end): what is left when medium and reporter are taken away. */
static void read_place(meta_reader *m, const ht_passage *p, uint32_t start, uint32_t end) {
    uint32_t from, at = start;
    bool own = false;
    for (uint32_t i = end; i > start;
         i--) { /* the medium: the longest head that is a name of one */
        if (!meta_ends(p, start, i, M_BIT(M_MEDIA) | M_BIT(M_OWN_MEDIA), &from)) continue;
        uint32_t to;
        own = (meta_word(p, start, M_BIT(M_OWN_MEDIA), &to) & M_BIT(M_OWN_MEDIA)) != 0 && to == i;
        /* 中新网四川新闻: 新闻 ends no medium here, it follows the place */
        if (i == end && end - start > 4 && meta_ends(p, start, i, M_BIT(M_DATELINE_TAIL), &from)) {
            end = from;
            i = from + 1;
            continue;
        }
        at = i;
        break;
    }
    if (at > start && !own) m->wire_media = ht_passage_str(p, start, at);
    while (at < end && (meta_is_blank(p->c[at]) || meta_is_mark(p->c[at]))) at++;
    uint32_t role;
    if (meta_word(p, at, M_BIT(M_ROLE), &role) &&
        role - at > 1) { /* 记者苏沐厦门: names have two or three */
        at = role;
        while (at < end && meta_is_blank(p->c[at])) at++;
        uint32_t n = 0, slash = at;
        while (slash < end && p->c[slash] != '/' && p->c[slash] != 0xFF0F) slash++;
        if (slash < end) {
            at = slash + 1;
        } else {
            uint32_t blank = at;
            while (blank < end && !meta_is_blank(p->c[blank])) blank++;
            n = end - at;
            at = blank < end ? blank + 1 : n > 4 ? at + 3 : n > 3 ? at + 2 : end;
        }
    }
    while (at < end && (meta_is_blank(p->c[at]) || meta_is_mark(p->c[at]))) at++;
    while (end > at && (meta_is_blank(p->c[end - 1]) ||
                        meta_ends(p, at, end, M_BIT(M_NOT_PLACE), &from)))
        end = meta_is_blank(p->c[end - 1]) ? end - 1 : from;
    for (uint32_t i = at; i < end; i++)
        if (!ht_is_han(p->c[i])) return;
    if (end > at + 1 && end - at <= MAX_PLACE) m->place = ht_passage_str(p, at, end);
}

static bool read_line(meta_reader *m, size_t block) {
    const ht_passage *p = meta_line(m, block);
    uint32_t start = 0, reach = p->n < DATELINE_CHARS ? p->n : DATELINE_CHARS;
    while (start < reach && (meta_is_blank(p->c[start]) || meta_is_mark(p->c[start]))) start++;
    for (uint32_t i = start; i < reach; i++) {
        uint32_t c = p->c[i], to, stop = i;
        if (c == 0x3002 || c == 0xFF0C || c == 0x201C) return false;
        if (!meta_word(p, i, M_BIT(M_WIRE), &to)) continue;
        bool closes = to >= p->n || meta_is_mark(p->c[to]) || meta_is_blank(p->c[to]);
        if (!closes || i == start) continue;
        while (stop > start && meta_is_blank(p->c[stop - 1])) stop--;
        int day = 0, month = 0;
        if (ht_passage_before(p, stop, "日")) {
            uint32_t d = number_before(p, stop - 1, &day);
            if (d == stop - 1 || day < 1 || day > 31) return false;
            stop = d;
            if (ht_passage_before(p, stop, "月")) {
                uint32_t k = number_before(p, stop - 1, &month);
                if (k == stop - 1 || month < 1 || month > 12) return false;
                stop = k;
            }
        }
        uint32_t from;
        bool medium = meta_ends(p, start, stop, M_BIT(M_MEDIA) | M_BIT(M_OWN_MEDIA), &from);
        bool slash = false;
        for (uint32_t k = start; k < stop; k++)
            if (p->c[k] == '/' || p->c[k] == 0xFF0F) slash = true;
        uint32_t ignored;
        bool reporter = meta_word(p, start, M_BIT(M_ROLE), &ignored) &&
                        meta_word(p, i, M_BIT(M_REPORT), &ignored);
        if (!day && !medium && !slash && !reporter) return false;
        m->wire_day = day;
        m->wire_month = month;
        read_place(m, p, start, stop);
        return true;
    }
    return false;
}

void meta_read_dateline(meta_reader *m) {
    for (size_t i = m->open, k = 0; i < m->n && k < LINES; i++) {
        if (!m->page->blocks[i].keep) continue;
        k++;
        if (!read_line(m, i)) continue;
        m->wire_block = i;
        return;
    }
    /* 记者某某／花莲报导 in a line of its own */
    for (size_t i = m->title < m->body ? m->title + 1 : m->body; i < m->body; i++) {
        if (m->page->blocks[i].n_chars > SHORT_LINE || meta_foreign(&m->page->blocks[i])) continue;
        if (!read_line(m, i)) continue;
        m->wire_block = i;
        return;
    }
}
