/* What proves a shifted run, what is guessed of it, which places are left, and how much of a text
 * is looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/utf8.h"
#include "normalize/normalize.h"

/* Damaged text of which a reading is sure alone, one that takes a damaged document, and text that
 * looks so, in which many readings have to be weighed. */
#define SURE "平臺公司承諾減免費用?！闭鹃L點頭說，大家聽了都很高興。"
#define SURE_IS "平臺公司承諾減免費用。”站長點頭說，大家聽了都很高興。"
#define UNSURE "野店高低帶古城?；h上曉花齋後落，井邊秋葉社前生。"
#define UNSURE_IS "野店高低帶古城。籬上曉花齋後落，井邊秋葉社前生。"
#define HOSTILE "?！ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKL\n"

static const char glossed[] =
    "市總工會(huì)說(shuō)，服務(wù)站已經(jīng)有30個(gè)，騎(qí)手們(men)進(jìn)站喝水，"
    "還(hái)能給(gěi)手機(jī)充電(diàn)，大約(yuē)1.3萬(wàn)人來(lái)過(guò)。\n";

static ht_arena arena;

static ht_text text_of(ht_str s) {
    ht_text t = {s, {0}};
    ht_offmap_init(&t.map, &arena);
    ht_offmap_add(&t.map, s.n, 0, s.n);
    return t;
}

static ht_text cleaned(ht_str s, ht_repair_level level, ht_clean_report *r) {
    ht_text t = text_of(s);
    ht_clean_options o = {.target = HT_TO_KEEP, .repair = level};
    ht_clean(ht_cleaner_get(NULL), &arena, &t, 1, &o, r);
    return t;
}

static ht_str joined(const char *a, const char *b) {
    return ht_format(&arena, "%s%s", a, b);
}

static void check(const char *damaged, const char *want) {
    ht_clean_report r;
    ht_text t = cleaned(ht_str_of(damaged), HT_REPAIR_ALL, &r);
    assert_string_equal(ht_str_cstr(&arena, t.text), want);
}

/* The mark that ends a run is told by the quotation that is open there: in this line, in what was
 * repaired before as well. */
static void quotations(void **state) {
    (void)state;
    check("他說：“我們開始吧。保持別動?！?", "他說：“我們開始吧。保持別動。”");
    check("他說：“我們開始吧。”保持別動?！?", "他說：“我們開始吧。”保持別動?！?");
    check("他說：“我們開始吧。\n保持別動?！?", "他說：“我們開始吧。\n保持別動?！?");
    check("他擔心收入會減少?！拔覀円呀浐凸\uE088菊勥^了。保持別動?！?",
          "他擔心收入會減少。“我們已經和公司談過了。保持別動。”");
    ht_text t[2] = {text_of(HT_S("他問：“現在開始嗎?")), text_of(HT_S("保持別動?！?"))};
    ht_clean_report r;
    ht_clean_options o = {.target = HT_TO_KEEP};
    ht_clean(ht_cleaner_get(NULL), &arena, t, 2, &o, &r);
    assert_string_equal(ht_str_cstr(&arena, t[1].text), "保持別動?！?");
}

/* A run ends at a byte of its own, € for 80 among them, and goes on behind the reading of one of
 * its characters. */
static void ends(void **state) {
    (void)state;
    check("多個索引標籤可以同時開啟??赡軙\uE49A卸鄠€編輯器群組。",
          "多個索引標籤可以同時開啟。可能會有多個編輯器群組。");
    check("鑲了碧璽的假牙,能套在牙齒上??雌饋(kuì)砗荛W。",
          "鑲了碧璽的假牙,能套在牙齒上\uFFFD看起來很閃。");
    ht_clean_report r; /* what is behind a gloss is told by what is before it */
    ht_text t = cleaned(
        joined(glossed, "您可在一個編輯器群組中開啟多個索引標籤(qiān)?？梢允褂枚嗟木庉嬈魅航M。"),
        HT_REPAIR_ALL, &r);
    assert_true(ht_str_find(t.text, HT_S("標籤。可以使用多的編輯器群組。"), 0) != SIZE_MAX);
}

