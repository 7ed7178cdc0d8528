/* HTML -> blocks: paragraphs, tables, captions, limits, and the way back to the source. */
#include "extract/page/page.h"
#include "extract/page/scan.h"

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

static const char *const kind_names[] = {"", "H:", "L:", "R:", "C:"};

/* The blocks as one line: kind:text|kind:text, -: before hidden ones */
static ht_str shown(const ht_page *page) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (size_t i = 0; i < page->n_blocks; i++) {
        if (i)
            ht_buf_byte(&b, '|');
        if (page->blocks[i].hidden)
            ht_buf_add(&b, HT_S("-:"));
        ht_buf_add(&b, ht_str_of(kind_names[page->blocks[i].kind]));
        ht_buf_add(&b, page->blocks[i].text.text);
    }
    return ht_buf_str(&b);
}

static ht_page split(ht_str html) {
    ht_page page;
    ht_trouble trouble = {0};
    assert_true(ht_page_split(&arena, html, &page, &trouble));
    assert_true(page.html);
    return page;
}

/* Equal runs are the same bytes (or white space); others are one reference or a run of blanks. */
static void check_maps(const ht_page *page, ht_str source) {
    for (size_t i = 0; i < page->n_blocks; i++) {
        const ht_text *t = &page->blocks[i].text;
        assert_int_equal(t->map.n_out, t->text.n);
        for (size_t k = 0; k < t->map.n; k++) {
            ht_run r = t->map.runs[k];
            size_t end = k + 1 < t->map.n ? t->map.runs[k + 1].out : t->map.n_out;
            assert_true(r.in + r.n_in <= source.n);
            if (!r.whole) {
                assert_int_equal(end - r.out, r.n_in);
                for (size_t n = 0; n < r.n_in; n++) {
                    char a = t->text.p[r.out + n], b = source.p[r.in + n];
                    assert_true(a == b || (a == ' ' && (unsigned char)b <= ' '));
                }
            } else if (r.n_in) {
                assert_true(source.p[r.in] == '&' || t->text.p[r.out] == ' ');
            }
        }
    }
}

#define LONG                                                                                       \
    "今年春天，河边的小镇修好了三座木桥，孩子们上学不必再绕行五里山路。镇上的人说，木料是从邻近的"  \
    "林场运来的，二十多名工匠干了四十天。"

typedef struct {
    const char *html, *blocks;
} html_case;

static const html_case cases[] = {
    {"<p>甲<p>乙</p>", "甲|乙"},
    {"<div>甲<br>乙<br><br>丙</div>", "甲|乙|丙"},
    {"<h1>标<br>题</h1><p>文", "H:标 题|文"},
    {"<p>共<b>3</b>个 &amp; <a href=x>两</a>处</p>", "共3个 & 两处"},
    {"<p>共3\x01" "5名，3&#x85;5名，3\xC2\x85\x7F" "5名</p>", "共3 5名，3…5名，3 5名"},
    {"<p>&nbsp;&nbsp;　　首行&#x4E2D;&#25991;&ldquo;引&rdquo;</p>", "首行中文“引”"},
    {"<p>一行\n接着\r\n一行 and\nmore</p>", "一行接着一行 and more"},
    {"<p>甲<!-- 注 -->乙<script>var a='</p>';</script>丙<style>p{}</style></p>", "甲乙丙"},
    {"<p>甲</p></body></html><p>乙</p>", "甲|乙"},
    {"<html><body><p>甲</p><html><head><title>x</title></head><body><p>乙</p>", "甲|乙"},
    {"<p>" LONG "</p><div style='display: none'>藏</div><p hidden>藏</p><p>乙</p>", LONG "|-:藏|-:藏|乙"},
    {"<p>" LONG "</p><p>甲<span style='display:none'>藏</span>乙</p>", LONG "|甲乙"},
    {"<div style='visibility:hidden'>甲</div><p style='display:block'>乙</p>", "甲|乙"},
    {"<ul><li>甲<li>乙</ul>", "L:甲|L:乙"},
    {"<figure><img src=a><figcaption>图注</figcaption></figure><p>文</p>", "C:图注|文"},
    {"<p align=center><img src=a></p><p align=center>图为现场。</p><p>文</p>", "C:图为现场。|文"},
    {"<p style='text-align: center'><img><br>某人摄</p><p>文</p>", "C:某人摄|文"},
    {"<p align=center>居中的话</p><p>文</p>", "居中的话|文"},
    {"<table><caption>表一</caption><tr><th>地区<th>人数<tr><td>甲<td>1<tr><td>乙<td></table>",
     "C:表一|R:地区\t人数|R:甲\t1|R:乙\t"},
    {"<table><tr><td><p>甲</p></td><td><p>1</p></td></tr><tr><td>乙</td><td>2</td></tr></table>",
     "R:甲\t1|R:乙\t2"},
    {"<table><tr><td>版面</td><td><p>第一段。</p><p>第二段。</p></td></tr></table>",
     "版面|第一段。|第二段。"},
    {"<table><tr><td><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table><td>右<tr><td>下<td>末</table>",
     "R:甲\t乙|R:丙\t丁|右|下|末"},
    {"<table><tr><td>1<td><a href=x>一则新闻</a><tr><td>2<td><a href=y>又一则新闻</a></table>",
     "1|一则新闻|2|又一则新闻"},
    {"<p>来源：<a href=a>某报</a>\n  <a href=b>举报</a></p>", "来源：某报 举报"},
    {"<p>甲<b>乙</b>\n丙，丁。</p>", "甲乙丙，丁。"},
    {"<pre>一\n二</pre><p>三</p>", "一|二|三"},
    {"<p><em>2025-05-20</em><em>来源：某报</em></p>", "2025-05-20 来源：某报"},
    {"<p>新<ruby>疆<rt>jiāng</rt></ruby>人</p>", "新疆人"},
    {"<p>a < b 而 b > c</p><p>&lt;p&gt;不是标签</p>", "a < b 而 b > c|<p>不是标签"},
    {"<p>R&D 与 &unknown; 与 &amp</p>", "R&D 与 &unknown; 与 &"},
    {"<p>甲<founder-content>乙</founder-content>丙</p>", "甲|乙|丙"},
    {"<select><option>选</select><button>钮</button><svg><title>画</title></svg><p>文</p>", "钮|文"},
    {"<p>甲</br>乙</p></p></div></span><p>丙", "甲|乙|丙"},
    {"<p title='a>b' class=x>甲</p><P CLASS=\"y\">乙</P>", "甲|乙"},
    {"<p>未完<b", "未完<b"},
    {"<noscript><p>无</p></noscript><p>有</p>", "有"},
};

