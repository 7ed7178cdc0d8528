/* The date that governs a figure. The figure stands between < and >. */
#include "extract/time/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
    const char *text, *asof, *rule, *from; /* from: period_from; "" none */
} asof_case;

static const char published[] = "2025-07-09";

static const asof_case cases[] = {
    {"截至6月底，全市有驿站<182个>。", "2025-06-30", "sentence", ""},
    {"截至6月底，全市有驿站182个，会员<3.1万人>。", "2025-06-30", "sentence", ""},
    {"截至6月底，全市有驿站182个；友好商户<400家>。", "2025-06-30", "sentence", ""},
    {"截至6月底，全市有驿站182个。其中，街道建的<60个>。", "2025-06-30", "paragraph", ""},
    {"截至6月底，全市有驿站182个。\n会员<3.1万人>。", "", "", ""},
    {"目前，全市有驿站<182个>。", "2025-07-09", "now", ""},
    {"全市现有驿站<182个>。", "2025-07-09", "now", ""},
    {"全市有驿站<182个>。", "", "", ""},
    {"近年来，全市建成驿站<182个>。", "", "", ""},
    {"近日，全市建成驿站<182个>。", "", "", ""},
    {"上半年，新增会员<800人>。", "2025-06-30", "sentence", "2025-01-01"},
    {"今年以来，服务司机<1.2万人次>。", "2025-07-09", "sentence", "2025-01-01"},
    {"今年1至5月已逾<1.2万人次>。", "2025-05-31", "sentence", "2025-01-01"},
    {"去年接待司机<两万人次>，今年接待一万。", "2024", "sentence", "2024-01-01"},
    {"去年接待司机两万人次，今年1至5月<一万人次>。", "2025-05-31", "sentence", "2025-01-01"},
    {"全市有会员<6.1万人>，比上年末净增7000人。", "", "", ""},
    {"全市有会员6.1万人，比上年末净增<7000人>。", "", "", ""},
    {"3月，受理通报214件，比去年同期的<268件>少。", "2024-03", "sentence", "2024-03-01"},
    {"产量<5.2万吨>，是2019年的2.3倍。", "", "", ""},
    {"面积4100万亩，是2019年的5倍；建成农田<500万亩>。", "", "", ""},
    {"2026年底前再建<60个>。", "2026-12-31", "sentence", ""},
    {"到2027年，驿站增至<600个>。", "2027", "sentence", "2027-01-01"},
    {"其余<7个>将在8月底前建成。", "2025-08-31", "term", ""},
    {"现有13个，到2027年将增至<20个>。", "2027", "sentence", "2027-01-01"},
    {"6月底，联合会由<24家>增至53家。", "", "", ""},
    {"6月底，联合会由24家增至<53家>。", "2025-06-30", "sentence", ""},
    {"从2022年的<4处>扩到眼下的35处。", "2022", "sentence", "2022-01-01"},
    {"从2022年的4处扩到眼下的<35处>。", "2025-07-09", "now", ""},
    {"从2022年的4处扩到目前的<35处>。", "2025-07-09", "now", ""},
    {"上半年登记1210对，去年同期为<1340对>。", "2024-06-30", "sentence", "2024-01-01"},
    {"上半年登记1210对，比去年同期少<130对>。", "2025-06-30", "sentence", "2025-01-01"},
    {"全区今年新设9处，累计<27处>。", "", "", ""},
    {"全区2024年累计上报<27处>。", "2024", "sentence", "2024-01-01"},
    {"在春节、中秋开展活动<40场>。", "", "", ""},
    {"春节期间开展活动<40场>。", "2025-02-04", "sentence", "2025-01-28"},
    {"6月12日，会议召开，出台<13条>措施。", "2025-06-12", "sentence", ""},
    {"市局数据显示，6月末，全市有驿站182个；商户<400家>。", "2025-06-30", "sentence", ""},
    {"东区计划2026年新建12个；西区投入<3处>。", "", "", ""},
    {"自5月1日起把班次调为<300班>。", "2025-05-01", "sentence", ""},
    {"指标\t2024年\t2023年\n产量\t<86>\t63", "2024", "table", "2024-01-01"},
    {"指标\t2024年\t2023年\n产量\t86\t<63>", "2023", "table", "2023-01-01"},
    {"指标\t2024年\t2023年\n年末用户\t86\t<63>", "2023-12-31", "table", ""},
    {"区\t驿站\t上半年服务\n东区\t14\t<2.1万>", "2025-06-30", "table", "2025-01-01"},
    {"指标\t2024年\t比2023年增长（%）\n产量\t86\t<6.3>", "", "", ""},
    {"区\t驿站\t上半年服务\n东区\t<14>\t2.1万", "", "", ""},
    {"东县日报讯（记者 程小满）一季度末，全县有卫生院30个。全县有床位<900张>。", "2025-03-31",
     "paragraph", ""},
    {"县工会6月初的摸底显示，全县有司机3000人。与2023年末相比，多了<300人>。", "2025-06",
     "paragraph", "2025-06-01"},
    {"东县2024年统计公报\n全县有学校<146所>。", "2024", "report", "2024-01-01"},
    {"东县统计公报\n全县有学校<146所>。", "", "", ""},
};