static ht_str first(const char *s, size_t n) {
    size_t at = 0;
    while (n--) ht_utf8_next(ht_str_of(s), &at);
    return (ht_str){s, at};
}

/* A run is followed for SHIFT_MAX_RUN characters. */
static void limit_of_runs(void **state) {
    static const char run[] =
        "！敖裉煳液图胰艘黄鹑タ创蠛５娜粘觯\uE0DE魈煳液屯\uE0E5乱黄鹑タ茨抢锏拇笊剑"
        "\uE0D5筇煳液团笥岩黄鹑タ闯鞘械拇蠛樱\uE0E9以谀抢锟吹搅撕芏嗳耍\uE0E6\uE37F苍谀抢";
    static const char is[] = "。“今天我和家人一起去看大海的日出，明天我和同事一起去看那里的大山"
                             "，后天我和朋友一起去看城市的大河，我在那里看到了很多人，他也在那里";
    (void)state;
    for (size_t n = 63; n <= 65; n++) {
        ht_str damaged = first(run, n), repaired = first(is, n);
        ht_str s =
            ht_format(&arena, SURE "\n" SURE "\n大家都這樣說?" HT_FMT "?/p>", HT_ARG(damaged));
        ht_str want = ht_format(&arena, SURE_IS "\n" SURE_IS "\n大家都這樣說" HT_FMT "\uFFFD",
                                HT_ARG(repaired));
        ht_str left = ht_format(&arena, SURE_IS "\n" SURE_IS "\n大家都這樣說?" HT_FMT "?/p>",
                                HT_ARG(damaged));
        check(ht_str_cstr(&arena, s), ht_str_cstr(&arena, n < 65 ? want : left));
    }
}

/* What is not sure enough alone is so in a document that two others prove to be damaged, wherever
 * they stand in it. */
static void second_look(void **state) {
    (void)state;
    check(UNSURE, UNSURE);
    check(UNSURE "\n" SURE, UNSURE "\n" SURE_IS);
    check(SURE "\n" UNSURE, SURE_IS "\n" UNSURE);
    check(UNSURE "\n" SURE "\n" SURE, UNSURE_IS "\n" SURE_IS "\n" SURE_IS);
}

/* A repair is exact where all bytes are there or a gloss says the one that is not; not where there
 * was a choice: of two characters of one reading, of the first or the last one, of which a byte is
 * gone, or where a whole one is gone behind the run. */
