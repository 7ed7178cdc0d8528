/* From every code point of a cleaned text back to the bytes of the source: through decoding,
 * entities, repair, gloss removal, forms, script and punctuation, whatever the charset. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "normalize/normalize.h"

static ht_arena arena;

static uint32_t seed = 23;
static uint32_t any(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* --- charsets, by another decoder than ours -------------------------------------------------- */

static bool recode(ht_str text, const char *to, const char *from, ht_str *got) {
    size_t room = text.n * 4 + 16, left = text.n, all = room;
    char *out = ht_arena_alloc(&arena, room), *at = out, *in = ht_str_cstr(&arena, text);
    iconv_t c = iconv_open(to, from);
    assert_true(c != (iconv_t)-1);
    bool ok = iconv(c, &in, &left, &at, &room) == 0;
    iconv_close(c);
    *got = (ht_str){out, all - room};
    return ok;
}

/* GB2312 in seven bits between ~{ and ~}; the C library has no HZ. */
static ht_str hz_of_gb(ht_str gb) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    bool wide = false;
    for (size_t i = 0; i < gb.n; i++) {
        bool now = (unsigned char)gb.p[i] >= 0x80;
        if (now != wide) ht_buf_add(&b, now ? HT_S("~{") : HT_S("~}"));
        wide = now;
        ht_buf_byte(&b, (char)(gb.p[i] & 0x7F));
        if (wide) ht_buf_byte(&b, (char)(gb.p[++i] & 0x7F));
    }
    return ht_buf_str(&b);
}

static ht_str gb_of_hz(ht_str hz, bool wide) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (size_t i = 0; i < hz.n; i++) {
        bool shift = hz.p[i] == '~' && i + 1 < hz.n;
        if (shift) {
            wide = hz.p[++i] == '{';
            continue;
        }
        ht_buf_byte(&b, wide ? (char)(hz.p[i] | 0x80) : hz.p[i]);
        if (wide && ++i < hz.n) ht_buf_byte(&b, (char)(hz.p[i] | 0x80));
    }
    return ht_buf_str(&b);
}

static bool encoded(ht_str text, const char *charset, ht_str *bytes) {
    if (strcmp(charset, "HZ") != 0) return recode(text, charset, "UTF-8", bytes);
    bool ok = recode(text, "GB2312", "UTF-8", bytes);
    *bytes = hz_of_gb(*bytes);
    return ok;
}

/* What the bytes of some text say; `wide`: HZ is in its two-byte mode before them. */
static ht_str text_of(ht_str bytes, const char *charset, bool wide) {
    ht_str text;
    bool hz = !strcmp(charset, "HZ");
    if (hz) bytes = gb_of_hz(bytes, wide);
    assert_true(recode(bytes, "UTF-8", hz ? "GB2312" : charset, &text));
    return text;
}

static void check_bytes(const ht_decoded *d, size_t from, size_t to, const char *charset) {
    ht_span s = ht_decoded_source(d, from, to);
    assert_true(s.start < s.end && s.end <= d->bytes.n);
    bool wide = (unsigned char)d->text.p[from] >= 0x80;
    ht_str was = text_of(ht_sub(d->bytes, s.start, s.end), charset, wide);
    assert_true(ht_str_eq(was, ht_sub(d->text, from, to)));
}

/* --- random documents ------------------------------------------------------------------------ */

/* Pieces of lines, with damage that each step undoes. */
static const char *const pool[] = {
    "網(wǎng)", "點(diǎn)", "會(huì)",  "車(chē)",  "說(shuō)", "機(jī)",  "們(men)",   "個(ge)",
    "嗎(ma)",   "麼(me)",   "裡(li)",   "頭(tou)",  "過(guo)",  "囉(luo)", "啦(la)",    "人民",
    "，",       "約3.5萬",  "约３万人", "&#22909;", "&nbsp;",   "&amp;",   "&amp;amp;", "abc",
    "。",       "後臺",     "乾隆年間", "里面",     "“好”",     "\u200B",  "\u00A0",    "⻓",
    "\uF967",   "……",       "（甲）",   "《报》",   "①",        "发展",    "?!",        "?,F",
    "?jǐn)[",   "\u3000",   "&#160;",   "什么",     "頭髮",     "\uFFFD",  "𠮷"};

