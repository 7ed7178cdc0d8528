#include "base/decimal.h"

#include <string.h>

enum { MAX_EXPONENT = 60, MAX_DIGITS = 38, SIGNIFICANT = 12 };
typedef __int128 i128;

ht_number ht_number_int(int64_t value) {
    return (ht_number){value, 0, true, 1};
}

static ht_number checked(ht_number x) {
    return x.exponent < -MAX_EXPONENT || x.exponent > MAX_EXPONENT ? HT_NO_NUMBER : x;
}

static ht_number parse_decimal(ht_str s) {
    ht_number x = {0, 0, true, 1};
    bool minus = s.n && s.p[0] == '-', point = false;
    size_t i = minus, digits = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (c == '.' && !point && digits && i + 1 < s.n) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return HT_NO_NUMBER;
        if (__builtin_mul_overflow(x.mantissa, (i128)10, &x.mantissa) ||
            __builtin_add_overflow(x.mantissa, (i128)(c - '0'), &x.mantissa))
            return HT_NO_NUMBER;
        digits++;
        x.exponent -= point;
    }
    if (!digits) return HT_NO_NUMBER;
    if (minus) x.mantissa = -x.mantissa;
    return checked(x);
}

ht_number ht_number_parse(ht_str s) {
    size_t slash = ht_str_find(s, HT_S("/"), 0);
    if (slash == SIZE_MAX) return parse_decimal(s);
    return ht_number_fraction(parse_decimal(ht_sub(s, 0, slash)),
                              parse_decimal(ht_sub(s, slash + 1, s.n)));
}

/* a's mantissa at the smaller exponent e. */
static bool scaled(ht_number a, int32_t e, i128 *out) {
    i128 m = a.mantissa;
    for (int32_t k = a.exponent; k > e && m; k--)
        if (__builtin_mul_overflow(m, (i128)10, &m)) return false;
    *out = m;
    return true;
}

ht_number ht_number_add(ht_number a, ht_number b) {
    if (!a.ok || !b.ok || a.divisor != 1 || b.divisor != 1) return HT_NO_NUMBER;
    ht_number r = {0, a.exponent < b.exponent ? a.exponent : b.exponent, true, 1};
    i128 x, y;
    if (!scaled(a, r.exponent, &x) || !scaled(b, r.exponent, &y) ||
        __builtin_add_overflow(x, y, &r.mantissa))
        return HT_NO_NUMBER;
    return r;
}

ht_number ht_number_mul(ht_number a, ht_number b) {
    ht_number r = {0, a.exponent + b.exponent, true, 1};
    if (!a.ok || !b.ok || __builtin_mul_overflow(a.mantissa, b.mantissa, &r.mantissa) ||
        __builtin_mul_overflow(a.divisor, b.divisor, &r.divisor))
        return HT_NO_NUMBER;
    return checked(r);
}

ht_number ht_number_neg(ht_number a) {
    a.mantissa = -a.mantissa;
    return a;
}

ht_number ht_number_shift(ht_number a, int32_t powers_of_ten) {
    if (!a.ok) return a;
    a.exponent += powers_of_ten;
    return checked(a);
}

ht_number ht_number_fraction(ht_number a, ht_number b) {
    if (!a.ok || !b.ok || b.mantissa == 0 || a.divisor != 1 || b.divisor != 1) return HT_NO_NUMBER;
    i128 d;
    if (!scaled(b, b.exponent < 0 ? b.exponent : 0, &d)) return HT_NO_NUMBER;
    if (b.exponent < 0) a = ht_number_shift(a, -b.exponent);
    if (d < 0) {
        d = -d;
        a = ht_number_neg(a);
    }
    if (!a.ok || d > (i128)UINT64_MAX) return HT_NO_NUMBER;
    a.divisor = (uint64_t)d;
    return a;
}

int ht_number_cmp(ht_number a, ht_number b) {
    i128 x, y;
    int32_t e = a.exponent < b.exponent ? a.exponent : b.exponent;
    if (!scaled(a, e, &x) || !scaled(b, e, &y) || __builtin_mul_overflow(x, (i128)b.divisor, &x) ||
        __builtin_mul_overflow(y, (i128)a.divisor, &y)) {
        /* Too large to be put on one scale: their sizes alone decide. */
        long double p = (long double)a.mantissa / (long double)a.divisor;
        long double q = (long double)b.mantissa / (long double)b.divisor;
        for (int32_t k = a.exponent; k > e; k--) p *= 10;
        for (int32_t k = b.exponent; k > e; k--) q *= 10;
        return p < q ? -1 : p > q;
    }
    return x < y ? -1 : x > y;
}

