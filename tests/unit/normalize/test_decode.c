#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "normalize/bulk.h"
#include "normalize/charset.h"
#include "normalize/normalize.h"

#define NEWS \
    "本报讯 记者从市总工会获悉，截至上月底，全市已建成户外劳动者服务站点三百余个，" \
    "覆盖主要街道和商圈。骑手、环卫工人和货车司机可以在这里喝水、充电、休息。"
#define NEWS_HANT \
    "本報訊 記者從市總工會獲悉，截至上月底，全市已建成戶外勞動者服務站點三百餘個，" \
    "覆蓋主要街道和商圈。騎手、環衛工人和貨車司機可以在這裡喝水、充電、休息。"

static ht_arena arena;

static ht_str encoded(ht_str text, const char *name) {
    size_t room = text.n * 4 + 16, left = text.n;
    char *out = ht_arena_alloc(&arena, room), *to = out, *from = ht_str_cstr(&arena, text);
    size_t all = room;
    iconv_t c = iconv_open(name, "UTF-8");
    assert_true(c != (iconv_t)-1);
    assert_int_equal(iconv(c, &from, &left, &to, &room), 0);
    iconv_close(c);
    return (ht_str){out, all - room};
}

static void check(ht_str bytes, const char *declared, const char *forced, const char *name,
                  const char *basis, const char *text) {
    ht_decoded d;
    ht_trouble t = {0};
    assert_true(ht_decode(&arena, bytes, ht_str_of(declared), ht_str_of(forced), &d, &t));
    assert_string_equal(d.charset, name);
    assert_string_equal(d.basis, basis);
    if (text) {
        assert_int_equal(d.text.n, strlen(text));
        assert_memory_equal(d.text.p, text, d.text.n);
    }
}

