/* The title: the line of the page that <title> repeats with the site's name added; else the
 * headline or og:title; in a text dump the short line above the line with source and date. */
#include "base/utf8.h"
#include "extract/page/metadata-internal.h"
#include "extract/page/trail.h"

#include <string.h>

enum {
    TITLE_MIN = 4,
    TITLE_MAX = 90,     /* code points */
    TITLE_LINES = 3,    /* a title with sub-titles in a text dump */
    BEHIND_ARTICLE = 3, /* blocks of the article in which the title may stand */
    SHARE_OF_HEAD = 35, /* per cent of <title> that the line must make up */
    HEADING_SHARE = 15, /* that a headline must */
    SHORT_TITLE = 8,    /* letters: a shorter line may be a name */
    SHORT_LINES = 8,    /* lines between title and byline */
    DATE_LINE = 30,     /* code points of a line that opens with a day and has no time */
};

typedef struct {
    uint32_t *c;
    size_t n;
} letters;

static letters letters_of(ht_arena *a, ht_str s) {
    letters out = {HT_ARRAY(a, uint32_t, ht_utf8_count(s) + 1), 0};
    for (size_t at = 0; at < s.n;) {
        uint32_t c = ht_utf8_next(s, &at);
        if (meta_is_blank(c) || c == '"' || c == 0x201C || c == 0x201D) continue;
        out.c[out.n++] = ht_fold(c);
    }
    return out;
}

static bool holds(letters all, letters part) {
    for (size_t i = 0; part.n && i + part.n <= all.n; i++) {
        size_t k = 0;
        while (k < part.n && all.c[i + k] == part.c[k]) k++;
        if (k == part.n) return true;
    }
    return false;
}

static bool has_han(ht_str s) {
    for (size_t at = 0; at < s.n;)
        if (ht_is_han(ht_utf8_next(s, &at))) return true;
    return false;
}

/* Behind 标  题: with blanks inside; 0: the line does not begin so. */
static uint32_t spaced_label(const ht_passage *p) {
    uint32_t i = 1;
    if (!ht_passage_at(p, 0, "标") && !ht_passage_at(p, 0, "题")) return 0;
    while (i < p->n && meta_is_blank(p->c[i])) i++;
    if (!ht_passage_at(p, i, "题") && !ht_passage_at(p, i, "目")) return 0;
    for (i++; i < p->n && meta_is_blank(p->c[i]);) i++;
    return i < p->n && (p->c[i] == ':' || p->c[i] == 0xFF1A) ? i + 1 : 0;
}

/* 20191206-A3.pdf: a name that a program gave, not an editor. */
static bool is_file_name(ht_str s) {
    static const char *const ends[] = {".pdf", ".doc", ".docx", ".wps", ".htm", ".html", ".txt",
                                       ".indd", ".tif", ".jpg"};
    s = ht_str_trim(s);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ht_str_ends(s, ht_str_of(ends[i]))) return true;
    return false;
}

/* Without the label of a dump that names its fields. */
static ht_str limited(const meta_reader *m, ht_str s) {
    enum { MAX_TITLE_BYTES = 600 };
    s = ht_str_trim(s);
    if (!s.n || s.n > MAX_TITLE_BYTES) return (ht_str){"", 0};
    ht_passage p;
    unsigned kind;
    ht_passage_make(&p, m->a, s, NULL);
    uint32_t at = meta_label(&p, 0, M_BIT(M_TITLE), &kind);
    return ht_str_trim(ht_passage_str(&p, at ? at : spaced_label(&p), p.n));
}

/* A short name of a medium or an office is no title. */
static bool is_site(const meta_reader *m, ht_str s) {
    enum { SITE_CHARS = 16 };
    ht_passage p;
    uint32_t from;
    if (s.n > 4 * SITE_CHARS) return false;
    ht_passage_make(&p, m->a, s, NULL);
    return p.n && p.n <= SITE_CHARS && meta_ends(&p, 0, p.n, M_BIT(M_MEDIA), &from);
}

