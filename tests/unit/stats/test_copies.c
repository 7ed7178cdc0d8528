/* Texts -> sketches; sequences of numerals; articles -> copies and revisions. */
#include "stats/agree.h"
#include "stats/copies-internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static ht_arena arena;
static char folder[64], path[80];

static int set_up(void **state) {
    (void)state;
    ht_arena_init(&arena, 0);
    strcpy(folder, "/tmp/hantally-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/test.db", folder);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ht_arena_free(&arena);
    unlink(path);
    return rmdir(folder);
}

/* ---- sequences ---- */

static bool agree_gaps(const char *x, unsigned gaps_x, const char *y, unsigned gaps_y) {
    agree_sequence a = {ht_str_of(x), gaps_x}, b = {ht_str_of(y), gaps_y};
    bool agrees = agree_numerals(&arena, a, b);
    assert_int_equal(agree_numerals(&arena, b, a), agrees);
    return agrees;
}

static bool agree(const char *x, const char *y) {
    return agree_gaps(x, 0, y, 0);
}

static void test_agree(void **state) {
    (void)state;
    assert_true(agree("", ""));
    assert_true(agree("37万 2025", "37万 2025"));
    assert_false(agree("37万 2025", "38万 2025"));
    assert_false(agree("37万 2025", "37万"));
    assert_false(agree("37 5", "3 75"));
    assert_false(agree("4.62", "462"));
    /* a digit that cannot be read is any, and a ? that asks is none */
    assert_true(agree("?7万 2025", "37万 2025"));
    assert_true(agree("1 ?0", "1 20"));
    assert_true(agree("37?5", "37 5"));
    assert_true(agree("?", ""));
    assert_true(agree("37?5", "37 2 5"));
    assert_false(agree("?7万 2025", "38万 2025"));
    assert_false(agree("?7万 2025", "37万 2026"));
    assert_true(agree("?7 5", "3? 5"));
    /* AGREE_MAX_LOST characters, no more */
    assert_true(agree("1?9", "12349"));
    assert_true(agree("1?9", "123459"));
    assert_false(agree("1?9", "1234569"));
}

static void test_agree_gaps(void **state) {
    (void)state;
    assert_false(agree("3 5 7 11 13", "3 5 11 13"));
    assert_true(agree_gaps("3 5 7 11 13", 0, "3 5 11 13", 1));
    assert_false(agree_gaps("3 5 7 11 13", 1, "3 5 11 13", 0));
    /* what can be read is never another number, however damaged both are */
    assert_false(
        agree_gaps("3 5 7 11 13 17 19 23 29 31 37 41", 15, "3 5 8 11 13 17 19 23 29 31 37 41", 15));
    assert_false(agree_gaps("300?1 9", 3, "303?1 9", 3));
    /* of few numerals one place at the most */
    assert_true(agree_gaps("3 5 7", 0, "5 7", 15));
    assert_false(agree_gaps("3 5 7 9 4", 0, "5 9", 15));
}

static void test_agree_limit(void **state) {
    (void)state;
    /* an unreadable character at both ends leaves all between them to be compared */
    enum { N = 4090 };
    for (int more = 0; more < 2; more++) {
        ht_buf x, y;
        ht_buf_init(&x, &arena);
        ht_buf_init(&y, &arena);
        size_t n = more ? 40 * (size_t)N : N;
        ht_buf_byte(&x, AGREE_ANY);
        ht_buf_byte(&y, '4');
        for (size_t i = 0; i < n; i++) {
            ht_buf_byte(&x, (char)('0' + i % 7));
            ht_buf_byte(&y, (char)('0' + i % 7));
        }
        ht_buf_byte(&x, '5');
        ht_buf_byte(&y, AGREE_ANY);
        agree_sequence a = {ht_buf_str(&x), 0}, b = {ht_buf_str(&y), 0};
        assert_int_equal(agree_numerals(&arena, a, b), !more);
    }
}

