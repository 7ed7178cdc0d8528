/* Title, date, publisher, people and dateline of small pages and text dumps. */
#include "extract/page/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define BODY                                                                                                                                     \
    "<p>"                                                                                                                                        \
    "望江县总工会介绍，全县已建成货车司机驿站四十余个，覆盖主要国道和省道，每天接待过路司机上千人" \
    "次，饮水、洗浴、休息一律免费。</p>"                                                                                          \
    "<p>"                                                                                                                                        \
    "“以前只能睡在车里，现在有张床，睡得踏实。”司机老白说，他每周往返两趟，都在这里歇脚，有时还" \
    "帮着打扫卫生，和站里的人都熟了。</p>"                                                                                       \
    "<p>"                                                                                                                                        \
    "县里打算把驿站交给沿线的加油站和物流园管理，由工会按季度检查，办得好的给予奖励，办得差的限"    \
    "期整改，整改不到位的摘牌。</p>"
#define LINES                                                                                                                                       \
    "  "                                                                                                                                            \
    "望江县总工会介绍，全县已建成货车司机驿站四十余个，覆盖主要国道和省道，每天接待过路司机上千人"    \
    "次，饮水、洗浴、休息一律免费。\n\n"                                                                                             \
    "  "                                                                                                                                            \
    "“以前只能睡在车里，现在有张床，睡得踏实。”司机老白说，他每周往返两趟，都在这里歇脚，有时还帮" \
    "着打扫卫生，和站里的人都熟了。\n\n"                                                                                             \
    "  "                                                                                                                                            \
    "县里打算把驿站交给沿线的加油站和物流园管理，由工会按季度检查，办得好的给予奖励，办得差的限期"    \
    "整改，整改不到位的摘牌。\n"
#define TITLE "望江货车司机驿站连成线"
#define PAGE(head, top, bottom)                                                                    \
    "<!DOCTYPE html><html><head>" head "</head><body><div><a href=/>首页</a></div>"              \
    "<div class=article>" top "<div class=content>" BODY "</div>" bottom "</div></body></html>"

typedef struct {
    const char *page, *url;
    const char *title, *published, *publisher, *authors, *photographers, *editor, *place, *day;
} page_case;

