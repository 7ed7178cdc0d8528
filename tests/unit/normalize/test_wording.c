/* Script conversion: OpenCC's, and the one that knows words and names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/utf8.h"
#include "normalize/normalize.h"
#include "normalize/words.h"

static ht_arena arena;

static ht_text text_of(const char *s) {
    ht_text t = {ht_str_of(s), {0}};
    ht_offmap_init(&t.map, &arena);
    ht_offmap_add(&t.map, t.text.n, 0, t.text.n);
    return t;
}

static void check(const char *s, ht_target target, const char *want) {
    ht_text t = text_of(s);
    ht_clean_report r;
    ht_clean(ht_cleaner_get(NULL), &arena, &t, 1, &(ht_clean_options){.target = target}, &r);
    assert_string_equal(ht_str_cstr(&arena, t.text), want);
    assert_int_equal(t.map.n_out, t.text.n);
}

static void script(void **state) {
    static const struct {
        ht_target target;
        const char *from, *to;
    } cases[] = {
        {HT_TO_HANS, "全國計程車司機約三萬餘名", "全国计程车司机约三万余名"},
        {HT_TO_HANS, "乾隆年間的乾糧鋪子發展起來", "乾隆年间的干粮铺子发展起来"},
        {HT_TO_HANS, "瞭望塔與理髮店開門後", "瞭望塔与理发店开门后"},
        {HT_TO_HANS, "乾隆年间的粮铺发展了", "乾隆年间的粮铺发展了"},
        {HT_TO_HANS, "著名作家在瞭望台上", "著名作家在瞭望台上"},
        {HT_TO_KEEP, "全國司機", "全國司機"},
        {HT_TO_HANT, "头发和发展", "頭髮和發展"},
        {HT_TO_HANT, "干部在后台等候皇后", "幹部在後臺等候皇后"},
        {HT_TO_HANT, "全國司機", "全國司機"},
        {HT_TO_TW, "里面的人", "裡面的人"},
        {HT_TO_HK, "里面的人", "裏面的人"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(cases[i].from, cases[i].target, cases[i].to);
}

static void conversions(void **state) {
    static const char *const cases[][3] = {
        {"t2s", "乾糧與乾隆", "干粮与乾隆"},
        {"s2t", "头发", "頭髮"},
        {"s2tw", "里面", "裡面"},
        {"s2hk", "里面", "裏面"},
        {"s2twp", "网络信息", "網路資訊"},
        {"tw2sp", "網路資訊", "网络信息"},
        {"tw2s", "裡面", "里面"},
        {"hk2s", "裏面", "里面"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_text t = text_of(cases[i][1]);
        assert_true(ht_convert(&arena, ht_str_of(cases[i][0]), &t));
        assert_string_equal(ht_str_cstr(&arena, t.text), cases[i][2]);
        assert_int_equal(t.map.n_out, t.text.n);
    }
    ht_text t = text_of("x");
    assert_false(ht_convert(&arena, HT_S("s2x"), &t));
}

/* What plain conversion gets wrong, because a phrase's characters belong to two words. */
static void borders(void **state) {
    static const char *const cases[][2] = {
        {"这项技术被发明于1990年", "這項技術被發明於1990年"},
        {"活动展示了如何使用", "活動展示了如何使用"},
        {"他从头发现问题", "他從頭發現問題"},
        {"下面包括三个部分", "下面包括三個部分"},
        {"里面有面粉", "裏面有麪粉"},
        {"发展中国家的发达地区", "發展中國家的發達地區"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(cases[i][0], HT_TO_HANT, cases[i][1]);
}

static void names(void **state) {
    static const char *const cases[][2] = {
        {"记者于海洋报道，主任范建国说", "記者于海洋報道，主任范建國說"},
        {"书记郁建兴指出，局长党建平介绍", "書記郁建興指出，局長党建平介紹"},
        {"余先生表示满意，余下的3万余人", "余先生表示滿意，餘下的3萬餘人"},
        {"范围和规范，党员和党委", "範圍和規範，黨員和黨委"},
        {"主任于今日说，于近日介绍", "主任於今日說，於近日介紹"},
        {"余国庆先生来了，余国庆主任来了", "余國慶先生來了，余國慶主任來了"},
        {"余国庆老师说，范国庆教授到了", "余國慶老師說，范國慶教授到了"},
        {"书记余国庆，余国庆书记来了", "書記余國慶，余國慶書記來了"},
        {"江干区、余杭区、于洪区、湖里区", "江干區、餘杭區、于洪區、湖里區"},
        {"岳阳市和南岳区的岳父", "岳陽市和南嶽區的岳父"},
        {"台州市和台湾的台风", "台州市和臺灣的颱風"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(cases[i][0], HT_TO_HANT, cases[i][1]);
}

static void words(void **state) {
    static const struct {
        const char *before, *phrase, *behind;
        bool allowed;
    } cases[] = {
        {"这项技术被", "发明", "于", true}, {"这项技术", "被发", "明于", false},
        {"展示", "了如", "何使用", false},  {"对情况", "了如指掌", "", true},
        {"", "岳阳", "市", true},           {"减少", "数组", "织的负担", false},
        {"3", "头发", "3", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n, from = ht_utf8_count(ht_str_of(cases[i].before));
        ht_str all = ht_format(&arena, "%s%s%s", cases[i].before, cases[i].phrase, cases[i].behind);
        uint32_t *c = ht_utf8_decode(&arena, all, &n);
        size_t to = from + ht_utf8_count(ht_str_of(cases[i].phrase));
        assert_int_equal(words_allow(c, n, from, to), cases[i].allowed);
    }
}

static int reset(void **state) {
    (void)state;
    ht_arena_reset(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(script, reset),  cmocka_unit_test_teardown(conversions, reset),
        cmocka_unit_test_teardown(borders, reset), cmocka_unit_test_teardown(names, reset),
        cmocka_unit_test_teardown(words, reset),
    };
    ht_arena_init(&arena, 0);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    ht_arena_free(&arena);
    return failed;
}
