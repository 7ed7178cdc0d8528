#include "normalize/charset.h"

#include "base/utf8.h"
#include "normalize/lm.h"

#include <string.h>

enum {
    DETECT_UNITS = 2000,        /* characters outside ASCII that are scored for a candidate */
    TEXT_NATS = 9,              /* a character of real text costs less, of a wrong charset more */
    MALFORMED_NATS = 25,        /* cost of a malformed unit */
    PRIVATE_NATS = 20,          /* of a private-use character or a control */
    WRONG_PERCENT = 2,          /* malformed units by which a declaration is provably wrong */
    CLEAR_NATS_A_CHARACTER = 1, /* by which content must beat a declaration that decodes */
    ENOUGH_UNITS = 20,          /* below this nothing is proved by content */
    BINARY_WITHIN = 8192,
    UTF_16_PERCENT = 90, /* of units that Chinese text in UTF-16 has */
    PARITY_PERCENT = 25, /* by which one parity must be ahead */
    CONTROL_PERCENT = 2, /* of units with a byte that no text in bytes has */
    SHORT_UNITS = 64,    /* a declared text of fewer may have none by chance */
    LATIN_PERCENT = 80,
};

typedef struct {
    int64_t cost;
    size_t n_units, n_bad; /* outside ASCII */
} score;

static score score_of(ht_str bytes, charset which) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    score s = {0, 0, 0};
    uint32_t before = 0;
    uint8_t shift = 0;
    for (size_t i = 0; i < bytes.n && s.n_units < DETECT_UNITS;) {
        if (p[i] < 0x80) {
            before = 0;
            i++;
            continue;
        }
        unit u = unit_next(which, p + i, bytes.n - i, &shift);
        i += u.n_bytes;
        s.n_units++;
        if (u.bad) {
            s.n_bad++;
            s.cost += MALFORMED_NATS * LM_NAT;
            before = 0;
        } else if ((u.c[0] >= 0xE000 && u.c[0] <= 0xF8FF) || u.c[0] < 0xA0) {
            s.cost += PRIVATE_NATS * LM_NAT;
            before = 0;
        } else {
            uint32_t id = lm_id(u.c[0]);
            s.cost += lm_cost(before, id);
            before = id;
        }
    }
    return s;
}

charset charset_of_mark(ht_str bytes, size_t *n_mark) {
    static const struct {
        const char *mark;
        charset which;
    } marks[] = {{"\xEF\xBB\xBF", CHARSET_UTF_8},
                 {"\x84\x31\x95\x33", CHARSET_GB18030},
                 {"\xFF\xFE", CHARSET_UTF_16LE},
                 {"\xFE\xFF", CHARSET_UTF_16BE}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ht_str_starts(bytes, ht_str_of(marks[i].mark))) {
            *n_mark = strlen(marks[i].mark);
            return marks[i].which;
        }
    *n_mark = 0;
    return CHARSET_NONE;
}

static bool is_stray_control(unsigned char c) {
    return c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B;
}

/* Chinese text in UTF-16 without a mark: nearly every unit is ASCII, an ideograph or a full-width
 * mark. One byte of ASCII is NUL, and one of eight ideographs has a control; a text in bytes has
 * neither, however often its words repeat. */
static charset utf16_by_parity(ht_str bytes, bool declared) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t n = bytes.n < BINARY_WITHIN ? bytes.n / 2 : BINARY_WITHIN / 2, good[2] = {0, 0};
    size_t n_control = 0, n_high = 0;
    if (bytes.n < 8) return CHARSET_NONE;
    for (size_t i = 0; i < 2 * n; i++) {
        n_control += is_stray_control(p[i]);
        n_high += p[i] >= 0x80;
    }
    if (n_control * 100 < n * CONTROL_PERCENT && !(declared && n < SHORT_UNITS && n_high))
        return CHARSET_NONE;
    for (size_t i = 0; i < n; i++)
        for (unsigned high = 0; high < 2; high++) {
            uint32_t c = (uint32_t)p[2 * i + high] << 8 | p[2 * i + 1 - high];
            good[high] += (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t' ||
                          (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3000 && c < 0x3020) ||
                          (c >= 0x2010 && c < 0x2030) || (c >= 0xFF00 && c < 0xFFF0);
        }
    unsigned high = good[1] > good[0];
    /* pairs of ASCII letters look like ideographs too, but then in both parities */
    if (good[high] * 100 < n * UTF_16_PERCENT ||
        (good[high] - good[1 - high]) * 100 < n * PARITY_PERCENT)
        return CHARSET_NONE;
    return high ? CHARSET_UTF_16LE : CHARSET_UTF_16BE;
}

static bool looks_hz(ht_str bytes) {
    size_t open = ht_str_find(bytes, HT_S("~{"), 0);
    return open != SIZE_MAX && ht_str_find(bytes, HT_S("~}"), open) != SIZE_MAX;
}

/* Most bytes above ASCII stand alone between ASCII letters: accented Latin, not pairs. */
static bool looks_latin(ht_str bytes) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t n = bytes.n < BINARY_WITHIN ? bytes.n : BINARY_WITHIN, n_runs = 0, n_single = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < 0x80) continue;
        size_t from = i;
        while (i < n && p[i] >= 0x80) i++;
        n_runs++;
        n_single += i - from == 1;
    }
    return n_single * 100 > n_runs * LATIN_PERCENT;
}

typedef struct {
    size_t n_good, n_wide, n_bad; /* sequences; those of three bytes and more; malformed places */
} utf8_count;

