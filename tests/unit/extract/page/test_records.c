/* Dumps that are not pages: mails, prints, chats, forms, records of databases. Written for this test. */
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

#define A "今年春天，河边的小镇修好了三座木桥，孩子们上学不必再绕行五里山路。"
#define B "镇上的人说，木料是从邻近的林场运来的，二十多名工匠干了四十天。"
#define C "下一步，镇里打算在桥头种上两百棵柳树，再装十六盏路灯。"

typedef struct {
    const char *name, *text, *kept;
    const char *title, *published, *publisher, *authors; /* NULL: not looked at */
} record_case;

/* Lines of 24 columns. */
#define SHEETS(first, second)                                                                      \
    "　　今年春天，河边的小镇修好三座木桥，孩子们\n上学不必再绕行五里山路，老人看病也不用再坐\n渡船过" \
    "河去了，镇上为此贴了红榜，写着捐了钱\n的两百零八户人家，多的三千，少的二十，一户也\n没有漏掉，" \
    "第二天一早就围满了前来看榜的人们，\n" first "有人指着自己的名字念出声来，说这座桥有我的一\n根钉。" \
    "\n" second
#define SHEETS_WHOLE                                                                               \
    "今年春天，河边的小镇修好三座木桥，孩子们上学不必再绕行五里山路，老人看病也不用再坐渡船过河去" \
    "了，镇上为此贴了红榜，写着捐了钱的两百零八户人家，多的三千，少的二十，一户也没有漏掉，第二天一" \
    "早就围满了前来看榜的人们，有人指着自己的名字念出声来，说这座桥有我的一根钉。"

static const record_case cases[] = {
    {"a page number within a sentence", SHEETS("\n— 1 —\n\n", "\n— 2 —\n"), SHEETS_WHOLE, NULL, NULL, NULL, NULL},
    {"a number in words and a running head",
     SHEETS("第 1 页 共 2 页\n河边小镇简报\n", "第 2 页 共 2 页\n河边小镇简报\n"), SHEETS_WHOLE, NULL, NULL, NULL, NULL},
    {"addresses that a browser printed",
     SHEETS("\nhttp://h.example/1.html    1/2\n2024/5/6 08:30   小镇修桥_河边日报网\n\n",
            "http://h.example/1.html    2/2\n2024/5/6 08:30   小镇修桥_河边日报网\n"),
     SHEETS_WHOLE, NULL, NULL, NULL, NULL},
    {"one number is no sheet", A "\n— 1 —\n" B "\n" C, A "|" B "|" C, NULL, NULL, NULL, NULL},
    {"a quoted mail",
     "发件人: 某人 <a@h.example>\n收件人: 某组\n\n> 小镇修桥两岸通车\n> 河边日报 2024-05-06 08:30 责编：白云\n>\n> " A
     "\n>\n> " B "\n>\n> " C "\n本邮件及其附件含有保密信息，仅限于发送给上面列出的个人，请勿转发。\n",
     A "|" B "|" C, "小镇修桥两岸通车", "2024-05-06T08:30:00+08:00", NULL, NULL},
    {"one message of a chat",
     "群聊导出\n2024-05-06 08:30:01 老樊\n昨天说的那件事，我在桥头等到七点也没有见到人，后来就先回去了。\n2024-05-06 08:31:12 小崔\n" A "\n" B "\n" C
     "\n2024-05-06 08:32:01 老樊\n好的，谢谢大家。\n2024-05-06 08:33:09 米粒\n收到\n",
     A "|" B "|" C, NULL, NULL, NULL, NULL},
    {"a chat without an article stays as it was",
     "2024-05-06 08:30:01 老樊\n" A "\n2024-05-06 08:31:12 小崔\n" B "\n2024-05-06 08:32:01 老樊\n" C
     "\n2024-05-06 08:33:09 米粒\n" A B,
     NULL, NULL, NULL, NULL, NULL},
    {"a table that lines draw", "2024-05-06 来源：河边日报\n" A "\n┌──┬──┐\n│桥　│长度│\n├──┼──┤\n│东桥│18  │\n└──┴──┘\n" B,
     A "|桥\t长度|东桥\t18|" B, NULL, NULL, NULL, NULL},
    {"two-letter fields",
     "HD     小镇修桥两岸通车\n\nBY     记者 白云\n\nPD     2024年5月6日\n\nET     08:30\n\nSN     河边日报\n\nLP     \n\n" A
     "\n\nTD     \n\n" B "\n\n" C "\n\nCO     hbrb : 河边公司\n",
     A "|" B "|" C, "小镇修桥两岸通车", "2024-05-06T08:30:00+08:00", "河边日报", NULL},
    {"framed fields",
     "小镇修桥两岸通车\n《河边日报》2024年05月06日 第003版\n【作者】 白云\n【报纸日期】 2024-05-06\n【版名】 民生\n"
     "【版号】 003\n【正文快照】\n" A "\n" B "\n【分类号】 F71\n【被引频次】 0\n",
     A "|" B, NULL, "2024-05-06", "河边日报", "白云"},
    {"a table of Markdown without bars at its ends",
     "# 小镇修桥\n\n[一](http://h.example/1) [二](http://h.example/2) [三](http://h.example/3)\n\n" A "\n\n桥| 长度\n"
     "---|---\n东桥| 18\n西桥| 21\n\n" B "\n",
     A "|桥\t长度|东桥\t18|西桥\t21|" B, NULL, NULL, NULL, NULL},
    {"the form of a mailbox",
     "<!DOCTYPE html><title>市长信箱</title><h1>市长信箱</h1><table><tr><td>信件标题</td><td>小镇修桥何时通车</td></tr>"
     "<tr><td>写信人</td><td>白**</td></tr><tr><td>来信内容</td><td>" A "</td></tr><tr><td>答复单位</td><td>市交通局</td></tr>"
     "<tr><td>答复内容</td><td>" B C "</td></tr></table>",
     A "|" B C, "小镇修桥何时通车", NULL, "市交通局", NULL},
    {"the editors in a masthead end nothing",
     "<!DOCTYPE html><title>x</title><div><p>责编：白云 版式：田禾</p><p>桥通了，孩子们高兴。</p><p>" A "</p><p>" B "</p><p>" C "</p></div>",
     "桥通了，孩子们高兴。|" A "|" B "|" C, NULL, NULL, NULL, NULL},
    {"an attribute's quote that never ends",
     "<!DOCTYPE html><title>x</title><p title=\"甲>" A "</p><p>" B "</p>", A "|" B, NULL, NULL, NULL, NULL},
    {"a date and its time in wide digits, below",
     "<!DOCTYPE html><title>小镇修桥两岸通车</title><h1>小镇修桥两岸通车</h1><div><p>" A "</p><p>" B
     "</p><p>完</p><p>２０２４年５月６日（星期一）<p>香港时间８时３０分</p><p>修订日期：２０２４年５月７日</p></div>",
     A "|" B, NULL, "2024-05-06T08:30:00+08:00", NULL, NULL},
    {"a posting",
     "发信人: Bai (白云), 信区: Town\n标  题: [转载] 小镇修桥两岸通车\n发信站: 河边站 (Mon May  6 08:30:12 2024), 站内\n\n" A
     "\n" B "\n" C,
     A "|" B "|" C, "小镇修桥两岸通车", "2024-05-06T08:30:12+08:00", NULL, NULL},
    {"names in JSON-LD",
     "<!DOCTYPE html><title>小镇修桥两岸通车</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":"
     "[{\"@type\":\"Person\",\"name\":\"白云飞\"}],\"publisher\":{\"@type\":\"Organization\",\"name\":\"河边日报\"}}</script>"
     "<h1>小镇修桥两岸通车</h1><p>May 06, 2024 08:30</p><p>" A "</p><p>" B "</p>",
     A "|" B, NULL, "2024-05-06T08:30:00+08:00", "河边日报", "白云飞"},
    {"<title> is a file's name",
     "<!DOCTYPE html><title>20240506-A3.pdf</title><h1>小镇修桥两岸通车</h1><p>文 白云飞 图 田禾 2024-05-06 08:30</p><p>" A
     "</p><p>" B "</p>",
     A "|" B, "小镇修桥两岸通车", NULL, NULL, "白云飞"},
};

