/* Which blocks are the article. The pages below were written for this test. */
#include "extract/page/page.h"

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

static ht_str kept(ht_str text, ht_page *page) {
    ht_trouble trouble = {0};
    assert_true(ht_page_split(&arena, text, page, &trouble));
    ht_page_choose(&arena, page, NULL);
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (size_t i = 0; i < page->n_blocks; i++) {
        assert_non_null(page->blocks[i].reason);
        if (!page->blocks[i].keep)
            continue;
        if (b.n)
            ht_buf_byte(&b, '|');
        ht_buf_add(&b, page->blocks[i].text.text);
    }
    return ht_buf_str(&b);
}

/* Three paragraphs; A, B and C in the cases stand for them. */
#define A "今年春天，河边的小镇修好了三座木桥，孩子们上学不必再绕行五里山路。"
#define B "镇上的人说，木料是从邻近的林场运来的，二十多名工匠干了四十天。"
#define C "下一步，镇里打算在桥头种上两百棵柳树，再装十六盏路灯。"

typedef struct {
    const char *name, *text, *kept;
} content_case;

static const content_case plain[] = {
    {"nothing but text", A "\n" B "\n", A "|" B},
    {"breadcrumb, date, source", "首页 > 新闻 > 正文\n\n小镇修桥\n2024-05-06 08:30 来源：河边日报\n\n" A "\n\n" B,
     A "|" B},
    {"traditional furniture", "您的位置：首頁 > 新聞\n發佈時間：2024/05/06 瀏覽數：88\n" A "\n" B "\n相關新聞\n他處修路\n",
     A "|" B},
    {"caption and credit stay", "2024-05-06 来源：河边日报\n图为新修的木桥。 某某 摄\n" A "\n" B,
     "图为新修的木桥。 某某 摄|" A "|" B},
    {"caption twice", "2024-05-06 来源：河边日报\n新修的木桥。某某摄\n\">\n新修的木桥。某某摄\n" A "\n" B,
     "新修的木桥。某某摄|" A "|" B},
    {"subheads stay", A "\n桥通了\n" B "\n路灯亮\n" C, A "|桥通了|" B "|路灯亮|" C},
    {"editor and disclaimer", A "\n" B "\n（责任编辑：某某）\n免责声明：本网不对内容负责。\n电话：010-00000000",
     A "|" B},
    {"previous and next", A "\n" B "\n上一篇：别处修路\n下一篇：没有了\nTop", A "|" B},
    {"share bar", A "\n分享到： 微信 微博 QQ空间\n" B, A "|" B},
    {"list with heading", A "\n" B "\n相关阅读\n· 一则新闻 2024-05-01\n  " C "\n· 又一则 2024-05-02\n", A "|" B},
    {"list without heading",
     A "\n" B "\n" B C "\n  • 甲镇修路\n    甲镇今年修路，全长三公里，六月底通车。\n    2024-05-01 10:00:00\n"
     "  • 乙镇种树\n    乙镇今年种树，共有八千棵，都已成活。\n    2024-05-02 10:00:00\n"
     "  • 丙镇放水\n    丙镇今年放水，灌田九百亩，收成不错。\n    2024-05-03 10:00:00\n",
     A "|" B "|" B C},
    {"spam line", "国产精品久久久-亚洲一区二区-在线观看免费\n\n2024-05-06 来源：河边日报\n" A "\n" B,
     A "|" B},
    {"counters", A "\n" B "\n阅读 2.3万 点赞 12\n", A "|" B},
    {"headlines behind the text", A "\n" B "\n甲镇的路修好了大家都高兴\n乙镇的树种下了春天来了\n丙镇的水放到了田间地头\n",
     A "|" B},
    {"credit behind the text", A "\n" B "\n（记者 某某 通讯员 某某）", A "|" B "|（记者 某某 通讯员 某某）"},
    {"one short sentence", "小镇修桥\n桥修好了。", "小镇修桥|桥修好了。"},
    {"subheads that look like furniture",
     A "\n阅读让生活更美好\n" B "\n点赞小镇速度\n" C "\n教育科技\n" A B,
     A "|阅读让生活更美好|" B "|点赞小镇速度|" C "|教育科技|" A B},
    {"a licence is news at the end, too", A "\n" B "\n镇里依法吊销了这家公司的经营许可证。",
     A "|" B "|镇里依法吊销了这家公司的经营许可证。"},
    {"menus ahead and behind",
     "首页\n要闻\n某地频道\n某事专栏\n某人专访\n社区\n某报客户端\n更多服务\n导航\n地图\n" A "\n" B "\n" C
     "\n热帖\n某地的雪真好看\n某人的书出版了\n账号\n密码\n注册\n",
     A "|" B "|" C},
    {"a signed statement", "2024-05-06 来源：河边日报\n各位居民：\n" A "\n" B "\n2024年5月6日",
     "各位居民：|" A "|" B "|2024年5月6日"},
    {"app and login", A "\n" B "\n扫描二维码下载客户端\n登录后可以发言\n为你推荐\n换一换", A "|" B},
    {"a copyright case is news", A "\n法院认为，这家网站未经许可不得转载该文，应当赔偿八千元，并在首页道歉十天。\n" B "\n" C "\n" B C,
     A "|法院认为，这家网站未经许可不得转载该文，应当赔偿八千元，并在首页道歉十天。|" B "|" C "|" B C},
};

