/* Sentences -> every statistic in them, as "surface=value unit qualifier kind", joined by "; ". */
#include "extract/quantity/quantity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    const char *text, *expected;
} example;

static ht_str read_text(ht_arena *a, const char *text, bool all) {
    ht_passage p;
    ht_quantity *q;
    size_t n;
    ht_buf b;
    ht_error e = {0};
    const ht_lexicon *l = ht_lexicon_get(&e);
    if (!l) fail_msg("%s", e.text);
    ht_passage_make(&p, a, ht_str_of(text), NULL);
    ht_quantities_find(l, a, &p, NULL, 0, &q, &n, NULL);
    ht_buf_init(&b, a);
    for (size_t i = 0; i < n; i++) {
        if (!all && !ht_kind_is_statistic(q[i].kind)) continue;
        if (b.n) ht_buf_add(&b, HT_S("; "));
        ht_buf_add(&b, ht_passage_str(&p, q[i].start, q[i].end));
        ht_buf_byte(&b, '=');
        if (q[i].low.ok) {
            ht_buf_add(&b, ht_number_text(a, q[i].low));
            ht_buf_add(&b, HT_S(".."));
            ht_buf_add(&b, ht_number_text(a, q[i].high));
        } else {
            ht_buf_add(&b, ht_number_text(a, q[i].value));
        }
        ht_buf_printf(&b, " " HT_FMT " %s %s", HT_ARG(q[i].unit), ht_qualifier_name(q[i].qualifier),
                      ht_kind_name(q[i].kind));
    }
    return ht_buf_str(&b);
}

static void check_all(const example *c, size_t n, bool all) {
    ht_arena a;
    ht_arena_init(&a, 0);
    size_t failed = 0;
    for (size_t i = 0; i < n; i++) {
        ht_str got = read_text(&a, c[i].text, all);
        if (ht_str_eq(got, ht_str_of(c[i].expected))) continue;
        print_error("%s\n  got      " HT_FMT "\n  expected %s\n", c[i].text, HT_ARG(got),
                    c[i].expected);
        failed++;
    }
    ht_arena_free(&a);
    assert_int_equal(failed, 0);
}
#define CHECK(cases) check_all(cases, sizeof(cases) / sizeof *(cases), false)

static void test_numerals(void **state) {
    (void)state;
    static const example cases[] = {
        {"一百二", "一百二=120  exact count"},
        {"三万五", "三万五=35000  exact count"},
        {"一百零二", "一百零二=102  exact count"},
        {"一万五千亿", "一万五千亿=1500000000000  exact count"},
        {"4.78万亿", "4.78万亿=4780000000000  exact count"},
        {"廿二", "廿二=22  exact count"},
        {"百三", "百三=130  exact count"},
        {"负一百点三", "负一百点三=-100.3  exact count"},
        {"零点零零一", "零点零零一=0.001  exact count"},
        {"1,234.50", "1,234.50=1234.5  exact count"},
        {"万", ""},
        {"两两", ""},
        {"建成2万8,600个泊位", "2万8,600个泊位=28600 个 exact count"},
        {"种树3万4000棵", "3万4000棵=34000 株 exact count"},
        {"发放补贴5亿1万4千6百元", "5亿1万4千6百元=500014600 元 exact money"},
        {"新修管网一千二百零五米", "一千二百零五米=1205 米 exact measure"},
        {"售出１２万份", "１２万份=120000 份 exact count"},
        {"产量1,234.5万吨", "1,234.5万吨=12345000 吨 exact measure"},
        {"装机4.2万千瓦", "4.2万千瓦=42000 千瓦 exact measure"},
        {"全程3千米", "3千米=3 公里 exact measure"},
        {"障碍赛三千米", "三千米=3000 米 exact measure"},
        {"林地5853千公顷", "5853千公顷=5853000 公顷 exact measure"},
        {"缴款叁拾万元整", "叁拾万元整=300000 元 exact money"},
    };
    CHECK(cases);
}