/* Lines that are damaged as a whole, or that repair takes to be so only in their whole length. */
static const char *const lines_of_damage[] = {
    "平臺公司承諾減免費用?！闭鹃L點頭說，大家聽了都很高興。",
    "服務站今年又增加了不少座位?！睆堦犻L介紹說。",
    "服務站今年又增加了不少座位?!睆堦犻L介紹說。",
    "他擔心收入會減少?！拔覀円呀浐凸\uE088菊勥^了?！惫\uE63A\uE49D飨\uE20Af。",
    "鎮上修好了新路?！懊刻煲\uE02C\uE2BA嚼锼?0個包裹。",
    "大家都這樣說?！叭ツ甑氖杖氡纫郧岸嗔恕Ｎ涣械谝?/p>",
    "騎手們都說,這個驛站很溫馨,“家門口就有了歇腳地?!?/p>",
    "平台公司承诺减免费用?！闭境さ阃匪?大家听了都很高兴。",
    "平台公司承诺减免费用?!闭境さ阃匪?",
    "二樓的助餐點，幾道菜一字?jǐn)[開，主食有米飯。",
    "推動他們?yōu)槌鞘兄卫碡暙I力量。",
    "昨天小；顒蝇F場很熱鬧。",
    "公司老闆李?？梢詻Q定這件事",
    "鍙告満璇达紝绔欓噷鑳藉厖鐢碉紝鑳藉枬姘达紝杩樿兘浼戞伅",
    "璺\uE21A彛鏈夋湇鍔＄珯锛岀珯閲屾湁鐑\uE15F按锛岄獞鎵嬮兘鏉ワ紝澶у\uE18D閮借\uE1E9濂\uFFFD",
    "掛惆捅 暮氪植庈軞馱頗鳳洃ㄛ諍祫奻堎菁ㄛ",
    "\uE1ED柑\uE215\uE658筿\uE4C7\uE603\uE215耻\uE772\uE4C7–ぱ钡\uE09A肕も\uE4C9",
    "2024\u00E5\u00B9\u00B45\u00E6\u0153\u02C61\u00E6\u2014\u00A512:00",
    "\u00BD\u00D6\u00B5\u00C0\u00D4\u00DA\u00C2\u00B7\u00BF\u00DA\u00D0\u00C2\u00C9\u00E8\u00A3"
    "\u00AC"
    "\u00C3\u00BF\u00CC\u00EC\u00BD\u00D3\u00B4\u00FD\u00D4\u00BC120\u00C3\u00FB\u00C6\u00EF",
    "\u00AF\u00B8\u00B8\u00CC\u00AF\u00E0\u00A5R\u00B9q\u00A1A\u00A4]"
    "\u00AF\u00E0\u00B3\u00DC\u00A4\u00F4\u00A1A\u00A8C\u00A4\u00D1\u00B1\u00B5\u00AB\u00DD",
};

#define ONE_OF(list) (list)[any(sizeof(list) / sizeof *(list))]

/* Adds the piece if the charset has its characters. */
static void add_piece(ht_buf *b, const char *piece, const char *charset) {
    ht_str bytes;
    if (encoded(ht_str_of(piece), charset, &bytes)) ht_buf_add(b, ht_str_of(piece));
}

static ht_str any_document(const char *charset) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (uint32_t n = 1 + any(8); n; n--) {
        if (any(3)) {
            for (uint32_t k = 1 + any(40); k; k--) add_piece(&b, ONE_OF(pool), charset);
        } else {
            if (!any(4)) add_piece(&b, ONE_OF(pool), charset);
            add_piece(&b, ONE_OF(lines_of_damage), charset);
            if (!any(4)) add_piece(&b, ONE_OF(pool), charset);
        }
        ht_buf_add(&b, HT_S("\n"));
    }
    return ht_buf_str(&b);
}

static ht_text *split(const ht_decoded *d, size_t *n) {
    ht_text *lines = NULL;
    size_t cap = 0;
    ht_str rest = d->text, line;
    *n = 0;
    while (ht_str_split(&rest, '\n', &line)) {
        ht_text *t = HT_PUSH(&arena, lines, *n, cap);
        t->text = line;
        ht_offmap_init(&t->map, &arena);
        ht_offmap_add(&t->map, line.n, (size_t)(line.p - d->text.p), line.n);
    }
    return lines;
}

