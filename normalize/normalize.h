/* Bytes in any Chinese encoding and state of damage -> clean UTF-8, with the way back.
 *
 * Two halves, called by cli/run.c in this order with the block splitter between them:
 *   ht_decode   bytes -> UTF-8          (charset.c decides, decode.c decodes)
 *   ht_clean    blocks of UTF-8 -> clean blocks (recode.c, entity.c, repair.c, gloss.c, width.c,
 *               wording.c, script.c)
 * Neither ever sees a file. Tables are compiled in; an ht_cleaner is shared by all workers.
 */
#ifndef HT_NORMALIZE_NORMALIZE_H
#define HT_NORMALIZE_NORMALIZE_H

#include "base/error.h"
#include "normalize/offsets.h"

/* --- decode ------------------------------------------------------------------------------- */

typedef struct {
    ht_str text;  /* arena; valid UTF-8, byte order mark dropped */
    ht_str bytes; /* borrows: the source */
    const char
        *charset; /* canonical name of what was used: UTF-8, GB18030, BIG5-HKSCS, UTF-16LE … */
    const char
        *basis; /* why: option | bom | declared | detected | content (declaration was wrong) */
    size_t n_malformed;     /* U+FFFD written for malformed bytes ... */
    size_t first_malformed; /* ... and the byte at which the first of them stands */
    void *marks;            /* arena; decode.c's checkpoints */
} ht_decoded;

/* `declared` is what the container or the page says (may be empty; any label); `forced` is
 * --encoding (may be empty). Returns false and fills *trouble for bytes that are not text
 * (binary: not-text; empty: empty; over the limit: too-large; unknown forced label: bad-encoding;
 * too little of it to tell the charset: unknown-encoding).
 */
bool ht_decode(ht_arena *a, ht_str bytes, ht_str declared, ht_str forced, ht_decoded *out,
               ht_trouble *trouble);
/* A part of a text behind its beginning: no byte order mark and no magic number stands there.
 * `known` is its charset, or empty. */
bool ht_decode_part(ht_arena *a, ht_str bytes, ht_str known, ht_decoded *out, ht_trouble *trouble);
/* The charset that ht_decode, or where the bytes do not begin a text ht_decode_part, would find;
 * NULL: it cannot be told. *sure: bytes outside ASCII, or its own escapes, speak for it. */
const char *ht_charset_find(ht_str bytes, bool begins, bool *sure);
/* The charset that an HTML page or an XML declaration names in its first 4096 bytes; else empty.
 * Borrows. */
ht_str ht_declared_charset(ht_str bytes);
/* The bytes that text[start, end) was decoded from. Exact. */
ht_span ht_decoded_source(const ht_decoded *d, size_t start, size_t end);
/* The same for one place after another, from where the last one was found. Begins zeroed. */
typedef struct {
    size_t text, byte; /* of the unit found last */
    uint8_t shift;     /* of the charset before it */
    bool known;
} ht_decoded_place;
ht_span ht_decoded_source_from(const ht_decoded *d, ht_decoded_place *p, size_t start, size_t end);
/* Canonical iconv name for a label (gb2312 -> GB18030, big5 -> BIG5-HKSCS …), NULL if unknown. */
const char *ht_charset_of_label(ht_str label);

/* --- clean -------------------------------------------------------------------------------- */

/* A piece of text and where it comes from. */
typedef struct {
    ht_str text;   /* UTF-8 */
    ht_offmap map; /* text -> the decoded document (ht_decoded.text) */
} ht_text;

/* What was wrong with a text and is repaired; the names for people are in report.c. */
typedef enum {
    HT_REPAIR_SHIFT_A, /* read one byte late, from a mark inside a character's bytes on */
    HT_REPAIR_SHIFT_B, /* the same, from an injected reading on */
    HT_REPAIR_SHIFT_C, /* the same, the first byte lost */
    HT_REPAIR_GLOSS,   /* an injected reading: 網(wǎng) */
    HT_REPAIR_UTF8_AS_GBK,
    HT_REPAIR_UTF8_AS_LATIN,
    HT_REPAIR_GBK_AS_LATIN,
    HT_REPAIR_BIG5_AS_LATIN,
    HT_REPAIR_BIG5_AS_GBK,
    HT_REPAIR_GBK_AS_BIG5,
    HT_REPAIR_ENTITY,        /* &#22909; */
    HT_REPAIR_RADICAL,       /* a Kangxi or CJK radical in the place of its ideograph */
    HT_REPAIR_COMPATIBILITY, /* a compatibility or private-use form of an ideograph */
    HT_REPAIR_INVISIBLE,     /* nothing to be seen: zero-width, direction, control characters */
    HT_REPAIR_SPACE,         /* one of the many spaces, now ' ' */
    HT_REPAIR_KINDS
} ht_repair_kind;