static void test_approximate(void **state) {
    (void)state;
    static const example cases[] = {
        {"货车有十几万辆", "十几万辆=100000 辆 over count"},
        {"服务两万三千多人次", "两万三千多人次=23000 人次 over count"},
        {"来了900来人", "900来人=900 人 about count"},
        {"只剩70来个", "70来个=70 个 about count"},
        {"有千把人报名", "千把人=1000 人 about count"},
        {"走了三四十公里", "三四十公里=30..40 公里 several measure"},
        {"来了三千二三百人", "三千二三百人=3200..3300 人 several count"},
        {"数百名骑手到场", "数百名=200..999 人 several count"},
        {"几名骑手坐着", "几名=2..9 人 several count"},
        {"等了几十年", "几十年=20..99 年 several duration"},
        {"反映百余条问题", "百余条=100 条 over count"},
        {"上万元的奖金", "上万元=10000 元 over money"},
        {"总数十万人", "十万人=100000 人 exact count"},
        {"完成数亿元融资", "数亿元=200000000..999999999 元 several money"},
        {"最新数字显示", ""},
        {"约80多名工人", "约80多名=80 人 over count"},
        {"超过2000人次", "超过2000人次=2000 人次 over count"},
        {"不少于130个", "不少于130个=130 个 at_least count"},
        {"控制在12万元以内", "12万元以内=120000 元 at_most money"},
        {"停车不超48小时", "不超48小时=48 小时 at_most duration"},
        {"每天卖出3000份上下", "3000份上下=3000 份 about count"},
        {"工作了两年多", "两年多=2 年 over duration"},
        {"近三年投入1260万元", "近三年=3 年 exact duration; 1260万元=12600000 元 exact money"},
        {"历时近三年建成", "近三年=3 年 nearly duration"},
        {"附近3家商户", "3家=3 家 exact count"},
        {"用户突破900万户", "突破900万户=9000000 户 over count"},
        {"突破12项关键技术", "12项=12 项 exact count"},
        {"五十万元（含）以上", "五十万元（含）以上=500000 元 at_least money"},
    };
    CHECK(cases);
}

static void test_shares(void **state) {
    (void)state;
    static const example cases[] = {
        {"占六成二", "六成二=62 % exact share"},
        {"占了近四成", "近四成=40 % nearly share"},
        {"占比超两成", "超两成=20 % over share"},
        {"合格率在九成以上", "九成以上=90 % at_least share"},
        {"占两成半", "两成半=25 % exact share"},
        {"占三分之二", "三分之二=2/3  exact share"},
        {"四分一位于离岛", "四分一=1/4  exact share"},
        {"占千分之三", "千分之三=3/1000  exact share"},
        {"不到总数的百分之二", "百分之二=2 % at_most share"},
        {"半数以上来自外地", "半数以上=1/2  at_least share"},
        {"覆盖面过半，", "过半=1/2  over share"},
        {"承担了近半数的服务量", "近半数=1/2  nearly share"},
        {"收窄一半", "一半=1/2  exact share"},
        {"打八折", "八折=80 % exact rate"},
        {"享八五折优惠", "八五折=85 % exact rate"},
        {"翻了一番", "翻了一番=2 倍 exact rate"},
        {"翻了一番还多", "翻了一番还多=2 倍 over rate"},
        {"翻两番", "翻两番=4 倍 exact rate"},
        {"是去年的1.7倍", "1.7倍=1.7 倍 exact rate"},
        {"多了一倍有多", "一倍有多=1 倍 over rate"},
        {"提高17个百分点", "17个百分点=17 百分点 exact rate"},
        {"同比增长8.5%", "8.5%=8.5 % exact rate"},
        {"增速分别为4.2%、3.1%和5.8%",
         "4.2%=4.2 % exact rate; 3.1%=3.1 % exact rate; 5.8%=5.8 % exact rate"},
        {"出生率9.6‰", "9.6‰=9.6 ‰ exact rate"},
        {"三成员工来自外地", "三成=30 % exact share"},
        {"九成为女性", "九成=90 % exact share"},
        {"占比约为四六开", ""},
        {"百分之三十到四十一", "百分之三十到四十一=30..41 % range share"},
    };
    CHECK(cases);
}

static void test_ranges_and_lists(void **state) {
    (void)state;
    static const example cases[] = {
        {"再建60至80个", "60至80个=60..80 个 range count"},
        {"设10—15家", "10—15家=10..15 家 range count"},
        {"补助10至20万元", "10至20万元=100000..200000 元 range money"},
        {"薪资8500到3万元", "8500到3万元=8500..30000 元 range money"},
        {"下降5-20%", "5-20%=5..20 % range rate"},
        {"占20%—30%", "20%—30%=20..30 % range share"},
        {"目标三千至四千人次", "三千至四千人次=3000..4000 人次 range count"},
        {"气温零下4到零下1℃", "零下4到零下1℃=-4..-1 度 range measure"},
        {"由24家增至53家", "24家=24 家 exact count; 53家=53 家 exact count"},
        {"分别开放34、29和230个",
         "34=34 个 exact count; 29=29 个 exact count; 230个=230 个 exact count"},
        {"依次为2100、1800和不到900人",
         "2100=2100 人 exact count; 1800=1800 人 exact count; 不到900人=900 人 at_most count"},
        {"比分3-0", ""},
        {"1996-2001号", ""},
    };
    CHECK(cases);
}

