/* Exact numbers: decimals of up to 38 digits, and quotients of them. No binary floating point.
 *
 * An operation whose exact result does not fit gives a number that is not known (ok false), and so
 * does any operation on such a number: a figure that overflows is lost, never rounded.
 */
#ifndef HT_BASE_DECIMAL_H
#define HT_BASE_DECIMAL_H

#include "base/str.h"

typedef struct {
    __int128 mantissa; /* the value is mantissa * 10^exponent / divisor */
    int32_t exponent;  /* -60 .. 60 */
    bool ok;           /* false: there is no number here */
    uint64_t divisor;  /* 1 except for fractions as 三分之一 */
} ht_number;

#define HT_NO_NUMBER ((ht_number){0, 0, false, 1})

ht_number ht_number_int(int64_t value);
/* ASCII "-12.50", "1/3"; not known for anything else. Keeps trailing zeros' place value. */
ht_number ht_number_parse(ht_str s);
ht_number ht_number_add(ht_number a, ht_number b); /* both with divisor 1 */
ht_number ht_number_mul(ht_number a, ht_number b);
ht_number ht_number_neg(ht_number a);
ht_number ht_number_shift(ht_number a, int32_t powers_of_ten);
/* a / b as a fraction: kept as written (600/1000 stays so); not known when b is 0. */
ht_number ht_number_fraction(ht_number a, ht_number b);
/* <0, 0, >0; both known. Exact, also between fractions. */
int ht_number_cmp(ht_number a, ht_number b);
/* Plain decimal ("370000", "28.6", "-3") or "n/d"; the empty string when not known. */
ht_str ht_number_text(ht_arena *a, ht_number x);
/* The value as a plain decimal of 12 significant digits, half to even. Empty when not known. */
ht_str ht_number_rounded(ht_arena *a, ht_number x);

#endif
