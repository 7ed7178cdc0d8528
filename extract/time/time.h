/* Dates in a passage, and the date at which a figure holds.
 *
 *   dates.c   every date expression -> span of days (rules D1-D17 of docs/dates.md)
 *   asof.c    which of them governs a figure
 * Refuses to guess: an impossible day, a date without an anchor, is no date.
 */
#ifndef HT_EXTRACT_TIME_H
#define HT_EXTRACT_TIME_H

#include "extract/passage/passage.h"

/* A day as days since 1970-01-01 (proleptic Gregorian); HT_NO_DAY: unknown. */
typedef int32_t ht_day;
#define HT_NO_DAY INT32_MIN
ht_day ht_day_of(int year, int month, int day); /* HT_NO_DAY if there is no such day */
void ht_day_split(ht_day d, int *year, int *month, int *day);
ht_day ht_day_parse(ht_str iso); /* the first 10 characters of an ISO 8601 date; HT_NO_DAY */

typedef enum { HT_DATE_DAY, HT_DATE_MONTH, HT_DATE_QUARTER, HT_DATE_HALF, HT_DATE_YEAR, HT_DATE_SPAN, HT_DATE_VAGUE } ht_date_precision;

typedef struct {
    uint32_t start, end;  /* code points of the whole expression (截至2025年6月底, 今年以来, 1至5月) */
    ht_day from, to;      /* inclusive; HT_NO_DAY for vague ones that name no span */
    ht_date_precision precision;
    const char *rule;     /* D1 … D17 */
    bool as_of;           /* 截至…, 目前, 现有, 至今: the state at `to` */
    bool since;           /* …以来, 自…起: a span up to the publication */
    bool deictic_now;     /* 目前, 现在, 截至目前 */
    bool future;          /* after publication, with a future cue (到2027年, 年底前) */
    bool comparison;      /* 同期, 上年末 behind 比/较: never a figure's own date */
    bool day_only;        /* 29日: anchored on another date */
    bool begins;          /* …起, 开始: `from` is when it begins */
    bool holiday;         /* 春节 without 期间 or 假期: an occasion, no period */
    bool event;           /* 自2023年7月开办以来: when something began, not when a figure holds */
    bool adnominal;       /* followed by 的: 2022年的4处 */
} ht_date;

typedef struct {
    ht_day day;     /* publication; HT_NO_DAY if unknown */
    ht_day dateline;/* HT_NO_DAY if unknown */
} ht_date_context;

/* All date expressions of the passage, in order, not overlapping. Arena. Clock times (下午2点, 10:30)
 * are not dates; durations (8年, 3个月) and cohorts (90后) are not dates. */
void ht_dates_find(ht_arena *a, const ht_passage *p, ht_date_context context, ht_date **dates,
                   size_t *n);

typedef struct {
    ht_str asof;        /* 2025-06-30, 2025-03, 2024, or empty. Arena */
    const char *precision; /* day | month | quarter | half | year | "" */
    const char *rule;   /* sentence | paragraph | now | … | "" */
    ht_str period_from, period_to; /* ISO days for flows (上半年, 今年以来, 1至5月); else empty */
} ht_asof;

/* The date that governs the figure at [start, end) of the passage. */
ht_asof ht_asof_of(ht_arena *a, const ht_passage *p, const ht_date *dates, size_t n_dates,
                   ht_date_context context, uint32_t start, uint32_t end, ht_trace *trace);

#endif