static void test_units(void **state) {
    (void)state;
    static const example cases[] = {
        {"16部门联合发文", "16部门=16 个 exact count"},
        {"南昌、赣州两市", "两市=2 市 exact count"},
        {"涉及三大行业", "三=3  exact count"},
        {"来自12个县（市、区）", "12个县（市、区）=12 个 exact count"},
        {"吸纳3.3万新就业群体", "3.3万=33000  exact count"},
        {"每百公里不低于1.5个", "不低于1.5个=1.5 个 at_least rate"},
        {"每十一辆车共用一个", "十一辆=11 辆 exact rate; 一个=1 个 exact rate"},
        {"三支队伍", "三支=3 支 exact count"},
        {"两家电信企业", "两家=2 家 exact count"},
        {"三公里的路", "三公里=3 公里 exact measure"},
        {"售价四块五", "四块五=4.5 元 exact money"},
        {"卖一块零八，", "一块零八=1.08 元 exact money"},
        {"两块停车区", "两块=2 块 exact count"},
        {"面十五块，", "十五块=15 元 exact money"},
        {"港币两千九百六十元", "港币两千九百六十元=2960 港元 exact money"},
        {"均价6元/吨", "6元/吨=6 元/吨 exact rate"},
        {"时长1小时30分钟", "1小时30分钟=90 分钟 exact duration"},
        {"一个半小时", "一个半小时=1.5 小时 exact duration"},
        {"种了三垧半地", "三垧半=3.5 垧 exact measure"},
        {"五十二岁半", "五十二岁半=52.5 岁 exact age"},
        {"35岁以下的", "35岁以下=35 岁 at_most age"},
        {"身高1米75", "1米75=1.75 米 exact measure"},
        {"半年时间", "半年时间=0.5 年 exact duration"},
        {"两天三次", "两天=2 天 exact duration; 三次=3 次 exact count"},
        {"总面积约9.6万平方公里", "约9.6万平方公里=96000 平方公里 about measure"},
    };
    CHECK(cases);
}

static void test_excluded(void **state) {
    (void)state;
    static const example cases[] = {
        {"第三名", ""},
        {"前三名", ""},
        {"围绕“134”工作体系", ""},
        {"“4+4+X”党建工作", ""},
        {"打造“5分钟暖心圈”", ""},
        {"最后“一百米”", ""},
        {"参加五险一金", ""},
        {"千岛湖、八达岭、三江口", ""},
        {"一家五金店", ""},
        {"一批骑手、一些问题", ""},
        {"90后骑手", ""},
        {"5G基站和4K电视", ""},
        {"沿G1817线和320国道", ""},
        {"乘118路到3号线", ""},
        {"拨打12345热线", ""},
        {"电话010-65221234", ""},
        {"桂卫发〔2025〕18号", ""},
        {"小程序2.0版", ""},
        {"上午九点二十分", ""},
        {"三点意见", "三点=3 点 exact count"},
        {"统一规划、进一步落实", ""},
        {"千家万户", ""},
        {"一心一意谋发展", ""},
        {"四级调研员", ""},
        {"二楼和三楼", ""},
        {"五年级学生", ""},
        {"近年来，几乎没有", ""},
        {"二期工程", ""},
        {"这一年，前一日", ""},
        {"收拾房间、退伍、大陆", ""},
        {"麒麟970和麒麟980", ""},
        {"比例为1∶1.26", ""},
        {"屏幕为69.1×151.7", ""},
        {"http://a.cn/2025/30.html", ""},
        {"3、压实责任", ""},
        {"（一）总体要求", ""},
        {"读《防治三百问》", ""},
    };
    CHECK(cases);
}

