/* The metadata stage: where the lines above and below the article lie, and the order of reading
 * them. */
#include "extract/page/metadata-internal.h"

#include "base/utf8.h"
#include "extract/page/feature.h"
#include "extract/page/trail.h"

bool meta_is_blank(uint32_t c) {
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B);
}

bool meta_is_mark(uint32_t c) {
    switch (c) {
    case '|':
    case '/':
    case '(':
    case ')':
    case '[':
    case ']':
    case ':':
    case ';':
    case ',':
    case '-':
    case '<':
    case '>':
    case '*':
    case 0xFF5C:
    case 0x3010:
    case 0x3011:
    case 0x3014:
    case 0x3015:
    case 0xFF08:
    case 0xFF09:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF0C:
    case 0x3001:
    case 0x3002:
    case 0xB7:
    case 0x2022:
    case 0x25A0:
    case 0x25A1:
    case 0x25CF:
    case 0x300A:
    case 0x300B:
    case 0x2014:
    case 0x201C:
    case 0x201D:
    case 0x25CE:
    case 0x2609:
    case 0x25C6:
    case 0x2502:
    case 0xFF3B:
    case 0xFF3D:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F: return true;
    default: return false;
    }
}

bool meta_foreign(const ht_block *b) {
    static const char *const reasons[] = {"related", "navigation", "spam",      "legal",
                                          "tools",   "rule",       "promotion", "repeat",
                                          "sheet"};
    if (b->keep || !b->reason) return false;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (ht_str_eq(ht_str_of(b->reason), ht_str_of(reasons[i]))) return true;
    return false;
}

const ht_passage *meta_line(meta_reader *m, size_t block) {
    ht_passage *p = &m->lines[block];
    if (p->text.p) return p;
    ht_str text = m->page->blocks[block].text.text;
    if (text.n > MAX_LINE_BYTES) {
        size_t n = MAX_LINE_BYTES;
        while (n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80) n--;
        text = ht_sub(text, 0, n);
    }
    if (!text.p) text.p = "";
    ht_passage_make(p, m->a, text, NULL);
    return p;
}

static bool is_colon(uint32_t c) {
    return c == ':' || c == 0xFF1A || c == 0x2236;
}

static bool is_bracketed(uint32_t before, uint32_t behind) {
    return (before == 0x3010 && behind == 0x3011) || (before == '[' && behind == ']') ||
           (before == 0x3014 && behind == 0x3015) || (before == 0xFF3B && behind == 0xFF3D);
}

uint32_t meta_label(const ht_passage *p, uint32_t at, unsigned kinds, unsigned *found) {
    uint32_t end, i, ignored;
    unsigned kind = meta_word(p, at, kinds, &end);
    if (!kind) return at;
    if ((kind & M_BIT(M_SOURCE)) && meta_ends(p, 0, end, M_BIT(M_NOT_SOURCE), &ignored)) return at;
    /* 制图：, 供稿：, 原文：: one character is a label only when it stands alone */
    if (end == at + 1 && at > 0 && ht_is_han(p->c[at - 1])) return at;
    *found = kind;
    i = end;
    if (end - at > 1 && at > 0 && end < p->n && is_bracketed(p->c[at - 1], p->c[end])) {
        do i++; /* 【作者】某某 */
        while (i < p->n && (meta_is_blank(p->c[i]) || is_colon(p->c[i])));
        return i;
    }
    while (i < p->n && meta_is_blank(p->c[i])) i++;
    if (i < p->n && (is_colon(p->c[i]) || p->c[i] == '/' || p->c[i] == '|' || p->c[i] == 0xFF5C ||
                     p->c[i] == 0x4E28)) {
        if (!is_colon(p->c[i]) && at > 0 && ht_is_han(p->c[at - 1])) return at;
        do i++;
        while (i < p->n && (meta_is_blank(p->c[i]) || is_colon(p->c[i])));
        return i;
    }
    if (i == end && i < p->n && p->c[i] == 0x300A && at == 0) return i; /* 转自《某报》 */
    bool apart = at == 0 || meta_is_blank(p->c[at - 1]) || meta_is_mark(p->c[at - 1]) ||
                 (p->c[at - 1] >= '0' && p->c[at - 1] <= '9');
    return apart && i > end && end - at > 1 ? i : at;
}