static ht_str kept(const ht_page *page) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (size_t i = 0; i < page->n_blocks; i++) {
        assert_non_null(page->blocks[i].reason);
        if (page->blocks[i].keep)
            ht_buf_printf(&b, "%s" HT_FMT, b.n ? "|" : "", HT_ARG(page->blocks[i].text.text));
    }
    return ht_buf_str(&b);
}

static void same(const char *name, const char *field, ht_str got, const char *want) {
    if (want && !ht_str_eq(got, ht_str_of(want)))
        fail_msg("%s: %s\n gave " HT_FMT "\n not  %s", name, field, HT_ARG(got), want);
}

static void test_records(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const record_case *x = &cases[i];
        ht_page page;
        ht_trouble trouble = {0};
        ht_article article = {0};
        assert_true(ht_page_split(&arena, ht_str_of(x->text), &page, &trouble));
        ht_page_choose(&arena, &page, NULL);
        ht_page_metadata(&arena, &page, (ht_str){"", 0}, &article);
        same(x->name, "text", kept(&page), x->kept);
        same(x->name, "title", article.title, x->title);
        same(x->name, "published", article.published, x->published);
        same(x->name, "publisher", article.publisher, x->publisher);
        same(x->name, "authors", article.authors, x->authors);
    }
}

/* A character keeps its place in the source across a printed sheet's border and a cut label. */
static void test_places(void **state) {
    (void)state;
    const char *texts[] = {cases[0].text, cases[11].text};
    for (size_t t = 0; t < 2; t++) {
        ht_page page;
        ht_trouble trouble = {0};
        assert_true(ht_page_split(&arena, ht_str_of(texts[t]), &page, &trouble));
        ht_page_choose(&arena, &page, NULL);
        for (size_t i = 0; i < page.n_blocks; i++) {
            const ht_text *x = &page.blocks[i].text;
            for (size_t at = 0; at + 3 <= x->text.n; at++) {
                if (((unsigned char)x->text.p[at] & 0xC0) != 0xC0)
                    continue;
                ht_span from = ht_offmap_source(&x->map, at, at + 3);
                assert_memory_equal(texts[t] + from.start, x->text.p + at, 3);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_records, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_places, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
