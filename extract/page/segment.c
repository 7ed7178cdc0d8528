/* Plain text has no tree: the article is the stretch of lines with the most prose and the least of
 * everything else. */
#include "extract/page/content.h"

#include "base/utf8.h"

enum {
    ALONE = 4,         /* prose without prose near it counts a fourth: a snippet stands so */
    MAX_GAP = 1,       /* lines between two sentences that keep each other company */
    LINE_COST = 8,     /* characters of prose that another line costs; code costs a fourth */
    PROSE_CAP = 400,   /* characters of a line that count */
    RULER_CHARS = 20,  /* of a line of dashes that parts a dump, and what crossing it costs */
    RULER_COST = 100,
    BYLINE_WORTH = 200, /* characters of prose that a line with date and source is worth */
    BYLINE_REACH = 2,   /* lines between its date and its source */
    HEAD_REACH = 8,    /* lines ahead of the text that may be its captions and subtitles */
    TAIL_REACH = 3,    /* lines behind it that may name its authors */
    SENTENCE_CHARS = 8,
    BYLINE_CHARS = 160,
    BARRED_CHARS = 40,  /* of a line of fields between bars, and Han characters of one field */
    BARRED_HAN = 6,
    SUBHEAD_CHARS = 30,
};

static bool is_sentence(const page_feature *f) {
    return page_is_prose(f) ||
           (f->stopped && f->n >= SENTENCE_CHARS && f->n_period + f->n_comma > 0);
}

/* 一、…, （二）…, 3.…: a subheading. */
static bool is_numbered(const page_feature *f) {
    uint32_t i = f->start;
    if (f->n > SUBHEAD_CHARS || f->n_stop)
        return false;
    while (i < f->n && page_is_ordinal(f->c[i]))
        i++;
    return i > f->start && i < f->n && (f->c[i] == 0x3001 || f->c[i] == ')' || f->c[i] == '.');
}

/* Captions and the site's own lines stand between paragraphs without parting them; dates part. */
static bool is_neutral(const page_choice *x, size_t i) {
    const page_feature *f = &x->features[i];
    return (x->page->blocks[i].reason && !f->date_only) || is_numbered(f) ||
           ((f->begins | f->ends) & WORD_PHOTO) || x->page->blocks[i].kind == HT_BLOCK_ROW;
}

static bool names_source(const page_feature *f) {
    return ((f->begins | f->has) & WORD_BYLINE) && !(f->begins & WORD_TAIL) &&
           f->n <= BYLINE_CHARS && f->n_stop == 0;
}

/* 某报 | 2016-11-21 | A12: fields between bars, one of them a day. */
static bool is_barred(const page_feature *f) {
    uint32_t bars = 0;
    for (uint32_t i = 0; i < f->n && f->n <= BARRED_CHARS; i++)
        bars += f->c[i] == '|';
    return bars && f->dated && f->n_stop + f->n_comma == 0 && f->n_han <= BARRED_HAN * (bars + 1);
}

bool page_is_byline(const page_choice *x, size_t i) {
    const page_feature *f = &x->features[i];
    if (is_barred(f))
        return true;
    if (!names_source(f))
        return false;
    if (f->dated)
        return true;
    for (size_t k = 1; k <= BYLINE_REACH; k++) {
        const page_feature *before = i >= k ? &x->features[i - k] : f;
        const page_feature *after = i + k < x->page->n_blocks ? &x->features[i + k] : f;
        if ((before->date_only && before->dated) || (after->date_only && after->dated))
            return true;
    }
    return false;
}

/* Marks sentences that have another one beside them, a subheading between them allowed. */
static void mark_company(const page_choice *x, bool *beside, bool backwards) {
    size_t n = x->page->n_blocks, gap = MAX_GAP + 1;
    for (size_t k = 0; k < n; k++) {
        size_t i = backwards ? n - 1 - k : k;
        beside[i] |= gap <= MAX_GAP;
        if (!is_neutral(x, i))
            gap = is_sentence(&x->features[i]) ? 0 : gap + 1;
    }
}

void page_weigh_lines(page_choice *x) {
    size_t n = x->page->n_blocks;
    bool *beside = HT_ARRAY(x->arena, bool, n);
    mark_company(x, beside, false);
    mark_company(x, beside, true);
    x->total = 0;
    for (size_t i = 0; i < n; i++) {
        const page_feature *f = &x->features[i];
        uint32_t mass = f->n < PROSE_CAP ? f->n : PROSE_CAP;
        if (x->page->blocks[i].reason || !is_sentence(f))
            mass = 0;
        x->mass[i] = beside[i] ? mass : mass / ALONE;
        x->total += x->mass[i];
    }
}

static bool is_ruler(const page_feature *f) {
    return f->n >= RULER_CHARS && f->n_han + f->n_latin + f->n_digit == 0;
}

typedef struct {
    int64_t sum;
    size_t start;
} stretch;

/* The stretch with the greatest sum of masses less the cost of other lines. One that begins behind
 * the line with date and source is worth more, one that runs across it less. */
