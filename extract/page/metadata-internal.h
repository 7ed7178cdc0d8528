/* What the files of the metadata stage share: words, lines of text, names.
 *
 *   metadata.c            the order; the part of the page above and below the article
 *   metadata_words.c      labels, media, surnames
 *   metadata_owner.c      names of offices and media that head a page
 *   metadata_title.c      title      metadata_date.c    published      metadata_publisher.c  来源
 *   metadata_people.c     authors, photographers, editor            metadata_dateline.c   …日电
 * Only short lines around the article are read, at most MAX_LINE_BYTES of each: linear.
 */
#ifndef HT_EXTRACT_PAGE_METADATA_INTERNAL_H
#define HT_EXTRACT_PAGE_METADATA_INTERNAL_H

#include "extract/page/page.h"
#include "extract/time/time.h"

/* The kinds of data/metadata-words.tsv, in the order of kind_names in metadata_words.c. */
typedef enum {
    M_AUTHOR,
    M_CLOCK,
    M_DATELINE_TAIL,
    M_EDITOR,
    M_NOT_NAME,
    M_NOT_SOURCE,
    M_OWN_MEDIA,
    M_PHOTO,
    M_ROLE,
    M_SOURCE,
    M_STOP,
    M_TIME,
    M_WIRE,
    M_META_DATE,
    M_META_TITLE,
    M_META_SOURCE,
    M_META_SITE,
    M_META_AUTHOR,
    M_META_URL,
    M_TITLE,
    M_SOURCE_ELEMENT,
    M_REPRINT,
    M_REPORT,
    M_NOT_PLACE,
    M_MEDIA_TAIL,
    M_OWNER,
    M_MEDIA,
    M_SURNAME,
    N_META_KINDS
} meta_kind;

#define M_BIT(kind) (1u << (kind))
#define M_LABELS                                                                                   \
    (M_BIT(M_AUTHOR) | M_BIT(M_EDITOR) | M_BIT(M_SOURCE) | M_BIT(M_TIME) | M_BIT(M_PHOTO))

enum {
    MAX_LINE_BYTES = 900, /* of a block that are read */
    SHORT_LINE = 160,     /* code points of a line that can be a byline */
    HEAD_LINES = 12,      /* above the title or the article */
    TAIL_LINES = 10,      /* below the article */
};

typedef struct {
    ht_arena *a;
    ht_page *page;
    ht_article *article;
    ht_passage *lines; /* [n_blocks]; made when asked for: text.p NULL */
    size_t n;
    size_t open, first, last; /* kept blocks: the first, the first of prose, the last; n if none */
    size_t title;             /* block of the title, n if it is in no block */
    bool lenient;             /* of titles: a path or a name will do */
    size_t head, body;        /* the lines above the article: [head, body) */
    size_t tail;              /* the lines below it: (last, tail) */
    ht_str place;             /* of the dateline */
    ht_str wire_media;        /* 汾河日报 in 汾河日报太原6月17日讯; empty */
    int wire_month, wire_day;
    size_t wire_block;        /* of the dateline, n if there is none */
} meta_reader;

/* The kinds (bits) of the longest word of the wanted kinds at code point `at`, 0 if none. */
unsigned meta_word(const ht_passage *p, uint32_t at, unsigned kinds, uint32_t *end);
/* Does the text [start, end) end with a word of the kind? *from: where that word starts. */
bool meta_ends(const ht_passage *p, uint32_t start, uint32_t end, unsigned kinds, uint32_t *from);
/* The value of the best <meta> of a kind; empty. */
ht_str meta_value(const meta_reader *m, meta_kind kind);
/* The value of a key of the page's JSON-LD ("datePublished"); empty. */
ht_str meta_json(const meta_reader *m, const char *key);

/* The name of a person or organisation in the page's JSON-LD: "key":{"@type":type,"name":…}; empty. */
ht_str meta_json_name(const meta_reader *m, const char *key, const char *type);

const ht_passage *meta_line(meta_reader *m, size_t block);
bool meta_is_blank(uint32_t c);
bool meta_is_mark(uint32_t c); /* brackets, stops, bars: what can stand around a field */
/* Was the block dropped as part of something else (related lists, menus, spam)? */
bool meta_foreign(const ht_block *b);
/* Behind a label of the kinds at `at` and its colon; `at` if there is none. A label without a colon
 * counts at the head of a line or behind a mark, with a blank behind it. */
uint32_t meta_label(const ht_passage *p, uint32_t at, unsigned kinds, unsigned *found);

/* The value as the page's cleaned text has it (meta elements are not cleaned), else as it is. */
ht_str meta_as_on_page(meta_reader *m, ht_str value);

/* Notes where a field was read; the first note stays. */
void meta_found(meta_reader *m, ht_field field, const char *rule, size_t block);
void meta_read_title(meta_reader *m);
/* Is the line the name of the office or the medium whose page this is? Reads a bounded number of lines. */
bool meta_is_owner(meta_reader *m, size_t block);
/* Is the text the title again? White space and width do not count. */
bool meta_same_words(ht_str a, ht_str b);
void meta_read_dateline(meta_reader *m);
void meta_read_date(meta_reader *m);
void meta_read_publisher(meta_reader *m);
void meta_read_people(meta_reader *m);

/* A full date with or without a time of day at `at`; its end, or `at`. minute -1: no time. */
typedef struct {
    ht_day day;
    int hour, minute, second;
} meta_stamp;
uint32_t meta_stamp_at(const ht_passage *p, uint32_t at, meta_stamp *out);

#endif
