/* Rows of a table: a number's unit stands in the head of its column, in a cell of its row, or
 * above. */
#include "extract/quantity/reader.h"

enum { MAX_UNIT_CELL = 10, PLUS_MINUS = 0xB1 };

/* The fold makes every white space a blank; a tab is one in the text itself. */
static bool is_tab(const reader *r, uint32_t at) {
    return r->p->text.p[r->p->byte[at]] == '\t';
}

bool reader_is_row(const reader *r) {
    for (uint32_t i = r->para_start; i < r->para_end; i++)
        if (is_tab(r, i)) return true;
    return false;
}

/* 亿元, 万户, %, 个: the whole of [start, end) is a unit with perhaps a power of ten before it. */
static bool unit_cell(const reader *r, uint32_t start, uint32_t end, column *out) {
    const unit *u;
    int shift = 0;
    if (end - start > MAX_UNIT_CELL) return false;
    for (; start < end; start++) {
        uint32_t k = lexicon_unit_at(r->l, r->c, end, start, &u);
        if (k && start + k == end) {
            out->u = u;
            out->shift = shift;
            return true;
        }
        glyph g = glyph_of(r->l, r->c[start]);
        if (g.role != GLYPH_SMALL && g.role != GLYPH_BIG) return false;
        shift += g.value;
    }
    return false;
}

static void trim(const reader *r, uint32_t *start, uint32_t *end) {
    while (*start < *end && glyph_in(r->c[*start], " 　")) ++*start;
    while (*end > *start && glyph_in(r->c[*end - 1], " 　")) --*end;
}

/* 加油亭（个）, 同比增长(%), 比上年（±%）, 服务人次 */
static column head_of(const reader *r, uint32_t start, uint32_t end) {
    column found = {NULL, 0, false, false};
    trim(r, &start, &end);
    for (uint32_t i = start; i < end; i++)
        found.change |= lexicon_word_at(r->l, WORD_CHANGE, r->c, end, i) > 1 || r->c[i] == PLUS_MINUS;
    found.ordinal = lexicon_word_at(r->l, WORD_RANK_HEADER, r->c, r->n, start) > 0;
    if (start < end && glyph_in(r->c[end - 1], "）)")) {
        for (uint32_t i = end - 1; i > start; i--)
            if (glyph_in(r->c[i - 1], "（(")) {
                uint32_t from = i;
                if (reader_at_any(r, from, "单位")) from += 3;
                if (from < end - 1 && r->c[from] == PLUS_MINUS) from++; /* （±%） */
                if (from < end - 1) unit_cell(r, from, end - 1, &found);
                return found;
            }
        return found;
    }
    if (found.change && end - start > 1 && unit_cell(r, end - 1, end, &found) &&
        found.u->kind == UNIT_SHARE)
        return found; /* 比上年增长% */
    found.u = NULL;
    for (uint32_t n = end - start > 4 ? 4 : end - start; n >= 2; n--) {
        const unit *u;
        if (lexicon_unit_at(r->l, r->c, end, end - n, &u) == n &&
            (u->kind == UNIT_COUNT || u->kind == UNIT_MEASURE))
            return (column){u, 0, false, found.change};
    }
    return found;
}

static uint32_t cell_end(const reader *r, uint32_t at) {
    while (at < r->para_end && !is_tab(r, at)) at++;
    return at;
}

/* Reads [start, end) as one number; false if it is anything else. */
static bool numeric_cell(const reader *r, uint32_t start, uint32_t end, item *q) {
    uint32_t at = start;
    trim(r, &start, &end);
    if (start == end) return false;
    for (at = start; at < end; at++) {
        if (is_marked(r, at)) return false;
        if (is_numeral_char(r->l, r->c[at])) break;
    }
    if (at == end || !item_read(r, at, q)) return false;
    return q->start == start && q->end == end;
}

static void apply(item *q, const column *c) {
    if (!c->u || q->u || q->share) return;
    q->u = c->u;
    q->value = ht_number_shift(q->value, c->shift);
    q->low = ht_number_shift(q->low, c->shift);
    q->high = ht_number_shift(q->high, c->shift);
    q->step = ht_number_shift(q->step, c->shift);
}

