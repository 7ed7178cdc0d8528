/* Who wrote, photographed and edited: labelled fields of the lines above and below the article, the
 * bracket behind a dateline, and …摄 at the end of captions. A name is kept only if it looks like
 * one. */
#include "extract/page/metadata-internal.h"

#include <string.h>

enum {
    MAX_HAN_NAME = 4,
    MAX_LONG_NAME = 16,
    MAX_PEOPLE = 8,
    BRACKET_REACH = 60,
    NEAR_BLANK = 1,
    OPENING = 3
};

typedef struct {
    ht_str names[MAX_PEOPLE];
    size_t n;
} people;

static void add_name(people *list, ht_str name) {
    for (size_t i = 0; i < list->n; i++)
        if (ht_str_eq(list->names[i], name)) return;
    if (list->n < MAX_PEOPLE) list->names[list->n++] = name;
}

static ht_str join(ht_arena *a, const people *list) {
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < list->n; i++) {
        if (i) ht_buf_byte(&b, '|');
        ht_buf_add(&b, list->names[i]);
    }
    return list->n ? ht_buf_str(&b) : (ht_str){"", 0};
}

static bool joins_name(uint32_t c) {
    return c == 0xB7 || c == 0x2022 || c == 0x30FB;
}

/* Behind the run of characters of which one name can be made. */
static uint32_t name_end(const ht_passage *p, uint32_t at, uint32_t end) {
    uint32_t i = at, role;
    while (i < end && (ht_is_han(p->c[i]) || joins_name(p->c[i]))) {
        unsigned found;
        if (i > at && meta_label(p, i, M_LABELS | M_BIT(M_STOP), &found) > i) break;
        if (i > at + 1 && meta_word(p, i, M_BIT(M_ROLE) | M_BIT(M_STOP), &role) && role - i > 1)
            break;
        i++;
    }
    return i;
}

static bool is_name(const ht_passage *p, uint32_t at, uint32_t end, bool need_surname) {
    uint32_t ignored, n = end - at;
    bool long_name = false;
    for (uint32_t i = at; i < end; i++) long_name = long_name || joins_name(p->c[i]);
    if (n < 2 || n > (long_name ? MAX_LONG_NAME : MAX_HAN_NAME)) return false;
    for (uint32_t i = at; i < end; i++) {
        uint32_t to;
        if (!ht_is_han(p->c[i]) && !joins_name(p->c[i])) return false;
        if (meta_word(p, i, M_BIT(M_NOT_NAME) | M_BIT(M_MEDIA), &to) && to == end && to - i > 1)
            return false;
        if (meta_word(p, i, M_BIT(M_NOT_NAME), &to) && to <= end) return false;
    }
    return !need_surname || long_name || meta_word(p, at, M_BIT(M_SURNAME), &ignored);
}

/* 文 某某 图 某某: a character that stands for a role, blanks around it and a name behind it. */
static bool is_lone_role(const ht_passage *p, uint32_t i) {
    bool role = ht_passage_at(p, i, "文") || ht_passage_at(p, i, "图") || ht_passage_at(p, i, "摄");
    bool apart = i == 0 || meta_is_blank(p->c[i - 1]) || meta_is_mark(p->c[i - 1]);
    return role && apart && i + 3 < p->n && meta_is_blank(p->c[i + 1]) && ht_is_han(p->c[i + 2]) &&
           ht_is_han(p->c[i + 3]);
}

/* 收藏(12), 阅读1.2万: a counter behind the names. */
static bool is_counter(const ht_passage *p, uint32_t at) {
    uint32_t to;
    if (!meta_word(p, at, M_BIT(M_STOP), &to) || to < at + 2 || to >= p->n) return false;
    uint32_t next = p->c[to] == '(' || p->c[to] == 0xFF08 ? to + 1 : to;
    return next < p->n && p->c[next] >= '0' && p->c[next] <= '9';
}

