/* The bytes of a file -> pieces of whole lines, so that a file of any size needs the memory of one.
 *
 * A piece ends with the last line that ends in its first PIECE_BYTES bytes, or with its
 * PIECE_LINES-th one; a longer line, of PIECE_MAX_LINE bytes at most, is a piece alone. So pieces
 * do not hang on how the bytes arrive. Where a line ends hangs on the charset: it is settled before
 * the first cut, by option, by the mark, or as soon as content speaks for one; until then a piece
 * is cut as ASCII. Cost: a buffer as long as the longest piece.
 */
#ifndef HT_CLI_NORMALIZE_PIECES_H
#define HT_CLI_NORMALIZE_PIECES_H

#include "base/error.h"
#include "base/str.h"

enum { PIECE_BYTES = 2 << 20, PIECE_LINES = 1 << 16, PIECE_MAX_LINE = 16 << 20 };

typedef struct {
    const char *name; /* of the file, for messages; borrows */
    int fd;
    const char *charset;         /* of the file once it is settled, else NULL */
    bool ended;                  /* the file has no more bytes than those read */
    char *bytes;                 /* heap */
    size_t done, n, cap;         /* bytes of the last piece, of all that are read, room */
    unsigned long long n_before; /* bytes of the file before bytes[0] */
} pieces;

typedef struct {
    ht_str bytes;                  /* borrows, until the next piece; empty: the file is read */
    const char *charset;           /* NULL: it cannot be told */
    unsigned long long first_byte; /* of the piece in the file */
} piece;

/* HT_IO without memory. */
ht_status pieces_init(pieces *p, ht_error *e);
/* `encoding` is the label of --encoding, or empty. */
void pieces_begin(pieces *p, const char *name, int fd, ht_str encoding);
/* HT_IO: the file cannot be read, or a line is longer than is allowed. */
ht_status pieces_next(pieces *p, piece *next, ht_error *e);
void pieces_free(pieces *p);

#endif