/* A_B_site, A | site, site - A: the longest part between bars is the title. */
static ht_str cut_site(const meta_reader *m, ht_str s) {
    ht_arena *a = m->a;
    if (s.n > MAX_LINE_BYTES) return (ht_str){"", 0};
    static const char *const bars[] = {"_", "|", "｜", " - ", "--", " – ", " — ", "»", "«", "丨"};
    ht_str best = {"", 0};
    size_t start = 0, longest = 0;
    while (start <= s.n) {
        size_t at = s.n, width = 0;
        for (size_t k = 0; k < sizeof bars / sizeof *bars; k++) {
            ht_str bar = ht_str_of(bars[k]);
            size_t found = ht_str_find(s, bar, start);
            if (found < at) at = found, width = bar.n;
        }
        ht_str part = ht_str_trim(ht_sub(s, start, at));
        size_t n = letters_of(a, part).n;
        if (n > longest && !is_site(m, part)) best = part, longest = n;
        if (at == s.n) break;
        start = at + width;
    }
    if (!best.n) best = s;
    /* 标题-新华网: one bar without blanks counts where a medium's name stands behind it */
    for (size_t at = best.n; at > 1; at--) {
        if (best.p[at - 1] != '-') continue;
        if (is_site(m, ht_sub(best, at, best.n)))
            best = ht_str_trim(ht_sub(best, 0, at - 1));
        else
            break;
    }
    return best;
}

/* The block that <title> (or og:title) repeats. */
static bool from_repeat(meta_reader *m, ht_str whole) {
    letters head = letters_of(m->a, whole);
    if (head.n < TITLE_MIN || whole.n > MAX_LINE_BYTES) return false;
    size_t end = m->first < m->n ? m->first + BEHIND_ARTICLE : m->n, best = 0;
    if (end > m->n) end = m->n;
    for (size_t i = 0; i < end; i++) {
        const ht_block *b = &m->page->blocks[i];
        if (b->text.text.n > MAX_LINE_BYTES || b->n_chars < TITLE_MIN) continue;
        letters part = letters_of(m->a, b->text.text);
        if (part.n < TITLE_MIN || part.n > TITLE_MAX || part.n > head.n) continue;
        size_t weight = 2 * part.n + (b->heading > 0);
        size_t share = b->heading ? HEADING_SHARE : SHARE_OF_HEAD;
        if (weight <= best || part.n * 100 < head.n * share || is_site(m, b->text.text) ||
            !holds(head, part))
            continue;
        best = weight;
        m->title = i;
    }
    if (!best) return false;
    m->article->title = ht_str_trim(m->page->blocks[m->title].text.text);
    return true;
}

/* The last headline above the article; h1 before lower ones. */
static bool from_heading(meta_reader *m) {
    size_t end = m->first < m->n ? m->first + 1 : m->n, best = m->n;
    for (size_t i = 0; i < end; i++) {
        const ht_block *b = &m->page->blocks[i];
        if (!b->heading || meta_foreign(b) || b->n_chars < TITLE_MIN + 1 || b->n_chars > TITLE_MAX)
            continue;
        if (best == m->n || b->heading <= m->page->blocks[best].heading) best = i;
    }
    if (best == m->n) return false;
    m->title = best;
    m->article->title = ht_str_trim(m->page->blocks[best].text.text);
    return true;
}

/* 某报 | 2016-11-21: the first line of a clipping, its title is below. */
static bool is_barred(const ht_passage *p) {
    enum { MEDIUM_CHARS = 10 };
    uint32_t bar = 0;
    while (bar < p->n && p->c[bar] != '|' && p->c[bar] != 0xFF5C) bar++;
    if (bar == p->n || bar > MEDIUM_CHARS) return false;
    uint32_t at = bar + 1;
    while (at < p->n && meta_is_blank(p->c[at])) at++;
    meta_stamp stamp;
    return meta_stamp_at(p, at, &stamp) > at;
}