static void test_blocks(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_str html = ht_format(&arena, "<!DOCTYPE html>%s", cases[i].html);
        ht_page page = split(html);
        ht_str got = shown(&page);
        if (!ht_str_eq(got, ht_str_of(cases[i].blocks)))
            fail_msg("%s\n gave %.*s\n not  %s", cases[i].html, HT_ARG(got), cases[i].blocks);
        check_maps(&page, html);
    }
}

static void test_source_of_text(void **state) {
    (void)state;
    ht_str html = HT_S("<html><body><p>共&nbsp;<b>3万</b>人&mdash;见下</p>");
    ht_page page = split(html);
    const ht_text *t = &page.blocks[0].text;
    assert_true(ht_str_eq(t->text, HT_S("共 3万人—见下")));
    size_t at = ht_str_find(t->text, HT_S("3万"), 0);
    ht_span s = ht_offmap_source(&t->map, at, at + 4);
    assert_true(ht_str_eq(ht_sub(html, s.start, s.end), HT_S("3万")));
    at = ht_str_find(t->text, HT_S("—"), 0);
    s = ht_offmap_source(&t->map, at, at + 3);
    assert_true(ht_str_eq(ht_sub(html, s.start, s.end), HT_S("&mdash;")));
}

static void test_hidden_text(void **state) {
    (void)state;
    /* A page that shows nothing else is read all the same. */
    ht_page page = split(HT_S("<html><div style='display:none'><p>隐藏的正文。</div><p>短"));
    assert_int_equal(page.n_blocks, 2);
}

static void test_head(void **state) {
    (void)state;
    ht_page page = split(HT_S(
        "<html lang=zh-CN><head><title> 甲&amp;乙\n_某网</title>"
        "<meta property=\"og:title\" content='甲&amp;乙'><link rel=canonical href='http://a/b'>"
        "<script type=\"application/ld+json\">{\"headline\":\"甲\"}</script></head><p>文"));
    assert_true(ht_str_eq(page.head_title, HT_S("甲&乙_某网")));
    assert_int_equal(page.n_metas, 4);
    assert_true(ht_str_eq(page.metas[0].name, HT_S("html:lang")));
    assert_true(ht_str_eq(page.metas[1].name, HT_S("og:title")));
    assert_true(ht_str_eq(page.metas[1].value, HT_S("甲&乙")));
    assert_true(ht_str_eq(page.metas[2].value, HT_S("http://a/b")));
    assert_true(ht_str_eq(page.metas[3].name, HT_S("ld+json")));
    assert_true(ht_str_eq(page.metas[3].value, HT_S("{\"headline\":\"甲\"}")));
}

