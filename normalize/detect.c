/* Which charset bytes are in: a mark, the validity of UTF-8, escapes, and for the rest how likely
 * each charset's reading is as Chinese text. */
#include "normalize/charset.h"

#include "base/utf8.h"
#include "normalize/lm.h"

#include <string.h>

enum {
    HIGH_BYTES = 800,      /* outside ASCII, that are weighed at most */
    WEIGHED_BYTES = 65536, /* the same with the ASCII between them */
    BOX_FIRST = 0x2500,    /* lines that frame a table */
    BOX_LAST = 0x257F,
    BOX_NATS = 5,
    TEXT_NATS = 9,         /* a character of real text costs less, of a wrong charset more */
    ASCII_NATS = 3,
    MALFORMED_NATS = 25, /* a malformed unit */
    PRIVATE_NATS = 20,   /* a private-use character or a control */
    WRONG_PERCENT = 2,   /* malformed units by which a declaration is provably wrong */
    CLEAR_NATS = 1,      /* a character, by which content must beat a declaration that decodes */
    ENOUGH_UNITS = 20,   /* below this a declaration that decodes is not doubted */
    LEAD_NATS = 7,       /* by which the second-best reading must be behind: nothing is guessed */
    SURE_BAD = 64,       /* so many malformed places, and ... */
    SURE_PART = 4,       /* ... one for so many good ones: no UTF-8 */
    LATIN_WITHIN = 8192,
    LATIN_PERCENT = 80,
    SURE_PAIRS = 256, /* of them, and nothing else: no other charset has so many by chance */
    LATIN_1_NATS = 5, /* one of the 96 characters U+00A0 .. U+00FF, where UTF-8 has some */
};

static const charset weighed[] = {CHARSET_GB18030, CHARSET_BIG5_HKSCS, CHARSET_EUC_TW,
                                  CHARSET_UTF_16LE, CHARSET_UTF_16BE};
enum { N_WEIGHED = sizeof weighed / sizeof *weighed };

typedef struct {
    int64_t cost;          /* of the units outside ASCII, 1/64 nat */
    size_t n_units, n_bad; /* outside ASCII */
    size_t n_ascii;
} reading;

static int64_t total(reading r) {
    return r.cost + (int64_t)r.n_ascii * ASCII_NATS * LM_NAT;
}

/* So well that no other charset need be tried. */
static bool reads_well(reading r) {
    return r.n_units && r.n_bad * 100 <= r.n_units * WRONG_PERCENT &&
           r.cost < (int64_t)r.n_units * TEXT_NATS * LM_NAT;
}

/* The part that all charsets are weighed on, so that their costs are of the same bytes: from the
 * first byte outside ASCII on, at an even place for UTF-16. */
static ht_str weighed_part(ht_str bytes) {
    size_t from = 0, n_high = 0;
    while (from < bytes.n && (unsigned char)bytes.p[from] < 0x80) from++;
    if (from == bytes.n) from = 0; /* UTF-16 all the same, or nothing to weigh */
    from &= ~(size_t)1;
    size_t most = bytes.n - from < WEIGHED_BYTES ? bytes.n : from + WEIGHED_BYTES, to = from;
    while (to < most && n_high < HIGH_BYTES) n_high += (unsigned char)bytes.p[to++] >= 0x80;
    return ht_sub(bytes, from, to);
}

/* rows: a row of one sign weighs as one. */
static reading read_as(ht_str bytes, charset which, bool rows) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    reading r = {0, 0, 0, 0};
    uint32_t before = 0, last = 0;
    uint8_t shift = 0;
    for (size_t i = 0; i < bytes.n;) {
        unit u = unit_next(which, p + i, bytes.n - i, &shift);
        i += u.n_bytes;
        if (!u.n_chars) continue;
        if (u.c[0] < 0x80 && (u.c[0] >= 0x20 || strchr("\t\n\r\f", (int)u.c[0]))) {
            r.n_ascii++;
            before = 0;
            continue;
        }
        r.n_units++;
        uint32_t id = 0;
        if (u.bad) {
            r.n_bad++;
            r.cost += MALFORMED_NATS * LM_NAT;
        } else if ((u.c[0] >= 0xE000 && u.c[0] <= 0xF8FF) || u.c[0] < 0xA0) {
            r.cost += PRIVATE_NATS * LM_NAT;
        } else if (rows && u.c[0] == last) {
            r.n_units--; /* a ruled line is one sign, whatever charset it is read in */
            continue;
        } else {
            id = lm_id(u.c[0]);
            r.cost += u.c[0] >= BOX_FIRST && u.c[0] <= BOX_LAST ? BOX_NATS * LM_NAT
                                                                : lm_cost(before, id);
        }
        before = id;
        last = u.c[0];
    }
    return r;
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