static const page_case cases[] = {
    /* the usual page: <title> with the site's name, a line of fields below the headline */
    {PAGE("<title>" TITLE "_雷池新闻网</title>",
          "<h1>" TITLE
          "</h1><p>2025-06-18 08:42 来源：雷池日报 记者：程小满 编辑：阎禾 字号 大 中 小</p>",
          ""),
     "", TITLE, "2025-06-18T08:42:00+08:00", "雷池日报", "程小满", "", "阎禾", "", ""},
    /* the site's name first; the fields in elements of their own */
    {PAGE("<title>雷池晚报 - 县区 - " TITLE "</title>",
          "<p>2025年6月18日 星期三 15:06</p><h2>" TITLE
          "</h2><p>文：程小满 来源：雷池晚报 [打印]</p>",
          ""),
     "", TITLE, "2025-06-18T15:06:00+08:00", "雷池晚报", "程小满", "", "", "", ""},
    /* meta elements; a zone that is not Beijing's */
    {PAGE("<title>" TITLE "</title><meta property='article:published_time' "
          "content='2025-06-17T23:30:00Z'><meta property='og:site_name' content='雷池网'>",
          "<h1>" TITLE "</h1>", ""),
     "", TITLE, "2025-06-18T07:30:00+08:00", "雷池网", "", "", "", "", ""},
    /* a day in the meta element, the time in the page */
    {PAGE("<title>" TITLE "</title><meta name='publishdate' content='2025-06-18'>",
          "<h1>" TITLE "</h1><p>时间：2025-06-18 09:05:12　来源：雷池发布</p>", ""),
     "", TITLE, "2025-06-18T09:05:12+08:00", "雷池发布", "", "", "", "", ""},
    /* the headline without a usable <title> */
    {PAGE("<title>雷池网</title>", "<h1>" TITLE "</h1><p>发布时间：2025/6/18 来源：雷池网</p>", ""),
     "", TITLE, "2025-06-18", "雷池网", "", "", "", "", ""},
    /* no headline in the page: <title> without the site */
    {PAGE("<title>" TITLE "-雷池新闻网</title>", "<p>2025-06-18 08:42</p>", ""), "", TITLE,
     "2025-06-18T08:42:00+08:00", "雷池新闻网", "", "", "", "", ""},
    /* the date of another article is never this one's; the address has the day */
    {PAGE(
         "<title>" TITLE "_雷池网</title>", "<h1>" TITLE "</h1>",
         "<div class=related><h3>相关新闻</h3><ul><li><a href=/1>宿松新增驿站十二个</a> 2025-06-11 "
         "10:00</li><li><a href=/2>太湖快递员参保率上升</a> 2025-05-30 09:00</li></ul></div>"),
     "http://news.example.cn/2025/06/18/c_1.htm", TITLE, "2025-06-18", "雷池网", "", "", "", "",
     ""},
    /* nothing is known */
    {PAGE("<title>" TITLE "</title>", "<h1>" TITLE "</h1>", ""), "", TITLE, "", "", "", "", "", "",
     ""},
    /* a text dump */
    {"首页 > 县区 > 望江\n\n" TITLE
     "\n\n2025年6月18日 08:42 来源:雷池日报 作者:程小满 编辑:阎禾\n\n" LINES,
     "", TITLE, "2025-06-18T08:42:00+08:00", "雷池日报", "程小满", "", "阎禾", "", ""},
    /* with a sub-title, and the fields one a line */
    {"您的当前位置：主页 > 县区\n\n" TITLE
     "\n\n四十个站点沿国道铺开\n\n0次浏览  发布时间:2025-06-18 "
     "08:42:07\n\n来源:雷池日报\n\n" LINES,
     "", TITLE, "2025-06-18T08:42:07+08:00", "雷池日报", "", "", "", "", ""},
    /* the era of Taiwan */
    {"首页 > 县区\n" TITLE "\n发布时间：114/06/18 08:15 字体：A A A\n出处：雷池时报\n\n" LINES, "",
     TITLE, "2025-06-18T08:15:00+08:00", "雷池时报", "", "", "", "", ""},
    /* paths and menus with other signs between their names */
    {"雷池网 → 县区 → 访谈\n" TITLE "\n雷池网　2025年06月18日 08:42　记者：程小满\n" LINES, "",
     TITLE, "2025-06-18T08:42:00+08:00", "雷池网", "程小满", "", "", "", ""},
    {"雷池网／县区／民生\n" TITLE "\n2025-06-18 08:42 来源：雷池日报\n" LINES, "", TITLE,
     "2025-06-18T08:42:00+08:00", "雷池日报", "", "", "", "", ""},
    {"观察 / 县区 / 图解\n" TITLE "\n2025-06-18 08:42 雷池观察 记者 程小满\n" LINES, "", TITLE,
     "2025-06-18T08:42:00+08:00", "雷池观察", "程小满", "", "", "", ""},
    {"雷池广播电视 — 县区 — 望江\n【首页】【要闻】【县区】【视听】\n" TITLE
     "\n2025-06-18 08:42 来源：雷池日报\n" LINES,
     "", TITLE, "2025-06-18T08:42:00+08:00", "雷池日报", "", "", "", "", ""},
    {"雷池发布 / 县区与民生\n" TITLE "\n2025-06-18 08:42 来源：雷池日报\n" LINES, "", TITLE,
     "2025-06-18T08:42:00+08:00", "雷池日报", "", "", "", "", ""},
    /* the office's name above the title and again below it, or at the page's foot */
    {"望江县人力资源和社会保障局\n首页 > 公开 > 公报\n发布时间：2025-06-18 08:42\n" TITLE
     "\n望江县人力资源和社会保障局 2025年6月16日\n" LINES,
     "", TITLE, "2025-06-18T08:42:00+08:00", "", "", "", "", "", ""},
    {"望江县水利和湖泊管理委员会\n" TITLE "\n发布时间：2025-06-18 08:42\n" LINES
     "主办：望江县水利和湖泊管理委员会　地址：回龙路2号\n",
     "", TITLE, "2025-06-18T08:42:00+08:00", "", "", "", "", "", ""},
    {"望江县湖泊管理委员会\n" TITLE "\n发布时间：2025-06-18 08:42\n" LINES
     "望江县湖泊管理委员会版权所有\n",
     "", TITLE, "2025-06-18T08:42:00+08:00", "", "", "", "", "", ""},
    {"雷池民生通讯平台\n" TITLE "\n发布时间：2025-06-18 08:42\n来源：雷池民生通讯平台\n" LINES, "",
     TITLE, "2025-06-18T08:42:00+08:00", "雷池民生通讯平台", "", "", "", "", ""},
    /* but a name is the title where nothing else is */
    {"望江县退役军人互助会\n发布时间：2025-06-18 08:42\n" LINES
     "主办：望江县退役军人互助会　地址：回龙路2号\n",
     "", "望江县退役军人互助会", "2025-06-18T08:42:00+08:00", "", "", "", "", "", ""},
    /* the site's name opens the menu; 网站首页 names none */
    {"雷池新知｜首页｜县区｜影音\n" TITLE "\n发布时间：2025-06-18 08:42 记者：程小满\n" LINES, "", TITLE,
     "2025-06-18T08:42:00+08:00", "雷池新知", "程小满", "", "", "", ""},
    {"网站首页｜县区｜影音\n" TITLE "\n发布时间：2025-06-18 08:42 记者：程小满\n" LINES, "", TITLE,
     "2025-06-18T08:42:00+08:00", "", "程小满", "", "", "", ""},
    /* counters behind the names */
    {"首页 > 县区\n" TITLE
     "\n2025-06-18 08:42 来源：雷池日报 记者：程小满 编辑 阎禾　收藏(12) 转发(45)\n" LINES,
     "", TITLE, "2025-06-18T08:42:00+08:00", "雷池日报", "程小满", "", "阎禾", "", ""},
    {"首页 > 县区\n" TITLE "\n来源：雷池日报 2025-06-18 08:42 编辑：阎禾　阅读（9,214）\n" LINES, "", TITLE,
     "2025-06-18T08:42:00+08:00", "雷池日报", "", "", "阎禾", "", ""},
};

