/* What went wrong, for whom.
 *
 * Three kinds of trouble, never mixed:
 *   call errors       a function returns ht_status and fills the caller's ht_error
 *   document troubles an ht_trouble that becomes a row of rejected.csv; the run goes on
 *   bugs              assert
 */
#ifndef HT_BASE_ERROR_H
#define HT_BASE_ERROR_H

/* The numbers are the exit statuses of the program (docs/exit-status): do not renumber. */
typedef enum {
    HT_OK = 0,
    HT_FAILED = 1,   /* a check failed, or more records were rejected than allowed */
    HT_USAGE = 2,    /* the command line is wrong */
    HT_CODEBOOK = 3, /* the codebook or an option file is invalid */
    HT_IO = 4,       /* input or output failed, memory included */
} ht_status;

typedef struct {
    ht_status status;
    char text[1024]; /* NUL-terminated UTF-8, one line, for a person */
} ht_error;

/* Fills *e (may be NULL) and returns status, so that `return ht_fail(e, HT_IO, "...")` reads well. */
ht_status ht_fail(ht_error *e, ht_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Why a document, or a part of it, was not read. `code` is a stable word of docs/rejected.md. */
typedef struct {
    const char *stage; /* corpus | normalize | page | figure */
    const char *code;  /* e.g. not-text, empty, too-large; NULL: no trouble */
    char detail[240];  /* a sentence for a person; may be empty */
} ht_trouble;

void ht_trouble_set(ht_trouble *t, const char *stage, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