static void test_articles(void **state) {
    (void)state;
    static const example cases[] = {
        {"仅一家医院", "一家=1 家 exact count"},
        {"工会联合会一家、基层工会9家", "一家=1 家 exact count; 9家=9 家 exact count"},
        {"一年来，市里", "一年=1 年 exact duration"},
        {"用时不到一周", "不到一周=1 周 at_most duration"},
        {"统一三个标准", "三个=3 个 exact count"},
        {"十分钟到家", "十分钟=10 分钟 exact duration"},
        {"十一家企业", "十一家=11 家 exact count"},
        {"六分之一没有开门", "六分之一=1/6  exact share"},
        {"北屯、丰原各四处", "四处=4 处 exact count"},
        {"他四处奔波", ""},
        {"食肆二千三百余间", "二千三百余间=2300 间 over count"},
        {"去年一年新建96处", "96处=96 处 exact count"},
        {"三分之一来自外省", "三分之一=1/3  exact share"},
        {"新建的占1/3，其余改建", "1/3=1/3  exact share"},
        {"日期是1/3", ""},
        {"有一半是女性", "一半=1/2  exact share"},
        {"一半是海水，一半是火焰", ""},
        {"设点的乡镇已经过半", "过半=1/2  over share"},
        {"升级到3.2.1版本", ""},
        {"地址是192.168.1.20", ""},
        {"伍千里跑川藏线", ""},
        {"欠款伍千元", "伍千元=5000 元 exact money"},
        {"死亡率降至6.2/10万", "6.2/10万=6.2 /10万 exact share"},
        {"充电量3.2亿度", "3.2亿度=320000000 千瓦时 exact measure"},
        {"气温38度", "38度=38 度 exact measure"},
        {"40支队伍参赛", "40支=40 支 exact count"},
        {"多出一点五倍", "一点五倍=1.5 倍 exact rate"},
        {"二十分钟后", "二十分钟=20 分钟 exact duration"},
        {"申万一级行业", ""},
    };
    CHECK(cases);
}

static void test_tables(void **state) {
    (void)state;
    static const example cases[] = {
        {"街道\t站点（个）\t服务人次\n东桥\t14\t2.1万\n西门\t8\t9600",
         "14=14 个 exact count; 2.1万=21000 人次 exact count; 8=8 个 exact count; "
         "9600=9600 人次 exact count"},
        {"指标\t单位\t2024年\t同比增长（%）\n投资\t亿元\t41.60\t-3.6",
         "41.60=4160000000 元 exact money; -3.6=-3.6 % exact rate"},
        {"指标\t单位\t2024年\t比上年（±%）\n桩\t个\t130\t-3.6", "130=130 个 exact count; -3.6=-3.6 % exact rate"},
        {"指标\t单位\t2024年\t比上年增长%\n桩\t个\t130\t8.3", "130=130 个 exact count; 8.3=8.3 % exact rate"},
        {"指标\t2024年（个）\t增减（%）\n桩\t130\t8.3", "130=130 个 exact count; 8.3=8.3 % exact rate"},
        {"序号\t名称\t户数（万户）\n1\t甲县\t3.2", "3.2=32000 户 exact count"},
        {"单位：万元\n项目\t金额\n修路\t120", "120=1200000 元 exact money"},
    };
    CHECK(cases);
}

static void test_other_kinds(void **state) {
    (void)state;
    static const example cases[] = {
        {"第三届", "三届=3 届 exact ordinal"},
        {"3月29日", "3月=3  exact date; 29日=29 天 exact date"},
        {"配备了\xEF\xBF\xBD"
         "0个车位",
         "\xEF\xBF\xBD"
         "0个车位= 个 unreadable count"},
    };
    ht_arena a;
    ht_arena_init(&a, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_str got = read_text(&a, cases[i].text, true);
        if (i == 1) { /* the unit of a month is not part of the contract */
            assert_true(ht_str_find(got, HT_S("date"), 0) != SIZE_MAX);
            continue;
        }
        assert_string_equal(ht_str_cstr(&a, got), cases[i].expected);
    }
    ht_arena_free(&a);
}

static void test_unit_table(void **state) {
    (void)state;
    const ht_lexicon *l = ht_lexicon_get(NULL);
    ht_str canonical, dimension, base;
    ht_number factor;
    assert_true(ht_unit_find(l, HT_S("千米"), &canonical, &dimension));
    assert_true(ht_str_eq(canonical, HT_S("公里")) && ht_str_eq(dimension, HT_S("length")));
    assert_true(ht_unit_find(l, HT_S("名"), &canonical, &dimension));
    assert_true(ht_str_eq(canonical, HT_S("人")));
    assert_true(ht_unit_factor(l, HT_S("公里"), &base, &factor));
    assert_true(ht_str_eq(base, HT_S("米")) && ht_number_cmp(factor, ht_number_int(1000)) == 0);
    assert_true(ht_unit_dimension_exists(l, HT_S("person")));
    assert_true(ht_unit_dimension_exists(l, HT_S("count:person")));
    assert_false(ht_unit_dimension_exists(l, HT_S("colour")));
    assert_false(ht_unit_find(l, HT_S("公里数"), &canonical, &dimension));
    assert_false(ht_unit_find(l, HT_S(""), &canonical, &dimension));
    assert_false(ht_unit_factor(l, HT_S("嘎"), &base, &factor));
}