/* A line that dates the article and says where it is from. */
static bool dates_article(meta_reader *m, size_t i) {
    const ht_block *b = &m->page->blocks[i];
    if (b->n_chars > SHORT_LINE) return false;
    const ht_passage *p = meta_line(m, i);
    if (is_barred(p)) return true;
    for (uint32_t k = 0; k < p->n; k++) {
        unsigned found;
        meta_stamp stamp;
        if (meta_label(p, k, M_BIT(M_SOURCE) | M_BIT(M_TIME), &found) > k) return true;
        uint32_t end = meta_stamp_at(p, k, &stamp);
        if (end > k && (stamp.minute >= 0 || (k == 0 && p->n <= DATE_LINE))) return true;
    }
    return false;
}

/* 第06版 上一版 下一版, 放大 缩小 打印: two words of the page's furniture, or nothing but one. */
static bool is_tool_line(const ht_passage *p) {
    uint32_t n = 0, end;
    for (uint32_t k = 0; k < p->n; k++)
        if (meta_word(p, k, M_BIT(M_STOP), &end)) {
            if (k == 0 && end == p->n) return true;
            n++;
            k = end - 1;
        }
    return n > 1;
}

/* 某 某 局 文 件, 某发〔2022〕21号: what stands above the title of an official document. */
static bool is_letterhead(const ht_passage *p) {
    enum { SPACED = 6 };
    uint32_t n_alone = 0, n_han = 0;
    for (uint32_t k = 0; k < p->n; k++) {
        if (p->c[k] == 0x3014 && k + 5 < p->n && p->c[k + 5] == 0x3015) return true;
        n_han += ht_is_han(p->c[k]);
        n_alone += ht_is_han(p->c[k]) && (k == 0 || meta_is_blank(p->c[k - 1])) &&
                   (k + 1 == p->n || meta_is_blank(p->c[k + 1]));
    }
    return n_alone >= SPACED && n_alone == n_han;
}

/* 某网 → 新闻 → 访谈: a path or a menu; of two names the first must be the site's. */
static bool is_trail(const meta_reader *m, ht_str line) {
    ht_str first;
    size_t n = page_trail(line, &first);
    return n >= TRAIL_NAMES || (n == 2 && is_site(m, first));
}

static bool title_like(meta_reader *m, size_t i) {
    const ht_block *b = &m->page->blocks[i];
    if (meta_foreign(b)) return false;
    if (!m->lenient && is_trail(m, b->text.text)) return false;
    const ht_passage *p = meta_line(m, i);
    uint32_t n = 0, n_han = 0, n_fields = 0, from;
    for (uint32_t k = 0; k < p->n; k++) {
        uint32_t c = p->c[k];
        if (meta_is_blank(c)) continue;
        if (c == '>' || c == 0xFF1E || c == '|' || c == 0xFF5C || c == 0xBB || c == '_') return false;
        n++;
        n_han += ht_is_han(c);
        bool colon = c == ':' || c == 0xFF1A;
        n_fields += colon && (k + 1 >= p->n || meta_is_blank(p->c[k + 1]));
    }
    if (n < TITLE_MIN || n > TITLE_MAX - 30 || n_han * 2 < n) return false;
    uint32_t last = p->c[p->n - 1];
    if (last == 0x3002 || last == 0xFF1B || last == ';') return false;
    enum { MEDIUM_CHARS = 9 };
    if (n <= MEDIUM_CHARS && meta_ends(p, 0, p->n, M_BIT(M_MEDIA), &from)) return false;
    if (is_tool_line(p) || is_letterhead(p)) return false;
    unsigned found;
    if (meta_label(p, 0, M_BIT(M_STOP), &found) > 0 || n_fields > 1) return false;
    meta_stamp stamp;
    for (uint32_t k = 0; k < p->n; k++)
        if (meta_label(p, k, M_LABELS, &found) > k || meta_stamp_at(p, k, &stamp) > k) return false;
    return m->lenient || !meta_is_owner(m, i);
}

static bool is_short(const meta_reader *m, size_t i) {
    return letters_of(m->a, m->page->blocks[i].text.text).n < SHORT_TITLE;
}

