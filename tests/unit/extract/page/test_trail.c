/* Paths and menus in one line, and what only looks like them. */
#include "extract/page/trail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Twelve characters, the most that a name may have. */
#define LONGEST "雷池网县区民生与社会频道"

static const struct {
    const char *line;
    size_t n;
    const char *first;
} cases[] = {
    {"雷池网 → 新闻 → 访谈", 3, "雷池网"},
    {"雷池发布 ┃ 首页 ┃ 通知公告 ┃ 倡议", 4, "雷池发布"},
    {"雷池文旅报 - 旅游 - 数据", 3, "雷池文旅报"},
    {"雷池观察 / 政策 / 一图读懂", 3, "雷池观察"},
    {"雷池观察/政策/图解", 3, "雷池观察"},
    {"雷池网 >> 县区", 2, "雷池网"},
    {"首页｜即时｜影音", 3, "首页"},
    {"[首页][景区][民宿]", 3, "首页"},
    {"雷池快讯　【要闻】 【视听】", 3, "雷池快讯"},
    {"雷池网 -> 县区 -> 交通", 3, "雷池网"},
    {"雷池网》县区》正文", 3, "雷池网"},
    {"雷池网\\县区\\正文", 3, "雷池网"},
    {"《雷池》县区》正文", 0, ""},
    {"雷池网·县区", 0, ""},           /* of a name when no blanks stand around it */
    {"雷池-望江-宿松", 0, ""},
    {"雷池网 → 县区 / 访谈", 0, ""},   /* two kinds of signs */
    {"骑手 / 司机：3 年来的变化", 0, ""}, /* says something */
    {"望江 - 宿松 - 13个驿站", 0, ""},
    {"雷池网", 0, ""},
    {"A | B", 0, ""},
    {"| |", 0, ""},
    {"", 0, ""},
    {"县区 | " LONGEST, 2, "县区"},
    {"县区 | " LONGEST "站", 0, ""},
};

static void trails(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_str first = {"", 0};
        size_t n = page_trail(ht_str_of(cases[i].line), &first);
        if (n != cases[i].n || (n && !ht_str_eq(first, ht_str_of(cases[i].first)))) {
            print_error("'%s': %zu '" HT_FMT "'\n", cases[i].line, n, HT_ARG(first));
            fail();
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(trails)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