static void choices(void **state) {
    static const struct {
        const char *damaged, *repaired;
        bool exact;
    } cases[] = {
        {"編輯器的回?zhēn)\uE02A俣茸?biàn)慢。", "編輯器的回應速度變慢。", true},
        {"二樓的助餐點，幾道菜一字?jǐn)[開，主食有米飯。",
         "二樓的助餐點，幾道菜一字擺開，主食有米飯。", true},
        {"卻能以極高的射?gāng)羲俣扰c(yǔ)低後(hòu)座力，達成目標。",
         "卻能以極高的射擊速度與低後座力，達成目標。", true},
        {"水映桃花酒?zī)M巵。亭上一聲(shēng)歌白苧，野人歸棹亦行遲。",
         "水映桃花酒滿巵。亭上一聲歌白苧，野人歸棹亦行遲。", true},
        {"巴塞連山萬里秋。節?tà)^重陽人病起，一枝殘菊不勝愁。",
         "巴塞連山萬里秋。節過重陽人病起，一枝殘菊不勝愁。", false},
        {"都無看花意，偶到?duì)溥厑?lái)?？蓱z枝上色，一一爲愁開。",
         "都無看花意，偶到樹邊來\uFFFD？蓱z枝上色，一一爲愁開。", false},
        {"控制游標是否應隱藏在概觀尺規?gàn)小?/p>", "控制游標是否應隱藏在概觀尺規中。", false},
        {"公司老闆李?？梢詻Q定這件事", "公司老闆李。可以決定這件事", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (ht_repair_level level = HT_REPAIR_ALL; level <= HT_REPAIR_EXACT; level++) {
            ht_clean_report r;
            ht_text t = cleaned(joined(glossed, cases[i].damaged), level, &r);
            bool done = cases[i].exact || level == HT_REPAIR_ALL;
            size_t at = ht_str_find(t.text, HT_S("\n"), 0) + 1;
            assert_string_equal(ht_str_cstr(&arena, ht_sub(t.text, at, t.text.n)),
                                done ? cases[i].repaired : cases[i].damaged);
            size_t n_inexact = 0;
            for (size_t k = 0; k < r.n_repairs; k++) n_inexact += !r.repairs[k].exact;
            assert_int_equal(n_inexact > 0, done && !cases[i].exact);
        }
}

/* A numeral is never guessed, though the model is sure of it. 叄 is the one that a marker can cut;
 * the model never prefers it. */
static void numerals(void **state) {
    static const char *const cut[] = {"這是第?！⒌谒炼颊f，大家聽了/p>",
                                      "位列第貳、第?！！闭鹃L點頭說，大家",
                                      "人民幣壹佰貳拾?！！闭鹃L點頭說，大家"};
    (void)state;
    check("大家都這樣說?！叭ツ旯\uE088臼俏ㄒ?/p>", "大家都這樣說。“去年公司是唯\uFFFD");
    check("大家都這樣說?！八\uE377堑冢?/p>", "大家都這樣說。“他是第\uFFFD");
    check("大家都這樣說?！叭ツ甑氖杖氡纫郧岸嗔恕Ｎ涣械谝?/p>",
          "大家都這樣說。“去年的收入比以前多了。位列第\uFFFD");
    check(SURE "\n" SURE "\n大家都這樣說?！叭ツ旯\uE088臼畮?/p>",
          SURE_IS "\n" SURE_IS "\n大家都這樣說。“去年公司十\uFFFD");
    check(SURE "\n" SURE "\n大家都這樣說?！叭ツ旯\uE088咀軈?/p>",
          SURE_IS "\n" SURE_IS "\n大家都這樣說。“去年公司总\uFFFD");
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        ht_clean_report r;
        ht_str s = ht_format(&arena, SURE "\n" SURE "\n%s", cut[i]);
        cleaned(s, HT_REPAIR_ALL, &r);
        assert_int_equal(r.n_repairs, 3);
        assert_int_equal(r.n_lost, 1);
    }
}

/* Places that are left are counted once each, by whichever step, however often it looks. */
static void left_alone(void **state) {
    static const char lost[] = "璺\uE21A彛鏈夋湇鍔＄珯锛岀珯閲屾湁鐑\uE15F按锛岄獞鎵嬮兘鏉ワ紝"
                               "澶у\uE18D閮借\uE1E9濂\uFFFD";
    static const char exact[] = "推動他們?yōu)槌鞘兄卫碡暙I力量。";
    (void)state;
    ht_text t[4] = {text_of(ht_str_of(lost)), text_of(HT_S(SURE)), text_of(ht_str_of(exact)),
                    text_of(ht_str_of(exact))};
    ht_clean_report r;
    ht_clean_options o = {.target = HT_TO_KEEP, .repair = HT_REPAIR_EXACT};
    ht_clean(ht_cleaner_get(NULL), &arena, t, 4, &o, &r);
    assert_int_equal(r.n_repairs, 2);
    assert_int_equal(r.n_left, 2);
    /* half a character before a gloss is a sign of damage behind an ideograph alone */
    cleaned(HT_S("甲?wáng)乙"), HT_REPAIR_ALL, &r);
    assert_int_equal(r.n_left, 1);
    cleaned(HT_S("abc?wáng)乙"), HT_REPAIR_ALL, &r);
    assert_int_equal(r.n_left, 0);
}

/* Two characters of which one is lost say too little. */
static void too_short(void **state) {
    static const char s[] = "我卻用力的握住了他的手，「回去後打電話給我?！?/p>";
    (void)state;
    ht_clean_report r;
    ht_text t = cleaned(ht_str_of(s), HT_REPAIR_ALL, &r);
    assert_string_equal(ht_str_cstr(&arena, t.text), s);
    assert_int_equal(r.n_left, 1);
}

static ht_str times(const char *s, size_t n) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    while (n--) ht_buf_add(&b, ht_str_of(s));
    return ht_buf_str(&b);
}

