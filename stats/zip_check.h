/* Is every part of a workbook whole? Inner to stats/.
 *
 * Walks the zip's directory, inflates each part, and holds its length and sum against the
 * directory, and its last bytes against the element that it opens with: a part that was cut off by
 * a full disk ends elsewhere. Costs reading and inflating the file once; memory is two buffers.
 */
#ifndef HT_STATS_ZIP_CHECK_H
#define HT_STATS_ZIP_CHECK_H

#include "base/error.h"

/* shown: the name for messages. */
ht_status zip_check(const char *path, const char *shown, ht_error *e);

#endif
