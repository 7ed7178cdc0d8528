/* What the files of extract/time share: the words, the calendars, one expression.
 *
 *   words.c     the tables (words, days off, lunar years), parsed once at start-up
 *   numbers.c   small numerals in years, months and days
 *   expression.c  one date expression, not yet placed in time    deictic.c  those that are words
 *   dates.c     places expressions in time: anchors, cues, the direction of missing years
 * All look-ups are bounded by the longest word; nothing here looks further than a sentence.
 */
#ifndef HT_EXTRACT_TIME_INTERNAL_H
#define HT_EXTRACT_TIME_INTERNAL_H

#include "extract/time/time.h"

/* The kinds of data/dates-words.tsv, in the order of word_kind_names in words.c. */
typedef enum {
    W_AS_OF,
    W_BECOMES,
    W_BEFORE,
    W_COMPARE,
    W_COMPARE_AFTER,
    W_CONTINUE,
    W_COUNT_BEFORE,
    W_DAY,
    W_DAY_BLOCK,
    W_DAY_OF,
    W_ERA,
    W_FIRST,
    W_FIXED_DAY,
    W_FROM,
    W_FUTURE,
    W_GLOSSED,
    W_HALF,
    W_HOLIDAY,
    W_LAST,
    W_LAST_AFTER,
    W_LUNAR,
    W_LUNAR_DAY,
    W_MONTH,
    W_MONTH_BLOCK,
    W_MONTH_OF,
    W_MONTHS,
    W_NEWLY,
    W_NOW,
    W_PART,
    W_PART_MONTH,
    W_PART_YEAR,
    W_PLAN,
    W_PLAN_YEAR,
    W_QUARTER,
    W_RECURRING,
    W_REPORT,
    W_SAME_PERIOD,
    W_SHIELD,
    W_SINCE,
    W_SPAN,
    W_TEN,
    W_TOTAL,
    W_UNIT,
    W_VAGUE,
    W_WEEK,
    W_WEEKDAY,
    W_WEEKDAY_FOLLOW,
    W_WHOLE,
    W_YEAR,
    W_YEAR_BLOCK,
    W_YEAR_OF,
    N_WORD_KINDS
} word_kind;

typedef struct {
    word_kind kind;
    int a, b;    /* "1-6" -> 1, 6; "-2" -> -2, 0 */
    ht_str name; /* the value as text: begin, 春节 */
} time_word;

#define W_BIT(kind) (UINT64_C(1) << (kind))

/* Reads the tables at the first call. ht_dates_find and ht_asof_of call it; the rest builds on that. */
void words_need(void);
/* The kinds of the words that begin with a character, by its code point modulo the size; and, as
 * W_BIT(N_WORD_KINDS), whether an expression can begin with it that is no word. */
enum { WORD_OPENINGS = 2048 };
extern uint64_t word_openings[WORD_OPENINGS];
/* May a word of the kinds begin at c[at)? False is certain, and cheap. */
bool word_opens(const ht_passage *p, uint32_t at, uint64_t kinds);
/* The longest word of one of the kinds at c[at); a longer word of another meaning (shield) hides
 * it. */
const time_word *word_at(const ht_passage *p, uint32_t at, uint64_t kinds, uint32_t *end);
/* Does a word of the kinds end exactly at `at`? */
const time_word *word_before(const ht_passage *p, uint32_t at, uint64_t kinds, uint32_t *start);

int days_in_month(int year, int month);
/* The days off of a holiday (春节) in a year; false if the year is out of reach. */
bool holiday_span(ht_str name, int year, ht_day *from, ht_day *to);
ht_day lunar_day(int year, int month, int day); /* month 12 day 30 is the last day of the year */

/* A numeral of up to 4 digits (2025, 二〇二五, 廿九, 一百一十五) at `at`; its end, or `at` if none.
 */
