/* Text dumps -> blocks: lines, indents, list marks, wrapped paragraphs. */
#include "extract/page/page.h"
#include "extract/page/split.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static ht_arena arena;

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ht_arena_free(&arena);
    return 0;
}

static ht_page split(ht_str text) {
    ht_page page;
    ht_trouble trouble = {0};
    assert_true(ht_page_split(&arena, text, &page, &trouble));
    assert_false(page.html);
    return page;
}

/* [^ for an empty line before][indent][* for a list item]text| ... */
static ht_str shown(const ht_page *page) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (size_t i = 0; i < page->n_blocks; i++) {
        const ht_block *x = &page->blocks[i];
        ht_buf_printf(&b, "%s%s%u%s", i ? "|" : "", x->blank_before ? "^" : "", x->indent,
                      x->kind == HT_BLOCK_LIST_ITEM ? "*" : "");
        ht_buf_add(&b, x->text.text);
    }
    return ht_buf_str(&b);
}

static const struct {
    const char *text, *blocks;
} cases[] = {
    {"", ""},
    {"\n\n \n", ""},
    {"甲\n乙", "0甲|0乙"},
    {"甲\r\n\r\n　　乙\r\n", "0甲|^4乙"},
    {"甲\r乙", "0甲|0乙"},
    {"\xEF\xBB\xBF甲  乙　丙 \n", "0甲 乙 丙"},
    {"  • 一则\n\n    摘要\n", "2*• 一则|^4摘要"},
    {"·一则\n*又一则", "0*·一则|0**又一则"},
    {"\t甲", "4甲"},
    {"地区  人数\n甲县  1,200\n乙县  85\n丙", "0地区\t人数|0甲县\t1,200|0乙县\t85|0丙"},
    {"甲　　1\n乙　　2\n丙　　3", "0甲\t1|0乙\t2|0丙\t3"},
    {"首页  新闻\n视频  图片\n社会  民生", "0首页 新闻|0视频 图片|0社会 民生"},
    {"甲  1\n乙  2", "0甲 1|0乙 2"},
    {"指标\t增长（%）\n甲\t2\n乙\t3", "0指标\t增长（%）|0甲\t2|0乙\t3"},
    {"指标  年份  增长（%）\n甲  1  2\n乙  1  3", "0指标\t年份\t增长（%）|0甲\t1\t2|0乙\t1\t3"},
    {"甲镇  修桥（3座）\n乙镇  栽树（4棵）\n丙镇  修路（5里）", "0甲镇 修桥（3座）|0乙镇 栽树（4棵）|0丙镇 修路（5里）"},
};

static void test_lines(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_page page = split(ht_str_of(cases[i].text));
        ht_str got = shown(&page), want = ht_str_of(cases[i].blocks);
        if (!ht_str_eq(got, want))
            fail_msg("%zu gave " HT_FMT " not " HT_FMT, i, HT_ARG(got), HT_ARG(want));
    }
}

static const char wrapped[] = "　　这里的一段文字是按照固定的宽度折行的每行\n"
                              "都有一样多的字直到这一段在某一行的中间结束\n"
                              "为止。\n"
                              "　　第二段也是这样折行的共有24人参加了这次\n"
                              "活动他们来自各个不同的地方从事着不同的工作\n"
                              "也有着不同的想法于是大家在一起谈了许多许多\n"
                              "的话直到天黑。\n"
                              "　　第三段更长一些因为还有许多没有说完的事情\n"
                              "要在这里说完大家才肯回家去休息第二天又要早\n"
                              "起赶路。\n";

static void test_wrapped(void **state) {
    (void)state;
    ht_page page = split(ht_str_of(wrapped));
    assert_int_equal(page.n_blocks, 3);
    assert_true(ht_str_ends(page.blocks[0].text.text, HT_S("每行都有一样多的字直到这一段在某一行"
                                                           "的中间结束为止。")));
    assert_true(ht_str_find(page.blocks[1].text.text, HT_S("这次活动"), 0) != SIZE_MAX);
    /* The joint leads back over the line feed. */
    const ht_text *t = &page.blocks[1].text;
    size_t at = ht_str_find(t->text, HT_S("这次活动"), 0);
    ht_span s = ht_offmap_source(&t->map, at, at + 12);
    assert_true(ht_str_eq(ht_sub(ht_str_of(wrapped), s.start, s.end), HT_S("这次\n活动")));
}

/* A terminal browser indents all lines; a paragraph's first one more. */
static void test_margin(void **state) {
    (void)state;
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (int i = 0; i < 3; i++)
        ht_buf_add(&b, HT_S("   　　这里的一段文字，是按照固定的宽度折行的每行\n"
                            "   都有一样多的字，直到这一段在某一行的中间结束，\n"
                            "   第二天又要早起赶路，共有24人参加了这次的活动，\n"
                            "   为止。\n"));
    ht_page page = split(ht_buf_str(&b));
    assert_int_equal(page.n_blocks, 3);
    assert_true(ht_str_find(page.blocks[2].text.text, HT_S("的每行都有一样"), 0) != SIZE_MAX);
}