/* The names of a field from `at`: divided by blanks, 、 and roles. Gives the end. */
static uint32_t read_names(ht_arena *a, const ht_passage *p, uint32_t at, people *list,
                           bool need_surname) {
    uint32_t i = at, to;
    while (i < p->n) {
        unsigned found;
        if (meta_is_blank(p->c[i]) || p->c[i] == 0x3001 || p->c[i] == ',' || p->c[i] == 0xFF0C ||
            p->c[i] == '/' || p->c[i] == 0xFF0F) {
            i++;
            continue;
        }
        if (meta_label(p, i, M_LABELS | M_BIT(M_STOP), &found) > i && !(found & M_BIT(M_AUTHOR)))
            return i;
        if (is_counter(p, i)) return i;
        if (meta_word(p, i, M_BIT(M_ROLE), &to) && to - i > 1) {
            i = to;
            if (i < p->n && (p->c[i] == ':' || p->c[i] == 0xFF1A)) i++;
            continue;
        }
        if (is_lone_role(p, i)) {
            if (!ht_passage_at(p, i, "文")) return i;
            i++;
            continue;
        }
        uint32_t end = name_end(p, i, p->n);
        if (end == i) return i;
        /* 夏 菁: a name of two set apart to the width of three */
        if (end == i + 1 && end + NEAR_BLANK < p->n && meta_is_blank(p->c[end]) &&
            ht_is_han(p->c[end + 1]) && (end + 2 >= p->n || !ht_is_han(p->c[end + 2])) &&
            meta_word(p, i, M_BIT(M_SURNAME), &to)) {
            add_name(list, ht_format(a, HT_FMT HT_FMT, HT_ARG(ht_passage_str(p, i, end)),
                                     HT_ARG(ht_passage_str(p, end + 1, end + 2))));
            i = end + 2;
            continue;
        }
        uint32_t ignored;
        if (meta_ends(p, i, end, M_BIT(M_REPORT), &ignored)) return end; /* ／花莲报导 */
        if (!is_name(p, i, end, need_surname)) return i;
        add_name(list, ht_passage_str(p, i, end));
        i = end;
    }
    return i;
}

typedef struct {
    people authors, photographers, editors;
} staff;

static void read_fields(meta_reader *m, size_t i, staff *s) {
    const ht_block *b = &m->page->blocks[i];
    if (b->n_chars > SHORT_LINE || b->n_link_chars * 2 > b->n_chars) return;
    const ht_passage *p = meta_line(m, i);
    uint32_t start = 0;
    unsigned said;
    while (start < p->n && (meta_is_mark(p->c[start]) || meta_is_blank(p->c[start]))) start++;
    if (meta_foreign(b) && meta_label(p, start, M_BIT(M_EDITOR), &said) == start) return;
    bool stamped = false;
    for (uint32_t k = start; k < p->n && !stamped; k++) {
        meta_stamp stamp;
        stamped = meta_stamp_at(p, k, &stamp) > k;
    }
    for (uint32_t k = start; k < p->n; k++) {
        unsigned found;
        uint32_t end = meta_label(p, k, M_BIT(M_AUTHOR) | M_BIT(M_EDITOR) | M_BIT(M_PHOTO), &found);
        uint32_t other; /* 图片编辑： is another label than 编辑： */
        if (meta_word(p, k, M_BIT(M_STOP), &other) && other - k > 2 &&
            meta_label(p, k, M_BIT(M_STOP), &said) > k) {
            k = other - 1;
            continue;
        }
        if (end == k) {
            /* 草原云报记者 宝音图 2025-12-05: in a line of fields a role needs no colon */
            uint32_t to;
            bool role = stamped && ht_passage_at(p, k, "记者") &&
                        meta_word(p, k, M_BIT(M_ROLE), &to) && meta_is_blank(p->c[to]);
            if (role) k = read_names(m->a, p, k, &s->authors, false) - 1;
            if (stamped && is_lone_role(p, k)) {
                bool text = ht_passage_at(p, k, "文");
                to = read_names(m->a, p, k + 1, text ? &s->authors : &s->photographers, true);
                if (to > k + 1) k = to - 1;
            }
            continue;
        }
        people *list = found & M_BIT(M_EDITOR)   ? &s->editors
                       : found & M_BIT(M_AUTHOR) ? &s->authors
                                                 : &s->photographers;
        uint32_t to = read_names(m->a, p, end, list, false);
        if ((found & M_BIT(M_PHOTO)) && (found & M_BIT(M_AUTHOR))) /* 文/图 */
            (void)read_names(m->a, p, end, &s->photographers, false);
        if (to > end) k = to - 1;
    }
}

/* □江汉水乡报记者 廖一苇: a whole line that names its reporter behind a medium. */
static void read_reporter_line(meta_reader *m, size_t i, staff *s) {
    enum { LINE = 30 };
    const ht_block *b = &m->page->blocks[i];
    if (meta_foreign(b) || b->n_chars > LINE) return;
    const ht_passage *p = meta_line(m, i);
    for (uint32_t k = 0; k < p->n; k++) {
        if (!ht_passage_at(p, k, "记者") && !ht_passage_at(p, k, "通讯员")) continue;
        people found = {.n = 0};
        uint32_t end = read_names(m->a, p, k, &found, true);
        while (end < p->n && (meta_is_mark(p->c[end]) || meta_is_blank(p->c[end]))) end++;
        if (end >= p->n)
            for (size_t j = 0; j < found.n; j++) add_name(&s->authors, found.names[j]);
        return;
    }
}

