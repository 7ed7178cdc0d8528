/* A decoded page -> an article: blocks kept and dropped (with the reason), title and metadata.
 *
 *   html.c      libxml2 SAX -> blocks          plain.c     text dump -> blocks
 *   content.c   which blocks are the article   metadata.c  title, date, publisher, people, dateline
 *   article.c   kept blocks -> main text
 * Nothing here opens a file. Order: ht_page_split, then normalize's ht_clean over the block texts
 * (called by cli/run.c), then ht_page_choose, then ht_page_metadata, then ht_article_make.
 */
#ifndef HT_EXTRACT_PAGE_H
#define HT_EXTRACT_PAGE_H

#include "base/error.h"
#include "extract/passage/passage.h"
#include "normalize/normalize.h"

typedef enum {
    HT_BLOCK_TEXT,
    HT_BLOCK_HEADING,
    HT_BLOCK_LIST_ITEM,
    HT_BLOCK_ROW,     /* a table row: cells separated by tabs */
    HT_BLOCK_CAPTION, /* of an image or a table */
} ht_block_kind;

typedef struct {
    ht_text text;          /* as split; after ht_clean the cleaned text. White space folded, one line */
    ht_block_kind kind;
    uint8_t heading;       /* 1..6 for h1..h6, else 0 */
    uint16_t depth;        /* of the element that made the block; 0 for plain text */
    uint32_t container;    /* index into ht_page.containers of the innermost block-level ancestor */
    uint32_t n_chars;      /* code points before cleaning */
    uint32_t n_link_chars; /* of these inside <a> */
    uint32_t n_links;
    bool blank_before;     /* plain text: one or more empty lines stand before it */
    bool furniture;        /* plain text: page number or running head of a printed sheet */
    bool hidden;           /* not shown until the reader, or a script, unfolds it */
    uint16_t indent;       /* plain text: leading blanks (U+3000 counts 2) */
    bool keep;             /* part of the article's main text */
    const char *reason;    /* why it was dropped, or kept: a stable word (navigation, related, tail …) */
} ht_block;

typedef struct {
    ht_str tag;      /* lower case */
    ht_str names;    /* class and id, lower case, separated by blanks */
    uint32_t parent; /* index; the root is 0 and its own parent */
} ht_container;

typedef struct {
    ht_str name;  /* lower case name, property or itemprop of a <meta>; "ld+json" for JSON-LD scripts,
                     "link:canonical", "html:lang", "saved-from" */
    ht_str value; /* entities decoded; not cleaned */
} ht_meta;

typedef struct {
    bool html;
    ht_str head_title; /* content of <title>, white space folded; empty for plain text. Cleaned by cli/run.c */
    ht_block *blocks;
    size_t n_blocks;
    ht_container *containers;
    size_t n_containers;
    ht_meta *metas;
    size_t n_metas;
    ht_trouble cut; /* code != NULL: a limit cut something off; goes to rejected.csv, the rest is used */
} ht_page;

/* The fields of an article that evidence is kept for, in the order of articles.csv but for the url. */
typedef enum {
    HT_FIELD_TITLE,
    HT_FIELD_PUBLISHED,
    HT_FIELD_PUBLISHER,
    HT_FIELD_AUTHORS,
    HT_FIELD_PHOTOGRAPHERS,
    HT_FIELD_EDITOR,
    HT_FIELD_DATELINE_PLACE,
    HT_FIELD_DATELINE_DATE,
    HT_FIELD_URL,
    HT_N_FIELDS
} ht_field;

#define HT_NO_BLOCK SIZE_MAX

/* Where a field was read. */
typedef struct {
    const char *rule; /* a stable word (label, headline, meta …); NULL: the field is empty */
    size_t block;     /* HT_NO_BLOCK: in the page's head, or the record's address */
} ht_evidence;

typedef struct {
    ht_str title;           /* cleaned, target script; empty if there is none */
    ht_str published;       /* ISO 8601: 2025-03-29T14:34:00+08:00, 2025-03-29T14:34+08:00, or 2025-03-29; empty */
    ht_str publisher;       /* 来源 */
    ht_str authors;         /* lists separated by | */
    ht_str photographers;
    ht_str editor;
    ht_str dateline_place;
    ht_str dateline_date;   /* ISO day */
    ht_str url;             /* canonical URL of the page, else the record's */
    ht_str main;            /* first line the title (may be empty), then a paragraph a line */
    ht_offmap map;          /* main -> decoded document */
    ht_para_kind *kinds;    /* of main's lines */
    size_t n_lines;
    uint32_t main_chars;    /* code points of main without white space */
    ht_evidence evidence[HT_N_FIELDS]; /* lists: of the first name */
} ht_article;

/* Does the decoded text look like HTML (a doctype, or tags near its start), and not like a text dump? */
bool ht_page_is_html(ht_str text);
/* Splits decoded text into blocks. false and *trouble when nothing can be read (too-deep, too-large …). */
bool ht_page_split(ht_arena *a, ht_str text, ht_page *page, ht_trouble *trouble);
/* Sets keep and reason of every block. Works on cleaned text. `site` is what is known of the page's
 * host (site.h), or NULL. */
struct ht_site;
void ht_page_choose(ht_arena *a, ht_page *page, const struct ht_site *site);
/* Fills the metadata fields of *article from the cleaned blocks, metas and `url` of the record
 * (may be empty). May set keep = false (reason byline, title …) on blocks that are metadata. */
void ht_page_metadata(ht_arena *a, ht_page *page, ht_str url, ht_article *article);
/* What the page's head says of its address, and of its title for those who share it; empty. */
ht_str ht_page_url(const ht_page *page);
ht_str ht_page_shared_title(const ht_page *page);
/* The value of a field; empty if the article has none. */
ht_str ht_article_field(const ht_article *article, ht_field field);
/* Builds main, map, kinds and main_chars from the kept blocks and the title. */
void ht_article_make(ht_arena *a, const ht_page *page, ht_article *article);

#endif