static void test_as_if_whole(void **state) {
    (void)state;
    static const char *const cases[][2] = {{"37?5", "37 5"}, {"?37", "37"}, {"37??", "37"},
                                           {"1 2", "1 2"},   {"??", ""},    {"", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ht_str whole = agree_as_if_whole(&arena, ht_str_of(cases[i][0]));
        assert_string_equal(ht_str_cstr(&arena, whole), cases[i][1]);
    }
}

/* ---- sketches ---- */

static sketch sketch_with(const char *text, const char *repairs) {
    sketch s;
    assert_true(sketch_make(&s, &arena, ht_lexicon_get(NULL), ht_str_of(text), ht_str_of(repairs)));
    return s;
}

static sketch sketch_of(const char *text) {
    return sketch_with(text, "");
}

static const char *numerals_of(const char *text) {
    return ht_str_cstr(&arena, sketch_of(text).numerals);
}

static void test_numerals(void **state) {
    (void)state;
    assert_string_equal(numerals_of("截至6月底,共有46,187人和2.37万辆"), "6 46187 2.37万");
    assert_string_equal(numerals_of("４６，１８７人、三十萬戶"), "46187 三十万");
    assert_string_equal(numerals_of("1,2,3月"), "1 2 3");
    assert_string_equal(numerals_of("配備了?0個,3,?00元,\xEF\xBF\xBD月"), "?0 3?00?");
#define LONG "本报讯昨天从永川区党工委社会工作部了解到外卖骑手和快递员都能在驿站找到歇脚的地方"
    assert_string_equal(numerals_of("标题2025\n记者3\n" LONG "37万人。\n编辑 2024"), "37万");
    assert_string_equal(numerals_of("标题2025\n记者3\n" LONG LONG "37万人\n编辑 2024"), "37万");
    assert_string_equal(numerals_of("标题2025\n记者3\n" LONG "\n编辑 2024"), "3 2024");
    assert_string_equal(numerals_of("标题2025\n37万人。\n编辑 2024"), "2025 37万 2024");
}

static void test_same(void **state) {
    (void)state;
    sketch a = sketch_of("题\n全省共有骑手五千人。"),
           b = sketch_of("题\n全省，共有「騎手」五千人 。"),
           c = sketch_of("题\n全省共有骑手六千人。"), d = sketch_of("目\n全省共有骑手五千人。");
    assert_memory_equal(a.same, b.same, SKETCH_SAME);
    assert_memory_not_equal(a.same, c.same, SKETCH_SAME);
    assert_memory_not_equal(a.same, d.same, SKETCH_SAME); /* of little text, the title too */
    sketch s;
    assert_false(sketch_make(&s, &arena, ht_lexicon_get(NULL), HT_S("\n …… \n"), HT_S("")));
    assert_false(sketch_make(&s, &arena, ht_lexicon_get(NULL), HT_S(""), HT_S("")));
}

static void test_min_chars(void **state) {
    (void)state;
    for (int n = SKETCH_MIN_CHARS - 1; n <= SKETCH_MIN_CHARS + 1; n++) {
        ht_buf b;
        ht_buf_init(&b, &arena);
        for (int i = 0; i < n; i++) ht_buf_printf(&b, "%s", i % 2 ? "街" : "骑");
        ht_buf_add(&b, HT_S("123"));
        assert_int_equal(sketch_of(ht_str_cstr(&arena, ht_buf_str(&b))).comparable,
                         n >= SKETCH_MIN_CHARS);
    }
}

static void test_pack(void **state) {
    (void)state;
    sketch s = sketch_with("全省共有外卖骑手五千人，比去年底增加三百人，新建驿站四十六个，其中街道"
                           "办的二十个，商圈办的十五个。",
                           "gloss:120|shift-a:1|left:2"),
           back;
    assert_true(s.comparable);
    assert_int_equal(s.n_gaps, 3);
    ht_buf b;
    ht_buf_init(&b, &arena);
    sketch_pack(&b, &s);
    assert_true(sketch_unpack(&back, ht_buf_str(&b)));
    assert_memory_equal(s.slots, back.slots, SKETCH_SLOTS);
    assert_memory_equal(s.same, back.same, SKETCH_SAME);
    assert_int_equal(back.n_gaps, 3);
    assert_true(ht_str_eq(s.numerals, back.numerals));
    assert_false(sketch_unpack(&back, ht_sub(ht_buf_str(&b), 0, 100)));
    assert_false(sketch_unpack(&back, HT_S("")));
    b.p[0] = (char)(b.p[0] + 16); /* of a version to come */
    assert_false(sketch_unpack(&back, ht_buf_str(&b)));
}

/* ---- copies ---- */

/* What the month's bulletin says. */
static char *bulletin(int month) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    ht_buf_printf(
        &b,
        "永川区驿站\n本报讯，昨天从永川区党工委社会工作部了解到，截至%d月底全区共有外卖骑手"
        "和快递员%d人，比去年底增加%d人。全区已建成暖新驿站%d个，每个驿站都配了饮水机和急救箱，",
        month, 23000 + 17 * month, 1800 + month, 40 + month);
    ht_buf_printf(
        &b,
        "夏天最热的时候骑手进去坐一坐，喝口水，再出门就有劲了。驿站里还有议事角，收到意见%d条，"
        "办结%d条。下半年还要再建驿站，投入资金%d万元，让骑手在步行范围之内就能找到歇脚的地方，"
        "工会还请医院做了免费体检，为其中%d人联系了复查。",
        80 + month, 70 + month, 380 + month, 30 + month);
    return ht_str_cstr(&arena, ht_buf_str(&b));
}