/* …日电 (夏菁 唐学博), 讯（记者 穆遥岑）, 〔记者柯禾言／新北报导〕 at the article's head. */
static void read_bracket(meta_reader *m, size_t block, staff *s) {
    const ht_passage *p = meta_line(m, block);
    uint32_t reach = p->n < BRACKET_REACH ? p->n : BRACKET_REACH;
    for (uint32_t i = 0; i < reach; i++) {
        uint32_t to;
        if (p->c[i] == 0x3002) return;
        uint32_t word = i, from;
        while (word > 0 && meta_is_blank(p->c[word - 1])) word--;
        bool wire = meta_ends(p, 0, word, M_BIT(M_WIRE), &from);
        bool open = p->c[i] == '(' || p->c[i] == 0xFF08;
        if (open && wire) {
            bool role = meta_word(p, i + 1, M_BIT(M_ROLE), &to) != 0;
            read_names(m->a, p, i + 1, &s->authors, !role);
            return;
        }
        /* 【某网】（记者 程岩 实习记者 邬晓棠） */
        if (open && meta_word(p, i + 1, M_BIT(M_ROLE), &to) && to - i > 2) {
            uint32_t end = read_names(m->a, p, i + 1, &s->authors, true);
            if (end < p->n && (p->c[end] == ')' || p->c[end] == 0xFF09)) return;
        }
        if (!ht_passage_at(p, i, "记者")) continue;
        uint32_t at = i + 2;
        while (at < reach && meta_is_blank(p->c[at])) at++;
        uint32_t end = name_end(p, at, reach), slash = at;
        while (slash < reach && slash < end + 2 && p->c[slash] != '/' && p->c[slash] != 0xFF0F)
            slash++;
        bool bar = slash < reach && slash == end;
        if (bar && is_name(p, at, end, true)) add_name(&s->authors, ht_passage_str(p, at, end));
        /* 记者苏沐厦门17日电: the place that the dateline gave ends the name */
        if (!bar && m->place.n) {
            ht_passage place;
            ht_passage_make(&place, m->a, m->place, NULL);
            uint32_t cut = at;
            while (cut + place.n <= end && memcmp(p->c + cut, place.c, place.n * sizeof *p->c) != 0)
                cut++;
            if (cut + place.n <= end && is_name(p, at, cut, true))
                add_name(&s->authors, ht_passage_str(p, at, cut));
        }
        return;
    }
}

/* …。（记者 阚长顺）at the end of the last paragraph. */
static void read_signature(meta_reader *m, size_t block, staff *s) {
    enum { SIGNATURE = 40 };
    ht_str text = ht_str_trim(m->page->blocks[block].text.text);
    size_t from = text.n > MAX_LINE_BYTES / 3 ? text.n - MAX_LINE_BYTES / 3 : 0;
    while (from < text.n && ((unsigned char)text.p[from] & 0xC0) == 0x80) from++;
    ht_passage p;
    ht_passage_make(&p, m->a, ht_sub(text, from, text.n), NULL);
    if (!p.n || (p.c[p.n - 1] != ')' && p.c[p.n - 1] != 0xFF09)) return;
    uint32_t open = p.n - 1, to;
    while (open > 0 && p.n - open < SIGNATURE && p.c[open] != '(' && p.c[open] != 0xFF08) open--;
    if (p.c[open] != '(' && p.c[open] != 0xFF08) return;
    uint32_t at = open + 1;
    while (at < p.n && (ht_is_han(p.c[at]) || p.c[at] == ':' || p.c[at] == 0xFF1A) &&
           !meta_word(&p, at, M_BIT(M_ROLE), &to))
        at++;
    if (at < p.n && meta_word(&p, at, M_BIT(M_ROLE), &to) && to - at > 1)
        read_names(m->a, &p, at, &s->authors, true);
}