/* The text with `n` places that take much work and so much plain text before it. */
static ht_clean_report behind(size_t n, size_t plain, const char *s, ht_str *got) {
    ht_clean_report r;
    ht_text t = cleaned(ht_format(&arena, HT_FMT HT_FMT "\n%s", HT_ARG(times(HOSTILE, n)),
                                  HT_ARG(times("x", plain)), s),
                        HT_REPAIR_ALL, &r);
    *got = t.text;
    return r;
}

/* Neither much damage nor much that only looks so uses the work up; what does is counted. A place
 * of HOSTILE takes 5,900 bigrams: as much as 122 bytes of text may, so that 54 bytes of plain text
 * beside it make it pay. */
static void budget(void **state) {
    ht_str got;
    (void)state;
    ht_clean_report r;
    cleaned(times(SURE "\n", 3000), HT_REPAIR_ALL, &r);
    assert_int_equal(r.n_repairs, 3000);
    assert_int_equal(r.n_left, 0);
    cleaned(joined(ht_str_cstr(&arena, times("你去吗?!不知道。\n", 3000)), SURE), HT_REPAIR_ALL,
            &r);
    assert_int_equal(r.n_repairs, 1);
    r = behind(400, 400 * 54 * 5 / 4, SURE, &got);
    assert_int_equal(r.n_repairs, 1);
    assert_int_equal(r.n_left, 0);
    r = behind(400, 400 * 54 * 3 / 4, SURE, &got);
    assert_int_equal(r.n_repairs, 0);
    assert_in_range(r.n_left, 2, 60); /* the last of HOSTILE, and SURE */
}

/* A short text may cost more a byte than a long one, but not without end. */
static void budget_of_short_texts(void **state) {
    ht_str got;
    (void)state;
    ht_clean_report r = behind(150, 0, SURE, &got);
    assert_int_equal(r.n_repairs, 1);
    assert_int_equal(r.n_left, 0);
    r = behind(210, 0, SURE, &got);
    assert_int_equal(r.n_repairs, 0);
    assert_in_range(r.n_left, 2, 60);
}

/* The second look may cost as much as the first. */
static void budget_of_second_look(void **state) {
    ht_str got;
    (void)state;
    ht_clean_report r = behind(140, 0, SURE "\n" SURE "\n" UNSURE, &got);
    assert_int_equal(r.n_repairs, 3);
    assert_int_equal(r.n_left, 0);
    assert_true(ht_str_find(got, HT_S(UNSURE_IS), 0) != SIZE_MAX);
}

static int reset(void **state) {
    (void)state;
    ht_arena_reset(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(quotations, reset),
        cmocka_unit_test_teardown(ends, reset),
        cmocka_unit_test_teardown(limit_of_runs, reset),
        cmocka_unit_test_teardown(second_look, reset),
        cmocka_unit_test_teardown(choices, reset),
        cmocka_unit_test_teardown(numerals, reset),
        cmocka_unit_test_teardown(left_alone, reset),
        cmocka_unit_test_teardown(too_short, reset),
        cmocka_unit_test_teardown(budget, reset),
        cmocka_unit_test_teardown(budget_of_short_texts, reset),
        cmocka_unit_test_teardown(budget_of_second_look, reset),
    };
    ht_arena_init(&arena, 0);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    ht_arena_free(&arena);
    return failed;
}