static size_t next_letter(ht_str s, size_t at, uint32_t *c) {
    while (at < s.n) {
        uint32_t u = ht_utf8_next(s, &at);
        if (meta_is_blank(u)) continue;
        *c = ht_fold(u);
        return at;
    }
    *c = 0;
    return at;
}

bool meta_same_words(ht_str a, ht_str b) {
    size_t i = 0, k = 0;
    uint32_t x, y;
    do {
        i = next_letter(a, i, &x);
        k = next_letter(b, k, &y);
    } while (x == y && x);
    return x == y;
}

/* Code point at which the folded text holds `part`, or SIZE_MAX. */
static size_t find_folded(const ht_passage *p, const ht_passage *part) {
    for (uint32_t i = 0; part->n && i + part->n <= p->n; i++) {
        uint32_t k = 0;
        while (k < part->n && p->c[i + k] == part->c[k]) k++;
        if (k == part->n) return i;
    }
    return SIZE_MAX;
}

ht_str meta_as_on_page(meta_reader *m, ht_str value) {
    if (!value.n || value.n > MAX_LINE_BYTES) return value;
    ht_passage part, head;
    ht_passage_make(&part, m->a, value, NULL);
    if (m->page->head_title.n && m->page->head_title.n <= MAX_LINE_BYTES) {
        ht_passage_make(&head, m->a, m->page->head_title, NULL);
        size_t at = find_folded(&head, &part);
        if (at != SIZE_MAX) return ht_passage_str(&head, (uint32_t)at, (uint32_t)at + part.n);
    }
    for (size_t i = 0; i < m->n; i++) {
        if (m->page->blocks[i].n_chars > SHORT_LINE) continue;
        const ht_passage *p = meta_line(m, i);
        size_t at = find_folded(p, &part);
        if (at != SIZE_MAX) return ht_passage_str(p, (uint32_t)at, (uint32_t)at + part.n);
    }
    return value;
}

void meta_found(meta_reader *m, ht_field field, const char *rule, size_t block) {
    ht_evidence *x = &m->article->evidence[field];
    if (!x->rule) *x = (ht_evidence){rule, block};
}

/* Is the whole line fields, names and stamps? */
static bool is_byline(const ht_passage *p) {
    enum { MAX_NAME_RUN = 12 };
    uint32_t i = 0, run = 0;
    bool field = false;
    while (i < p->n) {
        unsigned found;
        uint32_t end = meta_label(p, i, M_LABELS | M_BIT(M_STOP), &found);
        meta_stamp stamp;
        if (end == i) end = meta_stamp_at(p, i, &stamp);
        uint32_t to;
        if (end == i && meta_word(p, i, M_BIT(M_ROLE), &to) && to - i > 1) end = to;
        if (end == i && ht_passage_at(p, i, "http")) {
            while (i < p->n && !meta_is_blank(p->c[i])) i++;
            run = 0;
            continue;
        }
        if (end > i) {
            field = true;
            run = 0;
            i = end;
            continue;
        }
        if (p->c[i] == 0x3002 || ++run > MAX_NAME_RUN) return false;
        if (meta_is_mark(p->c[i]) || meta_is_blank(p->c[i])) run = 0;
        i++;
    }
    return field;
}

static bool is_prose(meta_reader *m, size_t i) {
    const ht_block *b = &m->page->blocks[i];
    enum { PROSE_CHARS = 45, BYLINE_CHARS = 80 };
    return b->keep && b->heading == 0 && b->kind != HT_BLOCK_CAPTION && b->n_chars >= PROSE_CHARS &&
           (b->n_chars > BYLINE_CHARS || !is_byline(meta_line(m, i)));
}