/* The first `from` is `to`. */
static char *with(const char *text, const char *from, const char *to) {
    const char *at = strstr(text, from);
    assert_non_null(at);
    ht_buf b;
    ht_buf_init(&b, &arena);
    ht_buf_add(&b, (ht_str){text, (size_t)(at - text)});
    ht_buf_add(&b, ht_str_of(to));
    ht_buf_add(&b, ht_str_of(at + strlen(from)));
    return ht_str_cstr(&arena, ht_buf_str(&b));
}

enum { MAX = 1200 };
typedef struct {
    const char *id, *text, *published, *repairs;
} item;
static char first[MAX][24], revision[MAX][24];

static const char *column(sqlite3_stmt *row, int at) {
    return ht_str_cstr(&arena, db_column(row, at));
}

/* Fills first and revision of items[order[i]]. */
static void decide(const item *items, const int *order, int n) {
    stats_db db;
    copies *c;
    ht_error e = {0};
    memset(first, 0, sizeof first);
    memset(revision, 0, sizeof revision);
    assert_int_equal(db_create(&db, path, &e), HT_OK);
    assert_int_equal(copies_open(&c, &db, &e), HT_OK);
    for (int i = 0; i < n; i++) {
        const item *of = &items[order ? order[i] : i];
        ht_outcome o = {.has_article = true, .text = ht_str_of(of->text)};
        o.article.cell[HT_A_ARTICLE_ID] = ht_str_of(of->id);
        o.article.cell[HT_A_SOURCE_PATH] = ht_str_of(of->id);
        o.article.cell[HT_A_PUBLISHED] = ht_str_of(of->published);
        o.article.cell[HT_A_REPAIRS] = ht_str_of(of->repairs ? of->repairs : "");
        assert_int_equal(copies_add(c, &arena, i + 1, &o, &e), HT_OK);
    }
    if (copies_decide(c, &e) != HT_OK) fail_msg("%s", e.text);
    sqlite3_stmt *query;
    bool row;
    assert_int_equal(db_prepare(&db, &query, "SELECT n, first, revision FROM copy", &e), HT_OK);
    while (db_step(&db, query, &row, &e) == HT_OK && row) {
        int at = sqlite3_column_int(query, 0) - 1;
        if (order) at = order[at];
        strcpy(first[at], column(query, 1));
        strcpy(revision[at], column(query, 2));
    }
    sqlite3_finalize(query);
    copies_close(c);
    db_close(&db);
}

