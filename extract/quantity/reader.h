/* What the files of this folder share while they read one passage; internal to this folder. */
#ifndef HT_EXTRACT_QUANTITY_READER_H
#define HT_EXTRACT_QUANTITY_READER_H

#include "extract/quantity/numeral.h"

/* What a code point belongs to before any number is read (exclude.c). */
typedef enum {
    MARK_FREE,
    MARK_SKIP, /* addresses, tokens of letters: not even printed */
    MARK_IDIOM,
    MARK_NAME,
    MARK_DATE,
    MARK_ORDINAL,
    MARK_IDENTIFIER,
    MARK_CLASS = 15,
    MARK_START = 16, /* flag on the first code point of a word */
} mark;

typedef struct {
    const ht_lexicon *l;
    ht_arena *a;
    const ht_passage *p;
    const uint32_t *c;
    uint32_t n;
    uint8_t *marks; /* [n + 1], MARK_START at [n] */
    uint32_t floor; /* end of the last quantity: nothing to the left of it is touched */
    uint32_t para_start, para_end; /* the paragraph being read */
    ht_quantity *q;
    size_t n_q, cap_q;
    ht_trace *trace;
} reader;

/* A quantity while it is put together. */
typedef struct {
    numeral num;         /* the first numeral */
    uint32_t start, end; /* surface */
    uint32_t num_start, num_end, unit_start, unit_end;
    ht_number value, low, high, step;
    ht_qualifier qualifier;
    const unit *u;    /* NULL: none */
    ht_str unit_name; /* composite units (元/吨); empty: the unit's own name */
    bool share;       /* a fraction or a half */
    bool range;
    bool compound; /* 3小时20分 */
    bool per_base; /* the 百公里 of 每百公里 */
    ht_kind kind;
    bool keep; /* false: no quantity at all */
    const char *rule;
} item;

static inline uint32_t char_at(const reader *r, uint32_t at) {
    return at < r->n ? r->c[at] : 0;
}
static inline uint32_t char_before(const reader *r, uint32_t at) {
    return at ? r->c[at - 1] : 0;
}
static inline bool is_marked(const reader *r, uint32_t at) {
    return at < r->n && r->marks[at] & MARK_CLASS;
}
/* Punctuation, white space, the end: nothing that a number could be glued to. */
bool reader_boundary(uint32_t c);
/* Does the text at `at` begin with one of the words of this | separated list? */
bool reader_at_any(const reader *r, uint32_t at, const char *words);
bool reader_before_any(const reader *r, uint32_t at, const char *words);
bool reader_numeral(const reader *r, uint32_t at, numeral *out);
/* The unit that is written so (%, 千瓦时); NULL if the table has none. */
const unit *find_unit(const reader *r, const char *written);
/* Is the paragraph nothing but [start, end) and white space? */
bool reader_whole(const reader *r, uint32_t start, uint32_t end);

/* exclude.c */
void reader_mark(reader *r, const ht_date *dates, size_t n_dates);

/* share.c: 百分之…, …分之…, 一半, 过半, 半年; true if something was read at `at`. */
bool item_read_share(const reader *r, uint32_t at, item *q);

/* compound.c: the unit behind the numeral, halves, 元角分, 小时分秒, and slash rates. */
void item_read_unit(const reader *r, item *q);
void item_read_compound(const reader *r, item *q);

/* range.c */
bool item_read_range(const reader *r, item *q);
void reader_share_units(reader *r);

/* item_classify.c: kind, or keep = false. */
void item_classify(const reader *r, item *q);

/* table.c: what the head of a table says of its columns, kept from row to row. */
typedef struct {
    const unit *u; /* NULL: no unit named */
    int shift;     /* 万, 亿 before it */
    bool ordinal;  /* 序号, 排名 */
    bool change;   /* 同比增长（%） */
} column;
typedef struct {
    column *columns;
    size_t n, cap;
    column page; /* 单位：万元 above the table */
} table_head;
bool reader_is_row(const reader *r);
void reader_read_row(reader *r, table_head *head);
void reader_page_unit(const reader *r, table_head *head);

/* quantity.c */
bool item_read(const reader *r, uint32_t at, item *q);
void reader_emit(reader *r, const item *q);
/* Reads what begins at `at`, marked or not, and gives where to go on. */
uint32_t reader_read_next(reader *r, uint32_t at);

#endif
