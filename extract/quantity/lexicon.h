/* The words that numbers are read with, from data/ -> tries and tables; internal to this folder.
 *
 *   numerals.tsv      which characters write numbers       units.tsv       what may stand behind
 * one number-words.tsv  qualifiers and words of context      idioms.txt, exclude-*.txt  fixed words
 * Parsed once; read only afterwards. A malformed line is a mistake of the build, reported by
 * ht_lexicon_get with its file and line.
 */
#ifndef HT_EXTRACT_QUANTITY_LEXICON_H
#define HT_EXTRACT_QUANTITY_LEXICON_H

#include "base/trie.h"
#include "extract/quantity/quantity.h"

typedef enum {
    UNIT_COUNT,
    UNIT_MONEY,
    UNIT_MEASURE,
    UNIT_DURATION,
    UNIT_AGE,
    UNIT_SHARE,
    UNIT_RATE,
    UNIT_NOUN,     /* the counted noun stands as the unit */
    UNIT_BARE,     /* the same, single characters that more often end a name */
    UNIT_ORDINAL,  /* the number says which, not how many */
    UNIT_LABEL,    /* the number is a name: 3号线 */
    UNIT_LINE,     /* 线: 两线 is a count, 17线 a name */
    UNIT_GRADE,    /* 级 */
    UNIT_CLOCK,    /* 点 时 */
    UNIT_SCORE,    /* 分 */
    UNIT_COHORT,   /* 后 */
    UNIT_TENTH,    /* 成 */
    UNIT_DISCOUNT, /* 折 */
    UNIT_FOLD,     /* 番 */
    UNIT_DAY,
    UNIT_MONTH,
    UNIT_YEAR,
} unit_kind;

typedef struct {
    ht_str canonical, dimension, base;
    ht_number factor;
    unit_kind kind;
} unit;

typedef enum { GLYPH_NONE, GLYPH_DIGIT, GLYPH_TENS, GLYPH_SMALL, GLYPH_BIG } glyph_role;
typedef enum { STYLE_PLAIN, STYLE_FORMAL, STYLE_SPOKEN } glyph_style;

typedef struct {
    uint8_t role, value, style;
} glyph;

/* Roles of number-words.tsv: bits, since one word may have several. */
typedef enum {
    WORD_PRE_ABOUT = 1 << 0,
    WORD_PRE_NEARLY = 1 << 1,
    WORD_PRE_OVER = 1 << 2,
    WORD_PRE_LEAST = 1 << 3,
    WORD_PRE_MOST = 1 << 4,
    WORD_POST_ABOUT = 1 << 5,
    WORD_POST_NEARLY = 1 << 6,
    WORD_POST_OVER = 1 << 7,
    WORD_POST_LEAST = 1 << 8,
    WORD_POST_MOST = 1 << 9,
    WORD_NOT_PRE = 1 << 10,    /* ends like a qualifier and is none: 附近, 预约 */
    WORD_NOT_LEAD = 1 << 11,   /* ends in 数 or 上 that begins no number: 总数, 网上 */
    WORD_PHONE_NEAR = 1 << 12, /* 热线, 拨打 */
    WORD_SCHEME_AFTER = 1 << 13, /* 工作体系, 模式: what stands before is the name of a scheme */
    WORD_POINTS_AFTER = 1 << 14, /* 意见, 建议: 三点意见 counts */
    WORD_STAIR_AFTER = 1 << 15,  /* 台阶: 级 counts */
    WORD_ORDINAL_BEFORE = 1 << 16,
    WORD_SPAN_BEFORE = 1 << 17, /* 历时, 耗时: 近 before a duration means nearly */
    WORD_CURRENCY = 1 << 18,    /* 港币, 人民币 before the number */
    WORD_PER_HEAD = 1 << 19,    /* 人均, 每 … : a rate */
    WORD_FRAME_ONE = 1 << 20,   /* 仅, 只有, 各: 一 + classifier behind it is a count */
    WORD_RANK_HEADER = 1 << 21, /* column heads: 序号, 排名 */
    WORD_MONEY_TAIL = 1 << 22,  /* what may follow 块 = 元 */
    WORD_PAGE_UNIT = 1 << 23,   /* 单位：万元 above a table */
    WORD_CHANGE_TO = 1 << 24,   /* 为 至 达: a bare decimal behind it is a figure, no version */
    WORD_RESIDUE = 1 << 25,     /* 余额, 余粮: 余 that is no approximation */
    WORD_CHANGE = 1 << 26,      /* 增长, 降幅: a percentage behind it is a rate */
    WORD_REACH = 1 << 27,       /* 达, 为: between 增速 and its percentage */
    WORD_NOT_GREAT = 1 << 28,   /* 大学, 大街: 大 behind a digit that is no 三大… */
    WORD_LASTING = 1 << 29,     /* 来, 历史: a number of years before it is a duration */
    WORD_NEXT = 1 << 30,        /* 多次, 半价: 多 or 半 that belongs to the next word */
} word_role;

/* Classes of the fixed words (idioms.txt, exclude-*.txt). */
typedef enum { FIXED_IDIOM, FIXED_NAME, FIXED_DATE, FIXED_ORDINAL } fixed_class;
enum { FIXED_WEAK = 8, FIXED_CLASS = 7 };

struct ht_lexicon {
    ht_arena arena;
    glyph *glyphs; /* [65536] */
    ht_trie units, unless, words, words_back, fixed;
    unit *unit;
    size_t n_units;
};

/* The glyph of a code point; role GLYPH_NONE if it writes no number. */
static inline glyph glyph_of(const ht_lexicon *l, uint32_t c) {
    return c < 0x10000 ? l->glyphs[c] : (glyph){GLYPH_NONE, 0, 0};
}
/* Length of the longest word with one of these roles that begins at c[at], 0 if none. */
uint32_t lexicon_word_at(const ht_lexicon *l, uint32_t roles, const uint32_t *c, uint32_t n,
                         uint32_t at);
/* Length of the longest word with one of these roles that ends before c[at], 0 if none. */
uint32_t lexicon_word_before(const ht_lexicon *l, uint32_t roles, const uint32_t *c, uint32_t at);
/* The unit at c[at]: its length, 0 if none; a longer word that is no unit (家庭) hides it. */
uint32_t lexicon_unit_at(const ht_lexicon *l, const uint32_t *c, uint32_t n, uint32_t at,
                         const unit **u);

#endif
