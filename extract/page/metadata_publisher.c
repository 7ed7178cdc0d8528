/* The publisher: what stands behind 来源; else an element whose class says so, a meta element, the
 * medium that the byline or dateline names, the site's name in <title> or at the head of the page.
 */
#include "extract/page/metadata-internal.h"
#include "extract/page/trail.h"

enum { MAX_NAME = 24, MIN_NAME = 2 };

static bool ends_field(const ht_passage *p, uint32_t at) {
    uint32_t c = p->c[at], end;
    unsigned found;
    meta_stamp stamp;
    if (meta_is_blank(c) || (meta_is_mark(c) && c != '-' && c != 0xB7 && c != 0x2014)) return true;
    if (meta_stamp_at(p, at, &stamp) > at) return true;
    if (meta_label(p, at, M_LABELS | M_BIT(M_STOP), &found) > at) return true;
    /* 来源:人民日报作者李亚楠, 人民日报字号 */
    return meta_word(p, at, M_BIT(M_STOP), &end) && end - at > 1;
}

/* The name at `at`, without what is glued to it. Empty if there is none. */
static ht_str name_at(const ht_passage *p, uint32_t at) {
    while (at < p->n && (meta_is_blank(p->c[at]) || p->c[at] == 0x300A || p->c[at] == 0x201C)) at++;
    uint32_t i = at;
    while (i < p->n && i - at <= MAX_NAME && !ends_field(p, i)) i++;
    uint32_t label;
    bool is_label = meta_word(p, at, M_LABELS | M_BIT(M_STOP), &label) && label == i;
    if (i - at < MIN_NAME || i - at > MAX_NAME || is_label) return (ht_str){"", 0};
    return ht_passage_str(p, at, i);
}

/* 来自 stands before media, and before the telephone that a posting was written on. */
static bool is_medium(meta_reader *m, ht_str name) {
    ht_passage p;
    uint32_t from;
    ht_passage_make(&p, m->a, name, NULL);
    return meta_ends(&p, 0, p.n, M_BIT(M_MEDIA), &from) && !ht_str_ends(name, HT_S("客户端")) &&
           !ht_str_ends(name, HT_S("微博"));
}

static ht_str behind_label(meta_reader *m, size_t i) {
    const ht_block *b = &m->page->blocks[i];
    ht_str none = {"", 0};
    if (b->n_chars > SHORT_LINE || meta_foreign(b)) return none;
    const ht_passage *p = meta_line(m, i);
    for (uint32_t k = 0; k < p->n; k++) {
        unsigned found;
        uint32_t end = meta_label(p, k, M_BIT(M_SOURCE), &found);
        if (end == k) continue;
        ht_str name = name_at(p, end);
        if (name.n && ht_passage_at(p, k, "来自") && !is_medium(m, name)) continue;
        if (name.n) return name;
        /* the label alone, its value in the next element */
        if (end >= p->n && i + 1 < m->n && m->page->blocks[i + 1].n_chars <= MAX_NAME)
            return name_at(meta_line(m, i + 1), 0);
    }
    return none;
}

/* The row of a form that is labelled so. */
static ht_str in_form(meta_reader *m, size_t i) {
    const ht_block *b = &m->page->blocks[i];
    bool form = m->page->html && b->kind == HT_BLOCK_ROW && !b->keep && b->reason &&
                ht_str_eq(ht_str_of(b->reason), HT_S("byline"));
    return form ? behind_label(m, i) : (ht_str){"", 0};
}

/* Does a class or id begin or end with a word for a source? */
static bool is_source(const meta_reader *m, ht_str names) {
    ht_str name, rest = names;
    while (ht_str_split(&rest, ' ', &name)) {
        ht_passage p;
        uint32_t ignored;
        ht_passage_make(&p, m->a, name, NULL);
        if (p.n && (meta_word(&p, 0, M_BIT(M_SOURCE_ELEMENT), &ignored) ||
                    meta_ends(&p, 0, p.n, M_BIT(M_SOURCE_ELEMENT), &ignored)))
            return true;
    }
    return false;
}

/* An element of class source that holds nothing but a name. */
static ht_str in_element(meta_reader *m, size_t i) {
    const ht_block *b = &m->page->blocks[i];
    if (b->n_chars > MAX_NAME || b->container >= m->page->n_containers) return (ht_str){"", 0};
    const ht_container *c = &m->page->containers[b->container];
    return is_source(m, c->names) ? name_at(meta_line(m, i), 0) : (ht_str){"", 0};
}