/* --- what must hold -------------------------------------------------------------------------- */

typedef struct {
    const char *charset;
    const ht_decoded *d;
    ht_clean_options options;
    ht_clean_report report;
} cleaned;

/* The ASCII mark, or one of the several, that a mark of Chinese punctuation becomes. */
static uint32_t narrow_of(uint32_t c) {
    static const uint32_t marks[][2] = {
        {0x3002, '.'}, {0x201C, '"'}, {0x201D, '"'}, {0x2018, '\''}, {0x2019, '\''}, {0x2026, '.'},
        {0x300A, '<'}, {0x300B, '>'}, {0x2014, '-'}, {0x2013, '-'},  {0x3001, ','},  {0x3000, ' '}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i][0] == c) return marks[i][1];
    return c > 0xFF00 && c < 0xFF5F ? c - 0xFEE0 : c;
}

/* Are they one character in two scripts? ht_fold leaves those alone whose other form is rare. */
static bool same_but_script(uint32_t a, uint32_t b) {
    if (ht_fold(a) == ht_fold(b)) return true;
    ht_text t = {.text = ht_utf8_encode(&arena, &a, 1)};
    ht_offmap_init(&t.map, &arena);
    assert_true(ht_convert(&arena, HT_S("t2s"), &t));
    return ht_str_eq(t.text, ht_utf8_encode(&arena, &b, 1));
}

/* A character on its way: equal but for its script and its width. */
static bool same_character(const cleaned *c, ht_str was, ht_str is) {
    size_t i = 0, k = 0;
    if (ht_str_eq(was, is)) return true;
    while (i < was.n && k < is.n) {
        uint32_t a = ht_utf8_next(was, &i), b = ht_utf8_next(is, &k);
        bool same = a == b || (c->options.target != HT_TO_KEEP && same_but_script(a, b)) ||
                    (c->options.ascii_punctuation && narrow_of(a) == b);
        if (!same) return false;
    }
    return i == was.n && k == is.n;
}

/* Is text[from, to), which was made of s, within a repair? A repair holds both or neither. */
static bool is_repaired(const ht_clean_report *r, size_t block, size_t from, size_t to, ht_span s) {
    bool found = false;
    for (size_t i = 0; i < r->n_repairs; i++) {
        const ht_repair *one = &r->repairs[i];
        if (one->block != block || one->start == one->end) continue;
        bool text = one->start <= from && to <= one->end;
        assert_int_equal(text, one->from <= s.start && s.end <= one->to);
        found |= text;
    }
    return found;
}

/* Every character leads to what it was, forward through the line. What no character and no repair
 * stands for is missing. */
static void check_line(const cleaned *c, const ht_text *t, ht_span line, size_t block) {
    char *seen = calloc(1, line.end + 1);
    ht_span last = {line.start, line.start};
    assert_int_equal(ht_utf8_valid_until(t->text), t->text.n);
    assert_int_equal(t->map.n_out, t->text.n);
    for (size_t at = 0; at < t->text.n;) {
        size_t from = at;
        ht_utf8_next(t->text, &at);
        ht_span s = ht_offmap_source(&t->map, from, at);
        assert_true(line.start <= s.start && s.start < s.end && s.end <= line.end);
        assert_true(s.start >= last.end || (s.start == last.start && s.end == last.end));
        last = s;
        memset(seen + s.start, 1, s.end - s.start);
        if (is_repaired(&c->report, block, from, at, s)) continue;
        check_bytes(c->d, s.start, s.end, c->charset);
        assert_true(
            same_character(c, ht_sub(c->d->text, s.start, s.end), ht_sub(t->text, from, at)));
    }
    for (size_t i = 0; i < c->report.n_repairs; i++)
        if (c->report.repairs[i].block == block)
            memset(seen + c->report.repairs[i].from, 1,
                   c->report.repairs[i].to - c->report.repairs[i].from);
    assert_true(line.start == line.end || !memchr(seen + line.start, 0, line.end - line.start));
    free(seen);
}