typedef struct {
    int value;
    uint8_t n_digits; /* written digit by digit: how many; 0: 十 百 廿 */
    bool han;
} time_number;
uint32_t number_at(const ht_passage *p, uint32_t at, time_number *out);
bool is_numeral(uint32_t c);
/* Behind the run of numeral characters at `at` with its points, commas: nothing starts inside it.
 */
uint32_t number_skip(const ht_passage *p, uint32_t at);
uint32_t blank_skip(const ht_passage *p, uint32_t at);
/* Behind a connector of a range (至 到 - — ~), or `at`. */
uint32_t connector_skip(const ht_passage *p, uint32_t at);
static inline bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

typedef enum {
    E_NONE,
    E_YEARLY,   /* a part of some year: m1 d1 .. m2 d2, a holiday, a lunar day; year if has_year */
    E_DAY_ONLY, /* d1 .. d2 of a month to be found */
    E_MONTH_OF, /* the anchor's month + offset, then d1 .. d2 */
    E_DAY_OF,   /* the anchor's day + offset */
    E_SAME,     /* 同期: the anchor's span */
    E_FIXED,    /* from .. to are known */
    E_NOW,
    E_VAGUE,
} expr_form;

typedef struct {
    uint32_t start, end;
    expr_form form;
    bool since, before;     /* 以来 or 起, 前 stands behind it */
    bool has_year, year_of; /* year_of: year is an offset from the anchor's */
    bool same_period;       /* 去年同期 */
    bool own_whole;         /* 全年, 年末: of the year that the text reports on */
    int year, year_to;      /* year_to 0: the same */
    int m1, d1, m2, d2; /* m1 0: the whole year; d1 0: from the first, d2 0: to the last of m2 */
    int offset;
    ht_str holiday;
    int lunar_month, lunar_day;
    ht_day from, to;
    ht_date_precision precision;
    const char *rule;
} time_expr;

typedef struct {
    const ht_passage *p;
    ht_date_context context;
    ht_day today; /* publication, else dateline, else HT_NO_DAY */
    int year, month, day;
} time_reader;

/* --- expression.c, for deictic.c ------------------------------------------------------------- */

/* Behind the one-character literal at `at`, or `at`. */
uint32_t char_skip(const ht_passage *p, uint32_t at, const char *literal);
/* The word of one of the kinds behind blanks; moves *at behind it. NULL if none. */
const time_word *take_word(const ht_passage *p, uint32_t *at, uint64_t kinds);
bool has_word(const ht_passage *p, uint32_t at, uint64_t kinds);
/* 初 底: the first ten days or the last day of what is there so far. */
void set_part(time_expr *e, ht_str part);
void lunar_of(time_expr *e, int month, int day);
/* Behind 月: a day, a range of days, ten days, or a part. Gives the end. */
uint32_t read_day(const ht_passage *p, uint32_t at, time_expr *e);
/* What may narrow the year that ends at `at`; fills form, start and end. */
bool read_year_forms(const time_reader *r, uint32_t start, time_expr *e, uint32_t at);

/* --- deictic.c -------------------------------------------------------------------------------- */

bool last_at(const time_reader *r, uint32_t at, time_expr *e);
bool plan_quote(uint32_t c);
bool plan_at(const ht_passage *p, uint32_t at, time_expr *e);
/* 今（5）日, 去（113）年: the number in brackets repeats what the word says. */
bool glossed_at(const time_reader *r, uint32_t at, time_expr *e);
bool word_forms(const time_reader *r, uint32_t at, const time_word *w, uint32_t end, time_expr *e);

/* Numerals, opening quotes, 上世纪, 半年, blanks. */
bool expression_opener(uint32_t c);
/* Can an expression, or a word that stands before one, begin at `at`? Most characters of a text are
 * passed over here. */
bool expression_opens(const ht_passage *p, uint32_t at);
/* One expression that starts at `at`, without what stands around it (截至, 以来, 前). */
bool expression_at(const time_reader *r, uint32_t at, time_expr *e);
/* Places the yearly expression in a year; false if there is no such day. */
bool expression_span(const time_expr *e, int year, ht_day *from, ht_day *to);

#endif