/* A name that stands beside the stamp: a medium's, or one that the author's label follows. */
static ht_str beside_stamp(meta_reader *m, size_t i) {
    const ht_block *b = &m->page->blocks[i];
    if (i == m->title || b->n_chars > SHORT_LINE || meta_foreign(b)) return (ht_str){"", 0};
    const ht_passage *p = meta_line(m, i);
    meta_stamp stamp;
    uint32_t end = 0;
    for (uint32_t k = 0; k < p->n && end <= k; k++) end = meta_stamp_at(p, k, &stamp);
    if (!end) return (ht_str){"", 0};
    while (end < p->n && meta_is_blank(p->c[end])) end++;
    uint32_t stop = end, from;
    unsigned found;
    while (stop < p->n && ht_is_han(p->c[stop])) stop++;
    if (stop - end <= MIN_NAME || stop - end > MAX_NAME / 2 ||
        meta_word(p, end, M_LABELS | M_BIT(M_STOP) | M_BIT(M_ROLE), &from))
        return (ht_str){"", 0};
    uint32_t next = stop;
    while (next < p->n && meta_is_blank(p->c[next])) next++;
    bool named = meta_ends(p, end, stop, M_BIT(M_MEDIA), &from) && from > end;
    bool signed_by = next > stop && meta_label(p, next, M_BIT(M_AUTHOR), &found) > next;
    return named || signed_by ? ht_passage_str(p, end, stop) : (ht_str){"", 0};
}

/* A name of a medium at the head of a line: 【打狗时报】更新日期…, 新界东社区报 第388期. */
static ht_str medium_in_line(meta_reader *m, size_t i) {
    const ht_passage *p = meta_line(m, i);
    uint32_t at = 0, from;
    while (at < p->n && (meta_is_mark(p->c[at]) || meta_is_blank(p->c[at]))) at++;
    uint32_t end = at;
    while (end < p->n && ht_is_han(p->c[end])) end++;
    for (; end > at + MIN_NAME; end--)
        if (meta_ends(p, at, end, M_BIT(M_MEDIA), &from)) break;
    if (end - at <= MIN_NAME || end - at > MAX_NAME / 2 || from == at) return (ht_str){"", 0};
    bool apart = end == p->n || !ht_is_han(p->c[end]);
    uint32_t tool;
    if (meta_word(p, at, M_BIT(M_STOP), &tool) && tool == end) return (ht_str){"", 0};
    return apart ? ht_passage_str(p, at, end) : (ht_str){"", 0};
}

/* The part of <title> that is a medium's name. */
static ht_str in_title(meta_reader *m) {
    ht_str head = m->page->head_title, best = {"", 0};
    if (!head.n || head.n > MAX_LINE_BYTES) return best;
    ht_passage p;
    ht_passage_make(&p, m->a, head, NULL);
    for (uint32_t i = 0, start = 0; i <= p.n; i++) {
        bool bar = i == p.n || p.c[i] == '_' || p.c[i] == '|' || p.c[i] == 0xFF5C ||
                   p.c[i] == '-' || p.c[i] == 0x2013 || p.c[i] == 0x2014 || p.c[i] == 0xBB;
        if (!bar) continue;
        uint32_t from = start, to = i, ignored;
        while (from < to && meta_is_blank(p.c[from])) from++;
        while (from < to && !ht_is_han(p.c[to - 1])) to--;
        if (to - from > MIN_NAME && to - from <= MAX_NAME / 2 && (start > 0 || i < p.n) &&
            meta_ends(&p, from, to, M_BIT(M_MEDIA), &ignored))
            best = ht_passage_str(&p, from, to);
        start = i + 1;
    }
    return best;
}

/* www.example.com is an address, no name. */
static bool is_host(ht_str s) {
    bool dot = false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80 || c <= ' ') return false;
        dot = dot || (c == '.' && i > 0 && i + 1 < s.n);
    }
    return dot;
}

static ht_str clean_value(meta_reader *m, ht_str value) {
    enum { MAX_VALUE = 200 };
    value = ht_str_trim(value);
    if (!value.n || value.n > MAX_VALUE || ht_str_find(value, HT_S("http"), 0) != SIZE_MAX ||
        is_host(value))
        return (ht_str){"", 0};
    ht_passage p;
    unsigned found;
    ht_passage_make(&p, m->a, value, NULL);
    uint32_t at = meta_label(&p, 0, M_BIT(M_SOURCE), &found);
    return meta_as_on_page(m, name_at(&p, at));
}

/* 某报 of 某报电子报 */
static ht_str without_tail(const meta_reader *m, ht_str name) {
    ht_passage p;
    uint32_t from;
    if (!name.n) return name; /* 某新闻电子报 is a whole name */
    ht_passage_make(&p, m->a, name, NULL);
    if (!meta_ends(&p, 0, p.n, M_BIT(M_MEDIA_TAIL), &from) || from < MIN_NAME) return name;
    bool whole = ht_passage_before(&p, from, "报") || ht_passage_before(&p, from, "刊") ||
                 ht_passage_before(&p, from, "网") || ht_passage_before(&p, from, "台") ||
                 ht_passage_before(&p, from, "社");
    return whole ? ht_passage_str(&p, 0, from) : name;
}

