/* Members of JSON objects, written into a buffer; strings as stats/json.h writes them. */
#ifndef HT_CLI_JSON_TEXT_H
#define HT_CLI_JSON_TEXT_H

#include "stats/json.h"

/* "name":"value", with a comma before it unless the object has just been opened. */
void cli_json_member(ht_buf *b, const char *name, ht_str value);
/* The same for a whole number. */
void cli_json_number(ht_buf *b, const char *name, unsigned long long value);
/* The same for true and false. */
void cli_json_flag(ht_buf *b, const char *name, bool value);

#endif