static bool same(ht_str got, const char *want, const char *field, size_t i) {
    if (ht_str_eq(got, ht_str_of(want))) return true;
    print_error("case %zu: %s is '" HT_FMT "', want '%s'\n", i, field, HT_ARG(got), want);
    return false;
}

static ht_article read_page(ht_arena *a, const char *text, const char *url, ht_page *page) {
    ht_trouble trouble = {0};
    assert_true(ht_page_split(a, ht_str_of(text), page, &trouble));
    ht_page_choose(a, page, NULL);
    ht_article article = {0};
    ht_page_metadata(a, page, ht_str_of(url), &article);
    return article;
}

static void pages(void **state) {
    (void)state;
    ht_arena a;
    ht_arena_init(&a, 0);
    bool good = true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const page_case *c = &cases[i];
        ht_page page;
        ht_article r = read_page(&a, c->page, c->url, &page);
        good = same(r.title, c->title, "title", i) && good;
        good = same(r.published, c->published, "published", i) && good;
        good = same(r.publisher, c->publisher, "publisher", i) && good;
        good = same(r.authors, c->authors, "authors", i) && good;
        good = same(r.photographers, c->photographers, "photographers", i) && good;
        good = same(r.editor, c->editor, "editor", i) && good;
        good = same(r.dateline_place, c->place, "dateline place", i) && good;
        good = same(r.dateline_date, c->day, "dateline date", i) && good;
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
    assert_true(good);
}

typedef struct {
    const char *first; /* the article's first words */
    const char *place, *day, *authors, *publisher;
} dateline_case;

static const dateline_case datelines[] = {
    {"雷池日报望江6月17日讯（记者 程小满）", "望江", "2025-06-17", "程小满", "雷池日报"},
    {"中新网望江6月17日电 (程小满 白山)", "望江", "2025-06-17", "程小满|白山", "中新网"},
    {"新华社合肥6月17日电（记者程小满、白山）", "合肥", "2025-06-17", "程小满|白山", "新华社"},
    {"本报望江6月17日电 ", "望江", "2025-06-17", "", ""},
    {"【本报安庆十七日电】", "安庆", "2025-06-17", "", ""},
    {"〔记者程小满／安庆报道〕", "安庆", "", "程小满", ""},
    {"【雷池汇报 记者程小满安庆17日电】", "安庆", "2025-06-17", "程小满", "雷池汇报"},
    {"雷池晚报讯（记者 程小满 白山）", "", "", "程小满|白山", "雷池晚报"},
    {"近日，记者获悉，", "", "", "", ""},
};

