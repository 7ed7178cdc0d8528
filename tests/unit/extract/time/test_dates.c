/* Date expressions: what is found in a sentence, where it is placed in time, what is no date. */
#include "extract/time/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
    const char *published, *text;
    const char
        *expect; /* "surface from to|surface from to"; from and to as MMDD of ISO; empty: none */
} date_case;

static void iso(ht_day d, char out[16]) {
    if (d == HT_NO_DAY) {
        strcpy(out, "-");
        return;
    }
    int y, m, day;
    ht_day_split(d, &y, &m, &day);
    snprintf(out, 16, "%04d-%02d-%02d", y, m, day);
}

static ht_str describe(ht_arena *a, const date_case *c) {
    ht_passage p;
    ht_passage_make(&p, a, ht_str_of(c->text), NULL);
    ht_date *dates;
    size_t n;
    ht_date_context context = {ht_day_parse(ht_str_of(c->published)), HT_NO_DAY};
    ht_dates_find(a, &p, context, &dates, &n);
    ht_buf b;
    ht_buf_init(&b, a);
    for (size_t i = 0; i < n; i++) {
        char from[16], to[16];
        iso(dates[i].from, from);
        iso(dates[i].to, to);
        assert_true(i == 0 || dates[i - 1].end <= dates[i].start);
        ht_buf_printf(&b, "%s" HT_FMT " %s", i ? "|" : "",
                      HT_ARG(ht_passage_str(&p, dates[i].start, dates[i].end)), from);
        if (strcmp(from, to) != 0) ht_buf_printf(&b, " %s", to);
    }
    return ht_buf_str(&b);
}