static void labels(void **state) {
    static const char *const cases[][2] = {
        {"gb2312", "GB18030"},
        {"GBK", "GB18030"},
        {" gb_2312-80 ", "GB18030"},
        {"x-gbk", "GB18030"},
        {"cp936", "GB18030"},
        {"\"GB18030\"", "GB18030"},
        {"big5", "BIG5-HKSCS"},
        {"x-x-big5", "BIG5-HKSCS"},
        {"csBig5", "BIG5-HKSCS"},
        {"ms950", "BIG5-HKSCS"},
        {"Big5-HKSCS", "BIG5-HKSCS"},
        {"hz-gb-2312", "HZ"},
        {"utf8", "UTF-8"},
        {"UTF-16", "UTF-16LE"},
        {"utf-16be", "UTF-16BE"},
        {"iso-8859-1", "WINDOWS-1252"},
        {"euc-tw", "EUC-TW"},
        {"ISO-2022-CN", "ISO-2022-CN"},
        {"csISOLatin1", "WINDOWS-1252"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *name = ht_charset_of_label(ht_str_of(cases[i][0]));
        assert_non_null(name);
        assert_string_equal(name, cases[i][1]);
    }
    assert_null(ht_charset_of_label(HT_S("klingon")));
    assert_null(ht_charset_of_label(HT_S("utf-7")));
    assert_null(ht_charset_of_label(HT_S("")));
    assert_null(ht_charset_of_label(HT_S("#")));
    assert_null(
        ht_charset_of_label(HT_S("a-label-that-is-much-longer-than-any-label-of-a-charset")));
}

static void declarations(void **state) {
    static const char *const cases[][2] = {
        {"<html><head><meta charset=\"gbk\">", "gbk"},
        {"<META http-equiv=Content-Type content=\"text/html; charset=gb2312\">", "gb2312"},
        {"<meta charset = 'utf-8' />", "utf-8"},
        {"<?xml version=\"1.0\" encoding=\"Big5\"?>", "Big5"},
        {"<!-- <meta charset=gbk> --><meta charset=utf-8>", "utf-8"},
        {"<meta name=keywords content=x><meta charset=gbk>", "gbk"},
        {"<p>charset=gbk</p>", ""},
        {"<meta charset=", ""},
        {"<!-- <meta charset=gbk>", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_str s = ht_declared_charset(ht_str_of(cases[i][0]));
        assert_true(ht_str_eq(s, ht_str_of(cases[i][1])));
    }
}

static void detection(void **state) {
    (void)state;
    ht_str hans = HT_S(NEWS), hant = HT_S(NEWS_HANT);
    check(hans, "", "", "UTF-8", "detected", NEWS);
    check(hans, "utf-8", "", "UTF-8", "declared", NEWS);
    check(hans, "gb2312", "", "UTF-8", "content", NEWS);
    check(encoded(hans, "GB18030"), "", "", "GB18030", "detected", NEWS);
    check(encoded(hans, "GB18030"), "gb2312", "", "GB18030", "declared", NEWS);
    check(encoded(hans, "GB18030"), "utf-8", "", "GB18030", "content", NEWS);
    check(encoded(hans, "GB18030"), "big5", "", "GB18030", "content", NEWS);
    check(encoded(hant, "BIG5-HKSCS"), "", "", "BIG5-HKSCS", "detected", NEWS_HANT);
    check(encoded(hant, "BIG5-HKSCS"), "big5", "", "BIG5-HKSCS", "declared", NEWS_HANT);
    check(encoded(hant, "BIG5-HKSCS"), "gbk", "", "BIG5-HKSCS", "content", NEWS_HANT);
    check(encoded(hant, "GB18030"), "", "", "GB18030", "detected", NEWS_HANT);
    check(encoded(hant, "EUC-TW"), "", "", "EUC-TW", "detected", NEWS_HANT);
    check(encoded(hans, "UTF-16LE"), "", "", "UTF-16LE", "detected", NEWS);
    check(encoded(hans, "UTF-16BE"), "", "", "UTF-16BE", "detected", NEWS);
    check(encoded(HT_S("\xEF\xBB\xBF" NEWS), "UTF-16LE"), "", "", "UTF-16LE", "bom", NEWS);
    check(HT_S("\xEF\xBB\xBF" NEWS), "gbk", "", "UTF-8", "bom", NEWS);
    check(HT_S("plain ASCII"), "", "", "UTF-8", "detected", "plain ASCII");
    check(HT_S("plain ASCII"), "gbk", "", "GB18030", "declared", "plain ASCII");
    check(HT_S("caf\xE9 na\xEFve r\xE9sum\xE9"), "", "", "WINDOWS-1252", "detected",
          "caf\u00E9 na\u00EFve r\u00E9sum\u00E9");
    check(HT_S("A ~{VPND~} B ~~"), "", "", "HZ", "detected", "A 中文 B ~");
    check(HT_S("regex ~{foo,bar} and ~{2,3}"), "", "", "UTF-8", "detected", NULL);
    check(HT_S("\x1B$)A\x0EVPND\x0F."), "", "", "ISO-2022-CN", "detected", "中文.");
    check(HT_S("\x1B[31mred\x1B[0m"), "", "", "UTF-8", "detected", NULL);
    check(HT_S("caf\xC3\xA9 au lait"), "", "", "UTF-8", "detected", NULL);
    check(HT_S("caf\xC3\xA9 au lait"), "gbk", "", "UTF-8", "content", NULL);
    check(encoded(HT_S("新闻"), "GB18030"), "", "", "GB18030", "detected", "新闻");
    check(encoded(HT_S("新聞"), "BIG5-HKSCS"), "", "", "BIG5-HKSCS", "detected", "新聞");
    check(encoded(HT_S("全市新建站点，今年"), "UTF-16LE"), "", "", "UTF-16LE", "detected", NULL);
    check(encoded(HT_S("a;b\n全市新建站点"), "UTF-16BE"), "", "", "UTF-16BE", "detected", NULL);
    check(encoded(HT_S("plain ASCII"), "UTF-16LE"), "", "", "UTF-16LE", "detected", "plain ASCII");
    check(encoded(hans, "GB18030"), "utf-8", "gbk", "GB18030", "option", NEWS);
}

/* Two-byte sequences are UTF-8 as long as they do not read better otherwise. */
static void pairs(void **state) {
    static const char *const utf8[] = {
        "Price\u00A0\u00A0list",
        "\u00B7\u00B7\u00B7\u00B7\u00B7\u00B7",
        "\u00A7\u00A7 12",
        "Elle est cr\u00E9\u00E9e \u00E0 Paris, d\u00E9j\u00E0 rat\u00E9\u00E9",
        "3\u00D7\u00D75 \u00B0\u00B0",
        "\u043F\u0440\u0438\u0432\u0435\u0442",
        "\u0394\u03B5\u03BD \u03BE\u03AD\u03C1\u03C9"};
    static const char *const gbk[] = {
        "谢谢", "图片", "学校", "什么", "同时\n一些\n目前", "录取专业", "a.jpg 图片\nb.jpg 图片\n"};
    (void)state;
    for (size_t i = 0; i < sizeof utf8 / sizeof *utf8; i++) {
        check(ht_str_of(utf8[i]), "", "", "UTF-8", "detected", utf8[i]);
        check(ht_str_of(utf8[i]), "gbk", "", "UTF-8", "content", utf8[i]);
        check(ht_str_of(utf8[i]), "utf-8", "", "UTF-8", "declared", utf8[i]);
    }
    for (size_t i = 0; i < sizeof gbk / sizeof *gbk; i++) {
        ht_str bytes = encoded(ht_str_of(gbk[i]), "GB18030");
        assert_int_equal(ht_utf8_valid_until(bytes), bytes.n);
        check(bytes, "", "", "GB18030", "detected", gbk[i]);
        check(bytes, "gb2312", "", "GB18030", "declared", gbk[i]);
        check(bytes, "utf-8", "", "UTF-8", "declared", NULL);
    }
}

/* No charset has two-byte sequences alone and many of them by chance. */
static void many_pairs(void **state) {
    (void)state;
    for (size_t n = 255; n <= 257; n++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        for (size_t i = 0; i < n; i++) ht_buf_add(&b, HT_S("\u00E9"));
        check(ht_buf_str(&b), "", "", n < 256 ? "BIG5-HKSCS" : "UTF-8", "detected", NULL);
    }
}

/* What other formats begin with is no reason to refuse a text. */
static void magic(void **state) {
    (void)state;
    check(HT_S("RIFF是一种文件格式，BZh不是"), "", "", "UTF-8", "detected", NULL);
    check(HT_S("BZhang说，图片有三种。"), "", "", "UTF-8", "detected", NULL);
    check(HT_S("%PDF-1.7是一种文件格式。"), "", "", "UTF-8", "detected", NULL);
    check(HT_S("GIF89a"), "", "", "UTF-8", "detected", "GIF89a");
    check(encoded(HT_S("ID3标签写在文件的开头，" NEWS), "GB18030"), "", "", "GB18030", "detected",
          NULL);
}

/* A mark and a magic number belong to the beginning of a text. */
static void parts(void **state) {
    ht_decoded d;
    ht_trouble t = {0};
    bool sure;
    (void)state;
    ht_str marked = HT_S("\xEF\xBB\xBF" NEWS);
    assert_true(ht_decode(&arena, marked, HT_S(""), HT_S("utf-8"), &d, &t));
    assert_true(ht_str_eq(d.text, HT_S(NEWS)));
    assert_true(ht_decode_part(&arena, marked, HT_S("utf-8"), &d, &t));
    assert_true(ht_str_eq(d.text, marked));
    assert_true(ht_decode_part(&arena, marked, HT_S(""), &d, &t));
    assert_true(ht_str_eq(d.text, marked));
    ht_span s = ht_decoded_source(&d, 3, 6);
    assert_int_equal(s.start, 3);
    assert_true(ht_decode_part(&arena, HT_S("\xFF\xFE\xD6\xD0"), HT_S("gbk"), &d, &t));
    assert_int_equal(d.n_malformed, 2);
    assert_true(ht_decode_part(&arena,
                               HT_S("RIFF\x01 1234567890123456789012345678901234567890"
                                    "1234567890"),
                               HT_S(""), &d, &t));
    assert_false(ht_decode(&arena,
                           HT_S("RIFF\x01 1234567890123456789012345678901234567890"
                                "1234567890"),
                           HT_S(""), HT_S(""), &d, &t));
    assert_string_equal(t.code, "not-text");
    assert_false(ht_decode_part(&arena, HT_S("\xC4\xE0"), HT_S(""), &d, &t));
    assert_string_equal(t.code, "unknown-encoding");
    /* what of it is sure */
    static const struct {
        const char *bytes, *charset;
        bool begins, sure;
    } cases[] = {{"plain ~ ASCII", "UTF-8", true, false},
                 {"\xEF\xBB\xBFplain", "UTF-8", true, true},
                 {"caf\xC3\xA9", "UTF-8", true, true},
                 {"A ~{VPND~} B", "HZ", false, true},
                 {"\x1B$)A\x0EVPND\x0F.", "ISO-2022-CN", false, true},
                 {"\x1B[31mred\x1B[0m", "UTF-8", true, false},
                 {"\xC4\xE0", NULL, true, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = ht_charset_find(ht_str_of(cases[i].bytes), cases[i].begins, &sure);
        assert_true(found ? cases[i].charset && !strcmp(found, cases[i].charset)
                          : !cases[i].charset);
        assert_int_equal(sure, cases[i].sure);
    }
    ht_str wide = encoded(HT_S("\xEF\xBB\xBF"
                               "plain ASCII"),
                          "UTF-16LE");
    assert_string_equal(ht_charset_find(wide, true, &sure), "UTF-16LE");
    assert_true(sure);
}

/* Words that repeat fall into the same parity again and again, which is no sign of UTF-16. */
static void repetition_is_no_utf_16(void **state) {
    static const char *const lines[] = {"plain ascii\n", "<br> <br>\n", "ab\n", "-=-=-=-=\r\n"};
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        while (b.n < 20000) ht_buf_add(&b, ht_str_of(lines[i]));
        ht_buf_add(&b, encoded(HT_S(NEWS NEWS), "GB18030"));
        check(ht_buf_str(&b), "", "", "GB18030", "detected", NULL);
        check(ht_buf_str(&b), "utf-16", "", "GB18030", "content", NULL);
        check(ht_buf_str(&b), "gbk", "", "GB18030", "declared", NULL);
    }
    ht_buf wide;
    ht_buf_init(&wide, &arena);
    for (int i = 0; i < 200; i++) ht_buf_add(&wide, HT_S(NEWS));
    check(encoded(ht_buf_str(&wide), "UTF-16LE"), "", "", "UTF-16LE", "detected", NULL);
    check(encoded(HT_S("城镇新增就业"), "UTF-16BE"), "utf-16be", "", "UTF-16BE", "declared",
          "城镇新增就业");
}

static void malformed_bytes(void **state) {
    static const struct {
        const char *charset, *bytes, *text;
        size_t n_malformed;
    } cases[] = {
        {"gbk", "\xD6\xD0\xFF\xCE\xC4", "中\uFFFD文", 1},
        {"gbk", "\xD6\xD0\xCE", "中\uFFFD", 1},
        /* the WHATWG standard: what breaks off gives all but its first byte back, at the end of the
         * text nothing, and a four-byte form without a character is spent whole */
        {"gbk", "\x81\x30", "\uFFFD", 1},
        {"gbk", "\x81\x30\x81", "\uFFFD", 1},
        {"gbk", "\x81\x30\x81x", "\uFFFD0亁", 1},
        {"gbk", "\xE3\x32\x9A\x36x", "\uFFFDx", 1},
        {"gbk", "\xCE\x7Fx", "\uFFFD\x7Fx", 1},
        {"gbk", "\xFE\x51\xA6\xD9", "\uE816\uFE10", 0},
        {"gbk", "\xCE<p>", "\uFFFD<p>", 1},
        {"gbk", "\x80", "€", 0},
        {"gbk", "\x95\x32\x82\x36", "𠀀", 0},
        {"gbk", "\x81\x30x", "\uFFFD0x", 1},
        {"gbk", "\xA3\xA0", "\u3000", 0},
        {"big5", "\x88\x62", "Ê̄", 0},
        {"big5", "\xA4\xA4\xFF", "中\uFFFD", 1},
        {"big5", "\xA1\x45", "‧", 0},
        {"utf-8", "\xE4\xB8\xAD\xE6\x96", "中\uFFFD", 1},
        {"utf-8", "\xC0\xAF\xED\xA0x", "\uFFFD\uFFFD\uFFFD\uFFFDx", 4},
        {"big5", "\xA4 x", "\uFFFD x", 1},
        {"euc-tw", "\xC4\xE3\x8E\xA3\xA1\xA1\xA4", "\u4E2D\u4E28\uFFFD", 1},
        {"iso-2022-cn", "\x1B$)A\x0EVP\x0F,\x1B$)G\x0E\x44\x63\x0F.", "中,中.", 0},
        {"iso-2022-cn", "\x1B$)A\x0EVP\nVP", "中\nVP", 0},
        {"iso-2022-cn", "\x1B$*H\x1BN!!\x1B$+I\x1BO!!", "\u4E42\u4E28", 0},
        {"iso-2022-cn", "\x0EVP\x0Fx\x1B(Bx", "\uFFFD\uFFFDx\uFFFD(Bx", 3},
        {"hz", "~{VPND~}a~~", "中文a~", 0},
        {"hz", "~{VPND\nabc", "中文\nabc", 0},
        {"utf-16le", "\x2D\x4E\x01\xD8\x2D\x4E", "中\uFFFD中", 1},
        {"utf-16le", "\x2D\x4E\x01\xD8\x2D", "中\uFFFD", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_decoded d;
        ht_trouble t = {0};
        ht_str bytes = ht_str_of(cases[i].bytes);
        assert_true(ht_decode(&arena, bytes, HT_S(""), ht_str_of(cases[i].charset), &d, &t));
        assert_string_equal(ht_str_cstr(&arena, d.text), cases[i].text);
        assert_int_equal(d.n_malformed, cases[i].n_malformed);
    }
}

static void refused(void **state) {
    static const struct {
        const char *bytes;
        size_t n;
        const char *forced, *code;
    } cases[] = {
        {"", 0, "", "empty"},
        {"\xEF\xBB\xBF", 3, "", "empty"},
        {"text", 4, "klingon", "bad-encoding"},
        {"text", 4, "utf-7", "bad-encoding"},
        {"\xC4\xE0", 2, "", "unknown-encoding"},
        {"\x8F\xA4", 2, "", "unknown-encoding"},
        {"\x89PNG\r\n\x1A\n", 8, "", "not-text"},
        {"\x7F"
         "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
         16, "", "not-text"},
        {"BZh91AY&SY\x9F\x01\x8C\x1A", 14, "", "not-text"},
        {"RIFF\x24\x08\0\0WAVEfmt \x10\0\0\0", 20, "", "not-text"},
        {"\1\2\3\4\5\6\7\0\1\2\3\4\5\6\7\0abc", 19, "", "not-text"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_decoded d;
        ht_trouble t = {0};
        ht_str bytes = {cases[i].bytes, cases[i].n};
        assert_false(ht_decode(&arena, bytes, HT_S(""), ht_str_of(cases[i].forced), &d, &t));
        assert_string_equal(t.code, cases[i].code);
    }
}

/* 16 MiB of text are read, a byte more is not, also when only decoding makes it too long. */
static void limits(void **state) {
    (void)state;
    enum { MOST = 16 << 20 };
    char *p = ht_arena_alloc(&arena, MOST + 2);
    memset(p, 'a', MOST + 2);
    ht_decoded d;
    ht_trouble t = {0};
    assert_true(ht_decode(&arena, (ht_str){p, MOST - 1}, HT_S(""), HT_S(""), &d, &t));
    assert_true(ht_decode(&arena, (ht_str){p, MOST}, HT_S(""), HT_S(""), &d, &t));
    assert_false(ht_decode(&arena, (ht_str){p, MOST + 1}, HT_S(""), HT_S(""), &d, &t));
    assert_string_equal(t.code, "too-large");
    memset(p, '\xD6', MOST);
    assert_false(ht_decode(&arena, (ht_str){p, MOST}, HT_S(""), HT_S("gbk"), &d, &t));
    assert_string_equal(t.code, "too-large");
}

static uint32_t seed = 7;
static uint32_t any(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* From any place looked up before, the answer is the same. */
static void same_span(const ht_decoded *d, ht_decoded_place *place, size_t start, size_t end) {
    ht_span want = ht_decoded_source(d, start, end),
            got = ht_decoded_source_from(d, place, start, end);
    assert_int_equal(got.start, want.start);
    assert_int_equal(got.end, want.end);
}

/* Every character of a long text leads to exactly its bytes, and any two to all between them. */
static void way_back(void **state) {
    static const char *const charsets[] = {"UTF-8",    "GB18030",  "BIG5-HKSCS",
                                           "UTF-16LE", "UTF-16BE", "EUC-TW"};
    static const char *const pool[] = {"a", "1", "\n", "中", "，", "。", "国", "文", "€", "é"};
    (void)state;
    for (size_t k = 0; k < 6; k++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        for (int i = 0; i < 20000; i++) {
            const char *one = pool[any(k == 2 || k == 5 ? 8 : 10)];
            if ((k == 2 || k == 5) && !strcmp(one, "国")) one = "國";
            ht_buf_add(&b, ht_str_of(one));
        }
        ht_str text = ht_buf_str(&b), bytes = encoded(text, charsets[k]);
        ht_decoded d;
        ht_trouble t = {0};
        assert_true(ht_decode(&arena, bytes, HT_S(""), ht_str_of(charsets[k]), &d, &t));
        assert_true(ht_str_eq(d.text, text));
        size_t byte = 0, n_chars = 0;
        ht_decoded_place going = {0}, jumping = {0};
        for (size_t at = 0; at < text.n; n_chars++) {
            size_t from = at;
            ht_utf8_next(text, &at);
            same_span(&d, &going, from, at);
            if (n_chars % 5 == 0) {
                size_t start = any((uint32_t)text.n);
                same_span(&d, &jumping, start, start + any(700));
            }
            if (n_chars % 37 == 0) {
                ht_str one = encoded(ht_sub(text, from, at), charsets[k]);
                ht_span s = ht_decoded_source(&d, from, at);
                assert_int_equal(s.end - s.start, one.n);
                assert_memory_equal(bytes.p + s.start, one.p, one.n);
                assert_true(s.start >= byte);
                byte = s.end;
                size_t to = at + any((uint32_t)(text.n - at) + 1);
                while (to < text.n && ((unsigned char)text.p[to] & 0xC0) == 0x80) to++;
                ht_str part = encoded(ht_sub(text, from, to), charsets[k]);
                s = ht_decoded_source(&d, from, to);
                assert_int_equal(s.end - s.start, part.n);
            }
        }
        ht_span none = ht_decoded_source(&d, text.n, text.n);
        assert_int_equal(none.start, bytes.n);
        assert_int_equal(none.end, bytes.n);
    }
}

static uint64_t fnv(ht_str s) {
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
    return h;
}

/* Every sequence of two and of four bytes against the WHATWG tables, a row a lead byte. */
static void whatwg(void **state) {
    char line[256], name[16];
    unsigned length, lead, n_rows = 0;
    unsigned long long want;
    (void)state;
    FILE *f = fopen("tests/unit/normalize/whatwg.tsv", "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        if (line[0] == '#') continue;
        assert_int_equal(sscanf(line, "%15s %u %x %llx", name, &length, &lead, &want), 4);
        ht_buf b;
        ht_buf_init(&b, &arena);
        for (unsigned i = 0; i < (length == 2 ? 0xE0 : 10 * 126 * 10); i++) {
            ht_buf_byte(&b, (char)lead);
            ht_buf_byte(&b, (char)(length == 2 ? 0x20 + i : 0x30 + i / 1260));
            if (length == 4) ht_buf_byte(&b, (char)(0x81 + i / 10 % 126));
            if (length == 4) ht_buf_byte(&b, (char)(0x30 + i % 10));
            ht_buf_byte(&b, '\n');
        }
        ht_buf text;
        checkpoints marks = {NULL, 0, 0};
        malformed bad;
        ht_buf_init(&text, &arena);
        assert_true(bulk_decode(charset_of_label(ht_str_of(name)), ht_buf_str(&b), 0, 1 << 20,
                                &text, &marks, &bad));
        if (fnv(ht_buf_str(&text)) != want) fail_msg("%s %X differs", name, lead);
        n_rows++;
        ht_arena_reset(&arena);
    }
    fclose(f);
    assert_int_equal(n_rows, 2 * 128 + 126);
}

/* Whatever the bytes, decoding ends with valid UTF-8 and spans inside the source. */
static void hostile(void **state) {
    static const char *const charsets[] = {"utf-8", "gbk",    "big5", "euc-tw",
                                           "hz",    "utf-16", "",     "iso-2022-cn"};
    (void)state;
    for (int round = 0; round < 800; round++) {
        size_t n = 1 + any(600);
        char *p = ht_arena_alloc(&arena, n);
        for (size_t i = 0; i < n; i++) p[i] = (char)(any(3) ? 0x81 + any(0x7E) : 0x20 + any(0x60));
        ht_decoded d;
        ht_trouble t = {0};
        if (!ht_decode(&arena, (ht_str){p, n}, HT_S(""), ht_str_of(charsets[round % 8]), &d, &t))
            continue;
        assert_int_equal(ht_utf8_valid_until(d.text), d.text.n);
        size_t from = any((uint32_t)d.text.n + 1), to = any((uint32_t)d.text.n + 1);
        ht_span s = ht_decoded_source(&d, from, to);
        assert_true(s.start <= s.end && s.end <= n);
    }
}

static int reset(void **state) {
    (void)state;
    ht_arena_reset(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(labels, reset),
        cmocka_unit_test_teardown(declarations, reset),
        cmocka_unit_test_teardown(detection, reset),
        cmocka_unit_test_teardown(pairs, reset),
        cmocka_unit_test_teardown(many_pairs, reset),
        cmocka_unit_test_teardown(magic, reset),
        cmocka_unit_test_teardown(parts, reset),
        cmocka_unit_test_teardown(malformed_bytes, reset),
        cmocka_unit_test_teardown(whatwg, reset),
        cmocka_unit_test_teardown(refused, reset),
        cmocka_unit_test_teardown(limits, reset),
        cmocka_unit_test_teardown(repetition_is_no_utf_16, reset),
        cmocka_unit_test_teardown(way_back, reset),
        cmocka_unit_test_teardown(hostile, reset),
    };
    ht_arena_init(&arena, 0);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    ht_arena_free(&arena);
    return failed;
}
