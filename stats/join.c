#include "stats/join.h"

#include "base/utf8.h"
#include "stats/compare.h"
#include "stats/csv.h"
#include "stats/territory.h"

#include <stdio.h>

enum { YEAR = 4 };
typedef unsigned __int128 u128;

static bool is_key(ht_str column) {
    return ht_str_eq(column, HT_S("region_code")) || ht_str_eq(column, HT_S("period"));
}

static ht_status columns_read(join_table *j, ht_arena *a, const csv_table *t, ht_str name,
                              ht_error *e) {
    bool has_code = false;
    j->columns = HT_ARRAY(a, ht_str, t->n_columns);
    for (size_t i = 0; i < t->n_columns; i++) {
        ht_str column = ht_str_trim(t->columns[i]);
        has_code |= ht_str_eq(column, HT_S("region_code"));
        j->has_period |= ht_str_eq(column, HT_S("period"));
        for (size_t k = 0; k < i; k++)
            if (ht_str_eq(ht_str_trim(t->columns[k]), column))
                return ht_fail(e, HT_CODEBOOK, HT_FMT ": column '" HT_FMT "' stands there twice",
                               HT_ARG(name), HT_ARG(column));
        if (!column.n)
            return ht_fail(e, HT_CODEBOOK, HT_FMT ": column %zu has no name", HT_ARG(name), i + 1);
        if (!is_key(column)) j->columns[j->n_columns++] = column;
    }
    if (!has_code) return ht_fail(e, HT_CODEBOOK, HT_FMT ": no column region_code", HT_ARG(name));
    if (!j->n_columns || j->n_columns > JOIN_MAX_COLUMNS)
        return ht_fail(e, HT_CODEBOOK, HT_FMT ": %zu columns of numbers, expected 1 to %d",
                       HT_ARG(name), j->n_columns, JOIN_MAX_COLUMNS);
    return HT_OK;
}

static ht_str key_of(ht_arena *a, ht_str code, ht_str period) {
    return ht_format(a, HT_FMT " " HT_FMT, HT_ARG(code), HT_ARG(period));
}

static ht_status row_read(join_table *j, ht_arena *a, const ht_gazetteer *g, const csv_table *t,
                          size_t row, ht_str name, ht_error *e) {
    ht_str code = ht_str_trim(csv_cell(t, row, "region_code"));
    ht_str period = j->has_period ? ht_str_trim(csv_cell(t, row, "period")) : (ht_str){NULL, 0};
    if (!territory_code(code) || (g && !ht_region_name(g, territory_code(code)).n))
        return ht_fail(e, HT_CODEBOOK,
                       HT_FMT ", row %zu: '" HT_FMT
                              "' is no division code of six digits (as 511000)",
                       HT_ARG(name), row + 2, HT_ARG(code));
    size_t before = j->rows.n;
    *ht_map_put(&j->rows, key_of(a, code, period)) = (uint32_t)row;
    if (j->rows.n == before)
        return ht_fail(e, HT_CODEBOOK, HT_FMT ", row %zu: " HT_FMT " " HT_FMT " is there twice",
                       HT_ARG(name), row + 2, HT_ARG(code), HT_ARG(period));
    ht_number *values = j->values + row * j->n_columns;
    for (size_t i = 0, k = 0; i < t->n_columns; i++) {
        ht_str text = ht_str_trim(t->rows[row][i]);
        if (is_key(ht_str_trim(t->columns[i]))) continue;
        values[k] = ht_number_parse(text);
        if (text.n && (!values[k].ok || values[k].divisor != 1))
            return ht_fail(e, HT_CODEBOOK, HT_FMT ", row %zu: '" HT_FMT "' is no plain number",
                           HT_ARG(name), row + 2, HT_ARG(text));
        k++;
    }
    return HT_OK;
}

ht_status join_read(join_table *j, ht_arena *a, const ht_gazetteer *g, ht_str bytes, ht_str name,
                    ht_error *e) {
    *j = (join_table){0};
    ht_map_init(&j->rows, a);
    if (ht_utf8_valid_until(bytes) != bytes.n)
        return ht_fail(e, HT_CODEBOOK, HT_FMT ": not UTF-8 at byte %zu", HT_ARG(name),
                       ht_utf8_valid_until(bytes));
    csv_table t;
    csv_parse(&t, a, bytes);
    ht_status status = columns_read(j, a, &t, name, e);
    if (status != HT_OK) return status;
    j->values = ht_arena_array(a, t.n_rows * j->n_columns, sizeof *j->values);
    for (size_t i = 0; i < t.n_rows && status == HT_OK; i++)
        status = row_read(j, a, g, &t, i, name, e);
    return status;
}

static const ht_number *row_of(const join_table *j, ht_str code, ht_str period) {
    char bytes[64];
    int n = snprintf(bytes, sizeof bytes, HT_FMT " " HT_FMT, HT_ARG(code), HT_ARG(period));
    if (n < 0 || (size_t)n >= sizeof bytes) return NULL;
    const uint32_t *row = ht_map_get(&j->rows, (ht_str){bytes, (size_t)n});
    return row ? j->values + *row * j->n_columns : NULL;
}

const ht_number *join_find(const join_table *j, ht_str code, ht_str period) {
    if (!j->has_period) return row_of(j, code, (ht_str){NULL, 0});
    const ht_number *found = row_of(j, code, period);
    if (found) return found;
    size_t slash = ht_str_find(period, HT_S("/"), 0);
    if (slash != SIZE_MAX) period = ht_sub(period, slash + 1, period.n);
    return period.n >= YEAR ? row_of(j, code, ht_sub(period, 0, YEAR)) : NULL;
}

static u128 divisor_of_both(u128 a, u128 b) {
    while (b) {
        u128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* n / d times a power of ten -> n / d; false where it does not fit. */
static bool without_powers(u128 *n, u128 *d, int32_t exponent) {
    u128 *grows = exponent > 0 ? n : d, *shrinks = exponent > 0 ? d : n;
    for (int32_t k = exponent > 0 ? exponent : -exponent; k; k--) {
        u128 factor = 10;
        while (factor % 5 == 0 && *shrinks % 5 == 0) {
            *shrinks /= 5;
            factor /= 5;
        }
        if (factor % 2 == 0 && *shrinks % 2 == 0) {
            *shrinks /= 2;
            factor /= 2;
        }
        if (__builtin_mul_overflow(*grows, factor, grows)) return false;
    }
    return true;
}

ht_number join_ratio(ht_number a, ht_number b) {
    if (!a.ok || !b.ok || a.divisor != 1 || b.divisor != 1 || b.mantissa <= 0) return HT_NO_NUMBER;
    bool minus = a.mantissa < 0;
    u128 n = minus ? -(u128)a.mantissa : (u128)a.mantissa, d = (u128)b.mantissa;
    u128 common = divisor_of_both(n, d);
    n /= common;
    d /= common;
    if (n == 0) return ht_number_int(0);
    if (!without_powers(&n, &d, a.exponent - b.exponent)) return HT_NO_NUMBER;
    common = divisor_of_both(n, d);
    n /= common;
    d /= common;
    if (n >> 126 || d > UINT64_MAX) return HT_NO_NUMBER;
    ht_number ratio = {minus ? -(__int128)n : (__int128)n, 0, true, (uint64_t)d};
    ht_number decimal = compare_simplify(ratio);
    return decimal.divisor == 1 ? decimal : ratio;
}