typedef struct {
    uint32_t block;      /* index of the text that was repaired */
    uint32_t start, end; /* in the cleaned text of that block, bytes; empty where all was dropped */
    uint32_t from, to;   /* in the decoded document, bytes */
    uint8_t kind;        /* ht_repair_kind */
    bool exact;          /* proved by doing the damage again, or by a table; false: inferred */
} ht_repair;

typedef struct {
    ht_repair *repairs; /* arena; sorted by block and start */
    size_t n_repairs, cap_repairs;
    size_t n_left; /* damaged places seen and left alone */
    size_t n_lost; /* characters lost for good: U+FFFD marks in the texts */
    bool hant;     /* the document is in traditional script */
} ht_clean_report;

typedef struct ht_cleaner ht_cleaner;

typedef enum { HT_TO_HANS, HT_TO_HANT, HT_TO_TW, HT_TO_HK, HT_TO_KEEP } ht_target;
typedef enum { HT_REPAIR_ALL, HT_REPAIR_EXACT, HT_REPAIR_OFF } ht_repair_level;

typedef struct {
    ht_target target;
    ht_repair_level repair;
    bool markup;            /* the texts are pages: references to ASCII characters stay */
    bool ascii_punctuation; /* ， 。 “ become , . " */
} ht_clean_options;

/* Opens the compiled-in tables; NULL and *e when they are not usable. One for all threads. */
const ht_cleaner *ht_cleaner_get(ht_error *e);
/* Cleans the blocks of one document together (evidence for glosses and damage is the document's):
 * repair, gloss removal, radicals and invisible characters, script conversion, punctuation.
 * texts[i] is replaced; its map still leads to the decoded document. */
void ht_clean(const ht_cleaner *c, ht_arena *a, ht_text *texts, size_t n,
              const ht_clean_options *options, ht_clean_report *report);
/* `gloss`, `shift-a`, … */
const char *ht_repair_name(ht_repair_kind kind);
size_t ht_repairs_of(const ht_clean_report *r, ht_repair_kind kind);
/* How many repairs of each kind, for articles.csv: "shift-a:1|gloss:229|lost:1"; empty if none. */
ht_str ht_clean_summary(ht_arena *a, const ht_clean_report *r);

/* --- parts that are useful alone ---------------------------------------------------------- */

/* The whole text by one of OpenCC's conversions, named as there (t2s, s2twp …): byte for byte what
 * OpenCC gives with the same dictionaries. False if there is none of that name. Nothing is repaired
 * and no script is looked for. */
bool ht_convert(ht_arena *a, ht_str name, ht_text *t);

/* The length of the HTML character reference at s.p[at] == '&', and its character; 0: none. */
size_t ht_entity(ht_str s, size_t at, uint32_t *c);
/* The text with all its references read. Borrows where there are none. */
ht_str ht_entities_decode(ht_arena *a, ht_str s);

/* One character folded for matching: traditional -> simplified, radicals and compatibility forms ->
 * ideographs, full-width digits, letters and ％ ． ＋ － ／ ～ -> ASCII, U+3000 -> ' '. The marks
 * ， ； ： ！ ？ （ ） and their ASCII forms stay apart. One to one, a table look-up. */
uint32_t ht_fold(uint32_t c);
/* Decodes and folds valid UTF-8 below 4 GiB: c[i], and byte[i] where it starts, byte[n] the length.
 * Both have room for its code points and one more. Gives how many there are. */
size_t ht_fold_text(ht_str text, uint32_t *c, uint32_t *byte);

#endif