static const content_case html[] = {
    {"div with neighbours",
     "<div class=nav><a href=a>首页</a> <a href=b>新闻</a></div><div class=main><h1>小镇修桥</h1>"
     "<div class=txt><p>" A "<p>" B "</div></div><div class=foot>河边日报社 版权所有 某ICP备1号</div>",
     A "|" B},
    {"layout table",
     "<table><tr><td><a href=a>首页</a></td><td><a href=b>要闻</a></td></tr></table>"
     "<table><tr><td width=200><a href=c>甲镇修路</a><br><a href=d>乙镇种树</a></td><td>" A
     "<br><br>" B "</td></tr></table>",
     A "|" B},
    {"related block inside",
     "<div id=content><p>" A "</p><div class=related><h3>相关新闻</h3><ul><li><a href=a>甲镇修路</a>"
     "<p>甲镇今年修路，全长三公里，六月底通车。</p></ul></div><p>" B "</p></div>",
     A "|" B},
    {"unnamed list at the end",
     "<div><p>" A "</p><p>" B "</p><p>" C "</p><p><b>延伸阅读</b></p><p><a href=a>甲镇修路</a></p>"
     "<p><a href=b>乙镇种树</a></p></div>",
     A "|" B "|" C},
    {"comments",
     "<article><p>" A "</p><p>" B "</p></article><div class=comments><p>说得好，我们镇也该修，"
     "都盼了好几年了！</p><p>桥修得真漂亮，周末带孩子去看看，顺便尝尝小吃。</p></div>",
     A "|" B},
    {"table of figures stays",
     "<div><p>" A "</p><table><tr><th>桥<th>长（米）<tr><td>上桥<td>12<tr><td>下桥<td>9</table><p>" B
     "</p></div>",
     A "|桥\t长（米）|上桥\t12|下桥\t9|" B},
    {"caption stays",
     "<div><p>" A "</p><figure><img src=a><figcaption>新修的木桥</figcaption></figure><p>" B "</p></div>",
     A "|新修的木桥|" B},
    {"editor line",
     "<div><p>" A "</p><p>" B "</p><p>责任编辑：某某</p><p>关键词：<a href=a>木桥</a></p></div>", A "|" B},
    {"labels over links",
     "<div><p>" A "</p><p>" B "</p><h4>本地快报</h4><p><a href=a>甲镇修路</a></p><h4>邻县快报</h4>"
     "<p><a href=b>乙镇种树</a></p></div>",
     A "|" B},
    {"two sentences among snippets",
     "<div class=l><div class=c><p>桥修好了，孩子们很高兴。</p><p>明年再修一座，地点选在上游。</p></div>"
     "<div class=recommend><p>甲镇今年修路，全长三公里，六月底通车。</p><p>乙镇今年种树，共有八千棵，都已"
     "成活。</p></div></div>",
     "桥修好了，孩子们很高兴。|明年再修一座，地点选在上游。"},
    {"nothing qualifies", "<div><a href=a>首页</a><span>桥修好了</span></div>", NULL},
};

static void run(const content_case *cases, size_t n, const char *before) {
    for (size_t i = 0; i < n; i++) {
        ht_page page;
        ht_str got = kept(ht_format(&arena, "%s%s", before, cases[i].text), &page);
        if (!cases[i].kept)
            assert_true(got.n > 0);
        else if (!ht_str_eq(got, ht_str_of(cases[i].kept)))
            fail_msg("%s:\n gave " HT_FMT "\n not  %s", cases[i].name, HT_ARG(got), cases[i].kept);
    }
}

static void test_plain(void **state) {
    (void)state;
    run(plain, sizeof plain / sizeof *plain, "");
}

static void test_html(void **state) {
    (void)state;
    run(html, sizeof html / sizeof *html, "<!DOCTYPE html>");
}

static void test_empty(void **state) {
    (void)state;
    ht_page page;
    assert_int_equal(kept(HT_S(""), &page).n, 0);
    assert_int_equal(kept(HT_S("<html></html>"), &page).n, 0);
}

/* Many marks of an end must not make the choice quadratic. */
static void test_many_marks(void **state) {
    (void)state;
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (int i = 0; i < 40000; i++)
        ht_buf_add(&b, HT_S("上一篇：甲\n" A "\n相关阅读\n"));
    ht_page page;
    assert_true(kept(ht_buf_str(&b), &page).n > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plain, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_html, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_marks, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
