#include "extract/page/scan.h"

#include <string.h>

/* An element that was opened in the skeleton and not closed yet. */
typedef struct {
    uint32_t name; /* number of its name */
    unsigned kind; /* ELEMENT_ bits */
    bool paragraph;
    int priority;
} open_tag;

typedef struct {
    ht_str name; /* lower case */
    ht_str value;
} attribute;

typedef struct {
    ht_arena *arena;
    const page_vocab *vocab;
    ht_str text;
    size_t at;
    scan_result *out;
    ht_buf skeleton;
    ht_map names;        /* element name -> number + 1 */
    uint32_t *open_count; /* by number: how many are open */
    uint32_t *no_end;     /* by number: a raw element that is never closed */
    size_t n_names, cap_open, cap_no_end;
    open_tag open[SCAN_MAX_DEPTH];
    size_t depth;
    attribute attributes[SCAN_MAX_ATTRIBUTES];
    size_t n_attributes;
    bool after_end;       /* the last thing was an end tag */
    bool no_comment_end;  /* there is no --> ahead */
    bool has_title;
} scanner;

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static ht_str lower(ht_arena *a, ht_str s) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < 'A' || s.p[i] > 'Z')
            continue;
        s = ht_str_copy(a, s);
        char *p = (char *)s.p;
        for (; i < s.n; i++)
            if (p[i] >= 'A' && p[i] <= 'Z')
                p[i] = (char)(p[i] | 0x20);
    }
    return s;
}

/* libxml2's own order (HTMLparser.c, htmlEndPriority): an end tag does not close what stands
 * above it here. The scanner must count depth as the parser does. */
