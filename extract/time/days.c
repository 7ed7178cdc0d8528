/* Days since 1970-01-01 of the proleptic Gregorian calendar. */
#include "extract/time/time-internal.h"

enum { YEAR_MIN = 1, YEAR_MAX = 9999, DAYS_400 = 146097, EPOCH = 719468 };

int days_in_month(int year, int month) {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Years are counted from March, so that the leap day is the last one (Hinnant's days_from_civil).
 */
ht_day ht_day_of(int year, int month, int day) {
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return HT_NO_DAY;
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400, of_era = y % 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_400 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH;
}

void ht_day_split(ht_day d, int *year, int *month, int *day) {
    int z = d + EPOCH;
    int era = (z >= 0 ? z : z - DAYS_400 + 1) / DAYS_400;
    int of_era = z - era * DAYS_400;
    int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * y + y / 4 - y / 100);
    int mp = (5 * of_year + 2) / 153;
    *day = of_year - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = y + era * 400 + (*month <= 2);
}

ht_day ht_day_parse(ht_str iso) {
    enum { ISO_DAY = 10 };
    if (iso.n < ISO_DAY || iso.p[4] != '-' || iso.p[7] != '-') return HT_NO_DAY;
    int part[3] = {0, 0, 0}, k = 0;
    for (size_t i = 0; i < ISO_DAY; i++) {
        if (i == 4 || i == 7)
            k++;
        else if (iso.p[i] < '0' || iso.p[i] > '9')
            return HT_NO_DAY;
        else
            part[k] = part[k] * 10 + (iso.p[i] - '0');
    }
    return ht_day_of(part[0], part[1], part[2]);
}