static void check(const date_case *cases, size_t n) {
    ht_arena a;
    ht_arena_init(&a, 0);
    int failed = 0;
    for (size_t i = 0; i < n; i++) {
        ht_str got = describe(&a, &cases[i]);
        if (!ht_str_eq(got, ht_str_of(cases[i].expect))) {
            print_error("%s\n   got  " HT_FMT "\n   want %s\n", cases[i].text, HT_ARG(got),
                        cases[i].expect);
            failed++;
        }
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
    assert_int_equal(failed, 0);
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static void full_dates(void **state) {
    (void)state;
    static const date_case cases[] = {
        {"2024-05-20", "项目于2023年4月8日开工。", "2023年4月8日 2023-04-08"},
        {"2024-05-20", "更新于2024-05-19 08:30", "2024-05-19 2024-05-19"},
        {"2024-05-20", "日期2024/5/9", "2024/5/9 2024-05-09"},
        {"2024-05-20", "日期2024.5.9", "2024.5.9 2024-05-09"},
        {"2024-05-20", "２０２４年５月９日", "２０２４年５月９日 2024-05-09"},
        {"2024-05-20", "二〇二四年五月九日", "二〇二四年五月九日 2024-05-09"},
        {"2024-05-20", "二零二三年腊月", "二零二三年 2023-01-01 2023-12-31"},
        {"2024-05-20", "2024 年 5 月 9 日", "2024 年 5 月 9 日 2024-05-09"},
        {"2024-05-20", "2023年2月30日", ""},
        {"2024-05-20", "2023年13月", "2023年 2023-01-01 2023-12-31"},
        {"2024-05-20", "民国112年底", "民国112年底 2023-12-31"},
        {"2024-05-20", "公元2020年", "公元2020年 2020-01-01 2020-12-31"},
        {"2024-05-20", "20世纪80年代", "20世纪80年代 1980-01-01 1989-12-31"},
        {"2024-05-20", "上世纪九十年代", "上世纪九十年代 1990-01-01 1999-12-31"},
        {"", "2023年4月8日开工", "2023年4月8日 2023-04-08"},
        {"", "4月8日开工", ""},
        {"", "去年", ""},
    };
    CHECK(cases);
}

static void missing_years(void **state) {
    (void)state;
    static const date_case cases[] = {
        {"2025-01-03", "12月30日发布", "12月30日 2024-12-30"},
        {"2025-01-03", "1月8日发布", "1月8日 2025-01-08"},
        {"2024-12-28", "将于1月10日举行", "1月10日 2025-01-10"},
        {"2024-12-28", "1月10日举行", "1月10日 2024-01-10"},
        {"2025-03-05", "2月29日出生", "2月29日 2024-02-29"},
        {"2025-03-05", "去年8月开工，12月完工。",
         "去年8月 2024-08-01 2024-08-31|12月 2024-12-01 2024-12-31"},
        {"2025-03-05", "3月1日至3日举行", "3月1日至3日 2025-03-01 2025-03-03"},
        {"2025-03-05", "2024年12月1日至2025年2月28日",
         "2024年12月1日至2025年2月28日 2024-12-01 2025-02-28"},
        {"2025-03-05", "去年12月20日至1月15日", "去年12月20日至1月15日 2024-12-20 2025-01-15"},
        {"2025-03-28", "29日", "29日 2025-01-29"},
        {"2025-03-28", "27日，市政府召开会议", "27日 2025-03-27"},
        {"2025-03-28", "2月10日开工，15日完工", "2月10日 2025-02-10|15日 2025-02-15"},
        {"2025-03-28", "25日至27日", "25日至27日 2025-03-25 2025-03-27"},
        {"2025-03-28", "25—27日", "25—27日 2025-03-25 2025-03-27"},
        {"2025-03-28", "2月10日启动，当天签约", "2月10日 2025-02-10|当天 2025-02-10"},
        {"2025-03-28", "2月10日启动，次日结束", "2月10日 2025-02-10|次日 2025-02-11"},
    };
    CHECK(cases);
}

static void deictic(void **state) {
    (void)state;
    static const date_case cases[] = {
        {"2025-07-09", "今天上午", "今天 2025-07-09"},
        {"2025-07-09", "昨晚", "昨晚 2025-07-08"},
        {"2025-07-09", "明日起", "明日起 2025-07-10"},
        {"2025-07-09", "今（9）日公布", "今（9）日 2025-07-09"},
        {"2025-07-09", "去（113）年", "去（113）年 2024-01-01 2024-12-31"},
        {"2025-07-09", "上周五", "上周五 2025-07-04"},
        {"2025-07-09", "本周", "本周 2025-07-07 2025-07-13"},
        {"2025-07-09", "周二，记者看到", "周二 2025-07-08"},
        {"2025-07-09", "7月7日周一", "7月7日周一 2025-07-07"},
        {"2025-07-09", "每周三开放", ""},
        {"2025-07-09", "周一至周五开放", ""},
        {"2025-07-09", "上月", "上月 2025-06-01 2025-06-30"},
        {"2025-07-09", "本月3日", "本月3日 2025-07-03"},
        {"2025-07-09", "6月下旬", "6月下旬 2025-06-21 2025-06-30"},
        {"2025-07-09", "前年", "前年 2023-01-01 2023-12-31"},
        {"2025-07-09", "今年初", "今年初 2025-01-01 2025-01-31"},
        {"2025-07-09", "去年年底", "去年年底 2024-12-31"},
        {"2025-07-09", "2023年竣工，次年投用",
         "2023年 2023-01-01 2023-12-31|次年 2024-01-01 2024-12-31"},
        {"2025-07-09", "近日", "近日 -"},
        {"2025-07-09", "近年来", "近年来 -"},
        {"2025-07-09", "目前", "目前 2025-07-09"},
        {"2025-07-09", "每年6月至9月", "6月至9月 -"},
    };
    CHECK(cases);
}

static void spans(void **state) {
    (void)state;
    static const date_case cases[] = {
        {"2025-07-09", "今年以来", "今年以来 2025-01-01 2025-07-09"},
        {"2025-07-09", "自3月起", "自3月起 2025-03-01 2025-07-09"},
        {"2025-07-09", "2021年至今", "2021年至今 2021-01-01 2025-07-09"},
        {"2025-07-09", "5月以来", "5月以来 2025-05-01 2025-07-09"},
        {"2025-07-09", "五个月来", "五个月来 2025-02-10 2025-07-09"},
        {"2025-07-09", "近两年", "近两年 2023-07-10 2025-07-09"},
        {"2025-07-09", "半年来", "半年来 2025-01-10 2025-07-09"},
        {"2025-07-09", "截至6月底", "截至6月底 2025-06-30"},
        {"2025-07-09", "截至2024年", "截至2024年 2024-12-31"},
        {"2025-07-09", "截至上半年末", "截至上半年末 2025-06-30"},
        {"2025-07-09", "截至记者发稿时", "截至记者发稿时 2025-07-09"},
        {"2025-07-09", "上半年", "上半年 2025-01-01 2025-06-30"},
        {"2025-02-09", "下半年", "下半年 2024-07-01 2024-12-31"},
        {"2025-07-09", "二季度", "二季度 2025-04-01 2025-06-30"},
        {"2025-07-09", "去年前三季度", "去年前三季度 2024-01-01 2024-09-30"},
        {"2025-07-09", "1—5月", "1—5月 2025-01-01 2025-05-31"},
        {"2025-07-09", "前五个月", "前五个月 2025-01-01 2025-05-31"},
        {"2025-01-15", "1至11月", "1至11月 2024-01-01 2024-11-30"},
        {"2025-07-09", "2024年度", "2024年度 2024-01-01 2024-12-31"},
        {"2025-02-09", "全年完成", "全年 2024-01-01 2024-12-31"},
        {"2025-07-09", "“十四五”期间", "“十四五”期间 2021-01-01 2025-12-31"},
        {"2025-07-09", "“十四五”以来", "“十四五”以来 2021-01-01 2025-07-09"},
        {"2025-07-09", "“十五五”开局之年", "“十五五”开局之年 2026-01-01 2026-12-31"},
        {"2025-07-09", "十五个", ""},
        {"2025-07-09", "2022、2023年分别为8人、9人",
         "2022 2022-01-01 2022-12-31|2023年 2023-01-01 2023-12-31"},
        {"2025-07-09", "2023/24学年", "2023/24学年 2023-01-01 2024-12-31"},
        {"2025-07-09", "去年增长；5月1日至5日",
         "去年 2024-01-01 2024-12-31|5月1日至5日 2025-05-01 2025-05-05"},
        {"2025-07-09", "最近半个月", "最近半个月 2025-06-25 2025-07-09"},
        {"2025-10-20", "国庆假期", "国庆假期 2025-10-01 2025-10-08"},
        {"2025-10-20", "2024年春节期间", "2024年春节期间 2024-02-10 2024-02-17"},
        {"2025-10-20", "2003年春节", "2003年春节 2003-01-31 2003-02-07"},
        {"2025-10-20", "端午节", "端午节 2025-05-31 2025-06-02"},
        {"2025-10-20", "今年元宵节", "今年元宵节 2025-02-12"},
        {"2025-10-20", "农历八月十五", "农历八月十五 2025-10-06"},
        {"2025-10-20", "2025年闰六月", "2025年 2025-01-01 2025-12-31|六月 2025-06-01 2025-06-30"},
    };
    CHECK(cases);
}

static void future(void **state) {
    (void)state;
    static const date_case cases[] = {
        {"2025-06-07", "到2027年", "2027年 2027-01-01 2027-12-31"},
        {"2025-06-07", "年底前", "年底前 2025-12-31"},
        {"2025-06-07", "2026年6月底前", "2026年6月底前 2026-06-30"},
        {"2025-11-07", "3月底前建成", "3月底前 2026-03-31"},
        {"2025-06-07", "2025—2027年", "2025—2027年 2025-01-01 2027-12-31"},
        {"2025-06-07", "计划12月投用", "12月 2025-12-01 2025-12-31"},
        {"2025-06-07", "可能推迟到10月或12月",
         "10月 2025-10-01 2025-10-31|12月 2025-12-01 2025-12-31"},
    };
    CHECK(cases);
}

static void no_dates(void **state) {
    (void)state;
    static const date_case cases[] = {
        {"2025-07-09", "开了8年货车", ""},
        {"2025-07-09", "从业19年", ""},
        {"2025-07-09", "14年过去了", ""},
        {"2025-07-09", "十年内建成", ""},
        {"2025-07-09", "跑了二十来年", ""},
        {"2025-07-09", "24小时开放", ""},
        {"2025-07-09", "3个月", ""},
        {"2025-07-09", "连续15日", ""},
        {"2025-07-09", "90后司机", ""},
        {"2025-07-09", "二十届三中全会", ""},
        {"2025-07-09", "凌晨3点半", ""},
        {"2025-07-09", "增长3.29%", ""},
        {"2025-07-09", "电话0351-2025678", ""},
        {"2025-07-09", "门牌3-12号", ""},
        {"2025-07-09", "获五一劳动奖章", ""},
        {"2025-07-09", "今日头条", ""},
        {"2025-07-09", "2000年历史", ""},
        {"2025-07-09", "资金成本月付", ""},
        {"2025-07-09", "第3日", ""},
        {"2025-07-09", "版本2.5.11.3", ""},
        {"2025-07-09", "", ""},
    };
    CHECK(cases);
}

static ht_date first_date(ht_arena *a, const char *published, const char *text) {
    ht_passage p;
    ht_passage_make(&p, a, ht_str_of(text), NULL);
    ht_date *dates;
    size_t n;
    ht_date_context context = {ht_day_parse(ht_str_of(published)), HT_NO_DAY};
    ht_dates_find(a, &p, context, &dates, &n);
    assert_true(n > 0);
    return dates[0];
}

static void flags(void **state) {
    (void)state;
    ht_arena a;
    ht_arena_init(&a, 0);
    assert_true(first_date(&a, "2025-07-09", "比上年末净增三百人").comparison);
    assert_true(first_date(&a, "2025-07-09", "与2023年末相比，多了三百人").comparison);
    assert_true(first_date(&a, "2025-07-09", "去年同期").comparison);
    assert_true(first_date(&a, "2025-07-09", "是2019年的2.3倍").comparison);
    assert_true(first_date(&a, "2025-07-09", "相当于去年全年的八成").comparison);
    assert_false(first_date(&a, "2025-07-09", "2024年比上年增长").comparison);
    assert_true(first_date(&a, "2025-07-09", "截至6月底").as_of);
    assert_true(first_date(&a, "2025-07-09", "截至目前").deictic_now);
    assert_true(first_date(&a, "2025-07-09", "今年以来").since);
    assert_true(first_date(&a, "2025-07-09", "到2027年").future);
    assert_true(first_date(&a, "2025-07-09", "自8月1日起施行").begins);
    assert_true(first_date(&a, "2025-07-09", "自2023年7月开办以来").event);
    assert_true(first_date(&a, "2025-07-09", "在春节、中秋开展活动").holiday);
    assert_false(first_date(&a, "2025-07-09", "春节期间").holiday);
    assert_true(first_date(&a, "2025-07-09", "27日").day_only);
    assert_int_equal(first_date(&a, "2025-07-09", "6月").precision, HT_DATE_MONTH);
    assert_int_equal(first_date(&a, "2025-07-09", "上半年").precision, HT_DATE_HALF);
    assert_int_equal(first_date(&a, "2025-07-09", "一季度").precision, HT_DATE_QUARTER);
    assert_int_equal(first_date(&a, "2025-07-09", "近日").precision, HT_DATE_VAGUE);
    ht_arena_free(&a);
}

static void days(void **state) {
    (void)state;
    assert_int_equal(ht_day_of(1970, 1, 1), 0);
    assert_int_equal(ht_day_of(2000, 3, 1), 11017);
    assert_int_equal(ht_day_of(1969, 12, 31), -1);
    assert_int_equal(ht_day_of(2023, 2, 29), HT_NO_DAY);
    assert_int_equal(ht_day_of(1900, 2, 29), HT_NO_DAY);
    assert_int_equal(ht_day_of(2024, 2, 29), ht_day_of(2024, 3, 1) - 1);
    assert_int_equal(ht_day_of(0, 1, 1), HT_NO_DAY);
    for (ht_day d = ht_day_of(1895, 1, 1); d <= ht_day_of(2105, 1, 1); d++) {
        int y, m, day;
        ht_day_split(d, &y, &m, &day);
        assert_int_equal(ht_day_of(y, m, day), d);
    }
    assert_int_equal(ht_day_parse(ht_str_of("2025-03-29T14:34:00+08:00")), ht_day_of(2025, 3, 29));
    assert_int_equal(ht_day_parse(ht_str_of("2025-03")), HT_NO_DAY);
    assert_int_equal(ht_day_parse(ht_str_of("2025/03/29")), HT_NO_DAY);
    assert_int_equal(ht_day_parse(ht_str_of("2025-02-30")), HT_NO_DAY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_dates), cmocka_unit_test(missing_years), cmocka_unit_test(deictic),
        cmocka_unit_test(spans),      cmocka_unit_test(future),        cmocka_unit_test(no_dates),
        cmocka_unit_test(flags),      cmocka_unit_test(days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