/* The kept block that opens the article, and the last kept one. */
static void find_article(meta_reader *m) {
    m->open = m->first = m->last = m->n;
    for (size_t i = 0; i < m->n; i++) {
        const ht_block *b = &m->page->blocks[i];
        if (!b->keep) continue;
        if (m->open == m->n) m->open = i;
        if (m->first == m->n && is_prose(m, i)) m->first = i;
        m->last = i;
    }
    for (size_t i = m->open; i < m->n && m->first == m->n; i++)
        if (m->page->blocks[i].keep && !m->page->blocks[i].heading && !is_byline(meta_line(m, i)))
            m->first = i;
    if (m->first == m->n) m->first = m->open;
}

/* 一、综合: of a text, whatever the word says elsewhere. */
static bool is_subhead(const ht_passage *p) {
    uint32_t i = 0;
    while (i < p->n && page_is_ordinal(p->c[i])) i++;
    return i > 0 && i < p->n && p->c[i] == 0x3001;
}

static void drop_lines(meta_reader *m) {
    enum { BYLINE_CHARS = 60, BYLINE_LINES = 4 };
    ht_str ignored;
    for (size_t i = m->head; i < m->first && i < m->n; i++) {
        ht_block *b = &m->page->blocks[i];
        if (!b->keep) continue;
        if (i == m->title) {
            b->keep = false;
            b->reason = "title";
        } else if (!m->page->html && page_trail(b->text.text, &ignored) >= TRAIL_NAMES) {
            b->keep = false;
            b->reason = "navigation";
        } else if (b->n_chars <= BYLINE_CHARS && b->kind != HT_BLOCK_CAPTION &&
                   b->kind != HT_BLOCK_ROW && !is_subhead(meta_line(m, i)) &&
                   is_byline(meta_line(m, i))) {
            b->keep = false;
            b->reason = "byline";
        }
    }
    if (m->title < m->n && m->title >= m->first && m->page->blocks[m->title].keep &&
        meta_same_words(m->page->blocks[m->title].text.text, m->article->title)) {
        m->page->blocks[m->title].keep = false;
        m->page->blocks[m->title].reason = "title";
    }
}

/* What was used of the lines outside the article. */
static void name_lines(meta_reader *m) {
    for (int f = 0; f < HT_N_FIELDS; f++) {
        const ht_evidence *from = &m->article->evidence[f];
        if (!from->rule || from->block == HT_NO_BLOCK || m->page->blocks[from->block].keep) continue;
        m->page->blocks[from->block].reason = f == HT_FIELD_TITLE ? "title" : "byline";
    }
}

static void find_lines(meta_reader *m) {
    m->body = m->first < m->n ? m->first : m->n;
    size_t top = m->title < m->body ? m->title : m->body;
    m->head = top > HEAD_LINES ? top - HEAD_LINES : 0;
    m->tail = m->last < m->n && m->last + 1 + TAIL_LINES < m->n ? m->last + 1 + TAIL_LINES : m->n;
}

void ht_page_metadata(ht_arena *a, ht_page *page, ht_str url, ht_article *article) {
    meta_reader m = {.a = a, .page = page, .article = article, .n = page->n_blocks};
    m.lines = HT_ARRAY(a, ht_passage, m.n + 1);
    m.title = m.wire_block = m.n;
    article->url = ht_page_url(page);
    if (article->url.n) meta_found(&m, HT_FIELD_URL, "meta", HT_NO_BLOCK);
    if (!article->url.n && url.n) {
        article->url = url;
        meta_found(&m, HT_FIELD_URL, "record", HT_NO_BLOCK);
    }
    find_article(&m);
    meta_read_title(&m);
    find_lines(&m);
    meta_read_dateline(&m);
    meta_read_date(&m);
    meta_read_publisher(&m);
    meta_read_people(&m);
    if (m.place.n) article->dateline_place = m.place;
    if (article->dateline_place.n)
        meta_found(&m, HT_FIELD_DATELINE_PLACE, "dateline", m.wire_block);
    if (article->dateline_date.n)
        meta_found(&m, HT_FIELD_DATELINE_DATE, "dateline", m.wire_block);
    drop_lines(&m);
    name_lines(&m);
}
