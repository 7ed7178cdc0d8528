/* data/columns.tsv: every column is described. */
#include "stats/columns.h"

#include "stats/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void describes(const char *table, const char *const *columns, int n) {
    for (int i = 0; i < n; i++) {
        column_info info;
        if (!column_info_find(ht_str_of(table), ht_str_of(columns[i]), &info))
            fail_msg("%s.%s is not in data/columns.tsv", table, columns[i]);
        if (!info.type.n || !info.title_zh.n || !info.about_en.n || !info.about_zh.n)
            fail_msg("%s.%s: a field is empty", table, columns[i]);
        assert_int_equal(info.missing_en.n > 0, info.missing_zh.n > 0);
        if (!ht_str_eq(info.type, HT_S("list")))
            assert_int_equal(ht_str_eq(info.type, HT_S("enum")), info.values.n > 0);
        bool whole = ht_str_eq(info.type, HT_S("whole")) || ht_str_eq(info.type, HT_S("flag"));
        assert_int_equal(whole, ht_column_is_integer(columns[i]));
        if (ht_column_is_reference(columns[i])) assert_true(info.missing_en.n > 0);
    }
}

static void every_column_is_described(void **state) {
    (void)state;
    describes("articles", ht_article_columns, HT_N_ARTICLE_COLUMNS);
    describes("figures", ht_figure_columns, HT_N_FIGURE_COLUMNS);
    describes("rejected", ht_rejected_columns, HT_N_REJECTED_COLUMNS);
    describes("regions", ht_region_columns, HT_N_REGION_COLUMNS);
    describes("cells", ht_cell_columns, HT_N_CELL_COLUMNS);
}

static const char *type_of(const char *table, const char *column) {
    static char type[32];
    column_info info;
    if (!column_info_find(ht_str_of(table), ht_str_of(column), &info)) return "";
    for (size_t i = 0; i < info.type.n; i++) type[i] = info.type.p[i];
    type[info.type.n] = '\0';
    return type;
}

static void columns_of_tables_by_their_form(void **state) {
    (void)state;
    assert_string_equal(type_of("table-workers", "region_code"), "code");
    assert_string_equal(type_of("table-workers", "region_level"), "enum");
    assert_string_equal(type_of("table-workers", "2025"), "number");
    assert_string_equal(type_of("table-workers", "2025-Q2"), "number");
    assert_string_equal(type_of("table-workers", "2025-01/2025-06"), "number");
    assert_string_equal(type_of("table-workers", "undated"), "number");
    assert_string_equal(type_of("table-workers", "2025_low"), "number");
    assert_string_equal(type_of("table-workers", "2025_flag"), "list");
    assert_string_equal(type_of("table-workers", "2025_per_population"), "number");
    assert_string_equal(type_of("table-workers", "2025_per_income_low"), "number");
    assert_string_equal(type_of("table-workers", "2025_per"), "any");
    assert_string_equal(type_of("table-workers", "gdp"), "any");
    assert_string_equal(type_of("regions", "gdp"), "");
    assert_string_equal(type_of("regions", "2025"), "");
}

static void values_have_labels(void **state) {
    (void)state;
    ht_str rest = HT_S("exact=确切|about=约"), value, label;
    assert_true(column_value_next(&rest, &value, &label));
    assert_true(ht_str_eq(value, HT_S("exact")) && ht_str_eq(label, HT_S("确切")));
    assert_true(column_value_next(&rest, &value, &label));
    assert_true(ht_str_eq(value, HT_S("about")) && ht_str_eq(label, HT_S("约")));
    assert_false(column_value_next(&rest, &value, &label));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_is_described),
        cmocka_unit_test(columns_of_tables_by_their_form),
        cmocka_unit_test(values_have_labels),
    };
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