/* What a repair of that kind can have found and left. */
static void check_kind(ht_repair_kind kind, ht_str was, ht_str is) {
    switch (kind) {
    case HT_REPAIR_GLOSS: assert_true(was.p[0] == '(' && was.p[was.n - 1] == ')' && !is.n); break;
    case HT_REPAIR_ENTITY: assert_true(was.p[0] == '&'); break;
    case HT_REPAIR_INVISIBLE: assert_true(!is.n && ht_utf8_count(was) == 1); break;
    case HT_REPAIR_SPACE: assert_true(ht_str_eq(is, HT_S(" "))); break;
    case HT_REPAIR_RADICAL: /* fall through */
    case HT_REPAIR_COMPATIBILITY: assert_int_equal(ht_utf8_count(is), 1); break;
    case HT_REPAIR_SHIFT_A: assert_true(was.p[0] == '?'); break;
    default: assert_true(is.n); break;
    }
}

static void check_repairs(const cleaned *c, const ht_text *lines, size_t n, size_t *counts) {
    const ht_repair *last = NULL;
    for (size_t i = 0; i < c->report.n_repairs; i++) {
        const ht_repair *r = &c->report.repairs[i];
        assert_true(r->block < n && r->from < r->to && r->to <= c->d->text.n);
        ht_str text = lines[r->block].text;
        assert_true(r->start <= r->end && r->end <= text.n);
        check_bytes(c->d, r->from, r->to, c->charset);
        check_kind(r->kind, ht_sub(c->d->text, r->from, r->to), ht_sub(text, r->start, r->end));
        if (last && last->block == r->block)
            assert_true(last->from <= r->from && last->start <= r->start);
        last = r;
        counts[r->kind]++;
    }
}

static void clean_any(const char *charset, size_t *counts) {
    ht_str text = any_document(charset), bytes;
    ht_trouble trouble = {0};
    ht_decoded d;
    assert_true(encoded(text, charset, &bytes));
    assert_true(ht_decode(&arena, bytes, HT_S(""), ht_str_of(charset), &d, &trouble));
    assert_true(ht_str_eq(d.text, text));
    assert_int_equal(d.n_malformed, 0);
    cleaned c = {.charset = charset, .d = &d};
    c.options = (ht_clean_options){.target = (ht_target)any(5),
                                   .repair = (ht_repair_level)any(3),
                                   .markup = any(4) == 0,
                                   .ascii_punctuation = any(2)};
    size_t n, n_old;
    ht_text *lines = split(&d, &n), *old = split(&d, &n_old);
    ht_clean(ht_cleaner_get(NULL), &arena, lines, n, &c.options, &c.report);
    for (size_t i = 0; i < n; i++) {
        size_t start = (size_t)(old[i].text.p - d.text.p);
        check_line(&c, &lines[i], (ht_span){start, start + old[i].text.n}, i);
    }
    check_repairs(&c, lines, n, counts);
    ht_arena_reset(&arena);
}

static void every_character(void **state) {
    static const char *const charsets[] = {"UTF-8",      "GB18030", "UTF-16LE", "UTF-16BE",
                                           "BIG5-HKSCS", "EUC-TW",  "HZ"};
    size_t all[HT_REPAIR_KINDS] = {0};
    (void)state;
    for (size_t k = 0; k < sizeof charsets / sizeof *charsets; k++) {
        size_t counts[HT_REPAIR_KINDS] = {0};
        for (int round = 0; round < 150; round++) clean_any(charsets[k], counts);
        for (size_t i = 0; i < HT_REPAIR_KINDS; i++) all[i] += counts[i];
        assert_true(counts[HT_REPAIR_ENTITY] && counts[HT_REPAIR_SPACE] &&
                    counts[HT_REPAIR_SHIFT_A]);
    }
    for (size_t i = 0; i < HT_REPAIR_KINDS; i++) assert_true(all[i] > 0); /* nothing went unseen */
}