static void expect(int i, const char *want_first, const char *want_revision) {
    assert_string_equal(first[i], want_first);
    assert_string_equal(revision[i], want_revision);
}

static void test_copies(void **state) {
    (void)state;
    char *march = bulletin(3), *april = bulletin(4);
    item items[] = {
        {"original", march, "2025-04-01", NULL},
        {"april", april, "2025-05-01", NULL},
        {"reprint", with(march, "昨天", "日前"), "2025-04-02", NULL},
        {"other-place", with(march, "复查。", "复查。\n编辑 2025年"), "2025-04-03", NULL},
        {"digit-lost", with(march, "23051", "2?051"), "2025-04-01", NULL},
        {"earlier-but-lost",
         with(march, "1803",
              "18\xEF\xBF\xBD"
              "3"),
         "2025-03-31", NULL},
        {"one-number", with(march, "1803", "1804"), "2025-04-04", NULL},
        {"april-again", april, "2025-05-02", NULL},
        {"april-damaged", with(with(april, "1804", "?804"), "44", ""), "2025-05-01", "left:1"},
        {"nothing", "永川区\n今天晴。", "2025-05-01", NULL},
        {"original", march, "2025-04-01", NULL}, /* given twice */
    };
    decide(items, NULL, sizeof items / sizeof *items);
    expect(0, "", "");
    expect(1, "", "original");
    expect(2, "original", "");
    expect(3, "original", "");
    expect(4, "original", "");
    expect(5, "original", "");
    expect(6, "", "original");
    expect(7, "april", "");
    expect(8, "april", "");
    expect(9, "", "");
    expect(10, "", "");
}

/* 12 and 32 are different, though a third reads ?2; and 3? is no copy of 12, though of ?2. */
static void test_not_transitive(void **state) {
    (void)state;
    item items[] = {{"a", with(bulletin(3), "43", "12"), "2025-04-01", NULL},
                    {"b", with(bulletin(3), "43", "32"), "2025-04-02", NULL},
                    {"c", with(bulletin(3), "43", "?2"), "2025-04-03", NULL},
                    {"d", with(bulletin(3), "43", "3?"), "2025-04-04", NULL}};
    int without_b[] = {0, 2, 3};
    decide(items, NULL, 4);
    expect(0, "", "");
    expect(1, "", "a");
    expect(2, "a", "");
    expect(3, "b", "");
    decide(items, without_b, 3);
    expect(2, "a", "");
    expect(3, "", "a");
}

static void test_order(void **state) {
    (void)state;
    enum { N = 60 };
    item items[N];
    int order[N];
    char before[2][N][24];
    for (int i = 0; i < N; i++) {
        char *text = bulletin(1 + i % 12);
        if (i % 5 == 1) text = with(text, "人。", "人，?");
        if (i % 7 == 2) text = with(text, "饮水机", "水");
        items[i] = (item){ht_format(&arena, "a%02d", i).p, text,
                          ht_format(&arena, "2025-01-%02d", 1 + i * 11 % 28).p,
                          i % 6 == 3 ? "left:1" : NULL};
        order[i] = i;
    }
    decide(items, order, N);
    memcpy(before[0], first, sizeof before[0]);
    memcpy(before[1], revision, sizeof before[1]);
    int n_copies = 0;
    for (int i = 0; i < N; i++) n_copies += first[i][0] != '\0';
    assert_int_equal(n_copies, N - 12);
    for (int round = 1; round < 4; round++) {
        for (int i = 0; i < N; i++) order[i] = (i * (2 * round + 5) + round) % N;
        for (int i = 0; i < N; i++)
            order[i] = round == 1 ? N - 1 - i : round == 2 ? i * 7 % N : i * 13 % N;
        decide(items, order, N);
        assert_memory_equal(before[0], first, sizeof before[0]);
        assert_memory_equal(before[1], revision, sizeof before[1]);
    }
}