/* Dates given are printed as dates, and their digits are read as nothing else. */
static void test_dates(void **state) {
    (void)state;
    ht_arena a;
    ht_passage p;
    ht_date *dates;
    ht_quantity *q;
    size_t n_dates, n, statistics = 0, named = 0;
    ht_arena_init(&a, 0);
    ht_passage_make(&p, &a, HT_S("2025年3月29日，两年来共服务37万人。"), NULL);
    ht_date_context context = {ht_day_of(2025, 4, 1), HT_NO_DAY};
    ht_dates_find(&a, &p, context, &dates, &n_dates);
    ht_quantities_find(ht_lexicon_get(NULL), &a, &p, dates, n_dates, &q, &n, NULL);
    for (size_t i = 0; i < n; i++) {
        statistics += ht_kind_is_statistic(q[i].kind);
        named += q[i].kind == HT_DATE;
    }
    assert_int_equal(statistics, 2);
    assert_int_equal(named, 1);
    ht_arena_free(&a);
}

/* Whatever the text, quantities stand in order, do not overlap, and hold their numeral. */
static void test_order(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "一",   "三", "十",   "百",   "万", "亿",   "两",   "几",   "数",   "多",
        "余",   "半", "点",   "分之", "至", "—",    "12",   "3.5",  "0",    "%",
        "成",   "折", "倍",   "翻",   "番", "约",   "超过", "以上", "左右", "个",
        "人次", "年", "个月", "元",   "角", "千米", "第",   "每",   "“",    "”",
        "、",   "，", "。",   "\t",   "\n", "G",    "+",    "零下", "-",    "号",
        "级",   "米", "小时", "来",   "的", "、",   "和",   "统一", "十分", "\xEF\xBF\xBD"};
    enum { ROUNDS = 3000, LENGTH = 24, N_PIECES = sizeof pieces / sizeof *pieces };
    uint32_t seed = 12345;
    ht_arena a;
    ht_arena_init(&a, 0);
    for (int round = 0; round < ROUNDS; round++) {
        ht_buf b;
        ht_passage p;
        ht_quantity *q;
        size_t n;
        ht_buf_init(&b, &a);
        for (int k = 0; k < LENGTH; k++) {
            seed = seed * 1664525u + 1013904223u;
            ht_buf_add(&b, ht_str_of(pieces[(seed >> 16) % N_PIECES]));
        }
        ht_passage_make(&p, &a, ht_buf_str(&b), NULL);
        ht_quantities_find(ht_lexicon_get(NULL), &a, &p, NULL, 0, &q, &n, NULL);
        for (size_t i = 0; i < n; i++) {
            assert_true(q[i].start < q[i].end && q[i].end <= p.n);
            assert_true(q[i].start <= q[i].num_start && q[i].num_end <= q[i].end);
            assert_true(i == 0 || q[i - 1].end <= q[i].start);
            assert_true(!q[i].value.ok || !q[i].low.ok);
        }
        ht_arena_reset(&a);
    }
    ht_arena_free(&a);
}

/* A run at, below and above the cap, and a megabyte of it, end in no wrong figure and in time. */
static void test_long_runs(void **state) {
    (void)state;
    enum { SIZE = 1 << 20 };
    ht_arena a;
    ht_arena_init(&a, 0);
    char *text = HT_ARRAY(&a, char, SIZE + 4);
    memset(text, '7', SIZE);
    memcpy(text + SIZE, "\xE4\xBA\xBA", 4); /* 人 */
    assert_int_equal(read_text(&a, text, false).n, 0);
    for (size_t i = 0; i + 3 <= SIZE; i += 3) memcpy(text + i, "\xE4\xB8\x80", 3); /* 一 */
    text[SIZE - 1] = 0;
    assert_int_equal(read_text(&a, text, false).n, 0);
    ht_arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numerals),    cmocka_unit_test(test_approximate),
        cmocka_unit_test(test_shares),      cmocka_unit_test(test_ranges_and_lists),
        cmocka_unit_test(test_units),       cmocka_unit_test(test_excluded),
        cmocka_unit_test(test_articles),    cmocka_unit_test(test_tables),
        cmocka_unit_test(test_other_kinds), cmocka_unit_test(test_unit_table),
        cmocka_unit_test(test_long_runs),   cmocka_unit_test(test_dates),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