static void test_links_and_containers(void **state) {
    (void)state;
    ht_page page = split(
        HT_S("<html><div class='Nav Top' id=N1><a href=a>首页</a> <a href=b>新闻</a></div><p>文"));
    assert_int_equal(page.n_blocks, 2);
    assert_int_equal(page.blocks[0].n_links, 2);
    assert_int_equal(page.blocks[0].n_chars, 5);
    assert_true(page.blocks[0].n_link_chars >= 4);
    const ht_container *c = &page.containers[page.blocks[0].container];
    assert_true(ht_str_eq(c->tag, HT_S("div")));
    assert_true(ht_str_eq(c->names, HT_S("nav top n1")));
    assert_true(c->parent < page.blocks[0].container);
}

static ht_str repeated(const char *what, size_t n) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    ht_buf_add(&b, HT_S("<html><body>"));
    for (size_t i = 0; i < n; i++)
        ht_buf_add(&b, ht_str_of(what));
    return ht_buf_str(&b);
}

static void test_depth_limit(void **state) {
    (void)state;
    for (int more = -1; more <= 1; more++) {
        ht_str opening = repeated("<div>", (size_t)(SCAN_MAX_DEPTH + more));
        ht_page page = split(ht_format(&arena, HT_FMT "文", HT_ARG(opening)));
        assert_int_equal(page.n_blocks, 1);
        assert_true(more <= 0 ? page.cut.code == NULL : strcmp(page.cut.code, "too-deep") == 0);
    }
}

/* Paragraphs that are never closed are not nested; and what is too deep keeps its lines. */
static void test_unclosed(void **state) {
    (void)state;
    static const char *const what[] = {"<p>文", "<ul><li>文", "<p><font>文"};
    for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
        ht_page page = split(repeated(what[i], 2 * SCAN_MAX_DEPTH));
        assert_int_equal(page.n_blocks, 2 * SCAN_MAX_DEPTH);
    }
    ht_page page = split(repeated("<p>文", 2 * SCAN_MAX_DEPTH));
    assert_null(page.cut.code);
}

static void test_attribute_limit(void **state) {
    (void)state;
    for (int more = -1; more <= 1; more++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        ht_buf_add(&b, HT_S("<html><p"));
        for (int i = 0; i < SCAN_MAX_ATTRIBUTES + more; i++)
            ht_buf_printf(&b, " a%d=1", i);
        ht_buf_add(&b, HT_S(">文</p>"));
        ht_page page = split(ht_buf_str(&b));
        assert_int_equal(page.n_blocks, 1);
        assert_true((page.cut.code != NULL) == (more > 0));
    }
}

/* Each of these takes tree builders quadratic time. */
static void test_hostile(void **state) {
    (void)state;
    enum { N = 50000 };
    static const char *const what[] = {"<div></span>", "<p><ul></p>",       "<a href=x>t", "<!--",
                                       "<script>",     "<b><i><font></b>", "<table><tr><td>x",
                                       "&",            "<",                "<h1>x<br>",    "</div>"};
    for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
        ht_page page = split(repeated(what[i], N));
        assert_true(page.n_containers >= 1);
        ht_arena_reset(&arena);
    }
}

static void test_too_large(void **state) {
    (void)state;
    char *big = ht_arena_alloc(&arena, (16 << 20) + 1);
    memset(big, 'x', (16 << 20) + 1);
    ht_page page;
    ht_trouble trouble = {0};
    assert_false(ht_page_split(&arena, (ht_str){big, (16 << 20) + 1}, &page, &trouble));
    assert_string_equal(trouble.code, "too-large");
    assert_true(ht_page_split(&arena, (ht_str){big, 16 << 20}, &page, &trouble));
}

static void test_is_html(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool html;
    } texts[] = {
        {"<!DOCTYPE html><p>甲", true},
        {"  \n<html>甲", true},
        {"<?xml version='1.0'?><html>甲", true},
        {"<div><p>甲</p><p>乙</p></div>", true},
        {"一段文字。\n又一段?/p>\n", false},
        {"图中的人在休息。\">\n  图中的人在休息。\n", false},
        {"若 a<b 且 b<p 则 a<p", false},
        {"", false},
        {"《<p>》是段落标签", false},
        {"甲\n\n<b>乙</b>\n\n丙<br>\n\n<b>丁</b>\n\n戊\n己", false},
        {"<p>甲</p>\n<p>乙</p>\n<p>丙</p>\n", true},
        {"甲<br>乙<br>\n丙<br>丁<br>", true},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(ht_page_is_html(ht_str_of(texts[i].text)), texts[i].html);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_blocks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_source_of_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hidden_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_head, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_links_and_containers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_depth_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unclosed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_attribute_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hostile, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_large, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_is_html, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