/* More bulletins of one template than meet in a bucket: all are told apart, all are of one kind. */
static void test_series(void **state) {
    (void)state;
    static item items[MAX];
    for (int i = 0; i < MAX; i++)
        items[i] = (item){ht_format(&arena, "a%04d", i).p, bulletin(i % (MAX / 2)),
                          ht_format(&arena, "20%02d-01-01", i / 50).p, NULL};
    decide(items, NULL, MAX);
    for (int i = 0; i < MAX; i++) {
        bool copy = i >= MAX / 2;
        expect(i, copy ? items[i - MAX / 2].id : "", !copy && i ? "a0000" : "");
    }
}

/* More question marks than damaged articles meet: a mark that asks has lost nothing. */
static void test_questions(void **state) {
    (void)state;
    enum { N = 2 * BUCKETS_MAX_DAMAGED };
    static item items[2 * N];
    for (int i = 0; i < N; i++) {
        char *text = bulletin(i);
        items[i] = (item){ht_format(&arena, "a%04d", i).p, text, "2025-01-01", NULL};
        items[N + i] = (item){ht_format(&arena, "b%04d", i).p, with(text, "喝口水，", "喝口水?"),
                              "2025-01-02", NULL};
    }
    decide(items, NULL, 2 * N);
    for (int i = 0; i < N; i++) expect(N + i, items[i].id, "");
}

/* Without the digits number x and y. */
static char *without_digits(const char *text, int x, int y) {
    ht_buf b;
    ht_buf_init(&b, &arena);
    for (int n = 0; *text; text++) {
        bool digit = *text >= '0' && *text <= '9', lost = digit && (n == x || n == y);
        n += digit;
        ht_buf_byte(&b, lost ? '?' : *text);
    }
    return ht_str_cstr(&arena, ht_buf_str(&b));
}

/* Each of them has lost other digits. Those that no longer meet the sound one meet the others. */
static void test_max_damaged(void **state) {
    (void)state;
    for (int n = BUCKETS_MAX_DAMAGED - 1; n <= BUCKETS_MAX_DAMAGED + 1; n++) {
        static item items[BUCKETS_MAX_DAMAGED + 2];
        items[0] = (item){"a", bulletin(3), "2025-01-01", NULL};
        for (int i = 1, x = 0, y = 1; i <= n; i++, y++) {
            if (y > 20) y = ++x + 1;
            items[i] = (item){ht_format(&arena, "b%03d", i).p, without_digits(items[0].text, x, y),
                              "2025-01-02", NULL};
        }
        decide(items, NULL, n + 1);
        for (int i = 1; i <= n; i++) expect(i, "a", "");
    }
}

static void test_merit(void **state) {
    (void)state;
    assert_true(merit_date(HT_S("")) == MERIT_NO_DATE);
    assert_true(merit_date(HT_S("2025-03-29T08:05+08:00")) == 202503290805);
    assert_true(merit_date(HT_S("2025-03-29")) == 202503290000);
    assert_true(merit_date(HT_S("2025")) == 202500000000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agree),          cmocka_unit_test(test_agree_gaps),
        cmocka_unit_test(test_agree_limit),    cmocka_unit_test(test_as_if_whole),
        cmocka_unit_test(test_numerals),       cmocka_unit_test(test_same),
        cmocka_unit_test(test_min_chars),      cmocka_unit_test(test_pack),
        cmocka_unit_test(test_merit),          cmocka_unit_test(test_copies),
        cmocka_unit_test(test_not_transitive), cmocka_unit_test(test_order),
        cmocka_unit_test(test_series),         cmocka_unit_test(test_questions),
        cmocka_unit_test(test_max_damaged),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