/* ——副题: it explains the title above it. */
static bool is_subtitle(const meta_reader *m, size_t i) {
    ht_str text = m->page->blocks[i].text.text;
    return ht_str_starts(text, HT_S("——")) || ht_str_starts(text, HT_S("--"));
}

/* Does another line outside the article say the same (the list of a printed page's titles)? */
static bool is_listed(meta_reader *m, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (m->page->blocks[k].n_chars <= TITLE_MAX &&
            meta_same_words(m->page->blocks[k].text.text, m->page->blocks[i].text.text))
            return true;
    return false;
}

/* Of the lines of a title, kicker and subtitle that end above line `end`: the title. */
static size_t title_of(meta_reader *m, size_t end) {
    size_t best = m->n;
    for (size_t i = end, k = 0; i > 0 && k < TITLE_LINES && title_like(m, i - 1); i--, k++) {
        if (best < m->n && is_listed(m, best)) break;
        if (best == m->n || is_subtitle(m, best) || !is_short(m, i - 1) || is_listed(m, i - 1))
            best = i - 1;
    }
    return best;
}

/* The line that dates the article: the last one above it, else the first of the page. */
static size_t byline_of(meta_reader *m, size_t end) {
    size_t reach = end;
    for (size_t n = 0; reach > 0 && n < HEAD_LINES; reach--) {
        if (dates_article(m, reach - 1) && !meta_foreign(&m->page->blocks[reach - 1]))
            return reach - 1;
        n += !meta_foreign(&m->page->blocks[reach - 1]); /* tools stand between, any number */
    }
    for (size_t i = 0; i < reach; i++)
        if (dates_article(m, i) && !meta_foreign(&m->page->blocks[i])) return i;
    return m->n;
}

/* The line above the byline, names of media and other short lines between them; without a byline,
 * the first line that may be a title. */
static bool find_line(meta_reader *m) {
    size_t end = m->first < m->n ? m->first : m->n, byline = byline_of(m, end);
    if (byline < m->n && is_barred(meta_line(m, byline)))
        for (size_t i = byline + 1; i < end && i <= byline + TITLE_LINES && m->title == m->n; i++)
            if (title_like(m, i)) m->title = i;
    if (byline < m->n && m->title == m->n)
        for (size_t i = byline, k = 0; i > 0 && k < SHORT_LINES && m->title == m->n; i--, k++) {
            m->title = title_of(m, i);
            if (m->title < m->n && is_short(m, m->title) && i > 1) m->title = m->n;
        }
    for (size_t i = byline < m->n ? byline + 1 : 0; i < end && m->title == m->n; i++)
        if (title_like(m, i)) m->title = i;
    return m->title < m->n;
}

/* A text dump: paths and the names of owners are titles where nothing else is. */
static bool from_lines(meta_reader *m) {
    m->lenient = false;
    bool any = find_line(m);
    m->lenient = true;
    if (!any && !find_line(m)) return false;
    m->article->title = limited(m, m->page->blocks[m->title].text.text);
    return true;
}

/* Without 转载： before it and the number of the page, (2), behind it. */
static ht_str bare(const meta_reader *m, ht_str title) {
    ht_passage p;
    if (!title.n || title.n > MAX_LINE_BYTES) return title;
    ht_passage_make(&p, m->a, title, NULL);
    uint32_t at = 0, end = p.n, to, k = end;
    while (at < end && meta_is_mark(p.c[at]) && p.c[at] != 0x300A && p.c[at] != 0x201C) at++;
    uint32_t word = meta_word(&p, at, M_BIT(M_REPRINT), &to) ? to : 0;
    while (word && word < end && (meta_is_mark(p.c[word]) || meta_is_blank(p.c[word]))) word++;
    at = word > to && word < end ? word : 0;
    if (k > at && (p.c[k - 1] == ')' || p.c[k - 1] == 0xFF09)) {
        k--;
        while (k > at && ((p.c[k - 1] >= '0' && p.c[k - 1] <= '9') || p.c[k - 1] == '/') && end - k < 6)
            k--; /* (2), (1/2) */
        if (k + 1 < end && k > at && (p.c[k - 1] == '(' || p.c[k - 1] == 0xFF08)) end = k - 1;
    }
    bool framed = end > at + 2 && p.c[at] == 0x3010 && p.c[end - 1] == 0x3011;
    for (uint32_t i = at + 1; framed && i + 1 < end; i++) framed = p.c[i] != 0x3011;
    if (framed) at++, end--; /* 【标题】 */
    return end > at ? ht_str_trim(ht_passage_str(&p, at, end)) : title;
}