/* Chinese written in seven bits: escapes, and what they open reads as text. */
static charset by_escapes(ht_str bytes) {
    static const struct {
        const char *sign;
        charset which;
    } escapes[] = {{"~{", CHARSET_HZ}, {"\x1B$", CHARSET_ISO_2022_CN}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        size_t at = ht_str_find(bytes, ht_str_of(escapes[i].sign), 0);
        if (at == SIZE_MAX) continue;
        size_t end = bytes.n - at < WEIGHED_BYTES ? bytes.n : at + WEIGHED_BYTES;
        if (reads_well(read_as(ht_sub(bytes, at, end), escapes[i].which, true))) return escapes[i].which;
    }
    return CHARSET_NONE;
}

/* Most bytes above ASCII stand alone between ASCII letters: accented Latin, not pairs. */
static bool looks_latin(ht_str bytes) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t n = bytes.n < LATIN_WITHIN ? bytes.n : LATIN_WITHIN, n_runs = 0, n_single = 0;
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
    size_t n_good, n_bad; /* sequences; malformed places */
    bool wide;            /* a sequence of three bytes or more */
    bool run;             /* two sequences side by side */
} utf8_count;

/* Stops where it is clear that the bytes are no UTF-8. */
static utf8_count count_utf8(ht_str bytes) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    utf8_count k = {0, 0, false, false};
    uint8_t shift = 0;
    bool before = false, all_good = ht_utf8_valid_until(bytes) == bytes.n;
    for (size_t i = 0; i < bytes.n;) {
        if (p[i] < 0x80) {
            before = false;
            i++;
            continue;
        }
        unit u = unit_next(CHARSET_UTF_8, p + i, bytes.n - i, &shift);
        i += u.n_bytes;
        k.n_bad += u.bad;
        k.n_good += !u.bad;
        k.wide |= !u.bad && u.n_bytes > 2;
        k.run |= before;
        before = true;
        if (all_good ? k.wide : k.n_bad > SURE_BAD && k.n_bad * SURE_PART > k.n_good) break;
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

/* The likeliest reading among the charsets whose bytes all look alike. A declared one of them is
 * kept unless the content proves it wrong; CHARSET_NONE where nothing is declared and no reading is
 * clearly ahead. */
static charset likeliest(ht_str bytes, charset declared) {
    reading all[N_WEIGHED], own = {0, 0, 0, 0};
    size_t best = 0;
    bool is_declared = false;
    bytes = weighed_part(bytes);
    for (size_t i = 0; i < N_WEIGHED; i++)
        if (weighed[i] == declared) {
            is_declared = true;
            own = read_as(bytes, declared, true);
            if (reads_well(own)) return declared;
        }
    for (size_t i = 0; i < N_WEIGHED; i++) {
        all[i] = weighed[i] == declared ? own : read_as(bytes, weighed[i], true);
        if (all[i].n_units >= ENOUGH_UNITS && reads_well(all[i])) return weighed[i];
        if (total(all[i]) < total(all[best])) best = i;
    }
    if (!reads_well(all[best]) && looks_latin(bytes)) return CHARSET_WINDOWS_1252;
    int64_t lead = INT64_MAX;
    for (size_t i = 0; i < N_WEIGHED; i++)
        if (i != best && total(all[i]) - total(all[best]) < lead)
            lead = total(all[i]) - total(all[best]);
    if (!is_declared) return lead < LEAD_NATS * LM_NAT ? CHARSET_NONE : weighed[best];
    int64_t behind = total(own) - total(all[best]);
    bool wrong = own.n_bad * 100 > own.n_units * WRONG_PERCENT && !all[best].n_bad &&
                 behind >= LEAD_NATS * LM_NAT;
    bool unlikely =
        own.n_units >= ENOUGH_UNITS && behind > (int64_t)own.n_units * CLEAR_NATS * LM_NAT;
    return wrong || unlikely ? weighed[best] : declared;
}

/* UTF-16 without a mark. */
static charset as_utf_16(ht_str bytes) {
    bytes = weighed_part(bytes);
    reading le = read_as(bytes, CHARSET_UTF_16LE, true), be = read_as(bytes, CHARSET_UTF_16BE, true);
    bool is_le = total(le) < total(be);
    reading r = is_le ? le : be;
    if (r.n_units ? !reads_well(r) : !r.n_ascii) return CHARSET_NONE;
    return is_le ? CHARSET_UTF_16LE : CHARSET_UTF_16BE;
}

static bool is_ascii_like(charset which) {
    return which == CHARSET_UTF_8 || which == CHARSET_GB18030 || which == CHARSET_BIG5_HKSCS ||
           which == CHARSET_EUC_TW || which == CHARSET_WINDOWS_1252;
}

/* What two-byte sequences of UTF-8 cost: of Latin-1 they are a no-break space, a middle dot, an é;
 * what is beyond is as good as never seen here. */
static int64_t cost_of_pairs(ht_str bytes) {
    int64_t nats = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char lead = (unsigned char)bytes.p[i];
        if (lead == 0xC2 || lead == 0xC3)
            nats += LATIN_1_NATS;
        else if (lead > 0xC3)
            nats += LM_UNKNOWN / LM_NAT;
    }
    return nats * LM_NAT;
}