/* [marks of heading or item]text{links}| ... */
static ht_str shown_markdown(const ht_page *page) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (size_t i = 0; i < page->n_blocks; i++) {
        const ht_block *x = &page->blocks[i];
        if (i) ht_buf_byte(&b, '|');
        if (x->heading) ht_buf_printf(&b, "%u#", x->heading);
        if (x->kind == HT_BLOCK_LIST_ITEM) ht_buf_byte(&b, '*');
        if (x->kind == HT_BLOCK_ROW) ht_buf_byte(&b, 'R');
        ht_buf_add(&b, x->text.text);
        if (x->n_links) ht_buf_printf(&b, "{%u,%u}", x->n_links, x->n_link_chars);
    }
    return ht_buf_str(&b);
}

#define LINKS "[一](/a) [二](/b) [三](/c)\n"
#define SHOWN "一 二 三{3,3}"

static void test_markdown(void **state) {
    (void)state;
    static const struct {
        const char *text, *blocks;
    } lines[] = {
        {LINKS "# 题 #\n## 小题", SHOWN "|1#题|2#小题"},
        {LINKS "题\n===\n小题\n---\n文", SHOWN "|1#题|2#小题|文"},
        {LINKS "文**重**字*轻*字 _斜_ `码`", SHOWN "|文重字轻字 斜 码"},
        {LINKS "3*4 与 a_b_c 与 \\*星\\*", SHOWN "|3*4 与 a_b_c 与 *星*"},
        {LINKS "甲[乙](http://x.example/(1))丙", SHOWN "|甲乙丙{1,1}"},
        {LINKS "甲[乙]丙 [丁", SHOWN "|甲[乙]丙 [丁"},
        {LINKS "![图](/p.png)文", SHOWN "|文"},
        {LINKS "[![图](/p.png) 字](/d)", SHOWN "|字{1,1}"},
        {LINKS "> 引\n* 项\n- 项\n1. 项", SHOWN "|引|*项|*项|1. 项"},
        {LINKS "| 甲 | 乙 |\n|---|:-:|\n| 1 | [2](/x) |", SHOWN "|R甲\t乙|R1\t2{1,1}"},
        {LINKS "***\n```\n文\n```", SHOWN "|文"},
        {"[[[[[[[[\n" LINKS "](](](](", "[[[[[[[[|" SHOWN "|](](](]("},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ht_str text = ht_str_of(lines[i].text), want = ht_str_of(lines[i].blocks);
        ht_page page = split(text);
        ht_str got = shown_markdown(&page);
        if (!ht_str_eq(got, want)) fail_msg("%s\n gave " HT_FMT "\n not  " HT_FMT, lines[i].text, HT_ARG(got), HT_ARG(want));
        /* Each character leads to itself in the source. */
        for (size_t k = 0; k < page.n_blocks; k++) {
            const ht_text *t = &page.blocks[k].text;
            for (size_t at = 0; at < t->text.n; at++) {
                ht_span s = ht_offmap_source(&t->map, at, at + 1);
                char c = t->text.p[at];
                if (c != ' ' && c != '\t' && ((unsigned char)c & 0x80) == 0)
                    assert_true(s.end == s.start + 1 && text.p[s.start] == c);
            }
        }
    }
}

static void test_not_wrapped(void **state) {
    (void)state;
    /* Headlines of about one length are no paragraph. */
    ht_page page = split(HT_S("某市建成一批驿站 骑手有了歇脚处\n"
                              "某县举行丰收节 农户展示新品种\n"
                              "某区开通三条公交线\n"
                              "某镇的图书馆周末延长开放时间\n"
                              "某乡修好一座桥 学生上学不绕路\n"
                              "某村评出好邻居\n"));
    assert_int_equal(page.n_blocks, 6);
}

static void test_block_limit(void **state) {
    (void)state;
    for (int more = -1; more <= 1; more++) {
        size_t n = (size_t)(PAGE_MAX_BLOCKS + more);
        char *text = ht_arena_alloc(&arena, 2 * n);
        for (size_t i = 0; i < n; i++)
            memcpy(text + 2 * i, "x\n", 2);
        ht_page page = split((ht_str){text, 2 * n});
        assert_int_equal(page.n_blocks, more > 0 ? PAGE_MAX_BLOCKS : n);
        assert_true((page.cut.code != NULL) == (more > 0));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrapped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_margin, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_markdown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_not_wrapped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_block_limit, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