static void read_number(reader *r, item *q, size_t index, const column *head, const column *row,
                        const column *page) {
    bool bare_year = index == 0 && !q->u && q->num.arabic && q->num.n_digits == 4 &&
                     !q->num.grouped && !q->num.decimal;
    if (head && head->ordinal) {
        q->kind = HT_ORDINAL;
        q->rule = "column of ranks";
    } else if (bare_year) {
        q->kind = HT_DATE;
        q->rule = "a year heads the row";
    } else {
        bool named = q->u != NULL;
        if (head) apply(q, head);
        apply(q, row);
        apply(q, page);
        if (named || !q->u) {
            item_classify(r, q);
        } else {
            static const ht_kind kinds[] = {[UNIT_MONEY] = HT_MONEY,  [UNIT_MEASURE] = HT_MEASURE,
                                            [UNIT_SHARE] = HT_SHARE,  [UNIT_AGE] = HT_AGE,
                                            [UNIT_RATE] = HT_RATE,    [UNIT_DURATION] = HT_DURATION,
                                            [UNIT_YEAR] = HT_DURATION};
            size_t n = sizeof kinds / sizeof *kinds;
            q->kind = q->u->kind < n ? kinds[q->u->kind] : HT_COUNT;
            if (q->kind == HT_SHARE && head && head->change) q->kind = HT_RATE;
            q->rule = "unit from the head of the table";
        }
    }
    if (q->keep) reader_emit(r, q);
}

void reader_page_unit(const reader *r, table_head *head) {
    uint32_t k = lexicon_word_at(r->l, WORD_PAGE_UNIT, r->c, r->n, r->para_start);
    uint32_t start = r->para_start + k + 1, end = r->para_end;
    head->n = 0;
    head->page = (column){NULL, 0, false, false};
    if (!k || start >= end || !glyph_in(r->c[start - 1], "：:")) return;
    trim(r, &start, &end);
    if (start < end) unit_cell(r, start, end, &head->page);
}

void reader_read_row(reader *r, table_head *head) {
    uint32_t row_start = r->para_start, row_end = r->para_end;
    column row = {NULL, 0, false, false};
    bool any_number = false;
    item q;
    for (uint32_t at = row_start; at <= row_end;) {
        uint32_t end = cell_end(r, at), from = at, to = end;
        column c = {NULL, 0, false, false};
        trim(r, &from, &to);
        bool named = from < to && unit_cell(r, from, to, &c);
        if (named) row = c;
        any_number |= !named && numeric_cell(r, at, end, &q) && !(q.u && q.u->kind == UNIT_YEAR);
        if (from < to && at == row_start && !row.u) { /* 生产总值（亿元） names the row's unit */
            c = head_of(r, from, to);
            if (c.u && glyph_in(r->c[to - 1], "）)")) row = c;
        }
        at = end + 1;
    }
    if (!any_number) {
        head->n = 0;
        row = (column){NULL, 0, false, false};
    }
    size_t index = 0;
    for (uint32_t at = row_start; at <= row_end; index++) {
        r->para_end = row_end;
        uint32_t end = cell_end(r, at);
        const column *col = any_number && index < head->n ? &head->columns[index] : NULL;
        r->para_start = at;
        r->para_end = end;
        if (!any_number) *HT_PUSH(r->a, head->columns, head->n, head->cap) = head_of(r, at, end);
        uint32_t from = at, to = end;
        column named = {NULL, 0, false, false};
        trim(r, &from, &to);
        if (any_number && from < to && unit_cell(r, from, to, &named))
            ht_trace_add(r->trace, from, to, "unit cell", "the unit of the row");
        else if (any_number && numeric_cell(r, at, end, &q) && q.keep)
            read_number(r, &q, index, col, &row, &head->page);
        else
            for (uint32_t i = at; i < end;) i = reader_read_next(r, i);
        at = end + 1;
    }
    r->para_start = row_start;
    r->para_end = row_end;
}