/* Digits of |m| without leading zeros, most significant first. */
static size_t digits_of(i128 m, char out[MAX_DIGITS + 2]) {
    char back[MAX_DIGITS + 2];
    size_t n = 0;
    unsigned __int128 u = m < 0 ? -(unsigned __int128)m : (unsigned __int128)m;
    do back[n++] = (char)('0' + (int)(u % 10));
    while (u /= 10);
    for (size_t i = 0; i < n; i++) out[i] = back[n - 1 - i];
    return n;
}

/* Plain notation of digits * 10^exponent, trailing zeros behind the point cut. */
static void put_decimal(ht_buf *b, bool minus, const char *digits, size_t n, int32_t exponent) {
    while (exponent < 0 && n > 1 && digits[n - 1] == '0') {
        n--;
        exponent++;
    }
    if (n == 1 && digits[0] == '0') {
        ht_buf_byte(b, '0');
        return;
    }
    if (minus) ht_buf_byte(b, '-');
    int32_t whole = (int32_t)n + exponent; /* digits before the point */
    if (whole <= 0) {
        ht_buf_add(b, HT_S("0."));
        for (int32_t i = whole; i < 0; i++) ht_buf_byte(b, '0');
        ht_buf_add(b, (ht_str){digits, n});
        return;
    }
    for (int32_t i = 0; i < whole || i < (int32_t)n; i++) {
        if (i == whole) ht_buf_byte(b, '.');
        ht_buf_byte(b, i < (int32_t)n ? digits[i] : '0');
    }
}

ht_str ht_number_text(ht_arena *a, ht_number x) {
    if (!x.ok) return (ht_str){NULL, 0};
    char digits[MAX_DIGITS + 2];
    ht_buf b;
    ht_buf_init(&b, a);
    put_decimal(&b, x.mantissa < 0, digits, digits_of(x.mantissa, digits), x.exponent);
    if (x.divisor != 1) ht_buf_printf(&b, "/%llu", (unsigned long long)x.divisor);
    return ht_buf_str(&b);
}

/* Rounds digits[0..*n) to SIGNIFICANT, half to even; `rest` says that more follows behind them. */
static void round_digits(char *digits, size_t *n, int32_t *exponent, bool rest) {
    if (*n <= SIGNIFICANT) return;
    char next = digits[SIGNIFICANT];
    for (size_t i = SIGNIFICANT + 1; i < *n; i++) rest |= digits[i] != '0';
    *exponent += (int32_t)(*n - SIGNIFICANT);
    *n = SIGNIFICANT;
    bool up = next > '5' || (next == '5' && (rest || (digits[SIGNIFICANT - 1] - '0') % 2));
    for (size_t i = SIGNIFICANT; up && i-- > 0;) {
        up = digits[i] == '9';
        digits[i] = up ? '0' : (char)(digits[i] + 1);
    }
    if (up) { /* 999… became 1000… */
        memmove(digits + 1, digits, SIGNIFICANT - 1);
        digits[0] = '1';
        *exponent += 1;
    }
}

ht_str ht_number_rounded(ht_arena *a, ht_number x) {
    if (!x.ok) return (ht_str){NULL, 0};
    bool minus = x.mantissa < 0, rest = false;
    char digits[2 * MAX_DIGITS + 4];
    size_t n;
    if (x.divisor == 1) {
        n = digits_of(x.mantissa, digits);
    } else { /* long division until the digits suffice */
        unsigned __int128 u = minus ? -(unsigned __int128)x.mantissa : (unsigned __int128)x.mantissa;
        unsigned __int128 r = u % x.divisor;
        n = digits_of((i128)(u / x.divisor), digits);
        if (n == 1 && digits[0] == '0') n = 0;
        for (int k = 0; r && n <= SIGNIFICANT + 1 && k < MAX_EXPONENT; k++) {
            r *= 10;
            char d = (char)('0' + (int)(r / x.divisor));
            r %= x.divisor;
            if (n || d != '0') digits[n++] = d;
            x.exponent--;
        }
        rest = r != 0;
        if (!n) digits[n++] = '0';
    }
    round_digits(digits, &n, &x.exponent, rest);
    ht_buf b;
    ht_buf_init(&b, a);
    put_decimal(&b, minus, digits, n, x.exponent);
    return ht_buf_str(&b);
}