static utf8_count count_utf8(ht_str bytes) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    utf8_count k = {0, 0, 0};
    uint8_t shift = 0;
    if (ht_utf8_valid_until(bytes) == bytes.n) {
        /* the usual case: only whether there are any is asked then */
        for (size_t i = 0; i < bytes.n && !k.n_wide; i++) {
            k.n_good |= p[i] >= 0x80;
            k.n_wide = p[i] >= 0xE0;
        }
        return k;
    }
    for (size_t i = 0; i < bytes.n;) {
        if (p[i] < 0x80) {
            i++;
            continue;
        }
        unit u = unit_next(CHARSET_UTF_8, p + i, bytes.n - i, &shift);
        i += u.n_bytes;
        k.n_bad += u.bad;
        k.n_good += !u.bad;
        k.n_wide += !u.bad && u.n_bytes > 2;
    }
    return k;
}

static charset_choice choose(charset which, charset declared) {
    return (charset_choice){which,
                            which == declared          ? "declared"
                            : declared == CHARSET_NONE ? "detected"
                                                       : "content",
                            0};
}

/* So well that no other charset need be tried. */
static bool reads_well(score s) {
    return s.n_bad * 100 <= s.n_units * WRONG_PERCENT &&
           s.cost < (int64_t)s.n_units * TEXT_NATS * LM_NAT;
}

static charset best_by_score(ht_str bytes, charset declared) {
    static const charset candidates[] = {CHARSET_GB18030, CHARSET_BIG5_HKSCS, CHARSET_EUC_TW};
    charset best = CHARSET_GB18030;
    score best_score = {0, 0, 0}, declared_score = {0, 0, 0};
    bool one_of_them =
        declared == CHARSET_GB18030 || declared == CHARSET_BIG5_HKSCS || declared == CHARSET_EUC_TW;
    if (one_of_them) {
        declared_score = score_of(bytes, declared);
        if (reads_well(declared_score)) return declared;
    }
    for (size_t i = 0; i < 3; i++) {
        score s = candidates[i] == declared ? declared_score : score_of(bytes, candidates[i]);
        if (s.n_units >= ENOUGH_UNITS && reads_well(s)) return candidates[i];
        if (!i || s.cost < best_score.cost) {
            best = candidates[i];
            best_score = s;
        }
    }
    if (!one_of_them) return best;
    int64_t clear = (int64_t)declared_score.n_units * CLEAR_NATS_A_CHARACTER * LM_NAT;
    bool wrong = declared_score.n_bad * 100 > declared_score.n_units * WRONG_PERCENT;
    if (best == declared || best_score.n_units < ENOUGH_UNITS) return declared;
    return wrong || declared_score.cost - best_score.cost > clear ? best : declared;
}

charset_choice charset_detect(ht_str bytes, charset declared) {
    size_t n_mark;
    charset mark = charset_of_mark(bytes, &n_mark);
    utf8_count utf8 = count_utf8(bytes);
    bool mostly_utf8 = utf8.n_bad * 20 < utf8.n_good;
    if (mark != CHARSET_NONE && (mark != CHARSET_UTF_8 || !utf8.n_bad || mostly_utf8))
        return (charset_choice){mark, "bom", n_mark};
    bool declared_wide = declared == CHARSET_UTF_16LE || declared == CHARSET_UTF_16BE;
    if (declared_wide || utf8.n_bad || memchr(bytes.p, 0, bytes.n)) {
        charset wide = utf16_by_parity(bytes, declared_wide);
        if (wide != CHARSET_NONE) return choose(wide, declared);
    }
    if (!utf8.n_good && !utf8.n_bad) {
        if (looks_hz(bytes)) return choose(CHARSET_HZ, declared);
        bool ascii_like =
            declared != CHARSET_NONE && !declared_wide && declared != CHARSET_HZ;
        return choose(ascii_like ? declared : CHARSET_UTF_8, declared);
    }
    /* two-byte sequences alone are no proof of UTF-8: a few words of GBK can look like them */
    bool two_byte_pairs =
        !utf8.n_bad && !utf8.n_wide && declared != CHARSET_UTF_8 &&
        score_of(bytes, CHARSET_GB18030).cost < score_of(bytes, CHARSET_UTF_8).cost;
    if (mostly_utf8 && !two_byte_pairs) return choose(CHARSET_UTF_8, declared);
    if (looks_latin(bytes)) return choose(CHARSET_WINDOWS_1252, declared);
    return choose(best_by_score(bytes, declared), declared);
}

bool charset_binary(ht_str bytes, charset which) {
    static const char *const magic[] = {"\x89PNG",
                                        "\xFF\xD8\xFF",
                                        "GIF8",
                                        "%PDF-",
                                        "PK\x03\x04",
                                        "\x1F\x8B\x08",
                                        "\xD0\xCF\x11\xE0",
                                        "7z\xBC\xAF",
                                        "BZh",
                                        "\xFD"
                                        "7zXZ",
                                        "\x28\xB5\x2F\xFD",
                                        "Rar!",
                                        "\x7F"
                                        "ELF",
                                        "SQLite format 3",
                                        "RIFF",
                                        "ID3\x03",
                                        "OggS"};
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (ht_str_starts(bytes, ht_str_of(magic[i]))) return true;
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t n = bytes.n < BINARY_WITHIN ? bytes.n : BINARY_WITHIN, n_control = 0, n_bad = 0,
           n_high = 0;
    uint8_t shift = 0;
    for (size_t i = 0; i < n;) {
        unit u = unit_next(which, p + i, bytes.n - i, &shift);
        i += u.n_bytes;
        n_high += u.bad || u.c[0] >= 0x80;
        n_bad += u.bad;
        n_control += u.n_chars && u.c[0] < 0x20 && !strchr("\t\n\r\f\x1B", (int)u.c[0]);
    }
    /* a text has a few stray controls or malformed places; a binary has them everywhere */
    return n_control * 50 > n || (n_bad > 4 && n_bad * 4 > n_high && n_bad * 20 > n);
}