/* Repairs lead back as exactly: what was between from and to is what was damaged. */
static void every_repair(void **state) {
    static const struct {
        const char *text;
        struct {
            ht_repair_kind kind;
            const char *damaged, *repaired;
        } of[9];
    } cases[] = {
        {"我&#22909;你&nbsp;他",
         {{HT_REPAIR_ENTITY, "&#22909;", "好"},
          {HT_REPAIR_ENTITY, "&nbsp;", " "},
          {HT_REPAIR_SPACE, "&nbsp;", " "}}},
        {"我\u200B你\u200B",
         {{HT_REPAIR_INVISIBLE, "\u200B", ""}, {HT_REPAIR_INVISIBLE, "\u200B", ""}}},
        {"西⻄\uF967⻓",
         {{HT_REPAIR_RADICAL, "⻄", "西"},
          {HT_REPAIR_COMPATIBILITY, "\uF967", "不"},
          {HT_REPAIR_RADICAL, "⻓", "长"}}},
        {"他擔心收入會減少?！拔覀円呀浐凸\uE088菊勥^了?！惫\uE63A\uE49D飨\uE20Af。\u200B",
         {{HT_REPAIR_SHIFT_A, "?！拔覀円呀浐凸\uE088菊勥^", "。“我们已经和公司谈过"},
          {HT_REPAIR_SHIFT_A, "?！惫\uE63A\uE49D飨\uE20Af", "。”工会主席说"},
          {HT_REPAIR_INVISIBLE, "\u200B", ""}}},
        {"推動他們?yōu)槌鞘兄卫碡暙I力量。⻄",
         {{HT_REPAIR_SHIFT_B, "?yōu)槌鞘兄卫碡暙I", "为城市治理贡献"},
          {HT_REPAIR_RADICAL, "⻄", "西"}}},
        {"網(wǎng)點(diǎn)會(huì)說(shuō)車(chē)機(jī)員(yuán)運(yùn)線(xiàn)",
         {{HT_REPAIR_GLOSS, "(wǎng)", ""},
          {HT_REPAIR_GLOSS, "(diǎn)", ""},
          {HT_REPAIR_GLOSS, "(huì)", ""},
          {HT_REPAIR_GLOSS, "(shuō)", ""},
          {HT_REPAIR_GLOSS, "(chē)", ""},
          {HT_REPAIR_GLOSS, "(jī)", ""},
          {HT_REPAIR_GLOSS, "(yuán)", ""},
          {HT_REPAIR_GLOSS, "(yùn)", ""},
          {HT_REPAIR_GLOSS, "(xiàn)", ""}}},
        {"掛惆捅 暮氪植庈軞馱頗鳳洃ㄛ諍祫奻堎菁ㄛ",
         {{HT_REPAIR_GBK_AS_BIG5, "掛惆捅 暮氪植庈軞馱頗鳳洃ㄛ諍祫奻堎菁ㄛ",
           "本报讯 记者从市总工会获悉，截至上月底，"}}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_decoded d;
        ht_trouble trouble = {0};
        ht_str bytes;
        assert_true(encoded(ht_str_of(cases[i].text), "UTF-16LE", &bytes));
        assert_true(ht_decode(&arena, bytes, HT_S(""), HT_S("utf-16le"), &d, &trouble));
        ht_text t = {.text = d.text};
        ht_offmap_init(&t.map, &arena);
        ht_offmap_add(&t.map, d.text.n, 0, d.text.n);
        ht_clean_report r;
        ht_clean(ht_cleaner_get(NULL), &arena, &t, 1, &(ht_clean_options){.target = HT_TO_HANS},
                 &r);
        size_t n = 0;
        for (; n < 9 && cases[i].of[n].damaged; n++) {
            assert_true(n < r.n_repairs);
            const ht_repair *one = &r.repairs[n];
            assert_int_equal(one->kind, cases[i].of[n].kind);
            assert_string_equal(ht_str_cstr(&arena, ht_sub(d.text, one->from, one->to)),
                                cases[i].of[n].damaged);
            assert_string_equal(ht_str_cstr(&arena, ht_sub(t.text, one->start, one->end)),
                                cases[i].of[n].repaired);
            check_bytes(&d, one->from, one->to, "UTF-16LE");
        }
        assert_int_equal(r.n_repairs, n);
    }
}

static int reset(void **state) {
    (void)state;
    ht_arena_reset(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_character, reset),
        cmocka_unit_test_teardown(every_repair, reset),
    };
    ht_arena_init(&arena, 0);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    ht_arena_free(&arena);
    return failed;
}