static void dateline(void **state) {
    (void)state;
    ht_arena a;
    ht_arena_init(&a, 0);
    bool good = true;
    for (size_t i = 0; i < sizeof datelines / sizeof *datelines; i++) {
        const dateline_case *c = &datelines[i];
        ht_str text = ht_format(&a, "首页 > 县区\n\n%s\n\n发布时间:2025-06-18 08:42\n\n  %s%s",
                                TITLE, c->first, LINES + 2);
        ht_page page;
        ht_article r = read_page(&a, ht_str_cstr(&a, text), "", &page);
        good = same(r.dateline_place, c->place, "place", i) && good;
        good = same(r.dateline_date, c->day, "day", i) && good;
        good = same(r.authors, c->authors, "authors", i) && good;
        good = same(r.publisher, c->publisher, "publisher", i) && good;
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
    assert_true(good);
}

static void people(void **state) {
    (void)state;
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_page page;
    ht_article r = read_page(
        &a,
        "首页 > 县区\n\n" TITLE "\n\n发布时间:2025-06-18 08:42 来源:雷池日报\n\n" LINES
        "\n图为望江县的一处驿站。 程小满 摄\n\n  （记者 白山 通讯员 阎禾）\n\n责任编辑：靳雨\n",
        "", &page);
    bool good = same(r.photographers, "程小满", "photographers", 0);
    good = same(r.authors, "白山|阎禾", "authors", 0) && good;
    good = same(r.editor, "靳雨", "editor", 0) && good;
    ht_arena_free(&a);
    assert_true(good);
}

/* Lines that are nothing but metadata leave the text; the text itself stays. */
static void keep(void **state) {
    (void)state;
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_page page;
    read_page(&a,
              "首页 > 县区\n\n" TITLE
              "\n\n发布时间:2025-06-18 08:42 来源:雷池日报\n\n作者 程小满\n\n" LINES,
              "", &page);
    size_t n_kept = 0;
    for (size_t i = 0; i < page.n_blocks; i++) {
        n_kept += page.blocks[i].keep;
        if (ht_str_find(page.blocks[i].text.text, HT_S("来源"), 0) != SIZE_MAX ||
            ht_str_find(page.blocks[i].text.text, HT_S("作者"), 0) != SIZE_MAX)
            assert_false(page.blocks[i].keep);
    }
    assert_int_equal(n_kept, 3);
    ht_arena_free(&a);
}

/* A subheading is the text's, whatever the word says elsewhere; a path above the text is not. */
static void head_lines(void **state) {
    (void)state;
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_page page;
    read_page(&a,
              "观察 / 县区 / 图解\n" TITLE "\n2025-06-18 08:42 雷池观察 记者 程小满\n一、综合\n" LINES,
              "", &page);
    assert_int_equal(page.n_blocks, 7);
    assert_string_equal(page.blocks[0].reason, "navigation");
    assert_true(page.blocks[3].keep);
    ht_arena_free(&a);
}

static void odd_pages(void **state) {
    (void)state;
    static const char *const odd[] = {
        "",
        "\n",
        "<html></html>",
        "<html><head><title></title></head><body></body></html>",
        "<html><head><title>来源：</title></head><body><p>来源：</p></body></html>",
        "来源：\n作者：\n编辑：\n",
        "2025-06-18",
        "发布时间:2025-13-40 25:61",
        "<html><body><script "
        "type='application/ld+json'>{\"datePublished\":\"</script></body></html>",
        "（记者",
        "摄",
        "月日电",
        "【",
        "17日电",
    };
    ht_arena a;
    ht_arena_init(&a, 0);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        ht_page page = {0};
        ht_trouble trouble = {0};
        if (!ht_page_split(&a, ht_str_of(odd[i]), &page, &trouble)) continue;
        for (int kept = 0; kept < 2; kept++) {
            for (size_t k = 0; k < page.n_blocks; k++) page.blocks[k].keep = kept;
            ht_article article = {0};
            ht_page_metadata(&a, &page, (ht_str){"", 0}, &article);
        }
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages), cmocka_unit_test(dateline),  cmocka_unit_test(people),
        cmocka_unit_test(keep),  cmocka_unit_test(odd_pages),
        cmocka_unit_test(head_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
