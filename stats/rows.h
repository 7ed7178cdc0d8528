/* The rows that leave a document, and their columns: one list for SQLite, CSV and JSON alike.
 *
 * A row is an array of strings indexed by the enums below, in the order of the contract's columns.
 */
#ifndef HT_STATS_ROWS_H
#define HT_STATS_ROWS_H

#include "base/error.h"
#include "base/str.h"

#define HT_ARTICLE_COLUMNS(X)                                                                      \
    X(ARTICLE_ID, article_id)                                                                      \
    X(SOURCE_PATH, source_path) X(MEMBER, member) X(RECORD, record)                                \
        X(RECORD_OFFSET, record_offset) X(RECORD_BYTES, record_bytes) X(FIELD, field) X(URL, url)  \
            X(TITLE, title) X(PUBLISHED, published) X(PUBLISHER, publisher) X(AUTHORS, authors)    \
                X(PHOTOGRAPHERS, photographers) X(EDITOR, editor)                                  \
                    X(DATELINE_PLACE, dateline_place) X(DATELINE_DATE, dateline_date)              \
                        X(REGION_CODE, region_code) X(REGION, region) X(SCRIPT, script)            \
                            X(ENCODING_DECLARED, encoding_declared)                                \
                                X(ENCODING_USED, encoding_used) X(REPAIRS, repairs)                \
                                    X(MAIN_CHARS, main_chars) X(DUPLICATE_OF, duplicate_of)        \
                                        X(REVISION_OF, revision_of)

#define HT_FIGURE_COLUMNS(X)                                                                       \
    X(FIGURE_ID, figure_id)                                                                        \
    X(ARTICLE_ID, article_id) X(INDICATOR, indicator) X(SUBTYPE, subtype) X(                       \
        REGION_CODE, region_code) X(REGION, region) X(REGION_LEVEL, region_level)                  \
        X(REGION_CODES, region_codes) X(PLACE, place) X(SCOPE, scope) X(REGION_RULE, region_rule)  \
            X(VALUE, value) X(VALUE_LOW, value_low) X(VALUE_HIGH, value_high) X(NUMBER, number)    \
                X(STEP, step) X(QUALIFIER, qualifier) X(UNIT, unit) X(UNIT_TEXT, unit_text)        \
                    X(KIND, kind) X(MEASURE, measure) X(MODALITY, modality)                        \
                        X(COMPARED_TO, compared_to) X(COUNTED, counted) X(BASE, base)              \
                            X(PART_OF, part_of) X(REPEAT_OF, repeat_of) X(ASOF, asof)              \
                                X(ASOF_PRECISION, asof_precision) X(ASOF_RULE, asof_rule)          \
                                    X(PERIOD_FROM, period_from) X(PERIOD_TO, period_to)            \
                                        X(ATTRIBUTED_TO, attributed_to) X(SURFACE, surface)        \
                                            X(SOURCE_TEXT, source_text) X(SENTENCE, sentence)      \
                                                X(TEXT_START, text_start) X(TEXT_END, text_end)    \
                                                    X(BYTE_START, byte_start)                      \
                                                        X(BYTE_END, byte_end) X(RULE, rule)        \
                                                            X(CONFIDENCE, confidence)

#define HT_REJECTED_COLUMNS(X)                                                                     \
    X(SOURCE_PATH, source_path)                                                                    \
    X(MEMBER, member) X(RECORD, record) X(RECORD_OFFSET, record_offset) X(STAGE, stage)            \
        X(ERROR, error) X(DETAIL, detail)

#define HT_REGION_COLUMNS(X)                                                                       \
    X(CELL_ID, cell_id)                                                                            \
    X(REGION_CODE, region_code) X(REGION, region) X(REGION_LEVEL, region_level)                    \
        X(INDICATOR, indicator) X(SUBTYPE, subtype) X(MEASURE, measure) X(MODALITY, modality)      \
            X(UNIT, unit) X(BASE, base) X(PERIOD, period) X(PERIOD_BASIS, period_basis)            \
                X(VALUE, value) X(VALUE_LOW, value_low) X(VALUE_HIGH, value_high)                  \
                    X(NUMBER, number) X(QUALIFIER, qualifier) X(N_FIGURES, n_figures)              \
                        X(N_ARTICLES, n_articles) X(N_PUBLISHERS, n_publishers) X(MIN, min)        \
                            X(MEDIAN, median) X(MAX, max) X(CONFLICT, conflict) X(FLAG, flag)    \
                                X(N_ORIGINATORS, n_originators) X(COVERAGE, coverage)

#define HT_CELL_COLUMNS(X) X(CELL_ID, cell_id) X(FIGURE_ID, figure_id) X(ROLE, role)

#define HT_COLUMN_ENUM_A(upper, lower) HT_A_##upper,
#define HT_COLUMN_ENUM_F(upper, lower) HT_F_##upper,
#define HT_COLUMN_ENUM_R(upper, lower) HT_R_##upper,
#define HT_COLUMN_ENUM_G(upper, lower) HT_G_##upper,
#define HT_COLUMN_ENUM_C(upper, lower) HT_C_##upper,
enum { HT_ARTICLE_COLUMNS(HT_COLUMN_ENUM_A) HT_N_ARTICLE_COLUMNS };
enum { HT_FIGURE_COLUMNS(HT_COLUMN_ENUM_F) HT_N_FIGURE_COLUMNS };
enum { HT_REJECTED_COLUMNS(HT_COLUMN_ENUM_R) HT_N_REJECTED_COLUMNS };
enum { HT_REGION_COLUMNS(HT_COLUMN_ENUM_G) HT_N_REGION_COLUMNS };
enum { HT_CELL_COLUMNS(HT_COLUMN_ENUM_C) HT_N_CELL_COLUMNS };

extern const char *const ht_article_columns[HT_N_ARTICLE_COLUMNS];
extern const char *const ht_figure_columns[HT_N_FIGURE_COLUMNS];
extern const char *const ht_rejected_columns[HT_N_REJECTED_COLUMNS];
extern const char *const ht_region_columns[HT_N_REGION_COLUMNS];
extern const char *const ht_cell_columns[HT_N_CELL_COLUMNS];

/* Columns that hold a whole number or nothing: INTEGER in SQLite, a number in JSON. */
bool ht_column_is_integer(const char *column);
/* Columns that hold the id of another row or nothing: NULL in SQLite when empty. */
bool ht_column_is_reference(const char *column);

typedef struct {
    ht_str cell[HT_N_ARTICLE_COLUMNS];
} ht_article_row;
typedef struct {
    ht_str cell[HT_N_FIGURE_COLUMNS];
} ht_figure_row;
typedef struct {
    ht_str cell[HT_N_REJECTED_COLUMNS];
} ht_rejected_row;

/* What one record became. Either an article with its figures, or a rejection, or both (a page of
 * which a limit cut something off). */
typedef struct {
    bool has_article, has_rejection;
    ht_article_row article;
    ht_str text;   /* main text, for main/ID.txt and JSON */
    ht_str sketch; /* where the text is not there: what of it copies are told by, as in JSON */
    ht_figure_row *figures;
    size_t n_figures;
    ht_rejected_row rejection;
} ht_outcome;

#endif
