/* The table of divisions, the region of an article, addresses, and hostile text. */
#include "extract/region/region.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const ht_gazetteer *g;

static ht_geography *geography(ht_arena *a, ht_passage *p, ht_str text, const char *publisher,
                               const char *published) {
    ht_passage_make(p, a, text, NULL);
    ht_region_context context = {.publisher = ht_str_of(publisher),
                                 .dates = {ht_day_parse(ht_str_of(published)), HT_NO_DAY}};
    return ht_geography_read(g, a, p, &context);
}

static void test_divisions(void **state) {
    (void)state;
    assert_true(ht_str_eq(ht_region_name(g, 511000), HT_S("内江市")));
    assert_true(ht_str_eq(ht_region_name(g, 422800), HT_S("恩施土家族苗族自治州")));
    assert_int_equal(ht_region_name(g, 999999).n, 0);
    assert_string_equal(ht_region_level(g, 100000), "country");
    assert_string_equal(ht_region_level(g, 500000), "province");
    assert_string_equal(ht_region_level(g, 511000), "prefecture");
    assert_string_equal(ht_region_level(g, 500106), "county");
    assert_string_equal(ht_region_level(g, 429005), "county");
    assert_string_equal(ht_region_level(g, 1), "");
    assert_int_equal(ht_region_parent(g, 511011), 511000);
    assert_int_equal(ht_region_parent(g, 100000), 0);
    assert_int_equal(ht_region_parent(g, 7), 0);
    assert_true(ht_region_within(g, 511011, 510000));
    assert_true(ht_region_within(g, 511011, 511011));
    assert_false(ht_region_within(g, 510000, 511011));
    assert_false(ht_region_within(g, 0, 0));
}

static void test_addresses(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint32_t code;
    } cases[] = {
        {"江苏省鼓楼区琵琶街道某小区", 320302},
        {"辽宁朝阳龙城区", 211303},
        {"河南蒙古族自治县某村", 632324},
        {"青海西宁城东区", 630102},
        {"广东河源", 441600},
        {"陕西安康汉滨区", 610902},
        {"佛山市南海区桂城街道", 440605},
        {"甘肃合作市", 623001},
        {"湖南省长沙市长沙县", 430121},
        {"北京路步行街", 0},
        {"延安北路", 0},
        {"比如说，我们会同友好单位打通通道", 0},
        {"庫爾勒市", 652801},
        {"陕西省咸阳市乾县", 610424},
        {"吉林长春朝阳区", 220104},
        {"内蒙古乌兰察布市察哈尔右翼前旗", 150926},
        {"新疆巴州库尔勒市", 652801},
        {"巢湖市", 340181},
        {"上海市闸北区", 310106},
        {"莱芜市", 370116},
    };
    ht_arena a;
    ht_arena_init(&a, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_passage p;
        ht_geography *e = geography(&a, &p, ht_str_of(cases[i].text), "", "");
        uint32_t got = ht_geography_most_specific(e);
        if (got != cases[i].code) print_error("%s: got %u\n", cases[i].text, got);
        assert_int_equal(got, cases[i].code);
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
}

static void test_bases(void **state) {
    (void)state;
    static const struct {
        const char *publisher, *text;
        uint32_t code;
    } cases[] = {
        {"绍兴日报", "全市现有快递员9000人。", 330600},
        {"人民日报", "全国快递员超过400万人。", 0},
        {"中国新闻网", "快递员超过4万人。", 0},
        {"", "泰州市海陵区有驿站12个。兴化市有9个，靖江市有8个，泰州全市有60个。", 321200},
        {"", "仙桃市委社会工作部介绍，仙桃有骑手900人。全市有驿站20个。", 429004},
        {"长春日报", "朝阳区有骑手2000人。", 220100},
        {"", "我们都很高兴。", 0},
    };
    ht_arena a;
    ht_arena_init(&a, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_passage p;
        uint32_t got =
            ht_geography_base(geography(&a, &p, ht_str_of(cases[i].text), cases[i].publisher, ""));
        if (got != cases[i].code) print_error("%s: got %u\n", cases[i].text, got);
        assert_int_equal(got, cases[i].code);
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
}

/* A name means the division that bore it at the time. */
static void test_time(void **state) {
    (void)state;
    ht_arena a;
    ht_passage p;
    ht_arena_init(&a, 0);
    assert_int_equal(
        ht_geography_most_specific(geography(&a, &p, HT_S("山东省莱芜市"), "", "2016-05-01")),
        371200);
    assert_int_equal(
        ht_geography_most_specific(geography(&a, &p, HT_S("山东省莱芜市"), "", "2020-05-01")),
        370116);
    ht_arena_free(&a);
}

static void test_covers(void **state) {
    (void)state;
    ht_arena a;
    ht_passage p;
    ht_arena_init(&a, 0);
    ht_geography *e = geography(&a, &p, HT_S("在南京路有驿站，全市共5个"), "", "");
    assert_false(ht_geography_covers(e, 0));
    assert_true(ht_geography_covers(e, 1));
    assert_false(ht_geography_covers(e, 4));
    assert_true(ht_geography_covers(e, 8));
    ht_arena_free(&a);
}

static void test_hostile(void **state) {
    (void)state;
    static const char *const pieces[] = {"北京、", "全市",   "三市", "城关镇", "分别为1、",
                                         "(",      "）",     "\n",   "\t",     "其中",
                                         "社区",   "前两市", "该县", "各5个"};
    enum { REPEAT = 2000 };
    ht_arena a;
    ht_arena_init(&a, 0);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
            ht_buf b;
            ht_passage p;
            ht_buf_init(&b, &a);
            for (int n = 0; n < REPEAT / 20; n++) {
                ht_buf_add(&b, ht_str_of(pieces[i]));
                ht_buf_add(&b, ht_str_of(pieces[k]));
            }
            ht_geography *e = geography(&a, &p, ht_buf_str(&b), "北京", "");
            for (uint32_t at = 0; at < p.n; at += 7) ht_region_resolve(e, &a, at, at + 1, NULL);
            ht_region_resolve(e, &a, p.n, p.n, NULL);
            ht_arena_reset(&a);
        }
    ht_passage p;
    ht_geography *e = geography(&a, &p, HT_S(""), "", "");
    assert_int_equal(ht_region_resolve(e, &a, 0, 0, NULL).code, 0);
    assert_int_equal(ht_geography_base(e), 0);
    ht_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_divisions), cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_bases),     cmocka_unit_test(test_time),
        cmocka_unit_test(test_covers),    cmocka_unit_test(test_hostile)};
    ht_error error;
    g = ht_gazetteer_get(&error);
    if (!g) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