/* Two-byte sequences alone are no proof of UTF-8: three words of a hundred in GBK look like them.
 * The charset in which they read as text, without a fault and likelier, or CHARSET_NONE. */
static charset likelier_than_pairs(ht_str bytes) {
    charset best = CHARSET_NONE;
    bytes = weighed_part(bytes);
    int64_t least = cost_of_pairs(bytes);
    for (size_t i = 0; i < N_WEIGHED; i++) {
        reading r = read_as(bytes, weighed[i], false);
        if (r.n_bad || !reads_well(r) || r.cost >= least) continue;
        least = r.cost;
        best = weighed[i];
    }
    return best;
}

charset_choice charset_detect(ht_str bytes, charset declared, bool begins) {
    size_t n_mark = 0;
    charset mark = begins ? charset_of_mark(bytes, &n_mark) : CHARSET_NONE;
    utf8_count utf8 = count_utf8(bytes);
    bool ascii = !utf8.n_good && !utf8.n_bad, nul = memchr(bytes.p, 0, bytes.n);
    bool mostly_utf8 = ascii || utf8.n_bad * 20 < utf8.n_good;
    if (mark != CHARSET_NONE && (mark != CHARSET_UTF_8 || !utf8.n_bad || mostly_utf8))
        return (charset_choice){mark, "bom", n_mark};
    if (nul || declared == CHARSET_UTF_16LE || declared == CHARSET_UTF_16BE) {
        charset wide = as_utf_16(bytes);
        if (wide != CHARSET_NONE) return choose(wide, declared);
    }
    if (ascii) {
        charset escaped = by_escapes(bytes);
        if (escaped != CHARSET_NONE) return choose(escaped, declared);
        return choose(is_ascii_like(declared) ? declared : CHARSET_UTF_8, declared);
    }
    if (!mostly_utf8) return choose(likeliest(bytes, declared), declared);
    bool pairs = !utf8.n_bad && utf8.run && !utf8.wide && utf8.n_good < SURE_PAIRS &&
                 declared != CHARSET_UTF_8;
    charset other = pairs ? likelier_than_pairs(bytes) : CHARSET_NONE;
    return choose(other != CHARSET_NONE ? other : CHARSET_UTF_8, declared);
}