typedef ht_str read_block(meta_reader *m, size_t block);

/* The first block of [from, to) that gives a name. */
static void read_blocks(meta_reader *m, size_t from, size_t to, read_block *read,
                        const char *rule) {
    for (size_t i = from; i < to && !m->article->publisher.n; i++) {
        m->article->publisher = read(m, i);
        if (m->article->publisher.n) meta_found(m, HT_FIELD_PUBLISHER, rule, i);
    }
}

static void take(meta_reader *m, ht_str name, const char *rule, size_t block) {
    if (m->article->publisher.n || !name.n) return;
    m->article->publisher = name;
    meta_found(m, HT_FIELD_PUBLISHER, rule, block);
}

static ht_str own_medium_in_line(meta_reader *m, size_t i) {
    return i == m->title || meta_foreign(&m->page->blocks[i]) ? (ht_str){"", 0}
                                                              : medium_in_line(m, i);
}

/* 某报 | 2016-11-21, above the title. */
static ht_str in_barred_line(meta_reader *m, size_t i) {
    enum { BARRED = 40 };
    if (m->page->blocks[i].n_chars > BARRED) return (ht_str){"", 0};
    const ht_passage *p = meta_line(m, i);
    bool barred = false, dated = false;
    meta_stamp stamp;
    for (uint32_t k = 0; k < p->n; k++) {
        barred = barred || p->c[k] == '|' || p->c[k] == 0xFF5C;
        dated = dated || meta_stamp_at(p, k, &stamp) > k;
    }
    return barred && dated ? own_medium_in_line(m, i) : (ht_str){"", 0};
}

static ht_str head_medium_in_line(meta_reader *m, size_t i) {
    return i == m->title ? (ht_str){"", 0} : medium_in_line(m, i);
}

/* 某某新知｜首页｜即时｜影音: the site's name opens its menu, whatever kind of name it is. */
static ht_str before_home(meta_reader *m, size_t i) {
    const ht_passage *p = meta_line(m, i);
    ht_str name;
    if (i == m->title || page_trail(p->text, &name) < TRAIL_NAMES) return (ht_str){"", 0};
    uint32_t n = 0, home;
    while (n < p->n && ht_is_han(p->c[n])) n++;
    for (home = n; home < p->n && !ht_is_han(p->c[home]);) home++;
    return n > MIN_NAME && p->byte[n] == name.n && ht_passage_at(p, home, "首页") ? name
                                                                                  : (ht_str){"", 0};
}

void meta_read_publisher(meta_reader *m) {
    ht_str *out = &m->article->publisher;
    size_t body = m->body < m->n ? m->body + 1 : m->n;
    size_t title = m->title < m->body ? m->title : m->head;
    size_t head = m->body < HEAD_LINES ? m->body : HEAD_LINES;
    read_blocks(m, 0, m->n, in_form, "label");
    read_blocks(m, title, body, behind_label, "label");
    read_blocks(m, m->head, title, behind_label, "label");
    read_blocks(m, m->last < m->n ? m->last : m->n, m->tail, behind_label, "label");
    read_blocks(m, title, m->body, in_element, "element");
    read_blocks(m, title, m->body, beside_stamp, "stamp");
    read_blocks(m, title, m->body, own_medium_in_line, "medium");
    read_blocks(m, m->head, title, in_barred_line, "medium");
    take(m, clean_value(m, meta_value(m, M_META_SOURCE)), "meta", HT_NO_BLOCK);
    take(m, m->wire_media, "dateline", m->wire_block);
    take(m, clean_value(m, meta_json_name(m, "publisher", "Organization")), "json-ld", HT_NO_BLOCK);
    take(m, in_title(m), "title-element", HT_NO_BLOCK);
    take(m, clean_value(m, meta_value(m, M_META_SITE)), "meta-site", HT_NO_BLOCK);
    read_blocks(m, 0, head < m->n ? head : m->n, head_medium_in_line, "medium");
    read_blocks(m, 0, head < m->n ? head : m->n, before_home, "menu");
    *out = without_tail(m, *out);
    while (out->n && (ht_str_ends(*out, HT_S("-")) || ht_str_ends(*out, HT_S("—")))) /* 人民网-《…》 */
        *out = ht_str_trim(ht_sub(*out, 0, out->n - (ht_str_ends(*out, HT_S("-")) ? 1 : 3)));
}