/* 图为…。 崔博群 摄: the name before 摄 at the end of a caption. */
static void read_caption(meta_reader *m, size_t i, staff *s) {
    enum { CAPTION = 200 };
    const ht_block *b = &m->page->blocks[i];
    if (!b->keep || b->n_chars > CAPTION) return;
    ht_str text = b->text.text;
    if (ht_str_find(text, HT_S("摄"), 0) == SIZE_MAX &&
        ht_str_find(text, HT_S("攝"), 0) == SIZE_MAX && ht_str_find(text, HT_S("图/"), 0) == SIZE_MAX &&
        ht_str_find(text, HT_S("圖/"), 0) == SIZE_MAX)
        return;
    const ht_passage *p = meta_line(m, i);
    for (uint32_t k = 1; k + 2 < p->n; k++) { /* …。图/程岩 */
        if (!(ht_passage_at(p, k, "图/") || ht_passage_at(p, k, "摄/")) || ht_is_han(p->c[k - 1]))
            continue;
        uint32_t end = name_end(p, k + 2, p->n);
        if (end == p->n && is_name(p, k + 2, end, true))
            add_name(&s->photographers, ht_passage_str(p, k + 2, end));
    }
    for (uint32_t k = 1; k < p->n; k++) {
        if (!ht_passage_at(p, k, "摄")) continue;
        uint32_t end = k, next = ht_passage_at(p, k, "摄影") ? k + 2 : k + 1;
        while (end > 0 && (meta_is_blank(p->c[end - 1]) || p->c[end - 1] == '/' ||
                           p->c[end - 1] == 0xFF0F))
            end--;
        bool last = next >= p->n || meta_is_mark(p->c[next]) || meta_is_blank(p->c[next]);
        uint32_t at = end, role;
        while (at > 0 && ht_is_han(p->c[at - 1]) && end - at < MAX_HAN_NAME + 2) at--;
        for (uint32_t r = at; r < end; r++)
            if (meta_word(p, r, M_BIT(M_ROLE), &role) && role - r > 1 && role < end) at = role;
        if (meta_word(p, at, M_BIT(M_OWN_MEDIA), &role) && role < end) at = role; /* 本报某某摄 */
        if (ht_passage_at(p, k, "摄影") && next + 2 < p->n && meta_is_blank(p->c[next]) &&
            ht_is_han(p->c[next + 1]) && name_end(p, next + 1, p->n) > next + 2) {
            (void)read_names(m->a, p, next, &s->photographers, true); /* 记者 某某 摄影 某某 */
            continue;
        }
        bool alone = at > 0 && (meta_is_blank(p->c[at - 1]) || p->c[at - 1] == 0x3002);
        if (last && is_name(p, at, end, !alone || end == k))
            add_name(&s->photographers, ht_passage_str(p, at, end));
    }
}

/* Notes which of the lists have names now. */
static void note_staff(meta_reader *m, const staff *s, const char *rule, size_t block) {
    if (s->authors.n) meta_found(m, HT_FIELD_AUTHORS, rule, block);
    if (s->photographers.n) meta_found(m, HT_FIELD_PHOTOGRAPHERS, rule, block);
    if (s->editors.n) meta_found(m, HT_FIELD_EDITOR, rule, block);
}

typedef void read_staff(meta_reader *m, size_t block, staff *s);

static void read_blocks(meta_reader *m, size_t from, size_t to, read_staff *read, staff *s,
                        const char *rule) {
    for (size_t i = from; i < to; i++) {
        if (i == m->title) continue;
        read(m, i, s);
        note_staff(m, s, rule, i);
    }
}

void meta_read_people(meta_reader *m) {
    staff s = {{.n = 0}, {.n = 0}, {.n = 0}};
    size_t body = m->body < m->n ? m->body + 1 : m->n, last = m->last < m->n ? m->last : m->n;
    for (size_t i = m->head; i < body; i++) {
        read_blocks(m, i, i + 1, read_fields, &s, "label");
        read_blocks(m, i, i + 1, read_reporter_line, &s, "reporter-line");
    }
    for (size_t i = m->open, k = 0; i < m->n && k < OPENING; i++) {
        if (!m->page->blocks[i].keep) continue;
        read_blocks(m, i, i + 1, read_bracket, &s, "bracket");
        k++;
    }
    read_blocks(m, last, last < m->n ? last + 1 : last, read_signature, &s, "signature");
    read_blocks(m, m->open, m->n, read_caption, &s, "caption");
    read_blocks(m, last, m->tail, read_fields, &s, "label");
    if (!s.authors.n) {
        ht_passage p;
        ht_str value = meta_as_on_page(m, meta_value(m, M_META_AUTHOR));
        if (value.n <= MAX_LINE_BYTES) {
            ht_passage_make(&p, m->a, value, NULL);
            if (p.n && is_name(&p, 0, p.n, true)) add_name(&s.authors, value);
            note_staff(m, &s, "meta", HT_NO_BLOCK);
        }
    }
    if (!s.authors.n) {
        ht_passage p;
        ht_str value = meta_as_on_page(m, meta_json_name(m, "author", "Person"));
        ht_passage_make(&p, m->a, value, NULL);
        if (p.n && is_name(&p, 0, p.n, false)) add_name(&s.authors, value);
        note_staff(m, &s, "json-ld", HT_NO_BLOCK);
    }
    m->article->authors = join(m->a, &s.authors);
    m->article->photographers = join(m->a, &s.photographers);
    m->article->editor = join(m->a, &s.editors);
}