static int end_priority(ht_str name) {
    static const struct {
        const char *name;
        int priority;
    } table[] = {{"div", 150},   {"td", 160},    {"th", 160},   {"tr", 170},   {"thead", 180},
                 {"tbody", 180}, {"tfoot", 180}, {"table", 190}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (ht_str_eq(name, ht_str_of(table[i].name)))
            return table[i].priority;
    return 100;
}

static uint32_t name_number(scanner *s, ht_str name) {
    uint32_t *number = ht_map_put(&s->names, name);
    if (!*number) {
        *number = (uint32_t)++s->n_names;
        size_t n = s->n_names - 1;
        (void)HT_PUSH(s->arena, s->open_count, n, s->cap_open);
        n--;
        (void)HT_PUSH(s->arena, s->no_end, n, s->cap_no_end);
    }
    return *number - 1;
}

/* How many elements of this name are open. */
static uint32_t n_open(scanner *s, ht_str name) {
    uint32_t number = name_number(s, name);
    return s->open_count[number];
}

static void add_number(ht_buf *b, size_t n) {
    char digits[24];
    size_t i = sizeof digits;
    do
        digits[--i] = (char)('0' + n % 10);
    while (n /= 10);
    ht_buf_add(b, (ht_str){digits + i, sizeof digits - i});
}

static void add_text(scanner *s, size_t start, size_t end) {
    if (end > start) {
        ht_buf_byte(&s->skeleton, SCAN_TEXT_TOKEN);
        add_number(&s->skeleton, s->out->n_runs);
        ht_buf_byte(&s->skeleton, ';');
        *HT_PUSH(s->arena, s->out->runs, s->out->n_runs, s->out->cap_runs) =
            (scan_run){(uint32_t)start, (uint32_t)end};
        s->after_end = false;
    }
}

/* Reads attributes up to the '>' of a start tag; s->at ends behind it. */
static void read_attributes(scanner *s, bool *self_closed) {
    ht_str t = s->text;
    size_t i = s->at;
    *self_closed = false;
    s->n_attributes = 0;
    while (i < t.n && t.p[i] != '>') {
        if (is_blank(t.p[i]) || t.p[i] == '/') {
            *self_closed = t.p[i] == '/';
            i++;
            continue;
        }
        *self_closed = false;
        size_t start = i++;
        while (i < t.n && !is_blank(t.p[i]) && t.p[i] != '=' && t.p[i] != '>' && t.p[i] != '/')
            i++;
        attribute x = {ht_sub(t, start, i), {NULL, 0}};
        while (i < t.n && is_blank(t.p[i]))
            i++;
        if (i < t.n && t.p[i] == '=') {
            i++;
            while (i < t.n && is_blank(t.p[i]))
                i++;
            char quote = i < t.n ? t.p[i] : 0;
            if (quote == '"' || quote == '\'') {
                const char *end = memchr(t.p + i + 1, quote, t.n - i - 1);
                /* A quote that never ends would take the rest of the page with it. */
                const char *stop = end ? end : memchr(t.p + i, '>', t.n - i);
                size_t to = stop ? (size_t)(stop - t.p) : t.n;
                x.value = ht_sub(t, i + 1, to);
                i = end ? to + 1 : to;
            } else {
                start = i;
                while (i < t.n && !is_blank(t.p[i]) && t.p[i] != '>')
                    i++;
                x.value = ht_sub(t, start, i);
            }
        }
        if (s->n_attributes < SCAN_MAX_ATTRIBUTES)
            s->attributes[s->n_attributes++] = x;
        else
            s->out->cut = "too-many-attributes";
    }
    s->at = i < t.n ? i + 1 : t.n;
    for (size_t k = 0; k < s->n_attributes; k++)
        s->attributes[k].name = lower(s->arena, s->attributes[k].name);
}

static ht_str get_attribute(const scanner *s, const char *name) {
    for (size_t i = 0; i < s->n_attributes; i++)
        if (ht_str_eq(s->attributes[i].name, ht_str_of(name)))
            return s->attributes[i].value;
    return (ht_str){NULL, 0};
}

static bool has_attribute(const scanner *s, const char *name) {
    for (size_t i = 0; i < s->n_attributes; i++)
        if (ht_str_eq(s->attributes[i].name, ht_str_of(name)))
            return true;
    return false;
}

/* Does a style say property:value, with any white space? */
static bool style_says(ht_str style, ht_str property, ht_str value) {
    for (size_t at = 0; (at = ht_str_find(style, property, at)) != SIZE_MAX; at++) {
        size_t i = at + property.n;
        while (i < style.n && (is_blank(style.p[i]) || style.p[i] == ':'))
            i++;
        bool own = at == 0 || !(is_letter(style.p[at - 1]) || style.p[at - 1] == '-');
        if (own && ht_str_starts(ht_sub(style, i, style.n), value))
            return true;
    }
    return false;
}

static scan_tag read_tag(scanner *s) {
    scan_tag tag = {0};
    ht_buf names;
    ht_buf_init(&names, s->arena);
    ht_str parts[] = {get_attribute(s, "class"), get_attribute(s, "id")};
    for (size_t i = 0; i < 2; i++) {
        ht_str part = ht_str_trim(parts[i]);
        size_t space = SCAN_MAX_NAMES - names.n;
        if (!part.n || part.n + 1 > space)
            continue;
        if (names.n)
            ht_buf_byte(&names, ' ');
        ht_buf_add(&names, lower(s->arena, part));
    }
    tag.names = ht_buf_str(&names);
    ht_str style = lower(s->arena, get_attribute(s, "style"));
    tag.hidden = has_attribute(s, "hidden") || style_says(style, HT_S("display"), HT_S("none"));
    tag.centered = style_says(style, HT_S("text-align"), HT_S("center")) ||
                   ht_str_eq(lower(s->arena, get_attribute(s, "align")), HT_S("center"));
    return tag;
}

static void push_meta(scanner *s, ht_str name, ht_str value) {
    if (value.n > SCAN_MAX_VALUE || s->out->n_metas >= SCAN_MAX_METAS)
        s->out->cut = s->out->cut ? s->out->cut : "too-much-metadata";
    else
        *HT_PUSH(s->arena, s->out->metas, s->out->n_metas, s->out->cap_metas) =
            (ht_meta){name, value};
}

static void add_meta(scanner *s, ht_str name, ht_str value) {
    if (name.n && value.n)
        push_meta(s, lower(s->arena, name), ht_entities_decode(s->arena, value));
}

static void read_meta(scanner *s, ht_str element) {
    if (ht_str_eq(element, HT_S("meta"))) {
        static const char *const keys[] = {"name", "property", "itemprop", "http-equiv"};
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            add_meta(s, get_attribute(s, keys[i]), get_attribute(s, "content"));
    } else if (ht_str_eq(element, HT_S("link"))) {
        if (ht_str_eq(lower(s->arena, get_attribute(s, "rel")), HT_S("canonical")))
            add_meta(s, HT_S("link:canonical"), get_attribute(s, "href"));
    } else if (ht_str_eq(element, HT_S("html"))) {
        add_meta(s, HT_S("html:lang"), get_attribute(s, "lang"));
    }
}

/* Where </name starts at or after `from`, in any case of letters; text.n if nowhere. */
static size_t find_end_tag(ht_str t, ht_str name, size_t from) {
    for (const char *p = t.p + from; (p = memchr(p, '<', (size_t)(t.p + t.n - p))); p++) {
        size_t at = (size_t)(p - t.p);
        if (t.n - at < name.n + 3 || p[1] != '/')
            continue;
        size_t i = 0;
        while (i < name.n && (is_letter(p[2 + i]) ? (p[2 + i] | 0x20) : p[2 + i]) == name.p[i])
            i++;
        if (i == name.n && !is_letter(p[2 + i]))
            return at;
    }
    return t.n;
}

/* Content that is no mark-up: scripts, styles, titles. s->at stands behind the start tag. */
static void read_raw(scanner *s, ht_str name, uint32_t number, bool code) {
    size_t end = s->no_end[number] ? s->text.n : find_end_tag(s->text, name, s->at);
    if (end == s->text.n) {
        s->no_end[number] = 1;
        if (!code)
            return;
    }
    ht_str content = ht_sub(s->text, s->at, end);
    if (ht_str_eq(name, HT_S("title"))) {
        if (!s->has_title && ht_str_trim(content).n) {
            s->has_title = true;
            if (content.n > SCAN_MAX_TITLE)
                s->out->cut = s->out->cut ? s->out->cut : "too-much-metadata";
            else
                s->out->title = content;
        }
    } else if (ht_str_eq(name, HT_S("script"))) {
        ht_str type = lower(s->arena, get_attribute(s, "type"));
        if (ht_str_starts(type, HT_S("application/ld+json")))
            push_meta(s, HT_S("ld+json"), content);
    }
    s->at = end;
}

static bool is_frame(ht_str name) {
    return ht_str_eq(name, HT_S("html")) || ht_str_eq(name, HT_S("head")) ||
           ht_str_eq(name, HT_S("body"));
}

static void pop(scanner *s) {
    s->open_count[s->open[--s->depth].name]--;
}

/* Old pages do not close paragraphs, items and cells: the next one does it. */
static void close_by_start(scanner *s, unsigned kind) {
    while (s->depth) {
        const open_tag *top = &s->open[s->depth - 1];
        bool cell = (kind & (ELEMENT_CELL | ELEMENT_ROW)) && (top->kind & ELEMENT_CELL);
        if (!((kind & ELEMENT_BLOCK) && top->paragraph) && !cell &&
            !((kind & ELEMENT_ITEM) && (top->kind & ELEMENT_ITEM)) &&
            !((kind & ELEMENT_ROW) && (top->kind & ELEMENT_ROW)))
            return;
        pop(s);
    }
}

static void start_tag(scanner *s, ht_str name) {
    bool self_closed;
    read_attributes(s, &self_closed);
    unsigned kind = page_element(s->vocab, name);
    read_meta(s, name);
    if (is_frame(name))
        return;
    bool title = ht_str_eq(name, HT_S("title"));
    uint32_t number = name_number(s, name);
    if ((kind & ELEMENT_RAW) || (title && !n_open(s, HT_S("svg")))) {
        bool code = ht_str_eq(name, HT_S("script")) || ht_str_eq(name, HT_S("style"));
        read_raw(s, name, number, code);
        return;
    }
    if ((kind & ELEMENT_VOID) && !(kind & (ELEMENT_BREAK | ELEMENT_IMAGE)))
        return;
    if (s->out->n_tags == SCAN_MAX_TAGS) {
        s->out->cut = "too-many-elements";
        return;
    }
    scan_tag tag = read_tag(s);
    if (s->after_end &&
        ((kind & ELEMENT_SPACED) || (ht_str_eq(name, HT_S("span")) && tag.names.n)))
        ht_buf_byte(&s->skeleton, ' ');
    s->after_end = false;
    if (!(kind & ELEMENT_VOID)) {
        close_by_start(s, kind);
        if (s->depth == SCAN_MAX_DEPTH) {
            s->out->cut = "too-deep";
            if (kind & ELEMENT_BLOCK)
                ht_buf_add(&s->skeleton, HT_S("<br>"));
            return;
        }
        bool paragraph = ht_str_eq(name, HT_S("p"));
        s->open[s->depth++] = (open_tag){number, kind, paragraph, end_priority(name)};
        s->open_count[number]++;
    }
    ht_buf_byte(&s->skeleton, '<');
    ht_buf_add(&s->skeleton, name);
    ht_buf_add(&s->skeleton, HT_S(" a=\""));
    add_number(&s->skeleton, s->out->n_tags);
    ht_buf_add(&s->skeleton, HT_S("\">"));
    *HT_PUSH(s->arena, s->out->tags, s->out->n_tags, s->out->cap_tags) = tag;
}

static void end_tag(scanner *s, ht_str name) {
    ht_str rest = ht_sub(s->text, s->at, s->text.n);
    const char *close = rest.n ? memchr(rest.p, '>', rest.n) : NULL;
    s->at = close ? (size_t)(close - s->text.p) + 1 : s->text.n;
    if (ht_str_eq(name, HT_S("br")) || ht_str_eq(name, HT_S("p"))) {
        /* Browsers read </br> as <br>, and a </p> without <p> as an empty paragraph. */
        if (ht_str_eq(name, HT_S("br")) || !n_open(s, name)) {
            if (s->out->n_tags < SCAN_MAX_TAGS)
                ht_buf_add(&s->skeleton, HT_S("<br>"));
            return;
        }
    }
    uint32_t number = name_number(s, name);
    if (is_frame(name) || !s->open_count[number])
        return;
    int priority = end_priority(name);
    size_t i = s->depth;
    while (i > 0 && s->open[i - 1].name != number) {
        if (s->open[i - 1].priority > priority)
            return;
        i--;
    }
    while (s->depth >= i)
        pop(s);
    ht_buf_add(&s->skeleton, HT_S("</"));
    ht_buf_add(&s->skeleton, name);
    ht_buf_byte(&s->skeleton, '>');
    s->after_end = true;
}

/* Browsers that save a page say whence: <!-- saved from url=(0042)https://… --> */
static void read_comment(scanner *s, ht_str comment) {
    ht_str rest = ht_str_trim(comment), mark = HT_S("saved from url=("), digits;
    if (!ht_str_starts(rest, mark)) return;
    rest = ht_sub(rest, mark.n, rest.n);
    if (ht_str_split(&rest, ')', &digits)) add_meta(s, HT_S("saved-from"), ht_str_trim(rest));
}

/* Comments, doctypes, CDATA marks, processing instructions: s->at stands on the '<'. */
static void skip_declaration(scanner *s) {
    ht_str rest = ht_sub(s->text, s->at, s->text.n);
    if (ht_str_starts(rest, HT_S("<!--"))) {
        size_t end = s->no_comment_end ? SIZE_MAX : ht_str_find(s->text, HT_S("-->"), s->at + 2);
        if (end != SIZE_MAX) {
            if (end >= s->at + 4) read_comment(s, ht_sub(s->text, s->at + 4, end));
            s->at = end + 3;
            return;
        }
        s->no_comment_end = true;
    }
    if (ht_str_starts(rest, HT_S("<![CDATA["))) {
        s->at += 9;
        return;
    }
    const char *close = memchr(rest.p, '>', rest.n);
    s->at = close ? (size_t)(close - s->text.p) + 1 : s->text.n;
}

static ht_str read_name(scanner *s) {
    size_t start = s->at;
    ht_str t = s->text;
    while (s->at < t.n && !is_blank(t.p[s->at]) && t.p[s->at] != '>' && t.p[s->at] != '/' &&
           t.p[s->at] != '<')
        s->at++;
    ht_str name = lower(s->arena, ht_sub(t, start, s->at));
    /* The skeleton is ASCII and short: what cannot be a name of HTML becomes an unknown element. */
    bool plain = name.n <= SCAN_MAX_TAG_NAME;
    for (size_t i = 0; plain && i < name.n; i++)
        plain = is_letter(name.p[i]) || (name.p[i] >= '0' && name.p[i] <= '9') || name.p[i] == '-';
    return plain ? name : HT_S("unknown");
}

void page_scan(ht_arena *a, const page_vocab *v, ht_str text, scan_result *out) {
    scanner *s = HT_NEW(a, scanner);
    *out = (scan_result){0};
    s->arena = a;
    s->vocab = v;
    s->text = text;
    s->out = out;
    ht_buf_init(&s->skeleton, a);
    ht_map_init(&s->names, a);
    ht_buf_add(&s->skeleton, HT_S("<html><body>"));
    while (s->at < text.n) {
        size_t start = s->at;
        /* A '<' that opens no tag is text. */
        for (const char *p; (p = memchr(text.p + s->at, '<', text.n - s->at)); s->at++) {
            s->at = (size_t)(p - text.p);
            char next = s->at + 1 < text.n ? p[1] : 0;
            char third = s->at + 2 < text.n ? p[2] : 0;
            if (is_letter(next) || next == '!' || next == '?' || (next == '/' && is_letter(third)))
                break;
        }
        if (s->at >= text.n || text.p[s->at] != '<' ||
            !memchr(text.p + s->at, '>', text.n - s->at)) {
            add_text(s, start, text.n);
            break;
        }
        add_text(s, start, s->at);
        char next = text.p[s->at + 1];
        if (next == '!' || next == '?') {
            skip_declaration(s);
        } else if (next == '/') {
            s->at += 2;
            end_tag(s, read_name(s));
        } else {
            s->at++;
            start_tag(s, read_name(s));
        }
    }
    out->skeleton = ht_buf_str(&s->skeleton);
}
