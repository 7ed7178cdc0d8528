#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/utf8.h"
#include "normalize/normalize.h"

static ht_arena arena;

static ht_text text_of(const char *s) {
    ht_text t = {ht_str_of(s), {0}};
    ht_offmap_init(&t.map, &arena);
    ht_offmap_add(&t.map, t.text.n, 0, t.text.n);
    return t;
}

static void clean_all(ht_text *texts, size_t n, ht_target target, ht_clean_report *report) {
    ht_clean(ht_cleaner_get(NULL), &arena, texts, n, &(ht_clean_options){.target = target}, report);
}

static ht_str cleaned(const char *s, ht_target target, ht_clean_report *report) {
    ht_text t = text_of(s);
    clean_all(&t, 1, target, report);
    return t.text;
}

static void check(const char *s, ht_target target, const char *want) {
    ht_clean_report r;
    ht_str got = cleaned(s, target, &r);
    assert_string_equal(ht_str_cstr(&arena, got), want);
}

static void folding(void **state) {
    static const struct {
        uint32_t from, to;
    } cases[] = {
        {0x9577, 0x957F},
        /* 長 长 */ {0x957F, 0x957F},
        {0x2ED3, 0x957F}, /* ⻓ */
        {0x2FA7, 0x957F},
        /* ⾧ */ {0x2EC4, 0x897F},
        /* ⻄ 西 */ {0xF967, 0x4E0D},
        {0xFF10, '0'},
        {0xFF21, 'A'},
        {0xFF5A, 'z'},
        {0xFF05, '%'},
        {0xFF0E, '.'},
        {0xFF5E, '~'},
        {0x3000, ' '},
        {0xFF0C, 0xFF0C},
        {0xFF1A, 0xFF1A},
        {0xFF08, 0xFF08},
        {',', ','},
        {0x3007, 0x3007},
        {0x25CB, 0x25CB},
        {'a', 'a'},
        {0x10FFFF, 0x10FFFF},
        {0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(ht_fold(cases[i].from), cases[i].to);
}

/* Each block is converted for what it is; one without evidence goes with the document. */
static void scripts_of_blocks(void **state) {
    (void)state;
    ht_text t[3] = {text_of("全國計程車司機開會"), text_of("乾隆"), text_of("于谦说于是")};
    ht_clean_report r;
    clean_all(t, 3, HT_TO_HANS, &r);
    assert_true(r.hant);
    assert_true(ht_str_eq(t[0].text, HT_S("全国计程车司机开会")));
    assert_true(ht_str_eq(t[1].text, HT_S("乾隆")));
    assert_true(ht_str_eq(t[2].text, HT_S("于谦说于是")));
}

static void widths(void **state) {
    (void)state;
    check("服\u200B务\u00AD站\uFEFF共\u00A03\u2009个\uFE0F", HT_TO_HANS, "服务站共 3 个");
    check("⻄部⻓三角", HT_TO_HANS, "西部长三角");
    check("⾧江", HT_TO_KEEP, "長江");
    check("１２％，：（）", HT_TO_HANS, "１２％，：（）");
    check("甲\x01\x7F乙\t丙\r", HT_TO_HANS, "甲  乙\t丙 ");
}

static const char glossed[] =
    "市總工會(huì)說(shuō)，服務(wù)站已經(jīng)有30個(gè)，騎(qí)手們(men)進(jìn)站喝水，"
    "還(hái)能給(gěi)手機(jī)充電(diàn)，大約(yuē)1.3萬(wàn)人來(lái)過(guò)。";

static void glosses(void **state) {
    (void)state;
    ht_clean_report r;
    ht_str got = cleaned(glossed, HT_TO_HANS, &r);
    /* 總 has no gloss here, but it is no carrier: nothing speaks against the others */
    assert_int_equal(ht_repairs_of(&r, HT_REPAIR_GLOSS), 16);
    assert_string_equal(ht_str_cstr(&arena, got),
                        "市总工会说，服务站已经有30个，骑手们进站喝水，还能给手机充电，"
                        "大约1.3万人来过。");
    assert_string_equal(ht_str_cstr(&arena, ht_clean_summary(&arena, &r)), "gloss:16");
}

static void glosses_kept(void **state) {
    static const char *const cases[] = {
        /* a lesson: few carriers */
        "我们学了四个字：王(wáng)、李(lǐ)、张(zhāng)、陈(chén)。",
        /* many glosses, but on characters of both scripts */
        "人(rén)口(kǒu)手(shǒu)足(zú)日(rì)月(yuè)水(shuǐ)火(huǒ)山(shān)石(shí)",
        /* carriers that mostly stand without */
        "網(wǎng)點(diǎn)會(huì)說(shuō)車(chē)機(jī)員(yuán)運(yùn)"
        "，網點會說車機員運，網點會說車機員運",
        "速度(km)和质量(kg)的单位",
        /* three carriers that return, but one stands once without */
        "車(chē)員(yuán)動(dòng)，車(chē)員(yuán)動(dòng)，車(chē)員(yuán)動(dòng)，車(chē)員(yuán)動(dòng)，車",
        /* or return less often */
        "車(chē)員(yuán)動(dòng)，車(chē)員(yuán)動(dòng)，車(chē)員(yuán)動(dòng)，車(chē)員(yuán)",
        /* or are two */
        "車(chē)員(yuán)，車(chē)員(yuán)，車(chē)員(yuán)，車(chē)員(yuán)，車(chē)員(yuán)",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(cases[i], HT_TO_KEEP, cases[i]);
}

/* A few characters of a page that have their gloss each time. */
static void glosses_that_return(void **state) {
    (void)state;
    check("車(chē)員(yuán)動(dòng)手，電動(dòng)車(chē)，勸導員(yuán)推車(chē)，機動(dòng)車(chē)，"
          "一員(yuán)行動(dòng)，快遞員(yuán)",
          HT_TO_KEEP, "車員動手，電動車，勸導員推車，機動車，一員行動，快遞員");
}

/* The whole document is the evidence, not the block. */
static void glosses_across_blocks(void **state) {
    (void)state;
    ht_text t[5] = {text_of("服務(wù)站"), text_of("網(wǎng)點(diǎn)"), text_of("車(chē)間(jiān)"),
                    text_of("機(jī)會(huì)"), text_of("經(jīng)過(guò)")};
    ht_clean_report r;
    clean_all(t, 5, HT_TO_KEEP, &r);
    assert_int_equal(ht_repairs_of(&r, HT_REPAIR_GLOSS), 9);
    assert_true(ht_str_eq(t[0].text, HT_S("服務站")));
    assert_true(ht_str_eq(t[4].text, HT_S("經過")));
}

static void shifts(void **state) {
    static const struct {
        const char *damaged, *repaired, *summary;
    } cases[] = {
        {"平臺公司承諾減免費用?！闭鹃L點頭說，大家聽了都很高興。",
         "平臺公司承諾減免費用。”站長點頭說，大家聽了都很高興。", "shift-a:1"},
        {"服務站今年又增加了不少座位?！睆堦犻L介紹說。",
         "服務站今年又增加了不少座位。”張隊長介紹說。", "shift-a:1"},
        {"他擔心收入會減少?！拔覀円呀浐凸\uE088菊勥^了?！惫\uE63A\uE49D飨\uE20Af。",
         "他擔心收入會減少。“我們已經和公司談過了。”工會主席說。", "shift-a:2"},
        {"鎮上修好了新路?！斑^去送一趟貨要繞遠路?！彼緳C老陳說。",
         "鎮上修好了新路。“過去送一趟貨要繞遠路。”司機老陳說。", "shift-a:2"},
        /* with the marks folded to ASCII since */
        {"服務站今年又增加了不少座位?!睆堦犻L介紹說。",
         "服務站今年又增加了不少座位。”張隊長介紹說。", "shift-a:1"},
        /* a digit was eaten: it is marked, no number is read there */
        {"鎮上修好了新路?！懊刻煲\uE02C\uE2BA嚼锼?0個包裹。",
         "鎮上修好了新路。“每天要往山里\uFFFD\uFFFD0個包裹。", "shift-a:1|lost:2"},
        /* the model is sure of 第一, but a numeral is never guessed */
        {"大家都這樣說?！叭ツ甑氖杖氡纫郧岸嗔恕Ｎ涣械谝?/p>",
         "大家都這樣說。“去年的收入比以前多了。位列第\uFFFD", "shift-a:1|lost:1"},
        /* which mark ends it is told by the quotation that is open */
        {"柔和的機器人聲音說：“我們開始吧。保持別動?！?",
         "柔和的機器人聲音說：“我們開始吧。保持別動。”", "shift-a:1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_clean_report r;
        ht_str got = cleaned(cases[i].damaged, HT_TO_KEEP, &r);
        assert_string_equal(ht_str_cstr(&arena, got), cases[i].repaired);
        assert_string_equal(ht_str_cstr(&arena, ht_clean_summary(&arena, &r)), cases[i].summary);
    }
}

/* A vanished orphan leaves no sign in ASCII: what its repair put into the text is seen all the
 * same. */
static void vanished_orphans(void **state) {
    (void)state;
    ht_text t[3] = {text_of(glossed), text_of("昨天小；顒蝇F場很熱鬧。"),
                    text_of("昨天小；顒蝇F場")};
    ht_clean_report r;
    clean_all(t, 3, HT_TO_HANS, &r);
    assert_string_equal(ht_str_cstr(&arena, t[1].text), "昨天小\uFFFD活动现场很热闹。");
    assert_string_equal(ht_str_cstr(&arena, ht_clean_summary(&arena, &r)),
                        "shift-c:2|gloss:16|lost:2");
    /* without glosses in the document it is not looked for */
    check("昨天小；顒蝇F場很熱鬧。", HT_TO_KEEP, "昨天小；顒蝇F場很熱鬧。");
}

/* Text that nobody damaged, with question marks in every company. */
static void unharmed(void **state) {
    static const char *const cases[] = {
        "这是真的吗?!他说不知道。",
        "什么?,真的?,不会吧?:是的",
        "你去吗??我不去。",
        "https://example.com/?a=1&b=2",
        "为什么?!?",
        "“真的吗？”他问。",
        "(why?) 是的?;不是",
        "到底有多少人?谁也说不清!",
        "?!",
        "?",
        "?，",
        "??????????",
        "價格漲了嗎?!大家都在問。",
        "甲?wáng)乙",
        "A?!B?,C?;D",
        "他问:几点了?,我说十点?!",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_clean_report r;
        ht_str got = cleaned(cases[i], HT_TO_KEEP, &r);
        assert_string_equal(ht_str_cstr(&arena, got), cases[i]);
        assert_int_equal(r.n_repairs, 0);
    }
}

static void places_of_repairs(void **state) {
    (void)state;
    ht_text t = text_of("\u200B服務站今年又增加了不少座位?！睆堦犻L介紹說。");
    ht_str old = t.text;
    ht_clean_report r;
    clean_all(&t, 1, HT_TO_HANS, &r);
    assert_int_equal(r.n_repairs, 2);
    const ht_repair *dropped = &r.repairs[0], *shift = &r.repairs[1];
    assert_int_equal(dropped->kind, HT_REPAIR_INVISIBLE);
    assert_int_equal(dropped->start, dropped->end);
    assert_true(ht_str_eq(ht_sub(old, dropped->from, dropped->to), HT_S("\u200B")));
    assert_false(shift->exact); /* the first byte of the 。 is gone */
    assert_string_equal(ht_repair_name(shift->kind), "shift-a");
    ht_str got = ht_sub(t.text, shift->start, shift->end);
    assert_true(ht_str_starts(got, HT_S("。”张")));
    assert_true(ht_str_starts(ht_sub(old, shift->from, shift->to), HT_S("?！睆堦")));
    ht_span s = ht_offmap_source(&t.map, shift->start, shift->end);
    assert_int_equal(s.start, shift->from);
    assert_int_equal(s.end, shift->to);
    size_t at = ht_str_find(t.text, HT_S("介绍"), 0);
    s = ht_offmap_source(&t.map, at, at + 6);
    assert_true(ht_str_eq(ht_sub(old, s.start, s.end), HT_S("介紹")));
}

static uint32_t seed = 11;
static uint32_t any(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* Every character of a cleaned text either is what stands at its origin (but for its script), or is
 * within a repair. Spans go forward and stay inside. */
static void maps(void **state) {
    static const char *const pool[] = {"網(wǎng)", "點(diǎn)",
                                       "服務(wù)", "車(chē)",
                                       "人",       "，",
                                       "30個(gè)", "\u200B",
                                       "⻓",       "\u00AD",
                                       "說(shuō)", "全國",
                                       "乾隆",     "後臺",
                                       "?!",       "?,F",
                                       "?jǐn)[",   "。",
                                       "機(jī)",   "x",
                                       "來(lái)",  "平臺公司承諾減免費用?！闭鹃L點頭說",
                                       "\uFFFD",   "𠮷"};
    (void)state;
    for (int round = 0; round < 400; round++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        for (uint32_t n = 1 + any(60); n; n--)
            ht_buf_add(&b, ht_str_of(pool[any(sizeof pool / sizeof *pool)]));
        ht_str old = ht_buf_str(&b);
        ht_text t = {old, {0}};
        ht_offmap_init(&t.map, &arena);
        ht_offmap_add(&t.map, old.n, 0, old.n);
        ht_clean_report r;
        ht_target target = (ht_target)any(5);
        clean_all(&t, 1, target, &r);
        assert_int_equal(ht_utf8_valid_until(t.text), t.text.n);
        assert_int_equal(t.map.n_out, t.text.n);
        size_t last = 0;
        for (size_t at = 0; at < t.text.n;) {
            size_t from = at, i = 0;
            uint32_t c = ht_utf8_next(t.text, &at);
            ht_span s = ht_offmap_source(&t.map, from, at);
            assert_true(s.start >= last || s.end > last);
            assert_true(s.start < s.end && s.end <= old.n);
            last = s.start;
            while (i < r.n_repairs && !(r.repairs[i].start <= from && at <= r.repairs[i].end)) i++;
            if (i < r.n_repairs) continue;
            size_t place = s.start;
            uint32_t origin = ht_utf8_next(old, &place);
            if (target == HT_TO_KEEP || c < 0x3400) {
                assert_int_equal(place, s.end);
                assert_true(c == origin || ht_fold(c) == ht_fold(origin));
            }
        }
    }
}

/* Decoded with the wrong charset once, and saved. */
static void recoded(void **state) {
    static const char *const cases[][3] = {
        {"\u00E8\u00A1—\u00E9\xC2\x81"
         "“\u00E5œ\u00A8\u00E8\u00B7\u00AF\u00E5\xC2\x8F"
         "\u00A3\u00E6–\u00B0\u00E8\u00AE\u00BE\u00E4\u00BA†\u00E4\u00B8\u00A4\u00E4\u00B8\u00AA"
         "\u00E6œ\xC2\x8D"
         "\u00E5Š\u00A1\u00E7\u00AB™\u00EF\u00BCŒ\u00E6\u00AF\xC2\x8F"
         "\u00E5\u00A4\u00A9\u00E6Ž\u00A5\u00E5\u00BE…\u00E7\u00BA\u00A6120\u00E5\xC2\x90"
         "\xC2\x8D"
         "\u00E9\u00AA‘\u00E6‰‹\u00E3€‚",
         "街道在路口新设了两个服务站，每天接待约120名骑手。", "utf8-as-latin:1"},
        {"\u00E8\u00A1\xC2\x97"
         "\u00E9\xC2\x81"
         "\xC2\x93"
         "\u00E5\xC2\x9C"
         "\u00A8\u00E8\u00B7\u00AF\u00E5\xC2\x8F"
         "\u00A3\u00E6\xC2\x96"
         "\u00B0\u00E8\u00AE\u00BE\u00E4\u00BA\xC2\x86"
         "\u00E4\u00B8\u00A4\u00E4\u00B8\u00AA\u00E6\xC2\x9C"
         "\xC2\x8D"
         "\u00E5\xC2\x8A"
         "\u00A1\u00E7\u00AB\xC2\x99"
         "\u00EF\u00BC\xC2\x8C"
         "\u00E6\u00AF\xC2\x8F"
         "\u00E5\u00A4\u00A9\u00E6\xC2\x8E"
         "\u00A5\u00E5\u00BE\xC2\x85"
         "\u00E7\u00BA\u00A6120\u00E5\xC2\x90"
         "\xC2\x8D"
         "\u00E9\u00AA\xC2\x91"
         "\u00E6\xC2\x89"
         "\xC2\x8B"
         "\u00E3\xC2\x80"
         "\xC2\x82"
         "",
         "街道在路口新设了两个服务站，每天接待约120名骑手。", "utf8-as-latin:1"},
        {"\u00BD\u00D6\u00B5\u00C0\u00D4\u00DA\u00C2\u00B7\u00BF\u00DA\u00D0\u00C2\u00C9\u00E8"
         "\u00C1\u00CB\u00C1\u00BD\u00B8\u00F6\u00B7\u00FE\u00CE\u00F1\u00D5\u00BE\u00A3\u00AC"
         "\u00C3\u00BF\u00CC\u00EC\u00BD\u00D3\u00B4\u00FD\u00D4\u00BC120\u00C3\u00FB\u00C6\u00EF"
         "\u00CA\u00D6\u00A1\u00A3",
         "街道在路口新设了两个服务站，每天接待约120名骑手。", "gbk-as-latin:1"},
        {"\u00AF\u00B8\u00B8\u00CC\u00AF\u00E0\u00A5R\u00B9q\u00A1A\u00A4]"
         "\u00AF\u00E0\u00B3\u00DC\u00A4\u00F4\u00A1A\u00A8C\u00A4\u00D1\u00B1\u00B5\u00AB\u00DD"
         "\u00C3M\u00A4\u00E2\u00A1C",
         "站裡能充電，也能喝水，每天接待騎手。", "big5-as-latin:1"},
        /* much ASCII between them, and bytes that Windows-1252 has outside U+0080-00FF */
        {"2024\u00E5\u00B9\u00B45\u00E6\u0153\u02C61\u00E6\u2014\u00A512:00", "2024年5月1日12:00",
         "utf8-as-latin:1"},
        {"\u00E6\u0153\u02C6\u00E8\u2013\u00AA3000-5000\u00E5\u2026\u0192", "月薪3000-5000元",
         "utf8-as-latin:1"},
        {"“……——……”“……——……”‘……’", "“……——……”“……——……”‘……’", ""},
        {"M\u00FCller, \u00D6sterreich: "
         "\u00C4\u00D6\u00DC\u00E4\u00F6\u00FC\u00DF\u00E9\u00E8\u00EA",
         "M\u00FCller, \u00D6sterreich: "
         "\u00C4\u00D6\u00DC\u00E4\u00F6\u00FC\u00DF\u00E9\u00E8\u00EA",
         ""},
        {"璺\uE21A彛鏈夋湇鍔＄珯锛岀珯閲屾湁鐑\uE15F按锛岄獞鎵嬮兘鏉ワ紝澶у\uE18D閮借\uE1E9濂"
         "\uFFFD",
         NULL, "路口有服务站，站里有热水，骑手都来，大家都说好"},
        {"鍙告満璇达紝绔欓噷鑳藉厖鐢碉紝鑳藉枬姘达紝杩樿兘浼戞伅", NULL,
         "司机说，站里能充电，能喝水，还能休息"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_clean_report r;
        ht_str got = cleaned(cases[i][0], HT_TO_KEEP, &r);
        if (cases[i][1]) {
            assert_string_equal(ht_str_cstr(&arena, got), cases[i][1]);
            assert_string_equal(ht_str_cstr(&arena, ht_clean_summary(&arena, &r)), cases[i][2]);
        } else { /* some bytes are gone for good */
            assert_int_equal(r.repairs[0].kind, HT_REPAIR_UTF8_AS_GBK);
            assert_true(ht_str_starts(got, ht_sub(ht_str_of(cases[i][2]), 0, 9)));
        }
    }
}

/* Big5 read as GBK and the reverse; names in a language of their own are left alone. */
static void other_script(void **state) {
    static const struct {
        const char *damaged, *repaired;
        ht_repair_kind kind;
        bool exact;
    } cases[] = {
        {"\uE1ED柑\uE215\uE658筿\uE4C7\uE603\uE215耻\uE772\uE4C7–ぱ钡\uE09A肕も\uE4C9",
         "站裡能充電，也能喝水，每天接待騎手。", HT_REPAIR_BIG5_AS_GBK, true},
        {"掛惆捅 暮氪植庈軞馱頗鳳洃ㄛ諍祫奻堎菁ㄛ", "本报讯 记者从市总工会获悉，截至上月底，",
         HT_REPAIR_GBK_AS_BIG5, true},
        {"作家璀璨，侯淅珉", "作家璀璨，侯淅珉", HT_REPAIR_KINDS, false},
        {"ありがとうございます", "ありがとうございます", HT_REPAIR_KINDS, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_clean_report r;
        ht_str got = cleaned(cases[i].damaged, HT_TO_KEEP, &r);
        assert_string_equal(ht_str_cstr(&arena, got), cases[i].repaired);
        assert_int_equal(r.n_repairs, cases[i].kind != HT_REPAIR_KINDS);
        if (!r.n_repairs) continue;
        assert_int_equal(r.repairs[0].kind, cases[i].kind);
        assert_int_equal(r.repairs[0].exact, cases[i].exact);
    }
}

static void entities(void **state) {
    static const struct {
        const char *from, *text, *markup;
    } cases[] = {
        {"&#22909;&#x597D;&#X597d;", "好好好", "好好好"},
        {"&#22909&#x597D 人", "好好 人", "好好 人"},
        {"&amp;#22909;&amp;ldquo;", "好“", "好“"},
        {"&amp;amp;#22909;", "&#22909;", "&amp;amp;#22909;"},
        {"A&amp;B &lt;p&gt;", "A&B <p>", "A&amp;B &lt;p&gt;"},
        {"约3&nbsp;万人", "约3 万人", "约3 万人"},
        {"a=1&copy=2&b=3", "a=1&copy=2&b=3", "a=1&copy=2&b=3"},
        {"&#38;&#0;&#xD800;", "&\uFFFD\uFFFD", "&#38;\uFFFD\uFFFD"},
        {"&#10;&#13;", "  ", "&#10;&#13;"},
        {"&", "&", "&"},
        {"& &; &# &#; &#x;", "& &; &# &#; &#x;", "& &; &# &#; &#x;"},
        {"&#150;&#128;", "–€", "–€"},
        /* without its semicolon a number that names no character is a number */
        {"订单R&#20241231号，AT&#99999999万元", "订单R&#20241231号，AT&#99999999万元",
         "订单R&#20241231号，AT&#99999999万元"},
        {"&#55357万&#xFFFE元&#65533&#57344&#x10FFFF1", "&#55357万&#xFFFE元&#65533&#57344&#x10FFFF1",
         "&#55357万&#xFFFE元&#65533&#57344&#x10FFFF1"},
        {"&#20241231;&#131071;", "\uFFFD\U0001FFFF", "\uFFFD\U0001FFFF"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int markup = 0; markup < 2; markup++) {
            ht_text t = text_of(cases[i].from);
            ht_clean_report r;
            ht_clean_options o = {.target = HT_TO_KEEP, .markup = markup};
            ht_clean(ht_cleaner_get(NULL), &arena, &t, 1, &o, &r);
            const char *want = markup ? cases[i].markup : cases[i].text;
            assert_string_equal(ht_str_cstr(&arena, t.text), want);
            assert_int_equal(ht_repairs_of(&r, HT_REPAIR_ENTITY) > 0,
                             strcmp(cases[i].from, want) != 0);
        }
}

/* --repair: off leaves every byte, exact leaves - and counts - what the model had to choose. */
static void levels(void **state) {
    static const struct {
        const char *damaged, *repaired;
        bool exact;
    } cases[] = {
        {"他擔心收入會減少?！拔覀円呀浐凸\uE088菊勥^了?！惫\uE63A\uE49D飨\uE20Af。",
         "他擔心收入會減少。“我們已經和公司談過了。”工會主席說。", false},
        {"服務站今年又增加了不少座位?！睆堦犻L介紹說。",
         "服務站今年又增加了不少座位。”張隊長介紹說。", false},
        {"二樓的助餐點，幾道菜一字?jǐn)[開，主食有米飯。",
         "二樓的助餐點，幾道菜一字擺開，主食有米飯。", true},
        {"推動他們?yōu)槌鞘兄卫碡暙I力量。", "推動他們為城市治理貢獻力量。", true},
        /* 海, 牛, 停, 常 and others stood there as well as 。 */
        {"公司老闆李?？梢詻Q定這件事", "公司老闆李。可以決定這件事", false},
        /* misread, and a byte lost on the way */
        {"璺\uE21A彛鏈夋湇鍔＄珯锛岀珯閲屾湁鐑\uE15F按锛岄獞鎵嬮兘鏉ワ紝澶у\uE18D閮借\uE1E9濂"
         "\uFFFD",
         "路口有服务站，站里有热水，骑手都来，大家都说\uFFFD", false},
        {"掛惆捅 暮氪植庈軞馱頗鳳洃ㄛ諍祫奻堎菁ㄛ", "本报讯 记者从市总工会获悉，截至上月底，",
         true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (ht_repair_level level = HT_REPAIR_ALL; level <= HT_REPAIR_OFF; level++) {
            ht_text t = text_of(cases[i].damaged);
            ht_clean_report r;
            ht_clean_options o = {.target = HT_TO_KEEP, .repair = level};
            ht_clean(ht_cleaner_get(NULL), &arena, &t, 1, &o, &r);
            bool done = level == HT_REPAIR_ALL || (level == HT_REPAIR_EXACT && cases[i].exact);
            assert_string_equal(ht_str_cstr(&arena, t.text),
                                done ? cases[i].repaired : cases[i].damaged);
            assert_int_equal(r.n_repairs > 0, done);
            for (size_t k = 0; k < r.n_repairs; k++)
                assert_int_equal(r.repairs[k].exact, cases[i].exact);
            assert_int_equal(r.n_left > 0, level == HT_REPAIR_EXACT && !done);
        }
    ht_text t = text_of("网\u200B约⻋&#22909;&nbsp;");
    ht_clean_report r;
    ht_clean_options off = {.target = HT_TO_KEEP, .repair = HT_REPAIR_OFF};
    ht_clean(ht_cleaner_get(NULL), &arena, &t, 1, &off, &r);
    assert_string_equal(ht_str_cstr(&arena, t.text), "网\u200B约⻋&#22909;&nbsp;");
}

static ht_text cleaned_as(const char *s, ht_repair_level level, ht_clean_report *r) {
    ht_text t = text_of(s);
    ht_clean_options o = {.target = HT_TO_KEEP, .repair = level};
    ht_clean(ht_cleaner_get(NULL), &arena, &t, 1, &o, r);
    return t;
}

/* A run that is by chance as long as the damaged one leads to it as a whole. */
static void run_of_same_length(void **state) {
    static const char before[] = "騎手們都說,這個驛站很溫馨,“家門口就有了歇腳地";
    (void)state;
    ht_str s = ht_format(&arena, "%s?!?/p>", before);
    ht_clean_report r;
    ht_text t = cleaned_as(ht_str_cstr(&arena, s), HT_REPAIR_ALL, &r);
    size_t from = sizeof before - 1;
    assert_true(ht_str_eq(ht_sub(t.text, from, t.text.n), HT_S("。”")));
    assert_int_equal(t.text.n, s.n);
    for (size_t at = from; at < t.text.n; at += 3) {
        ht_span source = ht_offmap_source(&t.map, at, at + 3);
        assert_int_equal(source.start, from);
        assert_int_equal(source.end, s.n);
    }
}

/* Characters that take as many bytes as before need no run of their own in the map. */
static void run_of_many(void **state) {
    (void)state;
    ht_text t = text_of("網點說會有車來");
    assert_true(ht_convert(&arena, HT_S("t2s"), &t));
    assert_string_equal(ht_str_cstr(&arena, t.text), "网点说会有车来");
    assert_int_equal(t.map.n, 1);
    t = text_of("甲⻄⻓⻄乙");
    ht_clean_report r;
    clean_all(&t, 1, HT_TO_KEEP, &r);
    assert_int_equal(r.n_repairs, 3);
    assert_int_equal(t.map.n, 1);
}

static void forms(void **state) {
    (void)state;
    ht_clean_report r;
    ht_str got = cleaned("⻄\uF967\uE816\u200B\uFE0F\u00A0x\U000E0100", HT_TO_KEEP, &r);
    assert_string_equal(ht_str_cstr(&arena, got), "西不\U00020087 x");
    assert_string_equal(ht_str_cstr(&arena, ht_clean_summary(&arena, &r)),
                        "radical:1|compatibility:2|invisible:3|space:1");
}

static void punctuation(void **state) {
    (void)state;
    ht_text t = text_of("“约３万人”，《报告》：（１２％）……【注】、。！？；～");
    ht_clean_report r;
    ht_clean_options o = {.target = HT_TO_KEEP, .ascii_punctuation = true};
    ht_clean(ht_cleaner_get(NULL), &arena, &t, 1, &o, &r);
    assert_string_equal(ht_str_cstr(&arena, t.text), "\"约３万人\",<报告>:(１２%)......[注],.!?;~");
    assert_int_equal(t.map.n_out, t.text.n);
    assert_int_equal(r.n_repairs, 0);
}

/* Damaged-looking text without end takes time in proportion, not more. */
static void hostile(void **state) {
    static const char *const pool[] = {"?!", "?,", "?jǐn)", "？", "艾F",
                                       "敝", "(",  "wǎng)", ")",  "網(wǎng)"};
    (void)state;
    for (uint32_t k = 0; k < 12; k++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        while (b.n < 400000)
            ht_buf_add(&b, ht_str_of(pool[k < 10 ? (b.n & 1  ? k
                                                    : any(2) ? k
                                                             : any(10))
                                                 : any(10)]));
        ht_text t = {ht_buf_str(&b), {0}};
        ht_offmap_init(&t.map, &arena);
        ht_offmap_add(&t.map, t.text.n, 0, t.text.n);
        ht_clean_report r;
        clean_all(&t, 1, HT_TO_HANS, &r);
        assert_int_equal(t.map.n_out, t.text.n);
        ht_arena_reset(&arena);
    }
}

static void empty(void **state) {
    (void)state;
    ht_clean_report r;
    clean_all(NULL, 0, HT_TO_HANS, &r);
    assert_int_equal(ht_clean_summary(&arena, &r).n, 0);
    check("", HT_TO_HANS, "");
    check("\u200B", HT_TO_HANS, "");
}

static int reset(void **state) {
    (void)state;
    ht_arena_reset(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(folding, reset),
        cmocka_unit_test_teardown(scripts_of_blocks, reset),
        cmocka_unit_test_teardown(widths, reset),
        cmocka_unit_test_teardown(glosses, reset),
        cmocka_unit_test_teardown(glosses_kept, reset),
        cmocka_unit_test_teardown(glosses_that_return, reset),
        cmocka_unit_test_teardown(glosses_across_blocks, reset),
        cmocka_unit_test_teardown(shifts, reset),
        cmocka_unit_test_teardown(vanished_orphans, reset),
        cmocka_unit_test_teardown(unharmed, reset),
        cmocka_unit_test_teardown(places_of_repairs, reset),
        cmocka_unit_test_teardown(maps, reset),
        cmocka_unit_test_teardown(recoded, reset),
        cmocka_unit_test_teardown(other_script, reset),
        cmocka_unit_test_teardown(entities, reset),
        cmocka_unit_test_teardown(levels, reset),
        cmocka_unit_test_teardown(run_of_same_length, reset),
        cmocka_unit_test_teardown(run_of_many, reset),
        cmocka_unit_test_teardown(forms, reset),
        cmocka_unit_test_teardown(punctuation, reset),
        cmocka_unit_test_teardown(hostile, reset),
        cmocka_unit_test_teardown(empty, reset),
    };
    ht_arena_init(&arena, 0);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    ht_arena_free(&arena);
    return failed;
}