static void best_stretch(const page_choice *x, size_t *from, size_t *to) {
    stretch any = {0, 0}, dated = {INT64_MIN / 2, 0};
    int64_t best = 0;
    *from = *to = 0;
    for (size_t i = 0; i < x->page->n_blocks; i++) {
        const ht_block *b = &x->page->blocks[i];
        if (any.sum <= 0)
            any = (stretch){0, i};
        int64_t gain = 0;
        if (!b->reason && x->mass[i])
            gain = x->mass[i];
        else if (b->kind != HT_BLOCK_ROW)
            gain = x->features[i].n_han   ? -LINE_COST
                   : is_ruler(&x->features[i]) ? -RULER_COST
                                          : -LINE_COST / 4;
        any.sum += gain;
        dated.sum += gain;
        if (page_is_byline(x, i)) {
            any.sum -= BYLINE_WORTH;
            dated.sum -= BYLINE_WORTH;
            if (dated.sum < BYLINE_WORTH)
                dated = (stretch){BYLINE_WORTH, i + 1};
        }
        const stretch *s = dated.sum > any.sum ? &dated : &any;
        if (s->sum > best && gain > 0) {
            best = s->sum;
            *from = s->start;
            *to = i + 1;
        }
    }
}

/* 23846, 78.63, -5.0, 1832.6亿元: not a day and no time, no text with a figure in it. */
static bool is_figure(ht_str cell) {
    enum { UNIT_CHARS = 4 };
    uint32_t n_digits = 0, n_others = 0;
    cell = ht_str_trim(cell);
    for (size_t at = 0; at < cell.n;) {
        size_t from = at;
        uint32_t c = page_fold(ht_utf8_next(cell, &at));
        bool sign = c == '.' || c == ',' || c == '%' || c == 0x2030 || (!from && (c == '-' || c == '+'));
        if (c >= '0' && c <= '9')
            n_digits++;
        else if (!n_digits && !sign)
            return false;
        else if (c == '-' || c == '/' || c == ':' || (!sign && ++n_others > UNIT_CHARS))
            return false;
    }
    return n_digits > 0;
}

typedef struct {
    size_t end; /* behind the rows */
    size_t n_rows, n_dated, n_cells, n_figures; /* cells behind the first of a row */
} row_run;

static row_run read_rows(const page_choice *x, size_t at) {
    row_run r = {.end = at};
    for (; r.end < x->page->n_blocks; r.end++) {
        const ht_block *b = &x->page->blocks[r.end];
        if (b->kind != HT_BLOCK_ROW || b->reason)
            break;
        ht_str cell, rest = b->text.text;
        ht_str_split(&rest, '\t', &cell);
        while (ht_str_split(&rest, '\t', &cell)) {
            r.n_cells++;
            r.n_figures += is_figure(cell);
        }
        r.n_rows++;
        r.n_dated += x->features[r.end].dated;
    }
    return r;
}

/* Behind the table at or a few lines below `to`: one of figures may have its name and unit above it
 * (表1 主要指标, 单位：万元). Headlines with their days are no table. `to` if there is none. */
static size_t table_end(const page_choice *x, size_t to) {
    enum { CAPTION_LINES = 3, NOTE_LINES = 3, MIN_FIGURES = 2 };
    size_t n = x->page->n_blocks, at = to;
    while (at < n && at < to + CAPTION_LINES && x->page->blocks[at].kind != HT_BLOCK_ROW &&
           !x->page->blocks[at].reason && x->features[at].n <= SUBHEAD_CHARS &&
           !x->features[at].stopped)
        at++;
    row_run r = read_rows(x, at);
    bool statistics = r.n_figures >= MIN_FIGURES && r.n_figures * 2 >= r.n_cells;
    if (r.end == at || (!statistics && (at > to || r.n_dated * 2 >= r.n_rows)))
        return to;
    size_t end = r.end;
    for (size_t k = 0; k < NOTE_LINES && end < n && !x->page->blocks[end].reason &&
                       (x->features[end].begins & WORD_NOTE);
         k++)
        end++; /* 注：… */
    return end;
}

/* The office that signs a notice, above the day. */
static bool signs(const page_choice *x, size_t i) {
    return i + 1 < x->page->n_blocks && x->features[i + 1].full_date &&
           x->features[i].n <= SUBHEAD_CHARS && x->features[i].n_stop == 0 &&
           !x->page->blocks[i + 1].reason;
}

void page_choose_segment(page_choice *x) {
    size_t from, to, n = x->page->n_blocks;
    if (x->page->n_containers > 1) /* the record has named it */
        return;
    best_stretch(x, &from, &to);
    if (from == to)
        return;
    /* Captions and subtitles stand between the site's last own line and the text. */
    size_t head = from, open = 0;
    while (head > 0 && !x->page->blocks[head - 1].reason && open <= HEAD_REACH) {
        head--;
        open++;
    }
    if (open <= HEAD_REACH)
        from = head;
    for (size_t end; (end = table_end(x, to)) > to;)
        to = end;
    for (size_t i = 0; i < TAIL_REACH && to < n && !x->page->blocks[to].reason; i++) {
        const page_feature *f = &x->features[to];
        if (!(((f->begins | f->has) & WORD_REPORTER) || ((f->begins | f->ends) & WORD_PHOTO) ||
              f->full_date || f->stopped || signs(x, to)))
            break;
        to++;
    }
    for (size_t i = 0; i < n; i++)
        if ((i < from || i >= to) && !x->page->blocks[i].reason)
            x->page->blocks[i].reason = "outside";
}