/* True if the rule found the title; then it is noted. */
static bool found(meta_reader *m, bool yes, const char *rule) {
    if (yes) m->article->title = bare(m, m->article->title);
    if (yes) meta_found(m, HT_FIELD_TITLE, rule, m->title < m->n ? m->title : HT_NO_BLOCK);
    return yes;
}

/* 【#标题#】 at the head of a posting's text: the page's title is the account's name. */
static bool from_brackets(meta_reader *m) {
    enum { MIN_LETTERS = 8, MAX_LETTERS = 40 };
    if (m->first == m->n || m->page->blocks[m->first].heading ||
        ht_str_find(m->page->head_title, HT_S("微博"), 0) == SIZE_MAX)
        return false;
    const ht_passage *p = meta_line(m, m->first);
    uint32_t from = 1, to = 1;
    if (!p->n || p->c[0] != 0x3010) return false;
    while (to < p->n && p->c[to] != 0x3011) to++;
    if (to == p->n) return false;
    while (from < to && p->c[from] == '#') from++;
    while (to > from && p->c[to - 1] == '#') to--;
    if (to - from < MIN_LETTERS || to - from > MAX_LETTERS) return false;
    ht_str inner = ht_passage_str(p, from, to), part;
    ht_buf b;
    ht_buf_init(&b, m->a);
    while (ht_str_split(&inner, '#', &part)) ht_buf_add(&b, part);
    m->article->title = ht_str_trim(ht_buf_str(&b));
    return true;
}

/* The row of a form that is labelled 信件标题; the page's own title is the column's name. */
static bool from_form(meta_reader *m) {
    for (size_t i = 0; i < m->n; i++) {
        const ht_block *b = &m->page->blocks[i];
        if (b->kind != HT_BLOCK_ROW || b->keep || !b->reason ||
            !ht_str_eq(ht_str_of(b->reason), HT_S("byline")))
            continue;
        ht_str title = limited(m, b->text.text);
        if (!title.n || title.n == ht_str_trim(b->text.text).n || b->n_chars > TITLE_MAX) continue;
        m->title = i;
        m->article->title = title;
        return true;
    }
    return false;
}

void meta_read_title(meta_reader *m) {
    ht_str none = {"", 0};
    ht_str head = is_file_name(m->page->head_title) ? none : m->page->head_title, shared = limited(m, meta_value(m, M_META_TITLE));
    if (m->page->html && found(m, from_form(m), "label")) return;
    if (!m->page->html && !head.n) {
        if (!found(m, m->page->n_containers > 1 && from_heading(m), "label"))
            found(m, from_lines(m), "line");
        return;
    }
    if (found(m, from_brackets(m), "bracket") ||
        found(m, from_repeat(m, head), "repeated-in-title") ||
        found(m, shared.n && from_repeat(m, shared), "repeated-in-meta"))
        return;
    ht_str cut = cut_site(m, head);
    if (shared.n && (!head.n || letters_of(m->a, shared).n >= TITLE_MIN)) {
        m->article->title = meta_as_on_page(m, cut_site(m, shared));
        found(m, true, "meta");
        return;
    }
    bool site_only = letters_of(m->a, cut).n < SHORT_TITLE || is_site(m, cut) || !has_han(cut);
    if (site_only && (found(m, from_heading(m), "headline") || found(m, from_lines(m), "line")))
        return;
    m->article->title = limited(m, cut);
    found(m, m->article->title.n, "title-element");
}
