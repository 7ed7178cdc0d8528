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

#define TEASER(title)                                                                              \
    "<div class=item><h4><a href=x>" title "</a></h4><p>" title "，" A B "</p><span>2024-05-06 "   \
    "08:30</span></div>"
#define COMMENT                                                                                    \
    "<li><b>某网友</b><p>说得好，我们镇也该修，都盼了好几年了，桥修得真漂亮，周末带孩子去看看，顺便尝尝" \
    "小吃，再走一走新路。</p><i>昨天 08:30 赞(12)</i></li>"
#define POST(text) "<div class=post><i>某人</i><em>2024-05-06 08:30</em><div>" text "</div></div>"
#define LIVE(time, text) "<div class=live><em>" time "</em><p>" text "</p></div>"

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
    {"a table behind the text, its name, unit and notes",
     "2024-05-06 08:30 来源：河边日报\n" A "\n" B
     "\n表1 主要指标\n单位：万元\n项目\t2023年\t增长（%）\n修桥\t31.6\t-2.5\n栽树\t4.2\t8\n注：数字为初步"
     "统计\n【打印】\n上一篇：别处修路",
     A "|" B "|表1 主要指标|单位：万元|项目\t2023年\t增长（%）|修桥\t31.6\t-2.5|栽树\t4.2\t8|注：数字为初步统"
     "计"},
    {"a table of names behind the text", A "\n" B "\n桥名\t里程\t式样\n东桥\tK3\t木\n西桥\tK7\t石\n",
     A "|" B "|桥名\t里程\t式样|东桥\tK3\t木|西桥\tK7\t石"},
    {"headlines with their days are no table",
     A "\n" B "\n别处修路\t2024-05-06\n别处修桥\t2024-05-05\n别处栽树\t2024-05-04\n", A "|" B},
    {"a list of headlines with readers is no table of the text",
     A "\n" B "\n猜你想看\n他处修路\t阅读 3\n他处修桥\t阅读 5\n他处栽树\t阅读 9\n", A "|" B},
    {"the day that signs stays before a list",
     A "\n" B "\n河边镇人民政府\n2024年5月6日\n相关内容\n他处修路\n", A "|" B "|河边镇人民政府|2024年5月6日"},
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
    {"teasers before and behind, found by the line with date and source",
     "甲镇修路\n2024-05-07 09:00 阅读(18)\n甲镇今年修路，全长三公里，六月底通车，镇上的人都说好，孩子们最高兴。\n"
     "查看更多\n乙镇种树\n2024-05-07 08:00 阅读(7)\n乙镇今年种树，共有八千棵，都已成活，秋天还要再种五百棵，"
     "镇里已经备好了树苗。\n查看更多\n首页 > 正文\n小镇修桥 两岸通车\n2024-05-06 08:30 来源：河边日报\n"
     "桥修好了，孩子们很高兴。\n编辑：某某\n丙镇放水\n2024-05-06 07:00 阅读(9)\n丙镇今年放水，灌田九百亩，"
     "收成不错，村民们说来年还要多种一些，粮食够吃。\n查看更多\n",
     "桥修好了，孩子们很高兴。"},
    {"an advertisement between paragraphs",
     "2024-05-06 来源：河边日报\n" A "\n广告\n学驾照就上快轮，题库免费刷\n" B "\n" C, A "|" B "|" C},
    {"credits behind the text", A "\n" B "\n编辑｜甲子 校对｜乙丑\n（供稿：河边公司 审核：丙寅）\n", A "|" B},
    {"a question is no credit", A "\n记者：现在每天有多少人来？\n" B, A "|记者：现在每天有多少人来？|" B},
    {"a call in quotes is spoken of", A "\n入会从“扫一扫”开始\n" B, A "|入会从“扫一扫”开始|" B},
    {"a notice of numbered parts with a table",
     "关于印发方案的通知\n发布日期：2024-05-06 15:10 浏览次数：418 次\n" A "\n一、任务\n" B "\n二、分解\n"
     "序号\t任务\t单位\t时限\n1\t修桥\t镇里\t六月\n2\t种树\t村里\t三月\n三、保障\n" C "\n附件下载：\n1.方案.doc\n",
     A "|一、任务|" B "|二、分解|序号\t任务\t单位\t时限|1\t修桥\t镇里\t六月|2\t种树\t村里\t三月|三、保障|" C},
    {"a record of labelled fields",
     "ID：17\n栏目：要闻\n标题：小镇修桥\n来源：河边日报\n时间：2024/05/06 08:30\n摘要：镇里修了三座桥，孩子们高兴，大人们"
     "也高兴，来往方便多了，不必绕行。\n正文：" A "\n时间：每天早上六点到晚上九点。\n" B "\n附件：无\n评论：" C "\n",
     A "|时间：每天早上六点到晚上九点。|" B},
    {"Markdown of a reader service",
     "Title: 小镇修桥_河边日报\nURL Source: https://news.example/1.html\nMarkdown Content:\n"
     "[首页](https://news.example/) [要闻](https://news.example/a) [社会](https://news.example/b)\n"
     "小镇修桥\n========\n\n2024-05-06 来源：河边日报\n\n[河边](https://news.example/t)的" A "\n\n"
     "## 路灯**亮**了\n\n" B "\n\n![图](https://news.example/p.jpg)\n\n*   " C "\n\n"
     "| 桥 | 长 |\n| --- | --- |\n| 上桥 | 12 |\n\n相关阅读\n\n*   [甲镇修路](https://news.example/2)\n",
     "河边的" A "|路灯亮了|" B "|" C "|桥\t长|上桥\t12"},
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
    {"two sentences below the headline, teasers longer than they",
     "<title>小镇修桥两岸通车_河边日报</title><div class=m><h1>小镇修桥两岸通车</h1><div class=k><p>桥修好了，孩子们很高兴。"
     "</p><p>明年再修一座，地点选在上游。</p></div><div class=n>" TEASER("甲镇今年修路大家高兴")
         TEASER("乙镇今年种树春天来了") TEASER("丙镇今年放水灌溉良田") "</div></div>",
     "桥修好了，孩子们很高兴。|明年再修一座，地点选在上游。"},
    {"comments longer than the article",
     "<title>小镇修桥两岸通车</title><div><h1>小镇修桥两岸通车</h1><p>桥修好了，孩子们都很高兴，大人们也很高兴。</p>"
     "<ul>" COMMENT COMMENT COMMENT COMMENT "</ul></div>",
     "小镇修桥两岸通车|桥修好了，孩子们都很高兴，大人们也很高兴。"},
    {"a thread: the first post is the article",
     "<title>小镇修桥两岸通车</title><h1>小镇修桥两岸通车</h1><div class=posts>" POST(A "<br>" B "<br>" C)
         POST("说得好，我们镇也该修，都盼了好几年了！") POST("桥修得真漂亮，周末带孩子去看看。")
             POST("什么时候轮到我们那边，路还是土的。") "</div>",
     A "|" B "|" C},
    {"a live report: all entries are the article",
     "<title>小镇修桥两岸通车直播</title><h1>小镇修桥两岸通车直播</h1><div>" LIVE("10:30", A) LIVE("09:15", B)
         LIVE("08:00", C) "</div>",
     A "|" B "|" C},
    {"the rest is folded up",
     "<title>小镇修桥两岸通车</title><h1>小镇修桥两岸通车</h1><div><p>" A "</p><section hidden><p>" B "</p></section>"
     "<button>展开全文</button></div>",
     A "|" B},
    {"hidden and nothing offers to show it",
     "<title>小镇修桥两岸通车</title><h1>小镇修桥两岸通车</h1><div><p>" A C A "</p><p>" C C
     "</p><section hidden><p>" B "</p></section></div>",
     A C A "|" C C},
    {"a lead in a box of its own",
     "<title>小镇修桥两岸通车</title><div><h1>小镇修桥两岸通车</h1><div class=b><p>" C "</p></div><div class=t><p>" A "</p><p>" B
     "</p><p>" A B "</p></div></div>",
     C "|" A "|" B "|" A B},
    {"an abstract that the text says again",
     "<title>小镇修桥两岸通车</title><div><h1>小镇修桥两岸通车</h1><div class=b><p>" A "</p></div><div class=t><p>本报讯 " A
     "</p><p>" B "</p><p>" C "</p></div></div>",
     "本报讯 " A "|" B "|" C},
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
