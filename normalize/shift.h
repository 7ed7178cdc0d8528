/* A run of characters that is read one byte late -> the characters that it was.
 *
 * From a pending first byte on, each character (b1, b2) gives the character (pending, b1) and
 * leaves b2 pending, until something closes the run: an ASCII byte that is a second byte (or €, the
 * byte 80), a `?` that swallowed one, or a gloss that stands for one. What may close it may also be
 * its next character, so that a run has several ends; the language model gives up those that make
 * no text. Cost: a step for each of SHIFT_MAX_RUN characters.
 */
#ifndef HT_NORMALIZE_SHIFT_H
#define HT_NORMALIZE_SHIFT_H

#include "base/str.h"

enum {
    SHIFT_MAX_RUN = 64, /* characters */
    SHIFT_MAX_OUT = SHIFT_MAX_RUN + 4,
    SHIFT_MAX_CLOSINGS = 96,
};

typedef enum {
    CLOSED_BY_BYTE,     /* one of its own: every byte is there */
    CLOSED_BY_GLOSS,    /* the last second byte is known by its gloss: `(dòng)` or `?dòng)` */
    CLOSED_BY_QUESTION, /* the last second byte is lost */
} closed_by;

typedef struct {
    uint32_t out[SHIFT_MAX_OUT];
    size_t n_out;
    size_t run_end; /* behind the last character of the run, what closes it apart from ASCII left
                       out */
    size_t end;     /* behind what closes it */
    closed_by how;
    uint32_t
        open_lead; /* CLOSED_BY_QUESTION: the first byte of the character that is to be guessed */
} closing;

typedef struct shift_work shift_work;

shift_work *shift_work_new(ht_arena *a);
/* Follows the run from c[at] on with the first byte `lead` pending. *closings borrows from the work
 * space and holds until the next call; *spent grows by the characters that were looked at. */
size_t shift_follow(shift_work *w, const uint32_t *c, size_t n, size_t at, uint32_t lead,
                    const closing **closings, uint64_t *spent);

/* A character of GB18030 that can stand in a text: 0 for none and for private use. */
uint32_t shift_char(uint32_t lead, uint32_t trail);
/* The two bytes of a character as it stands in damaged text (a folded space is an ideographic one).
 */
uint32_t shift_bytes(uint32_t c);

#endif