static void governs(void **state) {
    (void)state;
    ht_arena a;
    ht_arena_init(&a, 0);
    int failed = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const asof_case *c = &cases[i];
        ht_str marked = ht_str_of(c->text);
        size_t open = ht_str_find(marked, HT_S("<"), 0), close = ht_str_find(marked, HT_S(">"), 0);
        ht_str text = ht_format(&a, HT_FMT HT_FMT HT_FMT, HT_ARG(ht_sub(marked, 0, open)),
                                HT_ARG(ht_sub(marked, open + 1, close)),
                                HT_ARG(ht_sub(marked, close + 1, marked.n)));
        ht_passage p;
        ht_passage_make(&p, &a, text, NULL);
        uint32_t start = 0, end = 0;
        while (p.byte[start] < open) start++;
        for (end = start; p.byte[end] < close - 1;) end++;
        ht_date_context context = {ht_day_parse(ht_str_of(published)), HT_NO_DAY};
        ht_date *dates;
        size_t n;
        ht_dates_find(&a, &p, context, &dates, &n);
        ht_trace trace = {.arena = &a};
        ht_asof got = ht_asof_of(&a, &p, dates, n, context, start, end, &trace);
        bool good = ht_str_eq(got.asof, ht_str_of(c->asof)) &&
                    ht_str_eq(ht_str_of(got.rule), ht_str_of(c->rule)) &&
                    ht_str_eq(got.period_from, ht_str_of(c->from)) &&
                    (got.asof.n == 0) == (got.precision[0] == 0) &&
                    (trace.n > 0) == (got.asof.n > 0);
        if (!good) {
            print_error("%s\n   got  " HT_FMT " %s " HT_FMT "\n   want %s %s %s\n", c->text,
                        HT_ARG(got.asof), got.rule, HT_ARG(got.period_from), c->asof, c->rule,
                        c->from);
            failed++;
        }
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
    assert_int_equal(failed, 0);
}

/* A table of many rows and a paragraph of many dates cost no more than their length. */
static void long_input(void **state) {
    (void)state;
    enum { ROWS = 20000 };
    ht_arena a;
    ht_arena_init(&a, 0);
    ht_buf b;
    ht_buf_init(&b, &a);
    for (int i = 0; i < ROWS; i++) ht_buf_add(&b, HT_S("去年同期\t2024年3月\t86\n"));
    for (int i = 0; i < ROWS; i++) ht_buf_add(&b, HT_S("截至6月底，将由24家增至"));
    ht_passage p;
    ht_passage_make(&p, &a, ht_buf_str(&b), NULL);
    ht_date_context context = {ht_day_parse(ht_str_of(published)), HT_NO_DAY};
    ht_date *dates;
    size_t n;
    ht_dates_find(&a, &p, context, &dates, &n);
    assert_true(n > ROWS);
    for (uint32_t i = 0; i + 2 < p.n; i += 7) ht_asof_of(&a, &p, dates, n, context, i, i + 1, NULL);
    ht_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(governs), cmocka_unit_test(long_input)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
